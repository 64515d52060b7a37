//! Writes the segments of the shop as it would be if all of it were public, for the
//! picture of `docs/privacy.md` that shows what masking takes away.
//!
//! Every view is declared public, and everything that is typed a plain text of the app:
//! the masker does what it always does and has nothing to mask. All of it is invented.

use std::io::Write;
use viewreel_capture::layout::{NodeRow, flag, override_code};
use viewreel_capture::{CaptureBuffer, Input, InputSink};
use viewreel_format::ReplayId;
use viewreel_model::node::{TextRole, control};
use viewreel_model::record::ReplayMeta;
use viewreel_model::{Kind, MaskLevel};
use viewreel_phone::{PhonePlatform, play_shop};
use viewreel_recorder::{Config, PictureKey, Recorder};
use viewreel_seams::{Now, SeededRng};
use viewreel_spool::{Limits, Spool};

/// When the session begins, milliseconds since 1970 UTC.
const START_MS: i64 = 1_764_000_000_000;

/// Declares everything public on its way to a recorder.
struct Public(Recorder);

impl InputSink for Public {
    fn input(&mut self, now: Now, input: Input<'_>) {
        match input {
            Input::Capture(buffer) => self.0.input(now, Input::Capture(&public(buffer))),
            other => self.0.input(now, other),
        }
    }
}

fn public(buffer: &CaptureBuffer) -> CaptureBuffer {
    let mut buffer = buffer.clone();
    buffer.rows_mut().regions.clear();
    buffer.rows_mut().nodes.iter_mut().for_each(declare);
    buffer
}

fn declare(row: &mut NodeRow) {
    row.override_action = override_code::KEEP;
    row.content_type = 0;
    row.flags &= !(flag::SECURE | flag::WAS_SENSITIVE);
    row.control_flags &= !control::FOCUSED;
    row.kind = match Kind::from_code(row.kind) {
        Kind::Keyboard => Kind::View as u8,
        kind if kind.is_editable() => Kind::Text as u8,
        kind => kind as u8,
    };
    if row.text_role != TextRole::None as u8 {
        row.text_role = TextRole::Static as u8;
    }
}

fn main() {
    let dir = tempfile::tempdir().expect("the disk works");
    let (spool, _) = Spool::open(dir.path(), Limits::NONE, START_MS);
    let config = Config {
        replay: ReplayId::new("unmasked", &START_MS.to_string()).expect("both ids are valid"),
        mask_level: MaskLevel::Light,
        meta: ReplayMeta::default(),
        utc_offset_min: 0,
        picture_key: PictureKey::default(),
    };
    let (platform, rng) = (Box::new(PhonePlatform), Box::new(SeededRng::new(1)));
    let start = Now { mono_ms: 0, wall_ms: START_MS };
    let mut app = Public(Recorder::start(config, spool, platform, rng, start));
    let length_ms = play_shop(&mut app, start).duration_ms;
    app.0.flush(start.plus_ms(length_ms));
    for entry in app.0.spooled() {
        let segment = std::fs::read(&entry.path).expect("the file is there");
        std::io::stdout().write_all(&segment).expect("somebody reads");
    }
}
