//! A spool keeps what it was given, whatever happens to the process.

use std::path::Path;
use tempfile::TempDir;
use viewreel_format::{ReplayId, SealedSegment, SegmentHeader, SegmentWriter};
use viewreel_model::record::Body;
use viewreel_model::{Run, SegmentId};
use viewreel_spool::{Cutoff, Limits, OpenReport, Spool, SpoolError};

const NOW: i64 = 1_764_000_000_000;

fn header(session: &str, seq: u32) -> SegmentHeader {
    SegmentHeader {
        segment_id: SegmentId(u128::from(seq) + 1),
        run: Run(7),
        seq,
        wall_ms: NOW + i64::from(seq),
        replay: ReplayId::new("device", session).unwrap(),
        ..SegmentHeader::default()
    }
}

fn open(dir: &Path, limits: Limits, now: i64) -> (Spool, OpenReport) {
    Spool::open(dir, limits, now)
}

/// Writes a segment of three chunks and seals it.
fn spool_segment(spool: &mut Spool, session: &str, seq: u32) -> u32 {
    let (mut writer, bytes) = SegmentWriter::begin(&header(session, seq));
    spool.begin(&header(session, seq), &bytes).unwrap();
    for n in 0..3 {
        writer.push(n, &Body::Event(format!("event {n}"))).unwrap();
        spool.append(writer.cut()).unwrap();
    }
    spool.seal(&writer.seal(), 0).unwrap()
}

/// Spools segments 0 to `count` of one replay.
fn spool_segments(spool: &mut Spool, count: u32) {
    for seq in 0..count {
        spool_segment(spool, "s", seq);
    }
}

fn seqs(spool: &Spool) -> Vec<u128> {
    spool.entries().iter().map(|entry| entry.segment_id.0 - 1).collect()
}

#[test]
fn a_sealed_file_is_a_segment_and_survives_a_restart() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segment(&mut spool, "s", 0);
    spool_segment(&mut spool, "s", 1);
    drop(spool);
    let (spool, report) = open(dir.path(), Limits::default(), NOW);
    assert_eq!(report, OpenReport::default());
    assert_eq!(seqs(&spool), [0, 1]);
    for entry in spool.entries() {
        let bytes = std::fs::read(&entry.path).unwrap();
        assert_eq!(bytes.len() as u64, entry.bytes);
        assert_eq!(SealedSegment::parse(&bytes).unwrap().records().count(), 3);
    }
}

#[test]
fn a_file_left_open_at_any_byte_is_closed_at_the_next_start() {
    let (mut writer, mut bytes) = SegmentWriter::begin(&header("s", 0));
    let header_len = bytes.len();
    let mut chunk_ends = Vec::new();
    for n in 0..3 {
        writer.push(n, &Body::Event(format!("event {n}"))).unwrap();
        bytes.extend(writer.cut());
        chunk_ends.push(bytes.len());
    }
    bytes.extend(writer.seal());
    for end in 0..bytes.len() {
        let dir = TempDir::new().unwrap();
        std::fs::write(dir.path().join("0-0-0-0.open"), &bytes[..end]).unwrap();
        let (spool, report) = open(dir.path(), Limits::default(), NOW);
        let whole = chunk_ends.iter().filter(|&&chunk_end| chunk_end <= end).count();
        let expected = OpenReport {
            closed: u32::from(whole > 0),
            damaged: u32::from(end < header_len),
            empty: u32::from(whole == 0 && end >= header_len),
            ..OpenReport::default()
        };
        assert_eq!(report, expected, "cut at {end}");
        for entry in spool.entries() {
            let bytes = std::fs::read(&entry.path).unwrap();
            assert_eq!(SealedSegment::parse(&bytes).unwrap().records().count(), whole);
        }
    }
}

#[test]
fn a_process_killed_between_cutting_and_closing_changes_nothing() {
    let dir = TempDir::new().unwrap();
    let (mut writer, mut bytes) = SegmentWriter::begin(&header("s", 0));
    writer.push(0, &Body::Event("event".into())).unwrap();
    bytes.extend(writer.cut());
    let sealed = [bytes.as_slice(), &writer.seal()].concat();
    std::fs::write(dir.path().join("0-0-0-0.open"), &sealed[..sealed.len() - 3]).unwrap();
    let (spool, _) = open(dir.path(), Limits::default(), NOW);
    assert_eq!(std::fs::read(&spool.entries()[0].path).unwrap(), sealed);
}

#[test]
fn the_least_recently_recorded_replay_is_trimmed_as_a_whole() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    for (seq, session) in ["long", "short", "short", "long"].iter().enumerate() {
        spool_segment(&mut spool, session, seq as u32);
    }
    let three = spool.entries()[..3].iter().map(|entry| entry.bytes).sum();
    drop(spool);
    let limits = Limits { max_bytes: three, ..Limits::default() };
    let (spool, report) = open(dir.path(), limits, NOW);
    assert_eq!((seqs(&spool), report.trimmed), (vec![0, 3], 2));
}

#[test]
fn the_replay_that_is_recorded_is_trimmed_last_wherever_its_clock_puts_it() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits { max_segments: 2, ..Limits::default() }, NOW);
    spool_segment(&mut spool, "before", 8);
    spool_segment(&mut spool, "before", 9);
    assert_eq!(spool_segment(&mut spool, "now", 0), 2, "its clock went back");
    assert_eq!(seqs(&spool), [0]);
}

#[test]
fn of_a_replay_that_is_larger_than_the_spool_its_end_is_kept() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segments(&mut spool, 6);
    drop(spool);
    let (spool, _) = open(dir.path(), Limits { max_segments: 4, ..Limits::default() }, NOW);
    assert_eq!(seqs(&spool), [2, 3, 4, 5]);
}

#[test]
fn of_the_replay_that_is_recorded_the_oldest_segments_go_first() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits { max_bytes: 500, ..Limits::default() }, NOW);
    let trimmed: u32 = (0..6).map(|seq| spool_segment(&mut spool, "s", seq)).sum();
    assert!(trimmed > 0 && seqs(&spool).last() == Some(&5), "{:?}", seqs(&spool));
    assert!(spool.entries().iter().map(|entry| entry.bytes).sum::<u64>() <= 500);
}

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A process that starts so long after [`NOW`], records one segment of its own and
/// ends. Gives the seqs that were there before it recorded.
fn run_later(dir: &Path, later_ms: i64, seq: u32) -> Vec<u128> {
    let (mut spool, _) = open(dir, Limits::default(), NOW + later_ms);
    let before = seqs(&spool);
    let header = SegmentHeader { wall_ms: NOW + later_ms, ..header("later", seq) };
    let (mut writer, bytes) = SegmentWriter::begin(&header);
    spool.begin(&header, &bytes).unwrap();
    writer.push(0, &Body::Event("event".into())).unwrap();
    spool.seal(&writer.seal(), 60_000).unwrap();
    before
}

#[test]
fn what_is_older_than_the_age_cap_goes_at_the_start_after_the_next_recording() {
    let dir = TempDir::new().unwrap();
    assert_eq!(run_later(dir.path(), 0, 0), [0_u128; 0]);
    assert_eq!(run_later(dir.path(), 6 * DAY_MS, 1), [0]);
    assert_eq!(run_later(dir.path(), 8 * DAY_MS, 2), [0, 1]);
    assert_eq!(run_later(dir.path(), 8 * DAY_MS, 3), [1, 2]);
}

#[test]
fn a_wall_clock_that_is_suddenly_ahead_costs_nothing_that_is_unsent() {
    let dir = TempDir::new().unwrap();
    run_later(dir.path(), 0, 0);
    run_later(dir.path(), 30 * DAY_MS, 1);
    let (spool, report) = open(dir.path(), Limits::default(), NOW + DAY_MS);
    assert_eq!((seqs(&spool), report.trimmed), (vec![0, 1], 0), "it was set right again");
}

#[test]
fn a_wall_clock_that_goes_back_while_a_process_runs_makes_nothing_old() {
    let dir = TempDir::new().unwrap();
    run_later(dir.path(), 0, 0);
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    let header = SegmentHeader { wall_ms: 0, start_ms: 1_000, ..header("s", 1) };
    let (mut writer, bytes) = SegmentWriter::begin(&header);
    spool.begin(&header, &bytes).unwrap();
    writer.push(1_000, &Body::Event("event".into())).unwrap();
    assert_eq!(spool.seal(&writer.seal(), 2_000).unwrap(), 0);
}

#[test]
fn a_process_that_runs_for_days_trims_by_its_own_clock() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segment(&mut spool, "s", 0);
    let header = SegmentHeader { start_ms: 8 * DAY_MS as u64, ..header("s", 1) };
    let (mut writer, bytes) = SegmentWriter::begin(&header);
    spool.begin(&header, &bytes).unwrap();
    writer.push(header.start_ms, &Body::Event("event".into())).unwrap();
    assert_eq!(spool.seal(&writer.seal(), header.start_ms).unwrap(), 1);
    assert_eq!(seqs(&spool), [1]);
}

#[test]
fn an_acknowledged_segment_and_a_discarded_replay_leave_no_file() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segment(&mut spool, "a", 0);
    spool_segment(&mut spool, "b", 1);
    spool_segment(&mut spool, "b", 2);
    spool.remove(SegmentId(1)).unwrap();
    assert_eq!(spool.discard(&ReplayId::new("device", "b").unwrap()).unwrap(), 2);
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_directory_that_cannot_be_made_is_reported_and_tried_again_by_each_segment() {
    let dir = TempDir::new().unwrap();
    // A file in its place is what even the superuser cannot make a directory of.
    let folder = dir.path().join("spool");
    std::fs::write(&folder, "not a directory").unwrap();
    let (mut spool, report) = open(&folder, Limits::default(), NOW);
    assert!(report.is_out_of_reach);
    let error = spool.begin(&header("s", 0), b"").unwrap_err();
    assert!(error.to_string().contains("cannot create"), "{error}");
    std::fs::remove_file(&folder).unwrap();
    spool_segment(&mut spool, "s", 1);
    assert_eq!(seqs(&spool), [1]);
}

#[test]
fn a_directory_that_goes_away_is_made_anew() {
    let dir = TempDir::new().unwrap();
    let folder = dir.path().join("spool");
    let (mut spool, _) = open(&folder, Limits::default(), NOW);
    std::fs::remove_dir(&folder).unwrap();
    spool_segment(&mut spool, "s", 0);
    assert_eq!(open(&folder, Limits::default(), NOW).0.entries(), spool.entries());
}

#[test]
fn a_volume_with_little_space_takes_no_segment_until_it_has_more() {
    let dir = TempDir::new().unwrap();
    let limits = Limits { min_free_bytes: 1_000, ..Limits::default() };
    let (mut spool, _) = open(dir.path(), limits, NOW);
    spool.set_free_bytes(999);
    let error = spool.begin(&header("s", 0), b"").unwrap_err();
    assert!(error.to_string().contains("999 bytes free"), "{error}");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    spool.set_free_bytes(1_000);
    spool_segment(&mut spool, "s", 1);
    let error = spool.begin(&header("s", 2), b"").unwrap_err();
    assert!(matches!(error, SpoolError::LittleSpace { .. }), "what was written counts: {error}");
}

#[test]
fn a_sealed_file_is_taken_at_its_word_but_for_its_header_and_its_size() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segments(&mut spool, 4);
    let paths: Vec<_> = spool.entries().iter().map(|entry| entry.path.clone()).collect();
    let write = |path: &Path, at: usize, bytes: &[u8]| {
        let mut file = std::fs::read(path).unwrap();
        file.splice(at.., bytes.iter().copied());
        std::fs::write(path, file).unwrap();
    };
    write(&paths[0], 20, b"no header ends here");
    write(&paths[1], 100, b"what the server will refuse");
    write(&paths[2], 100, &vec![0; 1 << 20]);
    let (spool, report) = open(dir.path(), Limits::default(), NOW);
    assert_eq!((seqs(&spool), report.damaged), (vec![1, 3], 2));
}

#[test]
fn a_segment_is_found_by_the_name_of_its_file() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segments(&mut spool, 3);
    let names: Vec<String> = spool.entries().iter().map(|entry| entry.name().into()).collect();
    let (spool, _) = open(dir.path(), Limits::default(), NOW);
    let found = names.iter().map(|name| spool.find(name).unwrap().segment_id.0 - 1);
    assert_eq!(found.collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(spool.find("another.seg"), None);
}

#[test]
fn a_spool_knows_where_its_newest_replay_broke_off() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    let (mut writer, bytes) = SegmentWriter::begin(&header("s", 0));
    spool.begin(&header("s", 0), &bytes).unwrap();
    writer.push(1_500, &Body::Event("event".into())).unwrap();
    spool.append(writer.cut()).unwrap();
    let (spool, _) = open(dir.path(), Limits::default(), NOW);
    let replay = ReplayId::new("device", "s").unwrap();
    assert_eq!(spool.cutoff(), Some(&Cutoff { replay, wall_ms: NOW + 1_500 }));
    let (spool, _) = open(dir.path(), Limits::default(), NOW);
    assert_eq!(spool.cutoff(), None, "it is closed now");
}

#[test]
fn a_file_that_cannot_be_read_costs_no_other_segment() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segment(&mut spool, "s", 0);
    drop(spool);
    // A directory is what even the superuser cannot read as a file.
    std::fs::create_dir(dir.path().join("0.seg")).unwrap();
    let (spool, report) = open(dir.path(), Limits::default(), NOW);
    assert_eq!((seqs(&spool), report.unreadable), (vec![0], 1));
}

#[test]
fn a_segment_whose_file_cannot_be_deleted_is_forgotten_all_the_same() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    for seq in 0..3 {
        spool_segment(&mut spool, "s", seq);
    }
    replace_by_directory(&spool.entries()[0].path);
    assert!(spool.remove(SegmentId(1)).is_err());
    assert_eq!(seqs(&spool), [1, 2]);
    replace_by_directory(&spool.entries()[0].path);
    assert!(spool.discard(&ReplayId::new("device", "s").unwrap()).is_err());
    assert_eq!(seqs(&spool), [0_u128; 0]);
}

#[test]
fn a_segment_is_sealed_even_where_an_old_one_cannot_be_deleted() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits { max_bytes: 200, ..Limits::default() }, NOW);
    spool_segment(&mut spool, "s", 0);
    replace_by_directory(&spool.entries()[0].path);
    spool_segment(&mut spool, "s", 1);
    assert_eq!(seqs(&spool), [1]);
}

/// Nothing that deletes files can delete it.
fn replace_by_directory(path: &Path) {
    std::fs::remove_file(path).unwrap();
    std::fs::create_dir(path).unwrap();
}

#[test]
fn a_full_segment_that_was_left_open_and_cannot_be_closed_is_gone_not_kept_for_ever() {
    let dir = TempDir::new().unwrap();
    let (_, mut bytes) = SegmentWriter::begin(&header("s", 0));
    let (mut writer, _) = SegmentWriter::begin(&header("s", 0));
    writer.push(0, &Body::Event("event".into())).unwrap();
    let chunk = writer.cut().to_vec();
    while bytes.len() + chunk.len() < 2 << 20 {
        bytes.extend_from_slice(&chunk);
    }
    std::fs::write(dir.path().join("0-0-0-0.open"), &bytes).unwrap();
    let (spool, report) = open(dir.path(), Limits::default(), NOW);
    assert_eq!((report.closed, spool.entries().len()), (1, 1));
    let bytes = std::fs::read(&spool.entries()[0].path).unwrap();
    assert_eq!(bytes.len() as u64, spool.entries()[0].bytes);
    assert!(SealedSegment::parse(&bytes).is_ok());
}
