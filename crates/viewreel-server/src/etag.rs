//! Bodies that a client may have already.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;

/// Answers with a body that has this SHA-256, or with 304 where the request says
/// that its sender has it. The caller adds what else caches have to know.
pub(crate) fn answer(request: &HeaderMap, sha256: [u8; 32], body: impl Into<Body>) -> Response {
    let tag = entity_tag(sha256);
    let is_known = request.get(header::IF_NONE_MATCH).is_some_and(|known| names(known, &tag));
    let mut response = match is_known {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(body.into()),
    };
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// Whether a list of entity tags names `tag`.
fn names(known: &HeaderValue, tag: &str) -> bool {
    let mut tags = known.to_str().unwrap_or_default().split(',').map(str::trim);
    tags.any(|known| known.trim_start_matches("W/") == tag)
}

fn entity_tag(sha256: [u8; 32]) -> String {
    let mut tag = String::from("\"");
    for byte in &sha256[..16] {
        let _ = write!(tag, "{byte:02x}");
    }
    tag + "\""
}
