//! Guesses a font size from the frame that a text was seen in.
//!
//! Dumps name no fonts. A label's frame is mostly as high as its lines, so the
//! size is read off the height; where the text is then too wide for the frame,
//! the size goes down by at most a quarter, and then more lines are tried. What still does not fit was
//! truncated on the phone as well, and is truncated here.

use viewreel_capture::Text;
use viewreel_model::content::Vertical;
use viewreel_model::limits::MAX_STRING_BYTES;
use viewreel_model::node::Alignment;
use viewreel_model::{Rect, Size};
use viewreel_text::{Typeset, line_height, measure};

/// Smallest size that is guessed, in points.
const SMALLEST: f32 = 9.0;
/// Smallest share of the size read off the height that is tried.
const LEAST_SHARE: f32 = 0.75;
/// Most lines whose size is looked for.
const MAX_LINES: u16 = 12;
/// Largest size of a text that fits at no size, in points.
const TRUNCATED: f32 = 17.0;
/// How much wider than its frame a text may be before a smaller size is
/// tried: Inter is a little wider than the phones' own fonts. The size is
/// then scaled so that the text ends where the frame does.
const SQUEEZE: f32 = 1.08;
/// How much higher than its frame a text of several lines may be.
const OVERHANG: f32 = 1.12;

/// What is known of a text beside what it says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    /// 100 … 900.
    pub weight: u16,
    /// Horizontal placement.
    pub alignment: Alignment,
    /// Largest size that is plausible, in points.
    pub cap: f32,
    /// Height of a line of the phone's font, as a multiple of its size.
    pub line_share: f32,
}

/// A text that is to be set into `frame` at a guessed size. Texts longer than
/// [`MAX_STRING_BYTES`] are cut there. O(length).
pub(crate) fn fit<'a>(text: &'a str, frame: Rect, style: &Style) -> Text<'a> {
    let text = cut(text);
    Text {
        text,
        frame,
        size: guess_size(text, frame.size, style),
        weight: style.weight,
        alignment: style.alignment,
        vertical: Vertical::Middle,
        ..Text::default()
    }
}

/// Whether `text` has room in `frame` at some plausible size.
pub(crate) fn has_room(text: &str, frame: Size, style: &Style) -> bool {
    let smallest = typeset(SMALLEST, style);
    measure(cut(text), &smallest, f32::INFINITY).width <= frame.width * SQUEEZE
}

fn typeset(size: f32, style: &Style) -> Typeset {
    let Style { weight, alignment, .. } = *style;
    Typeset { size, weight, alignment, max_lines: None, vertical: Vertical::Middle }
}

/// The start of a text, as much as a node may hold.
pub(crate) fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_STRING_BYTES)).unwrap_or(text)
}

/// Tries one line, then two, and so on: the frame's height tells the size that
/// so many lines had.
fn guess_size(text: &str, frame: Size, style: &Style) -> f32 {
    let one_line = (frame.height / style.line_share).round();
    let sizes = |lines: u16| sizes_below((one_line / f32::from(lines)).clamp(SMALLEST, style.cap));
    (1..=MAX_LINES)
        .take_while(|&lines| one_line / f32::from(lines) >= SMALLEST || lines == 1)
        .flat_map(sizes)
        .find_map(|size| Some(size * scale_to_fit(text, size, frame, style)?))
        .unwrap_or_else(|| one_line.clamp(SMALLEST, style.cap.min(TRUNCATED)))
}

/// That size and the smaller ones that are tried with it.
fn sizes_below(largest: f32) -> impl Iterator<Item = f32> {
    let least = (largest * LEAST_SHARE).max(SMALLEST);
    std::iter::successors(Some(largest), |size| Some(size - 1.0))
        .take_while(move |&size| size >= least)
}

/// The factor, at most 1, that makes a text of that size end where its frame
/// does, or `None` where it does not fit.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
fn scale_to_fit(text: &str, size: f32, frame: Size, style: &Style) -> Option<f32> {
    let line = line_height(size);
    // One line more than there is room for tells that it does not fit, without
    // laying out the rest.
    let room = (frame.height * OVERHANG / line).max(1.0) as usize;
    let typeset = Typeset { max_lines: Some(room.saturating_add(1)), ..typeset(size, style) };
    let taken = measure(text, &typeset, frame.width * SQUEEZE);
    let is_low = taken.height <= (frame.height * OVERHANG).max(line);
    let is_narrow = taken.width <= frame.width * SQUEEZE;
    (is_low && is_narrow).then(|| (frame.width / taken.width.max(1.0)).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABEL: Style =
        Style { weight: 400, alignment: Alignment::Left, cap: 34.0, line_share: 1.2 };

    fn check(text: &str, width: f32, height: f32, size: std::ops::Range<f32>, lines: &[&str]) {
        let fitted = fit(text, Rect::new(0.0, 0.0, width, height), &LABEL);
        let laid = viewreel_text::lay_out(text, &typeset(fitted.size, &LABEL), fitted.frame);
        let texts: Vec<_> = laid.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, lines);
        assert!(size.contains(&fitted.size), "{}", fitted.size);
        assert!(laid.iter().all(|line| line.width <= width + 0.05));
    }

    #[test]
    fn a_label_of_the_system_font_keeps_its_size_nearly() {
        // As UIKit measured it at 17 pt.
        check("One-Handed Keyboard", 176.0, 21.0, 15.5..17.6, &["One-Handed Keyboard"]);
        check("Off", 25.0, 21.0, 15.5..18.0, &["Off"]);
    }

    #[test]
    fn a_high_frame_holds_several_lines() {
        let lines = ["It has several lines", "because it is long"];
        check("It has several lines because it is long", 160.0, 42.0, 14.5..18.0, &lines);
    }

    #[test]
    fn a_text_that_was_truncated_is_truncated() {
        check("A song with a very long name", 80.0, 20.0, 16.5..17.5, &["A song…"]);
    }

    #[test]
    fn a_label_has_no_room_in_an_icon() {
        assert!(!has_room("chevron", Size::new(12.0, 14.0), &LABEL));
        assert!(has_room("Add", Size::new(44.0, 44.0), &LABEL));
    }
}
