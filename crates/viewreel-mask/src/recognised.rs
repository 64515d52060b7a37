//! What is recognised in the texts of a tree: in each by itself, and in those that
//! stand beside each other, such as a card number in four labels.

use viewreel_model::RawSnapshot;

use crate::pattern::{Look, Pattern};

/// Most adjacent siblings whose texts are read as one.
const MOST: usize = 8;

/// What is recognised in the texts of one capture, node by node.
///
/// Of siblings together no phone numbers are looked for: the days of a calendar
/// and the figures of a table are groups of digits beside each other, too. Texts
/// that are masked anyway are not read, so what they say changes nothing of others.
#[derive(Clone, Default)]
pub(crate) struct RecognisedTexts {
    /// Of each node.
    patterns: Vec<Option<Pattern>>,
    /// Those of the ancestors of the node that is read.
    runs: Vec<Run>,
}

/// Children of one node that stand beside each other, and whose texts may say
/// something together.
#[derive(Clone, Copy, Default)]
struct Run {
    parent: usize,
    nodes: [(usize, Look); MOST],
    len: usize,
}

impl RecognisedTexts {
    /// Reads the texts of the nodes that `asks` names; `known` is what is known of
    /// them already. O(characters), those of siblings at most sixteen times.
    pub(crate) fn read(
        &mut self,
        raw: &dyn RawSnapshot,
        asks: impl Fn(usize) -> bool,
        known: impl Fn(usize) -> Option<Pattern>,
    ) {
        self.patterns.clear();
        self.patterns.resize(raw.len(), None);
        self.runs.clear();
        for node in 0..raw.len() {
            let is_read = asks(node) && !raw.text(node).is_empty();
            let look = is_read.then(|| Look::at(texts(raw, node)));
            if let Some((place, look)) = self.patterns.get_mut(node).zip(look) {
                *place = Pattern::find_seen(look, texts(raw, node)).max(known(node));
            }
            self.enter(raw, node, look);
        }
    }

    /// What the text of a node is, or is part of.
    pub(crate) fn pattern(&self, node: usize) -> Option<Pattern> {
        self.patterns.get(node).copied().flatten()
    }

    /// A text that says something by itself says nothing together with others.
    fn enter(&mut self, raw: &dyn RawSnapshot, node: usize, look: Option<Look>) {
        let Some(parent) = raw.parent(node) else { return self.runs.clear() };
        let joins = look.filter(|_| self.pattern(node).is_none());
        self.open_run(parent);
        if let Some(run) = self.runs.last_mut() {
            run.take(node, joins);
            if run.may_say_something() {
                let run = *run;
                self.read_run(raw, &run);
            }
        }
    }

    /// Makes the last run that of the children of a node. Runs of nodes behind it
    /// are over.
    fn open_run(&mut self, parent: usize) {
        while self.runs.last().is_some_and(|run| run.parent > parent) {
            self.runs.pop();
        }
        if self.runs.last().is_none_or(|run| run.parent < parent) {
            self.runs.push(Run { parent, ..Run::default() });
        }
    }

    /// Marks the fewest of the run, from its end, that say something together. They
    /// are in no run any more.
    fn read_run(&mut self, raw: &dyn RawSnapshot, run: &Run) {
        let Some(few) = run.fewest(raw) else { return };
        for (node, _) in few.nodes {
            if let Some(place) = self.patterns.get_mut(*node) {
                *place = Some(few.pattern);
            }
        }
        if let Some(run) = self.runs.last_mut() {
            run.len = 0;
        }
    }
}

/// Texts that say something together.
struct Few<'a> {
    nodes: &'a [(usize, Look)],
    pattern: Pattern,
}

impl Run {
    /// The next sibling; one that does not join ends the run.
    fn take(&mut self, node: usize, look: Option<Look>) {
        let Some(look) = look else {
            self.len = 0;
            return;
        };
        if self.len == MOST {
            self.nodes.rotate_left(1);
            self.len -= 1;
        }
        if let Some(place) = self.nodes.get_mut(self.len) {
            *place = (node, look);
        }
        self.len += 1;
    }

    fn nodes(&self) -> &[(usize, Look)] {
        self.nodes.get(..self.len).unwrap_or_default()
    }

    /// A quick look.
    fn may_say_something(&self) -> bool {
        self.len >= 2 && Pattern::may_be_joined(look(self.nodes()))
    }

    /// The fewest, from the end, that say something together.
    fn fewest<'a>(&'a self, raw: &dyn RawSnapshot) -> Option<Few<'a>> {
        let ends = (0..self.len).rev().filter_map(|start| self.nodes().get(start..));
        let mut few = ends.filter_map(|nodes| Some(Few { nodes, pattern: joined(raw, nodes)? }));
        few.next()
    }
}

/// The look at texts one after the other.
fn look(nodes: &[(usize, Look)]) -> Look {
    nodes.iter().fold(Look::default(), |look, (_, next)| look.then(*next))
}

fn joined(raw: &dyn RawSnapshot, nodes: &[(usize, Look)]) -> Option<Pattern> {
    let look = look(nodes);
    if !Pattern::may_be_joined(look) {
        return None;
    }
    let lines = nodes.iter().flat_map(|(node, _)| texts(raw, *node));
    Pattern::find_seen(look, lines).filter(|&pattern| pattern != Pattern::Phone)
}

/// The text of one node.
fn texts(raw: &dyn RawSnapshot, node: usize) -> impl Iterator<Item = &str> + Clone {
    std::iter::once(raw.text(node))
}
