//! The upload contract: every outcome, every error.

mod common;

use common::{TestServer, agent, answer, words};
use std::io::{Read, Write};
use std::net::TcpStream;
use viewreel_model::Record;
use viewreel_model::StateId;
use viewreel_model::record::{Body, LogLevel};
use viewreel_server::MAX_BODY_BYTES;
use viewreel_testkit::segments::{header, opening, seal, segment, show_window};

fn id(run: u64, seq: u32) -> String {
    format!("{run:016x}{seq:016x}")
}

/// A valid segment with the id of `segment("s", 1, 0)` and other bytes.
fn usurper() -> Vec<u8> {
    seal(&header("s", 1, 0), &opening(0))
}

#[test]
fn every_segment_of_a_body_gets_one_outcome_in_order() {
    let server = TestServer::start();
    let first = server.upload(&segment("s", 1, 0));
    assert_eq!(first.outcomes(), [(id(1, 0), "stored".into())]);
    assert_eq!(first.header("cache-control"), "private, no-store");
    let mut damaged = segment("s", 1, 2);
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    let body = [
        segment("s", 1, 1),
        segment("s", 1, 0),
        usurper(),
        damaged,
        segment("t", 2, 0),
        b"noise".to_vec(),
    ];
    let expected = [
        (id(1, 1), "stored"),
        (id(1, 0), "duplicate"),
        (id(1, 0), "conflict"),
        (id(1, 2), "invalid"),
        (id(2, 0), "stored"),
        (String::new(), "invalid"),
    ]
    .map(|(id, outcome)| (id, outcome.to_owned()));
    let answer = server.upload(&body.concat());
    assert_eq!(answer.outcomes(), expected);
    let json = answer.json();
    for (place, has_message) in [(0, false), (1, false), (2, false), (3, true), (5, true)] {
        assert_eq!(json["outcomes"][place]["message"].is_string(), has_message, "{place}");
        assert!(json["outcomes"][place]["until_ms"].is_null());
    }
}

#[test]
fn an_invalid_segment_is_told_why() {
    let server = TestServer::start();
    let mut newer = segment("s", 1, 0);
    newer[4] = 7;
    let mut wrong_base = opening(0);
    let diff = Body::Diff(show_window(StateId(9)));
    wrong_base.push(viewreel_model::Record { time_ms: 1, body: diff });
    let cases = [
        (newer, "version 7"),
        (segment("s", 1, 0)[..50].to_vec(), "header"),
        (seal(&header("s", 1, 0), &opening(0)[1..]), "not a state"),
        (seal(&header("s", 1, 0), &wrong_base), "state 9"),
    ];
    for (body, expected) in cases {
        let answer = server.upload(&body);
        assert_eq!(words(&answer), ["invalid"]);
        let json = answer.json();
        let message = json["outcomes"][0]["message"].as_str().expect("a message");
        assert!(message.contains(expected), "{message}");
    }
    assert_eq!(server.get("/api/v1/replays").json()["replays"].as_array().map(Vec::len), Some(0));
}

#[test]
fn a_body_with_a_flipped_bit_anywhere_stores_nothing() {
    let server = TestServer::start();
    let whole = segment("s", 1, 0);
    for byte in (0..whole.len()).step_by(5) {
        let mut body = whole.clone();
        body[byte] ^= 1 << (byte % 8);
        assert!(words(&server.upload(&body)).iter().all(|word| word == "invalid"), "byte {byte}");
    }
    assert_eq!(server.get("/api/v1/replays/device/s").status, 404);
}

#[test]
fn without_a_known_key_nothing_is_read_or_stored() {
    let server = TestServer::start();
    let body = segment("s", 1, 0);
    let unknown = format!("Bearer vrw_{}", "0".repeat(64));
    for authorization in [unknown.as_str(), "Bearer x", "Bearer", "", "Basic YTpi", &server.key] {
        let answer = server.upload_as(authorization, &body);
        assert_eq!(answer.error(), (401, "unauthorized".into()), "{authorization:?}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    let answer = answer(agent().post(server.url("/api/v1/segments")).send(body));
    assert_eq!(answer.error(), (401, "unauthorized".into()));
    assert_eq!(server.get("/api/v1/replays/device/s").status, 404);
}

#[test]
fn the_scheme_of_the_key_is_read_in_any_case() {
    let server = TestServer::start();
    let answer = server.upload_as(&format!("bearer {}", server.key), &segment("s", 1, 0));
    assert_eq!(words(&answer), ["stored"]);
}

#[test]
fn an_empty_body_is_an_error() {
    let server = TestServer::start();
    assert_eq!(server.upload(b"").error(), (400, "empty_body".into()));
}

#[test]
fn a_body_may_be_as_long_as_the_limit_and_no_longer() {
    let server = TestServer::start();
    let mut body = segment("s", 1, 0);
    body.resize(MAX_BODY_BYTES, 0);
    assert_eq!(words(&server.upload(&body)), ["stored", "invalid"]);
    body.push(0);
    let refused = server.upload(&body);
    assert_eq!(refused.error(), (413, "body_too_large".into()));
    let endless = agent()
        .post(server.url("/api/v1/segments"))
        .header("Authorization", format!("Bearer {}", server.key))
        .send(ureq::SendBody::from_owned_reader(std::io::Cursor::new(body)));
    assert_eq!(answer(endless).error(), (413, "body_too_large".into()));
}

#[test]
fn a_body_that_says_it_is_huge_is_refused_before_it_is_sent() {
    let server = TestServer::start();
    let mut stream = TcpStream::connect(server.address).expect("a connection");
    let head = format!(
        "POST /api/v1/segments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Length: 99999999999\r\n\r\n",
        server.key
    );
    stream.write_all(head.as_bytes()).expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer and the end");
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("body_too_large"), "{answer}");
}

#[test]
fn a_body_that_ends_early_stores_nothing() {
    let server = TestServer::start();
    let body = segment("s", 1, 0);
    let mut stream = TcpStream::connect(server.address).expect("a connection");
    let head = format!(
        "POST /api/v1/segments HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Length: {}\r\n\r\n",
        server.key,
        body.len() + 1
    );
    stream.write_all(head.as_bytes()).expect("written");
    stream.write_all(&body).expect("written");
    stream.shutdown(std::net::Shutdown::Write).expect("half closed");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("the end");
    assert!(!answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert_eq!(server.get("/api/v1/replays/device/s").status, 404);
}

#[test]
fn fifty_uploads_at_once_store_every_segment_exactly_once() {
    let server = TestServer::start();
    let upload = |n: u32| {
        let body: Vec<u8> = (n..n + 4).flat_map(|seq| segment("s", 1, seq % 20)).collect();
        server.upload(&body).outcomes()
    };
    let outcomes: Vec<(String, String)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..50).map(|n| scope.spawn(move || upload(n))).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    assert_eq!(outcomes.len(), 200);
    assert!(outcomes.iter().all(|(_, word)| word == "stored" || word == "duplicate"));
    let mut stored: Vec<_> = outcomes.iter().filter(|(_, word)| word == "stored").collect();
    stored.sort();
    stored.dedup();
    assert_eq!(stored.len(), 20);
    assert_eq!(outcomes.iter().filter(|(_, word)| word == "stored").count(), 20);
    let manifest = server.get("/api/v1/replays/device/s").json();
    let segments = manifest["segments"].as_array().expect("a list");
    assert_eq!(segments.len(), 20);
    assert!(segments.iter().all(|segment| segment["is_after_gap"] == false));
}

#[test]
fn a_body_of_too_many_segments_stores_nothing() {
    let server = TestServer::start();
    let many: Vec<u8> = (0..=1_000).flat_map(|seq| segment("s", 1, seq)).collect();
    assert_eq!(server.upload(&many).error(), (413, "too_many_segments".into()));
    assert_eq!(server.get("/api/v1/replays/device/s").status, 404);
}

#[test]
fn a_body_that_inflates_to_too_much_is_refused_before_it_is_inflated() {
    let server = TestServer::start();
    let padding = Body::Log { level: LogLevel::Log, message: " ".repeat(8_000) };
    let large = |seq: u32| {
        let mut records = opening(0);
        let start_ms = records[0].time_ms;
        records.extend((0..900).map(|_| Record { time_ms: start_ms, body: padding.clone() }));
        seal(&header("s", 1, seq), &records)
    };
    let body: Vec<u8> = (0..20).flat_map(large).collect();
    assert!(body.len() < MAX_BODY_BYTES, "{} bytes", body.len());
    assert_eq!(server.upload(&body).error(), (413, "too_many_segments".into()));
}
