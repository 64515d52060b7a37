//! The masked tree that is being written, next to the one before it: as long as they
//! are equal nothing is written at all.

use std::ops::Range;

use viewreel_model::columns::{Columns, NO_PARENT, Window};
use viewreel_model::node::{LineRange, Row, Semantics, TextStyle};
use viewreel_model::{NodeId, Point, RawSnapshot, Snapshot, StrId};

/// A masked tree and the one before it.
pub(crate) struct Pages<'a> {
    /// The tree before.
    pub(crate) before: &'a Snapshot,
    /// The one that is written.
    pub(crate) out: &'a mut Snapshot,
}

/// What is remembered while a tree is written.
#[derive(Clone, Default)]
pub(crate) struct Draft {
    /// How many nodes of the tree before come next in this one as well, while that is
    /// all of it.
    same: Option<usize>,
    /// Windows so far.
    windows: usize,
    /// Where a string of the raw tree stands in the one that is written, by its number.
    strings: Vec<StrId>,
    /// The same of strings of the tree before.
    carried: Vec<StrId>,
    /// Which string of the tree before a string of the raw tree is known to be.
    alike: Vec<StrId>,
    /// The lines of the node that is written next.
    lines: Columns,
}

/// A node to be written.
pub(crate) struct Entry<'a> {
    pub(crate) id: NodeId,
    pub(crate) parent: Option<u32>,
    /// Its strings stand in `raw`, its lines in [`Draft::add_line`].
    pub(crate) row: Row,
    pub(crate) raw: &'a dyn RawSnapshot,
}

impl Draft {
    /// Begins a tree whose raw form has so many strings.
    pub(crate) fn begin(&mut self, raw_strings: usize, pages: &mut Pages<'_>) {
        pages.out.clear();
        self.same = Some(0);
        self.windows = 0;
        reset(&mut self.strings, raw_strings);
        reset(&mut self.alike, raw_strings);
        reset(&mut self.carried, pages.before.columns().strings.len());
        self.lines.clear();
    }

    /// The place of the next node, if it is that of the tree before so far.
    pub(crate) const fn same(&self) -> Option<usize> {
        self.same
    }

    /// Adds a line to the node that is written next.
    pub(crate) fn add_line(&mut self, text: &str, baseline: Point, width: f32) {
        let text = self.lines.strings.add(text);
        self.lines.lines.push(viewreel_model::node::Line { text, baseline, width });
    }

    /// Writes a node; its place.
    pub(crate) fn push(&mut self, entry: &Entry<'_>, pages: &mut Pages<'_>) -> u32 {
        let same = self.same;
        let place = match same {
            Some(at) if self.is_same(entry, pages.before, at) => {
                self.same = Some(at + 1);
                u32::try_from(at).unwrap_or(NO_PARENT)
            }
            _ => {
                same.into_iter().for_each(|at| self.part(at, pages));
                let row = self.copied(entry, pages.out.columns_mut());
                pages.out.push_masked(entry.id, entry.parent, &row)
            }
        };
        self.lines.lines.clear();
        self.lines.strings.clear();
        place
    }

    /// Writes a window whose root was written last.
    pub(crate) fn push_window(&mut self, window: Window, pages: &mut Pages<'_>) {
        if let Some(at) = self.same {
            if pages.before.columns().windows.get(self.windows) == Some(&window) {
                self.windows += 1;
                return;
            }
            self.part(at, pages);
        }
        pages.out.columns_mut().windows.push(window);
    }

    /// Writes what was below a node of the tree before, below the one that was
    /// written last. `range` is that of the nodes there.
    pub(crate) fn carry(&mut self, range: Range<usize>, pages: &mut Pages<'_>) {
        if self.same == Some(range.start) {
            self.same = Some(range.end);
            return;
        }
        let (old, new) = (range.start, pages.out.len());
        for index in range {
            let parent = pages.before.columns().parent(index).unwrap_or(0);
            self.copy(index, Some((parent + new).saturating_sub(old)), pages);
        }
    }

    /// Whether the tree is the one before it; then nothing was written.
    pub(crate) fn finish(&mut self, pages: &mut Pages<'_>) -> bool {
        let Some(at) = self.same else { return false };
        let before = pages.before;
        let is_same = at == before.len() && self.windows == before.columns().windows.len();
        if !is_same {
            self.part(at, pages);
        }
        is_same
    }

    /// From here on the trees differ: what they have in common is written.
    fn part(&mut self, common: usize, pages: &mut Pages<'_>) {
        self.same = None;
        for index in 0..common {
            let parent = pages.before.columns().parent(index);
            self.copy(index, parent, pages);
        }
        let windows = pages.before.columns().windows.iter().take(self.windows);
        pages.out.columns_mut().windows.extend(windows);
    }

    fn copy(&mut self, index: usize, parent: Option<usize>, pages: &mut Pages<'_>) {
        let from = pages.before.columns();
        let (Some(id), Some(row)) = (pages.before.id(index), from.row(index)) else { return };
        let into = pages.out.columns_mut();
        let mut row = with_names(row, |name| {
            copy_name(&mut self.carried, from.strings.get(name), name, into)
        });
        row.lines = into.copy_lines(from, row.lines);
        let parent = parent.and_then(|parent| u32::try_from(parent).ok());
        pages.out.push_masked(id, parent, &row);
    }

    /// The row with its strings and lines; a name that several nodes have is copied
    /// once.
    fn copied(&mut self, entry: &Entry<'_>, into: &mut Columns) -> Row {
        let from = entry.raw;
        let row = with_names(entry.row, |name| {
            copy_name(&mut self.strings, from.string(name), name, into)
        });
        let range = self.line_range();
        let lines = if range.len == 0 { range } else { into.copy_lines(&self.lines, range) };
        Row { lines, ..row }
    }

    fn line_range(&self) -> LineRange {
        LineRange { start: 0, len: u32::try_from(self.lines.lines.len()).unwrap_or(0) }
    }

    fn is_same(&mut self, entry: &Entry<'_>, before: &Snapshot, at: usize) -> bool {
        let columns = before.columns();
        before.id(at) == Some(entry.id)
            && columns.parents().get(at) == Some(&entry.parent.unwrap_or(NO_PARENT))
            && says_the_same(columns, at, &entry.row)
            && self.has_same_names(columns, at, entry)
            && columns
                .line_ranges()
                .get(at)
                .is_some_and(|lines| self.has_same_lines(columns, *lines))
    }

    fn has_same_names(&mut self, before: &Columns, at: usize, entry: &Entry<'_>) -> bool {
        let (semantics, style) = (before.semantics().get(at), before.text().get(at));
        let Some((semantics, style)) = semantics.zip(style) else { return false };
        let mut pairs = names(semantics, style).zip(names(&entry.row.semantics, &entry.row.text));
        pairs.all(|(old, new)| self.is_same_name(before, old, entry.raw, new))
    }

    /// A name that several nodes have is compared once.
    fn is_same_name(
        &mut self,
        before: &Columns,
        old: StrId,
        raw: &dyn RawSnapshot,
        new: StrId,
    ) -> bool {
        let Some(known) = self.alike.get_mut(new.0 as usize) else { return false };
        if old.is_none() || new.is_none() {
            return old == new;
        }
        if *known != old && before.strings.get(old) == raw.string(new) {
            *known = old;
        }
        *known == old
    }

    fn has_same_lines(&self, columns: &Columns, range: LineRange) -> bool {
        let (lines, others) = (columns.lines_of(range), &self.lines.lines);
        lines.len() == others.len()
            && lines.iter().zip(others).all(|(a, b)| {
                a.baseline == b.baseline
                    && a.width == b.width
                    && columns.strings.get(a.text) == self.lines.strings.get(b.text)
            })
    }
}

fn reset(strings: &mut Vec<StrId>, count: usize) {
    strings.clear();
    strings.resize(count + 1, StrId::NONE);
}

fn names(semantics: &Semantics, style: &TextStyle) -> impl Iterator<Item = StrId> {
    let Semantics { class_chain, controller, identifier, .. } = *semantics;
    [class_chain, controller, identifier, style.font].into_iter()
}

/// Whether a node says what the row does, but for strings and lines.
fn says_the_same(columns: &Columns, at: usize, row: &Row) -> bool {
    let font = row.text.font;
    columns.semantics().get(at).is_some_and(|semantics| semantics.kind == row.semantics.kind)
        && columns.generations().get(at) == Some(&row.generation)
        && columns.masks().get(at) == Some(&row.mask)
        && columns.images().get(at) == Some(&row.image)
        && columns.controls().get(at) == Some(&row.control)
        && columns.text().get(at).is_some_and(|style| TextStyle { font, ..*style } == row.text)
        && columns.geometry().get(at) == Some(&row.geometry)
        && columns.appearance().get(at) == Some(&row.appearance)
}

fn with_names(row: Row, mut name: impl FnMut(StrId) -> StrId) -> Row {
    let Semantics { kind, class_chain, controller, identifier } = row.semantics;
    Row {
        semantics: Semantics {
            kind,
            class_chain: name(class_chain),
            controller: name(controller),
            identifier: name(identifier),
        },
        text: TextStyle { font: name(row.text.font), ..row.text },
        ..row
    }
}

fn copy_name(known: &mut [StrId], text: &str, name: StrId, into: &mut Columns) -> StrId {
    let Some(known) = known.get_mut(name.0 as usize) else { return StrId::NONE };
    if known.is_none() {
        *known = into.strings.add(text);
    }
    *known
}
