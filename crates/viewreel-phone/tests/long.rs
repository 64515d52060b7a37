//! A session of an hour.

mod common;

use common::screens::watched;
use common::{App, START, at, everybody};
use viewreel_capture::{Input, InputSink};
use viewreel_model::CaptureId;
use viewreel_model::Point;
use viewreel_model::record::{Body, Touch, TouchPhase};
use viewreel_phone::play_shop;
use viewreel_recorder::Counters;

/// In seconds.
const HOUR: u64 = 3_600;

fn tap(app: &mut App, ms: u64) {
    let at_point = Point::new(200.0, 400.0);
    for (phase, ms) in [(TouchPhase::Down, ms), (TouchPhase::Up, ms + 80)] {
        let touch = Touch { pointer: 0, phase, at: at_point, is_masked: false };
        app.input(at(ms), Input::Touch { view: CaptureId(1), touch });
    }
}

#[test]
fn an_hour_plays_back_whole() {
    let mut app = App::start(everybody());
    for second in 0..HOUR {
        app.watch(second..second + 1);
        if second % 60 == 30 {
            tap(&mut app, second * 1_000 + 100);
            app.track(at(second * 1_000 + 200), "Tapped");
        }
    }
    let end = at(HOUR * 1_000);
    assert!(app.seen(end, 0) == watched(0..HOUR));
    assert_eq!(app.story(end, 0).iter().filter(|told| *told == "Tapped").count(), 60);
    let segments = app.segments(end);
    let records = segments.iter().flat_map(|segment| &segment.records);
    let touches = records.filter(|record| matches!(record.body, Body::Touch(_))).count();
    assert_eq!(touches, 120);
    assert!(segments.iter().enumerate().all(|(seq, segment)| segment.header.seq == seq as u32));
    let Counters { records_dropped, segments_failed, segments_trimmed, .. } =
        app.host.worker.counters();
    assert_eq!((records_dropped, segments_failed, segments_trimmed), (0, 0, 0));
}

#[test]
fn a_visit_to_the_shop_has_its_events_and_screens_and_is_one_session() {
    let mut app = App::start(everybody());
    let summary = play_shop(&mut app, START);
    let end = at(summary.duration_ms);
    assert_eq!(app.sessions(end), [0]);
    let kept = app.device.disk.kept();
    let story = app.story(end, 0);
    let told: Vec<&str> =
        story.iter().map(|told| told.strip_prefix("screen ").unwrap_or(told)).collect();
    assert_eq!(told, kept.iter().filter(|name| *name != "session_end").collect::<Vec<_>>());
    assert!(kept.len() > 10, "{kept:?}");
}
