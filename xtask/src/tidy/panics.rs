//! Device crates promise not to panic; their `lib.rs` says so to clippy.

use super::finding::Finding;
use super::rooms::{self, Room};
use super::rust_file::RustFile;

/// Lints that every device crate denies.
const DENIED: [&str; 6] =
    ["unwrap_used", "expect_used", "panic", "indexing_slicing", "todo", "unreachable"];

/// Looks at the `lib.rs` of a device crate.
pub(crate) fn check(path: &str, rust: &RustFile) -> Option<Finding> {
    device_lib(path)?;
    let denies = rust.attribute_words.iter().any(|word| word == "deny");
    let is_missing = |lint: &&&str| !denies || !rust.attribute_words.iter().any(|w| w == **lint);
    let missing: Vec<_> =
        DENIED.iter().filter(is_missing).map(|l| format!("clippy::{l}")).collect();
    let message =
        format!("runs inside apps and may not panic: add #![deny({})]", missing.join(", "));
    (!missing.is_empty()).then(|| Finding::line(path, 1, message))
}

fn device_lib(path: &str) -> Option<&'static Room> {
    let name = path.strip_prefix("crates/")?.strip_suffix("/src/lib.rs")?;
    rooms::find(name).filter(|room| room.is_on_device())
}

#[cfg(test)]
mod tests {
    use super::super::rust_file;
    use super::*;

    fn found(path: &str, text: &str) -> bool {
        check(path, &rust_file::parse(text).expect("the example is Rust")).is_some()
    }

    const ALL: &str = "#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, \
                       clippy::indexing_slicing, clippy::todo, clippy::unreachable)]\n";

    #[test]
    fn a_device_crate_that_does_not_deny_panics_is_found() {
        assert!(found("crates/viewreel-spool/src/lib.rs", "//! Doc.\n"));
        assert!(found("crates/viewreel-spool/src/lib.rs", "#![deny(clippy::panic)]\n"));
        assert!(!found("crates/viewreel-spool/src/lib.rs", ALL));
    }

    #[test]
    fn allowing_them_is_not_denying_them() {
        assert!(found("crates/viewreel-spool/src/lib.rs", &ALL.replace("deny", "allow")));
    }

    #[test]
    fn server_crates_are_left_alone() {
        assert!(!found("crates/viewreel-store/src/lib.rs", "//! Doc.\n"));
    }
}
