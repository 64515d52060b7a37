//! Reading a body: how much and for how long.

use crate::api_error::ApiError;
use axum::body::Body;
use axum::http::{HeaderMap, StatusCode, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Body as _;
use std::time::Duration;
use viewreel_ingest::limits::MAX_BODY_BYTES;

/// How long a body may take.
const BODY_TIMEOUT: Duration = Duration::from_secs(120);

/// How much of a body that nobody wants is read and thrown away, so that its
/// sender, who writes first and listens then, sees the answer instead of a
/// broken connection.
const MAX_DISCARDED_BYTES: u64 = 2 * MAX_BODY_BYTES as u64;

/// How long that may take.
const DISCARD_TIMEOUT: Duration = Duration::from_secs(10);

/// The whole body, of at most `most` bytes.
///
/// # Errors
/// Where it is too long, too slow, or ends early.
pub(crate) async fn read(
    headers: &HeaderMap,
    mut body: Body,
    most: usize,
) -> Result<Bytes, ApiError> {
    let read = tokio::time::timeout(BODY_TIMEOUT, read_bounded(&mut body, most)).await;
    let read = read.unwrap_or_else(|_| Err(too_slow()));
    if read.is_err() {
        discard(headers, body).await;
    }
    read
}

async fn read_bounded(body: &mut Body, most: usize) -> Result<Bytes, ApiError> {
    if body.size_hint().lower() > most as u64 {
        return Err(too_large(most));
    }
    let mut bytes = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let data = frame.map_err(|_| incomplete())?.into_data().unwrap_or_default();
        if bytes.len() + data.len() > most {
            return Err(too_large(most));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes.freeze())
}

/// Reads what is left of a body, within bounds, and keeps nothing. A sender
/// that waits for leave to send is not given it.
pub(crate) async fn discard(headers: &HeaderMap, mut body: Body) {
    if headers.contains_key(header::EXPECT) || body.size_hint().lower() > MAX_DISCARDED_BYTES {
        return;
    }
    let reading = async {
        let mut left = MAX_DISCARDED_BYTES;
        while let Some(Ok(frame)) = body.frame().await {
            let length = frame.data_ref().map_or(0, Bytes::len) as u64;
            match left.checked_sub(length) {
                Some(rest) => left = rest,
                None => break,
            }
        }
    };
    // Its time being over is no error: the answer goes out all the same.
    let _ = tokio::time::timeout(DISCARD_TIMEOUT, reading).await;
}

fn too_large(most: usize) -> ApiError {
    let message = format!("the body is longer than {most} bytes");
    let hint = "send less in one request";
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message, hint)
}

fn too_slow() -> ApiError {
    let message = "the body did not come in time";
    let hint = "nothing was stored; send less in one request";
    ApiError::new(StatusCode::REQUEST_TIMEOUT, "body_too_slow", message, hint)
}

fn incomplete() -> ApiError {
    let message = "the body ended early or is not framed as its headers say";
    let hint = "nothing was stored; send it again";
    ApiError::new(StatusCode::BAD_REQUEST, "incomplete_body", message, hint)
}
