//! Damaged segments, and what every reader has to find wrong with them.
//!
//! `UPDATE_GOLDEN=1 cargo test -p viewreel-format --test corpus` makes them anew
//! from the golden segments; the web player's tests read the same files.

mod common;

use common::raw::{chunk_of_tracks, close, header_bytes, header_len, inflated};
use common::{header, wrong};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use viewreel_format::{FormatError, SealedSegment, SegmentWriter, Track};
use viewreel_model::columns::Window;
use viewreel_model::node::Geometry;
use viewreel_model::record::{Body, State};
use viewreel_model::{Diff, NodeId, Record, Rect, Row, Snapshot, StateId};
use viewreel_tree::{Differ, Playhead, SeekError};

/// Files made of each golden segment by damaging its stored bytes.
const STORED: usize = 12;
/// Files made of each golden segment by damaging the records of a track.
const INSIDE: usize = 60;
/// Files made of the busy segment by damaging the records of a track.
const BUSY: usize = 140;
/// Golden segments that are damaged.
const SEEDS: [&str; 3] = ["everything", "motion", "login"];

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../testdata/formats/v1"))
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// Changes, inserts, doubles, drops or cuts a few bytes.
fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..1 + dice.below(3) {
        let at = dice.below(bytes.len());
        match dice.below(8) {
            0 => bytes.insert(at, dice.below(256) as u8),
            1 if at < bytes.len() => drop(bytes.remove(at)),
            2 => bytes.truncate(bytes.len() - dice.below(bytes.len().min(20))),
            3 => bytes.splice(at..at, [0xff; 3]).for_each(drop),
            4 if at + 4 < bytes.len() => bytes.copy_within(at..at + 2, at + 2),
            _ if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            _ => {}
        }
    }
}

/// Changes a number a little, which leaves the shape of a record whole.
fn nudge(bytes: &mut [u8], dice: &mut Dice) {
    let at = dice.below(bytes.len());
    bytes[at] ^= 1 << dice.below(4);
}

fn damaged_inside(segment: &[u8], dice: &mut Dice, damage: fn(&mut Vec<u8>, &mut Dice)) -> Vec<u8> {
    let mut tracks = [0, 1, 2].map(|track| inflated(segment, track));
    let written: Vec<usize> = (0..3).filter(|&track| !tracks[track].is_empty()).collect();
    let track = written[dice.below(written.len() + 2) % written.len()];
    damage(&mut tracks[track], dice);
    let open = [&segment[..header_len(segment)], &chunk_of_tracks(&tracks)].concat();
    close(&open, 1)
}

/// The screen of a state: rows that come, go, move and change places under two
/// parents.
fn screen(dice: &mut Dice) -> Snapshot {
    let mut screen = Snapshot::default();
    screen.push_masked(NodeId(1), None, &Row::default());
    screen.columns_mut().windows.push(Window::default());
    let mut rows: Vec<u32> = (4..16).filter(|_| dice.below(4) > 0).collect();
    let turn = dice.below(rows.len());
    rows.rotate_left(turn);
    for (parent, rows) in (2..).zip(rows.chunks(rows.len() / 2 + 1)) {
        let above = screen.push_masked(NodeId(parent), Some(0), &Row::default());
        for (at, &row) in rows.iter().enumerate() {
            let frame = Rect::new(0.0, 44.0 * (at + turn % 2) as f32, 320.0, 44.0);
            let geometry = Geometry::from_frame(frame);
            screen.push_masked(NodeId(row), Some(above), &Row { geometry, ..Row::default() });
        }
    }
    screen
}

/// A segment of many screens, some of them told from a kept one.
fn busy() -> Vec<u8> {
    let mut dice = Dice(7);
    let (mut differ, mut kept) = (Differ::default(), vec![(StateId(0), screen(&mut dice))]);
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    let mut push = |ms: u32, body| writer.push(1_000 + u64::from(ms), &body).unwrap();
    push(0, Body::State(State::default()));
    push(0, Body::Keyframe { state: StateId(0), tree: kept[0].1.clone() });
    for state in 1..24 {
        let next = screen(&mut dice);
        let (base, from) = &kept[kept.len() - 1 - dice.below(2).min(kept.len() - 1)];
        let mut diff = Diff::default();
        differ.diff(*base, from, &next, &mut diff);
        push(state * 10, Body::Diff(Diff { keeps_current: true, ..diff }));
        kept.push((StateId(state), next));
    }
    bytes.extend(writer.seal());
    bytes
}

/// What fuzzing found worth keeping of one kind, by name.
fn found_by_fuzzing(kind: &str) -> Vec<(String, Vec<u8>)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fuzz/corpus");
    let entries = std::fs::read_dir(PathBuf::from(folder).join(kind)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_string_lossy()[..8].to_owned();
    paths
        .map(|path| (format!("fuzz-{kind}-{}", name(&path)), std::fs::read(path).unwrap()))
        .collect()
}

/// A segment of records that fuzzing found; the first byte says of which track
/// they are, or that each has a third.
fn fuzzed_records(bytes: &[u8]) -> Option<Vec<u8>> {
    let (&kind, records) = bytes.split_first()?;
    let third = records.len() / 3;
    let tracks = match usize::from(kind) % 4 {
        3 => [&records[..third], &records[third..2 * third], &records[2 * third..]],
        only => [0, 1, 2].map(|track| if track == only { records } else { &[] }),
    };
    let tracks = tracks.map(<[u8]>::to_vec);
    let is_empty = tracks.iter().all(Vec::is_empty);
    let open = [header_bytes(), chunk_of_tracks(&tracks)].concat();
    (!is_empty).then(|| close(&open, 1))
}

/// Every file of the corpus.
fn corpus() -> BTreeMap<String, Vec<u8>> {
    let busy = busy();
    let mut dice = Dice(99);
    let mut files = BTreeMap::from([("busy".to_owned(), busy.clone())]);
    files.extend(wrong::all().into_iter().map(|(name, bytes)| (format!("made-{name}"), bytes)));
    files.extend(found_by_fuzzing("segment"));
    let records = found_by_fuzzing("records").into_iter();
    files.extend(records.filter_map(|(name, bytes)| Some((name, fuzzed_records(&bytes)?))));
    for at in 0..BUSY {
        files.insert(
            format!("busy-inside-{at:03}"),
            damaged_inside(&busy, &mut dice, |bytes, dice| nudge(bytes, dice)),
        );
    }
    for (seed, name) in (1..).zip(SEEDS) {
        let whole = std::fs::read(folder().join(format!("{name}.vrseg"))).unwrap();
        let mut dice = Dice(seed);
        for at in 0..STORED {
            let mut bytes = whole.clone();
            damage(&mut bytes, &mut dice);
            files.insert(format!("{name}-stored-{at:02}"), bytes);
        }
        for at in 0..INSIDE {
            files.insert(
                format!("{name}-inside-{at:02}"),
                damaged_inside(&whole, &mut dice, damage),
            );
        }
    }
    files
}

fn error(error: &FormatError) -> String {
    let place = error.place();
    let track = place.track.map(|track| format!("\"track\": {track}, ")).unwrap_or_default();
    format!("{{\"class\": \"{}\", {track}\"offset\": {}}}", error.class(), place.offset)
}

/// What a reader has to say of a file, as JSON.
fn outcome(bytes: &[u8]) -> String {
    match SealedSegment::parse(bytes) {
        Err(wrong) => format!("{{\"error\": {}}}", error(&wrong)),
        Ok(segment) => outcome_of_tracks(&segment),
    }
}

fn outcome_of_tracks(segment: &SealedSegment<'_>) -> String {
    let mut is_whole = true;
    let tracks = Track::ALL.map(|track| {
        let records: Vec<_> = segment.track(track).collect();
        let entries = records.iter().filter(|record| record.is_ok()).count();
        match records.iter().find_map(|record| record.as_ref().err()) {
            None => format!("{{\"entries\": {entries}}}"),
            Some(wrong) => {
                is_whole = false;
                format!("{{\"entries\": {entries}, \"error\": {}}}", error(wrong))
            }
        }
    });
    let play = if is_whole { format!(", \"play\": {}", play(segment)) } else { String::new() };
    format!("{{\"tracks\": [{}]{play}}}", tracks.join(", "))
}

fn play(segment: &SealedSegment<'_>) -> String {
    let records: Vec<Record> = segment.records().map(Result::unwrap).collect();
    let is_opening = |at: usize, is_wanted: fn(&Body) -> bool| {
        records.get(at).is_some_and(|record| {
            record.time_ms == segment.header().start_ms && is_wanted(&record.body)
        })
    };
    let opens = is_opening(0, |body| matches!(body, Body::State(_)))
        && is_opening(1, |body| matches!(body, Body::Keyframe { .. }));
    if !opens {
        return "{\"error\": {\"kind\": \"no opening\"}}".to_owned();
    }
    let mut playhead = Playhead::default();
    for record in records {
        let time_ms = record.time_ms;
        let played: Result<(), SeekError<FormatError>> = playhead.play(record);
        if let Err(SeekError::Apply { error, .. }) = played {
            let kind = error.name();
            return format!("{{\"error\": {{\"kind\": \"{kind}\", \"time_ms\": {time_ms}}}}}");
        }
    }
    let tree = playhead.tree().unwrap();
    format!("{{\"nodes\": {}, \"state\": {}}}", tree.len(), tree.state().0)
}

fn outcomes(files: &BTreeMap<String, Vec<u8>>) -> String {
    let mut out = String::from("{\n");
    for (at, (name, bytes)) in files.iter().enumerate() {
        let comma = if at + 1 < files.len() { "," } else { "" };
        writeln!(out, "  \"{name}\": {}{comma}", outcome(bytes)).unwrap();
    }
    out + "}\n"
}

#[test]
fn readers_find_in_damaged_segments_what_they_found_before() {
    let corpus_folder = folder().join("corpus");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let files = corpus();
        drop(std::fs::remove_dir_all(&corpus_folder));
        std::fs::create_dir_all(&corpus_folder).unwrap();
        for (name, bytes) in &files {
            std::fs::write(corpus_folder.join(name), bytes).unwrap();
        }
        std::fs::write(corpus_folder.join("outcomes.json"), outcomes(&files)).unwrap();
    }
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(&corpus_folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if name != "outcomes.json" {
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    let golden = std::fs::read_to_string(corpus_folder.join("outcomes.json")).unwrap();
    assert!(files.len() >= SEEDS.len() * (STORED + INSIDE));
    assert_eq!(outcomes(&files), golden);
    assert_reaches_everything(&golden);
}

/// The corpus has each kind of error, and segments that play in spite of damage.
fn assert_reaches_everything(golden: &str) {
    let classes = ["checksum", "expected", "limit", "version"];
    let places = ["wrong base", "too long", "unknown node", "parent inside node", "too deep"];
    let shapes = ["not a sibling", "short run", "out of range", "window not a root"];
    let rest = ["too many nodes", "too much text", "no opening", "nodes"];
    for word in classes.iter().chain(&places).chain(&shapes).chain(&rest) {
        assert!(golden.contains(&format!("\"{word}\"")), "{word}");
    }
}
