//! The server is told why sessions have no replay.

mod common;

use common::{Phone, capture, next_task, now};
use viewreel_format::limits::MAX_DECISIONS;
use viewreel_format::{DecisionReason, DecisionRecord, ReplayId};
use viewreel_recorder::policy::Effect;
use viewreel_recorder::{
    Conditions, DecisionsResult, Network, Pause, Power, Task, UploadPolicy, UploadResult,
};

fn record(session: usize) -> DecisionRecord {
    let replay = ReplayId::new("phone", &session.to_string()).expect("a valid id");
    DecisionRecord { replay, reason: DecisionReason::SampledOut }
}

/// A phone that did not record these sessions.
fn phone_without(sessions: std::ops::Range<usize>) -> Phone {
    let mut phone = Phone::new();
    sessions.for_each(|session| decide(&mut phone, session));
    phone
}

fn decide(phone: &mut Phone, session: usize) {
    let left = phone.recorder.carry_out(now(0), Effect::Report(record(session)));
    assert_eq!(left, None);
}

/// The sessions that the next task tells of.
fn told(phone: &mut Phone, ms: u64) -> Vec<usize> {
    let Task::SendDecisions(body) = next_task(phone, ms) else { return Vec::new() };
    let records = DecisionRecord::decode_all(&body).expect("records");
    records.into_iter().map(|record| record.replay.session_id.parse().expect("a number")).collect()
}

fn report(phone: &mut Phone, ms: u64, result: DecisionsResult) {
    phone.recorder.report_decisions(now(ms), result);
}

#[test]
fn decisions_go_in_one_request_until_the_server_has_them() {
    let mut phone = phone_without(1..3);
    assert_eq!(told(&mut phone, 0), [1, 2]);
    decide(&mut phone, 3);
    assert_eq!(told(&mut phone, 0), [1, 2], "until it is reported");
    report(&mut phone, 0, DecisionsResult::Taken);
    assert_eq!(told(&mut phone, 0), [3]);
    report(&mut phone, 0, DecisionsResult::Taken);
    assert_eq!(next_task(&mut phone, 0), Task::Done);
    report(&mut phone, 0, DecisionsResult::Taken);
    assert_eq!(phone.recorder.counters().reports_stale, 1);
    assert_eq!(phone.recorder.counters().decisions_dropped, 0);
}

#[test]
fn a_server_that_is_away_is_told_later_and_later() {
    let mut phone = phone_without(1..2);
    let (mut ms, mut waits) = (0, Vec::new());
    for _ in 0..12 {
        assert_eq!(told(&mut phone, ms), [1]);
        report(&mut phone, ms, DecisionsResult::Unreachable);
        let Task::Wait(wait_ms) = next_task(&mut phone, ms) else { panic!("no wait") };
        waits.push(wait_ms);
        ms += wait_ms;
    }
    assert!(waits[11] > 100 * waits[0] && waits[11] <= 5 * 60 * 1_000, "{waits:?}");
}

#[test]
fn no_more_wait_than_one_request_carries() {
    let mut phone = phone_without(0..MAX_DECISIONS);
    assert_eq!(told(&mut phone, 0).len(), MAX_DECISIONS);
    (0..3).for_each(|n| decide(&mut phone, MAX_DECISIONS + n));
    assert_eq!(phone.recorder.counters().decisions_dropped, 3);
    report(&mut phone, 0, DecisionsResult::Taken);
    assert_eq!(told(&mut phone, 0), [64, 65, 66], "those that did not go with it");
}

#[test]
fn what_the_server_does_not_want_is_dropped_and_counted() {
    let mut phone = phone_without(1..3);
    assert_eq!(told(&mut phone, 0), [1, 2]);
    report(&mut phone, 0, DecisionsResult::Refused);
    assert_eq!(next_task(&mut phone, 0), Task::Done);
    assert_eq!(phone.recorder.counters().decisions_dropped, 2);
}

#[test]
fn a_key_that_is_unknown_stops_all_sending() {
    let mut phone = phone_without(1..2);
    assert_eq!(told(&mut phone, 0), [1]);
    report(&mut phone, 0, DecisionsResult::Unauthorized);
    assert_eq!(next_task(&mut phone, 0), Task::Done);
    assert_eq!(phone.recorder.pause_reason(), Some(Pause::Unauthorized));
}

#[test]
fn segments_go_first_and_neither_holds_up_the_other() {
    let mut phone = phone_without(1..2);
    capture(&mut phone, 0, "first");
    phone.flush();
    let Task::Upload(task) = next_task(&mut phone, 0) else { panic!("no segments") };
    let refused = UploadResult::Refused { status: 503, retry_after_ms: None };
    phone.recorder.report(now(0), &task.id, &refused);
    assert_eq!(told(&mut phone, 0), [1]);
    report(&mut phone, 0, DecisionsResult::Unreachable);
    let Task::Wait(wait_ms) = next_task(&mut phone, 0) else { panic!("no wait") };
    assert!(wait_ms <= 1_000, "{wait_ms}");
    assert!(matches!(next_task(&mut phone, 1_000), Task::Upload(_)));
}

#[test]
fn what_keeps_segments_from_being_sent_keeps_decisions() {
    let metered = Conditions { network: Network::Metered, ..Conditions::default() };
    let power = Power { is_battery_low: true, is_saving: false };
    let low = Conditions { power, ..Conditions::default() };
    let alone = Conditions { network: Network::None, ..Conditions::default() };
    let cases = [(metered, Pause::Metered), (low, Pause::LowBattery), (alone, Pause::NoNetwork)];
    let mut phone = phone_without(1..2);
    let spare = UploadPolicy { allows_metered: false, ..UploadPolicy::default() };
    phone.recorder.set_upload_policy(spare);
    for (conditions, pause) in cases {
        assert!(matches!(phone.recorder.next_task(now(0), conditions), Task::Wait(1..)));
        assert_eq!(phone.recorder.pause_reason(), Some(pause));
    }
    assert_eq!(told(&mut phone, 0), [1]);
}

#[test]
fn what_may_not_be_sent_any_more_is_not_told() {
    let mut phone = phone_without(1..3);
    assert_eq!(told(&mut phone, 0), [1, 2]);
    phone.recorder.carry_out(now(0), Effect::DiscardUnsent);
    assert_eq!(next_task(&mut phone, 0), Task::Done);
    decide(&mut phone, 3);
    report(&mut phone, 0, DecisionsResult::Unreachable);
    assert_eq!(told(&mut phone, 10_000), [3]);
}
