//! A form that is typed letter by letter.

use super::open_screen;
use crate::action::{Action, Tap};
use crate::app::App;
use crate::keyboard::Keyboard;
use crate::keys::Layer;
use crate::look::{BODY, LINE, SURFACE, section_title};
use crate::phone::Phone;
use crate::stage::Stage;
use crate::ui::{Boxed, Label, Ui, View, ViewId, column};
use viewreel_model::Kind;
use viewreel_model::raw::ContentType;

/// What is typed into the fields of the form.
#[derive(Clone, Copy, Debug)]
pub struct FormEntries<'a> {
    /// Into a field that is declared to hold an e-mail address.
    pub email: &'a str,
    /// Into a field of which the app says nothing.
    pub note: &'a str,
    /// Into a secure field.
    pub password: &'a str,
}

/// The form.
pub(crate) struct Form {
    keyboard: Keyboard,
}

impl Form {
    pub(crate) fn launch(stage: &mut Stage) -> Self {
        let root = open_screen(stage, "FormViewController");
        let ui = &mut stage.ui;
        section_title(ui, root, "Say something");
        add_field(ui, root, "form.email", "Where we reach you", ContentType::Email);
        add_field(ui, root, "form.note", "What you want to say", ContentType::None);
        let password = add_field(ui, root, "form.password", "Password", ContentType::Password);
        ui.edit(password, |view| view.secure = true);
        stage.screen("Form");
        Self { keyboard: Keyboard::default() }
    }
}

fn add_field(
    ui: &mut Ui,
    root: ViewId,
    name: &'static str,
    hint: &'static str,
    content: ContentType,
) -> ViewId {
    let view = View::new(Kind::TextInput, "UITextField:UIControl:UIView").named(name);
    let view = view.filled(SURFACE).round(12.0).bordered(1.0, LINE).holding(content);
    let view = view.on_tap(Action::Focus).with_label(Label::input(hint, BODY, 14.0));
    ui.add(root, column().height(48.0), view)
}

impl App for Form {
    fn keyboard(&self) -> Option<&Keyboard> {
        Some(&self.keyboard)
    }

    fn tapped(&mut self, stage: &mut Stage, action: Action, tap: &Tap) {
        match action {
            Action::Focus => self.keyboard.focus(stage, tap.view, Layer::Letters),
            Action::Key(slot) => {
                self.keyboard.press(stage, slot);
            }
            other => self.perform(stage, other),
        }
    }
}

/// Fills the form in, field by field.
pub(crate) fn fill_in(phone: &mut Phone<'_, Form>, entries: &FormEntries<'_>) {
    let FormEntries { email, note, password } = *entries;
    for (field, text) in [("form.email", email), ("form.note", note), ("form.password", password)] {
        phone.tap(field);
        phone.wait(500);
        phone.type_text(text);
        phone.wait(300);
    }
    phone.done();
    phone.wait(600);
}
