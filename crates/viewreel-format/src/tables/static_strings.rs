//! The strings that every reader knows beforehand.

use std::collections::HashMap;
use std::sync::LazyLock;

/// One string a line; part of the specification.
const TEXT: &str = include_str!("../../../../assets/format/static-strings-v1.txt");

static LINES: LazyLock<Vec<&'static str>> = LazyLock::new(|| TEXT.lines().collect());

static NUMBERS: LazyLock<HashMap<&'static str, u32>> =
    LazyLock::new(|| LINES.iter().zip(0..).map(|(&line, number)| (line, number)).collect());

/// The static string of that number.
pub(crate) fn get(number: u32) -> Option<&'static str> {
    LINES.get(number as usize).copied()
}

/// The number of a static string.
pub(crate) fn find(text: &str) -> Option<u32> {
    NUMBERS.get(text).copied()
}
