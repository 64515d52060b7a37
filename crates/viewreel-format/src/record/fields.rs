//! The columns of a field, written.

use super::motion::{Column, Motion};
use crate::bytes::{Writer, ratio_steps, turn_steps, units, whole_points, wrap_turn};
use crate::tables::{Shape, WriteTables, write_style};

use viewreel_model::node::{
    Appearance, Color, Control, Geometry, Image, Line, LineRange, Semantics,
};
use viewreel_model::{Columns, Field, FieldSet, NodeId, StrId, Transform};

/// A node of the table, before it is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) node: NodeId,
    pub(crate) set: FieldSet,
    /// Index of its values in the columns that the table is written from.
    pub(crate) row: u32,
}

/// The nodes of a table that have a field.
pub(crate) struct Nodes<'a> {
    pub(crate) columns: &'a Columns,
    pub(crate) entries: &'a [Entry],
    pub(crate) field: Field,
}

impl Nodes<'_> {
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.indexed().map(|(_, entry)| entry)
    }

    /// Each with its index in the table.
    fn indexed(&self) -> impl Iterator<Item = (usize, &Entry)> {
        self.entries.iter().enumerate().filter(|(_, entry)| entry.set.contains(self.field))
    }

    /// Their values of one group of columns.
    fn values<'c, T: Copy + 'c>(&'c self, column: &'c [T]) -> impl Iterator<Item = T> + 'c {
        self.entries().filter_map(|entry| column.get(entry.row as usize).copied())
    }

    fn semantics(&self) -> impl Iterator<Item = Semantics> {
        self.values(self.columns.semantics())
    }

    fn geometry(&self) -> impl Iterator<Item = Geometry> {
        self.values(self.columns.geometry())
    }

    fn appearance(&self) -> impl Iterator<Item = Appearance> {
        self.values(self.columns.appearance())
    }

    fn images(&self) -> impl Iterator<Item = Image> {
        self.values(self.columns.images())
    }

    fn controls(&self) -> impl Iterator<Item = Control> {
        self.values(self.columns.controls())
    }

    fn line_ranges(&self) -> impl Iterator<Item = LineRange> {
        self.values(self.columns.line_ranges())
    }

    /// The lines of all of them.
    fn lines(&self) -> impl Iterator<Item = &Line> {
        self.line_ranges().flat_map(|range| self.columns.lines_of(range))
    }
}

/// Writes the columns of a field.
pub(crate) fn write(
    out: &mut Writer,
    tables: &mut WriteTables,
    motion: &mut Motion,
    nodes: &Nodes<'_>,
) {
    match nodes.field {
        Field::Kind => nodes.semantics().for_each(|s| out.u8(s.kind as u8)),
        Field::ClassChain => write_strings(out, tables, nodes, |s| s.class_chain),
        Field::Controller => write_strings(out, tables, nodes, |s| s.controller),
        Field::Identifier => write_strings(out, tables, nodes, |s| s.identifier),
        Field::Generation => {
            nodes.values(nodes.columns.generations()).for_each(|n| out.uv(u64::from(n)));
        }
        Field::TextStyle => nodes
            .values(nodes.columns.text())
            .for_each(|text| write_style(out, tables, nodes.columns, &text)),
        Field::Lines => write_lines(out, tables, nodes),
        Field::Image => write_image(out, tables, nodes),
        Field::Control => write_control(out, motion, nodes),
        Field::Mask => nodes
            .values(nodes.columns.masks())
            .for_each(|mask| out.u8(mask.action as u8 | (mask.reason as u8) << 2)),
        Field::Size => write_size(out, motion, nodes),
        Field::Position => write_position(out, motion, nodes),
        Field::Scroll => write_scroll(out, motion, nodes),
        Field::Transform => write_transform(out, motion, nodes),
        Field::Alpha => write_alpha(out, motion, nodes),
        Field::Anchor | Field::Shape => write_frame(out, nodes),
        _ => write_appearance(out, tables, nodes),
    }
}

/// Writes a column as differences from what was expected.
fn write_moving<T: Copy>(
    out: &mut Writer,
    motion: &mut Motion,
    nodes: &Nodes<'_>,
    column: (Column, &[T]),
    value: impl Fn(&Entry, T) -> i64,
) {
    let (column, values) = column;
    for (at, entry) in nodes.indexed() {
        let Some(held) = values.get(entry.row as usize) else { continue };
        let value = value(entry, *held);
        let surprise = value - motion.predict(at, column);
        out.sv(if column == Column::Rotation { wrap_turn(surprise) } else { surprise });
        motion.note(at, column, value);
    }
}

fn write_strings(
    out: &mut Writer,
    tables: &mut WriteTables,
    nodes: &Nodes<'_>,
    part: impl Fn(Semantics) -> StrId,
) {
    for semantics in nodes.semantics() {
        tables.strings.write(out, nodes.columns.strings.get(part(semantics)));
    }
}

fn write_size(out: &mut Writer, motion: &mut Motion, nodes: &Nodes<'_>) {
    let geometry = nodes.columns.geometry();
    let size = |g: Geometry| g.bounds.size;
    write_moving(out, motion, nodes, (Column::Width, geometry), |_, g| units(size(g).width));
    write_moving(out, motion, nodes, (Column::Height, geometry), |_, g| units(size(g).height));
}

/// The upper left edge moves less often than the anchor in the middle.
fn write_position(out: &mut Writer, motion: &mut Motion, nodes: &Nodes<'_>) {
    let geometry = nodes.columns.geometry();
    write_moving(out, motion, nodes, (Column::X, geometry), |entry, g| {
        units(g.position.x) - half_size(entry, g.bounds.size.width)
    });
    write_moving(out, motion, nodes, (Column::Y, geometry), |entry, g| {
        units(g.position.y) - half_size(entry, g.bounds.size.height)
    });
}

fn half_size(entry: &Entry, extent: f32) -> i64 {
    if entry.set.contains(Field::Size) { units(extent) >> 1 } else { 0 }
}

fn write_scroll(out: &mut Writer, motion: &mut Motion, nodes: &Nodes<'_>) {
    let geometry = nodes.columns.geometry();
    let origin = |g: Geometry| g.bounds.origin;
    write_moving(out, motion, nodes, (Column::ScrollX, geometry), |_, g| units(origin(g).x));
    write_moving(out, motion, nodes, (Column::ScrollY, geometry), |_, g| units(origin(g).y));
}

fn write_transform(out: &mut Writer, motion: &mut Motion, nodes: &Nodes<'_>) {
    let geometry = nodes.columns.geometry();
    let mut column = |column, part: fn(Transform) -> i64| {
        write_moving(out, motion, nodes, (column, geometry), |_, g| part(g.transform));
    };
    column(Column::Rotation, |t| turn_steps(t.rotation));
    column(Column::ScaleX, |t| ratio_steps(t.scale.x - 1.0));
    column(Column::ScaleY, |t| ratio_steps(t.scale.y - 1.0));
    column(Column::Skew, |t| ratio_steps(t.skew));
    column(Column::OffsetX, |t| units(t.offset.x));
    column(Column::OffsetY, |t| units(t.offset.y));
}

fn write_alpha(out: &mut Writer, motion: &mut Motion, nodes: &Nodes<'_>) {
    let appearance = nodes.columns.appearance();
    write_moving(out, motion, nodes, (Column::Alpha, appearance), |_, a| i64::from(a.alpha));
}

fn write_frame(out: &mut Writer, nodes: &Nodes<'_>) {
    if nodes.field == Field::Anchor {
        nodes.geometry().for_each(|g| out.ratio(g.anchor.x));
        nodes.geometry().for_each(|g| out.ratio(g.anchor.y));
        return;
    }
    nodes.geometry().for_each(|g| Shape::of(&g).write(out));
}

fn write_appearance(out: &mut Writer, tables: &mut WriteTables, nodes: &Nodes<'_>) {
    match nodes.field {
        Field::Background => write_colors(out, tables, nodes, |a| a.background),
        Field::Gradient => {
            write_colors(out, tables, nodes, |a| a.gradient.end);
            nodes.appearance().for_each(|a| out.ratio(a.gradient.from.x));
            nodes.appearance().for_each(|a| out.ratio(a.gradient.from.y));
            nodes.appearance().for_each(|a| out.ratio(a.gradient.to.x));
            nodes.appearance().for_each(|a| out.ratio(a.gradient.to.y));
        }
        Field::Border => {
            nodes.appearance().for_each(|a| out.len(a.border.width));
            write_colors(out, tables, nodes, |a| a.border.color);
        }
        Field::Shadow => {
            write_colors(out, tables, nodes, |a| a.shadow.color);
            nodes.appearance().for_each(|a| out.len(a.shadow.radius));
            nodes.appearance().for_each(|a| out.len(a.shadow.offset.x));
            nodes.appearance().for_each(|a| out.len(a.shadow.offset.y));
        }
        Field::Z => nodes.appearance().for_each(|a| out.f32(a.z)),
        Field::Blur => nodes.appearance().for_each(|a| out.u8(a.blur)),
        _ => nodes.appearance().for_each(|a| out.u8(u8::from(a.hidden))),
    }
}

fn write_colors(
    out: &mut Writer,
    tables: &mut WriteTables,
    nodes: &Nodes<'_>,
    part: impl Fn(&Appearance) -> Color,
) {
    nodes.appearance().for_each(|a| tables.color(out, part(&a)));
}

fn write_lines(out: &mut Writer, tables: &mut WriteTables, nodes: &Nodes<'_>) {
    nodes.line_ranges().for_each(|range| out.uv(u64::from(range.len)));
    for line in nodes.lines() {
        tables.strings.write(out, nodes.columns.strings.get(line.text));
    }
    nodes.lines().for_each(|line| out.len(line.baseline.x));
    nodes.lines().for_each(|line| out.len(line.baseline.y));
    for ((entry, range), g) in nodes.entries().zip(nodes.line_ranges()).zip(nodes.geometry()) {
        let has_size = entry.set.contains(Field::Size);
        let width = if has_size { units(g.bounds.size.width) } else { 0 };
        let lines = nodes.columns.lines_of(range);
        lines.iter().for_each(|line| out.sv(whole_points(width) - whole_points(units(line.width))));
    }
}

fn write_image(out: &mut Writer, tables: &mut WriteTables, nodes: &Nodes<'_>) {
    nodes.images().for_each(|image| out.uv(u64::from(image.handle.0)));
    nodes.images().for_each(|image| out.u8(image.content_mode));
    nodes.images().for_each(|image| out.u16(image.average.coarse()));
    nodes.images().for_each(|image| tables.color(out, image.tint));
}

fn write_control(out: &mut Writer, motion: &mut Motion, nodes: &Nodes<'_>) {
    nodes.controls().for_each(|control| out.u8(control.flags));
    let controls = nodes.columns.controls();
    write_moving(out, motion, nodes, (Column::Value, controls), |_, c| ratio_steps(c.value));
    nodes.controls().for_each(|control| out.uv(u64::from(control.index)));
    nodes.controls().for_each(|control| out.uv(u64::from(control.count)));
}
