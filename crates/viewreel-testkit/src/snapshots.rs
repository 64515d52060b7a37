//! Random masked trees, alone and in pairs of one moment and the next.

use crate::rows::{LooseRow, row};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use viewreel_model::columns::Window;
use viewreel_model::node::{Line, LineRange, Semantics, TextStyle};
use viewreel_model::viewport::SceneId;
use viewreel_model::{NodeId, Point, Row, Snapshot};

/// A node before it has its place in pre-order.
#[derive(Clone, Debug)]
struct Draft {
    id: NodeId,
    /// Which earlier draft is the parent; `None` for a root.
    parent: Option<usize>,
    /// Siblings stand in order of their ranks, those of the same rank in order
    /// of the drafts.
    rank: u8,
    /// Whether it is in the tree, with what is below it.
    is_there: bool,
    row: LooseRow,
}

/// A random tree of up to `max` nodes with ids from `1..=2 * max`, so that two
/// of them have about half of their ids in common.
pub fn snapshot(max: usize) -> impl Strategy<Value = Snapshot> {
    (drafts(max), levels(max)).prop_map(|(drafts, levels)| build(&drafts, &levels))
}

/// Two random trees of up to `max` nodes, of which the second is the first one
/// a moment later: some nodes come, go, move or change, and many siblings are
/// shifted by the same distance.
pub fn moments(max: usize) -> impl Strategy<Value = (Snapshot, Snapshot)> {
    let edits = vec(edit(), max);
    (drafts(max), edits, levels(max)).prop_map(|(mut drafts, edits, levels)| {
        let before = build(&drafts, &levels);
        for (at, (draft, edit)) in drafts.iter_mut().zip(edits).enumerate() {
            edit.apply(draft, at);
        }
        (before, build(&drafts, &levels))
    })
}

/// What happens to a node from one moment to the next.
#[derive(Clone, Debug)]
enum Edit {
    Stay,
    Toggle,
    Reorder(u8),
    Reparent(Index),
    Shift(Point),
    Change(Box<LooseRow>),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => Just(Edit::Stay),
        2 => Just(Edit::Toggle),
        1 => (0_u8..3).prop_map(Edit::Reorder),
        1 => any::<Index>().prop_map(Edit::Reparent),
        8 => Just(Edit::Shift(Point::new(0.0, 44.0))),
        1 => Just(Edit::Shift(Point::new(-1.5, 0.0))),
        1 => row().prop_map(|row| Edit::Change(Box::new(row))),
    ]
}

impl Edit {
    fn apply(self, draft: &mut Draft, at: usize) {
        match self {
            Self::Stay => {}
            Self::Toggle => draft.is_there = !draft.is_there,
            Self::Reorder(rank) => draft.rank = rank,
            Self::Reparent(parent) => draft.parent = parent.index(at + 1).checked_sub(1),
            Self::Shift(by) => {
                let Point { x, y } = draft.row.geometry.position;
                draft.row.geometry.position = Point::new(x + by.x, y + by.y).snapped();
            }
            Self::Change(row) => draft.row = *row,
        }
    }
}

fn drafts(max: usize) -> impl Strategy<Value = Vec<Draft>> {
    let ids = Just((1..=2 * max as u32).collect::<Vec<_>>()).prop_shuffle();
    let nodes = vec((any::<Index>(), prop::bool::weighted(0.9), row()), 0..=max);
    (ids, nodes).prop_map(|(ids, nodes)| {
        let draft = |(at, ((parent, is_there, row), id)): (usize, ((Index, bool, _), _))| Draft {
            id: NodeId(id),
            // One draft in `at + 1` is a root.
            parent: parent.index(at + 1).checked_sub(1),
            rank: 0,
            is_there,
            row,
        };
        nodes.into_iter().zip(ids).enumerate().map(draft).collect()
    })
}

fn levels(max: usize) -> impl Strategy<Value = Vec<(u32, i8)>> {
    vec((0_u32..2, -2_i8..3), max + 1)
}

fn build(drafts: &[Draft], levels: &[(u32, i8)]) -> Snapshot {
    let mut snapshot = Snapshot::default();
    for root in children(drafts, None) {
        push_subtree(&mut snapshot, drafts, root, None);
    }
    let roots: Vec<u32> = (0..)
        .zip(snapshot.columns().parents())
        .filter(|(_, parent)| **parent == viewreel_model::columns::NO_PARENT)
        .map(|(at, _)| at)
        .collect();
    for (root, &(scene, level)) in roots.into_iter().zip(levels) {
        let window = Window { root, scene: SceneId(scene), level: f32::from(level) };
        snapshot.columns_mut().windows.push(window);
    }
    snapshot
}

fn children(drafts: &[Draft], parent: Option<usize>) -> Vec<usize> {
    let is_child = |at: &usize| drafts[*at].is_there && drafts[*at].parent == parent;
    let mut children: Vec<usize> = (0..drafts.len()).filter(is_child).collect();
    children.sort_by_key(|&at| drafts[at].rank);
    children
}

fn push_subtree(snapshot: &mut Snapshot, drafts: &[Draft], at: usize, parent: Option<u32>) {
    let row = settle(snapshot, &drafts[at].row);
    let index = snapshot.push_masked(drafts[at].id, parent, &row);
    for child in children(drafts, Some(at)) {
        push_subtree(snapshot, drafts, child, Some(index));
    }
}

/// Puts strings and lines into the columns of the snapshot.
fn settle(snapshot: &mut Snapshot, loose: &LooseRow) -> Row {
    let columns = snapshot.columns_mut();
    let [class_chain, controller, identifier, font] =
        loose.strings.each_ref().map(|text| columns.strings.add(text));
    let start = columns.lines.len() as u32;
    for (text, baseline, width) in &loose.lines {
        let text = columns.strings.add(text);
        columns.lines.push(Line { text, baseline: *baseline, width: *width });
    }
    Row {
        generation: loose.generation,
        semantics: Semantics { kind: loose.kind, class_chain, controller, identifier },
        geometry: loose.geometry,
        appearance: loose.appearance,
        text: TextStyle { font, ..loose.text },
        lines: LineRange { start, len: loose.lines.len() as u32 },
        image: loose.image,
        control: loose.control,
        mask: loose.mask,
    }
}
