//! What every thread of an app has.

use super::queue::{Lost, Queue};
use crate::policy::{Handle, Notice, Status};
use crate::session::{AnalyticsEvent, EventKind};
use std::sync::Arc;
use viewreel_capture::{CaptureBuffer, Said};
use viewreel_model::record::{Lifecycle, LogLevel};
use viewreel_seams::Now;

/// What every thread of an app has of a recorder. It is cheap to clone, and no call
/// waits for the worker.
#[derive(Clone, Debug)]
pub struct Front {
    handle: Handle,
    pub(super) queue: Arc<Queue>,
}

impl Front {
    pub(super) fn new(handle: Handle) -> Self {
        Self { handle, queue: Arc::default() }
    }

    /// What the policy is told and asked, for what a front has no call for.
    #[must_use]
    pub fn handle(&self) -> &Handle {
        &self.handle
    }

    /// Takes a notice. What was captured before and may not be recorded any more is
    /// not, once this returns.
    pub fn tell(&self, notice: Notice<'_>) {
        self.handle.tell(notice);
    }

    /// What is the case now.
    #[must_use]
    pub fn status(&self) -> Status {
        self.handle.status()
    }

    /// Takes an analytics event that passes by, and records that it did. The value
    /// that it is to carry as
    /// [`REPLAY_ID_PROPERTY`](crate::session::REPLAY_ID_PROPERTY), where its session
    /// is recorded.
    #[must_use]
    pub fn event(&self, now: Now, event: &AnalyticsEvent<'_>) -> Option<String> {
        let replay_id = self.handle.event(event);
        let name = event.name.to_owned();
        match event.kind {
            EventKind::Track => self.say(now, Said::Event(name)),
            EventKind::Screen => self.say(now, Said::Screen(name)),
            EventKind::Identify | EventKind::Group | EventKind::Alias => {}
        }
        replay_id
    }

    /// Takes anything but a capture: a touch, a log line, that the app came or went.
    /// What follows from it for the policy is told, too.
    pub fn say(&self, now: Now, said: Said) {
        let notice = notice_of(&said);
        self.queue.push(now, self.status().epoch, said);
        if let Some(notice) = notice {
            self.tell(notice);
        }
    }

    /// An empty buffer to read views into.
    #[must_use]
    pub fn buffer(&self) -> CaptureBuffer {
        self.queue.buffer()
    }

    /// Takes what was read of the views. `epoch` is that of the status that wanted it;
    /// where there is another one meanwhile, the frame is thrown away.
    pub fn capture(&self, now: Now, epoch: u64, buffer: CaptureBuffer) {
        let status = self.status();
        if status.wants_captures && status.epoch == epoch {
            self.queue.push(now, epoch, Said::Capture(buffer));
        } else {
            self.queue.recycle(buffer);
            self.queue.lose_stale_frame();
        }
    }

    /// What was lost on the way to the worker.
    #[must_use]
    pub fn lost(&self) -> Lost {
        self.queue.lost()
    }
}

fn notice_of(said: &Said) -> Option<Notice<'static>> {
    match said {
        Said::Lifecycle(Lifecycle::Background | Lifecycle::Terminating) => Some(Notice::Background),
        Said::Log { level: LogLevel::Error, .. } => Some(Notice::ErrorLog),
        _ => None,
    }
}
