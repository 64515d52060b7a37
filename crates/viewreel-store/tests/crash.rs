//! What is on disk when a process dies or the disk fails in the middle.

#[allow(dead_code)]
mod common;

use common::{altered, objects, open, project, replay, seams, segment};
use std::path::Path;
use tokio::runtime::Runtime;
use viewreel_store::Committed::{Conflict, Duplicate, Stored};
use viewreel_store::Store;
use viewreel_store::faulty::{FaultyBlobs, PutFault};

async fn open_faulty(data: &Path) -> (Store, FaultyBlobs) {
    Store::open_faulty(data, seams(3)).await.expect("a store")
}

async fn is_listed(store: &Store, session: &str) -> bool {
    let project = project(store).await;
    store.replay(project, &replay(session)).await.expect("an answer").is_some()
}

async fn check_failed_write(fault: PutFault) {
    let data = tempfile::tempdir().expect("a directory");
    let (store, blobs) = open_faulty(data.path()).await;
    let project = project(&store).await;
    blobs.set(fault);
    store.commit(project, vec![segment("s", 1, 0)]).await.expect_err("no acknowledgement");
    assert!(!is_listed(&store, "s").await);
    assert!(objects(data.path()).is_empty(), "nothing is left behind");
    blobs.set(PutFault::None);
    let outcomes = store.commit(project, vec![segment("s", 1, 0)]).await.expect("a commit");
    assert_eq!(outcomes, [Stored], "the phone sends it again");
}

#[tokio::test]
async fn a_lost_write_is_not_acknowledged_and_can_be_repeated() {
    check_failed_write(PutFault::Lost).await;
}

#[tokio::test]
async fn a_write_that_fails_after_it_happened_is_undone_and_can_be_repeated() {
    check_failed_write(PutFault::WrittenButFailed).await;
}

#[tokio::test]
async fn a_failed_write_of_a_conflict_takes_the_block_of_its_request_back() {
    let data = tempfile::tempdir().expect("a directory");
    let (store, blobs) = open_faulty(data.path()).await;
    let project = project(&store).await;
    store.commit(project, vec![segment("s", 1, 0)]).await.expect("a commit");
    blobs.set(PutFault::Lost);
    let request = vec![altered(segment("s", 1, 0)), segment("t", 1, 0)];
    store.commit(project, request.clone()).await.expect_err("no acknowledgement");
    assert_eq!(objects(data.path()).len(), 1);
    blobs.set(PutFault::None);
    let outcomes = store.commit(project, request).await.expect("a commit");
    assert_eq!(outcomes, [Conflict, Stored]);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_another_request_overtook_are_no_ack_even_when_sent_twice() {
    let data = tempfile::tempdir().expect("a directory");
    let (store, blobs) = open_faulty(data.path()).await;
    let project = project(&store).await;
    let slow = segment("s", 1, 0);
    blobs.set(PutFault::Held);
    let request = vec![slow.clone(), slow.clone()];
    let overtaken = tokio::spawn({
        let store = store.clone();
        async move { store.commit(project, request).await }
    });
    blobs.written().await;
    blobs.set(PutFault::None);
    let quick = altered(slow.clone());
    let outcomes = store.commit(project, vec![quick.clone()]).await.expect("a commit");
    assert_eq!(outcomes, [Stored]);
    blobs.release();
    let outcomes = overtaken.await.expect("no panic").expect("a commit");
    assert_eq!(outcomes, [Conflict, Conflict]);
    let bytes = store.segment_bytes(project, &slow.replay, slow.id).await.expect("an answer");
    assert_eq!(bytes, Some(quick.bytes));
    assert_eq!(objects(data.path()).len(), 2, "the conflict is kept aside where it was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_from_two_requests_leave_one_object() {
    let data = tempfile::tempdir().expect("a directory");
    let (store, blobs) = open_faulty(data.path()).await;
    let project = project(&store).await;
    blobs.set(PutFault::Held);
    let slow = tokio::spawn({
        let store = store.clone();
        async move { store.commit(project, vec![segment("s", 1, 0)]).await }
    });
    blobs.written().await;
    blobs.set(PutFault::None);
    store.commit(project, vec![segment("s", 1, 0)]).await.expect("a commit");
    blobs.release();
    assert_eq!(slow.await.expect("no panic").expect("a commit"), [Duplicate]);
    assert_eq!(objects(data.path()).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_runs_to_its_end_when_its_caller_has_gone() {
    let data = tempfile::tempdir().expect("a directory");
    let (store, blobs) = open_faulty(data.path()).await;
    let project = project(&store).await;
    blobs.set(PutFault::Held);
    let caller = tokio::spawn({
        let store = store.clone();
        async move { store.commit(project, vec![segment("s", 1, 0)]).await }
    });
    blobs.written().await;
    caller.abort();
    assert!(caller.await.expect_err("it was stopped").is_cancelled());
    blobs.release();
    while store.counts().stored == 0 {
        tokio::task::yield_now().await;
    }
    assert!(is_listed(&store, "s").await);
}

/// A process that stores `acked`, writes the object of `lost` and dies.
fn die_between_object_and_rows(data: &Path) {
    let process = Runtime::new().expect("a runtime");
    process.block_on(async {
        let (store, blobs) = open_faulty(data).await;
        let project = project(&store).await;
        store.commit(project, vec![segment("acked", 1, 0)]).await.expect("a commit");
        blobs.set(PutFault::Held);
        let dying =
            tokio::spawn(async move { store.commit(project, vec![segment("lost", 1, 0)]).await });
        blobs.written().await;
        blobs.written().await;
        assert!(!dying.is_finished());
    });
    // Dropping the runtime drops its tasks where they wait: nothing is tidied up.
    drop(process);
}

#[test]
fn a_death_between_object_and_rows_keeps_what_was_acknowledged_and_leaves_no_orphan() {
    let data = tempfile::tempdir().expect("a directory");
    die_between_object_and_rows(data.path());
    assert_eq!(objects(data.path()).len(), 2, "the orphan is there");
    Runtime::new().expect("a runtime").block_on(async {
        let store = open(data.path()).await;
        assert_eq!(store.counts().orphans, 1);
        assert_eq!(objects(data.path()).len(), 1);
        assert!(is_listed(&store, "acked").await);
        assert!(!is_listed(&store, "lost").await);
        let project = project(&store).await;
        let outcomes = store.commit(project, vec![segment("lost", 1, 0)]).await.expect("a commit");
        assert_eq!(outcomes, [Stored]);
    });
}

#[test]
fn what_was_acknowledged_is_there_after_a_process_ends_without_closing() {
    let data = tempfile::tempdir().expect("a directory");
    for seq in 0..3 {
        let process = Runtime::new().expect("a runtime");
        process.block_on(async {
            let store = Store::open(data.path(), seams(u64::from(seq))).await.expect("a store");
            let project = project(&store).await;
            let outcomes = store.commit(project, vec![segment("s", 1, seq)]).await;
            assert_eq!(outcomes.expect("a commit"), [Stored]);
            let row = store.replay(project, &replay("s")).await.expect("an answer");
            assert_eq!(row.expect("a replay").segments, u64::from(seq) + 1);
        });
    }
}
