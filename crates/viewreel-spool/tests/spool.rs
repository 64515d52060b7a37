//! A spool keeps what it was given, whatever happens to the process.

use std::path::Path;
use tempfile::TempDir;
use viewreel_format::{ReplayId, SealedSegment, SegmentHeader, SegmentWriter};
use viewreel_model::record::Body;
use viewreel_model::{Run, SegmentId};
use viewreel_spool::{Limits, OpenReport, Spool};

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
    Spool::open(dir, limits, now).unwrap()
}

/// Writes a segment of three chunks and seals it.
fn spool_segment(spool: &mut Spool, session: &str, seq: u32) -> u32 {
    let (mut writer, bytes) = SegmentWriter::begin(&header(session, seq));
    spool.begin(&header(session, seq), &bytes).unwrap();
    for n in 0..3 {
        writer.push(n, &Body::Event(format!("event {n}"))).unwrap();
        spool.append(writer.cut()).unwrap();
    }
    spool.seal(&writer.seal(), NOW).unwrap()
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
            unreadable: 0,
            trimmed: 0,
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
fn the_oldest_replay_is_trimmed_as_a_whole_and_the_current_one_last() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segment(&mut spool, "old", 0);
    spool_segment(&mut spool, "new", 1);
    spool_segment(&mut spool, "old", 2);
    let two = spool.entries()[0].bytes + spool.entries()[1].bytes;
    drop(spool);
    let limits = Limits { max_bytes: two, ..Limits::default() };
    let (spool, report) = open(dir.path(), limits, NOW);
    assert_eq!((seqs(&spool), report.trimmed), (vec![1], 2));
}

#[test]
fn of_the_replay_that_is_recorded_the_oldest_segments_go_first() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits { max_bytes: 500, ..Limits::default() }, NOW);
    let trimmed: u32 = (0..6).map(|seq| spool_segment(&mut spool, "s", seq)).sum();
    assert!(trimmed > 0 && seqs(&spool).last() == Some(&5), "{:?}", seqs(&spool));
    assert!(spool.entries().iter().map(|entry| entry.bytes).sum::<u64>() <= 500);
}

#[test]
fn what_is_older_than_the_age_cap_goes() {
    let dir = TempDir::new().unwrap();
    let (mut spool, _) = open(dir.path(), Limits::default(), NOW);
    spool_segment(&mut spool, "s", 0);
    drop(spool);
    let later = NOW + Limits::default().max_age_ms as i64 + 1;
    let (spool, report) = open(dir.path(), Limits::default(), later);
    assert_eq!((spool.entries().len(), report.trimmed), (0, 1));
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
fn a_directory_that_cannot_be_made_is_an_error_that_names_it() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "not a directory").unwrap();
    let error = Spool::open(&file.join("spool"), Limits::default(), NOW).unwrap_err();
    assert!(error.to_string().contains("cannot create"), "{error}");
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
