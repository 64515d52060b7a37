//! Memory for what may come to be recorded.

use std::collections::VecDeque;
use viewreel_format::{FormatError, ReplayId, SegmentHeader, readdress};

/// Most bytes that a ring holds, the open part left out, which is at most one
/// segment.
pub const MAX_RING_BYTES: usize = 4 << 20;

/// Parts of which a ring forgets one at a time: the more, the closer to the
/// limit of time is what it holds.
const PARTS: u64 = 6;

/// Holds the latest segments of a run in memory, never on disk.
///
/// Each of its *parts* is a whole segment, masked and encoded as one in a spool
/// is, so what is left always begins with state and keyframe. It is written with
/// the verbs of a spool, under [`Ring::nobody`]; whose it is, and which number it
/// has in its run, is only said when it is taken.
#[derive(Clone, Default)]
pub struct Ring {
    /// The oldest first.
    parts: VecDeque<Part>,
    /// Bytes of them.
    bytes: usize,
    open: Option<Part>,
}

#[derive(Clone)]
struct Part {
    header: SegmentHeader,
    bytes: Vec<u8>,
}

/// Shows how much there is, not what.
impl std::fmt::Debug for Ring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ring({} parts, {} bytes)", self.parts.len(), self.bytes)
    }
}

impl Ring {
    /// The replay under which a part is written.
    #[must_use]
    pub fn nobody() -> ReplayId {
        ReplayId { device_id: "-".to_owned(), session_id: "-".to_owned() }
    }

    /// After how long a part has to be sealed where `keep_ms` are kept, both in
    /// milliseconds: parts are forgotten whole.
    #[must_use]
    pub const fn part_ms(keep_ms: u64) -> u64 {
        keep_ms / PARTS
    }

    /// Begins a part with its header, which `bytes` are. One that is open still is
    /// given up.
    pub fn begin(&mut self, header: &SegmentHeader, bytes: &[u8]) {
        self.open = Some(Part { header: header.clone(), bytes: bytes.to_vec() });
    }

    /// Appends to the open part, if there is one.
    pub fn append(&mut self, bytes: &[u8]) {
        if let Some(open) = &mut self.open {
            open.bytes.extend_from_slice(bytes);
        }
    }

    /// Appends the last bytes of the open part, if there is one. The oldest parts
    /// are forgotten where there is no room.
    pub fn seal(&mut self, bytes: &[u8]) {
        self.append(bytes);
        let Some(part) = self.open.take() else { return };
        self.bytes += part.bytes.len();
        self.parts.push_back(part);
        while self.bytes > MAX_RING_BYTES {
            self.forget_oldest();
        }
    }

    /// Gives up the open part.
    pub fn abandon(&mut self) {
        self.open = None;
    }

    /// Forgets the parts that began more than `keep_ms` before `now_ms`. Both are
    /// milliseconds, the latter of record time.
    pub fn trim(&mut self, now_ms: u64, keep_ms: u64) {
        let oldest_ms = now_ms.saturating_sub(keep_ms);
        while self.parts.front().is_some_and(|part| part.header.start_ms < oldest_ms) {
            self.forget_oldest();
        }
    }

    /// Forgets everything.
    pub fn wipe(&mut self) {
        *self = Self::default();
    }

    /// Whether no sealed part is there.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Bytes of the sealed parts.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Takes the sealed parts, the oldest first, as segments of `replay` that are
    /// numbered from `first_seq` on. The ring is empty then.
    ///
    /// # Errors
    /// For a part that was not written as a segment.
    pub fn take(
        &mut self,
        replay: &ReplayId,
        first_seq: u32,
    ) -> impl Iterator<Item = Result<(SegmentHeader, Vec<u8>), FormatError>> + use<> {
        let parts = std::mem::take(self).parts;
        let replay = replay.clone();
        (first_seq..).zip(parts).map(move |(seq, part)| {
            let header = SegmentHeader { seq, replay: replay.clone(), ..part.header };
            let bytes = readdress(&part.bytes, &header)?;
            Ok((header, bytes))
        })
    }

    fn forget_oldest(&mut self) {
        if let Some(part) = self.parts.pop_front() {
            self.bytes -= part.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_RING_BYTES, Ring};
    use viewreel_format::{FormatError, ReplayId, SealedSegment, SegmentHeader, SegmentWriter};
    use viewreel_model::record::{Body, State};
    use viewreel_model::{Run, SegmentId, Snapshot, StateId};

    const KEEP_MS: u64 = 60_000;

    /// Writes a part that begins at `start_ms`, with an event of that name.
    fn hold(ring: &mut Ring, start_ms: u64, event: &str) {
        let header = SegmentHeader {
            segment_id: SegmentId(u128::from(start_ms)),
            run: Run(7),
            start_ms,
            replay: Ring::nobody(),
            ..SegmentHeader::default()
        };
        let (mut writer, bytes) = SegmentWriter::begin(&header);
        ring.begin(&header, &bytes);
        let keyframe = Body::Keyframe { state: StateId(1), tree: Snapshot::default() };
        for body in [Body::State(State::default()), keyframe, Body::Event(event.to_owned())] {
            assert_eq!(writer.push(start_ms, &body), Ok(()));
        }
        ring.append(writer.cut());
        ring.seal(&writer.seal());
    }

    fn replay() -> ReplayId {
        ReplayId { device_id: "phone".into(), session_id: "1700000000000".into() }
    }

    /// What taking it gives: sequence number, start and event of each segment.
    fn taken(ring: &mut Ring) -> Result<Vec<(u32, u64, String)>, FormatError> {
        let mut taken = Vec::new();
        for part in ring.take(&replay(), 5) {
            let (header, bytes) = part?;
            let segment = SealedSegment::parse(&bytes)?;
            assert_eq!(*segment.header(), header);
            assert_eq!((&header.replay, header.run), (&replay(), Run(7)));
            let bodies: Vec<Body> =
                segment.records().map(|record| record.map(|r| r.body)).collect::<Result<_, _>>()?;
            let event = match bodies.as_slice() {
                [Body::State(_), Body::Keyframe { .. }, Body::Event(event)] => event.clone(),
                _ => "another opening".to_owned(),
            };
            taken.push((header.seq, header.start_ms, event));
        }
        Ok(taken)
    }

    #[test]
    fn what_is_taken_are_segments_of_the_replay_that_begin_with_a_keyframe() {
        let mut ring = Ring::default();
        for (start_ms, event) in [(0, "a"), (10_000, "b"), (20_000, "c")] {
            hold(&mut ring, start_ms, event);
        }
        ring.trim(65_000, KEEP_MS);
        let expected = [(5, 10_000, "b".to_owned()), (6, 20_000, "c".to_owned())];
        assert_eq!(taken(&mut ring).as_deref(), Ok(expected.as_slice()));
        assert!(ring.is_empty() && ring.bytes() == 0);
    }

    #[test]
    fn nothing_is_held_for_longer_than_asked() {
        let mut ring = Ring::default();
        for second in 0..600 {
            let now_ms = second * 1_000;
            if now_ms % Ring::part_ms(KEEP_MS) == 0 {
                hold(&mut ring, now_ms, "");
            }
            ring.trim(now_ms, KEEP_MS);
            let oldest_ms = ring.parts.front().map(|part| part.header.start_ms);
            assert!(oldest_ms.is_some_and(|ms| now_ms - ms <= KEEP_MS), "{now_ms}");
            let held_ms = now_ms - oldest_ms.unwrap_or(now_ms);
            assert!(held_ms >= now_ms.min(KEEP_MS - Ring::part_ms(KEEP_MS)), "{now_ms}");
        }
    }

    #[test]
    fn what_stays_open_or_is_given_up_is_not_taken() {
        let mut ring = Ring::default();
        hold(&mut ring, 0, "a");
        ring.begin(&SegmentHeader::default(), b"half");
        ring.abandon();
        ring.append(b"nothing is open");
        ring.seal(b"nothing is open");
        ring.begin(&SegmentHeader::default(), b"half");
        assert_eq!(taken(&mut ring).map(|taken| taken.len()), Ok(1));
        ring.seal(b"the rest");
        assert!(ring.is_empty(), "it went with the rest");
    }

    #[test]
    fn wiping_leaves_nothing() {
        let mut ring = Ring::default();
        hold(&mut ring, 0, "a");
        ring.begin(&SegmentHeader::default(), b"half");
        ring.wipe();
        ring.seal(b"rest");
        assert!(ring.is_empty() && ring.bytes() == 0);
    }

    #[test]
    fn a_ring_is_bounded() {
        let mut ring = Ring::default();
        for _ in 0..1_000 {
            ring.begin(&SegmentHeader::default(), &[7; 100_000]);
            ring.seal(&[]);
            assert!(ring.bytes() <= MAX_RING_BYTES);
        }
        assert_eq!(ring.parts.len(), MAX_RING_BYTES / 100_000);
    }

    #[test]
    fn what_is_no_segment_is_an_error() {
        let mut ring = Ring::default();
        ring.begin(&SegmentHeader::default(), b"VRSG");
        ring.seal(b"or not");
        assert!(taken(&mut ring).is_err());
    }

    #[test]
    fn its_debug_shows_no_content() {
        let mut ring = Ring::default();
        hold(&mut ring, 0, "secret");
        assert!(!format!("{ring:?}").contains("secret"));
    }
}
