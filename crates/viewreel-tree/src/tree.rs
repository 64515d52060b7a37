//! The retained tree and how a diff changes it.

use crate::forest::Forest;
use std::collections::HashMap;
use viewreel_model::columns::Window;
use viewreel_model::diff::{Diff, DiffWindow};
use viewreel_model::field::patch;
use viewreel_model::limits::{MAX_LINES, MAX_TREE_STRING_BYTES};
use viewreel_model::{FieldSet, NodeId, Row, Snapshot, StateId};

/// Why a diff does not apply. The tree stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs)]
pub enum ApplyError {
    #[error("the diff starts from state {base}, the tree is in state {state}", base = .base.0, state = .state.0)]
    WrongBase { base: StateId, state: StateId },
    #[error("there is no node {}", .0.0)]
    UnknownNode(NodeId),
    #[error("node {} is placed behind a node with another parent", .0.0)]
    NotASibling(NodeId),
    #[error("node {} is placed inside itself", .0.0)]
    ParentInsideNode(NodeId),
    #[error("a window's root {} has a parent", .0.0)]
    WindowNotARoot(NodeId),
    #[error("the tree has more nodes than the limit")]
    TooManyNodes,
    #[error("the tree is deeper than the limit")]
    TooDeep,
    #[error("the tree has more lines or longer strings than the limit")]
    TooMuchText,
}

/// A masked tree and the state that it is.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    state: StateId,
    snapshot: Snapshot,
}

impl Tree {
    /// The tree of a keyframe.
    #[must_use]
    pub fn new(state: StateId, snapshot: Snapshot) -> Self {
        Self { state, snapshot }
    }

    /// The state that the tree is.
    #[must_use]
    pub fn state(&self) -> StateId {
        self.state
    }

    /// The tree.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Leads the tree to the next state. O(n) in the number of nodes.
    ///
    /// # Errors
    /// Where the diff starts from another state, names what is not there, or
    /// leads beyond a limit. The tree stays as it was.
    pub fn apply(&mut self, diff: &Diff) -> Result<(), ApplyError> {
        if diff.base != self.state {
            return Err(ApplyError::WrongBase { base: diff.base, state: self.state });
        }
        let mut forest = Forest::of(&self.snapshot);
        for placement in &diff.placements {
            forest.place(placement)?;
        }
        let patches = Patches::of(diff, &forest)?;
        for &removal in &diff.removals {
            forest.remove(removal)?;
        }
        self.snapshot = self.rebuild(diff, &forest, &patches)?;
        self.state = self.state.next();
        Ok(())
    }

    fn rebuild(
        &self,
        diff: &Diff,
        forest: &Forest,
        patches: &Patches,
    ) -> Result<Snapshot, ApplyError> {
        let mut next = Snapshot::default();
        let mut indices = vec![None; forest.len()];
        for (at, id, parent) in forest.flatten()? {
            let parent = parent.and_then(|parent| indices.get(parent).copied().flatten());
            let row = self.patched_row(diff, patches, &mut next, at);
            check_text(&next)?;
            let index = next.push_masked(id, parent, &row);
            if let Some(entry) = indices.get_mut(at) {
                *entry = Some(index);
            }
        }
        self.place_windows(diff, &mut next)?;
        Ok(next)
    }

    /// What node `at` says in the next state, with its strings in `next`.
    fn patched_row(&self, diff: &Diff, patches: &Patches, next: &mut Snapshot, at: usize) -> Row {
        let updates = patches.of_node(at);
        let replaced = updates.iter().fold(FieldSet::EMPTY, |set, update| set.union(update.fields));
        let mut row = Row::default();
        let into = next.columns_mut();
        if let Some(before) = self.snapshot.columns().row(at) {
            let kept = FieldSet::ALL.without(replaced);
            patch(into, &mut row, self.snapshot.columns(), &before, kept);
        }
        for update in updates {
            let values = diff.rows.row(update.row as usize).unwrap_or_default();
            patch(into, &mut row, &diff.rows, &values, update.fields);
        }
        row
    }

    fn place_windows(&self, diff: &Diff, next: &mut Snapshot) -> Result<(), ApplyError> {
        let kept = || -> Vec<DiffWindow> {
            let windows = self.snapshot.windows();
            windows.map(|(root, w)| DiffWindow { root, scene: w.scene, level: w.level }).collect()
        };
        for window in diff.windows.clone().unwrap_or_else(kept) {
            let root = next.ids().iter().position(|&id| id == window.root);
            let root = root.ok_or(ApplyError::UnknownNode(window.root))?;
            if next.columns().parent(root).is_some() {
                return Err(ApplyError::WindowNotARoot(window.root));
            }
            let root = root as u32;
            next.columns_mut().windows.push(Window {
                root,
                scene: window.scene,
                level: window.level,
            });
        }
        Ok(())
    }
}

fn check_text(next: &Snapshot) -> Result<(), ApplyError> {
    let columns = next.columns();
    let fits =
        columns.lines.len() <= MAX_LINES && columns.strings.byte_len() <= MAX_TREE_STRING_BYTES;
    if fits { Ok(()) } else { Err(ApplyError::TooMuchText) }
}

/// The updates of a diff by the node that they speak of.
struct Patches(HashMap<usize, Vec<viewreel_model::diff::Update>>);

impl Patches {
    fn of(diff: &Diff, forest: &Forest) -> Result<Self, ApplyError> {
        let mut by_node: HashMap<usize, Vec<_>> = HashMap::new();
        for &update in &diff.updates {
            by_node.entry(forest.index_of(update.node)?).or_default().push(update);
        }
        Ok(Self(by_node))
    }

    fn of_node(&self, at: usize) -> &[viewreel_model::diff::Update] {
        self.0.get(&at).map_or(&[], Vec::as_slice)
    }
}
