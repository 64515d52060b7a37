//! Going back to earlier states.

mod common;

use common::flat;
use proptest::prelude::*;
use viewreel_model::limits::MAX_KEPT_STATES;
use viewreel_model::{Diff, Snapshot, StateId};
use viewreel_testkit::snapshots::snapshot;
use viewreel_tree::{ApplyError, Differ, Tree};

fn diff(base: (StateId, &Snapshot), to: &Snapshot, keeps_current: bool) -> Diff {
    let mut diff = Diff::default();
    Differ::default().diff(base.0, base.1, to, &mut diff);
    Diff { keeps_current, ..diff }
}

/// The states of a tree as they should be, by whole copies.
struct Model {
    current: (StateId, Snapshot),
    /// The oldest first.
    kept: Vec<(StateId, Snapshot)>,
}

impl Model {
    fn keep(&mut self) {
        self.kept.push(self.current.clone());
        if self.kept.len() > MAX_KEPT_STATES {
            self.kept.remove(0);
        }
    }

    /// The current state or a kept one.
    fn choose(&self, choice: prop::sample::Index) -> &(StateId, Snapshot) {
        let at = choice.index(self.kept.len() + 1);
        self.kept.get(at).unwrap_or(&self.current)
    }
}

proptest! {
    #[test]
    fn a_diff_may_start_from_any_state_that_is_kept(
        screens in prop::collection::vec(snapshot(8), 4),
        steps in prop::collection::vec(any::<(prop::sample::Index, prop::sample::Index, bool)>(), 1..24),
    ) {
        let mut tree = Tree::new(StateId(3), screens[0].clone());
        let mut model = Model { current: (StateId(3), screens[0].clone()), kept: Vec::new() };
        for (screen, base, keeps) in steps {
            let next = screen.get(&screens);
            if keeps {
                model.keep();
            }
            let (state, before) = model.choose(base);
            tree = tree.apply(&diff((*state, before), next, keeps)).unwrap();
            model.current = (model.current.0.next(), next.clone());
            prop_assert_eq!((tree.state(), tree.snapshot()), model.current.clone());
        }
    }
}

#[test]
fn the_fifth_state_that_is_kept_makes_the_first_one_forgotten() {
    let screen = flat(&[2]);
    let keep = |state| Diff { base: StateId(state), keeps_current: true, ..Diff::default() };
    let mut tree = Tree::new(StateId(0), screen);
    for state in 0..4 {
        tree = tree.apply(&keep(state)).unwrap();
    }
    let back = |state| Diff { base: StateId(state), ..Diff::default() };
    assert_eq!(tree.clone().apply(&back(0)).map(|tree| tree.state()), Ok(StateId(5)));
    let error = ApplyError::WrongBase { base: StateId(0), state: StateId(4) };
    assert_eq!(tree.clone().apply(&keep(0)).err(), Some(error));
    let tree = tree.apply(&keep(4)).unwrap();
    assert!(tree.clone().apply(&back(0)).is_err() && tree.apply(&back(1)).is_ok());
}

#[test]
fn a_state_that_is_not_kept_is_gone() {
    let tree = Tree::new(StateId(0), flat(&[2]));
    let tree = tree.apply(&Diff::default()).unwrap();
    let error = ApplyError::WrongBase { base: StateId(0), state: StateId(1) };
    assert_eq!(tree.apply(&Diff::default()).err(), Some(error));
}
