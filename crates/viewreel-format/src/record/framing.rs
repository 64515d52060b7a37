//! Kind, time and length around a body.

use super::small;
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::strings::Strings;
use viewreel_model::Record;

/// Writes a record around a finished body.
pub(crate) fn write(out: &mut Writer, kind: u8, since_ms: u64, body: &[u8]) {
    out.u8(kind);
    out.uv(since_ms);
    out.count(body.len());
    out.bytes.extend_from_slice(body);
}

/// Reads one record. `time_ms` is the time of the record before and is moved
/// on. `None` where the kind is not known and the record was skipped.
pub(crate) fn read(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    time_ms: &mut u64,
) -> Result<Option<Record>, FormatError> {
    let kind = from.u8("a record kind")?;
    let error = from.expected("a time within 64 bits");
    let since_ms = from.uv("a record time")?;
    *time_ms = time_ms.checked_add(since_ms).ok_or(error)?;
    let error = from.expected("a record body");
    let length = usize::try_from(from.uv("a body length")?).map_err(|_| error)?;
    let mut part = from.part(length, "a record body")?;
    let body = small::read(&mut part, strings, kind)?;
    Ok(body.map(|body| Record { time_ms: *time_ms, body }))
}
