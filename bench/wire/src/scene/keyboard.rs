//! The software keyboard: a window of its own whose keys are captured and
//! replaced by the masking.

use super::{Key, Node, SCREEN, Scene, font};
use viewreel_model::{Color, Kind, Point, Rect};

const HEIGHT: f32 = 336.0;
const LEVEL: f32 = 10_000_000.0;
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

/// A keyboard that can come and go.
pub(crate) struct Keyboard {
    root: Key,
    board: Key,
}

impl Keyboard {
    /// Makes the views of a keyboard.
    pub(crate) fn make(scene: &mut Scene) -> Self {
        let full = [0.0, 0.0, SCREEN.width, SCREEN.height];
        let class = "UIRemoteKeyboardWindow:UITextEffectsWindow:UIWindow:UIView";
        let root = scene.make(Node::system(class, full));
        let container = scene.add(root, Node::system("UIInputSetContainerView:UIView", full));
        let frame = [0.0, SCREEN.height, SCREEN.width, HEIGHT];
        let host = Node::system("UIInputSetHostView:UIView", frame);
        let host = scene.add(container, host);
        let board = [0.0, 0.0, SCREEN.width, HEIGHT];
        let node = Node::new(Kind::Keyboard, "UIKeyboard:UIView", board);
        let keys = scene.add(host, node.filled(Color::rgb(0xd3d5da)));
        add_keys(scene, keys);
        Self { root, board: host }
    }

    /// Shows it, below the screen.
    pub(crate) fn open(&self, scene: &mut Scene) {
        scene.open_window(self.root, LEVEL);
    }

    /// Moves it up to that part of its height, 0 … 1.
    pub(crate) fn raise(&self, scene: &mut Scene, part: f32) {
        scene.place(self.board, 0.0, SCREEN.height - part * HEIGHT);
    }

    /// Takes it away.
    pub(crate) fn close(&self, scene: &mut Scene) {
        scene.close_window(self.root);
    }

    /// Where it stands while it is up.
    pub(crate) fn frame() -> Rect {
        Rect::new(0.0, SCREEN.height - HEIGHT, SCREEN.width, HEIGHT)
    }

    /// Where the key of a letter is on the screen.
    pub(crate) fn key(letter: char) -> Point {
        let letter = letter.to_ascii_lowercase();
        let found = ROWS.iter().enumerate().find_map(|(row, keys)| Some((row, keys.find(letter)?)));
        let (row, column) = found.unwrap_or((3, 5));
        let frame = key_frame(row, column);
        Point::new(frame[0] + 16.0, Self::frame().origin.y + frame[1] + 21.0)
    }
}

fn key_frame(row: usize, column: usize) -> [f32; 4] {
    let indent = [3.0, 22.0, 61.0, 3.0][row];
    [indent + column as f32 * 39.0, 12.0 + row as f32 * 54.0, 33.0, 42.0]
}

fn add_keys(scene: &mut Scene, board: Key) {
    for (row, keys) in ROWS.iter().enumerate() {
        for (column, letter) in keys.char_indices() {
            let frame = key_frame(row, column);
            let node = Node::new(Kind::Button, "UIKBKeyView:UIView", frame).filled(Color::WHITE);
            let key = scene.add(board, node.round(5.0).shadowed(1.0));
            let [_, _, width, height] = frame;
            let face = Node::label(&letter.to_string(), font(22.0, 400), [0.0, 0.0, width, height]);
            scene.add(key, face.centered());
        }
    }
}
