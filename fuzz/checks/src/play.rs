//! Playing what strangers send, as a server does it.

use viewreel_format::{FormatError, SealedSegment};
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES};
use viewreel_model::record::Body;
use viewreel_model::{Record, Snapshot, StateId};
use viewreel_tree::{Playhead, Tree};

/// Nodes that may be visited before a check has seen enough.
const MAX_WORK: usize = 300_000;

/// Work of one record beside its placements, in nodes: what is kept, gone back
/// to, removed and forgotten.
pub(crate) const MAX_OTHER_WORK: usize = 20 * MAX_NODES;

/// Plays the records of a segment up to the first error or until it is enough.
///
/// # Panics
/// Where a record follows an error, a record costs more work than it may, or
/// the tree is not what it should be.
#[must_use]
pub fn play(segment: &SealedSegment<'_>) -> Playhead {
    let mut playhead = Playhead::default();
    let mut records = segment.records();
    while let Some(Ok(record)) = records.next() {
        if playhead.work() > MAX_WORK {
            return playhead;
        }
        play_one(&mut playhead, record);
    }
    assert!(records.next().is_none(), "an error is the last entry");
    check_tree(&playhead);
    playhead
}

fn play_one(playhead: &mut Playhead, record: Record) {
    let before = playhead.work();
    let most = most_work(&record);
    let (is_diff, state) = (matches!(record.body, Body::Diff(_)), state(playhead));
    let played = playhead.play::<FormatError>(record);
    assert!(playhead.work() - before <= most, "a record costs what it says");
    match played {
        Ok(()) if is_diff => assert_eq!(self::state(playhead), state.map(StateId::next)),
        Ok(()) => {}
        Err(_) => assert!(playhead.tree().is_none(), "nothing is known after an error"),
    }
}

fn state(playhead: &Playhead) -> Option<StateId> {
    playhead.tree().map(Tree::state)
}

fn most_work(record: &Record) -> usize {
    let placements = match &record.body {
        Body::Diff(diff) => diff.placements.len(),
        _ => 0,
    };
    placements * (MAX_DEPTH + 1) + MAX_OTHER_WORK
}

fn check_tree(playhead: &Playhead) {
    if let Some(tree) = playhead.tree() {
        check_snapshot(tree, &tree.snapshot());
    }
}

/// Checks that a tree is one.
///
/// # Panics
/// Where it is not.
pub(crate) fn check_snapshot(tree: &Tree, snapshot: &Snapshot) {
    assert_eq!((tree.len(), tree.is_empty()), (snapshot.len(), snapshot.is_empty()));
    assert!(tree.len() <= MAX_NODES);
    let mut ids = snapshot.ids().to_vec();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), snapshot.len(), "ids are unique");
    let parents = snapshot.columns().parents().iter().enumerate();
    let is_before = |(at, &parent): (usize, &u32)| parent == u32::MAX || (parent as usize) < at;
    assert!(parents.into_iter().all(is_before), "parents come first");
}
