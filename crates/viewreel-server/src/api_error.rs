//! Errors as the API tells them: code, message, hint.

use crate::reason;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use viewreel_control::ControlError;
use viewreel_ingest::IngestError;
use viewreel_query::{DecisionReason, QueryError};
use viewreel_store::{BlobError, StoreError};

/// Seconds after which a refused request may be tried again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("5");

/// An error of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ApiError {
    #[serde(skip)]
    status: StatusCode,
    /// Stable, for programs.
    code: &'static str,
    /// What happened.
    message: String,
    /// What to do.
    hint: &'static str,
    /// Why a session was not recorded, as one word.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl ApiError {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<String>,
        hint: &'static str,
    ) -> Self {
        Self { status, code, message: message.into(), hint, reason: None }
    }

    pub(crate) fn unauthorized(message: &str) -> Self {
        let hint = "send the header `Authorization: Bearer <write key>` with the key that \
                    `viewreel serve` printed at its first start and keeps in `default-write-key`";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", message, hint)
    }

    /// Details are in the log and nowhere else: they speak of this machine.
    pub(crate) fn unavailable(message: &str) -> Self {
        let hint = "nothing was acknowledged; try again later";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", message, hint)
    }

    pub(crate) fn internal() -> Self {
        let hint = "look into the server's log and report it; nothing was acknowledged";
        let message = "the server failed at this request";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", message, hint)
    }

    pub(crate) fn not_found() -> Self {
        let hint = "see docs/formats/http-api-v1.md for the paths that there are";
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is nothing at this path", hint)
    }

    pub(crate) fn method_not_allowed() -> Self {
        let hint = "see the header `Allow` and docs/formats/http-api-v1.md";
        let message = "this path does not take that method";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", message, hint)
    }

    pub(crate) fn bad_id() -> Self {
        let hint = "both ids have 1 to 128 of the characters a-z A-Z 0-9 _ - . | @ : =, \
                    percent-encoded where a path needs it";
        Self::new(StatusCode::BAD_REQUEST, "bad_id", "the path names no possible replay", hint)
    }

    pub(crate) fn segment_not_found() -> Self {
        let hint = "take the segment ids from the replay's manifest";
        let message = "there is no such segment in this replay";
        Self::new(StatusCode::NOT_FOUND, "segment_not_found", message, hint)
    }

    pub(crate) fn bad_image_id() -> Self {
        let hint = "an image id is 16 hexadecimal digits, in lower case";
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad_image_id",
            "the path names no possible picture",
            hint,
        )
    }

    pub(crate) fn image_not_found() -> Self {
        let hint = "take the image ids from image records of the replay's segments; their \
                    pictures come after them, if at all";
        let message = "there is no such picture in this replay";
        Self::new(StatusCode::NOT_FOUND, "image_not_found", message, hint)
    }

    pub(crate) fn image_damaged() -> Self {
        let hint = "restore the data directory from a backup; the replay plays without it";
        let message = "the picture on disk is not what was stored";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "image_damaged", message, hint)
    }

    pub(crate) fn config_not_found() -> Self {
        let hint = "recorders go by what their app says; `viewreel config set` gives it one";
        let message = "the project has no config";
        Self::new(StatusCode::NOT_FOUND, "config_not_found", message, hint)
    }

    fn config_damaged() -> Self {
        let hint =
            "set it anew with `viewreel config set`; until then recorders keep the one they have";
        let message = "the project's config can not be read";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "config_damaged", message, hint)
    }

    fn replay_not_found() -> Self {
        let hint = "look at /api/v1/replays; a replay is there once its first segment is stored";
        Self::new(StatusCode::NOT_FOUND, "replay_not_found", "there is no such replay", hint)
    }

    fn not_recorded(reason: DecisionReason) -> Self {
        let message = format!("this session was not recorded: {}", reason::because(reason));
        let hint = reason::hint(reason);
        let error = Self::new(StatusCode::NOT_FOUND, "not_recorded", message, hint);
        Self { reason: Some(reason.word()), ..error }
    }

    fn damaged() -> Self {
        let hint = "restore the data directory from a backup; the other segments still play";
        let message = "the segment on disk is not what was stored";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "segment_damaged", message, hint)
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status;
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        match status {
            StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, RETRY_AFTER);
            }
            StatusCode::UNAUTHORIZED => {
                let scheme = HeaderValue::from_static("Bearer");
                headers.insert(header::WWW_AUTHENTICATE, scheme);
            }
            _ => {}
        }
        response
    }
}

impl From<IngestError> for ApiError {
    fn from(error: IngestError) -> Self {
        match error {
            IngestError::Unauthorized => Self::unauthorized("the write key is not known"),
            IngestError::EmptyBody => Self::new(
                StatusCode::BAD_REQUEST,
                "empty_body",
                "the body is empty",
                "send one or more sealed segments, one after the other, or one picture",
            ),
            IngestError::TooMuch => Self::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_many_segments",
                "the body holds more than 1,000 segments, binds more than 16,384 pictures, or \
                 inflates to more than 128 MiB",
                "send fewer segments in one request",
            ),
            IngestError::Decisions(_) => Self::new(
                StatusCode::BAD_REQUEST,
                "bad_decisions",
                error.to_string(),
                "see docs/formats/decisions-v1.md; nothing was stored",
            ),
            IngestError::Unavailable(error) => error.into(),
            IngestError::NoControl(error) => error.into(),
            error @ IngestError::CutOff => {
                tracing::error!(%error, "an upload failed");
                Self::internal()
            }
        }
    }
}

impl From<ControlError> for ApiError {
    fn from(error: ControlError) -> Self {
        if let ControlError::Store(error) = error {
            return error.into();
        }
        tracing::error!(%error, "control failed");
        match error {
            ControlError::ConfigFile { .. } | ControlError::ConfigDamaged { .. } => {
                Self::config_damaged()
            }
            _ => Self::internal(),
        }
    }
}

impl From<QueryError> for ApiError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::ReplayNotFound => Self::replay_not_found(),
            QueryError::NotRecorded(reason) => Self::not_recorded(reason),
            QueryError::SegmentNotFound => Self::segment_not_found(),
            QueryError::ImageNotFound => Self::image_not_found(),
            QueryError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Damaged { .. } | StoreError::Blob(BlobError::Missing) => Self::damaged(),
            _ => Self::unavailable("the store does not answer"),
        }
    }
}
