//! Who may read from a server that serves this machine only.
//!
//! Reads need no authorisation yet, so a server on the loopback interface
//! trusts whoever is on this machine. A web page is not: by pointing a name of
//! its own at 127.0.0.1 ("DNS rebinding") any page could read every replay
//! through the visitor's browser. The browser then names the page's host, which
//! is how such a request is told from an honest one.

use crate::api_error::ApiError;
use crate::routes::{App, CONFIG};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;

/// Lets a read pass where it names this machine as its host. What takes a write
/// key is for phones, which name whatever leads to this machine.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_write = [Method::POST, Method::PUT].contains(request.method());
    let takes_key = is_write || request.uri().path() == CONFIG;
    if !app.is_local || takes_key {
        return next.run(request).await;
    }
    match is_this_machine(request.headers()) {
        true => next.run(request).await,
        false => refusal().into_response(),
    }
}

fn refusal() -> ApiError {
    let hint = "use http://127.0.0.1 or http://localhost; behind a proxy, have it send the host \
                `localhost`, or listen on an address that is not a loopback one";
    let message = "this server answers reads for this machine only";
    ApiError::new(StatusCode::FORBIDDEN, "host_not_allowed", message, hint)
}

/// Programs that are no browsers may leave the host away.
fn is_this_machine(headers: &HeaderMap) -> bool {
    headers.get(header::HOST).is_none_or(|host| host.to_str().is_ok_and(is_loopback))
}

fn is_loopback(host: &str) -> bool {
    let name = without_port(host);
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    address.is_ok_and(|address| address.is_loopback())
        || name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost")
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, expected: bool) {
        assert_eq!(is_loopback(host), expected, "{host}");
    }

    #[test]
    fn names_of_this_machine_pass_with_and_without_a_port() {
        check("127.0.0.1:7180", true);
        check("127.0.0.1", true);
        check("127.9.9.9:1", true);
        check("[::1]:7180", true);
        check("[::1]", true);
        check("localhost:7180", true);
        check("LocalHost", true);
        check("viewreel.localhost:7180", true);
    }

    #[test]
    fn names_of_others_do_not() {
        check("example.com:7180", false);
        check("localhost.example.com", false);
        check("notlocalhost", false);
        check("127.0.0.1.example.com", false);
        check("192.168.0.2", false);
        check("[2001:db8::1]:7180", false);
        check("", false);
    }
}
