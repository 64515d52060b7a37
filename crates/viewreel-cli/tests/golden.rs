//! Golden segments of format version 1: what the Rust side writes, and what
//! every decoder has to read.
//!
//! `UPDATE_GOLDEN=1 cargo test -p viewreel-cli --test golden` writes them anew.

mod common;

use common::{arg, printed, testdata};
use std::path::Path;
use viewreel_capture::{Input, InputSink};
use viewreel_format::{ReplayId, SealedSegment, SegmentHeader, SegmentWriter};
use viewreel_import::{Source, import};
use viewreel_model::record::ReplayMeta;
use viewreel_model::{MaskLevel, Record, Run, SegmentId};
use viewreel_recorder::{Config, PictureKey, Recorder};
use viewreel_seams::{Now, SeededRng};
use viewreel_spool::{Limits, Spool};
use viewreel_testkit::samples;
use viewreel_text::Inter;

const START: Now = Now { mono_ms: 0, wall_ms: 1_764_000_000_000 };

fn replay() -> ReplayId {
    ReplayId::new("golden-device", "1764000000000").unwrap()
}

/// Every kind of record but image with every field of a node, in chunks of two records.
fn everything() -> Vec<u8> {
    sealed(&samples::every_record())
}

/// These records, in chunks of two.
fn sealed(records: &[Record]) -> Vec<u8> {
    let header = SegmentHeader {
        segment_id: SegmentId(0x0011_2233_4455_6677_8899_aabb_ccdd_eeff),
        run: Run(0x0102_0304_0506_0708),
        seq: 7,
        start_ms: 1_000,
        wall_ms: START.wall_ms,
        utc_offset_min: -150,
        replay: replay(),
    };
    let (mut writer, mut bytes) = SegmentWriter::begin(&header);
    for (at, record) in records.iter().enumerate() {
        writer.push(record.time_ms, &record.body).unwrap();
        if at % 2 == 1 {
            bytes.extend(writer.cut());
        }
    }
    bytes.extend(writer.seal());
    bytes
}

/// A recorder of a temporary spool, to which something is played.
fn recorded(play: impl Fn(&mut dyn InputSink)) -> Vec<Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    let (spool, _) = Spool::open(dir.path(), Limits::NONE, START.wall_ms);
    let meta =
        ReplayMeta { app_name: "Shop".into(), sdk: "golden".into(), ..ReplayMeta::default() };
    let config = Config {
        replay: replay(),
        mask_level: MaskLevel::Medium,
        meta,
        utc_offset_min: 60,
        picture_key: PictureKey::default(),
    };
    let mut recorder =
        Recorder::start(config, spool, Box::new(Inter), Box::new(SeededRng::new(1)), START);
    play(&mut recorder);
    recorder.flush(START);
    recorder.spooled().iter().map(|entry| std::fs::read(&entry.path).unwrap()).collect()
}

/// What an importer makes of a file of the test data, and one event after it.
fn imported(name: &str, source: Source) -> Vec<u8> {
    let bytes = std::fs::read(testdata("trees").join(name)).unwrap();
    let segments = recorded(|sink| {
        import(source, &bytes, sink, START).unwrap();
        sink.input(START.plus_ms(20_000), Input::Event("end"));
    });
    segments.into_iter().next().unwrap()
}

/// Segments that every decoder has to refuse, by what is wrong with them.
fn damaged() -> Vec<(&'static str, Vec<u8>)> {
    let good = everything();
    let edited = |at: usize, value: u8| {
        let mut bytes = good.clone();
        bytes[at] = value;
        bytes
    };
    vec![
        ("truncated", good[..good.len() / 2].to_vec()),
        ("flipped-bit", edited(good.len() / 2, good[good.len() / 2] ^ 4)),
        ("unknown-version", edited(4, 9)),
        ("no-segment", edited(0, b'X')),
        ("followed-by-more", [good.as_slice(), b"more"].concat()),
    ]
}

fn is_updating() -> bool {
    std::env::var_os("UPDATE_GOLDEN").is_some()
}

/// Compares bytes with a golden file, or writes it.
fn check(name: &str, bytes: &[u8]) {
    let path = testdata("formats/v1").join(name);
    if is_updating() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
    }
    let golden = std::fs::read(&path).unwrap_or_default();
    assert!(golden == bytes, "{name} is not what this version writes; see the top of this file");
}

/// Checks what `inspect --json` says of a golden segment.
fn check_reading(name: &str) {
    let file = testdata("formats/v1").join(format!("{name}.vrseg"));
    let json: serde_json::Value = serde_json::from_str(&inspect(&file)).unwrap();
    let segment = format!("{:#}\n", json["segments"][0]);
    check(&format!("{name}.expected.json"), segment.as_bytes());
}

/// As [`check_reading`], for a segment of which the format is held, not what
/// importers make of their input: it is written only when asked for.
fn check_imported(name: &str, input: &str, source: Source) {
    if is_updating() {
        check(&format!("{name}.vrseg"), &imported(input, source));
    }
    check_reading(name);
}

fn inspect(file: &Path) -> String {
    printed(&["inspect", arg(file), "--json"])
}

#[test]
fn every_kind_of_record_is_written_and_read_as_before() {
    check("everything.vrseg", &everything());
    check_reading("everything");
}

#[test]
fn what_moves_on_is_written_and_read_as_before() {
    check("motion.vrseg", &sealed(&samples::motion()));
    check_reading("motion");
}

#[test]
fn pictures_are_written_and_read_as_before() {
    check("pictures.vrseg", &sealed(&samples::pictures()));
    check_reading("pictures");
}

#[test]
fn a_real_screen_is_read_as_before() {
    check_imported("keyboard-screen", "shirates_KeyboardScreen.xml", Source::XcuiTest);
}

#[test]
fn trees_of_our_own_are_read_as_before() {
    check_imported("login", "login.vtree.jsonl", Source::Vtree);
    check_imported("chat", "chat.vtree.jsonl", Source::Vtree);
}

#[test]
fn what_is_damaged_is_refused() {
    for (name, bytes) in damaged() {
        check(&format!("damaged-{name}.vrseg"), &bytes);
        assert!(SealedSegment::parse(&bytes).is_err(), "{name}");
    }
}
