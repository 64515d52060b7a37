//! A capture buffer as a raw snapshot.

use viewreel_model::columns::Window;
use viewreel_model::content::Content;
use viewreel_model::node::{Geometry, Row, Semantics, TextStyle};
use viewreel_model::raw::{Brief, Privacy, Region};
use viewreel_model::{RawSnapshot, StrId};

use super::{CaptureDecoder, Node, row};
use crate::layout::NodeRow;

/// The nodes of a capture buffer that was checked. Each is read, and repaired, where
/// it is asked for.
#[derive(Clone, Copy)]
pub struct Decoded<'a> {
    decoder: &'a CaptureDecoder,
    rows: &'a [NodeRow],
    /// The strings of the buffer, where they are text.
    heap: &'a str,
}

// It is not masked yet.
impl std::fmt::Debug for Decoded<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Decoded({} nodes)", self.decoder.nodes.len())
    }
}

impl<'a> Decoded<'a> {
    pub(super) fn new(decoder: &'a CaptureDecoder, rows: &'a [NodeRow], heap: &'a str) -> Self {
        Self { decoder, rows, heap }
    }

    fn node(&self, index: usize) -> Option<(&'a NodeRow, &'a Node)> {
        let node = self.decoder.nodes.get(index)?;
        Some((self.rows.get(node.row as usize)?, node))
    }

    fn read<T: Default>(&self, index: usize, read: impl FnOnce(&NodeRow, &Node) -> T) -> T {
        self.node(index).map(|(row, node)| read(row, node)).unwrap_or_default()
    }
}

impl RawSnapshot for Decoded<'_> {
    fn parents(&self) -> &[u32] {
        &self.decoder.parents
    }

    fn windows(&self) -> &[Window] {
        &self.decoder.windows
    }

    fn regions(&self) -> &[Region] {
        &self.decoder.regions
    }

    fn cut_nodes(&self) -> u32 {
        self.decoder.cut_nodes
    }

    fn row(&self, index: usize) -> Option<Row> {
        self.node(index).map(|(row, node)| row::row(row, node))
    }

    fn brief(&self, index: usize) -> Brief {
        self.read(index, row::brief)
    }

    fn semantics(&self, index: usize) -> Semantics {
        self.read(index, row::semantics)
    }

    fn geometry(&self, index: usize) -> Geometry {
        self.read(index, |row, _| row::geometry(row))
    }

    fn style(&self, index: usize) -> TextStyle {
        self.read(index, row::style)
    }

    fn privacy(&self, index: usize) -> Privacy {
        self.read(index, row::privacy)
    }

    fn content(&self, index: usize) -> Content {
        self.read(index, row::content)
    }

    fn text(&self, index: usize) -> &str {
        let text = self.decoder.nodes.get(index).map(|node| node.text).unwrap_or_default();
        self.string(text.into())
    }

    fn strings(&self) -> usize {
        self.decoder.strings.len()
    }

    fn string(&self, id: StrId) -> &str {
        self.decoder.strings.get(self.heap, id)
    }
}
