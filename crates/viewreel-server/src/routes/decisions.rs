//! Why sessions have no replay.

use super::App;
use super::delivery::Delivery;
use crate::api_error::ApiError;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use viewreel_ingest::limits::MAX_DECISION_BYTES;

/// `POST /api/v1/decisions`.
pub(crate) async fn note(State(app): State<App>, request: Request) -> Result<StatusCode, ApiError> {
    let delivery = Delivery::receive(&app, request, MAX_DECISION_BYTES).await?;
    app.ingest.note_decisions(delivery.project, &delivery.bytes).await?;
    Ok(StatusCode::NO_CONTENT)
}
