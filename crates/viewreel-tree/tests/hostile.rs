//! Diffs from strangers.

mod common;

use common::{START, diff};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use viewreel_model::diff::{Diff, DiffWindow, Placement, Shift, Update};
use viewreel_model::limits::MAX_DEPTH;
use viewreel_model::viewport::SceneId;
use viewreel_model::{FieldSet, NodeId, Point, Snapshot};
use viewreel_testkit::rows::length;
use viewreel_testkit::snapshots::{moments, snapshot};
use viewreel_tree::Tree;

/// Nodes that random diffs speak of.
const IDS: u32 = 12;

fn node() -> impl Strategy<Value = NodeId> {
    (1..=IDS).prop_map(NodeId)
}

/// At most a few of something, so that some diffs apply.
fn few<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Vec<T>> {
    vec(of, 0..2)
}

fn anything() -> impl Strategy<Value = Diff> {
    let placement = (node(), option::of(node()), option::weighted(0.1, node()))
        .prop_map(|(node, parent, after)| Placement { node, parent, after });
    let shift = (node(), 0_u32..4, -64_i8..64, length()).prop_map(|(first, count, x, y)| Shift {
        first,
        count,
        by: Point::new(x.into(), y),
    });
    let fields = (0..=FieldSet::ALL.bits()).prop_map(|bits| FieldSet::from_bits(bits).unwrap());
    let update =
        (node(), fields, 0_u32..4).prop_map(|(node, fields, row)| Update { node, fields, row });
    let window = (node(), 0_u32..2).prop_map(|(root, scene)| DiffWindow {
        root,
        scene: SceneId(scene),
        level: 1.0,
    });
    let windows = option::weighted(0.1, vec(window, 0..2));
    let lists = (few(placement), few(shift), few(update), option::weighted(0.2, node()));
    (lists, windows, snapshot(5), any::<bool>()).prop_map(
        |(lists, windows, rows, keeps_current)| {
            let (placements, shifts, updates, removal) = lists;
            let removals = removal.into_iter().collect();
            let rows = rows.columns().clone();
            Diff {
                base: START,
                keeps_current,
                placements,
                shifts,
                updates,
                removals,
                windows,
                rows,
            }
        },
    )
}

fn is_well_formed(snapshot: &Snapshot) -> bool {
    let mut ids = snapshot.ids().to_vec();
    ids.sort_unstable();
    ids.dedup();
    let parents = snapshot.columns().parents().iter().enumerate();
    ids.len() == snapshot.len()
        && parents.into_iter().all(|(at, &parent)| parent == u32::MAX || (parent as usize) < at)
}

/// The most work that a diff of a few operations can take on a small tree.
fn most_work(tree: &Tree, diff: &Diff) -> usize {
    let Diff { placements, shifts, updates, removals, .. } = diff;
    let operations = 1 + placements.len() * (MAX_DEPTH + 1) + shifts.len() * 4 + updates.len();
    operations + (3 + removals.len()) * (tree.len() + IDS as usize) + 1_000
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_diff_that_says_anything_gives_a_tree_or_an_error(a in snapshot(8), diffs in vec(anything(), 1..8)) {
        let mut tree = Tree::new(START, a);
        for diff in diffs {
            let (diff, before) = (Diff { base: tree.state(), ..diff }, tree.clone());
            let Ok(next) = before.clone().apply(&diff) else { continue };
            prop_assert!(is_well_formed(&next.snapshot()));
            prop_assert_eq!(next.len(), next.snapshot().len());
            prop_assert!(next.work() - before.work() <= most_work(&before, &diff));
            tree = next;
        }
    }

    /// What is retained beside the nodes never gets out of step with them.
    #[test]
    fn a_tree_that_was_changed_is_like_a_new_one(a in snapshot(8), diffs in vec(anything(), 1..8)) {
        let mut tree = Tree::new(START, a);
        for diff in diffs {
            let diff = Diff { base: tree.state(), ..diff };
            let fresh = Tree::new(tree.state(), tree.snapshot());
            let (changed, fresh) = (tree.clone().apply(&diff), fresh.apply(&diff));
            prop_assert_eq!(changed.as_ref().map(Tree::snapshot), fresh.as_ref().map(Tree::snapshot));
            tree = changed.unwrap_or(tree);
        }
    }

    #[test]
    fn a_diff_made_for_another_tree_never_panics((a, b) in moments(10), c in snapshot(10)) {
        let applied = Tree::new(START, c).apply(&diff(&a, &b));
        prop_assert!(applied.is_err() || applied.is_ok_and(|tree| is_well_formed(&tree.snapshot())));
    }
}
