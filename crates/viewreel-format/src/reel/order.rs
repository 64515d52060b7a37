//! The order in which segments play.

use crate::segment::header::SegmentHeader;
use crate::segment::reader::SealedSegment;
use std::collections::BTreeMap;
use viewreel_model::Run;

/// The segments of one replay in playing order: by the wall clock at the start
/// of their run, then run, then seq, then record time. The clock of a run is that
/// of its first segment, so that a clock set during a run does not reorder it.
/// O(n log n).
#[must_use]
pub fn order(mut segments: Vec<SealedSegment<'_>>) -> Vec<SealedSegment<'_>> {
    order_by(&mut segments, SealedSegment::header);
    segments
}

/// Orders whatever has a header.
pub(crate) fn order_by<T>(segments: &mut [T], header: impl Fn(&T) -> &SegmentHeader) {
    let anchors = anchors(segments.iter().map(&header));
    let anchor = |run: Run| anchors.get(&run).map(|first| first.2);
    segments.sort_by_key(|segment| {
        let header = header(segment);
        (anchor(header.run), header.run, header.seq, header.start_ms)
    });
}

/// Of every run the (seq, record time, anchor) of its first segment.
fn anchors<'a>(headers: impl Iterator<Item = &'a SegmentHeader>) -> BTreeMap<Run, (u32, u64, i64)> {
    let mut anchors = BTreeMap::new();
    for header in headers {
        let candidate = (header.seq, header.start_ms, header.run_anchor_ms());
        let first = anchors.entry(header.run).or_insert(candidate);
        *first = candidate.min(*first);
    }
    anchors
}
