//! Pictures: sent once, asked for where they are missing, served with their replay.

mod common;

use common::{Answer, TestServer, agent, answer, words};
use serde_json::{Value, json};
use viewreel_format::limits::MAX_IMAGE_BYTES;
use viewreel_model::node::ImageHandle;
use viewreel_model::record::Body;
use viewreel_model::{BoundPicture, ImageBinding, ImageId, LeftOut, Record};
use viewreel_testkit::segments::{header, opening, seal, segment};

/// The head of a PNG of that size; nobody looks further.
fn png(width: u32, height: u32) -> Vec<u8> {
    let start = *b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    [start.as_slice(), &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat()
}

/// A segment of `device/session` that binds pictures with these ids.
fn showing(session: &str, seq: u32, ids: impl IntoIterator<Item = u64>) -> Vec<u8> {
    let header = header(session, 1, seq);
    let mut records = opening(header.start_ms);
    let mut bind = |handle, picture| {
        let binding = ImageBinding { handle: ImageHandle(handle), picture };
        records.push(Record { time_ms: header.start_ms, body: Body::Image(binding) });
    };
    for (handle, id) in (1..).zip(ids) {
        bind(handle, BoundPicture::Known { id: ImageId(id), width_px: 2, height_px: 3 });
    }
    bind(9_999, BoundPicture::LeftOut(LeftOut::TooLarge));
    seal(&header, &records)
}

fn put_as(server: &TestServer, authorization: &str, path: &str, body: &[u8]) -> Answer {
    let request = agent().put(server.url(&format!("/api/v1/images/{path}")));
    answer(request.header("Authorization", authorization).send(body))
}

fn put(server: &TestServer, path: &str, body: &[u8]) -> Answer {
    put_as(server, &format!("Bearer {}", server.key), path, body)
}

/// The outcome of a picture that the request as a whole was fine for.
fn outcome(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()["outcome"].as_str().expect("a word").to_owned()
}

fn missing(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()["missing_images"].clone()
}

#[test]
fn a_picture_is_asked_for_until_it_came_and_then_served_with_its_replay() {
    let server = TestServer::start();
    let (first, picture) = (showing("s", 0, [1, 0xab, 0xab]), png(2, 3));
    let (one, other) = (format!("{:016x}", 1), format!("{:016x}", 0xab));
    assert_eq!(missing(&server.upload(&first)), json!([one, other]));
    let path = format!("/api/v1/replays/device/s/images/{other}");
    assert_eq!(server.get(&path).error(), (404, "image_not_found".into()));
    let stored = put(&server, &format!("device/{other}"), &picture);
    assert_eq!(stored.json(), json!({"outcome": "stored"}));
    assert_eq!(missing(&server.upload(&first)), json!([one]), "a duplicate asks again");

    let served = server.get(&path);
    assert_eq!((served.status, &served.body), (200, &picture));
    let expected = [
        ("content-type", "image/png"),
        ("content-disposition", "attachment"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, no-store"),
    ];
    for (name, value) in expected {
        assert_eq!(served.header(name), value);
    }
}

#[test]
fn a_picture_outlives_the_process_that_took_it() {
    let server = TestServer::start();
    let path = format!("device/{:016x}", 7);
    assert_eq!(outcome(&put(&server, &path, &png(2, 3))), "stored");
    let server = TestServer::start_in(server.stop());
    assert_eq!(outcome(&put(&server, &path, &png(2, 3))), "duplicate");
    assert_eq!(missing(&server.upload(&showing("s", 0, [7]))), json!([]));
    let read = format!("/api/v1/replays/device/s/images/{:016x}", 7);
    assert_eq!(server.get(&read).body, png(2, 3));
}

#[test]
fn a_picture_is_served_to_no_replay_that_does_not_refer_to_it() {
    let server = TestServer::start();
    put(&server, &format!("device/{:016x}", 7), &png(2, 3));
    put(&server, &format!("other/{:016x}", 8), &png(2, 3));
    server.upload(&showing("s", 0, [8]));
    server.upload(&segment("t", 1, 0));
    let read = |replay: &str, id: u64| {
        server.get(&format!("/api/v1/replays/{replay}/images/{id:016x}")).error()
    };
    for (replay, id) in [("device/s", 7), ("device/s", 8), ("device/t", 7)] {
        assert_eq!(read(replay, id), (404, "image_not_found".into()), "{replay} {id}");
    }
    assert_eq!(read("device/u", 7), (404, "replay_not_found".into()));
    assert_eq!(read("device/a%20b", 7), (400, "bad_id".into()));
    let odd = server.get("/api/v1/replays/device/s/images/7").error();
    assert_eq!(odd, (404, "image_not_found".into()));
}

#[test]
fn other_bytes_under_the_same_id_are_a_conflict_and_change_nothing() {
    let server = TestServer::start();
    let path = format!("device/{:016x}", 7);
    let put_png = |width| outcome(&put(&server, &path, &png(width, 3)));
    assert_eq!([put_png(2), put_png(9), put_png(2)], ["stored", "conflict", "duplicate"]);
    server.upload(&showing("s", 0, [7]));
    let read = format!("/api/v1/replays/device/s/images/{:016x}", 7);
    assert_eq!(server.get(&read).body, png(2, 3));
}

#[test]
fn what_is_no_picture_is_invalid_and_told_why() {
    let server = TestServer::start();
    let path = format!("device/{:016x}", 7);
    let cases = [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(), "PNG"),
        (png(0, 3), "size"),
        (png(70_000, 1), "pixels"),
        (png(5_000, 5_000), "pixels"),
    ];
    for (body, expected) in cases {
        let answer = put(&server, &path, &body);
        assert_eq!(outcome(&answer), "invalid");
        let json = answer.json();
        let message = json["message"].as_str().expect("a message");
        assert!(message.contains(expected), "{message}");
    }
    assert_eq!(missing(&server.upload(&showing("s", 0, [7]))).as_array().map(Vec::len), Some(1));
}

#[test]
fn errors_of_the_whole_request_are_those_of_segments() {
    let server = TestServer::start();
    let path = format!("device/{:016x}", 7);
    let unknown = put_as(&server, "Bearer vrw_0", &path, &png(2, 3));
    assert_eq!(unknown.error(), (401, "unauthorized".into()));
    assert_eq!(put(&server, &path, b"").error(), (400, "empty_body".into()));
    let mut long = png(2, 3);
    long.resize(MAX_IMAGE_BYTES + 1, 0);
    assert_eq!(put(&server, &path, &long).error(), (413, "body_too_large".into()));
    long.pop();
    assert_eq!(outcome(&put(&server, &path, &long)), "stored");
    for id in ["7", "000000000000000G", "000000000000000A", "00000000000000007"] {
        let odd = put(&server, &format!("device/{id}"), &png(2, 3));
        assert_eq!(odd.error(), (400, "bad_image_id".into()), "{id}");
    }
    let nobody = put(&server, &format!("a%20b/{:016x}", 7), &png(2, 3));
    assert_eq!(nobody.error(), (400, "bad_id".into()));
    let read = server.get(&format!("/api/v1/images/{path}"));
    assert_eq!(read.error(), (405, "method_not_allowed".into()));
}

#[test]
fn a_device_whose_quota_is_used_up_is_told_when_to_come_again() {
    let server = TestServer::start();
    let mut large = png(2, 3);
    large.resize(MAX_IMAGE_BYTES, 0);
    let send = |id: u64| put(&server, &format!("device/{id:016x}"), &large);
    let stored = (0..128).filter(|&id| outcome(&send(id)) == "stored").count();
    assert_eq!(stored, 128, "64 MiB");
    let refused = send(128);
    assert_eq!(outcome(&refused), "quota");
    assert!(refused.json()["until_ms"].as_i64() > Some(1_764_000_000_000));
    assert_eq!(outcome(&put(&server, &format!("other/{:016x}", 1), &large)), "stored");
}

#[test]
fn an_answer_tells_of_256_missing_pictures_and_a_request_binds_16384() {
    let server = TestServer::start();
    let answer = server.upload(&showing("s", 0, 0..300));
    let missing = missing(&answer);
    assert_eq!(missing.as_array().map(Vec::len), Some(256));
    assert_eq!(missing[255], json!(format!("{:016x}", 255)));
    let many = |segments: u32| -> Vec<u8> {
        (1..=segments).flat_map(|seq| showing("t", seq, 0..4_095)).collect()
    };
    assert_eq!(server.upload(&many(5)).error(), (413, "too_many_segments".into()));
    let fits = server.upload(&many(4));
    assert_eq!(fits.json()["outcomes"].as_array().map(Vec::len), Some(4));
}

#[test]
fn a_replay_without_pictures_misses_none() {
    let server = TestServer::start();
    assert_eq!(words(&server.upload(&segment("s", 1, 0))), ["stored"]);
}

#[test]
fn pictures_at_once_store_each_exactly_once() {
    let server = TestServer::start();
    let send = |id: u64| outcome(&put(&server, &format!("device/{id:016x}"), &png(2, 3)));
    let outcomes: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..24).map(|n| scope.spawn(move || send(n % 6))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect()
    });
    let of = |word: &str| outcomes.iter().filter(|outcome| *outcome == word).count();
    assert_eq!((of("stored"), of("duplicate")), (6, 18));
}

#[test]
fn a_picture_that_changed_on_disk_is_an_error_and_no_other_picture() {
    let server = TestServer::start();
    put(&server, &format!("device/{:016x}", 7), &png(2, 3));
    server.upload(&showing("s", 0, [7]));
    let mut path = server.data.path().join("objects/images");
    while path.is_dir() {
        path =
            std::fs::read_dir(&path).expect("a listing").next().expect("one").expect("it").path();
    }
    std::fs::write(&path, png(9, 3)).expect("written");
    let read = server.get(&format!("/api/v1/replays/device/s/images/{:016x}", 7));
    assert_eq!(read.error(), (500, "image_damaged".into()));
}

#[test]
fn a_phone_that_names_another_host_may_send_pictures_and_read_none() {
    let server = TestServer::start();
    let path = format!("/api/v1/images/device/{:016x}", 7);
    let request = agent().put(server.url(&path)).header("Host", "replay.example.com");
    let request = request.header("Authorization", format!("Bearer {}", server.key));
    assert_eq!(outcome(&answer(request.send(png(2, 3)))), "stored");
    let read = format!("/api/v1/replays/device/s/images/{:016x}", 7);
    let refused = server.get_with(&read, "Host", "replay.example.com");
    assert_eq!(refused.error(), (403, "host_not_allowed".into()));
}
