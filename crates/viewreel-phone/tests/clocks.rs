//! The user sets the clock.

mod common;

use common::screens::watched;
use common::{App, at, everybody};
use viewreel_seams::Now;

/// In milliseconds.
const HOUR: i64 = 3_600_000;

/// That instant, on a wall clock that is so much ahead.
fn ahead(ms: u64, ahead_ms: i64) -> Now {
    let now = at(ms);
    Now { wall_ms: now.wall_ms + ahead_ms, ..now }
}

#[test]
fn a_clock_that_is_set_back_keeps_session_and_order() {
    let mut app = App::start(everybody());
    app.watch(0..3);
    for second in 3..6 {
        let now = ahead(second * 1_000, -HOUR);
        app.track(now, "Tapped");
        app.show(now, &format!("second {second}"));
    }
    let end = ahead(6_000, -HOUR);
    assert_eq!(app.sessions(end), [0]);
    let segments = app.segments(end);
    assert!(segments.is_sorted_by_key(|segment| segment.header.start_ms));
    let texts: Vec<String> = app.seen(end, 0).into_iter().map(|(_, text)| text).collect();
    let expected: Vec<String> = watched(0..6).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, expected);
}

#[test]
fn a_clock_that_was_ahead_at_launch_does_not_lock_the_next_session_out() {
    let wrong = ahead(0, 24 * HOUR);
    let mut app = App::start_on(common::Device::new(), everybody(), wrong);
    app.show(wrong, "wrong day");
    let relaunch = at(10_000);
    let mut app = App::start_on(app.killed(), everybody(), relaunch);
    app.track(relaunch, "Opened");
    app.sign_out(at(12_000));
    app.watch(12..15);
    let end = at(15_000);
    assert_eq!(app.sessions(end), [24 * HOUR, 12_000]);
    assert_eq!(app.seen(end, 12_000), watched(12..15));
}

#[test]
fn a_clock_that_is_set_forward_ends_the_session_as_the_analytics_do() {
    let mut app = App::start(everybody());
    app.watch(0..3);
    app.track(ahead(3_000, HOUR), "Tapped");
    app.show(ahead(4_000, HOUR), "later");
    let end = ahead(5_000, HOUR);
    assert_eq!(app.sessions(end), [0, HOUR + 3_000]);
    assert_eq!(app.seen(end, HOUR + 3_000), [(HOUR / 1_000 + 4, "later".to_owned())]);
}

#[test]
fn a_traveller_stays_in_his_session_and_each_part_has_its_local_time() {
    let mut app = App::start(everybody());
    app.watch(0..3);
    app.host.worker.set_utc_offset(at(3_000), 540);
    app.watch(3..6);
    let end = at(6_000);
    assert_eq!(app.seen(end, 0), watched(0..6));
    let mut offsets: Vec<i16> =
        app.segments(end).iter().map(|segment| segment.header.utc_offset_min).collect();
    offsets.dedup();
    assert_eq!(offsets, [0, 540]);
}
