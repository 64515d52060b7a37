//! What is remembered from one capture to the next.

mod common;

use viewreel_mask::Masker;
use viewreel_model::node::TextRole;
use viewreel_model::raw::ContentType;
use viewreel_model::{Kind, MaskAction, MaskLevel, MaskReason, Snapshot};
use viewreel_testkit::raw::{Forest, Node};

fn step(masker: &mut Masker, root: Node) -> Snapshot {
    common::masked(masker, &Forest::of(root))
}

fn reasons(snapshot: &Snapshot) -> Vec<MaskReason> {
    snapshot.columns().masks().iter().map(|mask| mask.reason).collect()
}

fn ids(snapshot: &Snapshot) -> Vec<u32> {
    snapshot.ids().iter().map(|id| id.0).collect()
}

fn input(id: u64, text: &str) -> Node {
    Node::new(id, Kind::TextInput).text(TextRole::Input, text)
}

fn view(id: u64) -> Node {
    Node::new(id, Kind::View)
}

#[test]
fn showing_a_password_shows_nothing() {
    let mut masker = Masker::new(MaskLevel::Light);
    step(&mut masker, input(1, "hunter2").secure());
    let shown = step(&mut masker, input(1, "hunter2").says(MaskAction::Keep));
    assert_eq!(reasons(&shown), [MaskReason::Secure]);
    let later = step(&mut masker, view(9).with(input(1, "hunter2")));
    assert_eq!(reasons(&later), [MaskReason::None, MaskReason::Secure]);
}

#[test]
fn a_view_that_was_sensitive_stays_so() {
    let mut masker = Masker::new(MaskLevel::Light);
    step(&mut masker, input(1, "1234").content(ContentType::OneTimeCode));
    assert_eq!(reasons(&step(&mut masker, input(1, "1234"))), [MaskReason::ContentType]);
}

#[test]
fn a_secure_field_is_remembered_where_it_was_left_out() {
    let mut masker = Masker::new(MaskLevel::Light);
    let field = input(1, "hunter2");
    step(&mut masker, view(9).says(MaskAction::Replace).with(field.clone().secure()));
    let shown = step(&mut masker, view(9).with(field));
    assert_eq!(reasons(&shown), [MaskReason::None, MaskReason::Secure]);
}

#[test]
fn taking_back_one_digit_of_a_card_number_shows_nothing() {
    let mut masker = Masker::new(MaskLevel::Light);
    step(&mut masker, input(1, "4111 1111 1111 1111"));
    let shorter = step(&mut masker, input(1, "4111 1111 1111 111"));
    assert_eq!(reasons(&shorter), [MaskReason::ContentType]);
    let mut cell = Node::new(4, Kind::Cell).with(input(1, "4111 1111 1111 111"));
    cell.row.generation = 7;
    assert_eq!(reasons(&step(&mut masker, cell)).pop(), Some(MaskReason::ContentType));
    let kept = step(&mut masker, input(1, "4111").says(MaskAction::Keep));
    assert_eq!(reasons(&kept), [MaskReason::ContentType]);
}

#[test]
fn a_field_that_becomes_secure_after_a_pattern_is_secure_for_ever() {
    let mut masker = Masker::new(MaskLevel::Light);
    step(&mut masker, input(1, "joe@example.com"));
    step(&mut masker, input(1, "x").secure());
    let kept = step(&mut masker, input(1, "x").says(MaskAction::Keep));
    assert_eq!(reasons(&kept), [MaskReason::Secure]);
}

fn label(text: &str) -> Node {
    Node::new(1, Kind::Text).text(TextRole::Static, text)
}

#[test]
fn a_label_that_showed_an_address_stays_masked() {
    let mut masker = Masker::new(MaskLevel::Light);
    step(&mut masker, label("joe@example.com"));
    assert_eq!(reasons(&step(&mut masker, label("Sign in"))), [MaskReason::Pattern]);
    let kept = step(&mut masker, label("Sign in").says(MaskAction::Keep));
    assert_eq!(reasons(&kept), [MaskReason::None]);
}

#[test]
fn a_label_in_a_cell_that_shows_another_item_may_show_another_text() {
    let mut masker = Masker::new(MaskLevel::Light);
    let cell = |generation, text| {
        let mut cell = Node::new(4, Kind::Cell).with(view(5).with(label(text)));
        cell.row.generation = generation;
        cell
    };
    let mut last =
        |generation, text| reasons(&step(&mut masker, cell(generation, text))).pop().unwrap();
    assert_eq!(last(1, "joe@example.com"), MaskReason::Pattern);
    assert_eq!(last(1, "joe"), MaskReason::Pattern);
    assert_eq!(last(2, "joe"), MaskReason::None);
}

#[test]
fn what_was_left_out_is_not_remembered() {
    let mut masker = Masker::new(MaskLevel::Light);
    step(&mut masker, view(9).says(MaskAction::Replace).with(label("joe@example.com")));
    let shown = step(&mut masker, view(9).with(label("joe")));
    assert_eq!(reasons(&shown), [MaskReason::None; 2]);
}

#[test]
fn another_level_counts_from_the_next_capture_on() {
    let mut masker = Masker::new(MaskLevel::Light);
    assert_eq!(reasons(&step(&mut masker, input(1, "x"))), [MaskReason::None]);
    masker.set_level(MaskLevel::Medium);
    assert_eq!(masker.level(), MaskLevel::Medium);
    assert_eq!(reasons(&step(&mut masker, input(1, "x"))), [MaskReason::Level]);
}

#[test]
fn wire_ids_count_from_one_in_order_of_appearance() {
    let mut masker = Masker::new(MaskLevel::Medium);
    let first = step(&mut masker, view(50).with(view(7)).with(view(99)));
    assert_eq!(ids(&first), [1, 2, 3]);
    let second = step(&mut masker, view(50).with(view(99)).with(view(1)).with(view(7)));
    assert_eq!(ids(&second), [1, 3, 4, 2]);
}

#[test]
fn a_view_that_was_never_in_the_masked_tree_takes_no_wire_id() {
    let mut masker = Masker::new(MaskLevel::Medium);
    let hidden = view(2).says(MaskAction::Replace).with(view(3)).with(view(4));
    assert_eq!(ids(&step(&mut masker, view(1).with(hidden).with(view(5)))), [1, 2, 3]);
    let shown = view(2).with(view(3)).with(view(4));
    assert_eq!(ids(&step(&mut masker, view(1).with(shown).with(view(5)))), [1, 2, 4, 5, 3]);
}

#[test]
fn a_wire_id_is_never_given_to_another_view() {
    let mut masker = Masker::new(MaskLevel::Medium);
    step(&mut masker, view(1).with(view(2)));
    step(&mut masker, view(1));
    assert_eq!(ids(&step(&mut masker, view(1).with(view(3)))), [1, 3]);
    assert_eq!(ids(&step(&mut masker, view(1).with(view(2)))), [1, 2]);
}

#[test]
fn a_recycled_cell_keeps_its_id_and_changes_its_generation() {
    let mut masker = Masker::new(MaskLevel::Medium);
    let cell = |generation| {
        let mut cell = Node::new(4, Kind::Cell);
        cell.row.generation = generation;
        cell
    };
    let (a, b) = (step(&mut masker, cell(1)), step(&mut masker, cell(2)));
    assert_eq!(ids(&a), ids(&b));
    assert_eq!([&a, &b].map(|s| s.columns().row(0).unwrap().generation), [1, 2]);
}

#[test]
fn views_without_an_id_or_with_one_that_came_before_have_stable_ids_of_their_own() {
    let mut masker = Masker::new(MaskLevel::Medium);
    let tree = || view(1).with(view(0)).with(view(0)).with(view(1).with(view(0)));
    let first = step(&mut masker, tree());
    assert_eq!(ids(&first), [1, 2, 3, 4, 5]);
    assert_eq!(ids(&step(&mut masker, tree())), ids(&first));
}

#[test]
fn a_snapshot_is_refilled_from_scratch() {
    let mut masker = Masker::new(MaskLevel::Medium);
    let mut out = Snapshot::default();
    for root in [view(1).with(view(2)), view(3)] {
        let forest = Forest::of(root).settle();
        masker.mask(&forest, &Snapshot::default(), &mut common::Plain, &mut out);
    }
    assert_eq!((out.len(), out.columns().windows.len()), (1, 1));
}
