//! Guesses how elements are painted: XCUITest tells no colours.
//!
//! The result is a plain light iOS screen, enough to recognise the screen by
//! and never more: the first window is white, lists are grouped grey with
//! white rows, views of at most 2 points are separators, bars stand
//! in front of their siblings, text in buttons is tinted, wide buttons get a
//! tinted fill, fields a grey one, pictures are grey boxes, alerts are white
//! cards with a shadow.

use super::element::Element;
use crate::fit::{Style, has_room};
use viewreel_capture::Picture;
use viewreel_model::node::{Alignment, Appearance, Border, Color, Geometry, Shadow, TextRole};
use viewreel_model::{Kind, Point, Rect, Size};
use viewreel_text::Inter;

/// Thickest separator, in points.
pub(crate) const HAIRLINE: f32 = 2.0;

const GROUPED: Color = Color::rgb(0x00f2_f2f7);
const SEPARATOR: Color = Color::rgb(0x00c6_c6c8);
const TINT: Color = Color::rgb(0x0000_7aff);
const TINTED_FILL: Color = Color(0x007a_ff1f);
const FIELD_FILL: Color = Color(0x7676_801f);
const SECONDARY: Color = Color::rgb(0x008a_8a8e);
const HINT: Color = Color(0x3c3c_434d);
const DISABLED: Color = Color(0x3c3c_434d);
/// Navigation bars look like a grouped page, so that none cuts it in two.
const BAR: Color = GROUPED;
const PICTURE: Color = Color::rgb(0x00d1_d1d6);
const GLYPH: Color = Color::rgb(0x00c4_c4c7);

/// From this height on a navigation bar shows a large title over the page's
/// own ground, in points.
const LARGE_TITLE_BAR: f32 = 90.0;
/// Smallest width of a button that is filled, in points.
const FILLED_WIDTH: f32 = 200.0;
/// Heights of buttons that are filled, in points.
const FILLED_HEIGHT: std::ops::RangeInclusive<f32> = 40.0..=64.0;

/// How one element is painted.
pub(crate) struct Paint {
    pub kind: Kind,
    pub geometry: Geometry,
    pub appearance: Appearance,
    pub picture: Picture,
}

/// What an element's place among the others says about its looks.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    is_first_window: bool,
    is_in_button: bool,
    is_in_cell: bool,
    is_in_list: bool,
    is_in_bar: bool,
    /// Not the first text of its cell: a value or a subtitle.
    is_detail: bool,
}

/// The places of all elements on a screen.
pub(crate) struct Look {
    places: Vec<Place>,
    screen: Size,
}

impl Look {
    /// Looks at every element once. O(elements).
    pub(crate) fn of(elements: &[Element], screen: Size) -> Self {
        let mut places: Vec<Place> = Vec::with_capacity(elements.len());
        let mut cell_texts = vec![0_u32; elements.len()];
        let mut cells: Vec<Option<usize>> = Vec::with_capacity(elements.len());
        for (index, element) in elements.iter().enumerate() {
            let above = element.parent.and_then(|p| Some((elements.get(p)?, *places.get(p)?)));
            let mut place =
                above.map_or_else(Place::default, |(parent, place)| place.below(parent.kind));
            place.is_first_window = index == 0;
            let cell = if element.kind == Kind::Cell {
                Some(index)
            } else {
                element.parent.and_then(|parent| cells.get(parent).copied().flatten())
            };
            if element.kind == Kind::Text
                && let Some(count) = cell.and_then(|cell| cell_texts.get_mut(cell))
            {
                place.is_detail = *count > 0;
                *count += 1;
            }
            cells.push(cell);
            places.push(place);
        }
        Self { places, screen }
    }

    fn place(&self, index: usize) -> Place {
        self.places.get(index).copied().unwrap_or_default()
    }

    /// Kind, geometry, paint and picture of an element.
    pub(crate) fn paint(&self, index: usize, element: &Element) -> Paint {
        let frame = element.frame;
        let origin = Point::new(
            frame.origin.x - element.parent_origin.x,
            frame.origin.y - element.parent_origin.y,
        );
        let is_glyph = self.is_glyph(index, element);
        let mut geometry = Geometry::from_frame(Rect { origin, size: frame.size });
        geometry.clips = matches!(element.kind, Kind::List | Kind::Scroll);
        geometry.corner_radii = [self.corner_radius(element); 4];
        geometry.continuous_corners = true;
        Paint {
            kind: if is_glyph { Kind::Symbol } else { element.kind },
            geometry,
            appearance: self.appearance(index, element),
            picture: picture(element, is_glyph),
        }
    }

    /// Whether a button is too small for its label, and so must be an icon.
    fn is_glyph(&self, index: usize, element: &Element) -> bool {
        let size = element.frame.size;
        element.kind == Kind::Button
            && element.is_leaf(index)
            && !has_room(&element.label, size, &self.style(index, element))
    }

    fn appearance(&self, index: usize, element: &Element) -> Appearance {
        Appearance {
            background: self.background(index, element),
            border: Border::default(),
            shadow: if element.kind == Kind::Alert { card_shadow() } else { Shadow::default() },
            z: order(element.kind),
            hidden: element.is_hidden,
            ..Appearance::default()
        }
    }

    fn background(&self, index: usize, element: &Element) -> Color {
        let place = self.place(index);
        match element.kind {
            _ if place.is_first_window => Color::WHITE,
            Kind::View if is_hairline(element.frame.size) && element.is_leaf(index) => SEPARATOR,
            Kind::List => GROUPED,
            Kind::Cell | Kind::Alert | Kind::Menu => Color::WHITE,
            Kind::NavigationBar if element.frame.size.height >= LARGE_TITLE_BAR => Color::CLEAR,
            Kind::NavigationBar | Kind::TabBar | Kind::Toolbar => BAR,
            Kind::TextInput | Kind::SearchBar if !place.is_in_cell => FIELD_FILL,
            Kind::Button if is_filled(element, place) => TINTED_FILL,
            _ => Color::CLEAR,
        }
    }

    fn corner_radius(&self, element: &Element) -> f32 {
        let size = element.frame.size;
        let is_inset = element.frame.origin.x >= 8.0 && size.width < self.screen.width - 8.0;
        match element.kind {
            Kind::Cell if is_inset => 10.0,
            Kind::Alert | Kind::Menu => 14.0,
            Kind::TextInput | Kind::SearchBar => 8.0,
            Kind::Button => 12.0_f32.min(size.height / 2.0),
            Kind::Image => (size.width.min(size.height) * 0.22).min(8.0),
            _ => 0.0,
        }
    }

    /// How the text of an element is set.
    pub(crate) fn style(&self, index: usize, element: &Element) -> Style {
        let place = self.place(index);
        let is_large =
            element.frame.size.height >= 36.0 && !place.is_in_cell && !place.is_in_button;
        let (weight, cap) = match element.kind {
            Kind::Text if place.is_in_bar && is_large => (700, 34.0),
            Kind::Text if place.is_in_bar => (600, 17.0),
            Kind::Text => (400, 34.0),
            Kind::View => (400, 13.0),
            Kind::Button if is_filled(element, place) => (600, 17.0),
            _ => (400, 17.0),
        };
        let alignment = match element.kind {
            Kind::Button if !place.is_in_list => Alignment::Center,
            Kind::Text if place.is_in_bar && !is_large => Alignment::Center,
            Kind::Text if place.is_in_button => Alignment::Center,
            _ => Alignment::Left,
        };
        Style { weight, alignment, cap, line_share: 1.2 }
    }

    /// Ink of the text of an element.
    pub(crate) fn ink(&self, index: usize, element: &Element, role: TextRole) -> Color {
        let place = self.place(index);
        match element.kind {
            _ if role == TextRole::Hint => HINT,
            _ if !element.is_enabled => DISABLED,
            Kind::Button => TINT,
            Kind::Text if place.is_in_button => TINT,
            Kind::Text if place.is_in_cell && place.is_detail => SECONDARY,
            Kind::View => SECONDARY,
            _ => Color::BLACK,
        }
    }
}

impl Place {
    /// The place of a child of an element of that kind.
    fn below(self, parent: Kind) -> Self {
        Self {
            is_first_window: false,
            is_detail: false,
            is_in_button: self.is_in_button || parent == Kind::Button,
            is_in_cell: self.is_in_cell || parent == Kind::Cell,
            is_in_list: self.is_in_list || matches!(parent, Kind::List | Kind::Cell),
            is_in_bar: self.is_in_bar || parent == Kind::NavigationBar,
        }
    }
}

/// Where the text of an element stands, in its own bounds space: fields, rows
/// and section headers leave room at their sides.
pub(crate) fn text_frame(element: &Element) -> Rect {
    let Size { width, height } = element.frame.size;
    let inset = match element.kind {
        Kind::Cell => 20.0,
        Kind::View if width >= 200.0 => 20.0,
        Kind::TextInput if element.type_name != "TextView" => 8.0,
        Kind::SearchBar => 28.0,
        _ => 0.0,
    };
    let inset = if width > 3.0 * inset { inset } else { 0.0 };
    Rect::new(inset, 0.0, width - 2.0 * inset, height)
}

/// Bars stand in front of the page below them, which XCUITest lists later.
fn order(kind: Kind) -> f32 {
    match kind {
        Kind::NavigationBar | Kind::TabBar | Kind::Toolbar => 1.0,
        Kind::Alert | Kind::Menu => 2.0,
        Kind::Keyboard => 3.0,
        _ => 0.0,
    }
}

fn is_hairline(size: Size) -> bool {
    let (thin, long) = (size.width.min(size.height), size.width.max(size.height));
    thin > 0.0 && thin <= HAIRLINE && long >= 8.0 * HAIRLINE
}

fn is_filled(element: &Element, place: Place) -> bool {
    let size = element.frame.size;
    let is_free = !place.is_in_cell && !place.is_in_bar;
    is_free
        && element.is_enabled
        && size.width >= FILLED_WIDTH
        && FILLED_HEIGHT.contains(&size.height)
}

fn card_shadow() -> Shadow {
    Shadow { color: Color(0x0000_0033), radius: 20.0, offset: Point::new(0.0, 4.0) }
}

fn picture(element: &Element, is_glyph: bool) -> Picture {
    match element.kind {
        Kind::Image => Picture { object: Inter::picture(0, PICTURE), ..Picture::default() },
        _ if is_glyph => {
            let tint = if element.is_enabled { TINT } else { GLYPH };
            let object = Inter::picture(1, Color::CLEAR);
            Picture { object, is_template: true, tint, content_mode: 1, ..Picture::default() }
        }
        _ => Picture::default(),
    }
}
