//! The open segment and the spool below it.

mod turn;

use crate::counters::Counters;
use crate::outage::Outage;
use crate::pace::Pace;
use crate::target::{Place, Target};
use viewreel_format::{FormatError, ReplayId, SegmentHeader, SegmentWriter};
use viewreel_model::record::Body;
use viewreel_model::{ImageId, Run, SegmentId};
use viewreel_seams::{Now, Rng};
use viewreel_spool::{Entry, Pictures, Spool};

/// An instant of a run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunTime {
    /// Record time: milliseconds since the run's start.
    pub(crate) ms: u64,
    /// The wall clock, milliseconds since 1970 UTC.
    pub(crate) wall_ms: i64,
}

/// Writes segments of one run, one after the other.
pub(crate) struct Journal {
    pub(crate) spool: Spool,
    target: Target,
    /// Record time since which nothing was recorded of the replay that is
    /// recorded last, in milliseconds.
    off_since_ms: Option<u64>,
    pub(crate) rng: Box<dyn Rng>,
    run: Run,
    next_seq: u32,
    replay: ReplayId,
    /// Record time since which that one is recorded, in milliseconds, where it began
    /// in this process.
    replay_since_ms: Option<u64>,
    /// A replay that ends before so many milliseconds is not sent.
    pub(crate) min_duration_ms: u64,
    pub(crate) utc_offset_min: i16,
    open: Option<Open>,
    /// Whether the segment before the next one was sealed whole.
    is_intact: bool,
    /// What the next segment has to say of the time before it.
    outage: Option<Outage>,
    /// The replay that an earlier process was killed in, until it is known which one
    /// is recorded.
    cut_off: Option<(ReplayId, Outage)>,
    is_stopped: bool,
}

struct Open {
    writer: SegmentWriter,
    pace: Pace,
}

impl Journal {
    pub(crate) fn new(
        spool: Spool,
        mut rng: Box<dyn Rng>,
        replay: ReplayId,
        utc_offset_min: i16,
        start: Now,
    ) -> Self {
        let run = Run(rng.next_u64());
        let mut cut_off = spool
            .cutoff()
            .and_then(|cutoff| Some((cutoff.replay.clone(), Outage::since_cutoff(cutoff, start)?)));
        let outage = cut_off.take_if(|(of, _)| *of == replay).map(|(_, outage)| outage);
        Self {
            spool,
            target: Target::default(),
            off_since_ms: None,
            rng,
            run,
            next_seq: 0,
            replay,
            replay_since_ms: None,
            min_duration_ms: 0,
            utc_offset_min,
            open: None,
            is_intact: false,
            outage,
            cut_off,
            is_stopped: false,
        }
    }

    pub(crate) fn rng(&mut self) -> &mut dyn Rng {
        self.rng.as_mut()
    }

    /// Whether no segment is open and the last one says all that was recorded.
    pub(crate) fn is_intact(&self) -> bool {
        self.is_intact && self.open.is_none()
    }

    pub(crate) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Begins the next segment. The caller adds state and keyframe at once, and
    /// then has what was missed announced. After the file system has refused, it
    /// is left alone for a while.
    pub(crate) fn begin(&mut self, now: RunTime, counters: &mut Counters) {
        self.is_intact = false;
        if self.is_off() || self.rests(now) {
            return;
        }
        let header = self.next_header(now);
        let (writer, bytes) = SegmentWriter::begin(&header);
        let begun = self.target.begin(&mut self.spool, &header, &bytes);
        // However long the file system refuses, it leaves one hole in the seqs.
        // What is held is numbered when it is recorded.
        let is_numbered = begun.is_ok() || !self.has_refusing_disk();
        self.next_seq += u32::from(is_numbered && self.target.place() == Place::Spool);
        match begun {
            Ok(()) => self.open = Some(Open { writer, pace: Pace::begin(now.ms) }),
            Err(_) => self.fail(now, counters),
        }
    }

    /// Whether the file system refused and is to be left alone.
    fn rests(&self, now: RunTime) -> bool {
        let is_on_disk = self.target.place() == Place::Spool;
        is_on_disk && self.outage.is_some_and(|outage| outage.rests(now.ms))
    }

    fn next_header(&mut self, now: RunTime) -> SegmentHeader {
        SegmentHeader {
            segment_id: SegmentId(self.rng.next_u128()),
            run: self.run,
            seq: self.next_seq,
            start_ms: now.ms,
            wall_ms: now.wall_ms,
            utc_offset_min: self.utc_offset_min,
            replay: self.target.replay(&self.replay),
        }
    }

    /// Tells in the segment that has just begun what is missing before it; one that
    /// is held may be forgotten.
    pub(crate) fn announce_outage(&mut self, now: RunTime) -> Result<(), FormatError> {
        let is_told = self.open.is_some() && self.target.place() == Place::Spool;
        match self.outage.take_if(|_| is_told) {
            Some(outage) => self.push(now, &outage.gap(now.ms)),
            None => Ok(()),
        }
    }

    /// Adds a record to the open segment.
    ///
    /// # Errors
    /// Where the record does not fit into this segment.
    pub(crate) fn push(&mut self, now: RunTime, body: &Body) -> Result<(), FormatError> {
        let Some(open) = &mut self.open else { return Ok(()) };
        open.writer.push(now.ms, body)?;
        open.pace.add(now.ms);
        Ok(())
    }

    /// Bytes that a record would take in the open segment, before compression.
    pub(crate) fn body_len(&mut self, body: &Body) -> usize {
        self.open.as_mut().map_or(0, |open| open.writer.body_len(body))
    }

    /// Cuts the chunk and seals the segment where it is time to.
    pub(crate) fn tick(&mut self, now: RunTime, counters: &mut Counters) {
        self.forget_old(now);
        let Some(open) = &mut self.open else { return };
        if open.pace.wants_cut(now.ms, open.writer.pending_len()) {
            open.pace.cut();
            let chunk = open.writer.cut();
            if self.target.append(&mut self.spool, chunk).is_err() {
                return self.fail(now, counters);
            }
        }
        let wants_seal = |open: &Open| {
            open.pace.wants_seal(now.ms, open.writer.len())
                || self.target.wants_seal(open.pace.age_ms(now.ms))
        };
        if self.open.as_ref().is_some_and(wants_seal) {
            self.seal(now, counters);
        }
    }

    /// What is forgotten is no reason not to record the screen again.
    fn forget_old(&mut self, now: RunTime) {
        if self.target.trim(now.ms) {
            self.is_intact = false;
        }
    }

    /// Seals the open segment, if there is one.
    pub(crate) fn seal(&mut self, now: RunTime, counters: &mut Counters) {
        let Some(open) = self.open.take() else { return };
        let written = open.writer.len();
        let rest = open.writer.seal();
        match self.target.seal(&mut self.spool, &rest, now.ms) {
            Ok(trimmed) => {
                self.is_intact = true;
                if let Some(trimmed) = trimmed {
                    counters.sealed(written + rest.len(), trimmed);
                }
            }
            Err(_) => self.fail(now, counters),
        }
    }

    /// Gives up the open segment; nothing of it is left. Its seq becomes a hole.
    pub(crate) fn abandon(&mut self, counters: &mut Counters) {
        self.open = None;
        if self.target.abandon(&mut self.spool).is_err() {
            counters.segments_failed += 1;
        }
    }

    /// Where it is `replay` that is recorded here: nobody wants it, so what is
    /// open is given up and nothing is recorded any more.
    pub(crate) fn stop_if(&mut self, replay: &ReplayId, counters: &mut Counters) {
        if self.is_of(replay) {
            self.abandon(counters);
            self.is_stopped = true;
        }
    }

    /// The sealed segments that may be sent: not yet those of a replay that may turn
    /// out too short. What is recorded last is sealed last.
    pub(crate) fn sendable(&self, now: RunTime) -> &[Entry] {
        let entries = self.spool.entries();
        let is_held = |entry: &Entry| self.is_short(now) && entry.replay == self.replay;
        let sendable = entries.iter().position(is_held).unwrap_or(entries.len());
        entries.get(..sendable).unwrap_or_default()
    }

    /// The pictures that may be sent: none while what is recorded may turn out too
    /// short, because nobody knows which of them are of it.
    pub(crate) fn sendable_pictures(&self, now: RunTime) -> Option<&Pictures> {
        (!self.is_short(now)).then(|| self.spool.pictures())
    }

    /// Puts pictures beside the segments of what is recorded, if it is on disk. They
    /// are given only then.
    pub(crate) fn add_pictures(&mut self, held: impl FnOnce() -> Vec<(ImageId, Vec<u8>)>) {
        if self.target.place() != Place::Spool {
            return;
        }
        for (image_id, bytes) in held() {
            // What is not on disk is missing at the server, which says so.
            let _ = self.spool.add_picture(&self.replay.device_id, image_id, &bytes);
        }
    }

    fn is_short(&self, now: RunTime) -> bool {
        self.short_for_ms(now).is_some()
    }

    /// How long what is recorded may still turn out too short, in milliseconds; `None`
    /// where it may not.
    pub(crate) fn short_for_ms(&self, now: RunTime) -> Option<u64> {
        let long_at_ms = self.replay_since_ms?.saturating_add(self.min_duration_ms);
        long_at_ms.checked_sub(now.ms).filter(|left_ms| *left_ms > 0)
    }

    /// Whether it is that replay that was recorded here last.
    pub(crate) fn is_of(&self, replay: &ReplayId) -> bool {
        *replay == self.replay
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    /// The file system refused: what was written stays for the next start to
    /// close; its seq becomes a hole, which is how a loss is seen.
    fn fail(&mut self, now: RunTime, counters: &mut Counters) {
        if !self.has_refusing_disk() {
            counters.segments_failed += 1;
        }
        self.open = None;
        self.outage = Some(Outage::of_disk(self.outage, now.ms));
    }

    fn has_refusing_disk(&self) -> bool {
        self.outage.is_some_and(|outage| outage.is_of_disk())
    }
}

/// Turns the caller's instants into record times, which never go back: a
/// segment that began before the one before it ended could not be placed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RunClock {
    start_mono_ms: u64,
    latest_ms: u64,
}

impl RunClock {
    pub(crate) fn starting(now: Now) -> Self {
        Self { start_mono_ms: now.mono_ms, latest_ms: 0 }
    }

    /// The latest instant, with the wall clock of that one.
    pub(crate) const fn latest(&self, time: RunTime) -> RunTime {
        RunTime { ms: self.latest_ms, wall_ms: time.wall_ms }
    }

    pub(crate) fn time(&mut self, now: Now) -> RunTime {
        self.latest_ms = self.latest_ms.max(now.mono_ms.saturating_sub(self.start_mono_ms));
        RunTime { ms: self.latest_ms, wall_ms: now.wall_ms }
    }
}
