//! Strings of one tree, by number.

/// A string of a [`StringTable`]. [`StrId::NONE`] is "no string", which reads
/// as the empty one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StrId(pub u32);

impl StrId {
    /// No string.
    pub const NONE: Self = Self(0);

    /// Whether this is no string.
    #[must_use]
    pub const fn is_none(self) -> bool {
        self.0 == 0
    }
}

/// The strings of one tree, one after the other in one heap.
///
/// Numbers count from 1 in order of insertion; equal strings may have several
/// numbers, so compare what [`StringTable::get`] gives, never the numbers of
/// two tables. `Debug` shows no content.
#[derive(Clone, Default)]
pub struct StringTable {
    heap: String,
    /// End of each string in `heap`, in bytes.
    ends: Vec<u32>,
}

impl std::fmt::Debug for StringTable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StringTable({} strings)", self.ends.len())
    }
}

impl StringTable {
    /// Forgets all strings and keeps the memory.
    pub fn clear(&mut self) {
        self.heap.clear();
        self.ends.clear();
    }

    /// How many strings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of all strings together.
    #[must_use]
    pub fn byte_len(&self) -> usize {
        self.heap.len()
    }

    /// Adds a string; the empty one is [`StrId::NONE`].
    pub fn add(&mut self, text: &str) -> StrId {
        if text.is_empty() {
            return StrId::NONE;
        }
        self.heap.push_str(text);
        self.ends.push(u32::try_from(self.heap.len()).unwrap_or(u32::MAX));
        StrId(u32::try_from(self.ends.len()).unwrap_or(u32::MAX))
    }

    /// The string of that number; no string, and a number that was never given
    /// out, read as the empty string.
    #[must_use]
    pub fn get(&self, id: StrId) -> &str {
        self.span(id).and_then(|(start, end)| self.heap.get(start..end)).unwrap_or("")
    }

    fn span(&self, id: StrId) -> Option<(usize, usize)> {
        let index = (id.0 as usize).checked_sub(1)?;
        let end = *self.ends.get(index)?;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        Some((start as usize, end as usize))
    }
}
