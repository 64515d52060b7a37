//! What a host asks the server beside uploads.

use crate::target::{ASK_ADDRESS, Target, refusal};
use serde_json::Value;
use std::io::Read;
use viewreel_format::RemoteConfig;
use viewreel_format::limits::MAX_CONFIG_BYTES;
use viewreel_recorder::{ConfigResult, DecisionsResult};

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

fn why(mut response: Response) -> String {
    let status = response.status().as_u16();
    refusal(status, &response.body_mut().read_json::<Value>().unwrap_or_default())
}
