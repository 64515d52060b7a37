//! What UIKit puts around an app's own views: window, containers, bars.

use super::{Key, Node, SCREEN, Scene, font};
use viewreel_model::Kind;

/// Colours of the apps.
pub(crate) mod colors {
    use viewreel_model::Color;

    pub(crate) const PAPER: Color = Color::WHITE;
    pub(crate) const GROUND: Color = Color::rgb(0xf2f2f7);
    pub(crate) const INK: Color = Color::rgb(0x1c1c1e);
    pub(crate) const GREY: Color = Color(0x3c3c_4399);
    pub(crate) const HINT: Color = Color(0x3c3c_434d);
    pub(crate) const LINE: Color = Color(0x3c3c_434a);
    pub(crate) const ACCENT: Color = Color::rgb(0x0a7cff);
    pub(crate) const ALERT: Color = Color::rgb(0xff3b30);
    pub(crate) const GOOD: Color = Color::rgb(0x34c759);
    pub(crate) const SHADE: Color = Color(0x0000_0033);
    pub(crate) const DIM: Color = Color(0x0000_0066);
    pub(crate) const TRACK: Color = Color(0x7878_8033);
}

const FULL: [f32; 4] = [0.0, 0.0, SCREEN.width, SCREEN.height];
/// Height of the navigation bar with the space above it, in points.
pub(crate) const NAV_HEIGHT: f32 = 103.0;
/// Height of the tab bar with the space below it, in points.
const TAB_HEIGHT: f32 = 83.0;
const BAR_MATERIAL: u8 = 10;

/// The containers of an app with a navigation bar in each tab.
#[derive(Clone, Copy)]
pub(crate) struct Shell {
    /// UIKit's container at the window's root; modals stand in it.
    pub(crate) stage: Key,
    /// Holds the screens of the navigation controller.
    pub(crate) screens: Key,
    pub(crate) title: Key,
    /// The button at the left of the bar and its title.
    pub(crate) back: Key,
    pub(crate) back_title: Key,
}

impl Shell {
    /// The window of an app: 8 containers, 11 views of a navigation bar.
    pub(crate) fn open(scene: &mut Scene, title: &str) -> Self {
        let window = scene.make(Node::system("UIWindow:UIView", FULL));
        scene.open_window(window, 0.0);
        let chain = |scene: &mut Scene, from: Key, classes: &[&'static str]| {
            classes.iter().fold(from, |at, class| scene.add(at, Node::system(class, FULL)))
        };
        let stage = chain(scene, window, &["UITransitionView:UIView"]);
        let tabs =
            chain(scene, stage, &["UIDropShadowView:UIView", "UILayoutContainerView:UIView"]);
        let wrappers = ["UITransitionView:UIView", "UIViewControllerWrapperView:UIView"];
        let wrapper = chain(scene, tabs, &wrappers);
        let controller = chain(scene, wrapper, &["UILayoutContainerView:UIView"]);
        let screens = chain(scene, controller, &["UINavigationTransitionView:UIView"]);
        let (title, back, back_title) = add_navigation_bar(scene, controller, title);
        Self { stage, screens, title, back, back_title }
    }

    /// A screen in its wrapper, not shown yet. Returns the wrapper and the view.
    pub(crate) fn screen(scene: &mut Scene, controller: &'static str) -> (Key, Key) {
        let wrapper = scene.make(Node::system("UIViewControllerWrapperView:UIView", FULL));
        let view = Node::view(FULL).controlled_by(controller).filled(colors::PAPER);
        (wrapper, scene.add(wrapper, view))
    }

    /// Shows a screen in front of the others.
    pub(crate) fn show(self, scene: &mut Scene, wrapper: Key) {
        scene.attach(self.screens, wrapper, usize::MAX);
    }
}

fn add_bar_background(scene: &mut Scene, bar: Key, height: f32, line_y: f32) {
    let frame = [0.0, 0.0, SCREEN.width, height];
    let background = scene.add(bar, Node::system("_UIBarBackground:UIView", frame));
    let blur = Node::system("UIVisualEffectView:UIView", frame).blurred(BAR_MATERIAL);
    scene.add(background, blur);
    let line = [0.0, line_y, SCREEN.width, 0.33];
    let shadow = Node::system("_UIBarBackgroundShadowView:UIView", line);
    scene.add(background, shadow.filled(colors::LINE));
}

fn add_navigation_bar(scene: &mut Scene, parent: Key, title: &str) -> (Key, Key, Key) {
    let frame = [0.0, 0.0, SCREEN.width, NAV_HEIGHT];
    let node = Node::new(Kind::NavigationBar, "UINavigationBar:UIView", frame);
    let bar = scene.add(parent, node);
    add_bar_background(scene, bar, NAV_HEIGHT, NAV_HEIGHT);
    let frame = [0.0, 59.0, SCREEN.width, 44.0];
    let content = scene.add(bar, Node::system("_UINavigationBarContentView:UIView", frame));
    let label = Node::label(title, font(17.0, 600), [96.5, 11.0, 200.0, 22.0]).centered();
    let title = scene.add(content, label);
    let blue = font(17.0, 400).ink(colors::ACCENT);
    let back = scene.add(content, Node::button("bar.left", [8.0, 0.0, 80.0, 44.0]));
    let back_title = scene.add(back, Node::label("Edit", blue, [8.0, 11.0, 72.0, 22.0]));
    let right = scene.add(content, Node::button("bar.right", [341.0, 0.0, 44.0, 44.0]));
    let icon = Node::symbol("square.and.pencil", colors::ACCENT, [11.0, 10.0, 22.0, 22.0]);
    scene.add(right, icon);
    (title, back, back_title)
}

/// Adds a tab bar with four tabs: 16 views. Returns the icons.
pub(crate) fn add_tabs(scene: &mut Scene, shell: Shell, names: [&'static str; 4]) -> Vec<Key> {
    let top = SCREEN.height - TAB_HEIGHT;
    let node = Node::new(Kind::TabBar, "UITabBar:UIView", [0.0, top, SCREEN.width, TAB_HEIGHT]);
    let layout = container_of_tabs(scene, shell);
    let bar = scene.add(layout, node.chosen(0, 4));
    add_bar_background(scene, bar, TAB_HEIGHT, 0.0);
    let mut icons = Vec::new();
    for (index, name) in names.into_iter().enumerate() {
        icons.push(add_tab(scene, bar, index, name));
    }
    icons
}

fn container_of_tabs(scene: &Scene, shell: Shell) -> Key {
    let shadow = scene[shell.stage].children[0];
    scene[shadow].children[0]
}

fn add_tab(scene: &mut Scene, bar: Key, index: usize, name: &'static str) -> Key {
    let tint = if index == 0 { colors::ACCENT } else { colors::GREY };
    let width = SCREEN.width / 4.0;
    let frame = [2.0 + index as f32 * width, 1.0, width - 4.0, 48.0];
    let node = Node::new(Kind::Button, "UITabBarButton:UIControl:UIView", frame);
    let tab = scene.add(bar, node.named(name));
    let label = Node::label(name, font(10.0, 500).ink(tint), [0.0, 34.0, width - 4.0, 12.0]);
    let icon = scene.add(tab, Node::symbol(name, tint, [width / 2.0 - 14.0, 6.0, 25.0, 25.0]));
    scene.add(tab, label.class("UITabBarButtonLabel:UILabel:UIView").centered());
    icon
}

/// Adds the indicator that a scroll view shows while it moves: 2 views.
pub(crate) fn add_indicator(scene: &mut Scene, scroll: Key) -> Key {
    let frame = [SCREEN.width - 6.0, 106.0, 3.0, 180.0];
    let indicator = scene.add(scroll, Node::system("_UIScrollViewScrollIndicator:UIView", frame));
    let pill = Node::view([0.0, 0.0, 3.0, 180.0]).filled(colors::GREY).round(1.5);
    scene.add(indicator, pill);
    scene.fade(indicator, 0.0);
    indicator
}
