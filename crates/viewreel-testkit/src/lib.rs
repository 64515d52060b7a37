//! Generators, scripted sessions and mock clocks for tests and the virtual phone.
//!
//! Nothing that ships depends on this room. Start reading at `snapshots`
//! (random masked trees, behind the feature `generators`) and
//! [`clock`].

pub mod clock;
#[cfg(feature = "generators")]
pub mod raw;
#[cfg(feature = "generators")]
pub mod rows;
pub mod samples;
#[cfg(feature = "segments")]
pub mod segments;
#[cfg(feature = "generators")]
pub mod snapshots;
