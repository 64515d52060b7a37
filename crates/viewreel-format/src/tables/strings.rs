//! The string table of a track, on its writing and its reading side.

use super::static_strings;
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::{MAX_TABLE_STRINGS, MAX_TRACK_STRING_BYTES};
use std::collections::HashMap;
use viewreel_model::limits::{MAX_STRING_BYTES, MAX_TREE_STRING_BYTES};
use viewreel_model::{Columns, StrId, StringTable};

/// No string.
const NONE: u32 = 0;
/// A new string follows.
const NEW: u32 = 1;
/// The number of a static string follows.
const STATIC: u32 = 2;
/// The first entry of the table; the others follow.
const FIRST: u32 = 3;

/// Numbers strings in order of first use.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    numbers: HashMap<Box<str>, u32>,
    order: Vec<Box<str>>,
    len_before_body: usize,
    /// Bytes of the strings of the body that is being written, once per use.
    used_bytes: usize,
}

impl Interner {
    /// Begins to count the string bytes of another body.
    pub(crate) fn begin_body(&mut self) {
        self.len_before_body = self.order.len();
        self.used_bytes = 0;
    }

    /// Bytes of the strings written since [`Interner::begin_body`], once per use.
    pub(crate) fn used_bytes(&self) -> usize {
        self.used_bytes
    }

    /// Counts one more use of a string that is not written.
    pub(crate) fn count(&mut self, text: &str) {
        self.used_bytes += text.len();
    }

    /// Forgets what was added since [`Interner::begin_body`].
    pub(crate) fn roll_back(&mut self) {
        for text in self.order.drain(self.len_before_body..) {
            self.numbers.remove(&text);
        }
    }

    /// The reference to a string that is in the table.
    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        if text.is_empty() {
            return Some(NONE);
        }
        self.numbers.get(text).map(|index| index + FIRST)
    }

    /// Writes a `str`: a reference, and the text where it is new. What is longer
    /// than a string may be is cut.
    pub(crate) fn write(&mut self, out: &mut Writer, text: &str) {
        let text = text.get(..text.floor_char_boundary(MAX_STRING_BYTES)).unwrap_or_default();
        self.used_bytes += text.len();
        match self.find(text) {
            Some(reference) => out.uv(u64::from(reference)),
            None => self.define(out, text),
        }
    }

    fn define(&mut self, out: &mut Writer, text: &str) {
        match static_strings::find(text) {
            Some(number) => {
                out.uv(u64::from(STATIC));
                out.uv(u64::from(number));
            }
            None => {
                out.uv(u64::from(NEW));
                out.text(text);
            }
        }
        if self.order.len() < MAX_TABLE_STRINGS {
            self.numbers.insert(text.into(), self.order.len() as u32);
            self.order.push(text.into());
        }
    }
}

/// The strings read so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strings {
    table: StringTable,
    /// The string that was read last where the table is full.
    beside: String,
    /// Bytes of the strings read so far, once per use.
    used_bytes: usize,
    /// Bytes of texts that were written out.
    new_bytes: usize,
}

impl Strings {
    /// Bytes of the texts that were written out, their lengths included.
    pub(crate) fn new_bytes(&self) -> usize {
        self.new_bytes
    }

    /// Reads a `str`.
    pub(crate) fn read(
        &mut self,
        from: &mut Reader<'_>,
        what: &'static str,
    ) -> Result<&str, FormatError> {
        let start = from.offset();
        let id = self.refer(from, what)?;
        let text = if id == BESIDE { self.beside.as_str() } else { self.table.get(id) };
        match use_bytes(&mut self.used_bytes, text) {
            Ok(()) => Ok(text),
            Err(limit) => Err(limit.at(from, start)),
        }
    }

    fn refer(&mut self, from: &mut Reader<'_>, what: &'static str) -> Result<StrId, FormatError> {
        let start = from.offset();
        match from.uv32(what)? {
            NONE => Ok(StrId::NONE),
            NEW => self.read_new(from, what),
            STATIC => {
                let text = from.map(what, Reader::uv32, static_strings::get)?;
                Ok(self.add(text))
            }
            number => {
                let id = number - FIRST + 1;
                let is_known = id as usize <= self.table.len();
                is_known.then_some(StrId(id)).ok_or(from.expected_at(start, what))
            }
        }
    }

    fn read_new(
        &mut self,
        from: &mut Reader<'_>,
        what: &'static str,
    ) -> Result<StrId, FormatError> {
        let start = from.offset();
        let text = from.text(what, MAX_STRING_BYTES)?;
        if text.is_empty() {
            return Err(from.expected_at(start, "a string that is not empty"));
        }
        self.new_bytes += from.offset() - start;
        Ok(self.add(text))
    }

    fn add(&mut self, text: &str) -> StrId {
        if self.table.len() < MAX_TABLE_STRINGS {
            return self.table.add(text);
        }
        self.beside.clear();
        self.beside.push_str(text);
        BESIDE
    }

    /// Reads a `str` into the strings of a tree.
    pub(crate) fn read_into(
        &mut self,
        from: &mut Reader<'_>,
        columns: &mut Columns,
        what: &'static str,
    ) -> Result<StrId, FormatError> {
        let start = from.offset();
        let text = self.read(from, what)?;
        add_to_tree(columns, text).map_err(|limit| limit.at(from, start))
    }

    /// One more use of a string of this track, in a tree.
    pub(crate) fn copy_into(
        &mut self,
        text: &str,
        columns: &mut Columns,
    ) -> Result<StrId, StringLimit> {
        if text.is_empty() {
            return Ok(StrId::NONE);
        }
        use_bytes(&mut self.used_bytes, text)?;
        add_to_tree(columns, text)
    }
}

/// Stands for the string beside a full table.
const BESIDE: StrId = StrId(u32::MAX);

/// A limit on strings that is exceeded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StringLimit {
    what: &'static str,
    limit: usize,
}

impl StringLimit {
    /// The error, at the value that exceeds the limit.
    pub(crate) fn at(self, from: &Reader<'_>, offset: usize) -> FormatError {
        from.over_at(offset, self.what, self.limit)
    }
}

fn use_bytes(used_bytes: &mut usize, text: &str) -> Result<(), StringLimit> {
    let limit = MAX_TRACK_STRING_BYTES;
    *used_bytes += text.len();
    let is_within = *used_bytes <= limit;
    is_within.then_some(()).ok_or(StringLimit { what: "string bytes in a track", limit })
}

fn add_to_tree(columns: &mut Columns, text: &str) -> Result<StrId, StringLimit> {
    let limit = MAX_TREE_STRING_BYTES;
    if columns.strings.byte_len() + text.len() > limit {
        return Err(StringLimit { what: "string bytes in a tree", limit });
    }
    Ok(columns.strings.add(text))
}
