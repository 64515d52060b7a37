//! What the index is asked.

use super::Index;
use super::row::{Place, PlaceColumns, ReplayColumns, RunColumns, SegmentColumns, checksum};
use crate::error::StoreError;
use crate::replay::{ListPosition, ReplayRow, RunRow};
use crate::segment::{Checksum, NewSegment, ProjectId, SegmentRow};
use sqlx::pool::PoolConnection;
use sqlx::{Sqlite, SqlitePool};
use viewreel_format::ReplayId;
use viewreel_model::SegmentId;

/// Newest first from a position on. The facts of a replay are those of its
/// first run.
const REPLAYS: &str = "
    SELECT r.device_id, r.session_id, r.started_at_ms, r.ended_at_ms, r.segments, r.byte_len,
           r.received_at_ms, f.mask_level, f.viewport_width, f.viewport_height, f.user_id,
           f.app_name, f.app_version, f.os_name, f.os_version, f.device_model, f.locale, f.sdk
    FROM replays r
    JOIN runs f ON f.project_id = r.project_id AND f.device_id = r.device_id
               AND f.session_id = r.session_id AND f.run = r.first_run
    WHERE r.project_id = $1 AND (r.started_at_ms, r.device_id, r.session_id) < ($2, $3, $4)
    ORDER BY r.started_at_ms DESC, r.device_id DESC, r.session_id DESC
    LIMIT $5";

const REPLAY: &str = "
    SELECT r.device_id, r.session_id, r.started_at_ms, r.ended_at_ms, r.segments, r.byte_len,
           r.received_at_ms, f.mask_level, f.viewport_width, f.viewport_height, f.user_id,
           f.app_name, f.app_version, f.os_name, f.os_version, f.device_model, f.locale, f.sdk
    FROM replays r
    JOIN runs f ON f.project_id = r.project_id AND f.device_id = r.device_id
               AND f.session_id = r.session_id AND f.run = r.first_run
    WHERE r.project_id = $1 AND r.device_id = $2 AND r.session_id = $3";

const RUNS: &str = "
    SELECT run, anchor_ms FROM runs
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3";

const SEGMENTS: &str = "
    SELECT segment_id, run, seq, record_start_ms, record_end_ms, byte_len FROM segments
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3";

const PLACE: &str = "
    SELECT object_key, byte_start, byte_len, checksum FROM segments
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3 AND segment_id = $4";

const CHECKSUM: &str = "
    SELECT checksum FROM segments
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3 AND segment_id = $4";

const KEPT_ASIDE: &str = "
    SELECT 1 FROM conflicts
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3 AND segment_id = $4
      AND checksum = $5";

impl Index {
    pub(crate) async fn replays(
        &self,
        project: ProjectId,
        after: Option<&ListPosition>,
        limit: u32,
    ) -> Result<Vec<ReplayRow>, StoreError> {
        let start = after.map_or(i64::MAX, |position| position.started_at_ms);
        let id = after.map(|position| position.id.clone()).unwrap_or_default();
        let rows = sqlx::query_as::<_, ReplayColumns>(REPLAYS)
            .bind(project.0)
            .bind(start)
            .bind(id.device_id)
            .bind(id.session_id)
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        rows.into_iter().map(ReplayRow::try_from).collect()
    }

    pub(crate) async fn replay(
        &self,
        project: ProjectId,
        replay: &ReplayId,
    ) -> Result<Option<ReplayRow>, StoreError> {
        let mut rows: Vec<ReplayColumns> =
            of_replay(REPLAY, &self.readers, project, replay).await?;
        rows.pop().map(ReplayRow::try_from).transpose()
    }

    pub(crate) async fn runs(
        &self,
        project: ProjectId,
        replay: &ReplayId,
    ) -> Result<Vec<RunRow>, StoreError> {
        let rows: Vec<RunColumns> = of_replay(RUNS, &self.readers, project, replay).await?;
        rows.into_iter().map(RunRow::try_from).collect()
    }

    pub(crate) async fn segments(
        &self,
        project: ProjectId,
        replay: &ReplayId,
    ) -> Result<Vec<SegmentRow>, StoreError> {
        let rows: Vec<SegmentColumns> = of_replay(SEGMENTS, &self.readers, project, replay).await?;
        rows.into_iter().map(SegmentRow::try_from).collect()
    }

    pub(crate) async fn place(
        &self,
        project: ProjectId,
        replay: &ReplayId,
        id: SegmentId,
    ) -> Result<Option<Place>, StoreError> {
        let row = sqlx::query_as::<_, PlaceColumns>(PLACE)
            .bind(project.0)
            .bind(&replay.device_id)
            .bind(&replay.session_id)
            .bind(id.0.to_be_bytes().to_vec())
            .fetch_optional(&self.readers)
            .await?;
        row.map(Place::try_from).transpose()
    }

    /// The objects that were intended and never committed.
    pub(crate) async fn pending_objects(&self) -> Result<Vec<String>, StoreError> {
        let keys = sqlx::query_scalar("SELECT object_key FROM objects WHERE state = 'pending'");
        Ok(keys.fetch_all(&self.readers).await?)
    }

    /// A connection for several questions in a row.
    pub(crate) async fn reading(&self) -> Result<Reading, StoreError> {
        Ok(Reading { connection: self.readers.acquire().await? })
    }
}

/// All rows of a statement about one replay.
async fn of_replay<R>(
    sql: &'static str,
    readers: &SqlitePool,
    project: ProjectId,
    replay: &ReplayId,
) -> Result<Vec<R>, StoreError>
where
    R: for<'r> sqlx::FromRow<'r, sqlx::sqlite::SqliteRow> + Send + Unpin,
{
    let rows = sqlx::query_as::<_, R>(sql)
        .bind(project.0)
        .bind(&replay.device_id)
        .bind(&replay.session_id)
        .fetch_all(readers)
        .await?;
    Ok(rows)
}

/// One connection that reads.
pub(crate) struct Reading {
    pub(super) connection: PoolConnection<Sqlite>,
}

impl Reading {
    /// The checksum of the bytes that took an id.
    pub(crate) async fn checksum(
        &mut self,
        project: ProjectId,
        replay: &ReplayId,
        id: SegmentId,
    ) -> Result<Option<Checksum>, StoreError> {
        let found = sqlx::query_scalar::<_, Vec<u8>>(CHECKSUM)
            .bind(project.0)
            .bind(&replay.device_id)
            .bind(&replay.session_id)
            .bind(id.0.to_be_bytes().to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        found.map(|bytes| checksum(&bytes)).transpose()
    }

    /// Whether the bytes of a conflict were kept before: once is enough.
    pub(crate) async fn is_kept_aside(
        &mut self,
        project: ProjectId,
        segment: &NewSegment,
        checksum: Checksum,
    ) -> Result<bool, StoreError> {
        let found = sqlx::query_scalar::<_, i64>(KEPT_ASIDE)
            .bind(project.0)
            .bind(&segment.replay.device_id)
            .bind(&segment.replay.session_id)
            .bind(segment.id.0.to_be_bytes().to_vec())
            .bind(checksum.0.to_vec())
            .fetch_optional(&mut *self.connection)
            .await?;
        Ok(found.is_some())
    }
}
