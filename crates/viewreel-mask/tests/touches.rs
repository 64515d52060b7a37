//! Where a finger seems to be.

use viewreel_mask::Masker;
use viewreel_model::node::{Color, Control, TextRole, control};
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::{Kind, MaskAction, MaskLevel, Point, Rect, Snapshot};
use viewreel_testkit::raw::{Forest, Node};

struct Screen {
    masker: Masker,
    snapshot: Snapshot,
}

impl Screen {
    fn of(forest: &Forest) -> Self {
        let (mut masker, mut snapshot) = (Masker::new(MaskLevel::Medium), Snapshot::default());
        masker.mask(&forest.settle().raw(), &mut snapshot);
        Self { masker, snapshot }
    }

    fn touch(&mut self, pointer: u32, phase: TouchPhase, x: f32, y: f32) -> Touch {
        let touch = Touch { pointer, phase, at: Point::new(x, y), is_masked: false };
        self.masker.mask_touch(&self.snapshot, touch)
    }
}

fn root() -> Node {
    Node::new(1, Kind::View).at(Rect::new(0.0, 0.0, 400.0, 800.0))
}

fn view(id: u64, x: f32, y: f32, width: f32, height: f32) -> Node {
    Node::new(id, Kind::View).at(Rect::new(x, y, width, height))
}

fn field(id: u64, x: f32, y: f32) -> Node {
    let field = Node::new(id, Kind::TextInput).text(TextRole::Input, "x");
    field.at(Rect::new(x, y, 100.0, 40.0))
}

fn opaque(mut node: Node) -> Node {
    node.row.appearance.background = Color::WHITE;
    node
}

fn check_forest(forest: &Forest, at: (f32, f32), expected: Option<(f32, f32)>) {
    let touch = Screen::of(forest).touch(0, TouchPhase::Down, at.0, at.1);
    let seen = touch.is_masked.then_some((touch.at.x, touch.at.y));
    assert_eq!(seen, expected);
    if expected.is_none() {
        assert_eq!(touch.at, Point::new(at.0, at.1).snapped());
    }
}

/// A finger goes down on a tree; `None` where it stays where it is.
fn check(tree: Node, at: (f32, f32), expected: Option<(f32, f32)>) {
    check_forest(&Forest::of(tree), at, expected);
}

#[test]
fn a_finger_on_something_that_is_kept_stays() {
    check(root().with(field(2, 10.0, 10.0)), (200.0, 300.0), None);
    check(root(), (900.0, 900.0), None);
}

#[test]
fn a_finger_on_a_masked_field_is_in_its_middle() {
    check(root().with(field(2, 10.0, 10.0)), (11.0, 49.0), Some((60.0, 30.0)));
}

#[test]
fn a_finger_on_a_key_of_a_pin_pad_is_in_the_middle_of_the_pad() {
    let key = |id, x| view(id, x, 0.0, 50.0, 50.0).text(TextRole::Static, "1");
    let pad = view(2, 100.0, 100.0, 200.0, 100.0).says(MaskAction::Mask);
    let pad = pad.with(key(3, 0.0)).with(key(4, 50.0).says(MaskAction::Keep));
    for x in [110.0, 160.0, 290.0] {
        check(root().with(pad.clone()), (x, 110.0), Some((200.0, 150.0)));
    }
}

#[test]
fn a_finger_on_the_keyboard_is_in_its_middle() {
    let keyboard = Node::new(2, Kind::Keyboard).at(Rect::new(0.0, 500.0, 400.0, 300.0));
    check(root().with(keyboard), (33.0, 555.0), Some((200.0, 650.0)));
}

#[test]
fn scrolling_and_transforms_are_followed() {
    let mut scroll = Node::new(2, Kind::Scroll).at(Rect::new(0.0, 100.0, 400.0, 300.0));
    scroll.row.geometry.bounds.origin = Point::new(0.0, 1_000.0);
    scroll.row.geometry.transform.scale.x = 2.0;
    let tree = root().with(scroll.with(field(3, 150.0, 1_010.0)));
    // x doubles around the middle at 200, y moves by 100 − 1000.
    check(tree.clone(), (110.0, 120.0), Some((200.0, 130.0)));
    check(tree, (90.0, 120.0), None);
}

#[test]
fn what_is_clipped_away_hidden_or_squeezed_to_nothing_is_not_touched() {
    let outside = || view(2, 0.0, 0.0, 50.0, 50.0).with(field(3, 100.0, 0.0));
    check(root().with(outside()), (110.0, 10.0), Some((150.0, 20.0)));
    let mut clips = outside();
    clips.row.geometry.clips = true;
    check(root().with(clips), (110.0, 10.0), None);
    let mut hidden = outside();
    hidden.row.appearance.hidden = true;
    check(root().with(hidden), (110.0, 10.0), None);
    let mut flat = outside();
    flat.row.geometry.transform.scale.x = 0.0;
    check(root().with(flat), (110.0, 10.0), None);
}

#[test]
fn a_clear_layer_above_a_masked_thing_does_not_give_it_away() {
    let clear = view(3, 0.0, 0.0, 400.0, 800.0);
    let label = view(4, 0.0, 0.0, 400.0, 800.0).text(TextRole::Static, "Hello");
    let tree = root().with(field(2, 10.0, 10.0)).with(clear).with(label);
    check(tree, (11.0, 11.0), Some((60.0, 30.0)));
}

#[test]
fn an_opaque_or_tappable_view_above_a_masked_thing_takes_the_finger() {
    let above = view(3, 0.0, 0.0, 400.0, 800.0);
    let button = above.clone().control(Control { flags: control::TAPPABLE, ..Control::default() });
    let half = {
        let mut half = opaque(above.clone());
        half.row.appearance.alpha = 128;
        half
    };
    let tree = |above| root().with(field(2, 10.0, 10.0)).with(above);
    check(tree(opaque(above)), (11.0, 11.0), None);
    check(tree(button), (11.0, 11.0), None);
    check(tree(half), (11.0, 11.0), Some((60.0, 30.0)));
}

#[test]
fn drawing_order_decides_among_siblings() {
    let mut above = opaque(view(3, 0.0, 0.0, 400.0, 800.0));
    above.row.appearance.z = 1.0;
    let tree = root().with(above).with(view(4, 0.0, 0.0, 400.0, 800.0).with(field(2, 10.0, 10.0)));
    check(tree, (11.0, 11.0), None);
}

fn two_windows(scene: u32, level: f32) -> Forest {
    let other = opaque(Node { privacy: view(9, 0.0, 0.0, 0.0, 0.0).privacy, ..root() });
    Forest {
        windows: vec![(0, level, other), (scene, 0.0, root().with(field(2, 10.0, 10.0)))],
        regions: Vec::new(),
    }
}

#[test]
fn the_upper_window_takes_the_finger() {
    check_forest(&two_windows(0, 1.0), (11.0, 11.0), None);
    check_forest(&two_windows(0, 0.0), (11.0, 11.0), Some((60.0, 30.0)));
}

#[test]
fn of_two_scenes_the_masked_one_takes_the_finger() {
    check_forest(&two_windows(1, 1.0), (11.0, 11.0), Some((60.0, 30.0)));
}

#[test]
fn a_finger_in_a_region_is_in_its_middle() {
    let keys = (0..3).map(|key| view(key + 10, key as f32 * 50.0, 0.0, 50.0, 50.0));
    let tree = keys.fold(root(), |tree, key| tree.with(key.text(TextRole::Static, "1")));
    let masks = Rect::new(0.0, 0.0, 150.0, 50.0);
    let forest = Forest::of(tree).region(masks, MaskAction::Mask, 0);
    check_forest(&forest, (5.0, 5.0), Some((75.0, 25.0)));
    check_forest(&forest, (145.0, 5.0), Some((75.0, 25.0)));
    check_forest(&forest, (155.0, 5.0), None);
    let kept = Forest { regions: Vec::new(), ..forest }.region(masks, MaskAction::Keep, 0);
    check_forest(&kept, (5.0, 5.0), None);
}

#[test]
fn a_finger_that_went_down_on_a_slider_stays_on_it_until_it_is_lifted() {
    let slider = Node::new(2, Kind::Slider).at(Rect::new(0.0, 100.0, 200.0, 40.0));
    let mut screen = Screen::of(&Forest::of(root().with(slider)));
    let middle = Point::new(100.0, 120.0);
    for (phase, x, y) in [
        (TouchPhase::Down, 10.0, 110.0),
        (TouchPhase::Move, 150.0, 300.0),
        (TouchPhase::Up, 190.0, 700.0),
    ] {
        let touch = screen.touch(1, phase, x, y);
        assert_eq!((touch.at, touch.is_masked, touch.phase), (middle, true, phase));
    }
    assert!(!screen.touch(1, TouchPhase::Move, 150.0, 300.0).is_masked);
}

#[test]
fn another_finger_is_not_held() {
    let slider = Node::new(2, Kind::Slider).at(Rect::new(0.0, 100.0, 200.0, 40.0));
    let mut screen = Screen::of(&Forest::of(root().with(slider)));
    screen.touch(1, TouchPhase::Down, 10.0, 110.0);
    assert!(!screen.touch(2, TouchPhase::Down, 300.0, 300.0).is_masked);
    assert!(!screen.touch(2, TouchPhase::Move, 310.0, 300.0).is_masked);
    assert!(screen.touch(2, TouchPhase::Move, 20.0, 110.0).is_masked);
}

#[test]
fn a_finger_on_a_tree_that_nobody_knows_is_at_the_origin() {
    check_forest(&Forest::default(), (11.0, 11.0), Some((0.0, 0.0)));
}

#[test]
fn a_place_that_is_no_number_is_the_origin() {
    let touch = Screen::of(&Forest::of(root())).touch(0, TouchPhase::Down, f32::NAN, f32::INFINITY);
    assert_eq!(touch.at.x, 0.0);
    assert!(touch.at.y.is_finite());
}
