//! Where lines end.

use crate::cluster::{cluster_width, clusters, width};
use crate::metrics::Metrics;
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// Gives the lines of a text one by one, greedily, by UAX #14. Words that are
/// wider than a line are broken between characters. A line has no white space
/// at its end; an empty line stands for two hard breaks in a row.
pub(crate) struct Breaker<'a> {
    text: &'a str,
    metrics: &'static Metrics,
    /// Widest line, in font units.
    limit: u32,
    /// Ends of unbreakable pieces, in bytes, and whether the line must end there.
    breaks: std::iter::Peekable<Box<dyn Iterator<Item = (usize, BreakOpportunity)> + 'a>>,
    /// Where the next line starts, in bytes.
    start: usize,
}

impl<'a> Breaker<'a> {
    pub(crate) fn new(text: &'a str, metrics: &'static Metrics, limit: u32) -> Self {
        let breaks: Box<dyn Iterator<Item = _>> = Box::new(linebreaks(text));
        Self { text, metrics, limit, breaks: breaks.peekable(), start: 0 }
    }

    /// What no line has taken yet.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.start..).unwrap_or("")
    }

    fn piece(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The end of the longest run of whole pieces that fits; `start` where not
    /// even the first one does.
    fn fitting_end(&mut self) -> usize {
        let (mut end, mut taken) = (self.start, 0_u32);
        while let Some(&(next, kind)) = self.breaks.peek() {
            let piece = self.piece(end, next);
            let room = self.limit.saturating_sub(taken);
            let is_blank = piece.trim().is_empty();
            if !is_blank && (taken > self.limit || !fits(piece.trim_end(), self.metrics, room)) {
                break;
            }
            taken = taken.saturating_add(width(piece, self.metrics));
            end = next;
            self.breaks.next();
            if kind == BreakOpportunity::Mandatory {
                break;
            }
        }
        end
    }

    /// The end of as many characters of the next piece as fit, one at least,
    /// and of the white space behind them.
    fn torn_end(&mut self) -> usize {
        let piece_end = self.breaks.peek().map_or(self.text.len(), |&(end, _)| end);
        let piece = self.piece(self.start, piece_end);
        let fitting = prefix(piece, self.metrics, self.limit);
        let first = clusters(piece).next().unwrap_or(piece);
        let head = if fitting.is_empty() { first } else { fitting };
        let tail = piece.get(head.len()..).unwrap_or("");
        let end = self.start + head.len() + (tail.len() - tail.trim_start().len());
        if end == piece_end {
            self.breaks.next();
        }
        end
    }
}

impl<'a> Iterator for Breaker<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        if self.start >= self.text.len() {
            return None;
        }
        let start = self.start;
        let fitting = self.fitting_end();
        self.start = if fitting > start { fitting } else { self.torn_end() };
        Some(self.piece(start, self.start).trim_end())
    }
}

/// Whether a text is at most `limit` font units wide. It is looked at only as
/// far as it fits, so that tearing a long word takes linear time.
fn fits(text: &str, metrics: &Metrics, limit: u32) -> bool {
    prefix(text, metrics, limit).len() == text.len()
}

/// The longest prefix of whole clusters that is at most `limit` font units wide.
pub(crate) fn prefix<'a>(text: &'a str, metrics: &Metrics, limit: u32) -> &'a str {
    let (mut len, mut taken) = (0, 0_u32);
    for cluster in clusters(text) {
        taken = taken.saturating_add(cluster_width(cluster, metrics));
        if taken > limit {
            break;
        }
        len += cluster.len();
    }
    text.get(..len).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, limit: u32, expected: &[&str]) {
        let lines: Vec<_> = Breaker::new(text, Metrics::of(400), limit).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn words_go_to_the_next_line() {
        check("one two three", width("one two", Metrics::of(400)), &["one two", "three"]);
    }

    #[test]
    fn hard_breaks_end_lines_and_two_leave_an_empty_one() {
        check("a\n\nb\r\nc\n", 9000, &["a", "", "b", "c"]);
    }

    #[test]
    fn words_that_are_too_long_are_torn_between_characters() {
        check("漢字漢 abcdef", 4096, &["漢字", "漢", "abc", "def"]);
    }

    #[test]
    fn a_line_has_one_character_at_least() {
        check("ab c", 0, &["a", "b", "c"]);
    }

    #[test]
    fn spaces_at_the_end_of_a_line_take_no_room() {
        let two = width("ab", Metrics::of(400));
        check("ab     ba", two, &["ab", "ba"]);
    }

    #[test]
    fn a_text_of_spaces_is_one_empty_line() {
        check("   ", 0, &[""]);
        check("", 0, &[]);
    }
}
