//! The shape of Datadog's mobile session replay: flat wireframes in window
//! space, full snapshots and mutations as JSON, one zlib stream per segment.
//!
//! Written from the published record format (`testdata` has its samples) and
//! from the behaviour of its iOS SDK; no code is taken from there.

mod flatten;
pub(crate) mod heckel;
pub(crate) mod record;
pub(crate) mod recording;
pub(crate) mod wireframe;

pub(crate) use flatten::Flattener;
pub(crate) use recording::Recording;
