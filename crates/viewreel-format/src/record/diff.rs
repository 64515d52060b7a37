//! Diff bodies: what changed.

use super::fields::Entry;
use super::links::Links;
use super::motion::Motion;
use super::nodes::{self, NodeTable, read_id, write_ids};
use super::windows;
use crate::bytes::{Reader, Writer, points, units};
use crate::error::FormatError;
use crate::limits::MAX_DIFF_ENTRIES;
use crate::tables::{ReadTables, WriteTables};
use viewreel_model::diff::{Diff, Shift, Update};
use viewreel_model::record::Body;
use viewreel_model::{FieldSet, NodeId, Point, StateId};

const KEEPS: u8 = 1;
const BACK: u8 = 1 << 1;
const REMOVALS: u8 = 1 << 2;
const SHIFTS: u8 = 1 << 3;
const PLACED: u8 = 1 << 4;
const UPDATED: u8 = 1 << 5;
const WINDOWS: u8 = 1 << 6;
const KNOWN: u8 = (1 << 7) - 1;

/// What writing trees needs room for, and what it remembers from one diff to the
/// next.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    pub(crate) entries: Vec<Entry>,
    links: Links,
    pub(crate) motion: Motion,
}

impl Scratch {
    /// The body that was written last is a record now.
    pub(crate) fn commit(&mut self, body: &Body) {
        match body {
            Body::Keyframe { .. } => self.motion.forget(),
            Body::Diff(_) => self.motion.commit(self.entries.iter().map(|entry| entry.node)),
            _ => {}
        }
    }
}

/// Writes the body of a diff that meets the state `current`.
pub(crate) fn write(
    out: &mut Writer,
    tables: &mut WriteTables,
    scratch: &mut Scratch,
    current: StateId,
    diff: &Diff,
) {
    let placed = diff.placements.len();
    fill(&mut scratch.entries, diff);
    let updated = scratch.entries.len() - placed;
    let back = current.0.wrapping_sub(diff.base.0);
    out.u8(flags(diff, back, updated));
    if back > 0 {
        out.uv(u64::from(back));
    }
    write_removals(out, diff);
    write_shifts(out, &diff.shifts);
    write_count(out, placed);
    write_count(out, updated);
    let Scratch { entries, links, motion } = scratch;
    motion.begin(entries.iter().map(|entry| entry.node), placed);
    if !entries.is_empty() {
        let write_links = |out: &mut Writer| links.write_diff(out, &diff.placements);
        nodes::write(out, tables, motion, &diff.rows, entries, write_links);
    }
    if let Some(windows) = &diff.windows {
        windows::write(out, windows.len(), windows.iter().copied());
    }
}

fn flags(diff: &Diff, back: u32, updated: usize) -> u8 {
    let flags = [
        (diff.keeps_current, KEEPS),
        (back > 0, BACK),
        (!diff.removals.is_empty(), REMOVALS),
        (!diff.shifts.is_empty(), SHIFTS),
        (!diff.placements.is_empty(), PLACED),
        (updated > 0, UPDATED),
        (diff.windows.is_some(), WINDOWS),
    ];
    flags.iter().filter(|(is_set, _)| *is_set).fold(0, |bits, (_, bit)| bits | bit)
}

/// Placed nodes with what is updated of them, then the other updates.
fn fill(entries: &mut Vec<Entry>, diff: &Diff) {
    let mut updates = diff.updates.iter().peekable();
    entries.clear();
    for placement in &diff.placements {
        let node = placement.node;
        let update = updates.next_if(|update| update.node == node);
        let (set, row) = update.map_or((FieldSet::EMPTY, 0), |update| (update.fields, update.row));
        entries.push(Entry { node, set, row });
    }
    entries.extend(updates.map(|u| Entry { node: u.node, set: u.fields, row: u.row }));
}

fn write_count(out: &mut Writer, count: usize) {
    if count > 0 {
        out.count(count);
    }
}

fn write_removals(out: &mut Writer, diff: &Diff) {
    write_count(out, diff.removals.len());
    write_ids(out, diff.removals.iter().copied());
}

fn write_shifts(out: &mut Writer, shifts: &[Shift]) {
    write_count(out, shifts.len());
    write_ids(out, shifts.iter().map(|shift| shift.first));
    shifts.iter().for_each(|shift| out.uv(u64::from(shift.count)));
    shifts.iter().for_each(|shift| out.sv(units(shift.by.x)));
    shifts.iter().for_each(|shift| out.sv(units(shift.by.y)));
}

/// Reads the body of a diff that meets the state `current`. `table` is scratch.
pub(crate) fn read(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    table: &mut NodeTable,
    current: Option<StateId>,
) -> Result<Diff, FormatError> {
    let current = current.ok_or(from.expected("a keyframe before the first diff"))?;
    let flags = from.bits("the flags of a diff", KNOWN)?;
    let has = |flag: u8| flags & flag != 0;
    let mut diff = std::mem::take(&mut table.spare);
    diff.clear();
    (diff.base, diff.keeps_current) = (current, has(KEEPS));
    if has(BACK) {
        let back =
            from.map("a state before", Reader::uv32, |back| Some(back).filter(|&b| b > 0))?;
        diff.base = StateId(current.0.wrapping_sub(back));
    }
    if has(REMOVALS) {
        read_removals(from, &mut diff.removals)?;
    }
    if has(SHIFTS) {
        read_shifts(from, &mut diff.shifts)?;
    }
    let placed = if has(PLACED) { from.count("placed nodes", MAX_DIFF_ENTRIES)? } else { 0 };
    let updated = if has(UPDATED) { from.count("updated nodes", MAX_DIFF_ENTRIES)? } else { 0 };
    match placed + updated {
        0 => table.clear(),
        _ => read_nodes(from, tables, table, (placed, updated), &mut diff)?,
    }
    if has(WINDOWS) {
        diff.windows = Some(windows::read(from, |_| true)?);
    }
    Ok(diff)
}

fn read_removals(from: &mut Reader<'_>, removals: &mut Vec<NodeId>) -> Result<(), FormatError> {
    let mut before = 0;
    for _ in 0..from.count("removals", MAX_DIFF_ENTRIES)? {
        removals.push(read_id(from, &mut before)?);
    }
    Ok(())
}

fn read_shifts(from: &mut Reader<'_>, shifts: &mut Vec<Shift>) -> Result<(), FormatError> {
    let mut before = 0;
    for _ in 0..from.count("shifts", MAX_DIFF_ENTRIES)? {
        shifts.push(Shift { first: read_id(from, &mut before)?, count: 0, by: Point::ZERO });
    }
    for shift in shifts.iter_mut() {
        shift.count = from.uv32("a number of siblings")?;
    }
    for shift in shifts.iter_mut() {
        shift.by.x = points(from.difference("a distance")?);
    }
    for shift in shifts.iter_mut() {
        shift.by.y = points(from.difference("a distance")?);
    }
    Ok(())
}

fn read_nodes(
    from: &mut Reader<'_>,
    tables: &mut ReadTables,
    table: &mut NodeTable,
    (placed, updated): (usize, usize),
    diff: &mut Diff,
) -> Result<(), FormatError> {
    let counts = (placed, updated);
    table.read_diff(from, tables, &mut diff.rows, counts, &mut diff.placements)?;
    diff.updates.reserve_exact(table.rows.len());
    diff.rows.reserve(table.rows.len());
    diff.rows.extend(&table.rows);
    for (row, &node) in (0..).zip(&table.ids) {
        let (at, fields) = (row as usize, table.known_set(row as usize));
        if at >= placed || !fields.is_empty() {
            diff.updates.push(Update { node, fields, row });
        }
    }
    Ok(())
}
