//! The demo: what a newcomer sees first, through the real path.

mod common;

use common::{Server, get, get_json};
use std::collections::BTreeSet;
use std::net::TcpStream;
use std::process::Command;
use viewreel_capture::{CaptureDecoder, Input, InputSink};
use viewreel_format::SealedSegment;
use viewreel_model::record::Body;
use viewreel_model::{BoundPicture, Columns, ImageBinding, RawSnapshot};
use viewreel_seams::Now;

/// What the virtual shopper types and what the shop then shows of it.
const SECRETS: [&str; 4] = ["shopper@", "tulip-harbour", "tulip", "4242 4242"];

/// Every line of text.
fn texts(columns: &Columns) -> impl Iterator<Item = String> {
    columns.lines.iter().map(|line| columns.strings.get(line.text).to_lowercase())
}

/// Collects what the raw captures show.
#[derive(Default)]
struct Raw {
    decoder: CaptureDecoder,
    texts: Vec<String>,
}

impl InputSink for Raw {
    fn input(&mut self, _: Now, input: Input<'_>) {
        if let Input::Capture(buffer) = input {
            let raw = self.decoder.decode(buffer).expect("captures are whole");
            let texts = (0..raw.len()).map(|node| raw.text(node).to_lowercase());
            self.texts.extend(texts);
        }
    }
}

/// Every record of a replay.
fn bodies(server: &Server, path: &str) -> Vec<Body> {
    let manifest = get_json(server, path);
    let segments = manifest["segments"].as_array().unwrap().iter();
    let ids = segments.map(|segment| segment["segment_id"].as_str().unwrap().to_owned());
    let bodies = ids.flat_map(|id| {
        let bytes = get(server, &format!("{path}/segments/{id}"));
        let segment = SealedSegment::parse(&bytes).unwrap();
        segment.records().map(|record| record.unwrap().body).collect::<Vec<_>>()
    });
    bodies.collect()
}

/// Every text in every record of a replay.
fn recorded_texts(server: &Server, path: &str) -> Vec<String> {
    let of_body = |body: Body| -> Vec<String> {
        match body {
            Body::Keyframe { tree, .. } => texts(tree.columns()).collect(),
            Body::Diff(diff) => texts(&diff.rows).collect(),
            _ => Vec::new(),
        }
    };
    bodies(server, path).into_iter().flat_map(of_body).collect()
}

/// The events that passed the app's analytics client while it was recorded.
fn events(server: &Server, path: &str) -> Vec<String> {
    let name = |body| match body {
        Body::Event(name) => Some(name),
        _ => None,
    };
    bodies(server, path).into_iter().filter_map(name).collect()
}

/// The pictures that a replay refers to.
fn picture_ids(server: &Server, path: &str) -> BTreeSet<u64> {
    let known = |body| match body {
        Body::Image(ImageBinding { picture: BoundPicture::Known { id, .. }, .. }) => Some(id.0),
        _ => None,
    };
    bodies(server, path).into_iter().filter_map(known).collect()
}

fn path_of(replays: &serde_json::Value, device: &str) -> String {
    let replays = replays["replays"].as_array().unwrap();
    let replay = replays.iter().find(|replay| replay["device_id"] == device).unwrap();
    format!("/api/v1/replays/{device}/{}", replay["session_id"].as_str().unwrap())
}

#[test]
fn the_demo_has_a_session_and_a_real_trace_and_tells_no_secret() {
    let temporary = tempfile::tempdir().unwrap();
    let mut server =
        Server::start_in(temporary.path(), &["demo", "--no-open", "--listen", "127.0.0.1:0"]);
    let replays = get_json(&server, "/api/v1/replays");
    assert_eq!(replays["replays"].as_array().unwrap().len(), 5, "{replays}");

    let mut raw = Raw::default();
    let _ = viewreel_phone::play_shop(&mut raw, Now::default());
    let at = |level| recorded_texts(&server, &path_of(&replays, &format!("virtual-phone-{level}")));
    let recorded = at("medium");
    let light = path_of(&replays, "virtual-phone-light");
    let pictures = picture_ids(&server, &light);
    assert!(pictures.len() >= 3, "{} photographs", pictures.len());
    for id in pictures {
        let picture = get(&server, &format!("{light}/images/{id:016x}"));
        assert!(picture.starts_with(b"\x89PNG"));
    }
    // Photographs are masked at medium.
    assert!(picture_ids(&server, &path_of(&replays, "virtual-phone-medium")).is_empty());
    for secret in SECRETS {
        assert!(
            raw.texts.iter().any(|text| text.contains(secret)),
            "{secret} is never on the screen"
        );
        assert!(!recorded.iter().any(|text| text.contains(secret)), "{secret} was recorded");
    }
    assert!(recorded.iter().any(|text| text.contains("basket")), "other texts are there");
    assert!(at("light").iter().any(|text| !recorded.contains(text)), "light keeps more");
    let kept: BTreeSet<String> = at("conservative").into_iter().collect();
    assert!(kept.len() <= 10, "conservative keeps what the app says, and no more: {kept:?}");
    let path = path_of(&replays, "virtual-phone-configured");
    assert_eq!(get_json(&server, &path)["mask_level"], "conservative", "as its server says");
    let configured: BTreeSet<String> = recorded_texts(&server, &path).into_iter().collect();
    assert_eq!(configured, kept, "from the first frame on");
    let events = events(&server, &path);
    assert_eq!(events[..2], ["session_start", "Application Opened"]);
    assert!(events.iter().any(|name| name == "Order Completed"), "{events:?}");
    let trace = recorded_texts(&server, &path_of(&replays, "android-trace"));
    assert!(trace.len() > 1_000, "{} texts", trace.len());

    stops_without_a_trace(&mut server, temporary.path());
}

/// Ctrl-C leaves no process, no port and no file.
fn stops_without_a_trace(server: &mut Server, temporary: &std::path::Path) {
    let id = server.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(server.wait(), Some(0));
    let address = server.url.trim_start_matches("http://");
    assert!(TcpStream::connect(address).is_err());
    assert_eq!(std::fs::read_dir(temporary).unwrap().count(), 0);
}
