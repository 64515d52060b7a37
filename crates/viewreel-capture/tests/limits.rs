//! Captures that are larger than one tree may be.

use viewreel_capture::{
    CaptureBuffer, CaptureDecoder, MAX_BUFFER_NODES, MAX_BUFFER_REGIONS, Text, View,
};
use viewreel_model::limits::{
    MAX_DEPTH, MAX_NODES, MAX_RAW_TEXT_BYTES, MAX_REGIONS, MAX_STRING_BYTES, MAX_TREE_STRING_BYTES,
    MAX_WINDOWS,
};
use viewreel_model::raw::Region;
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, MaskAction, RawSnapshot, Rect, StrId};

fn view(id: u64) -> View<'static> {
    View { id: CaptureId(id), kind: Kind::View, ..View::default() }
}

fn buffer_of(fill: impl FnOnce(&mut CaptureBuffer)) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), 0.0);
    fill(&mut buffer);
    buffer
}

fn check(buffer: &CaptureBuffer, look: impl FnOnce(&dyn RawSnapshot)) {
    let mut decoder = CaptureDecoder::new();
    look(&decoder.decode(buffer).expect("the rows describe a forest"));
}

fn string_bytes(raw: &dyn RawSnapshot) -> usize {
    (1..=raw.strings() as u32).map(|id| raw.string(StrId(id)).len()).sum()
}

fn truncated(raw: &dyn RawSnapshot) -> Vec<usize> {
    (0..raw.len()).filter(|&node| raw.privacy(node).truncated).collect()
}

fn flat(children: u64) -> CaptureBuffer {
    buffer_of(|buffer| {
        buffer.open(&view(1));
        (0..children).for_each(|child| buffer.leaf(&view(child + 2)));
        buffer.close();
    })
}

#[test]
fn a_tree_of_100_000_nodes_is_cut_at_its_last_node() {
    check(&flat(99_999), |raw| {
        assert_eq!(raw.len(), MAX_NODES);
        assert_eq!(raw.cut_nodes(), 90_000);
        assert_eq!(truncated(raw), [MAX_NODES - 1]);
    });
}

#[test]
fn a_tree_of_exactly_the_most_nodes_is_not_cut() {
    check(&flat(MAX_NODES as u64 - 1), |raw| {
        assert_eq!((raw.len(), raw.cut_nodes()), (MAX_NODES, 0));
        assert!(truncated(raw).is_empty());
    });
}

#[test]
fn a_tree_that_is_10_000_deep_is_cut_at_its_deepest_node() {
    let buffer = buffer_of(|buffer| {
        (1..=10_000).for_each(|id| buffer.open(&view(id)));
        (1..=10_000).for_each(|_| buffer.close());
    });
    check(&buffer, |raw| {
        let above = |node: &usize| raw.parent(*node);
        let depth = |node| std::iter::successors(Some(node), above).count() as u32 - 1;
        let deepest = (0..raw.len()).map(depth).max();
        assert_eq!(deepest, Some(u32::try_from(MAX_DEPTH).unwrap()));
        assert_eq!(truncated(raw), [MAX_DEPTH]);
        assert_eq!(raw.cut_nodes() as usize, 10_000 - MAX_DEPTH - 1);
    });
}

#[test]
fn what_follows_a_branch_that_is_too_deep_stays() {
    let buffer = buffer_of(|buffer| {
        buffer.open(&view(1));
        (0..400).for_each(|id| buffer.open(&view(id + 10)));
        (0..400).for_each(|_| buffer.close());
        buffer.leaf(&view(2));
        buffer.close();
    });
    check(&buffer, |raw| {
        let last = raw.len() - 1;
        assert_eq!(raw.privacy(last).id, CaptureId(2));
        assert_eq!(raw.parent(last), Some(0));
    });
}

#[test]
fn a_buffer_keeps_no_more_than_it_may_and_counts_the_rest() {
    let buffer = flat(MAX_BUFFER_NODES as u64 + 9);
    assert_eq!((buffer.rows().nodes.len(), buffer.cut_nodes()), (MAX_BUFFER_NODES, 10));
    check(&buffer, |raw| {
        assert_eq!(raw.cut_nodes() as usize, MAX_BUFFER_NODES - MAX_NODES + 10);
    });
}

#[test]
fn windows_past_the_limit_are_cut_with_their_regions() {
    let mut buffer = CaptureBuffer::new();
    for id in 0..100 {
        buffer.begin_window(SceneId(0), 0.0);
        buffer.leaf(&view(id + 1));
    }
    for window in [0, 99] {
        buffer.region(Region { window, action: MaskAction::Mask, ..Region::default() });
    }
    check(&buffer, |raw| {
        assert_eq!(raw.windows().len(), MAX_WINDOWS);
        assert_eq!(truncated(raw), [MAX_WINDOWS - 1]);
        assert_eq!(raw.regions().len(), 1);
    });
}

#[test]
fn a_string_is_cut_at_a_character() {
    let long = "é".repeat(MAX_STRING_BYTES);
    let buffer = buffer_of(|buffer| {
        buffer.leaf(&View { identifier: &long[..MAX_STRING_BYTES + 4], ..view(1) });
        buffer.begin_window(SceneId(0), 0.0);
        buffer.leaf(&View { identifier: &format!("x{long}"), ..view(2) });
    });
    check(&buffer, |raw| {
        let len = |node: usize| raw.string(raw.semantics(node).identifier).len();
        assert_eq!((len(0), len(1)), (MAX_STRING_BYTES, MAX_STRING_BYTES - 1));
        assert!(truncated(raw).is_empty());
    });
}

fn labels(count: usize, text: &str) -> CaptureBuffer {
    buffer_of(|buffer| {
        buffer.open(&view(1));
        for id in 0..count {
            let text = Some(Text { text, ..Text::default() });
            buffer.leaf(&View { text, ..view(id as u64 + 2) });
        }
        buffer.close();
    })
}

#[test]
fn a_long_text_is_cut() {
    let text = "xé".repeat(MAX_RAW_TEXT_BYTES);
    check(&labels(1, &text), |raw| {
        assert_eq!(raw.text(1).len(), MAX_RAW_TEXT_BYTES - 1);
        assert!(truncated(raw).is_empty());
    });
}

#[test]
fn texts_that_do_not_fit_become_placeholders() {
    let text = "x".repeat(MAX_RAW_TEXT_BYTES);
    let fitting = MAX_TREE_STRING_BYTES / MAX_RAW_TEXT_BYTES;
    check(&labels(fitting + 2, &text), |raw| {
        assert_eq!(string_bytes(raw), MAX_TREE_STRING_BYTES);
        assert_eq!(truncated(raw), [fitting + 1, fitting + 2]);
    });
}

#[test]
fn names_that_come_again_are_kept_once() {
    let buffer = buffer_of(|buffer| {
        buffer.open(&View { class_chain: "Row:UIView", ..view(1) });
        (0..500).for_each(|id| {
            buffer.leaf(&View { class_chain: "Row:UIView", ..view(id + 2) });
        });
        buffer.close();
    });
    assert_eq!(buffer.rows().heap.len(), "Row:UIView".len());
    check(&buffer, |raw| assert_eq!(string_bytes(raw), "Row:UIView".len()));
}

fn many_regions(count: usize, region: impl Fn(usize) -> Region) -> CaptureBuffer {
    buffer_of(|buffer| {
        buffer.leaf(&view(1));
        (0..count).for_each(|at| buffer.region(region(at)));
    })
}

#[test]
fn regions_past_the_limit_are_merged_into_one_that_covers_them() {
    let rect = |at: usize| Rect::new(at as f32, 0.0, 1.0, 1.0);
    let buffer = many_regions(5_000, |at| Region {
        rect: rect(at),
        action: if at == 4_000 { MaskAction::Replace } else { MaskAction::Mask },
        owner: CaptureId(1),
        ..Region::default()
    });
    check(&buffer, |raw| {
        assert!(raw.regions().len() <= MAX_REGIONS);
        let merged = raw.regions().last().unwrap();
        assert_eq!((merged.action, merged.owner), (MaskAction::Replace, CaptureId(0)));
        let last = rect(4_999);
        assert_eq!(merged.rect.origin.x + merged.rect.size.width, last.origin.x + 1.0);
    });
}

#[test]
fn keep_regions_past_the_limit_are_left_out() {
    let keep = Region { action: MaskAction::Keep, ..Region::default() };
    check(&many_regions(2_000, |_| keep), |raw| assert!(raw.regions().len() < MAX_REGIONS));
}

#[test]
fn more_regions_than_a_buffer_takes_are_an_error() {
    let buffer = many_regions(MAX_BUFFER_REGIONS + 1, |_| Region::default());
    let mut decoder = CaptureDecoder::new();
    assert!(decoder.decode(&buffer).is_err());
}
