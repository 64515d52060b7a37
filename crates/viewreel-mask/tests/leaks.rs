//! What is masked cannot be told from what comes out.

mod common;

use common::{Plain, masked};
use proptest::collection::vec;
use proptest::prelude::*;
use viewreel_mask::{Contents, Masker, PublicNode, PublicView, public};
use viewreel_model::content::{PictureObject, TextAsk};
use viewreel_model::field::changed;
use viewreel_model::node::{Appearance, Color, Image, Row, TextRole, control};
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::{
    CaptureId, Kind, MaskAction, MaskLevel, MaskReason, Override, Point, Snapshot,
};
use viewreel_testkit::raw::{Forest, Node, forest, rule};

const LEVELS: [MaskLevel; 3] = [MaskLevel::Light, MaskLevel::Medium, MaskLevel::Conservative];

/// What is in force.
#[derive(Clone, Debug)]
struct Rules {
    level: MaskLevel,
    overrides: Vec<Override>,
}

impl From<MaskLevel> for Rules {
    fn from(level: MaskLevel) -> Self {
        Self { level, overrides: Vec::new() }
    }
}

fn rules() -> impl Strategy<Value = Rules> {
    let overrides = prop_oneof![Just(Vec::new()), vec(rule(), 1..4)];
    (prop::sample::select(LEVELS.to_vec()), overrides)
        .prop_map(|(level, overrides)| Rules { level, overrides })
}

fn masker(rules: &Rules) -> Masker {
    let mut masker = Masker::new(rules.level);
    masker.set_overrides(&rules.overrides);
    masker
}

fn view(forest: &Forest, rules: &Rules) -> PublicView {
    public(&forest.settle(), rules.level, &rules.overrides)
}

/// Numbers to change things by.
struct Dice(std::vec::IntoIter<u32>);

impl Dice {
    fn roll(&mut self) -> u32 {
        self.0.next().unwrap_or(7)
    }

    fn word(&mut self) -> String {
        let words = ["", "x", "other words", "me@example.org", "+1 415 555 0132", "9"];
        words[self.roll() as usize % words.len()].to_owned()
    }

    fn point(&mut self) -> Point {
        Point::new(self.roll() as f32 % 99.0, self.roll() as f32 % 99.0)
    }
}

/// Changes all that masking takes away, and nothing else.
fn disguised(forest: &Forest, rules: &Rules, dice: &mut Dice) -> Forest {
    let shown = view(forest, rules).nodes;
    let mut shown = shown.iter().peekable();
    let left_out = left_out(forest, rules);
    let (mut other, mut index) = (forest.clone(), 0);
    other.for_each(|node| {
        if left_out[index] {
            change_all(node, dice);
        } else if let Some(public) = shown.next() {
            // Rules tell what the identifiers are that they name.
            let identifier = node.names[2].clone();
            change_masked(node, public, dice);
            if !rules.overrides.is_empty() {
                node.names[2] = identifier;
            }
            // Regions tell where things lie.
            if public.mask.action != MaskAction::Keep && forest.regions.is_empty() {
                change_geometry(node, public, dice);
            }
        }
        index += 1;
    });
    other
}

/// Scrolls, and takes the frame that a widened one became.
fn change_geometry(node: &mut Node, public: &PublicNode, dice: &mut Dice) {
    let geometry = &mut node.row.geometry;
    geometry.bounds.size = public.geometry.bounds.size;
    geometry.position = public.geometry.position;
    geometry.bounds.origin = dice.point();
}

/// Which nodes are not in the masked tree at all. Found by giving each node a
/// generation of its own.
fn left_out(forest: &Forest, rules: &Rules) -> Vec<bool> {
    let (numbered, count) = numbered(forest.clone());
    let shown = view(&numbered, rules);
    (0..count).map(|index| shown.nodes.iter().all(|node| node.generation != index)).collect()
}

fn change_all(node: &mut Node, dice: &mut Dice) {
    node.row = Row { generation: dice.roll(), ..Row::default() };
    node.content.picture.object = PictureObject(dice.roll().into());
    node.names = [dice.word(), dice.word(), dice.word(), dice.word()];
    change_text(node, dice);
}

fn change_text(node: &mut Node, dice: &mut Dice) {
    // Whether there is any text shows by how the node is treated.
    if !node.said.is_empty() {
        let words = (0..=dice.roll() % 3).map(|_| dice.word());
        node.said = format!("x{}", words.collect::<Vec<_>>().join("\n"));
    }
    node.content.text.frame.size.width = dice.roll() as f32 % 300.0;
    node.content.text.max_lines = dice.roll() as u16;
}

fn change_masked(node: &mut Node, public: &PublicNode, dice: &mut Dice) {
    match public.mask.action {
        MaskAction::Keep => {}
        MaskAction::Mask => change_content(node, public, dice),
        MaskAction::Replace => {
            change_paint(node, dice);
            change_content(node, public, dice);
            node.row.text.size = dice.roll() as f32 % 50.0;
            (node.names[1], node.names[2]) = (dice.word(), dice.word());
        }
    }
}

fn change_content(node: &mut Node, public: &PublicNode, dice: &mut Dice) {
    let reason = public.mask.reason;
    if reason != MaskReason::Pattern {
        change_text(node, dice);
        change_picture(node, public.picture.object.0 != 0, dice);
    } else if is_address(node) {
        // That it looks like one is told.
        change_text(node, dice);
        node.said.push_str(" you@example.net");
    }
    // The floor and what the app masks has no paint left.
    if !matches!(reason, MaskReason::Level | MaskReason::Pattern) {
        change_paint(node, dice);
    }
    let style = &mut node.row.text;
    (style.weight, style.italic, style.color) = (dice.roll() as u16, true, Color(dice.roll()));
    node.names[3] = dice.word();
    node.row.control.flags ^= control::ON | control::HIGHLIGHTED | control::DISABLED;
    node.row.control.value = dice.roll() as f32 % 1.0;
    node.row.control.index = dice.roll() as u16;
    node.row.control.count = dice.roll() as u16;
}

/// Whether its text is an address by itself, and no card, which `keep` does not show.
fn is_address(node: &Node) -> bool {
    node.said.contains("joe@example.com") && !node.said.contains("1111")
}

/// Another picture, where it is not shown beside masked words; none stays none,
/// because regions mark what bears a picture.
fn change_picture(node: &mut Node, is_public: bool, dice: &mut Dice) {
    let picture = &mut node.content.picture;
    if is_public || picture.object.0 == 0 {
        return;
    }
    picture.object = PictureObject(1 + u64::from(dice.roll()));
    picture.width_px = dice.roll() as u16;
    node.row.image = Image { tint: Color(dice.roll()), ..Image::default() };
}

fn change_paint(node: &mut Node, dice: &mut Dice) {
    let Appearance { alpha, z, hidden, .. } = node.row.appearance;
    let background = Color(dice.roll());
    node.row.appearance = Appearance { alpha, z, hidden, background, ..Appearance::default() };
}

fn dice() -> impl Strategy<Value = Vec<u32>> {
    vec(any::<u32>(), 40)
}

fn touches() -> impl Strategy<Value = Vec<Touch>> {
    let touch = (0_u32..3, 0_u8..4, -50.0_f32..250.0, -50.0_f32..250.0);
    vec(touch, 12).prop_map(|touches| {
        let touch = |(pointer, phase, x, y)| Touch {
            pointer,
            phase: TouchPhase::from_code(phase).unwrap(),
            at: Point::new(x, y),
            is_masked: false,
        };
        touches.into_iter().map(touch).collect()
    })
}

/// Node by node, what the masker gives is what the naive rules say.
fn assert_agrees(snapshot: &Snapshot, public: &PublicView) {
    let columns = snapshot.columns();
    assert_eq!(columns.len(), public.nodes.len());
    assert_eq!(columns.windows, public.windows);
    for (index, node) in public.nodes.iter().enumerate() {
        assert_eq!(columns.parent(index), node.parent);
        assert_same(snapshot, index, node);
    }
}

fn assert_same(snapshot: &Snapshot, index: usize, node: &PublicNode) {
    let columns = snapshot.columns();
    let row = columns.row(index).unwrap();
    let name = |id| columns.strings.get(id).to_owned();
    let s = row.semantics;
    assert_eq!((row.mask, s.kind), (node.mask, node.kind));
    let names = [s.class_chain, s.controller, s.identifier, row.text.font].map(name);
    assert_eq!(names, node.names);
    assert_eq!((row.generation, row.geometry), (node.generation, node.geometry));
    assert_eq!((row.appearance, row.image), (node.appearance, image(node)));
    assert_eq!(row.control, node.control);
    let text = viewreel_model::node::TextStyle { font: node.text.font, ..row.text };
    assert_eq!(text, node.text);
    let lines = columns.lines_of(row.lines).iter();
    let lines: Vec<_> = lines.map(|line| (name(line.text), line.baseline, line.width)).collect();
    assert_eq!(lines, laid_out(node));
}

/// What the platform makes of a picture that may be asked for.
fn image(node: &PublicNode) -> Image {
    if node.picture.object.0 == 0 {
        return node.image;
    }
    let (handle, average) = Plain.picture(&node.picture);
    Image { handle, average, ..node.image }.snapped()
}

/// What it makes of a text.
fn laid_out(node: &PublicNode) -> Vec<(String, Point, f32)> {
    let Some((text, set)) = &node.said else { return Vec::new() };
    let ask = TextAsk {
        text,
        font: &node.names[3],
        style: viewreel_model::node::TextStyle { size: set.size, ..node.text },
        size: set.frame.size,
        max_lines: set.max_lines,
        vertical: set.vertical,
    };
    let (mut lines, origin) = (Vec::new(), set.frame.origin);
    Plain.lines(&ask, &mut |text, at, width| {
        let at = Point::new(origin.x + at.x, origin.y + at.y).snapped();
        lines.push((text.to_owned(), at, width));
    });
    lines
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_masker_does_what_the_naive_rules_say(forest in forest(), rules in rules()) {
        let forest = with_own_ids(forest);
        let snapshot = masked(&mut masker(&rules), &forest);
        assert_agrees(&snapshot, &view(&forest, &rules));
    }

    #[test]
    fn what_is_masked_changes_nothing_that_comes_out(
        frames in vec((forest(), dice()), 1..4),
        touches in touches(),
        rules in rules(),
    ) {
        let (mut a, mut b) = (masker(&rules), masker(&rules));
        for (forest, rolls) in frames {
            let other = disguised(&forest, &rules, &mut Dice(rolls.into_iter()));
            prop_assert_eq!(view(&forest, &rules), view(&other, &rules));
            let (x, y) = (masked(&mut a, &forest), masked(&mut b, &other));
            prop_assert!(x == y);
            for touch in &touches {
                let id = x.columns().parents().len() as u64 / 2;
                prop_assert_eq!(
                    a.mask_touch(&x, CaptureId(id), *touch),
                    b.mask_touch(&y, CaptureId(id), *touch)
                );
            }
        }
    }

    #[test]
    fn a_masked_node_has_no_content_and_no_other_node_shows_it(
        forest in forest(),
        rules in rules(),
    ) {
        let marked = with_markers(&forest);
        let mut masker = masker(&rules);
        let out = masked(&mut masker, &marked);
        let columns = out.columns();
        let mut kept = Vec::new();
        for (index, mask) in columns.masks().iter().enumerate() {
            let row = columns.row(index).unwrap();
            let lines = columns.lines_of(row.lines).iter();
            let texts: Vec<_> = lines.map(|line| columns.strings.get(line.text)).collect();
            if mask.action == MaskAction::Keep {
                kept.extend(texts);
            } else {
                prop_assert!(texts.is_empty());
                prop_assert_eq!(row.control.flags & !control::PUBLIC, 0);
            }
        }
        // Every marker in the heap belongs to a line of a node that is kept.
        let all = (1..=columns.strings.len()).map(|id| columns.strings.get(viewreel_model::StrId(id as u32)));
        for text in all.filter(|text| text.starts_with("marker")) {
            prop_assert!(kept.contains(&text));
        }
    }

    #[test]
    fn what_a_level_masks_every_higher_level_masks(forest in forest()) {
        let forest = with_own_ids(forest);
        let shown = LEVELS.map(|level| marker_set(&masked(&mut Masker::new(level), &with_markers(&forest))));
        prop_assert!(shown[1].is_subset(&shown[0]));
        prop_assert!(shown[2].is_subset(&shown[1]));
    }

    #[test]
    fn what_a_level_masks_every_higher_level_masks_by_node(forest in forest()) {
        let (numbered, count) = numbered(without_patterns(forest));
        let masks = LEVELS.map(|level| by_generation(&view(&numbered, &level.into()), count));
        let [light, medium, conservative] = masks;
        prop_assert!(light.iter().zip(&medium).all(|(lower, higher)| lower <= higher));
        prop_assert!(medium.iter().zip(&conservative).all(|(lower, higher)| lower <= higher));
    }

    #[test]
    fn one_more_rule_that_masks_shows_no_node_more(
        forest in forest(),
        rules in rules(),
        more in rule(),
    ) {
        let (numbered, count) = numbered(without_patterns(forest));
        let tightens = more.action != MaskAction::Keep;
        let mut stricter = rules.clone();
        stricter.overrides.extend(tightens.then_some(more));
        let [before, after] =
            [rules, stricter].map(|rules| by_generation(&view(&numbered, &rules), count));
        prop_assert!(before.iter().zip(&after).all(|(before, after)| before <= after));
    }
}

/// The same with a generation for each node, and how many there are.
fn numbered(mut forest: Forest) -> (Forest, u32) {
    let mut count = 0;
    forest.for_each(|node| {
        node.row.generation = count;
        count += 1;
    });
    (forest, count)
}

/// The same without figures and signs. Half a card number says nothing any more
/// where the other half is masked for another reason, such as a higher level, or the
/// mask would tell of it.
fn without_patterns(mut forest: Forest) -> Forest {
    let is_letter = |c: &char| c.is_alphabetic();
    forest.for_each(|node| {
        node.said = node.said.chars().filter(is_letter).collect();
    });
    forest
}

/// The same with ids that come once. Ids that come twice make one view as
/// sensitive as the other, which the naive rules do not know.
fn with_own_ids(mut forest: Forest) -> Forest {
    let mut id = 0;
    forest.for_each(|node| {
        id += 1;
        node.privacy.id = CaptureId(id);
    });
    forest
}

/// What was done to each node; left out is the strongest.
fn by_generation(view: &PublicView, count: u32) -> Vec<u8> {
    let action = |generation| {
        let node = view.nodes.iter().find(|node| node.generation == generation);
        node.map_or(u8::MAX, |node| node.mask.action as u8)
    };
    (0..count).map(action).collect()
}

/// The same with words in every line that stand nowhere else.
fn with_markers(forest: &Forest) -> Forest {
    let (mut marked, mut count) = (forest.clone(), 0);
    marked.for_each(|node| {
        count += 1;
        // Each line of it says so.
        let lines = node.said.lines().map(|line| format!("marker {count} {line}"));
        node.said = lines.collect::<Vec<_>>().join("\n");
    });
    marked
}

fn marker_set(snapshot: &Snapshot) -> std::collections::BTreeSet<String> {
    let columns = snapshot.columns();
    columns.lines.iter().map(|line| columns.strings.get(line.text).to_owned()).collect()
}

#[test]
fn two_trees_that_differ_in_what_is_kept_are_told_apart() {
    let label = |text| Forest::of(Node::new(1, Kind::Text).text(TextRole::Static, text));
    let [a, b] = [label("one"), label("two")];
    let rules = MaskLevel::Medium.into();
    assert_ne!(view(&a, &rules), view(&b, &rules));
    let mut masker = Masker::new(MaskLevel::Medium);
    let (x, y) = (masked(&mut masker, &a), masked(&mut masker, &b));
    let (row_x, row_y) = (x.columns().row(0).unwrap(), y.columns().row(0).unwrap());
    assert!(!changed(x.columns(), &row_x, y.columns(), &row_y).is_empty());
}
