//! The strings of a capture: bytes that may be no UTF-8.

use viewreel_model::StrId;
use viewreel_model::limits::{
    MAX_NODES, MAX_RAW_TEXT_BYTES, MAX_STRING_BYTES, MAX_TREE_STRING_BYTES,
};

use super::to_u32;
use crate::intern::{Recent, hash};
use crate::layout::StrRef;

/// The heap of a buffer, tested for UTF-8 once.
#[derive(Clone, Copy)]
pub(super) struct Heap<'a> {
    bytes: &'a [u8],
    /// All of it as text, where it is text.
    pub(super) text: &'a str,
}

impl<'a> Heap<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, text: std::str::from_utf8(bytes).unwrap_or_default() }
    }

    /// Where the string stands in the text, cut to `limit` bytes; `None` where it has
    /// to be repaired.
    fn span(&self, at: StrRef, limit: usize) -> Option<Span> {
        let start = at.start as usize;
        let text = self.text.get(start..start.saturating_add(at.len as usize))?;
        Some(Span { start: at.start, len: to_u32(cut(text, limit).len()) })
    }

    /// The string, cut and repaired; one that lies outside of the heap is empty.
    fn repaired(&self, at: StrRef, limit: usize) -> String {
        let start = at.start as usize;
        let bytes = self.bytes.get(start..start.saturating_add(at.len as usize)).unwrap_or(&[]);
        let text = String::from_utf8_lossy(bytes.get(..limit).unwrap_or(bytes));
        cut(&text, limit).to_owned()
    }
}

fn cut(text: &str, limit: usize) -> &str {
    text.get(..text.floor_char_boundary(limit)).unwrap_or("")
}

/// Where a string stands: in the heap's text, or behind it, in what was repaired.
#[derive(Clone, Copy, Default)]
struct Span {
    start: u32,
    len: u32,
}

/// A [`StrId`] in two bytes: a node has five strings, and there are no more than
/// [`MAX_NODES`].
#[derive(Clone, Copy, Default)]
pub(super) struct ShortId(u16);

const _: () = assert!(5 * MAX_NODES <= u16::MAX as usize);

impl From<ShortId> for StrId {
    fn from(id: ShortId) -> Self {
        Self(id.0.into())
    }
}

/// The strings of one capture. Those that need no repair stay where they are.
#[derive(Clone, Default)]
pub(super) struct Strings {
    spans: Vec<Span>,
    repaired: String,
    names: Recent<StrRef, ShortId>,
    /// Bytes of all strings, once per use: what the limit counts. A name that
    /// many views share is kept once, and readers see it at each of them.
    used_bytes: usize,
}

impl Strings {
    pub(super) fn clear(&mut self) {
        self.spans.clear();
        self.repaired.clear();
        self.names.clear();
        self.used_bytes = 0;
    }

    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The string of that number, of the heap with that text.
    pub(super) fn get<'a>(&'a self, heap: &'a str, id: StrId) -> &'a str {
        let Span { start, len } = self.span(id);
        let (start, len) = (start as usize, len as usize);
        let text = match start.checked_sub(heap.len()) {
            None => heap.get(start..start + len),
            Some(start) => self.repaired.get(start..start + len),
        };
        text.unwrap_or_default()
    }

    fn span(&self, id: StrId) -> Span {
        let index = (id.0 as usize).checked_sub(1);
        index.and_then(|index| self.spans.get(index)).copied().unwrap_or_default()
    }

    /// Reads a string that is likely to be referred to again; `fits` becomes false
    /// where the tree has no room for it.
    pub(super) fn name(&mut self, heap: Heap<'_>, at: StrRef, fits: &mut bool) -> ShortId {
        if at.len == 0 {
            return ShortId::default();
        }
        let slot = hash(&at.start.to_le_bytes());
        if let Some(known) = self.names.find(slot, |seen| *seen == at) {
            let bytes = self.span(known.into()).len;
            let has_room = self.take_room(bytes as usize, fits);
            return if has_room { known } else { ShortId::default() };
        }
        let id = self.string(heap, at, MAX_STRING_BYTES, fits);
        if id.0 != 0 {
            self.names.remember(slot, at, id);
        }
        id
    }

    /// Reads a text.
    pub(super) fn text(&mut self, heap: Heap<'_>, at: StrRef, fits: &mut bool) -> ShortId {
        self.string(heap, at, MAX_RAW_TEXT_BYTES, fits)
    }

    fn string(&mut self, heap: Heap<'_>, at: StrRef, limit: usize, fits: &mut bool) -> ShortId {
        if let Some(span) = heap.span(at, limit) {
            return self.add(span, fits);
        }
        let text = heap.repaired(at, limit);
        let start = to_u32(heap.text.len() + self.repaired.len());
        let id = self.add(Span { start, len: to_u32(text.len()) }, fits);
        if id.0 != 0 {
            self.repaired.push_str(&text);
        }
        id
    }

    fn add(&mut self, span: Span, fits: &mut bool) -> ShortId {
        if span.len == 0 || !self.take_room(span.len as usize, fits) {
            return ShortId::default();
        }
        self.spans.push(span);
        ShortId(self.spans.len() as u16)
    }

    /// Whether that many more string bytes fit into the tree.
    fn take_room(&mut self, bytes: usize, fits: &mut bool) -> bool {
        let has_room = self.used_bytes + bytes <= MAX_TREE_STRING_BYTES;
        match has_room {
            true => self.used_bytes += bytes,
            false => *fits = false,
        }
        has_room
    }
}
