//! Diffing on the device allocates nothing once its tables have grown.

mod common;

use allocation_counter::measure;
use common::{at, parent_of};
use viewreel_model::node::{Line, LineRange};
use viewreel_model::{Diff, NodeId, Point, Row, Snapshot, StateId};
use viewreel_tree::Differ;

/// Checks that going through these screens again and again allocates nothing
/// after the first time.
fn check(screens: &[Snapshot]) {
    let (mut differ, mut diff) = (Differ::default(), Diff::default());
    let mut changes = 0;
    let mut turn = || {
        for (a, b) in screens.iter().zip(screens.iter().cycle().skip(1)) {
            differ.diff(StateId(0), a, b, &mut diff);
            changes += usize::from(!diff.is_empty());
        }
    };
    turn();
    assert_eq!(measure(|| (0..10).for_each(|_| turn())).count_total, 0);
    assert!(changes > 0, "the screens differ");
}

/// A list with rows that have a label each, scrolled by some points.
fn list(ids: impl IntoIterator<Item = u32>, scroll: f32, label: &str) -> Snapshot {
    let mut snapshot = Snapshot::default();
    let mut row = Row::default();
    row.geometry.bounds.origin.y = scroll;
    snapshot.push_masked(NodeId(1), None, &row);
    for (place, id) in (0_u16..).zip(ids) {
        let cell = at(0.0, f32::from(place) * 44.0);
        let cell = snapshot.push_masked(NodeId(10 * id), Some(0), &cell);
        let columns = snapshot.columns_mut();
        let text = columns.strings.add(&format!("{label} {id}"));
        let start = columns.lines.len() as u32;
        columns.lines.push(Line { text, baseline: Point::ZERO, width: 30.0 });
        let row = Row { lines: LineRange { start, len: 1 }, ..Row::default() };
        snapshot.push_masked(NodeId(10 * id + 1), Some(cell), &row);
    }
    snapshot
}

#[test]
fn scrolling_allocates_nothing() {
    let screens: Vec<Snapshot> = (0_u8..20).map(|y| list(1..100, f32::from(y), "row")).collect();
    check(&screens);
}

#[test]
fn rows_that_come_and_go_allocate_nothing() {
    let screens: Vec<Snapshot> = (1..20).map(|first| list(first..first + 50, 0.0, "row")).collect();
    check(&screens);
}

#[test]
fn rows_that_move_allocate_nothing() {
    let reversed = list((1..50).rev(), 0.0, "row");
    let mixed = list((1..50).map(|id| id * 17 % 50), 0.0, "row");
    check(&[list(1..50, 0.0, "row"), reversed, mixed]);
}

#[test]
fn labels_that_change_allocate_nothing() {
    check(&["row", "another row", "r"].map(|label| list(1..50, 0.0, label)));
}

#[test]
fn shifts_allocate_nothing() {
    let rows = |y: f32| parent_of((2..50).map(|id| (id, at(0.0, y))));
    check(&[rows(0.0), rows(5.0), rows(-3.0)]);
}
