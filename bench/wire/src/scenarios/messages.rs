//! A list of messages with recycled rows.

use crate::scene::{Key, Node, SCREEN, Scene, Shell, add_indicator, add_tabs, colors, font};
use crate::session::Session;
use crate::stage::{Fling, Stage};
use crate::words::Prose;
use viewreel_model::{Kind, Point};

const ROW_HEIGHT: f32 = 96.0;
const ROWS: usize = 10;
const MESSAGES: usize = 120;
/// The first row begins below bar and search field, in points.
const TOP: f32 = 155.0;

/// Speeds of the flings in points per millisecond, and when they begin.
const FLINGS: [(u64, f32); 6] =
    [(2_000, 2.2), (9_000, 1.6), (17_000, 2.6), (26_000, -1.9), (36_000, 2.0), (47_000, -2.4)];

/// Where a recycled row comes to stand among its siblings.
#[derive(Clone, Copy, PartialEq)]
enum Reuse {
    /// Behind the other rows, where UIKit's tables insert.
    Reinserted,
    /// Where it stood before.
    InPlace,
}

struct Message {
    sender: String,
    time: String,
    text: String,
    picture: u64,
}

/// The views of a row that change with its message.
struct Row {
    cell: Key,
    avatar: Key,
    labels: [Key; 3],
    item: usize,
}

/// A table view and its rows.
struct Table {
    list: Key,
    rows: Vec<Row>,
    messages: Vec<Message>,
    reuse: Reuse,
}

/// The list as UIKit moves it.
pub(crate) fn play_reinserted() -> Session {
    play(Reuse::Reinserted)
}

/// The list whose rows keep their place.
pub(crate) fn play_in_place() -> Session {
    play(Reuse::InPlace)
}

fn play(reuse: Reuse) -> Session {
    let mut stage = Stage::new();
    let (mut table, indicator) = build(&mut stage.scene, reuse);
    stage.launch("Messages");
    let range = (0.0, TOP + MESSAGES as f32 * ROW_HEIGHT - SCREEN.height);
    for (begin_ms, speed) in FLINGS {
        stage.until(begin_ms);
        let indicator = Some(indicator);
        let fling = Fling { scroll: table.list, indicator, is_sideways: false, speed, range };
        let from = Point::new(211.0, if speed > 0.0 { 610.0 } else { 240.0 });
        fling.play(&mut stage, from, |scene, offset| table.show(scene, offset));
        stage.event("List Scrolled");
    }
    stage.finish()
}

fn build(scene: &mut Scene, reuse: Reuse) -> (Table, Key) {
    let shell = Shell::open(scene, "Messages");
    add_tabs(scene, shell, ["message", "person.2", "phone", "gearshape"]);
    let (wrapper, view) = Shell::screen(scene, "MessageListViewController");
    shell.show(scene, wrapper);
    let frame = [0.0, 0.0, SCREEN.width, SCREEN.height];
    let class = "UITableView:UIScrollView:UIView";
    let list = scene.add(view, Node::scroll(Kind::List, class, frame).named("messages.list"));
    add_search(scene, list);
    let messages = messages();
    let rows = (0..ROWS).map(|item| add_row(scene, list, item, &messages[item])).collect();
    let indicator = add_indicator(scene, list);
    (Table { list, rows, messages, reuse }, indicator)
}

fn messages() -> Vec<Message> {
    let mut prose = Prose::new(11);
    let message = |_| Message {
        sender: prose.name(),
        time: prose.clock(),
        text: prose.sentence(9),
        picture: 1 + prose.below(40),
    };
    (0..MESSAGES).map(message).collect()
}

fn add_search(scene: &mut Scene, list: Key) {
    let node = Node::system("UISearchBar:UIView", [0.0, 103.0, SCREEN.width, 52.0]);
    let bar = scene.add(list, node);
    let class = "UISearchBarTextField:UISearchTextField:UITextField:UIControl:UIView";
    let field = Node::field("Search", font(17.0, 400), [16.0, 8.0, 361.0, 36.0]);
    let field = scene.add(bar, field.class(class).named("messages.search"));
    let class = "_UISearchBarSearchFieldBackgroundView:UIView";
    let back = Node::system(class, [0.0, 0.0, 361.0, 36.0]).filled(colors::TRACK).round(10.0);
    scene.add(field, back);
    scene.add(field, Node::symbol("magnifyingglass", colors::GREY, [8.0, 8.0, 20.0, 20.0]));
}

fn add_row(scene: &mut Scene, list: Key, item: usize, message: &Message) -> Row {
    let class = "MessageCell:UITableViewCell:UIView";
    let node = Node::cell(class, [0.0, row_top(item), SCREEN.width, ROW_HEIGHT]);
    let cell = scene.make(node);
    scene.attach(list, cell, 0);
    let picture = Node::picture(message.picture, [16.0, 18.0, 60.0, 60.0]).round(30.0);
    let avatar = scene.add(cell, picture);
    let sender = Node::label(&message.sender, font(17.0, 600), [90.0, 16.0, 200.0, 22.0]);
    let time = font(15.0, 400).grey();
    let time = Node::label(&message.time, time, [296.0, 17.0, 81.0, 20.0]).trailing();
    let text = font(15.0, 400).grey();
    let text = Node::paragraph(&message.text, text, 2, [90.0, 40.0, 287.0, 40.0]);
    let labels = [sender, time, text].map(|node| scene.add(cell, node));
    Row { cell, avatar, labels, item }
}

fn row_top(item: usize) -> f32 {
    TOP + item as f32 * ROW_HEIGHT
}

impl Table {
    /// Lets rows that have left the screen show the messages that came into it.
    fn show(&mut self, scene: &mut Scene, offset: f32) {
        let first = ((offset - TOP) / ROW_HEIGHT).floor().max(0.0) as usize;
        let wanted = first..(first + ROWS).min(self.messages.len());
        for item in wanted.clone() {
            if self.rows.iter().all(|row| row.item != item) {
                let free = self.rows.iter().position(|row| !wanted.contains(&row.item));
                free.into_iter().for_each(|row| self.recycle(scene, row, item));
            }
        }
    }

    fn recycle(&mut self, scene: &mut Scene, row: usize, item: usize) {
        let (row, message) = (&mut self.rows[row], &self.messages[item]);
        row.item = item;
        scene[row.cell].generation += 1;
        scene.place(row.cell, 0.0, row_top(item));
        if self.reuse == Reuse::Reinserted {
            scene.attach(self.list, row.cell, 0);
        }
        scene[row.avatar].picture = crate::scene::picture(message.picture);
        for (label, text) in row.labels.iter().zip([&message.sender, &message.time, &message.text])
        {
            scene.say(*label, text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_has_text() {
        assert!(messages().iter().all(|message| message.text.len() > 20));
    }
}
