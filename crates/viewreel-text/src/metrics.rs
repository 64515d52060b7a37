//! How wide and high Inter is.

use std::sync::OnceLock;
use ttf_parser::Face;

/// Font units in one em, in all four files.
pub(crate) const UNITS_PER_EM: f32 = 2048.0;
/// From the baseline up to the top of a line, in font units.
const ASCENT: f32 = 1984.0;
/// From the baseline down to the end of a line, in font units.
const DESCENT: f32 = 494.0;

/// Advance of a wide character that the font does not have: 1 em.
const WIDE: u32 = 2048;
/// Advance of any other character that the font does not have: 0.6 em.
const UNKNOWN: u32 = 1229;

const FILES: [(u16, &[u8]); 4] = [
    (400, include_bytes!("../../../assets/fonts/inter/Inter-Regular.ttf")),
    (500, include_bytes!("../../../assets/fonts/inter/Inter-Medium.ttf")),
    (600, include_bytes!("../../../assets/fonts/inter/Inter-SemiBold.ttf")),
    (700, include_bytes!("../../../assets/fonts/inter/Inter-Bold.ttf")),
];

/// The advances of one weight.
pub(crate) struct Metrics {
    face: Option<Face<'static>>,
    ascii: [u16; 128],
}

impl Metrics {
    /// The metrics of the weight nearest to `weight` (100 … 900, 0 means 400);
    /// of two equally near ones the lighter.
    pub(crate) fn of(weight: u16) -> &'static Self {
        static ALL: OnceLock<Vec<Metrics>> = OnceLock::new();
        static NONE: Metrics = Metrics { face: None, ascii: [0; 128] };
        let all = ALL.get_or_init(|| FILES.iter().map(|(_, file)| Self::parse(file)).collect());
        all.get(nearest(weight)).unwrap_or(&NONE)
    }

    fn parse(file: &'static [u8]) -> Self {
        let mut metrics = Self { face: Face::parse(file, 0).ok(), ascii: [0; 128] };
        let ascii: Vec<u16> =
            (0..128_u8).map(|byte| metrics.look_up(char::from(byte)).unwrap_or(0)).collect();
        metrics.ascii.copy_from_slice(&ascii);
        metrics
    }

    fn look_up(&self, char: char) -> Option<u16> {
        let face = self.face.as_ref()?;
        face.glyph_hor_advance(face.glyph_index(char)?)
    }

    /// Advance of one character, in font units. Control characters have none,
    /// but a tab is as wide as a space.
    pub(crate) fn char(&self, char: char) -> u32 {
        let char = if char == '\t' { ' ' } else { char };
        if char.is_control() {
            return 0;
        }
        match self.ascii.get(char as usize) {
            Some(&units) => u32::from(units),
            None => self.look_up(char).map_or_else(|| fallback(char), u32::from),
        }
    }
}

fn nearest(weight: u16) -> usize {
    let weight = if weight == 0 { 400 } else { weight };
    let distance = |index: &usize| FILES.get(*index).map(|(w, _)| w.abs_diff(weight));
    (0..FILES.len()).min_by_key(distance).unwrap_or(0)
}

fn fallback(char: char) -> u32 {
    if is_wide(char) { WIDE } else { UNKNOWN }
}

/// Whether a character takes a full em in East Asian typography, by the wide
/// and full-width ranges of Unicode's `EastAsianWidth.txt`, emoji included.
fn is_wide(char: char) -> bool {
    matches!(u32::from(char),
        0x1100..=0x115F | 0x231A..=0x231B | 0x23E9..=0x23F3 | 0x2600..=0x27BF
        | 0x2B1B..=0x2B55 | 0x2E80..=0x303E | 0x3041..=0x33FF | 0x3400..=0x4DBF
        | 0x4E00..=0xA4CF | 0xA960..=0xA97F | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 | 0x16FE0..=0x18CFF
        | 0x1AFF0..=0x1B2FF | 0x1F000..=0x1FAFF | 0x20000..=0x3FFFD)
}

/// Advance width of a text on one line, in points, at `size` points and
/// `weight` (100 … 900, 0 means 400; the nearest of 400, 500, 600 and 700 is
/// measured). Line breaks have no width. O(length).
#[must_use]
pub fn advance(text: &str, size: f32, weight: u16) -> f32 {
    to_points(crate::cluster::width(text, Metrics::of(weight)), size)
}

/// Height of one line, in points, at `size` points: 1.21 times the size.
#[must_use]
pub fn line_height(size: f32) -> f32 {
    (ASCENT + DESCENT) / UNITS_PER_EM * size
}

/// Distance from the top of a line to its baseline, in points, at `size`
/// points: 0.97 times the size.
#[must_use]
pub fn ascent(size: f32) -> f32 {
    ASCENT / UNITS_PER_EM * size
}

/// Font units as points.
#[allow(clippy::cast_precision_loss, reason = "a line is shorter than 2^24 units")]
pub(crate) fn to_points(units: u32, size: f32) -> f32 {
    units as f32 / UNITS_PER_EM * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_parses_and_has_the_vertical_metrics_that_are_written_here() {
        for (weight, file) in FILES {
            let face = Face::parse(file, 0).unwrap();
            assert_eq!(face.units_per_em(), 2048, "{weight}");
            assert_eq!((face.ascender(), face.descender(), face.line_gap()), (1984, -494, 0));
            assert_eq!(face.weight().to_number(), weight);
        }
    }

    #[test]
    fn advances_are_those_of_the_files() {
        // hmtx of 'A' in Regular and Bold, as fonttools prints it.
        assert_eq!(Metrics::of(400).char('A'), 1413);
        assert_eq!(Metrics::of(700).char('A'), 1529);
    }

    #[test]
    fn a_bolder_text_is_wider() {
        let widths = [400, 500, 600, 700].map(|weight| advance("Viewreel", 17.0, weight));
        assert!(widths.windows(2).all(|pair| pair[0] < pair[1]), "{widths:?}");
    }

    #[test]
    fn weights_go_to_the_nearest_file() {
        assert_eq!([0, 100, 440, 460, 650, 660, 900].map(nearest), [0, 0, 0, 1, 2, 3, 3]);
    }

    #[test]
    fn characters_that_inter_lacks_have_a_width() {
        assert_eq!(advance("漢字", 10.0, 400), 20.0);
        assert_eq!(advance("😀", 10.0, 400), 10.0);
        assert!((advance("ม", 10.0, 400) - 6.0).abs() < 0.01);
    }

    #[test]
    fn latin_greek_and_cyrillic_are_in_the_font() {
        let metrics = Metrics::of(400);
        assert!("Zażółć Ελλάδα Київ Tiếng ₿€…•−".chars().all(|c| metrics.look_up(c).is_some()));
    }

    #[test]
    fn line_breaks_have_no_width_and_a_tab_has_that_of_a_space() {
        assert_eq!(advance("a\nb", 10.0, 400), advance("ab", 10.0, 400));
        assert_eq!(advance("\t", 10.0, 400), advance(" ", 10.0, 400));
    }
}
