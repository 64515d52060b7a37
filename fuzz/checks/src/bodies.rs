//! Trees and diffs out of any bytes, by the way that they come from strangers.

use crate::raw;
use viewreel_format::{SealedSegment, Track};
use viewreel_model::record::Body;
use viewreel_model::{Diff, Snapshot, StateId};

/// Kinds of records.
const KEYFRAME: u8 = 2;
const DIFF: u8 = 3;

/// Stands between two bodies; rare in what is between.
const SEPARATOR: [u8; 2] = [0xc1, 0xc1];

/// The parts between separators.
pub(crate) fn parts(mut bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    while let Some(at) = bytes.windows(2).position(|window| window == SEPARATOR) {
        parts.push(&bytes[..at]);
        bytes = &bytes[at + 2..];
    }
    parts.push(bytes);
    parts
}

/// The tree that a body of a keyframe says, if it is one.
pub(crate) fn tree(body: &[u8]) -> Option<(StateId, Snapshot)> {
    match read(&raw::record(KEYFRAME, body)).pop()? {
        Body::Keyframe { state, tree } => Some((state, tree)),
        _ => None,
    }
}

/// The tree of the first body and the diffs of those that follow, up to one that
/// is none.
pub(crate) fn tree_and_diffs(bodies: &[&[u8]]) -> Option<(StateId, Snapshot, Vec<Diff>)> {
    let (keyframe, diffs) = bodies.split_first()?;
    let diffs = diffs.iter().flat_map(|body| raw::record(DIFF, body));
    let records: Vec<u8> = raw::record(KEYFRAME, keyframe).into_iter().chain(diffs).collect();
    let mut read = read(&records).into_iter();
    let Body::Keyframe { state, tree } = read.next()? else { return None };
    let diff = |body| if let Body::Diff(diff) = body { Some(diff) } else { None };
    Some((state, tree, read.filter_map(diff).collect()))
}

fn read(records: &[u8]) -> Vec<Body> {
    let piece = (Track::Visual as u8, records.len(), raw::stored(records));
    let sealed = raw::seal(&[raw::chunk(&[piece])]);
    let Ok(segment) = SealedSegment::parse(&sealed) else { panic!("the segment is well formed") };
    segment.track(Track::Visual).map_while(Result::ok).map(|record| record.body).collect()
}
