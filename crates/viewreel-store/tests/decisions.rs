//! Why a session has no replay is kept for a while.

#[allow(dead_code)]
mod common;

use common::{project, replay};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use viewreel_format::{DecisionReason, DecisionRecord};
use viewreel_seams::{Clock, Now, SeededRng};
use viewreel_store::{Seams, Store};

const DAY_MS: i64 = 86_400_000;

/// A wall clock that a test moves.
#[derive(Clone, Default)]
struct SetClock(Arc<AtomicI64>);

impl Clock for SetClock {
    fn now(&self) -> Now {
        Now { mono_ms: 0, wall_ms: self.0.load(Ordering::Relaxed) }
    }
}

async fn open(directory: &Path, clock: &SetClock) -> Store {
    let seams = Seams::new(clock.clone(), SeededRng::new(1));
    Store::open(directory, seams).await.expect("a store")
}

fn record(session: &str, reason: DecisionReason) -> DecisionRecord {
    DecisionRecord { replay: replay(session), reason }
}

async fn reason(store: &Store, session: &str) -> Option<DecisionReason> {
    store.decision(project(store).await, &replay(session)).await.expect("an answer")
}

#[tokio::test]
async fn the_last_reason_of_a_session_is_kept_over_a_start() {
    let data = tempfile::tempdir().expect("a directory");
    let clock = SetClock::default();
    let store = open(data.path(), &clock).await;
    let p = project(&store).await;
    let records =
        [record("a", DecisionReason::SampledOut), record("b", DecisionReason::ConfigMissing)];
    for _ in 0..2 {
        store.note_decisions(p, &records).await.expect("kept");
    }
    let later = [record("b", DecisionReason::OptedOut)];
    store.note_decisions(p, &later).await.expect("kept");
    drop(store);
    let store = open(data.path(), &clock).await;
    assert_eq!(reason(&store, "a").await, Some(DecisionReason::SampledOut));
    assert_eq!(reason(&store, "b").await, Some(DecisionReason::OptedOut));
    assert_eq!(reason(&store, "c").await, None);
    let other = store.add_project("q", &[9; 32]).await.expect("a project");
    assert_eq!(store.decision(other, &replay("a")).await.expect("an answer"), None);
}

#[tokio::test]
async fn a_month_later_it_is_forgotten() {
    let data = tempfile::tempdir().expect("a directory");
    let clock = SetClock::default();
    let store = open(data.path(), &clock).await;
    let p = project(&store).await;
    for (day, session) in [(0, "first"), (1, "second"), (31, "third")] {
        clock.0.store(day * DAY_MS, Ordering::Relaxed);
        let records = [record(session, DecisionReason::SampledOut)];
        store.note_decisions(p, &records).await.expect("kept");
    }
    assert_eq!(reason(&store, "first").await, None);
    assert_eq!(reason(&store, "second").await, Some(DecisionReason::SampledOut));
    assert_eq!(reason(&store, "third").await, Some(DecisionReason::SampledOut));
}
