//! Disks that refuse, and processes that end without a word.

mod common;

use common::{Phone, capture, now, played, segments};
use std::path::Path;
use viewreel_capture::Input;
use viewreel_model::record::{Body, GapReason};

/// Nothing can be written into the folder of the spool any more.
fn take_disk(dir: &Path) {
    std::fs::rename(dir, dir.with_extension("away")).unwrap();
    std::fs::write(dir, "not a folder").unwrap();
}

fn give_disk_back(dir: &Path) {
    std::fs::remove_file(dir).unwrap();
    std::fs::rename(dir.with_extension("away"), dir).unwrap();
}

/// (time, reason, duration) of every gap.
fn gaps(phone: &Phone) -> Vec<(u64, GapReason, u64)> {
    let records = segments(phone).into_iter().flat_map(|(_, records)| records);
    let gap = |record: viewreel_model::Record| match record.body {
        Body::Gap { reason, duration_ms } => Some((record.time_ms, reason, duration_ms)),
        _ => None,
    };
    records.filter_map(gap).collect()
}

fn seqs(phone: &Phone) -> Vec<u32> {
    segments(phone).iter().map(|(header, _)| header.seq).collect()
}

#[test]
fn a_disk_that_refuses_costs_what_it_refuses_and_the_next_segment_says_so() {
    let mut phone = Phone::new();
    let dir = phone.dir.path().to_owned();
    capture(&mut phone, 0, "kept");
    phone.flush();
    take_disk(&dir);
    for ms in (5_000..65_000).step_by(100) {
        capture(&mut phone, ms, &format!("lost {ms}"));
    }
    let counters = phone.recorder.counters();
    assert_eq!((counters.segments_failed, counters.records_dropped), (1, 600));
    give_disk_back(&dir);
    capture(&mut phone, 65_000, "kept again");
    phone.flush();
    assert_eq!(seqs(&phone), [0, 2], "the loss is one hole in the seqs");
    assert_eq!(gaps(&phone), [(65_000, GapReason::Discarded, 60_000)]);
    let playhead = played(segments(&phone)[1].1.clone(), u64::MAX);
    assert_eq!(playhead.tree().unwrap().snapshot().len(), 2);
}

#[test]
fn a_disk_that_refuses_is_left_alone_for_a_second() {
    let mut phone = Phone::new();
    let dir = phone.dir.path().to_owned();
    take_disk(&dir);
    capture(&mut phone, 0, "lost");
    give_disk_back(&dir);
    capture(&mut phone, 999, "lost too");
    assert_eq!(phone.recorder.counters().records_dropped, 2);
    capture(&mut phone, 1_000, "kept");
    phone.flush();
    assert_eq!(seqs(&phone), [1]);
}

#[test]
fn a_folder_that_is_deleted_costs_nothing_that_comes_after() {
    let mut phone = Phone::new();
    std::fs::remove_dir_all(phone.dir.path()).unwrap();
    capture(&mut phone, 0, "kept");
    phone.flush();
    assert_eq!((seqs(&phone), phone.recorder.counters().records_dropped), (vec![0], 0));
}

#[test]
fn a_segment_whose_folder_is_deleted_under_it_is_counted() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "lost");
    std::fs::remove_dir_all(phone.dir.path()).unwrap();
    phone.flush();
    assert_eq!(phone.recorder.counters().segments_failed, 1);
    capture(&mut phone, 5_000, "kept");
    phone.flush();
    assert_eq!(seqs(&phone), [1]);
    assert_eq!(gaps(&phone), [(5_000, GapReason::Discarded, 5_000)]);
}

#[test]
fn a_phone_with_little_space_records_again_when_it_has_more() {
    let mut phone = Phone::new();
    phone.recorder.set_free_bytes(10_000);
    capture(&mut phone, 0, "lost");
    assert_eq!(std::fs::read_dir(phone.dir.path()).unwrap().count(), 0);
    phone.recorder.set_free_bytes(10_000_000_000);
    capture(&mut phone, 3_000, "kept");
    phone.flush();
    assert_eq!(gaps(&phone), [(3_000, GapReason::Discarded, 3_000)]);
}

#[test]
fn the_run_after_a_kill_says_from_when_on_nothing_was_recorded() {
    let mut phone = Phone::new();
    for ms in (0..10_000).step_by(100) {
        capture(&mut phone, ms, &format!("label {ms}"));
    }
    let mut phone = phone.killed_and_started_again_after(60_000);
    capture(&mut phone, 0, "again");
    phone.flush();
    let last_ms = segments(&phone)[0].1.last().unwrap().time_ms;
    assert_eq!(gaps(&phone), [(0, GapReason::CaptureFailed, 60_000 - last_ms)]);
}

#[test]
fn a_run_after_one_that_ended_in_the_background_has_no_gap() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "hello");
    phone.input(100, Input::Lifecycle(viewreel_model::record::Lifecycle::Background));
    let mut phone = phone.killed_and_started_again_after(60_000);
    capture(&mut phone, 0, "again");
    phone.flush();
    assert_eq!(gaps(&phone), []);
}

#[test]
fn a_recorder_whose_folder_cannot_be_made_drops_and_counts_and_asks_for_nothing() {
    let phone = Phone::new();
    let dir = phone.dir.path().to_owned();
    take_disk(&dir);
    let mut phone = phone.killed_and_started_again_after(0);
    for ms in 0..100 {
        capture(&mut phone, ms, &format!("lost {ms}"));
    }
    phone.recorder.tick(now(5_000));
    phone.flush();
    assert_eq!(phone.recorder.counters().records_dropped, 100);
    assert!(phone.recorder.spooled().is_empty());
    give_disk_back(&dir);
}
