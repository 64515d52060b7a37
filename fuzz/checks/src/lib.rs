//! What has to hold of every decoder, and of masking, whatever bytes they are given.
//!
//! A *check* takes any bytes and panics where something does not hold that
//! should. The fuzzer in `fuzz/` looks for such bytes; what it found worth
//! keeping stands in `fuzz/corpus/`, and the tests of this crate run every check
//! over it. Checks know the formats from outside: they call what everybody may
//! call, and put files together by hand where a writer would not.
//!
//! Start reading at [`CHECKS`], then [`segment`].

pub mod apply;
mod bodies;
pub mod buffer;
pub mod capture;
pub mod config;
pub mod decisions;
pub mod diff;
pub mod mask;
mod mend;
pub mod play;
pub mod raw;
pub mod records;
pub mod recover;
pub mod reel;
mod same;
pub mod segment;
pub mod split;

/// Panics where something does not hold that should.
pub type Check = fn(&[u8]);

/// Every check and its name, which is also that of its corpus.
pub const CHECKS: [(&str, Check); 11] = [
    ("apply", apply::check),
    ("capture", capture::check),
    ("config", config::check),
    ("decisions", decisions::check),
    ("diff", diff::check),
    ("mask", mask::check),
    ("records", records::check),
    ("recover", recover::check),
    ("reel", reel::check),
    ("segment", segment::check),
    ("split", split::check),
];
