//! The laws of diff and apply, for random trees.

use proptest::prelude::*;
use std::collections::HashSet;
use viewreel_model::diff::{Diff, Placement};
use viewreel_model::{NodeId, Row, Snapshot, StateId};
use viewreel_testkit::snapshots::snapshot;
use viewreel_tree::{ApplyError, Differ, Tree};

fn diff(a: &Snapshot, b: &Snapshot) -> Diff {
    let mut diff = Diff::default();
    Differ::default().diff(StateId(7), a, b, &mut diff);
    diff
}

/// A flat tree: node 1 with these children.
fn flat(children: &[u32]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    snapshot.push_masked(NodeId(1), None, &Row::default());
    for &child in children {
        snapshot.push_masked(NodeId(child), Some(0), &Row::default());
    }
    snapshot
}

#[test]
fn bringing_one_of_a_thousand_children_to_the_front_is_one_operation() {
    let before: Vec<u32> = (2..1_002).collect();
    let mut after = before.clone();
    after.rotate_right(1);
    let diff = diff(&flat(&before), &flat(&after));
    let expected = Placement { node: NodeId(1_001), parent: Some(NodeId(1)), after: None };
    assert_eq!(diff.placements, [expected]);
    assert!(diff.updates.is_empty() && diff.removals.is_empty() && diff.windows.is_none());
}

#[test]
fn parent_and_child_can_change_places() {
    let chain = |ids: [u32; 3]| {
        let mut snapshot = Snapshot::default();
        for (at, id) in ids.into_iter().enumerate() {
            snapshot.push_masked(NodeId(id), (at as u32).checked_sub(1), &Row::default());
        }
        snapshot
    };
    let (a, b) = (chain([1, 2, 3]), chain([3, 2, 1]));
    let mut tree = Tree::new(StateId(7), a.clone());
    tree.apply(&diff(&a, &b)).unwrap();
    assert_eq!(*tree.snapshot(), b);
}

#[test]
fn a_diff_of_another_state_is_an_error_and_changes_nothing() {
    let (a, b) = (flat(&[2]), flat(&[2, 3]));
    let mut tree = Tree::new(StateId(8), a.clone());
    let error = tree.apply(&diff(&a, &b)).unwrap_err();
    assert_eq!(error, ApplyError::WrongBase { base: StateId(7), state: StateId(8) });
    assert_eq!(*tree.snapshot(), a);
}

#[test]
fn a_node_cannot_be_placed_inside_itself() {
    let mut tree = Tree::new(StateId(0), flat(&[2]));
    let inside = Placement { node: NodeId(1), parent: Some(NodeId(2)), after: None };
    let diff = Diff { placements: vec![inside], ..Diff::default() };
    assert_eq!(tree.apply(&diff), Err(ApplyError::ParentInsideNode(NodeId(1))));
}

#[test]
fn what_went_with_its_parent_cannot_be_removed_again() {
    let mut tree = Tree::new(StateId(0), flat(&[2, 3]));
    let diff = |removals: &[u32]| Diff {
        removals: removals.iter().map(|&id| NodeId(id)).collect(),
        ..Diff::default()
    };
    assert_eq!(tree.apply(&diff(&[1, 3])), Err(ApplyError::UnknownNode(NodeId(3))));
    tree.apply(&diff(&[2, 1])).unwrap();
    assert!(tree.snapshot().is_empty());
}

#[test]
fn a_node_cannot_be_placed_behind_itself_or_a_stranger() {
    for after in [2, 1] {
        let mut tree = Tree::new(StateId(0), flat(&[2]));
        let place =
            Placement { node: NodeId(2), parent: Some(NodeId(1)), after: Some(NodeId(after)) };
        let diff = Diff { placements: vec![place], ..Diff::default() };
        assert_eq!(tree.apply(&diff), Err(ApplyError::NotASibling(NodeId(2))));
    }
}

/// The least number of placements: nodes that are new or have another parent,
/// and of every group that kept its parent all but a longest increasing run.
fn least_placements(a: &Snapshot, b: &Snapshot) -> usize {
    let parent = |s: &Snapshot, at: usize| s.columns().parent(at).and_then(|p| s.id(p));
    let position = |id: NodeId| a.ids().iter().position(|&other| other == id);
    let mut groups: std::collections::BTreeMap<Option<NodeId>, Vec<usize>> = Default::default();
    let mut least = 0;
    for (at, &id) in b.ids().iter().enumerate() {
        match position(id).filter(|&old| parent(a, old) == parent(b, at)) {
            Some(old) => groups.entry(parent(b, at)).or_default().push(old),
            None => least += 1,
        }
    }
    let runs = groups.values().map(|group| group.len() - longest_by_table(group));
    least + runs.sum::<usize>()
}

/// O(n²) longest increasing subsequence, independent of the one under test.
fn longest_by_table(values: &[usize]) -> usize {
    let mut best: Vec<usize> = Vec::new();
    for (at, value) in values.iter().enumerate() {
        let before = (0..at).filter(|&j| values[j] < *value).map(|j| best[j]);
        best.push(1 + before.max().unwrap_or(0));
    }
    best.into_iter().max().unwrap_or(0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn applying_a_diff_gives_the_tree_that_it_was_made_for(
        a in snapshot(14), b in snapshot(14)
    ) {
        let mut tree = Tree::new(StateId(7), a.clone());
        tree.apply(&diff(&a, &b)).unwrap();
        prop_assert_eq!(tree.snapshot(), &b);
        prop_assert_eq!(tree.state(), StateId(8));
    }

    #[test]
    fn equal_trees_have_an_empty_diff(a in snapshot(14)) {
        prop_assert!(diff(&a, &a).is_empty());
    }

    #[test]
    fn a_diff_places_no_node_that_could_stay(a in snapshot(14), b in snapshot(14)) {
        prop_assert_eq!(diff(&a, &b).placements.len(), least_placements(&a, &b));
    }

    #[test]
    fn a_diff_removes_only_roots_of_removed_subtrees(a in snapshot(14), b in snapshot(14)) {
        let kept: HashSet<NodeId> = b.ids().iter().copied().collect();
        for removal in diff(&a, &b).removals {
            prop_assert!(!kept.contains(&removal));
            let at = a.ids().iter().position(|&id| id == removal).unwrap();
            let parent = a.columns().parent(at).and_then(|parent| a.id(parent));
            prop_assert!(parent.is_none_or(|parent| kept.contains(&parent)));
        }
    }

    #[test]
    fn a_diff_made_for_another_tree_never_panics(
        a in snapshot(10), b in snapshot(10), c in snapshot(10)
    ) {
        let mut tree = Tree::new(StateId(7), c.clone());
        if tree.apply(&diff(&a, &b)).is_err() {
            prop_assert_eq!(tree.snapshot(), &c);
        }
    }
}
