//! A recorder takes little memory of the app that it runs in.

#[path = "common/letters.rs"]
mod letters;
#[path = "common/orders.rs"]
mod orders;

use allocation_counter::measure;
use letters::Letters;
use orders::orders;
use viewreel_capture::{CaptureBuffer, Input, InputSink};
use viewreel_format::ReplayId;
use viewreel_model::record::{ReplayMeta, Touch};
use viewreel_model::{CaptureId, MaskLevel};
use viewreel_recorder::{Config, PictureKey, Recorder};
use viewreel_seams::{Now, SeededRng};
use viewreel_spool::{Limits, Spool};

/// Most that a recorder takes with screens of 2,000 nodes, in bytes;
/// `docs/performance.md` says where it goes.
const MAX_BYTES: u64 = 2 << 20;

/// Time from one capture to the next, in milliseconds: long enough for a second
/// segment, whose keyframe is written while everything else is there.
const FRAME_MS: u64 = 400;

fn recorder(dir: &std::path::Path) -> Recorder {
    let (spool, _) = Spool::open(dir, Limits::default(), 0);
    let config = Config {
        replay: ReplayId::new("device", "session").expect("both ids are valid"),
        mask_level: MaskLevel::Medium,
        meta: ReplayMeta::default(),
        utc_offset_min: 0,
        picture_key: PictureKey::default(),
    };
    Recorder::start(config, spool, Box::new(Letters), Box::new(SeededRng::new(1)), Now::default())
}

/// What recording these takes at most, with fingers and events where these are asked
/// for.
fn recorded(captures: &[CaptureBuffer], has_more: bool) -> u64 {
    let dir = tempfile::tempdir().expect("the disk works");
    let mut left = None;
    let info = measure(|| {
        let mut recorder = recorder(dir.path());
        for (n, buffer) in (0..).zip(captures) {
            let now = Now::default().plus_ms(n * FRAME_MS);
            recorder.input(now, Input::Capture(buffer));
            if has_more {
                recorder.input(now, Input::Touch { view: CaptureId(1), touch: Touch::default() });
                recorder.input(now, Input::Event("Opened"));
            }
        }
        left = Some(recorder);
    });
    info.bytes_max
}

#[test]
fn a_screen_of_2000_nodes_that_changes_takes_little() {
    let captures: Vec<CaptureBuffer> = (0..100).map(|n| orders(2_000, n)).collect();
    for has_more in [false, true] {
        let bytes = recorded(&captures, has_more);
        assert!(bytes <= MAX_BYTES, "{bytes} bytes");
    }
}
