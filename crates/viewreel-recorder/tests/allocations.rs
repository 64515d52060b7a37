//! A capture on its way to a record allocates nothing once all buffers have grown.

#[path = "common/letters.rs"]
mod letters;
#[path = "common/orders.rs"]
mod orders;
#[path = "common/path.rs"]
mod path;

use allocation_counter::measure;
use letters::Letters;
use orders::orders;
use path::{FRAMES_OF_A_CHUNK, Path};
use viewreel_capture::{CaptureBuffer, CaptureDecoder};
use viewreel_model::{MaskAction, Override, Step};

/// Captures until all buffers are as large as they become.
const WARM_UP: u32 = 6 * FRAMES_OF_A_CHUNK;

fn check(path: &mut Path) {
    let frames: Vec<CaptureBuffer> = (0..2 * WARM_UP).map(|n| orders(300, n)).collect();
    let mut decoder = CaptureDecoder::new();
    let (mut allocations, mut bytes) = (0, 0);
    for (n, buffer) in frames.iter().enumerate() {
        let tell = || {
            let raw = decoder.decode(buffer).expect("captures are whole");
            path.mask(&raw);
            if path.diff() {
                bytes += path.encode();
            }
        };
        let info = measure(tell);
        if n >= WARM_UP as usize {
            allocations += info.count_total;
        }
    }
    assert_eq!(allocations, 0);
    assert!(bytes > 1_000, "chunks were cut");
}

#[test]
fn steady_captures_allocate_nothing() {
    check(&mut Path::begin(Box::new(Letters)));
}

#[test]
fn steady_captures_allocate_nothing_under_the_rules_of_a_config() {
    let mut path = Path::begin(Box::new(Letters));
    let step = |class: &str| Step { class: class.to_owned(), identifier: String::new() };
    let steps = vec![step("UITableView"), step("OrderCell"), step("UISwitch")];
    path.masker.set_overrides(&[Override { action: MaskAction::Mask, steps }]);
    check(&mut path);
}
