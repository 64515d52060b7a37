//! What every thread has.

use super::effect::{Effect, Turn};
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
    /// since the last time, with the epoch in which it is done. What could not be
    /// written is tried again the next time.
    #[must_use]
    pub fn take_turn(&self, keep: &mut dyn Keep) -> Turn {
        let (notes, turn) = self.policy().take_due();
        let unwritten = notes.write(keep);
        self.policy().put_back(unwritten);
        turn
    }

    /// What has to be done of [`Handle::take_turn`] alone, for whoever does nothing
    /// else between two calls.
    #[must_use]
    pub fn take_effects(&self, keep: &mut dyn Keep) -> Vec<Effect> {
        self.take_turn(keep).effects
    }

    /// A thread that panicked held the lock for one step of a policy, which does
    /// not panic itself.
    fn policy(&self) -> MutexGuard<'_, Policy> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keep::Note;
    use crate::sampling::SampleRate;
    use std::io::Result;

    /// Notes that are written while another thread tells the policy something.
    struct Interrupted<'a>(&'a Handle);

    impl Keep for Interrupted<'_> {
        fn read(&self, _: Note) -> Result<Option<Vec<u8>>> {
            Ok(None)
        }

        fn write(&mut self, _: Note, _: &[u8]) -> Result<()> {
            self.0.tell(Notice::Disabled(true));
            Ok(())
        }

        fn remove(&mut self, _: Note) -> Result<()> {
            self.0.tell(Notice::Disabled(true));
            Ok(())
        }
    }

    fn recording() -> Handle {
        let settings = Settings {
            sample_rate: SampleRate::ALL,
            uses_remote_config: false,
            ..Settings::default()
        };
        let remembered = Remembered { is_opted_out: Some(false), config: None };
        let handle = Handle::new(settings, remembered);
        handle.tell(Notice::DeviceId("device"));
        handle.tell(Notice::SessionId(1_764_000_000_000));
        handle
    }

    #[test]
    fn what_is_told_while_notes_are_written_is_of_the_next_turn() {
        let handle = recording();
        handle.tell(Notice::OptOut(false));
        let before = handle.status();
        let turn = handle.take_turn(&mut Interrupted(&handle));
        assert!(before.is_on && !handle.status().is_on);
        assert_eq!(turn.epoch, before.epoch);
        assert!(turn.effects.iter().any(|effect| matches!(
            effect,
            Effect::Record(super::super::effect::Recording::Replay(_))
        )));
        let next = handle.take_turn(&mut Interrupted(&handle));
        assert!(next.epoch > turn.epoch && !next.effects.is_empty());
    }
}
