//! What one serial queue of an app does.

use super::front::Front;
use super::queue::Entry;
use crate::cadence::Cadence;
use crate::conditions::{Conditions, Pause, UploadPolicy};
use crate::config::Config;
use crate::content::PictureKey;
use crate::counters::Counters;
use crate::guard::Guard;
use crate::keep::{Keep, Note};
use crate::policy::{Effect, Handle, Notice, Remembered, Settings, Terms, Turn};
use crate::recorder::Recorder;
use crate::ring::Ring;
use crate::task::{ConfigResult, DecisionsResult, PictureResult, Task, UploadResult};
use viewreel_capture::{InputSink, Platform, Said};
use viewreel_format::{RemoteConfig, ReplayId};
use viewreel_model::ImageId;
use viewreel_model::record::{Lifecycle, ReplayMeta};
use viewreel_seams::{Now, Rng};
use viewreel_spool::Spool;

/// How often the policy is asked again what is to be done, where it changes in
/// between. What is left then is done the next time.
const MAX_TURNS: usize = 4;

/// What a recorder is told at its start.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// What the app asks for.
    pub settings: Settings,
    /// App and device.
    pub meta: ReplayMeta,
    /// Local time minus UTC, in minutes.
    pub utc_offset_min: i16,
    /// Whether the screen shows more than 60 frames a second.
    pub is_fast_screen: bool,
}

/// Records what its [`Front`] is told, and says what is to be sent.
pub struct Worker {
    front: Front,
    recorder: Recorder,
    guard: Guard,
    notes: Box<dyn Keep>,
    /// The policy's epoch whose effects are done.
    epoch: u64,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Worker({:?})", self.recorder)
    }
}

impl Worker {
    /// A worker whose run starts at `now`, with notes of earlier processes. The notes
    /// may not be kept in the spool's folder.
    #[must_use]
    pub fn start(
        start: Start,
        spool: Spool,
        mut notes: Box<dyn Keep>,
        platform: Box<dyn Platform>,
        mut rng: Box<dyn Rng>,
        now: Now,
    ) -> Self {
        let Start { settings, meta, utc_offset_min, is_fast_screen } = start;
        let cadence = Cadence::new(settings.quality, is_fast_screen);
        let guard = Guard::start(notes.as_mut(), &settings.versions.sdk, now);
        let mask_level = settings.mask_level;
        let handle = Handle::new(settings, Remembered::read(notes.as_ref()));
        let front = Front::new(handle, cadence);
        let picture_key = picture_key(notes.as_mut(), rng.as_mut());
        let replay = Ring::nobody();
        let config = Config { replay, mask_level, meta, utc_offset_min, picture_key };
        let recorder = Recorder::start(config, spool, platform, rng, now);
        front.changed(now);
        let mut worker = Self { front, recorder, guard, notes, epoch: 0 };
        worker.settle(now);
        worker
    }

    /// What every thread of the app gets.
    #[must_use]
    pub fn front(&self) -> Front {
        self.front.clone()
    }

    /// Records what was said, and does what has to be done by now. A host calls it
    /// after each call of a front, and about once a second.
    pub fn run(&mut self, now: Now) {
        self.recorder.set_picture_px(self.front.picture_px());
        self.record();
        self.settle(now);
        self.record();
        self.ask_for_captures(now);
        self.guard.tick(self.notes.as_mut(), now);
        self.recorder.tick(now);
    }

    /// Seals what is open, so that all that was recorded can be sent.
    pub fn flush(&mut self, now: Now) {
        self.run(now);
        self.recorder.flush(now);
    }

    /// As [`Recorder::next_task`].
    pub fn next_task(&mut self, now: Now, conditions: Conditions) -> Task {
        // What was refused a moment ago is not handed out any more.
        self.settle(now);
        self.recorder.next_task(now, conditions)
    }

    /// As [`Recorder::report`].
    pub fn report(&mut self, now: Now, task_id: &str, result: &UploadResult) {
        self.recorder.report(now, task_id, result);
        let is_refused = |replay: &ReplayId| self.recorder.is_stopped_for(replay);
        let refused = self.front.status().replay.filter(is_refused);
        if let Some(replay) = refused {
            self.front.tell(Notice::Refused(&replay));
        }
    }

    /// Takes the result of fetching the config record. One that cannot be read counts
    /// as none that arrived.
    pub fn report_config(&mut self, now: Now, result: &ConfigResult) {
        let config = match result {
            ConfigResult::Loaded(bytes) => RemoteConfig::decode(bytes).ok(),
            ConfigResult::NotFound => Some(RemoteConfig::default()),
            ConfigResult::Unauthorized | ConfigResult::Unreachable => None,
        };
        match (&config, result) {
            (None, ConfigResult::Loaded(_)) => {
                self.recorder.report_config(now, &ConfigResult::Unreachable);
            }
            _ => self.recorder.report_config(now, result),
        }
        if let Some(config) = &config {
            self.front.tell(Notice::Config(config));
        } else if *result == ConfigResult::Unauthorized {
            self.front.tell(Notice::ConfigUnauthorized);
        }
    }

    /// As [`Recorder::report_decisions`].
    pub fn report_decisions(&mut self, now: Now, result: DecisionsResult) {
        self.recorder.report_decisions(now, result);
    }

    /// As [`Recorder::report_picture`].
    pub fn report_picture(&mut self, now: Now, task_id: &str, result: &PictureResult) {
        self.recorder.report_picture(now, task_id, result);
    }

    /// As [`Recorder::report_missing_pictures`].
    pub fn report_missing_pictures(&mut self, missing: &[ImageId]) {
        self.recorder.report_missing_pictures(missing);
    }

    /// As [`Recorder::pause_reason`].
    #[must_use]
    pub fn pause_reason(&self) -> Option<Pause> {
        self.recorder.pause_reason()
    }

    /// As [`Recorder::set_free_bytes`].
    pub fn set_free_bytes(&mut self, free_bytes: u64) {
        self.recorder.set_free_bytes(free_bytes);
    }

    /// As [`Recorder::set_utc_offset`].
    pub fn set_utc_offset(&mut self, now: Now, utc_offset_min: i16) {
        self.recorder.set_utc_offset(now, utc_offset_min);
    }

    /// What happened so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.recorder.counters()
    }

    /// The recorder, to look at.
    #[must_use]
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// Records what was said under the epoch that is in force. What was said under
    /// an earlier one and comes only now belongs to nothing; but what is known of
    /// the screen is known.
    fn record(&mut self) {
        if self.front.queue.take_lost_frame() {
            self.recorder.lose_capture();
        }
        while let Some(entry) = self.front.queue.take(self.epoch) {
            let Entry { now, epoch, said, effort } = entry;
            let Some(said) = said else {
                self.recorder.lose_capture();
                continue;
            };
            if matches!(said, Said::Capture(_)) {
                self.recorder.set_effort(effort);
            }
            if epoch == self.epoch || is_of_the_screen(&said) {
                self.recorder.input(now, said.as_input());
            }
            self.put_away(epoch, said);
        }
        if self.recorder.take_rage_tap() {
            self.front.tell(Notice::RageTap);
        }
    }

    /// Where something went missing, everything has to be read again; a finger on a
    /// view that nobody knows wants a capture that shows it.
    fn ask_for_captures(&mut self, now: Now) {
        if self.recorder.take_wants_all() {
            self.front.want_all();
        }
        if self.recorder.awaits_capture() {
            self.front.changed(now);
        }
    }

    fn put_away(&mut self, epoch: u64, said: Said) {
        match said {
            Said::Capture(buffer) => {
                self.front.queue.recycle(buffer);
                if epoch < self.epoch {
                    self.front.queue.lose_stale_frame();
                }
            }
            Said::Lifecycle(Lifecycle::Background | Lifecycle::Terminating) => {
                self.guard.background(self.notes.as_mut());
            }
            _ => {}
        }
    }

    /// Does what the policy wants done, until it wants nothing more.
    fn settle(&mut self, now: Now) {
        self.front.tell(Notice::Guarded(self.guard.is_off(now)));
        for _ in 0..MAX_TURNS {
            let Turn { effects, epoch } = self.front.handle().take_turn(self.notes.as_mut());
            self.carry_out(now, effects);
            self.enter(epoch, now);
            if self.front.status().epoch == epoch {
                break;
            }
        }
        let is_on = self.front.status().is_on;
        if is_on && self.guard.allows_capture(self.notes.as_mut(), now) {
            self.front.tell(Notice::Armed);
        }
    }

    /// A recording that begins wants a first frame, whether anything changes or not.
    fn enter(&mut self, epoch: u64, now: Now) {
        if self.epoch != epoch {
            self.front.changed(now);
        }
        self.epoch = epoch;
    }

    fn carry_out(&mut self, now: Now, effects: Vec<Effect>) {
        for effect in effects {
            if let Some(Effect::Apply(terms)) = self.recorder.carry_out(now, effect) {
                self.recorder.set_upload_policy(upload_policy(&terms));
                self.front.set_quality(terms.quality);
            }
        }
    }
}

/// The key of the install. Where it cannot be written down, pictures have other names
/// in the next process and are sent again.
fn picture_key(notes: &mut dyn Keep, rng: &mut dyn Rng) -> PictureKey {
    let known = notes.read(Note::PictureKey).ok().flatten();
    known.and_then(|bytes| PictureKey::read(&bytes)).unwrap_or_else(|| {
        let key = PictureKey::random(rng);
        let _ = notes.write(Note::PictureKey, key.bytes());
        key
    })
}

/// Whether it says what the next segment begins with, whoever's it is.
fn is_of_the_screen(said: &Said) -> bool {
    matches!(said, Said::Viewport(_) | Said::Lifecycle(_) | Said::Keyboard(_))
}

fn upload_policy(terms: &Terms) -> UploadPolicy {
    UploadPolicy { allows_metered: terms.uploads_metered, ..UploadPolicy::default() }
}
