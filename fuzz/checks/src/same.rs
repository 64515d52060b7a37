//! When two records say the same.

use viewreel_model::diff::{Diff, Update};
use viewreel_model::field::changed;
use viewreel_model::record::Body;
use viewreel_model::{Columns, Record};

/// Whether two records say the same.
pub(crate) fn same(a: &Record, b: &Record) -> bool {
    let same_body = match (&a.body, &b.body) {
        (Body::Keyframe { state: s, tree: a }, Body::Keyframe { state: t, tree: b }) => {
            s == t && a == b
        }
        (Body::Diff(a), Body::Diff(b)) => same_diff(a, b),
        (a, b) => format!("{a:?}") == format!("{b:?}"),
    };
    a.time_ms == b.time_ms && same_body
}

/// Whether two diffs say the same.
pub(crate) fn same_diff(a: &Diff, b: &Diff) -> bool {
    a.base == b.base
        && a.keeps_current == b.keeps_current
        && a.placements == b.placements
        && a.shifts == b.shifts
        && a.removals == b.removals
        && a.windows == b.windows
        && same_updates((&a.rows, &said(a)), (&b.rows, &said(b)))
}

/// The updates that say anything: an empty one of a placed node is not written.
fn said(diff: &Diff) -> Vec<&Update> {
    let is_placed = |update: &Update| diff.placements.iter().any(|p| p.node == update.node);
    diff.updates.iter().filter(|update| !update.fields.is_empty() || !is_placed(update)).collect()
}

fn same_updates(a: (&Columns, &[&Update]), b: (&Columns, &[&Update])) -> bool {
    let same = |(x, y): (&&Update, &&Update)| {
        let (row_x, row_y) = (a.0.row(x.row as usize), b.0.row(y.row as usize));
        let (row_x, row_y) = (row_x.unwrap_or_default(), row_y.unwrap_or_default());
        x.node == y.node && x.fields == y.fields && changed(a.0, &row_x, b.0, &row_y).is_empty()
    };
    a.1.len() == b.1.len() && a.1.iter().zip(b.1).all(same)
}
