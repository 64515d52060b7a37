//! Every check holds for what the fuzzer found worth keeping.

use std::path::{Path, PathBuf};
use viewreel_fuzz_checks::{CHECKS, Check};

/// The corpus of a check, file by file.
fn corpus(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus").join(name);
    let files = std::fs::read_dir(&folder).expect("every check has a corpus");
    files.map(|file| file.expect("the folder can be read").path()).collect()
}

fn check_corpus(name: &str, check: Check) {
    let files = corpus(name);
    assert!(files.len() >= 3, "{name} has a corpus");
    for file in files {
        let bytes = std::fs::read(&file).expect("the file can be read");
        let checked = std::panic::catch_unwind(|| check(&bytes));
        assert!(checked.is_ok(), "{}", file.display());
    }
}

#[test]
fn every_check_holds_for_its_corpus() {
    CHECKS.into_iter().for_each(|(name, check)| check_corpus(name, check));
}

/// What is no file of that kind is fine, too.
#[test]
fn every_check_holds_for_the_corpora_of_the_others() {
    for (_, check) in CHECKS {
        CHECKS.into_iter().for_each(|(name, _)| check_corpus(name, check));
    }
}
