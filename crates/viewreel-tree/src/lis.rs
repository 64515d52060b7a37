//! Longest increasing subsequence: the children that need not move.

/// Marks in `keep` the entries of one longest strictly increasing subsequence
/// of `values`. Patience sorting with back links (Fredman, 1975):
/// O(n log n) time, O(n) memory.
pub(crate) fn longest_increasing(values: &[u32], keep: &mut Vec<bool>) {
    keep.clear();
    keep.resize(values.len(), false);
    // `tails[k]` is the entry that ends the best run of length k + 1 so far.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (entry, value) in values.iter().enumerate() {
        let length = tails.partition_point(|&tail| values.get(tail) < Some(value));
        before.push(length.checked_sub(1).and_then(|k| tails.get(k).copied()));
        match tails.get_mut(length) {
            Some(tail) => *tail = entry,
            None => tails.push(entry),
        }
    }
    let mut next = tails.last().copied();
    while let Some(entry) = next {
        if let Some(slot) = keep.get_mut(entry) {
            *slot = true;
        }
        next = before.get(entry).copied().flatten();
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing)]
mod tests {
    use super::longest_increasing;
    use proptest::prelude::*;

    fn kept(values: &[u32]) -> Vec<u32> {
        let mut keep = Vec::new();
        longest_increasing(values, &mut keep);
        values.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(value, _)| *value).collect()
    }

    /// The length by trying every subset.
    fn brute_force(values: &[u32]) -> usize {
        let subsets = 0_u32..1 << values.len();
        let length = |subset: u32| {
            let chosen: Vec<u32> =
                (0..values.len()).filter(|i| subset >> i & 1 == 1).map(|i| values[i]).collect();
            chosen.is_sorted_by(|a, b| a < b).then_some(chosen.len())
        };
        subsets.filter_map(length).max().unwrap_or(0)
    }

    #[test]
    fn one_entry_brought_to_the_front_leaves_all_others() {
        let values: Vec<u32> = std::iter::once(999).chain(0..999).collect();
        assert_eq!(kept(&values).len(), 999);
    }

    proptest! {
        #[test]
        fn the_kept_entries_increase_and_none_longer_exists(
            values in proptest::collection::vec(0_u32..12, 0..10)
        ) {
            let kept = kept(&values);
            prop_assert!(kept.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(kept.len(), brute_force(&values));
        }
    }
}
