//! The platform's side of tasks: a real HTTP client.

use crate::error::CliError;
use crate::playable::read_file;
use crate::print::plain;
use crate::requests::{fetch_config, retry_after_ms, send_decisions, send_picture};
use crate::target::{ASK_ADDRESS, Target, refusal};
use crate::tasks::Tasks;
use serde_json::Value;
use std::time::Duration;
use viewreel_format::{Outcome, parse_segment_id};
use viewreel_model::{ImageId, SegmentId};
use viewreel_recorder::{
    Answer, Conditions, ConfigResult, Counters, DecisionsResult, PictureResult, Task, UploadResult,
    UploadTask,
};
use viewreel_seams::Clock;

/// How long one request may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How often a request is tried before the command gives up.
const MAX_FAILURES: u32 = 3;

/// Does everything that is to be done: sends what is spooled, and asks for the config
/// where that is wanted. How many segments were acknowledged, ever.
///
/// # Errors
/// Where not every segment was acknowledged, or nothing answers; the message says why.
pub(crate) fn send(
    tasks: &mut dyn Tasks,
    clock: &dyn Clock,
    target: &Target<'_>,
) -> Result<u64, CliError> {
    let agent = agent();
    let mut trouble = Trouble::default();
    loop {
        match tasks.next_task(clock.now(), Conditions::default()) {
            Task::Done => break,
            Task::Wait(_) if trouble.failures >= MAX_FAILURES => return Err(trouble.into()),
            Task::Wait(ms) => std::thread::park_timeout(Duration::from_millis(ms)),
            Task::FetchConfig => {
                let (result, why) = fetch_config(&agent, target);
                trouble.note(why, result == ConfigResult::Unauthorized)?;
                tasks.report_config(clock.now(), &result);
            }
            Task::SendDecisions(records) => {
                let (result, why) = send_decisions(&agent, target, &records);
                trouble.note(why, result == DecisionsResult::Unauthorized)?;
                tasks.report_decisions(clock.now(), result);
            }
            Task::Upload(task) => {
                let Sent { result, missing, why } = post(&agent, target, &task)?;
                trouble.note(why, is_final(&result))?;
                tasks.report(clock.now(), &task.id, &result);
                tasks.report_missing_pictures(&missing);
            }
            Task::SendPicture(task) => {
                let (result, why) = send_picture(&agent, target, &task);
                let is_final = matches!(result, PictureResult::Refused { status: 401, .. });
                trouble.note(why, is_final)?;
                tasks.report_picture(clock.now(), &task.id, &result);
            }
        }
    }
    all_acked(&tasks.counters(), &trouble.reason)
}

/// What went wrong so far.
#[derive(Default)]
struct Trouble {
    /// Requests in a row.
    failures: u32,
    /// Of the last one that failed.
    reason: String,
}

impl Trouble {
    /// Notes how a request went; where nothing will help, that is all.
    fn note(&mut self, why: Option<String>, is_final: bool) -> Result<(), CliError> {
        self.failures = if why.is_some() { self.failures + 1 } else { 0 };
        self.reason = why.unwrap_or(std::mem::take(&mut self.reason));
        match is_final {
            true => Err(std::mem::take(self).into()),
            false => Ok(()),
        }
    }
}

impl From<Trouble> for CliError {
    fn from(trouble: Trouble) -> Self {
        Self::failed(trouble.reason)
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder();
    // A redirected upload would arrive as something else, if at all.
    let config = config.max_redirects(0).max_redirects_will_error(false);
    config.timeout_global(Some(TIMEOUT)).http_status_as_error(false).build().into()
}

/// Trying again will not help with a wrong key or address.
fn is_final(result: &UploadResult) -> bool {
    matches!(result, UploadResult::Refused { status: 300..=412 | 414..=428, .. })
}

fn all_acked(counters: &Counters, reason: &str) -> Result<u64, CliError> {
    let lost = counters.segments_refused + counters.segments_discarded + counters.segments_failed;
    match lost {
        0 => Ok(counters.segments_acked),
        _ => Err(CliError::failed(format!("the server did not take {lost} segments: {reason}"))),
    }
}

/// How an upload went.
struct Sent {
    result: UploadResult,
    /// Pictures that the server lacks.
    missing: Vec<ImageId>,
    /// What is wrong with it, for people.
    why: Option<String>,
}

impl Sent {
    fn failed(result: UploadResult, why: String) -> Self {
        Self { result, missing: Vec::new(), why: Some(why) }
    }
}

/// One request.
fn post(agent: &ureq::Agent, target: &Target<'_>, task: &UploadTask) -> Result<Sent, CliError> {
    let mut body = Vec::new();
    for file in &task.files {
        body.extend(read_file(file)?);
    }
    let request = agent
        .post(target.url("segments"))
        .header("Authorization", target.authorization())
        .header("Content-Type", "application/octet-stream");
    Ok(match request.send(&body) {
        Err(error) => Sent::failed(UploadResult::Unreachable, target.unreachable(&error)),
        Ok(mut response) => {
            let (status, retry_after_ms) = (response.status().as_u16(), retry_after_ms(&response));
            let json = response.body_mut().read_json::<Value>().unwrap_or_default();
            understand(task, status, retry_after_ms, &json)
        }
    })
}

fn understand(task: &UploadTask, status: u16, retry_after_ms: Option<u64>, json: &Value) -> Sent {
    if status != 200 {
        let result = UploadResult::Refused { status, retry_after_ms };
        return Sent::failed(result, refusal(status, json));
    }
    let outcomes = json["outcomes"].as_array().map_or(&[][..], Vec::as_slice);
    let answers: Vec<Answer> = outcomes.iter().filter_map(answer).collect();
    let is_answered = |id: &SegmentId| answers.iter().any(|answer| answer.segment_id == *id);
    let why = match task.segments.iter().all(is_answered) {
        true => first_refusal(outcomes),
        false => Some(format!("the answer does not tell of every segment; {ASK_ADDRESS}")),
    };
    let missing = json["missing_images"].as_array().map_or(&[][..], Vec::as_slice);
    let missing = missing.iter().filter_map(image_id).collect();
    Sent { result: UploadResult::Answered(answers), missing, why }
}

fn image_id(json: &Value) -> Option<ImageId> {
    u64::from_str_radix(json.as_str()?, 16).ok().map(ImageId)
}

fn first_refusal(outcomes: &[Value]) -> Option<String> {
    let is_ack = |outcome: &&Value| answer(outcome).is_some_and(|a| a.outcome.is_ack());
    let outcome = outcomes.iter().find(|outcome| !is_ack(outcome))?;
    let message = plain(outcome["message"].as_str().unwrap_or(""));
    Some(format!("outcome {} {message}", outcome["outcome"]))
}

fn answer(json: &Value) -> Option<Answer> {
    Some(Answer {
        segment_id: parse_segment_id(json["segment_id"].as_str()?)?,
        outcome: Outcome::from_word(json["outcome"].as_str()?)?,
        until_ms: json["until_ms"].as_i64(),
    })
}
