//! Playing records never takes more than the limits of a state allow.

use std::convert::Infallible;
use viewreel_model::limits::{MAX_OPEN_TOUCHES, MAX_VIEWPORTS};
use viewreel_model::record::{Body, Touch, TouchPhase};
use viewreel_model::viewport::{SceneId, Viewport};
use viewreel_model::{Diff, NodeId, Record, Row, Snapshot, StateId};
use viewreel_tree::{Playhead, SeekError, Tree};

fn play(playhead: &mut Playhead, body: Body) -> Result<(), SeekError<Infallible>> {
    playhead.play(Record { time_ms: 1, body })
}

#[test]
fn a_hundred_thousand_fingers_and_screens_are_no_more_than_the_limit() {
    let mut playhead = Playhead::default();
    for n in 0..100_000 {
        let touch = Touch { pointer: n, ..Touch::default() };
        let viewport = Viewport { scene: SceneId(n), ..Viewport::default() };
        play(&mut playhead, Body::Touch(touch)).unwrap();
        play(&mut playhead, Body::Viewport(viewport)).unwrap();
    }
    assert_eq!(playhead.state().open_touches.len(), MAX_OPEN_TOUCHES);
    assert_eq!(playhead.state().viewports.len(), MAX_VIEWPORTS);
    let lifted = Touch { phase: TouchPhase::Up, ..Touch::default() };
    play(&mut playhead, Body::Touch(lifted)).unwrap();
    assert_eq!(playhead.state().open_touches.len(), MAX_OPEN_TOUCHES - 1);
}

#[test]
fn after_a_diff_that_does_not_apply_there_is_no_tree_until_the_next_keyframe() {
    let mut playhead = Playhead::default();
    let stray = || Body::Diff(Diff { base: StateId(9), ..Diff::default() });
    let keyframe = |state| Body::Keyframe { state: StateId(state), tree: Snapshot::default() };
    let state = |playhead: &Playhead| playhead.tree().map(Tree::state);
    assert_eq!(play(&mut playhead, stray()), Err(SeekError::NoKeyframe { time_ms: 1 }));
    play(&mut playhead, keyframe(7)).unwrap();
    let before = playhead.state().clone();
    assert!(matches!(play(&mut playhead, stray()), Err(SeekError::Apply { time_ms: 1, .. })));
    assert_eq!(state(&playhead), None);
    assert_eq!(play(&mut playhead, stray()), Err(SeekError::NoKeyframe { time_ms: 1 }));
    play(&mut playhead, keyframe(9)).unwrap();
    play(&mut playhead, stray()).unwrap();
    assert_eq!(state(&playhead), Some(StateId(10)));
    assert_eq!(*playhead.state(), before);
}

#[test]
fn work_is_counted_over_all_keyframes() {
    let mut playhead = Playhead::default();
    let mut tree = Snapshot::default();
    (0..100).for_each(|id| _ = tree.push_masked(NodeId(id), None, &Row::default()));
    for _ in 0..3 {
        let state = StateId(0);
        play(&mut playhead, Body::Keyframe { state, tree: tree.clone() }).unwrap();
        let before = playhead.work();
        play(&mut playhead, Body::Diff(Diff::default())).unwrap();
        assert_eq!(playhead.work() - before, 1);
        let back = Diff { base: StateId(1), keeps_current: true, ..Diff::default() };
        play(&mut playhead, Body::Diff(back)).unwrap();
        assert_eq!(playhead.work() - before, 102);
    }
    assert_eq!(playhead.work(), 3 * 202);
}
