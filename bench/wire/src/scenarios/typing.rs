//! A search: letters into a field, results that follow them, a keyboard.

use crate::scene::{Key, Keyboard, Node, SCREEN, Scene, Shell, add_tabs, colors, font};
use crate::session::Session;
use crate::stage::Stage;
use crate::words::Prose;
use viewreel_model::node::control;
use viewreel_model::{Color, Kind};

const QUERIES: [&str; 3] = [
    "running shoes for wide feet",
    "lightweight rain jacket for bicycle",
    "travel mug that does not leak",
];
const ROWS: usize = 12;
const ROW_HEIGHT: f32 = 60.0;
const TOP: f32 = 160.0;
const ITEMS: usize = 90;
const FIELD: [f32; 4] = [16.0, 8.0, 300.0, 36.0];

/// The views of the search screen that change.
struct Search {
    field: Key,
    clear: Key,
    caret: Key,
    rows: Vec<[Key; 5]>,
    items: Vec<[String; 3]>,
}

/// Three searches within a minute.
pub(crate) fn play() -> Session {
    let mut stage = Stage::new();
    let search = Search::build(&mut stage.scene);
    let keyboard = Keyboard::make(&mut stage.scene);
    stage.launch("Search");
    stage.rest(1_500);
    stage.tap_in([16.0, 111.0, 300.0, 36.0]);
    search.focus(&mut stage.scene, true);
    stage.slide_keyboard(&keyboard, true, |_, _| {});
    for query in QUERIES {
        search.type_in(&mut stage, query);
        search.read(&mut stage, 3_500);
        search.clear(&mut stage);
    }
    search.focus(&mut stage.scene, false);
    stage.slide_keyboard(&keyboard, false, |_, _| {});
    stage.finish()
}

impl Search {
    fn build(scene: &mut Scene) -> Self {
        let shell = Shell::open(scene, "Search");
        add_tabs(scene, shell, ["house", "magnifyingglass", "cart", "person"]);
        let (wrapper, view) = Shell::screen(scene, "SearchViewController");
        shell.show(scene, wrapper);
        let bar = Node::system("UISearchBar:UIView", [0.0, 103.0, SCREEN.width, 52.0]);
        let bar = scene.add(view, bar);
        let (field, clear, caret) = add_field(scene, bar);
        let class = "UICollectionView:UIScrollView:UIView";
        let frame = [0.0, TOP, SCREEN.width, SCREEN.height - TOP];
        let list = scene.add(view, Node::scroll(Kind::List, class, frame).named("search.results"));
        let items = items();
        let rows = (0..ROWS).map(|row| add_row(scene, list, row, &items[row])).collect();
        Self { field, clear, caret, rows, items }
    }

    fn focus(&self, scene: &mut Scene, is_on: bool) {
        scene[self.field].set_flag(control::FOCUSED, is_on);
        scene[self.caret].appearance.hidden = !is_on;
    }

    /// Types a letter every 300 ms; the results follow 100 ms later.
    fn type_in(&self, stage: &mut Stage, query: &str) {
        for (index, letter) in query.char_indices() {
            stage.tap(Keyboard::key(letter));
            stage.frame();
            self.say(&mut stage.scene, &query[..=index]);
            stage.frame();
            if index % 2 == 1 {
                self.find(&mut stage.scene, &query[..=index]);
            }
            stage.frame();
        }
        stage.event("Products Searched");
    }

    /// Looks at the results while the caret blinks.
    fn read(&self, stage: &mut Stage, ms: u64) {
        for blink in 0..ms / 500 {
            stage.scene.fade(self.caret, (blink % 2) as f32);
            stage.rest(500);
        }
        stage.scene.fade(self.caret, 1.0);
    }

    fn clear(&self, stage: &mut Stage) {
        stage.tap_in([290.0, 119.0, 20.0, 20.0]);
        self.say(&mut stage.scene, "");
        self.find(&mut stage.scene, "");
        stage.rest(700);
    }

    fn say(&self, scene: &mut Scene, text: &str) {
        scene.say(self.field, text);
        let end = scene.text_end(self.field);
        scene[self.caret].frame.origin.x = if text.is_empty() { 32.0 } else { end + 1.0 };
        scene[self.clear].appearance.hidden = text.is_empty();
    }

    /// Ranks the items anew: the longer the query, the fewer of them move.
    fn find(&self, scene: &mut Scene, query: &str) {
        let steady = (query.len() / 3).min(ROWS);
        let shift = query.bytes().map(usize::from).sum::<usize>() % (ITEMS - ROWS);
        for (index, row) in self.rows.iter().enumerate() {
            let item = if index < steady { index + QUERIES.len() } else { index + shift };
            let [title, detail, price] = &self.items[item];
            scene[row[1]].picture = crate::scene::picture(100 + item as u64);
            scene.say(row[2], title);
            scene.say(row[3], detail);
            scene.say(row[4], price);
        }
    }
}

fn items() -> Vec<[String; 3]> {
    let mut prose = Prose::new(23);
    (0..ITEMS).map(|_| [prose.phrase(3), prose.phrase(5), prose.price()]).collect()
}

fn add_field(scene: &mut Scene, bar: Key) -> (Key, Key, Key) {
    let class = "UISearchBarTextField:UISearchTextField:UITextField:UIControl:UIView";
    let field = Node::field("Search products", font(17.0, 400), FIELD);
    let field = scene.add(bar, field.class(class).named("search.field"));
    let class = "_UISearchBarSearchFieldBackgroundView:UIView";
    let back = Node::system(class, [0.0, 0.0, 300.0, 36.0]).filled(colors::TRACK).round(10.0);
    scene.add(field, back);
    scene.add(field, Node::symbol("magnifyingglass", colors::GREY, [8.0, 8.0, 20.0, 20.0]));
    let clear = Node::button("search.clear", [274.0, 8.0, 20.0, 20.0]).hidden();
    let clear = scene.add(field, clear);
    scene.add(clear, Node::symbol("xmark.circle.fill", colors::GREY, [0.0, 0.0, 20.0, 20.0]));
    let caret = Node::system("UITextCursorView:UIView", [32.0, 7.0, 2.0, 22.0]);
    let caret = scene.add(field, caret.filled(colors::ACCENT).hidden());
    let cancel = scene.add(bar, Node::button("search.cancel", [322.0, 8.0, 60.0, 36.0]));
    let blue = font(17.0, 400).ink(colors::ACCENT);
    scene.add(cancel, Node::label("Cancel", blue, [0.0, 7.0, 60.0, 22.0]));
    (field, clear, caret)
}

/// A row of 8 views; returns those that change.
fn add_row(scene: &mut Scene, list: Key, row: usize, item: &[String; 3]) -> [Key; 5] {
    let class = "ResultCell:UICollectionViewListCell:UICollectionViewCell:UIView";
    let frame = [0.0, row as f32 * ROW_HEIGHT, SCREEN.width, ROW_HEIGHT];
    let cell = scene.add(list, Node::cell(class, frame));
    let full = [0.0, 0.0, SCREEN.width, ROW_HEIGHT];
    let content = scene.add(cell, Node::system("UIListContentView:UIView", full));
    let tile = Node::view([16.0, 8.0, 44.0, 44.0]).filled(colors::GROUND).round(8.0);
    let tile = scene.add(content, tile);
    let picture = Node::picture(100 + row as u64, [4.0, 4.0, 36.0, 36.0]);
    let picture = scene.add(tile, picture.round(4.0));
    let [title, detail, price] = item;
    let title = Node::label(title, font(16.0, 500), [72.0, 9.0, 230.0, 21.0]);
    let detail = Node::label(detail, font(13.0, 400).grey(), [72.0, 31.0, 230.0, 18.0]);
    let price = Node::label(price, font(15.0, 600), [310.0, 20.0, 67.0, 20.0]).trailing();
    let [title, detail, price] = [title, detail, price].map(|node| scene.add(content, node));
    let line = [72.0, ROW_HEIGHT - 0.33, SCREEN.width - 72.0, 0.33];
    let line = Node::system("_UITableViewCellSeparatorView:UIView", line);
    scene.add(cell, line.filled(Color(0x3c3c_434a)));
    [cell, picture, title, detail, price]
}
