//! What the app's code works on: its views, animations, timers and what it
//! tells the analytics client.

use crate::action::Action;
use crate::ui::{Curve, Motion, Motions, Property, Ui, ViewId};
use viewreel_model::record::{Keyboard, LogLevel};

/// Something that the recorder is told beside captures and touches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Signal {
    /// Another screen of the app.
    Screen(&'static str),
    /// The name of an analytics event.
    Event(&'static str),
    /// A log line.
    Log(LogLevel, &'static str),
    /// The keyboard came or went.
    Keyboard(Keyboard),
}

/// The stage that the app plays on.
pub(crate) struct Stage {
    pub(crate) ui: Ui,
    motions: Motions,
    timers: Vec<(u64, Action)>,
    signals: Vec<Signal>,
    now_ms: u64,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self {
            ui: Ui::new(),
            motions: Motions::default(),
            timers: Vec::new(),
            signals: Vec::new(),
            now_ms: 0,
        }
    }

    /// Moves animations and scroll views on to `now_ms`. Returns what follows.
    pub(crate) fn step(&mut self, now_ms: u64) -> Vec<Action> {
        self.now_ms = now_ms;
        let mut due = self.motions.step(&mut self.ui, now_ms);
        self.timers.retain(|&(at_ms, action)| {
            if at_ms <= now_ms {
                due.push(action);
            }
            at_ms > now_ms
        });
        due
    }

    /// Starts an animation.
    pub(crate) fn animate(
        &mut self,
        view: ViewId,
        property: Property,
        (from, to): (f32, f32),
        (duration_ms, curve): (u64, Curve),
        then: Option<Action>,
    ) {
        let motion = Motion { view, property, from, to, duration_ms, curve, then };
        self.motions.start(&mut self.ui, self.now_ms, motion);
    }

    /// Lets `action` happen `ms` from now.
    pub(crate) fn after(&mut self, ms: u64, action: Action) {
        self.timers.push((self.now_ms + ms, action));
    }

    /// Does what the end of an animation asks for, whatever the app.
    pub(crate) fn finish(&mut self, action: Action) {
        match action {
            Action::Detach(view) => self.ui.detach(view),
            Action::Destroy(view) => self.ui.destroy(view),
            Action::CloseWindow(root) => self.ui.close_window(root),
            _ => {}
        }
    }

    pub(crate) fn signal(&mut self, signal: Signal) {
        self.signals.push(signal);
    }

    pub(crate) fn screen(&mut self, name: &'static str) {
        self.signal(Signal::Screen(name));
    }

    pub(crate) fn event(&mut self, name: &'static str) {
        self.signal(Signal::Event(name));
    }

    pub(crate) fn log(&mut self, level: LogLevel, message: &'static str) {
        self.signal(Signal::Log(level, message));
    }

    /// What was signalled since this was asked last, in order.
    pub(crate) fn take_signals(&mut self) -> Vec<Signal> {
        std::mem::take(&mut self.signals)
    }
}
