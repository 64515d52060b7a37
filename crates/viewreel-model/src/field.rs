//! The fields of a node, by which rows are compared, patched and stored.

use crate::columns::Columns;
use crate::node::{Appearance, Geometry, Row, Semantics, TextStyle};
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
    /// `geometry.bounds.size`.
    Size = 5;
    /// `geometry.position`.
    Position = 6;
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

    /// This field alone.
    #[must_use]
    pub const fn only(field: Field) -> Self {
        Self(1 << field as u8)
    }

    /// The fields whose numbers are from that of `first` to that of `last`.
    const fn range(first: Field, last: Field) -> Self {
        Self((2 << last as u8) - (1 << first as u8))
    }

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

    /// Whether any field is in both sets.
    #[must_use]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Adds `field` where `is_in` holds.
    pub fn insert_if(&mut self, field: Field, is_in: bool) {
        self.0 |= u32::from(is_in) << field as u8;
    }

    /// The fields in it, in order of their numbers. O(fields in it).
    pub fn iter(self) -> impl Iterator<Item = Field> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let first = Field::ALL.get(rest.trailing_zeros() as usize)?;
            rest &= rest - 1;
            Some(*first)
        })
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
        && TextStyle { font: StrId::NONE, ..s } == TextStyle { font: StrId::NONE, ..t };
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

/// Copies the fields of `set` of node `index` of `from` into a row, and their
/// strings and lines into `texts`, which has those of the row. Does nothing where
/// there is no such node. O(what is copied).
pub fn patch(row: &mut Row, texts: &mut Columns, from: &Columns, index: usize, set: FieldSet) {
    let is_there = patch_row(row, texts, from, index, set).is_some();
    debug_assert!(is_there, "there is such a node");
}

/// Fields that lie together. Most updates have none of a group, and a test of the
/// whole group is cheaper than one for each of its fields.
const SEMANTICS: FieldSet = FieldSet::range(Field::Kind, Field::Identifier);
const GEOMETRY: FieldSet = FieldSet::range(Field::Size, Field::Shape);
const APPEARANCE: FieldSet = FieldSet::range(Field::Background, Field::Hidden);

fn patch_row(
    row: &mut Row,
    texts: &mut Columns,
    from: &Columns,
    index: usize,
    set: FieldSet,
) -> Option<()> {
    use Field as F;
    if set.intersects(SEMANTICS) {
        patch_semantics(&mut row.semantics, texts, from, from.semantics.get(index)?, set);
    }
    if set.intersects(GEOMETRY) {
        patch_geometry(&mut row.geometry, from.geometry.get(index)?, set);
    }
    if set.intersects(APPEARANCE) {
        patch_appearance(&mut row.appearance, from.appearance.get(index)?, set);
    }
    if set.contains(F::TextStyle) {
        let text = *from.text.get(index)?;
        row.text = TextStyle { font: texts.copy_string(from, text.font), ..text };
    }
    if set.contains(F::Lines) {
        row.lines = texts.copy_lines(from, *from.line_ranges.get(index)?);
    }
    put(set, F::Generation, &mut row.generation, from.generations.get(index)?);
    put(set, F::Image, &mut row.image, from.images.get(index)?);
    put(set, F::Control, &mut row.control, from.controls.get(index)?);
    put(set, F::Mask, &mut row.mask, from.masks.get(index)?);
    Some(())
}

/// Sets a value where its field is in the set.
#[inline]
fn put<T: Copy>(set: FieldSet, field: Field, value: &mut T, new: &T) {
    if set.contains(field) {
        *value = *new;
    }
}

fn patch_semantics(
    s: &mut Semantics,
    texts: &mut Columns,
    from: &Columns,
    t: &Semantics,
    set: FieldSet,
) {
    let mut copy = |field, name: &mut StrId, new: StrId| {
        if set.contains(field) {
            *name = texts.copy_string(from, new);
        }
    };
    copy(Field::ClassChain, &mut s.class_chain, t.class_chain);
    copy(Field::Controller, &mut s.controller, t.controller);
    copy(Field::Identifier, &mut s.identifier, t.identifier);
    put(set, Field::Kind, &mut s.kind, &t.kind);
}

fn patch_geometry(g: &mut Geometry, h: &Geometry, set: FieldSet) {
    put(set, Field::Size, &mut g.bounds.size, &h.bounds.size);
    put(set, Field::Position, &mut g.position, &h.position);
    put(set, Field::Scroll, &mut g.bounds.origin, &h.bounds.origin);
    put(set, Field::Anchor, &mut g.anchor, &h.anchor);
    put(set, Field::Transform, &mut g.transform, &h.transform);
    put(set, Field::Shape, &mut g.clips, &h.clips);
    put(set, Field::Shape, &mut g.corner_radii, &h.corner_radii);
    put(set, Field::Shape, &mut g.continuous_corners, &h.continuous_corners);
}

fn patch_appearance(a: &mut Appearance, b: &Appearance, set: FieldSet) {
    put(set, Field::Background, &mut a.background, &b.background);
    put(set, Field::Gradient, &mut a.gradient, &b.gradient);
    put(set, Field::Border, &mut a.border, &b.border);
    put(set, Field::Shadow, &mut a.shadow, &b.shadow);
    put(set, Field::Alpha, &mut a.alpha, &b.alpha);
    put(set, Field::Z, &mut a.z, &b.z);
    put(set, Field::Blur, &mut a.blur, &b.blur);
    put(set, Field::Hidden, &mut a.hidden, &b.hidden);
}

/// Turns size, position and scroll offset of a node into their difference from
/// `before`, where `set` has them. Exact for snapped lengths.
pub fn subtract(geometry: &mut Geometry, before: &Geometry, set: FieldSet) {
    shift(geometry, before, set, -1.0);
}

/// Turns differences of size, position and scroll offset back into the lengths
/// that they lead to from `before`. The inverse of [`subtract`].
pub fn add(geometry: &mut Geometry, before: &Geometry, set: FieldSet) {
    shift(geometry, before, set, 1.0);
}

fn shift(g: &mut Geometry, h: &Geometry, set: FieldSet, sign: f32) {
    if set.contains(Field::Size) {
        g.bounds.size.width += sign * h.bounds.size.width;
        g.bounds.size.height += sign * h.bounds.size.height;
    }
    if set.contains(Field::Position) {
        g.position.x += sign * h.position.x;
        g.position.y += sign * h.position.y;
    }
    if set.contains(Field::Scroll) {
        g.bounds.origin.x += sign * h.bounds.origin.x;
        g.bounds.origin.y += sign * h.bounds.origin.y;
    }
}
