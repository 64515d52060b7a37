//! Alerts: a window of their own in front of everything but the keyboard.

use crate::action::Action;
use crate::look::{ACCENT, BODY, FOOTNOTE, HEADLINE, INK, LINE, button_label};
use crate::stage::Stage;
use crate::ui::{Boxed, Curve, Label, Property, Ui, View, ViewId, column, fill, row};
use viewreel_model::{Color, Kind};

/// UIKit's `UIWindow.Level.alert`.
const ALERT_LEVEL: f32 = 2000.0;
/// How long it takes to come and to go, in milliseconds.
const FADE_MS: u64 = 200;
/// Width of the alert, in points.
const WIDTH: f32 = 270.0;
/// What dims the screen behind.
const DIM: Color = Color(0x0000_0052);

/// An alert that is open.
pub(crate) struct Alert {
    root: ViewId,
}

impl Alert {
    /// Opens an alert with two buttons that both close it.
    pub(crate) fn open(
        stage: &mut Stage,
        title: &str,
        message: &str,
        buttons: [(&str, &'static str); 2],
    ) -> Self {
        let view = View::new(Kind::View, "_UIAlertControllerShimPresenterWindow:UIWindow:UIView");
        let root =
            stage.ui.create(fill().center(), view.filled(DIM).controlled_by("UIAlertController"));
        stage.ui.open_window(root, ALERT_LEVEL);
        let box_ = add_box(&mut stage.ui, root, title, message);
        add_buttons(&mut stage.ui, box_, buttons);
        stage.animate(root, Property::Alpha, (0.0, 1.0), (FADE_MS, Curve::Out), None);
        stage.animate(box_, Property::Scale, (1.15, 1.0), (FADE_MS, Curve::Out), None);
        Self { root }
    }

    /// Fades out.
    pub(crate) fn close(self, stage: &mut Stage) {
        let then = Some(Action::CloseWindow(self.root));
        stage.animate(self.root, Property::Alpha, (1.0, 0.0), (FADE_MS, Curve::InOut), then);
    }
}

fn add_box(ui: &mut Ui, root: ViewId, title: &str, message: &str) -> ViewId {
    let view = View::new(Kind::Alert, "_UIAlertControllerView:UIView").named("alert");
    let view = view.filled(Color(0xfcfb_f9fb)).blurred(8).round(16.0).clipping();
    let box_ = ui.add(root, column().width(WIDTH), view);
    let text = ui.add(box_, column().pad(18.0, 20.0).gap(4.0), View::plain());
    ui.add(text, column(), View::label(Label::new(title, HEADLINE).centered().wrapping()));
    let message = Label::new(message, FOOTNOTE.ink(INK)).centered().wrapping();
    ui.add(text, column(), View::label(message));
    box_
}

fn add_buttons(ui: &mut Ui, box_: ViewId, buttons: [(&str, &'static str); 2]) {
    ui.add(box_, column().height(0.5), View::plain().filled(LINE));
    let line = ui.add(box_, row().height(44.0), View::plain());
    for (index, (title, name)) in buttons.into_iter().enumerate() {
        if index > 0 {
            ui.add(line, column().size(0.5, 44.0), View::plain().filled(LINE));
        }
        let view = View::new(Kind::Button, "_UIAlertControllerActionView:UIView").named(name);
        let button =
            ui.add(line, column().grow().height(44.0).center(), view.on_tap(Action::CloseAlert));
        let font = if index > 0 { HEADLINE } else { BODY };
        button_label(ui, button, title, font.ink(ACCENT).sized(16.0));
    }
}
