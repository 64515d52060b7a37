//! The whole table of answers, each given to a phone that has sent all of its three
//! segments, two of one replay and one of the replay before.

mod common;

use Outcome::{Conflict, Deleted, Duplicate, Expired, Invalid, Quota, Stopped, Stored, Throttled};
use Phase::{Background, Foreground};
use Said::{All, AllUntil, FileLost, First, NoAnswer, Nothing, Status};
use common::{Phone, capture, now};
use viewreel_format::Outcome;
use viewreel_recorder::{Answer, Conditions, Counters, Pause, Phase, Task, UploadResult};

/// What a server, or nobody, says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// Status 200 and the same outcome for every segment.
    All(Outcome),
    /// The same, to be sent again so many milliseconds later.
    AllUntil(Outcome, i64),
    /// Status 200 and the outcome of the first segment, for nothing else.
    First(Outcome),
    /// Status 200 and no outcome, as from a captive portal.
    Nothing,
    /// Another status, with `Retry-After` in seconds.
    Status(u16, Option<u64>),
    /// The file of the first segment is gone.
    FileLost,
    /// No answer.
    NoAnswer,
}

/// What a phone does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// It sends so many segments.
    Send(usize),
    /// It waits for a jittered second at most.
    BackOff,
    /// It waits so many milliseconds.
    Wait(u64),
    /// It has nothing to do.
    Done,
    /// The same, and it records this replay no more.
    Stop,
    /// It sends nothing any more, for nobody knows its key.
    Unauthorized,
}

/// The id of a task and its result.
fn said(phone: &mut Phone, phase: Phase, said: Said) -> (String, UploadResult) {
    let Task::Upload(task) =
        phone.recorder.next_task(now(0), Conditions { phase, ..Conditions::default() })
    else {
        panic!("nothing to send")
    };
    let until = |ms| now(0).wall_ms + ms;
    let answers = |outcome, until_ms| -> Vec<Answer> {
        let answer = |&segment_id| Answer { segment_id, outcome, until_ms };
        task.segments.iter().map(answer).collect()
    };
    let first = |outcome| answers(outcome, None)[..1].to_vec();
    let result = match said {
        All(outcome) => UploadResult::Answered(answers(outcome, None)),
        AllUntil(outcome, ms) => UploadResult::Answered(answers(outcome, Some(until(ms)))),
        First(outcome) => UploadResult::Answered(first(outcome)),
        Nothing => UploadResult::Answered(Vec::new()),
        Status(status, after_s) => {
            UploadResult::Refused { status, retry_after_ms: after_s.map(|s| s * 1_000) }
        }
        FileLost => UploadResult::FileLost { name: task.id.split('/').next().unwrap().to_owned() },
        NoAnswer => UploadResult::Unreachable,
    };
    (task.id, result)
}

/// A phone with a segment of the replay before and two of the one that it records.
fn phone() -> Phone {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "before");
    phone.flush();
    let mut phone = phone.killed_and_started_again_as("now", 10_000);
    for n in 0..2 {
        capture(&mut phone, n * 1_000, &format!("screen {n}"));
        phone.flush();
    }
    phone
}

fn next(phone: &mut Phone) -> Next {
    match phone.recorder.next_task(now(0), Conditions::default()) {
        Task::Upload(task) => Next::Send(task.segments.len()),
        Task::Wait(500..=1_000) => Next::BackOff,
        Task::Wait(ms) => Next::Wait(ms),
        Task::Done if phone.recorder.is_stopped() => Next::Stop,
        Task::Done if phone.recorder.pause_reason() == Some(Pause::Unauthorized) => {
            Next::Unauthorized
        }
        Task::Done => Next::Done,
        task => panic!("nobody has asked for {task:?}"),
    }
}

/// (acknowledged, refused, discarded, failed) segments.
fn fates(counters: Counters) -> [u64; 4] {
    let Counters { segments_acked, segments_refused, .. } = counters;
    [segments_acked, segments_refused, counters.segments_discarded, counters.segments_failed]
}

/// The phase, what is said, the segments' fates, how many are left, what is next.
type Row = (Phase, Said, [u64; 4], usize, Next);

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const FOR_EVER_S: u64 = u64::MAX / 1_000;

const TABLE: &[Row] = &[
    (Foreground, All(Stored), [3, 0, 0, 0], 0, Next::Done),
    (Foreground, All(Duplicate), [3, 0, 0, 0], 0, Next::Done),
    (Foreground, All(Conflict), [0, 3, 0, 0], 0, Next::Done),
    (Foreground, All(Invalid), [0, 3, 0, 0], 0, Next::Done),
    (Foreground, All(Deleted), [0, 0, 3, 0], 0, Next::Stop),
    (Foreground, All(Expired), [0, 0, 3, 0], 0, Next::Stop),
    (Foreground, All(Stopped), [0, 0, 3, 0], 0, Next::Stop),
    (Foreground, All(Quota), [0, 0, 0, 0], 3, Next::Wait(60_000)),
    (Foreground, All(Throttled), [0, 0, 0, 0], 3, Next::Wait(60_000)),
    (Foreground, AllUntil(Quota, 2 * HOUR_MS), [0, 0, 0, 0], 3, Next::Wait(7_200_000)),
    (Foreground, AllUntil(Throttled, 40_000), [0, 0, 0, 0], 3, Next::Wait(40_000)),
    (Foreground, AllUntil(Throttled, -1), [0, 0, 0, 0], 3, Next::Wait(10_000)),
    (Foreground, AllUntil(Throttled, 9 * DAY_MS), [0, 0, 0, 0], 3, Next::Wait(86_400_000)),
    (Foreground, First(Stored), [1, 0, 0, 0], 2, Next::BackOff),
    (Foreground, First(Deleted), [0, 0, 1, 0], 2, Next::BackOff),
    (Foreground, Nothing, [0, 0, 0, 0], 3, Next::BackOff),
    (Foreground, Status(400, None), [0, 0, 0, 0], 3, Next::BackOff),
    (Foreground, Status(401, None), [0, 0, 0, 0], 3, Next::Unauthorized),
    (Foreground, Status(403, None), [0, 0, 0, 0], 3, Next::BackOff),
    (Foreground, Status(404, None), [0, 0, 0, 0], 3, Next::BackOff),
    (Foreground, Status(408, None), [0, 0, 0, 0], 3, Next::BackOff),
    (Foreground, Status(413, None), [0, 0, 0, 0], 3, Next::Send(1)),
    (Foreground, Status(429, None), [0, 0, 0, 0], 3, Next::BackOff),
    (Foreground, Status(429, Some(90)), [0, 0, 0, 0], 3, Next::Wait(90_000)),
    (Foreground, Status(500, None), [0, 0, 0, 0], 3, Next::BackOff),
    (Foreground, Status(503, Some(90)), [0, 0, 0, 0], 3, Next::Wait(90_000)),
    (Foreground, Status(503, Some(FOR_EVER_S)), [0, 0, 0, 0], 3, Next::Wait(86_400_000)),
    (Foreground, FileLost, [0, 0, 0, 1], 2, Next::Send(2)),
    (Foreground, NoAnswer, [0, 0, 0, 0], 3, Next::BackOff),
    (Background, All(Stored), [1, 0, 0, 0], 2, Next::Send(2)),
    (Background, All(Invalid), [0, 1, 0, 0], 2, Next::Send(2)),
    (Background, All(Deleted), [0, 0, 1, 0], 2, Next::Send(2)),
    (Background, All(Throttled), [0, 0, 0, 0], 3, Next::Send(2)),
    (Background, Nothing, [0, 0, 0, 0], 3, Next::BackOff),
    (Background, Status(401, None), [0, 0, 0, 0], 3, Next::Unauthorized),
    (Background, Status(413, None), [0, 1, 0, 0], 2, Next::Send(2)),
    (Background, Status(503, Some(90)), [0, 0, 0, 0], 3, Next::Wait(90_000)),
    (Background, FileLost, [0, 0, 0, 1], 2, Next::Send(2)),
    (Background, NoAnswer, [0, 0, 0, 0], 3, Next::BackOff),
];

#[test]
fn every_answer_has_its_consequence() {
    for &(phase, what, expected_fates, left, expected_next) in TABLE {
        let mut phone = phone();
        let (id, result) = said(&mut phone, phase, what);
        phone.recorder.report(now(0), &id, &result);
        assert_eq!(fates(phone.recorder.counters()), expected_fates, "{phase:?} {what:?}");
        assert_eq!(phone.recorder.spooled().len(), left, "{phase:?} {what:?}");
        assert_eq!(next(&mut phone), expected_next, "{phase:?} {what:?}");
        assert_eq!(phone.recorder.counters().reports_stale, 0, "{phase:?} {what:?}");
    }
}

#[test]
fn the_table_has_every_outcome() {
    for outcome in Outcome::ALL {
        assert!(TABLE.iter().any(|row| row.1 == All(*outcome)), "{outcome:?}");
    }
}

#[test]
fn a_key_that_is_unknown_is_tried_again_at_the_next_start() {
    let mut phone = phone();
    let (id, result) = said(&mut phone, Phase::Foreground, Status(401, None));
    phone.recorder.report(now(0), &id, &result);
    capture(&mut phone, 5_000, "recorded all the same");
    phone.flush();
    assert_eq!((next(&mut phone), phone.recorder.spooled().len()), (Next::Unauthorized, 4));
    let mut phone = phone.killed_and_started_again_as("now", 20_000);
    assert_eq!(next(&mut phone), Next::Send(4));
}
