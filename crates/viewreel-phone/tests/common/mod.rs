//! An app with the real recorder and its analytics client, on a phone whose disk
//! outlives it.
#![allow(dead_code, reason = "every test binary uses a part of it")]

pub(crate) mod replays;
pub(crate) mod screens;

use std::cell::RefCell;
use std::rc::Rc;
use tempfile::TempDir;
use viewreel_capture::{Input, InputSink};
use viewreel_model::MaskLevel;
use viewreel_model::record::{Lifecycle, ReplayMeta};
use viewreel_phone::analytics::{self, AmplitudeSession, Analytics, Disk, Object, Viewreel};
use viewreel_recorder::guard::Guard;
use viewreel_recorder::keep::Folder;
use viewreel_recorder::policy::{Handle, Notice, Remembered, Settings};
use viewreel_recorder::ring::Ring;
use viewreel_recorder::sampling::SampleRate;
use viewreel_recorder::{Config, PictureKey, Recorder};
use viewreel_seams::{Now, SeededRng};
use viewreel_spool::{Limits, Spool};
use viewreel_text::Inter;

/// When the first process starts.
pub(crate) const START: Now = Now { mono_ms: 77, wall_ms: 1_764_000_000_000 };

/// The instant so many milliseconds after that.
pub(crate) fn at(ms: u64) -> Now {
    START.plus_ms(ms)
}

/// Everybody is recorded, at level medium.
pub(crate) fn everybody() -> Settings {
    Settings { sample_rate: SampleRate::ALL, uses_remote_config: false, ..Settings::default() }
}

/// Everybody, at that level.
pub(crate) fn everybody_at(mask_level: MaskLevel) -> Settings {
    Settings { mask_level, ..everybody() }
}

/// What outlives the process.
pub(crate) struct Device {
    dir: TempDir,
    pub(crate) disk: Disk,
    launches: u64,
}

impl Device {
    pub(crate) fn new() -> Self {
        let dir = TempDir::new().expect("the disk works");
        Self { dir, disk: Disk::default(), launches: 0 }
    }

    /// Launches the app. Settings of its analytics client have not arrived.
    pub(crate) fn launch(mut self, settings: Settings, now: Now) -> App {
        self.launches += 1;
        let mut notes = Folder::new(&self.dir.path().join("notes"));
        let handle = Handle::new(settings, Remembered::read(&notes));
        let guard = Guard::start(&mut notes, "1.0", now);
        let marks = Marks::default();
        let analytics = self.analytics(&handle, &marks, now);
        let mut app = App {
            recorder: self.recorder(now),
            device: self,
            handle,
            guard,
            notes,
            analytics,
            marks,
            lifecycle: Lifecycle::Inactive,
        };
        app.work(now);
        app.input(now, Input::Lifecycle(Lifecycle::Active));
        app
    }

    fn analytics(&self, handle: &Handle, marks: &Marks, now: Now) -> Analytics {
        let rng = Box::new(SeededRng::new(100 + self.launches));
        let device = analytics::Device { id: "phone".to_owned(), ..Default::default() };
        let setup = analytics::Setup { device, ..Default::default() };
        let analytics = Analytics::new(setup, self.disk.clone(), rng, now);
        let (heard, asked) = (marks.clone(), handle.clone());
        let mark = move |now: Now, input: Input<'_>| {
            let (name, is_screen) = match input {
                Input::Screen(name) => (name.to_owned(), true),
                Input::Event(name) => (name.to_owned(), false),
                _ => return,
            };
            let epoch = asked.status().epoch;
            heard.borrow_mut().push(Mark { now, epoch, name, is_screen });
        };
        analytics.add(now, Rc::new(AmplitudeSession::new(self.disk.clone())));
        analytics.add(now, Rc::new(Viewreel::new(handle.clone(), mark)));
        analytics
    }

    fn recorder(&self, now: Now) -> Recorder {
        let (spool, _) = Spool::open(&self.spool(), Limits::default(), now.wall_ms);
        let config = Config {
            replay: Ring::nobody(),
            mask_level: MaskLevel::Conservative,
            meta: ReplayMeta::default(),
            utc_offset_min: 0,
            picture_key: PictureKey::default(),
        };
        Recorder::start(
            config,
            spool,
            Box::new(Inter),
            Box::new(SeededRng::new(self.launches)),
            now,
        )
    }

    fn spool(&self) -> std::path::PathBuf {
        self.dir.path().join("spool")
    }

    /// Segment files, open or sealed.
    pub(crate) fn segment_files(&self) -> usize {
        std::fs::read_dir(self.spool()).map_or(0, Iterator::count)
    }
}

/// The name of an event or a screen that passed, on its way to the worker.
struct Mark {
    now: Now,
    epoch: u64,
    name: String,
    is_screen: bool,
}

type Marks = Rc<RefCell<Vec<Mark>>>;

/// One process of the app.
pub(crate) struct App {
    pub(crate) device: Device,
    pub(crate) recorder: Recorder,
    pub(crate) handle: Handle,
    pub(crate) analytics: Analytics,
    guard: Guard,
    notes: Folder,
    marks: Marks,
    lifecycle: Lifecycle,
}

impl App {
    /// The first launch, with settings that arrive at once.
    pub(crate) fn start(settings: Settings) -> Self {
        Self::start_on(Device::new(), settings, START)
    }

    /// A launch with settings that arrive at once.
    pub(crate) fn start_on(device: Device, settings: Settings, now: Now) -> Self {
        let mut app = device.launch(settings, now);
        app.settings_arrive(now);
        app
    }

    /// The process is gone without a word.
    pub(crate) fn killed(self) -> Device {
        self.device
    }

    pub(crate) fn settings_arrive(&mut self, now: Now) {
        self.analytics.take_settings(now, None);
        self.work(now);
    }

    pub(crate) fn tell(&mut self, now: Now, notice: Notice<'_>) {
        self.handle.tell(notice);
        self.work(now);
    }

    pub(crate) fn track(&mut self, now: Now, name: &str) {
        self.input(now, Input::Event(name));
    }

    pub(crate) fn sign_out(&mut self, now: Now) {
        self.analytics.reset(now);
        self.work(now);
    }

    /// The user goes to the home screen.
    pub(crate) fn leave(&mut self, now: Now) {
        self.input(now, Input::Lifecycle(Lifecycle::Inactive));
        self.input(now, Input::Lifecycle(Lifecycle::Background));
    }

    /// The user comes back. Settings are asked for, and have not arrived.
    pub(crate) fn come_back(&mut self, now: Now) {
        self.input(now, Input::Lifecycle(Lifecycle::Inactive));
        self.input(now, Input::Lifecycle(Lifecycle::Active));
    }

    /// What the worker does after everything that happens. What was said in an
    /// earlier epoch belongs to nothing.
    pub(crate) fn work(&mut self, now: Now) {
        self.handle.tell(Notice::Guarded(self.guard.is_off(now)));
        let epoch = self.handle.status().epoch;
        for effect in self.handle.take_effects(&mut self.notes) {
            let _for_the_platform = self.recorder.carry_out(now, effect);
        }
        let marks = self.marks.take().into_iter().filter(|mark| mark.epoch == epoch);
        for Mark { now, name, is_screen, .. } in marks {
            let input = if is_screen { Input::Screen(&name) } else { Input::Event(&name) };
            self.recorder.input(now, input);
        }
        if self.handle.status().is_on && self.guard.allows_capture(&mut self.notes, now) {
            self.handle.tell(Notice::Armed);
        }
        self.guard.tick(&mut self.notes, now);
        self.recorder.tick(now);
    }

    /// What the client and the policy are told of the app's coming and going.
    fn follow(&mut self, now: Now, lifecycle: Lifecycle) {
        let before = std::mem::replace(&mut self.lifecycle, lifecycle);
        match (before, lifecycle) {
            (Lifecycle::Background, Lifecycle::Inactive) => self.analytics.foreground(now),
            (Lifecycle::Active, Lifecycle::Inactive) => self.analytics.resign_active(now),
            (_, Lifecycle::Background | Lifecycle::Terminating) => {
                self.analytics.background();
                self.handle.tell(Notice::Background);
                self.guard.background(&mut self.notes);
            }
            _ => {}
        }
    }
}

impl InputSink for App {
    fn input(&mut self, now: Now, input: Input<'_>) {
        match input {
            Input::Capture(_) if !self.handle.status().wants_captures => {}
            Input::Event(name) => self.analytics.track(now, name, Object::new()),
            Input::Screen(name) => self.analytics.screen(now, name, Object::new()),
            Input::Lifecycle(lifecycle) => {
                self.recorder.input(now, Input::Lifecycle(lifecycle));
                self.follow(now, lifecycle);
            }
            other => self.recorder.input(now, other),
        }
        self.work(now);
    }
}
