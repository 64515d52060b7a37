//! What is recognised in the texts of a tree: in each by itself, and in those that
//! stand beside each other, such as a card number in four labels.

use viewreel_model::columns::Columns;

use crate::pattern::Pattern;

/// Most adjacent siblings whose texts are read as one.
const MOST: usize = 8;

/// Digits without which texts are no card number together.
const MIN_DIGITS: usize = 13;

/// An address has one of these.
const AT_SIGNS: [char; 2] = ['@', '＠'];

/// What is recognised in the texts of one capture, node by node.
///
/// Of siblings together no phone numbers are looked for: the days of a calendar
/// and the figures of a table are groups of digits beside each other, too. Texts
/// that are masked anyway are not read, so what they say changes nothing of others.
#[derive(Clone, Default)]
pub(crate) struct RecognisedTexts {
    /// Of each node.
    patterns: Vec<Option<Pattern>>,
    /// The ancestors of the node that is read, each with its run.
    runs: Vec<Run>,
}

/// Children of one node that stand beside each other, and whose texts may say
/// something together.
#[derive(Clone, Copy)]
struct Run {
    parent: usize,
    nodes: [usize; MOST],
    len: usize,
}

impl RecognisedTexts {
    /// Reads the texts of the nodes that `asks` names; `known` is what is known of
    /// them already. O(characters), those of siblings at most sixteen times.
    pub(crate) fn read(
        &mut self,
        columns: &Columns,
        asks: impl Fn(usize) -> bool,
        known: impl Fn(usize) -> Option<Pattern>,
    ) {
        self.patterns.clear();
        self.patterns.resize(columns.len(), None);
        self.runs.clear();
        for node in 0..columns.len() {
            let is_read = has_lines(columns, node) && asks(node);
            if let Some(place) = self.patterns.get_mut(node).filter(|_| is_read) {
                *place = Pattern::find(texts(columns, &[node])).max(known(node));
            }
            self.enter(columns, node, is_read);
        }
    }

    /// What the text of a node is, or is part of.
    pub(crate) fn pattern(&self, node: usize) -> Option<Pattern> {
        self.patterns.get(node).copied().flatten()
    }

    /// A text that says something by itself says nothing together with others.
    fn enter(&mut self, columns: &Columns, node: usize, is_read: bool) {
        let parent = columns.parent(node);
        while self.runs.last().is_some_and(|run| Some(run.parent) != parent) {
            self.runs.pop();
        }
        let joins = is_read && self.pattern(node).is_none();
        if let Some(run) = self.runs.last_mut() {
            run.take(node, joins);
            let run = *run;
            self.read_run(columns, &run);
        }
        self.runs.push(Run { parent: node, nodes: [0; MOST], len: 0 });
    }

    /// Marks the fewest of the run, from its end, that say something together. They
    /// are in no run any more.
    fn read_run(&mut self, columns: &Columns, run: &Run) {
        let nodes = run.nodes.get(..run.len).unwrap_or_default();
        if nodes.len() < 2 || !may_say_something(columns, nodes) {
            return;
        }
        let mut ends = (0..nodes.len()).rev().filter_map(|start| nodes.get(start..));
        let found = ends.find_map(|nodes| Some((nodes, joined(columns, nodes)?)));
        let Some((nodes, pattern)) = found else { return };
        for &node in nodes {
            if let Some(place) = self.patterns.get_mut(node) {
                *place = Some(pattern);
            }
        }
        if let Some(run) = self.runs.last_mut() {
            run.len = 0;
        }
    }
}

impl Run {
    /// The next sibling; one that does not join ends the run.
    fn take(&mut self, node: usize, joins: bool) {
        if !joins {
            self.len = 0;
            return;
        }
        if self.len == MOST {
            self.nodes.rotate_left(1);
            self.len -= 1;
        }
        if let Some(place) = self.nodes.get_mut(self.len) {
            *place = node;
        }
        self.len += 1;
    }
}

fn has_lines(columns: &Columns, node: usize) -> bool {
    columns.line_ranges().get(node).is_some_and(|lines| lines.len > 0)
}

fn texts<'a>(columns: &'a Columns, nodes: &'a [usize]) -> impl Iterator<Item = &'a str> {
    let ranges = nodes.iter().filter_map(|&node| columns.line_ranges().get(node));
    let lines = ranges.flat_map(|&range| columns.lines_of(range));
    lines.map(|line| columns.strings.get(line.text))
}

/// A quick look. What is no ASCII may be a digit or an at sign of another script.
fn may_say_something(columns: &Columns, nodes: &[usize]) -> bool {
    let is_digit = |byte: &u8| byte.is_ascii_digit() || !byte.is_ascii();
    let digits = texts(columns, nodes).flat_map(str::bytes).filter(is_digit).count();
    digits >= MIN_DIGITS || texts(columns, nodes).any(|text| text.contains(AT_SIGNS))
}

fn joined(columns: &Columns, nodes: &[usize]) -> Option<Pattern> {
    Pattern::find(texts(columns, nodes)).filter(|&pattern| pattern != Pattern::Phone)
}
