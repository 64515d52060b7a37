//! What is counted.

use crate::letters::Letters;
use crate::orders::{orders, unchanged_orders};
use crate::path::Path;
use crate::valgrind::viewreel_counted;
use std::hint::black_box;
use viewreel_capture::{CaptureBuffer, CaptureDecoder};
use viewreel_format::{FormatError, SealedSegment};
use viewreel_tree::{Playhead, SeekError};

/// Frames that are counted, behind as many that are not: until then all buffers have
/// grown.
const FRAMES: u32 = 60;

/// A segment of a chat, as a recorder wrote it.
const CHAT: &[u8] = include_bytes!("../../../testdata/formats/v1/chat.vrseg");

/// Something to be counted.
pub(crate) struct Load {
    pub(crate) name: &'static str,
    /// How often it does the same.
    pub(crate) repetitions: u32,
    pub(crate) run: fn(),
}

const fn frames(name: &'static str, run: fn()) -> Load {
    Load { name, repetitions: FRAMES, run }
}

/// Everything that is counted.
pub(crate) const ALL: &[Load] = &[
    frames("frame-300-changed", || changed(300)),
    frames("frame-2000-changed", || changed(2_000)),
    frames("frame-300-same", || play(&vec![orders(300, 0); 2 * FRAMES as usize])),
    frames("frame-300-unchanged", || unchanged(300)),
    frames("frame-2000-unchanged", || unchanged(2_000)),
    Load { name: "read-chat", repetitions: 1, run: read_chat },
];

pub(crate) fn named(name: &str) -> Option<&'static Load> {
    ALL.iter().find(|load| load.name == name)
}

/// One node in 20 says something else.
fn changed(nodes: u32) {
    play(&(0..2 * FRAMES).map(|n| orders(nodes, n)).collect::<Vec<_>>());
}

/// The host says that nothing changed.
fn unchanged(nodes: u32) {
    let mut captures = vec![unchanged_orders(); 2 * FRAMES as usize];
    captures[0] = orders(nodes, 0);
    play(&captures);
}

/// The way from captures to chunks.
fn play(captures: &[CaptureBuffer]) {
    let (mut decoder, mut path) = (CaptureDecoder::new(), Path::begin(Box::new(Letters)));
    let (warm_up, counted) = captures.split_at(FRAMES as usize);
    let mut play = |captures: &[CaptureBuffer]| {
        captures.iter().for_each(|buffer| path.take(&mut decoder, buffer));
    };
    play(warm_up);
    viewreel_counted(&mut || play(counted));
}

/// The way from a file to the last tree.
fn read_chat() {
    viewreel_counted(&mut || {
        let segment = SealedSegment::parse(CHAT).expect("it is a golden file");
        let mut playhead = Playhead::default();
        for record in segment.records() {
            let record = record.expect("it is a golden file");
            playhead.play::<SeekError<FormatError>>(record).expect("it applies");
        }
        black_box(playhead);
    });
}
