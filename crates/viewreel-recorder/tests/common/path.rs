//! The way of captures to records, as a recorder goes it.
#![allow(dead_code, reason = "tests and the bench use a part of it each")]

use viewreel_capture::{CaptureBuffer, CaptureDecoder, Platform};
use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_mask::{Masked, Masker};
use viewreel_model::record::{Body, State};
use viewreel_model::{Diff, MaskLevel, RawSnapshot, Snapshot, StateId};
use viewreel_recorder::{Content, PictureKey};
use viewreel_tree::Differ;

/// Time from one capture to the next, in milliseconds.
const FRAME_MS: u64 = 100;

/// Captures after which a recorder cuts a chunk: two seconds.
pub(crate) const FRAMES_OF_A_CHUNK: u32 = 20;

/// Masks, compares and encodes captures.
pub(crate) struct Path {
    pub(crate) masker: Masker,
    pub(crate) differ: Differ,
    content: Content,
    is_same: bool,
    tree: Snapshot,
    next: Snapshot,
    diff: Diff,
    state: StateId,
    writer: SegmentWriter,
    frames: u32,
}

impl Path {
    /// A path whose segment begins with an empty tree.
    pub(crate) fn begin(platform: Box<dyn Platform>) -> Self {
        let replay = ReplayId::new("device", "session").expect("both ids are valid");
        let mut writer =
            SegmentWriter::begin(&SegmentHeader { replay, ..SegmentHeader::default() }).0;
        let keyframe = Body::Keyframe { state: StateId(0), tree: Snapshot::default() };
        for body in [Body::State(State::default()), keyframe] {
            writer.push(0, &body).expect("the opening is small");
        }
        Self {
            masker: Masker::new(MaskLevel::Medium),
            differ: Differ::default(),
            content: Content::new(platform, PictureKey::default()),
            is_same: false,
            tree: Snapshot::default(),
            next: Snapshot::default(),
            diff: Diff::default(),
            state: StateId(0),
            writer,
            frames: 0,
        }
    }

    /// All the way from a capture.
    pub(crate) fn take(&mut self, decoder: &mut CaptureDecoder, buffer: &CaptureBuffer) {
        let raw = decoder.decode(buffer).expect("captures are whole");
        self.mask(&raw);
        if self.diff() {
            self.encode();
        }
    }

    /// From the raw tree to the masked one.
    pub(crate) fn mask(&mut self, raw: &dyn RawSnapshot) {
        self.content.begin();
        let masked = self.masker.mask(raw, &self.tree, &mut self.content, &mut self.next);
        self.is_same = masked == Masked::Same;
    }

    /// From the masked tree to the diff; whether it says anything.
    pub(crate) fn diff(&mut self) -> bool {
        if self.is_same {
            return false;
        }
        self.differ.diff(self.state, &self.tree, &self.next, &mut self.diff);
        !self.diff.is_empty()
    }

    /// From the diff to bytes. Gives the number of those of a chunk where one is due.
    pub(crate) fn encode(&mut self) -> usize {
        self.frames += 1;
        let body = Body::Diff(std::mem::take(&mut self.diff));
        self.writer.push(u64::from(self.frames) * FRAME_MS, &body).expect("a frame is small");
        if let Body::Diff(diff) = body {
            self.diff = diff;
        }
        std::mem::swap(&mut self.tree, &mut self.next);
        self.state = self.state.next();
        if self.frames.is_multiple_of(FRAMES_OF_A_CHUNK) { self.writer.cut().len() } else { 0 }
    }
}
