//! What a host asks the server beside uploads.

use crate::target::{ASK_ADDRESS, Target, refusal};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use std::io::Read;
use viewreel_format::limits::MAX_CONFIG_BYTES;
use viewreel_format::{Outcome, RemoteConfig};
use viewreel_recorder::{ConfigResult, DecisionsResult, PictureResult, PictureTask};

type Response = ureq::http::Response<ureq::Body>;

/// Fetches the config record; beside its result, what is wrong with it, for
/// people.
pub(crate) fn fetch_config(
    agent: &ureq::Agent,
    target: &Target<'_>,
) -> (ConfigResult, Option<String>) {
    let request = agent
        .get(target.url("config"))
        .header("Authorization", target.authorization())
        .header("Accept", "application/octet-stream");
    match request.call() {
        Err(error) => (ConfigResult::Unreachable, Some(target.unreachable(&error))),
        Ok(response) => match response.status().as_u16() {
            200 => read_config(response),
            404 => (ConfigResult::NotFound, None),
            401 => (ConfigResult::Unauthorized, Some(why(response))),
            _ => (ConfigResult::Unreachable, Some(why(response))),
        },
    }
}

/// What is no config record is as good as no answer.
fn read_config(response: Response) -> (ConfigResult, Option<String>) {
    let mut record = Vec::new();
    let body = response.into_body().into_reader().take(MAX_CONFIG_BYTES as u64 + 1);
    let read = { body }.read_to_end(&mut record);
    match read.is_ok() && RemoteConfig::decode(&record).is_ok() {
        true => (ConfigResult::Loaded(record), None),
        false => {
            let why = format!("the answer is no config record; {ASK_ADDRESS}");
            (ConfigResult::Unreachable, Some(why))
        }
    }
}

/// Sends decision records; beside the result, what is wrong with it, for people.
pub(crate) fn send_decisions(
    agent: &ureq::Agent,
    target: &Target<'_>,
    records: &[u8],
) -> (DecisionsResult, Option<String>) {
    let request = agent
        .post(target.url("decisions"))
        .header("Authorization", target.authorization())
        .header("Content-Type", "application/octet-stream");
    let response = match request.send(records) {
        Err(error) => return (DecisionsResult::Unreachable, Some(target.unreachable(&error))),
        Ok(response) => response,
    };
    let result = match response.status().as_u16() {
        204 => return (DecisionsResult::Taken, None),
        401 => DecisionsResult::Unauthorized,
        408 | 429 => DecisionsResult::Unreachable,
        400..=499 => DecisionsResult::Refused,
        _ => DecisionsResult::Unreachable,
    };
    (result, Some(why(response)))
}

/// Sends a picture; beside the result, what is wrong with it, for people.
pub(crate) fn send_picture(
    agent: &ureq::Agent,
    target: &Target<'_>,
    task: &PictureTask,
) -> (PictureResult, Option<String>) {
    let Ok(picture) = std::fs::read(&task.file) else {
        return (PictureResult::FileLost, Some("a picture of the spool is gone".to_owned()));
    };
    let device = utf8_percent_encode(&task.device_id, NON_ALPHANUMERIC);
    let request = agent
        .put(target.url(&format!("images/{device}/{:016x}", task.image_id.0)))
        .header("Authorization", target.authorization())
        .header("Content-Type", "application/octet-stream");
    match request.send(&picture) {
        Err(error) => (PictureResult::Unreachable, Some(target.unreachable(&error))),
        Ok(response) => understand_picture(response),
    }
}

fn understand_picture(mut response: Response) -> (PictureResult, Option<String>) {
    let status = response.status().as_u16();
    if status != 200 {
        let retry_after_ms = retry_after_ms(&response);
        return (PictureResult::Refused { status, retry_after_ms }, Some(why(response)));
    }
    let json = response.body_mut().read_json::<Value>().unwrap_or_default();
    match json["outcome"].as_str().and_then(Outcome::from_word) {
        None => {
            let why = format!("the answer tells nothing of the picture; {ASK_ADDRESS}");
            (PictureResult::Unreachable, Some(why))
        }
        Some(outcome) => {
            let why = format!("outcome {} for a picture", json["outcome"]);
            (PictureResult::Answered(outcome), (!outcome.is_ack()).then_some(why))
        }
    }
}

/// What `Retry-After` asks for.
pub(crate) fn retry_after_ms(response: &Response) -> Option<u64> {
    let seconds = response.headers().get("Retry-After")?.to_str().ok()?.parse::<u64>().ok()?;
    Some(seconds.saturating_mul(1_000))
}

fn why(mut response: Response) -> String {
    let status = response.status().as_u16();
    refusal(status, &response.body_mut().read_json::<Value>().unwrap_or_default())
}
