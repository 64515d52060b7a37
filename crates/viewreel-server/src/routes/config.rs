//! What a project asks of its recorders.

use super::App;
use crate::api_error::ApiError;
use crate::{auth, etag};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use viewreel_control::config::json;
use viewreel_control::{Control, ControlError, ProjectId};
use viewreel_store::Checksum;

/// `GET /api/v1/config`.
pub(crate) async fn read(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    let project = auth::project(&app, &headers).await?;
    let form = Form::asked_for(&headers);
    let write = move || form.write(&app.control, project);
    // It reads a file.
    let body = tokio::task::spawn_blocking(write).await.map_err(|_| ApiError::internal())??;
    Ok(form.answer(&headers, body.ok_or_else(ApiError::config_not_found)?))
}

/// In which form a config is asked for.
#[derive(Clone, Copy)]
enum Form {
    /// The record, which recorders read.
    Record,
    /// Its twin, which people read.
    Json,
}

impl Form {
    /// Recorders, and whoever does not say, get the record.
    fn asked_for(headers: &HeaderMap) -> Self {
        let mut accepted = headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok());
        match accepted.any(|types| types.contains(Self::Json.content_type())) {
            true => Self::Json,
            false => Self::Record,
        }
    }

    const fn content_type(self) -> &'static str {
        match self {
            Self::Record => "application/octet-stream",
            Self::Json => "application/json",
        }
    }

    /// The config of a project in this form, where it has one.
    fn write(self, control: &Control, project: ProjectId) -> Result<Option<Vec<u8>>, ApiError> {
        let Some(config) = control.config(project)? else { return Ok(None) };
        let body = match self {
            Self::Record => config.encode().map_err(ControlError::from)?,
            Self::Json => json::write(&config).map_err(|_| ApiError::internal())?.into(),
        };
        Ok(Some(body))
    }

    fn answer(self, request: &HeaderMap, body: Vec<u8>) -> Response {
        let mut response = etag::answer(request, Checksum::of(&body).0, body);
        let headers = response.headers_mut();
        let said = [
            (header::CONTENT_TYPE, self.content_type()),
            (header::CACHE_CONTROL, "private, no-cache"),
            (header::VARY, "Accept, Authorization"),
        ];
        for (name, value) in said {
            headers.insert(name, HeaderValue::from_static(value));
        }
        response
    }
}
