//! The client.

use super::batch::{Answer, Batch};
use super::context::{Context, Device};
use super::destination::Destination;
use super::disk::Disk;
use super::event::{Event, Object};
use super::plugin::{Pass, Plugin};
use super::settings::Settings;
use super::startup::StartupQueue;
use super::timeline::Timeline;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use viewreel_recorder::session::EventKind;
use viewreel_seams::{Now, Rng};

/// Settings are not asked for again sooner than this, in milliseconds.
const SETTINGS_INTERVAL_MS: u64 = 10_000;

/// What an app says when it makes its client.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The project.
    pub write_key: String,
    /// The device.
    pub device: Device,
    /// Events after which is flushed.
    pub flush_at: usize,
    /// Time after which is flushed, in milliseconds.
    pub flush_interval_ms: u64,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            write_key: "write-key".to_owned(),
            device: Device::default(),
            flush_at: 20,
            flush_interval_ms: 30_000,
        }
    }
}

/// The analytics client of one process of an app.
///
/// An event passes the whole timeline before the call that tracked it returns,
/// unless settings are asked for: then it waits at the beginning. They are asked
/// for when the client is made, and when the app comes back.
pub struct Analytics {
    write_key: String,
    disk: Disk,
    timeline: Timeline,
    startup: Rc<StartupQueue>,
    destination: Rc<Destination>,
    /// Since when settings are asked for, by the monotonic clock, in milliseconds.
    asked_ms: Cell<u64>,
    is_asking: Cell<bool>,
    rng: RefCell<Box<dyn Rng>>,
}

impl std::fmt::Debug for Analytics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Analytics({:?})", self.timeline)
    }
}

impl Analytics {
    /// A client that goes on with what another one left on that disk.
    #[must_use]
    pub fn new(setup: Setup, disk: Disk, rng: Box<dyn Rng>, now: Now) -> Self {
        let Setup { write_key, device, flush_at, flush_interval_ms } = setup;
        let destination = Destination::new(disk.clone(), flush_at, flush_interval_ms, now);
        let client = Self {
            write_key,
            disk,
            timeline: Timeline::default(),
            startup: Rc::default(),
            destination: Rc::new(destination),
            asked_ms: Cell::new(now.mono_ms),
            is_asking: Cell::new(true),
            rng: RefCell::new(rng),
        };
        client.timeline.add(client.startup.clone());
        client.timeline.add(client.destination.clone());
        client.timeline.add(Rc::new(Context(device)));
        client.know_somebody();
        client
    }

    /// Adds a plugin behind those of its place. What it tracks while it is
    /// configured does not pass it, unless it waits for settings.
    pub fn add(&self, now: Now, plugin: Rc<dyn Plugin>) {
        plugin.configure(self.pass(now));
        if !self.is_asking.get() {
            plugin.update(self.pass(now), &self.settings());
        }
        self.timeline.add(plugin);
    }

    /// Takes out the plugins of that name, and tells them.
    pub fn remove(&self, now: Now, name: &str) {
        for plugin in self.timeline.remove(name) {
            plugin.shutdown(self.pass(now));
        }
    }

    /// Something happened.
    pub fn track(&self, now: Now, name: &str, properties: Object) {
        self.process(now, Event::new(EventKind::Track, name, properties));
    }

    /// A screen is shown.
    pub fn screen(&self, now: Now, name: &str, properties: Object) {
        self.process(now, Event::new(EventKind::Screen, name, properties));
    }

    /// The user is known.
    pub fn identify(&self, now: Now, user_id: &str, traits: Object) {
        self.disk.write().user_id = Some(user_id.to_owned());
        self.process(now, Event::new(EventKind::Identify, "", traits));
    }

    /// The user belongs to a group.
    pub fn group(&self, now: Now, group_id: &str, traits: Object) {
        self.process(now, Event::new(EventKind::Group, group_id, traits));
    }

    /// The user has another id.
    pub fn alias(&self, now: Now, user_id: &str) {
        let before = self.disk.write().user_id.replace(user_id.to_owned());
        let before = before.unwrap_or_else(|| self.disk.read().anonymous_id.clone());
        self.process(now, Event::new(EventKind::Alias, &before, Object::new()));
    }

    /// Takes an event along the timeline. One that was never tracked before gets its
    /// id and its time here, and keeps them.
    pub fn process(&self, now: Now, mut event: Event) {
        if event.message_id.is_empty() {
            event.message_id = self.new_id();
            event.timestamp_ms = now.wall_ms;
            let contents = self.disk.read();
            event.anonymous_id.clone_from(&contents.anonymous_id);
            event.user_id.clone_from(&contents.user_id);
        }
        self.timeline.process(self.pass(now), event);
    }

    /// Forgets the user.
    pub fn reset(&self, now: Now) {
        self.disk.write().user_id = None;
        self.disk.write().anonymous_id = self.new_id();
        for plugin in self.timeline.all() {
            plugin.reset(self.pass(now));
        }
    }

    /// Whether the host has to fetch settings, and to say what came.
    #[must_use]
    pub fn wants_settings(&self) -> bool {
        self.is_asking.get()
    }

    /// Takes the answer to the request for settings. Where none came, the last ones
    /// hold. What waited passes the timeline now.
    pub fn take_settings(&self, now: Now, settings: Option<Settings>) {
        if let Some(settings) = settings {
            self.disk.write().settings = Some(settings);
        }
        for plugin in self.timeline.all() {
            plugin.update(self.pass(now), &self.settings());
        }
        self.is_asking.set(false);
        self.startup.run(self.pass(now));
    }

    /// The settings that hold.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let settings = self.disk.read().settings.clone();
        settings.unwrap_or_else(|| Settings::unasked(&self.write_key))
    }

    /// The app is about to be left.
    pub fn resign_active(&self, now: Now) {
        for plugin in self.timeline.all() {
            plugin.resign_active(self.pass(now));
        }
    }

    /// The app went to the background.
    pub fn background(&self) {
        self.destination.flush();
        self.destination.set_foreground(false);
    }

    /// The app comes back. Settings are asked for anew, and what is tracked from
    /// now on waits for them.
    pub fn foreground(&self, now: Now) {
        self.destination.set_foreground(true);
        if now.mono_ms.saturating_sub(self.asked_ms.get()) >= SETTINGS_INTERVAL_MS {
            self.asked_ms.set(now.mono_ms);
            self.is_asking.set(true);
            self.startup.pause();
        }
        for plugin in self.timeline.all() {
            plugin.foreground(self.pass(now));
        }
    }

    /// Has everything carried away at the next chance.
    pub fn flush(&self) {
        self.destination.flush();
    }

    /// Where it is time to, gives each file to `carry`, the oldest first. A host
    /// calls it about once a second.
    pub fn tick(&self, now: Now, carry: &mut dyn FnMut(&Batch) -> Answer) {
        if self.destination.wants_flush(now) {
            self.destination.carry_away(now, carry);
        }
    }

    fn pass(&self, now: Now) -> Pass<'_> {
        Pass { now, analytics: self }
    }

    fn know_somebody(&self) {
        if self.disk.read().anonymous_id.is_empty() {
            self.disk.write().anonymous_id = self.new_id();
        }
    }

    /// A random UUID in upper case.
    fn new_id(&self) -> String {
        let bits = self.rng.borrow_mut().next_u128() & !(0xf << 76) & !(0x3 << 62);
        let hex = format!("{:032X}", bits | 0x4 << 76 | 0x2 << 62);
        let parts = [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &hex[part]);
        parts.join("-")
    }
}
