//! Diffing and applying, measured on a list of cells such as most apps show.
//!
//! Times are the best of several rounds, so that a busy machine matters little;
//! compare ratios, not machines.
#![allow(clippy::print_stdout, reason = "a bench prints its table")]

use std::hint::black_box;
use std::time::{Duration, Instant};
use viewreel_model::columns::Window;
use viewreel_model::node::{Geometry, Line, LineRange, Semantics, TextRole, TextStyle};
use viewreel_model::{Diff, Kind, NodeId, Point, Rect, Row, Snapshot, StateId};
use viewreel_tree::{Differ, Tree};

const ROUNDS: usize = 2000;
const TURNS: u32 = 50;
const CELLS: u32 = 33;

fn main() {
    let start = screen(&Look::default());
    println!("{} nodes, best of {ROUNDS} rounds:\n", start.len());
    println!("| change | placements, shifts, updates, removals | diff | apply |");
    println!("|---|---|---|---|");
    let row = |name: &str, look: &Look| println!("{}", row(name, &start, &screen(look)));
    row("nothing", &Look::default());
    row("scrolled", &Look { scroll: 12.0, ..Look::default() });
    row("5 labels", &Look { changed_labels: 5, ..Look::default() });
    row("10 labels", &Look { changed_labels: 10, ..Look::default() });
    row("a cell grew", &Look { extra_height: 20.0, ..Look::default() });
    row("one cell in, one out", &Look { first: 1, scroll: 44.0, ..Look::default() });
    row("all cells replaced", &Look { first: CELLS, ..Look::default() });
    let copy = best(|| (0..TURNS).for_each(|_| drop(black_box(start.clone()))));
    let tree = Tree::new(StateId(0), start.clone());
    let snapshot = best(|| (0..TURNS).for_each(|_| drop(black_box(tree.snapshot()))));
    println!("\ncopy of the columns {copy:.2?}, snapshot of the tree {snapshot:.2?}");
}

fn row(name: &str, before: &Snapshot, after: &Snapshot) -> String {
    let (mut differ, mut there, mut back) = (Differ::default(), Diff::default(), Diff::default());
    let diff_time = best(|| {
        for _ in 0..TURNS {
            differ.diff(StateId(0), black_box(before), black_box(after), &mut there);
        }
    });
    differ.diff(StateId(1), after, before, &mut back);
    let mut tree = Some(Tree::new(StateId(0), before.clone()));
    let apply_time = best(|| {
        for turn in 0..TURNS {
            let diff = if turn % 2 == 0 { &mut there } else { &mut back };
            let now = tree.take().expect("every diff applies");
            diff.base = now.state();
            tree = now.apply(black_box(diff)).ok();
        }
    });
    let Diff { placements, shifts, updates, removals, .. } = &there;
    let [p, s, u, r] = [placements.len(), shifts.len(), updates.len(), removals.len()];
    format!("| {name} | {p}, {s}, {u}, {r} | {diff_time:.2?} | {apply_time:.2?} |")
}

/// Time of one of the turns that `run` takes.
#[allow(clippy::disallowed_methods, reason = "a bench measures time")]
fn best(mut run: impl FnMut()) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..ROUNDS).map(timed).min().unwrap_or_default() / TURNS
}

/// What a screen shows.
#[derive(Default)]
struct Look {
    /// Scroll offset, in points.
    scroll: f32,
    /// Number of the first cell.
    first: u32,
    /// Labels that say something else than usually.
    changed_labels: u32,
    /// Of the third cell, in points.
    extra_height: f32,
}

/// A window with a list of cells of nine views each.
fn screen(look: &Look) -> Snapshot {
    let mut out = Snapshot::default();
    let names = ["UIWindow:UIView:UIResponder", "UITableView:UIScrollView:UIView:UIResponder"];
    let window = push(
        &mut out,
        1,
        None,
        Geometry::from_frame(Rect::new(0.0, 0.0, 390.0, 844.0)),
        names[0],
        "",
    );
    let mut list = Geometry::from_frame(Rect::new(0.0, 0.0, 390.0, 844.0));
    list.bounds.origin.y = look.scroll;
    let list = push(&mut out, 2, Some(window), list, names[1], "");
    for at in 0..CELLS {
        push_cell(&mut out, look, list, at);
    }
    out.columns_mut().windows.push(Window { root: window, ..Window::default() });
    out
}

fn push_cell(out: &mut Snapshot, look: &Look, list: u32, at: u32) {
    let item = look.first + at;
    let (grown, below) = if at == 2 {
        (look.extra_height, 0.0)
    } else if at > 2 {
        (0.0, look.extra_height)
    } else {
        (0.0, 0.0)
    };
    let frame = Rect::new(0.0, item as f32 * 44.0 + below, 390.0, 44.0 + grown);
    let id = 10 + 10 * item;
    let cell = push(
        out,
        id,
        Some(list),
        Geometry::from_frame(frame),
        "ProductCell:UITableViewCell:UIView:UIResponder",
        "",
    );
    for view in 1..9 {
        let word = if at < look.changed_labels && view == 1 { "changed" } else { "as usual" };
        let text = if view % 2 == 1 { format!("{word} {item} {view}") } else { String::new() };
        let frame = Rect::new(view as f32 * 40.0, 4.0, 36.0, 36.0);
        push(
            out,
            id + view,
            Some(cell),
            Geometry::from_frame(frame),
            "UILabel:UIView:UIResponder",
            &text,
        );
    }
}

/// Strings are listed in node order; a name that came before is not listed again.
fn push(
    out: &mut Snapshot,
    id: u32,
    parent: Option<u32>,
    geometry: Geometry,
    class: &str,
    text: &str,
) -> u32 {
    let columns = out.columns_mut();
    let known = columns.semantics().iter().map(|known| known.class_chain);
    let known = known.into_iter().find(|&known| columns.strings.get(known) == class);
    let class_chain = known.unwrap_or_else(|| columns.strings.add(class));
    let start = columns.lines.len() as u32;
    let len = u32::from(!text.is_empty());
    if !text.is_empty() {
        let text = columns.strings.add(text);
        columns.lines.push(Line { text, baseline: Point::new(0.0, 14.0), width: 30.0 });
    }
    let row = Row {
        geometry,
        semantics: Semantics { kind: Kind::Text, class_chain, ..Semantics::default() },
        text: TextStyle { role: TextRole::Static, size: 17.0, ..TextStyle::default() },
        lines: LineRange { start, len },
        ..Row::default()
    };
    out.push_masked(NodeId(id), parent, &row)
}
