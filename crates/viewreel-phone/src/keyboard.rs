//! The software keyboard: a window of its own that slides up, and the field
//! that it types into.

use crate::action::Action;
use crate::keys::{self, KEYBOARD_HEIGHT, Key, Layer, Press};
use crate::look::{Font, INK, SCREEN};
use crate::stage::{Signal, Stage};
use crate::ui::{Boxed, Curve, Label, Property, View, ViewId, column, fill};
use viewreel_model::node::control;
use viewreel_model::{Color, Kind, Rect, record};

/// UIKit's level of the window that the keyboard stands in.
const KEYBOARD_LEVEL: f32 = 10_000_000.0;
/// How long it slides, in milliseconds.
const SLIDE_MS: u64 = 300;

const BOARD: Color = Color::rgb(0xd3d5da);
const WHITE_KEY: Color = Color::WHITE;
const GREY_KEY: Color = Color::rgb(0xb2b6be);
const KEY_SHADE: Color = Color(0x0000_0040);
const LETTER: Font = Font { size: 22.0, weight: 400, color: INK };
const WORD: Font = Font { size: 15.0, weight: 400, color: INK };

/// The keyboard. It has views only while it is up.
#[derive(Default)]
pub(crate) struct Keyboard {
    open: Option<Board>,
    field: Option<ViewId>,
}

struct Board {
    root: ViewId,
    board: ViewId,
    keys: Vec<(Key, ViewId)>,
}

impl Keyboard {
    /// Types into `field` from now on, with the keys of `layer`.
    pub(crate) fn focus(&mut self, stage: &mut Stage, field: ViewId, layer: Layer) {
        self.blur(stage);
        self.field = Some(field);
        stage.ui.edit(field, |view| view.set_flag(control::FOCUSED, true));
        if self.open.is_none() {
            self.open = Some(slide_up(stage));
        }
        self.show_layer(stage, layer);
    }

    /// Takes the attention off the field and slides down.
    pub(crate) fn close(&mut self, stage: &mut Stage) {
        self.blur(stage);
        let Some(open) = self.open.take() else { return };
        let then = Some(Action::CloseWindow(open.root));
        let way = (0.0, KEYBOARD_HEIGHT);
        stage.animate(open.board, Property::ShiftY, way, (SLIDE_MS, Curve::InOut), then);
        stage.signal(Signal::Keyboard(record::Keyboard::default()));
    }

    /// Presses the key in that slot. Returns the field where its text changed.
    pub(crate) fn press(&mut self, stage: &mut Stage, slot: usize) -> Option<ViewId> {
        let (key, _) = *self.open.as_ref()?.keys.get(slot)?;
        match key.press {
            Press::Type(letter) => return self.edit(stage, |text| text.push(letter)),
            Press::Delete => return self.edit(stage, |text| text.truncate(before_last(text))),
            Press::Switch(layer) => self.show_layer(stage, layer),
            Press::Done => self.close(stage),
            Press::Shift => {}
        }
        None
    }

    /// The view of the key that does `press`, where this layer has one.
    pub(crate) fn key(&self, press: Press) -> Option<ViewId> {
        let keys = &self.open.as_ref()?.keys;
        keys.iter().find(|(key, _)| key.press == press).map(|&(_, view)| view)
    }

    fn blur(&mut self, stage: &mut Stage) {
        if let Some(field) = self.field.take() {
            stage.ui.edit(field, |view| view.set_flag(control::FOCUSED, false));
        }
    }

    fn edit(&self, stage: &mut Stage, change: impl FnOnce(&mut String)) -> Option<ViewId> {
        let field = self.field?;
        let mut text = stage.ui.view(field).label.as_ref()?.text.clone();
        change(&mut text);
        stage.ui.say(field, &text);
        Some(field)
    }

    fn show_layer(&mut self, stage: &mut Stage, layer: Layer) {
        let Some(open) = &mut self.open else { return };
        let keys = keys::keys(layer, SCREEN.width);
        let is_same = open.keys.iter().map(|(key, _)| *key).eq(keys.iter().copied());
        if is_same {
            return;
        }
        for (_, view) in open.keys.drain(..) {
            stage.ui.destroy(view);
        }
        for (slot, key) in keys.into_iter().enumerate() {
            open.keys.push((key, add_key(stage, open.board, slot, &key)));
        }
    }
}

/// Where the last character begins, in bytes.
fn before_last(text: &str) -> usize {
    text.char_indices().last().map_or(0, |(index, _)| index)
}

fn slide_up(stage: &mut Stage) -> Board {
    let root = View::new(Kind::View, "UIRemoteKeyboardWindow:UITextEffectsWindow:UIWindow:UIView");
    let root = stage.ui.create(fill(), root);
    stage.ui.open_window(root, KEYBOARD_LEVEL);
    let top = SCREEN.height - KEYBOARD_HEIGHT;
    let view = View::new(Kind::Keyboard, "UIKeyboard:UIView").filled(BOARD).clipping();
    let style = column().place(0.0, top, SCREEN.width, KEYBOARD_HEIGHT);
    let board = stage.ui.add(root, style, view);
    let way = (KEYBOARD_HEIGHT, 0.0);
    stage.animate(board, Property::ShiftY, way, (SLIDE_MS, Curve::Out), None);
    let frame = Rect::new(0.0, top, SCREEN.width, KEYBOARD_HEIGHT);
    stage.signal(Signal::Keyboard(record::Keyboard { is_visible: true, frame }));
    Board { root, board, keys: Vec::new() }
}

fn add_key(stage: &mut Stage, board: ViewId, slot: usize, key: &Key) -> ViewId {
    let font = if key.face().chars().count() == 1 { LETTER } else { WORD };
    let color = if key.is_letter() { WHITE_KEY } else { GREY_KEY };
    let view = View::new(Kind::Button, "UIKBKeyView:UIView").filled(color).round(5.0);
    let view = view.shadowed(KEY_SHADE, 1.0).on_tap(Action::Key(slot));
    let view = view.with_label(Label::new(key.face(), font).centered());
    let Rect { origin, size } = key.frame;
    stage.ui.add(board, column().place(origin.x, origin.y, size.width, size.height), view)
}
