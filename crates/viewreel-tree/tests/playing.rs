//! Playing records never takes more than the limits of a state allow.

use std::convert::Infallible;
use viewreel_model::limits::{MAX_OPEN_TOUCHES, MAX_VIEWPORTS};
use viewreel_model::record::{Body, Touch, TouchPhase};
use viewreel_model::viewport::{SceneId, Viewport};
use viewreel_model::{Diff, Record, Snapshot, StateId};
use viewreel_tree::{Playhead, SeekError};

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
fn a_diff_that_does_not_apply_leaves_the_playhead_as_it_was() {
    let mut playhead = Playhead::default();
    let stray = || Body::Diff(Diff { base: StateId(9), ..Diff::default() });
    assert_eq!(play(&mut playhead, stray()), Err(SeekError::NoKeyframe { time_ms: 1 }));
    play(&mut playhead, Body::Keyframe { state: StateId(7), tree: Snapshot::default() }).unwrap();
    let before = playhead.state().clone();
    assert!(matches!(play(&mut playhead, stray()), Err(SeekError::Apply { time_ms: 1, .. })));
    assert_eq!(playhead.tree().map(viewreel_tree::Tree::state), Some(StateId(7)));
    assert_eq!(*playhead.state(), before);
}
