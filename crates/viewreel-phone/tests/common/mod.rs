//! An app with the real recorder and its analytics client, on a phone whose disk
//! outlives it.
#![allow(dead_code, reason = "every test binary uses a part of it")]

pub(crate) mod replays;
pub(crate) mod screens;

use tempfile::TempDir;
use viewreel_capture::{Input, InputSink};
use viewreel_model::MaskLevel;
use viewreel_model::record::Lifecycle;
use viewreel_phone::Host;
use viewreel_phone::analytics::{self, Disk, Setup};
use viewreel_recorder::embed::{Start, Worker};
use viewreel_recorder::keep::Folder;
use viewreel_recorder::policy::{Notice, Settings};
use viewreel_recorder::sampling::SampleRate;
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
    id: &'static str,
    launches: u64,
}

impl Device {
    pub(crate) fn new() -> Self {
        Self::with_id("phone")
    }

    /// A device whose system gives that id.
    pub(crate) fn with_id(id: &'static str) -> Self {
        let dir = TempDir::new().expect("the disk works");
        Self { dir, disk: Disk::default(), id, launches: 0 }
    }

    /// Launches the app. Settings of its analytics client have not arrived.
    pub(crate) fn launch(mut self, settings: Settings, now: Now) -> App {
        self.launches += 1;
        let device = analytics::Device { id: self.id.to_owned(), ..Default::default() };
        let setup = Setup { device, ..Setup::default() };
        let rng = Box::new(SeededRng::new(100 + self.launches));
        let worker = self.worker(settings, now);
        let host = Host::launch(worker, setup, &self.disk, rng, now);
        let mut app = App { device: self, host };
        app.input(now, Input::Lifecycle(Lifecycle::Active));
        app
    }

    fn worker(&self, settings: Settings, now: Now) -> Worker {
        let (spool, _) = Spool::open(&self.spool(), Limits::default(), now.wall_ms);
        let notes = Box::new(Folder::new(&self.dir.path().join("notes")));
        let rng = Box::new(SeededRng::new(self.launches));
        let start = Start { settings, ..Start::default() };
        Worker::start(start, spool, notes, Box::new(Inter), rng, now)
    }

    fn spool(&self) -> std::path::PathBuf {
        self.dir.path().join("spool")
    }

    /// Segment files, open or sealed.
    pub(crate) fn segment_files(&self) -> usize {
        std::fs::read_dir(self.spool()).map_or(0, Iterator::count)
    }
}

/// One process of the app.
pub(crate) struct App {
    pub(crate) device: Device,
    pub(crate) host: Host,
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
        self.host.settings_arrive(now);
    }

    pub(crate) fn tell(&mut self, now: Now, notice: Notice<'_>) {
        self.host.front.tell(notice);
        self.run(now);
    }

    pub(crate) fn track(&mut self, now: Now, name: &str) {
        self.input(now, Input::Event(name));
    }

    pub(crate) fn sign_out(&mut self, now: Now) {
        self.host.analytics.reset(now);
        self.run(now);
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

    /// The worker gets its turn.
    pub(crate) fn run(&mut self, now: Now) {
        self.host.worker.run(now);
    }
}

impl InputSink for App {
    fn input(&mut self, now: Now, input: Input<'_>) {
        self.host.input(now, input);
    }
}
