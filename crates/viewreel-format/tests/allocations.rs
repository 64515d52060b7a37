//! Recording on the device allocates nothing once its buffers have grown.

#[path = "common/steady.rs"]
mod steady;

use allocation_counter::measure;
use steady::{FRAMES, Recording, frame};
use viewreel_model::Snapshot;

/// Frames until all buffers are as large as they become.
const WARM_UP: u32 = 120;

#[test]
fn steady_frames_allocate_nothing() {
    let frames: Vec<Snapshot> = (0..=FRAMES).map(frame).collect();
    let mut recording = Recording::begin(&frames[0]);
    recording.tell_some(1..=WARM_UP, &frames);
    let mut bytes = 0;
    let rest = measure(|| bytes = recording.tell_some(WARM_UP + 1..=FRAMES, &frames));
    assert_eq!(rest.count_total, 0);
    assert!(bytes > 1_000, "chunks were cut");
}
