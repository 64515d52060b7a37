//! How a forest of views lies in memory: flat columns in pre-order.

use crate::node::{
    Appearance, Control, Geometry, Image, Line, LineRange, Mask, Row, Semantics, TextStyle,
};
use crate::strings::{StrId, StringTable};
use crate::viewport::SceneId;

/// Parent of a node that has none: the root view of a window.
pub const NO_PARENT: u32 = u32::MAX;

/// A window: a root of the forest with its place in front of or behind others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Window {
    /// Index of its root node.
    pub root: u32,
    /// The scene it belongs to.
    pub scene: SceneId,
    /// Drawing order among windows; ties keep the order of the list.
    pub level: f32,
}

/// The views of all windows as columns: entry `i` of each column speaks of node
/// `i`; nodes stand in pre-order, so every parent has a smaller index than its
/// children and every subtree is one run of indices.
///
/// Refilled in place: [`Columns::clear`] keeps the memory. The type does not
/// say whether the content is masked; [`crate::RawSnapshot`] and
/// [`crate::Snapshot`] do. `Debug` shows counts only.
#[derive(Clone, Default)]
pub struct Columns {
    parents: Vec<u32>,
    pub(crate) generations: Vec<u32>,
    pub(crate) semantics: Vec<Semantics>,
    pub(crate) geometry: Vec<Geometry>,
    pub(crate) appearance: Vec<Appearance>,
    pub(crate) text: Vec<TextStyle>,
    pub(crate) line_ranges: Vec<LineRange>,
    pub(crate) images: Vec<Image>,
    pub(crate) controls: Vec<Control>,
    pub(crate) masks: Vec<Mask>,
    /// Lines of all nodes, in order of their nodes.
    pub lines: Vec<Line>,
    /// Strings of all nodes.
    pub strings: StringTable,
    /// Windows, back to front where levels are equal.
    pub windows: Vec<Window>,
}

impl std::fmt::Debug for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Columns({} nodes, {} windows)", self.len(), self.windows.len())
    }
}

impl Columns {
    /// Forgets all nodes and keeps the memory.
    pub fn clear(&mut self) {
        self.parents.clear();
        self.generations.clear();
        self.semantics.clear();
        self.geometry.clear();
        self.appearance.clear();
        self.text.clear();
        self.line_ranges.clear();
        self.images.clear();
        self.controls.clear();
        self.masks.clear();
        self.lines.clear();
        self.strings.clear();
        self.windows.clear();
    }

    /// Makes room for so many more nodes, and no more than these.
    pub fn reserve(&mut self, nodes: usize) {
        self.parents.reserve_exact(nodes);
        self.generations.reserve_exact(nodes);
        self.semantics.reserve_exact(nodes);
        self.geometry.reserve_exact(nodes);
        self.appearance.reserve_exact(nodes);
        self.text.reserve_exact(nodes);
        self.line_ranges.reserve_exact(nodes);
        self.images.reserve_exact(nodes);
        self.controls.reserve_exact(nodes);
        self.masks.reserve_exact(nodes);
    }

    /// Number of nodes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// Whether there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    /// Adds the next node in pre-order. `parent` is an earlier index or
    /// [`NO_PARENT`]. Returns the index of the new node.
    pub fn push(&mut self, parent: u32, row: &Row) -> u32 {
        let index = u32::try_from(self.parents.len()).unwrap_or(NO_PARENT);
        debug_assert!(parent == NO_PARENT || parent < index, "parents come first");
        self.parents.push(parent);
        self.generations.push(row.generation);
        self.semantics.push(row.semantics);
        self.geometry.push(row.geometry);
        self.appearance.push(row.appearance);
        self.text.push(row.text);
        self.line_ranges.push(row.lines);
        self.images.push(row.image);
        self.controls.push(row.control);
        self.masks.push(row.mask);
        index
    }

    /// Adds nodes without parents. O(n).
    pub fn extend(&mut self, rows: &[Row]) {
        self.parents.resize(self.len() + rows.len(), NO_PARENT);
        self.generations.extend(rows.iter().map(|row| row.generation));
        self.semantics.extend(rows.iter().map(|row| row.semantics));
        self.geometry.extend(rows.iter().map(|row| row.geometry));
        self.appearance.extend(rows.iter().map(|row| row.appearance));
        self.text.extend(rows.iter().map(|row| row.text));
        self.line_ranges.extend(rows.iter().map(|row| row.lines));
        self.images.extend(rows.iter().map(|row| row.image));
        self.controls.extend(rows.iter().map(|row| row.control));
        self.masks.extend(rows.iter().map(|row| row.mask));
    }

    /// What node `index` says, or `None` where there is no such node.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<Row> {
        Some(Row {
            generation: *self.generations.get(index)?,
            semantics: *self.semantics.get(index)?,
            geometry: *self.geometry.get(index)?,
            appearance: *self.appearance.get(index)?,
            text: *self.text.get(index)?,
            lines: *self.line_ranges.get(index)?,
            image: *self.images.get(index)?,
            control: *self.controls.get(index)?,
            mask: *self.masks.get(index)?,
        })
    }

    /// The parent index of every node, [`NO_PARENT`] for roots.
    #[must_use]
    pub fn parents(&self) -> &[u32] {
        &self.parents
    }

    /// The parent of node `index`, `None` for a root.
    #[must_use]
    pub fn parent(&self, index: usize) -> Option<usize> {
        self.parents
            .get(index)
            .filter(|&&parent| parent != NO_PARENT)
            .map(|&parent| parent as usize)
    }

    /// The generation of every node.
    #[must_use]
    pub fn generations(&self) -> &[u32] {
        &self.generations
    }

    /// Where every node lies.
    #[must_use]
    pub fn geometry(&self) -> &[Geometry] {
        &self.geometry
    }

    /// What masking did to every node.
    #[must_use]
    pub fn masks(&self) -> &[Mask] {
        &self.masks
    }

    /// What every node is.
    #[must_use]
    pub fn semantics(&self) -> &[Semantics] {
        &self.semantics
    }

    /// How every node is painted.
    #[must_use]
    pub fn appearance(&self) -> &[Appearance] {
        &self.appearance
    }

    /// The text style of every node.
    #[must_use]
    pub fn text(&self) -> &[TextStyle] {
        &self.text
    }

    /// Where the lines of every node stand.
    #[must_use]
    pub fn line_ranges(&self) -> &[LineRange] {
        &self.line_ranges
    }

    /// The picture of every node.
    #[must_use]
    pub fn images(&self) -> &[Image] {
        &self.images
    }

    /// The state of every node as a control.
    #[must_use]
    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// The lines of one node.
    #[inline]
    #[must_use]
    pub fn lines_of(&self, range: LineRange) -> &[Line] {
        let start = range.start as usize;
        self.lines.get(start..start + range.len as usize).unwrap_or(&[])
    }

    /// Copies the lines of `from` here, with their strings; a range that `from`
    /// does not have is empty.
    pub fn copy_lines(&mut self, from: &Self, range: LineRange) -> LineRange {
        let start = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        for line in from.lines_of(range) {
            let text = self.copy_string(from, line.text);
            self.lines.push(Line { text, ..*line });
        }
        let end = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        LineRange { start, len: end - start }
    }

    /// Copies one string of `from` here.
    #[inline]
    pub fn copy_string(&mut self, from: &Self, id: StrId) -> StrId {
        if id.is_none() {
            return StrId::NONE;
        }
        self.strings.add(from.strings.get(id))
    }

    /// A row of `from` with its strings and lines copied here, ready to push.
    pub fn copy_row(&mut self, from: &Self, row: &Row) -> Row {
        Row {
            semantics: Semantics {
                kind: row.semantics.kind,
                class_chain: self.copy_string(from, row.semantics.class_chain),
                controller: self.copy_string(from, row.semantics.controller),
                identifier: self.copy_string(from, row.semantics.identifier),
            },
            text: TextStyle { font: self.copy_string(from, row.text.font), ..row.text },
            lines: self.copy_lines(from, row.lines),
            ..*row
        }
    }

    /// The depth of every node, 0 for roots. O(n).
    #[must_use]
    pub fn depths(&self) -> Vec<u32> {
        let mut depths: Vec<u32> = Vec::with_capacity(self.len());
        for &parent in &self.parents {
            let depth = depths.get(parent as usize).map_or(0, |depth| depth + 1);
            depths.push(depth);
        }
        depths
    }
}
