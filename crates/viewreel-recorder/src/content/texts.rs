//! The lines of texts that are kept.

use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, Hasher};
use viewreel_capture::Platform;
use viewreel_model::content::{LaidLine, TextAsk, Vertical};
use viewreel_model::limits::MAX_STRING_BYTES;
use viewreel_model::node::TextStyle;
use viewreel_model::{Point, Size};

/// Most texts that are remembered. When there are more, those that are not on the
/// screen any more are forgotten; where all are, the rest is asked for every time.
const MAX_TEXTS: usize = 1_024;

/// Most bytes of what they say.
const MAX_TEXT_BYTES: usize = 256 * 1_024;

/// Most lines of one text.
const MAX_LINES_OF_TEXT: usize = 1_024;

/// Bytes of hyphens, ellipses and the like that the lines of a text may have beside it.
const SPARE_BYTES: usize = 64;

/// Texts that were laid out, by what was asked.
#[derive(Default)]
pub(super) struct Texts {
    /// Boxed, as a map has twice as many places as it has entries.
    known: HashMap<u64, Box<Known>, FixedState>,
    hasher: FixedState,
    bytes: usize,
    /// Counts captures.
    capture: u32,
    /// Whether the platform had no answer.
    pub(super) is_missing: bool,
}

/// One text with its lines.
struct Known {
    text: Box<str>,
    font: Box<str>,
    style: TextStyle,
    size: Size,
    max_lines: u16,
    vertical: Vertical,
    lines: Lines,
    /// The capture that showed it last.
    seen: u32,
}

/// The lines of a text.
enum Lines {
    /// One, which says all of it.
    Whole {
        baseline: Point,
        width: f32,
    },
    Several(Box<[LaidLine]>),
}

impl Known {
    fn new(ask: &TextAsk<'_>, lines: &[LaidLine], seen: u32) -> Self {
        let TextAsk { text, font, style, size, max_lines, vertical } = *ask;
        let lines = match lines {
            [line] if line.text == text => {
                Lines::Whole { baseline: line.baseline, width: line.width }
            }
            lines => Lines::Several(lines.into()),
        };
        let (text, font) = (text.into(), font.into());
        Self { text, font, style, size, max_lines, vertical, lines, seen }
    }

    fn answers(&self, ask: &TextAsk<'_>) -> bool {
        *self.text == *ask.text
            && *self.font == *ask.font
            && self.style == ask.style
            && self.size == ask.size
            && (self.max_lines, self.vertical) == (ask.max_lines, ask.vertical)
    }

    fn bytes(&self) -> usize {
        let lines = match &self.lines {
            Lines::Whole { .. } => 0,
            Lines::Several(lines) => lines.iter().map(|line| line.text.len()).sum(),
        };
        self.text.len() + self.font.len() + lines
    }

    fn tell(&self, line: &mut dyn FnMut(&str, Point, f32)) {
        match &self.lines {
            Lines::Whole { baseline, width } => line(&self.text, *baseline, *width),
            Lines::Several(lines) => tell(lines, line),
        }
    }
}

impl Texts {
    /// The next capture is masked.
    pub(super) fn begin(&mut self) {
        self.capture = self.capture.wrapping_add(1);
    }

    /// How many are remembered.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Gives the lines of a text to `line`; none where they are not known yet.
    pub(super) fn lines(
        &mut self,
        ask: &TextAsk<'_>,
        platform: &mut dyn Platform,
        line: &mut dyn FnMut(&str, Point, f32),
    ) {
        let key = self.key(ask);
        if let Some(known) = self.known.get_mut(&key).filter(|known| known.answers(ask)) {
            known.seen = self.capture;
            return known.tell(line);
        }
        match platform.lay_out(ask).map(|lines| bounded(lines, ask.text)) {
            None => self.is_missing = true,
            Some(lines) => {
                tell(&lines, line);
                self.remember(key, Known::new(ask, &lines, self.capture));
            }
        }
    }

    fn remember(&mut self, key: u64, known: Known) {
        if !self.has_room(&known) {
            return;
        }
        self.bytes += known.bytes();
        let replaced = self.known.insert(key, Box::new(known));
        self.bytes -= replaced.map_or(0, |replaced| replaced.bytes());
    }

    fn has_room(&mut self, known: &Known) -> bool {
        if self.is_full(known) {
            let latest = self.capture;
            self.known.retain(|_, known| latest.wrapping_sub(known.seen) <= 1);
            self.bytes = self.known.values().map(|known| known.bytes()).sum();
        }
        !self.is_full(known)
    }

    fn is_full(&self, known: &Known) -> bool {
        self.known.len() >= MAX_TEXTS || self.bytes + known.bytes() > MAX_TEXT_BYTES
    }

    fn key(&self, ask: &TextAsk<'_>) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        (ask.text, ask.font, ask.max_lines).hash(&mut hasher);
        let numbers = [ask.size.width, ask.size.height, ask.style.size];
        numbers.iter().for_each(|number| hasher.write_u32(number.to_bits()));
        let TextStyle { weight, italic, underline, strike, color, alignment, .. } = ask.style;
        (weight, italic, underline, strike, color, alignment).hash(&mut hasher);
        ask.vertical.hash(&mut hasher);
        hasher.finish()
    }
}

fn tell(lines: &[LaidLine], line: &mut dyn FnMut(&str, Point, f32)) {
    lines.iter().for_each(|laid| line(&laid.text, laid.baseline, laid.width));
}

/// What a platform may say of one text: not much more than that text, so that no
/// platform makes a tree too large to be told.
fn bounded(mut lines: Vec<LaidLine>, text: &str) -> Vec<LaidLine> {
    lines.truncate(MAX_LINES_OF_TEXT);
    let mut room = 2 * text.len() + SPARE_BYTES;
    for line in &mut lines {
        let most = room.min(MAX_STRING_BYTES);
        line.text.truncate(line.text.floor_char_boundary(most));
        room -= line.text.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use viewreel_capture::PictureAnswer;
    use viewreel_model::content::PictureAsk;

    /// Counts how often it is asked.
    #[derive(Default)]
    struct Counting {
        asked: usize,
        is_busy: bool,
    }

    impl Platform for Counting {
        fn lay_out(&mut self, ask: &TextAsk<'_>) -> Option<Vec<LaidLine>> {
            self.asked += 1;
            let line = LaidLine { text: ask.text.to_owned(), ..LaidLine::default() };
            (!self.is_busy).then(|| vec![line; 1 + usize::from(ask.max_lines)])
        }

        fn picture(&mut self, _ask: &PictureAsk) -> PictureAnswer {
            PictureAnswer::Unreadable
        }
    }

    fn ask(text: &str) -> TextAsk<'_> {
        let (style, size) = (TextStyle::default(), Size::new(10.0, 10.0));
        TextAsk { text, font: "", style, size, max_lines: 0, vertical: Vertical::Top }
    }

    fn lines(texts: &mut Texts, ask: &TextAsk<'_>, platform: &mut Counting) -> Vec<String> {
        let mut lines = Vec::new();
        texts.lines(ask, platform, &mut |text, _, _| lines.push(text.to_owned()));
        lines
    }

    #[test]
    fn what_was_answered_is_not_asked_again() {
        let (mut texts, mut platform) = (Texts::default(), Counting::default());
        for _ in 0..3 {
            texts.begin();
            assert_eq!(lines(&mut texts, &ask("one"), &mut platform), ["one"]);
            let wider = TextAsk { size: Size::new(11.0, 10.0), ..ask("one") };
            assert_eq!(lines(&mut texts, &wider, &mut platform), ["one"]);
            let more = TextAsk { max_lines: 2, ..ask("one") };
            assert_eq!(lines(&mut texts, &more, &mut platform).len(), 3);
        }
        assert_eq!(platform.asked, 3);
    }

    #[test]
    fn what_is_not_known_yet_is_asked_the_next_time() {
        let (mut texts, mut platform) = (Texts::default(), Counting::default());
        platform.is_busy = true;
        assert_eq!(lines(&mut texts, &ask("one"), &mut platform), [""; 0]);
        platform.is_busy = false;
        assert_eq!(lines(&mut texts, &ask("one"), &mut platform), ["one"]);
    }

    #[test]
    fn texts_that_are_gone_make_room() {
        let (mut texts, mut platform) = (Texts::default(), Counting::default());
        for capture in 0..20 {
            texts.begin();
            for text in 0..400 {
                let text = format!("{capture} {text}");
                assert_eq!(lines(&mut texts, &ask(&text), &mut platform), [text]);
            }
        }
        assert!(texts.known.len() <= MAX_TEXTS && texts.bytes <= MAX_TEXT_BYTES);
        assert_eq!(texts.bytes, texts.known.values().map(|known| known.bytes()).sum::<usize>());
    }

    #[test]
    fn what_has_no_room_is_shown_all_the_same() {
        let (mut texts, mut platform) = (Texts::default(), Counting::default());
        texts.begin();
        let long = "x".repeat(30_000);
        for text in 0..30 {
            let text = format!("{text} {long}");
            let cut = text[..MAX_STRING_BYTES].to_owned();
            assert_eq!(lines(&mut texts, &ask(&text), &mut platform), [cut]);
        }
        assert!(texts.bytes <= MAX_TEXT_BYTES);
    }
}
