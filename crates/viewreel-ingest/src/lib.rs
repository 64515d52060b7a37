//! Takes segments in: authenticate, validate, deduplicate, commit; exactly one
//! outcome per segment.
//!
//! [`Ingest::accept`] answers only after the store has committed, and says of
//! every segment of a request, in order, what became of it. Nothing is dropped
//! silently: every outcome is counted in [`Ingest::counts`].
//!
//! [`Ingest::accept_image`] takes the pictures that segments bind, each with an
//! outcome of the same words.
//!
//! [`Ingest::note_decisions`] takes why sessions have no replay.
//!
//! It knows no HTTP: the server's edge hands it a key and a body. Start reading
//! at [`Ingest`], then `inspect.rs` for what a valid segment is.

mod counts;
mod error;
mod images;
mod inspect;
pub mod limits;

pub use counts::OutcomeCounts;
pub use error::IngestError;
pub use images::ImageOutcome;
pub use inspect::{Inspected, Refusal, inspect, inspect_within};
pub use viewreel_format::Outcome;

use bytes::Bytes;
use counts::Counters;
use inspect::is_bearable;
use limits::MAX_BODY_IMAGES;
use std::sync::Arc;
use tokio::sync::Semaphore;
use viewreel_control::{Control, ProjectId};
use viewreel_format::DecisionRecord;
use viewreel_model::SegmentId;
use viewreel_store::{Committed, ImageKey, NewSegment, Store};

/// What became of one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SegmentOutcome {
    /// Which; `None` where not even the header of the bytes holds.
    pub segment_id: Option<SegmentId>,
    /// What became of it.
    pub outcome: Outcome,
    /// Where it is invalid: why.
    pub message: Option<String>,
}

/// What became of the segments of one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// One outcome per segment, in their order.
    pub outcomes: Vec<SegmentOutcome>,
    /// Pictures that the acknowledged segments bind and that did not come yet, by
    /// device and id; at most [`limits::MAX_MISSING_IMAGES`].
    pub missing_images: Vec<ImageKey>,
}

/// The front door for segments and pictures. Clones share one.
#[derive(Clone, Debug)]
pub struct Ingest {
    control: Control,
    store: Store,
    segments: Arc<Counters>,
    images: Arc<Counters>,
    inspections: Arc<Semaphore>,
}

impl Ingest {
    /// A front door to `store` for whoever has a key that `control` knows.
    #[must_use]
    pub fn new(control: Control, store: Store) -> Self {
        let at_once = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let inspections = Arc::new(Semaphore::new(at_once));
        let (segments, images) = (Arc::default(), Arc::default());
        Self { control, store, segments, images, inspections }
    }

    /// The project that the write key `key` opens.
    ///
    /// # Errors
    /// [`IngestError::Unauthorized`] where nobody has that key,
    /// [`IngestError::Unavailable`] where the index does not answer.
    pub async fn authenticate(&self, key: &str) -> Result<ProjectId, IngestError> {
        self.control.authenticate(key).await?.ok_or(IngestError::Unauthorized)
    }

    /// Takes the concatenated segments of one request. Those with the outcome
    /// `Stored` or `Duplicate` survive a power loss.
    ///
    /// # Errors
    /// Where it fails, nothing is acknowledged and the request may be repeated.
    pub async fn accept(&self, project: ProjectId, body: Bytes) -> Result<Accepted, IngestError> {
        if body.is_empty() {
            return Err(IngestError::EmptyBody);
        }
        let inspected = self.inspect_aside(body).await?.ok_or(IngestError::TooMuch)?;
        if valid(&inspected).map(|segment| segment.images.len()).sum::<usize>() > MAX_BODY_IMAGES {
            return Err(IngestError::TooMuch);
        }
        let committed = self.store.commit(project, valid(&inspected).cloned().collect()).await?;
        let acked = valid(&inspected).zip(&committed).filter(|(_, outcome)| is_ack(outcome));
        let missing_images =
            self.missing_images(project, acked.map(|(segment, _)| segment)).await?;
        let outcomes = name_outcomes(inspected, committed);
        outcomes.iter().for_each(|given| self.segments.count(given.outcome));
        Ok(Accepted { outcomes, missing_images })
    }

    /// Takes the decision records of one request. A record that comes twice counts
    /// once. When this returns, they survive a power loss.
    ///
    /// # Errors
    /// [`IngestError::Decisions`] where they can not be read; whatever it is, none
    /// of them is kept.
    pub async fn note_decisions(&self, project: ProjectId, body: &[u8]) -> Result<(), IngestError> {
        let records = DecisionRecord::decode_all(body)?;
        Ok(self.store.note_decisions(project, &records).await?)
    }

    /// How often each outcome was given to a segment since the process started.
    #[must_use]
    pub fn counts(&self) -> OutcomeCounts {
        self.segments.read()
    }

    /// Inspects on a thread of its own, as many at once as there are
    /// processors: the threads that serve stay free.
    /// `None` where it is too much for one request.
    async fn inspect_aside(&self, body: Bytes) -> Result<Option<Vec<Inspected>>, IngestError> {
        let permit = Arc::clone(&self.inspections).acquire_owned().await;
        let permit = permit.map_err(|_| IngestError::CutOff)?;
        let inspection = tokio::task::spawn_blocking(move || {
            let inspected = is_bearable(&body).then(|| inspect(&body));
            drop(permit);
            inspected
        });
        inspection.await.map_err(|_| IngestError::CutOff)
    }
}

fn valid(inspected: &[Inspected]) -> impl Iterator<Item = &NewSegment> {
    inspected.iter().filter_map(|one| match one {
        Inspected::Valid(segment) => Some(segment.as_ref()),
        Inspected::Invalid { .. } => None,
    })
}

const fn is_ack(committed: &Committed) -> bool {
    outcome_of(*committed).is_ack()
}

/// Puts the outcomes of the valid segments back between the invalid ones.
fn name_outcomes(inspected: Vec<Inspected>, committed: Vec<Committed>) -> Vec<SegmentOutcome> {
    let mut committed = committed.into_iter();
    let name = |one| match one {
        Inspected::Valid(segment) => committed.next().map(|outcome| SegmentOutcome {
            segment_id: Some(segment.id),
            outcome: outcome_of(outcome),
            message: None,
        }),
        Inspected::Invalid { segment_id, refusal } => Some(SegmentOutcome {
            segment_id,
            outcome: Outcome::Invalid,
            message: Some(refusal.to_string()),
        }),
    };
    inspected.into_iter().filter_map(name).collect()
}

const fn outcome_of(committed: Committed) -> Outcome {
    match committed {
        Committed::Stored => Outcome::Stored,
        Committed::Duplicate => Outcome::Duplicate,
        Committed::Conflict => Outcome::Conflict,
    }
}
