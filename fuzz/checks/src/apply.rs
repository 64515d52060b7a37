//! Any diffs, applied to any tree, give a tree or an error.

use crate::bodies;
use crate::play::{MAX_OTHER_WORK, check_snapshot};
use viewreel_model::limits::MAX_DEPTH;
use viewreel_model::{Columns, Diff, Snapshot};
use viewreel_tree::Tree;

/// Most diffs.
const DIFFS: usize = 16;

/// The first part of the bytes is the body of a keyframe, the others are those
/// of diffs.
///
/// # Panics
/// Where what a diff leads to is no tree, is another one when the tree was made
/// anew before, or costs more than the diff says.
pub fn check(bytes: &[u8]) {
    let mut parts = bodies::parts(bytes);
    parts.truncate(1 + DIFFS);
    if let Some((state, first, diffs)) = bodies::tree_and_diffs(&parts) {
        check_diffs(Tree::new(state, first.clone()), &diffs);
        diffs.iter().for_each(|diff| check_stray(&first, diff));
    }
}

/// Each from its own base, or else from the tree that is there.
fn check_diffs(mut tree: Tree, diffs: &[Diff]) {
    for diff in diffs {
        check_anew(&tree, diff);
        let forced = Diff { base: tree.state(), ..diff.clone() };
        check_anew(&tree, &forced);
        let next = check_applied(&tree, diff).or_else(|| check_applied(&tree, &forced));
        tree = next.unwrap_or(tree);
    }
}

/// A diff for another tree, with its rows and without.
fn check_stray(tree: &Snapshot, diff: &Diff) {
    let tree = Tree::new(diff.base, tree.clone());
    let _ = check_applied(&tree, diff);
    let bare = Diff { rows: Columns::default(), ..diff.clone() };
    assert!(check_applied(&tree, &bare).is_none() || bare.updates.is_empty());
}

/// The tree after the diff, where it applies.
fn check_applied(before: &Tree, diff: &Diff) -> Option<Tree> {
    let after = before.clone().apply(diff).ok()?;
    check_snapshot(&after, &after.snapshot());
    assert_eq!(after.state(), before.state().next());
    assert!(after.work() - before.work() <= most_work(diff));
    Some(after)
}

/// What is retained beside the nodes never gets out of step with them.
fn check_anew(tree: &Tree, diff: &Diff) {
    if diff.base != tree.state() {
        return;
    }
    let anew = Tree::new(tree.state(), tree.snapshot()).apply(diff);
    let applied = tree.clone().apply(diff);
    assert_eq!(applied.map(|tree| tree.snapshot()), anew.map(|tree| tree.snapshot()));
}

/// The most work that a diff can take.
fn most_work(diff: &Diff) -> usize {
    diff.placements.len() * (MAX_DEPTH + 1) + MAX_OTHER_WORK
}
