//! Why sessions have no replay.

use super::Index;
use crate::error::StoreError;
use crate::segment::ProjectId;
use viewreel_format::{DecisionReason, DecisionRecord, ReplayId};

/// How long a decision is kept, in milliseconds: 30 days.
const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1_000;

const NOTE: &str = "
    INSERT INTO decisions (project_id, device_id, session_id, reason, received_at_ms)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (project_id, device_id, session_id) DO UPDATE
    SET reason = excluded.reason, received_at_ms = excluded.received_at_ms";

const EXPIRE: &str = "DELETE FROM decisions WHERE received_at_ms < $1";

const REASON: &str = "
    SELECT reason FROM decisions
    WHERE project_id = $1 AND device_id = $2 AND session_id = $3";

impl Index {
    /// Notes decisions and forgets old ones, in one transaction.
    pub(crate) async fn note_decisions(
        &self,
        project: ProjectId,
        records: &[DecisionRecord],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        for record in records {
            sqlx::query(NOTE)
                .bind(project.0)
                .bind(&record.replay.device_id)
                .bind(&record.replay.session_id)
                .bind(i64::from(record.reason as u8))
                .bind(now_ms)
                .execute(&mut *transaction)
                .await?;
        }
        let oldest_ms = now_ms.saturating_sub(KEPT_MS);
        sqlx::query(EXPIRE).bind(oldest_ms).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    pub(crate) async fn decision(
        &self,
        project: ProjectId,
        replay: &ReplayId,
    ) -> Result<Option<DecisionReason>, StoreError> {
        let code = sqlx::query_scalar::<_, i64>(REASON)
            .bind(project.0)
            .bind(&replay.device_id)
            .bind(&replay.session_id)
            .fetch_optional(&self.readers)
            .await?;
        // A number of a later version is no reason that could be told here.
        Ok(code.and_then(|code| u8::try_from(code).ok()).and_then(DecisionReason::from_code))
    }
}
