//! The strings of a capture: bytes that may be no UTF-8.

use viewreel_model::StrId;
use viewreel_model::limits::{MAX_RAW_TEXT_BYTES, MAX_STRING_BYTES, MAX_TREE_STRING_BYTES};

use super::CaptureDecoder;
use crate::intern::hash;
use crate::layout::StrRef;

/// The heap of a buffer, tested for UTF-8 once.
pub(super) struct Heap<'a> {
    bytes: &'a [u8],
    /// All of it as text, where it is text.
    text: Option<&'a str>,
}

impl<'a> Heap<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, text: std::str::from_utf8(bytes).ok() }
    }

    /// Gives the string to `read`, cut to `limit` bytes and repaired. One that lies
    /// outside of the heap is empty. Copies it only where it must be repaired.
    fn with<R>(&self, at: StrRef, limit: usize, read: impl FnOnce(&str) -> R) -> R {
        let start = at.start as usize;
        let span = start..start.saturating_add(at.len as usize);
        if let Some(text) = self.text.and_then(|text| text.get(span.clone())) {
            return read(cut(text, limit));
        }
        let bytes = self.bytes.get(span).unwrap_or(&[]);
        let bytes = bytes.get(..limit).unwrap_or(bytes);
        read(cut(&String::from_utf8_lossy(bytes), limit))
    }
}

fn cut(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or("")
}

impl CaptureDecoder {
    /// Reads a string that is likely to be referred to again.
    pub(super) fn name(&mut self, heap: &Heap<'_>, at: StrRef, fits: &mut bool) -> StrId {
        if at.len == 0 {
            return StrId::NONE;
        }
        let slot = hash(&at.start.to_le_bytes());
        if let Some(known) = self.names.find(slot, |seen| *seen == at) {
            let bytes = self.columns.strings.get(known).len();
            return if self.take_room(bytes, fits) { known } else { StrId::NONE };
        }
        let id = self.string(heap, at, MAX_STRING_BYTES, fits);
        if !id.is_none() {
            self.names.remember(slot, at, id);
        }
        id
    }

    /// Reads a text.
    pub(super) fn text(&mut self, heap: &Heap<'_>, at: StrRef, fits: &mut bool) -> StrId {
        self.string(heap, at, MAX_RAW_TEXT_BYTES, fits)
    }

    /// Reads a string; `fits` becomes false where the tree has no room for it.
    fn string(&mut self, heap: &Heap<'_>, at: StrRef, limit: usize, fits: &mut bool) -> StrId {
        heap.with(at, limit, |text| match self.take_room(text.len(), fits) {
            true => self.columns.strings.add(text),
            false => StrId::NONE,
        })
    }

    /// Whether that many more string bytes fit into the tree.
    fn take_room(&mut self, bytes: usize, fits: &mut bool) -> bool {
        let has_room = self.string_bytes + bytes <= MAX_TREE_STRING_BYTES;
        match has_room {
            true => self.string_bytes += bytes,
            false => *fits = false,
        }
        has_room
    }
}
