//! The checks that read Rust.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::repo::{File, Repo};
use super::rust_file::{self, RustFile};
use super::{masked, panics, rooms, sizes};

/// Parses every Rust file and gives it to the checks.
pub(crate) fn check(repo: &Repo) -> Vec<Finding> {
    let (parsed, mut findings) = parse_all(&repo.files);
    let tests = test_files(&parsed);
    for (file, rust) in &parsed {
        let is_test = file.is_test() || tests.contains(&file.path);
        findings.extend(module_doc(&file.path, rust));
        findings.extend(sizes::check_rust(&file.path, file.text(), rust, is_test));
        findings.extend(masked::check(&file.path, rust));
        findings.extend(panics::check(&file.path, rust));
        findings.extend(testkit_from_src(&file.path, rust));
    }
    findings
}

fn parse_all(files: &[File]) -> (Vec<(&File, RustFile)>, Vec<Finding>) {
    let (mut parsed, mut findings) = (Vec::new(), Vec::new());
    for file in files.iter().filter(|file| file.has_extension(&["rs"])) {
        match rust_file::parse(file.text()) {
            Ok(rust) => parsed.push((file, rust)),
            Err(error) => findings.push(Finding::file(&file.path, format!("is no Rust: {error}"))),
        }
    }
    (parsed, findings)
}

/// Files that hold a module which another file declares for tests alone.
fn test_files(parsed: &[(&File, RustFile)]) -> BTreeSet<String> {
    parsed.iter().flat_map(|(file, rust)| declared_tests(&file.path, rust)).collect()
}

fn declared_tests(path: &str, rust: &RustFile) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
    let stem = name.trim_end_matches(".rs");
    let folder = match stem {
        "lib" | "main" | "mod" => folder.to_owned(),
        _ => format!("{folder}/{stem}"),
    };
    let modules = rust.test_modules.iter();
    let places = |module| [format!("{folder}/{module}.rs"), format!("{folder}/{module}/mod.rs")];
    modules.flat_map(places).collect()
}

fn module_doc(path: &str, rust: &RustFile) -> Option<Finding> {
    let message = "open the file with a `//!` sentence that says what it holds";
    (!rust.has_module_doc).then(|| Finding::line(path, 1, message))
}

/// A unit test that used the testkit would meet two copies of its own crate.
fn testkit_from_src(path: &str, rust: &RustFile) -> Option<Finding> {
    let is_below = |room: &&&str| path.starts_with(&format!("crates/viewreel-{room}/src/"));
    rooms::BELOW_TESTKIT.iter().find(is_below)?;
    let (_, line) = rust.names.iter().find(|(name, _)| name == "viewreel_testkit")?;
    let message = "use viewreel-testkit from the crate's tests/ folder only: \
                   it is built on this crate";
    Some(Finding::line(path, *line, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rust(text: &str) -> RustFile {
        rust_file::parse(text).expect("the example is Rust")
    }

    #[test]
    fn a_file_without_a_module_doc_is_found() {
        assert!(module_doc("a.rs", &rust("fn a() {}\n")).is_some());
        assert!(module_doc("a.rs", &rust("//! Doc.\n")).is_none());
    }

    #[test]
    fn testkit_in_the_src_of_a_crate_below_it_is_found() {
        let uses = rust("use viewreel_testkit::raw;\n");
        assert!(testkit_from_src("crates/viewreel-tree/src/lib.rs", &uses).is_some());
        assert!(testkit_from_src("crates/viewreel-tree/tests/apply.rs", &uses).is_none());
        assert!(testkit_from_src("crates/viewreel-phone/src/lib.rs", &uses).is_none());
    }

    #[test]
    fn a_module_declared_for_tests_is_looked_up_beside_its_parent() {
        let parent = rust("#[cfg(test)]\nmod cases;\n");
        assert_eq!(declared_tests("a/src/lib.rs", &parent)[0], "a/src/cases.rs");
        assert_eq!(declared_tests("a/src/diff.rs", &parent)[0], "a/src/diff/cases.rs");
    }

    #[test]
    fn a_file_that_does_not_parse_is_found() {
        let text = Some("fn {".to_owned());
        let files = [File { path: "a.rs".to_owned(), text }];
        assert_eq!(parse_all(&files).1.len(), 1);
    }
}
