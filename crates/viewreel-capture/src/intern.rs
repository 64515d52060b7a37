//! A small memory of strings that were seen lately, so that the class chain of a
//! thousand equal cells is kept once.

/// Slots of the memory. Two strings that fall into one slot push each other
/// out, which costs bytes and never correctness.
const SLOTS: usize = 256;

/// Maps what was seen lately (`K`, compared in full) to what stands for it.
#[derive(Clone, Debug)]
pub(crate) struct Recent<K, V> {
    slots: Vec<Option<(K, V)>>,
}

impl<K: Copy, V: Copy> Default for Recent<K, V> {
    fn default() -> Self {
        Self { slots: vec![None; SLOTS] }
    }
}

impl<K: Copy, V: Copy> Recent<K, V> {
    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.slots.fill(None);
    }

    /// What stands for the key that `is_it` recognises.
    pub(crate) fn find(&self, hash: u32, is_it: impl Fn(&K) -> bool) -> Option<V> {
        let slot = self.slots.get(hash as usize % SLOTS)?;
        slot.as_ref().filter(|(key, _)| is_it(key)).map(|&(_, value)| value)
    }

    /// Remembers that `value` stands for `key`.
    pub(crate) fn remember(&mut self, hash: u32, key: K, value: V) {
        if let Some(slot) = self.slots.get_mut(hash as usize % SLOTS) {
            *slot = Some((key, value));
        }
    }
}

/// FNV-1a, 32 bits, folded so that the low bits depend on all of it.
pub(crate) fn hash(bytes: &[u8]) -> u32 {
    let full = bytes
        .iter()
        .fold(0x811c_9dc5_u32, |hash, &byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    full ^ full >> 16
}
