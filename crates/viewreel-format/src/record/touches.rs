//! The touches of a chunk: one record, column by column.

use crate::bytes::{Reader, Writer, points, units};
use crate::error::FormatError;
use crate::limits::MAX_TOUCHES;
use viewreel_model::record::{Body, Touch, TouchPhase};
use viewreel_model::{Point, Record};

/// The only record kind of the track.
pub(crate) const KIND: u8 = 1;

const PHASE: u8 = 0b11;
const MASKED: u8 = 1 << 2;

/// A touch and its record time, in milliseconds.
pub(crate) type TimedTouch = (u64, Touch);

/// Phase and mask flag in one byte.
pub(crate) fn touch_code(touch: &Touch) -> u8 {
    touch.phase as u8 | if touch.is_masked { MASKED } else { 0 }
}

/// Reads phase and mask flag.
pub(crate) fn read_code(from: &mut Reader<'_>) -> Result<(TouchPhase, bool), FormatError> {
    let code = from.bits("a touch code", PHASE | MASKED)?;
    Ok((TouchPhase::from_code(code & PHASE).unwrap_or_default(), code & MASKED != 0))
}

/// Writes the body of a record of these touches, which are in order of time.
pub(crate) fn write(out: &mut Writer, touches: &[TimedTouch]) {
    out.count(touches.len());
    for (before, touch) in touches.iter().zip(touches.iter().skip(1)) {
        out.uv(touch.0.saturating_sub(before.0));
    }
    touches.iter().for_each(|(_, touch)| out.u8(touch_code(touch)));
    touches.iter().for_each(|(_, touch)| out.uv(u64::from(touch.pointer)));
    write_differences(out, touches.iter().map(|(_, touch)| touch.at.x));
    write_differences(out, touches.iter().map(|(_, touch)| touch.at.y));
}

fn write_differences(out: &mut Writer, values: impl Iterator<Item = f32>) {
    let mut before = 0;
    for value in values.map(units) {
        out.sv(value - before);
        before = value;
    }
}

/// A touch with its record time, in milliseconds.
pub(crate) type Sample = (u64, Touch);

/// One entry of a touches record.
pub(crate) fn entry((time_ms, touch): Sample) -> Record {
    Record { time_ms, body: Body::Touch(touch) }
}

/// Reads the body of a record whose first touch is at `time_ms`.
pub(crate) fn read(from: &mut Reader<'_>, time_ms: u64) -> Result<Vec<Sample>, FormatError> {
    let times = read_times(from, time_ms)?;
    let codes = column(from, times.len(), read_code)?;
    let pointers = column(from, times.len(), |from| from.uv32("a pointer"))?;
    let xs = read_lengths(from, times.len())?;
    let ys = read_lengths(from, times.len())?;
    let at = xs.into_iter().zip(ys).map(|(x, y)| Point::new(x, y));
    let rest = codes.into_iter().zip(pointers).zip(at);
    let touch = |(((phase, is_masked), pointer), at)| Touch { pointer, phase, at, is_masked };
    Ok(times.into_iter().zip(rest.map(touch)).collect())
}

fn column<T>(
    from: &mut Reader<'_>,
    count: usize,
    mut read: impl FnMut(&mut Reader<'_>) -> Result<T, FormatError>,
) -> Result<Vec<T>, FormatError> {
    (0..count).map(|_| read(from)).collect()
}

fn read_times(from: &mut Reader<'_>, time_ms: u64) -> Result<Vec<u64>, FormatError> {
    let start = from.offset();
    let count = from.count("touches", MAX_TOUCHES)?;
    if count == 0 {
        return Err(from.expected_at(start, "at least one touch"));
    }
    let mut times = vec![time_ms];
    let mut before = time_ms;
    for _ in 1..count {
        before = from.map("a time within 64 bits", Reader::uv, |ms| before.checked_add(ms))?;
        times.push(before);
    }
    Ok(times)
}

fn read_lengths(from: &mut Reader<'_>, count: usize) -> Result<Vec<f32>, FormatError> {
    let mut before = 0;
    column(from, count, |from| {
        before = from.units_from(before, "a touch point")?;
        Ok(points(before))
    })
}
