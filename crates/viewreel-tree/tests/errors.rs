//! What does not apply.

mod common;

use common::{apply, at, chain, flat, follow, parent_of, update};
use viewreel_model::diff::{Diff, DiffWindow, Placement, Shift, Update};
use viewreel_model::geometry::MAX_LENGTH_PT;
use viewreel_model::limits::{MAX_DEPTH, MAX_LINES, MAX_NODES, MAX_TREE_STRING_BYTES};
use viewreel_model::node::{Line, LineRange, Semantics};
use viewreel_model::viewport::SceneId;
use viewreel_model::{Field, FieldSet, NodeId, Point, Row, Snapshot, StateId};
use viewreel_tree::{ApplyError, Tree};

fn place(node: u32, parent: Option<u32>, after: Option<u32>) -> Placement {
    Placement { node: NodeId(node), parent: parent.map(NodeId), after: after.map(NodeId) }
}

fn placing(placements: impl IntoIterator<Item = Placement>) -> Diff {
    Diff { placements: placements.into_iter().collect(), ..Diff::default() }
}

fn removing(removals: &[u32]) -> Diff {
    Diff { removals: removals.iter().map(|&id| NodeId(id)).collect(), ..Diff::default() }
}

fn shifting(first: u32, count: u32, by: Point) -> Diff {
    Diff { shifts: vec![Shift { first: NodeId(first), count, by }], ..Diff::default() }
}

fn window(root: u32) -> DiffWindow {
    DiffWindow { root: NodeId(root), scene: SceneId(0), level: 0.0 }
}

/// Checks that a diff does not apply, and why.
fn check(tree: &Snapshot, diff: &Diff, error: ApplyError) {
    assert_eq!(apply(tree, diff), Err(error));
}

#[test]
fn a_diff_of_another_state_is_an_error() {
    let tree = Tree::new(StateId(8), flat(&[2]));
    let error = tree.apply(&Diff { base: StateId(7), ..Diff::default() }).err();
    assert_eq!(error, Some(ApplyError::WrongBase { base: StateId(7), state: StateId(8) }));
}

#[test]
fn only_nodes_that_are_there_can_be_named() {
    let tree = flat(&[2]);
    let windows = Diff { windows: Some(vec![window(9)]), ..Diff::default() };
    let diffs = [
        placing([place(2, Some(9), None)]),
        placing([place(9, Some(9), None)]),
        placing([place(2, Some(1), Some(9))]),
        shifting(9, 1, Point::ZERO),
        update(9, FieldSet::EMPTY, |_| Row::default()),
        removing(&[9]),
        windows,
    ];
    for diff in diffs {
        check(&tree, &diff, ApplyError::UnknownNode(NodeId(9)));
    }
}

#[test]
fn a_node_cannot_be_placed_inside_itself() {
    let inside = |parent| placing([place(1, Some(parent), None)]);
    check(&flat(&[2]), &inside(1), ApplyError::ParentInsideNode(NodeId(1)));
    check(&flat(&[2]), &inside(2), ApplyError::ParentInsideNode(NodeId(1)));
}

#[test]
fn a_node_cannot_be_placed_behind_itself_or_a_stranger() {
    for (parent, after) in [(Some(1), 2), (Some(1), 1), (None, 2), (None, 3)] {
        let diff = placing([place(2, parent, Some(after))]);
        check(&flat(&[2, 3]), &diff, ApplyError::NotASibling(NodeId(2)));
    }
    let diff = placing([place(4, None, Some(4))]);
    check(&flat(&[2]), &diff, ApplyError::UnknownNode(NodeId(4)));
}

#[test]
fn what_went_with_its_parent_cannot_be_removed_again() {
    let tree = flat(&[2, 3]);
    check(&tree, &removing(&[1, 3]), ApplyError::UnknownNode(NodeId(3)));
    assert_eq!(apply(&tree, &removing(&[2, 1])), Ok(Snapshot::default()));
}

#[test]
fn a_shift_names_as_many_siblings_as_there_are() {
    let tree = flat(&[2, 3, 4]);
    let by = Point::new(1.0, 0.0);
    check(&tree, &shifting(3, 3, by), ApplyError::NotARun(NodeId(3)));
    check(&tree, &shifting(3, 0, by), ApplyError::NotARun(NodeId(3)));
    let shifted = parent_of([(2, at(0.0, 0.0)), (3, at(1.0, 0.0)), (4, at(1.0, 0.0))]);
    assert_eq!(apply(&tree, &shifting(3, 2, by)), Ok(shifted));
}

#[test]
fn an_update_names_a_row_of_its_diff() {
    let update = Update { node: NodeId(2), fields: FieldSet::ALL, row: 0 };
    let diff = Diff { updates: vec![update], ..Diff::default() };
    check(&flat(&[2]), &diff, ApplyError::NoRow(NodeId(2)));
}

#[test]
fn no_difference_leads_beyond_the_longest_length() {
    let tree = parent_of([(2, at(MAX_LENGTH_PT, 0.0))]);
    for by in [1.0 / 32.0, f32::NAN, f32::INFINITY, -3.0 * MAX_LENGTH_PT] {
        check(&tree, &shifting(2, 1, Point::new(by, 0.0)), ApplyError::OutOfRange(NodeId(2)));
        for field in [Field::Position, Field::Size, Field::Scroll] {
            let start = update(2, FieldSet::only(field), |_| all_lengths(MAX_LENGTH_PT));
            let more = update(2, FieldSet::only(field), |_| all_lengths(by));
            let tree = Tree::new(StateId(0), flat(&[2])).apply(&start).unwrap();
            assert_eq!(follow(tree, more).err(), Some(ApplyError::OutOfRange(NodeId(2))));
        }
    }
}

fn all_lengths(length: f32) -> Row {
    let mut row = at(length, length);
    row.geometry.bounds = viewreel_model::Rect::new(length, length, length, length);
    row
}

#[test]
fn a_window_stays_only_where_its_root_does() {
    let mut tree = flat(&[2]);
    tree.push_masked(NodeId(3), None, &Row::default());
    let root = viewreel_model::columns::Window { root: 2, ..Default::default() };
    tree.columns_mut().windows.push(root);
    check(&tree, &removing(&[3]), ApplyError::UnknownNode(NodeId(3)));
    let below = placing([place(3, Some(1), None)]);
    check(&tree, &below, ApplyError::WindowNotARoot(NodeId(3)));
    let elsewhere = Diff { windows: Some(vec![window(1)]), ..below };
    assert!(apply(&tree, &elsewhere).is_ok());
    let not_a_root = Diff { windows: Some(vec![window(2)]), ..Diff::default() };
    check(&tree, &not_a_root, ApplyError::WindowNotARoot(NodeId(2)));
}

#[test]
fn a_tree_has_no_more_nodes_than_the_limit() {
    let all: Vec<u32> = (1..=MAX_NODES as u32).collect();
    let tree = flat(all.get(1..).unwrap());
    let one_more = placing([place(0, None, None)]);
    check(&tree, &one_more, ApplyError::TooManyNodes);
    let instead = Diff { removals: vec![NodeId(2)], ..one_more };
    assert_eq!(apply(&tree, &instead).unwrap().len(), MAX_NODES);
}

#[test]
fn a_whole_tree_may_be_replaced_by_another() {
    let (a, b) = (flat(&ids(2)), flat(&ids(20_000)));
    assert_eq!(apply(&a, &common::diff(&a, &b)), Ok(b));
}

fn ids(first: u32) -> Vec<u32> {
    (first..first + MAX_NODES as u32 - 1).collect()
}

#[test]
fn no_list_of_a_diff_is_longer_than_a_tree() {
    let tree = flat(&[2, 3]);
    let (many, one) = (MAX_NODES + 1, Shift { first: NodeId(2), count: 2, by: Point::ZERO });
    let updates = update(2, FieldSet::EMPTY, |_| Row::default()).updates.repeat(many);
    let diffs = [
        placing(std::iter::repeat_n(place(2, Some(1), None), many)),
        Diff { shifts: vec![one; many / 2 + 1], ..Diff::default() },
        Diff { updates, ..Diff::default() },
        removing(&vec![2; many]),
    ];
    for diff in diffs {
        check(&tree, &diff, ApplyError::TooLong);
    }
}

#[test]
fn a_placed_node_lies_no_deeper_than_the_limit() {
    let deepest = MAX_DEPTH as u32 + 1;
    let tree = chain(1..=deepest);
    let below = |parent| placing([place(0, Some(parent), None)]);
    check(&tree, &below(deepest), ApplyError::TooDeep);
    assert!(apply(&tree, &below(deepest - 1)).is_ok());
}

#[test]
fn what_moves_along_may_come_to_lie_deeper_than_the_limit() {
    let half = MAX_DEPTH as u32;
    let mut tree = Tree::new(StateId(0), chain(1..=half));
    for round in 1..4 {
        let top = round * half + 1;
        let next = (top..top + half).map(|id| place(id, (id > top).then(|| id - 1), None));
        let onto = place(top - half, Some(top + half - 1), None);
        let diff = placing(next.chain([onto]));
        tree = follow(tree, diff).unwrap();
    }
    let depths = tree.snapshot().columns().depths();
    assert_eq!(depths.last(), Some(&(4 * half - 1)));
    assert!(follow(tree, removing(&[3 * half + 1])).unwrap().is_empty());
}

#[test]
fn text_is_counted_once_for_each_use_and_not_when_it_is_gone() {
    let long = "x".repeat(MAX_TREE_STRING_BYTES / 2);
    let name = |node, text: &str| {
        update(node, FieldSet::only(Field::Identifier), |rows| {
            let identifier = rows.strings.add(text);
            Row { semantics: Semantics { identifier, ..Semantics::default() }, ..Row::default() }
        })
    };
    let mut tree = Tree::new(StateId(0), flat(&[2, 3, 4]));
    for diff in [name(2, &long), name(3, &long), name(3, &long), removing(&[2]), name(4, &long)] {
        tree = follow(tree, diff).unwrap();
    }
    assert_eq!(follow(tree, name(1, "x")).err(), Some(ApplyError::TooMuchText));
}

#[test]
fn a_tree_has_no_more_lines_than_the_limit() {
    let lines = |count: usize| {
        update(2, FieldSet::only(Field::Lines), |rows| {
            rows.lines = vec![Line::default(); count];
            Row { lines: LineRange { start: 0, len: count as u32 }, ..Row::default() }
        })
    };
    assert!(apply(&flat(&[2]), &lines(MAX_LINES)).is_ok());
    check(&flat(&[2]), &lines(MAX_LINES + 1), ApplyError::TooMuchText);
}
