//! Uploads.

use super::App;
use crate::api_error::ApiError;
use crate::{auth, body};
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use serde::Serialize;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use viewreel_ingest::SegmentOutcome;
use viewreel_query::format_segment_id;
use viewreel_store::ProjectId;

/// The answer to an upload.
#[derive(Serialize)]
pub(crate) struct Uploaded {
    outcomes: Vec<OutcomeJson>,
    /// Images that the server would like to have. Recordings carry none yet.
    missing_images: [String; 0],
}

#[derive(Serialize)]
struct OutcomeJson {
    segment_id: String,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

impl From<SegmentOutcome> for OutcomeJson {
    fn from(one: SegmentOutcome) -> Self {
        let segment_id = one.segment_id.map(format_segment_id).unwrap_or_default();
        Self { segment_id, outcome: one.outcome.word(), message: one.message }
    }
}

/// `POST /api/v1/segments`.
pub(crate) async fn upload(
    State(app): State<App>,
    request: Request,
) -> Result<Json<Uploaded>, ApiError> {
    let (parts, body) = request.into_parts();
    match admit(&app, &parts.headers).await {
        Ok(admission) => take(&app, admission, &parts.headers, body).await.map(Json),
        Err(error) => {
            body::discard(&parts.headers, body).await;
            Err(error)
        }
    }
}

/// Whose upload it is, and its place among those under way.
struct Admission {
    project: ProjectId,
    _place: OwnedSemaphorePermit,
}

/// Looks at the key before a byte of the body is read.
async fn admit(app: &App, headers: &HeaderMap) -> Result<Admission, ApiError> {
    let project = auth::project(app, headers).await?;
    let place = Arc::clone(&app.uploads).try_acquire_owned();
    let place = place.map_err(|_| ApiError::unavailable("too many uploads are under way"))?;
    Ok(Admission { project, _place: place })
}

async fn take(
    app: &App,
    admission: Admission,
    headers: &HeaderMap,
    body: Body,
) -> Result<Uploaded, ApiError> {
    let bytes = body::read(headers, body).await?;
    let outcomes = app.ingest.accept(admission.project, bytes).await?;
    let outcomes = outcomes.into_iter().map(OutcomeJson::from).collect();
    Ok(Uploaded { outcomes, missing_images: [] })
}
