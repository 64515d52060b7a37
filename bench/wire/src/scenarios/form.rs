//! A form that is filled in.

use crate::scene::{Key, Keyboard, Node, SCREEN, Scene, Shell, add_tabs, colors, font};
use crate::session::Session;
use crate::stage::{Stage, ease_out};
use viewreel_model::node::control;
use viewreel_model::{Color, Kind, Point};

const FIELDS: [(&str, &str); 6] = [
    ("Event name", "Summer picnic at the lake"),
    ("Place", "Old boat house, north shore"),
    ("Note", "Bring blankets and a kettle"),
    ("Food", "Bread, cheese, two tomato salads"),
    ("Music", "Quiet songs until ten"),
    ("Sign", "Follow the yellow ribbons"),
];
const SWITCHES: [&str; 3] = ["Invite neighbours", "Remind me a day before", "Show on the map"];
/// A validation text takes this much room, in points.
const ERROR_HEIGHT: f32 = 18.0;

/// A field with what belongs to it.
struct Field {
    group: Key,
    field: Key,
    caret: Key,
    error: Key,
}

/// The form.
struct Form {
    scroll: Key,
    fields: Vec<Field>,
    switches: Vec<Key>,
    segments: Key,
    slider: Key,
    guests: Key,
    /// What stands below the fields.
    lower: Key,
    submit: Key,
}

/// A minute of filling in a form.
pub(crate) fn play() -> Session {
    let mut stage = Stage::new();
    let form = Form::build(&mut stage.scene);
    let keyboard = Keyboard::make(&mut stage.scene);
    stage.launch("New event");
    stage.rest(1_500);
    form.focus(&mut stage, 0);
    stage.slide_keyboard(&keyboard, true, |_, _| {});
    for index in 0..FIELDS.len() {
        if index > 0 {
            form.focus(&mut stage, index);
            form.scroll_by(&mut stage, 78.0);
        }
        form.fill(&mut stage, index);
        form.blur(&mut stage, index);
    }
    stage.slide_keyboard(&keyboard, false, |_, _| {});
    form.toggle(&mut stage);
    form.choose(&mut stage);
    form.slide(&mut stage);
    form.submit(&mut stage);
    stage.finish()
}

impl Form {
    fn build(scene: &mut Scene) -> Self {
        let shell = Shell::open(scene, "New event");
        add_tabs(scene, shell, ["calendar", "plus", "bell", "person"]);
        let (wrapper, view) = Shell::screen(scene, "EventFormViewController");
        shell.show(scene, wrapper);
        let frame = [0.0, 0.0, SCREEN.width, SCREEN.height];
        let node = Node::scroll(Kind::Scroll, "UIScrollView:UIView", frame);
        let scroll = scene.add(view, node.filled(colors::GROUND).named("event.form"));
        let fields = FIELDS.iter().enumerate();
        let fields =
            fields.map(|(index, (name, _))| add_field(scene, scroll, index, name)).collect();
        let lower = scene.add(scroll, Node::view([0.0, 600.0, SCREEN.width, 420.0]));
        let switches = SWITCHES.iter().enumerate();
        let switches =
            switches.map(|(index, name)| add_switch(scene, lower, index, name)).collect();
        let segments = add_segments(scene, lower);
        let (slider, guests) = add_slider(scene, lower);
        let submit = add_submit(scene, lower);
        Self { scroll, fields, switches, segments, slider, guests, lower, submit }
    }

    fn focus(&self, stage: &mut Stage, index: usize) {
        let y = 150.0 + 78.0 * index.min(2) as f32;
        stage.tap(Point::new(160.0, y));
        stage.frame();
        self.set_focus(&mut stage.scene, index, true);
        stage.frame();
    }

    fn set_focus(&self, scene: &mut Scene, index: usize, is_on: bool) {
        let field = &self.fields[index];
        scene[field.field].set_flag(control::FOCUSED, is_on);
        scene[field.field].appearance.border.color =
            if is_on { colors::ACCENT } else { colors::LINE };
        scene[field.caret].appearance.hidden = !is_on;
    }

    /// Types two letters in three captures.
    fn fill(&self, stage: &mut Stage, index: usize) {
        let (field, text) = (&self.fields[index], FIELDS[index].1);
        for (at, letter) in text.char_indices() {
            stage.tap(Keyboard::key(letter));
            stage.scene.say(field.field, &text[..=at]);
            let end = stage.scene.text_end(field.field);
            stage.scene[field.caret].frame.origin.x = end + 1.0;
            stage.rest(if at % 2 == 0 { 100 } else { 200 });
        }
        stage.event("Field Filled");
    }

    /// Leaves a field; every other one complains first and is mended.
    fn blur(&self, stage: &mut Stage, index: usize) {
        self.set_focus(&mut stage.scene, index, false);
        if index % 2 == 1 {
            self.complain(stage, index, true);
            stage.rest(900);
            self.complain(stage, index, false);
        }
    }

    /// Fades a validation text in or out and moves all that is below it.
    fn complain(&self, stage: &mut Stage, index: usize, is_on: bool) {
        let field = &self.fields[index];
        let edge = if is_on { colors::ALERT } else { colors::LINE };
        stage.scene[field.field].appearance.border.color = edge;
        stage.scene[field.error].appearance.hidden = false;
        let below: Vec<Key> = self.fields[index + 1..].iter().map(|field| field.group).collect();
        let moved = below.into_iter().chain([self.lower]);
        let tops: Vec<_> = moved.map(|key| (key, stage.scene[key].frame.origin.y)).collect();
        stage.animate(300, |scene, t| {
            let part = if is_on { ease_out(t) } else { 1.0 - ease_out(t) };
            let way = ERROR_HEIGHT * if is_on { part } else { part - 1.0 };
            scene.fade(field.error, part);
            for (key, top) in &tops {
                scene.place(*key, 0.0, top + way);
            }
        });
        stage.scene[field.error].appearance.hidden = !is_on;
    }

    fn scroll_by(&self, stage: &mut Stage, way: f32) {
        let start = stage.scene[self.scroll].scroll.y;
        stage.animate(300, |scene, t| scene[self.scroll].scroll.y = start + way * ease_out(t));
    }

    fn toggle(&self, stage: &mut Stage) {
        for (index, switch) in self.switches.iter().enumerate() {
            stage.tap(Point::new(340.0, 280.0 + 52.0 * index as f32));
            stage.frame();
            stage.scene[*switch].set_flag(control::ON, true);
            stage.rest(600);
        }
    }

    fn choose(&self, stage: &mut Stage) {
        for index in [1, 2] {
            stage.tap(Point::new(80.0 + 110.0 * f32::from(index), 450.0));
            stage.frame();
            stage.scene[self.segments].control.index = index;
            stage.rest(500);
        }
    }

    fn slide(&self, stage: &mut Stage) {
        stage.drag(Point::new(60.0, 510.0), Point::new(290.0, 510.0), 1_500);
        stage.animate(1_500, |scene, t| {
            scene[self.slider].control.value = 0.1 + 0.7 * t;
            scene.say(self.guests, &format!("{} guests", (4.0 + 28.0 * t) as u32));
        });
    }

    fn submit(&self, stage: &mut Stage) {
        stage.tap(Point::new(196.0, 580.0));
        stage.frame();
        stage.scene[self.submit].set_flag(control::HIGHLIGHTED, true);
        stage.frame();
        stage.scene[self.submit].set_flag(control::HIGHLIGHTED, false);
        stage.event("Event Created");
        stage.frame();
    }
}

fn add_field(scene: &mut Scene, scroll: Key, index: usize, name: &str) -> Field {
    let frame = [0.0, 115.0 + 78.0 * index as f32, SCREEN.width, 78.0];
    let group = scene.add(scroll, Node::view(frame));
    let label = Node::label(name, font(13.0, 500).grey(), [20.0, 2.0, 353.0, 18.0]);
    scene.add(group, label);
    let field = Node::field("Required", font(17.0, 400), [20.0, 22.0, 353.0, 38.0]);
    let field = field.filled(colors::PAPER).round(8.0).bordered(1.0, colors::LINE);
    let field = scene.add(group, field.named("event.field"));
    let caret = Node::system("UITextCursorView:UIView", [2.0, 8.0, 2.0, 22.0]);
    let caret = scene.add(field, caret.filled(colors::ACCENT).hidden());
    let error = font(12.0, 400).ink(colors::ALERT);
    let error = Node::label("Please choose a shorter text", error, [20.0, 61.0, 353.0, 16.0]);
    let error = scene.add(group, error.hidden());
    Field { group, field, caret, error }
}

fn add_switch(scene: &mut Scene, lower: Key, index: usize, name: &str) -> Key {
    let frame = [0.0, 52.0 * index as f32, SCREEN.width, 52.0];
    let row = scene.add(lower, Node::view(frame).filled(colors::PAPER));
    scene.add(row, Node::label(name, font(17.0, 400), [20.0, 15.0, 260.0, 22.0]));
    let switch = Node::new(Kind::Switch, "UISwitch:UIControl:UIView", [322.0, 10.0, 51.0, 31.0]);
    scene.add(row, switch.named("event.switch"))
}

fn add_segments(scene: &mut Scene, lower: Key) -> Key {
    let class = "UISegmentedControl:UIControl:UIView";
    let frame = [20.0, 172.0, 353.0, 32.0];
    let node = Node::new(Kind::Segmented, class, frame).chosen(0, 3);
    let control = scene.add(lower, node.filled(colors::TRACK).round(8.0).named("event.kind"));
    for (index, name) in ["Day", "Evening", "Night"].into_iter().enumerate() {
        let frame = [117.6 * index as f32, 0.0, 117.6, 32.0];
        let segment = scene.add(control, Node::system("UISegment:UIImageView:UIView", frame));
        let label = Node::label(name, font(13.0, 500), [0.0, 7.0, 117.6, 18.0]).centered();
        scene.add(segment, label.class("UISegmentLabel:UILabel:UIView"));
    }
    control
}

fn add_slider(scene: &mut Scene, lower: Key) -> (Key, Key) {
    let class = "UISlider:UIControl:UIView";
    let node = Node::new(Kind::Slider, class, [20.0, 228.0, 250.0, 34.0]).valued(0.1);
    let slider = scene.add(lower, node.named("event.guests"));
    let label = Node::label("4 guests", font(15.0, 400).grey(), [280.0, 234.0, 93.0, 20.0]);
    (slider, scene.add(lower, label.trailing()))
}

fn add_submit(scene: &mut Scene, lower: Key) -> Key {
    let node = Node::button("event.submit", [20.0, 290.0, 353.0, 50.0]);
    let button = scene.add(lower, node.filled(colors::ACCENT).round(14.0));
    let title = font(17.0, 600).ink(Color::WHITE);
    scene.add(button, Node::label("Create event", title, [0.0, 14.0, 353.0, 22.0]).centered());
    button
}
