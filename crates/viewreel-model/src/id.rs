//! Identities: what may be compared with what, and for how long.

/// A view as the capturer knows it: a counter kept on the view object, unique
/// in its process, never an address. Zero is not a valid capture id.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaptureId(pub u64);

/// A node as the wire knows it, numbered from 1 in order of first appearance
/// in the masked tree of a run. Never derived from content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// One start of the recording process: a random 64-bit number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Run(pub u64);

/// A segment: 128 random bits drawn when its file is created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SegmentId(pub u128);

/// The encoded bytes of a picture: their keyed hash, under a random key of each
/// install. So ids are compared within one device only, and tell nobody else
/// whether two people saw the same picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImageId(pub u64);

/// A state of the retained tree of a run. A keyframe names the state it is;
/// a diff names the state it starts from and leads to the next number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId(pub u32);

impl StateId {
    /// The state that follows when one diff is applied; wraps around.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}
