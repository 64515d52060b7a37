//! The list of products.

use crate::action::Action;
use crate::catalog::Product;
use crate::look::{
    ACCENT, ACCENT_WASH, Art, BODY, CAPTION, CLAY, FOOTNOTE, HEADLINE, Icon, LARGE_TITLE, MARGIN,
    PAPER, SAFE_TOP, SCREEN, SECONDARY, SHADE, SUBHEAD, SURFACE, TAB_HEIGHT, TITLE, Tile, Ware,
    avatar, button_label, label,
};
use crate::stage::Stage;
use crate::ui::{
    Boxed, Curve, Label, Property, Scroller, Table, Ui, View, ViewId, column, fill, row,
};
use taffy::prelude::AlignItems;
use viewreel_model::{Color, Kind};

/// Height of a row, in points.
const ROW_HEIGHT: f32 = 96.0;
/// Height of what stands above the first row, in points.
const HEADER: f32 = 330.0;
/// The same during a search.
const SEARCH_HEADER: f32 = 122.0;
/// Space above the large title, in points.
const TOP: f32 = SAFE_TOP + 5.0;
/// How far the list has scrolled when the large title begins to leave and when
/// the bar has taken its place, in points.
const FADE: (f32, f32) = (14.0, 34.0);
/// How far the list must be pulled to load anew, in points.
const PULL_TO_REFRESH: f32 = 70.0;
/// Room for the spinner while loading, in points.
const SPINNER_ROOM: f32 = 56.0;

/// The list and the products that it shows.
pub(crate) struct List {
    pub(crate) root: ViewId,
    pub(crate) table: ViewId,
    pub(crate) search: ViewId,
    products: Vec<Product>,
    /// Indices of the products that the search has left.
    found: Vec<usize>,
    rows: Table<RowViews>,
    extras: ViewId,
    cancel: ViewId,
    spinner: ViewId,
    is_refreshing: bool,
}

/// The views of a row that change with the product.
#[derive(Clone, Copy)]
struct RowViews {
    tile: Tile,
    name: ViewId,
    detail: ViewId,
    stars: ViewId,
    price: ViewId,
}

impl List {
    /// Builds the screen; it stands in no window yet.
    pub(crate) fn new(stage: &mut Stage, products: Vec<Product>) -> Self {
        let ui = &mut stage.ui;
        let view = View::plain().controlled_by("ProductListViewController").filled(PAPER);
        let root = ui.create(fill(), view);
        let view = View::new(Kind::List, "UITableView:UIScrollView:UIView").named("products.list");
        let scroller = Scroller::vertical(TOP, TAB_HEIGHT + 8.0);
        let table = ui.add(root, fill(), view.scrolling(scroller));
        let header = add_header(ui, table);
        let found = (0..products.len()).collect();
        Self {
            root,
            table,
            search: header.search,
            products,
            found,
            rows: Table::new(table, HEADER, ROW_HEIGHT),
            extras: header.extras,
            cancel: header.cancel,
            spinner: header.spinner,
            is_refreshing: false,
        }
    }

    /// The product that a cell shows.
    pub(crate) fn product_of(&self, cell: ViewId) -> Option<&Product> {
        let item = self.rows.item_of(cell)?;
        self.products.get(*self.found.get(item)?)
    }

    /// The cell of the row with that number, where it is in sight.
    pub(crate) fn cell(&self, item: usize) -> Option<ViewId> {
        self.rows.cell_of(item)
    }

    /// Shows the rows that are in sight now.
    pub(crate) fn update(&mut self, ui: &mut Ui) {
        let (products, found) = (&self.products, &self.found);
        let show = |ui: &mut Ui, row: RowViews, item: usize| {
            show_product(ui, &row, &products[found[item]]);
        };
        self.rows.update(ui, found.len(), add_row, show);
    }

    /// How much of the navigation bar shows at this scroll offset, 0 … 1.
    pub(crate) fn bar_amount(&self, ui: &Ui) -> f32 {
        let scrolled = ui.view(self.table).scroll_offset().y + TOP;
        (scrolled - FADE.0) / (FADE.1 - FADE.0)
    }

    /// Shows only products whose name has `words` in it.
    pub(crate) fn find(&mut self, ui: &mut Ui, words: &str) {
        let is_found = |&index: &usize| {
            let name = self.products[index].name.to_lowercase();
            name.contains(&words.to_lowercase())
        };
        self.found = (0..self.products.len()).filter(is_found).collect();
        self.reload(ui);
    }

    /// Makes room for what a search finds.
    pub(crate) fn begin_search(&mut self, ui: &mut Ui) {
        ui.edit(self.extras, |view| view.appearance.hidden = true);
        ui.edit(self.cancel, |view| view.appearance.hidden = false);
        ui.restyle(self.cancel, |style| style.width(76.0));
        self.rows.set_header(SEARCH_HEADER);
        self.reload(ui);
    }

    /// Shows everything again.
    pub(crate) fn end_search(&mut self, ui: &mut Ui) {
        ui.edit(self.extras, |view| view.appearance.hidden = false);
        ui.edit(self.cancel, |view| view.appearance.hidden = true);
        ui.restyle(self.cancel, |style| style.width(0.0));
        ui.say(self.search, "");
        self.rows.set_header(HEADER);
        self.find(ui, "");
    }

    /// Starts loading anew where the list was pulled far enough.
    pub(crate) fn released(&mut self, stage: &mut Stage) -> bool {
        let pulled = stage.ui.view(self.table).scroller.as_ref().map_or(0.0, Scroller::pulled);
        let starts = pulled > PULL_TO_REFRESH && !self.is_refreshing;
        if starts {
            self.is_refreshing = true;
            stage.ui.edit(self.spinner, |view| view.appearance.hidden = false);
            self.set_top(stage, SPINNER_ROOM);
        }
        starts
    }

    /// Ends loading anew.
    pub(crate) fn refreshed(&mut self, stage: &mut Stage) {
        self.is_refreshing = false;
        stage.ui.edit(self.spinner, |view| view.appearance.hidden = true);
        self.set_top(stage, 0.0);
        let offset = stage.ui.view(self.table).scroll_offset().y;
        let way = (offset, offset.max(-TOP));
        stage.animate(self.table, Property::Scroll, way, (300, Curve::Out), None);
    }

    fn set_top(&self, stage: &mut Stage, room: f32) {
        stage.ui.scroll(self.table, |scroller| {
            scroller.set_top(TOP + room);
            true
        });
    }

    /// Lays the rows out anew, after the products or the header have changed.
    pub(crate) fn reload(&mut self, ui: &mut Ui) {
        self.rows.reload(ui, self.found.len());
        self.update(ui);
    }
}

struct Header {
    search: ViewId,
    extras: ViewId,
    cancel: ViewId,
    spinner: ViewId,
}

fn add_header(ui: &mut Ui, table: ViewId) -> Header {
    let style = column().place(0.0, 0.0, SCREEN.width, HEADER).pad(MARGIN, 0.0).gap(14.0);
    let header = ui.add(table, style, View { class: "ListHeaderView:UIView", ..View::plain() });
    let view = View::new(Kind::Activity, "UIRefreshControl:UIControl:UIView").hidden();
    let spinner =
        ui.add(header, column().place(SCREEN.width / 2.0 - 12.0, -40.0, 24.0, 24.0), view);
    let top = ui.add(header, row().height(44.0).spread(), View::plain());
    label(ui, top, "Discover", LARGE_TITLE);
    avatar(ui, top, 38.0, 1, Color::rgb(0xd8b59a));
    let (search, cancel) = add_search(ui, header);
    let extras = ui.add(header, column().gap(14.0), View::plain());
    add_chips(ui, extras);
    add_promotion(ui, extras);
    Header { search, extras, cancel, spinner }
}

fn add_search(ui: &mut Ui, header: ViewId) -> (ViewId, ViewId) {
    let line = ui.add(header, row().height(44.0), View::plain());
    let view =
        View::new(Kind::SearchBar, "UISearchBar:UIView").filled(Color::rgb(0xeee8df)).round(13.0);
    let bar = ui.add(line, row().height(44.0).grow().pad(14.0, 0.0).gap(6.0), view);
    Icon::Magnifier.add(ui, bar, 17.0, SECONDARY);
    let view = View::new(
        Kind::TextInput,
        "UISearchBarTextField:UISearchTextField:UITextField:UIControl:UIView",
    );
    let view = view.named("products.search").on_tap(Action::Focus);
    let view = view.with_label(Label::input("Search the shop", BODY, 4.0));
    let field = ui.add(bar, column().height(44.0).grow(), view);
    let view = View::new(Kind::Button, "UIButton:UIControl:UIView").named("products.cancel");
    let style = column().size(0.0, 44.0).center();
    let cancel = ui.add(line, style, view.on_tap(Action::CancelSearch).hidden());
    button_label(ui, cancel, "Cancel", BODY.ink(ACCENT));
    (field, cancel)
}

fn add_chips(ui: &mut Ui, extras: ViewId) {
    let view = View::new(Kind::Scroll, "UIScrollView:UIView").scrolling(Scroller::horizontal());
    let scroll = ui.add(extras, column().height(34.0), view);
    let chips = ui.add(scroll, row().absolute(0.0, 0.0).height(34.0).gap(8.0), View::plain());
    for (index, title) in ["All", "Tableware", "Light", "Textiles", "Plants"].iter().enumerate() {
        let (fill, ink) = if index == 0 { (ACCENT, Color::WHITE) } else { (ACCENT_WASH, ACCENT) };
        let view = View::new(Kind::Button, "ChipButton:UIButton:UIControl:UIView");
        let style = column().height(34.0).pad(15.0, 0.0).center();
        let chip = ui.add(chips, style, view.filled(fill).round(17.0));
        button_label(ui, chip, title, HEADLINE.ink(ink).sized(14.0));
    }
}

fn add_promotion(ui: &mut Ui, extras: ViewId) {
    let view = View { class: "PromotionView:UIView", ..View::plain() };
    let view = view.graded(Color::rgb(0x355f53), Color::rgb(0x5c8574)).round(22.0).clipping();
    let card = ui.add(extras, row().height(148.0).pad(20.0, 18.0).spread(), view);
    let text = ui.add(card, column().grow().gap(5.0), View::plain());
    label(ui, text, "THE AUTUMN TABLE", CAPTION.ink(Color::rgb(0xcfe0d6)));
    let title =
        Label::new("20 % off all stoneware", TITLE.ink(Color::WHITE).sized(22.0)).wrapping();
    ui.add(text, column(), View::label(title));
    label(ui, text, "Until Sunday", FOOTNOTE.ink(Color::rgb(0xcfe0d6)));
    Art { ware: Ware::Carafe, glaze: 3 }.add(ui, card, 104.0, 26.0);
}

fn add_row(ui: &mut Ui, table: ViewId) -> (ViewId, RowViews) {
    let view = View::new(Kind::Cell, "ProductCell:UITableViewCell:UIView").named("product.cell");
    let style = column().size(SCREEN.width, ROW_HEIGHT).pad(MARGIN, 5.0);
    let cell = ui.add(table, style, view.on_tap(Action::OpenRow));
    let view = View { class: "UITableViewCellContentView:UIView", ..View::plain() };
    let view = view.filled(SURFACE).round(20.0).shadowed(SHADE, 8.0);
    let card = ui.add(cell, row().height(86.0).pad(10.0, 10.0).gap(14.0), view);
    let tile = Art { ware: Ware::Mug, glaze: 0 }.add_recyclable(ui, card, 66.0, 14.0);
    let text = ui.add(card, column().grow().gap(3.0), View::plain());
    let name = label(ui, text, "", HEADLINE);
    let detail = label(ui, text, "", SUBHEAD.sized(14.0));
    let stars = label(ui, text, "", FOOTNOTE);
    let style = column().width(66.0).align(AlignItems::STRETCH).pad(4.0, 0.0);
    let price = ui.add(card, style, View::label(Label::new("", HEADLINE.ink(CLAY)).trailing()));
    (cell, RowViews { tile, name, detail, stars, price })
}

fn show_product(ui: &mut Ui, row: &RowViews, product: &Product) {
    row.tile.show(ui, product.art);
    ui.say(row.name, product.name);
    ui.say(row.detail, product.detail);
    ui.say(row.stars, &product.stars());
    ui.say(row.price, &product.price());
}
