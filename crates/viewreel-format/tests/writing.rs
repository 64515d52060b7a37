//! Whatever a writer is given, readers take what it writes.

mod common;

use common::{header, open, seal};
use viewreel_format::limits::MAX_LOG_BYTES;
use viewreel_format::{FormatError, SegmentWriter};
use viewreel_model::columns::Window;
use viewreel_model::limits::{
    MAX_DEPTH, MAX_IMAGE_RECORDS, MAX_NODES, MAX_STRING_BYTES, MAX_WINDOWS,
};
use viewreel_model::node::{ImageHandle, Semantics};
use viewreel_model::record::{Body, LogLevel, ReplayMeta, State};
use viewreel_model::viewport::Viewport;
use viewreel_model::{BoundPicture, ImageBinding, LeftOut, NodeId, Record, Row, Snapshot, StateId};

fn long() -> String {
    "ä".repeat(MAX_LOG_BYTES)
}

/// What a writer says of a keyframe.
fn push(tree: Snapshot) -> Result<(), FormatError> {
    let (mut writer, _) = SegmentWriter::begin(&header());
    writer.push(1_000, &Body::Keyframe { state: StateId(0), tree })
}

/// A tree of `count` nodes, each the child of what `parent` gives.
fn tree(count: usize, parent: impl Fn(u32) -> Option<u32>) -> Snapshot {
    let mut tree = Snapshot::default();
    for at in 0..count as u32 {
        tree.push_masked(NodeId(at + 1), parent(at), &Row::default());
    }
    tree
}

#[test]
fn long_strings_and_numbers_that_are_none_are_repaired() {
    let viewport = Viewport { scale: f32::NAN, text_size: long(), ..Viewport::default() };
    let meta = ReplayMeta { user_id: long(), ..ReplayMeta::default() };
    let state = State { viewports: vec![viewport.clone()], meta, ..State::default() };
    let bodies = [
        Body::State(state),
        Body::Viewport(viewport),
        Body::Screen(long()),
        Body::Log { level: LogLevel::Log, message: long() },
    ];
    let records = bodies.map(|body| Record { time_ms: 1_000, body });
    let read = open(&seal(&records, 4));
    match &read[0].body {
        Body::State(state) => {
            assert_eq!(state.viewports[0].scale, 0.0);
            assert_eq!(state.meta.user_id.len(), MAX_STRING_BYTES);
        }
        body => panic!("{body:?}"),
    }
    assert_eq!(read.len(), 4);
}

#[test]
fn a_name_that_ten_thousand_nodes_share_counts_ten_thousand_times() {
    let named = |bytes: usize| {
        let mut tree = Snapshot::default();
        let class_chain = tree.columns_mut().strings.add(&"c".repeat(bytes));
        let semantics = Semantics { class_chain, ..Semantics::default() };
        for id in 1..=MAX_NODES as u32 {
            tree.push_masked(NodeId(id), None, &Row { semantics, ..Row::default() });
        }
        tree
    };
    assert!(push(named(104)).is_ok());
    assert!(matches!(push(named(105)), Err(FormatError::Limit { .. })));
}

#[test]
fn a_tree_beyond_a_limit_is_refused_before_it_is_written() {
    let chain = |count: usize| tree(count, |at| at.checked_sub(1));
    assert!(push(chain(MAX_DEPTH + 1)).is_ok());
    assert!(push(chain(MAX_DEPTH + 2)).is_err());
    assert!(push(tree(MAX_NODES, |_| None)).is_ok());
    assert!(push(tree(MAX_NODES + 1, |_| None)).is_err());
    let mut windows = tree(1, |_| None);
    windows.columns_mut().windows = vec![Window::default(); MAX_WINDOWS + 1];
    assert!(push(windows).is_err());
}

#[test]
fn a_binding_that_readers_would_refuse_is_not_written() {
    let picture = BoundPicture::LeftOut(LeftOut::Unreadable);
    let bound = |handle| Body::Image(ImageBinding { handle: ImageHandle(handle), picture });
    let (mut writer, mut bytes) = SegmentWriter::begin(&header());
    assert!(matches!(writer.push(1_000, &bound(0)), Err(FormatError::Expected { .. })));
    for handle in 1..=MAX_IMAGE_RECORDS as u32 {
        writer.push(1_000, &bound(handle)).unwrap();
    }
    assert!(matches!(writer.push(1_000, &bound(1)), Err(FormatError::Limit { .. })));
    bytes.extend(writer.seal());
    assert_eq!(open(&bytes).len(), MAX_IMAGE_RECORDS);
}
