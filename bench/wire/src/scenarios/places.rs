//! Screens about places: a list of them, one of them, and a profile.

use crate::scene::{Key, Node, SCREEN, Scene, colors, font};
use crate::words::Prose;
use viewreel_model::node::control;
use viewreel_model::{Color, Kind};

const FULL: [f32; 4] = [0.0, 0.0, SCREEN.width, SCREEN.height];
const ROWS: usize = 14;
const ROW_HEIGHT: f32 = 76.0;

/// A list of places: 113 views below its screen's view.
pub(crate) struct PlaceList {
    cells: Vec<Key>,
    /// The badge in each row.
    pub(crate) badges: Vec<Key>,
}

impl PlaceList {
    /// Builds it into a screen's view.
    pub(crate) fn build(scene: &mut Scene, view: Key) -> Self {
        let mut prose = Prose::new(31);
        let class = "UITableView:UIScrollView:UIView";
        let list = scene.add(view, Node::scroll(Kind::List, class, FULL).named("places.list"));
        let rows: Vec<_> = (0..ROWS).map(|row| add_place(scene, list, row, &mut prose)).collect();
        let (cells, badges) = rows.into_iter().unzip();
        Self { cells, badges }
    }

    /// Shows a row as selected or not.
    pub(crate) fn select(&self, scene: &mut Scene, row: usize, is_on: bool) {
        let cell = &mut scene[self.cells[row]];
        cell.set_flag(control::ON, is_on);
        cell.appearance.background = if is_on { Color::rgb(0xd1d1d6) } else { colors::PAPER };
    }
}

fn add_place(scene: &mut Scene, list: Key, row: usize, prose: &mut Prose) -> (Key, Key) {
    let class = "PlaceCell:UITableViewCell:UIView";
    let frame = [0.0, 103.0 + row as f32 * ROW_HEIGHT, SCREEN.width, ROW_HEIGHT];
    let cell = scene.add(list, Node::cell(class, frame));
    let class = "UITableViewCellContentView:UIView";
    let content = Node::system(class, [0.0, 0.0, SCREEN.width, ROW_HEIGHT]);
    let content = scene.add(cell, content);
    let picture = Node::picture(200 + row as u64, [16.0, 10.0, 56.0, 56.0]).round(8.0);
    scene.add(content, picture);
    let name = Node::label(&prose.phrase(3), font(17.0, 500), [84.0, 12.0, 210.0, 22.0]);
    scene.add(content, name);
    let about = font(14.0, 400).grey();
    scene.add(content, Node::label(&prose.phrase(6), about, [84.0, 38.0, 250.0, 18.0]));
    let badge = format!("{}", 1 + prose.below(40));
    let badge = Node::label(&badge, font(13.0, 600).ink(colors::ACCENT), [310.0, 14.0, 50.0, 18.0]);
    let badge = scene.add(content, badge.trailing());
    let line = [84.0, ROW_HEIGHT - 0.33, SCREEN.width - 84.0, 0.33];
    let line = Node::system("_UITableViewCellSeparatorView:UIView", line).filled(colors::LINE);
    scene.add(cell, line);
    scene.add(cell, Node::symbol("chevron.right", colors::HINT, [370.0, 30.0, 10.0, 16.0]));
    (cell, badge)
}

/// One place: about 110 views below its screen's view.
pub(crate) struct Detail;

impl Detail {
    /// Builds it into a screen's view; another `seed` is another place.
    pub(crate) fn build(scene: &mut Scene, view: Key, seed: u64) {
        let mut prose = Prose::new(seed);
        let class = "UIScrollView:UIView";
        let scroll = scene.add(view, Node::scroll(Kind::Scroll, class, FULL).named("place"));
        add_head(scene, scroll, seed, &mut prose);
        for row in 0..9 {
            add_fact(scene, scroll, row, &mut prose);
        }
        add_related(scene, scroll, seed, &mut prose);
    }
}

fn add_head(scene: &mut Scene, scroll: Key, seed: u64, prose: &mut Prose) {
    let hero = Node::picture(seed, [0.0, 103.0, SCREEN.width, 240.0]);
    scene.add(scroll, hero.named("place.hero"));
    let title = Node::label(&prose.phrase(3), font(28.0, 700), [20.0, 356.0, 353.0, 34.0]);
    scene.add(scroll, title);
    for star in 0..5 {
        let tint = if star < 4 { Color::rgb(0xff9500) } else { colors::HINT };
        let frame = [20.0 + 20.0 * star as f32, 396.0, 18.0, 18.0];
        scene.add(scroll, Node::symbol("star.fill", tint, frame));
    }
    let about = [prose.sentence(14), prose.sentence(12), prose.sentence(10)].join(" ");
    let about = Node::paragraph(&about, font(16.0, 400), 4, [20.0, 424.0, 353.0, 80.0]);
    scene.add(scroll, about);
    for (index, name) in ["Directions", "Call", "Save"].into_iter().enumerate() {
        let frame = [20.0 + 120.0 * index as f32, 512.0, 112.0, 44.0];
        let node = Node::button("place.action", frame).filled(colors::ACCENT).round(12.0);
        let button = scene.add(scroll, node);
        let white = font(16.0, 600).ink(Color::WHITE);
        scene.add(button, Node::label(name, white, [0.0, 11.0, 112.0, 22.0]).centered());
    }
}

fn add_fact(scene: &mut Scene, scroll: Key, row: usize, prose: &mut Prose) {
    let frame = [20.0, 572.0 + 40.0 * row as f32, 353.0, 40.0];
    let fact = scene.add(scroll, Node::view(frame));
    scene.add(fact, Node::symbol("info.circle", colors::ACCENT, [0.0, 10.0, 20.0, 20.0]));
    let name = Node::label(prose.word(), font(15.0, 400).grey(), [28.0, 10.0, 120.0, 20.0]);
    scene.add(fact, name);
    let value = Node::label(&prose.phrase(3), font(15.0, 400), [150.0, 10.0, 203.0, 20.0]);
    scene.add(fact, value.trailing());
    scene.add(fact, Node::view([0.0, 39.5, 353.0, 0.5]).filled(colors::LINE));
}

fn add_related(scene: &mut Scene, scroll: Key, seed: u64, prose: &mut Prose) {
    let class = "UICollectionView:UIScrollView:UIView";
    let frame = [0.0, 940.0, SCREEN.width, 180.0];
    let strip = scene.add(scroll, Node::scroll(Kind::List, class, frame));
    for index in 0..8 {
        let frame = [20.0 + 140.0 * index as f32, 0.0, 130.0, 180.0];
        let card = scene.add(strip, Node::cell("PlaceCard:UICollectionViewCell:UIView", frame));
        let picture = Node::picture(seed + 7 + index, [0.0, 0.0, 130.0, 120.0]).round(10.0);
        scene.add(card, picture);
        scene.add(card, Node::label(&prose.phrase(2), font(14.0, 500), [0.0, 126.0, 130.0, 18.0]));
        let price = Node::label(&prose.price(), font(13.0, 400).grey(), [0.0, 148.0, 130.0, 16.0]);
        scene.add(card, price);
    }
}

/// A profile: about 110 views below its screen's view.
pub(crate) fn add_profile(scene: &mut Scene, view: Key) {
    let mut prose = Prose::new(37);
    let class = "UITableView:UIScrollView:UIView";
    let list = scene.add(view, Node::scroll(Kind::List, class, FULL).named("profile"));
    let picture = Node::picture(7, [146.0, 120.0, 100.0, 100.0]).round(50.0);
    scene.add(list, picture);
    let name = Node::label(&prose.name(), font(24.0, 700), [20.0, 230.0, 353.0, 30.0]);
    scene.add(list, name.centered());
    for row in 0..18 {
        let frame = [0.0, 280.0 + 50.0 * row as f32, SCREEN.width, 50.0];
        let cell = scene.add(list, Node::cell("SettingCell:UITableViewCell:UIView", frame));
        scene.add(cell, Node::symbol("gear", colors::ACCENT, [16.0, 13.0, 24.0, 24.0]));
        scene.add(cell, Node::label(&prose.phrase(2), font(17.0, 400), [56.0, 14.0, 180.0, 22.0]));
        let value = Node::label(prose.word(), font(17.0, 400).grey(), [240.0, 14.0, 120.0, 22.0]);
        scene.add(cell, value.trailing());
        scene.add(cell, Node::symbol("chevron.right", colors::HINT, [370.0, 17.0, 10.0, 16.0]));
        scene.add(cell, Node::view([56.0, 49.5, 337.0, 0.5]).filled(colors::LINE));
    }
}
