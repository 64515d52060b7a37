//! One product.

use crate::action::Action;
use crate::catalog::{Product, pounds};
use crate::look::{
    ACCENT, Art, BAR, BLUR_CHROME, BODY, CLAY, FOOTNOTE, GLAZES, HEADLINE, INK, LINE, MARGIN,
    NAV_HEIGHT, PAPER, PROSE, SCREEN, SECONDARY, SUBHEAD, SURFACE, TAB_HEIGHT, TITLE, card,
    hairline, label, main_button,
};
use crate::ui::{Boxed, Label, Scroller, Ui, View, ViewId, column, fill, row};
use viewreel_model::node::control;
use viewreel_model::{Kind, MaskAction};

/// Height of the pictures, in points.
const HERO: f32 = 372.0;
/// Height of the bar with the button that matters, in points.
const BUY_BAR: f32 = 74.0;
/// Picture handle of the symbol beside the promise to take things back.
const RETURNS_SYMBOL: u32 = 2;
/// How many pictures a product has.
const PICTURES: u16 = 3;
/// Most pieces of one product in an order.
const MOST: u32 = 9;
/// The colours that can be chosen.
pub(crate) const COLORS: [&str; 3] = ["Clay", "Sage", "Dusk"];

/// The screen of one product.
pub(crate) struct Detail {
    pub(crate) root: ViewId,
    pub(crate) product: Product,
    pub(crate) quantity: u32,
    scroll: ViewId,
    pager: ViewId,
    dots: ViewId,
    colors: ViewId,
    count: ViewId,
    stepper: ViewId,
    buy: ViewId,
}

impl Detail {
    /// Builds the screen; it stands in no window yet. `handle` is the first of
    /// the product's picture handles.
    pub(crate) fn new(ui: &mut Ui, product: Product, handle: u32) -> Self {
        let view = View::plain().controlled_by("ProductDetailViewController").filled(PAPER);
        let root = ui.create(fill(), view.named("detail"));
        let view = View::new(Kind::Scroll, "UIScrollView:UIView").named("detail.scroll");
        let scroller = Scroller::vertical(0.0, TAB_HEIGHT + BUY_BAR + 16.0);
        let scroll = ui.add(root, fill(), view.scrolling(scroller));
        let content =
            ui.add(scroll, column().absolute(0.0, 0.0).width(SCREEN.width), View::plain());
        let pager = add_pictures(ui, content, product.art, handle);
        let dots = add_dots(ui, content);
        add_title(ui, content, &product);
        let options = add_options(ui, content);
        add_story(ui, content, &product);
        let buy = add_buy_bar(ui, root);
        let Options { colors, count, stepper } = options;
        let detail =
            Self { root, product, quantity: 1, scroll, pager, dots, colors, count, stepper, buy };
        detail.show_amount(ui);
        detail
    }

    /// What the chosen number of pieces costs, in pence.
    pub(crate) fn price_pence(&self) -> u32 {
        self.product.price_pence * self.quantity
    }

    /// How much of the navigation bar shows, 0 … 1: none over the pictures.
    pub(crate) fn bar_amount(&self, ui: &Ui) -> f32 {
        let scrolled = ui.view(self.scroll).scroll_offset().y;
        (scrolled - (HERO - NAV_HEIGHT)) / 40.0
    }

    /// Shows which picture is in sight.
    pub(crate) fn scrolled(&self, ui: &mut Ui) {
        let page = ui.view(self.pager).scroller.as_ref().map_or(0, Scroller::page);
        if ui.view(self.dots).control.index != page {
            ui.edit(self.dots, |view| view.control.index = page.min(PICTURES - 1));
        }
    }

    /// Chooses the colour at that fraction of the control's width.
    pub(crate) fn choose_color(&self, ui: &mut Ui, fraction: f32) {
        let last = COLORS.len() - 1;
        let index = ((fraction * COLORS.len() as f32) as usize).min(last);
        ui.edit(self.colors, |view| view.control.index = index as u16);
    }

    /// One piece more or fewer, by which half of the stepper was touched.
    pub(crate) fn step_quantity(&mut self, ui: &mut Ui, fraction: f32) {
        self.quantity = if fraction < 0.5 { self.quantity - 1 } else { self.quantity + 1 };
        self.quantity = self.quantity.clamp(1, MOST);
        self.show_amount(ui);
    }

    fn show_amount(&self, ui: &mut Ui) {
        ui.say(self.count, &self.quantity.to_string());
        let value = (self.quantity - 1) as f32 / (MOST - 1) as f32;
        ui.edit(self.stepper, |view| view.control.value = value);
        let title = ui.children(self.buy)[0];
        ui.say(title, &format!("Add to basket · {}", pounds(self.price_pence())));
    }
}

struct Options {
    colors: ViewId,
    count: ViewId,
    stepper: ViewId,
}

fn add_pictures(ui: &mut Ui, content: ViewId, art: Art, handle: u32) -> ViewId {
    let view = View::new(Kind::Scroll, "UIScrollView:UIView").named("detail.pictures");
    let style = column().size(SCREEN.width, HERO);
    let pager = ui.add(content, style, view.scrolling(Scroller::paging()));
    let style = row().absolute(0.0, 0.0).size(SCREEN.width * f32::from(PICTURES), HERO);
    let strip = ui.add(pager, style, View::plain());
    add_hero(ui, strip, art);
    let style = column().size(SCREEN.width, HERO);
    ui.add(strip, style, View::picture(handle, art.main()));
    add_hero(ui, strip, Art { glaze: (art.glaze + 1) % GLAZES, ..art });
    pager
}

fn add_hero(ui: &mut Ui, strip: ViewId, art: Art) {
    let (from, to) = art.tile();
    let view = View { class: "PictureView:UIView", ..View::plain() }.graded(from, to).clipping();
    let page = ui.add(strip, column().size(SCREEN.width, HERO).center().pad_ends(66.0, 0.0), view);
    let side = HERO - 96.0;
    let square = ui.add(page, column().size(side, side), View::plain());
    crate::look::Drawing::new(ui, square, side, &art.shapes());
}

fn add_dots(ui: &mut Ui, content: ViewId) -> ViewId {
    let view = View::new(Kind::PageControl, "UIPageControl:UIControl:UIView").chosen(0, PICTURES);
    let line = ui.add(content, row().height(28.0).center(), View::plain());
    ui.add(line, column().size(80.0, 26.0), view.named("detail.dots"))
}

fn add_title(ui: &mut Ui, content: ViewId, product: &Product) {
    let part = ui.add(content, column().pad(MARGIN, 4.0).gap(6.0), View::plain());
    let line = ui.add(part, row().spread().gap(12.0), View::plain());
    ui.add(line, column().grow(), View::label(Label::new(product.name, TITLE).wrapping()));
    label(ui, line, &product.price(), TITLE.ink(CLAY).sized(24.0));
    let line = ui.add(part, row().spread(), View::plain());
    label(ui, line, product.detail, SUBHEAD);
    let old = product.old_price().unwrap_or_default();
    ui.add(line, column(), View::label(Label::new(old, SUBHEAD).struck()));
    label(ui, part, &format!("{} · ships in 2 days", product.stars()), FOOTNOTE);
}

fn add_options(ui: &mut Ui, content: ViewId) -> Options {
    let margin = ui.add(content, column().pad(MARGIN, 10.0), View::plain());
    let card = card(ui, margin);
    // What somebody likes of a vase may be seen: the app opens these controls.
    ui.edit(card, |view| {
        view.mask = Some(MaskAction::Keep);
        view.identifier = "detail.options";
    });
    let line = ui.add(card, row().spread().gap(16.0), View::plain());
    label(ui, line, "Glaze", BODY);
    let colors = add_segments(ui, line);
    hairline(ui, card);
    let line = ui.add(card, row().spread().gap(16.0), View::plain());
    ui.add(line, column().grow(), View::label(Label::new("Quantity", BODY)));
    let count =
        ui.add(line, column().width(28.0), View::label(Label::new("1", HEADLINE).centered()));
    let view = View::new(Kind::Stepper, "UIStepper:UIControl:UIView").on_tap(Action::StepQuantity);
    let stepper = ui.add(line, column().size(94.0, 32.0), view.named("detail.quantity"));
    hairline(ui, card);
    add_gift_line(ui, card);
    Options { colors, count, stepper }
}

fn add_segments(ui: &mut Ui, line: ViewId) -> ViewId {
    let view = View::new(Kind::Segmented, "UISegmentedControl:UIControl:UIView");
    let view = view.chosen(0, COLORS.len() as u16).named("detail.glaze");
    let view = view.round(9.0).on_tap(Action::ChooseColor);
    let segments = ui.add(line, row().size(216.0, 34.0), view);
    for title in COLORS {
        let view = View::label(Label::new(title, HEADLINE.sized(14.0)).centered());
        let view = View { class: "UISegmentLabel:UILabel:UIView", ..view };
        ui.add(segments, column().size(72.0, 34.0), view);
    }
    segments
}

fn add_gift_line(ui: &mut Ui, card: ViewId) {
    let line = ui.add(card, row().spread().gap(16.0), View::plain());
    let text = ui.add(line, column().grow().gap(2.0), View::plain());
    label(ui, text, "Gift wrap", BODY);
    label(ui, text, "Recycled paper and a linen ribbon", FOOTNOTE);
    let view = View::new(Kind::Switch, "UISwitch:UIControl:UIView").on_tap(Action::Toggle);
    ui.add(line, column().size(51.0, 31.0), view.named("detail.gift"));
}

fn add_story(ui: &mut Ui, content: ViewId, product: &Product) {
    let part = ui.add(content, column().pad(MARGIN, 12.0).gap(10.0), View::plain());
    crate::look::section_title(ui, part, "About this piece");
    ui.add(part, column(), View::label(Label::new(product.story(), PROSE).wrapping()));
    let view = View::plain().filled(SURFACE).bordered(1.0, LINE).round(14.0);
    let note = ui.add(part, row().pad(14.0, 12.0).gap(12.0), view);
    let view = View::symbol("arrow.uturn.backward.circle", RETURNS_SYMBOL, ACCENT);
    ui.add(note, column().size(28.0, 28.0), view);
    let note = ui.add(note, column().gap(3.0), View::plain());
    label(ui, note, "Free returns for 60 days", HEADLINE.ink(INK).sized(15.0));
    label(ui, note, "Send it back in its own box", FOOTNOTE.ink(SECONDARY));
}

fn add_buy_bar(ui: &mut Ui, root: ViewId) -> ViewId {
    let view = View::new(Kind::Toolbar, "UIToolbar:UIView").filled(BAR).blurred(BLUR_CHROME);
    let top = SCREEN.height - TAB_HEIGHT - BUY_BAR;
    let style = column().place(0.0, top, SCREEN.width, BUY_BAR).pad(MARGIN, 10.0);
    let bar = ui.add(root, style, view);
    main_button(ui, bar, "detail.add", "", Action::AddToBasket)
}

/// Turns the switch that was touched.
pub(crate) fn toggle(ui: &mut Ui, switch: ViewId) {
    ui.edit(switch, |view| view.control.flags ^= control::ON);
}
