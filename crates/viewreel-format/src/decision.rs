//! Decision records: why sessions have no replay.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::{MAX_DECISION_BYTES, MAX_DECISIONS, MAX_ID_BYTES};
use crate::segment::header::ReplayId;

const MAGIC: &[u8; 4] = b"VRDC";
const VERSION: u16 = 1;

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $word:literal;)+) => {
        /// Why something is not recorded.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum DecisionReason { $($(#[$doc])* $name = $code,)+ }

        impl DecisionReason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The reason of that number.
            #[must_use]
            pub const fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$name),)+ _ => None }
            }

            /// The reason as one word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

reasons! {
    /// The user refused.
    OptedOut = 0, "opted_out";
    /// Nobody can tell whether the user refused.
    MemoryUnreadable = 1, "memory_unreadable";
    /// There is no consent.
    ConsentDenied = 2, "consent_denied";
    /// Recording is off after two starts that did not end well.
    CrashGuard = 3, "crash_guard";
    /// The app paused recording.
    Disabled = 4, "disabled";
    /// The server does not know the write key.
    ConfigUnauthorized = 5, "config_unauthorized";
    /// The config was asked for and never came.
    ConfigMissing = 6, "config_missing";
    /// Data may not go where this recorder sends it.
    OtherZone = 7, "other_zone";
    /// The config switches recording off.
    CaptureOff = 8, "capture_off";
    /// It switches this version of the recorder off.
    SdkOff = 9, "sdk_off";
    /// It switches this version of the system off.
    OsOff = 10, "os_off";
    /// It switches this version of the app off.
    AppOff = 11, "app_off";
    /// An id cannot be part of a replay id.
    UnusableIds = 12, "unusable_ids";
    /// The session ended, the next has not begun.
    NoSession = 13, "no_session";
    /// The server does not want this replay.
    Refused = 14, "refused";
    /// No targeting rule holds so far.
    NotTargeted = 15, "not_targeted";
    /// The session is not in the sample.
    SampledOut = 16, "sampled_out";
    /// The user has not answered yet.
    ConsentPending = 17, "consent_pending";
    /// No id of this process is known yet.
    SessionAwaited = 18, "session_awaited";
    /// Nothing was put to the targeting rules yet.
    TargetingPending = 19, "targeting_pending";
}

/// Why a session has no replay: its ids and the reason, nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecisionRecord {
    /// The replay that there is not.
    pub replay: ReplayId,
    /// Why.
    pub reason: DecisionReason,
}

impl DecisionRecord {
    /// The bytes of several, as one request carries them.
    ///
    /// # Errors
    /// Where there are more than [`MAX_DECISIONS`], or an id is none.
    pub fn encode_all(records: &[Self]) -> Result<Vec<u8>, FormatError> {
        let mut out = Writer { bytes: MAGIC.to_vec() };
        out.u16(VERSION);
        out.count(records.len());
        records.iter().for_each(|record| record.write(&mut out));
        let crc = crc32fast::hash(&out.bytes);
        out.u32(crc);
        Self::decode_all(&out.bytes).map(|_| out.bytes)
    }

    fn write(&self, out: &mut Writer) {
        let mut body = Writer::default();
        body.text(&self.replay.device_id);
        body.text(&self.replay.session_id);
        body.u8(self.reason as u8);
        out.count(body.bytes.len());
        out.bytes.extend_from_slice(&body.bytes);
    }

    /// Reads what [`DecisionRecord::encode_all`] wrote, but for records whose
    /// reason is of a later version.
    ///
    /// # Errors
    /// Where it is damaged, of another version, or over a limit. None of the
    /// records counts then.
    pub fn decode_all(bytes: &[u8]) -> Result<Vec<Self>, FormatError> {
        let mut from = Reader::new(bytes);
        if bytes.len() > MAX_DECISION_BYTES {
            return Err(from.over_at(0, "bytes of decision records", MAX_DECISION_BYTES));
        }
        from.map("the magic number VRDC", Reader::array, |magic| (magic == *MAGIC).then_some(()))?;
        let place = from.place();
        match from.u16("a format version")? {
            VERSION => Self::read_all(&mut from),
            version => Err(FormatError::UnknownVersion { place, version }),
        }
    }

    fn read_all(from: &mut Reader<'_>) -> Result<Vec<Self>, FormatError> {
        let count = from.count("decision records", MAX_DECISIONS)?;
        let mut records = Vec::with_capacity(count);
        for _ in 0..count {
            let length = from.count("the length of a decision record", MAX_DECISION_BYTES)?;
            records.extend(Self::read(&mut from.part(length, "a decision record")?)?);
        }
        from.check_sum("decision records")?;
        Ok(records)
    }

    /// `None` where the reason is not known here.
    fn read(from: &mut Reader<'_>) -> Result<Option<Self>, FormatError> {
        let start = from.offset();
        let device = from.text("a device id", MAX_ID_BYTES)?;
        let session = from.text("a session id", MAX_ID_BYTES)?;
        let replay = ReplayId::new(device, session);
        let replay = replay.ok_or_else(|| from.expected_at(start, "the ids of a replay"))?;
        let reason = DecisionReason::from_code(from.u8("a reason")?);
        Ok(reason.map(|reason| Self { replay, reason }))
    }
}
