//! A replay as a player needs to know it.

use std::collections::BTreeMap;
use viewreel_model::Run;
use viewreel_store::{ReplayRow, RunRow, SegmentRow};

/// A replay and its segments in the order in which they play.
///
/// Replay time 0 is the start of the first segment. The anchor of a run is the
/// phone's wall clock at its start; a record's replay time is its run's anchor
/// plus its record time, minus the wall clock of replay time 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    /// The replay.
    pub replay: ReplayRow,
    /// Its segments, by (anchor of the run, run, seq, segment id).
    pub segments: Vec<ManifestSegment>,
}

/// A segment in a replay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestSegment {
    /// As stored.
    pub row: SegmentRow,
    /// Replay time of the start, in milliseconds. Below 0 only where the
    /// phone's clock was set back between two runs.
    pub start_ms: i64,
    /// Replay time of the last record, in milliseconds.
    pub end_ms: i64,
    /// Whether seqs are missing before it in its run.
    pub is_after_gap: bool,
}

impl Manifest {
    /// Orders `segments`; every run of theirs is in `runs`. O(n log n).
    pub(crate) fn new(replay: ReplayRow, runs: &[RunRow], mut segments: Vec<SegmentRow>) -> Self {
        let anchors: BTreeMap<Run, i64> = runs.iter().map(|run| (run.run, run.anchor_ms)).collect();
        let started_at_ms = replay.started_at_ms;
        let anchor = |run: Run| anchors.get(&run).copied().unwrap_or(started_at_ms);
        segments.sort_by_key(|row| (anchor(row.run), row.run, row.seq, row.id));
        let mut expected = (None, 0);
        let segments = segments.into_iter().map(|row| {
            let to_replay_time = anchor(row.run) - started_at_ms;
            let next_seq = if expected.0 == Some(row.run) { expected.1 } else { 0 };
            expected = (Some(row.run), u64::from(row.seq) + 1);
            ManifestSegment {
                start_ms: to_replay_time + row.record_start_ms,
                end_ms: to_replay_time + row.record_end_ms,
                is_after_gap: u64::from(row.seq) > next_seq,
                row,
            }
        });
        let segments = segments.collect();
        Self { replay, segments }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use viewreel_format::ReplayId;
    use viewreel_model::SegmentId;
    use viewreel_store::SegmentFacts;

    const STARTED_AT_MS: i64 = 1_764_000_000_000;

    fn replay() -> ReplayRow {
        ReplayRow {
            id: ReplayId::new("d", "s").expect("a valid id"),
            started_at_ms: STARTED_AT_MS,
            duration_ms: 0,
            segments: 0,
            bytes: 0,
            received_at_ms: 0,
            facts: SegmentFacts::default(),
        }
    }

    fn segment(run: u64, seq: u32, record_start_ms: i64, record_end_ms: i64) -> SegmentRow {
        let id = SegmentId(u128::from(run) * 1_000 + u128::from(seq));
        SegmentRow { id, run: Run(run), seq, record_start_ms, record_end_ms, byte_len: 1 }
    }

    /// (run, seq, start, end, is after gap) of every segment.
    fn check(
        runs: &[(u64, i64)],
        segments: Vec<SegmentRow>,
        expected: &[(u64, u32, i64, i64, bool)],
    ) {
        let runs: Vec<RunRow> = runs
            .iter()
            .map(|&(run, anchor)| RunRow { run: Run(run), anchor_ms: STARTED_AT_MS + anchor })
            .collect();
        let manifest = Manifest::new(replay(), &runs, segments);
        let found: Vec<_> = manifest
            .segments
            .iter()
            .map(|s| (s.row.run.0, s.row.seq, s.start_ms, s.end_ms, s.is_after_gap))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn replay_time_begins_with_the_first_segment_even_in_the_middle_of_a_run() {
        let segments = vec![segment(1, 1, 30_000, 59_000), segment(1, 0, 5_000, 30_000)];
        let expected = [(1, 0, 0, 25_000, false), (1, 1, 25_000, 54_000, false)];
        check(&[(1, -5_000)], segments, &expected);
    }

    #[test]
    fn runs_follow_each_other_by_their_anchor_and_not_by_their_number() {
        let segments = vec![segment(2, 0, 0, 10), segment(9, 0, 0, 20), segment(9, 1, 20, 30)];
        let expected = [(9, 0, 0, 20, false), (9, 1, 20, 30, false), (2, 0, 90_000, 90_010, false)];
        check(&[(2, 90_000), (9, 0)], segments, &expected);
    }

    #[test]
    fn missing_seqs_are_a_gap_in_each_run_of_its_own() {
        let segments = vec![
            segment(1, 2, 0, 1),
            segment(1, 3, 1, 2),
            segment(1, 5, 2, 3),
            segment(2, 0, 0, 1),
        ];
        let expected =
            [(1, 2, 0, 1, true), (1, 3, 1, 2, false), (1, 5, 2, 3, true), (2, 0, 10, 11, false)];
        check(&[(1, 0), (2, 10)], segments, &expected);
    }

    #[test]
    fn two_segments_with_one_seq_are_both_there_and_no_gap() {
        let mut twin = segment(1, 0, 0, 5);
        twin.id = SegmentId(1);
        let expected = [(1, 0, 0, 5, false), (1, 0, 0, 5, false), (1, 1, 5, 6, false)];
        check(&[(1, 0)], vec![segment(1, 1, 5, 6), segment(1, 0, 0, 5), twin], &expected);
    }

    #[test]
    fn the_last_seq_there_can_be_is_no_overflow() {
        check(&[(1, 0)], vec![segment(1, u32::MAX, 0, 1)], &[(1, u32::MAX, 0, 1, true)]);
    }
}
