//! What apps send.

use super::App;
use crate::api_error::ApiError;
use crate::{auth, body};
use axum::extract::Request;
use axum::http::HeaderMap;
use bytes::Bytes;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;
use viewreel_store::ProjectId;

/// A body whose sender has a write key, and its place among those under way.
pub(super) struct Delivery {
    pub(super) project: ProjectId,
    pub(super) bytes: Bytes,
    _place: OwnedSemaphorePermit,
}

impl Delivery {
    /// Looks at the key before a byte of the body is read, of which there may be
    /// `most`.
    ///
    /// # Errors
    /// Where the key opens nothing, too many send at once, or the body is too long
    /// or not whole.
    pub(super) async fn receive(
        app: &App,
        request: Request,
        most: usize,
    ) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        match admit(app, &parts.headers).await {
            Ok((project, place)) => {
                let bytes = body::read(&parts.headers, body, most).await?;
                Ok(Self { project, bytes, _place: place })
            }
            Err(error) => {
                body::discard(&parts.headers, body).await;
                Err(error)
            }
        }
    }
}

/// Whose it is, and a place.
async fn admit(
    app: &App,
    headers: &HeaderMap,
) -> Result<(ProjectId, OwnedSemaphorePermit), ApiError> {
    let project = auth::project(app, headers).await?;
    let place = Arc::clone(&app.uploads).try_acquire_owned();
    let place = place.map_err(|_| ApiError::unavailable("too many uploads are under way"))?;
    Ok((project, place))
}
