//! Reads: the list, a manifest, a segment.

use super::App;
use crate::api_error::ApiError;
use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use viewreel_model::record::ReplayMeta;
use viewreel_query::{
    Cursor, Manifest, ManifestSegment, PageSize, ReplayId, ReplayPage, ReplayRow,
    format_segment_id, parse_segment_id,
};

/// As text, so that the error can say what is wrong with it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListQuery {
    limit: Option<String>,
    cursor: Option<String>,
}

/// `GET /api/v1/replays`.
pub(crate) async fn list(
    State(app): State<App>,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<PageJson>, ApiError> {
    let Query(query) = query.map_err(|_| bad_query())?;
    let size = query.limit.map_or(Ok(PageSize::default()), |limit| page_size(&limit))?;
    let cursor = query.cursor.map(|cursor| Cursor::parse(&cursor).ok_or_else(bad_cursor));
    let page = app.query.replays(size, cursor.transpose()?.as_ref()).await?;
    Ok(Json(page.into()))
}

/// `GET /api/v1/replays/{device_id}/{session_id}`.
pub(crate) async fn manifest(
    State(app): State<App>,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Result<Json<ManifestJson>, ApiError> {
    let Path((device, session)) = path.map_err(|_| ApiError::bad_id())?;
    let id = ReplayId::new(&device, &session).ok_or_else(ApiError::bad_id)?;
    Ok(Json(app.query.manifest(&id).await?.into()))
}

/// `GET /api/v1/replays/{device_id}/{session_id}/segments/{segment_id}`.
pub(crate) async fn segment(
    State(app): State<App>,
    path: Result<Path<(String, String, String)>, PathRejection>,
) -> Result<Response, ApiError> {
    let Path((device, session, segment)) = path.map_err(|_| ApiError::bad_id())?;
    let id = ReplayId::new(&device, &session).ok_or_else(ApiError::bad_id)?;
    let segment = parse_segment_id(&segment).ok_or_else(ApiError::segment_not_found)?;
    let bytes = app.query.segment(&id, segment).await?;
    let kind = HeaderValue::from_static("application/octet-stream");
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

fn page_size(limit: &str) -> Result<PageSize, ApiError> {
    limit.parse().ok().and_then(PageSize::new).ok_or_else(|| {
        let message = format!("`limit` is not a number from 1 to {}", PageSize::MAX);
        let hint = "leave it away for 50 replays a page";
        ApiError::new(StatusCode::BAD_REQUEST, "bad_limit", message, hint)
    })
}

fn bad_cursor() -> ApiError {
    let hint = "take `cursor` from `next_cursor` of the page before, or leave it away";
    let message = "`cursor` is not one that this server gave";
    ApiError::new(StatusCode::BAD_REQUEST, "bad_cursor", message, hint)
}

fn bad_query() -> ApiError {
    let hint = "see docs/formats/http-api-v1.md for the parameters that there are";
    let message = "the query of the address can not be read";
    ApiError::new(StatusCode::BAD_REQUEST, "bad_query", message, hint)
}

#[derive(Serialize)]
pub(crate) struct PageJson {
    replays: Vec<ReplayJson>,
    next_cursor: Option<String>,
}

impl From<ReplayPage> for PageJson {
    fn from(page: ReplayPage) -> Self {
        let next_cursor = page.next.as_ref().map(Cursor::encode);
        Self { replays: page.replays.into_iter().map(ReplayJson::from).collect(), next_cursor }
    }
}

#[derive(Serialize)]
struct ReplayJson {
    device_id: String,
    session_id: String,
    started_at_ms: i64,
    duration_ms: u64,
    segments: u64,
    bytes: u64,
    received_at_ms: i64,
    #[serde(flatten)]
    meta: MetaJson,
}

impl From<ReplayRow> for ReplayJson {
    fn from(row: ReplayRow) -> Self {
        Self {
            device_id: row.id.device_id,
            session_id: row.id.session_id,
            started_at_ms: row.started_at_ms,
            duration_ms: row.duration_ms,
            segments: row.segments,
            bytes: row.bytes,
            received_at_ms: row.received_at_ms,
            meta: row.facts.meta.into(),
        }
    }
}

#[derive(Serialize)]
struct MetaJson {
    user_id: String,
    app_name: String,
    app_version: String,
    os_name: String,
    os_version: String,
    device_model: String,
    locale: String,
}

impl From<ReplayMeta> for MetaJson {
    fn from(meta: ReplayMeta) -> Self {
        Self {
            user_id: meta.user_id,
            app_name: meta.app_name,
            app_version: meta.app_version,
            os_name: meta.os_name,
            os_version: meta.os_version,
            device_model: meta.device_model,
            locale: meta.locale,
        }
    }
}

#[derive(Serialize)]
struct FullMetaJson {
    #[serde(flatten)]
    meta: MetaJson,
    sdk: String,
}

impl From<ReplayMeta> for FullMetaJson {
    fn from(meta: ReplayMeta) -> Self {
        Self { sdk: meta.sdk.clone(), meta: meta.into() }
    }
}

#[derive(Serialize)]
pub(crate) struct ManifestJson {
    device_id: String,
    session_id: String,
    started_at_ms: i64,
    duration_ms: u64,
    mask_level: &'static str,
    meta: FullMetaJson,
    viewport: ViewportJson,
    segments: Vec<SegmentJson>,
}

/// In points.
#[derive(Serialize)]
struct ViewportJson {
    width: f32,
    height: f32,
}

#[derive(Serialize)]
struct SegmentJson {
    segment_id: String,
    run: String,
    seq: u32,
    start_ms: i64,
    end_ms: i64,
    record_start_ms: i64,
    bytes: u64,
    is_after_gap: bool,
}

impl From<Manifest> for ManifestJson {
    fn from(manifest: Manifest) -> Self {
        let Manifest { replay, segments } = manifest;
        let viewport = replay.facts.viewport;
        Self {
            device_id: replay.id.device_id,
            session_id: replay.id.session_id,
            started_at_ms: replay.started_at_ms,
            duration_ms: replay.duration_ms,
            mask_level: replay.facts.mask_level.word(),
            meta: FullMetaJson::from(replay.facts.meta),
            viewport: ViewportJson { width: viewport.width, height: viewport.height },
            segments: segments.iter().map(SegmentJson::from).collect(),
        }
    }
}

impl From<&ManifestSegment> for SegmentJson {
    fn from(segment: &ManifestSegment) -> Self {
        let row = &segment.row;
        Self {
            segment_id: format_segment_id(row.id),
            run: format!("{:016x}", row.run.0),
            seq: row.seq,
            start_ms: segment.start_ms,
            end_ms: segment.end_ms,
            record_start_ms: row.record_start_ms,
            bytes: row.byte_len,
            is_after_gap: segment.is_after_gap,
        }
    }
}
