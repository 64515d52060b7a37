//! Settings of the analytics client come late, and ids with them.

mod common;

use common::screens::watched;
use common::{App, Device, START, at, everybody};
use viewreel_recorder::policy::Settings;
use viewreel_recorder::sampling::SampleRate;

fn nobody() -> Settings {
    Settings { sample_rate: SampleRate::new(0.0), ..everybody() }
}

/// One in a hundred, of whom the session of the first process is none.
fn few() -> Settings {
    Settings { sample_rate: SampleRate::new(0.01), ..everybody() }
}

/// An app whose settings arrive after 20 seconds, in each of which something is
/// shown.
fn waits(settings: Settings) -> App {
    let mut app = Device::new().launch(settings, START);
    app.track(START, "Opened");
    app.watch(0..20);
    assert_eq!(app.device.segment_files(), 0);
    assert!(app.device.disk.kept().is_empty());
    app.settings_arrive(at(20_000));
    app.watch(20..25);
    app
}

#[test]
fn what_was_shown_before_the_ids_is_the_beginning_of_the_replay() {
    let mut app = waits(everybody());
    assert_eq!(app.sessions(at(25_000)), [0]);
    assert_eq!(app.seen(at(25_000), 0), watched(0..25));
    assert_eq!(app.device.disk.kept(), ["session_start", "Opened"]);
}

#[test]
fn of_a_session_that_is_not_in_the_sample_nothing_ever_reaches_the_disk() {
    for settings in [few(), nobody()] {
        let mut app = waits(settings);
        assert!(app.segments(at(25_000)).is_empty());
        assert_eq!(app.device.segment_files(), 0);
        assert_eq!(app.device.disk.kept(), ["session_start", "Opened"]);
    }
}

#[test]
fn ids_that_come_too_late_find_the_last_minute() {
    let mut app = Device::new().launch(everybody(), START);
    app.watch(0..180);
    app.settings_arrive(at(180_000));
    app.watch(180..182);
    let seen = app.seen(at(182_000), 0);
    assert!((120..=130).contains(&seen[0].0), "{seen:?}");
    assert_eq!(seen[seen.len() - 50..], watched(132..182));
}

#[test]
fn an_app_that_is_killed_while_it_waits_leaves_nothing() {
    let mut app = Device::new().launch(everybody(), START);
    app.watch(0..20);
    let mut app = App::start_on(app.killed(), everybody(), at(30_000));
    app.watch(30..32);
    assert_eq!(app.sessions(at(32_000)), [30_000]);
    assert_eq!(app.seen(at(32_000), 30_000), watched(30..32));
}
