//! What holds for every request: headers, log, panics.

use crate::api_error::ApiError;
use crate::routes::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::any::Any;

/// A page of ours runs our scripts and styles and shows our pictures; nobody
/// may frame it, embed it or learn where its visitor came from.
const SECURITY: [(HeaderName, &str); 4] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; \
         form-action 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// For answers that say nothing else: they may tell of a person, so nobody on
/// the way keeps them.
const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");

/// Adds the security headers to every answer; one that an answer has already is
/// stricter and stays.
pub(crate) async fn secure(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(PRIVATE);
    response
}

/// Logs method, path template, status and duration, and nothing that could name
/// a person: no id, no key, no address.
pub(crate) async fn log(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>().cloned();
    let start_ms = app.seams.mono_ms();
    let response = next.run(request).await;
    let route = matched.as_ref().map_or("(other)", MatchedPath::as_str);
    let (status, ms) = (response.status().as_u16(), app.seams.mono_ms() - start_ms);
    tracing::info!(%method, route, status, ms, "request");
    response
}

/// What a panic in a handler is answered with. The panic itself is printed by
/// the panic hook; what it says may not go out.
pub(crate) fn answer_panic(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a request panicked");
    ApiError::internal().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::routing::get;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn fail() {
        panic!("a secret");
    }

    #[tokio::test]
    async fn a_panic_is_an_answer_that_tells_nothing_of_it() {
        let router = Router::new().route("/", get(fail));
        let router = router.layer(CatchPanicLayer::custom(answer_panic));
        let request = Request::new(Body::empty());
        let response = router.oneshot(request).await.expect("an answer");
        assert_eq!(response.status().as_u16(), 500);
        let body = axum::body::to_bytes(response.into_body(), 4_096).await.expect("a body");
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains("\"internal\"") && !text.contains("secret"), "{text}");
    }
}
