//! Which nodes may have changed: a quick look over whole columns.

use crate::matching::{Matching, Run};
use crate::same::SameStrings;
use crate::words::{appearance, by, control, geometry, image, mask, style};
use viewreel_model::Columns;
use viewreel_model::node::{LineRange, Semantics, TextStyle};

/// The nodes of a new tree that are new or look different.
#[derive(Debug, Default)]
pub(crate) struct Suspects {
    marks: Vec<bool>,
    known_strings: Vec<bool>,
}

impl Suspects {
    /// Looks at one column after the other, which is several times faster than
    /// looking at one row after the other. O(n + bytes of strings).
    pub(crate) fn find(&mut self, matching: &Matching, old: &Columns, new: &Columns) {
        let Self { marks, known_strings } = self;
        marks.clear();
        marks.resize(new.len(), false);
        let same = SameStrings::of(&old.strings, &new.strings, known_strings);
        let columns = Pair { old, new, same };
        for run in matching.runs() {
            if let Some(marks) = marks.get_mut(run.new_range()) {
                columns.mark(run, marks);
            }
        }
        for new in matching.inserted() {
            if let Some(mark) = marks.get_mut(new) {
                *mark = true;
            }
        }
    }

    /// Their indices, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        self.marks.iter().enumerate().filter_map(|(at, &mark)| mark.then_some(at))
    }
}

/// The columns of both trees.
struct Pair<'a> {
    old: &'a Columns,
    new: &'a Columns,
    same: SameStrings<'a>,
}

impl Pair<'_> {
    fn mark(&self, run: Run, marks: &mut [bool]) {
        let (a, b) = (self.old, self.new);
        mark(run, marks, a.generations(), b.generations(), |x, y| x != y);
        mark(run, marks, a.semantics(), b.semantics(), |x, y| self.semantics_differ(x, y));
        mark(run, marks, a.geometry(), b.geometry(), by(geometry));
        mark(run, marks, a.appearance(), b.appearance(), by(appearance));
        mark(run, marks, a.text(), b.text(), |x, y| self.text_differs(x, y));
        mark(run, marks, a.line_ranges(), b.line_ranges(), |x, y| self.lines_differ(*x, *y));
        mark(run, marks, a.images(), b.images(), by(image));
        mark(run, marks, a.controls(), b.controls(), by(control));
        mark(run, marks, a.masks(), b.masks(), by(mask));
    }

    fn semantics_differ(&self, x: &Semantics, y: &Semantics) -> bool {
        let names = |s: &Semantics| [s.class_chain, s.controller, s.identifier];
        x.kind != y.kind || !self.same.hold(names(x), names(y))
    }

    fn text_differs(&self, x: &TextStyle, y: &TextStyle) -> bool {
        by(style)(x, y) || !self.same.hold([x.font], [y.font])
    }

    fn lines_differ(&self, x: LineRange, y: LineRange) -> bool {
        x.len != y.len || (x.len != 0 && self.texts_differ(x, y))
    }

    fn texts_differ(&self, x: LineRange, y: LineRange) -> bool {
        let (lines, others) = (self.old.lines_of(x), self.new.lines_of(y));
        lines.iter().zip(others).any(|(l, m)| {
            l.baseline != m.baseline || l.width != m.width || !self.same.hold([l.text], [m.text])
        })
    }
}

/// Marks the nodes of a run whose values in one column differ.
fn mark<T>(run: Run, marks: &mut [bool], old: &[T], new: &[T], differs: impl Fn(&T, &T) -> bool) {
    let old = old.get(run.old_range()).unwrap_or_default();
    let new = new.get(run.new_range()).unwrap_or_default();
    for ((mark, x), y) in marks.iter_mut().zip(old).zip(new) {
        *mark |= differs(x, y);
    }
}
