//! The config record: what a server asks of the recorders of a project.

use crate::bytes::{Reader, Writer};
use crate::error::{FormatError, Place};
use crate::limits::{MAX_CONFIG_BYTES, MAX_MIN_DURATION_MS};
use rules::{read_list, write_list};
use viewreel_model::MaskLevel;
use viewreel_model::record::LogLevel;

const MAGIC: &[u8; 4] = b"VRCF";
const VERSION: u16 = 1;

/// Bytes before the fields.
const HEAD_BYTES: usize = 8;

/// Bytes of the checksum.
const CRC_BYTES: usize = 4;

/// A sample rate of 1.
const MILLION: u32 = 1_000_000;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $code:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$word_doc])* $word = $code,)+ }

        impl $name {
            /// The word of that number.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$word),)+ _ => None }
            }
        }
    };
}

mod rules;

pub use rules::{Subject, SwitchOff, TargetingRule, Version};
pub use viewreel_model::{Override, Step};

words! {
    /// How often and how finely is captured.
    Quality {
        /// Seldom and coarse.
        Low = 0,
        /// In between.
        Medium = 1,
        /// Often and fine.
        High = 2,
        /// As the device can bear.
        Automatic = 3,
    }
}

words! {
    /// Where the data of a project may go.
    ServerZone {
        /// The United States.
        Us = 0,
        /// The European Union.
        Eu = 1,
    }
}

words! {
    /// Which log lines are recorded.
    LogThreshold {
        /// None.
        Off = 0,
        /// Errors.
        Errors = 1,
        /// Errors and warnings.
        Warnings = 2,
        /// All.
        All = 3,
    }
}

impl LogThreshold {
    /// Whether a line of that level is recorded.
    #[must_use]
    pub const fn takes(self, level: LogLevel) -> bool {
        match self {
            Self::Off => false,
            Self::Errors => matches!(level, LogLevel::Error),
            Self::Warnings => matches!(level, LogLevel::Error | LogLevel::Warn),
            Self::All => true,
        }
    }
}

/// What a server asks of the recorders of a project. What is `None` stays as the
/// app has it; what is there wins over the app. An empty list asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteConfig {
    /// Whether anything is recorded.
    pub captures: Option<bool>,
    /// Sessions of a million that are recorded, at most 1,000,000.
    pub sample_rate_ppm: Option<u32>,
    /// How much is masked.
    pub mask_level: Option<MaskLevel>,
    /// How often and how finely is captured.
    pub quality: Option<Quality>,
    /// A session that ends before is not sent; milliseconds, at most
    /// [`MAX_MIN_DURATION_MS`].
    pub min_duration_ms: Option<u32>,
    /// Where data may go; a recorder set to another zone records nothing.
    pub zone: Option<ServerZone>,
    /// Which log lines are recorded.
    pub logs: Option<LogThreshold>,
    /// Whether segments may be sent over networks that cost money.
    pub uploads_metered: Option<bool>,
    /// Versions of recorder, system and app with which nothing is recorded.
    pub switched_off: Vec<SwitchOff>,
    /// What is masked or kept beside the level. All that find a view count.
    pub overrides: Vec<Override>,
    /// Whom to record. Where there are any, they take the place of the sample
    /// rate.
    pub targeting: Vec<TargetingRule>,
    /// Whether the server is told why a session has no replay.
    pub reports_decisions: Option<bool>,
}

mod number {
    pub(super) const CAPTURES: u64 = 1;
    pub(super) const SAMPLE_RATE: u64 = 2;
    pub(super) const MASK_LEVEL: u64 = 3;
    pub(super) const QUALITY: u64 = 4;
    pub(super) const MIN_DURATION: u64 = 5;
    pub(super) const ZONE: u64 = 6;
    pub(super) const LOGS: u64 = 7;
    pub(super) const UPLOADS_METERED: u64 = 8;
    pub(super) const SWITCHED_OFF: u64 = 9;
    pub(super) const OVERRIDES: u64 = 10;
    pub(super) const TARGETING: u64 = 11;
    pub(super) const REPORTS_DECISIONS: u64 = 12;
}

impl RemoteConfig {
    /// The record. Equal settings are equal bytes.
    ///
    /// # Errors
    /// Where readers would refuse it: a list or a string is too long, or a rule
    /// says nothing.
    pub fn encode(&self) -> Result<Vec<u8>, FormatError> {
        let mut fields = Writer::default();
        self.write_fields(&mut fields);
        let length = HEAD_BYTES + fields.bytes.len() + CRC_BYTES;
        if length > MAX_CONFIG_BYTES {
            return Err(Reader::new(&[]).over_at(0, "bytes in a config record", MAX_CONFIG_BYTES));
        }
        let bytes = frame(&fields.bytes);
        Self::decode(&bytes).map(|_| bytes)
    }

    fn write_fields(&self, out: &mut Writer) {
        let rate = self.sample_rate_ppm.map(|rate| rate.min(MILLION));
        let duration = self.min_duration_ms.map(|ms| ms.min(MAX_MIN_DURATION_MS));
        field(out, number::CAPTURES, self.captures.map(u32::from));
        field(out, number::SAMPLE_RATE, rate);
        field(out, number::MASK_LEVEL, self.mask_level.map(|level| level as u32));
        field(out, number::QUALITY, self.quality.map(|quality| quality as u32));
        field(out, number::MIN_DURATION, duration);
        field(out, number::ZONE, self.zone.map(|zone| zone as u32));
        field(out, number::LOGS, self.logs.map(|logs| logs as u32));
        field(out, number::UPLOADS_METERED, self.uploads_metered.map(u32::from));
        list(out, number::SWITCHED_OFF, &self.switched_off);
        list(out, number::OVERRIDES, &self.overrides);
        list(out, number::TARGETING, &self.targeting);
        field(out, number::REPORTS_DECISIONS, self.reports_decisions.map(u32::from));
    }

    /// Reads a record, which `bytes` are from begin to end.
    ///
    /// # Errors
    /// Where it is damaged, of another version, or asks for what this version does
    /// not allow. There is no config then, not half of one.
    pub fn decode(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut from = read_head(bytes)?;
        let mut config = Self::default();
        let mut before = None;
        while !from.is_at_end() {
            let ascends = |number| (Some(number) > before).then_some(number);
            let number = from.map("a greater field number", Reader::uv, ascends)?;
            let length = from.count("the length of a field", MAX_CONFIG_BYTES)?;
            config.read_field(number, &mut from.part(length, "a field")?)?;
            before = Some(number);
        }
        Ok(config)
    }

    fn read_field(&mut self, number: u64, from: &mut Reader<'_>) -> Result<(), FormatError> {
        match number {
            number::CAPTURES => self.captures = Some(from.flag("whether to capture")?),
            number::SAMPLE_RATE => {
                self.sample_rate_ppm = Some(up_to(from, MILLION, "a rate up to a million")?);
            }
            number::MASK_LEVEL => {
                self.mask_level = Some(from.code("a mask level", MaskLevel::from_code)?);
            }
            number::QUALITY => self.quality = Some(from.code("a quality", Quality::from_code)?),
            number::MIN_DURATION => {
                let what = "a duration of at most a day";
                self.min_duration_ms = Some(up_to(from, MAX_MIN_DURATION_MS, what)?);
            }
            number::ZONE => self.zone = Some(from.code("a zone", ServerZone::from_code)?),
            number::LOGS => self.logs = Some(from.code("which logs", LogThreshold::from_code)?),
            number::UPLOADS_METERED => {
                self.uploads_metered = Some(from.flag("whether to send over metered networks")?);
            }
            number::SWITCHED_OFF => self.switched_off = read_list(from)?,
            number::OVERRIDES => self.overrides = read_list(from)?,
            number::TARGETING => self.targeting = read_list(from)?,
            number::REPORTS_DECISIONS => {
                self.reports_decisions = Some(from.flag("whether to tell decisions")?);
            }
            _ => {}
        }
        Ok(())
    }
}

/// A record of no more than [`MAX_CONFIG_BYTES`] with these fields.
fn frame(fields: &[u8]) -> Vec<u8> {
    let length = HEAD_BYTES + fields.len() + CRC_BYTES;
    let mut out = Writer { bytes: MAGIC.to_vec() };
    out.u16(VERSION);
    out.u16(length as u16);
    out.bytes.extend_from_slice(fields);
    let crc = crc32fast::hash(&out.bytes);
    out.u32(crc);
    out.bytes
}

/// Every single value is a `uv32`, which for small ones is a `u8`.
fn field(out: &mut Writer, number: u64, value: Option<u32>) {
    if let Some(value) = value {
        let mut body = Writer::default();
        body.uv(u64::from(value));
        sized(out, number, &body);
    }
}

fn list<T: rules::Entry>(out: &mut Writer, number: u64, entries: &[T]) {
    if !entries.is_empty() {
        let mut body = Writer::default();
        write_list(entries, &mut body);
        sized(out, number, &body);
    }
}

fn sized(out: &mut Writer, number: u64, body: &Writer) {
    out.uv(number);
    out.count(body.bytes.len());
    out.bytes.extend_from_slice(&body.bytes);
}

fn up_to(from: &mut Reader<'_>, most: u32, what: &'static str) -> Result<u32, FormatError> {
    from.map(what, Reader::uv32, |value| (value <= most).then_some(value))
}

/// Checks what is around the fields; a reader of them.
fn read_head(bytes: &[u8]) -> Result<Reader<'_>, FormatError> {
    let mut from = Reader::new(bytes);
    from.map("the magic number VRCF", Reader::array, |magic| (magic == *MAGIC).then_some(()))?;
    let place = from.place();
    match from.u16("a format version")? {
        VERSION => {}
        version => return Err(FormatError::UnknownVersion { place, version }),
    }
    if bytes.len() > MAX_CONFIG_BYTES {
        return Err(from.over_at(0, "bytes in a config record", MAX_CONFIG_BYTES));
    }
    let is_all = |length: u16| (usize::from(length) == bytes.len()).then_some(());
    from.map("the length of the record", Reader::u16, is_all)?;
    let fields = from.left().checked_sub(CRC_BYTES).ok_or(from.expected("a checksum"))?;
    let body = from.part(fields, "fields")?;
    let covered = bytes.get(..from.offset()).unwrap_or_default();
    match crc32fast::hash(covered) == from.u32("a checksum")? {
        true => Ok(body),
        false => Err(FormatError::Checksum { place: Place::stored(0), of: "config record" }),
    }
}
