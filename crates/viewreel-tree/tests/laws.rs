//! The laws of diff and apply, for random trees.

mod common;

use common::{START, apply, diff};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashSet};
use viewreel_model::diff::{Diff, Shift};
use viewreel_model::{Field, NodeId, Point, Snapshot, StateId};
use viewreel_testkit::snapshots::{moments, snapshot};
use viewreel_tree::{Differ, Tree};

fn parent(snapshot: &Snapshot, at: usize) -> Option<NodeId> {
    snapshot.columns().parent(at).and_then(|parent| snapshot.id(parent))
}

fn find(snapshot: &Snapshot, id: NodeId) -> Option<usize> {
    snapshot.ids().iter().position(|&other| other == id)
}

fn children(snapshot: &Snapshot, of: Option<NodeId>) -> Vec<NodeId> {
    let nodes = snapshot.ids().iter().enumerate();
    nodes.filter(|(at, _)| parent(snapshot, *at) == of).map(|(_, &id)| id).collect()
}

/// The least number of placements: nodes that are new or have another parent,
/// and of every group that kept its parent all but a longest increasing run.
fn least_placements(a: &Snapshot, b: &Snapshot) -> usize {
    let mut groups: BTreeMap<Option<NodeId>, Vec<usize>> = BTreeMap::new();
    let mut least = 0;
    for (at, &id) in b.ids().iter().enumerate() {
        match find(a, id).filter(|&old| parent(a, old) == parent(b, at)) {
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

/// Said again, naively: the shifts of every parent's children, in pre-order.
fn shifts(a: &Snapshot, b: &Snapshot, diff: &Diff) -> Vec<Shift> {
    let parents = std::iter::once(None).chain(b.ids().iter().copied().map(Some));
    let mut shifts: Vec<Shift> = parents.flat_map(|of| shifts_below(a, b, diff, of)).collect();
    shifts.sort_by_key(|shift| find(b, shift.first));
    shifts
}

fn shifts_below(a: &Snapshot, b: &Snapshot, diff: &Diff, of: Option<NodeId>) -> Vec<Shift> {
    let position = |s: &Snapshot, id| find(s, id).map(|at| s.columns().geometry()[at].position);
    let is_placed = |id| diff.placements.iter().any(|placement| placement.node == id);
    let by = |id| {
        let (from, to) = (position(a, id)?, position(b, id)?);
        let moves = from != to && !is_placed(id);
        moves.then_some(Point::new(to.x - from.x, to.y - from.y))
    };
    // What is to be removed is still there when shifts are applied.
    let before: Vec<NodeId> = children(a, of)
        .into_iter()
        .filter(|&id| find(b, id).is_none() || by(id).is_some())
        .collect();
    let follows = |x: NodeId, y: NodeId| before.windows(2).any(|pair| pair == [x, y]);
    let siblings = children(b, of);
    let groups = siblings
        .chunk_by(|&x, &y| by(x).is_some() && by(x) == by(y) && follows(x, y))
        .filter(|group| group.len() >= 3);
    let shift = |group: &[NodeId]| {
        Some(Shift { first: group[0], count: group.len() as u32, by: by(group[0])? })
    };
    groups.filter_map(shift).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn applying_a_diff_gives_the_tree_that_it_was_made_for(
        a in snapshot(14), b in snapshot(14)
    ) {
        let tree = Tree::new(START, a.clone()).apply(&diff(&a, &b)).unwrap();
        prop_assert_eq!(tree.snapshot(), b.clone());
        prop_assert_eq!((tree.len(), tree.is_empty()), (b.len(), b.is_empty()));
        prop_assert_eq!(tree.state(), StateId(8));
    }

    #[test]
    fn applying_a_diff_of_two_moments_gives_the_later_one((a, b) in moments(16)) {
        prop_assert_eq!(apply(&a, &diff(&a, &b)), Ok(b.clone()));
        prop_assert_eq!(apply(&b, &diff(&b, &a)), Ok(a));
    }

    #[test]
    fn a_differ_that_was_used_before_gives_the_same(
        (a, b) in moments(14), (c, d) in moments(14)
    ) {
        let (mut differ, mut used) = (Differ::default(), Diff::default());
        differ.diff(StateId(1), &c, &d, &mut used);
        differ.diff(START, &a, &b, &mut used);
        let fresh = diff(&a, &b);
        prop_assert_eq!(&used.placements, &fresh.placements);
        prop_assert_eq!(&used.shifts, &fresh.shifts);
        prop_assert_eq!(&used.updates, &fresh.updates);
        prop_assert_eq!(&used.removals, &fresh.removals);
        prop_assert_eq!(apply(&a, &used), Ok(b));
    }

    #[test]
    fn equal_trees_have_an_empty_diff(a in snapshot(14)) {
        prop_assert!(diff(&a, &a).is_empty());
    }

    #[test]
    fn a_diff_places_no_node_that_could_stay((a, b) in moments(14), c in snapshot(14)) {
        prop_assert_eq!(diff(&a, &b).placements.len(), least_placements(&a, &b));
        prop_assert_eq!(diff(&a, &c).placements.len(), least_placements(&a, &c));
    }

    #[test]
    fn siblings_that_move_together_are_shifted((a, b) in moments(16)) {
        let diff = diff(&a, &b);
        prop_assert_eq!(&diff.shifts, &shifts(&a, &b, &diff));
    }

    #[test]
    fn placements_stand_in_pre_order_and_updates_behind_them((a, b) in moments(16)) {
        let diff = diff(&a, &b);
        let places: Vec<_> = diff.placements.iter().map(|placement| find(&b, placement.node)).collect();
        prop_assert!(places.is_sorted_by(|x, y| x < y));
        let rank = |at: &Option<usize>| (!places.contains(at), *at);
        let ranks: Vec<_> = diff.updates.iter().map(|update| rank(&find(&b, update.node))).collect();
        prop_assert!(ranks.is_sorted_by(|x, y| x < y));
        prop_assert!(diff.updates.iter().all(|update| !update.fields.is_empty()));
    }

    #[test]
    fn no_position_is_both_shifted_and_updated((a, b) in moments(16)) {
        let diff = diff(&a, &b);
        let shifted: u32 = diff.shifts.iter().map(|shift| shift.count).sum();
        let is_known = |id| !diff.placements.iter().any(|placement| placement.node == id);
        let updated = diff.updates.iter().filter(|update| is_known(update.node) && update.fields.contains(Field::Position));
        let moves = |at: usize, id: NodeId| {
            let old = find(&a, id).filter(|_| is_known(id));
            old.is_some_and(|old| a.columns().geometry()[old].position != b.columns().geometry()[at].position)
        };
        let moved = b.ids().iter().enumerate().filter(|(at, id)| moves(*at, **id)).count();
        prop_assert_eq!(shifted as usize + updated.count(), moved);
    }

    #[test]
    fn a_diff_removes_only_roots_of_removed_subtrees(a in snapshot(14), b in snapshot(14)) {
        let kept: HashSet<NodeId> = b.ids().iter().copied().collect();
        let removals = diff(&a, &b).removals;
        let places: Vec<_> = removals.iter().map(|&id| find(&a, id).unwrap()).collect();
        prop_assert!(places.is_sorted());
        for (removal, at) in removals.into_iter().zip(places) {
            prop_assert!(!kept.contains(&removal));
            prop_assert!(parent(&a, at).is_none_or(|parent| kept.contains(&parent)));
        }
    }
}
