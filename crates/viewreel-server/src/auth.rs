//! Whose request it is.

use crate::api_error::ApiError;
use crate::routes::App;
use axum::http::{HeaderMap, header};
use viewreel_store::ProjectId;

/// The project whose write key the request shows.
///
/// # Errors
/// Where it shows none, or one that nobody has.
pub(crate) async fn project(app: &App, headers: &HeaderMap) -> Result<ProjectId, ApiError> {
    let key = bearer(headers).ok_or_else(|| ApiError::unauthorized("there is no write key"))?;
    Ok(app.ingest.authenticate(key).await?)
}

/// The token of `Authorization: Bearer <token>`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
