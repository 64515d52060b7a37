//! What every thread has.

use super::effect::Effect;
use super::machine::Policy;
use super::notice::Notice;
use super::remembered::Remembered;
use super::settings::Settings;
use super::status::Status;
use crate::keep::Keep;
use crate::session::AnalyticsEvent;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What every thread of a host has of a [`Policy`]. It is cheap to clone.
///
/// No call waits for more than another one of these, none of which does I/O or
/// calls anybody while it holds the lock.
#[derive(Clone, Debug)]
pub struct Handle(Arc<Mutex<Policy>>);

impl Handle {
    /// The handle of a process that begins.
    #[must_use]
    pub fn new(settings: Settings, remembered: Remembered) -> Self {
        Self(Arc::new(Mutex::new(Policy::new(settings, remembered))))
    }

    /// Takes a notice.
    pub fn tell(&self, notice: Notice<'_>) {
        self.policy().tell(notice);
    }

    /// Takes an analytics event that passes by. The value that it is to carry as
    /// [`REPLAY_ID_PROPERTY`](crate::session::REPLAY_ID_PROPERTY), where its
    /// session is recorded.
    #[must_use]
    pub fn event(&self, event: &AnalyticsEvent<'_>) -> Option<String> {
        self.policy().event(event)
    }

    /// What is the case now.
    #[must_use]
    pub fn status(&self) -> Status {
        self.policy().status()
    }

    /// Writes down what has to outlive the process, and gives what has to be done
    /// since the last time. What could not be written is tried again the next
    /// time.
    #[must_use]
    pub fn take_effects(&self, keep: &mut dyn Keep) -> Vec<Effect> {
        let (notes, effects) = self.policy().take_due();
        let unwritten = notes.write(keep);
        self.policy().put_back(unwritten);
        effects
    }

    /// A thread that panicked held the lock for one step of a policy, which does
    /// not panic itself.
    fn policy(&self) -> MutexGuard<'_, Policy> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
