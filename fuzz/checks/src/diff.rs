//! A diff of two trees leads from the one to the other, also when it was sent.

use crate::bodies;
use crate::raw;
use crate::same::same_diff;
use viewreel_format::{FormatError, SealedSegment, SegmentWriter};
use viewreel_model::record::Body;
use viewreel_model::{Diff, Snapshot, StateId};
use viewreel_tree::{Differ, Playhead, Tree};

/// The state that diffs start from: the last one, whose next is 0.
const START: StateId = StateId(u32::MAX);

/// The parts of the bytes are bodies of keyframes.
///
/// # Panics
/// Where the diff of two trees does not lead from the one to the other.
pub fn check(bytes: &[u8]) {
    let parts = bodies::parts(bytes);
    let read = parts.into_iter().take(3).filter_map(bodies::tree).map(|(_, tree)| tree);
    let trees: Vec<Snapshot> = [Snapshot::default()].into_iter().chain(read).collect();
    for pair in trees.windows(2) {
        check_pair(&pair[0], &pair[1]);
        check_pair(&pair[1], &pair[0]);
    }
}

fn check_pair(old: &Snapshot, new: &Snapshot) {
    let mut diff = Diff::default();
    Differ::default().diff(START, old, new, &mut diff);
    let applied = Tree::new(START, old.clone()).apply(&diff);
    assert_eq!(applied.map(|tree| tree.snapshot()).as_ref(), Ok(new));
    check_sent(old, &diff, new);
}

/// Writes both as the records of a segment and plays them.
fn check_sent(old: &Snapshot, diff: &Diff, new: &Snapshot) {
    let (mut writer, mut bytes) = SegmentWriter::begin(&raw::header());
    let keyframe = Body::Keyframe { state: START, tree: old.clone() };
    for body in [keyframe, Body::Diff(diff.clone())] {
        assert_eq!(writer.push(0, &body), Ok(()));
    }
    bytes.extend(writer.seal());
    let mut playhead = Playhead::default();
    for record in SealedSegment::parse(&bytes).into_iter().flat_map(|segment| segment.records()) {
        let Ok(record) = record else { panic!("{record:?}") };
        if let Body::Diff(sent) = &record.body {
            assert!(same_diff(diff, sent), "the diff comes back");
        }
        assert_eq!(playhead.play::<FormatError>(record), Ok(()));
    }
    assert_eq!(playhead.tree().map(Tree::snapshot).as_ref(), Some(new));
}
