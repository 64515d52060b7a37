//! The records of a segment: framing, and one file per family of bodies.

pub(crate) mod diff;
pub(crate) mod fields;
pub(crate) mod framing;
pub(crate) mod image;
pub(crate) mod keyframe;
pub(crate) mod links;
pub(crate) mod looks;
pub(crate) mod motion;
pub(crate) mod nodes;
pub(crate) mod read_fields;
pub(crate) mod state;
pub(crate) mod story;
pub(crate) mod touches;
pub(crate) mod visual;
pub(crate) mod windows;
