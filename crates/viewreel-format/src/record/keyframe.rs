//! Keyframe bodies: the whole tree.

use super::row;
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::strings::{Interner, Strings};
use viewreel_model::columns::Window;
use viewreel_model::field::changed;
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES, MAX_WINDOWS};
use viewreel_model::record::Body;
use viewreel_model::viewport::SceneId;
use viewreel_model::{Columns, NodeId, Row, Snapshot, StateId};

/// Writes the body of a keyframe.
pub(crate) fn write(out: &mut Writer, strings: &mut Interner, state: StateId, tree: &Snapshot) {
    out.uv(u64::from(state.0));
    let windows = tree.windows();
    out.count(tree.columns().windows.len());
    for (root, window) in windows {
        write_window(out, root, window.scene, window.level);
    }
    out.count(tree.len());
    for index in 0..tree.len() {
        write_node(out, strings, tree, index);
    }
}

/// Writes one entry of a list of windows.
pub(crate) fn write_window(out: &mut Writer, root: NodeId, scene: SceneId, level: f32) {
    out.uv(u64::from(root.0));
    out.uv(u64::from(scene.0));
    out.f32(level);
}

fn write_node(out: &mut Writer, strings: &mut Interner, tree: &Snapshot, index: usize) {
    let columns = tree.columns();
    let (Some(id), Some(node)) = (tree.id(index), columns.row(index)) else { return };
    out.uv(u64::from(id.0));
    out.count(columns.parent(index).map_or(0, |parent| index - parent));
    let set = changed(&Columns::default(), &Row::default(), columns, &node);
    row::write(out, strings, columns, &node, set);
}

/// One entry of a list of windows.
pub(crate) struct WindowEntry {
    pub(crate) root: NodeId,
    pub(crate) scene: SceneId,
    pub(crate) level: f32,
}

/// Reads a list of windows.
pub(crate) fn read_windows(from: &mut Reader<'_>) -> Result<Vec<WindowEntry>, FormatError> {
    let count = from.count("windows", MAX_WINDOWS)?;
    (0..count)
        .map(|_| {
            Ok(WindowEntry {
                root: read_id(from)?,
                scene: SceneId(from.uv32("a scene")?),
                level: from.f32("a window level")?,
            })
        })
        .collect()
}

/// Reads a node id, which is never 0.
pub(crate) fn read_id(from: &mut Reader<'_>) -> Result<NodeId, FormatError> {
    let error = from.expected("a node id");
    match from.uv32("a node id")? {
        0 => Err(error),
        id => Ok(NodeId(id)),
    }
}

/// Reads the body of a keyframe.
pub(crate) fn read(from: &mut Reader<'_>, strings: &mut Strings) -> Result<Body, FormatError> {
    let state = StateId(from.uv32("a state id")?);
    let windows = read_windows(from)?;
    let count = from.count("nodes", MAX_NODES)?;
    let mut tree = Snapshot::default();
    let mut shape = Shape::default();
    for index in 0..count {
        read_node(from, strings, &mut tree, &mut shape, index)?;
    }
    place_windows(from, &mut tree, &windows)?;
    Ok(Body::Keyframe { state, tree })
}

/// What is known of the nodes read so far, to check that they stand in pre-order.
#[derive(Default)]
struct Shape {
    /// The open path: indices of the last node and its ancestors, root first.
    path: Vec<usize>,
    ids: std::collections::HashSet<NodeId>,
}

impl Shape {
    /// Closes what lies below `parent`; false where `parent` is not open.
    fn open_below(&mut self, parent: Option<usize>, index: usize) -> bool {
        match parent {
            None => self.path.clear(),
            Some(parent) => match self.path.iter().rposition(|&open| open == parent) {
                Some(at) => self.path.truncate(at + 1),
                None => return false,
            },
        }
        self.path.push(index);
        true
    }
}

fn read_node(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    tree: &mut Snapshot,
    shape: &mut Shape,
    index: usize,
) -> Result<(), FormatError> {
    let place = from.clone();
    let id = read_id(from)?;
    if !shape.ids.insert(id) {
        return Err(place.expected("a node id that was not given yet"));
    }
    let parent = match from.uv32("a distance to the parent")? as usize {
        0 => None,
        back => Some(index.checked_sub(back).ok_or(place.expected("a parent before its child"))?),
    };
    if !shape.open_below(parent, index) {
        return Err(place.expected("nodes in pre-order"));
    }
    if shape.path.len() > MAX_DEPTH + 1 {
        return Err(place.over("levels of nesting", MAX_DEPTH));
    }
    let mut node = Row::default();
    row::read(from, strings, tree.columns_mut(), &mut node)?;
    tree.push_masked(id, parent.map(|parent| parent as u32), &node);
    Ok(())
}

fn place_windows(
    from: &Reader<'_>,
    tree: &mut Snapshot,
    windows: &[WindowEntry],
) -> Result<(), FormatError> {
    for window in windows {
        let root = tree.ids().iter().position(|&id| id == window.root);
        let root = root.filter(|&root| tree.columns().parent(root).is_none());
        let root = root.ok_or(from.expected("windows whose roots are roots of the tree"))? as u32;
        tree.columns_mut().windows.push(Window { root, scene: window.scene, level: window.level });
    }
    Ok(())
}
