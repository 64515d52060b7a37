//! `cargo xtask tidy`: the rules of this repository that no compiler checks.
//!
//! Every check is a function from text or a small graph to [`Finding`]s, so
//! that each has a test with an example that fails. A finding names the file
//! and what to do about it.

mod code;
mod edges;
mod finding;
mod hostile;
mod licences;
mod links;
mod locks;
mod manifests;
mod masked;
mod outside;
mod panics;
mod repo;
mod rooms;
mod rust_file;
mod sizes;
mod whitespace;

use std::process::ExitCode;

use finding::Finding;
use repo::Repo;

/// Runs every check and prints what is to mend, one line each.
pub(crate) fn run() -> ExitCode {
    match Repo::load() {
        Ok(repo) => report(&repo, &check(&repo)),
        Err(error) => {
            eprintln!("tidy: {error}");
            ExitCode::FAILURE
        }
    }
}

fn check(repo: &Repo) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(edges::check(&repo.members));
    findings.extend(outside::check(&repo.graph));
    findings.extend(licences::check(repo));
    findings.extend(locks::check(repo));
    findings.extend(manifests::check(repo));
    findings.extend(code::check(repo));
    findings.extend(sizes::check_others(&repo.files));
    findings.extend(links::check(&repo.files));
    findings.extend(hostile::check(&repo.files));
    findings.extend(whitespace::check(&repo.files));
    findings.sort();
    findings
}

fn report(repo: &Repo, findings: &[Finding]) -> ExitCode {
    for finding in findings {
        println!("{finding}");
    }
    let files = repo.files.len();
    if findings.is_empty() {
        println!("tidy: {files} files, nothing to mend");
        return ExitCode::SUCCESS;
    }
    println!("tidy: {files} files, {} to mend", findings.len());
    ExitCode::FAILURE
}
