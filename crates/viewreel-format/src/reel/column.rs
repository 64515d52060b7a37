//! Columns of numbers whose noise is kept apart.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::segment::deflate::deflated_len;

/// Most low bits that are stored apart.
const MAX_LOW_BITS: u32 = 16;

/// Most low bits that a writer tries.
const MAX_TRIED_BITS: u32 = 10;

/// Columns of fewer numbers are not worth the trying.
const MIN_TRIED: usize = 32;

/// The column of `values` as two pieces that deflate best apart: low bits and
/// high bits.
pub(crate) fn write(values: &[u64]) -> [Vec<u8>; 2] {
    match values.len() {
        ..MIN_TRIED => split(values, 0),
        _ => smallest(values),
    }
}

fn smallest(values: &[u64]) -> [Vec<u8>; 2] {
    let mut best = split(values, 0);
    let mut least = deflated(&best);
    for low_bits in 1..=MAX_TRIED_BITS {
        let tried = split(values, low_bits);
        let len = deflated(&tried);
        if len < least {
            (best, least) = (tried, len);
        }
    }
    best
}

fn deflated(pieces: &[Vec<u8>; 2]) -> usize {
    pieces.iter().map(|piece| deflated_len(piece)).sum()
}

fn split(values: &[u64], low_bits: u32) -> [Vec<u8>; 2] {
    let (mut low, mut high) = (Writer::default(), Writer::default());
    low.u8(low_bits as u8);
    pack(&mut low.bytes, values, low_bits);
    values.iter().for_each(|value| high.uv(value >> low_bits));
    [low.bytes, high.bytes]
}

fn pack(out: &mut Vec<u8>, values: &[u64], bits: u32) {
    let (mut held, mut count) = (0_u64, 0);
    for value in values {
        held |= (value & mask(bits)) << count;
        count += bits;
        while count >= 8 {
            out.push(held as u8);
            held >>= 8;
            count -= 8;
        }
    }
    if count > 0 {
        out.push(held as u8);
    }
}

const fn mask(bits: u32) -> u64 {
    (1 << bits) - 1
}

/// Reads a column of `count` numbers, which are at most `most`. Nothing is
/// allocated before the bytes are known to be there.
pub(crate) fn read(
    from: &mut Reader<'_>,
    count: usize,
    most: u64,
    what: &'static str,
) -> Result<Vec<u64>, FormatError> {
    let known = |bits: u8| Some(u32::from(bits)).filter(|bits| *bits <= MAX_LOW_BITS);
    let low_bits = from.code("a number of low bits", known)?;
    let low = from.take((count * low_bits as usize).div_ceil(8), what)?;
    if count > from.left() {
        return Err(from.expected(what));
    }
    let lows = unpack(low, low_bits);
    lows.take(count).map(|low| read_high(from, low, low_bits, most, what)).collect()
}

fn read_high(
    from: &mut Reader<'_>,
    low: u64,
    low_bits: u32,
    most: u64,
    what: &'static str,
) -> Result<u64, FormatError> {
    from.map(what, Reader::uv, |high| {
        let value = high.checked_mul(1 << low_bits)? | low;
        (value <= most).then_some(value)
    })
}

/// The low bits of one number after the other; 0 behind the last byte.
fn unpack(bytes: &[u8], bits: u32) -> impl Iterator<Item = u64> {
    let mut rest = bytes.iter();
    let (mut held, mut count) = (0_u64, 0);
    std::iter::from_fn(move || {
        while count < bits {
            held |= u64::from(*rest.next().unwrap_or(&0)) << count;
            count += 8;
        }
        let value = held & mask(bits);
        held >>= bits;
        count -= bits;
        Some(value)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn any_split_reads_back() {
        let values: Vec<u64> = (0..300_u64).map(|n| n * n * 77 % 100_003).collect();
        for low_bits in 0..=MAX_LOW_BITS {
            let bytes = split(&values, low_bits).concat();
            let read = read(&mut Reader::new(&bytes), values.len(), u64::MAX, "a number").unwrap();
            assert_eq!(read, values, "{low_bits} low bits");
        }
    }

    #[test]
    fn the_greatest_number_reads_back_and_a_greater_one_is_an_error() {
        let bytes = split(&[u64::MAX], 4).concat();
        let read = |bytes: &[u8]| read(&mut Reader::new(bytes), 1, u64::MAX, "a number");
        assert_eq!(read(&bytes).unwrap(), [u64::MAX]);
        let mut over = Writer { bytes: vec![4, 0] };
        over.uv(1 << 60);
        assert!(read(&over.bytes).is_err());
    }

    #[test]
    fn more_numbers_than_bytes_are_an_error() {
        assert!(read(&mut Reader::new(&[0, 1, 2]), 3, 9, "a number").is_err());
        assert!(read(&mut Reader::new(&[16, 1, 2]), 1 << 30, 9, "a number").is_err());
    }
}
