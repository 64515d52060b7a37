//! An app with its analytics client and its recorder.

use crate::analytics::{AmplitudeSession, Analytics, Disk, Object, Setup, Viewreel};
use std::rc::Rc;
use viewreel_capture::{CaptureBuffer, Input, InputSink, Said};
use viewreel_model::record::Lifecycle;
use viewreel_recorder::embed::{Front, Shot, Worker};
use viewreel_seams::{Now, Rng};

/// One process of an app. What it tracks passes its analytics client, where the
/// recorder hears of it; everything else the recorder is told at once.
#[derive(Debug)]
pub struct Host {
    /// Records, and says what is to be sent.
    pub worker: Worker,
    /// What the recorder is told and asked.
    pub front: Front,
    /// Everything that is tracked passes it.
    pub analytics: Analytics,
    lifecycle: Lifecycle,
}

impl Host {
    /// A process that begins at `now` and goes on with the session that is remembered
    /// on that disk. Settings of its analytics client have not arrived.
    #[must_use]
    pub fn launch(worker: Worker, setup: Setup, disk: &Disk, rng: Box<dyn Rng>, now: Now) -> Self {
        let analytics = Analytics::new(setup, disk.clone(), rng, now);
        let front = worker.front();
        analytics.add(now, Rc::new(AmplitudeSession::new(disk.clone())));
        analytics.add(now, Rc::new(Viewreel::new(front.clone())));
        Self { worker, front, analytics, lifecycle: Lifecycle::Inactive }
    }

    /// The answer to the request for settings arrives, and says nothing new.
    pub fn settings_arrive(&mut self, now: Now) {
        self.analytics.take_settings(now, None);
        self.worker.run(now);
    }

    /// A phone that was told to capture here has read all of its views, in no time.
    fn capture(&self, now: Now, buffer: &CaptureBuffer) {
        let shot = Shot { epoch: self.front.status().epoch, ..Shot::default() };
        self.front.capture(now, shot, buffer.clone());
    }

    /// What the client is told of the app's coming and going.
    fn follow(&mut self, now: Now, lifecycle: Lifecycle) {
        let before = std::mem::replace(&mut self.lifecycle, lifecycle);
        match (before, lifecycle) {
            (Lifecycle::Background, Lifecycle::Inactive) => self.analytics.foreground(now),
            (Lifecycle::Active, Lifecycle::Inactive) => self.analytics.resign_active(now),
            (_, Lifecycle::Background | Lifecycle::Terminating) => self.analytics.background(),
            _ => {}
        }
    }
}

impl InputSink for Host {
    fn input(&mut self, now: Now, input: Input<'_>) {
        match input {
            Input::Capture(buffer) => self.capture(now, buffer),
            Input::Event(name) => self.analytics.track(now, name, Object::new()),
            Input::Screen(name) => self.analytics.screen(now, name, Object::new()),
            Input::Lifecycle(lifecycle) => {
                self.front.say(now, Said::Lifecycle(lifecycle));
                self.follow(now, lifecycle);
            }
            other => self.front.say(now, Said::from(other)),
        }
        self.worker.run(now);
    }
}
