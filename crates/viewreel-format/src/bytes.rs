//! Reading and writing of the primitive types of the formats.

use crate::error::{FormatError, Place};
use std::ops::RangeInclusive;
use viewreel_model::geometry::{STEPS_PER_ONE, UNITS_PER_PT};
use viewreel_model::transform::STEPS_PER_TURN;
use viewreel_model::{Insets, Point, Rect, Size};

/// Largest absolute length, in units of 1/32 pt, and largest ratio, in 1/4096.
pub(crate) const MAX_UNITS: i64 = 1 << 23;

/// Largest difference of two lengths, in units of 1/32 pt.
pub(crate) const MAX_DIFFERENCE: i64 = 2 * MAX_UNITS;

/// The zigzag map of signed to unsigned numbers: small ones stay small.
pub(crate) const fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

/// The inverse of [`zigzag`].
pub(crate) const fn unzigzag(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// A length in whole units of 1/32 pt. Exact for snapped lengths and their
/// differences.
pub(crate) fn units(points: f32) -> i64 {
    round(points * UNITS_PER_PT).clamp(-MAX_DIFFERENCE, MAX_DIFFERENCE)
}

/// The nearest whole number. Nearly all are whole, which is quick to see.
fn round(value: f32) -> i64 {
    let whole = value as i64;
    if whole as f32 == value { whole } else { value.round() as i64 }
}

/// The length of that many units.
pub(crate) fn points(units: i64) -> f32 {
    units as f32 / UNITS_PER_PT
}

/// Units of 1/32 pt in a point.
pub(crate) const UNITS: i64 = UNITS_PER_PT as i64;

/// A length in whole points, rounded down: as exact as the widths of lines are,
/// into which a player fits what it draws.
pub(crate) const fn whole_points(units: i64) -> i64 {
    units.div_euclid(UNITS)
}

/// A ratio in steps of 1/4096. Exact for snapped ratios.
pub(crate) fn ratio_steps(value: f32) -> i64 {
    round(value * STEPS_PER_ONE).clamp(-MAX_UNITS, MAX_UNITS)
}

/// The ratio of that many steps.
pub(crate) fn ratio(steps: i64) -> f32 {
    steps as f32 / STEPS_PER_ONE
}

/// Steps in a whole turn.
const TURN: i64 = STEPS_PER_TURN as i64;

/// A rotation in steps of 1/16384 turn. Exact for snapped rotations.
pub(crate) fn turn_steps(turns: f32) -> i64 {
    wrap_turn(round(turns * STEPS_PER_TURN))
}

/// The rotation of that many steps, in turns.
pub(crate) fn turns(steps: i64) -> f32 {
    wrap_turn(steps) as f32 / STEPS_PER_TURN
}

/// The same direction in steps above minus half a turn and up to half a turn.
pub(crate) const fn wrap_turn(steps: i64) -> i64 {
    let wrapped = steps.rem_euclid(TURN);
    if wrapped > TURN / 2 { wrapped - TURN } else { wrapped }
}

/// Appends primitive values to bytes.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    pub(crate) fn u16(&mut self, value: u16) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// Readers take finite numbers only, so others become 0.
    pub(crate) fn f32(&mut self, value: f32) {
        let value = if value.is_finite() { value } else { 0.0 };
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn uv(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push((value & 0x7f) as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A count or index; `usize` never exceeds 64 bits.
    pub(crate) fn count(&mut self, value: usize) {
        self.uv(value as u64);
    }

    pub(crate) fn sv(&mut self, value: i64) {
        self.uv(zigzag(value));
    }

    /// A length in points, snapped to the grid.
    pub(crate) fn len(&mut self, points: f32) {
        self.sv(units(points).clamp(-MAX_UNITS, MAX_UNITS));
    }

    pub(crate) fn ratio(&mut self, value: f32) {
        self.sv(ratio_steps(value));
    }

    pub(crate) fn lens<const N: usize>(&mut self, lengths: [f32; N]) {
        for points in lengths {
            self.len(points);
        }
    }

    pub(crate) fn point(&mut self, point: Point) {
        self.lens([point.x, point.y]);
    }

    pub(crate) fn size(&mut self, size: Size) {
        self.lens([size.width, size.height]);
    }

    pub(crate) fn rect(&mut self, rect: Rect) {
        self.point(rect.origin);
        self.size(rect.size);
    }

    pub(crate) fn insets(&mut self, insets: Insets) {
        self.lens([insets.top, insets.left, insets.bottom, insets.right]);
    }

    /// The longest beginning of `text` of at most `limit` bytes.
    pub(crate) fn text_within(&mut self, text: &str, limit: usize) {
        self.text(text.get(..text.floor_char_boundary(limit)).unwrap_or_default());
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Takes primitive values from bytes, in order. After an error it stands where
/// it stood before the value that is wrong.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    track: Option<u8>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, track: None }
    }

    /// A reader of the inflated bytes of a track, from `at` on.
    pub(crate) fn of_track(bytes: &'a [u8], at: usize, track: u8) -> Self {
        Self { bytes, at, track: Some(track) }
    }

    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    /// The bytes that it has passed, from the first on.
    pub(crate) fn passed(&self) -> &'a [u8] {
        self.bytes.get(..self.at).unwrap_or_default()
    }

    pub(crate) fn place(&self) -> Place {
        self.place_at(self.at)
    }

    pub(crate) fn place_at(&self, offset: usize) -> Place {
        Place { track: self.track, offset }
    }

    /// Bytes that are left.
    pub(crate) fn left(&self) -> usize {
        self.bytes.len().saturating_sub(self.at)
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    #[cold]
    pub(crate) fn expected(&self, what: &'static str) -> FormatError {
        self.expected_at(self.at, what)
    }

    #[cold]
    pub(crate) fn expected_at(&self, offset: usize, what: &'static str) -> FormatError {
        FormatError::Expected { place: self.place_at(offset), what }
    }

    #[cold]
    pub(crate) fn over_at(&self, offset: usize, what: &'static str, limit: usize) -> FormatError {
        FormatError::Limit { place: self.place_at(offset), what, limit }
    }

    pub(crate) fn take(&mut self, n: usize, what: &'static str) -> Result<&'a [u8], FormatError> {
        let end = self.at.checked_add(n).ok_or_else(|| self.expected(what))?;
        let taken = self.bytes.get(self.at..end).ok_or_else(|| self.expected(what))?;
        self.at = end;
        Ok(taken)
    }

    /// A reader of the next `n` bytes, which this one then has passed.
    pub(crate) fn part(&mut self, n: usize, what: &'static str) -> Result<Self, FormatError> {
        let start = self.at;
        self.take(n, what)?;
        let bytes = self.bytes.get(..self.at).unwrap_or_default();
        Ok(Self { bytes, at: start, track: self.track })
    }

    pub(crate) fn array<const N: usize>(
        &mut self,
        what: &'static str,
    ) -> Result<[u8; N], FormatError> {
        let taken = self.bytes.get(self.at..).and_then(<[u8]>::first_chunk);
        let taken = *taken.ok_or_else(|| self.expected(what))?;
        self.at += N;
        Ok(taken)
    }

    pub(crate) fn u8(&mut self, what: &'static str) -> Result<u8, FormatError> {
        match self.bytes.get(self.at) {
            Some(&byte) => {
                self.at += 1;
                Ok(byte)
            }
            None => Err(self.expected(what)),
        }
    }

    /// What `convert` makes of a value; where it makes nothing of it, that value
    /// is wrong.
    pub(crate) fn map<T, U>(
        &mut self,
        what: &'static str,
        read: impl FnOnce(&mut Self, &'static str) -> Result<T, FormatError>,
        convert: impl FnOnce(T) -> Option<U>,
    ) -> Result<U, FormatError> {
        let start = self.at;
        let value = read(self, what)?;
        convert(value).ok_or_else(|| {
            self.at = start;
            self.expected(what)
        })
    }

    /// A byte that `decode` knows.
    pub(crate) fn code<T>(
        &mut self,
        what: &'static str,
        decode: impl FnOnce(u8) -> Option<T>,
    ) -> Result<T, FormatError> {
        self.map(what, Self::u8, decode)
    }

    /// A byte that is 0 or 1.
    pub(crate) fn flag(&mut self, what: &'static str) -> Result<bool, FormatError> {
        self.code(what, |byte| (byte <= 1).then_some(byte == 1))
    }

    /// A byte that has no other bits than `known`.
    pub(crate) fn bits(&mut self, what: &'static str, known: u8) -> Result<u8, FormatError> {
        self.code(what, |byte| (byte & !known == 0).then_some(byte))
    }

    pub(crate) fn u16(&mut self, what: &'static str) -> Result<u16, FormatError> {
        Ok(u16::from_le_bytes(self.array(what)?))
    }

    pub(crate) fn u32(&mut self, what: &'static str) -> Result<u32, FormatError> {
        Ok(u32::from_le_bytes(self.array(what)?))
    }

    pub(crate) fn u64(&mut self, what: &'static str) -> Result<u64, FormatError> {
        Ok(u64::from_le_bytes(self.array(what)?))
    }

    /// A finite number.
    pub(crate) fn f32(&mut self, what: &'static str) -> Result<f32, FormatError> {
        self.map(what, Self::array, |bytes| {
            let value = f32::from_le_bytes(bytes);
            value.is_finite().then_some(value)
        })
    }

    /// Most numbers are one byte.
    #[inline]
    pub(crate) fn uv(&mut self, what: &'static str) -> Result<u64, FormatError> {
        match self.bytes.get(self.at) {
            Some(&byte) if byte < 0x80 => {
                self.at += 1;
                Ok(u64::from(byte))
            }
            _ => self.long_uv(what),
        }
    }

    fn long_uv(&mut self, what: &'static str) -> Result<u64, FormatError> {
        let mut value = 0_u64;
        for (n, &byte) in self.bytes.get(self.at..).unwrap_or_default().iter().take(10).enumerate()
        {
            let bits = u64::from(byte & 0x7f);
            if n == 9 && bits > 1 {
                break;
            }
            value |= bits << (7 * n);
            if byte & 0x80 == 0 {
                self.at += n + 1;
                return Ok(value);
            }
        }
        Err(self.expected(what))
    }

    pub(crate) fn uv32(&mut self, what: &'static str) -> Result<u32, FormatError> {
        self.map(what, Self::uv, |value| u32::try_from(value).ok())
    }

    pub(crate) fn uv16(&mut self, what: &'static str) -> Result<u16, FormatError> {
        self.map(what, Self::uv, |value| u16::try_from(value).ok())
    }

    pub(crate) fn sv(&mut self, what: &'static str) -> Result<i64, FormatError> {
        Ok(unzigzag(self.uv(what)?))
    }

    /// A count of things that take at least one byte each, or of bytes.
    pub(crate) fn count(&mut self, what: &'static str, limit: usize) -> Result<usize, FormatError> {
        let start = self.at;
        let count = self.uv(what)?;
        let left = self.left();
        let error = match usize::try_from(count) {
            Ok(count) if count <= limit && count <= left => return Ok(count),
            Ok(count) if count <= limit => self.expected_at(start, what),
            _ => self.over_at(start, what, limit),
        };
        self.at = start;
        Err(error)
    }

    fn within(&mut self, what: &'static str, limit: i64) -> Result<i64, FormatError> {
        self.map(what, Self::sv, |value| (-limit..=limit).contains(&value).then_some(value))
    }

    /// A length in units of 1/32 pt.
    pub(crate) fn units(&mut self, what: &'static str) -> Result<i64, FormatError> {
        self.within(what, MAX_UNITS)
    }

    /// A difference of lengths in units of 1/32 pt.
    pub(crate) fn difference(&mut self, what: &'static str) -> Result<i64, FormatError> {
        self.within(what, MAX_DIFFERENCE)
    }

    /// A rotation, in steps, that is told by its difference from `base`.
    pub(crate) fn turn(&mut self, base: i64, what: &'static str) -> Result<i64, FormatError> {
        self.map(what, Self::sv, |difference| base.checked_add(difference).map(wrap_turn))
    }

    /// A number that is told by its difference from `base` and is within
    /// `range`.
    pub(crate) fn sum(
        &mut self,
        base: i64,
        range: RangeInclusive<i64>,
        what: &'static str,
    ) -> Result<i64, FormatError> {
        let add = |difference: i64| base.checked_add(difference).filter(|sum| range.contains(sum));
        self.map(what, Self::sv, add)
    }

    /// A difference to `base` that leads to a length.
    pub(crate) fn units_from(&mut self, base: i64, what: &'static str) -> Result<i64, FormatError> {
        self.map(what, Self::difference, |value| {
            Some(base + value).filter(|sum| sum.abs() <= MAX_UNITS)
        })
    }

    pub(crate) fn ratio(&mut self, what: &'static str) -> Result<f32, FormatError> {
        self.units(what).map(ratio)
    }

    pub(crate) fn len(&mut self, what: &'static str) -> Result<f32, FormatError> {
        self.units(what).map(points)
    }

    pub(crate) fn point(&mut self, what: &'static str) -> Result<Point, FormatError> {
        Ok(Point::new(self.len(what)?, self.len(what)?))
    }

    pub(crate) fn size(&mut self, what: &'static str) -> Result<Size, FormatError> {
        Ok(Size::new(self.len(what)?, self.len(what)?))
    }

    pub(crate) fn rect(&mut self, what: &'static str) -> Result<Rect, FormatError> {
        Ok(Rect { origin: self.point(what)?, size: self.size(what)? })
    }

    pub(crate) fn insets(&mut self, what: &'static str) -> Result<Insets, FormatError> {
        Ok(Insets {
            top: self.len(what)?,
            left: self.len(what)?,
            bottom: self.len(what)?,
            right: self.len(what)?,
        })
    }

    pub(crate) fn text(
        &mut self,
        what: &'static str,
        limit: usize,
    ) -> Result<&'a str, FormatError> {
        let length = self.count(what, limit)?;
        let take = |from: &mut Self, what| from.take(length, what);
        self.map("UTF-8 text", take, |text| std::str::from_utf8(text).ok())
    }

    /// The checksum of all bytes before, which are followed by nothing.
    pub(crate) fn check_sum(&mut self, of: &'static str) -> Result<(), FormatError> {
        let covered = crc32fast::hash(self.passed());
        match covered == self.u32("a checksum")? {
            true if self.is_at_end() => Ok(()),
            true => Err(self.expected("nothing more")),
            false => Err(FormatError::Checksum { place: Place::stored(0), of }),
        }
    }

    /// As many bytes as a `uv` before them says.
    pub(crate) fn sized(&mut self, what: &'static str) -> Result<&'a [u8], FormatError> {
        let length = self.count(what, usize::MAX)?;
        self.take(length, what)
    }
}
