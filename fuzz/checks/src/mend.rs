//! Checksums made to hold, so that a check reaches what stands behind them.

/// Bytes before the fields of a config record, and offset of its length.
const CONFIG_HEAD: (usize, usize) = (8, 6);

/// Bytes of the trailer of a reel.
const TRAILER_BYTES: usize = 22;

/// Writes the checksum of `bytes[from..to]` behind them and gives where it ends;
/// `None` where there is no room.
fn sum(bytes: &mut [u8], from: usize, to: usize) -> Option<usize> {
    let crc = crc32fast::hash(bytes.get(from..to)?);
    let end = to.checked_add(4)?;
    bytes.get_mut(to..end)?.copy_from_slice(&crc.to_le_bytes());
    Some(end)
}

/// Mends the segment that `bytes` begin with as far as it goes; its end where it
/// is whole.
pub(crate) fn segment(bytes: &mut [u8]) -> Option<usize> {
    let header = usize::from(u16::from_le_bytes([*bytes.get(6)?, *bytes.get(7)?]));
    let mut at = sum(bytes, 0, header.checked_sub(4)?)?;
    while *bytes.get(at)? != b'F' {
        at = chunk(bytes, at)?;
    }
    let mut end = at + 1;
    for _ in 0..3 {
        uv(bytes, &mut end)?;
    }
    sum(bytes, 0, end)
}

/// Mends the segments that stand one behind the other.
pub(crate) fn segments(bytes: &mut [u8]) {
    let mut at = 0;
    while let Some(length) = bytes.get_mut(at..).and_then(segment) {
        at += length;
    }
}

fn chunk(bytes: &mut [u8], at: usize) -> Option<usize> {
    let tracks = (bytes.get(at)? & 0xf).count_ones();
    let (mut end, mut payloads) = (at + 1, 0_usize);
    for _ in 0..tracks {
        uv(bytes, &mut end)?;
        payloads = payloads.checked_add(uv(bytes, &mut end)?)?;
    }
    sum(bytes, at, end.checked_add(payloads)?)
}

/// The number at `at`, which is then behind it.
fn uv(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let rest = bytes.get(*at..)?;
    let length = 1 + rest.iter().take(10).position(|byte| byte & 0x80 == 0)?;
    let digits = rest.get(..length)?.iter().rev();
    *at += length;
    Some(digits.fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f)))
}

/// Mends length and checksum of a config record.
pub(crate) fn config(bytes: &mut [u8]) -> Option<usize> {
    let (head, length_at) = CONFIG_HEAD;
    let length = (bytes.len() as u16).to_le_bytes();
    bytes.get_mut(length_at..head)?.copy_from_slice(&length);
    whole(bytes)
}

/// Mends the checksum that all bytes end with.
pub(crate) fn whole(bytes: &mut [u8]) -> Option<usize> {
    sum(bytes, 0, bytes.len().checked_sub(4)?)
}

/// Mends the trailer of a reel, whose manifest begins where it says.
pub(crate) fn reel(bytes: &mut [u8]) -> Option<()> {
    let end = bytes.len().checked_sub(TRAILER_BYTES)?;
    let (before, trailer) = bytes.split_at_mut(end);
    let at = u64::from_le_bytes(*trailer.first_chunk()?);
    let manifest = before.get(usize::try_from(at).ok()?..)?;
    let length = (manifest.len() as u32).to_le_bytes();
    trailer.get_mut(8..12)?.copy_from_slice(&length);
    trailer.get_mut(12..16)?.copy_from_slice(&crc32fast::hash(manifest).to_le_bytes());
    Some(())
}
