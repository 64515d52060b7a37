//! What the answers of a server do to the spool.

mod common;

use common::{Phone, capture, now};
use viewreel_format::Outcome;
use viewreel_model::SegmentId;
use viewreel_recorder::{Answer, Task, UploadResult, UploadTask};

/// A phone with three sealed segments.
fn phone() -> Phone {
    let mut phone = Phone::new();
    for n in 0..3 {
        capture(&mut phone, n * 1_000, &format!("screen {n}"));
        phone.flush();
    }
    phone
}

fn upload(phone: &mut Phone, ms: u64) -> UploadTask {
    match phone.recorder.next_task(now(ms)) {
        Task::Upload(task) => task,
        task => panic!("{task:?}"),
    }
}

fn answer(segment_id: SegmentId, outcome: Outcome) -> Answer {
    Answer { segment_id, outcome, until_ms: None }
}

fn all(task: &UploadTask, outcome: Outcome) -> UploadResult {
    UploadResult::Answered(task.segments.iter().map(|&id| answer(id, outcome)).collect())
}

fn wait_ms(phone: &mut Phone, ms: u64) -> u64 {
    match phone.recorder.next_task(now(ms)) {
        Task::Wait(wait_ms) => wait_ms,
        task => panic!("{task:?}"),
    }
}

/// What is left in the spool after all segments got this outcome.
fn left_after(outcome: Outcome) -> usize {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    phone.recorder.report(now(0), &task, &all(&task, outcome));
    phone.recorder.spooled().len()
}

#[test]
fn only_outcomes_that_settle_a_segment_delete_it() {
    for outcome in Outcome::ALL {
        let waits = matches!(outcome, Outcome::Quota | Outcome::Throttled);
        assert_eq!(left_after(*outcome), if waits { 3 } else { 0 }, "{outcome:?}");
    }
}

#[test]
fn a_task_names_the_files_of_its_segments_in_order() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    let spooled = phone.recorder.spooled();
    assert_eq!(task.segments, spooled.iter().map(|entry| entry.segment_id).collect::<Vec<_>>());
    assert_eq!(task.bytes, spooled.iter().map(|entry| entry.bytes).sum::<u64>());
    assert_eq!(task.files.len(), 3);
}

#[test]
fn nothing_is_deleted_before_its_own_ack() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    let stranger = answer(SegmentId(12345), Outcome::Stored);
    let answers = vec![answer(task.segments[1], Outcome::Stored), stranger];
    phone.recorder.report(now(0), &task, &UploadResult::Answered(answers));
    let left: Vec<SegmentId> =
        phone.recorder.spooled().iter().map(|entry| entry.segment_id).collect();
    assert_eq!(left, [task.segments[0], task.segments[2]]);
}

#[test]
fn a_server_that_is_away_is_asked_less_and_less_and_loses_nothing() {
    let mut phone = phone();
    let mut ms = 0;
    let mut waits = Vec::new();
    for _ in 0..12 {
        let task = upload(&mut phone, ms);
        phone.recorder.report(now(ms), &task, &UploadResult::Unreachable);
        waits.push(wait_ms(&mut phone, ms));
        ms += waits.last().unwrap();
    }
    assert_eq!(phone.recorder.spooled().len(), 3);
    assert!(waits[11] > 100 * waits[0] && waits[11] <= 5 * 60 * 1_000, "{waits:?}");
}

#[test]
fn a_server_that_says_when_is_not_asked_before() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    let result = UploadResult::Refused { status: 503, retry_after_ms: Some(90_000) };
    phone.recorder.report(now(0), &task, &result);
    assert_eq!(wait_ms(&mut phone, 0), 90_000);
}

#[test]
fn a_throttled_segment_waits_until_its_time() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    let until_ms = Some(now(40_000).wall_ms);
    let throttled =
        |&segment_id: &SegmentId| Answer { segment_id, outcome: Outcome::Throttled, until_ms };
    let answers = task.segments.iter().map(throttled).collect();
    phone.recorder.report(now(0), &task, &UploadResult::Answered(answers));
    assert_eq!(wait_ms(&mut phone, 0), 40_000);
    assert_eq!(upload(&mut phone, 40_000).segments, task.segments);
}

#[test]
fn a_request_that_is_too_large_is_halved_down_to_the_segment_that_is_too_large() {
    let mut phone = phone();
    let too_large = UploadResult::Refused { status: 413, retry_after_ms: None };
    let mut sizes = Vec::new();
    while let Task::Upload(task) = phone.recorder.next_task(now(0)) {
        sizes.push(task.segments.len());
        phone.recorder.report(now(0), &task, &too_large);
    }
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes[0] == 3, "{sizes:?}");
    assert_eq!(phone.recorder.counters().segments_refused, 3);
}

#[test]
fn what_an_earlier_run_left_is_sent_by_the_next_one() {
    let mut phone = phone().killed_and_started_again();
    assert_eq!(upload(&mut phone, 0).segments.len(), 3);
}

/// A phone whose three segments were all answered with «throttled until».
fn throttled(until_ms: Option<i64>) -> Phone {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    let throttled =
        |&segment_id: &SegmentId| Answer { segment_id, outcome: Outcome::Throttled, until_ms };
    let answers = task.segments.iter().map(throttled).collect();
    phone.recorder.report(now(0), &task, &UploadResult::Answered(answers));
    phone
}

#[test]
fn a_server_whose_clock_differs_is_neither_asked_at_once_nor_never() {
    for until_ms in [i64::MIN, 0, now(0).wall_ms - 1] {
        assert!(wait_ms(&mut throttled(Some(until_ms)), 0) >= 1_000, "{until_ms}");
    }
    assert!(wait_ms(&mut throttled(Some(i64::MAX)), 0) <= 24 * 60 * 60 * 1_000);
}

#[test]
fn a_server_that_asks_for_a_year_is_asked_again_tomorrow() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    let result = UploadResult::Refused { status: 503, retry_after_ms: Some(u64::MAX) };
    phone.recorder.report(now(0), &task, &result);
    assert!(wait_ms(&mut phone, 0) <= 24 * 60 * 60 * 1_000);
}

#[test]
fn a_segment_that_is_answered_twice_is_counted_once_and_stands_for_no_other() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    let twice = vec![answer(task.segments[0], Outcome::Stored); 3];
    phone.recorder.report(now(0), &task, &UploadResult::Answered(twice));
    assert_eq!(phone.recorder.counters().segments_acked, 1);
    wait_ms(&mut phone, 0);
}

#[test]
fn a_segment_whose_file_cannot_be_deleted_is_not_sent_again_and_again() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    std::fs::remove_file(&task.files[0]).unwrap();
    std::fs::create_dir(&task.files[0]).unwrap();
    phone.recorder.report(now(0), &task, &all(&task, Outcome::Stored));
    assert_eq!(phone.recorder.next_task(now(0)), Task::Idle);
}

#[test]
fn a_replay_that_nobody_wants_is_not_recorded_any_more() {
    for outcome in [Outcome::Deleted, Outcome::Expired, Outcome::Stopped] {
        let mut phone = phone();
        capture(&mut phone, 4_000, "still open");
        let task = upload(&mut phone, 4_000);
        phone.recorder.report(now(4_000), &task, &all(&task, outcome));
        capture(&mut phone, 5_000, "after");
        phone.flush();
        assert!(phone.recorder.is_stopped() && phone.recorder.spooled().is_empty());
        assert_eq!(std::fs::read_dir(phone.dir.path()).unwrap().count(), 0, "{outcome:?}");
    }
}

#[test]
fn a_refused_segment_does_not_stop_the_recording() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    phone.recorder.report(now(0), &task, &all(&task, Outcome::Invalid));
    capture(&mut phone, 5_000, "after");
    phone.flush();
    assert_eq!(phone.recorder.spooled().len(), 1);
}

#[test]
fn a_file_that_is_gone_does_not_hold_up_the_others() {
    let mut phone = phone();
    let task = upload(&mut phone, 0);
    std::fs::remove_file(&task.files[0]).unwrap();
    let lost = UploadResult::FileLost(task.segments[0]);
    phone.recorder.report(now(0), &task, &lost);
    assert_eq!(upload(&mut phone, 0).segments, task.segments[1..]);
    assert_eq!(phone.recorder.counters().segments_failed, 1);
}
