//! Tables of small values: colours and looks.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::MAX_TABLE_VALUES;
use std::collections::HashMap;
use std::hash::Hash;

/// Stands for the default value.
const DEFAULT: u32 = 0;
/// A new value follows.
const NEW: u32 = 1;
/// The first entry of the table; the others follow.
const FIRST: u32 = 2;

/// What a value needs to stand in a table.
pub(crate) trait Palette: Copy + Default + Eq + Hash {}

impl<T: Copy + Default + Eq + Hash> Palette for T {}

/// Numbers values in order of first use.
#[derive(Debug, Default)]
pub(crate) struct PaletteWriter<T> {
    numbers: HashMap<T, u32>,
    order: Vec<T>,
    len_before_body: usize,
}

impl<T: Palette> PaletteWriter<T> {
    pub(crate) fn begin_body(&mut self) {
        self.len_before_body = self.order.len();
    }

    pub(crate) fn roll_back(&mut self) {
        for value in self.order.drain(self.len_before_body..) {
            self.numbers.remove(&value);
        }
    }

    /// Writes a reference; whether the value is new and has to follow.
    pub(crate) fn refer(&mut self, out: &mut Writer, value: T) -> bool {
        let known = if value == T::default() { Some(DEFAULT) } else { self.find(value) };
        out.uv(u64::from(known.unwrap_or(NEW)));
        if known.is_none() {
            self.add(value);
        }
        known.is_none()
    }

    fn find(&self, value: T) -> Option<u32> {
        self.numbers.get(&value).map(|index| index + FIRST)
    }

    fn add(&mut self, value: T) {
        if self.order.len() < MAX_TABLE_VALUES {
            self.numbers.insert(value, self.order.len() as u32);
            self.order.push(value);
        }
    }
}

/// The values read so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct PaletteReader<T> {
    default: T,
    order: Vec<T>,
}

impl<T: Copy + Default> PaletteReader<T> {
    /// Reads a reference; `None` where a new value follows.
    pub(crate) fn refer(
        &self,
        from: &mut Reader<'_>,
        what: &'static str,
    ) -> Result<Option<&T>, FormatError> {
        let start = from.offset();
        match from.uv32(what)? {
            DEFAULT => Ok(Some(&self.default)),
            NEW => Ok(None),
            number => {
                let value = self.order.get((number - FIRST) as usize);
                value.map(Some).ok_or(from.expected_at(start, what))
            }
        }
    }

    /// Reads a reference, and with `define` the new value that may follow it.
    pub(crate) fn read(
        &mut self,
        from: &mut Reader<'_>,
        what: &'static str,
        define: impl FnOnce(&mut Reader<'_>) -> Result<T, FormatError>,
    ) -> Result<T, FormatError> {
        match self.refer(from, what)? {
            Some(value) => Ok(*value),
            None => define(from).inspect(|&value| self.add(value)),
        }
    }

    /// Adds a new value that was read.
    pub(crate) fn add(&mut self, value: T) {
        if self.order.len() < MAX_TABLE_VALUES {
            self.order.push(value);
        }
    }
}
