//! Scroll views: dragging, deceleration, bouncing and paging.
//!
//! The constants are those that UIKit is widely known to use: a deceleration
//! rate of 0.998 per millisecond and a rubber band with the factor 0.55.

use crate::ui::tree::{Ui, ViewId};
use crate::ui::view::View;
use viewreel_model::{Point, Size};

/// What is left of the speed after each millisecond.
const DECELERATION_PER_MS: f32 = 0.998;
/// How much of a drag beyond the end is followed.
const RUBBER_BAND: f32 = 0.55;
/// Angular frequency of the spring that pulls back to the end, per ms.
const SPRING_PER_MS: f32 = 0.014;
/// Slower than this, in points per ms, is standing still.
const STILL_PT_PER_MS: f32 = 0.02;
/// Nearer than this, in points, is there.
const THERE_PT: f32 = 0.3;
/// How far ahead a released page looks for where it will stop, in ms.
const PAGE_LOOK_AHEAD_MS: f32 = 180.0;

/// Along which axis a scroll view scrolls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Axis {
    Horizontal,
    Vertical,
}

impl Axis {
    /// The axis along which a finger moves more.
    pub(crate) fn of(way: Point) -> Self {
        if way.x.abs() > way.y.abs() { Self::Horizontal } else { Self::Vertical }
    }

    fn along(self, size: Size) -> f32 {
        match self {
            Self::Horizontal => size.width,
            Self::Vertical => size.height,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Still,
    /// A finger holds it; the offset where it was before and what the finger
    /// has moved since, both in points.
    Held {
        from: f32,
        by: f32,
    },
    /// It moves on with this speed, in points per ms.
    Free {
        speed: f32,
    },
    /// A spring pulls it to that offset, with this speed now.
    Pulled {
        to: f32,
        speed: f32,
    },
}

/// The scrolling state of a scroll view.
#[derive(Clone, Debug)]
pub(crate) struct Scroller {
    axis: Axis,
    /// Space that bars cover at the start and the end, in points.
    insets: (f32, f32),
    pages: bool,
    /// Length of the content, set by the app, else that of the first child.
    fixed_content: Option<f32>,
    content: f32,
    window: f32,
    offset: f32,
    state: State,
}

impl Scroller {
    /// A scroll view whose start and end are covered by bars that high.
    pub(crate) fn vertical(top: f32, bottom: f32) -> Self {
        Self::new(Axis::Vertical, (top, bottom), false)
    }

    /// A scroll view from side to side.
    pub(crate) fn horizontal() -> Self {
        Self::new(Axis::Horizontal, (0.0, 0.0), false)
    }

    /// A scroll view that stops at multiples of its width.
    pub(crate) fn paging() -> Self {
        Self::new(Axis::Horizontal, (0.0, 0.0), true)
    }

    fn new(axis: Axis, insets: (f32, f32), pages: bool) -> Self {
        Self {
            axis,
            insets,
            pages,
            fixed_content: None,
            content: 0.0,
            window: 0.0,
            offset: -insets.0,
            state: State::Still,
        }
    }

    pub(crate) fn axis(&self) -> Axis {
        self.axis
    }

    /// The page that shows most, from 0.
    pub(crate) fn page(&self) -> u16 {
        (self.offset / self.window.max(1.0)).round().max(0.0) as u16
    }

    /// How far the start has been pulled in, in points.
    pub(crate) fn pulled(&self) -> f32 {
        (self.least() - self.offset).max(0.0)
    }

    /// Changes the space that is covered at the start, in points.
    pub(crate) fn set_top(&mut self, top: f32) {
        self.insets.0 = top;
    }

    /// Sets the length of the content, in points.
    pub(crate) fn set_content(&mut self, length: f32) {
        self.fixed_content = Some(length);
        self.content = length;
    }

    /// Takes over the sizes of the scroll view and of its content.
    pub(crate) fn fit(&mut self, window: Size, content: Option<Size>) {
        let content = content.map(|size| self.axis.along(size));
        self.window = self.axis.along(window);
        self.content = self.fixed_content.or(content).unwrap_or(0.0);
    }

    /// Scrolls there at once.
    pub(crate) fn jump_to(&mut self, offset: f32) {
        self.offset = offset;
        self.state = State::Still;
    }

    /// A finger takes hold.
    pub(crate) fn hold(&mut self) {
        self.state = State::Held { from: self.offset, by: 0.0 };
    }

    /// The finger moves by that vector, in points.
    pub(crate) fn drag(&mut self, moved: Point) {
        if let State::Held { from, by } = &mut self.state {
            *by -= match self.axis {
                Axis::Horizontal => moved.x,
                Axis::Vertical => moved.y,
            };
            let wanted = *from + *by;
            self.offset = self.banded(wanted);
        }
    }

    /// The finger lets go while it moves with that speed, in points per ms.
    pub(crate) fn release(&mut self, speed: Point) {
        let speed = match self.axis {
            Axis::Horizontal => -speed.x,
            Axis::Vertical => -speed.y,
        };
        self.state = if self.pages {
            State::Pulled { to: self.next_page(speed), speed }
        } else {
            State::Free { speed }
        };
    }

    /// Moves on by `ms`. Returns whether the offset has changed.
    pub(crate) fn step(&mut self, ms: f32) -> bool {
        let before = self.offset;
        match self.state {
            State::Still | State::Held { .. } => {}
            State::Free { speed } => self.glide(speed, ms),
            State::Pulled { to, speed } => self.pull(to, speed, ms),
        }
        before != self.offset
    }

    fn glide(&mut self, speed: f32, ms: f32) {
        let nearest = self.offset.clamp(self.least(), self.most());
        if (nearest - self.offset).abs() > 0.0 {
            self.pull(nearest, speed, ms);
            return;
        }
        self.offset += speed * ms;
        let speed = speed * DECELERATION_PER_MS.powf(ms);
        let is_still = speed.abs() < STILL_PT_PER_MS;
        self.state = if is_still { State::Still } else { State::Free { speed } };
    }

    /// A critically damped spring, stepped semi-implicitly.
    fn pull(&mut self, to: f32, speed: f32, ms: f32) {
        let away = self.offset - to;
        let force = -SPRING_PER_MS * SPRING_PER_MS * away - 2.0 * SPRING_PER_MS * speed;
        let speed = speed + force * ms;
        self.offset += speed * ms;
        let is_there = (self.offset - to).abs() < THERE_PT && speed.abs() < STILL_PT_PER_MS;
        self.state = if is_there { State::Still } else { State::Pulled { to, speed } };
        if is_there {
            self.offset = to;
        }
    }

    fn least(&self) -> f32 {
        -self.insets.0
    }

    fn most(&self) -> f32 {
        (self.content + self.insets.1 - self.window).max(self.least())
    }

    /// Beyond the ends the content follows the finger less and less.
    fn banded(&self, wanted: f32) -> f32 {
        let nearest = wanted.clamp(self.least(), self.most());
        let beyond = (wanted - nearest).abs();
        let window = self.window.max(1.0);
        let followed = (1.0 - 1.0 / (beyond * RUBBER_BAND / window + 1.0)) * window;
        nearest + followed.copysign(wanted - nearest)
    }

    fn next_page(&self, speed: f32) -> f32 {
        let window = self.window.max(1.0);
        let aim = (self.offset + speed * PAGE_LOOK_AHEAD_MS) / window;
        let page = self.offset / window;
        let nearest = aim.round().clamp(page.floor(), page.ceil());
        (nearest * window).clamp(self.least(), self.most())
    }
}

impl View {
    /// The scroll offset: the origin of the bounds, in points.
    pub(crate) fn scroll_offset(&self) -> Point {
        match &self.scroller {
            None => Point::ZERO,
            Some(s) if s.axis == Axis::Horizontal => Point::new(s.offset, 0.0),
            Some(s) => Point::new(0.0, s.offset),
        }
    }
}

impl Ui {
    /// Moves all scroll views on by `ms`. Returns those that have moved.
    pub(crate) fn step_scrollers(&mut self, ms: f32) -> Vec<ViewId> {
        let nodes = self.scrollers.clone();
        nodes.into_iter().filter(|&node| self.scroll(node, |scroller| scroller.step(ms))).collect()
    }

    /// Does something to a scroll view. Returns what `change` returns, or false
    /// where the view does not scroll.
    pub(crate) fn scroll(
        &mut self,
        node: ViewId,
        change: impl FnOnce(&mut Scroller) -> bool,
    ) -> bool {
        let scroller = self.tree.get_node_context_mut(node).and_then(|view| view.scroller.as_mut());
        let has_moved = scroller.is_some_and(change);
        if has_moved {
            self.edit(node, |_| {});
        }
        has_moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Scroller {
        let mut scroller = Scroller::vertical(100.0, 80.0);
        scroller.set_content(3_000.0);
        scroller.fit(Size::new(393.0, 852.0), None);
        scroller
    }

    fn settle(scroller: &mut Scroller) -> usize {
        (0..2_000).take_while(|_| scroller.step(10.0)).count()
    }

    #[test]
    fn a_drag_moves_the_content_with_the_finger() {
        let mut scroller = list();
        scroller.hold();
        scroller.drag(Point::new(0.0, -250.0));
        assert_eq!(scroller.offset, 150.0);
    }

    #[test]
    fn a_flick_runs_out_and_stops() {
        let mut scroller = list();
        scroller.hold();
        scroller.release(Point::new(0.0, -1.5));
        assert!(settle(&mut scroller) > 50);
        assert!(scroller.offset > 400.0 && scroller.offset < 900.0, "{}", scroller.offset);
    }

    #[test]
    fn a_drag_beyond_the_start_is_followed_less_and_springs_back() {
        let mut scroller = list();
        scroller.hold();
        scroller.drag(Point::new(0.0, 200.0));
        assert!(scroller.pulled() > 40.0 && scroller.pulled() < 120.0, "{}", scroller.pulled());
        scroller.release(Point::ZERO);
        settle(&mut scroller);
        assert_eq!(scroller.offset, -100.0);
    }

    #[test]
    fn a_flick_beyond_the_end_comes_back_to_it() {
        let mut scroller = list();
        scroller.jump_to(2_200.0);
        scroller.hold();
        scroller.release(Point::new(0.0, -3.0));
        settle(&mut scroller);
        assert_eq!(scroller.offset, 3_000.0 + 80.0 - 852.0);
    }

    #[test]
    fn pages_stop_at_multiples_of_the_width() {
        let mut scroller = Scroller::paging();
        scroller.fit(Size::new(393.0, 300.0), Some(Size::new(3.0 * 393.0, 300.0)));
        scroller.hold();
        scroller.drag(Point::new(-120.0, 0.0));
        scroller.release(Point::new(-0.8, 0.0));
        settle(&mut scroller);
        assert_eq!((scroller.offset, scroller.page()), (393.0, 1));
    }
}
