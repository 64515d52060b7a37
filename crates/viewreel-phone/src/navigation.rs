//! The bars around the screens and the moves from one screen to another.

use crate::action::Action;
use crate::look::{
    ACCENT, BAR, BLUR_CHROME, BODY, CLAY, Drawing, HEADLINE, Icon, LINE, NAV_HEIGHT, SAFE_BOTTOM,
    SAFE_TOP, SCREEN, SECONDARY, TAB, TAB_HEIGHT, button_label, label,
};
use crate::stage::Stage;
use crate::ui::{Boxed, Curve, Label, Property, Ui, View, ViewId, column, fill, row};
use viewreel_model::node::control;
use viewreel_model::{Color, Kind};

/// How long one screen takes to slide over another, in milliseconds.
pub(crate) const PUSH_MS: u64 = 350;
/// How far the screen below gives way, as a fraction of the width.
const PARALLAX: f32 = 0.3;
/// How long a cross-fade takes, in milliseconds.
const FADE_MS: u64 = 250;

/// The main window's content: screens, and the bars in front of them.
pub(crate) struct Navigation {
    screens: ViewId,
    current: ViewId,
    below: Vec<ViewId>,
    pub(crate) bar: NavigationBar,
    pub(crate) tabs: TabBar,
}

impl Navigation {
    /// Builds the bars below `window` and shows the screen `first`.
    pub(crate) fn new(stage: &mut Stage, window: ViewId, first: ViewId) -> Self {
        let view = View::new(Kind::View, "UILayoutContainerView:UIView");
        let root = stage.ui.add(window, fill(), view.controlled_by("ShopTabBarController"));
        let view = View::new(Kind::View, "UINavigationTransitionView:UIView").clipping();
        let screens = stage.ui.add(root, fill(), view);
        stage.ui.attach(screens, first);
        let bar = NavigationBar::new(&mut stage.ui, root);
        let tabs = TabBar::new(&mut stage.ui, root);
        stage.animate(root, Property::Alpha, (0.0, 1.0), (FADE_MS, Curve::InOut), None);
        Self { screens, current: first, below: Vec::new(), bar, tabs }
    }

    /// The screen that shows.
    pub(crate) fn current(&self) -> ViewId {
        self.current
    }

    /// Slides a screen in from the right.
    pub(crate) fn push(&mut self, stage: &mut Stage, screen: ViewId) {
        let old = std::mem::replace(&mut self.current, screen);
        stage.ui.attach(self.screens, screen);
        slide(stage, screen, (SCREEN.width, 0.0), None);
        slide(stage, old, (0.0, -PARALLAX * SCREEN.width), Some(Action::Detach(old)));
        self.below.push(old);
    }

    /// Slides the screen out to the right and destroys it.
    pub(crate) fn pop(&mut self, stage: &mut Stage) {
        let Some(lower) = self.below.pop() else { return };
        let old = std::mem::replace(&mut self.current, lower);
        stage.ui.attach_behind(self.screens, lower);
        slide(stage, lower, (-PARALLAX * SCREEN.width, 0.0), None);
        slide(stage, old, (0.0, SCREEN.width), Some(Action::Destroy(old)));
    }

    /// Shows the lowest screen of another tab at once. What was pushed over the
    /// lowest screen of this tab is destroyed.
    pub(crate) fn switch(&mut self, stage: &mut Stage, screen: ViewId) {
        let mut old = std::mem::replace(&mut self.current, screen);
        while let Some(lower) = self.below.pop() {
            stage.ui.destroy(old);
            old = lower;
        }
        stage.ui.detach(old);
        stage.ui.edit(screen, |view| view.shift.x = 0.0);
        stage.ui.attach(self.screens, screen);
    }
}

fn slide(stage: &mut Stage, screen: ViewId, way: (f32, f32), then: Option<Action>) {
    stage.animate(screen, Property::ShiftX, way, (PUSH_MS, Curve::Out), then);
}

/// The bar at the top.
pub(crate) struct NavigationBar {
    glass: ViewId,
    title: ViewId,
    back: ViewId,
    back_title: ViewId,
}

impl NavigationBar {
    fn new(ui: &mut Ui, parent: ViewId) -> Self {
        let view = View::new(Kind::NavigationBar, "UINavigationBar:UIView");
        let bar = ui.add(parent, row().place(0.0, 0.0, SCREEN.width, NAV_HEIGHT), view);
        let glass = add_glass(ui, bar, NAV_HEIGHT - 0.5);
        let style = column().place(90.0, SAFE_TOP, SCREEN.width - 180.0, 44.0);
        let title = ui.add(bar, style, View::label(Label::new("", HEADLINE).centered()));
        let view = View::new(Kind::Button, "_UIButtonBarButton:UIControl:UIView");
        let style = row().place(8.0, SAFE_TOP, 96.0, 44.0).gap(2.0);
        let back = ui.add(bar, style, view.named("navigation.back").on_tap(Action::Back));
        Icon::Back.add(ui, back, 20.0, ACCENT);
        let back_title = label(ui, back, "Shop", BODY.ink(ACCENT));
        Self { glass, title, back, back_title }
    }

    /// Shows a title and, where there is a screen below, the way back to it.
    pub(crate) fn show(&self, ui: &mut Ui, title: &str, back: Option<&str>) {
        ui.say(self.title, title);
        ui.say(self.back_title, back.unwrap_or_default());
        ui.edit(self.back, |view| view.appearance.hidden = back.is_none());
        self.fade(ui, 1.0);
    }

    /// How much of the bar shows, 0 … 1: it fades in as a large title leaves.
    pub(crate) fn fade(&self, ui: &mut Ui, amount: f32) {
        let alpha = (amount.clamp(0.0, 1.0) * 255.0).round() as u8;
        if ui.view(self.glass).appearance.alpha != alpha {
            ui.edit(self.glass, |view| view.appearance.alpha = alpha);
            ui.edit(self.title, |view| view.appearance.alpha = alpha);
        }
    }
}

/// The bar at the bottom.
pub(crate) struct TabBar {
    tabs: Vec<(ViewId, Drawing, ViewId)>,
    badge: ViewId,
    badge_text: ViewId,
}

const TABS: [(Icon, &str, &str); 4] = [
    (Icon::Tiles, "Shop", "tab.shop"),
    (Icon::Heart, "Saved", "tab.saved"),
    (Icon::Bag, "Basket", "tab.basket"),
    (Icon::Person, "Account", "tab.account"),
];

impl TabBar {
    fn new(ui: &mut Ui, parent: ViewId) -> Self {
        let view = View::new(Kind::TabBar, "UITabBar:UIView").chosen(0, TABS.len() as u16);
        let style = row().place(0.0, SCREEN.height - TAB_HEIGHT, SCREEN.width, TAB_HEIGHT);
        let bar = ui.add(parent, style, view);
        add_glass(ui, bar, 0.0);
        let tabs = (0..TABS.len()).map(|index| add_tab(ui, bar, index)).collect::<Vec<_>>();
        let (badge, badge_text) = add_badge(ui, tabs[2].0);
        let tab_bar = Self { tabs, badge, badge_text };
        tab_bar.select(ui, 0);
        tab_bar
    }

    /// Shows which tab is chosen.
    pub(crate) fn select(&self, ui: &mut Ui, chosen: usize) {
        for (index, &(button, icon, text)) in self.tabs.iter().enumerate() {
            let color = if index == chosen { ACCENT } else { SECONDARY };
            icon.tint(ui, color);
            ui.edit(button, |view| view.set_flag(control::ON, index == chosen));
            ui.edit(text, |view| {
                if let Some(label) = &mut view.label {
                    label.font.color = color;
                }
            });
        }
    }

    /// Shows how many products are in the basket; none for 0.
    pub(crate) fn count(&self, ui: &mut Ui, products: u32) {
        ui.say(self.badge_text, &products.to_string());
        ui.edit(self.badge, |view| view.appearance.hidden = products == 0);
    }
}

fn add_tab(ui: &mut Ui, bar: ViewId, index: usize) -> (ViewId, Drawing, ViewId) {
    let (icon, title, name) = TABS[index];
    let view = View::new(Kind::Button, "UITabBarButton:UIControl:UIView").named(name);
    let width = SCREEN.width / TABS.len() as f32;
    let style = column().place(index as f32 * width, 0.0, width, TAB_HEIGHT - SAFE_BOTTOM);
    let button = ui.add(bar, style.center().gap(4.0), view.on_tap(Action::ShowTab(index)));
    let drawing = icon.add(ui, button, 23.0, SECONDARY);
    (button, drawing, button_label(ui, button, title, TAB))
}

fn add_badge(ui: &mut Ui, tab: ViewId) -> (ViewId, ViewId) {
    let view = View { class: "_UIBadgeView:UIView", ..View::plain() };
    let style = column().place(52.0, 3.0, 18.0, 18.0).center();
    let badge = ui.add(tab, style, view.filled(CLAY).round(9.0).hidden());
    (badge, label(ui, badge, "0", TAB.ink(Color::WHITE)))
}

/// Adds what lies behind a bar: blurred content under a wash of paper, with a
/// line at `edge` points from the top.
fn add_glass(ui: &mut Ui, bar: ViewId, edge: f32) -> ViewId {
    let view = View::new(Kind::Blur, "_UIBarBackground:UIView");
    let glass = ui.add(bar, fill(), view.filled(BAR).blurred(BLUR_CHROME));
    let style = column().place(0.0, edge, SCREEN.width, 0.5);
    ui.add(
        glass,
        style,
        View { class: "_UIBarBackgroundShadowView:UIView", ..View::plain() }.filled(LINE),
    );
    glass
}
