//! What a config says of single views: which of its selectors find them.

mod names;
mod steps;

use viewreel_model::{MaskAction, Override, RawSnapshot};

use names::Names;
use steps::Steps;

/// Most steps of all selectors together. What has no room counts for every view
/// where it masks or replaces, and for none where it keeps.
pub const MAX_OVERRIDE_STEPS: usize = steps::MAX_STEPS;

/// Between the classes of a chain.
const INHERITS: char = ':';

/// The selectors of a config, followed down a tree all at once: one bit stands for
/// each step, and a view is found by the last steps that it meets (the Shift-And
/// automaton of Baeza-Yates and Gonnet, 1992, with gaps).
#[derive(Clone, Default)]
pub(crate) struct Overrides {
    rules: Vec<Override>,
    classes: Names,
    identifiers: Names,
    /// Steps before which nothing has to be met.
    first: Steps,
    /// Steps behind which there are others.
    inner: Steps,
    /// Steps that find a view, by what is done to it.
    last: [(MaskAction, Steps); 3],
    /// What is done to every view, because there was no room.
    everywhere: Option<MaskAction>,
    /// What may be met below each ancestor of the node that is judged.
    open: Vec<Steps>,
}

impl Overrides {
    /// Takes other rules. O(steps).
    pub(crate) fn set(&mut self, rules: &[Override]) {
        let actions = [MaskAction::Replace, MaskAction::Mask, MaskAction::Keep];
        let last = actions.map(|action| (action, Steps::default()));
        *self = Self { rules: rules.to_vec(), last, ..Self::default() };
        let mut next = 0;
        for rule in rules {
            let end = next + rule.steps.len();
            if end <= MAX_OVERRIDE_STEPS {
                self.add(rule, next);
                next = end;
            } else if rule.action != MaskAction::Keep {
                self.everywhere = self.everywhere.max(Some(rule.action));
            }
        }
    }

    fn add(&mut self, rule: &Override, start: usize) {
        for (at, step) in (start..).zip(&rule.steps) {
            self.classes.ask(&step.class, at);
            self.identifiers.ask(&step.identifier, at);
        }
        if let Some(inner) = rule.steps.len().checked_sub(1) {
            self.first.insert(start);
            (start..start + inner).for_each(|at| self.inner.insert(at));
            let same = self.last.iter_mut().find(|(action, _)| *action == rule.action);
            same.into_iter().for_each(|(_, steps)| steps.insert(start + inner));
        }
    }

    /// The rules in force.
    pub(crate) fn rules(&self) -> &[Override] {
        &self.rules
    }

    /// Begins the next capture, which has so many strings.
    pub(crate) fn begin(&mut self, strings: usize) {
        self.open.clear();
        if !self.rules.is_empty() {
            self.classes.begin(strings);
            self.identifiers.begin(strings);
        }
    }

    /// What the app and the rules say of the next node in pre-order, which has
    /// `depth` ancestors. The stronger wins, but for a `keep` of the rules, which is
    /// weaker than anything the app says. O(1), and O(log steps) for each string of
    /// a capture.
    pub(crate) fn said(
        &mut self,
        raw: &dyn RawSnapshot,
        node: usize,
        depth: usize,
        app: Option<MaskAction>,
    ) -> Option<MaskAction> {
        if self.rules.is_empty() {
            return app;
        }
        match self.find(raw, node, depth).max(self.everywhere) {
            Some(MaskAction::Keep) => app.or(Some(MaskAction::Keep)),
            found => app.max(found),
        }
    }

    /// What selectors may still find below the node that was judged last, as a number.
    pub(crate) fn digest(&self) -> u64 {
        self.open.last().map_or(0, |open| open.digest())
    }

    /// The strongest that is said by selectors that find the node.
    fn find(&mut self, raw: &dyn RawSnapshot, node: usize, depth: usize) -> Option<MaskAction> {
        let names = raw.semantics(node);
        self.open.truncate(depth);
        let open = self.open.last().copied().unwrap_or(self.first);
        let classes = raw.string(names.class_chain).split(INHERITS);
        let identifiers = std::iter::once(raw.string(names.identifier));
        let met = open
            & self.classes.steps(names.class_chain, classes)
            & self.identifiers.steps(names.identifier, identifiers);
        self.open.push(open | (met & self.inner).next());
        self.last.iter().find(|(_, last)| !(met & *last).is_empty()).map(|(action, _)| *action)
    }
}
