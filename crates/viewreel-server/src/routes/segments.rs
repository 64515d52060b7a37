//! Uploads.

use super::App;
use super::delivery::Delivery;
use crate::api_error::ApiError;
use axum::Json;
use axum::extract::{Request, State};
use serde::Serialize;
use viewreel_ingest::limits::MAX_BODY_BYTES;
use viewreel_ingest::{Accepted, SegmentOutcome};
use viewreel_query::{format_image_id, format_segment_id};

/// The answer to an upload.
#[derive(Serialize)]
pub(crate) struct Uploaded {
    outcomes: Vec<OutcomeJson>,
    /// Ids of pictures that the server would like to have.
    missing_images: Vec<String>,
}

impl From<Accepted> for Uploaded {
    fn from(Accepted { outcomes, missing_images }: Accepted) -> Self {
        let missing_images = missing_images.iter().map(|key| format_image_id(key.id));
        Self {
            outcomes: outcomes.into_iter().map(OutcomeJson::from).collect(),
            missing_images: missing_images.collect(),
        }
    }
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
    let delivery = Delivery::receive(&app, request, MAX_BODY_BYTES).await?;
    Ok(Json(app.ingest.accept(delivery.project, delivery.bytes).await?.into()))
}
