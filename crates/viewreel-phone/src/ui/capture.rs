//! Reads the view tree into a capture buffer, as a capturer on the main thread
//! does.

use crate::ui::label::Label;
use crate::ui::tree::{Ui, ViewId};
use crate::ui::view::View;
use viewreel_capture::{CaptureBuffer, Text, View as Captured};
use viewreel_model::node::Geometry;
use viewreel_model::viewport::SceneId;
use viewreel_model::{Kind, Rect};

impl Ui {
    /// Fills `buffer` with the views of all windows. Returns how many they are.
    pub(crate) fn capture(&self, buffer: &mut CaptureBuffer) -> usize {
        buffer.clear();
        let mut count = 0;
        for window in &self.windows {
            buffer.begin_window(SceneId::default(), window.level);
            count += self.capture_below(buffer, window.root);
        }
        count
    }

    fn capture_below(&self, buffer: &mut CaptureBuffer, node: ViewId) -> usize {
        open(buffer, self.view(node));
        let below: usize =
            self.children(node).into_iter().map(|child| self.capture_below(buffer, child)).sum();
        buffer.close();
        below + 1
    }
}

fn open(buffer: &mut CaptureBuffer, view: &View) {
    let shown = view.label.as_ref().map(|label| label.shown(view.secure));
    buffer.open(&Captured {
        id: view.id,
        generation: view.generation,
        kind: view.kind,
        class_chain: view.class,
        controller: view.controller,
        identifier: view.identifier,
        geometry: geometry(view),
        appearance: view.appearance,
        text: view.label.as_ref().zip(shown.as_deref()).map(|(label, shown)| Text {
            frame: label.frame(view.frame.size),
            ..text(label, shown)
        }),
        picture: view.picture,
        control: view.control,
        override_action: view.mask,
        content_type: view.content_type,
        secure: view.secure,
        was_sensitive: view.was_secure || view.content_type.is_floor(),
        unchanged: false,
    });
}

fn geometry(view: &View) -> Geometry {
    let mut frame = view.frame;
    frame.origin.x += view.shift.x;
    frame.origin.y += view.shift.y;
    Geometry {
        bounds: Rect { origin: view.scroll_offset(), size: frame.size },
        transform: view.transform,
        clips: view.clips,
        corner_radii: view.radii,
        continuous_corners: has_continuous_corners(view),
        ..Geometry::from_frame(frame)
    }
}

/// Cards and buttons have Apple's curve; drawn shapes, circles and capsules
/// have circular corners.
fn has_continuous_corners(view: &View) -> bool {
    let radius = view.radii.iter().copied().fold(0.0, f32::max);
    let shorter = view.frame.size.width.min(view.frame.size.height);
    view.kind != Kind::Shape && radius > 0.0 && radius < 0.45 * shorter
}

fn text<'a>(label: &Label, shown: &'a str) -> Text<'a> {
    Text {
        role: label.role(),
        size: label.font.size,
        weight: label.font.weight,
        strike: label.strike,
        color: label.ink(),
        alignment: label.alignment,
        text: shown,
        max_lines: label.max_lines(),
        vertical: label.vertical(),
        ..Text::default()
    }
}
