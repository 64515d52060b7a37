//! The routes of `docs/formats/http-api-v1.md`.

mod config;
mod decisions;
mod delivery;
mod images;
mod replays;
mod segments;

use crate::api_error::ApiError;
use crate::web::{self, Assets};
use crate::{host, layers};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use viewreel_control::Control;
use viewreel_ingest::Ingest;
use viewreel_query::Query;
use viewreel_store::Seams;

/// Most uploads at once, each with a body in memory; further ones are refused
/// for a while.
const MAX_UPLOADS: usize = 64;

/// What recorders read, and they alone.
pub(crate) const CONFIG: &str = "/api/v1/config";

/// What every route may use.
#[derive(Clone)]
pub(crate) struct App {
    pub(crate) ingest: Ingest,
    pub(crate) query: Query,
    pub(crate) control: Control,
    pub(crate) seams: Seams,
    pub(crate) uploads: Arc<Semaphore>,
    pub(crate) assets: Arc<dyn Assets>,
    /// Whether only this machine can reach the server.
    pub(crate) is_local: bool,
}

impl App {
    pub(crate) fn new(
        ingest: Ingest,
        query: Query,
        control: Control,
        assets: Arc<dyn Assets>,
        seams: Seams,
        is_local: bool,
    ) -> Self {
        let uploads = Arc::new(Semaphore::new(MAX_UPLOADS));
        Self { ingest, query, control, seams, uploads, assets, is_local }
    }
}

/// Everything the server answers.
pub(crate) fn router(app: App) -> Router {
    let replay = "/api/v1/replays/{device_id}/{session_id}";
    let segment = "/api/v1/replays/{device_id}/{session_id}/segments/{segment_id}";
    let image = "/api/v1/replays/{device_id}/{session_id}/images/{image_id}";
    Router::new()
        .route("/api/v1/segments", post(segments::upload))
        .route("/api/v1/images/{device_id}/{image_id}", put(images::upload))
        .route("/api/v1/decisions", post(decisions::note))
        .route(CONFIG, get(config::read))
        .route("/api/v1/replays", get(replays::list))
        .route(replay, get(replays::manifest))
        .route(segment, get(replays::segment))
        .route(image, get(images::read))
        .route("/healthz", get(health))
        .fallback(elsewhere)
        .method_not_allowed_fallback(async || ApiError::method_not_allowed())
        .layer(CatchPanicLayer::custom(layers::answer_panic))
        .layer(from_fn_with_state(app.clone(), host::guard))
        .layer(map_response(layers::secure))
        .layer(from_fn_with_state(app.clone(), layers::log))
        .with_state(app)
}

async fn health(State(app): State<App>) -> Result<Response, ApiError> {
    app.query.check().await?;
    Ok(Json(json!({"status": "ok"})).into_response())
}

/// A path that is no route: a page or file of the web app, or nothing.
async fn elsewhere(State(app): State<App>, request: Request) -> Response {
    let path = request.uri().path();
    if path == "/api" || path.starts_with("/api/") {
        return ApiError::not_found().into_response();
    }
    match *request.method() {
        Method::GET | Method::HEAD => web::answer(app.assets.as_ref(), path, request.headers()),
        _ => ApiError::method_not_allowed().into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::Dist;
    use axum::body::Body;
    use axum::http::header;
    use tower::ServiceExt;
    use viewreel_seams::system::{SystemClock, SystemRng};
    use viewreel_store::Store;

    /// A server whose index has stopped to answer, and its write key.
    async fn without_index(data: &std::path::Path) -> (Router, String) {
        let seams = Seams::new(SystemClock::start(), SystemRng);
        let store = Store::open(data, seams.clone()).await.expect("a store");
        let control = Control::open(store.clone(), data, &seams).await.expect("control");
        let key = control.default_key().key.clone().expect("a key");
        let query = Query::new(store.clone(), control.default_project());
        let ingest = Ingest::new(control.clone(), store.clone());
        store.close().await;
        let app = App::new(ingest, query, control, Arc::new(Dist), seams, true);
        (router(app), key.as_str().to_owned())
    }

    #[tokio::test]
    async fn without_an_index_every_request_is_told_to_come_again() {
        let data = tempfile::tempdir().expect("a directory");
        let (router, key) = without_index(data.path()).await;
        let paths = [
            (Method::GET, "/healthz"),
            (Method::GET, "/api/v1/replays"),
            (Method::GET, "/api/v1/replays/device/session"),
            (Method::GET, "/api/v1/config"),
            (Method::POST, "/api/v1/segments"),
            (Method::PUT, "/api/v1/images/device/0000000000000001"),
            (Method::GET, "/api/v1/replays/device/session/images/0000000000000001"),
        ];
        for (method, path) in paths {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header(header::AUTHORIZATION, format!("Bearer {key}"))
                .body(Body::from("x"))
                .expect("a request");
            let response = router.clone().oneshot(request).await.expect("an answer");
            assert_eq!(response.status().as_u16(), 503, "{path}");
            assert!(response.headers().contains_key(header::RETRY_AFTER), "{path}");
            let body = axum::body::to_bytes(response.into_body(), 4_096).await.expect("a body");
            assert!(String::from_utf8_lossy(&body).contains("\"unavailable\""), "{path}");
        }
    }
}
