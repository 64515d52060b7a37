//! The regions of a capture. A region that is left out is a mask that is left
//! out, so every repair here makes a region larger, never smaller.

use viewreel_model::geometry::{MAX_LENGTH_PT, Point, Size};
use viewreel_model::limits::{MAX_REGIONS, MAX_WINDOWS};
use viewreel_model::raw::Region;
use viewreel_model::{CaptureId, MaskAction, Rect};

use super::to_u32;
use crate::CaptureError;
use crate::layout::RegionRow;

/// Regions that are kept as they are; the rest of the limit is for those that
/// stand for all others of a window.
const MAX_SINGLE: usize = MAX_REGIONS - MAX_WINDOWS;

/// A rectangle that every point lies in.
const EVERYWHERE: Rect =
    Rect::new(-2.0 * MAX_LENGTH_PT, -2.0 * MAX_LENGTH_PT, 4.0 * MAX_LENGTH_PT, 4.0 * MAX_LENGTH_PT);

/// Reads the regions of windows that were kept, the first `kept_count`. Where there are too many, the
/// rest of each window become one region around them all, without an
/// owner and with their strongest action.
pub(super) fn read(
    rows: &[RegionRow],
    window_count: usize,
    kept_count: usize,
    out: &mut Vec<Region>,
) -> Result<(), CaptureError> {
    for (index, row) in rows.iter().enumerate() {
        if row.window as usize >= window_count {
            return Err(CaptureError::StrayRegion { region: to_u32(index) });
        }
        let is_kept = (row.window as usize) < kept_count;
        if let Some(region) = region(row).filter(|_| is_kept) {
            add(out, region);
        }
    }
    Ok(())
}

fn region(row: &RegionRow) -> Option<Region> {
    let action = MaskAction::from_code(row.action).unwrap_or(MaskAction::Mask);
    let is_finite = row.rect.iter().all(|side| side.is_finite());
    // Who says `keep` must say where.
    let rect = match (is_finite, action) {
        (true, _) => upright(row.rect),
        (false, MaskAction::Keep) => return None,
        (false, _) => EVERYWHERE,
    };
    Some(Region { window: row.window, rect, action, owner: CaptureId(row.owner) })
}

/// The same rectangle with sides that are not negative, within the longest lengths.
fn upright([x, y, width, height]: [f32; 4]) -> Rect {
    let (left, right) = edges(x, width);
    let (top, bottom) = edges(y, height);
    Rect::new(left, top, right - left, bottom - top)
}

fn edges(start: f32, length: f32) -> (f32, f32) {
    let within = |edge: f32| edge.clamp(-2.0 * MAX_LENGTH_PT, 2.0 * MAX_LENGTH_PT);
    let end = start + length;
    (within(start.min(end)), within(start.max(end)))
}

fn add(out: &mut Vec<Region>, region: Region) {
    if out.len() < MAX_SINGLE {
        out.push(region);
        return;
    }
    // What is merged covers more than was asked for, which `keep` must not do.
    if region.action == MaskAction::Keep {
        return;
    }
    let rest = out.get_mut(MAX_SINGLE..).unwrap_or_default();
    match rest.iter_mut().find(|merged| merged.window == region.window) {
        Some(merged) => merge(merged, &region),
        None => out.push(Region { owner: CaptureId::default(), ..region }),
    }
}

fn merge(into: &mut Region, region: &Region) {
    into.rect = around(into.rect, region.rect);
    into.action = into.action.max(region.action);
}

fn around(a: Rect, b: Rect) -> Rect {
    let left = a.origin.x.min(b.origin.x);
    let top = a.origin.y.min(b.origin.y);
    let right = (a.origin.x + a.size.width).max(b.origin.x + b.size.width);
    let bottom = (a.origin.y + a.size.height).max(b.origin.y + b.size.height);
    Rect { origin: Point::new(left, top), size: Size::new(right - left, bottom - top) }
}
