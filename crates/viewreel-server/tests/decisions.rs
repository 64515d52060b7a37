//! A session that was not recorded says why.

mod common;

use common::{Answer, TestServer, agent, answer, words};
use viewreel_format::{DecisionReason, DecisionRecord, ReplayId};
use viewreel_testkit::segments::segment;

fn record(session: &str, reason: DecisionReason) -> DecisionRecord {
    DecisionRecord { replay: ReplayId::new("device", session).expect("a valid id"), reason }
}

fn send(server: &TestServer, body: &[u8]) -> Answer {
    send_as(server, &format!("Bearer {}", server.key), body)
}

fn send_as(server: &TestServer, authorization: &str, body: &[u8]) -> Answer {
    let request = agent().post(server.url("/api/v1/decisions"));
    answer(request.header("Authorization", authorization).send(body))
}

fn tell(server: &TestServer, records: &[DecisionRecord]) {
    let answer = send(server, &DecisionRecord::encode_all(records).expect("records"));
    assert_eq!((answer.status, answer.body.len()), (204, 0));
}

fn replay(server: &TestServer, session: &str) -> Answer {
    server.get(&format!("/api/v1/replays/device/{session}"))
}

/// Of the answer to whoever asks for the replay: reason and message.
fn told(server: &TestServer, session: &str) -> (String, String) {
    let answer = replay(server, session);
    assert_eq!(answer.error(), (404, "not_recorded".into()));
    let json = answer.json();
    let text = |name: &str| json[name].as_str().expect("a text").to_owned();
    (text("reason"), text("message"))
}

#[test]
fn every_reason_is_told_in_words_however_often_it_came() {
    let server = TestServer::start();
    let all = DecisionReason::ALL.iter().map(|reason| record(reason.word(), *reason));
    let all: Vec<DecisionRecord> = all.collect();
    tell(&server, &all);
    tell(&server, &all);
    for reason in DecisionReason::ALL {
        let (word, message) = told(&server, reason.word());
        assert_eq!(word, reason.word());
        assert!(message.starts_with("this session was not recorded: "), "{message}");
    }
    let (_, message) = told(&server, "sampled_out");
    assert_eq!(message, "this session was not recorded: it is not in the sample");
    let unknown = replay(&server, "other");
    assert_eq!(unknown.error(), (404, "replay_not_found".into()));
    assert!(unknown.json().get("reason").is_none());
}

#[test]
fn what_was_recorded_after_all_is_played() {
    let server = TestServer::start();
    tell(&server, &[record("s", DecisionReason::TargetingPending)]);
    assert_eq!(words(&server.upload(&segment("s", 1, 0))), ["stored"]);
    tell(&server, &[record("s", DecisionReason::Disabled)]);
    assert_eq!(replay(&server, "s").status, 200);
    assert_eq!(server.get("/api/v1/replays").json()["replays"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_is_no_record_changes_nothing() {
    let server = TestServer::start();
    let good = DecisionRecord::encode_all(&[record("s", DecisionReason::OptedOut)]).expect("one");
    for bad in [&[], &good[1..], &good[..good.len() - 1]] {
        assert_eq!(send(&server, bad).error(), (400, "bad_decisions".into()));
    }
    let long = vec![0; (32 << 10) + 1];
    assert_eq!(send(&server, &long).error(), (413, "body_too_large".into()));
    assert_eq!(send_as(&server, "Bearer vrw_wrong", &good).error(), (401, "unauthorized".into()));
    assert_eq!(replay(&server, "s").error(), (404, "replay_not_found".into()));
}
