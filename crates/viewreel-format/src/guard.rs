//! What the crash guard of a recorder remembers from one process to the next.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::MAX_CONFIG_STRING_BYTES;

const MAGIC: &[u8; 4] = b"VRGD";
const VERSION: u16 = 1;

/// What the crash guard of a recorder remembers from one process to the next.
/// Only the device that wrote it reads it.
///
/// | offset | size | type | field |
/// |---|---|---|---|
/// | 0 | 4 | bytes | magic `VRGD` |
/// | 4 | 2 | `u16` | format version, 1 |
/// | 6 | 1 | `u8` | marked starts |
/// | 7 | 1 | `flag` | whether recording is off |
/// | 8 | 8 | `i64` | if so, since when; else 0 |
/// | 16 | … | `text` | version of the recorder, at most 256 bytes |
/// | end − 4 | 4 | `u32` | CRC of all bytes before it |
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GuardNote {
    /// Starts in a row that began to record and did not end well.
    pub marked_starts: u8,
    /// Since when recording is off, by the wall clock, milliseconds since 1970
    /// UTC.
    pub off_since_ms: Option<i64>,
    /// The version of the recorder that wrote this.
    pub sdk_version: String,
}

impl GuardNote {
    /// The bytes. A longer version is cut.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer { bytes: MAGIC.to_vec() };
        out.u16(VERSION);
        out.u8(self.marked_starts);
        out.u8(u8::from(self.off_since_ms.is_some()));
        out.bytes.extend_from_slice(&self.off_since_ms.unwrap_or(0).to_le_bytes());
        out.text_within(&self.sdk_version, MAX_CONFIG_STRING_BYTES);
        let crc = crc32fast::hash(&out.bytes);
        out.u32(crc);
        out.bytes
    }

    /// Reads what [`GuardNote::encode`] wrote.
    ///
    /// # Errors
    /// Where it is damaged or of another version.
    pub fn decode(bytes: &[u8]) -> Result<Self, FormatError> {
        let mut from = Reader::new(bytes);
        from.map("the magic number VRGD", Reader::array, |magic| (magic == *MAGIC).then_some(()))?;
        let place = from.place();
        match from.u16("a format version")? {
            VERSION => Self::read(&mut from),
            version => Err(FormatError::UnknownVersion { place, version }),
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let marked_starts = from.u8("marked starts")?;
        let is_off = from.flag("whether recording is off")?;
        let since_ms = i64::from_le_bytes(from.array("since when")?);
        let sdk_version = from.text("a version", MAX_CONFIG_STRING_BYTES)?.to_owned();
        from.check_sum("guard note")?;
        let off_since_ms = is_off.then_some(since_ms);
        Ok(Self { marked_starts, off_since_ms, sdk_version })
    }
}

#[cfg(test)]
mod tests {
    use super::GuardNote;

    fn notes() -> [GuardNote; 3] {
        let sdk_version = "1.2.3".to_owned();
        let off = GuardNote { marked_starts: 2, off_since_ms: Some(-1), sdk_version };
        [GuardNote::default(), GuardNote { off_since_ms: None, ..off.clone() }, off]
    }

    #[test]
    fn a_note_comes_back_as_it_was_written() {
        for note in notes() {
            assert_eq!(GuardNote::decode(&note.encode()), Ok(note));
        }
    }

    #[test]
    fn a_damaged_note_is_none() {
        for good in notes().map(|note| note.encode()) {
            for bit in 0..good.len() * 8 {
                let mut damaged = good.clone();
                if let Some(byte) = damaged.get_mut(bit / 8) {
                    *byte ^= 1 << (bit % 8);
                }
                assert!(GuardNote::decode(&damaged).is_err(), "bit {bit}");
            }
            assert!(GuardNote::decode(&[good.as_slice(), &[0]].concat()).is_err());
        }
    }

    #[test]
    fn a_long_version_is_cut() {
        let note = GuardNote { sdk_version: "é".repeat(1_000), ..GuardNote::default() };
        let read = GuardNote::decode(&note.encode()).map(|note| note.sdk_version.len());
        assert_eq!(read, Ok(256));
    }
}
