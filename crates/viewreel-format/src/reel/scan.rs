//! Segments found without a manifest.

use super::index::Index;
use super::list::SegmentList;
use super::order::order_by;
use super::{Cut, UNIT_BYTES};
use crate::error::FormatError;
use crate::segment::header::MAGIC;
use crate::segment::reader::SealedSegment;
use crate::segment::split::split_with_offsets;

/// What a scan found.
pub(crate) struct Found {
    pub(crate) index: Index,
    pub(crate) list: SegmentList,
    /// Offsets of what could not be read, and why.
    pub(crate) lost: Vec<(u64, FormatError)>,
}

/// Looks for segments from `start` on. O(bytes), whatever they are. What follows
/// the last segment (manifest and trailer, or what is left of them) is no loss.
pub(crate) fn scan(bytes: &[u8], start: usize) -> Found {
    let body = bytes.get(start..).unwrap_or_default();
    let (mut good, mut lost) = (Vec::new(), Vec::new());
    for (at, segment) in split_with_offsets(body) {
        let rest = body.get(at..).unwrap_or_default();
        match segment {
            Ok(segment) => good.push(((start + at) as u64, segment)),
            Err(error) if !is_between(rest) => lost.push(((start + at) as u64, error)),
            Err(_) => {}
        }
    }
    let last = good.last().map_or(0, |(at, _)| *at);
    lost.pop_if(|(at, _)| *at > last && !begins_like_a_segment(bytes, *at));
    order_by(&mut good, |(_, segment)| segment.header());
    index(good, lost)
}

fn begins_like_a_segment(bytes: &[u8], at: u64) -> bool {
    let at = usize::try_from(at).unwrap_or(usize::MAX);
    bytes.get(at..).is_some_and(|rest| rest.starts_with(MAGIC))
}

/// Whether zeros as they stand behind a segment lead to the next one.
fn is_between(rest: &[u8]) -> bool {
    let zeros = rest.iter().take_while(|&&byte| byte == 0).count();
    let is_padding = (1..UNIT_BYTES).contains(&(zeros as u64));
    is_padding && rest.get(zeros..).is_some_and(|rest| rest.starts_with(MAGIC))
}

fn index(good: Vec<(u64, SealedSegment<'_>)>, mut lost: Vec<(u64, FormatError)>) -> Found {
    let mut index = Index::default();
    let mut places = Vec::new();
    for (at, segment) in good {
        match index.push(&segment, Cut::Whole) {
            Ok(()) => places.push((at, segment.bytes().len() as u64)),
            Err(error) => lost.push((at, error)),
        }
    }
    let list = index.list.resolve_at(places.into_iter(), &index.runs);
    Found { index, list, lost }
}
