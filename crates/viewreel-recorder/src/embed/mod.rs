//! The recorder as an app has it: a [`Front`] for any thread, and a [`Worker`] on one
//! serial queue.
//!
//! Calls of a front put something into a bounded queue or a small record under a
//! lock that nobody holds for long, and return. They never wait for the worker,
//! for a disk or for another call out.
//!
//! | thread | does |
//! |---|---|
//! | any | [`Front::tell`], [`Front::event`], [`Front::say`], [`Front::status`] |
//! | main | [`Front::changed`]; where [`Front::due`] says so, reads views into [`Front::buffer`] and gives them to [`Front::capture`] |
//! | worker | [`Worker::run`] after each of these and about once a second, then [`Worker::next_task`] |

mod front;
mod queue;
mod worker;

pub use front::{Front, Shot};
pub use queue::{Lost, MAX_FRAMES, MAX_SAID};
pub use worker::{Start, Worker};
