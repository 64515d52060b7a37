//! What is written to the index, always in a transaction.

use super::Index;
use super::image::image_key;
use super::row::checksum as checksum_of_row;
use crate::error::StoreError;
use crate::segment::{Checksum, Committed, NewSegment, ProjectId};
use sqlx::sqlite::SqliteArguments;
use sqlx::{Sqlite, Transaction};
use std::collections::{BTreeMap, BTreeSet};
use viewreel_format::ReplayId;
use viewreel_model::ImageId;

type Query = sqlx::query::Query<'static, Sqlite, SqliteArguments>;

const INTEND: &str = "
    INSERT INTO objects (object_key, state, byte_len, created_at_ms)
    VALUES ($1, 'pending', $2, $3)";

pub(super) const COMMIT_OBJECT: &str =
    "UPDATE objects SET state = 'committed' WHERE object_key = $1";

const FORGET: &str = "DELETE FROM objects WHERE object_key = $1 AND state = 'pending'";

const INSERT_SEGMENT: &str = "
    INSERT INTO segments (project_id, device_id, session_id, segment_id, checksum, object_key,
                          byte_start, byte_len, run, seq, record_start_ms, record_end_ms,
                          received_at_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (project_id, device_id, session_id, segment_id) DO NOTHING";

const TAKEN_BY: &str = "
    SELECT checksum FROM segments
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3 AND segment_id = $4";

const INSERT_CONFLICT: &str = "
    INSERT INTO conflicts (project_id, device_id, session_id, segment_id, checksum, object_key,
                           byte_start, byte_len, received_at_ms)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (project_id, device_id, session_id, segment_id, checksum) DO NOTHING";

/// The first segment of a run makes its row.
const INSERT_RUN: &str = "
    INSERT INTO runs (project_id, device_id, session_id, run, first_seq, anchor_ms,
                      record_start_ms, record_end_ms, mask_level, viewport_width,
                      viewport_height, user_id, app_name, app_version, os_name, os_version,
                      device_model, locale, sdk)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
    ON CONFLICT (project_id, device_id, session_id, run) DO NOTHING";

/// A segment with a lower seq than any before it speaks for the run.
const LEAD_RUN: &str = "
    UPDATE runs
    SET first_seq = $5, anchor_ms = $6, record_start_ms = $7,
        record_end_ms = CASE WHEN record_end_ms < $8 THEN $8 ELSE record_end_ms END,
        mask_level = $9, viewport_width = $10, viewport_height = $11, user_id = $12, app_name = $13,
        app_version = $14, os_name = $15, os_version = $16, device_model = $17, locale = $18,
        sdk = $19
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3 AND run = $4 AND first_seq > $5";

const EXTEND_RUN: &str = "
    UPDATE runs SET record_end_ms = $5
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3 AND run = $4
      AND record_end_ms < $5";

/// Start, end and first run of a replay follow from its runs; sizes add up.
const UPDATE_REPLAY: &str = "
    INSERT INTO replays (project_id, device_id, session_id, first_run, started_at_ms,
                         ended_at_ms, segments, byte_len, received_at_ms)
    SELECT project_id, device_id, session_id, run, anchor_ms + record_start_ms,
           (SELECT MAX(anchor_ms + record_end_ms) FROM runs
            WHERE project_id = $1 AND device_id = $2 AND session_id = $3),
           $4, $5, $6
    FROM runs
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3
    ORDER BY anchor_ms, run
    LIMIT 1
    ON CONFLICT (project_id, device_id, session_id) DO UPDATE
    SET first_run = excluded.first_run, started_at_ms = excluded.started_at_ms,
        ended_at_ms = excluded.ended_at_ms, segments = replays.segments + excluded.segments,
        byte_len = replays.byte_len + excluded.byte_len,
        received_at_ms = excluded.received_at_ms";

/// A replay refers to a picture once, however many of its segments bind it.
const INSERT_REFERENCE: &str = "
    INSERT INTO image_references (project_id, device_id, session_id, image_id)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (project_id, device_id, session_id, image_id) DO NOTHING";

impl Index {
    /// Notes that an object is about to be written.
    pub(crate) async fn intend(
        &self,
        key: &str,
        byte_len: u64,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(INTEND).bind(key).bind(signed(byte_len)).bind(now_ms);
        query.execute(&self.writer).await?;
        Ok(())
    }

    /// Takes back the intent of an object that is not there.
    pub(crate) async fn forget_object(&self, key: &str) -> Result<(), StoreError> {
        sqlx::query(FORGET).bind(key).execute(&self.writer).await?;
        Ok(())
    }

    /// Begins the transaction of one request.
    pub(crate) async fn writing(
        &self,
        project: ProjectId,
        received_at_ms: i64,
    ) -> Result<Writing, StoreError> {
        // Immediate: a transaction that reads first and writes later could be
        // refused in the middle.
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let (grown, references) = (BTreeMap::new(), BTreeSet::new());
        Ok(Writing { transaction, project, received_at_ms, grown, references })
    }
}

/// Where the bytes of a segment were put.
pub(crate) struct Location<'a> {
    pub(crate) object_key: &'a str,
    /// In bytes from the start of the object.
    pub(crate) start: u64,
    /// In bytes.
    pub(crate) len: u64,
}

/// What became of a segment, and whether a row speaks of its bytes.
pub(crate) struct Settled {
    pub(crate) outcome: Committed,
    pub(crate) is_used: bool,
}

/// Number of segments and bytes that a replay has gained.
#[derive(Default)]
struct Growth {
    segments: i64,
    bytes: i64,
}

/// The transaction of one request; dropped without [`Writing::commit`] it never
/// happened.
pub(crate) struct Writing {
    transaction: Transaction<'static, Sqlite>,
    project: ProjectId,
    received_at_ms: i64,
    grown: BTreeMap<ReplayId, Growth>,
    references: BTreeSet<(ReplayId, ImageId)>,
}

impl Writing {
    /// Gives a segment its row, or finds out who has its id.
    pub(crate) async fn settle(
        &mut self,
        segment: &NewSegment,
        checksum: Checksum,
        location: &Location<'_>,
    ) -> Result<Settled, StoreError> {
        if self.execute(self.insert_segment(segment, checksum, location)).await? {
            self.extend_run(segment).await?;
            let growth = self.grown.entry(segment.replay.clone()).or_default();
            growth.segments += 1;
            growth.bytes += signed(location.len);
            let reference = |&image| (segment.replay.clone(), image);
            self.references.extend(segment.images.iter().map(reference));
            return Ok(Settled { outcome: Committed::Stored, is_used: true });
        }
        if self.taken_by(segment).await? == checksum {
            return Ok(Settled { outcome: Committed::Duplicate, is_used: false });
        }
        let is_used = self.execute(self.insert_conflict(segment, checksum, location)).await?;
        Ok(Settled { outcome: Committed::Conflict, is_used })
    }

    /// Commits the rows together with the objects that they speak of.
    pub(crate) async fn commit(mut self, used: &BTreeSet<String>) -> Result<(), StoreError> {
        for (replay, growth) in std::mem::take(&mut self.grown) {
            let query = sqlx::query(UPDATE_REPLAY)
                .bind(self.project.0)
                .bind(replay.device_id)
                .bind(replay.session_id)
                .bind(growth.segments)
                .bind(growth.bytes)
                .bind(self.received_at_ms);
            self.execute(query).await?;
        }
        for (replay, image) in std::mem::take(&mut self.references) {
            let query = sqlx::query(INSERT_REFERENCE)
                .bind(self.project.0)
                .bind(replay.device_id)
                .bind(replay.session_id)
                .bind(image_key(image));
            self.execute(query).await?;
        }
        for key in used {
            self.execute(sqlx::query(COMMIT_OBJECT).bind(key.clone())).await?;
        }
        self.transaction.commit().await?;
        Ok(())
    }

    /// Runs a statement; whether it changed a row.
    async fn execute(&mut self, query: Query) -> Result<bool, StoreError> {
        Ok(query.execute(&mut *self.transaction).await?.rows_affected() > 0)
    }

    async fn taken_by(&mut self, segment: &NewSegment) -> Result<Checksum, StoreError> {
        let bytes = sqlx::query_scalar::<_, Vec<u8>>(TAKEN_BY)
            .bind(self.project.0)
            .bind(&segment.replay.device_id)
            .bind(&segment.replay.session_id)
            .bind(segment.id.0.to_be_bytes().to_vec())
            .fetch_one(&mut *self.transaction)
            .await?;
        checksum_of_row(&bytes)
    }

    async fn extend_run(&mut self, segment: &NewSegment) -> Result<(), StoreError> {
        if self.execute(self.run_statement(INSERT_RUN, segment)).await?
            || self.execute(self.run_statement(LEAD_RUN, segment)).await?
        {
            return Ok(());
        }
        let query = self.about(EXTEND_RUN, segment);
        let query = query.bind(run_key(segment)).bind(segment.span.record_end_ms());
        self.execute(query).await?;
        Ok(())
    }

    /// A statement whose first three parameters are the replay.
    fn about(&self, sql: &'static str, segment: &NewSegment) -> Query {
        sqlx::query(sql)
            .bind(self.project.0)
            .bind(segment.replay.device_id.clone())
            .bind(segment.replay.session_id.clone())
    }

    /// A statement that goes on with the segment's identity and place.
    fn located(
        &self,
        sql: &'static str,
        segment: &NewSegment,
        checksum: Checksum,
        location: &Location<'_>,
    ) -> Query {
        self.about(sql, segment)
            .bind(segment.id.0.to_be_bytes().to_vec())
            .bind(checksum.0.to_vec())
            .bind(location.object_key.to_owned())
            .bind(signed(location.start))
            .bind(signed(location.len))
    }

    fn insert_segment(
        &self,
        segment: &NewSegment,
        checksum: Checksum,
        location: &Location<'_>,
    ) -> Query {
        self.located(INSERT_SEGMENT, segment, checksum, location)
            .bind(run_key(segment))
            .bind(i64::from(segment.seq))
            .bind(segment.span.record_start_ms())
            .bind(segment.span.record_end_ms())
            .bind(self.received_at_ms)
    }

    fn insert_conflict(
        &self,
        segment: &NewSegment,
        checksum: Checksum,
        location: &Location<'_>,
    ) -> Query {
        self.located(INSERT_CONFLICT, segment, checksum, location).bind(self.received_at_ms)
    }

    fn run_statement(&self, sql: &'static str, segment: &NewSegment) -> Query {
        let (facts, meta) = (&segment.facts, &segment.facts.meta);
        self.about(sql, segment)
            .bind(run_key(segment))
            .bind(i64::from(segment.seq))
            .bind(segment.span.anchor_ms())
            .bind(segment.span.record_start_ms())
            .bind(segment.span.record_end_ms())
            .bind(i64::from(facts.mask_level as u8))
            .bind(f64::from(facts.viewport.width))
            .bind(f64::from(facts.viewport.height))
            .bind(meta.user_id.clone())
            .bind(meta.app_name.clone())
            .bind(meta.app_version.clone())
            .bind(meta.os_name.clone())
            .bind(meta.os_version.clone())
            .bind(meta.device_model.clone())
            .bind(meta.locale.clone())
            .bind(meta.sdk.clone())
    }
}

/// Big-endian, so that the index orders runs as numbers.
fn run_key(segment: &NewSegment) -> Vec<u8> {
    segment.run.0.to_be_bytes().to_vec()
}

/// Lengths are bounded by the size of a request, far below `i64::MAX`.
pub(super) fn signed(length: u64) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
