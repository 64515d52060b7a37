//! The basket and its payment form.

use crate::action::Action;
use crate::catalog::{Product, pounds};
use crate::look::{
    Art, BODY, CLAY, FOOTNOTE, HEADLINE, LINE, MARGIN, NAV_HEIGHT, PAPER, SCREEN, SUBHEAD, SURFACE,
    TAB_HEIGHT, Ware, card, hairline, label, main_button, section_title,
};
use crate::stage::Stage;
use crate::ui::{Boxed, Curve, Label, Property, Scroller, Ui, View, ViewId, column, fill, row};
use viewreel_model::node::control;
use viewreel_model::raw::ContentType;
use viewreel_model::{Color, Kind};

/// The largest tip, in pence.
const MOST_TIP_PENCE: u32 = 1000;
/// How long a payment takes, in milliseconds.
const PAYMENT_MS: u64 = 2200;
/// Digits of a card number.
const CARD_DIGITS: usize = 16;

/// What is being bought.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) product: Product,
    pub(crate) quantity: u32,
}

impl Order {
    /// In pence.
    pub(crate) fn price_pence(&self) -> u32 {
        self.product.price_pence * self.quantity
    }
}

/// The views of the basket that change.
pub(crate) struct Checkout {
    pub(crate) root: ViewId,
    pub(crate) scroll: ViewId,
    pub(crate) card_number: ViewId,
    goods_pence: u32,
    tip_pence: u32,
    slider: ViewId,
    tip: ViewId,
    total: ViewId,
    pay: ViewId,
}

impl Checkout {
    /// Builds the screen for an order; it stands in no window yet.
    pub(crate) fn new(ui: &mut Ui, order: &Order) -> Self {
        let view = View::plain().controlled_by("CheckoutViewController").filled(PAPER);
        let root = ui.create(fill(), view.named("checkout"));
        let view = View::new(Kind::Scroll, "UIScrollView:UIView").named("checkout.scroll");
        let scroller = Scroller::vertical(NAV_HEIGHT, TAB_HEIGHT);
        let scroll = ui.add(root, fill(), view.scrolling(scroller));
        let style = column().absolute(0.0, 0.0).width(SCREEN.width).pad(MARGIN, 12.0).gap(14.0);
        let content = ui.add(scroll, style, View::plain());
        add_basket(ui, content, order);
        let card_number = add_payment(ui, content);
        let (slider, tip) = add_tip(ui, content);
        let total = add_total(ui, content);
        let pay = main_button(ui, content, "checkout.pay", "Pay now", Action::Pay);
        let goods_pence = order.price_pence();
        let checkout =
            Self { root, scroll, card_number, goods_pence, tip_pence: 0, slider, tip, total, pay };
        checkout.show_total(ui);
        checkout
    }

    /// Sets the tip to that fraction of the largest one, in steps of 50 pence.
    pub(crate) fn slide(&mut self, ui: &mut Ui, fraction: f32) {
        let steps = MOST_TIP_PENCE / 50;
        self.tip_pence = (fraction * steps as f32).round() as u32 * 50;
        ui.edit(self.slider, |view| view.control.value = fraction);
        self.show_total(ui);
    }

    /// Groups the digits of the card number by four, as they are typed.
    pub(crate) fn card_typed(&self, ui: &mut Ui) {
        let text = ui.view(self.card_number).label.as_ref().map_or("", |label| &label.text);
        let digits: Vec<char> =
            text.chars().filter(char::is_ascii_digit).take(CARD_DIGITS).collect();
        let groups: Vec<String> = digits.chunks(4).map(|group| group.iter().collect()).collect();
        ui.say(self.card_number, &groups.join(" "));
    }

    /// Shows that the payment is on its way; [`Action::Paid`] follows.
    pub(crate) fn pay(&self, stage: &mut Stage) {
        stage.ui.edit(self.pay, |view| view.set_flag(control::DISABLED, true));
        let (shade, bar) = add_progress(&mut stage.ui, self.root);
        stage.animate(shade, Property::Alpha, (0.0, 1.0), (200, Curve::Out), None);
        let way = (0.05, 1.0);
        stage.animate(bar, Property::Value, way, (PAYMENT_MS, Curve::InOut), Some(Action::Paid));
    }

    fn show_total(&self, ui: &mut Ui) {
        ui.say(self.tip, &pounds(self.tip_pence));
        ui.say(self.total, &pounds(self.goods_pence + self.tip_pence));
    }
}

fn add_basket(ui: &mut Ui, content: ViewId, order: &Order) {
    let card = card(ui, content);
    let line = ui.add(card, row().gap(14.0), View::plain());
    order.product.art.add(ui, line, 64.0, 14.0);
    let text = ui.add(line, column().grow().gap(3.0), View::plain());
    label(ui, text, order.product.name, HEADLINE);
    label(ui, text, &format!("{} · quantity {}", order.product.detail, order.quantity), FOOTNOTE);
    label(ui, line, &pounds(order.price_pence()), HEADLINE.ink(CLAY));
    hairline(ui, card);
    let line = ui.add(card, row().spread(), View::plain());
    label(ui, line, "Gift wrap", SUBHEAD);
    label(ui, line, "Free", SUBHEAD);
    let line = ui.add(card, row().spread(), View::plain());
    label(ui, line, "Delivery", SUBHEAD);
    label(ui, line, "Free over £50", SUBHEAD);
}

fn add_payment(ui: &mut Ui, content: ViewId) -> ViewId {
    section_title(ui, content, "Payment");
    let card = card(ui, content);
    add_field(ui, card, "checkout.name", "Name on card", ContentType::Personal);
    let number = add_field(ui, card, "checkout.card", "Card number", ContentType::CardNumber);
    let line = ui.add(card, row().gap(12.0), View::plain());
    for (name, hint, content) in [
        ("checkout.expiry", "MM / YY", ContentType::CardExpiry),
        ("checkout.cvc", "CVC", ContentType::CardCode),
    ] {
        let field = add_field(ui, line, name, hint, content);
        ui.restyle(field, Boxed::grow);
    }
    number
}

fn add_field(
    ui: &mut Ui,
    parent: ViewId,
    name: &'static str,
    hint: &'static str,
    content: ContentType,
) -> ViewId {
    let view = View::new(Kind::TextInput, "UITextField:UIControl:UIView").named(name);
    let view = view.filled(PAPER).round(12.0).bordered(1.0, LINE).holding(content);
    let view = view.on_tap(Action::Focus).with_label(Label::input(hint, BODY, 14.0));
    ui.add(parent, column().height(48.0), view)
}

fn add_tip(ui: &mut Ui, content: ViewId) -> (ViewId, ViewId) {
    let card = card(ui, content);
    let line = ui.add(card, row().spread(), View::plain());
    label(ui, line, "A tip for the makers", BODY);
    let tip = ui.add(line, column().width(70.0), View::label(Label::new("", HEADLINE).trailing()));
    let view = View::new(Kind::Slider, "UISlider:UIControl:UIView").on_tap(Action::Slide);
    let slider = ui.add(card, column().height(34.0), view.named("checkout.tip").valued(0.0));
    (slider, tip)
}

fn add_total(ui: &mut Ui, content: ViewId) -> ViewId {
    let line = ui.add(content, row().spread().pad(4.0, 2.0), View::plain());
    section_title(ui, line, "Total");
    let label = Label::new("", crate::look::TITLE.sized(22.0)).trailing();
    ui.add(line, column().width(130.0), View::label(label))
}

fn add_progress(ui: &mut Ui, root: ViewId) -> (ViewId, ViewId) {
    let view = View { class: "ProgressOverlay:UIView", ..View::plain() };
    let shade =
        ui.add(root, fill().center(), view.filled(Color(0xf8f5_f0d9)).named("checkout.busy"));
    let view = View::plain().filled(SURFACE).round(22.0).shadowed(crate::look::SHADE, 24.0);
    let panel = ui.add(shade, column().width(260.0).pad(24.0, 24.0).gap(16.0), view);
    let line = ui.add(panel, row().center(), View::plain());
    Art { ware: Ware::Mug, glaze: 1 }.add(ui, line, 72.0, 18.0);
    ui.add(panel, column(), View::label(Label::new("Paying…", HEADLINE).centered()));
    let view = View::new(Kind::Progress, "UIProgressView:UIView").valued(0.05);
    let bar = ui.add(panel, column().height(4.0), view.named("checkout.progress"));
    (shade, bar)
}
