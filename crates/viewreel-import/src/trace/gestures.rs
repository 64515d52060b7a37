//! What a robot did, as a finger would have done it.

use super::line::Line;
use super::screen::Screen;
use crate::feed::Feed;
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::{Point, Rect};

/// How long a robot's tap, long press and swipe take, in milliseconds.
const TAP_MS: u64 = 200;
const LONG_MS: u64 = 2_000;
const SWIPE_MS: u64 = 500;
/// Longest press that is believed, in milliseconds.
const MAX_PRESS_MS: u64 = 60_000;
/// Samples of a swipe between its first and its last.
const MOVES: u8 = 14;
/// How far a swipe goes from the middle, as a share of what is swiped over.
const REACH: f32 = 0.4;

/// Tells the feed the touches of a gesture. One without a place is left out.
pub(crate) fn play(event: &Line, screen: &Screen, feed: &mut Feed<'_>) {
    let target = event.target.as_ref().map(|target| screen.rect(target.b));
    let given = event.x.zip(event.y).map(|(x, y)| screen.point(x, y));
    let Some(at) = given.or_else(|| target.map(Rect::center)) else { return };
    match event.kind.as_str() {
        "scroll" => {
            let over = target.unwrap_or(Rect { origin: Point::ZERO, size: screen.size() });
            let reach = reach(event.direction.as_deref().unwrap_or("DOWN"), over);
            swipe(
                Point::new(at.x - reach.x, at.y - reach.y),
                Point::new(at.x + reach.x, at.y + reach.y),
                feed,
            );
        }
        "long_touch" => press(at, event.duration.unwrap_or(LONG_MS).min(MAX_PRESS_MS), feed),
        _ => press(at, TAP_MS, feed),
    }
}

/// From the middle to the end of a swipe. To scroll down, the finger goes up.
fn reach(direction: &str, over: Rect) -> Point {
    let (width, height) = (over.size.width * REACH, over.size.height * REACH);
    match direction {
        "UP" => Point::new(0.0, height),
        "LEFT" => Point::new(width, 0.0),
        "RIGHT" => Point::new(-width, 0.0),
        _ => Point::new(0.0, -height),
    }
}

fn sample(phase: TouchPhase, at: Point, feed: &mut Feed<'_>) {
    feed.touch(Touch { pointer: 0, phase, at, is_masked: false });
}

fn press(at: Point, duration_ms: u64, feed: &mut Feed<'_>) {
    let start = feed.at_ms();
    sample(TouchPhase::Down, at, feed);
    feed.advance_to(start.saturating_add(duration_ms));
    sample(TouchPhase::Up, at, feed);
}

fn swipe(from: Point, to: Point, feed: &mut Feed<'_>) {
    let start = feed.at_ms();
    sample(TouchPhase::Down, from, feed);
    for step in 1..=MOVES {
        let share = f32::from(step) / f32::from(MOVES);
        feed.advance_to(start.saturating_add(SWIPE_MS * u64::from(step) / u64::from(MOVES)));
        let at = Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        sample(TouchPhase::Move, at, feed);
    }
    sample(TouchPhase::Up, to, feed);
}
