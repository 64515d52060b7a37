//! Writing a segment, chunk by chunk, into a file that only grows.

use super::chunk;
use super::footer::{FOOTER_BYTES, Footer};
use super::header::SegmentHeader;
use crate::bytes::Writer;
use crate::error::{FormatError, Place};
use crate::limits::{
    MAX_CHUNK_INFLATED_BYTES, MAX_SEGMENT_BYTES, MAX_SEGMENT_CHUNKS, MAX_SEGMENT_INFLATED_BYTES,
    MAX_SEGMENT_STRING_BYTES, MAX_TABLE_STRINGS,
};
use crate::record::{framing, small};
use crate::strings::Interner;
use viewreel_model::limits::{MAX_DEPTH, MAX_LINES, MAX_NODES, MAX_TREE_STRING_BYTES, MAX_WINDOWS};
use viewreel_model::record::Body;

/// Builds a segment. Sans I/O: [`SegmentWriter::begin`], [`SegmentWriter::cut`]
/// and [`SegmentWriter::seal`] give bytes to append to the segment's file;
/// nothing that was given is ever changed.
#[derive(Debug)]
pub struct SegmentWriter {
    strings: Interner,
    /// Records of the chunk to come.
    pending: Writer,
    body: Writer,
    crc: crc32fast::Hasher,
    footer: Footer,
    inflated: usize,
    /// Bytes of the strings of all records, once per use.
    used_string_bytes: usize,
}

impl SegmentWriter {
    /// A writer and the bytes of the header.
    #[must_use]
    pub fn begin(header: &SegmentHeader) -> (Self, Vec<u8>) {
        let bytes = header.write();
        let mut writer = Self {
            strings: Interner::default(),
            pending: Writer::default(),
            body: Writer::default(),
            crc: crc32fast::Hasher::new(),
            footer: Footer { end_ms: header.start_ms, ..Footer::default() },
            inflated: 0,
            used_string_bytes: 0,
        };
        writer.count(&bytes);
        (writer, bytes)
    }

    /// Adds a record at `time_ms` of the run; a time before the last record's
    /// is taken as that record's.
    ///
    /// # Errors
    /// [`FormatError::Limit`] where the record does not fit into this segment
    /// any more, or has a tree that readers would refuse. Nothing was added
    /// then; seal and begin another one.
    pub fn push(&mut self, time_ms: u64, body: &Body) -> Result<(), FormatError> {
        let known_strings = self.strings.len();
        self.body.bytes.clear();
        self.strings.begin_body();
        let kind = small::write(&mut self.body, &mut self.strings, body);
        if let Err(error) = self.check_tree(body).and_then(|()| self.check_room()) {
            self.strings.truncate(known_strings);
            return Err(error);
        }
        let time_ms = time_ms.max(self.footer.end_ms);
        framing::write(&mut self.pending, kind, time_ms - self.footer.end_ms, &self.body.bytes);
        self.used_string_bytes += self.strings.used_bytes();
        self.footer.end_ms = time_ms;
        self.footer.records += 1;
        Ok(())
    }

    /// Whether readers take the tree of the finished body. O(nodes).
    fn check_tree(&self, body: &Body) -> Result<(), FormatError> {
        let within = |has: usize, what, limit| match has > limit {
            true => Err(FormatError::Limit { place: Place::stored(self.len()), what, limit }),
            false => Ok(()),
        };
        let columns = match body {
            Body::Keyframe { tree, .. } => tree.columns(),
            Body::Diff(diff) => &diff.rows,
            _ => return Ok(()),
        };
        let depth = columns.depths().into_iter().max().unwrap_or(0);
        within(columns.len(), "nodes", MAX_NODES)?;
        within(depth as usize, "levels of nesting", MAX_DEPTH)?;
        within(columns.lines.len(), "lines in a tree", MAX_LINES)?;
        within(columns.windows.len(), "windows", MAX_WINDOWS)?;
        within(self.strings.used_bytes(), "string bytes in a tree", MAX_TREE_STRING_BYTES)
    }

    /// Whether the finished body fits. DEFLATE's worst case adds 5 bytes per
    /// 16 KB block, which the reserve covers.
    fn check_room(&self) -> Result<(), FormatError> {
        const RESERVE: usize = 4_096;
        let pending = self.pending.bytes.len() + self.body.bytes.len() + RESERVE;
        let over =
            |what, limit| Err(FormatError::Limit { place: Place::stored(self.len()), what, limit });
        if self.strings.len() > MAX_TABLE_STRINGS {
            return over("strings", MAX_TABLE_STRINGS);
        }
        if self.used_string_bytes + self.strings.used_bytes() > MAX_SEGMENT_STRING_BYTES {
            return over("string bytes in a segment", MAX_SEGMENT_STRING_BYTES);
        }
        if self.footer.chunks as usize >= MAX_SEGMENT_CHUNKS {
            return over("chunks in a segment", MAX_SEGMENT_CHUNKS);
        }
        if pending > MAX_CHUNK_INFLATED_BYTES {
            return over("inflated bytes in a chunk", MAX_CHUNK_INFLATED_BYTES);
        }
        if self.inflated + pending > MAX_SEGMENT_INFLATED_BYTES {
            return over("inflated bytes in a segment", MAX_SEGMENT_INFLATED_BYTES);
        }
        if self.len() + pending > MAX_SEGMENT_BYTES
            && self.len() + self.deflated_estimate() > MAX_SEGMENT_BYTES
        {
            return over("bytes in a segment", MAX_SEGMENT_BYTES);
        }
        Ok(())
    }

    /// What the pending records and the body take at most when deflated, footer
    /// included. Only asked when the segment is nearly full.
    fn deflated_estimate(&self) -> usize {
        // The framing of the record, and what it changes of how its neighbours
        // are deflated.
        const FRAMING_BYTES: usize = 512 + FOOTER_BYTES;
        let mut records = self.pending.bytes.clone();
        records.extend_from_slice(&self.body.bytes);
        chunk::write(&records).len() + FRAMING_BYTES
    }

    /// The chunk of all records since the last cut; empty where there is none.
    #[must_use]
    pub fn cut(&mut self) -> Vec<u8> {
        if self.pending.bytes.is_empty() {
            return Vec::new();
        }
        let bytes = chunk::write(&self.pending.bytes);
        self.inflated += self.pending.bytes.len();
        self.pending.bytes.clear();
        self.footer.chunks += 1;
        self.count(&bytes);
        bytes
    }

    /// The last chunk and the footer.
    #[must_use]
    pub fn seal(mut self) -> Vec<u8> {
        let mut bytes = self.cut();
        self.footer.bytes = u32::try_from(self.len() + FOOTER_BYTES).unwrap_or(u32::MAX);
        bytes.extend_from_slice(&self.footer.write(self.crc));
        bytes
    }

    /// Bytes given out so far.
    #[must_use]
    pub fn len(&self) -> usize {
        self.footer.bytes as usize
    }

    /// Whether no record was added yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.footer.records == 0
    }

    /// Bytes of the records since the last cut, before compression.
    #[must_use]
    pub fn pending_len(&self) -> usize {
        self.pending.bytes.len()
    }

    fn count(&mut self, bytes: &[u8]) {
        self.crc.update(bytes);
        self.footer.bytes += bytes.len() as u32;
    }
}
