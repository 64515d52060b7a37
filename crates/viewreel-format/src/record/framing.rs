//! Kind, time and length around a body.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;

/// Writes a record around a finished body.
pub(crate) fn write(out: &mut Writer, kind: u8, since_ms: u64, body: &[u8]) {
    out.u8(kind);
    out.uv(since_ms);
    out.count(body.len());
    out.bytes.extend_from_slice(body);
}

/// A record whose body is still to be read.
pub(crate) struct Framed<'a> {
    pub(crate) kind: u8,
    /// Record time, in milliseconds.
    pub(crate) time_ms: u64,
    pub(crate) body: Reader<'a>,
}

/// Reads the frame of one record; `time_ms` is the time of the entry before.
pub(crate) fn read<'a>(from: &mut Reader<'a>, time_ms: u64) -> Result<Framed<'a>, FormatError> {
    let kind = from.u8("a record kind")?;
    let time_ms =
        from.map("a time within 64 bits", Reader::uv, |since_ms| time_ms.checked_add(since_ms))?;
    let length = from.count("the length of a body", usize::MAX)?;
    Ok(Framed { kind, time_ms, body: from.part(length, "a body")? })
}
