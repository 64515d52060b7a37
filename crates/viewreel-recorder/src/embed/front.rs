//! What every thread of an app has.

use super::queue::{Lost, Queue};
use crate::cadence::{Cadence, Due};
use crate::policy::{Handle, Notice, Status};
use crate::recorder::Effort;
use crate::session::{AnalyticsEvent, EventKind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use viewreel_capture::{CaptureBuffer, Said};
use viewreel_format::Quality;
use viewreel_format::limits::MAX_LOG_BYTES;
use viewreel_model::record::{Lifecycle, LogLevel};
use viewreel_seams::Now;

/// What every thread of an app has of a recorder. It is cheap to clone, and no call
/// waits for the worker.
#[derive(Clone, Debug)]
pub struct Front {
    handle: Handle,
    pub(super) queue: Arc<Queue>,
    cadence: Arc<Mutex<Cadence>>,
    /// The epoch of the last capture that left nothing out, or [`NOTHING_READ`].
    all_read: Arc<AtomicU64>,
}

/// No epoch is as large.
const NOTHING_READ: u64 = u64::MAX;

/// Longest text that waits, in bytes.
const MAX_TEXT_BYTES: usize = 4 * MAX_LOG_BYTES;

/// How a capture was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shot {
    /// The epoch of the status that wanted it.
    pub epoch: u64,
    /// How long the main thread was busy with it, in microseconds.
    pub took_us: u64,
    /// Whether it came to the cap before everything was read.
    pub is_cut: bool,
}

impl Front {
    pub(super) fn new(handle: Handle, cadence: Cadence) -> Self {
        let cadence = Arc::new(Mutex::new(cadence));
        let all_read = Arc::new(AtomicU64::new(NOTHING_READ));
        Self { handle, queue: Arc::default(), cadence, all_read }
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
            // It may be of a session that is over, and says nothing to one that is not.
            EventKind::Track if event.ends_session() => {}
            EventKind::Track => self.say(now, Said::Event(name)),
            EventKind::Screen => self.say(now, Said::Screen(name)),
            EventKind::Identify | EventKind::Group | EventKind::Alias => {}
        }
        replay_id
    }

    /// Takes anything but a capture: a touch, a log line, that the app came or went.
    /// What follows from it for the policy is told, too.
    pub fn say(&self, now: Now, mut said: Said) {
        shorten(&mut said);
        let notice = notice_of(&said);
        self.queue.push(now, self.status().epoch, said);
        if let Some(notice) = notice {
            self.tell(notice);
        }
    }

    /// Something on the screen changed, or may have.
    pub fn changed(&self, now: Now) {
        self.cadence().changed(now.mono_ms);
    }

    /// Whether views are to be read now, or when; `None` where nothing is recorded.
    #[must_use]
    pub fn due(&self, now: Now) -> Option<Due> {
        self.status().wants_captures.then(|| self.cadence().due(now.mono_ms))
    }

    /// Whether everything has to be read, because nobody knows what was read before.
    /// Else what is below a view may be left out of a capture, with
    /// [`View::unchanged`](viewreel_capture::View::unchanged), where it is as it was
    /// in the capture before.
    #[must_use]
    pub fn wants_all(&self) -> bool {
        self.all_read.load(Ordering::Acquire) != self.status().epoch
    }

    /// What was read before is not known.
    pub(super) fn want_all(&self) {
        self.all_read.store(NOTHING_READ, Ordering::Release);
    }

    /// Longest side of a picture, in pixels.
    #[must_use]
    pub fn picture_px(&self) -> u32 {
        self.cadence().profile().picture_px
    }

    pub(super) fn set_quality(&self, quality: Quality) {
        self.cadence().set_quality(quality);
    }

    /// Nothing in a cadence panics while the lock is held.
    fn cadence(&self) -> MutexGuard<'_, Cadence> {
        self.cadence.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An empty buffer to read views into.
    #[must_use]
    pub fn buffer(&self) -> CaptureBuffer {
        self.queue.buffer()
    }

    /// Takes what was read of the views. Where the status has another epoch
    /// meanwhile, the frame is thrown away.
    pub fn capture(&self, now: Now, shot: Shot, buffer: CaptureBuffer) {
        let status = self.status();
        self.cadence().captured(now.mono_ms, shot.took_us, shot.is_cut);
        // What is thrown away showed nothing to anybody.
        let is_wanted = status.wants_captures && status.epoch == shot.epoch;
        if !is_wanted {
            self.changed(now);
            self.want_all();
        } else if !buffer.leaves_out() {
            self.all_read.store(shot.epoch, Ordering::Release);
        }
        if is_wanted {
            let Shot { epoch, took_us, is_cut } = shot;
            let effort = Effort { took_us, is_cut };
            self.queue.push_with(now, epoch, Said::Capture(buffer), effort);
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

/// No more than a recorder reads of it waits for the worker.
fn shorten(said: &mut Said) {
    if let Said::Screen(text)
    | Said::ScreenTitle(text)
    | Said::Event(text)
    | Said::Log { message: text, .. } = said
    {
        text.truncate(text.floor_char_boundary(MAX_TEXT_BYTES));
    }
}

fn notice_of(said: &Said) -> Option<Notice<'static>> {
    match said {
        Said::Lifecycle(Lifecycle::Background | Lifecycle::Terminating) => Some(Notice::Background),
        Said::Log { level: LogLevel::Error, .. } => Some(Notice::ErrorLog),
        _ => None,
    }
}
