//! Turning a journal to another replay, to memory, or off.

use super::{Journal, RunTime};
use crate::counters::Counters;
use crate::outage::Outage;
use crate::pace::CHUNK_BYTES;
use crate::target::Place;
use std::collections::HashSet;
use viewreel_format::{FormatError, ReplayId, SealedSegment, SegmentHeader, SegmentWriter};
use viewreel_model::record::Body;

impl Journal {
    pub(crate) fn is_off(&self) -> bool {
        self.target.place() == Place::Off
    }

    /// Records nothing from now on.
    pub(crate) fn turn_off(&mut self, now: RunTime, counters: &mut Counters) {
        if self.target.place() == Place::Spool {
            self.off_since_ms = Some(now.ms);
        }
        self.turn(Place::Off, now, counters);
    }

    /// Holds the latest `keep_ms` milliseconds in memory from now on.
    pub(crate) fn turn_to_ring(&mut self, keep_ms: u64, now: RunTime, counters: &mut Counters) {
        self.turn_off(now, counters);
        self.target.turn_to(Place::Ring { keep_ms });
    }

    /// Records into `replay` from now on, which begins with what is held. Where
    /// nothing is, but the same replay was recorded before: since when it was not,
    /// in milliseconds.
    pub(crate) fn turn_to_replay(
        &mut self,
        replay: &ReplayId,
        now: RunTime,
        counters: &mut Counters,
    ) -> Option<u64> {
        self.turn(Place::Spool, now, counters);
        let is_other = !self.is_of(replay);
        if is_other {
            self.end_replay(now, counters);
            self.spool.pictures_mut().begin_replay();
            // What an earlier process recorded of it was long enough, for all we know.
            let was_begun = self.spool.entries().iter().any(|entry| entry.replay == *replay);
            self.replay_since_ms = (!was_begun).then_some(now.ms);
        }
        self.is_stopped &= !is_other;
        self.replay = replay.clone();
        let is_gap = !is_other && self.target.ring.is_empty();
        let since_ms = self.off_since_ms.take().filter(|_| is_gap);
        self.outage = self.cut_off_in(replay).or(self.outage);
        for part in self.target.ring.take(replay, self.next_seq) {
            self.next_seq += 1;
            let part = part.map(|(header, bytes)| self.announced(header, bytes));
            self.adopt(part, now, counters);
        }
        since_ms.map(|since_ms| now.ms.saturating_sub(since_ms))
    }

    /// The session is over: where it was too short, nothing of it is sent.
    pub(crate) fn end_replay(&mut self, now: RunTime, counters: &mut Counters) {
        if self.is_short(now) {
            self.spool.pictures_mut().discard_latest();
            let replay = self.replay.clone();
            self.discard(&replay, counters);
        }
    }

    /// Forgets what is held, and what is being held. What is open in the spool ends
    /// here.
    pub(crate) fn wipe(&mut self, now: RunTime, counters: &mut Counters) {
        self.seal(now, counters);
        self.target.ring.wipe();
        self.is_intact = false;
    }

    /// Deletes all that was recorded and not sent.
    pub(crate) fn discard_unsent(&mut self, counters: &mut Counters) {
        self.abandon(counters);
        self.target.ring.wipe();
        self.is_intact = false;
        self.spool.pictures_mut().discard();
        let replays = self.spool.entries().iter().map(|entry| entry.replay.clone());
        for replay in replays.collect::<HashSet<_>>() {
            self.discard(&replay, counters);
        }
    }

    fn discard(&mut self, replay: &ReplayId, counters: &mut Counters) {
        match self.spool.discard(replay) {
            Ok(count) => counters.segments_discarded += u64::from(count),
            Err(_) => counters.segments_failed += 1,
        }
    }

    /// What is open goes where it was begun; what comes next begins anew.
    fn turn(&mut self, place: Place, now: RunTime, counters: &mut Counters) {
        self.seal(now, counters);
        self.target.turn_to(place);
        self.is_intact = false;
    }

    /// What a kill of an earlier process cost, where it recorded that replay.
    fn cut_off_in(&mut self, replay: &ReplayId) -> Option<Outage> {
        self.cut_off.take().filter(|(of, _)| of == replay).map(|(_, outage)| outage)
    }

    /// What was held, which tells what is missing before it if nothing else has.
    fn announced(&mut self, header: SegmentHeader, bytes: Vec<u8>) -> (SegmentHeader, Vec<u8>) {
        let gap = self.outage.take_if(|outage| !outage.is_of_disk());
        let told = gap.and_then(|outage| with_gap(&header, &bytes, outage).ok());
        (header, told.unwrap_or(bytes))
    }

    /// Puts what was held into the spool.
    fn adopt(
        &mut self,
        part: Result<(SegmentHeader, Vec<u8>), FormatError>,
        now: RunTime,
        counters: &mut Counters,
    ) {
        let adopted = part.ok().and_then(|(header, bytes)| {
            self.spool.begin(&header, &bytes).ok()?;
            Some((bytes.len(), self.spool.seal(&[], now.ms).ok()?))
        });
        match adopted {
            Some((bytes, trimmed)) => counters.sealed(bytes, trimmed),
            None => counters.segments_failed += 1,
        }
    }
}

/// The same segment, which tells of an outage behind its state and keyframe.
fn with_gap(header: &SegmentHeader, bytes: &[u8], outage: Outage) -> Result<Vec<u8>, FormatError> {
    let segment = SealedSegment::parse(bytes)?;
    let (mut writer, mut told) = SegmentWriter::begin(header);
    let mut gap = Some(outage.gap(header.start_ms));
    for record in segment.records() {
        let record = record?;
        writer.push(record.time_ms, &record.body)?;
        let is_opened = matches!(record.body, Body::Keyframe { .. });
        if let Some(gap) = gap.take_if(|_| is_opened) {
            writer.push(header.start_ms, &gap)?;
        }
        if writer.pending_len() >= CHUNK_BYTES {
            told.extend_from_slice(writer.cut());
        }
    }
    told.extend_from_slice(&writer.seal());
    Ok(told)
}
