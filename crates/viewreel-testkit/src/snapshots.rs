//! Random masked trees, alone and in pairs that have nodes in common.

use crate::rows::{LooseRow, row};
use proptest::collection::vec;
use proptest::prelude::*;
use viewreel_model::columns::Window;
use viewreel_model::node::{Line, LineRange, Semantics, TextStyle};
use viewreel_model::viewport::SceneId;
use viewreel_model::{NodeId, Row, Snapshot};

/// A node before it has its place in pre-order.
#[derive(Clone, Debug)]
struct Draft {
    id: NodeId,
    /// Which earlier draft is the parent; `None` for a root.
    parent: Option<usize>,
    row: LooseRow,
}

/// A random tree of up to `max` nodes with ids from `1..=2 * max`, so that two
/// of them have about half of their ids in common.
pub fn snapshot(max: usize) -> impl Strategy<Value = Snapshot> {
    let ids = Just((1..=2 * max as u32).collect::<Vec<_>>()).prop_shuffle();
    let nodes = vec((any::<prop::sample::Index>(), row()), 0..=max);
    let levels = vec((0_u32..2, -2_i8..3), max + 1);
    (ids, nodes, levels).prop_map(|(ids, nodes, levels)| {
        let drafts: Vec<Draft> = nodes
            .into_iter()
            .zip(ids)
            .enumerate()
            .map(|(at, ((parent, row), id))| Draft {
                id: NodeId(id),
                // One draft in `at + 1` is a root.
                parent: parent.index(at + 1).checked_sub(1),
                row,
            })
            .collect();
        build(&drafts, &levels)
    })
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
    (0..drafts.len()).filter(|&at| drafts[at].parent == parent).collect()
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
