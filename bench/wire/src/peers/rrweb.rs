//! The same trees as a web page, recorded by rrweb in Chromium.
//!
//! Here each tree becomes elements and the steps from one tree to the next;
//! `bench/wire/rrweb` plays them in a page and weighs what rrweb emits.

mod css;
mod run;
mod steps;

pub(crate) use run::{Outcome, Recorded, record};
pub(crate) use steps::Script;
