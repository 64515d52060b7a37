//! Whether strings of two trees are the same, mostly without reading them.

use viewreel_model::{StrId, StringTable};

/// Two string tables and what they have in common at both ends.
///
/// Trees list their strings in node order, so where little changed nearly all
/// strings stand under the same number, or behind what changed, in the common
/// end, under a number that is off by the difference in length. Whatever is not
/// known that way is compared by content.
pub(crate) struct SameStrings<'a> {
    old: &'a StringTable,
    new: &'a StringTable,
    /// For every number, from 0, whether it stands for the same in both tables;
    /// not all that do are marked.
    known: &'a [bool],
    suffix: usize,
}

impl<'a> SameStrings<'a> {
    /// O(bytes of the tables). `known` is scratch.
    pub(crate) fn of(old: &'a StringTable, new: &'a StringTable, known: &'a mut Vec<bool>) -> Self {
        known.clear();
        known.push(true);
        mark_run(old, new, known);
        if old.len() != new.len() {
            return Self { old, new, known, suffix: old.common_suffix(new) };
        }
        while known.len() <= old.len() {
            known.push(false);
            mark_run(old, new, known);
        }
        Self { old, new, known, suffix: 0 }
    }

    /// Whether the strings `a` of the old tree say the same as `b` of the new
    /// one. O(1) for what the tables have in common, else O(bytes).
    #[inline(always)]
    pub(crate) fn hold<const N: usize>(&self, a: [StrId; N], b: [StrId; N]) -> bool {
        self.have_same_numbers(a, b) || a.iter().zip(&b).all(|(&a, &b)| self.holds(a, b))
    }

    fn have_same_numbers<const N: usize>(&self, a: [StrId; N], b: [StrId; N]) -> bool {
        let pairs = a.iter().zip(&b);
        pairs.fold(true, |all, (a, b)| all & (a == b) & self.is_marked(a.0 as usize))
    }

    #[inline(always)]
    fn is_marked(&self, number: usize) -> bool {
        self.known.get(number).is_some_and(|&known| known)
    }

    fn holds(&self, a: StrId, b: StrId) -> bool {
        self.is_known(a.0 as usize, b.0 as usize) || self.old.get(a) == self.new.get(b)
    }

    fn is_known(&self, a: usize, b: usize) -> bool {
        let from_end = self.old.len().wrapping_sub(a);
        (a == b && self.is_marked(a))
            || (from_end < self.suffix && from_end == self.new.len().wrapping_sub(b))
    }
}

/// Marks the strings from the next number on that are the same.
fn mark_run(old: &StringTable, new: &StringTable, known: &mut Vec<bool>) {
    let run = old.common_run(new, known.len() - 1);
    known.resize(known.len() + run, true);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(strings: &[&str]) -> StringTable {
        let mut table = StringTable::default();
        strings.iter().for_each(|text| _ = table.add(text));
        table
    }

    #[test]
    fn numbers_decide_only_where_the_tables_are_the_same() {
        let old = table(&["a", "b", "c", "d"]);
        let new = table(&["a", "x", "y", "c", "d", "a"]);
        let mut known = Vec::new();
        let same = SameStrings::of(&old, &new, &mut known);
        let all_agree = (0..=5).all(|a| {
            (0..=7)
                .all(|b| same.holds(StrId(a), StrId(b)) == (old.get(StrId(a)) == new.get(StrId(b))))
        });
        assert!(all_agree);
    }

    #[test]
    fn a_common_end_is_known_under_shifted_numbers() {
        let (old, new) = (table(&["a", "c", "d"]), table(&["x", "y", "c", "d"]));
        let mut known = Vec::new();
        let same = SameStrings::of(&old, &new, &mut known);
        assert!(same.is_known(2, 3) && same.is_known(3, 4) && same.is_known(0, 0));
        assert!(!same.is_known(1, 1) && !same.is_known(2, 4) && !same.is_known(0, 1));
    }

    #[test]
    fn strings_behind_one_that_changed_are_known_by_number() {
        let (old, new) = (table(&["a", "b", "c", "d", "e"]), table(&["a", "xx", "c", "", "e"]));
        let mut known = Vec::new();
        let same = SameStrings::of(&old, &new, &mut known);
        assert_eq!(new.len(), 4, "the empty string has no number");
        assert!(same.is_known(1, 1) && !same.is_known(3, 3) && same.is_known(5, 4));
        let new = table(&["a", "xx", "c", "y", "e"]);
        let same = SameStrings::of(&old, &new, &mut known);
        assert_eq!(
            [0, 1, 2, 3, 4, 5].map(|n| same.is_known(n, n)),
            [true, true, false, true, false, true]
        );
    }
}
