//! What a capture takes on its way to a record, beside what it may take.
//!
//! Times are the best of several rounds, so that a busy machine matters little;
//! compare ratios, not machines.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

#[path = "../tests/common/letters.rs"]
mod letters;
#[path = "../tests/common/orders.rs"]
mod orders;
#[path = "../tests/common/path.rs"]
mod path;

use letters::Letters;
use orders::{orders, unchanged_orders};
use path::{FRAMES_OF_A_CHUNK, Path};
use std::hint::black_box;
use std::time::{Duration, Instant};
use viewreel_capture::{CaptureBuffer, CaptureDecoder};

/// Rounds of which the best counts.
const ROUNDS: usize = 100;

/// Captures of a round.
const FRAMES: u32 = 4 * FRAMES_OF_A_CHUNK;

/// Captures until all buffers are as large as they become.
const WARM_UP: u32 = FRAMES_OF_A_CHUNK;

fn main() {
    println!("| capture | decode | mask | diff | encode | the last three | limit |");
    println!("|---|---|---|---|---|---|---|");
    let changes = |nodes| (0..FRAMES + WARM_UP).map(|n| orders(nodes, n)).collect::<Vec<_>>();
    let stands = |nodes| vec![orders(nodes, 0); (FRAMES + WARM_UP) as usize];
    let rests = |nodes| {
        let after = vec![unchanged_orders(); (FRAMES + WARM_UP) as usize - 1];
        [vec![orders(nodes, 0)], after].concat()
    };
    row("300 nodes, one in 20 changed", &changes(300), Duration::from_micros(100));
    row("2,000 nodes, one in 20 changed", &changes(2_000), Duration::from_millis(1));
    row("300 nodes, all read, nothing changed", &stands(300), Duration::from_micros(10));
    row("300 nodes, said to be unchanged", &rests(300), Duration::from_micros(10));
    row("2,000 nodes, said to be unchanged", &rests(2_000), Duration::from_micros(10));
}

fn row(what: &str, frames: &[CaptureBuffer], limit: Duration) {
    let steps = (0..ROUNDS).map(|_| round(frames)).reduce(Steps::best).unwrap_or_default();
    let each = |time: Duration| time / FRAMES;
    let Steps { decode, mask, diff, encode } = steps;
    println!(
        "| {what} | {:.1?} | {:.1?} | {:.1?} | {:.1?} | {:.1?} | {limit:?} |",
        each(decode),
        each(mask),
        each(diff),
        each(encode),
        each(mask + diff + encode),
    );
}

/// Time of each step over all captures of a round.
#[derive(Clone, Copy, Default)]
struct Steps {
    decode: Duration,
    mask: Duration,
    diff: Duration,
    encode: Duration,
}

impl Steps {
    fn best(self, other: Self) -> Self {
        Self {
            decode: self.decode.min(other.decode),
            mask: self.mask.min(other.mask),
            diff: self.diff.min(other.diff),
            encode: self.encode.min(other.encode),
        }
    }
}

fn round(frames: &[CaptureBuffer]) -> Steps {
    let (mut decoder, mut path, mut steps) =
        (CaptureDecoder::new(), Path::begin(Box::new(Letters)), Steps::default());
    for (n, buffer) in frames.iter().enumerate() {
        if n == WARM_UP as usize {
            steps = Steps::default();
        }
        let raw = timed(&mut steps.decode, || decoder.decode(buffer)).expect("captures are whole");
        timed(&mut steps.mask, || path.mask(&raw));
        if timed(&mut steps.diff, || path.diff()) {
            timed(&mut steps.encode, || path.encode());
        }
    }
    steps
}

/// Runs a step and adds its time.
#[allow(clippy::disallowed_methods, reason = "a bench measures time")]
fn timed<T>(total: &mut Duration, step: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(step());
    *total += start.elapsed();
    result
}
