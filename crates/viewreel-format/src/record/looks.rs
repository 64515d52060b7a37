//! The column of looks: what a node has in common with others.

use super::fields::{self, Entry};
use super::motion::Motion;
use super::read_fields;
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::tables::{Look, ReadTables, Stencil, WriteTables};
use viewreel_model::{Columns, FieldSet, Row};

/// Writes the look of every entry. Returns all fields that one of them has.
pub(crate) fn write(
    out: &mut Writer,
    tables: &mut WriteTables,
    motion: &mut Motion,
    columns: &Columns,
    entries: &[Entry],
) -> FieldSet {
    let mut union = FieldSet::EMPTY;
    for entry in entries {
        union = union.union(entry.set);
        let row = columns.row(entry.row as usize).unwrap_or_default();
        let look = Look::of(entry.set.bits(), &row, columns, &mut tables.names);
        match tables.looks.refer(out, look) {
            true => write_new(out, tables, motion, columns, entry),
            false => look.count(tables),
        }
    }
    union
}

fn write_new(
    out: &mut Writer,
    tables: &mut WriteTables,
    motion: &mut Motion,
    columns: &Columns,
    entry: &Entry,
) {
    out.uv(u64::from(entry.set.bits()));
    let entries = std::slice::from_ref(entry);
    for field in Look::FIELDS.iter().filter(|&field| entry.set.contains(field)) {
        fields::write(out, tables, motion, &fields::Nodes { columns, entries, field });
    }
}

/// Reads the look of a node: gives its field set, with the bits of later versions,
/// and appends the node as far as the look says. Strings go into `columns`.
pub(crate) fn read(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    motion: &mut Motion,
    columns: &mut Columns,
    rows: &mut Vec<Row>,
) -> Result<u32, FormatError> {
    let start = from.offset();
    let ReadTables { strings, looks, names, .. } = tables;
    let Some(look) = looks.refer(from, "a look")? else {
        return read_new(from, tables, motion, columns, rows);
    };
    let drawn = look.draw(rows, (strings, names), columns);
    drawn.map_err(|limit| limit.at(from, start))?;
    Ok(look.set)
}

fn read_new(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    motion: &mut Motion,
    columns: &mut Columns,
    rows: &mut Vec<Row>,
) -> Result<u32, FormatError> {
    let set = from.uv32("a set of fields")?;
    let row = read_fields::read_look(from, tables, motion, columns, set)?;
    tables.looks.add(Stencil::of(set, row, columns, &mut tables.names));
    rows.push(row);
    Ok(set)
}
