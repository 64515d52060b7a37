//! The host's side of an import: time goes on, inputs go out, and are counted.

use viewreel_capture::{CaptureBuffer, Input, InputSink};
use viewreel_model::CaptureId;
use viewreel_model::record::Touch;
use viewreel_seams::Now;

/// What was imported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Trees that were captured, repeated ones included.
    pub trees: usize,
    /// Nodes of the largest of them, before any limit.
    pub nodes_max: usize,
    /// Touch samples.
    pub touches: usize,
    /// From the first input to the last, in milliseconds.
    pub duration_ms: u64,
}

/// Sends inputs to a sink at times that never go back.
pub(crate) struct Feed<'a> {
    sink: &'a mut dyn InputSink,
    start: Now,
    at_ms: u64,
    buffer: CaptureBuffer,
    summary: Summary,
}

impl<'a> Feed<'a> {
    pub(crate) fn new(sink: &'a mut dyn InputSink, start: Now) -> Self {
        let summary = Summary::default();
        Self { sink, start, at_ms: 0, buffer: CaptureBuffer::new(), summary }
    }

    /// Time of the next input, in milliseconds since the start.
    pub(crate) fn at_ms(&self) -> u64 {
        self.at_ms
    }

    /// Moves on to `at_ms` milliseconds since the start, never back.
    pub(crate) fn advance_to(&mut self, at_ms: u64) {
        self.at_ms = self.at_ms.max(at_ms);
    }

    /// Sends one input now.
    pub(crate) fn send(&mut self, input: Input<'_>) {
        self.summary.duration_ms = self.at_ms;
        self.sink.input(self.start.plus_ms(self.at_ms), input);
    }

    /// Sends one touch sample now. Nothing says on which view it is, but that it is in
    /// the window.
    pub(crate) fn touch(&mut self, touch: Touch) {
        self.summary.touches += 1;
        let root = self.buffer.rows().nodes.first().map_or(0, |root| root.capture_id);
        self.send(Input::Touch { view: CaptureId(root), touch });
    }

    /// Sends the tree of `nodes` nodes that `fill` puts into the buffer.
    pub(crate) fn capture(&mut self, nodes: usize, fill: impl FnOnce(&mut CaptureBuffer)) {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        fill(&mut buffer);
        self.summary.trees += 1;
        self.summary.nodes_max = self.summary.nodes_max.max(nodes);
        self.send(Input::Capture(&buffer));
        self.buffer = buffer;
    }

    pub(crate) fn finish(self) -> Summary {
        self.summary
    }
}
