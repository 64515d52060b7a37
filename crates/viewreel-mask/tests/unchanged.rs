//! What a capture leaves out, because it is as it was, is masked as if it were there.

mod common;

use common::masked_after;
use proptest::collection::vec;
use proptest::prelude::*;
use viewreel_mask::{Masked, Masker};
use viewreel_model::field;
use viewreel_model::node::TextRole;
use viewreel_model::{
    CaptureId, Kind, MaskAction, MaskLevel, MaskReason, Override, Rect, Snapshot, Step,
};
use viewreel_testkit::raw::{Forest, Node, forest, rule};

/// A masker with the tree that is on the screen.
struct Screen {
    masker: Masker,
    tree: Snapshot,
}

impl Screen {
    fn new(level: MaskLevel, overrides: &[Override]) -> Self {
        let mut masker = Masker::new(level);
        masker.set_overrides(overrides);
        Self { masker, tree: Snapshot::default() }
    }

    fn show(&mut self, forest: &Forest) -> Masked {
        let (outcome, tree) = masked_after(&mut self.masker, &self.tree, forest);
        self.tree = tree;
        outcome
    }
}

/// Every node gets an id that comes once. A card that is typed is floor from the next
/// capture on, and what stays as it is changes then; so there is none.
fn numbered(mut forest: Forest) -> Forest {
    let mut id = 0;
    forest.for_each(|node| {
        id += 1;
        node.privacy.id = CaptureId(id);
        node.said.retain(|c| !c.is_ascii_digit());
    });
    forest
}

/// The next frame: some nodes say something else or stand elsewhere.
fn changed(forest: &Forest, dice: &[u8]) -> Forest {
    let (mut next, mut dice) = (forest.clone(), dice.iter().cycle());
    next.for_each(|node| match dice.next() {
        Some(0) => node.said.push_str(" more"),
        Some(1) => node.row.geometry.position.x += 8.0,
        Some(2) => node.privacy.override_action = Some(MaskAction::Mask),
        Some(3) => node.privacy.override_action = None,
        Some(4) => node.names[2] = "C".to_owned(),
        Some(5) => node.names[0] = "A".to_owned(),
        // Another view stands in its place.
        Some(6) => node.privacy.id.0 += 1_000,
        _ => {}
    });
    next
}

/// The same, where some nodes say that they are unchanged below, and are.
fn abridged(before: &Forest, forest: &Forest, dice: &[bool]) -> Forest {
    let (mut next, mut dice) = (forest.clone(), dice.iter().cycle());
    for ((.., old), (.., new)) in before.windows.iter().zip(&mut next.windows) {
        abridge(old, new, &mut dice);
    }
    next
}

fn abridge<'a>(old: &Node, new: &mut Node, dice: &mut impl Iterator<Item = &'a bool>) {
    if old.children == new.children && dice.next() == Some(&true) {
        new.privacy.unchanged = true;
        new.children.clear();
        return;
    }
    for (old, new) in old.children.iter().zip(&mut new.children) {
        abridge(old, new, dice);
    }
}

fn is_unknown(tree: &Snapshot, index: usize) -> bool {
    tree.columns().masks()[index].reason == MaskReason::Limit
}

/// The same nodes in the same order. Ids are given when a node is seen first, which
/// may be later where it was not known.
fn assert_same(a: &Snapshot, b: &Snapshot) {
    let (x, y) = (a.columns(), b.columns());
    assert_eq!((x.parents(), &x.windows), (y.parents(), &y.windows));
    for node in 0..a.len() {
        let rows = (x.row(node).unwrap(), y.row(node).unwrap());
        let changed: Vec<_> = field::changed(x, &rows.0, y, &rows.1).iter().collect();
        assert!(changed.is_empty(), "{changed:?} {:?} {:?}", rows.0.mask, rows.1.mask);
    }
    let ids: std::collections::HashSet<_> = a.ids().iter().collect();
    assert_eq!(ids.len(), a.len());
}

/// Whether a region has an owner. One that is not in the masked tree may be gone, for
/// all that is known, and then the region speaks of the whole window.
fn has_owners(forest: &Forest) -> bool {
    forest.regions.iter().any(|region| region.owner != CaptureId::default())
}

/// Nothing is shown in the first tree that is not in the second.
fn assert_no_more(a: &Snapshot, b: &Snapshot) {
    let shown = texts(b);
    assert!(texts(a).iter().all(|text| shown.contains(text)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_is_left_out_is_what_it_was(
        first in forest(),
        frames in vec((vec(0_u8..30, 24), vec(any::<bool>(), 24)), 1..4),
        level in prop::sample::select(vec![MaskLevel::Light, MaskLevel::Medium]),
        overrides in vec(rule(), 0..3),
    ) {
        let mut before = numbered(first);
        let mut whole = Screen::new(level, &overrides);
        let mut short = Screen::new(level, &overrides);
        whole.show(&before);
        short.show(&before);
        for (dice, marks) in frames {
            let next = changed(&before, &dice);
            let expected = whole.show(&next);
            let outcome = short.show(&abridged(&before, &next, &marks));
            let unknown = match outcome {
                Masked::Changed { unknown } => unknown,
                Masked::Same => 0,
                Masked::Contradiction => panic!("nothing stands in two places"),
            };
            if has_owners(&next) {
                assert_no_more(&short.tree, &whole.tree);
            } else if unknown == 0 {
                assert_same(&short.tree, &whole.tree);
                prop_assert_eq!(outcome, expected);
            } else {
                let gone = (0..short.tree.len()).filter(|&node| is_unknown(&short.tree, node));
                prop_assert!(gone.count() >= unknown);
                // Then the host is asked for everything.
                short.show(&next);
                assert_same(&short.tree, &whole.tree);
            }
            before = next;
        }
    }
}

fn label(id: u64, text: &str) -> Node {
    Node::new(id, Kind::Text).text(TextRole::Static, text)
}

fn card(children: impl IntoIterator<Item = Node>) -> Node {
    children.into_iter().fold(Node::new(2, Kind::View), Node::with)
}

fn unchanged(mut node: Node) -> Node {
    node.privacy.unchanged = true;
    node
}

fn screen(card: Node) -> Forest {
    Forest::of(Node::new(1, Kind::View).at(Rect::new(0.0, 0.0, 400.0, 800.0)).with(card))
}

fn texts(tree: &Snapshot) -> Vec<&str> {
    let columns = tree.columns();
    columns.lines.iter().map(|line| columns.strings.get(line.text)).collect()
}

/// A card with a name, then this; what is left.
fn check(next: &Forest, expected: Masked, left: &[&str]) {
    let mut shown = Screen::new(MaskLevel::Medium, &[]);
    shown.show(&screen(card([label(3, "Ada"), label(4, "Kurt")])));
    assert_eq!(shown.show(next), expected);
    assert_eq!(texts(&shown.tree), left);
}

#[test]
fn a_view_that_moves_takes_along_what_is_unchanged_below_it() {
    let moved = card([]).at(Rect::new(8.0, 8.0, 100.0, 100.0));
    check(&screen(unchanged(moved)), Masked::Changed { unknown: 0 }, &["Ada", "Kurt"]);
    check(&screen(unchanged(card([]))), Masked::Same, &["Ada", "Kurt"]);
}

#[test]
fn where_something_else_is_said_to_views_that_were_left_out_nothing_is_shown() {
    let unknown = Masked::Changed { unknown: 1 };
    check(&screen(unchanged(card([]).says(MaskAction::Mask))), unknown, &[]);
    let region = screen(unchanged(card([])));
    let region = region.region(Rect::new(0.0, 0.0, 50.0, 50.0), MaskAction::Keep, 0);
    check(&region, unknown, &[]);
    check(&screen(Node::new(9, Kind::View).with(unchanged(card([])))), unknown, &[]);
    check(&screen(unchanged(Node::new(77, Kind::View))), unknown, &[]);
}

#[test]
fn a_view_in_two_places_is_a_contradiction() {
    let twice = Forest::of(
        Node::new(1, Kind::View)
            .at(Rect::new(0.0, 0.0, 400.0, 800.0))
            .with(unchanged(card([])))
            .with(label(3, "Ada")),
    );
    check(&twice, Masked::Contradiction, &[]);
}

#[test]
fn a_region_of_a_view_that_was_left_out_speaks_of_nothing_else() {
    let mut shown = Screen::new(MaskLevel::Medium, &[]);
    let region =
        |forest: Forest| forest.region(Rect::new(0.0, 0.0, 50.0, 50.0), MaskAction::Mask, 3);
    let whole = || card([Node::new(3, Kind::View).with(label(4, "Kurt")), label(5, "Ada")]);
    shown.show(&region(screen(whole())));
    assert_eq!(texts(&shown.tree), ["Ada"]);
    let root = Node::new(1, Kind::View).at(Rect::new(0.0, 0.0, 400.0, 800.0));
    let more = Forest::of(root.with(unchanged(card([]))).with(label(6, "Emmy")));
    assert_eq!(shown.show(&region(more)), Masked::Changed { unknown: 0 });
    assert_eq!(texts(&shown.tree), ["Ada", "Emmy"]);
}

/// What is left of a first screen when this comes next, under that rule.
fn check_rule(rule: Override, first: &Forest, next: &Forest, left: &[&str]) {
    let mut shown = Screen::new(MaskLevel::Medium, &[rule]);
    shown.show(first);
    assert_eq!(texts(&shown.tree), ["Ada"]);
    shown.show(next);
    assert_eq!(texts(&shown.tree), left);
}

#[test]
fn a_selector_that_is_met_by_a_view_now_is_heard_below_it() {
    let step = |class: &str, identifier: &str| Step {
        class: class.to_owned(),
        identifier: identifier.to_owned(),
    };
    let rule =
        Override { action: MaskAction::Mask, steps: vec![step("", "secret"), step("UILabel", "")] };
    let named = |mut node: Node, class: &str, identifier: &str| {
        (node.names[0], node.names[2]) = (class.to_owned(), identifier.to_owned());
        node
    };
    let ada = || named(label(3, "Ada"), "UILabel", "");
    let first = screen(named(card([ada()]), "", "form"));
    let next = screen(unchanged(named(card([]), "", "secret")));
    check_rule(rule.clone(), &first, &next, &[]);
    let same = screen(unchanged(named(card([]), "", "form")));
    check_rule(rule, &first, &same, &["Ada"]);
}

#[test]
fn a_region_whose_owner_is_gone_speaks_of_what_was_left_out() {
    let root = || Node::new(1, Kind::View).at(Rect::new(0.0, 0.0, 400.0, 800.0));
    let region =
        |forest: Forest| forest.region(Rect::new(0.0, 0.0, 50.0, 50.0), MaskAction::Mask, 5);
    let mut shown = Screen::new(MaskLevel::Medium, &[]);
    let owner = Node::new(5, Kind::View);
    shown.show(&region(Forest::of(root().with(owner).with(card([label(3, "Ada")])))));
    assert_eq!(texts(&shown.tree), ["Ada"]);
    shown.show(&region(Forest::of(root().with(unchanged(card([]))))));
    assert_eq!(texts(&shown.tree), [""; 0]);
}

#[test]
fn what_is_said_to_be_unchanged_and_is_given_counts_as_given() {
    let mut shown = Screen::new(MaskLevel::Medium, &[]);
    shown.show(&screen(card([label(3, "Ada")])));
    shown.show(&screen(unchanged(card([label(4, "Kurt")]))));
    assert_eq!(texts(&shown.tree), ["Kurt"]);
}
