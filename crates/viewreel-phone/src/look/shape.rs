//! Drawings made of a few plain views: rounded, turned, coloured.

use crate::ui::{Boxed, Ui, View, ViewId, column};
use taffy::prelude::Style;
use viewreel_model::node::Border;
use viewreel_model::{Color, Kind};

/// Most shapes of one drawing.
pub(crate) const MAX_SHAPES: usize = 5;

/// A rounded rectangle in a square of 100 × 100 units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shape {
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    radii: [f32; 4],
    color: Color,
    turn_degrees: f32,
    /// Width of the outline, in units; 0 is a filled shape.
    outline: f32,
}

impl Shape {
    /// A filled rectangle with the corner radius `radius`.
    pub(crate) const fn rect(frame: [f32; 4], radius: f32, color: Color) -> Self {
        Self::cut(frame, [radius; 4], color)
    }

    /// A filled rectangle with four radii: upper left, upper right, lower
    /// right, lower left.
    pub(crate) const fn cut(frame: [f32; 4], radii: [f32; 4], color: Color) -> Self {
        let [x, y, width, height] = frame;
        Self { x, y, width, height, radii, color, turn_degrees: 0.0, outline: 0.0 }
    }

    /// An outline instead of a filling.
    pub(crate) const fn ring(frame: [f32; 4], radius: f32, outline: f32, color: Color) -> Self {
        Self { outline, ..Self::rect(frame, radius, color) }
    }

    /// The shape turned clockwise around its middle.
    pub(crate) const fn turned(self, turn_degrees: f32) -> Self {
        Self { turn_degrees, ..self }
    }

    fn style(&self, scale: f32) -> Style {
        column().place(self.x * scale, self.y * scale, self.width * scale, self.height * scale)
    }

    /// Makes `view` look like this shape.
    fn paint(&self, view: &mut View, scale: f32) {
        let (fill, border) = if self.outline > 0.0 {
            (Color::CLEAR, Border { width: self.outline * scale, color: self.color })
        } else {
            (self.color, Border::default())
        };
        view.appearance.background = fill;
        view.appearance.border = border;
        view.appearance.hidden = false;
        view.radii = self.radii.map(|radius| radius * scale);
        view.transform.rotation = self.turn_degrees / 360.0;
    }
}

/// The views of a drawing, kept so that it can show something else.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drawing {
    views: [Option<ViewId>; MAX_SHAPES],
    scale: f32,
}

impl Drawing {
    /// Draws `shapes` into `parent`, a square of `side` points.
    pub(crate) fn new(ui: &mut Ui, parent: ViewId, side: f32, shapes: &[Shape]) -> Self {
        let mut drawing = Self { views: [None; MAX_SHAPES], scale: side / 100.0 };
        drawing.make_room(ui, parent, shapes.len());
        drawing.redraw(ui, shapes);
        drawing
    }

    /// Makes hidden shapes until there are `count`, for drawings to come.
    pub(crate) fn make_room(&mut self, ui: &mut Ui, parent: ViewId, count: usize) {
        for slot in self.views.iter_mut().take(count).filter(|slot| slot.is_none()) {
            let view = View::new(Kind::Shape, "ShapeView:UIView").hidden();
            *slot = Some(ui.add(parent, column().absolute(0.0, 0.0), view));
        }
    }

    /// Shows other shapes with the same views; those left over are hidden.
    pub(crate) fn redraw(&self, ui: &mut Ui, shapes: &[Shape]) {
        for (slot, view) in self.views.iter().enumerate() {
            let Some(view) = *view else { continue };
            match shapes.get(slot) {
                None => ui.edit(view, |view| view.appearance.hidden = true),
                Some(shape) => {
                    ui.edit(view, |view| shape.paint(view, self.scale));
                    ui.restyle(view, |_| shape.style(self.scale));
                }
            }
        }
    }

    /// Draws everything in one colour.
    pub(crate) fn tint(&self, ui: &mut Ui, color: Color) {
        for view in self.views.iter().flatten() {
            ui.edit(*view, |view| {
                if view.appearance.border.width > 0.0 {
                    view.appearance.border.color = color;
                } else {
                    view.appearance.background = color;
                }
            });
        }
    }
}
