//! Who may build a masked tree.
//!
//! A `Snapshot` promises that it was masked. The compiler keeps raw trees out
//! of `diff` and of the encoders; this check keeps everyone but the rooms that
//! mask, retain or decode from making a `Snapshot` of their own.

use super::finding::Finding;
use super::rust_file::RustFile;

/// The functions that add nodes to a `Snapshot`.
const BUILDERS: [&str; 2] = ["push_masked", "push_copy"];

/// Where they may be named; `model` defines them.
const MAY_BUILD: [&str; 5] = ["model", "mask", "tree", "format", "testkit"];

/// Finds the first call in a file that may not make one.
pub(crate) fn check(path: &str, rust: &RustFile) -> Option<Finding> {
    let may_build = |room| path.starts_with(&format!("crates/viewreel-{room}/"));
    if MAY_BUILD.into_iter().any(may_build) {
        return None;
    }
    let is_builder = |(name, _): &&(String, usize)| BUILDERS.contains(&name.as_str());
    let (name, line) = rust.names.iter().find(is_builder)?;
    let message = format!(
        "`{name}` builds a masked tree, which only viewreel-mask, -tree, -format and -testkit \
         may: mask a raw snapshot, or take a snapshot from viewreel-testkit"
    );
    Some(Finding::line(path, *line, message))
}

#[cfg(test)]
mod tests {
    use super::super::rust_file;
    use super::*;

    fn found(path: &str) -> bool {
        let text = "fn a() {\n    b.push_masked(1, None, &row);\n}\n";
        check(path, &rust_file::parse(text).expect("the example is Rust")).is_some()
    }

    #[test]
    fn a_masked_tree_that_is_built_elsewhere_is_found() {
        assert!(found("crates/viewreel-recorder/src/lib.rs"));
        assert!(found("crates/viewreel-import/tests/trace.rs"));
    }

    #[test]
    fn the_rooms_that_mask_retain_and_decode_may_build_one() {
        assert!(!found("crates/viewreel-mask/src/lib.rs"));
        assert!(!found("crates/viewreel-format/src/keyframe.rs"));
    }
}
