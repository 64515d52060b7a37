//! Values of nodes as lists of words, which are compared without a branch for
//! each number.
//!
//! Values with equal words are equal, or not-a-number in the same places.

use viewreel_model::node::{Appearance, Control, Geometry, Image, Mask, TextStyle};

/// Compares values by their words. Inlined, so that words are never written
/// but compared several at a time where the values lie.
#[inline(always)]
pub(crate) fn by<T, const N: usize>(words: impl Fn(&T) -> [u32; N]) -> impl Fn(&T, &T) -> bool {
    move |a, b| words(a).iter().zip(&words(b)).fold(0, |all, (a, b)| all | (a ^ b)) != 0
}

#[inline(always)]
pub(crate) fn geometry(g: &Geometry) -> [u32; 19] {
    let (origin, size) = (g.bounds.origin, g.bounds.size);
    let (t, [r0, r1, r2, r3]) = (g.transform, g.corner_radii);
    [
        origin.x.to_bits(),
        origin.y.to_bits(),
        size.width.to_bits(),
        size.height.to_bits(),
        g.position.x.to_bits(),
        g.position.y.to_bits(),
        g.anchor.x.to_bits(),
        g.anchor.y.to_bits(),
        t.rotation.to_bits(),
        t.scale.x.to_bits(),
        t.scale.y.to_bits(),
        t.skew.to_bits(),
        t.offset.x.to_bits(),
        t.offset.y.to_bits(),
        r0.to_bits(),
        r1.to_bits(),
        r2.to_bits(),
        r3.to_bits(),
        word([u8::from(g.clips), u8::from(g.continuous_corners), 0, 0]),
    ]
}

#[inline(always)]
pub(crate) fn appearance(p: &Appearance) -> [u32; 14] {
    let (gradient, border, shadow) = (p.gradient, p.border, p.shadow);
    [
        p.background.0,
        gradient.end.0,
        gradient.from.x.to_bits(),
        gradient.from.y.to_bits(),
        gradient.to.x.to_bits(),
        gradient.to.y.to_bits(),
        border.width.to_bits(),
        border.color.0,
        shadow.color.0,
        shadow.radius.to_bits(),
        shadow.offset.x.to_bits(),
        shadow.offset.y.to_bits(),
        p.z.to_bits(),
        word([p.alpha, p.blur, u8::from(p.hidden), 0]),
    ]
}

/// Everything but the font.
#[inline(always)]
pub(crate) fn style(t: &TextStyle) -> [u32; 5] {
    [
        t.size.to_bits(),
        t.color.0,
        u32::from(t.weight),
        word([t.role as u8, t.alignment as u8, 0, 0]),
        word([u8::from(t.italic), u8::from(t.underline), u8::from(t.strike), 0]),
    ]
}

#[inline(always)]
pub(crate) fn image(i: &Image) -> [u32; 4] {
    [i.handle.0, u32::from(i.content_mode), i.average.0, i.tint.0]
}

#[inline(always)]
pub(crate) fn control(c: &Control) -> [u32; 3] {
    [c.value.to_bits(), u32::from(c.flags), u32::from(c.index) << 16 | u32::from(c.count)]
}

#[inline(always)]
pub(crate) fn mask(m: &Mask) -> [u32; 1] {
    [word([m.action as u8, m.reason as u8, 0, 0])]
}

#[inline(always)]
fn word(bytes: [u8; 4]) -> u32 {
    u32::from_le_bytes(bytes)
}
