//! A page of text that fits itself to its screen.

use super::open_screen;
use crate::action::{Action, Tap};
use crate::app::App;
use crate::look::{BODY, Font, HEADLINE, SUBHEAD, viewport};
use crate::phone::Phone;
use crate::stage::Stage;
use crate::ui::{Boxed, Label, View, ViewId, column, row};
use taffy::prelude::FlexDirection;
use viewreel_model::Size;
use viewreel_model::node::Alignment;
use viewreel_model::viewport::{Direction, Orientation, Viewport};

const PROSE: &str = "Clay remembers every touch. It is thrown, trimmed, dried and fired twice, \
     and what was wet earth in the morning rings like a bell in the evening.";

/// Sizes of text beside the usual one, and how much larger each is.
const TEXT_SIZES: [(&str, f32); 2] = [("extraSmall", 0.82), ("accessibilityLarge", 1.9)];

/// The page.
pub(crate) struct Page {
    /// Two texts beside each other.
    line: ViewId,
    /// Every text, in its usual size.
    texts: Vec<(ViewId, Font)>,
}

impl Page {
    pub(crate) fn launch(stage: &mut Stage) -> Self {
        let root = open_screen(stage, "PageViewController");
        let ui = &mut stage.ui;
        let line = ui.add(root, row().gap(12.0), View::plain().named("page.line"));
        let mut texts = Vec::new();
        for (parent, text, font) in
            [(line, "Clay", HEADLINE), (line, "four minutes", SUBHEAD), (root, PROSE, BODY)]
        {
            let view = View::label(Label::new(text, font).wrapping());
            texts.push((ui.add(parent, column(), view), font));
        }
        Self { line, texts }
    }
}

impl App for Page {
    fn tapped(&mut self, _: &mut Stage, _: Action, _: &Tap) {}

    /// The views stay; their places, fonts and lines change.
    fn reshaped(&mut self, stage: &mut Stage, viewport: &Viewport) {
        let known = TEXT_SIZES.iter().find(|(name, _)| *name == viewport.text_size);
        let factor = known.map_or(1.0, |(_, factor)| *factor);
        let (flow, alignment) = match viewport.direction {
            Direction::LeftToRight => (FlexDirection::Row, Alignment::Natural),
            Direction::RightToLeft => (FlexDirection::RowReverse, Alignment::Right),
        };
        stage.ui.restyle(self.line, |style| taffy::Style { flex_direction: flow, ..style });
        for &(view, font) in &self.texts {
            let change = |label: &mut Label| {
                label.font = font.sized(font.size * factor);
                label.alignment = alignment;
            };
            stage.ui.relabel(view, change);
        }
    }
}

/// The screens that the page is shown on, one after the other: as a phone, turned,
/// with small and with large text, mirrored, and in a part of a tablet's screen.
pub(crate) fn shapes() -> Vec<Viewport> {
    let upright = viewport();
    let Size { width, height } = upright.size;
    let shape = |change: fn(&mut Viewport)| {
        let mut shape = viewport();
        change(&mut shape);
        shape
    };
    let turned = Viewport {
        size: Size::new(height, width),
        orientation: Orientation::LandscapeLeft,
        ..upright.clone()
    };
    vec![
        turned,
        upright,
        shape(|shape| shape.text_size = TEXT_SIZES[0].0.to_owned()),
        shape(|shape| shape.text_size = TEXT_SIZES[1].0.to_owned()),
        shape(|shape| shape.direction = Direction::RightToLeft),
        shape(|shape| (shape.size, shape.scale) = (Size::new(1_032.0, 1_376.0), 2.0)),
        shape(|shape| (shape.size, shape.scale) = (Size::new(375.0, 1_376.0), 2.0)),
    ]
}

/// Shows the page on each of its shapes.
pub(crate) fn reshape(phone: &mut Phone<'_, Page>) {
    phone.wait(500);
    for shape in shapes() {
        phone.reshape(&shape);
        phone.wait(500);
    }
}
