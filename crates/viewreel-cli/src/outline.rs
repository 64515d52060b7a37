//! A masked tree as indented text.

use crate::print::plain;
use viewreel_model::node::{TextRole, control};
use viewreel_model::{Columns, MaskAction, Rect, Row, Snapshot};

/// Longest text that is shown of a node, in characters.
const TEXT_CHARS: usize = 48;

/// The tree, one node a line, masked nodes marked with ▒ and the reason.
pub(crate) fn outline(snapshot: &Snapshot) -> String {
    let columns = snapshot.columns();
    let depths = columns.depths();
    let mut out = String::new();
    for (at, depth) in depths.into_iter().enumerate() {
        let Some(row) = columns.row(at) else { continue };
        let indent = "  ".repeat(depth as usize);
        out.push_str(&format!("  {indent}{}\n", describe(columns, &row)));
    }
    out
}

fn describe(columns: &Columns, row: &Row) -> String {
    let mut parts = vec![row.semantics.kind.word().to_owned()];
    let chain = columns.strings.get(row.semantics.class_chain);
    parts.extend(chain.split(':').next().filter(|class| !class.is_empty()).map(plain));
    let identifier = columns.strings.get(row.semantics.identifier);
    if !identifier.is_empty() {
        parts.push(format!("#{}", plain(identifier)));
    }
    parts.push(frame(row));
    parts.extend(text(columns, row));
    parts.extend(marks(row));
    parts.join(" ")
}

/// Left, top and size in the parent's space, without transform.
fn frame(row: &Row) -> String {
    let (size, at) = (row.geometry.size(), row.geometry.position);
    let x = at.x - row.geometry.anchor.x * size.width;
    let y = at.y - row.geometry.anchor.y * size.height;
    let Rect { origin: scroll, .. } = row.geometry.bounds;
    let scrolled = match scroll.x == 0.0 && scroll.y == 0.0 {
        true => String::new(),
        false => format!(" scrolled {},{}", scroll.x, scroll.y),
    };
    format!("{x},{y} {}×{}{scrolled}", size.width, size.height)
}

fn text(columns: &Columns, row: &Row) -> Option<String> {
    let lines = columns.lines_of(row.lines);
    if row.text.role == TextRole::None || lines.is_empty() {
        return None;
    }
    let joined: Vec<&str> = lines.iter().map(|line| columns.strings.get(line.text)).collect();
    let joined = joined.join(" ");
    let shown: String = joined.chars().take(TEXT_CHARS).collect();
    let more = if joined.chars().count() > TEXT_CHARS { "…" } else { "" };
    Some(format!("{shown:?}{more}"))
}

fn marks(row: &Row) -> Vec<String> {
    let mut marks = Vec::new();
    let flags =
        [(control::DISABLED, "disabled"), (control::ON, "on"), (control::FOCUSED, "focused")];
    marks.extend(
        flags
            .iter()
            .filter(|(bit, _)| row.control.flags & bit != 0)
            .map(|(_, word)| (*word).to_owned()),
    );
    if row.appearance.hidden {
        marks.push("hidden".to_owned());
    }
    match row.mask.action {
        MaskAction::Keep => {}
        MaskAction::Mask => marks.push(format!("▒ masked ({})", row.mask.reason.word())),
        MaskAction::Replace => marks.push(format!("▒ replaced ({})", row.mask.reason.word())),
    }
    marks
}

/// How many nodes are masked or replaced.
pub(crate) fn masked_count(snapshot: &Snapshot) -> usize {
    let is_masked = |mask: &&viewreel_model::node::Mask| mask.action != MaskAction::Keep;
    snapshot.columns().masks().iter().filter(is_masked).count()
}
