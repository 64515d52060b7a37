//! The fields of a node, by which rows are compared, patched and stored.

use crate::columns::Columns;
use crate::node::Row;
use crate::strings::StrId;

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)+) => {
        /// One field of a row: the grain of a change. The numbers are part of
        /// the stored formats and never reused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Field { $($(#[$doc])* $name = $bit,)+ }

        impl Field {
            /// Every field, in order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
        }
    };
}

fields! {
    /// `semantics.kind`.
    Kind = 0;
    /// `semantics.class_chain`.
    ClassChain = 1;
    /// `semantics.controller`.
    Controller = 2;
    /// `semantics.identifier`.
    Identifier = 3;
    /// `generation`.
    Generation = 4;
    /// `geometry.position`.
    Position = 5;
    /// `geometry.bounds.size`.
    Size = 6;
    /// `geometry.bounds.origin`, the scroll offset.
    Scroll = 7;
    /// `geometry.anchor`.
    Anchor = 8;
    /// `geometry.transform`.
    Transform = 9;
    /// `geometry.clips`, `corner_radii` and `continuous_corners`.
    Shape = 10;
    /// `appearance.background`.
    Background = 11;
    /// `appearance.gradient`.
    Gradient = 12;
    /// `appearance.border`.
    Border = 13;
    /// `appearance.shadow`.
    Shadow = 14;
    /// `appearance.alpha`.
    Alpha = 15;
    /// `appearance.z`.
    Z = 16;
    /// `appearance.blur`.
    Blur = 17;
    /// `appearance.hidden`.
    Hidden = 18;
    /// `text`.
    TextStyle = 19;
    /// The lines of the text.
    Lines = 20;
    /// `image`.
    Image = 21;
    /// `control`.
    Control = 22;
    /// `mask`.
    Mask = 23;
}

/// A set of [`Field`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldSet(u32);

impl FieldSet {
    /// No field.
    pub const EMPTY: Self = Self(0);

    /// Every field.
    pub const ALL: Self = Self((1 << Field::ALL.len()) - 1);

    /// The set with these bits, or `None` where a bit names no field.
    #[must_use]
    pub const fn from_bits(bits: u32) -> Option<Self> {
        if bits >> Field::ALL.len() == 0 { Some(Self(bits)) } else { None }
    }

    /// Bit `n` stands for the field with number `n`.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `field` is one of them.
    #[must_use]
    pub const fn contains(self, field: Field) -> bool {
        self.0 >> field as u8 & 1 == 1
    }

    /// The fields that are in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The fields that are in this set and not in the other.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Adds `field` where `is_in` holds.
    pub fn insert_if(&mut self, field: Field, is_in: bool) {
        self.0 |= u32::from(is_in) << field as u8;
    }

    /// The fields in it, in order of their numbers.
    pub fn iter(self) -> impl Iterator<Item = Field> {
        Field::ALL.iter().copied().filter(move |&field| self.contains(field))
    }
}

/// The fields in which two rows differ, each with the columns that its strings
/// and lines stand in. Strings are compared by content.
#[must_use]
pub fn changed(a: &Columns, x: &Row, b: &Columns, y: &Row) -> FieldSet {
    let same = |p: StrId, q: StrId| a.strings.get(p) == b.strings.get(q);
    let mut set = FieldSet::EMPTY;
    set.insert_if(Field::Kind, x.semantics.kind != y.semantics.kind);
    set.insert_if(Field::ClassChain, !same(x.semantics.class_chain, y.semantics.class_chain));
    set.insert_if(Field::Controller, !same(x.semantics.controller, y.semantics.controller));
    set.insert_if(Field::Identifier, !same(x.semantics.identifier, y.semantics.identifier));
    set.insert_if(Field::Generation, x.generation != y.generation);
    changed_geometry(&mut set, x, y);
    changed_appearance(&mut set, x, y);
    let (s, t) = (x.text, y.text);
    let style_same = same(s.font, t.font)
        && crate::node::TextStyle { font: StrId::NONE, ..s }
            == crate::node::TextStyle { font: StrId::NONE, ..t };
    set.insert_if(Field::TextStyle, !style_same);
    set.insert_if(Field::Lines, !same_lines(a, x, b, y));
    set.insert_if(Field::Image, x.image != y.image);
    set.insert_if(Field::Control, x.control != y.control);
    set.insert_if(Field::Mask, x.mask != y.mask);
    set
}

fn changed_geometry(set: &mut FieldSet, x: &Row, y: &Row) {
    let (g, h) = (&x.geometry, &y.geometry);
    set.insert_if(Field::Position, g.position != h.position);
    set.insert_if(Field::Size, g.bounds.size != h.bounds.size);
    set.insert_if(Field::Scroll, g.bounds.origin != h.bounds.origin);
    set.insert_if(Field::Anchor, g.anchor != h.anchor);
    set.insert_if(Field::Transform, g.transform != h.transform);
    let same_shape = g.clips == h.clips
        && g.corner_radii == h.corner_radii
        && g.continuous_corners == h.continuous_corners;
    set.insert_if(Field::Shape, !same_shape);
}

fn changed_appearance(set: &mut FieldSet, x: &Row, y: &Row) {
    let (g, h) = (&x.appearance, &y.appearance);
    set.insert_if(Field::Background, g.background != h.background);
    set.insert_if(Field::Gradient, g.gradient != h.gradient);
    set.insert_if(Field::Border, g.border != h.border);
    set.insert_if(Field::Shadow, g.shadow != h.shadow);
    set.insert_if(Field::Alpha, g.alpha != h.alpha);
    set.insert_if(Field::Z, g.z != h.z);
    set.insert_if(Field::Blur, g.blur != h.blur);
    set.insert_if(Field::Hidden, g.hidden != h.hidden);
}

fn same_lines(a: &Columns, x: &Row, b: &Columns, y: &Row) -> bool {
    let (p, q) = (a.lines_of(x.lines), b.lines_of(y.lines));
    p.len() == q.len()
        && p.iter().zip(q).all(|(l, m)| {
            l.baseline == m.baseline
                && l.width == m.width
                && a.strings.get(l.text) == b.strings.get(m.text)
        })
}

/// Copies the fields of `set` from `row` (whose strings stand in `from`) into
/// `target` (whose strings stand in `into`).
pub fn patch(into: &mut Columns, target: &mut Row, from: &Columns, row: &Row, set: FieldSet) {
    for field in set.iter() {
        patch_field(into, target, from, row, field);
    }
}

fn patch_field(into: &mut Columns, target: &mut Row, from: &Columns, row: &Row, field: Field) {
    let (g, h) = (&mut target.geometry, &row.geometry);
    let (a, b) = (&mut target.appearance, &row.appearance);
    let (s, t) = (&mut target.semantics, &row.semantics);
    match field {
        Field::Kind => s.kind = t.kind,
        Field::ClassChain => s.class_chain = into.copy_string(from, t.class_chain),
        Field::Controller => s.controller = into.copy_string(from, t.controller),
        Field::Identifier => s.identifier = into.copy_string(from, t.identifier),
        Field::Generation => target.generation = row.generation,
        Field::Position => g.position = h.position,
        Field::Size => g.bounds.size = h.bounds.size,
        Field::Scroll => g.bounds.origin = h.bounds.origin,
        Field::Anchor => g.anchor = h.anchor,
        Field::Transform => g.transform = h.transform,
        Field::Shape => {
            g.clips = h.clips;
            g.corner_radii = h.corner_radii;
            g.continuous_corners = h.continuous_corners;
        }
        Field::Background => a.background = b.background,
        Field::Gradient => a.gradient = b.gradient,
        Field::Border => a.border = b.border,
        Field::Shadow => a.shadow = b.shadow,
        Field::Alpha => a.alpha = b.alpha,
        Field::Z => a.z = b.z,
        Field::Blur => a.blur = b.blur,
        Field::Hidden => a.hidden = b.hidden,
        Field::TextStyle => {
            target.text = row.text;
            target.text.font = into.copy_string(from, row.text.font);
        }
        Field::Lines => target.lines = into.copy_lines(from, row.lines),
        Field::Image => target.image = row.image,
        Field::Control => target.control = row.control,
        Field::Mask => target.mask = row.mask,
    }
}
