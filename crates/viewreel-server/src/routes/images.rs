//! Pictures: taken from phones, served to whoever watches a replay that shows them.

use super::App;
use super::delivery::Delivery;
use crate::api_error::ApiError;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use viewreel_ingest::ImageOutcome;
use viewreel_ingest::limits::MAX_IMAGE_BYTES;
use viewreel_query::{DeviceId, EncodedImage, QueryError, ReplayId, parse_image_id};
use viewreel_store::{BlobError, StoreError};

/// A picture is somebody else's bytes: opened on its own it is a download, and
/// nothing in it may run or load anything.
const FOREIGN: [(HeaderName, HeaderValue); 2] = [
    (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
];

/// The answer to a picture.
#[derive(Serialize)]
pub(crate) struct OutcomeJson {
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    until_ms: Option<i64>,
}

impl From<ImageOutcome> for OutcomeJson {
    fn from(ImageOutcome { outcome, message, until_ms }: ImageOutcome) -> Self {
        Self { outcome: outcome.word(), message, until_ms }
    }
}

/// `PUT /api/v1/images/{device_id}/{image_id}`.
pub(crate) async fn upload(
    State(app): State<App>,
    path: Result<Path<(String, String)>, PathRejection>,
    request: Request,
) -> Result<Json<OutcomeJson>, ApiError> {
    let delivery = Delivery::receive(&app, request, MAX_IMAGE_BYTES).await?;
    let Path((device, image)) = path.map_err(|_| ApiError::bad_id())?;
    let device = DeviceId::new(&device).ok_or_else(ApiError::bad_id)?;
    let id = parse_image_id(&image).ok_or_else(ApiError::bad_image_id)?;
    let outcome = app.ingest.accept_image(delivery.project, device, id, delivery.bytes).await?;
    Ok(Json(outcome.into()))
}

/// `GET /api/v1/replays/{device_id}/{session_id}/images/{image_id}`.
pub(crate) async fn read(
    State(app): State<App>,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((device, session, image)) = path.map_err(|_| ApiError::bad_id())?;
    let replay = ReplayId::new(&device, &session).ok_or_else(ApiError::bad_id)?;
    let id = parse_image_id(&image).ok_or_else(ApiError::image_not_found)?;
    let EncodedImage { media_type, bytes } =
        app.query.image(&replay, id).await.map_err(of_picture)?;
    let kind = HeaderValue::from_static(media_type.name());
    Ok(([(header::CONTENT_TYPE, kind)], FOREIGN, bytes).into_response())
}

/// Damage that is told of a picture, not of a segment.
fn of_picture(error: QueryError) -> ApiError {
    let is_damage = matches!(
        error,
        QueryError::Store(StoreError::Damaged { .. } | StoreError::Blob(BlobError::Missing))
    );
    let told = ApiError::from(error);
    if is_damage { ApiError::image_damaged() } else { told }
}
