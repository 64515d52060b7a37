//! Pictures, and which replays refer to them.

use super::Index;
use super::read::Reading;
use super::row::{Place, PlaceColumns, checksum as checksum_of_row};
use super::write::{COMMIT_OBJECT, signed};
use crate::error::StoreError;
use crate::image::{ImageKept, ImageKey, MAX_DEVICE_IMAGE_BYTES, QUOTA_PAUSE_MS};
use crate::segment::{Checksum, ProjectId};
use sqlx::{FromRow, SqliteConnection};
use viewreel_format::{MediaType, ReplayId};
use viewreel_model::ImageId;

const CHECKSUM: &str = "
    SELECT checksum FROM images
    WHERE project_id = $1 AND device_id = $2 AND image_id = $3";

const BYTES_OF_DEVICE: &str = "
    SELECT COALESCE(SUM(byte_len), 0) FROM images
    WHERE project_id = $1 AND device_id = $2";

const INSERT: &str = "
    INSERT INTO images (project_id, device_id, image_id, checksum, media_type, object_key,
                        byte_len, received_at_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

const PLACE: &str = "
    SELECT i.media_type, i.object_key, 0 AS byte_start, i.byte_len, i.checksum
    FROM image_references r
    JOIN images i ON i.project_id = r.project_id AND i.device_id = r.device_id
                 AND i.image_id = r.image_id
    WHERE r.project_id = $1 AND r.device_id = $2 AND r.session_id = $3 AND r.image_id = $4";

const UNUSED: &str = "
    SELECT object_key FROM images i
    WHERE received_at_ms < $1
      AND NOT EXISTS (SELECT 1 FROM image_references r
                      WHERE r.project_id = i.project_id AND r.device_id = i.device_id
                        AND r.image_id = i.image_id)
    ORDER BY received_at_ms
    LIMIT $2";

/// Asks again whether it is unused: a segment may have come in between.
const FORGET: &str = "
    DELETE FROM images
    WHERE object_key = $1
      AND NOT EXISTS (SELECT 1 FROM image_references r
                      WHERE r.project_id = images.project_id AND r.device_id = images.device_id
                        AND r.image_id = images.image_id)";

/// An object that nothing speaks of any more is an orphan until it is deleted.
const ORPHAN: &str = "UPDATE objects SET state = 'pending' WHERE object_key = $1";

/// A picture whose object was written.
pub(crate) struct ImageRow<'a> {
    pub(crate) key: &'a ImageKey,
    pub(crate) checksum: Checksum,
    pub(crate) media_type: MediaType,
    pub(crate) object_key: &'a str,
    pub(crate) byte_len: u64,
    pub(crate) received_at_ms: i64,
}

/// Where the bytes of a picture lie and what they are.
pub(crate) struct ImagePlace {
    pub(crate) media_type: MediaType,
    pub(crate) place: Place,
}

#[derive(FromRow)]
struct ImagePlaceColumns {
    media_type: i64,
    #[sqlx(flatten)]
    place: PlaceColumns,
}

impl TryFrom<ImagePlaceColumns> for ImagePlace {
    type Error = StoreError;

    fn try_from(row: ImagePlaceColumns) -> Result<Self, StoreError> {
        let media_type = u8::try_from(row.media_type).ok().and_then(MediaType::from_code);
        let media_type = media_type.ok_or(StoreError::Damaged { what: "a row of the index" })?;
        Ok(Self { media_type, place: row.place.try_into()? })
    }
}

impl Index {
    /// Gives a picture its row together with its object, or says what is in the way.
    pub(crate) async fn keep_image(
        &self,
        project: ProjectId,
        row: &ImageRow<'_>,
    ) -> Result<ImageKept, StoreError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(kept) = obstacle(&mut transaction, project, row).await? {
            return Ok(kept);
        }
        sqlx::query(INSERT)
            .bind(project.0)
            .bind(row.key.device.as_str())
            .bind(image_key(row.key.id))
            .bind(row.checksum.0.to_vec())
            .bind(i64::from(row.media_type as u8))
            .bind(row.object_key)
            .bind(signed(row.byte_len))
            .bind(row.received_at_ms)
            .execute(&mut *transaction)
            .await?;
        sqlx::query(COMMIT_OBJECT).bind(row.object_key).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(ImageKept::Stored)
    }

    /// Where a picture lies that the replay refers to.
    pub(crate) async fn image_of_replay(
        &self,
        project: ProjectId,
        replay: &ReplayId,
        id: ImageId,
    ) -> Result<Option<ImagePlace>, StoreError> {
        let row = sqlx::query_as::<_, ImagePlaceColumns>(PLACE)
            .bind(project.0)
            .bind(&replay.device_id)
            .bind(&replay.session_id)
            .bind(image_key(id))
            .fetch_optional(&self.readers)
            .await?;
        row.map(ImagePlace::try_from).transpose()
    }

    /// The objects of pictures that came before `before_ms` and that no replay
    /// refers to, the oldest first, at most `limit`. O(pictures that old).
    pub(crate) async fn unused_images(
        &self,
        before_ms: i64,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let query = sqlx::query_scalar(UNUSED).bind(before_ms).bind(i64::from(limit));
        Ok(query.fetch_all(&self.readers).await?)
    }

    /// Takes the rows of these pictures away, but of those that a replay refers to
    /// by now. Gives the objects that are orphans then.
    pub(crate) async fn forget_images(
        &self,
        object_keys: Vec<String>,
    ) -> Result<Vec<String>, StoreError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let mut orphans = Vec::new();
        for key in object_keys {
            let forgotten = sqlx::query(FORGET).bind(&key).execute(&mut *transaction).await?;
            if forgotten.rows_affected() > 0 {
                sqlx::query(ORPHAN).bind(&key).execute(&mut *transaction).await?;
                orphans.push(key);
            }
        }
        transaction.commit().await?;
        Ok(orphans)
    }
}

impl Reading {
    /// What is in the way of a picture, before its object is written.
    pub(crate) async fn obstacle_to_image(
        &mut self,
        project: ProjectId,
        row: &ImageRow<'_>,
    ) -> Result<Option<ImageKept>, StoreError> {
        obstacle(&mut self.connection, project, row).await
    }

    /// Whether the picture is there.
    pub(crate) async fn has_image(
        &mut self,
        project: ProjectId,
        key: &ImageKey,
    ) -> Result<bool, StoreError> {
        Ok(checksum(&mut self.connection, project, key).await?.is_some())
    }
}

/// What becomes of a picture that is not to be stored; `None` where it is.
async fn obstacle(
    connection: &mut SqliteConnection,
    project: ProjectId,
    row: &ImageRow<'_>,
) -> Result<Option<ImageKept>, StoreError> {
    Ok(match checksum(connection, project, row.key).await? {
        Some(same) if same == row.checksum => Some(ImageKept::Duplicate),
        Some(_) => Some(ImageKept::Conflict),
        None => {
            let used = sqlx::query_scalar::<_, i64>(BYTES_OF_DEVICE)
                .bind(project.0)
                .bind(row.key.device.as_str())
                .fetch_one(connection)
                .await?;
            let all = used.saturating_add(signed(row.byte_len));
            let until_ms = row.received_at_ms.saturating_add(QUOTA_PAUSE_MS);
            (all > signed(MAX_DEVICE_IMAGE_BYTES)).then_some(ImageKept::OverQuota { until_ms })
        }
    })
}

async fn checksum(
    connection: &mut SqliteConnection,
    project: ProjectId,
    key: &ImageKey,
) -> Result<Option<Checksum>, StoreError> {
    let found = sqlx::query_scalar::<_, Vec<u8>>(CHECKSUM)
        .bind(project.0)
        .bind(key.device.as_str())
        .bind(image_key(key.id))
        .fetch_optional(connection)
        .await?;
    found.map(|bytes| checksum_of_row(&bytes)).transpose()
}

/// An image id as the index writes it.
pub(crate) fn image_key(id: ImageId) -> Vec<u8> {
    id.0.to_be_bytes().to_vec()
}
