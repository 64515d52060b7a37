//! The rows of a capture buffer: plain old data that a host in another language
//! can fill. Any bits are allowed in any field; [`crate::CaptureDecoder`] says
//! what they mean.

/// Parent of a root node.
pub const NO_PARENT: u32 = u32::MAX;

/// Bits of [`NodeRow::flags`].
pub mod flag {
    /// Children are clipped to the bounds.
    pub const CLIPS: u16 = 1;
    /// Corners have Apple's continuous curve.
    pub const CONTINUOUS_CORNERS: u16 = 1 << 1;
    /// Not drawn, with its subtree.
    pub const HIDDEN: u16 = 1 << 2;
    /// Text is slanted.
    pub const ITALIC: u16 = 1 << 3;
    /// Text is underlined.
    pub const UNDERLINE: u16 = 1 << 4;
    /// Text is struck through.
    pub const STRIKE: u16 = 1 << 5;
    /// Secure text entry is on.
    pub const SECURE: u16 = 1 << 6;
    /// The view object was secure, or a field of the sensitive floor, at any moment
    /// before. A host keeps this bit on the object, so that it outlives the reuse
    /// of cells.
    pub const WAS_SENSITIVE: u16 = 1 << 7;
    /// The picture is a shape that is drawn in a tint.
    pub const TEMPLATE: u16 = 1 << 8;
    /// What is below the view is left out, because it is as it was in the capture
    /// before. The view itself is said as it is now.
    pub const UNCHANGED: u16 = 1 << 9;
}

/// Numbers of [`NodeRow::override_action`]. Any other number reads as [`MASK`](override_code::MASK).
pub mod override_code {
    /// The app says nothing.
    pub const UNSET: u8 = 0;
    /// Show.
    pub const KEEP: u8 = 1;
    /// Drop the content.
    pub const MASK: u8 = 2;
    /// Put a placeholder in place of the subtree.
    pub const REPLACE: u8 = 3;
}

macro_rules! rows {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)+ })+) => {
        $(
            $(#[$doc])*
            #[repr(C)]
            #[derive(Clone, Copy, Debug, Default, PartialEq)]
            pub struct $name { $($(#[$field_doc])* pub $field: $type,)+ }

            // A hole between fields would have no name to fill it by.
            const _: () = assert!(size_of::<$name>() == 0 $(+ size_of::<$type>())+);
        )+

        /// Hash of the names, types, sizes and offsets of every field of every row.
        ///
        /// A host that was built against another layout sees another number and
        /// must not hand over a buffer. FNV-1a, 64 bits.
        pub const LAYOUT_HASH: u64 = {
            let mut hash = FNV_OFFSET;
            $(
                hash = absorb_str(hash, stringify!($name));
                hash = absorb(hash, size_of::<$name>() as u64);
                $(
                    hash = absorb_str(hash, stringify!($field));
                    hash = absorb_str(hash, stringify!($type));
                    hash = absorb(hash, size_of::<$type>() as u64);
                    hash = absorb(hash, std::mem::offset_of!($name, $field) as u64);
                )+
            )+
            hash
        };
    };
}

rows! {
    /// A string: `len` bytes of the heap from `start`. UTF-8, repaired where it is not.
    StrRef {
        /// Offset in the heap, in bytes.
        start: u32,
        /// Length in bytes; 0 is no string.
        len: u32,
    }

    /// One view. Colours are `0xRRGGBBAA`, lengths points, `[x, y]` in that order.
    NodeRow {
        /// The view object: a counter, unique in its process; 0 is invalid.
        capture_id: u64,
        /// The picture object: a counter, unique in its process; 0 is none.
        picture: u64,
        /// Index of the parent, or [`NO_PARENT`].
        parent: u32,
        /// Changes when a recycled cell shows another item.
        generation: u32,
        /// Class and superclasses, joined by `:`.
        class_chain: StrRef,
        /// Class of the view controller whose root view this is.
        controller: StrRef,
        /// Accessibility identifier.
        identifier: StrRef,
        /// Font family or PostScript name; none is the system font.
        font: StrRef,
        /// What its text says, whole.
        text: StrRef,
        /// Fill.
        background: u32,
        /// Second colour of the fill gradient.
        gradient_end: u32,
        /// Border colour.
        border_color: u32,
        /// Shadow colour with its opacity.
        shadow_color: u32,
        /// Ink of the text.
        text_color: u32,
        /// Tint of a template picture.
        picture_tint: u32,
        /// x, y (the scroll offset), width, height in its own space.
        bounds: [f32; 4],
        /// Of the anchor, in the parent's bounds space.
        position: [f32; 2],
        /// Fraction of the size.
        anchor: [f32; 2],
        /// a, b, c, d, tx, ty, around the anchor.
        transform: [f32; 6],
        /// Upper left, upper right, lower right, lower left.
        corner_radii: [f32; 4],
        /// From x, y, to x, y, as fractions of the size.
        gradient: [f32; 4],
        /// Where the text is set: x, y, width, height in its own space.
        text_frame: [f32; 4],
        /// Border width.
        border_width: f32,
        /// Shadow blur radius.
        shadow_radius: f32,
        /// Shadow offset.
        shadow_offset: [f32; 2],
        /// Drawing order among siblings.
        z: f32,
        /// Font size.
        text_size: f32,
        /// Slider, progress, stepper: 0 … 1.
        control_value: f32,
        /// Pixels of the picture per point.
        picture_scale: f32,
        /// Width of the picture in pixels.
        picture_width_px: u16,
        /// Height of the picture in pixels.
        picture_height_px: u16,
        /// Most lines of the text, 0 for as many as there is room for.
        max_lines: u16,
        /// Font weight, 100 … 900.
        weight: u16,
        /// Selected segment, page or tab.
        control_index: u16,
        /// Number of segments, pages or tabs.
        control_count: u16,
        /// Bits of [`flag`].
        flags: u16,
        /// Number of a `Kind`.
        kind: u8,
        /// Number of [`override_code`].
        override_action: u8,
        /// Number of a `ContentType`.
        content_type: u8,
        /// Opacity with its subtree, 0 … 255.
        alpha: u8,
        /// Blur material, 0 for none.
        blur: u8,
        /// Number of a `TextRole`.
        text_role: u8,
        /// Number of an `Alignment`.
        alignment: u8,
        /// Number of a `Vertical`.
        vertical: u8,
        /// 0 fill, 1 fit, 2 aspect fill, 3 centre.
        content_mode: u8,
        /// Bits of `node::control`.
        control_flags: u8,
    }

    /// One window; windows stand in the order of their roots.
    WindowRow {
        /// Index of its root node.
        root: u32,
        /// Scene number.
        scene: u32,
        /// Drawing order among windows.
        level: f32,
    }

    /// One rectangle with a mask action.
    RegionRow {
        /// The view whose subtree it speaks of, 0 for the whole window.
        owner: u64,
        /// Index of the window.
        window: u32,
        /// x, y, width, height in points of that window.
        rect: [f32; 4],
        /// Number of a `MaskAction`; any other number reads as mask.
        action: u8,
        /// Not read.
        reserved: [u8; 3],
    }
}

/// The rows and strings of one capture. [`crate::CaptureBuffer`] fills them for
/// a Rust host; a foreign host's arrays are copied in as they are.
#[derive(Clone, Default)]
pub struct Rows {
    /// Views in pre-order.
    pub nodes: Vec<NodeRow>,
    /// Windows in the order of their roots.
    pub windows: Vec<WindowRow>,
    /// Regions.
    pub regions: Vec<RegionRow>,
    /// Bytes of all strings.
    pub heap: Vec<u8>,
}

// The heap is text that is not masked yet.
impl std::fmt::Debug for Rows {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rows({} nodes, {} windows)", self.nodes.len(), self.windows.len())
    }
}

impl Rows {
    /// Forgets all rows and keeps the memory.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.windows.clear();
        self.regions.clear();
        self.heap.clear();
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

const fn absorb_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(FNV_PRIME)
}

const fn absorb(hash: u64, value: u64) -> u64 {
    let mut hash = hash;
    let mut shift = 0;
    while shift < u64::BITS {
        hash = absorb_byte(hash, (value >> shift) as u8);
        shift += 8;
    }
    hash
}

#[allow(clippy::indexing_slicing)] // Evaluated by the compiler only, where a bad index stops the build.
const fn absorb_str(hash: u64, text: &str) -> u64 {
    let bytes = text.as_bytes();
    let mut hash = absorb(hash, bytes.len() as u64);
    let mut at = 0;
    while at < bytes.len() {
        hash = absorb_byte(hash, bytes[at]);
        at += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The layout is a contract with hosts in other languages. If this fails, a
    /// row changed: update every host's own declaration of the rows (they name
    /// this number too), then put the new number here.
    #[test]
    fn the_layout_is_the_one_that_hosts_were_built_against() {
        assert_eq!(LAYOUT_HASH, 0x2163_d50c_2f2f_48d3, "the layout is now {LAYOUT_HASH:#018x}");
    }

    #[test]
    fn a_node_is_a_whole_number_of_words() {
        assert_eq!(size_of::<NodeRow>() % size_of::<u64>(), 0);
        assert_eq!(align_of::<NodeRow>(), 8);
    }
}
