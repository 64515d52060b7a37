//! What the store promises of segments: outcomes, rows, bytes.

#[allow(dead_code)]
mod common;

use common::{ANCHOR_MS, RECEIVED_AT_MS, altered, objects, open, project, replay, seams, segment};
use std::collections::BTreeMap;
use viewreel_model::SegmentId;
use viewreel_store::Committed::{Conflict, Duplicate, Stored};
use viewreel_store::{Committed, NewSegment, Store, StoreError};

/// Commits `segments` in one request.
async fn commit(store: &Store, segments: &[NewSegment]) -> Vec<Committed> {
    store.commit(project(store).await, segments.to_vec()).await.expect("a commit")
}

async fn bytes_of(store: &Store, segment: &NewSegment) -> Vec<u8> {
    let found = store.segment_bytes(project(store).await, &segment.replay, segment.id).await;
    found.expect("an answer").expect("a segment").to_vec()
}

#[tokio::test]
async fn a_segment_is_stored_once_and_duplicate_ever_after() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let first = segment("s", 1, 0);
    assert_eq!(commit(&store, std::slice::from_ref(&first)).await, [Stored]);
    assert_eq!(commit(&store, std::slice::from_ref(&first)).await, [Duplicate]);
    assert_eq!(bytes_of(&store, &first).await, first.bytes);
    assert_eq!(objects(data.path()).len(), 1, "a duplicate writes nothing");
}

#[tokio::test]
async fn other_bytes_under_a_taken_id_are_a_conflict_and_kept_aside_once() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let first = segment("s", 1, 0);
    let other = altered(first.clone());
    commit(&store, std::slice::from_ref(&first)).await;
    assert_eq!(commit(&store, std::slice::from_ref(&other)).await, [Conflict]);
    assert_eq!(commit(&store, std::slice::from_ref(&other)).await, [Conflict]);
    assert_eq!(bytes_of(&store, &first).await, first.bytes);
    let kept: Vec<_> = objects(data.path())
        .into_iter()
        .filter(|path| !path.to_string_lossy().contains("blocks"))
        .collect();
    assert_eq!(kept.len(), 1);
    assert_eq!(std::fs::read(&kept[0]).expect("a file"), other.bytes);
    assert_eq!(store.counts().conflict, 2);
}

#[tokio::test]
async fn outcomes_stand_in_the_order_of_the_request() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let (a, b, c) = (segment("s", 1, 0), segment("s", 1, 1), segment("t", 2, 0));
    commit(&store, std::slice::from_ref(&b)).await;
    let request = [a.clone(), b.clone(), altered(a.clone()), a.clone(), c.clone(), altered(b)];
    let outcomes = commit(&store, &request).await;
    assert_eq!(outcomes, [Stored, Duplicate, Conflict, Duplicate, Stored, Conflict]);
    assert_eq!(bytes_of(&store, &a).await, a.bytes);
    assert_eq!(bytes_of(&store, &c).await, c.bytes);
}

#[tokio::test]
async fn the_same_id_in_another_replay_is_another_segment() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let request = [segment("s", 1, 0), segment("t", 1, 0)];
    assert_eq!(commit(&store, &request).await, [Stored, Stored]);
    assert_eq!(bytes_of(&store, &request[1]).await, request[1].bytes);
}

#[tokio::test]
async fn an_empty_request_writes_nothing() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    assert_eq!(commit(&store, &[]).await, []);
    assert!(objects(data.path()).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_overlapping_requests_store_every_segment_exactly_once() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let project = project(&store).await;
    let request =
        |n: u32| -> Vec<NewSegment> { (n..n + 10).map(|seq| segment("s", 1, seq % 20)).collect() };
    let tasks: Vec<_> = (0..50)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { (n, store.commit(project, request(n)).await) })
        })
        .collect();
    let mut stored: BTreeMap<u32, u32> = BTreeMap::new();
    for task in tasks {
        let (n, outcomes) = task.await.expect("no panic");
        for (place, outcome) in outcomes.expect("a commit").into_iter().enumerate() {
            assert_ne!(outcome, Conflict);
            let seq = (n + u32::try_from(place).expect("small")) % 20;
            *stored.entry(seq).or_default() += u32::from(outcome == Stored);
        }
    }
    assert_eq!(stored, (0..20).map(|seq| (seq, 1)).collect());
    let row = store.replay(project, &replay("s")).await.expect("an answer").expect("a replay");
    assert_eq!(row.segments, 20);
    let stored_bytes: usize = (0..20).map(|seq| segment("s", 1, seq).bytes.len()).sum();
    assert_eq!(row.bytes, stored_bytes as u64);
}

/// Two runs with a hole; the first run's clock is the earlier one.
fn two_runs() -> [NewSegment; 4] {
    let mut late = [segment("s", 9, 0), segment("s", 9, 2)];
    for (segment, seq) in late.iter_mut().zip([0, 2]) {
        let start_ms = 500 + seq * 1_000;
        let wall_ms = ANCHOR_MS + 60_000 + i64::try_from(start_ms).expect("small");
        segment.span = viewreel_store::Span::new(start_ms, start_ms + 700, wall_ms).expect("valid");
        segment.facts.meta.app_name = "late".into();
    }
    let mut early = [segment("s", 1, 3), segment("s", 1, 4)];
    early[0].facts.meta.app_name = "first".into();
    early[1].facts.meta.app_name = "second".into();
    let [a, b] = late;
    let [c, d] = early;
    [a, b, c, d]
}

fn permutations(items: &[NewSegment]) -> Vec<Vec<NewSegment>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let with_first = |first: usize| {
        let mut rest = items.to_vec();
        let chosen = rest.remove(first);
        permutations(&rest).into_iter().map(move |mut tail| {
            tail.insert(0, chosen.clone());
            tail
        })
    };
    (0..items.len()).flat_map(with_first).collect()
}

#[tokio::test]
async fn a_replay_reads_the_same_in_whatever_order_its_segments_came() {
    for order in permutations(&two_runs()) {
        let data = tempfile::tempdir().expect("a directory");
        let store = open(data.path()).await;
        for segment in &order {
            commit(&store, std::slice::from_ref(segment)).await;
        }
        let project = project(&store).await;
        let row = store.replay(project, &replay("s")).await.expect("an answer").expect("a replay");
        assert_eq!(row.started_at_ms, ANCHOR_MS + 3_000);
        assert_eq!(row.duration_ms, 60_000 + 2_500 + 700 - 3_000);
        assert_eq!(row.facts.meta.app_name, "first");
        assert_eq!(row.segments, 4);
        assert_eq!(row.received_at_ms, RECEIVED_AT_MS);
    }
}

#[tokio::test]
async fn the_list_gives_every_replay_once_newest_first_page_by_page() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let project = project(&store).await;
    for seq in 0..7 {
        commit(&store, &[segment(&format!("s{seq}"), 1, seq / 2)]).await;
    }
    let mut sessions = Vec::new();
    let mut after = None;
    loop {
        let page = store.replays(project, after.as_ref(), 3).await.expect("a page");
        let Some(last) = page.last() else { break };
        after = Some(viewreel_store::ListPosition {
            started_at_ms: last.started_at_ms,
            id: last.id.clone(),
        });
        sessions.extend(page.into_iter().map(|row| row.id.session_id));
    }
    assert_eq!(sessions, ["s6", "s5", "s4", "s3", "s2", "s1", "s0"]);
}

#[tokio::test]
async fn projects_do_not_see_each_other() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    commit(&store, &[segment("s", 1, 0)]).await;
    let other = store.add_project("other", &[8; 32]).await.expect("a project");
    assert_eq!(store.replays(other, None, 10).await.expect("a page"), []);
    assert_eq!(store.replay(other, &replay("s")).await.expect("an answer"), None);
    let bytes = store.segment_bytes(other, &replay("s"), segment("s", 1, 0).id).await;
    assert_eq!(bytes.expect("an answer"), None);
    assert_eq!(store.project_of_key(&[8; 32]).await.expect("an answer"), Some(other));
    assert_eq!(store.project_of_key(&[9; 32]).await.expect("an answer"), None);
}

#[tokio::test]
async fn a_second_process_on_one_directory_is_refused_until_the_first_has_gone() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let second = Store::open(data.path(), seams(2)).await;
    assert!(matches!(second, Err(StoreError::Locked { .. })), "{second:?}");
    store.close().await;
    drop(store);
    open(data.path()).await;
}

#[tokio::test]
async fn damage_on_disk_is_an_error_and_never_other_bytes() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let project = project(&store).await;
    commit(&store, &[segment("s", 1, 0)]).await;
    let get = async || store.segment_bytes(project, &replay("s"), SegmentId(1 << 64)).await;
    let file = objects(data.path()).remove(0);
    let whole = std::fs::read(&file).expect("a file");
    let mut flipped = whole.clone();
    flipped[0] ^= 1;
    std::fs::write(&file, flipped).expect("written");
    assert!(matches!(get().await, Err(StoreError::Damaged { .. })));
    std::fs::write(&file, &whole[1..]).expect("written");
    assert!(get().await.is_err());
    std::fs::remove_file(&file).expect("removed");
    assert!(matches!(get().await, Err(StoreError::Blob(_))));
}
