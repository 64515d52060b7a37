//! Viewreel: the sealed segments of the real recorder.

use crate::moments::LEVEL;
use crate::session::{START, Session};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use viewreel_capture::{CaptureDecoder, InputSink, Said};
use viewreel_format::{ReplayId, SealedSegment};
use viewreel_mask::Masker;
use viewreel_model::Snapshot;
use viewreel_model::record::ReplayMeta;
use viewreel_recorder::{Config, Content, PictureKey, Recorder};
use viewreel_seams::SeededRng;
use viewreel_spool::{Limits, Spool};
use viewreel_text::Inter;

/// What was said, with its time in milliseconds.
type Told<'a> = &'a (u64, Said);

/// The segments of a session, as they would be uploaded.
pub(crate) struct Recording {
    pub(crate) segments: Vec<Vec<u8>>,
}

impl Recording {
    /// Records a session.
    pub(crate) fn of(session: &Session) -> Self {
        let dir = spool_dir();
        let mut recorder = recorder(&dir);
        for (at_ms, said) in &session.said {
            recorder.input(START.plus_ms(*at_ms), said.as_input());
        }
        recorder.flush(START.plus_ms(session.length_ms));
        let lost = recorder.counters().records_dropped + recorder.counters().captures_rejected;
        assert_eq!(lost, 0, "everything fits into segments");
        let read = |entry: &viewreel_spool::Entry| std::fs::read(&entry.path);
        let segments = recorder.spooled().iter().map(read).collect::<Result<_, _>>();
        Self { segments: segments.expect("the spool is readable") }
    }

    /// Bytes of all segments.
    pub(crate) fn bytes(&self) -> usize {
        self.segments.iter().map(Vec::len).sum()
    }

    /// When each segment starts, in milliseconds since the start.
    pub(crate) fn starts_ms(&self) -> Vec<u64> {
        let start = |bytes: &Vec<u8>| {
            SealedSegment::parse(bytes).expect("the recorder seals segments").header().start_ms
        };
        self.segments.iter().map(start).collect()
    }
}

/// Time of a capture in which something changed, from the masked tree to bytes
/// in the spool: the least that decoding and masking alone take is taken off
/// the least that the whole path takes. `changed_ms` are the times of these
/// captures.
pub(crate) fn time_per_change(
    session: &Session,
    changed_ms: &BTreeSet<u64>,
    rounds: usize,
) -> Duration {
    let is_kept = |(at_ms, said): &&(u64, Said)| {
        !matches!(said, Said::Capture(_)) || changed_ms.contains(at_ms)
    };
    let told: Vec<Told<'_>> = session.said.iter().filter(is_kept).collect();
    let best = |run: &dyn Fn(&[Told<'_>]) -> Duration| (0..rounds).map(|_| run(&told)).min();
    let whole = best(&time_recording).unwrap_or_default();
    let masking = best(&time_masking).unwrap_or_default();
    whole.saturating_sub(masking) / changed_ms.len().max(1) as u32
}

#[allow(clippy::disallowed_methods, reason = "a bench measures time")]
fn time_recording(told: &[Told<'_>]) -> Duration {
    let dir = spool_dir();
    let mut recorder = recorder(&dir);
    let start = Instant::now();
    for (at_ms, said) in told {
        recorder.input(START.plus_ms(*at_ms), said.as_input());
    }
    recorder.flush(START);
    start.elapsed()
}

#[allow(clippy::disallowed_methods, reason = "a bench measures time")]
fn time_masking(told: &[Told<'_>]) -> Duration {
    let (mut decoder, mut masker) = (CaptureDecoder::new(), Masker::new(LEVEL));
    let (mut before, mut tree) = (Snapshot::default(), Snapshot::default());
    let mut content = Content::new(Box::new(Inter), PictureKey::default());
    let start = Instant::now();
    for (_, said) in told {
        if let Said::Capture(buffer) = said {
            let raw = decoder.decode(buffer).expect("captures are whole");
            masker.mask(&raw, &before, &mut content, &mut tree);
            std::mem::swap(&mut before, &mut tree);
        }
    }
    start.elapsed()
}

/// A folder in memory where the system has one, so that no disk is measured.
fn spool_dir() -> tempfile::TempDir {
    let in_memory = tempfile::tempdir_in("/dev/shm");
    in_memory.or_else(|_| tempfile::tempdir()).expect("a temporary folder can be made")
}

fn recorder(dir: &tempfile::TempDir) -> Recorder {
    let (spool, _) = Spool::open(dir.path(), Limits::NONE, START.wall_ms);
    let replay = ReplayId::new("0F4A2C9E-7C31-4B7B-9D5A-51C0B7A2E1D4", "1764158400000");
    let config = Config {
        replay: replay.expect("both ids are valid"),
        mask_level: LEVEL,
        meta: meta(),
        utc_offset_min: 60,
        picture_key: PictureKey::default(),
    };
    Recorder::start(config, spool, Box::new(Inter), Box::new(SeededRng::new(1)), START)
}

fn meta() -> ReplayMeta {
    ReplayMeta {
        user_id: "user-1048".to_owned(),
        app_name: "Bench".to_owned(),
        app_version: "4.2.0".to_owned(),
        os_name: "iOS".to_owned(),
        os_version: "19.1".to_owned(),
        device_model: "iPhone17,1".to_owned(),
        locale: "en_GB".to_owned(),
        sdk: "viewreel-bench 0".to_owned(),
    }
}
