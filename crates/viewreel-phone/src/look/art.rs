//! Pictures of the shop's wares, drawn with at most five shapes each.

use crate::look::shape::{Drawing, MAX_SHAPES, Shape};
use crate::ui::{Boxed, Ui, View, ViewId, column};
use viewreel_model::Color;
use viewreel_model::node::Gradient;

const SHADOW: Color = Color(0x3020_1024);
const LEAF: Color = Color::rgb(0x5e7f5b);
const LEAF_DARK: Color = Color::rgb(0x47684a);
const FLAME: Color = Color::rgb(0xf2b04a);

/// What a ware is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ware {
    Mug,
    Vase,
    Bowl,
    Lamp,
    Planter,
    Candle,
    Plate,
    Cushion,
    Clock,
    Carafe,
}

/// The picture of a ware in one of the glazes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Art {
    pub(crate) ware: Ware,
    pub(crate) glaze: usize,
}

/// How many glazes there are.
pub(crate) const GLAZES: usize = 4;

/// A glaze, as `0xRRGGBB`: tile from, tile to, main, dark, light.
const COLORS: [[u32; 5]; GLAZES] = [
    [0xf4e4d3, 0xe9cdb2, 0xc4704c, 0x8d4a30, 0xf7d9bd],
    [0xe2ebe4, 0xc5d6c9, 0x5c8574, 0x3a5a4e, 0xd5e5da],
    [0xe6e7f0, 0xc9cde0, 0x5a6a95, 0x3a4468, 0xdadff2],
    [0xf6efdd, 0xeadcb6, 0xd0a455, 0x8f6b2c, 0xfaeecb],
];

impl Art {
    /// Adds a tile of `side` points with the picture on it to `parent`.
    pub(crate) fn add(self, ui: &mut Ui, parent: ViewId, side: f32, radius: f32) -> Tile {
        let (from, to) = self.tile();
        let view = View { class: "ArtView:UIView", ..View::plain() };
        let view = view.graded(from, to).round(radius).clipping();
        let tile = ui.add(parent, column().size(side, side), view);
        Tile { tile, drawing: Drawing::new(ui, tile, side, &self.shapes()) }
    }

    /// As [`Art::add`], with room for every other picture.
    pub(crate) fn add_recyclable(
        self,
        ui: &mut Ui,
        parent: ViewId,
        side: f32,
        radius: f32,
    ) -> Tile {
        let mut tile = self.add(ui, parent, side, radius);
        tile.drawing.make_room(ui, tile.tile, MAX_SHAPES);
        tile
    }

    /// The colours of the tile that the picture stands on.
    pub(crate) fn tile(self) -> (Color, Color) {
        let [from, to, ..] = self.colors();
        (from, to)
    }

    /// The colour of the ware itself.
    pub(crate) fn main(self) -> Color {
        let [_, _, main, ..] = self.colors();
        main
    }

    fn colors(self) -> [Color; 5] {
        COLORS[self.glaze % GLAZES].map(Color::rgb)
    }

    /// The picture, in a square of 100 × 100 units, from back to front.
    pub(crate) fn shapes(self) -> Vec<Shape> {
        let [.., main, dark, light] = self.colors();
        match self.ware {
            Ware::Mug => mug(main, dark),
            Ware::Vase => vase(main),
            Ware::Bowl => bowl(main, dark),
            Ware::Lamp => lamp(main, dark, light),
            Ware::Planter => planter(main, dark),
            Ware::Candle => candle(main, dark, light),
            Ware::Plate => plate(main, light),
            Ware::Cushion => cushion(main, light),
            Ware::Clock => clock(main, dark, light),
            Ware::Carafe => carafe(main, dark),
        }
    }
}

/// A tile with a picture, kept so that it can show another one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tile {
    tile: ViewId,
    drawing: Drawing,
}

impl Tile {
    /// Shows another picture with the same views.
    pub(crate) fn show(&self, ui: &mut Ui, art: Art) {
        let (from, to) = art.tile();
        ui.edit(self.tile, |view| {
            view.appearance.background = from;
            view.appearance.gradient = Gradient { end: to, ..view.appearance.gradient };
        });
        self.drawing.redraw(ui, &art.shapes());
    }
}

fn shadow(x: f32, width: f32) -> Shape {
    Shape::rect([x, 77.0, width, 7.0], 3.5, SHADOW)
}

/// A leaf around that middle that leans by so many degrees.
fn leaf([x, y]: [f32; 2], [width, height]: [f32; 2], lean: f32, color: Color) -> Shape {
    let frame = [x - width / 2.0, y - height / 2.0, width, height];
    let round = width / 2.0;
    let (left, right) = if lean > 0.0 { (1.5, round) } else { (round, 1.5) };
    Shape::cut(frame, [left, right, round, round], color).turned(lean)
}

fn mug(main: Color, dark: Color) -> Vec<Shape> {
    vec![
        shadow(24.0, 50.0),
        Shape::ring([58.0, 40.0, 26.0, 28.0], 13.0, 6.0, main),
        Shape::cut([24.0, 32.0, 46.0, 48.0], [6.0, 6.0, 18.0, 18.0], main),
        Shape::rect([28.0, 35.0, 38.0, 8.0], 4.0, dark),
    ]
}

fn vase(main: Color) -> Vec<Shape> {
    vec![
        shadow(30.0, 40.0),
        leaf([58.0, 26.0], [14.0, 26.0], 24.0, LEAF),
        leaf([42.5, 27.0], [13.0, 24.0], -24.0, LEAF_DARK),
        Shape::rect([41.0, 36.0, 18.0, 16.0], 4.0, main),
        Shape::cut([31.0, 44.0, 38.0, 37.0], [17.0, 17.0, 14.0, 14.0], main),
    ]
}

fn bowl(main: Color, dark: Color) -> Vec<Shape> {
    vec![
        shadow(30.0, 40.0),
        Shape::rect([39.0, 72.0, 22.0, 9.0], 3.0, dark),
        Shape::cut([17.0, 42.0, 66.0, 34.0], [3.0, 3.0, 17.0, 17.0], main),
        Shape::rect([16.0, 38.0, 68.0, 11.0], 5.5, dark),
    ]
}

fn lamp(main: Color, dark: Color, light: Color) -> Vec<Shape> {
    vec![
        Shape::rect([20.0, 26.0, 60.0, 46.0], 23.0, light),
        shadow(32.0, 36.0),
        Shape::rect([47.5, 48.0, 5.0, 32.0], 2.5, dark),
        Shape::rect([35.0, 75.0, 30.0, 6.0], 3.0, dark),
        Shape::cut([27.0, 20.0, 46.0, 30.0], [15.0, 15.0, 4.0, 4.0], main),
    ]
}

fn planter(main: Color, dark: Color) -> Vec<Shape> {
    vec![
        leaf([39.5, 36.0], [20.0, 36.0], -24.0, LEAF_DARK),
        leaf([61.0, 34.0], [21.0, 40.0], 24.0, LEAF),
        shadow(30.0, 40.0),
        Shape::cut([33.0, 52.0, 34.0, 29.0], [3.0, 3.0, 13.0, 13.0], main),
        Shape::rect([30.0, 48.0, 40.0, 9.0], 4.0, dark),
    ]
}

fn candle(main: Color, dark: Color, light: Color) -> Vec<Shape> {
    vec![
        Shape::rect([29.0, 6.0, 42.0, 42.0], 21.0, light),
        Shape::cut([44.0, 22.0, 12.0, 17.0], [6.0, 1.5, 6.0, 6.0], FLAME).turned(-20.0),
        Shape::rect([24.0, 76.0, 52.0, 6.0], 3.0, dark),
        Shape::rect([33.0, 42.0, 34.0, 36.0], 7.0, main),
    ]
}

fn plate(main: Color, light: Color) -> Vec<Shape> {
    vec![
        Shape::rect([17.0, 21.0, 66.0, 66.0], 33.0, SHADOW),
        Shape::rect([17.0, 17.0, 66.0, 66.0], 33.0, main),
        Shape::ring([27.0, 27.0, 46.0, 46.0], 23.0, 2.5, light),
        Shape::rect([41.0, 41.0, 18.0, 18.0], 9.0, light),
    ]
}

fn cushion(main: Color, light: Color) -> Vec<Shape> {
    vec![
        Shape::rect([23.0, 28.0, 56.0, 54.0], 15.0, SHADOW).turned(-7.0),
        Shape::rect([22.0, 23.0, 56.0, 54.0], 15.0, main).turned(-7.0),
        Shape::rect([22.5, 40.0, 55.0, 5.0], 0.0, light).turned(-7.0),
        Shape::rect([22.5, 54.0, 55.0, 5.0], 0.0, light).turned(-7.0),
    ]
}

fn clock(main: Color, dark: Color, light: Color) -> Vec<Shape> {
    vec![
        Shape::rect([18.0, 22.0, 64.0, 64.0], 32.0, SHADOW),
        Shape::rect([18.0, 18.0, 64.0, 64.0], 32.0, light),
        Shape::ring([18.0, 18.0, 64.0, 64.0], 32.0, 6.0, main),
        Shape::rect([48.0, 30.0, 4.5, 22.0], 2.0, dark),
        Shape::rect([48.0, 48.5, 18.0, 3.5], 1.5, dark),
    ]
}

fn carafe(main: Color, dark: Color) -> Vec<Shape> {
    vec![
        shadow(30.0, 40.0),
        Shape::rect([42.0, 24.0, 16.0, 30.0], 3.0, main),
        Shape::rect([40.0, 12.0, 20.0, 15.0], 7.0, dark),
        Shape::cut([30.0, 42.0, 40.0, 39.0], [15.0, 15.0, 13.0, 13.0], main),
    ]
}
