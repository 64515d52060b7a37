//! What outlives the process.

use super::batch::Batch;
use super::event::Event;
use super::settings::Settings;
use std::cell::{Ref, RefCell, RefMut};
use std::collections::VecDeque;
use std::rc::Rc;

/// What an analytics client leaves on the disk of its phone. A clone is the same
/// disk, so that a later client can be given it.
#[derive(Clone, Debug, Default)]
pub struct Disk(Rc<RefCell<Contents>>);

/// Everything on the disk.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    /// Empty before the first client made one.
    pub(crate) anonymous_id: String,
    pub(crate) user_id: Option<String>,
    pub(crate) settings: Option<Settings>,
    /// Of the file that is written to.
    pub(crate) open: Vec<Event>,
    /// Bytes of it.
    pub(crate) open_bytes: usize,
    /// Number of the next file.
    pub(crate) next_index: u32,
    /// Files that are closed, the oldest first.
    pub(crate) closed: VecDeque<Batch>,
    /// The id of the session, milliseconds since 1970 UTC.
    pub(crate) session_ms: Option<i64>,
    /// When the session plugin saw the last event, milliseconds since 1970 UTC.
    pub(crate) last_event_ms: Option<i64>,
}

impl Disk {
    /// The names of the events that are kept until they are taken, the oldest
    /// first.
    #[must_use]
    pub fn kept(&self) -> Vec<String> {
        let contents = self.read();
        let closed = contents.closed.iter().flat_map(|batch| &batch.events);
        closed.chain(&contents.open).map(|event| event.name.clone()).collect()
    }

    pub(crate) fn read(&self) -> Ref<'_, Contents> {
        self.0.borrow()
    }

    pub(crate) fn write(&self) -> RefMut<'_, Contents> {
        self.0.borrow_mut()
    }
}
