//! Keeping pictures: intent row, object, row, and only then the answer.

use crate::error::StoreError;
use crate::image::{EncodedImage, ImageKept, ImageKey, UNUSED_IMAGE_KEPT_MS};
use crate::index::image::{ImagePlace, ImageRow};
use crate::object::Objects;
use crate::segment::{Checksum, ProjectId};
use crate::store::{Inner, Store};
use std::collections::BTreeSet;
use std::sync::Arc;
use viewreel_format::ReplayId;
use viewreel_model::ImageId;

/// Objects that hold one picture each.
const IMAGES: &str = "images";

/// How often pictures that nobody refers to are looked for, in milliseconds: once
/// an hour.
const SWEEP_EVERY_MS: u64 = 60 * 60 * 1_000;

/// Most pictures that one look deletes; where there are more, the next one follows
/// at once.
const MAX_SWEPT: u32 = 64;

impl Store {
    /// Keeps a picture, once for each id of a device. When this returns, one with
    /// the outcome `Stored` or `Duplicate` survives a power loss. Runs to its end
    /// even where the caller stops waiting.
    ///
    /// # Errors
    /// Where it fails, nothing may be acknowledged; the picture may be kept all the
    /// same.
    pub async fn keep_image(
        &self,
        project: ProjectId,
        key: ImageKey,
        image: EncodedImage,
    ) -> Result<ImageKept, StoreError> {
        let inner = Arc::clone(&self.inner);
        let keeping = tokio::spawn(async move {
            let kept = inner.keep_image(project, &key, &image).await?;
            inner.sweep_images().await;
            Ok(kept)
        });
        keeping.await.map_err(|_| StoreError::CutOff)?
    }

    /// A picture that the replay refers to, `None` where it refers to none of that
    /// id or the picture did not come yet.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Blob`] where the bytes on disk are
    /// not those that were acknowledged.
    pub async fn image(
        &self,
        project: ProjectId,
        replay: &ReplayId,
        id: ImageId,
    ) -> Result<Option<EncodedImage>, StoreError> {
        let found = self.inner.index.image_of_replay(project, replay, id).await?;
        let Some(ImagePlace { media_type, place }) = found else { return Ok(None) };
        let bytes = self.inner.read(place, "the checksum of a picture").await?;
        Ok(Some(EncodedImage { media_type, bytes }))
    }

    /// Those of `wanted` that are not there, in their order, at most `limit`.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn missing_images(
        &self,
        project: ProjectId,
        wanted: &BTreeSet<ImageKey>,
        limit: usize,
    ) -> Result<Vec<ImageKey>, StoreError> {
        let mut reading = self.inner.index.reading().await?;
        let mut missing = Vec::new();
        for key in wanted {
            if missing.len() == limit {
                break;
            }
            if !reading.has_image(project, key).await? {
                missing.push(key.clone());
            }
        }
        Ok(missing)
    }
}

impl Inner {
    async fn keep_image(
        &self,
        project: ProjectId,
        key: &ImageKey,
        image: &EncodedImage,
    ) -> Result<ImageKept, StoreError> {
        let now_ms = self.seams.wall_ms();
        let objects = Objects::at(self, now_ms);
        let object_key = objects.name(IMAGES);
        let row = ImageRow {
            key,
            checksum: Checksum::of(&image.bytes),
            media_type: image.media_type,
            object_key: &object_key,
            byte_len: image.bytes.len() as u64,
            received_at_ms: now_ms,
        };
        // It may be overtaken by another request, so the transaction asks again.
        if let Some(kept) = self.index.reading().await?.obstacle_to_image(project, &row).await? {
            return Ok(kept);
        }
        objects.write(&object_key, image.bytes.clone()).await?;
        let kept = self.index.keep_image(project, &row).await?;
        if kept != ImageKept::Stored {
            objects.discard(&object_key).await;
        }
        Ok(kept)
    }

    /// Deletes pictures that no replay refers to any more, or none ever did. What a
    /// power loss leaves of them goes at the next start.
    pub(crate) async fn sweep_images(&self) {
        if !self.sweeps.take(self.seams.mono_ms(), SWEEP_EVERY_MS) {
            return;
        }
        match self.sweep_some_images().await {
            Ok(swept) if swept == MAX_SWEPT as usize => self.sweeps.hasten(),
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "pictures that nobody refers to stay for now"),
        }
    }

    async fn sweep_some_images(&self) -> Result<usize, StoreError> {
        let now_ms = self.seams.wall_ms();
        let before_ms = now_ms.saturating_sub(UNUSED_IMAGE_KEPT_MS);
        let unused = self.index.unused_images(before_ms, MAX_SWEPT).await?;
        let orphans = self.index.forget_images(unused).await?;
        for object_key in &orphans {
            Objects::at(self, now_ms).discard(object_key).await;
        }
        Ok(orphans.len())
    }
}
