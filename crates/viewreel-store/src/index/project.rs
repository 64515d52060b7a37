//! Projects and the hashes of their write keys.

use super::Index;
use crate::error::StoreError;
use crate::segment::ProjectId;

impl Index {
    pub(crate) async fn project(&self, name: &str) -> Result<Option<ProjectId>, StoreError> {
        let id = sqlx::query_scalar::<_, i64>("SELECT id FROM projects WHERE name = $1")
            .bind(name)
            .fetch_optional(&self.readers)
            .await?;
        Ok(id.map(ProjectId))
    }

    pub(crate) async fn add_project(
        &self,
        name: &str,
        key_hash: &[u8; 32],
        now_ms: i64,
    ) -> Result<ProjectId, StoreError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let id = sqlx::query_scalar::<_, i64>(
            "INSERT INTO projects (id, name, created_at_ms)
             SELECT COALESCE(MAX(id), 0) + 1, $1, $2 FROM projects RETURNING id",
        )
        .bind(name)
        .bind(now_ms)
        .fetch_one(&mut *transaction)
        .await?;
        sqlx::query("INSERT INTO write_keys (hash, project_id, created_at_ms) VALUES ($1, $2, $3)")
            .bind(key_hash.as_slice())
            .bind(id)
            .bind(now_ms)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(ProjectId(id))
    }

    pub(crate) async fn project_of_key(
        &self,
        key_hash: &[u8; 32],
    ) -> Result<Option<ProjectId>, StoreError> {
        let id = sqlx::query_scalar::<_, i64>("SELECT project_id FROM write_keys WHERE hash = $1")
            .bind(key_hash.as_slice())
            .fetch_optional(&self.readers)
            .await?;
        Ok(id.map(ProjectId))
    }
}
