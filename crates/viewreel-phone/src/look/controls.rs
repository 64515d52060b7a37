//! Views that several screens are built of.

use crate::action::Action;
use crate::look::{ACCENT, BODY, Font, HEADLINE, LINE, SECTION, SHADE, SURFACE};
use crate::ui::{Boxed, Label, Ui, View, ViewId, column};
use viewreel_model::node::Shadow;
use viewreel_model::{Color, Kind, Point};

/// Adds a one-line text in its natural size.
pub(crate) fn label(ui: &mut Ui, parent: ViewId, text: &str, font: Font) -> ViewId {
    ui.add(parent, shrinking(), View::label(Label::new(text, font)))
}

/// Adds the title of a section.
pub(crate) fn section_title(ui: &mut Ui, parent: ViewId, text: &str) -> ViewId {
    label(ui, parent, text, SECTION)
}

/// Adds a white card with rounded corners and a soft shadow.
pub(crate) fn card(ui: &mut Ui, parent: ViewId) -> ViewId {
    let mut view = View { class: "CardView:UIView", ..View::plain() }.filled(SURFACE).round(18.0);
    view.appearance.shadow = Shadow { color: SHADE, radius: 14.0, offset: Point::new(0.0, 4.0) };
    ui.add(parent, column().pad(16.0, 16.0).gap(12.0), view)
}

/// Adds a line of half a point across the parent.
pub(crate) fn hairline(ui: &mut Ui, parent: ViewId) -> ViewId {
    ui.add(parent, column().height(0.5), View::plain().filled(LINE))
}

/// Adds the one button of a screen that matters most.
pub(crate) fn main_button(
    ui: &mut Ui,
    parent: ViewId,
    name: &'static str,
    title: &str,
    action: Action,
) -> ViewId {
    let view = View::new(Kind::Button, "ShopButton:UIButton:UIControl:UIView");
    let view = view.named(name).filled(ACCENT).round(15.0).on_tap(action);
    let button = ui.add(parent, column().height(54.0).center(), view);
    button_label(ui, button, title, HEADLINE.ink(Color::WHITE));
    button
}

/// Adds a button that is only a text in the accent colour.
pub(crate) fn plain_button(
    ui: &mut Ui,
    parent: ViewId,
    name: &'static str,
    title: &str,
    action: Option<Action>,
) -> ViewId {
    let view = View::new(Kind::Button, "UIButton:UIControl:UIView").named(name);
    let view = View { action, ..view };
    let button = ui.add(parent, column().height(44.0).center(), view);
    button_label(ui, button, title, BODY.ink(ACCENT));
    button
}

/// Adds the text of a button.
pub(crate) fn button_label(ui: &mut Ui, button: ViewId, title: &str, font: Font) -> ViewId {
    let view = View::label(Label::new(title, font).centered());
    ui.add(button, shrinking(), View { class: "UIButtonLabel:UILabel:UIView", ..view })
}

/// Adds a round picture.
pub(crate) fn avatar(
    ui: &mut Ui,
    parent: ViewId,
    side: f32,
    handle: u32,
    average: Color,
) -> ViewId {
    ui.add(parent, column().size(side, side), View::picture(handle, average).round(side / 2.0))
}

fn shrinking() -> taffy::Style {
    taffy::Style { flex_shrink: 1.0, ..column() }
}
