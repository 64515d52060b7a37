//! The app is left, comes back, is killed and launched again.

mod common;

use common::screens::watched;
use common::{App, Device, START, at, everybody};
use viewreel_recorder::decision::{Decision, Reason};

/// In milliseconds.
const SECOND: u64 = 1_000;
/// In milliseconds.
const MINUTE: u64 = 60 * SECOND;

#[test]
fn a_return_within_five_minutes_goes_on_with_the_replay() {
    let mut app = App::start(everybody());
    app.watch(0..3);
    app.leave(at(3 * SECOND));
    let back = at(4 * MINUTE);
    app.come_back(back);
    app.settings_arrive(back.plus_ms(200));
    app.watch(241..244);
    let end = at(244 * SECOND);
    assert_eq!(app.sessions(end), [0]);
    assert_eq!(app.seen(end, 0), [watched(0..3), watched(241..244)].concat());
}

#[test]
fn a_return_after_five_minutes_begins_a_replay() {
    let mut app = App::start(everybody());
    app.watch(0..3);
    app.leave(at(3 * SECOND));
    let back = at(5 * MINUTE + 3 * SECOND);
    app.come_back(back);
    app.settings_arrive(back);
    app.watch(304..307);
    let (end, second) = (at(308 * SECOND), 303_000);
    assert_eq!(app.sessions(end), [0, second]);
    assert_eq!(app.seen(end, 0), watched(0..3));
    assert_eq!(app.seen(end, second), watched(304..307));
    assert_eq!(app.story(end, second), ["session_start"]);
}

#[test]
fn until_settings_come_after_a_return_the_session_before_goes_on() {
    let mut app = App::start(everybody());
    app.watch(0..3);
    app.leave(at(3 * SECOND));
    app.come_back(at(303 * SECOND));
    app.watch(304..306);
    app.settings_arrive(at(306 * SECOND));
    app.watch(306..308);
    let end = at(308 * SECOND);
    assert_eq!(app.seen(end, 0), [watched(0..3), watched(304..306)].concat());
    assert_eq!(app.seen(end, 303_000), watched(306..308));
}

#[test]
fn nobody_who_reads_for_long_loses_what_he_reads() {
    let mut app = App::start(everybody());
    app.watch(0..400);
    app.track(at(400 * SECOND), "Tapped");
    app.watch(401..403);
    let end = at(403 * SECOND);
    assert_eq!(app.seen(end, 0), watched(0..400));
    assert_eq!(app.seen(end, 400_000), watched(401..403));
    assert_eq!(app.device.disk.kept(), ["session_start", "session_end", "session_start", "Tapped"]);
}

#[test]
fn a_process_that_is_killed_goes_on_in_the_next_one_with_a_gap() {
    let mut app = App::start(everybody());
    app.watch(0..39);
    let relaunch = at(40 * SECOND);
    let mut app = App::start_on(app.killed(), everybody(), relaunch);
    app.track(relaunch, "Opened");
    app.watch(41..44);
    let end = at(44 * SECOND);
    assert_eq!(app.sessions(end), [0]);
    let seen = app.seen(end, 0);
    assert_eq!(seen[..37], watched(0..37));
    assert_eq!(seen[seen.len() - 3..], watched(41..44));
    let segments = app.segments(end);
    let mut runs: Vec<_> = segments.iter().map(|segment| segment.header.run).collect();
    runs.dedup();
    assert_eq!(runs.len(), 2);
    let gaps = app.story(end, 0).into_iter().filter(|told| told.starts_with("gap failed"));
    assert_eq!(gaps.count(), 1);
}

#[test]
fn a_process_after_five_minutes_is_another_replay_without_a_gap() {
    let mut app = App::start(everybody());
    app.watch(0..31);
    let relaunch = at(31 * SECOND + 5 * MINUTE);
    let mut app = App::start_on(app.killed(), everybody(), relaunch);
    app.watch(332..335);
    let end = at(335 * SECOND);
    let second = i64::try_from(relaunch.mono_ms - START.mono_ms).expect("it is small");
    assert_eq!(app.sessions(end), [0, second]);
    assert_eq!(app.seen(end, second), watched(332..335));
    assert_eq!(app.story(end, second), ["session_start"]);
}

#[test]
fn an_app_that_dies_twice_at_once_is_recorded_no_more_and_tracks_on() {
    let mut device = Device::new();
    for launch in 0..2 {
        let mut app = App::start_on(device, everybody(), at(launch * 10 * SECOND));
        app.show(at(launch * 10 * SECOND + 1), "first frame");
        device = app.killed();
    }
    let mut app = App::start_on(device, everybody(), at(20 * SECOND));
    let before = app.segments(at(20 * SECOND)).len();
    app.watch(20..30);
    app.track(at(30 * SECOND), "Tapped");
    assert_eq!(app.host.front.status().decision, Decision::Not(Reason::CrashGuard));
    assert_eq!(app.segments(at(30 * SECOND)).len(), before);
    assert_eq!(app.device.disk.kept().last().map(String::as_str), Some("Tapped"));
}
