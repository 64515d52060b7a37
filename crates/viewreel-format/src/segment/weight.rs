//! What the bytes of a segment are spent on.

use super::reader::SealedSegment;
use super::track::{Decoder, Track, ends, inflate};
use crate::bytes::Reader;
use crate::error::FormatError;
use crate::record::visual::kind;
use std::ops::AddAssign;

/// Stored bytes of a segment by what they are spent on. Those of the visual
/// track are shared out in proportion to its inflated bytes, so they are
/// estimates; the sum is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weight {
    /// Header, heads and checksums of chunks, footer.
    pub framing: f64,
    /// State records: app, device, screen.
    pub state: f64,
    /// Keyframes without their texts.
    pub keyframes: f64,
    /// Diffs and other visual records without their texts.
    pub updates: f64,
    /// Texts of the visual track that were written out.
    pub text: f64,
    /// The touch track.
    pub touches: f64,
    /// The story track.
    pub story: f64,
}

impl AddAssign for Weight {
    fn add_assign(&mut self, other: Self) {
        self.framing += other.framing;
        self.state += other.state;
        self.keyframes += other.keyframes;
        self.updates += other.updates;
        self.text += other.text;
        self.touches += other.touches;
        self.story += other.story;
    }
}

impl SealedSegment<'_> {
    /// What its bytes are spent on.
    ///
    /// # Errors
    /// Where a record cannot be read.
    pub fn weigh(&self) -> Result<Weight, FormatError> {
        let payload = |track: Track| -> f64 {
            let mine = self.pieces.iter().filter(|piece| piece.track == track as u8);
            mine.map(|piece| piece.payload.len()).sum::<usize>() as f64
        };
        let payloads: usize = self.pieces.iter().map(|piece| piece.payload.len()).sum();
        let mut weight = self.weigh_visual(payload(Track::Visual))?;
        weight.touches = payload(Track::Touches);
        weight.story = payload(Track::Story);
        weight.framing = (self.bytes().len() - payloads) as f64;
        Ok(weight)
    }

    fn weigh_visual(&self, stored: f64) -> Result<Weight, FormatError> {
        let records = inflate(&self.pieces, Track::Visual)?;
        let share = stored / records.len().max(1) as f64;
        let mut decoder = Decoder::starting(self.header().start_ms);
        let (mut weight, mut at) = (Weight::default(), 0);
        for end in ends(&self.pieces, Track::Visual).into_iter().rev() {
            let piece = records.get(..end).unwrap_or(&records);
            let mut from = Reader::of_track(piece, at, Track::Visual as u8);
            while !from.is_at_end() {
                let before = (from.offset(), decoder.tables.strings.new_bytes());
                let kind = decoder.read(Track::Visual, &mut from, |_| ())?;
                let text = (decoder.tables.strings.new_bytes() - before.1) as f64 * share;
                weight.add_visual(kind, (from.offset() - before.0) as f64 * share, text);
            }
            at = end;
        }
        Ok(weight)
    }
}

impl Weight {
    fn add_visual(&mut self, kind: u8, all: f64, text: f64) {
        match kind {
            kind::STATE => self.state += all,
            kind::KEYFRAME => self.keyframes += all - text,
            _ => self.updates += all - text,
        }
        if kind != kind::STATE {
            self.text += text;
        }
    }
}
