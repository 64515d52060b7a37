//! A keypad that asks for a number nobody may see.

use super::open_screen;
use crate::action::{Action, Tap};
use crate::app::App;
use crate::look::{INK, LINE, SURFACE, TITLE, button_label, section_title};
use crate::phone::Phone;
use crate::stage::Stage;
use crate::ui::{Boxed, Ui, View, ViewId, column, row};
use viewreel_model::{Kind, MaskAction};

/// Digits of a number.
const DIGITS: usize = 4;

/// What the keys are called, by their digits.
const NAMES: [&str; 10] =
    ["pin.0", "pin.1", "pin.2", "pin.3", "pin.4", "pin.5", "pin.6", "pin.7", "pin.8", "pin.9"];

/// The keypad. Everything that shows which keys were pressed stands in one masked
/// view.
pub(crate) struct Keypad {
    dots: Vec<ViewId>,
    pressed: usize,
}

impl Keypad {
    pub(crate) fn launch(stage: &mut Stage) -> Self {
        let root = open_screen(stage, "PinViewController");
        let ui = &mut stage.ui;
        section_title(ui, root, "Your number, please");
        let view = View { class: "PinPad:UIView", ..View::plain() }.masked(MaskAction::Mask);
        let pad = ui.add(root, column().gap(12.0), view);
        let line = ui.add(pad, row().height(24.0).gap(16.0), View::plain());
        let dots = (0..DIGITS).map(|_| add_dot(ui, line)).collect();
        for digits in [[1, 2, 3].as_slice(), &[4, 5, 6], &[7, 8, 9], &[0]] {
            let line = ui.add(pad, row().gap(12.0), View::plain());
            digits.iter().for_each(|&digit| add_key(ui, line, digit));
        }
        Self { dots, pressed: 0 }
    }
}

fn add_dot(ui: &mut Ui, line: ViewId) -> ViewId {
    ui.add(line, column().size(16.0, 16.0), View::plain().filled(LINE).round(8.0))
}

fn add_key(ui: &mut Ui, line: ViewId, digit: usize) {
    let view = View::new(Kind::Button, "UIButton:UIControl:UIView").named(NAMES[digit]);
    let view = view.filled(SURFACE).round(36.0).on_tap(Action::Key(digit));
    let key = ui.add(line, column().size(72.0, 72.0).center(), view);
    button_label(ui, key, &digit.to_string(), TITLE);
}

impl App for Keypad {
    fn tapped(&mut self, stage: &mut Stage, action: Action, _: &Tap) {
        if let (Action::Key(_), Some(&dot)) = (action, self.dots.get(self.pressed)) {
            stage.ui.edit(dot, |view| view.appearance.background = INK);
            self.pressed += 1;
        }
    }
}

/// Presses the keys of a number.
///
/// # Panics
/// Where it has something else than digits.
pub(crate) fn enter(phone: &mut Phone<'_, Keypad>, number: &str) {
    phone.wait(700);
    for digit in number.chars() {
        let digit = digit.to_digit(10).expect("a number has digits");
        phone.tap(NAMES[digit as usize]);
        phone.wait(250);
    }
    phone.wait(800);
}
