//! Finds replays, serves manifests, segments and pictures.
//!
//! [`Query`] answers from the index alone; the bytes of a segment are read when
//! they are asked for and never decoded here. It writes nothing and knows no
//! HTTP.

mod error;
mod manifest;
mod page;

pub use error::QueryError;
pub use manifest::{Manifest, ManifestSegment};
pub use page::{Cursor, PageSize, ReplayPage};
pub use viewreel_format::{
    DecisionReason, DeviceId, ReplayId, format_image_id, format_segment_id, parse_image_id,
    parse_segment_id,
};
pub use viewreel_store::{EncodedImage, ReplayRow};

use bytes::Bytes;
use viewreel_model::{ImageId, SegmentId};
use viewreel_store::{ProjectId, Store};

/// Questions about the replays of one project. Clones share one store.
#[derive(Clone, Debug)]
pub struct Query {
    store: Store,
    project: ProjectId,
}

impl Query {
    /// Questions about the replays of `project`.
    #[must_use]
    pub const fn new(store: Store, project: ProjectId) -> Self {
        Self { store, project }
    }

    /// A page of the list of replays, newest first, from `cursor` on.
    ///
    /// # Errors
    /// Where the store does not answer.
    pub async fn replays(
        &self,
        size: PageSize,
        cursor: Option<&Cursor>,
    ) -> Result<ReplayPage, QueryError> {
        // One more than asked for tells whether there is a next page.
        let limit = size.get() + 1;
        let rows = self.store.replays(self.project, cursor.map(Cursor::position), limit).await?;
        Ok(ReplayPage::cut(rows, size))
    }

    /// What a player has to know of a replay before it loads a segment.
    /// O(segments).
    ///
    /// # Errors
    /// [`QueryError::ReplayNotFound`], [`QueryError::NotRecorded`], or where the store does not answer.
    pub async fn manifest(&self, id: &ReplayId) -> Result<Manifest, QueryError> {
        // In this order a commit in between can add nothing that is missing in
        // a later answer: every segment has its run, every run its replay.
        let segments = self.store.segments(self.project, id).await?;
        let runs = self.store.runs(self.project, id).await?;
        let replay = self.store.replay(self.project, id).await?;
        match replay {
            Some(replay) => Ok(Manifest::new(replay, &runs, segments)),
            None => Err(self.absence(id).await?),
        }
    }

    /// Why there is no such replay.
    async fn absence(&self, id: &ReplayId) -> Result<QueryError, QueryError> {
        let reason = self.store.decision(self.project, id).await?;
        Ok(reason.map_or(QueryError::ReplayNotFound, QueryError::NotRecorded))
    }

    /// The bytes of a segment as they were sent.
    ///
    /// # Errors
    /// [`QueryError::SegmentNotFound`], or where the store does not answer or
    /// the bytes on disk are damaged.
    pub async fn segment(&self, id: &ReplayId, segment: SegmentId) -> Result<Bytes, QueryError> {
        let bytes = self.store.segment_bytes(self.project, id, segment).await?;
        bytes.ok_or(QueryError::SegmentNotFound)
    }

    /// A picture that the replay refers to, as it was sent.
    ///
    /// # Errors
    /// [`QueryError::ReplayNotFound`], [`QueryError::NotRecorded`] or
    /// [`QueryError::ImageNotFound`], or where the store does not answer or the
    /// bytes on disk are damaged.
    pub async fn image(&self, id: &ReplayId, image: ImageId) -> Result<EncodedImage, QueryError> {
        match self.store.image(self.project, id, image).await? {
            Some(image) => Ok(image),
            None if self.store.replay(self.project, id).await?.is_some() => {
                Err(QueryError::ImageNotFound)
            }
            None => Err(self.absence(id).await?),
        }
    }

    /// Whether the index answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn check(&self) -> Result<(), QueryError> {
        Ok(self.store.check().await?)
    }
}
