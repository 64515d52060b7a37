//! What was uploaded can be found and read.

mod common;

use common::{TestServer, agent, answer, words};
use serde_json::json;
use viewreel_testkit::segments::{ANCHOR_MS, header, segment, segment_of};

#[test]
fn a_replay_is_listed_described_and_served_as_it_was_sent() {
    let server = TestServer::start();
    let (first, second) = (segment("s", 1, 0), segment("s", 1, 2));
    assert_eq!(words(&server.upload(&[first.clone(), second.clone()].concat())), ["stored"; 2]);

    let meta = json!({
        "user_id": "user-1", "app_name": "Shop", "app_version": "1.0", "os_name": "iOS",
        "os_version": "18.0", "device_model": "iPhone16,1", "locale": "en-GB"
    });
    let mut expected = json!({
        "device_id": "device", "session_id": "s", "started_at_ms": ANCHOR_MS,
        "duration_ms": 2_900, "segments": 2, "bytes": first.len() + second.len()
    });
    let list = server.get("/api/v1/replays");
    assert_eq!(list.header("cache-control"), "private, no-store");
    let mut listed = list.json()["replays"][0].clone();
    let received = listed.as_object_mut().expect("an object").remove("received_at_ms");
    assert!(received.is_some_and(|at| at.as_i64() > Some(ANCHOR_MS)));
    for (name, value) in meta.as_object().expect("an object") {
        expected[name] = value.clone();
    }
    assert_eq!(listed, expected);
    assert!(list.json()["next_cursor"].is_null());

    let mut full_meta = meta;
    full_meta["sdk"] = json!("viewreel 0.0.0");
    let one = |seq: u32, start: u64, bytes: usize, is_after_gap: bool| {
        json!({
            "segment_id": format!("{:016x}{seq:016x}", 1), "run": format!("{:016x}", 1),
            "seq": seq, "start_ms": start, "end_ms": start + 900, "record_start_ms": start,
            "bytes": bytes, "is_after_gap": is_after_gap
        })
    };
    let manifest = server.get("/api/v1/replays/device/s");
    let expected = json!({
        "device_id": "device", "session_id": "s", "started_at_ms": ANCHOR_MS,
        "duration_ms": 2_900, "mask_level": "medium", "meta": full_meta,
        "viewport": {"width": 393.0, "height": 852.0},
        "segments": [one(0, 0, first.len(), false), one(2, 2_000, second.len(), true)]
    });
    assert_eq!(manifest.json(), expected);

    let path = format!("/api/v1/replays/device/s/segments/{:016x}{:016x}", 1, 2);
    let bytes = server.get(&path);
    assert_eq!(bytes.status, 200);
    assert_eq!(bytes.body, second);
    assert_eq!(bytes.header("content-type"), "application/octet-stream");
    assert_eq!(bytes.header("cache-control"), "private, no-store");
}

#[test]
fn ids_with_every_allowed_character_are_found_by_their_percent_encoding() {
    let server = TestServer::start();
    let mut odd = header("s", 1, 0);
    odd.replay.device_id = "Az09_-.|@:=".into();
    odd.replay.session_id = ":|=@".into();
    server.upload(&segment_of(&odd));
    let manifest = server.get("/api/v1/replays/Az09_-.%7C%40%3A%3D/%3A%7C%3D%40");
    assert_eq!(manifest.status, 200);
    assert_eq!(manifest.json()["session_id"], ":|=@");
}

#[test]
fn the_list_runs_page_by_page_from_the_newest_to_the_oldest() {
    let server = TestServer::start();
    for number in 0..5 {
        server.upload(&segment(&format!("s{number}"), 1, number));
    }
    let mut sessions = Vec::new();
    let mut path = String::from("/api/v1/replays?limit=2");
    for page_length in [2, 2, 1] {
        let page = server.get(&path).json();
        let replays = page["replays"].as_array().expect("a list");
        assert_eq!(replays.len(), page_length);
        sessions.extend(replays.iter().map(|replay| replay["session_id"].clone()));
        let cursor = page["next_cursor"].as_str().unwrap_or_default();
        path = format!("/api/v1/replays?limit=2&cursor={cursor}");
    }
    assert_eq!(sessions, ["s4", "s3", "s2", "s1", "s0"]);
    assert!(path.ends_with("cursor="), "the last page has no cursor");
}

#[test]
fn what_is_not_there_or_not_possible_is_told_apart() {
    let server = TestServer::start();
    server.upload(&segment("s", 1, 0));
    let long = "x".repeat(129);
    let segment = "/api/v1/replays/device/s/segments";
    let cases = [
        ("/api/v1/replays/device/other".to_owned(), 404, "replay_not_found"),
        ("/api/v1/replays/other/s".into(), 404, "replay_not_found"),
        ("/api/v1/replays/device/a%20b".into(), 400, "bad_id"),
        ("/api/v1/replays/device/%FF".into(), 400, "bad_id"),
        ("/api/v1/replays/device/%2e%2e%2fs".into(), 400, "bad_id"),
        (format!("/api/v1/replays/device/{long}"), 400, "bad_id"),
        (format!("{segment}/{:032x}", 5), 404, "segment_not_found"),
        (format!("{segment}/x"), 404, "segment_not_found"),
        (format!("/api/v1/replays/device/%FF/segments/{:032x}", 5), 400, "bad_id"),
        ("/api/v1/replays?limit=0".into(), 400, "bad_limit"),
        ("/api/v1/replays?limit=201".into(), 400, "bad_limit"),
        ("/api/v1/replays?limit=many".into(), 400, "bad_limit"),
        ("/api/v1/replays?cursor=1".into(), 400, "bad_cursor"),
        ("/api/v1/replays?limit=1&limit=2".into(), 400, "bad_query"),
        ("/api".into(), 404, "not_found"),
        ("/api/v1".into(), 404, "not_found"),
        ("/api/v1/nothing".into(), 404, "not_found"),
        ("/api/v2/replays".into(), 404, "not_found"),
    ];
    for (path, status, code) in cases {
        assert_eq!(server.get(&path).error(), (status, code.to_owned()), "{path}");
    }
}

#[test]
fn a_wrong_method_is_told_which_ones_there_are() {
    let server = TestServer::start();
    let get = server.get("/api/v1/segments");
    assert_eq!(get.error(), (405, "method_not_allowed".into()));
    assert_eq!(get.header("allow"), "POST");
    let delete = answer(agent().delete(server.url("/api/v1/replays/device/s")).call());
    assert_eq!(delete.error(), (405, "method_not_allowed".into()));
    let post = answer(agent().post(server.url("/")).send_empty());
    assert_eq!(post.error(), (405, "method_not_allowed".into()));
}

#[test]
fn every_answer_carries_the_security_headers() {
    let server = TestServer::start();
    for path in ["/", "/nothing", "/r/device/s", "/healthz", "/api/v1/replays", "/api/v1/none"] {
        let answer = server.get(path);
        assert!(answer.header("content-security-policy").starts_with("default-src 'self'"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    }
}

#[test]
fn the_first_page_and_the_page_of_a_replay_are_html() {
    let server = TestServer::start();
    for path in ["/", "/r/device/s"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
    }
    assert_eq!(server.get("/assets/nothing.js").status, 404);
}

#[test]
fn health_is_ok_while_the_index_answers() {
    let server = TestServer::start();
    let health = server.get("/healthz");
    assert_eq!((health.status, health.json()), (200, json!({"status": "ok"})));
}

#[test]
fn a_page_of_another_host_can_not_read_through_a_visitors_browser() {
    let server = TestServer::start();
    server.upload(&segment("s", 1, 0));
    let refused = server.get_with("/api/v1/replays", "Host", "evil.example:7180");
    assert_eq!(refused.error(), (403, "host_not_allowed".into()));
    assert_eq!(server.get_with("/api/v1/replays", "Host", "localhost:1").status, 200);
    let upload = agent()
        .post(server.url("/api/v1/segments"))
        .header("Host", "replay.example.com")
        .header("Authorization", format!("Bearer {}", server.key));
    assert_eq!(words(&answer(upload.send(segment("s", 1, 1)))), ["stored"]);
}
