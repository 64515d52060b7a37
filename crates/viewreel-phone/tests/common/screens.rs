//! Screens that say one thing.

use super::App;
use viewreel_capture::{CaptureBuffer, Input, InputSink, Text, View};
use viewreel_model::node::{Geometry, TextRole};
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, Rect};
use viewreel_seams::Now;

impl App {
    /// Shows a screen with that text.
    pub(crate) fn show(&mut self, now: Now, text: &str) {
        self.input(now, Input::Capture(&screen(text)));
    }

    /// Shows another text each second, from one second to another after the start of
    /// the first process.
    pub(crate) fn watch(&mut self, seconds: std::ops::Range<u64>) {
        for second in seconds {
            self.show(super::at(second * 1_000), &format!("second {second}"));
        }
    }
}

/// What [`App::watch`] shows, as a viewer sees it.
pub(crate) fn watched(seconds: std::ops::Range<u64>) -> Vec<(i64, String)> {
    seconds.map(|second| (second as i64, format!("second {second}"))).collect()
}

/// A window with a label.
fn screen(text: &str) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), 0.0);
    let frame = Rect::new(0.0, 0.0, 390.0, 844.0);
    buffer.open(&view(1, Kind::View, frame));
    let text = Text {
        role: TextRole::Static,
        size: 17.0,
        text,
        frame: Rect::new(0.0, 0.0, 200.0, 20.0),
        ..Text::default()
    };
    let label = view(2, Kind::Text, Rect::new(20.0, 60.0, 200.0, 20.0));
    buffer.leaf(&View { text: Some(text), ..label });
    buffer.close();
    buffer
}

fn view<'a>(id: u64, kind: Kind, frame: Rect) -> View<'a> {
    let geometry = Geometry::from_frame(frame);
    View { id: CaptureId(id), kind, geometry, ..View::default() }
}
