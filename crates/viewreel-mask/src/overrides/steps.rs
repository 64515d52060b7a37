//! Sets of steps.

use std::ops::{BitAnd, BitOr};

const WORDS: usize = 8;

/// Most steps of a set.
pub(super) const MAX_STEPS: usize = WORDS * u64::BITS as usize;

/// A set of the numbers below [`MAX_STEPS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Steps([u64; WORDS]);

impl Steps {
    pub(super) fn insert(&mut self, step: usize) {
        if let Some(word) = self.0.get_mut(step / u64::BITS as usize) {
            *word |= 1 << (step % u64::BITS as usize);
        }
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == [0; WORDS]
    }

    /// A number that equal sets have in common.
    pub(super) fn digest(self) -> u64 {
        self.0.iter().fold(0, |hash, word| crate::ids::mix(hash, *word))
    }

    /// Each step's next one.
    pub(super) fn next(mut self) -> Self {
        let mut carry = 0;
        for word in &mut self.0 {
            (*word, carry) = (*word << 1 | carry, *word >> (u64::BITS - 1));
        }
        self
    }

    fn zip(mut self, other: Self, join: impl Fn(u64, u64) -> u64) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word = join(*word, other));
        self
    }
}

impl BitAnd for Steps {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        self.zip(other, |a, b| a & b)
    }
}

impl BitOr for Steps {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.zip(other, |a, b| a | b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_of_each_step_may_stand_in_the_next_word() {
        for step in 0..MAX_STEPS - 1 {
            let (mut one, mut next) = (Steps::default(), Steps::default());
            one.insert(step);
            next.insert(step + 1);
            assert_eq!(one.next(), next);
            assert!((one & next).is_empty() && !(one | next).is_empty());
        }
    }
}
