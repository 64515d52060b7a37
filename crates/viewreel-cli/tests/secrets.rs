//! No text that is masked is anywhere in the bytes that leave: not inflated, not in
//! UTF-16, not backwards. Real sessions, at every level.

mod common;

use aho_corasick::AhoCorasick;
use common::testdata;
use flate2::{Decompress, FlushDecompress};
use std::collections::BTreeSet;
use viewreel_capture::{CaptureDecoder, Input, InputSink, Platform};
use viewreel_format::ReplayId;
use viewreel_import::{Source, import};
use viewreel_mask::Masker;
use viewreel_model::record::ReplayMeta;
use viewreel_model::{MaskLevel, RawSnapshot, Snapshot, StrId};
use viewreel_recorder::{Config, Content, PictureKey, Recorder};
use viewreel_seams::{Now, SeededRng};
use viewreel_spool::{Limits, Spool};
use viewreel_text::Inter;

const LEVELS: [MaskLevel; 3] = [MaskLevel::Light, MaskLevel::Medium, MaskLevel::Conservative];

/// Shorter texts may stand in anything.
const MIN_CHARS: usize = 6;

/// Records a session, and takes down what is on its screens.
struct Witness {
    recorder: Recorder,
    decoder: CaptureDecoder,
    masker: Masker,
    content: Content,
    masked: Snapshot,
    /// Every text on a screen.
    raw: BTreeSet<String>,
    /// Every text that may become known, and everything said beside the screens.
    public: BTreeSet<String>,
    dir: tempfile::TempDir,
    last: Now,
}

impl InputSink for Witness {
    fn input(&mut self, now: Now, input: Input<'_>) {
        match &input {
            Input::Capture(buffer) => {
                let mut decoder = std::mem::take(&mut self.decoder);
                self.look(&decoder.decode(buffer).expect("captures are whole"));
                self.decoder = decoder;
            }
            Input::Screen(name) | Input::ScreenTitle(name) | Input::Event(name) => {
                self.public.extend([(*name).to_owned()]);
            }
            Input::Log { message, .. } => self.public.extend([(*message).to_owned()]),
            _ => {}
        }
        self.recorder.input(now, input);
        self.last = now;
    }
}

impl Witness {
    fn at(level: MaskLevel) -> Self {
        let dir = tempfile::tempdir().expect("the disk works");
        let (spool, _) = Spool::open(dir.path(), Limits::NONE, 0);
        let replay = ReplayId::new("device", "session").expect("both ids are valid");
        let meta = ReplayMeta::default();
        let config = Config {
            replay,
            mask_level: level,
            meta,
            utc_offset_min: 0,
            picture_key: PictureKey::default(),
        };
        let recorder = Recorder::start(
            config,
            spool,
            Box::new(Inter),
            Box::new(SeededRng::new(1)),
            Now::default(),
        );
        Self {
            recorder,
            decoder: CaptureDecoder::new(),
            masker: Masker::new(level),
            content: Content::new(Box::new(Inter), PictureKey::default()),
            masked: Snapshot::default(),
            raw: BTreeSet::new(),
            public: BTreeSet::new(),
            dir,
            last: Now::default(),
        }
    }

    fn look(&mut self, raw: &dyn RawSnapshot) {
        for node in 0..raw.len() {
            let lines = Inter.lay_out(&raw.text_ask(node)).expect("it answers at once");
            self.raw.extend(lines.into_iter().map(|line| line.text));
            self.raw.insert(raw.text(node).to_owned());
        }
        self.masker.mask(raw, &Snapshot::default(), &mut self.content, &mut self.masked);
        let strings = &self.masked.columns().strings;
        let ids = (1..=strings.len() as u32).map(StrId);
        self.public.extend(ids.map(|id| strings.get(id).to_owned()));
    }

    /// Everything that would be uploaded, with every stream inflated.
    fn bytes(&mut self) -> Vec<u8> {
        self.recorder.flush(self.last);
        let files = self.recorder.spooled().iter().map(|entry| entry.path.clone());
        let files = files.map(|path| std::fs::read(path).expect("the file is there"));
        files.flat_map(|file| [inflated(&file), file].concat()).collect()
    }

    /// What must not leave: masked everywhere, and no part of what is known.
    fn secrets(&self) -> Vec<&str> {
        let known: String = self.public.iter().map(|text| format!("{text}\n")).collect();
        let is_secret =
            |text: &&String| text.chars().count() >= MIN_CHARS && !known.contains(text.as_str());
        self.raw.iter().filter(is_secret).map(String::as_str).collect()
    }
}

/// The records of all tracks, read by the page that specifies segments.
fn inflated(segment: &[u8]) -> Vec<u8> {
    let mut at = usize::from(u16::from_le_bytes([segment[6], segment[7]]));
    let mut tracks: [Vec<u8>; 4] = Default::default();
    while segment[at] != b'F' {
        let tag = segment[at];
        at += 1;
        let present: Vec<usize> = (0..4).filter(|track| tag >> track & 1 == 1).collect();
        let sizes: Vec<usize> =
            present.iter().map(|_| (uv(segment, &mut at), uv(segment, &mut at)).1).collect();
        for (track, size) in present.into_iter().zip(sizes) {
            tracks[track].extend_from_slice(&segment[at..at + size]);
            tracks[track].extend_from_slice(&[0, 0, 0xff, 0xff]);
            at += size;
        }
        at += 4;
    }
    tracks.iter().flat_map(|stream| inflate(stream)).collect()
}

fn uv(bytes: &[u8], at: &mut usize) -> usize {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return value;
        }
    }
}

fn inflate(stream: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(8 << 20);
    Decompress::new(false)
        .decompress_vec(stream, &mut out, FlushDecompress::Sync)
        .expect("it inflates");
    out
}

/// The text as it could hide: as it is, backwards, in UTF-16 of either order.
fn forms(text: &str) -> Vec<Vec<u8>> {
    let backwards: String = text.chars().rev().collect();
    let little = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    vec![text.as_bytes().to_vec(), backwards.into_bytes(), little, big]
}

/// Which of these texts are in the bytes, in whatever form.
fn found<'a>(bytes: &[u8], texts: &[&'a str]) -> BTreeSet<&'a str> {
    let all = texts.iter().flat_map(|&text| forms(text).into_iter().map(move |form| (text, form)));
    let (names, forms): (Vec<&str>, Vec<Vec<u8>>) = all.unzip();
    let search = AhoCorasick::new(forms).expect("there are not too many");
    search.find_overlapping_iter(bytes).map(|found| names[found.pattern().as_usize()]).collect()
}

/// Plays a session at each level; `least` secrets and known texts there are.
fn check(least: [usize; 2], play: impl Fn(&mut Witness)) {
    for level in LEVELS {
        let mut witness = Witness::at(level);
        play(&mut witness);
        let bytes = witness.bytes();
        let secrets = witness.secrets();
        let left = found(&bytes, &secrets);
        assert!(left.is_empty(), "{left:?} left at level {}", level.word());
        let known = witness.raw.intersection(&witness.public).map(String::as_str);
        let known: Vec<&str> = known.filter(|text| text.len() >= MIN_CHARS).collect();
        if level == MaskLevel::Conservative {
            assert!(secrets.len() >= least[0], "{} secrets", secrets.len());
        } else {
            let kept = found(&bytes, &known).len();
            assert!(kept >= least[1], "the search finds {kept} texts that are kept");
        }
        drop(witness.dir);
    }
}

#[test]
fn no_masked_text_of_the_shop_leaves() {
    check([50, 50], |witness| {
        let _ = viewreel_phone::play_shop(witness, Now::default());
    });
}

#[test]
fn no_masked_text_of_a_real_app_leaves() {
    let trace = std::fs::read(testdata("trees/qqmusic.ndjson.gz")).expect("the trace is there");
    check([400, 400], |witness| {
        import(Source::Trace, &trace, witness, Now::default()).expect("the trace is whole");
    });
}

#[test]
fn no_masked_text_of_real_page_sources_leaves() {
    for name in [
        "shirates_SettingsTopScreen.xml",
        "shirates_KeyboardScreen.xml",
        "alumnium_simple_xcuitest.xml",
    ] {
        let source = std::fs::read(testdata("trees").join(name)).expect("the source is there");
        check([1, 1], |witness| {
            import(Source::XcuiTest, &source, witness, Now::default())
                .expect("the source is whole");
        });
    }
}
