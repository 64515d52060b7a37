//! Capture buffers made of any bytes, most of which describe a tree.

use viewreel_capture::CaptureBuffer;
use viewreel_capture::layout::{NO_PARENT, NodeRow, RegionRow, StrRef, WindowRow, flag};

/// Instead of a number of levels to go up: a root of a new window, any parent.
const ROOT: u8 = 254;
const ANY_PARENT: u8 = 255;

/// Most regions, and texts of which a view has the first.
const MAX_REGIONS: usize = 4;
const MAX_TEXTS: usize = 4;

/// Bytes that are read from the front; past their end everything is zero.
#[derive(Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// Whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One byte.
    pub fn u8(&mut self) -> u8 {
        self.array::<1>()[0]
    }

    /// A number, the lowest byte first.
    pub fn u32(&mut self) -> u32 {
        u32::from_le_bytes(self.array())
    }

    /// Any bits of a number.
    pub fn f32(&mut self) -> f32 {
        f32::from_bits(self.u32())
    }

    /// Any bits of some numbers.
    pub fn floats<const N: usize>(&mut self) -> [f32; N] {
        std::array::from_fn(|_| self.f32())
    }

    /// A byte with their number, which is below `most`, and they themselves.
    pub fn list<T>(&mut self, most: usize, mut next: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = usize::from(self.u8()) % most;
        (0..count).map(|_| next(self)).collect()
    }

    /// A byte with their number, and they themselves.
    pub fn bytes(&mut self) -> &'a [u8] {
        let length = usize::from(self.u8()).min(self.0.len());
        let (head, tail) = self.0.split_at(length);
        self.0 = tail;
        head
    }

    fn array<const N: usize>(&mut self) -> [u8; N] {
        let mut out = [0; N];
        let length = N.min(self.0.len());
        let (head, tail) = self.0.split_at(length);
        out[..length].copy_from_slice(head);
        self.0 = tail;
        out
    }
}

/// Strings, regions, and then views until the bytes are used up or there are `nodes`.
#[must_use]
pub fn buffer(from: &mut Bytes<'_>, nodes: usize) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    let mut strings = from.list(16, |from| buffer.add_string_bytes(from.bytes()));
    strings.push(StrRef { start: from.u32(), len: from.u32() });
    let regions = from.list(MAX_REGIONS, region);
    buffer.rows_mut().regions.extend(regions);
    let mut open: Vec<u32> = Vec::new();
    while !from.is_empty() && buffer.rows().nodes.len() < nodes {
        let row = node(from, &strings, &mut open, &mut buffer);
        buffer.rows_mut().nodes.push(row);
    }
    buffer
}

fn region(from: &mut Bytes<'_>) -> RegionRow {
    let (owner, window) = (u64::from(from.u8()), u32::from(from.u8() % 3));
    RegionRow { owner, window, action: from.u8() % 4, rect: from.floats(), reserved: [0; 3] }
}

fn node(
    from: &mut Bytes<'_>,
    strings: &[StrRef],
    open: &mut Vec<u32>,
    buffer: &mut CaptureBuffer,
) -> NodeRow {
    let index = buffer.rows().nodes.len() as u32;
    let parent = parent(from, open);
    if parent == NO_PARENT {
        let level = if index == 0 { 0.0 } else { f32::from(from.u8()) };
        buffer.rows_mut().windows.push(WindowRow { root: index, scene: 0, level });
    }
    open.push(index);
    let string =
        |from: &mut Bytes<'_>| strings.get(usize::from(from.u8())).copied().unwrap_or_default();
    let mut row = NodeRow {
        parent,
        capture_id: u64::from(from.u8()),
        kind: from.u8(),
        override_action: from.u8() % 5,
        content_type: from.u8() % 12,
        flags: u16::from(from.u8()),
        text_role: from.u8() % 5,
        control_flags: from.u8(),
        class_chain: string(from),
        identifier: string(from),
        text_size: 17.0,
        alpha: u8::MAX,
        ..NodeRow::default()
    };
    row.text = from.list(MAX_TEXTS, string).first().copied().unwrap_or_default();
    more(from, &mut row);
    row
}

/// Some levels up from the view before, or something else.
fn parent(from: &mut Bytes<'_>, open: &mut Vec<u32>) -> u32 {
    match from.u8() {
        ANY_PARENT => return from.u32(),
        ROOT => open.clear(),
        up => open.truncate(open.len() - usize::from(up).min(open.len().saturating_sub(1))),
    }
    open.last().copied().unwrap_or(NO_PARENT)
}

/// What most views have as it is by default, where a bit asks for it.
fn more(from: &mut Bytes<'_>, row: &mut NodeRow) {
    let asks = from.u8();
    let has = |bit: u8| asks & 1 << bit != 0;
    row.anchor = [0.5, 0.5];
    row.transform = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    if has(0) {
        (row.bounds, row.position) = (from.floats(), from.floats());
    }
    if has(1) {
        (row.anchor, row.transform) = (from.floats(), from.floats());
    }
    if has(2) {
        (row.corner_radii, row.gradient, row.z) = (from.floats(), from.floats(), from.f32());
        (row.alpha, row.blur, row.background) = (from.u8(), from.u8(), from.u32());
    }
    if has(3) {
        row.picture = u64::from(from.u32());
        (row.picture_scale, row.picture_tint) = (from.f32(), from.u32());
    }
    if has(4) {
        (row.control_value, row.text_size, row.generation) = (from.f32(), from.f32(), from.u32());
    }
    if has(5) {
        (row.text_frame, row.max_lines) = (from.floats(), u16::from(from.u8()));
    }
    if has(6) {
        row.flags |= flag::UNCHANGED;
    }
    if has(7) {
        row.flags |= flag::TEMPLATE;
    }
}
