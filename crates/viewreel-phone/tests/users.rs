//! Users sign out, refuse, and go where nobody may look.

mod common;

use common::screens::watched;
use common::{App, at, everybody};
use viewreel_capture::{Input, InputSink};
use viewreel_model::CaptureId;
use viewreel_model::record::Touch;
use viewreel_recorder::decision::Consent;
use viewreel_recorder::policy::{Notice, Settings};

#[test]
fn after_signing_out_another_replay_begins_at_once() {
    let mut app = App::start(everybody());
    app.watch(0..3);
    app.sign_out(at(3_000));
    app.watch(3..6);
    let end = at(6_000);
    assert_eq!(app.sessions(end), [0, 3_000]);
    assert_eq!(app.seen(end, 0), watched(0..3));
    assert_eq!(app.seen(end, 3_000), watched(3..6));
}

#[test]
fn whoever_refuses_leaves_no_file_and_stays_out_after_a_relaunch() {
    let mut app = App::start(everybody());
    app.watch(0..70);
    assert!(app.device.segment_files() > 0);
    app.tell(at(70_000), Notice::OptOut(true));
    app.watch(70..72);
    assert_eq!(app.device.segment_files(), 0);
    let mut app = App::start_on(app.killed(), everybody(), at(80_000));
    app.watch(80..90);
    app.track(at(90_000), "Tapped");
    assert!(app.segments(at(90_000)).is_empty());
    assert_eq!(app.device.disk.kept(), ["session_start", "Tapped"]);
    app.tell(at(91_000), Notice::OptOut(false));
    app.watch(91..93);
    assert_eq!(app.seen(at(93_000), 0), watched(91..93));
}

#[test]
fn a_refusal_that_the_process_did_not_survive_is_carried_out_by_the_next_one() {
    let mut app = App::start(everybody());
    app.watch(0..70);
    app.host.front.tell(Notice::OptOut(true));
    let settings = Settings { is_opted_out: true, ..everybody() };
    let mut app = App::start_on(app.killed(), settings, at(80_000));
    assert!(app.segments(at(80_000)).is_empty());
    assert_eq!(app.device.segment_files(), 0);
}

#[test]
fn a_restricted_area_is_a_gap_and_what_came_before_it_is_sent() {
    let mut app = App::start(everybody());
    app.watch(0..3);
    app.tell(at(3_000), Notice::Disabled(true));
    assert!(!app.host.front.status().wants_captures);
    app.watch(3..8);
    app.input(at(7_500), Input::Touch { view: CaptureId(1), touch: Touch::default() });
    app.input(at(7_500), Input::Screen("Secret"));
    app.tell(at(8_000), Notice::Disabled(false));
    app.watch(8..10);
    let end = at(10_000);
    assert_eq!(app.seen(end, 0), [watched(0..3), watched(8..10)].concat());
    assert_eq!(app.story(end, 0), ["session_start", "gap disabled 5000"]);
    assert_eq!(app.device.disk.kept(), ["session_start", "Secret"]);
}

#[test]
fn without_an_answer_nothing_reaches_the_disk_and_a_no_wipes_it() {
    let pending = Settings { consent: Consent::Pending, ..everybody() };
    for (answer, expected) in [(Consent::Granted, watched(0..22)), (Consent::Denied, Vec::new())] {
        let mut app = App::start(pending.clone());
        app.watch(0..20);
        assert_eq!(app.device.segment_files(), 0);
        app.tell(at(20_000), Notice::Consent(answer));
        app.watch(20..22);
        assert_eq!(app.seen(at(22_000), 0), expected, "{answer:?}");
    }
}
