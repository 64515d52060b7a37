//! The confirmation of an order: an address that the app masks, a delivery day
//! in it that asks in vain to be kept, a collection code that is replaced.

use crate::action::Action;
use crate::look::{
    ACCENT, ACCENT_WASH, FOOTNOTE, HEADLINE, INK, Icon, MARGIN, NAV_HEIGHT, PAPER, PROSE, SUBHEAD,
    TITLE, card, hairline, label, main_button,
};
use crate::ui::{Boxed, Label, Ui, View, ViewId, column, fill, row};
use viewreel_model::{Kind, MaskAction};

/// Builds the screen; it stands in no window yet.
pub(crate) fn confirmation(ui: &mut Ui) -> ViewId {
    let view = View::plain().controlled_by("OrderConfirmedViewController").filled(PAPER);
    let style = fill().pad(MARGIN, 0.0).pad_ends(NAV_HEIGHT + 12.0, 0.0).gap(16.0);
    let root = ui.create(style, view.named("confirmation"));
    add_thanks(ui, root);
    add_delivery(ui, root);
    add_code(ui, root);
    main_button(ui, root, "confirmation.continue", "Continue shopping", Action::Continue);
    root
}

fn add_thanks(ui: &mut Ui, root: ViewId) {
    let line = ui.add(root, row().center(), View::plain());
    let view = View::plain().filled(ACCENT_WASH).round(42.0);
    let badge = ui.add(line, column().size(84.0, 84.0).center(), view);
    Icon::Check.add(ui, badge, 46.0, ACCENT);
    ui.add(root, column(), View::label(Label::new("Thank you for your order", TITLE).centered()));
    let text = "It leaves our workshop tomorrow. We will write to you as soon as it is on its way.";
    ui.add(root, column(), View::label(Label::new(text, PROSE).centered().wrapping()));
}

fn add_delivery(ui: &mut Ui, root: ViewId) {
    let card = card(ui, root);
    ui.edit(card, |view| {
        view.mask = Some(MaskAction::Mask);
        view.identifier = "confirmation.address";
    });
    label(ui, card, "Demo Shopper", HEADLINE);
    ui.add(
        card,
        column(),
        View::label(Label::new("14 Lime Street\nBristol BS3 1QF", SUBHEAD).wrapping()),
    );
    hairline(ui, card);
    let view = View::label(Label::new("Arrives on Thursday", HEADLINE.ink(ACCENT)));
    ui.add(card, column(), view.masked(MaskAction::Keep).named("confirmation.day"));
}

fn add_code(ui: &mut Ui, root: ViewId) {
    let card = card(ui, root);
    ui.restyle(card, |style| style.align(taffy::prelude::AlignItems::CENTER));
    let view = View { class: "CollectionCodeView:UIView", ..View::plain() };
    let view = view.masked(MaskAction::Replace).named("confirmation.code");
    let code = ui.add(card, column().size(112.0, 112.0), view.filled(crate::look::SURFACE));
    for cell in (0..64).filter(|cell| CODE >> cell & 1 == 1) {
        let (x, y) = ((cell % 8) as f32 * 14.0, (cell / 8) as f32 * 14.0);
        let view = View::new(Kind::Shape, "CodeDotView:UIView").filled(INK).round(2.0);
        ui.add(code, column().place(x, y, 13.0, 13.0), view);
    }
    label(ui, card, "Show this code to collect in the shop", FOOTNOTE);
}

/// The dots of the collection code, eight rows of eight.
const CODE: u64 = 0xe7a5_e714_28e5_53e7;
