//! Field sets and their payloads, shared by keyframes and diffs.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::strings::{Interner, Strings};
use viewreel_model::limits::MAX_LINES;
use viewreel_model::node::{
    Alignment, Border, Control, Gradient, Image, ImageHandle, Line, LineRange, Mask, Shadow,
    TextRole, TextStyle,
};
use viewreel_model::{Affine, Columns, Field, FieldSet, Kind, MaskAction, MaskReason, Point, Row};

const CLIPS: u8 = 1;
const CONTINUOUS: u8 = 1 << 1;
const ITALIC: u8 = 1;
const UNDERLINE: u8 = 1 << 1;
const STRIKE: u8 = 1 << 2;

/// Writes a field set and the payloads of its fields.
pub(crate) fn write(
    out: &mut Writer,
    strings: &mut Interner,
    columns: &Columns,
    row: &Row,
    set: FieldSet,
) {
    out.uv(u64::from(set.bits()));
    for field in set.iter() {
        write_field(out, strings, columns, row, field);
    }
}

fn write_field(
    out: &mut Writer,
    strings: &mut Interner,
    columns: &Columns,
    row: &Row,
    field: Field,
) {
    let (g, a) = (&row.geometry, &row.appearance);
    match field {
        Field::Kind => out.u8(row.semantics.kind as u8),
        Field::ClassChain => strings.write(out, columns.strings.get(row.semantics.class_chain)),
        Field::Controller => strings.write(out, columns.strings.get(row.semantics.controller)),
        Field::Identifier => strings.write(out, columns.strings.get(row.semantics.identifier)),
        Field::Generation => out.uv(u64::from(row.generation)),
        Field::Position => out.point(g.position),
        Field::Size => out.size(g.bounds.size),
        Field::Scroll => out.point(g.bounds.origin),
        Field::Anchor => write_fraction(out, g.anchor),
        Field::Transform => write_transform(out, g.transform),
        Field::Shape => {
            out.u8(bits([(g.clips, CLIPS), (g.continuous_corners, CONTINUOUS)]));
            out.lens(g.corner_radii);
        }
        Field::Background => out.color(a.background),
        Field::Gradient => write_gradient(out, a.gradient),
        Field::Border => {
            out.len(a.border.width);
            out.color(a.border.color);
        }
        Field::Shadow => write_shadow(out, a.shadow),
        Field::Alpha => out.u8(a.alpha),
        Field::Z => out.f32(a.z),
        Field::Blur => out.u8(a.blur),
        Field::Hidden => out.u8(u8::from(a.hidden)),
        Field::TextStyle => write_text_style(out, strings, columns, &row.text),
        Field::Lines => write_lines(out, strings, columns, row.lines),
        Field::Image => write_image(out, row.image),
        Field::Control => write_control(out, row.control),
        Field::Mask => {
            out.u8(row.mask.action as u8);
            out.u8(row.mask.reason as u8);
        }
    }
}

/// The bits whose flags are set.
fn bits<const N: usize>(flags: [(bool, u8); N]) -> u8 {
    flags.iter().filter(|(is_set, _)| *is_set).fold(0, |bits, (_, bit)| bits | bit)
}

fn write_fraction(out: &mut Writer, point: Point) {
    out.f32(point.x);
    out.f32(point.y);
}

fn write_transform(out: &mut Writer, t: Affine) {
    for factor in [t.a, t.b, t.c, t.d] {
        out.f32(factor);
    }
    out.lens([t.tx, t.ty]);
}

fn write_gradient(out: &mut Writer, gradient: Gradient) {
    out.color(gradient.end);
    write_fraction(out, gradient.from);
    write_fraction(out, gradient.to);
}

fn write_shadow(out: &mut Writer, shadow: Shadow) {
    out.color(shadow.color);
    out.len(shadow.radius);
    out.point(shadow.offset);
}

fn write_text_style(out: &mut Writer, strings: &mut Interner, columns: &Columns, text: &TextStyle) {
    out.u8(text.role as u8);
    strings.write(out, columns.strings.get(text.font));
    out.len(text.size);
    out.uv(u64::from(text.weight));
    out.u8(bits([(text.italic, ITALIC), (text.underline, UNDERLINE), (text.strike, STRIKE)]));
    out.color(text.color);
    out.u8(text.alignment as u8);
}

fn write_lines(out: &mut Writer, strings: &mut Interner, columns: &Columns, range: LineRange) {
    let lines = columns.lines_of(range);
    out.count(lines.len());
    for line in lines {
        strings.write(out, columns.strings.get(line.text));
        out.point(line.baseline);
        out.len(line.width);
    }
}

fn write_image(out: &mut Writer, image: Image) {
    out.uv(u64::from(image.handle.0));
    out.u8(image.content_mode);
    out.color(image.average);
    out.color(image.tint);
}

fn write_control(out: &mut Writer, control: Control) {
    out.u8(control.flags);
    out.f32(control.value);
    out.uv(u64::from(control.index));
    out.uv(u64::from(control.count));
}

/// Reads a field set and its fields into `row`; strings and lines go into `columns`.
pub(crate) fn read(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    columns: &mut Columns,
    row: &mut Row,
) -> Result<FieldSet, FormatError> {
    let error = from.expected("a set of known fields");
    let set = FieldSet::from_bits(from.uv32("a field set")?).ok_or(error)?;
    for field in set.iter() {
        read_field(from, strings, columns, row, field)?;
    }
    Ok(set)
}

fn read_field(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    columns: &mut Columns,
    row: &mut Row,
    field: Field,
) -> Result<(), FormatError> {
    let semantics = &mut row.semantics;
    match field {
        Field::Kind => semantics.kind = Kind::from_code(from.u8("a kind")?),
        Field::ClassChain => {
            semantics.class_chain = strings.read_into(from, columns, "a class chain")?;
        }
        Field::Controller => {
            semantics.controller = strings.read_into(from, columns, "a controller class")?;
        }
        Field::Identifier => {
            semantics.identifier = strings.read_into(from, columns, "an identifier")?;
        }
        Field::Generation => row.generation = from.uv32("a generation")?,
        Field::TextStyle => row.text = read_text_style(from, strings, columns)?,
        Field::Lines => row.lines = read_lines(from, strings, columns)?,
        Field::Image => row.image = read_image(from)?,
        Field::Control => row.control = read_control(from)?,
        Field::Mask => row.mask = read_mask(from)?,
        _ => read_box_field(from, row, field)?,
    }
    Ok(())
}

/// Geometry and appearance.
fn read_box_field(from: &mut Reader<'_>, row: &mut Row, field: Field) -> Result<(), FormatError> {
    let (g, a) = (&mut row.geometry, &mut row.appearance);
    match field {
        Field::Position => g.position = from.point("a position")?,
        Field::Size => g.bounds.size = from.size("a size")?,
        Field::Scroll => g.bounds.origin = from.point("a bounds origin")?,
        Field::Anchor => g.anchor = read_fraction(from)?,
        Field::Transform => g.transform = read_transform(from)?,
        Field::Shape => {
            let flags = from.u8("shape flags")?;
            g.clips = flags & CLIPS != 0;
            g.continuous_corners = flags & CONTINUOUS != 0;
            for radius in &mut g.corner_radii {
                *radius = from.len("a corner radius")?;
            }
        }
        Field::Background => a.background = from.color("a background")?,
        Field::Gradient => a.gradient = read_gradient(from)?,
        Field::Border => {
            a.border = Border { width: from.len("a border")?, color: from.color("a border")? };
        }
        Field::Shadow => a.shadow = read_shadow(from)?,
        Field::Alpha => a.alpha = from.u8("an alpha")?,
        Field::Z => a.z = from.f32("a z position")?,
        Field::Blur => a.blur = from.u8("a blur style")?,
        Field::Hidden => a.hidden = from.flag("a hidden flag")?,
        _ => {}
    }
    Ok(())
}

fn read_fraction(from: &mut Reader<'_>) -> Result<Point, FormatError> {
    Ok(Point::new(from.f32("a fraction")?, from.f32("a fraction")?))
}

fn read_transform(from: &mut Reader<'_>) -> Result<Affine, FormatError> {
    let what = "a transform";
    Ok(Affine {
        a: from.f32(what)?,
        b: from.f32(what)?,
        c: from.f32(what)?,
        d: from.f32(what)?,
        tx: from.len(what)?,
        ty: from.len(what)?,
    })
}

fn read_gradient(from: &mut Reader<'_>) -> Result<Gradient, FormatError> {
    let end = from.color("a gradient")?;
    Ok(Gradient { end, from: read_fraction(from)?, to: read_fraction(from)? })
}

fn read_shadow(from: &mut Reader<'_>) -> Result<Shadow, FormatError> {
    let what = "a shadow";
    Ok(Shadow { color: from.color(what)?, radius: from.len(what)?, offset: from.point(what)? })
}

fn read_text_style(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    columns: &mut Columns,
) -> Result<TextStyle, FormatError> {
    let role = from.code("a text role", TextRole::from_code)?;
    let font = strings.read_into(from, columns, "a font")?;
    let size = from.len("a font size")?;
    let weight = from.uv16("a font weight")?;
    let flags = from.u8("text flags")?;
    Ok(TextStyle {
        role,
        font,
        size,
        weight,
        italic: flags & ITALIC != 0,
        underline: flags & UNDERLINE != 0,
        strike: flags & STRIKE != 0,
        color: from.color("an ink colour")?,
        alignment: from.code("an alignment", Alignment::from_code)?,
    })
}

fn read_lines(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    columns: &mut Columns,
) -> Result<LineRange, FormatError> {
    let count = from.count("lines", MAX_LINES)?;
    let start = columns.lines.len();
    if start + count > MAX_LINES {
        return Err(from.over("lines in a tree", MAX_LINES));
    }
    for _ in 0..count {
        let text = strings.read_into(from, columns, "a line")?;
        let baseline = from.point("a baseline")?;
        let width = from.len("a line width")?;
        columns.lines.push(Line { text, baseline, width });
    }
    Ok(LineRange { start: start as u32, len: count as u32 })
}

fn read_image(from: &mut Reader<'_>) -> Result<Image, FormatError> {
    Ok(Image {
        handle: ImageHandle(from.uv32("an image handle")?),
        content_mode: from.u8("a content mode")?,
        average: from.color("an average colour")?,
        tint: from.color("a tint")?,
    })
}

fn read_control(from: &mut Reader<'_>) -> Result<Control, FormatError> {
    Ok(Control {
        flags: from.u8("control flags")?,
        value: from.f32("a control value")?,
        index: from.uv16("a selected index")?,
        count: from.uv16("a segment count")?,
    })
}

fn read_mask(from: &mut Reader<'_>) -> Result<Mask, FormatError> {
    Ok(Mask {
        action: from.code("a mask action", MaskAction::from_code)?,
        reason: from.code("a mask reason", MaskReason::from_code)?,
    })
}
