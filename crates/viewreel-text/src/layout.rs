//! From a text and a frame to lines with baselines.

use crate::breaker::{Breaker, prefix};
use crate::cluster::width;
use crate::metrics::{Metrics, UNITS_PER_EM, ascent, line_height, to_points};
use viewreel_model::content::{LaidLine, Vertical};
use viewreel_model::node::Alignment;
use viewreel_model::{Point, Rect, Size};

/// What stands where text was cut off.
const ELLIPSIS: &str = "…";

/// Part of a line's height that may stick out of the frame before the line is
/// dropped: frames of foreign systems are rounded, and their lines are lower.
const OVERHANG: f32 = 0.25;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typeset {
    /// Font size, in points.
    pub size: f32,
    /// 100 … 900; 0 means 400.
    pub weight: u16,
    /// Horizontal placement. [`Alignment::Natural`] and
    /// [`Alignment::Justified`] are set flush left.
    pub alignment: Alignment,
    /// Most lines; `None` is as many as the frame has room for.
    pub max_lines: Option<usize>,
    /// Vertical placement.
    pub vertical: Vertical,
}

impl Default for Typeset {
    fn default() -> Self {
        Self {
            size: 17.0,
            weight: 400,
            alignment: Alignment::Natural,
            max_lines: None,
            vertical: Vertical::Top,
        }
    }
}

/// Breaks `text` into lines that are no wider than `frame` and sets them into
/// it. The lines come in the space of `frame`, in points, from top to bottom.
///
/// As many lines are set as the frame has room for, one at least, and at most
/// `max_lines`. Where text is left over, the last line ends with "…". A line
/// is wider than the frame only where a single character is. A frame without
/// width, a size that is not positive and a blank text give no lines.
/// O(length).
#[must_use]
pub fn lay_out(text: &str, spec: &Typeset, frame: Rect) -> Vec<LaidLine> {
    let room = room_for(frame.size.height, spec.size).min(spec.max_lines.unwrap_or(usize::MAX));
    let lines = break_lines(text, spec, frame.size.width, room);
    place(&lines, spec, frame)
}

/// The size of a text whose lines may be `max_width` points wide, in points:
/// that of its widest line, and as many line heights as it has lines. O(length).
#[must_use]
pub fn measure(text: &str, spec: &Typeset, max_width: f32) -> Size {
    let lines = break_lines(text, spec, max_width, spec.max_lines.unwrap_or(usize::MAX));
    let metrics = Metrics::of(spec.weight);
    let widest = lines.iter().map(|line| width(line, metrics)).max().unwrap_or(0);
    Size::new(to_points(widest, spec.size), height_of(lines.len(), spec.size))
}

/// Lines that a frame of that height has room for, one at least.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn room_for(height: f32, size: f32) -> usize {
    let lines = (height / line_height(size) + OVERHANG).floor();
    (lines as usize).max(1)
}

#[allow(clippy::cast_precision_loss, reason = "fewer lines than 2^24")]
fn height_of(lines: usize, size: f32) -> f32 {
    lines as f32 * line_height(size)
}

/// Widest line in font units. Half a unit is added, so that a frame of exactly
/// the measured width holds what was measured.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn limit_of(width: f32, size: f32) -> u32 {
    (width / size * UNITS_PER_EM + 0.5) as u32
}

fn break_lines(text: &str, spec: &Typeset, max_width: f32, max_lines: usize) -> Vec<String> {
    let can_be_set = spec.size.is_finite() && spec.size > 0.0 && max_width > 0.0;
    if !can_be_set || text.trim().is_empty() {
        return Vec::new();
    }
    let metrics = Metrics::of(spec.weight);
    let limit = limit_of(max_width, spec.size);
    let mut breaker = Breaker::new(text, metrics, limit);
    let mut lines = Vec::new();
    loop {
        let before = breaker.rest();
        let Some(line) = breaker.next() else { return lines };
        let is_last = lines.len() + 1 >= max_lines;
        if is_last && !breaker.rest().trim().is_empty() {
            lines.push(truncated(before, metrics, limit));
            return lines;
        }
        lines.push(line.to_owned());
        if is_last {
            return lines;
        }
    }
}

/// The first paragraph of `rest`, cut so that it fits with "…" behind it.
fn truncated(rest: &str, metrics: &Metrics, limit: u32) -> String {
    let paragraph = rest.lines().next().unwrap_or("");
    let room = limit.saturating_sub(width(ELLIPSIS, metrics));
    let mut line = prefix(paragraph, metrics, room).trim_end().to_owned();
    line.push_str(ELLIPSIS);
    line
}

fn place(lines: &[String], spec: &Typeset, frame: Rect) -> Vec<LaidLine> {
    let spare = frame.size.height - height_of(lines.len(), spec.size);
    let top = match spec.vertical {
        Vertical::Top => frame.origin.y,
        Vertical::Middle => frame.origin.y + spare / 2.0,
    };
    let line_at = |(index, text): (usize, &String)| {
        let width = to_points(width(text, Metrics::of(spec.weight)), spec.size);
        let left = frame.origin.x + left_gap(spec.alignment, frame.size.width - width);
        let y = top + height_of(index, spec.size) + ascent(spec.size);
        LaidLine { text: text.clone(), baseline: Point::new(left, y), width }
    };
    lines.iter().enumerate().map(line_at).collect()
}

fn left_gap(alignment: Alignment, spare: f32) -> f32 {
    let share = match alignment {
        Alignment::Natural | Alignment::Left | Alignment::Justified => 0.0,
        Alignment::Center => 0.5,
        Alignment::Right => 1.0,
    };
    (spare * share).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advance;

    const LABEL: Typeset = Typeset {
        size: 17.0,
        weight: 400,
        alignment: Alignment::Natural,
        max_lines: None,
        vertical: Vertical::Middle,
    };

    fn texts(text: &str, spec: &Typeset, width: f32, height: f32) -> Vec<String> {
        let frame = Rect::new(0.0, 0.0, width, height);
        lay_out(text, spec, frame).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn a_text_fits_into_the_size_that_was_measured_for_it() {
        let text = "General settings of the phone";
        let size = measure(text, &LABEL, f32::INFINITY);
        assert_eq!(texts(text, &LABEL, size.width, size.height), [text]);
    }

    #[test]
    fn what_does_not_fit_ends_with_an_ellipsis() {
        let spec = Typeset { max_lines: Some(1), ..LABEL };
        assert_eq!(texts("One-Handed Keyboard", &spec, 100.0, 20.0), ["One-Hand…"]);
    }

    #[test]
    fn a_frame_has_as_many_lines_as_it_has_room_for() {
        assert_eq!(texts("aa b cc d", &LABEL, 28.0, 41.0), ["aa", "b…"]);
        assert_eq!(texts("a b", &LABEL, 12.0, 1.0), ["…"]);
    }

    #[test]
    fn a_paragraph_that_is_left_out_leaves_an_ellipsis() {
        let spec = Typeset { max_lines: Some(1), ..LABEL };
        assert_eq!(texts("one\ntwo", &spec, 200.0, 80.0), ["one…"]);
        assert_eq!(texts("one\n", &spec, 200.0, 80.0), ["one"]);
    }

    #[test]
    fn lines_stand_in_the_middle_or_at_the_top() {
        let frame = Rect::new(10.0, 100.0, 200.0, 60.0);
        let top = lay_out("x", &Typeset { vertical: Vertical::Top, ..LABEL }, frame);
        let middle = lay_out("x", &LABEL, frame);
        assert_eq!(top[0].baseline, Point::new(10.0, 100.0 + ascent(17.0)));
        let expected = 100.0 + (60.0 - line_height(17.0)) / 2.0 + ascent(17.0);
        assert!((middle[0].baseline.y - expected).abs() < 1e-3);
    }

    #[test]
    fn lines_are_aligned_within_the_frame() {
        let frame = Rect::new(10.0, 0.0, 200.0, 21.0);
        let width = advance("Done", 17.0, 400);
        let x = |alignment| lay_out("Done", &Typeset { alignment, ..LABEL }, frame)[0].baseline.x;
        assert_eq!(x(Alignment::Left), 10.0);
        assert_eq!(x(Alignment::Right), 210.0 - width);
        assert_eq!(x(Alignment::Center), 10.0 + (200.0 - width) / 2.0);
    }

    #[test]
    fn nonsense_gives_no_lines() {
        for bad in [f32::NAN, 0.0, -5.0] {
            assert_eq!(texts("text", &LABEL, bad, 20.0), [""; 0]);
            assert_eq!(texts("text", &Typeset { size: bad, ..LABEL }, 90.0, 20.0), [""; 0]);
        }
        assert_eq!(texts(" \n ", &LABEL, 90.0, 20.0), [""; 0]);
    }
}
