//! The log-in screen.

use crate::action::Action;
use crate::look::{
    ACCENT, Art, BODY, FOOTNOTE, HEADLINE, LARGE_TITLE, LINE, PAPER, SAFE_TOP, SCREEN, SUBHEAD,
    SURFACE, Ware, button_label, label, main_button, plain_button,
};
use crate::stage::Stage;
use crate::ui::{Boxed, Label, Ui, View, ViewId, column, fill, row};
use taffy::prelude::AlignItems;
use viewreel_model::Kind;
use viewreel_model::node::control;
use viewreel_model::raw::ContentType;

/// From the screen's edge to the fields, in points.
const SIDE: f32 = 24.0;
/// Width of the fields, in points.
const FIELD_WIDTH: f32 = SCREEN.width - 2.0 * SIDE;

/// The views of the log-in screen that change.
pub(crate) struct Login {
    pub(crate) root: ViewId,
    pub(crate) password: ViewId,
    reveal_text: ViewId,
    button: ViewId,
    spinner: ViewId,
}

impl Login {
    /// Builds the screen below `window`.
    pub(crate) fn new(stage: &mut Stage, window: ViewId) -> Self {
        let ui = &mut stage.ui;
        let view = View::plain().controlled_by("LoginViewController").filled(PAPER);
        let root = ui.add(window, fill().pad(SIDE, 0.0).pad_ends(SAFE_TOP + 20.0, 40.0), view);
        add_greeting(ui, root);
        add_field(ui, root, "login.email", "Email", ContentType::Email);
        let password = add_field(ui, root, "login.password", "Password", ContentType::Password);
        ui.edit(password, |view| view.secure = true);
        let reveal_text = add_reveal(ui, password);
        let button = main_button(ui, root, "login.submit", "Log in", Action::LogIn);
        ui.restyle(button, |style| style.below(18.0));
        let spinner = add_spinner(ui, button);
        plain_button(ui, root, "login.forgot", "Forgot your password?", None);
        add_footer(ui, root);
        Self { root, password, reveal_text, button, spinner }
    }

    /// Shows the password, or bullets again.
    pub(crate) fn toggle_password(&self, ui: &mut Ui) {
        let is_secure = !ui.view(self.password).secure;
        ui.secure(self.password, is_secure);
        ui.say(self.reveal_text, if is_secure { "Show" } else { "Hide" });
    }

    /// Shows that the form is being sent.
    pub(crate) fn wait(&self, ui: &mut Ui) {
        ui.edit(self.button, |view| view.set_flag(control::DISABLED, true));
        let label = ui.children(self.button)[0];
        ui.edit(label, |view| view.appearance.alpha = 0);
        ui.edit(self.spinner, |view| view.appearance.hidden = false);
    }
}

fn add_greeting(ui: &mut Ui, root: ViewId) {
    let shelf = ui.add(root, row().height(108.0).gap(14.0).center(), View::plain());
    for (ware, glaze) in [(Ware::Mug, 0), (Ware::Vase, 1), (Ware::Lamp, 3)] {
        Art { ware, glaze }.add(ui, shelf, 92.0, 26.0);
    }
    let centered = column().below(18.0);
    ui.add(root, centered, View::label(Label::new("Kiln", LARGE_TITLE).centered()));
    let tagline = Label::new("Handmade things for a calm home", SUBHEAD).centered();
    ui.add(root, column().below(4.0), View::label(tagline));
    ui.add(root, column().height(12.0), View::plain());
}

fn add_field(
    ui: &mut Ui,
    root: ViewId,
    name: &'static str,
    hint: &'static str,
    content: ContentType,
) -> ViewId {
    let view = View::new(Kind::TextInput, "UITextField:UIControl:UIView").named(name);
    let view = view.filled(SURFACE).round(15.0).bordered(1.0, LINE).holding(content);
    let view = view.on_tap(Action::Focus).with_label(Label::input(hint, BODY, 18.0));
    ui.add(root, column().height(54.0).below(12.0), view)
}

fn add_reveal(ui: &mut Ui, field: ViewId) -> ViewId {
    let view = View::new(Kind::Button, "UIButton:UIControl:UIView").named("login.reveal");
    let style = column().place(FIELD_WIDTH - 72.0, 5.0, 64.0, 44.0).center();
    let button = ui.add(field, style, view.on_tap(Action::TogglePassword));
    button_label(ui, button, "Show", HEADLINE.ink(ACCENT))
}

fn add_spinner(ui: &mut Ui, button: ViewId) -> ViewId {
    let view = View::new(Kind::Activity, "UIActivityIndicatorView:UIView").hidden();
    ui.add(button, column().place(162.5, 17.0, 20.0, 20.0), view)
}

fn add_footer(ui: &mut Ui, root: ViewId) {
    ui.add(root, column().grow(), View::plain());
    let line = ui.add(root, row().gap(4.0).align(AlignItems::CENTER).center(), View::plain());
    label(ui, line, "New here?", FOOTNOTE);
    label(ui, line, "Create an account", FOOTNOTE.ink(ACCENT));
}
