//! Diff bodies: what changed.

use super::keyframe::{read_id, read_windows, write_window};
use super::row;
use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::strings::{Interner, Strings};
use viewreel_model::columns::NO_PARENT;
use viewreel_model::diff::{Diff, DiffWindow, Placement, Update};
use viewreel_model::limits::MAX_NODES;
use viewreel_model::{NodeId, Row, StateId};

/// Most entries of one list of a diff: every node may be moved out of the old
/// tree and into the new one.
const MAX_ENTRIES: usize = 2 * MAX_NODES;

/// Writes the body of a diff.
pub(crate) fn write(out: &mut Writer, strings: &mut Interner, diff: &Diff) {
    out.uv(u64::from(diff.base.0));
    write_windows(out, diff);
    out.count(diff.placements.len());
    for placement in &diff.placements {
        out.uv(u64::from(placement.node.0));
        out.uv(optional(placement.parent));
        out.uv(optional(placement.after));
    }
    out.count(diff.updates.len());
    for update in &diff.updates {
        let node = diff.rows.row(update.row as usize).unwrap_or_default();
        out.uv(u64::from(update.node.0));
        row::write(out, strings, &diff.rows, &node, update.fields);
    }
    out.count(diff.removals.len());
    for removal in &diff.removals {
        out.uv(u64::from(removal.0));
    }
}

fn write_windows(out: &mut Writer, diff: &Diff) {
    out.u8(u8::from(diff.windows.is_some()));
    if let Some(windows) = &diff.windows {
        out.count(windows.len());
        for window in windows {
            write_window(out, window.root, window.scene, window.level);
        }
    }
}

fn optional(id: Option<NodeId>) -> u64 {
    id.map_or(0, |id| u64::from(id.0))
}

/// Reads the body of a diff.
pub(crate) fn read(from: &mut Reader<'_>, strings: &mut Strings) -> Result<Diff, FormatError> {
    let mut diff = Diff { base: StateId(from.uv32("a base state")?), ..Diff::default() };
    if from.flag("a windows flag")? {
        let windows = read_windows(from)?;
        let convert = |w: super::keyframe::WindowEntry| DiffWindow {
            root: w.root,
            scene: w.scene,
            level: w.level,
        };
        diff.windows = Some(windows.into_iter().map(convert).collect());
    }
    for _ in 0..from.count("placements", MAX_ENTRIES)? {
        diff.placements.push(read_placement(from)?);
    }
    for _ in 0..from.count("updates", MAX_ENTRIES)? {
        let update = read_update(from, strings, &mut diff)?;
        diff.updates.push(update);
    }
    for _ in 0..from.count("removals", MAX_ENTRIES)? {
        diff.removals.push(read_id(from)?);
    }
    Ok(diff)
}

fn read_placement(from: &mut Reader<'_>) -> Result<Placement, FormatError> {
    let node = read_id(from)?;
    let optional = |id: u32| if id == 0 { None } else { Some(NodeId(id)) };
    let parent = optional(from.uv32("a parent id")?);
    let after = optional(from.uv32("a sibling id")?);
    Ok(Placement { node, parent, after })
}

fn read_update(
    from: &mut Reader<'_>,
    strings: &mut Strings,
    diff: &mut Diff,
) -> Result<Update, FormatError> {
    let node = read_id(from)?;
    let mut values = Row::default();
    let fields = row::read(from, strings, &mut diff.rows, &mut values)?;
    let row = diff.rows.push(NO_PARENT, &values);
    Ok(Update { node, fields, row })
}
