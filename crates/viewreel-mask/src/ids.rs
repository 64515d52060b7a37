//! Wire ids: numbered from 1 in order of first appearance in the masked tree.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use viewreel_model::{CaptureId, NodeId};

/// Views whose wire id is remembered. When there are more, those that are not in
/// the masked tree now are forgotten; one that comes back gets a new id.
pub const MAX_KNOWN_IDS: usize = 65_536;

/// Hashes capture ids, which are counters, so that nobody gains by choosing them:
/// the finishing step of SplitMix64 (Steele, Lea, Flood, 2014).
pub(crate) type IdHash = BuildHasherDefault<IdHasher>;

/// See [`IdHash`].
#[derive(Clone, Copy, Default)]
pub(crate) struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(u64::from(byte)));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(29) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// A view without an id of its own (none, or one that another node of the same
/// capture has): the n-th of those below a node.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Nameless {
    parent: NodeId,
    ordinal: u32,
}

#[derive(Clone, Copy)]
struct Known {
    wire: NodeId,
    /// The capture in which it was seen last, counted from 1.
    capture: u32,
}

/// Gives out wire ids and remembers whose they are.
#[derive(Clone, Default)]
pub(crate) struct WireIds {
    views: HashMap<CaptureId, Known, IdHash>,
    nameless: HashMap<Nameless, Known, IdHash>,
    claims: Claims,
}

/// Who asks for an id, and when.
#[derive(Clone, Copy, Default)]
struct Claims {
    given: u32,
    capture: u32,
}

impl WireIds {
    /// Begins the next capture.
    pub(crate) fn begin(&mut self) {
        let latest = self.claims.capture;
        if self.views.len() + self.nameless.len() > MAX_KNOWN_IDS {
            self.views.retain(|_, known| known.capture == latest);
            self.nameless.retain(|_, known| known.capture == latest);
        }
        self.claims.capture = latest.wrapping_add(1);
    }

    /// The wire id of a view that goes into the masked tree below `parent`.
    /// `nameless` counts the nodes below that parent that have no id of their own.
    /// `None` when all ids are used up: then nothing more is shown, because an id
    /// is never given twice.
    pub(crate) fn of(
        &mut self,
        id: CaptureId,
        parent: NodeId,
        nameless: &mut u32,
    ) -> Option<NodeId> {
        let is_named = id != CaptureId::default();
        if let Some(wire) = is_named.then(|| self.claims.claim(&mut self.views, id)) {
            match wire {
                Claim::Taken => {}
                Claim::Free(wire) => return wire,
            }
        }
        *nameless += 1;
        let key = Nameless { parent, ordinal: *nameless };
        match self.claims.claim(&mut self.nameless, key) {
            Claim::Free(wire) => wire,
            Claim::Taken => None,
        }
    }
}

impl Claims {
    fn claim<K: Eq + Hash>(&mut self, of: &mut HashMap<K, Known, IdHash>, key: K) -> Claim {
        let capture = self.capture;
        if let Some(known) = of.get_mut(&key) {
            let is_taken = known.capture == capture;
            known.capture = capture;
            return if is_taken { Claim::Taken } else { Claim::Free(Some(known.wire)) };
        }
        let Some(next) = self.given.checked_add(1) else { return Claim::Free(None) };
        self.given = next;
        of.insert(key, Known { wire: NodeId(next), capture });
        Claim::Free(Some(NodeId(next)))
    }
}

/// One more number in a digest (as Firefox hashes).
pub(crate) const fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

enum Claim {
    /// The key's wire id, `None` where there are no more ids.
    Free(Option<NodeId>),
    /// Another node of this capture has it.
    Taken,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(ids: &mut WireIds, id: u64) -> Option<u32> {
        ids.of(CaptureId(id), NodeId(0), &mut 0).map(|wire| wire.0)
    }

    #[test]
    fn a_view_that_was_forgotten_gets_a_new_id() {
        let mut ids = WireIds::default();
        ids.begin();
        assert_eq!((of(&mut ids, 7), of(&mut ids, 8)), (Some(1), Some(2)));
        for id in 0..=MAX_KNOWN_IDS as u64 {
            ids.begin();
            of(&mut ids, 1_000 + id);
        }
        ids.begin();
        let again = of(&mut ids, 7).unwrap();
        assert!(again as usize > MAX_KNOWN_IDS && ids.views.len() < 10);
    }

    #[test]
    fn when_all_ids_are_used_up_nothing_gets_one() {
        let mut ids = WireIds::default();
        ids.claims.given = u32::MAX - 1;
        ids.begin();
        assert_eq!((of(&mut ids, 1), of(&mut ids, 2)), (Some(u32::MAX), None));
        ids.begin();
        assert_eq!((of(&mut ids, 1), of(&mut ids, 2)), (Some(u32::MAX), None));
    }
}
