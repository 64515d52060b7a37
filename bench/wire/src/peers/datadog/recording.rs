//! A session as segments of that format.

use super::flatten::Flattener;
use super::heckel::Difference;
use super::record;
use super::wireframe::Wireframe;
use crate::moments::{Moment, Moments};
use crate::peers::{Weight, zlib};
use crate::session::START_WALL_MS;
use serde_json::Value;
use viewreel_model::record::Touch;
use viewreel_model::{Size, Snapshot};

/// The records of a session, each with its view and time.
pub(crate) struct Recording {
    flattener: Flattener,
    viewport: Size,
    view: u32,
    /// Whether the next tree begins a view.
    is_new_view: bool,
    wireframes: Vec<Wireframe>,
    /// Fingers since the last capture.
    touches: Vec<Touch>,
    pub(crate) records: Vec<(u32, u64, Value)>,
}

impl Recording {
    /// The records of a session on a screen of that size.
    pub(crate) fn of(moments: &Moments, viewport: Size) -> Self {
        let mut recording = Self {
            flattener: Flattener::new(viewport),
            viewport,
            view: 0,
            is_new_view: true,
            wireframes: Vec::new(),
            touches: Vec::new(),
            records: Vec::new(),
        };
        for (at_ms, moment) in &moments.list {
            match moment {
                Moment::Tree(tree) => recording.tree(*at_ms, tree),
                Moment::Touch(touch) => recording.touch(*at_ms, *touch),
                Moment::Screen(_) => recording.is_new_view = true,
                Moment::Event(_) => {}
            }
        }
        let end_ms = moments.list.last().map_or(0, |(at_ms, _)| *at_ms);
        recording.flush_touches(end_ms);
        recording
    }

    /// What it weighs where a segment is closed every so many milliseconds and
    /// with each view.
    pub(crate) fn weight(&self, every_ms: u64) -> Weight {
        let mut weight = Weight::default();
        let same = |a: &(u32, u64, Value), b: &(u32, u64, Value)| {
            a.0 == b.0 && a.1 / every_ms == b.1 / every_ms
        };
        for group in self.records.chunk_by(same) {
            let records: Vec<Value> = group.iter().map(|(.., record)| record.clone()).collect();
            let json = record::segment(group[0].0, &records).to_string();
            weight.add(json.len(), zlib(json.as_bytes()));
        }
        weight
    }

    fn tree(&mut self, at_ms: u64, tree: &Snapshot) {
        let wireframes = self.flattener.flatten(tree);
        if std::mem::take(&mut self.is_new_view) {
            self.begin_view(at_ms, &wireframes);
        } else {
            self.change(at_ms, &wireframes);
        }
        self.wireframes = wireframes;
        self.flush_touches(at_ms);
    }

    fn begin_view(&mut self, at_ms: u64, wireframes: &[Wireframe]) {
        self.view += 1;
        self.push(at_ms, record::meta(wall(at_ms), self.viewport));
        self.push(at_ms, record::focus(wall(at_ms)));
        self.push(at_ms, record::full(wall(at_ms), wireframes));
    }

    fn change(&mut self, at_ms: u64, wireframes: &[Wireframe]) {
        let first = |list: &[Wireframe]| list.first().map(|wireframe| wireframe.id);
        let difference = (first(wireframes) == first(&self.wireframes))
            .then(|| Difference::between(&self.wireframes, wireframes))
            .flatten();
        match difference {
            None => self.push(at_ms, record::full(wall(at_ms), wireframes)),
            Some(difference) if difference.is_empty() => {}
            Some(difference) => self.push(at_ms, record::mutation(wall(at_ms), &difference)),
        }
    }

    /// Fingers wait for the next capture, which comes 100 ms after the last one.
    fn touch(&mut self, at_ms: u64, touch: Touch) {
        let is_late = self.touches.len() >= 7;
        self.touches.push(touch);
        if is_late {
            self.flush_touches(at_ms);
        }
    }

    /// All of them are stamped with one time.
    fn flush_touches(&mut self, at_ms: u64) {
        for touch in std::mem::take(&mut self.touches) {
            self.push(at_ms, record::pointer(wall(at_ms), &touch));
        }
    }

    fn push(&mut self, at_ms: u64, record: Value) {
        self.records.push((self.view, at_ms, record));
    }
}

fn wall(at_ms: u64) -> i64 {
    START_WALL_MS.saturating_add_unsigned(at_ms)
}
