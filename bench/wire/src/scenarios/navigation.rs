//! Screens that come and go: pushes, pops, tabs, a modal.

use super::places::{Detail, PlaceList, add_profile};
use crate::scene::{Key, Node, SCREEN, Scene, Shell, add_tabs, colors, font};
use crate::session::Session;
use crate::stage::{Stage, ease};
use viewreel_model::Point;

/// How long a push, a pop or a modal takes, in milliseconds.
const PUSH_MS: u64 = 400;
/// How far the screen below moves aside, as a part of the width.
const PARALLAX: f32 = 0.3;

/// The app: a navigation controller whose screens are kept or made anew.
struct App {
    shell: Shell,
    tabs: Vec<Key>,
    list: PlaceList,
    list_screen: Key,
    profile_screen: Key,
    /// Screens on the stack above the list.
    pushed: Vec<Key>,
    details: usize,
}

/// A minute of walking through an app.
pub(crate) fn play() -> Session {
    let mut stage = Stage::new();
    let mut app = App::build(&mut stage.scene);
    stage.launch("Places");
    for visit in 0..3 {
        stage.rest(2_000);
        app.push(&mut stage, visit);
        stage.rest(2_800);
        if visit == 1 {
            app.push(&mut stage, visit + 4);
            stage.rest(2_400);
            app.pop(&mut stage, "Place");
            stage.rest(1_000);
        }
        app.present(&mut stage, 1_900);
        stage.rest(1_000);
        app.pop(&mut stage, "Places");
        stage.rest(1_500);
        app.switch(&mut stage, 3, app.profile_screen, "Profile");
        stage.rest(2_500);
        app.switch(&mut stage, 0, app.list_screen, "Places");
    }
    stage.finish()
}

impl App {
    fn build(scene: &mut Scene) -> Self {
        let shell = Shell::open(scene, "Places");
        let tabs = add_tabs(scene, shell, ["map", "heart", "bell", "person"]);
        scene[shell.back].appearance.hidden = true;
        let (list_screen, view) = Shell::screen(scene, "PlaceListViewController");
        let list = PlaceList::build(scene, view);
        shell.show(scene, list_screen);
        let (profile_screen, view) = Shell::screen(scene, "ProfileViewController");
        add_profile(scene, view);
        let pushed = Vec::new();
        Self { shell, tabs, list, list_screen, profile_screen, pushed, details: 0 }
    }

    /// Opens the place in that row: a new screen slides in from the right.
    fn push(&mut self, stage: &mut Stage, row: usize) {
        stage.tap_in([0.0, 120.0 + 76.0 * row as f32, SCREEN.width, 60.0]);
        stage.event("Place Opened");
        let scene = &mut stage.scene;
        self.list.select(scene, row, true);
        stage.frame();
        let scene = &mut stage.scene;
        let (wrapper, view) = Shell::screen(scene, "PlaceViewController");
        Detail::build(scene, view, 40 + self.details as u64);
        self.details += 1;
        let below = self.top();
        let dim = self.add_dim(scene);
        self.shell.show(scene, wrapper);
        scene.say(self.shell.title, "Place");
        scene.say(self.shell.back_title, "Places");
        scene[self.shell.back].appearance.hidden = false;
        self.slide(stage, below, wrapper, dim, true);
        stage.scene.detach(below);
        self.list.select(&mut stage.scene, row, false);
        self.pushed.push(wrapper);
        stage.screen("Place");
    }

    /// Goes back: the screen below is the one that was there before.
    fn pop(&mut self, stage: &mut Stage, title: &str) {
        stage.tap(Point::new(40.0, 81.0));
        stage.frame();
        let top = self.pushed.pop().expect("a screen was pushed");
        let below = self.top();
        let scene = &mut stage.scene;
        scene.attach(self.shell.screens, below, 0);
        let dim = self.add_dim(scene);
        scene.attach(self.shell.screens, dim, 1);
        scene.say(self.shell.title, title);
        scene[self.shell.back].appearance.hidden = self.pushed.is_empty();
        self.slide(stage, below, top, dim, false);
        stage.scene.detach(top);
        stage.screen(title);
    }

    fn top(&self) -> Key {
        self.pushed.last().copied().unwrap_or(self.list_screen)
    }

    fn add_dim(&self, scene: &mut Scene) -> Key {
        let full = [0.0, 0.0, SCREEN.width, SCREEN.height];
        let dim = Node::system("_UIParallaxDimmingView:UIView", full).filled(colors::DIM);
        let dim = scene.add(self.shell.screens, dim);
        scene.fade(dim, 0.0);
        dim
    }

    fn slide(&self, stage: &mut Stage, below: Key, above: Key, dim: Key, is_push: bool) {
        let title = self.shell.title;
        stage.animate(PUSH_MS, |scene, t| {
            let in_front = if is_push { ease(t) } else { 1.0 - ease(t) };
            scene.place(above, (1.0 - in_front) * SCREEN.width, 0.0);
            scene.place(below, -in_front * PARALLAX * SCREEN.width, 0.0);
            scene.fade(dim, in_front);
            scene.fade(title, (2.0 * t - 1.0).abs());
        });
        stage.scene.detach(dim);
        stage.scene.place(below, 0.0, 0.0);
        stage.frame();
    }

    /// Shows another tab at once.
    fn switch(&self, stage: &mut Stage, tab: usize, screen: Key, title: &str) {
        stage.tap(Point::new(49.0 + 98.0 * tab as f32, 795.0));
        stage.frame();
        let scene = &mut stage.scene;
        for other in [self.list_screen, self.profile_screen] {
            scene.detach(other);
        }
        self.shell.show(scene, screen);
        scene.say(self.shell.title, title);
        for (index, icon) in self.tabs.iter().enumerate() {
            scene[*icon].picture.tint = if index == tab { colors::ACCENT } else { colors::GREY };
        }
        stage.frame();
        stage.screen(title);
    }

    /// Slides a sheet up, waits and slides it down.
    fn present(&self, stage: &mut Stage, ms: u64) {
        stage.tap(Point::new(363.0, 81.0));
        stage.frame();
        let scene = &mut stage.scene;
        let full = [0.0, 0.0, SCREEN.width, SCREEN.height];
        let dim = Node::system("UIDimmingView:UIView", full).filled(colors::DIM);
        let dim = scene.add(self.shell.stage, dim);
        let sheet = add_sheet(scene, self.shell.stage);
        stage.screen("Share");
        slide_sheet(stage, sheet, dim, true);
        stage.rest(ms);
        stage.tap(Point::new(340.0, 460.0));
        stage.event("Place Shared");
        slide_sheet(stage, sheet, dim, false);
        stage.scene.detach(sheet);
        stage.scene.detach(dim);
        stage.screen("Place");
        stage.frame();
    }
}

fn slide_sheet(stage: &mut Stage, sheet: Key, dim: Key, is_up: bool) {
    stage.animate(PUSH_MS, |scene, t| {
        let part = if is_up { ease(t) } else { 1.0 - ease(t) };
        scene.place(sheet, 0.0, SCREEN.height - 420.0 * part);
        scene.fade(dim, part);
    });
}

fn add_sheet(scene: &mut Scene, stage: Key) -> Key {
    let frame = [0.0, SCREEN.height, SCREEN.width, 420.0];
    let node = Node::system("UIDropShadowView:UIView", frame).filled(colors::PAPER).round(12.0);
    let sheet = scene.add(stage, node.controlled_by("ShareViewController").shadowed(12.0));
    let title = Node::label("Share this place", font(20.0, 700), [20.0, 18.0, 280.0, 26.0]);
    scene.add(sheet, title);
    let close = scene.add(sheet, Node::button("share.close", [345.0, 16.0, 30.0, 30.0]));
    scene.add(close, Node::symbol("xmark.circle.fill", colors::GREY, [0.0, 0.0, 30.0, 30.0]));
    for (row, name) in
        ["Copy link", "Message", "Mail", "Print", "Add to list", "More"].iter().enumerate()
    {
        let y = 66.0 + 56.0 * row as f32;
        let cell = scene.add(sheet, Node::cell("ShareCell:UIView", [0.0, y, SCREEN.width, 56.0]));
        scene.add(
            cell,
            Node::symbol("square.and.arrow.up", colors::ACCENT, [20.0, 16.0, 24.0, 24.0]),
        );
        scene.add(cell, Node::label(name, font(17.0, 400), [60.0, 17.0, 250.0, 22.0]));
    }
    sheet
}
