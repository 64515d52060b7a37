//! From records to what is on the screen at a time.

use crate::error::ApplyError;
use crate::tree::Tree;
use std::borrow::BorrowMut;
use viewreel_model::record::{Body, State};
use viewreel_model::{Diff, LendRecords, Record, Snapshot, StateId};

/// Why records cannot be played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SeekError<E> {
    /// They cannot be read.
    #[error(transparent)]
    Read(#[from] E),
    /// A diff does not apply.
    #[error("at {time_ms} ms: {error}")]
    Apply {
        /// Time of the record.
        time_ms: u64,
        /// What is wrong with it.
        error: ApplyError,
    },
    /// There is no tree that a diff could start from: no keyframe came yet, or
    /// none since a diff that did not apply.
    #[error("at {time_ms} ms: a diff comes before a keyframe")]
    NoKeyframe {
        /// Time of the diff.
        time_ms: u64,
    },
}

/// What is on the screen after some records.
#[derive(Clone, Debug, Default)]
pub struct Playhead {
    tree: Option<Tree>,
    state: State,
    work: usize,
}

impl Playhead {
    /// The tree; `None` before the first keyframe, and after a diff that did not
    /// apply until the next keyframe.
    #[must_use]
    pub fn tree(&self) -> Option<&Tree> {
        self.tree.as_ref()
    }

    /// Everything beside the tree.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Nodes that were visited to play the records, as [`Tree::work`] counts
    /// them, over all keyframes.
    #[must_use]
    pub fn work(&self) -> usize {
        self.work
    }

    /// Plays one record, which may be lent; a keyframe is taken out of it. As cheap
    /// as what the record says, but for trees that are kept or gone back to: see
    /// [`Tree::apply`].
    ///
    /// # Errors
    /// Where it is a diff that does not apply. Then there is no tree until the
    /// next keyframe.
    pub fn play<E>(&mut self, mut record: impl BorrowMut<Record>) -> Result<(), SeekError<E>> {
        let Record { time_ms, body } = record.borrow_mut();
        self.state.follow(body);
        match body {
            Body::Keyframe { state, tree } => self.follow(*state, std::mem::take(tree)),
            Body::Diff(diff) => self.apply(diff, *time_ms)?,
            _ => {}
        }
        Ok(())
    }

    fn follow(&mut self, state: StateId, snapshot: Snapshot) {
        let before = self.tree.as_ref().map_or(0, Tree::work);
        let tree = match self.tree.take() {
            Some(tree) => tree.followed_by(state, snapshot),
            None => Tree::new(state, snapshot),
        };
        self.work += tree.work() - before;
        self.tree = Some(tree);
    }

    fn apply<E>(&mut self, diff: &Diff, time_ms: u64) -> Result<(), SeekError<E>> {
        let tree = self.tree.take().ok_or(SeekError::NoKeyframe { time_ms })?;
        let before = tree.work();
        let tree = tree.apply(diff).map_err(|error| SeekError::Apply { time_ms, error })?;
        self.work += tree.work() - before;
        self.tree = Some(tree);
        Ok(())
    }
}

/// What is on the screen at `time_ms`: all records up to and including it are
/// played. The first records of a segment are its state and keyframe, so one
/// segment is enough. O(bytes of the records before).
///
/// # Errors
/// Where a record cannot be read or played.
pub fn seek<E>(
    mut records: impl LendRecords<Error = E>,
    time_ms: u64,
) -> Result<Playhead, SeekError<E>> {
    let mut playhead = Playhead::default();
    while let Some(record) = records.lend() {
        let record = record?;
        if record.time_ms > time_ms {
            break;
        }
        playhead.play(record)?;
    }
    Ok(playhead)
}
