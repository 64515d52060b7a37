//! A recorder with a spool of its own that goes away with it.

use crate::error::CliError;
use crate::scratch::temporary_dir;
use tempfile::TempDir;
use viewreel_capture::{Input, InputSink, Platform};
use viewreel_format::ReplayId;
use viewreel_model::MaskLevel;
use viewreel_model::record::ReplayMeta;
use viewreel_recorder::{Config, Counters, PictureKey, Recorder};
use viewreel_seams::Now;
use viewreel_seams::system::SystemRng;
use viewreel_spool::{Limits, Spool};

/// Name and version of this recorder, as replays carry it.
const SDK: &str = concat!("viewreel-cli ", env!("CARGO_PKG_VERSION"));

/// What a recording is about.
pub(crate) struct Label {
    pub(crate) replay: ReplayId,
    pub(crate) mask_level: MaskLevel,
    pub(crate) meta: ReplayMeta,
}

/// Records inputs into sealed segments.
pub(crate) struct Tape {
    pub(crate) recorder: Recorder,
    last: Now,
    _dir: TempDir,
}

impl Tape {
    /// A tape whose run starts at `start`, of what happens on that platform.
    pub(crate) fn start(
        label: Label,
        platform: Box<dyn Platform>,
        start: Now,
    ) -> Result<Self, CliError> {
        let dir = temporary_dir()?;
        let (spool, _) = Spool::open(dir.path(), Limits::NONE, start.wall_ms);
        let Label { replay, mask_level, meta } = label;
        let config = Config {
            replay,
            mask_level,
            meta: signed(meta),
            utc_offset_min: 0,
            picture_key: PictureKey::random(&mut SystemRng),
        };
        let recorder = Recorder::start(config, spool, platform, Box::new(SystemRng), start);
        Ok(Self { recorder, last: start, _dir: dir })
    }

    /// Seals what is open and complains about what was lost.
    pub(crate) fn finish(&mut self) -> Result<(), CliError> {
        self.recorder.flush(self.last);
        all_recorded(&self.recorder.counters())
    }

    /// The bytes of every sealed segment.
    pub(crate) fn segments(&self) -> Result<Vec<Vec<u8>>, CliError> {
        let read = |entry: &viewreel_spool::Entry| crate::playable::read_file(&entry.path);
        self.recorder.spooled().iter().map(read).collect()
    }
}

impl InputSink for Tape {
    fn input(&mut self, now: Now, input: Input<'_>) {
        self.last = now;
        self.recorder.input(now, input);
    }
}

/// What a recording of this command says of itself.
pub(crate) fn signed(meta: ReplayMeta) -> ReplayMeta {
    ReplayMeta { sdk: SDK.to_owned(), ..meta }
}

/// Complains about what was lost.
///
/// # Errors
/// Where something was.
pub(crate) fn all_recorded(counters: &Counters) -> Result<(), CliError> {
    match counters.records_dropped + counters.segments_failed + counters.captures_rejected {
        0 => Ok(()),
        _ => Err(CliError::failed(format!(
            "not everything could be recorded: {} of {} captures rejected, {} records dropped, {} segments lost",
            counters.captures_rejected,
            counters.captures,
            counters.records_dropped,
            counters.segments_failed
        ))),
    }
}

/// Listens and forgets: to find out how long a session is.
pub(crate) struct Nobody;

impl InputSink for Nobody {
    fn input(&mut self, _: Now, _: Input<'_>) {}
}

/// The start of a run that is `length_ms` long and ends at `end`.
pub(crate) fn start_to_end_at(end: Now, length_ms: u64) -> Now {
    Now { mono_ms: 0, wall_ms: end.wall_ms.saturating_sub_unsigned(length_ms) }
}
