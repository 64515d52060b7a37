//! What a recording weighs, part by part.

use viewreel_format::{SealedSegment, Weight};

/// Stored bytes of a recording by what they are for, in the order of the
/// table's columns. The visual ones are shared out as [`Weight`] says.
pub(crate) fn parts(segments: &[Vec<u8>]) -> [(&'static str, f64); 6] {
    let mut sum = Weight::default();
    for bytes in segments {
        let segment = SealedSegment::parse(bytes).expect("the recorder seals segments");
        sum += segment.weigh().expect("the recorder writes what can be read");
    }
    [
        ("keyframes", sum.keyframes),
        ("updates", sum.updates),
        ("text", sum.text),
        ("touches", sum.touches),
        ("state, story", sum.state + sum.story),
        ("framing", sum.framing),
    ]
}

/// The names of the columns.
pub(crate) fn names() -> [&'static str; 6] {
    parts(&[]).map(|(name, _)| name)
}
