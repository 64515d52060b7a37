//! The header: which replay, run and place in it a segment belongs to.

use crate::bytes::{Reader, Writer};
use crate::error::{FormatError, Place};
use crate::limits::{MAX_HEADER_BYTES, MAX_ID_BYTES};
use viewreel_model::{Run, SegmentId};

pub(crate) const MAGIC: &[u8; 4] = b"VRSG";
const VERSION: u16 = 1;

/// Offset of the header's own length, in bytes.
const LENGTH_AT: usize = 6;

/// Shortest header, in bytes: both ids of one character.
const MIN_HEADER_BYTES: usize = 54 + 2 * 2 + 4;

/// A replay's identity, `device_id/session_id`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReplayId {
    /// As the analytics client knows the device.
    pub device_id: String,
    /// As the analytics client knows the session.
    pub session_id: String,
}

impl ReplayId {
    /// A replay id, or `None` where a part is empty, longer than
    /// [`MAX_ID_BYTES`] or has characters other than `a-z A-Z 0-9 _ - . | @ : =`.
    #[must_use]
    pub fn new(device_id: &str, session_id: &str) -> Option<Self> {
        let is_valid = is_valid_id(device_id) && is_valid_id(session_id);
        is_valid.then(|| Self { device_id: device_id.into(), session_id: session_id.into() })
    }

    /// The device of the replay.
    #[must_use]
    pub fn device(&self) -> DeviceId {
        DeviceId(self.device_id.clone())
    }
}

/// A device, as the analytics client knows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DeviceId(String);

impl DeviceId {
    /// A device id, or `None` where it is not as [`ReplayId::new`] wants it.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        is_valid_id(id).then(|| Self(id.into()))
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_valid_id(id: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.|@:=".contains(&byte);
    (1..=MAX_ID_BYTES).contains(&id.len()) && id.bytes().all(is_allowed)
}

/// The first bytes of a segment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SegmentHeader {
    /// Drawn when the file is created.
    pub segment_id: SegmentId,
    /// The recording process.
    pub run: Run,
    /// Place within the run, from 0; holes are visible losses.
    pub seq: u32,
    /// Record time at the segment's start, milliseconds since the run's start.
    pub start_ms: u64,
    /// The phone's wall clock at the segment's start, milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// Local time minus UTC, in minutes.
    pub utc_offset_min: i16,
    /// The replay.
    pub replay: ReplayId,
}

impl SegmentHeader {
    /// The wall clock at the start of the run, as this segment sees it,
    /// milliseconds since 1970 UTC.
    #[must_use]
    pub fn run_anchor_ms(&self) -> i64 {
        self.wall_ms.saturating_sub_unsigned(self.start_ms)
    }

    /// The header that `bytes` begin with; more may follow. Tells whose a
    /// segment is even where the rest of it is damaged.
    ///
    /// # Errors
    /// Where the header is damaged or of another version.
    pub fn parse_first(bytes: &[u8]) -> Result<Self, FormatError> {
        Self::read(&mut Reader::new(bytes))
    }

    pub(crate) fn write(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.bytes.extend_from_slice(MAGIC);
        out.bytes.extend_from_slice(&VERSION.to_le_bytes());
        out.bytes.extend_from_slice(&self.length().to_le_bytes());
        out.bytes.extend_from_slice(&self.segment_id.0.to_be_bytes());
        out.bytes.extend_from_slice(&self.run.0.to_le_bytes());
        out.u32(self.seq);
        out.bytes.extend_from_slice(&self.start_ms.to_le_bytes());
        out.bytes.extend_from_slice(&self.wall_ms.to_le_bytes());
        out.bytes.extend_from_slice(&self.utc_offset_min.to_le_bytes());
        out.text(&self.replay.device_id);
        out.text(&self.replay.session_id);
        let crc = crc32fast::hash(&out.bytes);
        out.u32(crc);
        out.bytes
    }

    /// Bytes of the whole header. Ids are at most 128 bytes, so their lengths
    /// take one or two bytes.
    fn length(&self) -> u16 {
        let text = |id: &str| id.len() + if id.len() < 0x80 { 1 } else { 2 };
        let ids = text(&self.replay.device_id) + text(&self.replay.session_id);
        u16::try_from(54 + ids + 4).unwrap_or(u16::MAX)
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let start = from.clone();
        let length = read_prefix(from)?;
        let bytes = start.clone().take(length, "a whole header")?;
        check_crc(bytes, start.place())?;
        let mut fields = start.clone().part(length.saturating_sub(4), "a header")?;
        fields.take(LENGTH_AT + 2, "a header")?;
        let header = Self {
            segment_id: SegmentId(u128::from_be_bytes(fields.array("a segment id")?)),
            run: Run(fields.u64("a run")?),
            seq: fields.u32("a seq")?,
            start_ms: fields.u64("a start time")?,
            wall_ms: i64::from_le_bytes(fields.array("a wall clock")?),
            utc_offset_min: i16::from_le_bytes(fields.array("an offset from UTC")?),
            replay: read_replay(&mut fields)?,
        };
        *from = start;
        from.take(length, "a whole header")?;
        Ok(header)
    }
}

/// Magic, version and length.
fn read_prefix(from: &mut Reader<'_>) -> Result<usize, FormatError> {
    from.map("the magic number VRSG", Reader::array, |magic| (magic == *MAGIC).then_some(()))?;
    let place = from.place();
    match from.u16("a format version")? {
        VERSION => read_length(from),
        version => Err(FormatError::UnknownVersion { place, version }),
    }
}

/// Bounded, so that whoever looks for a header behind damage never hashes far.
fn read_length(from: &mut Reader<'_>) -> Result<usize, FormatError> {
    let start = from.offset();
    let length = usize::from(from.u16("a header length")?);
    let left = from.left() + LENGTH_AT + 2;
    match length {
        MIN_HEADER_BYTES..=MAX_HEADER_BYTES if length <= left => Ok(length),
        ..=MAX_HEADER_BYTES => Err(from.expected_at(start, "the length of a whole header")),
        _ => Err(from.over_at(start, "bytes in a header", MAX_HEADER_BYTES)),
    }
}

fn check_crc(header: &[u8], place: Place) -> Result<(), FormatError> {
    let (body, crc) = header
        .split_last_chunk::<4>()
        .ok_or(FormatError::Expected { place, what: "a whole header" })?;
    match crc32fast::hash(body) == u32::from_le_bytes(*crc) {
        true => Ok(()),
        false => Err(FormatError::Checksum { place, of: "header" }),
    }
}

fn read_replay(from: &mut Reader<'_>) -> Result<ReplayId, FormatError> {
    Ok(ReplayId {
        device_id: read_id(from, "a device id of allowed characters")?,
        session_id: read_id(from, "a session id of allowed characters")?,
    })
}

fn read_id(from: &mut Reader<'_>, what: &'static str) -> Result<String, FormatError> {
    let start = from.offset();
    let id = from.text(what, MAX_ID_BYTES)?;
    match is_valid_id(id) {
        true => Ok(id.to_owned()),
        false if id.is_empty() => Err(from.expected_at(start, what)),
        false => Err(from.expected_at(from.offset() - id.len(), what)),
    }
}
