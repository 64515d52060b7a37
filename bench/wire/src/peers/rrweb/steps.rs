//! A session as steps of a page.

use super::css::{Looks, SLACK_PT, attributes, own_class, properties};
use crate::moments::{Moment, Moments};
use crate::session::START_WALL_MS;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::{Diff, Kind, NodeId, Point, Row, Size, Snapshot, StateId};
use viewreel_tree::Differ;

/// An element as the page has it.
#[derive(Clone, Default, PartialEq)]
struct Element {
    class: String,
    properties: BTreeMap<&'static str, String>,
    attributes: BTreeMap<&'static str, String>,
    text: String,
    /// Of the scroll offset, where the element scrolls.
    scroll: Option<[i64; 2]>,
}

/// Turns trees into steps, one after the other.
pub(crate) struct Script {
    looks: Looks,
    scrollers: BTreeSet<NodeId>,
    differ: Differ,
    tree: Snapshot,
    elements: BTreeMap<NodeId, Element>,
    steps: Vec<Value>,
    touches: Vec<Value>,
}

impl Script {
    /// The script of a session, as JSON that the page reads.
    pub(crate) fn of(name: &str, moments: &Moments, viewport: Size) -> Value {
        let mut script = Self {
            looks: Looks::default(),
            scrollers: scrollers(moments),
            differ: Differ::default(),
            tree: Snapshot::default(),
            elements: BTreeMap::new(),
            steps: Vec::new(),
            touches: Vec::new(),
        };
        for (at_ms, moment) in &moments.list {
            match moment {
                Moment::Tree(tree) => script.step(*at_ms, tree),
                Moment::Touch(touch) => script.touches.push(finger(*at_ms, touch)),
                Moment::Screen(_) | Moment::Event(_) => {}
            }
        }
        let last_ms = moments.list.last().map_or(0, |(at_ms, _)| *at_ms);
        script.push_step(last_ms, &[]);
        json!({
            "name": name,
            "start": START_WALL_MS,
            "width": viewport.width,
            "height": viewport.height,
            "slack": SLACK_PT,
            "sheet": script.looks.sheet(),
            "steps": script.steps,
        })
    }

    fn step(&mut self, at_ms: u64, tree: &Snapshot) {
        let mut diff = Diff::default();
        self.differ.diff(StateId(0), &self.tree, tree, &mut diff);
        let elements = self.elements(tree);
        let mut operations: Vec<Value> = Vec::new();
        for placement in &diff.placements {
            let (id, parent) = (placement.node.0, placement.parent.map(|parent| parent.0));
            let is_new = !self.elements.contains_key(&placement.node);
            let kind = if is_new { "add" } else { "move" };
            operations.push(json!([kind, id, parent, placement.after.map(|after| after.0)]));
        }
        for (id, element) in &elements {
            let old = self.elements.get(id).cloned().unwrap_or_default();
            operations.extend(changes(*id, &old, element));
        }
        operations.extend(diff.removals.iter().map(|id| json!(["remove", id.0])));
        self.push_step(at_ms, &operations);
        self.elements = elements;
        self.tree = tree.clone();
    }

    fn push_step(&mut self, at_ms: u64, operations: &[Value]) {
        let touches = std::mem::take(&mut self.touches);
        self.steps.push(json!({"t": at_ms, "touches": touches, "ops": operations}));
    }

    fn elements(&mut self, tree: &Snapshot) -> BTreeMap<NodeId, Element> {
        let columns = tree.columns();
        let mut elements = BTreeMap::new();
        for (index, id) in tree.ids().iter().enumerate() {
            let Some(row) = columns.row(index) else { continue };
            let parent = columns.parent(index).and_then(|parent| tree.id(parent));
            let is_inside = parent.is_some_and(|parent| self.scrollers.contains(&parent));
            let scroll = self.scrollers.contains(id).then(|| offset(&row));
            let element = Element {
                class: class(self.looks.class_of(&row), own_class(&row, &columns.strings)),
                properties: properties(&row, is_inside),
                attributes: attributes(&row, &columns.strings),
                text: text(tree, &row),
                scroll,
            };
            elements.insert(*id, element);
        }
        elements
    }
}

/// The nodes whose bounds ever have an origin.
fn scrollers(moments: &Moments) -> BTreeSet<NodeId> {
    let mut scrollers = BTreeSet::new();
    for (_, tree) in moments.trees() {
        for (index, id) in tree.ids().iter().enumerate() {
            let kind = tree.columns().semantics()[index].kind;
            let moved = tree.columns().geometry()[index].bounds.origin != Point::ZERO;
            if moved && matches!(kind, Kind::Scroll | Kind::List) {
                scrollers.insert(*id);
            }
        }
    }
    scrollers
}

/// The value of a class attribute: the look, then the view's own class.
fn class(look: String, own: &str) -> String {
    if own.is_empty() { look } else { format!("{look} {own}") }
}

fn offset(row: &Row) -> [i64; 2] {
    let origin = row.geometry.bounds.origin;
    [origin.x, origin.y].map(|length| (length + SLACK_PT).round() as i64)
}

fn text(tree: &Snapshot, row: &Row) -> String {
    let columns = tree.columns();
    let lines = columns.lines_of(row.lines).iter().map(|line| columns.strings.get(line.text));
    lines.collect::<Vec<_>>().join(" ")
}

/// The operations that make `new` of `old`.
fn changes(id: NodeId, old: &Element, new: &Element) -> Vec<Value> {
    let mut operations = Vec::new();
    if new.class != old.class {
        operations.push(json!(["attribute", id.0, "class", new.class]));
    }
    for (name, value) in differences(&old.attributes, &new.attributes) {
        operations.push(json!(["attribute", id.0, name, value]));
    }
    for (name, value) in differences(&old.properties, &new.properties) {
        operations.push(json!(["style", id.0, name, value]));
    }
    if new.text != old.text {
        operations.push(json!(["text", id.0, new.text]));
    }
    if let Some(offset) = new.scroll.filter(|_| new.scroll != old.scroll) {
        operations.push(json!(["scroll", id.0, offset]));
    }
    operations
}

/// Names whose values differ; no value where there is none any more.
fn differences<'a>(
    old: &'a BTreeMap<&'static str, String>,
    new: &'a BTreeMap<&'static str, String>,
) -> impl Iterator<Item = (&'static str, Option<&'a String>)> {
    let gone = old.keys().filter(|name| !new.contains_key(*name)).map(|name| (*name, None));
    let changed = new.iter().filter(|(name, value)| old.get(*name) != Some(value));
    gone.chain(changed.map(|(name, value)| (*name, Some(value))))
}

fn finger(at_ms: u64, touch: &Touch) -> Value {
    let kind = match touch.phase {
        TouchPhase::Down => "touchstart",
        TouchPhase::Move => "touchmove",
        TouchPhase::Up => "touchend",
        TouchPhase::Cancel => "touchcancel",
    };
    json!({"t": at_ms, "kind": kind, "x": touch.at.x, "y": touch.at.y})
}
