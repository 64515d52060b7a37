//! Which tasks a phone is given, and what results do to its spool. What each
//! answer means is in `answers.rs`.

mod common;

use common::{Phone, acknowledge, capture, now};
use viewreel_format::Outcome;
use viewreel_model::SegmentId;
use viewreel_recorder::{
    Answer, Conditions, ConfigResult, Network, Pause, Phase, Power, Task, UploadPolicy,
    UploadResult, UploadTask,
};

/// A phone with so many sealed segments.
fn phone_with(segments: u64) -> Phone {
    let mut phone = Phone::new();
    for n in 0..segments {
        capture(&mut phone, n * 1_000, &format!("screen {n}"));
        phone.flush();
    }
    phone
}

const BACKGROUND: Conditions = Conditions {
    network: Network::Unmetered,
    power: Power { is_battery_low: false, is_saving: false },
    phase: Phase::Background,
};

fn next(phone: &mut Phone, ms: u64, conditions: Conditions) -> Task {
    phone.recorder.next_task(now(ms), conditions)
}

fn upload_in(phone: &mut Phone, ms: u64, conditions: Conditions) -> UploadTask {
    match next(phone, ms, conditions) {
        Task::Upload(task) => task,
        task => panic!("{task:?}"),
    }
}

fn upload(phone: &mut Phone, ms: u64) -> UploadTask {
    upload_in(phone, ms, Conditions::default())
}

fn report(phone: &mut Phone, ms: u64, task: &UploadTask, result: &UploadResult) {
    phone.recorder.report(now(ms), &task.id, result);
}

fn answer(segment_id: SegmentId, outcome: Outcome) -> Answer {
    Answer { segment_id, outcome, until_ms: None }
}

fn wait_ms(phone: &mut Phone, ms: u64) -> u64 {
    match next(phone, ms, Conditions::default()) {
        Task::Wait(wait_ms) => wait_ms,
        task => panic!("{task:?}"),
    }
}

fn spooled(phone: &Phone) -> Vec<SegmentId> {
    phone.recorder.spooled().iter().map(|entry| entry.segment_id).collect()
}

#[test]
fn a_task_names_the_files_of_its_segments_in_order() {
    let mut phone = phone_with(3);
    let task = upload(&mut phone, 0);
    assert_eq!(task.segments, spooled(&phone));
    let entries = phone.recorder.spooled();
    assert_eq!(task.bytes, entries.iter().map(|entry| entry.bytes).sum::<u64>());
    let names = task.files.iter().map(|path| path.file_name().unwrap().to_str().unwrap());
    assert_eq!(task.id.split('/').collect::<Vec<_>>(), names.collect::<Vec<_>>());
}

#[test]
fn in_the_background_a_task_is_the_oldest_file() {
    let mut phone = phone_with(3);
    let oldest = phone.recorder.spooled()[0].clone();
    let task = upload_in(&mut phone, 0, BACKGROUND);
    assert_eq!(
        (task.files.as_slice(), task.id.as_str()),
        (&[oldest.path.clone()][..], oldest.name())
    );
}

#[test]
fn a_request_has_512_kilobytes_at_most_unless_one_segment_is_larger() {
    let mut phone = phone_with(3);
    for _ in 0..2 {
        for (at, bytes) in [(0, 200), (1, 400), (2, 900)] {
            let path = &phone.recorder.spooled()[at].path;
            std::fs::OpenOptions::new()
                .write(true)
                .open(path)
                .unwrap()
                .set_len(bytes << 10)
                .unwrap();
        }
        phone = phone.killed_and_started_again();
    }
    let mut sizes = Vec::new();
    while let Task::Upload(task) = common::next_task(&mut phone, 0) {
        sizes.push(task.bytes >> 10);
        acknowledge(&mut phone, 0, &task);
    }
    assert_eq!(sizes, [200, 400, 900]);
}

#[test]
fn what_an_earlier_run_left_is_sent_by_the_next_one() {
    let mut phone = phone_with(3).killed_and_started_again();
    assert_eq!(upload(&mut phone, 0).segments.len(), 3);
}

#[test]
fn a_result_reaches_the_process_after_the_one_that_asked() {
    let mut phone = phone_with(3);
    let task = upload_in(&mut phone, 0, BACKGROUND);
    let mut phone = phone.killed_and_started_again();
    acknowledge(&mut phone, 0, &task);
    let counters = phone.recorder.counters();
    assert_eq!((phone.recorder.spooled().len(), counters.segments_acked), (2, 1));
    assert_eq!(counters.reports_stale, 0);
}

#[test]
fn a_result_that_comes_twice_changes_nothing_and_is_counted() {
    let refused = |status| UploadResult::Refused { status, retry_after_ms: None };
    for result in [UploadResult::Unreachable, refused(503), refused(413), refused(401)] {
        let mut phone = phone_with(4);
        let task = upload(&mut phone, 0);
        report(&mut phone, 0, &task, &result);
        let before = next(&mut phone, 0, Conditions::default());
        let mut twice = phone_with(4);
        let task = upload(&mut twice, 0);
        report(&mut twice, 0, &task, &result);
        report(&mut twice, 0, &task, &result);
        assert_eq!(twice.recorder.counters().reports_stale, 1, "{result:?}");
        match (before, next(&mut twice, 0, Conditions::default())) {
            (Task::Upload(before), Task::Upload(after)) => assert_eq!(before.id, after.id),
            (before, after) => assert_eq!(before, after),
        }
    }
}

#[test]
fn an_ack_that_comes_twice_or_after_the_file_is_gone_is_counted_once() {
    let mut phone = phone_with(1);
    let task = upload(&mut phone, 0);
    acknowledge(&mut phone, 0, &task);
    acknowledge(&mut phone, 0, &task);
    phone.recorder.report(now(0), "no task of anybody", &UploadResult::Unreachable);
    let counters = phone.recorder.counters();
    assert_eq!((counters.segments_acked, counters.reports_stale), (1, 2));
    assert_eq!(common::next_task(&mut phone, 0), Task::Done);
}

#[test]
fn a_refusal_of_an_earlier_process_does_not_keep_this_one_from_sending() {
    let mut phone = phone_with(1);
    let task = upload_in(&mut phone, 0, BACKGROUND);
    for status in [401, 413, 503] {
        phone = phone.killed_and_started_again();
        let refused = UploadResult::Refused { status, retry_after_ms: Some(60_000) };
        report(&mut phone, 0, &task, &refused);
        assert_eq!(phone.recorder.counters().reports_stale, 1);
        assert_eq!(upload_in(&mut phone, 0, BACKGROUND), task, "{status}");
    }
}

#[test]
fn nothing_is_deleted_before_its_own_ack() {
    let mut phone = phone_with(3);
    let task = upload(&mut phone, 0);
    let stranger = answer(SegmentId(12345), Outcome::Stored);
    let answers = vec![answer(task.segments[1], Outcome::Stored), stranger];
    report(&mut phone, 0, &task, &UploadResult::Answered(answers));
    assert_eq!(spooled(&phone), [task.segments[0], task.segments[2]]);
}

#[test]
fn a_server_that_is_away_is_asked_less_and_less_and_loses_nothing() {
    let mut phone = phone_with(3);
    let mut ms = 0;
    let mut waits = Vec::new();
    for _ in 0..12 {
        let task = upload(&mut phone, ms);
        report(&mut phone, ms, &task, &UploadResult::Unreachable);
        waits.push(wait_ms(&mut phone, ms));
        ms += waits.last().unwrap();
    }
    assert_eq!(phone.recorder.spooled().len(), 3);
    assert!(waits[11] > 100 * waits[0] && waits[11] <= 5 * 60 * 1_000, "{waits:?}");
}

#[test]
fn a_request_that_is_too_large_is_halved_down_to_the_segment_that_is_too_large() {
    let mut phone = phone_with(3);
    let too_large = phone.recorder.spooled()[1].segment_id;
    let mut sizes = Vec::new();
    while let Task::Upload(task) = common::next_task(&mut phone, 0) {
        sizes.push(task.segments.len());
        match task.segments.contains(&too_large) {
            true => {
                let refused = UploadResult::Refused { status: 413, retry_after_ms: None };
                report(&mut phone, 0, &task, &refused);
            }
            false => acknowledge(&mut phone, 0, &task),
        }
    }
    assert!(sizes[0] == 3 && sizes.ends_with(&[1]), "{sizes:?}");
    let counters = phone.recorder.counters();
    assert_eq!((counters.segments_refused, counters.segments_acked), (1, 2));
}

/// A phone whose three segments were all answered with «throttled until».
fn throttled(until_ms: Option<i64>) -> Phone {
    let mut phone = phone_with(3);
    let task = upload(&mut phone, 0);
    let throttled =
        |&segment_id: &SegmentId| Answer { segment_id, outcome: Outcome::Throttled, until_ms };
    let answers = task.segments.iter().map(throttled).collect();
    report(&mut phone, 0, &task, &UploadResult::Answered(answers));
    phone
}

#[test]
fn a_throttled_segment_waits_until_its_time_whatever_the_wall_clock_does() {
    let mut phone = throttled(Some(now(40_000).wall_ms));
    let mut later = now(39_999);
    later.wall_ms = i64::MAX;
    assert_eq!(phone.recorder.next_task(later, Conditions::default()), Task::Wait(1));
    assert_eq!(upload(&mut phone, 40_000).segments.len(), 3);
}

#[test]
fn a_server_whose_clock_differs_is_neither_asked_at_once_nor_never() {
    for until_ms in [i64::MIN, 0, now(0).wall_ms - 1] {
        assert!(wait_ms(&mut throttled(Some(until_ms)), 0) >= 1_000, "{until_ms}");
    }
    assert!(wait_ms(&mut throttled(Some(i64::MAX)), 0) <= 24 * 60 * 60 * 1_000);
}

#[test]
fn a_segment_that_is_answered_twice_is_counted_once_and_stands_for_no_other() {
    let mut phone = phone_with(3);
    let task = upload(&mut phone, 0);
    let twice = vec![answer(task.segments[0], Outcome::Stored); 3];
    report(&mut phone, 0, &task, &UploadResult::Answered(twice));
    assert_eq!(phone.recorder.counters().segments_acked, 1);
    wait_ms(&mut phone, 0);
}

#[test]
fn a_segment_whose_file_cannot_be_deleted_is_not_sent_again_and_again() {
    let mut phone = phone_with(3);
    let task = upload(&mut phone, 0);
    std::fs::remove_file(&task.files[0]).unwrap();
    std::fs::create_dir(&task.files[0]).unwrap();
    acknowledge(&mut phone, 0, &task);
    assert_eq!(common::next_task(&mut phone, 0), Task::Done);
}

#[test]
fn a_replay_that_nobody_wants_is_not_recorded_any_more() {
    for outcome in [Outcome::Deleted, Outcome::Expired, Outcome::Stopped] {
        let mut phone = phone_with(3);
        capture(&mut phone, 4_000, "still open");
        let task = upload(&mut phone, 4_000);
        let unwanted = UploadResult::Answered(vec![answer(task.segments[0], outcome)]);
        report(&mut phone, 4_000, &task, &unwanted);
        capture(&mut phone, 5_000, "after");
        phone.flush();
        assert!(phone.recorder.is_stopped() && phone.recorder.spooled().is_empty());
        assert_eq!(std::fs::read_dir(phone.dir.path()).unwrap().count(), 0, "{outcome:?}");
    }
}

#[test]
fn a_refused_segment_does_not_stop_the_recording() {
    let mut phone = phone_with(1);
    let task = upload(&mut phone, 0);
    let invalid = UploadResult::Answered(vec![answer(task.segments[0], Outcome::Invalid)]);
    report(&mut phone, 0, &task, &invalid);
    capture(&mut phone, 5_000, "after");
    phone.flush();
    assert_eq!(phone.recorder.spooled().len(), 1);
}

#[test]
fn a_file_that_is_gone_does_not_hold_up_the_others() {
    let mut phone = phone_with(3);
    let task = upload(&mut phone, 0);
    std::fs::remove_file(&task.files[0]).unwrap();
    let name = task.id.split('/').next().unwrap().to_owned();
    report(&mut phone, 0, &task, &UploadResult::FileLost { name });
    assert_eq!(upload(&mut phone, 0).segments, task.segments[1..]);
    assert_eq!(phone.recorder.counters().segments_failed, 1);
}

/// What stands in the way of a phone with something to send, under this policy.
fn pause(policy: UploadPolicy, network: Network, power: Power) -> Option<Pause> {
    let mut phone = phone_with(1);
    phone.recorder.set_upload_policy(policy);
    let task = next(&mut phone, 0, Conditions { network, power, phase: Phase::Foreground });
    let pause = phone.recorder.pause_reason();
    assert_eq!(matches!(task, Task::Upload(_)), pause.is_none(), "{task:?} {pause:?}");
    assert_eq!(matches!(task, Task::Wait(1..)), pause.is_some(), "{task:?} {pause:?}");
    pause
}

#[test]
fn conditions_and_policy_say_when_there_is_sending() {
    let fine = Power::default();
    let low = Power { is_battery_low: true, ..fine };
    let saving = Power { is_saving: true, ..fine };
    let by_default = UploadPolicy::default();
    let thrifty = UploadPolicy { allows_metered: false, ..by_default };
    let always =
        UploadPolicy { allows_metered: true, allows_low_battery: true, allows_saving: true };
    for (policy, network, power, expected) in [
        (by_default, Network::Unmetered, fine, None),
        (by_default, Network::Metered, fine, None),
        (by_default, Network::None, fine, Some(Pause::NoNetwork)),
        (by_default, Network::Unmetered, low, Some(Pause::LowBattery)),
        (by_default, Network::Metered, saving, Some(Pause::Saving)),
        (thrifty, Network::Unmetered, fine, None),
        (thrifty, Network::Metered, low, Some(Pause::Metered)),
        (always, Network::Metered, low, None),
        (always, Network::Unmetered, saving, None),
        (always, Network::None, fine, Some(Pause::NoNetwork)),
    ] {
        assert_eq!(pause(policy, network, power), expected, "{policy:?} {network:?} {power:?}");
    }
}

#[test]
fn a_phone_with_nothing_to_send_is_done_whatever_its_conditions() {
    let mut phone = Phone::new();
    let conditions = Conditions { network: Network::None, ..Conditions::default() };
    assert_eq!(next(&mut phone, 0, conditions), Task::Done);
    assert_eq!(phone.recorder.pause_reason(), None);
}

#[test]
fn the_config_is_fetched_when_asked_for_and_before_any_segment() {
    let mut phone = phone_with(1);
    phone.recorder.request_config();
    let spare = Conditions {
        network: Network::Metered,
        power: Power { is_battery_low: true, is_saving: true },
        phase: Phase::Background,
    };
    assert_eq!(next(&mut phone, 0, spare), Task::FetchConfig);
    phone.recorder.report_config(now(0), &ConfigResult::Loaded(b"record".into()));
    assert!(matches!(common::next_task(&mut phone, 0), Task::Upload(_)));
}

#[test]
fn a_config_that_is_not_answered_is_asked_for_less_and_less() {
    let mut phone = Phone::new();
    let (mut ms, mut waits) = (0, Vec::new());
    for _ in 0..12 {
        phone.recorder.request_config();
        assert_eq!(common::next_task(&mut phone, ms), Task::FetchConfig);
        phone.recorder.report_config(now(ms), &ConfigResult::Unreachable);
        waits.push(wait_ms(&mut phone, ms));
        ms += waits.last().unwrap();
    }
    assert!(waits[11] > 100 * waits[0] && waits[11] <= 5 * 60 * 1_000, "{waits:?}");
}

#[test]
fn a_config_that_is_not_answered_holds_up_no_segment_nor_the_other_way_round() {
    let mut phone = phone_with(1);
    phone.recorder.request_config();
    assert_eq!(common::next_task(&mut phone, 0), Task::FetchConfig);
    phone.recorder.report_config(now(0), &ConfigResult::Unreachable);
    let task = upload(&mut phone, 0);
    let refused = UploadResult::Refused { status: 503, retry_after_ms: Some(90_000) };
    report(&mut phone, 0, &task, &refused);
    let wait_ms = wait_ms(&mut phone, 0);
    assert!(wait_ms <= 1_000, "the sooner of both: {wait_ms}");
    assert_eq!(common::next_task(&mut phone, wait_ms), Task::FetchConfig);
}

#[test]
fn an_answer_about_the_config_ends_the_asking() {
    for (result, expected) in [
        (ConfigResult::Loaded(Vec::new()), None),
        (ConfigResult::NotFound, None),
        (ConfigResult::Unauthorized, Some(Pause::Unauthorized)),
    ] {
        let mut phone = phone_with(1);
        phone.recorder.request_config();
        assert_eq!(common::next_task(&mut phone, 0), Task::FetchConfig);
        assert_eq!(common::next_task(&mut phone, 0), Task::FetchConfig, "until it is reported");
        phone.recorder.report_config(now(0), &result);
        phone.recorder.report_config(now(0), &result);
        assert_eq!(phone.recorder.counters().reports_stale, 1);
        assert_ne!(common::next_task(&mut phone, 0), Task::FetchConfig);
        assert_eq!(phone.recorder.pause_reason(), expected, "{result:?}");
    }
}

#[test]
fn a_phone_without_a_network_waits_with_its_question() {
    let mut phone = Phone::new();
    phone.recorder.request_config();
    let alone = Conditions { network: Network::None, ..Conditions::default() };
    assert!(matches!(next(&mut phone, 0, alone), Task::Wait(1..)));
    assert_eq!(phone.recorder.pause_reason(), Some(Pause::NoNetwork));
}
