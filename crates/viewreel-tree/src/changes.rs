//! Which fields of which nodes changed.

use crate::matching::Matching;
use crate::suspects::Suspects;
use viewreel_model::field::changed;
use viewreel_model::node::Geometry;
use viewreel_model::{Columns, Field, FieldSet, Point, Row};

/// A node whose fields changed, or a new one that has not only defaults.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    /// Its index in the old tree; `None` where it is new.
    pub(crate) old: Option<usize>,
    /// Its index in the new tree.
    pub(crate) new: usize,
    pub(crate) fields: FieldSet,
}

impl Change {
    /// Where it lay before; a new node had every field at its default.
    pub(crate) fn before(&self, old: &Columns) -> Geometry {
        self.old.and_then(|at| old.geometry().get(at).copied()).unwrap_or_default()
    }

    /// By how much a known node moves; `None` where it does not.
    pub(crate) fn motion(&self, old: &Columns, new: &Columns) -> Option<Point> {
        let from = old.geometry().get(self.old?)?.position;
        let to = new.geometry().get(self.new)?.position;
        let moves = self.fields.contains(Field::Position);
        moves.then(|| Point::new(to.x - from.x, to.y - from.y))
    }
}

/// The changes from one tree to another, in pre-order of the new one.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    suspects: Suspects,
    list: Vec<Change>,
}

impl Changes {
    /// O(n + bytes of strings).
    pub(crate) fn find(&mut self, matching: &Matching, old: &Columns, new: &Columns) {
        self.suspects.find(matching, old, new);
        let blank = Columns::default();
        let change = |at| {
            let (before, after) = (matching.old_of(at), new.row(at)?);
            let fields = match before {
                Some(before) => changed(old, &old.row(before)?, new, &after),
                None => changed(&blank, &Row::default(), new, &after),
            };
            (!fields.is_empty()).then_some(Change { old: before, new: at, fields })
        };
        self.list.clear();
        self.list.extend(self.suspects.iter().filter_map(change));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Change> {
        self.list.iter()
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Change> {
        self.list.iter_mut()
    }
}
