//! What diffs say, case by case.

mod common;

use common::{apply, at, chain, diff, flat, parent_of};
use viewreel_model::columns::Window;
use viewreel_model::diff::{Placement, Shift};
use viewreel_model::{Diff, Field, FieldSet, NodeId, Point, Row, Snapshot};

/// Checks that the diff leads from `a` to `b`.
fn check(a: &Snapshot, b: &Snapshot) -> Diff {
    let diff = diff(a, b);
    assert_eq!(apply(a, &diff), Ok(b.clone()));
    diff
}

/// Checks the shifts of rows below node 1: number and height of each.
fn check_shifts(before: &[(u32, f32)], after: &[(u32, f32)], shifts: &[(u32, u32, f32)]) -> Diff {
    let rows = |of: &[(u32, f32)]| parent_of(of.iter().map(|&(id, y)| (id, at(0.0, y))));
    let diff = check(&rows(before), &rows(after));
    let shift = |&(first, count, y)| Shift { first: NodeId(first), count, by: Point::new(0.0, y) };
    assert_eq!(diff.shifts, shifts.iter().map(shift).collect::<Vec<_>>());
    diff
}

#[test]
fn bringing_one_of_a_thousand_children_to_the_front_is_one_operation() {
    let before: Vec<u32> = (2..1_002).collect();
    let mut after = before.clone();
    after.rotate_right(1);
    let diff = check(&flat(&before), &flat(&after));
    let expected = Placement { node: NodeId(1_001), parent: Some(NodeId(1)), after: None };
    assert_eq!(diff.placements, [expected]);
    assert!(diff.updates.is_empty() && diff.removals.is_empty() && diff.windows.is_none());
}

#[test]
fn parent_and_child_can_change_places() {
    check(&chain([1, 2, 3]), &chain([3, 2, 1]));
}

#[test]
fn the_deepest_tree_can_be_turned_upside_down() {
    check(&chain(1..=257), &chain((1..=257).rev()));
}

#[test]
fn what_is_kept_of_a_removed_subtree_moves_out_of_it() {
    let diff = check(&chain([1, 2, 3, 4]), &chain([1, 4]));
    assert_eq!((diff.placements.len(), diff.removals), (1, vec![NodeId(2)]));
}

#[test]
fn scrolling_tells_the_distance_alone() {
    let scrolled = |y: f32| {
        let mut row = at(3.0, 4.0);
        row.geometry.bounds.origin.y = y;
        parent_of([(2, row)])
    };
    let diff = check(&scrolled(100.0), &scrolled(112.5));
    let fields: Vec<FieldSet> = diff.updates.iter().map(|update| update.fields).collect();
    assert_eq!(fields, [FieldSet::only(Field::Scroll)]);
    assert_eq!(diff.rows.geometry()[0].bounds.origin, Point::new(0.0, 12.5));
}

#[test]
fn windows_are_told_when_one_of_them_changes() {
    let screen = |level: f32| {
        let mut snapshot = flat(&[2]);
        snapshot.columns_mut().windows.push(Window { root: 0, level, ..Window::default() });
        snapshot
    };
    assert_eq!(check(&screen(1.0), &screen(1.0)).windows, None);
    assert_eq!(check(&screen(1.0), &screen(2.0)).windows.map(|windows| windows.len()), Some(1));
}

#[test]
fn three_rows_that_move_together_are_one_shift() {
    let before = [(2, 0.0), (3, 10.0), (4, 20.0), (5, 30.0)];
    let grown = [(2, 0.0), (3, 15.0), (4, 25.0), (5, 35.0)];
    assert!(check_shifts(&before, &grown, &[(3, 3, 5.0)]).updates.is_empty());
}

#[test]
fn two_rows_that_move_together_are_told_one_by_one() {
    let diff = check_shifts(&[(2, 0.0), (3, 10.0)], &[(2, 1.0), (3, 11.0)], &[]);
    assert_eq!(diff.updates.len(), 2);
}

#[test]
fn another_distance_begins_another_shift() {
    let before: Vec<_> = (2..8).map(|id| (id, 0.0)).collect();
    let after: Vec<_> = (2..8).map(|id| (id, if id < 5 { 1.0 } else { 2.0 })).collect();
    check_shifts(&before, &after, &[(2, 3, 1.0), (5, 3, 2.0)]);
}

#[test]
fn a_row_that_is_removed_ends_a_shift() {
    let before: Vec<_> = (2..10).map(|id| (id, 0.0)).collect();
    let after: Vec<_> = (2..10).filter(|id| *id != 5).map(|id| (id, 1.0)).collect();
    check_shifts(&before, &after, &[(2, 3, 1.0), (6, 4, 1.0)]);
}

#[test]
fn a_row_that_moves_away_does_not_end_a_shift() {
    let before: Vec<_> = (2..8).map(|id| (id, 0.0)).collect();
    let after: Vec<_> = [2, 3, 5, 6, 7, 4].into_iter().map(|id| (id, 1.0)).collect();
    let diff = check_shifts(&before, &after, &[(2, 5, 1.0)]);
    assert_eq!((diff.placements.len(), diff.updates.len()), (1, 1));
}

#[test]
fn a_row_that_comes_between_ends_a_shift() {
    let before: Vec<_> = [2, 3, 5, 6].into_iter().map(|id| (id, 0.0)).collect();
    let after: Vec<_> = (2..7).map(|id| (id, 1.0)).collect();
    check_shifts(&before, &after, &[]);
}

#[test]
fn a_row_that_grows_and_moves_with_others_tells_its_size_alone() {
    let tall = |y: f32, height: f32| {
        let mut row = at(0.0, y);
        row.geometry.bounds.size.height = height;
        row
    };
    let rows =
        |y: f32, height: f32| parent_of([(2, at(0.0, y)), (3, tall(y, height)), (4, at(0.0, y))]);
    let diff = check(&rows(0.0, 10.0), &rows(7.0, 12.0));
    assert_eq!((diff.shifts.len(), diff.updates.len()), (1, 1));
    assert_eq!(diff.updates[0].fields, FieldSet::only(Field::Size));
}

#[test]
fn a_malformed_snapshot_gives_some_diff() {
    let mut odd = Snapshot::default();
    for (id, row) in [(1, at(0.0, 0.0)), (1, Row::default()), (2, at(f32::NAN, 0.0))] {
        odd.push_masked(NodeId(id), None, &row);
    }
    for (a, b) in [(&odd, &flat(&[2])), (&flat(&[2]), &odd), (&odd, &odd)] {
        diff(a, b);
    }
}
