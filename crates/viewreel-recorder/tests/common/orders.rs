//! A screen with a list of orders, such as most apps show most of the time.
#![allow(dead_code, reason = "tests and the bench use a part of it each")]

use viewreel_capture::{CaptureBuffer, Picture, Text, View};
use viewreel_model::content::PictureObject;
use viewreel_model::node::{Color, Control, Geometry, TextRole, control};
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, Rect};

/// Nodes around the rows, and of each row.
const FRAME_NODES: u32 = 5;
const ROW_NODES: u32 = 5;

/// Of so many rows one says something else in each frame: one in twenty nodes.
const ROWS_TO_A_CHANGE: u32 = 4;

/// Words come again after so many frames: a segment remembers what it has not said
/// before, and only that.
const WORDS: u32 = 60;

/// The screen with about so many nodes, `n` frames after the first.
pub(crate) fn orders(nodes: u32, n: u32) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), 0.0);
    buffer.open(&window());
    add_bar(&mut buffer);
    let list = view(2, "UITableView:UIScrollView:UIView", Rect::new(0.0, 90.0, 393.0, 700.0));
    let mut geometry = list.geometry;
    geometry.bounds.origin.y = 120.0;
    buffer.open(&View { kind: Kind::List, geometry, ..list });
    (0..(nodes - FRAME_NODES) / ROW_NODES).for_each(|row| add_row(&mut buffer, row, n));
    buffer.close();
    buffer.close();
    buffer
}

/// The same screen where the host says that nothing changed since the frame before.
pub(crate) fn unchanged_orders() -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), 0.0);
    buffer.leaf(&View { unchanged: true, ..window() });
    buffer
}

fn window() -> View<'static> {
    let screen = Rect::new(0.0, 0.0, 393.0, 852.0);
    View { kind: Kind::View, ..view(1, "UIWindow:UIView", screen) }
}

/// The title, and a field to search in.
fn add_bar(buffer: &mut CaptureBuffer) {
    let bar = view(3, "UINavigationBar:UIView", Rect::new(0.0, 0.0, 393.0, 90.0));
    buffer.open(&View { kind: Kind::NavigationBar, ..bar });
    add_text(buffer, 4, "Your orders", TextRole::Static, Rect::new(16.0, 50.0, 200.0, 30.0));
    add_text(buffer, 5, "shoes in 42", TextRole::Input, Rect::new(230.0, 50.0, 140.0, 30.0));
    buffer.close();
}

fn add_row(buffer: &mut CaptureBuffer, row: u32, n: u32) {
    let id = 10 + u64::from(row * ROW_NODES);
    let frame = Rect::new(0.0, row as f32 * 64.0, 393.0, 64.0);
    let cell = view(id, "OrderCell:UITableViewCell:UIView", frame);
    buffer.open(&View { kind: Kind::Cell, identifier: "orders.row", ..cell });
    let title = format!("Order {} for Ada", 1_000 + row);
    add_text(buffer, id + 1, &title, TextRole::Static, Rect::new(70.0, 8.0, 230.0, 22.0));
    let changed_at = n.saturating_sub((row + n) % ROWS_TO_A_CHANGE);
    let state = format!("on its way, in {} minutes, 12.50 €", WORDS - changed_at % WORDS);
    add_text(buffer, id + 2, &state, TextRole::Static, Rect::new(70.0, 32.0, 230.0, 20.0));
    let photo = view(id + 3, "UIImageView:UIView", Rect::new(8.0, 8.0, 48.0, 48.0));
    let picture = Picture { object: PictureObject(u64::from(row) + 1), ..Picture::default() };
    buffer.leaf(&View { kind: Kind::Image, picture, ..photo });
    let state = Control { flags: control::TAPPABLE | control::ON, ..Control::default() };
    let switch = view(id + 4, "UISwitch:UIControl:UIView", Rect::new(320.0, 16.0, 51.0, 31.0));
    buffer.leaf(&View { kind: Kind::Switch, control: state, ..switch });
    buffer.close();
}

fn add_text(buffer: &mut CaptureBuffer, id: u64, says: &str, role: TextRole, frame: Rect) {
    let is_input = role == TextRole::Input;
    let (kind, class) = match is_input {
        true => (Kind::TextInput, "UITextField:UIControl:UIView"),
        false => (Kind::Text, "UILabel:UIView"),
    };
    let color = Color::rgb(0x1c1c1e);
    let font = "Avenir-Heavy";
    let text = Text { role, font, size: 17.0, color, text: says, ..Text::default() };
    buffer.leaf(&View { kind, text: Some(text), ..view(id, class, frame) });
}

fn view(id: u64, class_chain: &str, frame: Rect) -> View<'_> {
    let geometry = Geometry::from_frame(frame);
    View { id: CaptureId(id), class_chain, geometry, ..View::default() }
}
