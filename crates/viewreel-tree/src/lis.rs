//! Longest increasing subsequence: the children that need not move.

/// Finds longest increasing subsequences, keeping its tables from one to the next.
#[derive(Debug, Default)]
pub(crate) struct LongestIncreasing {
    /// `tails[k]` is the entry that ends the best run of length k + 1 so far.
    tails: Vec<usize>,
    /// The entry before each one in the best run that it ends.
    before: Vec<Option<usize>>,
    keep: Vec<bool>,
}

impl LongestIncreasing {
    /// For every entry of `values`, whether it is part of one longest strictly
    /// increasing subsequence. Patience sorting with back links (Fredman, 1975):
    /// O(n log n) time, O(n) memory; O(n) where all of them increase.
    pub(crate) fn find(&mut self, values: &[usize]) -> &[bool] {
        let increases = values.is_sorted_by(|a, b| a < b);
        self.keep.clear();
        self.keep.resize(values.len(), increases);
        if !increases {
            self.deal(values);
            self.follow_back();
        }
        &self.keep
    }

    fn deal(&mut self, values: &[usize]) {
        self.tails.clear();
        self.before.clear();
        for (entry, value) in values.iter().enumerate() {
            let length = self.tails.partition_point(|&tail| values.get(tail) < Some(value));
            self.before.push(length.checked_sub(1).and_then(|k| self.tails.get(k).copied()));
            match self.tails.get_mut(length) {
                Some(tail) => *tail = entry,
                None => self.tails.push(entry),
            }
        }
    }

    fn follow_back(&mut self) {
        let mut next = self.tails.last().copied();
        while let Some(entry) = next {
            if let Some(keep) = self.keep.get_mut(entry) {
                *keep = true;
            }
            next = self.before.get(entry).copied().flatten();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LongestIncreasing;
    use proptest::prelude::*;

    fn kept(values: &[usize]) -> Vec<usize> {
        let mut finder = LongestIncreasing::default();
        let keep = finder.find(values);
        values.iter().zip(keep).filter(|(_, keep)| **keep).map(|(value, _)| *value).collect()
    }

    /// The length by trying every subset.
    fn brute_force(values: &[usize]) -> usize {
        let subsets = 0_u32..1 << values.len();
        let length = |subset: u32| {
            let chosen: Vec<usize> =
                (0..values.len()).filter(|i| subset >> i & 1 == 1).map(|i| values[i]).collect();
            chosen.is_sorted_by(|a, b| a < b).then_some(chosen.len())
        };
        subsets.filter_map(length).max().unwrap_or(0)
    }

    #[test]
    fn one_entry_brought_to_the_front_leaves_all_others() {
        let values: Vec<usize> = std::iter::once(999).chain(0..999).collect();
        assert_eq!(kept(&values).len(), 999);
    }

    proptest! {
        #[test]
        fn the_kept_entries_increase_and_none_longer_exists(
            values in proptest::collection::vec(0_usize..12, 0..10)
        ) {
            let kept = kept(&values);
            prop_assert!(kept.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(kept.len(), brute_force(&values));
        }
    }
}
