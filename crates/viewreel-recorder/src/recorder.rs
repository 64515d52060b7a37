//! The recorder.

mod effects;
mod fingers;
mod gestures;
mod logs;
mod pulse;

pub use logs::{MAX_LOG_CHARS, MAX_LOGS};
pub use pulse::Effort;

use crate::conditions::{Conditions, Pause, UploadPolicy};
use crate::config::Config;
use crate::content::Content;
use crate::counters::Counters;
use crate::journal::{Journal, RunClock, RunTime};
use crate::outbox::Outbox;
use crate::screen::Screen;
use crate::task::{ConfigResult, DecisionsResult, PictureResult, Task, UploadResult};
use fingers::{Fingers, Touching};
use gestures::Gestures;
use logs::Logs;
use pulse::Pulse;
use viewreel_capture::{CaptureBuffer, CaptureDecoder, Input, InputSink, Platform};
use viewreel_format::limits::MAX_LOG_BYTES;
use viewreel_format::{FormatError, ReplayId};
use viewreel_mask::{Masked, Masker};
use viewreel_model::limits::{MAX_LINES, MAX_STRING_BYTES, MAX_TREE_STRING_BYTES};
use viewreel_model::record::{
    Body, GapReason, Keyboard, Lifecycle, LogLevel, State, Touch, TouchPhase,
};
use viewreel_model::{ImageId, MaskAction, MaskLevel, RawSnapshot, Snapshot};
use viewreel_seams::{Now, Rng};
use viewreel_spool::{Entry, Spool};

/// Records one run of one replay into a spool and hands out upload tasks.
pub struct Recorder {
    clock: RunClock,
    journal: Journal,
    outbox: Outbox,
    counters: Counters,
    decoder: CaptureDecoder,
    masker: Masker,
    content: Content,
    screen: Screen,
    /// Everything that readers of the open segment know beside the tree.
    state: State,
    /// Whether the tree of `screen` is what is on the screen. It is not before
    /// the first capture and after one that was rejected.
    is_screen_known: bool,
    /// Whether the next capture may not leave anything out.
    wants_all: bool,
    fingers: Fingers,
    logs: Logs,
    gestures: Gestures,
    has_rage_tap: bool,
    pulse: Pulse,
    /// Of the capture that is handed over next.
    effort: Effort,
}

impl std::fmt::Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recorder({:?})", self.counters)
    }
}

impl InputSink for Recorder {
    fn input(&mut self, now: Now, input: Input<'_>) {
        if self.is_stopped() {
            return self.follow(&input);
        }
        let time = self.clock.time(now);
        self.journal.tick(time, &mut self.counters);
        match input {
            Input::Capture(buffer) => self.capture(time, buffer),
            Input::Viewport(viewport) => self.note(time, &Body::Viewport(viewport)),
            Input::Lifecycle(lifecycle) => self.lifecycle(time, lifecycle),
            // Where it is off, the name of a screen is nobody's business.
            Input::Screen(_) | Input::ScreenTitle(_) if self.journal.is_off() => {}
            Input::ScreenTitle(_) if self.masker.level() == MaskLevel::Conservative => {}
            Input::Screen(name) | Input::ScreenTitle(name) => {
                self.note(time, &Body::Screen(clean(name, MAX_STRING_BYTES)));
            }
            Input::Keyboard(keyboard) => self.note(time, &Body::Keyboard(keyboard)),
            Input::Touch { view, touch } => self.touch(Touching { time, view, touch }),
            Input::Event(name) => self.record(time, &Body::Event(clean(name, MAX_STRING_BYTES))),
            Input::Log { level, message } => self.log(time, level, message),
            Input::Gap { reason, duration_ms } => self.gap(time, reason, duration_ms),
        }
        self.journal.tick(time, &mut self.counters);
    }
}

impl Recorder {
    /// A recorder whose run starts at `now`. What the spool still holds of
    /// earlier runs is handed out for upload too.
    #[must_use]
    pub fn start(
        config: Config,
        spool: Spool,
        platform: Box<dyn Platform>,
        rng: Box<dyn Rng>,
        now: Now,
    ) -> Self {
        let state = State { mask_level: config.mask_level, meta: config.meta, ..State::default() };
        Self {
            clock: RunClock::starting(now),
            journal: Journal::new(spool, rng, config.replay, config.utc_offset_min, now),
            outbox: Outbox::default(),
            counters: Counters::default(),
            decoder: CaptureDecoder::new(),
            masker: Masker::new(config.mask_level),
            content: Content::new(platform, config.picture_key),
            screen: Screen::default(),
            state,
            is_screen_known: false,
            wants_all: true,
            fingers: Fingers::default(),
            logs: Logs::default(),
            gestures: Gestures::default(),
            has_rage_tap: false,
            pulse: Pulse::default(),
            effort: Effort::default(),
        }
    }

    /// Lets time pass: cuts chunks and seals segments that are due. A host
    /// calls it about once a second while it has nothing else to say.
    pub fn tick(&mut self, now: Now) {
        self.journal.tick(self.clock.time(now), &mut self.counters);
    }

    /// Seals the open segment, so that all that was recorded can be sent.
    pub fn flush(&mut self, now: Now) {
        self.journal.seal(self.clock.time(now), &mut self.counters);
    }

    /// Takes what the volume of the spool has free, in bytes. A host says it at the
    /// start and about once a minute; where too little is free, nothing is recorded
    /// until there is more.
    pub fn set_free_bytes(&mut self, free_bytes: u64) {
        self.journal.spool.set_free_bytes(free_bytes);
    }

    /// Says what local time minus UTC is from now on, in minutes: the user has
    /// travelled, or summer time has begun. A segment has one, so what is open is
    /// sealed.
    pub fn set_utc_offset(&mut self, now: Now, utc_offset_min: i16) {
        if self.journal.utc_offset_min != utc_offset_min {
            self.flush(now);
            self.journal.utc_offset_min = utc_offset_min;
        }
    }

    /// What happened so far.
    #[must_use]
    pub fn counters(&self) -> Counters {
        Counters { decisions_dropped: self.outbox.decisions.dropped(), ..self.counters }
    }

    /// Whether the server does not want this replay: it was deleted, is too old,
    /// or the project takes none. Nothing is recorded then; a host may stop
    /// capturing.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.journal.is_stopped()
    }

    /// Whether it is this replay that the server does not want.
    pub(crate) fn is_stopped_for(&self, replay: &ReplayId) -> bool {
        self.is_stopped() && self.journal.is_of(replay)
    }

    /// The sealed segments that wait for their ack, oldest first.
    #[must_use]
    pub fn spooled(&self) -> &[Entry] {
        self.journal.spool.entries()
    }

    /// Says under which conditions segments are sent from now on.
    pub fn set_upload_policy(&mut self, policy: UploadPolicy) {
        self.outbox.policy = policy;
    }

    /// Has the config record fetched. A host asks for it at the start of a session.
    pub fn request_config(&mut self) {
        self.outbox.config.request();
    }

    /// What the platform should do next under these conditions. A task that was
    /// handed out is handed out again until its result is reported.
    pub fn next_task(&mut self, now: Now, conditions: Conditions) -> Task {
        let time = self.clock.time(now);
        let (segments, pictures) =
            (self.journal.sendable(time), self.journal.sendable_pictures(time));
        let task = self.outbox.next_task(now, conditions, segments, pictures);
        match (task, self.journal.short_for_ms(time)) {
            // What is held back may come to be sent.
            (Task::Done, Some(left_ms)) => Task::Wait(left_ms),
            (task, _) => task,
        }
    }

    /// Why [`Recorder::next_task`] gave nothing to do last time though something
    /// waits, where it is not for a server that was away or wants to be left alone.
    #[must_use]
    pub fn pause_reason(&self) -> Option<Pause> {
        self.outbox.pause()
    }

    /// Takes the result of the upload task with this id, of this process or of an
    /// earlier one. A result that comes twice, or after its files are gone, changes
    /// nothing and is counted.
    pub fn report(&mut self, now: Now, task_id: &str, result: &UploadResult) {
        self.outbox.report(now, task_id, result, &mut self.journal, &mut self.counters);
    }

    /// Takes the result of the picture task with this id, of this process or of an
    /// earlier one.
    pub fn report_picture(&mut self, now: Now, task_id: &str, result: &PictureResult) {
        self.outbox.report_picture(now, task_id, result, &mut self.journal, &mut self.counters);
    }

    /// Takes what the answer to an upload says of pictures that the server lacks. Those
    /// that were thought to be there are sent again when they are shown again.
    pub fn report_missing_pictures(&mut self, missing: &[ImageId]) {
        let pictures = self.journal.spool.pictures_mut();
        // Those that wait are on their way.
        let is_lost = |id: &&ImageId| !pictures.waits(**id);
        let lost: Vec<ImageId> = missing.iter().filter(is_lost).copied().collect();
        pictures.forget(&lost);
        self.content.want_again(&lost);
    }

    /// Longest side of a picture that is asked for from now on, in pixels.
    pub fn set_picture_px(&mut self, longest_px: u32) {
        self.content.set_longest_px(longest_px);
    }

    /// Takes the result of fetching the config record. What a record asks for is
    /// not judged here.
    pub fn report_config(&mut self, now: Now, result: &ConfigResult) {
        self.outbox.report_config(now, result, &mut self.journal, &mut self.counters);
    }

    /// Says what is known of the capture that is handed over next.
    pub fn set_effort(&mut self, effort: Effort) {
        self.effort = effort;
    }

    /// A capture was lost: nobody knows what is on the screen until the next one, and
    /// until then no finger is recorded.
    pub fn lose_capture(&mut self) {
        self.is_screen_known = false;
        self.wants_all = true;
        self.masker.forget();
    }

    /// Whether the next capture may not leave anything out, said once.
    pub(crate) fn take_wants_all(&mut self) -> bool {
        std::mem::take(&mut self.wants_all)
    }

    /// Whether a finger waits for a capture that shows what it is on.
    pub(crate) const fn awaits_capture(&self) -> bool {
        !self.fingers.is_empty()
    }

    /// Whether somebody tapped one place in anger since the last time.
    pub(crate) fn take_rage_tap(&mut self) -> bool {
        std::mem::take(&mut self.has_rage_tap)
    }

    /// Takes the result of sending decision records.
    pub fn report_decisions(&mut self, now: Now, result: DecisionsResult) {
        self.outbox.report_decisions(now, result, &mut self.journal, &mut self.counters);
    }

    fn capture(&mut self, time: RunTime, buffer: &CaptureBuffer) {
        if self.journal.is_off() {
            return;
        }
        self.counters.captures += 1;
        let masked = self.mask_capture(buffer);
        self.is_screen_known = masked.is_some();
        match masked {
            Some(Masked::Same) => self.record_same(time),
            Some(_) => self.record_tree(time),
            None => {
                self.counters.captures_rejected += 1;
                self.lose_capture();
            }
        }
        // What a capture that was rejected showed is on no screen.
        if masked.is_some() {
            self.record_pictures(time);
        }
        self.release_fingers(time);
    }

    /// Tells what was learnt of pictures. Where a segment begins with it, its opening
    /// tells it already.
    fn record_pictures(&mut self, time: RunTime) {
        self.journal.add_pictures(|| self.content.take_held());
        let fresh = self.content.take_fresh();
        if !fresh.is_empty() && !self.journal.is_open() {
            return self.begin(time);
        }
        for binding in fresh {
            self.record(time, &Body::Image(binding));
        }
    }

    /// Fills the tree to come, where it is another one; `None` where the capture cannot
    /// be recorded.
    fn mask_capture(&mut self, buffer: &CaptureBuffer) -> Option<Masked> {
        let raw = self.decoder.decode(buffer).ok()?;
        self.counters.nodes_cut += u64::from(raw.cut_nodes());
        self.content.begin();
        let (tree, next) = self.screen.pages();
        let masked = self.masker.mask(&raw, tree, &mut self.content, next);
        self.wants_all |= matches!(masked, Masked::Changed { unknown: 1.. });
        // What is not there yet may be below a view that does not change any more.
        self.wants_all |= self.content.take_missing();
        let columns = next.columns();
        let fits =
            columns.strings.byte_len() <= MAX_TREE_STRING_BYTES && columns.lines.len() <= MAX_LINES;
        (fits && masked != Masked::Contradiction).then_some(masked)
    }

    /// A finger on a view that no capture shows waits for the next one: it may be a
    /// keyboard. What it is on then is not there tells nothing.
    fn touch(&mut self, touching: Touching) {
        let Touching { view, touch, .. } = touching;
        let is_down = touch.phase == TouchPhase::Down;
        if self.journal.is_off() || self.is_on_secret(touch) {
            return;
        }
        let is_known = self.is_screen_known && self.masker.knows(view);
        if self.fingers.wait(touch) || is_down && !is_known {
            self.fingers.add(touching);
        } else {
            self.record_touch(touching);
        }
    }

    /// Whether a finger goes down on the keyboard, or on something on the screen of
    /// which not even that may be told. By the time a view is known that may be gone.
    fn is_on_secret(&mut self, touch: Touch) -> bool {
        if touch.phase != TouchPhase::Down {
            return false;
        }
        let is_on_secret =
            self.is_typing(touch) || self.masker.is_silent_at(self.screen.tree(), touch.at);
        if is_on_secret {
            self.fingers.forget(touch.pointer);
        }
        is_on_secret
    }

    /// What waited for this capture is told, with its own times, but none before that of
    /// the touch that was recorded last.
    fn release_fingers(&mut self, now: RunTime) {
        for touching in self.fingers.take() {
            let is_open = self.journal.is_open();
            let time = if is_open { touching.time } else { now };
            self.record_touch(Touching { time, ..touching });
        }
    }

    /// One that was not seen to go down is not seen to go on.
    fn record_touch(&mut self, Touching { time, view, touch }: Touching) {
        let is_down = touch.phase == TouchPhase::Down;
        let is_known = self.state.open_touches.iter().any(|open| open.pointer == touch.pointer);
        let unknown = Snapshot::default();
        let screen = if self.is_screen_known { self.screen.tree() } else { &unknown };
        let masked = self.masker.mask_touch(screen, view, touch);
        let Some(touch) = masked.filter(|_| is_known || is_down && !self.is_typing(touch)) else {
            return;
        };
        self.has_rage_tap |= self.gestures.is_rage_tap(time.ms, touch);
        if self.gestures.is_news(touch) {
            self.record(time, &Body::Touch(touch));
        }
    }

    /// Whether a finger is on the keyboard, which is known before it is captured.
    fn is_typing(&self, touch: Touch) -> bool {
        let Keyboard { is_visible, frame } = self.state.keyboard;
        is_visible && frame.contains(touch.at)
    }

    /// What the next segment begins with is known while nothing is recorded, too.
    fn follow(&mut self, input: &Input<'_>) {
        match input {
            Input::Viewport(viewport) => self.state.follow(&Body::Viewport(viewport.clone())),
            Input::Lifecycle(lifecycle) => self.state.follow(&Body::Lifecycle(*lifecycle)),
            Input::Keyboard(keyboard) => self.state.follow(&Body::Keyboard(*keyboard)),
            _ => {}
        }
    }

    /// Records the tree to come and makes it the one on the screen.
    fn record_tree(&mut self, time: RunTime) {
        if !self.journal.is_open() {
            return self.record_keyframe(time);
        }
        let Some(body) = self.screen.tell(|body| self.journal.body_len(body)) else {
            self.counters.captures_unchanged += 1;
            return;
        };
        let pushed = self.journal.push(time, &body);
        self.screen.follow(body);
        self.beat(time);
        if pushed.is_err() {
            // Readers cannot follow this segment any further; the next one
            // begins with the new tree as its keyframe.
            self.journal.seal(time, &mut self.counters);
            self.begin(time);
        }
    }

    /// Begins a segment with the tree to come.
    fn record_keyframe(&mut self, time: RunTime) {
        self.screen.adopt();
        self.begin(time);
        self.beat(time);
    }

    /// A screen that stands still takes no bytes, but where what was recorded of it is
    /// lost.
    fn record_same(&mut self, time: RunTime) {
        if self.journal.is_open() || self.journal.is_intact() {
            self.counters.captures_unchanged += 1;
            return;
        }
        self.begin(time);
        self.beat(time);
    }

    /// A capture was recorded, unless there is nowhere to record it.
    fn beat(&mut self, time: RunTime) {
        if !self.journal.is_open() {
            return;
        }
        let masks = self.screen.tree().columns().masks().iter();
        let masked = masks.filter(|mask| mask.action != MaskAction::Keep).count();
        self.pulse.beat(std::mem::take(&mut self.effort), masked);
        if let Some(health) = self.pulse.due(time.ms) {
            self.record(time, &Body::Health(health));
        }
    }

    /// What is said in logs is text, which the level *conservative* does not keep.
    fn log(&mut self, time: RunTime, level: LogLevel, message: &str) {
        if self.masker.level() == MaskLevel::Conservative || !self.logs.takes(level) {
            return;
        }
        if !self.logs.take_one() {
            self.counters.logs_dropped += 1;
            return;
        }
        let message = clean(message, MAX_LOG_BYTES).chars().take(MAX_LOG_CHARS).collect();
        self.record(time, &Body::Log { level, message });
    }

    fn lifecycle(&mut self, time: RunTime, lifecycle: Lifecycle) {
        self.note(time, &Body::Lifecycle(lifecycle));
        if matches!(lifecycle, Lifecycle::Background | Lifecycle::Terminating) {
            self.journal.seal(time, &mut self.counters);
        }
    }

    fn gap(&mut self, time: RunTime, reason: GapReason, duration_ms: u64) {
        self.record(time, &Body::Gap { reason, duration_ms });
        if reason == GapReason::Blocked {
            self.journal.seal(time, &mut self.counters);
        }
    }

    /// Records a change of what a state record says. Before the first segment,
    /// and after a lost one, the next segment will say it.
    fn note(&mut self, time: RunTime, body: &Body) {
        if self.journal.is_open() || self.journal.is_intact() {
            self.record(time, body);
        } else {
            self.state.follow(body);
        }
    }

    fn record(&mut self, time: RunTime, body: &Body) {
        if self.journal.is_off() {
            return;
        }
        if !self.journal.is_open() {
            self.begin(time);
        }
        if self.journal.push(time, body).is_err() {
            // A finger that waited is of an earlier time, a segment never.
            let now = self.clock.latest(time);
            self.journal.seal(now, &mut self.counters);
            self.begin(now);
            if self.journal.push(time, body).is_err() {
                self.counters.records_dropped += 1;
            }
        }
        self.state.follow(body);
    }

    /// Begins a segment with state and keyframe. Where these do not fit there is
    /// no segment: no reader could follow what comes after them.
    fn begin(&mut self, time: RunTime) {
        self.journal.begin(time, &mut self.counters);
        if self.push_opening(time).is_err() {
            self.journal.abandon(&mut self.counters);
        }
        if !self.journal.is_open() {
            self.counters.records_dropped += 1;
        }
    }

    fn push_opening(&mut self, time: RunTime) -> Result<(), FormatError> {
        self.journal.push(time, &Body::State(self.state.clone()))?;
        let keyframe = self.screen.begin_segment();
        let pushed = self.journal.push(time, &keyframe);
        self.screen.take_back(keyframe);
        pushed?;
        // What was learnt just now is among them.
        self.content.take_fresh();
        for binding in self.content.pictures_of(self.screen.tree()) {
            self.journal.push(time, &Body::Image(binding))?;
        }
        self.journal.announce_outage(time)
    }
}

/// The longest beginning of at most `limit` bytes of what is left of `text` without
/// what is private. Twice as much is read, so that no long text costs time; of what is
/// cut there the last words are left out, so that nothing private is cut in two.
fn clean(text: &str, limit: usize) -> String {
    let mut read = text.get(..text.floor_char_boundary(2 * limit)).unwrap_or_default();
    if read.len() < text.len() {
        let whole = read.len().saturating_sub(limit / 4);
        read = read.get(..read.floor_char_boundary(whole)).unwrap_or_default();
        read = read.trim_end_matches(|c: char| !c.is_whitespace());
    }
    let clean = viewreel_mask::cleaned(read);
    clean.get(..clean.floor_char_boundary(limit)).unwrap_or_default().to_owned()
}
