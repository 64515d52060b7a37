//! What a manifest will say, collected segment by segment.

use super::activity::Counter;
use super::list::{Row, Rows, SegmentFlags, rest};
use super::placer::{Placer, Span};
use super::runs::RunAnchor;
use super::screens::ScreenLog;
use super::summary::Summary;
use super::{Cut, TICK_MS, UNIT_BYTES};
use crate::error::{FormatError, Place};
use crate::limits::{MAX_REEL_RUNS, MAX_REEL_SEGMENTS};
use crate::segment::header::{ReplayId, SegmentHeader};
use crate::segment::reader::SealedSegment;
use viewreel_model::record::Lifecycle;

/// Collects what a manifest says of segments in playing order.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) replay: Option<ReplayId>,
    pub(crate) runs: Vec<RunAnchor>,
    pub(crate) list: Rows,
    pub(crate) activity: Counter,
    pub(crate) screens: ScreenLog,
    placer: Placer,
}

impl Index {
    /// The wall clock at replay time 0.
    pub(crate) fn wall_ms(&self) -> i64 {
        self.placer.origin_ms()
    }

    /// Adds the next segment.
    ///
    /// # Errors
    /// Where it is of another replay than those before, or one too many.
    pub(crate) fn push(
        &mut self,
        segment: &SealedSegment<'_>,
        cut: Cut,
    ) -> Result<(), FormatError> {
        let header = segment.header();
        self.check(header)?;
        self.replay.get_or_insert_with(|| header.replay.clone());
        let span = self.placer.place(header, segment.footer().end_ms);
        let summary = Summary::of(segment);
        let row = self.row(segment, span, &summary, cut);
        if let Some(before) = self.list.rows.last_mut() {
            before.rest = rest(self.list.end, span.start);
        }
        self.list.rows.push(row);
        self.list.end = span.end;
        self.add(&summary, header.start_ms, span);
        Ok(())
    }

    fn check(&self, header: &SegmentHeader) -> Result<(), FormatError> {
        let place = Place::stored(0);
        let over = |what, limit| Err(FormatError::Limit { place, what, limit });
        if self.replay.as_ref().is_some_and(|replay| *replay != header.replay) {
            return Err(FormatError::Expected { place, what: "segments of one replay" });
        }
        if self.list.rows.len() >= MAX_REEL_SEGMENTS {
            return over("segments in a reel", MAX_REEL_SEGMENTS);
        }
        match self.is_same_run(header) || self.runs.len() < MAX_REEL_RUNS {
            true => Ok(()),
            false => over("runs in a reel", MAX_REEL_RUNS),
        }
    }

    fn is_same_run(&self, header: &SegmentHeader) -> bool {
        self.runs.last().is_some_and(|run| run.run == header.run)
    }

    fn row(&mut self, segment: &SealedSegment<'_>, span: Span, summary: &Summary, cut: Cut) -> Row {
        let header = segment.header();
        let before = self.list.rows.last().filter(|_| self.is_same_run(header));
        let is_after_gap = match before {
            Some(row) => u64::from(header.seq) > u64::from(row.seq) + 1,
            None => header.seq > 0,
        };
        if !self.is_same_run(header) {
            let anchor_ms = header.run_anchor_ms();
            self.runs.push(RunAnchor { run: header.run, anchor_ms });
        }
        let is_in_background = summary.lifecycle == Lifecycle::Background;
        let is_cut = cut == Cut::Piece;
        Row {
            run: self.runs.len().saturating_sub(1) as u32,
            seq: header.seq,
            flags: SegmentFlags::new(is_after_gap, summary.has_error, is_in_background, is_cut),
            units: (segment.bytes().len() as u64).div_ceil(UNIT_BYTES),
            start: span.start,
            rest: 0,
        }
    }

    fn add(&mut self, summary: &Summary, record_start_ms: u64, span: Span) {
        let start_ms = span.start * TICK_MS;
        let place = |ms: u64| start_ms.saturating_add(ms.saturating_sub(record_start_ms));
        summary.times.iter().for_each(|&ms| self.activity.add(place(ms)));
        for (ms, name) in &summary.screens {
            self.screens.add(place(*ms), name);
        }
    }
}
