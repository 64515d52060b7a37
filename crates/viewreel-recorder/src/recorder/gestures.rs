//! What fingers do, as it may be known: thinned, and watched for anger.

use std::collections::VecDeque;
use viewreel_model::Point;
use viewreel_model::record::{Touch, TouchPhase};

/// A finger that moved less than this from where it was recorded last is still
/// there, in points.
const STILL_PT: f32 = 1.0;

/// Most fingers whose places are remembered; further ones are not thinned.
const MAX_FINGERS: usize = 16;

/// A rage tap is so many taps …
const RAGE_TAPS: usize = 4;

/// … within so many milliseconds …
const RAGE_MS: u64 = 2_000;

/// … so near to each other, in points.
const RAGE_PT: f32 = 24.0;

/// Watches masked touches.
#[derive(Clone, Debug, Default)]
pub(super) struct Gestures {
    /// Where the fingers that are down were recorded last.
    fingers: Vec<(u32, Point)>,
    /// When and where fingers went down last.
    taps: VecDeque<(u64, Point)>,
}

impl Gestures {
    /// Whether a touch says something that is not known. At any time a finger is no
    /// more than a point from where it was recorded last.
    pub(super) fn is_news(&mut self, touch: Touch) -> bool {
        let known = self.fingers.iter_mut().find(|(pointer, _)| *pointer == touch.pointer);
        match (touch.phase, known) {
            (TouchPhase::Move, Some((_, at))) if distance(*at, touch.at) < STILL_PT => false,
            (TouchPhase::Move, Some((_, at))) => {
                *at = touch.at;
                true
            }
            _ => {
                self.forget(touch.pointer);
                self.remember(touch);
                true
            }
        }
    }

    fn forget(&mut self, pointer: u32) {
        self.fingers.retain(|(known, _)| *known != pointer);
    }

    fn remember(&mut self, touch: Touch) {
        let is_down = matches!(touch.phase, TouchPhase::Down | TouchPhase::Move);
        if is_down && self.fingers.len() < MAX_FINGERS {
            self.fingers.push((touch.pointer, touch.at));
        }
    }

    /// Whether this touch makes taps a rage tap. The next one needs as many again.
    pub(super) fn is_rage_tap(&mut self, time_ms: u64, touch: Touch) -> bool {
        if touch.phase != TouchPhase::Down {
            return false;
        }
        let is_old = |(ms, at): &(u64, Point)| {
            time_ms.saturating_sub(*ms) > RAGE_MS || distance(*at, touch.at) > RAGE_PT
        };
        self.taps.retain(|tap| !is_old(tap));
        self.taps.push_back((time_ms, touch.at));
        let is_rage = self.taps.len() >= RAGE_TAPS;
        if is_rage {
            self.taps.clear();
        }
        is_rage
    }
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touch(phase: TouchPhase, x: f32) -> Touch {
        Touch { phase, at: Point::new(x, 0.0), ..Touch::default() }
    }

    #[test]
    fn a_finger_that_hardly_moves_is_no_news_however_long_it_creeps() {
        let mut gestures = Gestures::default();
        assert!(gestures.is_news(touch(TouchPhase::Down, 0.0)));
        let news = |x: i32| gestures.is_news(touch(TouchPhase::Move, x as f32 * 0.4));
        assert_eq!(
            (1..=7).map(news).collect::<Vec<_>>(),
            [false, false, true, false, false, true, false]
        );
        assert!(gestures.is_news(touch(TouchPhase::Up, 2.8)));
    }

    #[test]
    fn another_finger_is_judged_by_its_own_place() {
        let mut gestures = Gestures::default();
        gestures.is_news(touch(TouchPhase::Down, 0.0));
        let other = Touch { pointer: 1, ..touch(TouchPhase::Down, 0.5) };
        assert!(gestures.is_news(other));
        assert!(!gestures.is_news(Touch { phase: TouchPhase::Move, ..other }));
        assert!(gestures.is_news(Touch { pointer: 2, ..touch(TouchPhase::Move, 0.0) }));
    }

    fn rages(taps: &[(u64, f32)]) -> usize {
        let mut gestures = Gestures::default();
        let is_rage =
            |&&(ms, x): &&(u64, f32)| gestures.is_rage_tap(ms, touch(TouchPhase::Down, x));
        taps.iter().filter(is_rage).count()
    }

    #[test]
    fn four_taps_at_one_place_within_two_seconds_are_a_rage_tap() {
        assert_eq!(rages(&[(0, 0.0), (500, 3.0), (1_000, 0.0), (2_000, 9.0)]), 1);
        assert_eq!(rages(&[(0, 0.0), (500, 3.0), (1_000, 0.0), (2_001, 9.0)]), 0);
        assert_eq!(rages(&[(0, 0.0), (100, 30.0), (200, 0.0), (300, 30.0)]), 0);
        assert_eq!(rages(&(0..8).map(|tap| (tap * 100, 0.0)).collect::<Vec<_>>()), 2);
    }
}
