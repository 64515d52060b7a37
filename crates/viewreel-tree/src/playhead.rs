//! From records to what is on the screen at a time.

use crate::tree::{ApplyError, Tree};
use viewreel_model::Record;
use viewreel_model::record::{Body, State};

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
    /// There is a diff before the first keyframe.
    #[error("at {time_ms} ms: a diff comes before the first keyframe")]
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
}

impl Playhead {
    /// The tree; `None` before the first keyframe.
    #[must_use]
    pub fn tree(&self) -> Option<&Tree> {
        self.tree.as_ref()
    }

    /// Everything beside the tree.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Plays one record.
    ///
    /// # Errors
    /// Where it is a diff that does not apply. The playhead stays as it was.
    pub fn play<E>(&mut self, record: Record) -> Result<(), SeekError<E>> {
        let time_ms = record.time_ms;
        self.state.follow(&record.body);
        match record.body {
            Body::Keyframe { state, tree } => self.tree = Some(Tree::new(state, tree)),
            Body::Diff(diff) => {
                let tree = self.tree.as_mut().ok_or(SeekError::NoKeyframe { time_ms })?;
                tree.apply(&diff).map_err(|error| SeekError::Apply { time_ms, error })?;
            }
            _ => {}
        }
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
    records: impl IntoIterator<Item = Result<Record, E>>,
    time_ms: u64,
) -> Result<Playhead, SeekError<E>> {
    let mut playhead = Playhead::default();
    for record in records {
        let record = record?;
        if record.time_ms > time_ms {
            break;
        }
        playhead.play(record)?;
    }
    Ok(playhead)
}
