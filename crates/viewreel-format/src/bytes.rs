//! Reading and writing of the primitive types of the formats.

use crate::error::{FormatError, Place};
use viewreel_model::geometry::UNITS_PER_PT;
use viewreel_model::{Color, Insets, Point, Rect, Size};

/// Largest absolute length, in units of 1/32 pt.
const MAX_UNITS: i64 = 1 << 23;

/// Appends primitive values to bytes.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
}

impl Writer {
    pub(crate) fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    pub(crate) fn u32(&mut self, value: u32) {
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

    /// A length in points, snapped to the grid.
    pub(crate) fn len(&mut self, points: f32) {
        let units = ((points * UNITS_PER_PT).round() as i64).clamp(-MAX_UNITS, MAX_UNITS);
        self.uv(((units << 1) ^ (units >> 63)) as u64);
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

    pub(crate) fn color(&mut self, color: Color) {
        self.u32(color.0);
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

/// Takes primitive values from bytes, in order.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    chunk: Option<u32>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, chunk: None }
    }

    /// A reader of the inflated bytes of a chunk.
    pub(crate) fn of_chunk(bytes: &'a [u8], chunk: u32) -> Self {
        Self { bytes, at: 0, chunk: Some(chunk) }
    }

    pub(crate) fn place(&self) -> Place {
        Place { chunk: self.chunk, offset: self.at }
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    pub(crate) fn expected(&self, what: &'static str) -> FormatError {
        FormatError::Expected { place: self.place(), what }
    }

    pub(crate) fn over(&self, what: &'static str, limit: usize) -> FormatError {
        FormatError::Limit { place: self.place(), what, limit }
    }

    pub(crate) fn take(&mut self, n: usize, what: &'static str) -> Result<&'a [u8], FormatError> {
        let end = self.at.checked_add(n).ok_or(self.expected(what))?;
        let taken = self.bytes.get(self.at..end).ok_or(self.expected(what))?;
        self.at = end;
        Ok(taken)
    }

    /// A reader of the next `n` bytes, which this one then has passed.
    pub(crate) fn part(&mut self, n: usize, what: &'static str) -> Result<Self, FormatError> {
        let start = self.at;
        self.take(n, what)?;
        let bytes = self.bytes.get(..self.at).unwrap_or_default();
        Ok(Self { bytes, at: start, chunk: self.chunk })
    }

    pub(crate) fn array<const N: usize>(
        &mut self,
        what: &'static str,
    ) -> Result<[u8; N], FormatError> {
        let error = self.expected(what);
        self.take(N, what)?.try_into().map_err(|_| error)
    }

    pub(crate) fn u8(&mut self, what: &'static str) -> Result<u8, FormatError> {
        Ok(u8::from_le_bytes(self.array(what)?))
    }

    /// A byte that is 0 or 1.
    pub(crate) fn flag(&mut self, what: &'static str) -> Result<bool, FormatError> {
        let error = self.expected(what);
        match self.u8(what)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(error),
        }
    }

    /// A byte that `decode` knows.
    pub(crate) fn code<T>(
        &mut self,
        what: &'static str,
        decode: impl Fn(u8) -> Option<T>,
    ) -> Result<T, FormatError> {
        let error = self.expected(what);
        decode(self.u8(what)?).ok_or(error)
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
        let error = self.expected(what);
        let value = f32::from_le_bytes(self.array(what)?);
        if value.is_finite() { Ok(value) } else { Err(error) }
    }

    pub(crate) fn uv(&mut self, what: &'static str) -> Result<u64, FormatError> {
        let error = self.expected(what);
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.u8(what)?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(error);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(error)
    }

    pub(crate) fn uv32(&mut self, what: &'static str) -> Result<u32, FormatError> {
        let error = self.expected(what);
        u32::try_from(self.uv(what)?).map_err(|_| error)
    }

    pub(crate) fn uv16(&mut self, what: &'static str) -> Result<u16, FormatError> {
        let error = self.expected(what);
        u16::try_from(self.uv(what)?).map_err(|_| error)
    }

    /// A count of things that take at least one byte each.
    pub(crate) fn count(&mut self, what: &'static str, limit: usize) -> Result<usize, FormatError> {
        let before = self.clone();
        let count = self.uv(what)?;
        if count > limit as u64 {
            return Err(before.over(what, limit));
        }
        let left = self.bytes.len().saturating_sub(self.at);
        usize::try_from(count).ok().filter(|&n| n <= left).ok_or(before.expected(what))
    }

    pub(crate) fn len(&mut self, what: &'static str) -> Result<f32, FormatError> {
        let error = self.expected(what);
        let zigzag = self.uv(what)?;
        let units = (zigzag >> 1) as i64 ^ -((zigzag & 1) as i64);
        if units.unsigned_abs() > MAX_UNITS as u64 {
            return Err(error);
        }
        Ok(units as f32 / UNITS_PER_PT)
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

    pub(crate) fn color(&mut self, what: &'static str) -> Result<Color, FormatError> {
        Ok(Color(self.u32(what)?))
    }

    pub(crate) fn text(
        &mut self,
        what: &'static str,
        limit: usize,
    ) -> Result<&'a str, FormatError> {
        let n = self.count(what, limit)?;
        let error = self.expected("UTF-8 text");
        std::str::from_utf8(self.take(n, what)?).map_err(|_| error)
    }
}
