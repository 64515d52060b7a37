//! A screen that stands still.

use super::places::PlaceList;
use crate::scene::{Node, Shell, add_tabs, colors, font};
use crate::session::Session;
use crate::stage::Stage;

/// A minute in which little happens.
pub(crate) fn play() -> Session {
    let mut stage = Stage::new();
    let scene = &mut stage.scene;
    let shell = Shell::open(scene, "Places");
    add_tabs(scene, shell, ["map", "heart", "bell", "person"]);
    let (wrapper, view) = Shell::screen(scene, "PlaceListViewController");
    shell.show(scene, wrapper);
    let list = PlaceList::build(scene, view);
    let clock = scene.add(view, Node::label("9:41", font(15.0, 600), [40.0, 20.0, 60.0, 20.0]));
    let left = font(13.0, 500).ink(colors::ALERT);
    let left = scene.add(view, Node::label("Offer ends soon", left, [240.0, 20.0, 130.0, 20.0]));
    stage.launch("Places");
    for second in 1..60 {
        if second == 23 {
            stage.scene.say(clock, "9:42");
        }
        if second % 15 == 0 {
            stage.scene.say(list.badges[second / 15], &format!("{}", 40 + second));
        }
        if (40..50).contains(&second) {
            stage.scene.say(left, &format!("Offer ends in {} s", 50 - second));
        }
        stage.rest(1_000);
    }
    stage.finish()
}
