//! Packs the records of a track that says little: DEFLATE with its fixed codes (RFC
//! 1951, 3.2.6).
//!
//! Touches and events are a few dozen bytes every two seconds. What a compressor finds
//! out about them takes more bytes to write down than it spares, and its memory is a
//! third of a megabyte for each track; this takes some kilobytes.

use super::deflate::FLUSH_TAIL;

/// Bytes of earlier records that are looked at again.
const KEPT_BYTES: usize = 4_096;

/// Fewest bytes that are said by where they stood before. Three would take as many
/// bits as they are.
const LEAST: usize = 4;

/// Most of them.
const MOST: usize = 258;

/// How far back that may be.
const FARTHEST: usize = 32_768;

/// Where the last of all strings with the same hash began.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 9;

/// The symbol that ends a block, and that of the shortest length.
const END: u32 = 256;
const FIRST_LENGTH: u32 = 257;

/// Packs the records of one track.
#[derive(Debug, Default)]
pub(crate) struct Packer {
    /// Earlier records, then those that are packed.
    window: Vec<u8>,
    /// Places in the window, counted from 1.
    seen: Vec<u32>,
}

/// Bytes that so many bytes of records take at most: nine bits each.
pub(crate) const fn packed_len(records: usize) -> usize {
    records + records / 8 + FLUSH_TAIL.len()
}

impl Packer {
    /// Appends the payload of a chunk of `records` to `out`.
    pub(crate) fn pack(&mut self, records: &[u8], out: &mut Vec<u8>) {
        let mut at = self.slide(records);
        let mut bits = Bits { out, bits: 0, count: 0 };
        bits.begin_block(1);
        while at < self.window.len() {
            match self.find(at) {
                Some((length, distance)) => {
                    bits.pair(length as u32, distance as u32);
                    at += length;
                }
                None => {
                    bits.symbol(self.window.get(at).copied().unwrap_or_default().into());
                    at += 1;
                }
            }
        }
        bits.symbol(END);
        bits.flush();
    }

    /// Takes records in; where they begin.
    fn slide(&mut self, records: &[u8]) -> usize {
        let kept = self.window.len().min(KEPT_BYTES);
        self.window.drain(..self.window.len() - kept);
        self.window.extend_from_slice(records);
        self.seen.clear();
        self.seen.resize(SLOTS, 0);
        (0..kept).for_each(|at| _ = self.meet(at));
        kept
    }

    /// How many bytes from there on stood how far before, where enough did.
    fn find(&mut self, at: usize) -> Option<(usize, usize)> {
        let before = self.meet(at).filter(|before| at - before <= FARTHEST)?;
        let (old, new) = (self.window.iter().skip(before), self.window.iter().skip(at));
        let length = old.zip(new).take(MOST).take_while(|(a, b)| a == b).count();
        (length >= LEAST).then_some((length, at - before))
    }

    /// Where something with the same hash was met last.
    fn meet(&mut self, at: usize) -> Option<usize> {
        let &word = self.window.get(at..)?.first_chunk::<LEAST>()?;
        let slot = u32::from_le_bytes(word).wrapping_mul(0x9e37_79b1) >> (u32::BITS - SLOT_BITS);
        let slot = self.seen.get_mut(slot as usize)?;
        let before = std::mem::replace(slot, u32::try_from(at + 1).ok()?);
        (before as usize).checked_sub(1)
    }
}

/// Bits on their way into bytes, the lowest first.
struct Bits<'a> {
    out: &'a mut Vec<u8>,
    bits: u64,
    count: u32,
}

impl Bits<'_> {
    fn put(&mut self, value: u32, count: u32) {
        self.bits |= u64::from(value) << self.count;
        self.count += count;
        while self.count >= u8::BITS {
            self.out.push(self.bits as u8);
            self.bits >>= u8::BITS;
            self.count -= u8::BITS;
        }
    }

    /// The head of a block that is not the last one.
    fn begin_block(&mut self, kind: u32) {
        self.put(kind << 1, 3);
    }

    /// Codes are written from their highest bit on.
    fn code(&mut self, code: u32, count: u32) {
        self.put(code.reverse_bits() >> (u32::BITS - count), count);
    }

    fn symbol(&mut self, symbol: u32) {
        match symbol {
            ..144 => self.code(0x30 + symbol, 8),
            144..256 => self.code(0x190 + symbol - 144, 9),
            256..280 => self.code(symbol - 256, 7),
            _ => self.code(0xc0 + symbol - 280, 8),
        }
    }

    /// So many bytes that stood so far before.
    fn pair(&mut self, length: u32, distance: u32) {
        let (code, bits, rest) = match length as usize {
            // The longest has a code of its own.
            MOST => (28, 0, 0),
            _ => split(length - 3, 2),
        };
        self.symbol(FIRST_LENGTH + code);
        self.put(rest, bits);
        let (code, bits, rest) = split(distance - 1, 1);
        self.code(code, 5);
        self.put(rest, bits);
    }

    /// Ends at a byte, as a sync flush does whose tail is left out.
    fn flush(&mut self) {
        self.begin_block(0);
        self.put(0, self.count.wrapping_neg() % u8::BITS);
    }
}

/// The code of a length or a distance, and the bits that follow it: lengths double
/// every four codes, distances every two, which is 2 to the power of `log`.
fn split(value: u32, log: u32) -> (u32, u32, u32) {
    let bits = value.checked_ilog2().unwrap_or(0).saturating_sub(log);
    ((bits << log) + (value >> bits), bits, value & ((1 << bits) - 1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::segment::deflate::{Inflater, store};

    fn check(pieces: &[&[u8]]) {
        let (mut packer, mut inflater) = (Packer::default(), Inflater::new(1));
        let whole = pieces.concat();
        for (n, piece) in pieces.iter().enumerate() {
            let mut payload = Vec::new();
            packer.pack(piece, &mut payload);
            assert!(payload.len() <= packed_len(piece.len()));
            // A reader does not care how a piece was written.
            if n % 3 == 2 {
                payload.clear();
                store(piece, &mut payload);
            }
            inflater.feed(&payload, whole.len()).unwrap();
        }
        inflater.finish(whole.len()).unwrap();
        assert_eq!(inflater.into_records(), whole);
    }

    #[test]
    fn every_length_and_every_distance_comes_back() {
        let noise = |len: u32| -> Vec<u8> {
            let bytes = (0..len).map(|n| (n.wrapping_mul(n).wrapping_mul(0x9e37_79b1) >> 23) as u8);
            bytes.collect()
        };
        for length in 4..300 {
            let word = noise(length);
            check(&[&word, &[1, 2], &word, &noise(2 * length), &word]);
        }
        for distance in 1..2_000 {
            let gap = vec![7; distance];
            check(&[b"begin", &gap, b"begin"]);
        }
        let word = noise(100);
        for gap in [2_000, 8_000, 32_500, 32_768, 33_000, 70_000] {
            check(&[&[&word, &vec![0; gap][..], &word, &noise(gap as u32)].concat()]);
        }
    }

    #[test]
    fn many_small_pieces_come_back() {
        let mut noise = 1_u32;
        let mut below = |most: u32| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 16) % most
        };
        for letters in [2, 4, 30, 256] {
            let mut piece = || (0..1 + below(300)).map(|_| below(letters) as u8).collect();
            let pieces: Vec<Vec<u8>> = (0..200).map(|_| piece()).collect();
            check(&pieces.iter().map(Vec::as_slice).collect::<Vec<_>>());
        }
    }

    #[test]
    fn all_bytes_come_back() {
        let all: Vec<u8> = (0..=255).collect();
        check(&[&all, &[], &[0; 1_000], &all, b"abcabcabcabc", &[255]]);
    }
}
