//! Guesses how the nodes of a dump are painted: it tells no colours.
//!
//! A light neutral palette: roots are white; what reacts to touches and is
//! smaller than a third of the screen lies on a faint card; rows are white;
//! pictures and icons are grey boxes, fainter where they are a ground for others;
//! buttons with text have a grey-blue fill; fields a grey one; views of at most
//! 2 pt are separators. Text is dark, in buttons blue.

use super::classes;
use super::matcher::Identity;
use super::screen::Screen;
use super::tree::{Node, Tree};
use crate::fit::{Style, fit};
use crate::preorder;
use viewreel_capture::{CaptureBuffer, Picture, Text, View};
use viewreel_model::node::{Alignment, Appearance, Color, Control, Geometry, TextRole, control};
use viewreel_model::viewport::SceneId;
use viewreel_model::{Kind, Point, Rect, Size};
use viewreel_text::Inter;

const INK: Color = Color::rgb(0x001f_2328);
const BUTTON_INK: Color = Color::rgb(0x001a_56b0);
const DISABLED: Color = Color::rgb(0x009a_a0a6);
const CARD: Color = Color::rgb(0x00f4_f5f7);
const BUTTON: Color = Color::rgb(0x00e3_e9f3);
const FIELD: Color = Color::rgb(0x00ec_eef1);
const BAR: Color = Color::rgb(0x00fa_fafb);
const SEPARATOR: Color = Color::rgb(0x00dd_dfe3);
const ICON: Color = Color::rgb(0x00c3_c8d0);
const PICTURE: Color = Color::rgb(0x00d3_d7dd);
const BACKDROP: Color = Color::rgb(0x00ee_f0f3);

/// Up to this share of the screen something that reacts to touches is a card.
const CARD_SHARE: f32 = 0.33;
/// From this share of the screen on a picture is a backdrop.
const BACKDROP_SHARE: f32 = 0.4;
/// Largest icon, in points.
const ICON_SIZE: f32 = 40.0;
/// Thickest separator, in points.
const HAIRLINE: f32 = 2.0;
/// Frames higher than this hold more than one line or much room, in points.
const ONE_LINE: f32 = 40.0;

/// A tree on its screen.
pub(crate) struct Looks<'a> {
    pub tree: &'a Tree,
    pub screen: &'a Screen,
}

impl Looks<'_> {
    /// Puts the tree into the buffer.
    pub(crate) fn fill(&self, buffer: &mut CaptureBuffer, identities: &[Identity]) {
        let parents = self.tree.nodes.iter().map(|node| node.parent);
        preorder::fill(buffer, parents, |buffer, index| {
            if let (Some(node), Some(&identity)) =
                (self.tree.nodes.get(index), identities.get(index))
            {
                self.open(buffer, node, identity);
            }
        });
    }

    fn open(&self, buffer: &mut CaptureBuffer, node: &Node, identity: Identity) {
        if node.parent.is_none() {
            buffer.begin_window(SceneId(0), 0.0);
        }
        let frame = self.screen.rect(node.edges);
        let chain = classes::chain(&node.class);
        buffer.open(&View {
            id: identity.id,
            generation: identity.generation,
            kind: node.kind,
            class_chain: &chain,
            controller: if node.parent.is_none() { &self.tree.activity } else { "" },
            identifier: &node.resource_id,
            geometry: self.geometry(node, frame),
            appearance: Appearance {
                background: self.background(node, frame.size),
                hidden: node.is_hidden,
                ..Appearance::default()
            },
            text: text(node, frame.size),
            picture: self.picture(node, frame.size),
            control: state(node),
            secure: node.is('p'),
            ..View::default()
        });
    }

    fn geometry(&self, node: &Node, frame: Rect) -> Geometry {
        let parent = node.parent.and_then(|parent| self.tree.nodes.get(parent));
        let above = parent.map_or(Point::ZERO, |parent| self.screen.rect(parent.edges).origin);
        let origin = Point::new(frame.origin.x - above.x, frame.origin.y - above.y);
        let mut geometry = Geometry::from_frame(Rect { origin, size: frame.size });
        geometry.clips = matches!(node.kind, Kind::List | Kind::Scroll) || node.parent.is_none();
        geometry.corner_radii = [radius(node, frame.size); 4];
        geometry
    }

    /// Share of the screen that a size takes.
    fn share(&self, size: Size) -> f32 {
        let screen = self.screen.size();
        size.width * size.height / (screen.width * screen.height).max(1.0)
    }

    fn background(&self, node: &Node, size: Size) -> Color {
        let (thin, long) = (size.width.min(size.height), size.width.max(size.height));
        let is_separator = thin > 0.0 && thin <= HAIRLINE && long >= 8.0 * HAIRLINE;
        let is_card = node.is('c') && self.share(size) <= CARD_SHARE;
        match node.kind {
            _ if node.parent.is_none() => Color::WHITE,
            Kind::View if is_separator => SEPARATOR,
            Kind::Button if !node.text.is_empty() => BUTTON,
            Kind::TextInput | Kind::SearchBar | Kind::Picker => FIELD,
            Kind::NavigationBar | Kind::TabBar | Kind::Toolbar => BAR,
            Kind::View | Kind::Cell if is_card => CARD,
            Kind::Cell => Color::WHITE,
            _ => Color::CLEAR,
        }
    }

    fn picture(&self, node: &Node, size: Size) -> Picture {
        let is_icon = size.width.max(size.height) <= ICON_SIZE;
        let average = match node.kind {
            Kind::Image if is_icon => ICON,
            Kind::Image if self.share(size) >= BACKDROP_SHARE || is_band(size) => BACKDROP,
            Kind::Image => PICTURE,
            Kind::Button if node.text.is_empty() => ICON,
            _ => Color::CLEAR,
        };
        Picture { object: Inter::picture(0, average), ..Picture::default() }
    }
}

/// Whether a picture is so wide that it must be the ground of a bar.
fn is_band(size: Size) -> bool {
    size.width >= 4.0 * size.height && size.width > 4.0 * ICON_SIZE
}

/// The text of a node. Nobody sees that of a hidden one, but it is kept, so that
/// masking treats it like any other.
fn text(node: &Node, size: Size) -> Option<Text<'_>> {
    if node.text.trim().is_empty() {
        return None;
    }
    let side = if node.kind == Kind::TextInput && size.width > 60.0 { 8.0 } else { 0.0 };
    let frame = Rect::new(side, 0.0, size.width - 2.0 * side, size.height);
    let is_written = node.kind.is_editable() || node.kind.is_input_control();
    let color = match node.kind {
        _ if !node.is('e') => DISABLED,
        Kind::Button => BUTTON_INK,
        _ => INK,
    };
    Some(Text {
        role: if is_written { TextRole::Input } else { TextRole::Static },
        color,
        ..fit(&node.text, frame, &style(node, size))
    })
}

fn style(node: &Node, size: Size) -> Style {
    let is_button = node.kind == Kind::Button;
    Style {
        weight: if is_button || node.is('S') { 500 } else { 400 },
        alignment: if is_button { Alignment::Center } else { Alignment::Left },
        cap: if size.height > ONE_LINE { 16.0 } else { 20.0 },
        line_share: 1.33,
    }
}

fn radius(node: &Node, size: Size) -> f32 {
    let most = size.width.min(size.height) / 2.0;
    let radius: f32 = match node.kind {
        Kind::Button => 8.0,
        Kind::TextInput | Kind::SearchBar | Kind::Image | Kind::Picker => 6.0,
        Kind::View if node.is('c') => 8.0,
        _ => 0.0,
    };
    radius.min(most)
}

fn state(node: &Node) -> Control {
    let flags = [
        (control::DISABLED, !node.is('e')),
        (control::ON, node.is('K') || node.is('S')),
        (control::FOCUSED, node.is('f')),
        (control::TAPPABLE, node.is('c') || node.is('l')),
    ];
    let flags = flags.iter().filter(|(_, is_set)| *is_set).fold(0, |all, (bit, _)| all | bit);
    Control { flags, ..Control::default() }
}
