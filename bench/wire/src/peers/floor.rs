//! Every tree as JSON under the strongest compressor: what repetition alone
//! gives back, without a format.

use super::{Weight, json};
use crate::moments::{Moment, Moments};
use std::io::Write;

/// The strongest of zstd's levels that need no extra memory to be read.
const LEVEL: i32 = 19;
/// How far back a match may lie, as a power of two: further than any scenario
/// is long.
const WINDOW_LOG: u32 = 27;

/// The lines of a session, each with its time.
pub(crate) struct Lines(Vec<(u64, String, bool)>);

impl Lines {
    /// Writes everything down.
    pub(crate) fn of(moments: &Moments) -> Self {
        let line = |(at_ms, moment): &(u64, Moment)| {
            let (text, is_tree) = match moment {
                Moment::Tree(tree) => (json::tree(*at_ms, tree), true),
                Moment::Touch(touch) => (json::touch(*at_ms, touch), false),
                Moment::Screen(name) => (json::name(*at_ms, "screen", name), false),
                Moment::Event(name) => (json::name(*at_ms, "event", name), false),
            };
            (*at_ms, text + "\n", is_tree)
        };
        Self(moments.list.iter().map(line).collect())
    }

    /// All of it as one stream: the floor of a format without seek points.
    pub(crate) fn whole(&self) -> Weight {
        let mut weight = Weight::default();
        let lines: Vec<&str> = self.0.iter().map(|(_, line, _)| line.as_str()).collect();
        add(&mut weight, &lines);
        weight
    }

    /// One stream for each segment, which begins with the tree at its start.
    pub(crate) fn cut(&self, starts_ms: &[u64]) -> Weight {
        let mut weight = Weight::default();
        for (index, start_ms) in starts_ms.iter().enumerate() {
            let end_ms = starts_ms.get(index + 1).copied().unwrap_or(u64::MAX);
            let is_in = |at_ms: u64| (*start_ms..end_ms).contains(&at_ms);
            let begin = self.0.iter().rfind(|(at_ms, _, is_tree)| *is_tree && at_ms < start_ms);
            let rest = self.0.iter().filter(|(at_ms, ..)| is_in(*at_ms));
            let lines = begin.into_iter().chain(rest).map(|(_, line, _)| line.as_str());
            add(&mut weight, &lines.collect::<Vec<_>>());
        }
        weight
    }
}

fn add(weight: &mut Weight, lines: &[&str]) {
    let raw_bytes = lines.iter().map(|line| line.len()).sum();
    weight.add(raw_bytes, zstd_len(lines));
}

fn zstd_len(lines: &[&str]) -> usize {
    let mut encoder = zstd::Encoder::new(Vec::new(), LEVEL).expect("the level exists");
    encoder.window_log(WINDOW_LOG).expect("the window exists");
    encoder.long_distance_matching(true).expect("long windows exist");
    for line in lines {
        encoder.write_all(line.as_bytes()).expect("memory takes all bytes");
    }
    encoder.finish().expect("memory takes all bytes").len()
}
