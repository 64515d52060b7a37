//! A screen of 300 nodes that is scrolled: what a recorder sees most of the time.
#![allow(dead_code, reason = "tests and the bench use a part of it each")]

use std::ops::RangeInclusive;
use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_model::columns::Window;
use viewreel_model::node::{Geometry, Line, LineRange, Semantics, TextRole, TextStyle};
use viewreel_model::record::{Body, State};
use viewreel_model::{Color, Diff, Kind, NodeId, Point, Rect, Row, Snapshot, StateId};
use viewreel_tree::Differ;

/// Frames of a segment: ten a second for half a minute.
pub(crate) const FRAMES: u32 = 300;

/// Time from one frame to the next, in milliseconds.
const FRAME_MS: u64 = 100;

/// Frames after which a recorder cuts a chunk: two seconds.
pub(crate) const FRAMES_OF_A_CHUNK: u32 = 20;

const ROWS: u32 = 99;

/// One frame: a window, a list that is scrolled a bit further and 99 rows of
/// three nodes each. Of these some follow the finger, one stands in another
/// place, and a few say what they said before.
pub(crate) fn frame(n: u32) -> Snapshot {
    let mut tree = Snapshot::default();
    let window = Rect::new(0.0, 0.0, 393.0, 852.0);
    add(&mut tree, (1, None), "UIWindow:UIView", window, |_| {});
    let list = Rect::new(0.0, 90.0, 393.0, 700.0);
    add(&mut tree, (2, Some(0)), "UITableView:UIScrollView:UIView", list, |row| {
        row.geometry.bounds.origin.y = n as f32 * 12.0 + unsteady(n, 0, 24);
    });
    (0..ROWS).for_each(|place| add_row(&mut tree, n, place));
    add(&mut tree, (3, Some(0)), "UITabBar:UIView", list, |_| {});
    tree.columns_mut().windows.push(Window::default());
    tree
}

/// A number below `end` that is not foreseen, the same in every run.
fn unsteady(n: u32, of: u32, end: u32) -> f32 {
    let mixed = (n * 101 + of).wrapping_mul(0x9e37_79b1);
    ((mixed ^ mixed >> 15).wrapping_mul(0x85eb_ca6b) >> 16).rem_euclid(end) as f32
}

/// The rows are where they were, but for one that changes places with the next.
fn add_row(tree: &mut Snapshot, n: u32, place: u32) {
    let swapped = 40 + n / 4 % 8;
    let item = match place {
        at if at == swapped => swapped + 1,
        at if at == swapped + 1 => swapped,
        at => at,
    };
    let id = 10 + 3 * item;
    let follows = if item % 30 == 5 { unsteady(n, item, 80) } else { 0.0 };
    let frame = Rect::new(follows, place as f32 * 44.0, 393.0, 44.0);
    let cell = add(tree, (id, Some(1)), "OrderCell:UITableViewCell:UIView", frame, |_| {});
    add_label(tree, (id + 1, cell), &format!("Order {item}"), |_| {});
    let is_sent = item % 30 == 7 && unsteady(n, item, 4) == 0.0;
    let says = if is_sent { "on its way" } else { "to be sent tomorrow" };
    add_label(tree, (id + 2, cell), says, |row| {
        row.appearance.alpha = if item == 11 { 55 + unsteady(n, item, 200) as u8 } else { 255 };
    });
}

fn add_label(tree: &mut Snapshot, (id, cell): (u32, u32), says: &str, edit: impl Fn(&mut Row)) {
    let columns = tree.columns_mut();
    let (text, font) = (columns.strings.add(says), columns.strings.add("Avenir-Heavy"));
    let start = columns.lines.len() as u32;
    columns.lines.push(Line { text, baseline: Point::new(0.0, 16.0), width: 210.0 });
    let color = Color::rgb(0x1c1c1e);
    let frame = Rect::new(16.0, 8.0, 300.0, 20.0);
    add(tree, (id, Some(cell)), "UILabel:UIView", frame, |row| {
        row.semantics.kind = Kind::Text;
        row.text = TextStyle { role: TextRole::Static, size: 17.0, font, color, ..row.text };
        row.lines = LineRange { start, len: 1 };
        edit(row);
    });
}

fn add(
    tree: &mut Snapshot,
    (id, parent): (u32, Option<u32>),
    class: &str,
    frame: Rect,
    edit: impl Fn(&mut Row),
) -> u32 {
    let class_chain = tree.columns_mut().strings.add(class);
    let semantics = Semantics { kind: Kind::View, class_chain, ..Semantics::default() };
    let geometry = Geometry::from_frame(frame);
    let mut row = Row { semantics, geometry, ..Row::default() };
    edit(&mut row);
    tree.push_masked(NodeId(id), parent, &row)
}

/// Writes frames as a recorder does.
pub(crate) struct Recording {
    writer: SegmentWriter,
    bytes: Vec<u8>,
    differ: Differ,
    diff: Diff,
    state: StateId,
}

impl Recording {
    /// Begins a segment with the first frame.
    pub(crate) fn begin(first: &Snapshot) -> Self {
        let replay = ReplayId::new("device", "session").expect("both ids are valid");
        let header = SegmentHeader { replay, ..SegmentHeader::default() };
        let (mut writer, bytes) = SegmentWriter::begin(&header);
        let keyframe = Body::Keyframe { state: StateId(0), tree: first.clone() };
        for body in [Body::State(State::default()), keyframe] {
            writer.push(0, &body).expect("the opening is small");
        }
        let (differ, diff) = (Differ::default(), Diff::default());
        Self { writer, bytes, differ, diff, state: StateId(0) }
    }

    /// Tells frame `n`. Gives the bytes of the chunk where one is due.
    fn tell(&mut self, n: u32, old: &Snapshot, new: &Snapshot) -> &[u8] {
        self.differ.diff(self.state, old, new, &mut self.diff);
        let body = Body::Diff(std::mem::take(&mut self.diff));
        self.writer.push(u64::from(n) * FRAME_MS, &body).expect("a frame is small");
        if let Body::Diff(diff) = body {
            self.diff = diff;
        }
        self.state = self.state.next();
        if n.is_multiple_of(FRAMES_OF_A_CHUNK) { self.writer.cut() } else { &[] }
    }

    /// Tells the frames of a range, each from the one before it. Gives the
    /// number of bytes of the chunks.
    pub(crate) fn tell_some(&mut self, range: RangeInclusive<u32>, frames: &[Snapshot]) -> usize {
        let pair = |n: u32| (&frames[n as usize - 1], &frames[n as usize]);
        range.map(|n| self.tell(n, pair(n).0, pair(n).1).len()).sum()
    }

    /// Tells all frames behind the first; the sealed segment.
    pub(crate) fn tell_all(mut self, frames: &[Snapshot]) -> Vec<u8> {
        for (n, pair) in (1..).zip(frames.windows(2)) {
            let chunk = self.tell(n, &pair[0], &pair[1]).to_vec();
            self.bytes.extend(chunk);
        }
        self.bytes.extend(self.writer.seal());
        self.bytes
    }
}
