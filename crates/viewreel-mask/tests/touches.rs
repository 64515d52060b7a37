//! Where a finger seems to be.

mod common;

use viewreel_mask::Masker;
use viewreel_model::node::{Color, Control, TextRole, control};
use viewreel_model::raw::ContentType;
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::{CaptureId, Kind, MaskAction, MaskLevel, Point, Rect, Snapshot};
use viewreel_testkit::raw::{Forest, Node};

struct Screen {
    masker: Masker,
    snapshot: Snapshot,
}

impl Screen {
    fn of(forest: &Forest) -> Self {
        Self::at(MaskLevel::Medium, forest)
    }

    fn at(level: MaskLevel, forest: &Forest) -> Self {
        let mut masker = Masker::new(level);
        let snapshot = common::masked(&mut masker, forest);
        Self { masker, snapshot }
    }

    fn touch(&mut self, pointer: u32, phase: TouchPhase, x: f32, y: f32) -> Option<Touch> {
        let touch = Touch { pointer, phase, at: Point::new(x, y), is_masked: false };
        // The platform says no more than that it is in the window.
        self.masker.mask_touch(&self.snapshot, CaptureId(1), touch)
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

/// What is seen of a finger that goes down.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Seen {
    /// It is where it is.
    There,
    /// In the middle of something masked.
    Middle(f32, f32),
    Nothing,
}

use Seen::{Middle, Nothing, There};

fn seen(touch: Option<Touch>) -> Seen {
    touch.map_or(Nothing, |touch| match touch.is_masked {
        true => Middle(touch.at.x, touch.at.y),
        false => There,
    })
}

fn check_forest(forest: &Forest, at: (f32, f32), expected: Seen) {
    let touch = Screen::of(forest).touch(0, TouchPhase::Down, at.0, at.1);
    assert_eq!(seen(touch), expected);
    if expected == There {
        assert_eq!(touch.map(|touch| touch.at), Some(Point::new(at.0, at.1).snapped()));
    }
}

/// A finger goes down on a tree.
fn check(tree: Node, at: (f32, f32), expected: Seen) {
    check_forest(&Forest::of(tree), at, expected);
}

fn tappable(node: Node) -> Node {
    node.control(Control { flags: control::TAPPABLE, ..Control::default() })
}

#[test]
fn a_finger_on_something_that_is_kept_stays() {
    check(root().with(field(2, 10.0, 10.0)), (200.0, 300.0), There);
    check(root(), (900.0, 900.0), There);
}

#[test]
fn a_finger_on_a_masked_field_is_in_its_middle() {
    check(root().with(field(2, 10.0, 10.0)), (11.0, 49.0), Middle(60.0, 30.0));
}

/// Three keys in a row, in a view of their own.
fn pad() -> Node {
    let key = |id, x| view(id, x, 0.0, 50.0, 50.0).text(TextRole::Static, "1");
    let keys = [key(3, 0.0), key(4, 50.0).says(MaskAction::Keep), key(5, 100.0)];
    keys.into_iter().fold(view(2, 100.0, 100.0, 200.0, 100.0), |pad, key| pad.with(tappable(key)))
}

#[test]
fn a_finger_in_a_masked_view_with_keys_leaves_nothing_not_even_between_them() {
    for x in [110.0, 160.0, 290.0] {
        check(root().with(pad().says(MaskAction::Mask)), (x, 110.0), Nothing);
    }
}

#[test]
fn a_finger_on_a_masked_view_with_one_thing_to_tap_is_in_its_middle() {
    let card = view(2, 100.0, 100.0, 200.0, 100.0).says(MaskAction::Mask);
    let card = card.with(tappable(view(3, 0.0, 0.0, 50.0, 50.0)));
    check(root().with(card), (110.0, 110.0), Middle(200.0, 150.0));
}

#[test]
fn a_finger_on_a_keyboard_a_password_or_something_replaced_leaves_nothing() {
    let keyboard = Node::new(2, Kind::Keyboard).at(Rect::new(0.0, 500.0, 400.0, 300.0));
    check(root().with(keyboard), (33.0, 555.0), Nothing);
    check(root().with(field(2, 10.0, 10.0).secure()), (20.0, 20.0), Nothing);
    check(root().with(field(2, 10.0, 10.0).was_sensitive()), (20.0, 20.0), Nothing);
    let code = field(2, 10.0, 10.0).content(ContentType::OneTimeCode);
    check(
        root().with(view(9, 0.0, 0.0, 200.0, 200.0).says(MaskAction::Mask).with(code)),
        (20.0, 20.0),
        Nothing,
    );
    let replaced = view(2, 10.0, 10.0, 50.0, 50.0).says(MaskAction::Replace);
    check(root().with(replaced), (20.0, 20.0), Nothing);
    let map = Node::new(2, Kind::Map).at(Rect::new(0.0, 0.0, 80.0, 80.0));
    check(root().with(map), (20.0, 20.0), Middle(40.0, 40.0));
}

#[test]
fn a_finger_that_comes_to_the_keyboard_does_not_move_on_it_and_is_lifted_in_its_middle() {
    let keyboard = Node::new(2, Kind::Keyboard).at(Rect::new(0.0, 504.0, 400.0, 296.0));
    let mut screen = Screen::of(&Forest::of(root().with(keyboard)));
    assert_eq!(seen(screen.touch(1, TouchPhase::Down, 50.0, 100.0)), There);
    assert_eq!(seen(screen.touch(1, TouchPhase::Move, 50.0, 300.0)), There);
    assert_eq!(seen(screen.touch(1, TouchPhase::Move, 50.0, 600.0)), Nothing);
    assert_eq!(seen(screen.touch(1, TouchPhase::Up, 50.0, 700.0)), Middle(200.0, 652.0));
}

#[test]
fn a_finger_that_went_down_on_the_keyboard_leaves_nothing_until_it_is_lifted() {
    let keyboard = Node::new(2, Kind::Keyboard).at(Rect::new(0.0, 500.0, 400.0, 300.0));
    let mut screen = Screen::of(&Forest::of(root().with(keyboard)));
    for (phase, y) in
        [(TouchPhase::Down, 600.0), (TouchPhase::Move, 100.0), (TouchPhase::Up, 100.0)]
    {
        assert_eq!(seen(screen.touch(1, phase, 50.0, y)), Nothing);
    }
    assert_eq!(seen(screen.touch(1, TouchPhase::Down, 50.0, 100.0)), There);
}

#[test]
fn scrolling_and_transforms_are_followed() {
    let mut scroll = Node::new(2, Kind::Scroll).at(Rect::new(0.0, 100.0, 400.0, 300.0));
    scroll.row.geometry.bounds.origin = Point::new(0.0, 1_000.0);
    scroll.row.geometry.transform.scale.x = 2.0;
    let tree = root().with(scroll.with(field(3, 150.0, 1_010.0)));
    // x doubles around the middle at 200, y moves by 100 − 1000.
    check(tree.clone(), (110.0, 120.0), Middle(200.0, 130.0));
    check(tree, (90.0, 120.0), There);
}

#[test]
fn what_is_clipped_away_hidden_or_squeezed_to_nothing_is_not_touched() {
    let outside = || view(2, 0.0, 0.0, 50.0, 50.0).with(field(3, 100.0, 0.0));
    check(root().with(outside()), (110.0, 10.0), Middle(150.0, 20.0));
    let mut clips = outside();
    clips.row.geometry.clips = true;
    check(root().with(clips), (110.0, 10.0), There);
    let mut hidden = outside();
    hidden.row.appearance.hidden = true;
    check(root().with(hidden), (110.0, 10.0), There);
    let mut flat = outside();
    flat.row.geometry.transform.scale.x = 0.0;
    check(root().with(flat), (110.0, 10.0), There);
}

#[test]
fn a_clear_layer_above_a_masked_thing_does_not_give_it_away() {
    let clear = view(3, 0.0, 0.0, 400.0, 800.0);
    let label = view(4, 0.0, 0.0, 400.0, 800.0).text(TextRole::Static, "Hello");
    let tree = root().with(field(2, 10.0, 10.0)).with(clear).with(label);
    check(tree, (11.0, 11.0), Middle(60.0, 30.0));
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
    check(tree(opaque(above)), (11.0, 11.0), There);
    check(tree(button), (11.0, 11.0), There);
    check(tree(half), (11.0, 11.0), Middle(60.0, 30.0));
}

#[test]
fn drawing_order_decides_among_siblings() {
    let mut above = opaque(view(3, 0.0, 0.0, 400.0, 800.0));
    above.row.appearance.z = 1.0;
    let tree = root().with(above).with(view(4, 0.0, 0.0, 400.0, 800.0).with(field(2, 10.0, 10.0)));
    check(tree, (11.0, 11.0), There);
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
    check_forest(&two_windows(0, 1.0), (11.0, 11.0), There);
    check_forest(&two_windows(0, 0.0), (11.0, 11.0), Middle(60.0, 30.0));
}

#[test]
fn of_two_scenes_the_masked_one_takes_the_finger() {
    check_forest(&two_windows(1, 1.0), (11.0, 11.0), Middle(60.0, 30.0));
}

#[test]
fn a_finger_in_a_region_is_in_its_middle_and_on_keys_in_a_region_nowhere() {
    let masks = Rect::new(100.0, 100.0, 150.0, 50.0);
    let keys = Forest::of(root().with(pad())).region(masks, MaskAction::Mask, 0);
    check_forest(&keys, (105.0, 105.0), Nothing);
    check_forest(&keys, (305.0, 305.0), There);
    let label = view(7, 100.0, 100.0, 50.0, 50.0).text(TextRole::Static, "1");
    let forest = Forest::of(root().with(label)).region(masks, MaskAction::Mask, 0);
    check_forest(&forest, (105.0, 105.0), Middle(175.0, 125.0));
    check_forest(&forest, (245.0, 105.0), Middle(175.0, 125.0));
    check_forest(&forest, (255.0, 105.0), There);
    let kept = Forest { regions: Vec::new(), ..forest }.region(masks, MaskAction::Keep, 0);
    check_forest(&kept, (105.0, 105.0), There);
}

fn slider() -> Screen {
    let slider = Node::new(2, Kind::Slider).at(Rect::new(0.0, 100.0, 200.0, 40.0));
    Screen::at(MaskLevel::Conservative, &Forest::of(root().with(slider)))
}

#[test]
fn a_finger_that_went_down_on_a_slider_stays_on_it_until_it_is_lifted() {
    let mut screen = slider();
    let middle = Middle(100.0, 120.0);
    assert_eq!(seen(screen.touch(1, TouchPhase::Down, 10.0, 110.0)), middle);
    assert_eq!(seen(screen.touch(1, TouchPhase::Move, 150.0, 300.0)), Nothing);
    assert_eq!(seen(screen.touch(1, TouchPhase::Up, 190.0, 700.0)), middle);
    assert_eq!(seen(screen.touch(1, TouchPhase::Move, 150.0, 300.0)), There);
}

#[test]
fn another_finger_is_not_held() {
    let mut screen = slider();
    screen.touch(1, TouchPhase::Down, 10.0, 110.0);
    assert_eq!(seen(screen.touch(2, TouchPhase::Down, 300.0, 300.0)), There);
    assert_eq!(seen(screen.touch(2, TouchPhase::Move, 310.0, 300.0)), There);
    assert_eq!(seen(screen.touch(2, TouchPhase::Move, 20.0, 110.0)), Nothing);
}

#[test]
fn a_finger_on_a_tree_that_nobody_knows_leaves_nothing() {
    check_forest(&Forest::default(), (11.0, 11.0), Nothing);
    let lifted = Screen::of(&Forest::default()).touch(0, TouchPhase::Up, 11.0, 11.0);
    assert_eq!(seen(lifted), Middle(0.0, 0.0));
}

#[test]
fn a_place_that_is_no_number_is_the_origin() {
    let mut screen = Screen::of(&Forest::of(root()));
    let touch = screen.touch(0, TouchPhase::Down, f32::NAN, f32::INFINITY).unwrap();
    assert_eq!(touch.at.x, 0.0);
    assert!(touch.at.y.is_finite());
}
