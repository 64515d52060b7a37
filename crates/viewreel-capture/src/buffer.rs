//! The buffer a host fills, one view after the other.

use viewreel_model::geometry::Point;
use viewreel_model::limits::{
    MAX_NODES, MAX_RAW_TEXT_BYTES, MAX_REGIONS, MAX_STRING_BYTES, MAX_TREE_STRING_BYTES,
};
use viewreel_model::raw::Region;
use viewreel_model::viewport::SceneId;
use viewreel_model::{MaskAction, Rect};

use crate::CaptureError;
use crate::intern::{Recent, hash};
use crate::layout::override_code;
use crate::layout::{NO_PARENT, NodeRow, RegionRow, Rows, StrRef, WindowRow, flag};
use crate::view::{Picture, Text, View};

/// Most views that [`CaptureBuffer::open`] keeps; more are counted as cut. The
/// decoder cuts at a lower number, so that the cut is seen in the tree.
pub const MAX_BUFFER_NODES: usize = 16 * MAX_NODES;

/// Most string bytes that a buffer keeps.
pub const MAX_BUFFER_HEAP_BYTES: usize = 16 * MAX_TREE_STRING_BYTES;

/// Most regions that a buffer takes. A capture with more of them is rejected,
/// because a region that is left out is a mask that is left out.
pub const MAX_BUFFER_REGIONS: usize = 16 * MAX_REGIONS;

/// The views of all windows at one instant, as a host hands them over.
///
/// Views are given in pre-order: [`open`](Self::open) a view, give its children,
/// [`close`](Self::close) it. Each window is announced by
/// [`begin_window`](Self::begin_window) before its root view. Refilled in
/// place: [`clear`](Self::clear) keeps the memory, so that a steady state
/// allocates nothing. Mistakes in the order of calls are reported by
/// [`crate::CaptureDecoder::decode`]. `Debug` shows counts only.
#[derive(Clone, Default)]
pub struct CaptureBuffer {
    rows: Rows,
    /// Indices of the views that are open; [`NO_PARENT`] stands for one that was cut.
    open: Vec<u32>,
    /// The window whose root comes next.
    announced: Option<WindowRow>,
    /// Views that did not fit.
    cut_nodes: u32,
    /// The first mistake in the order of calls.
    mistake: Option<CaptureError>,
    names: Recent<StrRef, StrRef>,
}

impl std::fmt::Debug for CaptureBuffer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaptureBuffer({:?}, {} open)", self.rows, self.open.len())
    }
}

impl CaptureBuffer {
    /// An empty buffer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets everything and keeps the memory.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.open.clear();
        self.announced = None;
        self.cut_nodes = 0;
        self.mistake = None;
        self.names.clear();
    }

    /// Announces a window: the next view that is opened while none is open is
    /// its root. Windows of equal `level` are given back to front.
    pub fn begin_window(&mut self, scene: SceneId, level: f32) {
        if self.announced.is_some() {
            self.report(CaptureError::NoRoot { window: to_u32(self.rows.windows.len()) });
        }
        self.announced = Some(WindowRow { root: NO_PARENT, scene: scene.0, level });
    }

    /// Adds a view, as a child of the view that is open now, and opens it.
    pub fn open(&mut self, view: &View<'_>) {
        if self.rows.nodes.len() >= MAX_BUFFER_NODES {
            return self.cut();
        }
        let index = u32::try_from(self.rows.nodes.len()).unwrap_or(NO_PARENT);
        let parent = self.open.last().copied().unwrap_or(NO_PARENT);
        if self.open.is_empty() {
            self.root_window(index);
        }
        let row = self.node_row(parent, view);
        self.rows.nodes.push(row);
        self.open.push(index);
    }

    /// Closes the view that was opened last.
    pub fn close(&mut self) {
        if self.open.pop().is_none() {
            self.report(CaptureError::Unopened);
        }
    }

    /// Adds a view without children.
    pub fn leaf(&mut self, view: &View<'_>) {
        self.open(view);
        self.close();
    }

    /// Adds a rectangle with a mask action. Its window counts in the order of
    /// [`begin_window`](Self::begin_window), from 0.
    pub fn region(&mut self, region: Region) {
        if self.rows.regions.len() >= MAX_BUFFER_REGIONS {
            return self.report(CaptureError::TooManyRegions);
        }
        self.rows.regions.push(RegionRow {
            owner: region.owner.0,
            window: region.window,
            rect: sides(region.rect),
            action: region.action as u8,
            reserved: [0; 3],
        });
    }

    /// Adds bytes to the heap as they are, as a foreign host would, and gives
    /// the reference to them. Empty where the heap is full.
    pub fn add_string_bytes(&mut self, bytes: &[u8]) -> StrRef {
        let start = self.rows.heap.len();
        if bytes.is_empty() || start + bytes.len() > MAX_BUFFER_HEAP_BYTES {
            return StrRef::default();
        }
        self.rows.heap.extend_from_slice(bytes);
        StrRef { start: to_u32(start), len: to_u32(bytes.len()) }
    }

    /// The rows as they are.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The rows, for a host that fills them by itself. Any bits are allowed.
    pub fn rows_mut(&mut self) -> &mut Rows {
        &mut self.rows
    }

    /// Whether what is below some view is left out, because it is unchanged.
    #[must_use]
    pub fn leaves_out(&self) -> bool {
        self.rows.nodes.iter().any(|row| row.flags & flag::UNCHANGED != 0)
    }

    /// How many views did not fit into the buffer.
    #[must_use]
    pub fn cut_nodes(&self) -> u32 {
        self.cut_nodes
    }

    /// Whether the calls came in an order that describes a tree.
    ///
    /// # Errors
    /// The first mistake; [`CaptureError::Unclosed`] where views are open still.
    pub fn check(&self) -> Result<(), CaptureError> {
        let open = to_u32(self.open.len());
        match self.mistake {
            Some(mistake) => Err(mistake),
            None if open > 0 => Err(CaptureError::Unclosed { count: open }),
            None if self.announced.is_some() && self.cut_nodes == 0 => {
                Err(CaptureError::NoRoot { window: to_u32(self.rows.windows.len()) })
            }
            None => Ok(()),
        }
    }

    fn report(&mut self, mistake: CaptureError) {
        self.mistake = self.mistake.or(Some(mistake));
    }

    fn cut(&mut self) {
        self.cut_nodes = self.cut_nodes.saturating_add(1);
        self.open.push(NO_PARENT);
        self.announced = None;
    }

    /// Gives the announced window its root. Without one the decoder will find
    /// a root that has no window.
    fn root_window(&mut self, root: u32) {
        if let Some(window) = self.announced.take() {
            self.rows.windows.push(WindowRow { root, ..window });
        }
    }

    fn node_row(&mut self, parent: u32, view: &View<'_>) -> NodeRow {
        let mut row = NodeRow {
            capture_id: view.id.0,
            parent,
            generation: view.generation,
            class_chain: self.add_name(view.class_chain),
            controller: self.add_name(view.controller),
            identifier: self.add_name(view.identifier),
            kind: view.kind as u8,
            override_action: override_of(view.override_action),
            content_type: view.content_type as u8,
            flags: bit(view.secure, flag::SECURE)
                | bit(view.was_sensitive, flag::WAS_SENSITIVE)
                | bit(view.unchanged, flag::UNCHANGED),
            control_flags: view.control.flags,
            control_value: view.control.value,
            control_index: view.control.index,
            control_count: view.control.count,
            ..NodeRow::default()
        };
        write_geometry(&mut row, view);
        write_appearance(&mut row, view);
        write_picture(&mut row, &view.picture);
        if let Some(text) = &view.text {
            self.write_text(&mut row, text);
        }
        row
    }

    fn write_text(&mut self, row: &mut NodeRow, text: &Text<'_>) {
        row.text_role = text.role as u8;
        row.font = self.add_name(text.font);
        row.text_size = text.size;
        row.weight = text.weight;
        row.text_color = text.color.0;
        row.alignment = text.alignment as u8;
        row.flags |= bit(text.italic, flag::ITALIC)
            | bit(text.underline, flag::UNDERLINE)
            | bit(text.strike, flag::STRIKE);
        row.text = self.add_cut(text.text, MAX_RAW_TEXT_BYTES);
        row.text_frame = sides(text.frame);
        row.max_lines = text.max_lines;
        row.vertical = text.vertical as u8;
    }

    /// Adds a string; of one that is too long only as much as the decoder reads.
    fn add_cut(&mut self, text: &str, limit: usize) -> StrRef {
        let end = text.floor_char_boundary(limit);
        self.add_string_bytes(text.get(..end).unwrap_or("").as_bytes())
    }

    /// Adds a string that is likely to come again.
    fn add_name(&mut self, name: &str) -> StrRef {
        let hash = hash(name.as_bytes());
        let heap = &self.rows.heap;
        let known = self.names.find(hash, |at| bytes_of(heap, *at) == Some(name.as_bytes()));
        if let Some(known) = known {
            return known;
        }
        let added = self.add_cut(name, MAX_STRING_BYTES);
        self.names.remember(hash, added, added);
        added
    }
}

fn bytes_of(heap: &[u8], at: StrRef) -> Option<&[u8]> {
    let start = at.start as usize;
    heap.get(start..start.checked_add(at.len as usize)?)
}

fn write_geometry(row: &mut NodeRow, view: &View<'_>) {
    let g = &view.geometry;
    let t = g.transform.matrix();
    row.bounds = sides(g.bounds);
    row.position = xy(g.position);
    row.anchor = xy(g.anchor);
    row.transform = [t.a, t.b, t.c, t.d, t.tx, t.ty];
    row.corner_radii = g.corner_radii;
    row.flags |= bit(g.clips, flag::CLIPS) | bit(g.continuous_corners, flag::CONTINUOUS_CORNERS);
}

fn write_appearance(row: &mut NodeRow, view: &View<'_>) {
    let a = &view.appearance;
    let (from, to) = (a.gradient.from, a.gradient.to);
    row.background = a.background.0;
    row.gradient_end = a.gradient.end.0;
    row.gradient = [from.x, from.y, to.x, to.y];
    row.border_width = a.border.width;
    row.border_color = a.border.color.0;
    row.shadow_color = a.shadow.color.0;
    row.shadow_radius = a.shadow.radius;
    row.shadow_offset = xy(a.shadow.offset);
    row.alpha = a.alpha;
    row.z = a.z;
    row.blur = a.blur;
    row.flags |= bit(a.hidden, flag::HIDDEN);
}

fn write_picture(row: &mut NodeRow, picture: &Picture) {
    row.picture = picture.object.0;
    row.picture_width_px = picture.width_px;
    row.picture_height_px = picture.height_px;
    row.picture_scale = picture.scale;
    row.picture_tint = picture.tint.0;
    row.content_mode = picture.content_mode;
    row.flags |= bit(picture.is_template, flag::TEMPLATE);
}

const fn override_of(action: Option<MaskAction>) -> u8 {
    match action {
        None => override_code::UNSET,
        Some(MaskAction::Keep) => override_code::KEEP,
        Some(MaskAction::Mask) => override_code::MASK,
        Some(MaskAction::Replace) => override_code::REPLACE,
    }
}

const fn bit(is_set: bool, bit: u16) -> u16 {
    if is_set { bit } else { 0 }
}

const fn xy(point: Point) -> [f32; 2] {
    [point.x, point.y]
}

const fn sides(rect: Rect) -> [f32; 4] {
    [rect.origin.x, rect.origin.y, rect.size.width, rect.size.height]
}

/// Counts here are bounded far below `u32::MAX`.
fn to_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
