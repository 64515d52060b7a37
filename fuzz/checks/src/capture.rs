//! Any capture buffer is a tree within all limits, or an error.

use crate::buffer::{Bytes, buffer};
use viewreel_capture::{CaptureBuffer, CaptureDecoder};
use viewreel_model::limits::{MAX_DEPTH, MAX_RAW_TEXT_BYTES, MAX_WINDOWS};
use viewreel_model::node::LineRange;
use viewreel_model::{RawSnapshot, StrId};

/// Most views. A buffer of more is one that is too deep, not too long.
const NODES: usize = 2_000;

/// The bytes are strings, regions and views.
///
/// # Panics
/// Where what is decoded is no tree, exceeds a limit, is not snapped, or is another
/// one when the same decoder reads it again.
pub fn check(bytes: &[u8]) {
    let buffer = buffer(&mut Bytes(bytes), NODES);
    let (mut used, mut fresh) = (CaptureDecoder::new(), CaptureDecoder::new());
    let first = used.decode(&buffer).map(|raw| raw.len());
    let (again, anew) = (used.decode(&buffer), fresh.decode(&buffer));
    assert_eq!(first, again.map(|raw| raw.len()));
    if let (Ok(again), Ok(anew)) = (again, anew) {
        check_tree(&again, &buffer);
        assert_eq!((again.parents(), again.regions()), (anew.parents(), anew.regions()));
        assert!(strings(&again).eq(strings(&anew)));
        (0..again.len()).for_each(|node| assert_same(&again, &anew, node));
    }
}

fn assert_same(a: &dyn RawSnapshot, b: &dyn RawSnapshot, node: usize) {
    assert_eq!((a.row(node), a.brief(node)), (b.row(node), b.brief(node)));
    assert_eq!((a.privacy(node), a.content(node)), (b.privacy(node), b.content(node)));
}

fn strings(raw: &dyn RawSnapshot) -> impl Iterator<Item = &str> {
    (1..=raw.strings() as u32).map(|id| raw.string(StrId(id)))
}

fn check_tree(raw: &dyn RawSnapshot, buffer: &CaptureBuffer) {
    assert_eq!(raw.len() + raw.cut_nodes() as usize, buffer.rows().nodes.len());
    let path = |node| std::iter::successors(Some(node), |&node| raw.parent(node));
    assert!((0..raw.len()).all(|node| path(node).count() <= MAX_DEPTH + 1));
    assert!(raw.windows().len() <= MAX_WINDOWS);
    let roots = (0..raw.len()).filter(|&node| raw.parent(node).is_none());
    assert!(roots.eq(raw.windows().iter().map(|window| window.root as usize)));
    assert!(strings(raw).all(|text| !text.is_empty() && text.len() <= MAX_RAW_TEXT_BYTES));
    (0..raw.len()).for_each(|node| check_row(raw, node));
    assert!(raw.regions().iter().all(|region| (region.window as usize) < raw.windows().len()));
}

/// Snapping what is snapped changes nothing, and nothing is not a number.
fn check_row(raw: &dyn RawSnapshot, node: usize) {
    let row = raw.row(node).unwrap_or_default();
    assert_eq!(row.geometry, row.geometry.snapped());
    assert_eq!(row.appearance, row.appearance.snapped());
    assert_eq!((row.text, row.control), (row.text.snapped(), row.control.snapped()));
    assert_eq!(row.lines, LineRange::default());
    assert_eq!((row.geometry, row.semantics), (raw.geometry(node), raw.semantics(node)));
}
