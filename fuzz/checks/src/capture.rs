//! Any capture buffer is a tree within all limits, or an error.

use crate::buffer::{Bytes, buffer};
use viewreel_capture::{CaptureBuffer, CaptureDecoder};
use viewreel_model::field::changed;
use viewreel_model::limits::{MAX_DEPTH, MAX_RAW_TEXT_BYTES, MAX_WINDOWS};
use viewreel_model::node::LineRange;
use viewreel_model::{Columns, RawSnapshot, StrId};

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
    let first = used.decode(&buffer).map(|raw| raw.columns.len());
    let (again, anew) = (used.decode(&buffer), fresh.decode(&buffer));
    assert_eq!(first, again.map(|raw| raw.columns.len()));
    if let (Ok(again), Ok(anew)) = (again, anew) {
        check_tree(&again, &buffer);
        assert!((0..again.columns.len()).all(|node| same(again.columns, anew.columns, node)));
        assert_eq!((again.privacy, again.regions), (anew.privacy, anew.regions));
        assert_eq!(again.contents, anew.contents);
    }
}

fn same(a: &Columns, b: &Columns, node: usize) -> bool {
    let (x, y) = (a.row(node).unwrap_or_default(), b.row(node).unwrap_or_default());
    changed(a, &x, b, &y).is_empty()
}

fn check_tree(raw: &RawSnapshot<'_>, buffer: &CaptureBuffer) {
    let columns = raw.columns;
    assert_eq!((raw.contents.len(), raw.privacy.len()), (columns.len(), columns.len()));
    assert_eq!(columns.len() + raw.cut_nodes as usize, buffer.rows().nodes.len());
    assert!(columns.depths().into_iter().all(|depth| depth as usize <= MAX_DEPTH));
    assert!(columns.lines.is_empty() && columns.windows.len() <= MAX_WINDOWS);
    let roots = (0..columns.len()).filter(|&node| columns.parent(node).is_none());
    assert!(roots.eq(columns.windows.iter().map(|window| window.root as usize)));
    let mut strings = (1..=columns.strings.len() as u32).map(|id| columns.strings.get(StrId(id)));
    assert!(strings.all(|text| text.len() <= MAX_RAW_TEXT_BYTES));
    (0..columns.len()).for_each(|node| check_row(columns, node));
    assert!(raw.regions.iter().all(|region| (region.window as usize) < columns.windows.len()));
}

/// Snapping what is snapped changes nothing, and nothing is not a number.
fn check_row(columns: &Columns, node: usize) {
    let row = columns.row(node).unwrap_or_default();
    assert_eq!(row.geometry, row.geometry.snapped());
    assert_eq!(row.appearance, row.appearance.snapped());
    assert_eq!((row.text, row.control), (row.text.snapped(), row.control.snapped()));
    assert_eq!(row.lines, LineRange::default());
}
