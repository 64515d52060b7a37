//! Icons as the app draws them itself, and symbols as the system has them.

use crate::look::shape::{Drawing, Shape};
use crate::ui::{Boxed, Ui, View, ViewId, column};
use viewreel_model::Color;

/// What an icon shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Icon {
    Tiles,
    Heart,
    Bag,
    Person,
    Magnifier,
    Back,
    Check,
}

impl Icon {
    /// Adds the icon to `parent`: a square of `side` points in `color`.
    pub(crate) fn add(self, ui: &mut Ui, parent: ViewId, side: f32, color: Color) -> Drawing {
        let view = View { class: "IconView:UIView", ..View::plain() };
        let square = ui.add(parent, column().size(side, side), view);
        Drawing::new(ui, square, side, &self.shapes(color))
    }

    fn shapes(self, c: Color) -> Vec<Shape> {
        match self {
            Self::Tiles => vec![
                Shape::ring([8.0, 8.0, 36.0, 36.0], 9.0, 8.0, c),
                Shape::ring([56.0, 8.0, 36.0, 36.0], 9.0, 8.0, c),
                Shape::ring([8.0, 56.0, 36.0, 36.0], 9.0, 8.0, c),
                Shape::rect([56.0, 56.0, 36.0, 36.0], 9.0, c),
            ],
            Self::Heart => vec![
                Shape::cut([18.2, 9.0, 44.7, 68.8], [22.4, 22.4, 2.0, 2.0], c).turned(-45.0),
                Shape::cut([37.1, 9.0, 44.7, 68.8], [22.4, 22.4, 2.0, 2.0], c).turned(45.0),
            ],
            Self::Bag => vec![
                Shape::ring([30.0, 8.0, 40.0, 50.0], 20.0, 8.0, c),
                Shape::cut([14.0, 32.0, 72.0, 60.0], [8.0, 8.0, 16.0, 16.0], c),
            ],
            Self::Person => vec![
                Shape::rect([31.0, 8.0, 38.0, 38.0], 19.0, c),
                Shape::cut([14.0, 54.0, 72.0, 38.0], [34.0, 34.0, 10.0, 10.0], c),
            ],
            Self::Magnifier => vec![
                Shape::ring([8.0, 8.0, 62.0, 62.0], 31.0, 10.0, c),
                Shape::rect([56.0, 70.0, 40.0, 11.0], 5.5, c).turned(45.0),
            ],
            Self::Back => vec![
                Shape::rect([22.0, 30.0, 52.0, 11.0], 5.5, c).turned(-45.0),
                Shape::rect([22.0, 59.0, 52.0, 11.0], 5.5, c).turned(45.0),
            ],
            Self::Check => vec![
                Shape::rect([18.0, 56.0, 36.0, 11.0], 5.5, c).turned(45.0),
                Shape::rect([32.0, 44.0, 62.0, 11.0], 5.5, c).turned(-45.0),
            ],
        }
    }
}
