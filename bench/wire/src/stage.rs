//! The stage that a scenario plays on: views, time, fingers, and what the
//! recorder is told of them.

use crate::scene::{Key, Keyboard, SCREEN, Scene};
use crate::session::{START, Session};
use viewreel_capture::{CaptureBuffer, Input, InputSink};
use viewreel_model::record::{self, Lifecycle, Touch, TouchPhase};
use viewreel_model::viewport::Viewport;
use viewreel_model::{Insets, Point};

/// There is a capture this often, in milliseconds.
pub(crate) const FRAME_MS: u64 = 100;
/// A finger is sampled this often while it is down, in milliseconds.
const SAMPLE_MS: u64 = 16;
/// How long a tap lasts, in milliseconds.
const TAP_MS: u64 = 80;
/// Every scenario lasts this long, in milliseconds.
pub(crate) const LENGTH_MS: u64 = 60_000;

/// A phone with one app, from the first capture to the last.
pub(crate) struct Stage {
    pub(crate) scene: Scene,
    session: Session,
    buffer: CaptureBuffer,
    now_ms: u64,
    /// Touches that are still to come, in order of time.
    fingers: Vec<(u64, Touch)>,
}

impl Stage {
    /// A phone whose app has built nothing yet.
    pub(crate) fn new() -> Self {
        let (scene, session) = (Scene::default(), Session::default());
        let mut stage =
            Self { scene, session, buffer: CaptureBuffer::new(), now_ms: 0, fingers: Vec::new() };
        stage.tell(Input::Viewport(viewport()));
        stage.tell(Input::Lifecycle(Lifecycle::Active));
        stage
    }

    /// The time since the start, in milliseconds.
    pub(crate) fn now_ms(&self) -> u64 {
        self.now_ms
    }

    /// Captures what the app shows at its start.
    pub(crate) fn launch(&mut self, screen: &str) {
        self.tell(Input::Screen(screen));
        self.capture();
        self.tell(Input::Event("Application Opened"));
    }

    /// Lets the time of one capture pass, and captures.
    pub(crate) fn frame(&mut self) {
        let until_ms = self.now_ms + FRAME_MS;
        let due = self.fingers.iter().take_while(|(at_ms, _)| *at_ms <= until_ms).count();
        for (at_ms, touch) in self.fingers.drain(..due).collect::<Vec<_>>() {
            self.session.input(START.plus_ms(at_ms), self.scene.touched(touch));
        }
        self.now_ms = until_ms;
        self.capture();
    }

    /// Lets time pass without a change, in milliseconds.
    pub(crate) fn rest(&mut self, ms: u64) {
        self.until(self.now_ms + ms);
    }

    /// Lets time pass without a change until `ms` after the start.
    pub(crate) fn until(&mut self, ms: u64) {
        while self.now_ms < ms {
            self.frame();
        }
    }

    /// Runs `step` for every capture of the next `ms` milliseconds, with the
    /// part of that time that has passed by then, above 0 up to 1.
    pub(crate) fn animate(&mut self, ms: u64, mut step: impl FnMut(&mut Scene, f32)) {
        let frames = ms.div_ceil(FRAME_MS);
        for frame in 1..=frames {
            step(&mut self.scene, (frame * FRAME_MS) as f32 / (frames * FRAME_MS) as f32);
            self.frame();
        }
    }

    /// Taps there; the app reacts with the next capture.
    pub(crate) fn tap(&mut self, at: Point) {
        self.finger(TouchPhase::Down, 0, at);
        self.finger(TouchPhase::Up, TAP_MS, at);
    }

    /// Taps on the middle of a rectangle: left, top, width, height.
    pub(crate) fn tap_in(&mut self, [x, y, width, height]: [f32; 4]) {
        self.tap(Point::new(x + width / 2.0 + 3.0, y + height / 2.0 - 2.0));
    }

    /// Moves a finger from one point to another, with all its samples.
    pub(crate) fn drag(&mut self, from: Point, to: Point, ms: u64) {
        self.finger(TouchPhase::Down, 0, from);
        for passed_ms in (SAMPLE_MS..ms).step_by(SAMPLE_MS as usize) {
            let t = passed_ms as f32 / ms as f32;
            let at = Point::new(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t);
            self.finger(TouchPhase::Move, passed_ms, at);
        }
        self.finger(TouchPhase::Up, ms, to);
    }

    /// Names the screen that is shown now.
    pub(crate) fn screen(&mut self, name: &str) {
        self.tell(Input::Screen(name));
    }

    /// Tells of an analytics event.
    pub(crate) fn event(&mut self, name: &str) {
        self.tell(Input::Event(name));
    }

    /// Slides the keyboard up or down, with what the app moves meanwhile.
    pub(crate) fn slide_keyboard(
        &mut self,
        keyboard: &Keyboard,
        is_up: bool,
        mut step: impl FnMut(&mut Scene, f32),
    ) {
        if is_up {
            keyboard.open(&mut self.scene);
        }
        let frame = Keyboard::frame();
        self.tell(Input::Keyboard(record::Keyboard { is_visible: is_up, frame }));
        self.animate(300, |scene, t| {
            let part = ease_out(t);
            keyboard.raise(scene, if is_up { part } else { 1.0 - part });
            step(scene, part);
        });
        if !is_up {
            keyboard.close(&mut self.scene);
        }
    }

    /// Ends the session.
    pub(crate) fn finish(mut self) -> Session {
        self.until(LENGTH_MS);
        self.session
    }

    fn finger(&mut self, phase: TouchPhase, after_ms: u64, at: Point) {
        let touch = Touch { pointer: 0, phase, at, is_masked: false };
        self.fingers.push((self.now_ms + 7 + after_ms, touch));
    }

    fn capture(&mut self) {
        self.scene.capture(&mut self.buffer);
        self.session.input(START.plus_ms(self.now_ms), Input::Capture(&self.buffer));
    }

    fn tell(&mut self, input: Input<'_>) {
        self.session.input(START.plus_ms(self.now_ms), input);
    }
}

/// Starts at full speed and ends gently; `t` of 0 … 1.
pub(crate) fn ease_out(t: f32) -> f32 {
    1.0 - (1.0 - t).powi(3)
}

/// Starts and ends gently; `t` of 0 … 1.
pub(crate) fn ease(t: f32) -> f32 {
    t * t * (3.0 - 2.0 * t)
}

fn viewport() -> Viewport {
    Viewport {
        size: SCREEN,
        scale: 3.0,
        safe_area: Insets { top: 59.0, bottom: 34.0, ..Insets::default() },
        text_size: "large".to_owned(),
        ..Viewport::default()
    }
}

/// How a finger throws a scroll view.
#[derive(Clone, Copy)]
pub(crate) struct Fling {
    /// The scroll view and its indicator.
    pub(crate) scroll: Key,
    pub(crate) indicator: Option<Key>,
    /// Whether it goes sideways.
    pub(crate) is_sideways: bool,
    /// Speed of the offset when the finger lets go, in points per millisecond.
    pub(crate) speed: f32,
    /// Least and largest offset, in points.
    pub(crate) range: (f32, f32),
}

/// The finger drags for this long before it lets go, in milliseconds.
const DRAG_MS: u64 = 200;
/// From the first touch until the scroll view is stopped, in milliseconds.
const FLING_MS: u64 = 1_500;
/// What UIKit leaves of the speed after a millisecond.
const DECELERATION_PER_MS: f32 = 0.998;

impl Fling {
    /// Throws the scroll view and tells `update` of every new offset. `from` is
    /// where the finger goes down.
    pub(crate) fn play(
        self,
        stage: &mut Stage,
        from: Point,
        mut update: impl FnMut(&mut Scene, f32),
    ) {
        let start = self.offset(&stage.scene);
        let way = -self.speed * DRAG_MS as f32 * 0.6;
        let (dx, dy) = if self.is_sideways { (way, 0.0) } else { (0.0, way) };
        stage.drag(from, Point::new(from.x + dx, from.y + dy), DRAG_MS);
        let begin_ms = stage.now_ms();
        while stage.now_ms() < begin_ms + FLING_MS {
            let passed_ms = (stage.now_ms() + FRAME_MS - begin_ms) as f32;
            let offset = start + self.way(passed_ms);
            self.move_to(&mut stage.scene, offset.clamp(self.range.0, self.range.1));
            let offset = self.offset(&stage.scene);
            update(&mut stage.scene, offset);
            stage.frame();
        }
        self.fade_indicator(stage);
    }

    /// How far it has moved, in points.
    fn way(self, passed_ms: f32) -> f32 {
        let drag_ms = DRAG_MS as f32;
        let dragged = self.speed * 0.6 * passed_ms.min(drag_ms);
        let thrown_ms = (passed_ms - drag_ms).max(0.0);
        let left = DECELERATION_PER_MS.powf(thrown_ms);
        dragged + self.speed * (1.0 - left) / (1.0 - DECELERATION_PER_MS)
    }

    fn offset(self, scene: &Scene) -> f32 {
        let Point { x, y } = scene[self.scroll].scroll;
        if self.is_sideways { x } else { y }
    }

    /// Offsets are whole pixels, as UIKit's.
    fn move_to(self, scene: &mut Scene, offset: f32) {
        let offset = (offset * 3.0).round() / 3.0;
        let scroll = &mut scene[self.scroll].scroll;
        if self.is_sideways {
            scroll.x = offset;
        } else {
            scroll.y = offset;
        }
        if let Some(indicator) = self.indicator {
            let part = (offset - self.range.0) / (self.range.1 - self.range.0).max(1.0);
            scene[indicator].frame.origin.y = ((offset + 106.0 + part * 480.0) * 3.0).round() / 3.0;
            scene.fade(indicator, 1.0);
        }
    }

    fn fade_indicator(self, stage: &mut Stage) {
        if let Some(indicator) = self.indicator {
            stage.rest(300);
            stage.animate(300, |scene, t| scene.fade(indicator, 1.0 - t));
        }
    }
}
