//! What a config says of single views.

mod common;

use viewreel_mask::{MAX_OVERRIDE_STEPS, Masker};
use viewreel_model::node::{Mask, TextRole};
use viewreel_model::{Kind, MaskAction, MaskLevel, MaskReason, Override, Rect, Snapshot, Step};
use viewreel_testkit::raw::{Forest, Node};

use MaskAction::{Keep, Replace};
use MaskLevel::{Conservative, Light, Medium};
use MaskReason as Why;

const MASK: MaskAction = MaskAction::Mask;

/// A rule. Steps are words apart: `Class`, `#identifier`, both, or `*`.
fn rule(action: MaskAction, selector: &str) -> Override {
    let step = |word: &str| {
        let (class, identifier) = word.split_once('#').unwrap_or((word, ""));
        Step { class: class.replace('*', ""), identifier: identifier.to_owned() }
    };
    Override { action, steps: selector.split_whitespace().map(step).collect() }
}

fn masked(level: MaskLevel, rules: &[Override], forest: &Forest) -> Snapshot {
    let mut masker = Masker::new(level);
    masker.set_overrides(rules);
    assert_eq!(masker.overrides(), rules);
    common::masked(&mut masker, forest)
}

fn last(snapshot: &Snapshot) -> Mask {
    *snapshot.columns().masks().last().expect("the tree has a node")
}

/// What happens to the innermost of a chain of views under the rules.
fn check(level: MaskLevel, rules: &[Override], chain: &[Node], action: MaskAction, reason: Why) {
    let chain = chain.iter().cloned();
    let tree = chain.rev().reduce(|below, node| node.with(below)).expect("a chain has a view");
    assert_eq!(last(&masked(level, rules, &Forest::of(tree))), Mask { action, reason });
}

fn named(mut node: Node, class: &str, identifier: &str) -> Node {
    node.names[0] = class.to_owned();
    node.names[2] = identifier.to_owned();
    node
}

fn label() -> Node {
    let label = Node::new(1, Kind::Text).text(TextRole::Static, "Ada");
    named(label, "NameLabel:UILabel:UIView", "profile.name")
}

fn card() -> Node {
    named(Node::new(2, Kind::View), "Card:UIView", "profile:card")
}

fn window() -> Node {
    named(Node::new(3, Kind::View), "UIWindow:UIView", "")
}

#[test]
fn a_view_is_found_by_a_class_of_its_chain_and_by_its_identifier() {
    let chain = [window(), card(), label()];
    let finds = |selector| match last(&masked(Light, &[rule(MASK, selector)], &nested(&chain))) {
        Mask { action: Keep, .. } => false,
        mask => mask.reason == Why::Override,
    };
    for selector in [
        "NameLabel",
        "UILabel",
        "UIView",
        "#profile.name",
        "UILabel#profile.name",
        "*",
        "UIWindow UILabel",
        "UIWindow Card #profile.name",
        "#profile:card UILabel",
        "Card#profile:card *",
        "* * *",
        "UIView UIView UIView",
    ] {
        assert!(finds(selector), "{selector}");
    }
    for selector in [
        "",
        "Label",
        "NameLabel:UILabel",
        "nameLabel",
        "#profile",
        "#card",
        "UILabel#profile",
        "Cell UILabel",
        "Card UIWindow UILabel",
        "NameLabel NameLabel",
        "* * * *",
        "UIView UIView UIView UIView",
    ] {
        assert!(!finds(selector), "{selector}");
    }
}

fn nested(chain: &[Node]) -> Forest {
    let tree = chain.iter().cloned().rev().reduce(|below, node| node.with(below));
    Forest::of(tree.expect("a chain has a view"))
}

#[test]
fn ancestors_are_those_of_the_view_and_no_others() {
    let tree = window().with(card().with(Node::new(5, Kind::View))).with(label());
    let out = masked(Light, &[rule(MASK, "Card UILabel")], &Forest::of(tree));
    assert_eq!(last(&out).action, Keep);
    let windows = [window().with(card()), label()].map(|root| (0, 0.0, root)).to_vec();
    let two = Forest { windows, regions: Vec::new() };
    let out = masked(Light, &[rule(MASK, "Card UILabel")], &two);
    assert_eq!(last(&out).action, Keep);
}

/// What the app says, what the rules say, what is done. `None` is what the level does.
const SAID: [(Option<MaskAction>, &[MaskAction], Option<MaskAction>); 16] = [
    (None, &[], None),
    (None, &[Keep], Some(Keep)),
    (None, &[MASK], Some(MASK)),
    (None, &[Replace], Some(Replace)),
    (None, &[MASK, Keep], Some(MASK)),
    (None, &[Keep, Replace, MASK], Some(Replace)),
    (Some(Keep), &[], Some(Keep)),
    (Some(Keep), &[Keep], Some(Keep)),
    (Some(Keep), &[MASK], Some(MASK)),
    (Some(Keep), &[Replace], Some(Replace)),
    (Some(MASK), &[Keep], Some(MASK)),
    (Some(MASK), &[MASK], Some(MASK)),
    (Some(MASK), &[Replace], Some(Replace)),
    (Some(Replace), &[Keep], Some(Replace)),
    (Some(Replace), &[MASK], Some(Replace)),
    (Some(Replace), &[Replace], Some(Replace)),
];

#[test]
fn the_stronger_of_app_and_config_is_done_and_keep_of_a_config_is_the_weakest() {
    for (app, config, done) in SAID {
        let rules: Vec<Override> = config.iter().map(|&action| rule(action, "UILabel")).collect();
        for (level, by_level) in [(Light, Keep), (Conservative, MASK)] {
            let mut node = label();
            node.privacy.override_action = app;
            let out = masked(level, &rules, &Forest::of(node));
            assert_eq!(last(&out).action, done.unwrap_or(by_level), "{app:?} {config:?}");
        }
    }
}

#[test]
fn a_rule_that_masks_counts_for_all_that_lies_below() {
    let rules = [rule(MASK, "Card")];
    check(Light, &rules, &[window(), card().says(Keep), label().says(Keep)], MASK, Why::Ancestor);
    let out = masked(Light, &[rule(Replace, "Card")], &nested(&[window(), card(), label()]));
    assert_eq!((out.len(), last(&out).action), (2, Replace));
}

#[test]
fn a_keep_of_a_config_lifts_no_mask_of_the_code_and_no_floor() {
    let keep = [rule(Keep, "*")];
    check(Light, &keep, &[card().says(MASK), label()], MASK, Why::Ancestor);
    check(Light, &keep, &[label().secure()], MASK, Why::Secure);
    check(Light, &keep, &[Node::new(1, Kind::Keyboard)], Replace, Why::Keyboard);
    let place = Rect::new(0.0, 0.0, 400.0, 800.0);
    let covered = Forest::of(label()).region(place, MASK, 0);
    assert_eq!(last(&masked(Light, &keep, &covered)).reason, Why::Region);
    let typed = Node::new(1, Kind::TextInput).text(TextRole::Input, "4111 1111 1111 1111");
    check(Light, &keep, &[typed], MASK, Why::Pattern);
}

#[test]
fn a_keep_of_a_config_is_one_on_the_view_itself() {
    let field = || named(Node::new(1, Kind::TextInput).text(TextRole::Input, "x"), "Field", "");
    let photo = || named(Node::new(1, Kind::Image).picture(7), "Photo", "");
    check(Medium, &[rule(Keep, "Field")], &[card(), field()], Keep, Why::None);
    check(Medium, &[rule(Keep, "Card")], &[card(), field()], Keep, Why::None);
    check(Medium, &[rule(Keep, "Photo")], &[card(), photo()], Keep, Why::None);
    check(Medium, &[rule(Keep, "Card")], &[card(), photo()], MASK, Why::Level);
    check(Medium, &[rule(Keep, "Other")], &[card(), photo()], MASK, Why::Level);
}

#[test]
fn other_rules_count_from_the_next_capture_on() {
    let mut masker = Masker::new(Light);
    let mut action = |rules: &[Override]| {
        masker.set_overrides(rules);
        last(&common::masked(&mut masker, &Forest::of(label()))).action
    };
    assert_eq!(action(&[rule(MASK, "UILabel")]), MASK);
    assert_eq!(action(&[rule(Replace, "#profile.name")]), Replace);
    assert_eq!(action(&[]), Keep);
}

#[test]
fn steps_without_room_mask_every_view_and_keep_none() {
    let fill = |count: usize| vec![rule(Keep, "a b c d e f g h"); count];
    let most = MAX_OVERRIDE_STEPS / 8;
    let with = |action, count: usize| {
        let rules: Vec<_> = fill(count).into_iter().chain([rule(action, "UILabel")]).collect();
        let out = masked(Conservative, &rules, &nested(&[window(), label()]));
        out.columns().masks().iter().map(|mask| mask.action).collect::<Vec<_>>()
    };
    assert_eq!(with(Keep, most - 1), [Keep, Keep]);
    assert_eq!(with(Keep, most), [Keep, MASK]);
    assert_eq!(with(MASK, most - 1), [Keep, MASK]);
    assert_eq!(with(MASK, most), [MASK, MASK]);
    assert_eq!(with(Replace, most), [Replace]);
}
