//! The store: one directory, one process.

use crate::blob::{BlobStore, LocalBlobs, sync_directory};
use crate::commit::Commit;
use crate::error::StoreError;
use crate::index::Index;
use crate::index::row::Place;
use crate::lock::DirectoryLock;
use crate::pace::Pace;
use crate::replay::{ListPosition, ReplayRow, RunRow};
use crate::segment::{Checksum, Committed, NewSegment, ProjectId, SegmentRow};
use bytes::Bytes;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use viewreel_format::{DecisionReason, DecisionRecord, ReplayId};
use viewreel_model::SegmentId;
use viewreel_seams::{Clock, Rng};

const INDEX_FILE: &str = "index.db";
const OBJECTS_DIRECTORY: &str = "objects";

/// Where time and randomness come from.
#[derive(Clone)]
pub struct Seams {
    clock: Arc<dyn Clock>,
    rng: Arc<Mutex<dyn Rng>>,
}

impl std::fmt::Debug for Seams {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seams")
    }
}

impl Seams {
    /// A clock, and numbers that nobody can guess.
    pub fn new(clock: impl Clock + 'static, rng: impl Rng + 'static) -> Self {
        Self { clock: Arc::new(clock), rng: Arc::new(Mutex::new(rng)) }
    }

    /// The server's wall clock, milliseconds since 1970.
    #[must_use]
    pub fn wall_ms(&self) -> i64 {
        self.clock.now().wall_ms
    }

    /// Milliseconds on a clock that never goes back.
    #[must_use]
    pub fn mono_ms(&self) -> u64 {
        self.clock.now().mono_ms
    }

    /// 128 random bits.
    #[must_use]
    pub fn random(&self) -> u128 {
        self.rng.lock().unwrap_or_else(PoisonError::into_inner).next_u128()
    }
}

/// What has happened since the process started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Segments stored.
    pub stored: u64,
    /// Segments that were there before.
    pub duplicate: u64,
    /// Segments whose id was taken by other bytes.
    pub conflict: u64,
    /// Objects of an earlier process that no row spoke of, deleted.
    pub orphans: u64,
}

/// Segments on disk and the index over them. Clones share one store; the data
/// directory is free for another process when the last is dropped.
#[derive(Clone)]
pub struct Store {
    pub(crate) inner: Arc<Inner>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

pub(crate) struct Inner {
    pub(crate) index: Index,
    pub(crate) blobs: Box<dyn BlobStore>,
    pub(crate) seams: Seams,
    /// When pictures that nobody refers to are looked for.
    pub(crate) sweeps: Pace,
    counters: Counters,
    // Dropped last: the directory is free only when nothing uses it any more.
    _lock: DirectoryLock,
}

#[derive(Debug, Default)]
struct Counters {
    stored: AtomicU64,
    duplicate: AtomicU64,
    conflict: AtomicU64,
    orphans: AtomicU64,
}

impl Counters {
    fn count(&self, outcomes: &[Committed]) {
        for outcome in outcomes {
            let counter = match outcome {
                Committed::Stored => &self.stored,
                Committed::Duplicate => &self.duplicate,
                Committed::Conflict => &self.conflict,
            };
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Inner {
    /// The bytes at a place; `what` is said where they are other ones.
    pub(crate) async fn read(&self, place: Place, what: &'static str) -> Result<Bytes, StoreError> {
        let bytes = self.blobs.get(&place.object_key, place.range).await?;
        match Checksum::of(&bytes) == place.checksum {
            true => Ok(bytes),
            false => Err(StoreError::Damaged { what }),
        }
    }
}

impl Store {
    /// Opens the data directory, which is made where it is missing, and deletes
    /// what a process that died may have left without an acknowledgement, and
    /// pictures that nobody refers to.
    ///
    /// # Errors
    /// [`StoreError::Locked`] where another process has it open; the others
    /// where it can not be used.
    pub async fn open(directory: &Path, seams: Seams) -> Result<Self, StoreError> {
        let lock = DirectoryLock::take(directory)?;
        let blobs = LocalBlobs::open(&directory.join(OBJECTS_DIRECTORY))?;
        Self::open_locked(lock, directory, seams, Box::new(blobs)).await
    }

    /// Whether `directory` is a data directory already.
    #[must_use]
    pub fn is_in(directory: &Path) -> bool {
        directory.join(INDEX_FILE).is_file()
    }

    /// As [`Store::open`], with blobs that can be made to fail.
    ///
    /// # Errors
    /// As [`Store::open`].
    #[cfg(feature = "testing")]
    pub async fn open_faulty(
        directory: &Path,
        seams: Seams,
    ) -> Result<(Self, crate::faulty::FaultyBlobs), StoreError> {
        let lock = DirectoryLock::take(directory)?;
        let blobs = LocalBlobs::open(&directory.join(OBJECTS_DIRECTORY))?;
        let blobs = crate::faulty::FaultyBlobs::new(blobs);
        let store = Self::open_locked(lock, directory, seams, Box::new(blobs.clone())).await?;
        Ok((store, blobs))
    }

    async fn open_locked(
        lock: DirectoryLock,
        directory: &Path,
        seams: Seams,
        blobs: Box<dyn BlobStore>,
    ) -> Result<Self, StoreError> {
        let index = Index::open(&directory.join(INDEX_FILE)).await?;
        sync_directory(directory).map_err(|source| StoreError::Directory {
            path: directory.display().to_string(),
            source,
        })?;
        let counters = Counters::default();
        let sweeps = Pace::default();
        let inner = Arc::new(Inner { index, blobs, seams, sweeps, counters, _lock: lock });
        let store = Self { inner };
        store.delete_orphans().await?;
        store.inner.sweep_images().await;
        Ok(store)
    }

    /// Every pending intent is older than this process, because the lock is
    /// held: what it speaks of was never acknowledged.
    async fn delete_orphans(&self) -> Result<(), StoreError> {
        for key in self.inner.index.pending_objects().await? {
            self.inner.blobs.delete(&key).await?;
            self.inner.index.forget_object(&key).await?;
            self.inner.counters.orphans.fetch_add(1, Ordering::Relaxed);
            tracing::info!("deleted an object that was never acknowledged");
        }
        Ok(())
    }

    /// Commits the segments of one request: when this returns, every segment
    /// with the outcome `Stored` or `Duplicate` survives a power loss. Gives
    /// one outcome per segment, in their order. Runs to its end even where the
    /// caller stops waiting.
    ///
    /// # Errors
    /// Where it fails, nothing may be acknowledged. The segments may be stored
    /// all the same, in which case they are duplicates when they come again.
    pub async fn commit(
        &self,
        project: ProjectId,
        segments: Vec<NewSegment>,
    ) -> Result<Vec<Committed>, StoreError> {
        if segments.is_empty() {
            return Ok(Vec::new());
        }
        let inner = Arc::clone(&self.inner);
        let commit = tokio::spawn(async move {
            let outcomes = Commit::new(&inner, project, &segments).run().await?;
            inner.counters.count(&outcomes);
            Ok(outcomes)
        });
        commit.await.map_err(|_| StoreError::CutOff)?
    }

    /// What has happened since the process started.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let counters = &self.inner.counters;
        Counts {
            stored: counters.stored.load(Ordering::Relaxed),
            duplicate: counters.duplicate.load(Ordering::Relaxed),
            conflict: counters.conflict.load(Ordering::Relaxed),
            orphans: counters.orphans.load(Ordering::Relaxed),
        }
    }

    /// The replays of a project behind `after` (from the newest where `None`),
    /// at most `limit`.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn replays(
        &self,
        project: ProjectId,
        after: Option<&ListPosition>,
        limit: u32,
    ) -> Result<Vec<ReplayRow>, StoreError> {
        self.inner.index.replays(project, after, limit).await
    }

    /// One replay, `None` where there is no such.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn replay(
        &self,
        project: ProjectId,
        replay: &ReplayId,
    ) -> Result<Option<ReplayRow>, StoreError> {
        self.inner.index.replay(project, replay).await
    }

    /// The runs of a replay, in no order.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn runs(
        &self,
        project: ProjectId,
        replay: &ReplayId,
    ) -> Result<Vec<RunRow>, StoreError> {
        self.inner.index.runs(project, replay).await
    }

    /// The segments of a replay, in no order.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn segments(
        &self,
        project: ProjectId,
        replay: &ReplayId,
    ) -> Result<Vec<SegmentRow>, StoreError> {
        self.inner.index.segments(project, replay).await
    }

    /// The bytes of a segment as they were sent, `None` where there is no such.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] or [`StoreError::Blob`] where the bytes on disk
    /// are not those that were acknowledged.
    pub async fn segment_bytes(
        &self,
        project: ProjectId,
        replay: &ReplayId,
        id: SegmentId,
    ) -> Result<Option<Bytes>, StoreError> {
        let Some(place) = self.inner.index.place(project, replay, id).await? else {
            return Ok(None);
        };
        Ok(Some(self.inner.read(place, "the checksum of a segment").await?))
    }

    /// Keeps why sessions have no replay, for 30 days. When this returns, it
    /// survives a power loss. Of one session the last one counts.
    ///
    /// # Errors
    /// Where the index does not answer; none of them is kept then.
    pub async fn note_decisions(
        &self,
        project: ProjectId,
        records: &[DecisionRecord],
    ) -> Result<(), StoreError> {
        self.inner.index.note_decisions(project, records, self.inner.seams.wall_ms()).await
    }

    /// Why a session has no replay, `None` where no record of it came. There may
    /// be a replay all the same.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn decision(
        &self,
        project: ProjectId,
        replay: &ReplayId,
    ) -> Result<Option<DecisionReason>, StoreError> {
        self.inner.index.decision(project, replay).await
    }

    /// The project of that name, `None` where there is no such.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn project(&self, name: &str) -> Result<Option<ProjectId>, StoreError> {
        self.inner.index.project(name).await
    }

    /// Adds a project with one write key, given by its SHA-256, in one
    /// transaction.
    ///
    /// # Errors
    /// Where the name or the key is taken, or the index does not answer.
    pub async fn add_project(
        &self,
        name: &str,
        key_hash: &[u8; 32],
    ) -> Result<ProjectId, StoreError> {
        self.inner.index.add_project(name, key_hash, self.inner.seams.wall_ms()).await
    }

    /// The project whose write key has that SHA-256, `None` where none has.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn project_of_key(
        &self,
        key_hash: &[u8; 32],
    ) -> Result<Option<ProjectId>, StoreError> {
        self.inner.index.project_of_key(key_hash).await
    }

    /// Whether the index answers.
    ///
    /// # Errors
    /// Where it does not.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.inner.index.check().await
    }

    /// Ends all work on the index in order, for all clones.
    pub async fn close(&self) {
        self.inner.index.close().await;
    }
}
