//! The phone: time, fingers and what the recorder hears of them.

use crate::action::Tap;
use crate::app::App;
use crate::keys::{Layer, Press};
use crate::look::viewport;
use crate::shop::Shop;
use crate::stage::{Signal, Stage};
use crate::ui::ViewId;
use viewreel_capture::{CaptureBuffer, Input, InputSink};
use viewreel_model::node::control;
use viewreel_model::record::{Lifecycle, Touch, TouchPhase};
use viewreel_model::viewport::Viewport;
use viewreel_model::{CaptureId, Kind, Point};
use viewreel_seams::{Now, Rng, SeededRng};

/// Everything moves in steps of this many milliseconds.
const STEP_MS: u64 = 10;
/// While something changes there is a capture this often, in milliseconds.
const CAPTURE_MS: u64 = 100;
/// A moving finger is sampled this often, in milliseconds.
const SAMPLE_MS: u64 = 20;
/// A finger's speed is taken from its way in this time, in milliseconds.
const SPEED_MS: u64 = 60;

/// What a played session amounted to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SessionSummary {
    /// Captures given to the sink.
    pub captures: u64,
    /// Touch samples given to the sink.
    pub touches: u64,
    /// From the first input to the last moment, in milliseconds.
    pub duration_ms: u64,
    /// Views in the largest capture.
    pub max_nodes: usize,
}

/// A phone that runs an app.
pub(crate) struct Phone<'s, A = Shop> {
    sink: &'s mut dyn InputSink,
    start: Now,
    now_ms: u64,
    is_awake: bool,
    stage: Stage,
    app: A,
    buffer: CaptureBuffer,
    summary: SessionSummary,
    rng: SeededRng,
    /// The view that the finger is on.
    touched: CaptureId,
}

impl Phone<'_> {
    /// Touches the list's row with that number.
    pub(crate) fn tap_row(&mut self, row: usize) {
        let cell = self.app.cell(row).expect("the row is in sight");
        self.tap_at(cell, Point::new(0.5, 0.5));
    }
}

impl<'s, A: App> Phone<'s, A> {
    /// Launches an app.
    pub(crate) fn new(
        sink: &'s mut dyn InputSink,
        start: Now,
        seed: u64,
        launch: impl FnOnce(&mut Stage) -> A,
    ) -> Self {
        let mut stage = Stage::new();
        let app = launch(&mut stage);
        let mut phone = Self {
            sink,
            start,
            now_ms: 0,
            is_awake: true,
            stage,
            app,
            buffer: CaptureBuffer::new(),
            summary: SessionSummary::default(),
            rng: SeededRng::new(seed),
            touched: CaptureId::default(),
        };
        phone.tell(Input::Viewport(viewport()));
        phone.tell(Input::Lifecycle(Lifecycle::Active));
        phone.tell_signals();
        phone.capture();
        phone
    }

    /// Ends the session.
    pub(crate) fn finish(mut self) -> SessionSummary {
        self.capture();
        self.tell(Input::Lifecycle(Lifecycle::Terminating));
        SessionSummary { duration_ms: self.now_ms, ..self.summary }
    }

    /// Lets time pass; a multiple of 10 ms.
    pub(crate) fn wait(&mut self, ms: u64) {
        let end_ms = self.now_ms + ms;
        while self.now_ms < end_ms {
            self.step();
        }
    }

    /// Touches the view with that identifier.
    pub(crate) fn tap(&mut self, identifier: &str) {
        let view = self.view(identifier);
        self.tap_at(view, Point::new(0.5, 0.5));
    }

    /// Touches a view at a fraction of its width.
    pub(crate) fn tap_part(&mut self, identifier: &str, fraction: f32) {
        let view = self.view(identifier);
        self.tap_at(view, Point::new(fraction, 0.5));
    }

    /// Types into the field that has the keyboard's attention.
    pub(crate) fn type_text(&mut self, text: &str) {
        for letter in text.chars() {
            self.find_layer(Press::Type(letter));
            self.press_key(Press::Type(letter));
        }
    }

    /// Closes the keyboard with its own key.
    pub(crate) fn done(&mut self) {
        self.press_key(Press::Done);
    }

    /// Moves a finger from one point of the screen to another, at an even speed
    /// that it still has when it lets go.
    pub(crate) fn flick(&mut self, from: Point, to: Point, ms: u64) {
        self.drag(from, to, ms, |t| t);
    }

    /// Moves a finger from one point to another and holds it before letting go.
    pub(crate) fn carry(&mut self, from: Point, to: Point, ms: u64) {
        self.drag(from, to, ms, |t| (t * 1.25).min(1.0));
    }

    /// Moves the slider with that identifier between two fractions of its width.
    pub(crate) fn slide(&mut self, identifier: &str, (from, to): (f32, f32), ms: u64) {
        let frame = self.stage.ui.screen_frame(self.view(identifier));
        let y = frame.center().y;
        let at = |fraction: f32| Point::new(frame.origin.x + fraction * frame.size.width, y);
        self.carry(at(from), at(to), ms);
    }

    /// Puts the app into the background for a while.
    pub(crate) fn leave(&mut self, ms: u64) {
        self.tell(Input::Lifecycle(Lifecycle::Inactive));
        self.wait(300);
        self.tell(Input::Lifecycle(Lifecycle::Background));
        self.is_awake = false;
        self.wait(ms);
        self.is_awake = true;
        self.tell(Input::Lifecycle(Lifecycle::Inactive));
        self.wait(200);
        self.tell(Input::Lifecycle(Lifecycle::Active));
        self.capture();
    }

    /// Gives the screen another size, or text another size or direction.
    pub(crate) fn reshape(&mut self, viewport: &Viewport) {
        self.stage.ui.set_screen(viewport.size);
        self.app.reshaped(&mut self.stage, viewport);
        self.tell(Input::Viewport(viewport.clone()));
        self.capture();
    }

    /// The view with that identifier.
    ///
    /// # Panics
    /// Where no view has it: the script and the app have parted.
    fn view(&self, identifier: &str) -> ViewId {
        let found = self.stage.ui.find(identifier);
        found.unwrap_or_else(|| panic!("no view is named {identifier}"))
    }

    fn tap_at(&mut self, view: ViewId, part: Point) {
        self.stage.ui.lay_out();
        let frame = self.stage.ui.screen_frame(view);
        let (dx, dy) = (self.jitter() * 0.12, self.jitter() * 0.16);
        let x = frame.origin.x + (part.x + dx) * frame.size.width;
        let y = frame.origin.y + (part.y + dy) * frame.size.height;
        let hold_ms = self.pick(70, 110);
        self.touch(Point::new(x, y), hold_ms);
    }

    fn touch(&mut self, at: Point, hold_ms: u64) {
        let target = self.target(at);
        self.tell_touch(TouchPhase::Down, at);
        self.highlight(target, true);
        self.wait(hold_ms);
        self.tell_touch(TouchPhase::Up, at);
        self.highlight(target, false);
        if let Some(view) = target {
            self.act(view, at);
        }
        self.tell_signals();
    }

    /// The view that reacts to a touch there.
    fn target(&mut self, at: Point) -> Option<ViewId> {
        self.stage.ui.lay_out();
        let hit = self.stage.ui.hit(at)?;
        self.stage.ui.nearest(hit, |view| view.action.is_some())
    }

    fn highlight(&mut self, target: Option<ViewId>, is_on: bool) {
        if let Some(view) = target {
            self.stage.ui.edit(view, |view| view.set_flag(control::HIGHLIGHTED, is_on));
        }
    }

    fn act(&mut self, view: ViewId, at: Point) {
        let Some(action) = self.stage.ui.get(view).and_then(|view| view.action) else { return };
        let frame = self.stage.ui.screen_frame(view);
        let at = Point::new(at.x - frame.origin.x, at.y - frame.origin.y);
        self.app.tapped(&mut self.stage, action, &Tap { view, at, size: frame.size });
    }

    /// Changes the keyboard's layer where this one has no such key.
    fn find_layer(&mut self, press: Press) {
        let layers = [Layer::Letters, Layer::Signs].map(Press::Switch);
        if self.app.key(press).is_none()
            && let Some(switch) = layers.into_iter().find(|&key| self.app.key(key).is_some())
        {
            self.press_key(switch);
        }
    }

    fn press_key(&mut self, press: Press) {
        let key = self.app.key(press);
        let key = key.unwrap_or_else(|| panic!("no key does {press:?}"));
        self.tap_at(key, Point::new(0.5, 0.5));
        let pause_ms = self.pick(50, 130);
        self.wait(pause_ms);
    }

    fn drag(&mut self, from: Point, to: Point, ms: u64, ease: impl Fn(f32) -> f32) {
        self.stage.ui.lay_out();
        let held = self.stage.ui.hit(from);
        let slider = held.filter(|&view| self.stage.ui.view(view).kind == Kind::Slider);
        let scroll = held.and_then(|view| self.scroll_view(view, from, to));
        let at = |t: f32| between(from, to, ease(t));
        self.tell_touch(TouchPhase::Down, from);
        self.with_scroller(scroll, crate::ui::Scroller::hold);
        for passed_ms in (SAMPLE_MS..=ms).step_by(SAMPLE_MS as usize) {
            self.wait(SAMPLE_MS);
            let (now, before) = (at(part(passed_ms, ms)), at(part(passed_ms - SAMPLE_MS, ms)));
            self.tell_touch(TouchPhase::Move, now);
            self.with_scroller(scroll, |scroller| scroller.drag(minus(now, before)));
            slider.into_iter().for_each(|view| self.act(view, now));
            self.app.scrolled(&mut self.stage);
        }
        self.tell_touch(TouchPhase::Up, to);
        let way = minus(to, at(part(ms.saturating_sub(SPEED_MS), ms)));
        let speed = Point::new(way.x / SPEED_MS as f32, way.y / SPEED_MS as f32);
        self.app.released(&mut self.stage);
        self.with_scroller(scroll, |scroller| scroller.release(speed));
        self.tell_signals();
    }

    /// The scroll view that follows a finger from `from` to `to`.
    fn scroll_view(&self, view: ViewId, from: Point, to: Point) -> Option<ViewId> {
        let axis = crate::ui::Axis::of(minus(to, from));
        let is_it =
            |view: &crate::ui::View| view.scroller.as_ref().is_some_and(|s| s.axis() == axis);
        self.stage.ui.nearest(view, is_it)
    }

    fn with_scroller(&mut self, view: Option<ViewId>, act: impl FnOnce(&mut crate::ui::Scroller)) {
        if let Some(view) = view {
            self.stage.ui.scroll(view, |scroller| {
                act(scroller);
                true
            });
        }
    }

    fn step(&mut self) {
        self.now_ms += STEP_MS;
        let due = self.stage.step(self.now_ms);
        for action in due {
            self.app.perform(&mut self.stage, action);
        }
        self.stage.ui.lay_out();
        if !self.stage.ui.step_scrollers(STEP_MS as f32).is_empty() {
            self.app.scrolled(&mut self.stage);
        }
        self.tell_signals();
        if self.is_awake && self.now_ms.is_multiple_of(CAPTURE_MS) && self.stage.ui.take_changed() {
            self.capture();
        }
    }

    fn capture(&mut self) {
        self.stage.ui.lay_out();
        self.stage.ui.take_changed();
        let nodes = self.stage.ui.capture(&mut self.buffer);
        self.summary.captures += 1;
        self.summary.max_nodes = self.summary.max_nodes.max(nodes);
        self.sink.input(self.start.plus_ms(self.now_ms), Input::Capture(&self.buffer));
    }

    fn tell(&mut self, input: Input<'_>) {
        self.sink.input(self.start.plus_ms(self.now_ms), input);
    }

    fn tell_touch(&mut self, phase: TouchPhase, at: Point) {
        self.summary.touches += 1;
        if phase == TouchPhase::Down {
            let hit = self.stage.ui.hit(at);
            self.touched = hit.map(|view| self.stage.ui.view(view).id).unwrap_or_default();
        }
        let touch = Touch { pointer: 0, phase, at, is_masked: false };
        self.tell(Input::Touch { view: self.touched, touch });
    }

    fn tell_signals(&mut self) {
        for signal in self.stage.take_signals() {
            self.tell(match signal {
                Signal::Screen(name) => Input::Screen(name),
                Signal::Event(name) => Input::Event(name),
                Signal::Log(level, message) => Input::Log { level, message },
                Signal::Keyboard(keyboard) => Input::Keyboard(keyboard),
            });
        }
    }

    /// Between -1 and 1.
    fn jitter(&mut self) -> f32 {
        (self.rng.next_u64() % 2001) as f32 / 1000.0 - 1.0
    }

    /// A multiple of 10 between the two, in milliseconds.
    fn pick(&mut self, least_ms: u64, most_ms: u64) -> u64 {
        least_ms + self.rng.next_u64() % ((most_ms - least_ms) / STEP_MS + 1) * STEP_MS
    }
}

fn part(passed_ms: u64, ms: u64) -> f32 {
    passed_ms as f32 / ms.max(1) as f32
}

fn between(from: Point, to: Point, t: f32) -> Point {
    Point::new(from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t)
}

fn minus(a: Point, b: Point) -> Point {
    Point::new(a.x - b.x, a.y - b.y)
}
