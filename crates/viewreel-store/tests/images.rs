//! Pictures are kept once, found by their replays, and go when nobody wants them.

#[allow(dead_code)]
mod common;

use bytes::Bytes;
use common::{RECEIVED_AT_MS, objects, open, project, replay, seams, segment};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use viewreel_format::{DeviceId, MediaType};
use viewreel_model::ImageId;
use viewreel_seams::{Clock, Now, SeededRng};
use viewreel_store::ImageKept::{Conflict, Duplicate, OverQuota, Stored};
use viewreel_store::faulty::PutFault;
use viewreel_store::{
    EncodedImage, ImageKept, ImageKey, MAX_DEVICE_IMAGE_BYTES, NewSegment, Seams, Store,
    UNUSED_IMAGE_KEPT_MS,
};
use viewreel_testkit::clock::MockClock;

fn key(device: &str, id: u64) -> ImageKey {
    ImageKey { device: DeviceId::new(device).expect("a valid id"), id: ImageId(id) }
}

fn image(bytes: impl Into<Bytes>) -> EncodedImage {
    EncodedImage { media_type: MediaType::Webp, bytes: bytes.into() }
}

async fn keep(store: &Store, key: ImageKey, bytes: impl Into<Bytes>) -> ImageKept {
    let project = project(store).await;
    store.keep_image(project, key, image(bytes)).await.expect("an answer")
}

async fn read(store: &Store, session: &str, id: u64) -> Option<EncodedImage> {
    let project = project(store).await;
    store.image(project, &replay(session), ImageId(id)).await.expect("an answer")
}

/// A segment that binds these pictures.
fn showing(session: &str, seq: u32, ids: &[u64]) -> NewSegment {
    let images = ids.iter().copied().map(ImageId).collect();
    NewSegment { images, ..segment(session, 1, seq) }
}

async fn commit(store: &Store, segments: Vec<NewSegment>) {
    let project = project(store).await;
    store.commit(project, segments).await.expect("a commit");
}

#[tokio::test]
async fn a_picture_is_kept_once_for_each_id_of_a_device() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let kept = [
        keep(&store, key("device", 1), "a").await,
        keep(&store, key("device", 1), "a").await,
        keep(&store, key("device", 1), "b").await,
        keep(&store, key("other", 1), "b").await,
    ];
    assert_eq!(kept, [Stored, Duplicate, Conflict, Stored]);
    assert_eq!(objects(data.path()).len(), 2);
}

#[tokio::test]
async fn a_picture_is_read_by_the_replays_that_refer_to_it_whichever_came_first() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    keep(&store, key("device", 1), "early").await;
    commit(&store, vec![showing("s", 0, &[1, 2]), showing("s", 1, &[1]), showing("t", 0, &[])])
        .await;
    assert_eq!(read(&store, "s", 1).await, Some(image("early")));
    assert_eq!(read(&store, "s", 2).await, None);
    keep(&store, key("device", 2), "late").await;
    keep(&store, key("other", 3), "of another device").await;
    store.close().await;
    drop(store);
    let store = open(data.path()).await;
    assert_eq!(read(&store, "s", 2).await, Some(image("late")));
    assert_eq!([read(&store, "s", 3).await, read(&store, "t", 1).await], [None, None]);
}

#[tokio::test]
async fn a_segment_that_was_not_stored_refers_to_nothing() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    keep(&store, key("device", 1), "a").await;
    let usurper = common::altered(showing("s", 0, &[1]));
    commit(&store, vec![showing("s", 0, &[]), usurper]).await;
    assert_eq!(read(&store, "s", 1).await, None);
}

#[tokio::test]
async fn what_is_missing_is_told_in_order_and_within_bounds() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let project = project(&store).await;
    keep(&store, key("device", 2), "a").await;
    let wanted = BTreeSet::from([1, 2, 3, 4].map(|id| key("device", id)));
    let missing = async |limit| store.missing_images(project, &wanted, limit).await.expect("some");
    assert_eq!(missing(9).await, [1, 3, 4].map(|id| key("device", id)));
    assert_eq!(missing(2).await, [1, 3].map(|id| key("device", id)));
}

#[tokio::test]
async fn a_device_has_so_many_bytes_and_no_more() {
    let data = tempfile::tempdir().expect("a directory");
    let store = open(data.path()).await;
    let half = Bytes::from(vec![0; (MAX_DEVICE_IMAGE_BYTES / 2) as usize]);
    let kept = [
        keep(&store, key("device", 1), half.clone()).await,
        keep(&store, key("device", 2), half.clone()).await,
        keep(&store, key("device", 3), "x").await,
        keep(&store, key("device", 2), half).await,
        keep(&store, key("other", 3), "x").await,
    ];
    let over = OverQuota { until_ms: RECEIVED_AT_MS + 24 * 60 * 60 * 1_000 };
    assert_eq!(kept, [Stored, Stored, over, Duplicate, Stored]);
    assert_eq!(objects(data.path()).len(), 3);
}

#[tokio::test]
async fn a_picture_whose_write_failed_is_not_acknowledged_and_can_be_sent_again() {
    for fault in [PutFault::Lost, PutFault::WrittenButFailed] {
        let data = tempfile::tempdir().expect("a directory");
        let (store, blobs) = Store::open_faulty(data.path(), seams(3)).await.expect("a store");
        let project = project(&store).await;
        blobs.set(fault);
        let failed = store.keep_image(project, key("device", 1), image("a")).await;
        assert!(failed.is_err() && objects(data.path()).is_empty(), "{fault:?}");
        blobs.set(PutFault::None);
        assert_eq!(keep(&store, key("device", 1), "a").await, Stored);
    }
}

/// One clock for several stores.
#[derive(Clone)]
struct SharedClock(Arc<MockClock>);

impl Clock for SharedClock {
    fn now(&self) -> Now {
        self.0.now()
    }
}

async fn open_at(data: &Path, clock: &SharedClock, seed: u64) -> Store {
    let seams = Seams::new(clock.clone(), SeededRng::new(seed));
    Store::open(data, seams).await.expect("a store")
}

#[tokio::test]
async fn a_picture_that_no_replay_refers_to_goes_after_eight_days() {
    let data = tempfile::tempdir().expect("a directory");
    let clock = SharedClock(Arc::new(MockClock::at(Now { mono_ms: 0, wall_ms: RECEIVED_AT_MS })));
    let store = open_at(data.path(), &clock, 1).await;
    keep(&store, key("device", 1), "shown").await;
    keep(&store, key("device", 2), "forgotten").await;
    commit(&store, vec![showing("s", 0, &[1])]).await;
    clock.0.advance(UNUSED_IMAGE_KEPT_MS as u64);
    keep(&store, key("device", 3), "young").await;
    assert_eq!(keep(&store, key("device", 2), "forgotten").await, Duplicate);
    clock.0.advance(60 * 60 * 1_000);
    keep(&store, key("device", 4), "younger").await;
    assert_eq!(objects(data.path()).len(), 4, "three pictures and a block");
    assert_eq!(keep(&store, key("device", 2), "as new").await, Stored);
    assert_eq!(read(&store, "s", 1).await, Some(image("shown")));
    clock.0.advance(2 * UNUSED_IMAGE_KEPT_MS as u64);
    store.close().await;
    drop(store);
    drop(open_at(data.path(), &clock, 2).await);
    assert_eq!(objects(data.path()).len(), 2, "what is shown, and the block");
}
