//! Retained views, as UIKit keeps them, and the capture of them.

mod chrome;
mod keyboard;
mod label;
mod node;

pub(crate) use chrome::{Shell, add_indicator, add_tabs, colors};
pub(crate) use keyboard::Keyboard;
use label::Label;
pub(crate) use label::font;
pub(crate) use node::{Node, picture};

use std::ops::{Index, IndexMut};
use viewreel_capture::{CaptureBuffer, Input, Text, View};
use viewreel_model::node::Geometry;
use viewreel_model::raw::ContentType;
use viewreel_model::record::Touch;
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, MaskAction, Point, Rect, Size};

/// The screen, in points.
pub(crate) const SCREEN: Size = Size::new(393.0, 852.0);

/// A view of a [`Scene`]; never given out twice, so it is the capture id too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(usize);

/// All views that were ever made, and the windows that are shown.
#[derive(Default)]
pub(crate) struct Scene {
    nodes: Vec<Node>,
    windows: Vec<(Key, f32)>,
}

impl Index<Key> for Scene {
    type Output = Node;

    fn index(&self, key: Key) -> &Node {
        &self.nodes[key.0]
    }
}

impl IndexMut<Key> for Scene {
    fn index_mut(&mut self, key: Key) -> &mut Node {
        &mut self.nodes[key.0]
    }
}

impl Scene {
    /// Makes a view that stands nowhere yet.
    pub(crate) fn make(&mut self, node: Node) -> Key {
        self.nodes.push(node);
        Key(self.nodes.len() - 1)
    }

    /// Makes a view and puts it in front of its siblings.
    pub(crate) fn add(&mut self, parent: Key, node: Node) -> Key {
        let key = self.make(node);
        self.attach(parent, key, usize::MAX);
        key
    }

    /// Puts a view under `parent`, `index` siblings behind it; it leaves the
    /// place where it stood.
    pub(crate) fn attach(&mut self, parent: Key, key: Key, index: usize) {
        self.detach(key);
        let siblings = &mut self[parent].children;
        siblings.insert(index.min(siblings.len()), key);
        self[key].parent = Some(parent);
    }

    /// Takes a view out of the tree; the app keeps it.
    pub(crate) fn detach(&mut self, key: Key) {
        if let Some(parent) = self[key].parent.take() {
            self[parent].children.retain(|&child| child != key);
        }
    }

    /// Shows a window.
    pub(crate) fn open_window(&mut self, root: Key, level: f32) {
        self.windows.push((root, level));
    }

    /// Takes a window off the screen.
    pub(crate) fn close_window(&mut self, root: Key) {
        self.windows.retain(|&(window, _)| window != root);
    }

    /// Changes what a view says.
    pub(crate) fn say(&mut self, key: Key, text: &str) {
        if let Some(label) = &mut self[key].label {
            text.clone_into(&mut label.text);
        }
    }

    /// How far the text of a view reaches to the right, in points.
    pub(crate) fn text_end(&self, key: Key) -> f32 {
        let node = &self[key];
        node.label.as_ref().map_or(0.0, |label| label.end(node.frame.size))
    }

    /// Moves a view to another frame of the same size.
    pub(crate) fn place(&mut self, key: Key, x: f32, y: f32) {
        self[key].frame.origin = Point::new(x, y);
    }

    /// Changes the opacity of a view, 0 … 1.
    pub(crate) fn fade(&mut self, key: Key, opacity: f32) {
        self[key].appearance.alpha = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
    }

    /// Reads all views into `buffer`, as a capturer does.
    pub(crate) fn capture(&self, buffer: &mut CaptureBuffer) {
        buffer.clear();
        for &(root, level) in &self.windows {
            buffer.begin_window(SceneId::default(), level);
            self.capture_below(root, buffer);
        }
    }

    /// A finger, of which the platform says no more than that it is in the window.
    pub(crate) fn touched(&self, touch: Touch) -> Input<'static> {
        let root = self.windows.first().map_or(0, |(root, _)| root.0 as u64 + 1);
        Input::Touch { view: CaptureId(root), touch }
    }

    fn capture_below(&self, key: Key, buffer: &mut CaptureBuffer) {
        let node = &self[key];
        buffer.open(&view(key, node));
        for &child in &node.children {
            self.capture_below(child, buffer);
        }
        buffer.close();
    }
}

fn view(key: Key, node: &Node) -> View<'_> {
    View {
        id: CaptureId(key.0 as u64 + 1),
        generation: node.generation,
        kind: node.kind,
        class_chain: node.class,
        controller: node.controller,
        identifier: node.identifier,
        geometry: geometry(node),
        appearance: node.appearance,
        text: node.label.as_ref().map(|label| text(label, node.frame.size)),
        picture: node.picture,
        control: node.control,
        // Or a field would be masked while something is typed into it.
        override_action: (node.content_type == ContentType::None).then_some(MaskAction::Keep),
        content_type: node.content_type,
        secure: false,
        was_sensitive: false,
        unchanged: false,
    }
}

fn geometry(node: &Node) -> Geometry {
    let radius = node.radii[0];
    let shorter = node.frame.size.width.min(node.frame.size.height);
    Geometry {
        bounds: Rect { origin: node.scroll, size: node.frame.size },
        transform: node.transform,
        clips: node.clips,
        corner_radii: node.radii,
        continuous_corners: node.kind != Kind::Shape && radius > 0.0 && radius < 0.45 * shorter,
        ..Geometry::from_frame(node.frame)
    }
}

fn text(label: &Label, size: Size) -> Text<'_> {
    Text {
        role: label.role(),
        size: label.font.size,
        weight: label.font.weight,
        color: label.ink(),
        alignment: label.alignment,
        text: label.shown(),
        frame: Rect::new(0.0, 0.0, size.width, size.height),
        max_lines: label.max_lines,
        vertical: label.vertical(),
        ..Text::default()
    }
}
