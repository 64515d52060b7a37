//! The embedded web app.

use crate::etag;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use std::borrow::Cow;

const INDEX: &str = "index.html";

/// Names below this directory hold a hash of their content and never change.
const HASHED: &str = "assets/";

const NOT_BUILT: &str = "<!doctype html><meta charset=\"utf-8\"><title>Viewreel</title>\
<p>The server runs, but the web app was not built into it.</p>\
<p>Run <code>make demo</code> in the repository, or <code>npm ci</code> and \
<code>npm run build</code> in its folder <code>web</code>, then build the server again.</p>";

/// A file of the web app.
pub(crate) struct Asset {
    pub(crate) data: Cow<'static, [u8]>,
    pub(crate) sha256: [u8; 32],
}

/// Files of the web app by path, without a leading slash.
pub(crate) trait Assets: Send + Sync {
    fn get(&self, path: &str) -> Option<Asset>;
}

/// The files that were in `web/dist` when the server was compiled.
#[derive(rust_embed::RustEmbed)]
#[folder = "../../web/dist/"]
pub(crate) struct Dist;

impl Assets for Dist {
    fn get(&self, path: &str) -> Option<Asset> {
        let file = <Self as rust_embed::RustEmbed>::get(path)?;
        Some(Asset { data: file.data, sha256: file.metadata.sha256_hash() })
    }
}

/// The file at a path. `/` and `/r/…` are pages that the web app draws itself.
pub(crate) fn answer(assets: &dyn Assets, path: &str, request: &HeaderMap) -> Response {
    let path = path.trim_start_matches('/');
    let is_page = path.is_empty() || path == "r" || path.starts_with("r/");
    let name = if is_page { INDEX } else { path };
    match assets.get(name) {
        Some(asset) => file(name, asset, request),
        None if name == INDEX => Html(NOT_BUILT).into_response(),
        None => (StatusCode::NOT_FOUND, "there is nothing at this path\n").into_response(),
    }
}

fn file(name: &str, asset: Asset, request: &HeaderMap) -> Response {
    let mut response = etag::answer(request, asset.sha256, asset.data);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache_control(name)));
    response
}

fn cache_control(name: &str) -> &'static str {
    match name.starts_with(HASHED) {
        true => "public, max-age=31536000, immutable",
        false => "no-cache",
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" | "webmanifest" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Built;

    impl Assets for Built {
        fn get(&self, path: &str) -> Option<Asset> {
            let text = match path {
                "index.html" => "<p>app</p>",
                "assets/app-1a2b.js" => "run()",
                "favicon.svg" => "<svg/>",
                _ => return None,
            };
            let sha256 = [u8::try_from(text.len()).expect("short"); 32];
            Some(Asset { data: Cow::Borrowed(text.as_bytes()), sha256 })
        }
    }

    struct Empty;

    impl Assets for Empty {
        fn get(&self, _: &str) -> Option<Asset> {
            None
        }
    }

    fn check(path: &str, status: u16, content_type: &str, cache_control: &str) {
        let response = answer(&Built, path, &HeaderMap::new());
        let of = |name| response.headers().get(name).map_or("", |v| v.to_str().expect("text"));
        assert_eq!(response.status().as_u16(), status, "{path}");
        assert_eq!(of(header::CONTENT_TYPE), content_type, "{path}");
        assert_eq!(of(header::CACHE_CONTROL), cache_control, "{path}");
    }

    #[test]
    fn pages_are_never_cached_and_hashed_files_for_ever() {
        let html = "text/html; charset=utf-8";
        check("/", 200, html, "no-cache");
        check("/r/device/session", 200, html, "no-cache");
        check("/index.html", 200, html, "no-cache");
        check("/favicon.svg", 200, "image/svg+xml", "no-cache");
        let script = "text/javascript; charset=utf-8";
        check("/assets/app-1a2b.js", 200, script, "public, max-age=31536000, immutable");
    }

    #[test]
    fn a_file_that_is_not_there_is_not_a_page() {
        check("/assets/other.js", 404, "text/plain; charset=utf-8", "");
        check("/robots.txt", 404, "text/plain; charset=utf-8", "");
        check("/rest", 404, "text/plain; charset=utf-8", "");
    }

    #[test]
    fn a_browser_that_has_the_file_is_told_so() {
        let first = answer(&Built, "/", &HeaderMap::new());
        let tag = first.headers().get(header::ETAG).expect("a tag").clone();
        let mut request = HeaderMap::new();
        request.insert(header::IF_NONE_MATCH, tag);
        assert_eq!(answer(&Built, "/", &request).status(), StatusCode::NOT_MODIFIED);
        assert_eq!(answer(&Built, "/favicon.svg", &request).status(), StatusCode::OK);
    }

    #[tokio::test]
    async fn without_the_web_app_the_first_page_says_how_to_build_it() {
        let response = answer(&Empty, "/", &HeaderMap::new());
        assert_eq!(response.status(), StatusCode::OK);
        let body = axum::body::to_bytes(response.into_body(), 4_096).await.expect("a body");
        assert!(String::from_utf8_lossy(&body).contains("npm run build"));
        assert_eq!(answer(&Empty, "/a.js", &HeaderMap::new()).status(), StatusCode::NOT_FOUND);
    }
}
