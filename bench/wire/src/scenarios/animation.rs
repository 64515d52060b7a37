//! Views that move, fade and turn.

use crate::scene::{Key, Node, Scene, Shell, add_tabs, colors, font};
use crate::session::Session;
use crate::stage::{Stage, ease};
use viewreel_model::{Color, Kind, Point, Transform};

const PIECES: usize = 20;

/// The views that move.
struct Show {
    progress: Key,
    percent: Key,
    spinner: Key,
    heart: Key,
    card: Key,
    bars: Vec<Key>,
    pieces: Vec<Key>,
}

/// A minute in which something moves in nearly every capture.
pub(crate) fn play() -> Session {
    let mut stage = Stage::new();
    let show = Show::build(&mut stage.scene);
    stage.launch("Upload");
    stage.tap(Point::new(196.0, 700.0));
    show.load(&mut stage, 14_000);
    show.celebrate(&mut stage, 4_000);
    stage.rest(1_000);
    stage.tap(Point::new(196.0, 420.0));
    show.beat(&mut stage, 8_000);
    show.listen(&mut stage, 14_000);
    show.turn_card(&mut stage, 6_000);
    show.celebrate(&mut stage, 4_000);
    stage.event("Upload Finished");
    show.load(&mut stage, 7_000);
    stage.finish()
}

impl Show {
    fn build(scene: &mut Scene) -> Self {
        let shell = Shell::open(scene, "Upload");
        add_tabs(scene, shell, ["tray", "music.note", "heart", "person"]);
        let (wrapper, view) = Shell::screen(scene, "UploadViewController");
        shell.show(scene, wrapper);
        let class = "UIProgressView:UIView";
        let progress = Node::new(Kind::Progress, class, [40.0, 180.0, 313.0, 4.0]);
        let progress = scene.add(view, progress.named("upload.progress"));
        let percent = Node::label("0 %", font(15.0, 400).grey(), [40.0, 192.0, 313.0, 20.0]);
        let percent = scene.add(view, percent.centered());
        let spinner = Node::symbol("arrow.2.circlepath", colors::GREY, [176.0, 224.0, 40.0, 40.0]);
        let spinner = scene.add(view, spinner);
        let heart = Node::symbol("heart.fill", colors::ALERT, [166.0, 290.0, 60.0, 60.0]);
        let heart = scene.add(view, heart);
        let (card, bars) = (add_card(scene, view), add_bars(scene, view));
        (0..4).for_each(|row| add_next(scene, view, row));
        let pieces = (0..PIECES).map(|index| add_piece(scene, view, index)).collect();
        Self { progress, percent, spinner, heart, card, bars, pieces }
    }

    /// A progress bar, its number and a spinner: 3 views.
    fn load(&self, stage: &mut Stage, ms: u64) {
        stage.animate(ms, |scene, t| {
            scene[self.progress].control.value = t;
            scene.say(self.percent, &format!("{} %", (t * 100.0) as u32));
            scene[self.spinner].transform = turned(t * ms as f32 / 160.0);
        });
    }

    /// Pieces of paper fall, turn and fade: 20 views.
    fn celebrate(&self, stage: &mut Stage, ms: u64) {
        stage.animate(ms, |scene, t| {
            for (index, piece) in self.pieces.iter().enumerate() {
                let own = index as f32;
                let sway = (t * 9.0 + own).sin() * 24.0;
                let x = 8.0 + own * 19.0 + sway;
                let fall = t * (0.7 + 0.03 * own);
                scene.place(*piece, x, 90.0 + fall * fall * 640.0);
                scene[*piece].transform = turned(t * (4.0 + own * 0.4));
                scene.fade(*piece, 1.2 - 1.2 * t);
            }
        });
        self.pieces.iter().for_each(|piece| stage.scene.fade(*piece, 0.0));
    }

    /// A heart beats over a card that breathes: 2 views.
    fn beat(&self, stage: &mut Stage, ms: u64) {
        stage.animate(ms, |scene, t| {
            let seconds = t * ms as f32 / 1_000.0;
            scene[self.heart].transform = scaled(1.0 + 0.2 * (seconds * 7.0).sin());
            scene.fade(self.card, 0.8 + 0.2 * (seconds * 3.0).cos());
        });
    }

    /// The bars of a sound: 12 views change their height.
    fn listen(&self, stage: &mut Stage, ms: u64) {
        stage.animate(ms, |scene, t| {
            let seconds = t * ms as f32 / 1_000.0;
            for (index, bar) in self.bars.iter().enumerate() {
                let wave = (seconds * (5.0 + index as f32 * 0.7)).sin().abs();
                let height = (8.0 + 72.0 * wave).round();
                scene[*bar].frame.size.height = height;
                scene[*bar].frame.origin.y = 600.0 - height;
            }
        });
    }

    /// A card moves to and fro and turns a little: 1 view with 4 below it.
    fn turn_card(&self, stage: &mut Stage, ms: u64) {
        stage.animate(ms, |scene, t| {
            let swing = (t * 12.0).sin();
            scene.place(self.card, 46.0 + 60.0 * swing, 370.0 - 20.0 * ease(t));
            scene[self.card].transform = turned(0.1 * swing);
        });
        stage.scene.place(self.card, 46.0, 370.0);
        stage.scene[self.card].transform = Transform::IDENTITY;
    }
}

fn add_card(scene: &mut Scene, view: Key) -> Key {
    let node = Node::view([46.0, 370.0, 300.0, 110.0]).filled(colors::PAPER).round(16.0);
    let card = scene.add(view, node.shadowed(12.0).class("TrackCard:UIView"));
    scene.add(card, Node::picture(61, [14.0, 15.0, 80.0, 80.0]).round(8.0));
    scene.add(
        card,
        Node::label("Morning by the river", font(17.0, 600), [108.0, 22.0, 180.0, 22.0]),
    );
    scene.add(card, Node::label("Olga Novak", font(15.0, 400).grey(), [108.0, 48.0, 180.0, 20.0]));
    scene.add(card, Node::label("3:42", font(13.0, 400).grey(), [108.0, 74.0, 60.0, 16.0]));
    card
}

/// A row of what comes next, which stands still: 4 views.
fn add_next(scene: &mut Scene, view: Key, row: usize) {
    let frame = [16.0, 610.0 + 40.0 * row as f32, 361.0, 40.0];
    let next = scene.add(view, Node::view(frame).class("NextTrackView:UIView"));
    scene.add(next, Node::picture(70 + row as u64, [0.0, 4.0, 32.0, 32.0]).round(4.0));
    let title = ["By the lake", "Slow train home", "Lanterns", "First snow"][row];
    scene.add(next, Node::label(title, font(15.0, 400), [42.0, 10.0, 240.0, 20.0]));
    let length = ["3:10", "4:02", "2:48", "5:31"][row];
    let length = Node::label(length, font(13.0, 400).grey(), [300.0, 11.0, 61.0, 18.0]);
    scene.add(next, length.trailing());
}

fn add_bars(scene: &mut Scene, view: Key) -> Vec<Key> {
    let add = |index| {
        let frame = [60.0 + 24.0 * index as f32, 592.0, 12.0, 8.0];
        scene.add(view, Node::view(frame).filled(colors::ACCENT).round(3.0))
    };
    (0..12).map(add).collect()
}

fn add_piece(scene: &mut Scene, view: Key, index: usize) -> Key {
    let colors = [colors::ACCENT, colors::GOOD, colors::ALERT, Color::rgb(0xff9500)];
    let frame = [8.0 + 19.0 * index as f32, 90.0, 10.0, 16.0];
    let node = Node::new(Kind::Shape, "ConfettiPiece:UIView", frame).filled(colors[index % 4]);
    let piece = scene.add(view, node);
    scene.fade(piece, 0.0);
    piece
}

/// Turned by an angle in radians.
fn turned(angle: f32) -> Transform {
    let rotation = (angle / std::f32::consts::TAU).rem_euclid(1.0);
    Transform { rotation, ..Transform::IDENTITY }
}

fn scaled(factor: f32) -> Transform {
    Transform { scale: Point::new(factor, factor), ..Transform::IDENTITY }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::SCREEN;

    #[test]
    fn the_pieces_start_on_the_screen() {
        let mut scene = Scene::default();
        let root = scene.make(Node::view([0.0, 0.0, SCREEN.width, SCREEN.height]));
        let last = add_piece(&mut scene, root, PIECES - 1);
        assert!(scene[last].frame.origin.x < SCREEN.width);
    }
}
