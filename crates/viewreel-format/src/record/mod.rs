//! The records of a segment: framing, and one file per family of bodies.

pub(crate) mod diff;
pub(crate) mod framing;
pub(crate) mod keyframe;
pub(crate) mod row;
pub(crate) mod small;
pub(crate) mod state;
