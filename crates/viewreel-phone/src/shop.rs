//! The shop app: which screens it has and what happens when something is done.

use crate::action::{Action, Tap};
use crate::app::App;
use crate::catalog::{Product, products};
use crate::keyboard::Keyboard;
use crate::keys::{KEYBOARD_HEIGHT, Layer};
use crate::look::SCREEN;
use crate::navigation::Navigation;
use crate::screens::alert::Alert;
use crate::screens::checkout::{Checkout, Order};
use crate::screens::confirmation::confirmation;
use crate::screens::detail::{self, Detail};
use crate::screens::list::List;
use crate::screens::login::Login;
use crate::stage::Stage;
use crate::ui::{Curve, Property, View, ViewId, fill};
use viewreel_model::Kind;
use viewreel_model::record::LogLevel;

/// How long the server takes to answer a log-in, in milliseconds.
const LOG_IN_MS: u64 = 1400;
/// How long it takes to load the products anew, in milliseconds.
const REFRESH_MS: u64 = 1100;
/// Handle of the first product picture; lower ones belong to the user.
const FIRST_PICTURE: u32 = 100;

/// The app and its state.
pub(crate) struct Shop {
    window: ViewId,
    keyboard: Keyboard,
    login: Option<Login>,
    main: Option<Main>,
    alert: Option<Alert>,
}

/// What exists after log-in.
struct Main {
    navigation: Navigation,
    list: List,
    detail: Option<Detail>,
    checkout: Option<Checkout>,
    basket: Vec<Order>,
    pictures: u32,
}

impl Shop {
    /// Starts the app: its window shows the log-in screen.
    pub(crate) fn launch(stage: &mut Stage) -> Self {
        let window = stage.ui.create(fill(), View::new(Kind::View, "UIWindow:UIView"));
        stage.ui.open_window(window, 0.0);
        let login = Login::new(stage, window);
        stage.event("Application Opened");
        stage.log(LogLevel::Log, "launched in 412 ms");
        stage.screen("Log In");
        Self { window, keyboard: Keyboard::default(), login: Some(login), main: None, alert: None }
    }

    /// The cell of the list's row with that number, where it is in sight.
    pub(crate) fn cell(&self, row: usize) -> Option<ViewId> {
        self.main.as_ref()?.list.cell(row)
    }

    fn with_login(&self, act: impl FnOnce(&Login)) {
        if let Some(login) = &self.login {
            act(login);
        }
    }

    fn with_detail(&mut self, act: impl FnOnce(&mut Detail)) {
        if let Some(detail) = self.main.as_mut().and_then(|main| main.detail.as_mut()) {
            act(detail);
        }
    }

    fn focus(&mut self, stage: &mut Stage, field: ViewId) {
        let is_number = self.checkout().is_some_and(|checkout| checkout.card_number == field);
        let layer = if is_number { Layer::Pad } else { Layer::Letters };
        self.keyboard.focus(stage, field, layer);
        self.make_room(stage, field);
        if let Some(main) = self.main.as_mut().filter(|main| main.list.search == field) {
            main.list.begin_search(&mut stage.ui);
            stage.event("Search Started");
        }
    }

    /// Scrolls the payment form so that the keyboard does not cover the field.
    fn make_room(&self, stage: &mut Stage, field: ViewId) {
        let Some(checkout) = self.checkout() else { return };
        let frame = stage.ui.screen_frame(field);
        let hidden = frame.origin.y + frame.size.height + 24.0 - (SCREEN.height - KEYBOARD_HEIGHT);
        if hidden > 0.0 {
            let offset = stage.ui.view(checkout.scroll).scroll_offset().y;
            let way = (offset, offset + hidden);
            stage.animate(checkout.scroll, Property::Scroll, way, (300, Curve::Out), None);
        }
    }

    fn checkout(&self) -> Option<&Checkout> {
        self.main.as_ref()?.checkout.as_ref()
    }

    fn key(&mut self, stage: &mut Stage, slot: usize) {
        let Some(field) = self.keyboard.press(stage, slot) else { return };
        let Some(main) = &mut self.main else { return };
        if field == main.list.search {
            let words =
                stage.ui.view(field).label.as_ref().map_or("", |label| &label.text).to_owned();
            main.list.find(&mut stage.ui, &words);
        }
        if let Some(checkout) = main.checkout.as_ref().filter(|form| form.card_number == field) {
            checkout.card_typed(&mut stage.ui);
        }
    }

    fn log_in(&mut self, stage: &mut Stage) {
        self.keyboard.close(stage);
        self.with_login(|login| login.wait(&mut stage.ui));
        stage.log(LogLevel::Log, "POST /sessions");
        stage.after(LOG_IN_MS, Action::LoggedIn);
    }

    fn logged_in(&mut self, stage: &mut Stage) {
        let Some(login) = self.login.take() else { return };
        stage.event("Signed In");
        stage.animate(
            login.root,
            Property::Alpha,
            (1.0, 0.0),
            (250, Curve::InOut),
            Some(Action::Destroy(login.root)),
        );
        let mut main = Main::new(stage, self.window);
        main.show_list(stage);
        stage.ui.lay_out();
        main.list.reload(&mut stage.ui);
        self.main = Some(main);
    }

    fn open_row(&mut self, stage: &mut Stage, cell: ViewId) {
        self.keyboard.close(stage);
        let Some(main) = &mut self.main else { return };
        if let Some(product) = main.list.product_of(cell).cloned() {
            main.open(stage, product);
        }
    }

    fn cancel_search(&mut self, stage: &mut Stage) {
        self.keyboard.close(stage);
        if let Some(main) = &mut self.main {
            main.list.end_search(&mut stage.ui);
        }
    }

    fn refreshed(&mut self, stage: &mut Stage) {
        if let Some(main) = &mut self.main {
            main.list.refreshed(stage);
            stage.event("Product List Refreshed");
        }
    }

    fn back(&mut self, stage: &mut Stage) {
        if let Some(main) = &mut self.main {
            main.detail = None;
            main.navigation.pop(stage);
            main.show_list(stage);
        }
    }

    fn add_to_basket(&mut self, stage: &mut Stage) {
        let Some(main) = &mut self.main else { return };
        let Some(detail) = &main.detail else { return };
        main.basket.push(Order { product: detail.product.clone(), quantity: detail.quantity });
        let count = main.basket.iter().map(|order| order.quantity).sum();
        main.navigation.tabs.count(&mut stage.ui, count);
        stage.event("Product Added");
        let buttons = [("Keep looking", "alert.stay"), ("Great", "alert.ok")];
        self.alert = Some(Alert::open(
            stage,
            "In your basket",
            "Free delivery from £50. We keep it for you for two days.",
            buttons,
        ));
    }

    fn close_alert(&mut self, stage: &mut Stage) {
        if let Some(alert) = self.alert.take() {
            alert.close(stage);
        }
    }

    fn show_tab(&mut self, stage: &mut Stage, index: usize) {
        let Some(main) = &mut self.main else { return };
        match index {
            0 => main.go_to_list(stage),
            2 => main.go_to_basket(stage),
            _ => stage.log(LogLevel::Warn, "this tab needs the next version of the shop"),
        }
    }

    fn slide(&mut self, stage: &mut Stage, tap: &Tap) {
        if let Some(checkout) = self.main.as_mut().and_then(|main| main.checkout.as_mut()) {
            checkout.slide(&mut stage.ui, tap.fraction());
        }
    }

    fn pay(&mut self, stage: &mut Stage) {
        self.keyboard.close(stage);
        if let Some(checkout) = self.checkout() {
            stage.event("Checkout Submitted");
            checkout.pay(stage);
        }
    }

    fn paid(&mut self, stage: &mut Stage) {
        if let Some(main) = &mut self.main {
            main.confirm(stage);
        }
    }
}

impl App for Shop {
    fn keyboard(&self) -> Option<&Keyboard> {
        Some(&self.keyboard)
    }

    fn tapped(&mut self, stage: &mut Stage, action: Action, tap: &Tap) {
        match action {
            Action::Focus => self.focus(stage, tap.view),
            Action::Key(slot) => self.key(stage, slot),
            Action::Toggle => detail::toggle(&mut stage.ui, tap.view),
            Action::OpenRow => self.open_row(stage, tap.view),
            Action::ChooseColor => self.with_detail(|detail| {
                detail.choose_color(&mut stage.ui, tap.fraction());
            }),
            Action::StepQuantity => self.with_detail(|detail| {
                detail.step_quantity(&mut stage.ui, tap.fraction());
            }),
            Action::Slide => self.slide(stage, tap),
            other => self.perform(stage, other),
        }
    }

    fn perform(&mut self, stage: &mut Stage, action: Action) {
        match action {
            Action::TogglePassword => self.with_login(|login| login.toggle_password(&mut stage.ui)),
            Action::LogIn => self.log_in(stage),
            Action::LoggedIn => self.logged_in(stage),
            Action::CancelSearch => self.cancel_search(stage),
            Action::Refreshed => self.refreshed(stage),
            Action::Back => self.back(stage),
            Action::AddToBasket => self.add_to_basket(stage),
            Action::CloseAlert => self.close_alert(stage),
            Action::ShowTab(index) => self.show_tab(stage, index),
            Action::Pay => self.pay(stage),
            Action::Paid => self.paid(stage),
            Action::Continue => self.show_tab(stage, 0),
            Action::Detach(_) | Action::Destroy(_) | Action::CloseWindow(_) => stage.finish(action),
            Action::Focus
            | Action::Key(_)
            | Action::Toggle
            | Action::OpenRow
            | Action::ChooseColor
            | Action::StepQuantity
            | Action::Slide => {}
        }
    }

    fn scrolled(&mut self, stage: &mut Stage) {
        let Some(main) = &mut self.main else { return };
        main.list.update(&mut stage.ui);
        main.fade_bar(stage);
        if let Some(detail) = &main.detail {
            detail.scrolled(&mut stage.ui);
        }
    }

    fn released(&mut self, stage: &mut Stage) {
        let Some(main) = &mut self.main else { return };
        if main.list.released(stage) {
            stage.after(REFRESH_MS, Action::Refreshed);
            stage.log(LogLevel::Log, "loading products");
        }
    }
}

impl Main {
    fn new(stage: &mut Stage, window: ViewId) -> Self {
        let list = List::new(stage, products());
        let navigation = Navigation::new(stage, window, list.root);
        Self {
            navigation,
            list,
            detail: None,
            checkout: None,
            basket: Vec::new(),
            pictures: FIRST_PICTURE,
        }
    }

    fn show_list(&mut self, stage: &mut Stage) {
        self.navigation.bar.show(&mut stage.ui, "Discover", None);
        self.navigation.tabs.select(&mut stage.ui, 0);
        self.fade_bar(stage);
        stage.screen("Products");
        stage.event("Product List Viewed");
    }

    /// The bar stands over a large title or a picture until that has left.
    fn fade_bar(&self, stage: &mut Stage) {
        let current = self.navigation.current();
        let amount = if current == self.list.root {
            self.list.bar_amount(&stage.ui)
        } else {
            match self.detail.as_ref().filter(|detail| detail.root == current) {
                Some(detail) => detail.bar_amount(&stage.ui),
                None => 1.0,
            }
        };
        self.navigation.bar.fade(&mut stage.ui, amount);
    }

    fn open(&mut self, stage: &mut Stage, product: Product) {
        let detail = Detail::new(&mut stage.ui, product, self.pictures);
        self.pictures += 1;
        self.navigation.push(stage, detail.root);
        self.navigation.bar.show(&mut stage.ui, detail.product.name, Some("Shop"));
        self.detail = Some(detail);
        self.fade_bar(stage);
        stage.screen("Product Detail");
        stage.event("Product Viewed");
    }

    fn go_to_list(&mut self, stage: &mut Stage) {
        if self.navigation.current() != self.list.root {
            self.detail = None;
            self.navigation.switch(stage, self.list.root);
            if let Some(checkout) = self.checkout.take() {
                stage.ui.destroy(checkout.root);
            }
            self.show_list(stage);
        }
    }

    fn go_to_basket(&mut self, stage: &mut Stage) {
        let Some(order) = self.basket.last() else { return };
        let checkout = Checkout::new(&mut stage.ui, order);
        self.detail = None;
        self.navigation.switch(stage, checkout.root);
        self.navigation.bar.show(&mut stage.ui, "Checkout", None);
        self.navigation.tabs.select(&mut stage.ui, 2);
        self.checkout = Some(checkout);
        stage.screen("Checkout");
        stage.event("Checkout Started");
    }

    fn confirm(&mut self, stage: &mut Stage) {
        self.basket.clear();
        self.navigation.tabs.count(&mut stage.ui, 0);
        let screen = confirmation(&mut stage.ui);
        self.navigation.push(stage, screen);
        self.navigation.bar.show(&mut stage.ui, "Order confirmed", None);
        stage.screen("Order Confirmed");
        stage.event("Order Completed");
        stage.log(LogLevel::Log, "payment accepted");
    }
}
