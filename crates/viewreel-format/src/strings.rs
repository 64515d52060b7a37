//! The string table of a segment, on its writing and its reading side.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::{MAX_SEGMENT_STRING_BYTES, MAX_TABLE_STRINGS};
use std::collections::HashMap;
use viewreel_model::limits::{MAX_STRING_BYTES, MAX_TREE_STRING_BYTES};
use viewreel_model::{Columns, StrId, StringTable};

/// Numbers strings in order of first use.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    numbers: HashMap<Box<str>, u32>,
    order: Vec<Box<str>>,
    /// Bytes of the strings of the body that is being written, once per use.
    used_bytes: usize,
}

impl Interner {
    /// Begins to count the string bytes of another body.
    pub(crate) fn begin_body(&mut self) {
        self.used_bytes = 0;
    }

    /// Bytes of the strings written since [`Interner::begin_body`], once per use.
    pub(crate) fn used_bytes(&self) -> usize {
        self.used_bytes
    }

    pub(crate) fn len(&self) -> usize {
        self.order.len()
    }

    /// Writes a `str`: its number, and the text where it is new. What is longer
    /// than a string may be is cut.
    pub(crate) fn write(&mut self, out: &mut Writer, text: &str) {
        let text = text.get(..text.floor_char_boundary(MAX_STRING_BYTES)).unwrap_or_default();
        self.used_bytes += text.len();
        if text.is_empty() {
            return out.uv(0);
        }
        if let Some(&number) = self.numbers.get(text) {
            return out.uv(u64::from(number));
        }
        self.order.push(text.into());
        let number = u32::try_from(self.order.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        out.uv(u64::from(number));
        out.text(text);
    }

    /// Forgets what was added after there were `len` strings.
    pub(crate) fn truncate(&mut self, len: usize) {
        for text in self.order.drain(len.min(self.order.len())..) {
            self.numbers.remove(&text);
        }
    }
}

/// The strings read so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strings {
    table: StringTable,
    /// Bytes of the strings read so far, once per use.
    used_bytes: usize,
}

impl Strings {
    /// Reads a `str`.
    pub(crate) fn read(
        &mut self,
        from: &mut Reader<'_>,
        what: &'static str,
    ) -> Result<&str, FormatError> {
        let before = from.clone();
        let number = from.uv32(what)?;
        if number as usize == self.table.len() + 1 {
            self.define(from, what)?;
        } else if number as usize > self.table.len() {
            return Err(before.expected("a number of the string table"));
        }
        let text = self.table.get(StrId(number));
        self.used_bytes += text.len();
        match self.used_bytes > MAX_SEGMENT_STRING_BYTES {
            true => Err(before.over("string bytes in a segment", MAX_SEGMENT_STRING_BYTES)),
            false => Ok(text),
        }
    }

    fn define(&mut self, from: &mut Reader<'_>, what: &'static str) -> Result<(), FormatError> {
        if self.table.len() >= MAX_TABLE_STRINGS {
            return Err(from.over("strings", MAX_TABLE_STRINGS));
        }
        let text = from.text(what, MAX_STRING_BYTES)?;
        if text.is_empty() {
            return Err(from.expected("a string that is not empty"));
        }
        self.table.add(text);
        Ok(())
    }

    /// Reads a `str` into the strings of a tree.
    pub(crate) fn read_into(
        &mut self,
        from: &mut Reader<'_>,
        columns: &mut Columns,
        what: &'static str,
    ) -> Result<StrId, FormatError> {
        let text = self.read(from, what)?;
        if columns.strings.byte_len() + text.len() > MAX_TREE_STRING_BYTES {
            return Err(from.over("string bytes in a tree", MAX_TREE_STRING_BYTES));
        }
        Ok(columns.strings.add(text))
    }
}
