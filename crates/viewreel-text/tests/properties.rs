//! What holds for every text in every frame.

use proptest::prelude::*;
use viewreel_model::Rect;
use viewreel_model::content::{LaidLine, Vertical};
use viewreel_model::node::Alignment;
use viewreel_text::{Typeset, advance, lay_out, measure};

/// Texts of words, spaces, breaks, wide characters, marks and any character.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "([a-zA-Z]{1,12}[ ,.]{1,2}){0,12}",
        "[a-zA-Z \n\r\t漢字ελ\u{301}👩\u{200D}🇨🇿-]{0,40}",
        any::<String>(),
    ]
}

fn spec() -> impl Strategy<Value = Typeset> {
    let alignment =
        prop_oneof![Just(Alignment::Left), Just(Alignment::Center), Just(Alignment::Right)];
    (4.0..40.0_f32, 0..1000_u16, alignment, proptest::option::of(1..5_usize)).prop_map(
        |(size, weight, alignment, max_lines)| Typeset {
            size,
            weight,
            alignment,
            max_lines,
            vertical: Vertical::Middle,
        },
    )
}

/// Whether a line is one character with its marks, which may stick out.
fn is_single(line: &LaidLine, spec: &Typeset) -> bool {
    let widest = line.text.chars().map(|char| advance(&char.to_string(), spec.size, spec.weight));
    line.width <= widest.fold(0.0, f32::max) + 0.001
}

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_word_without_end_is_torn_in_linear_time() {
    // Quadratic time would look at 10^11 characters here and not come back.
    let word = "x".repeat(300_000);
    let spec = Typeset { size: 10.0, ..Typeset::default() };
    let lines = lay_out(&word, &spec, Rect::new(0.0, 0.0, 1.0, 1e9));
    assert_eq!(lines.len(), word.len());
}

proptest! {
    #[test]
    fn no_line_is_wider_than_the_frame_unless_it_is_one_character(
        text in text(), spec in spec(), width in 1.0..400.0_f32, height in 0.0..400.0_f32,
    ) {
        for line in lay_out(&text, &spec, Rect::new(7.0, -3.0, width, height)) {
            prop_assert!(line.width <= width + 0.02 || is_single(&line, &spec), "{line:?}");
            prop_assert!(line.baseline.x >= 7.0);
        }
    }

    #[test]
    fn every_character_is_there_when_there_is_room(
        text in text(), spec in spec(), width in 1.0..400.0_f32,
    ) {
        let spec = Typeset { max_lines: None, ..spec };
        let lines = lay_out(&text, &spec, Rect::new(0.0, 0.0, width, 1e9));
        let all: String = lines.iter().map(|line| without_space(&line.text)).collect();
        prop_assert_eq!(all, without_space(&text));
    }

    #[test]
    fn a_text_that_is_cut_says_so_and_never_has_more_lines_than_asked(
        text in text(), spec in spec(), width in 1.0..400.0_f32,
    ) {
        let most = spec.max_lines.unwrap_or(usize::MAX);
        let lines = lay_out(&text, &spec, Rect::new(0.0, 0.0, width, 1e9));
        prop_assert!(lines.len() <= most);
        let all: String = lines.iter().map(|line| without_space(&line.text)).collect();
        let is_cut = lines.last().is_some_and(|line| line.text.ends_with('…'));
        prop_assert!(is_cut || all == without_space(&text));
    }

    #[test]
    fn what_was_measured_is_what_is_laid_out(text in text(), spec in spec(), width in 1.0..400.0_f32) {
        let size = measure(&text, &spec, width);
        let lines = lay_out(&text, &spec, Rect::new(0.0, 0.0, width, size.height));
        let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        prop_assert!((widest - size.width).abs() < 0.001);
        prop_assert_eq!(&lines, &lay_out(&text, &spec, Rect::new(0.0, 0.0, width, size.height)));
    }
}
