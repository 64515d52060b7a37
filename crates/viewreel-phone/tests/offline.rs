//! No network for an hour.

mod common;

use common::replays::Segment;
use common::screens::watched;
use common::{App, at, everybody};
use viewreel_format::Outcome;
use viewreel_phone::analytics::Answer;
use viewreel_recorder::{Answer as Said, Conditions, Network, Task, UploadResult};

/// In seconds.
const HOUR: u64 = 3_600;

/// An app that is used for an hour: each second another screen, each ten seconds an
/// event, and another try to send.
fn used_offline() -> App {
    let mut app = App::start(everybody());
    for second in 0..HOUR {
        let now = at(second * 1_000);
        app.watch(second..second + 1);
        if second % 10 > 0 {
            continue;
        }
        app.track(now, &format!("event {second}"));
        app.host.analytics.tick(now, &mut |_| Answer::Unreachable);
        let offline = Conditions { network: Network::None, ..Conditions::default() };
        assert!(!matches!(app.host.worker.next_task(now, offline), Task::Upload(_)));
    }
    app
}

/// Sends everything that waits.
fn uploaded(app: &mut App) -> Vec<Segment> {
    let now = at(HOUR * 1_000);
    app.host.worker.flush(now);
    let mut uploaded = Vec::new();
    while let Task::Upload(task) = app.host.worker.next_task(now, Conditions::default()) {
        let files = task.files.iter().map(|path| std::fs::read(path).expect("the file is there"));
        uploaded.extend(files.map(|bytes| Segment::parse(&bytes)));
        let answer = |&segment_id| Said { segment_id, outcome: Outcome::Stored, until_ms: None };
        let result = UploadResult::Answered(task.segments.iter().map(answer).collect());
        app.host.worker.report(now, &task.id, &result);
    }
    uploaded
}

#[test]
fn an_hour_offline_is_uploaded_whole_and_in_order() {
    let mut app = used_offline();
    let seen = app.seen(at(HOUR * 1_000), 0);
    assert!(seen == watched(0..HOUR));
    let seqs: Vec<u32> = uploaded(&mut app).iter().map(|segment| segment.header.seq).collect();
    assert_eq!(seqs, (0..seqs.len() as u32).collect::<Vec<_>>());
    assert!(seqs.len() >= 60 && app.host.worker.recorder().spooled().is_empty());
    let counters = app.host.worker.counters();
    assert_eq!((counters.records_dropped, counters.segments_trimmed), (0, 0));
}

#[test]
fn no_event_is_lost_late_or_out_of_order_for_the_recorder_s_sake() {
    let app = used_offline();
    let expected: Vec<String> = (0..HOUR).step_by(10).map(|s| format!("event {s}")).collect();
    let kept = app.device.disk.kept();
    assert_eq!((kept[0].as_str(), &kept[1..]), ("session_start", expected.as_slice()));
    let mut sent = Vec::new();
    app.host.analytics.flush();
    app.host.analytics.tick(at(HOUR * 1_000), &mut |batch| {
        sent.extend(batch.events.iter().map(|event| (event.name.clone(), event.timestamp_ms)));
        Answer::Status(200)
    });
    assert!(sent.iter().map(|(name, _)| name).eq(&kept) && app.device.disk.kept().is_empty());
    assert!(sent.is_sorted_by_key(|(_, timestamp_ms)| *timestamp_ms));
}
