//! Checks a capture buffer once and shows it as a raw snapshot.

mod decoded;
mod regions;
mod row;
mod strings;

use viewreel_model::columns::{NO_PARENT as NO_ROOT, Window};
use viewreel_model::geometry::finite_or;
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES, MAX_WINDOWS};
use viewreel_model::raw::Region;
use viewreel_model::viewport::SceneId;

use crate::layout::{NO_PARENT, NodeRow, Rows};
use crate::{CaptureBuffer, CaptureError};
pub use decoded::Decoded;
use strings::{Heap, ShortId, Strings};

/// Reads capture buffers. Keeps its memory from one to the next, so that a
/// steady state allocates nothing.
#[derive(Clone, Default)]
pub struct CaptureDecoder {
    /// The parent of every node that is kept.
    parents: Vec<u32>,
    /// One entry per node that is kept.
    nodes: Vec<Node>,
    windows: Vec<Window>,
    regions: Vec<Region>,
    strings: Strings,
    /// The ancestors of the row that is read, outermost first.
    ancestors: Vec<Ancestor>,
    /// Windows whose root was met, kept or not.
    windows_met: usize,
    cut_nodes: u32,
}

// What was decoded last is not masked yet.
impl std::fmt::Debug for CaptureDecoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaptureDecoder({} nodes)", self.nodes.len())
    }
}

/// A node that is kept: where it stands, and which strings of it found room.
#[derive(Clone, Copy, Default)]
struct Node {
    /// Index in the buffer.
    row: u32,
    class_chain: ShortId,
    controller: ShortId,
    identifier: ShortId,
    font: ShortId,
    text: ShortId,
    /// Something of it or below it was cut.
    is_truncated: bool,
}

#[derive(Clone, Copy)]
struct Ancestor {
    /// Index in the buffer.
    row: u32,
    /// Index in the snapshot; `None` where it was cut.
    node: Option<u32>,
}

impl CaptureDecoder {
    /// A decoder that has read nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Checks and repairs what the buffer says; see the crate's first page for
    /// what is repaired and what is an error.
    ///
    /// The result reads a node when it is asked for it. In it every length is snapped,
    /// every ratio finite, every string UTF-8 of at most
    /// [`MAX_STRING_BYTES`](viewreel_model::limits::MAX_STRING_BYTES), and the whole
    /// tree within [`viewreel_model::limits`]. What exceeds them is cut: subtrees as a
    /// whole, in pre-order, and a node that stays at the place of the cut is marked
    /// [`truncated`](viewreel_model::raw::Privacy::truncated) (the parent of what is
    /// too deep, the last node where there are too many, the root of the last window,
    /// the node whose strings did not fit). O(rows).
    ///
    /// # Errors
    /// [`CaptureError`] where the rows describe no forest of windows.
    pub fn decode<'a>(
        &'a mut self,
        buffer: &'a CaptureBuffer,
    ) -> Result<Decoded<'a>, CaptureError> {
        buffer.check()?;
        self.clear();
        let rows = buffer.rows();
        let heap = Heap::new(&rows.heap);
        for (index, row) in rows.nodes.iter().enumerate() {
            self.read(rows, heap, to_u32(index), row)?;
        }
        self.check_windows(rows)?;
        self.count_cut(buffer.cut_nodes());
        // Windows that did not fit into the buffer may have regions in it.
        let windows = if buffer.cut_nodes() > 0 { usize::MAX } else { rows.windows.len() };
        regions::read(&rows.regions, windows, self.windows.len(), &mut self.regions)?;
        Ok(Decoded::new(self, &rows.nodes, heap.text))
    }

    fn clear(&mut self) {
        self.parents.clear();
        self.nodes.clear();
        self.windows.clear();
        self.regions.clear();
        self.strings.clear();
        self.ancestors.clear();
        self.windows_met = 0;
        self.cut_nodes = 0;
    }

    fn read(
        &mut self,
        rows: &Rows,
        heap: Heap<'_>,
        index: u32,
        row: &NodeRow,
    ) -> Result<(), CaptureError> {
        self.leave_until(index, row.parent)?;
        let keep = match self.ancestors.last().copied() {
            None => self.enter_window(rows, index)?,
            Some(parent) => self.has_room(parent),
        };
        let node = if keep { Some(self.push(heap, index, row)) } else { self.cut_one() };
        self.ancestors.push(Ancestor { row: index, node });
        Ok(())
    }

    /// Leaves the ancestors that end before this row.
    fn leave_until(&mut self, node: u32, parent: u32) -> Result<(), CaptureError> {
        if parent == NO_PARENT {
            self.ancestors.clear();
            return Ok(());
        }
        while let Some(last) = self.ancestors.last() {
            if last.row == parent {
                return Ok(());
            }
            self.ancestors.pop();
        }
        Err(CaptureError::NotPreOrder { node })
    }

    /// Takes the window whose root this is. `Ok(false)` where it is cut.
    fn enter_window(&mut self, rows: &Rows, root: u32) -> Result<bool, CaptureError> {
        let row = rows.windows.get(self.windows_met).filter(|window| window.root == root);
        let row = row.ok_or(CaptureError::NoWindow { node: root })?;
        self.windows_met += 1;
        if self.windows.len() >= MAX_WINDOWS {
            let last = self.windows.last().map(|window| window.root);
            self.truncate(last);
            return Ok(false);
        }
        let root = to_u32(self.nodes.len());
        let has_room = self.has_room_for_one();
        if has_room {
            let (scene, level) = (SceneId(row.scene), finite_or(row.level, 0.0));
            self.windows.push(Window { root, scene, level });
        }
        Ok(has_room)
    }

    fn has_room(&mut self, parent: Ancestor) -> bool {
        let Some(parent) = parent.node else { return false };
        if self.ancestors.len() > MAX_DEPTH {
            self.truncate(Some(parent));
            return false;
        }
        self.has_room_for_one()
    }

    fn has_room_for_one(&mut self) -> bool {
        let has_room = self.nodes.len() < MAX_NODES;
        if !has_room {
            self.truncate(to_u32(self.nodes.len()).checked_sub(1));
        }
        has_room
    }

    fn truncate(&mut self, node: Option<u32>) {
        if let Some(node) = node.and_then(|node| self.nodes.get_mut(node as usize)) {
            node.is_truncated = true;
        }
    }

    fn cut_one(&mut self) -> Option<u32> {
        self.count_cut(1);
        None
    }

    fn count_cut(&mut self, nodes: u32) {
        self.cut_nodes = self.cut_nodes.saturating_add(nodes);
    }

    fn push(&mut self, heap: Heap<'_>, index: u32, row: &NodeRow) -> u32 {
        let parent = self.ancestors.last().and_then(|parent| parent.node).unwrap_or(NO_ROOT);
        let (node, strings) = (to_u32(self.nodes.len()), &mut self.strings);
        let mut fits = true;
        let kept = Node {
            row: index,
            class_chain: strings.name(heap, row.class_chain, &mut fits),
            controller: strings.name(heap, row.controller, &mut fits),
            identifier: strings.name(heap, row.identifier, &mut fits),
            font: strings.name(heap, row.font, &mut fits),
            text: strings.text(heap, row.text, &mut fits),
            is_truncated: false,
        };
        self.nodes.push(Node { is_truncated: !fits, ..kept });
        self.parents.push(parent);
        node
    }

    fn check_windows(&self, rows: &Rows) -> Result<(), CaptureError> {
        if self.windows_met < rows.windows.len() {
            return Err(CaptureError::NoRoot { window: to_u32(self.windows_met) });
        }
        Ok(())
    }
}

/// Row numbers of hosts fit; more rows than that are past every limit.
fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
