//! Checks a capture buffer once and shows it as a raw snapshot.

mod regions;
mod row;
mod strings;

use viewreel_model::columns::{Columns, NO_PARENT as NO_ROOT, Window};
use viewreel_model::content::Content;
use viewreel_model::geometry::finite_or;
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES, MAX_WINDOWS};
use viewreel_model::raw::{Privacy, Region};
use viewreel_model::viewport::SceneId;
use viewreel_model::{RawSnapshot, StrId};

use crate::intern::Recent;
use crate::layout::{NO_PARENT, NodeRow, Rows, StrRef};
use crate::{CaptureBuffer, CaptureError};
use strings::Heap;

/// Reads capture buffers. Keeps its memory from one to the next, so that a
/// steady state allocates nothing.
#[derive(Clone, Default)]
pub struct CaptureDecoder {
    columns: Columns,
    contents: Vec<Content>,
    privacy: Vec<Privacy>,
    regions: Vec<Region>,
    /// The ancestors of the row that is read, outermost first.
    ancestors: Vec<Ancestor>,
    names: Recent<StrRef, StrId>,
    /// Bytes of all strings, once per use: what the limit counts. A name that
    /// many views share is kept once, and readers see it at each of them.
    string_bytes: usize,
    /// Windows whose root was met, kept or not.
    windows_met: usize,
    cut_nodes: u32,
}

// What was decoded last is not masked yet.
impl std::fmt::Debug for CaptureDecoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaptureDecoder({} nodes)", self.columns.len())
    }
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
    /// In the result every length is snapped, every ratio finite, every string
    /// UTF-8 of at most [`MAX_STRING_BYTES`](viewreel_model::limits::MAX_STRING_BYTES),
    /// and the whole tree within [`viewreel_model::limits`]. What exceeds them is
    /// cut: subtrees as a whole, in pre-order, and a node that stays at the place of
    /// the cut is marked [`Privacy::truncated`] (the parent of what is too
    /// deep, the last node where there are too many, the root of the last window,
    /// the node whose strings did not fit). O(rows).
    ///
    /// # Errors
    /// [`CaptureError`] where the rows describe no forest of windows.
    pub fn decode<'a>(
        &'a mut self,
        buffer: &CaptureBuffer,
    ) -> Result<RawSnapshot<'a>, CaptureError> {
        buffer.check()?;
        self.clear();
        let rows = buffer.rows();
        let heap = Heap::new(&rows.heap);
        for (index, row) in rows.nodes.iter().enumerate() {
            self.read(rows, &heap, to_u32(index), row)?;
        }
        self.check_windows(rows)?;
        self.count_cut(buffer.cut_nodes());
        // Windows that did not fit into the buffer may have regions in it.
        let windows = if buffer.cut_nodes() > 0 { usize::MAX } else { rows.windows.len() };
        regions::read(&rows.regions, windows, &self.columns, &mut self.regions)?;
        Ok(RawSnapshot {
            columns: &self.columns,
            contents: &self.contents,
            privacy: &self.privacy,
            regions: &self.regions,
            cut_nodes: self.cut_nodes,
        })
    }

    fn clear(&mut self) {
        self.columns.clear();
        self.contents.clear();
        self.privacy.clear();
        self.regions.clear();
        self.ancestors.clear();
        self.names.clear();
        self.string_bytes = 0;
        self.windows_met = 0;
        self.cut_nodes = 0;
    }

    fn read(
        &mut self,
        rows: &Rows,
        heap: &Heap<'_>,
        index: u32,
        row: &NodeRow,
    ) -> Result<(), CaptureError> {
        self.leave_until(index, row.parent)?;
        let keep = match self.ancestors.last().copied() {
            None => self.enter_window(rows, index)?,
            Some(parent) => self.has_room(parent),
        };
        let node = if keep { Some(self.push(heap, row)) } else { self.cut_one() };
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
        if self.columns.windows.len() >= MAX_WINDOWS {
            let last = self.columns.windows.last().map(|window| window.root);
            self.truncate(last);
            return Ok(false);
        }
        let root = to_u32(self.columns.len());
        let has_room = self.has_room_for_one();
        if has_room {
            let (scene, level) = (SceneId(row.scene), finite_or(row.level, 0.0));
            self.columns.windows.push(Window { root, scene, level });
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
        let has_room = self.columns.len() < MAX_NODES;
        if !has_room {
            self.truncate(to_u32(self.columns.len()).checked_sub(1));
        }
        has_room
    }

    fn truncate(&mut self, node: Option<u32>) {
        let privacy = node.and_then(|node| self.privacy.get_mut(node as usize));
        if let Some(privacy) = privacy {
            privacy.truncated = true;
        }
    }

    fn cut_one(&mut self) -> Option<u32> {
        self.count_cut(1);
        None
    }

    fn count_cut(&mut self, nodes: u32) {
        self.cut_nodes = self.cut_nodes.saturating_add(nodes);
    }

    fn push(&mut self, heap: &Heap<'_>, row: &NodeRow) -> u32 {
        let parent = self.ancestors.last().and_then(|parent| parent.node).unwrap_or(NO_ROOT);
        let mut fits = true;
        let read = self.read_row(heap, row, &mut fits);
        let text = self.text(heap, row.text, &mut fits);
        self.contents.push(row::content(row, text));
        self.privacy.push(Privacy { truncated: !fits, ..row::privacy(row) });
        self.columns.push(parent, &read)
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
