//! The real server process: what it acknowledged survives kill -9.

mod common;

use common::{Server, arg, complaint, get, get_json, printed, testdata};
use std::path::Path;
use tempfile::TempDir;
use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter, format_segment_id};
use viewreel_model::record::{Body, State};
use viewreel_model::{Run, SegmentId, Snapshot, StateId};

fn key(data: &Path) -> String {
    std::fs::read_to_string(data.join("default-write-key")).unwrap().trim().to_owned()
}

fn header(seq: u32) -> SegmentHeader {
    SegmentHeader {
        segment_id: SegmentId(u128::from(seq) + 1),
        run: Run(1),
        seq,
        start_ms: u64::from(seq) * 1_000,
        wall_ms: 1_764_000_000_000 + i64::from(seq) * 1_000,
        replay: ReplayId::new("device", "session").unwrap(),
        ..SegmentHeader::default()
    }
}

fn segment(seq: u32) -> Vec<u8> {
    let header = header(seq);
    let (mut writer, mut bytes) = SegmentWriter::begin(&header);
    writer.push(header.start_ms, &Body::State(State::default())).unwrap();
    let keyframe = Body::Keyframe { state: StateId(0), tree: Snapshot::default() };
    writer.push(header.start_ms, &keyframe).unwrap();
    writer.push(header.start_ms, &Body::Event(format!("event {seq}"))).unwrap();
    bytes.extend(writer.seal());
    bytes
}

/// Uploads one segment and gives its outcome.
fn upload(server: &Server, key: &str, seq: u32) -> String {
    let mut response = ureq::post(format!("{}/api/v1/segments", server.url))
        .header("Authorization", format!("Bearer {key}"))
        .send(&segment(seq))
        .expect("the server answers");
    let json: serde_json::Value = response.body_mut().read_json().unwrap();
    json["outcomes"][0]["outcome"].as_str().unwrap().to_owned()
}

#[test]
fn no_acknowledged_segment_is_lost_when_the_server_is_killed_between_uploads() {
    let data = TempDir::new().unwrap();
    let mut acked = 0;
    for round in 1..=5 {
        let server = Server::serve(data.path());
        let key = key(data.path());
        for seq in 0..acked {
            let path = format!(
                "/api/v1/replays/device/session/segments/{}",
                format_segment_id(header(seq).segment_id)
            );
            assert_eq!(get(&server, &path), segment(seq), "segment {seq} after {round} starts");
        }
        if acked > 0 {
            assert_eq!(upload(&server, &key, acked - 1), "duplicate");
        }
        for _ in 0..round {
            assert_eq!(upload(&server, &key, acked), "stored");
            acked += 1;
        }
        server.kill();
    }
}

#[test]
fn no_acknowledged_segment_is_lost_when_the_server_is_killed_in_the_middle_of_uploads() {
    let data = TempDir::new().unwrap();
    let server = Server::serve(data.path());
    let (key, url) = (key(data.path()), server.url.clone());
    let (say, hear) = std::sync::mpsc::sync_channel(1_000);
    let sender = std::thread::spawn(move || {
        for seq in 0..1_000 {
            let sent = ureq::post(format!("{url}/api/v1/segments"))
                .header("Authorization", format!("Bearer {key}"))
                .send(&segment(seq));
            if sent.is_err() || say.send(seq).is_err() {
                break;
            }
        }
    });
    let first: Vec<u32> = hear.iter().take(10).collect();
    server.kill();
    sender.join().unwrap();
    let acked: Vec<u32> = first.into_iter().chain(hear.try_iter()).collect();
    let server = Server::serve(data.path());
    let manifest = get_json(&server, "/api/v1/replays/device/session");
    let kept = manifest["segments"].as_array().unwrap().len();
    assert!(kept >= acked.len(), "{kept} of {} acknowledged", acked.len());
    for seq in acked {
        let path = format!(
            "/api/v1/replays/device/session/segments/{}",
            format_segment_id(header(seq).segment_id)
        );
        assert_eq!(get(&server, &path), segment(seq));
    }
}

#[test]
fn a_recording_is_sent_to_a_server_and_acknowledged() {
    let data = TempDir::new().unwrap();
    let server = Server::serve(data.path());
    let key = key(data.path());
    let input = testdata("trees/shirates_KeyboardScreen.xml");
    let args =
        ["record", arg(&input), "--from", "xcuitest", "--server", &server.url, "--api-key", &key];
    assert!(printed(&args).contains("has acknowledged 1 segment\n"));
    let replays = get_json(&server, "/api/v1/replays");
    assert_eq!(replays["replays"][0]["device_id"], "viewreel-record");
}

#[test]
fn a_wrong_key_is_refused_with_what_to_do() {
    let data = TempDir::new().unwrap();
    let server = Server::serve(data.path());
    let input = testdata("trees/shirates_KeyboardScreen.xml");
    let args = [
        "record",
        arg(&input),
        "--from",
        "xcuitest",
        "--server",
        &server.url,
        "--api-key",
        "vrw_wrong",
    ];
    let error = complaint(&args, 1);
    assert!(error.contains("401"), "{error}");
    assert_eq!(get_json(&server, "/api/v1/replays")["replays"].as_array().unwrap().len(), 0);
}

#[test]
fn two_servers_on_one_data_directory_are_one_too_many() {
    let data = TempDir::new().unwrap();
    let _server = Server::serve(data.path());
    let error = complaint(&["serve", "--data", arg(data.path()), "--listen", "127.0.0.1:0"], 1);
    assert!(error.contains("another server is using"), "{error}");
}
