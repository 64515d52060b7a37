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
#[derive(Default)]
pub struct StringTable {
    heap: String,
    /// End of each string in `heap`, in bytes.
    ends: Vec<u32>,
}

/// Uses the memory that is there, which deriving it would not.
impl Clone for StringTable {
    fn clone(&self) -> Self {
        Self { heap: self.heap.clone(), ends: self.ends.clone() }
    }

    fn clone_from(&mut self, other: &Self) {
        self.heap.clone_from(&other.heap);
        self.ends.clone_from(&other.ends);
    }
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
    #[inline]
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
    #[inline]
    #[must_use]
    pub fn get(&self, id: StrId) -> &str {
        self.span(id).and_then(|(start, end)| self.heap.get(start..end)).unwrap_or("")
    }

    /// Bytes of the string of that number, as [`StringTable::get`] gives it.
    #[inline]
    #[must_use]
    pub fn len_of(&self, id: StrId) -> usize {
        self.span(id).map_or(0, |(start, end)| end - start)
    }

    /// How many strings behind the first `known` are the same in both tables
    /// under the same number. O(their bytes).
    #[must_use]
    pub fn common_run(&self, other: &Self, known: usize) -> usize {
        let (start, others) = (self.start(known), other.start(known));
        let bytes = common_prefix(self.bytes_from(start), other.bytes_from(others));
        let ends = self.ends.iter().skip(known).zip(other.ends.iter().skip(known));
        let lengths = ends.map(|(&a, &b)| (a as usize - start, b as usize - others));
        lengths.take_while(|&(a, b)| a == b && a <= bytes).count()
    }

    /// Where the strings behind the first `known` begin, in bytes.
    #[inline]
    fn start(&self, known: usize) -> usize {
        let last = known.checked_sub(1).and_then(|last| self.ends.get(last));
        last.map_or(0, |&end| end as usize)
    }

    fn bytes_from(&self, start: usize) -> &[u8] {
        self.heap.as_bytes().get(start..).unwrap_or_default()
    }

    /// How many strings at the end are the same in both tables. O(bytes).
    #[must_use]
    pub fn common_suffix(&self, other: &Self) -> usize {
        let bytes = common_suffix(self.heap.as_bytes(), other.heap.as_bytes());
        let starts = self.starts_from_end().zip(other.starts_from_end());
        starts.take_while(|(a, b)| a == b && *a <= bytes).count()
    }

    /// Start of each string, the last first, in bytes before the end of the heap.
    fn starts_from_end(&self) -> impl Iterator<Item = usize> {
        let starts = self.ends.iter().rev().skip(1).chain(std::iter::once(&0));
        starts.take(self.ends.len()).map(|&start| self.heap.len() - start as usize)
    }

    #[inline]
    fn span(&self, id: StrId) -> Option<(usize, usize)> {
        let index = (id.0 as usize).checked_sub(1)?;
        let end = *self.ends.get(index)?;
        Some((self.start(index), end as usize))
    }
}

/// Bytes that are compared at a time.
const BLOCK: usize = 32;

/// Bytes at the beginning that are the same.
fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let (blocks, others) = (a.as_chunks::<BLOCK>().0, b.as_chunks::<BLOCK>().0);
    let equal = blocks.iter().zip(others).take_while(|(x, y)| x == y).count();
    let rest = a.iter().zip(b).skip(equal * BLOCK);
    equal * BLOCK + rest.take_while(|(x, y)| x == y).count()
}

/// Bytes at the end that are the same.
fn common_suffix(a: &[u8], b: &[u8]) -> usize {
    let (blocks, others) = (a.as_rchunks::<BLOCK>().1, b.as_rchunks::<BLOCK>().1);
    let equal = blocks.iter().rev().zip(others.iter().rev()).take_while(|(x, y)| x == y).count();
    let rest = a.iter().rev().zip(b.iter().rev()).skip(equal * BLOCK);
    equal * BLOCK + rest.take_while(|(x, y)| x == y).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(strings: &[&str]) -> StringTable {
        let mut table = StringTable::default();
        strings.iter().for_each(|text| _ = table.add(text));
        table
    }

    fn check(a: &[&str], b: &[&str], prefix: usize, suffix: usize) {
        let (a, b) = (table(a), table(b));
        assert_eq!((a.common_run(&b, 0), a.common_suffix(&b)), (prefix, suffix));
        assert_eq!((b.common_run(&a, 0), b.common_suffix(&a)), (prefix, suffix));
    }

    #[test]
    fn only_whole_strings_are_common() {
        check(&["ab", "cd"], &["ab", "cd"], 2, 2);
        check(&["ab", "cd"], &["ab", "ce"], 1, 0);
        check(&["ab", "cd"], &["xb", "cd"], 0, 1);
        check(&["ab", "cd"], &["a", "bcd"], 0, 0);
        check(&["ab"], &["ab", "cd"], 1, 0);
        check(&["cd"], &["ab", "cd"], 0, 1);
        check(&[], &["ab"], 0, 0);
    }

    #[test]
    fn runs_go_on_behind_strings_that_differ() {
        let (a, b) = (table(&["a", "bc", "d", "e"]), table(&["a", "x", "d", "f", "g"]));
        assert_eq!([0, 1, 2, 3, 4, 9].map(|known| a.common_run(&b, known)), [1, 0, 1, 0, 0, 0]);
    }

    #[test]
    fn long_tables_are_compared_to_the_byte() {
        let long = "0123456789".repeat(20);
        check(&[&long, "one", &long], &[&long, "two", &long], 1, 1);
        check(&[&long, &long], &[&long, "longer", &long], 1, 1);
    }
}
