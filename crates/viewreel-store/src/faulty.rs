//! Object storage that fails on demand, for tests of crash consistency.

use crate::blob::{BlobError, BlobStore, BoxFuture, LocalBlobs};
use bytes::Bytes;
use std::ops::Range;
use std::sync::Arc;
use std::sync::Mutex;
use tokio::sync::Notify;

/// What happens to the next writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PutFault {
    /// They succeed.
    #[default]
    None,
    /// They fail and leave nothing behind.
    Lost,
    /// They leave the object behind and report a failure all the same.
    WrittenButFailed,
    /// They leave the object behind and do not return before
    /// [`FaultyBlobs::release`].
    Held,
}

/// Local objects with faults that a test switches on; clones share them.
#[derive(Clone, Debug)]
pub struct FaultyBlobs {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    blobs: LocalBlobs,
    fault: Mutex<PutFault>,
    written: Notify,
    released: Notify,
}

impl FaultyBlobs {
    /// Faults in front of `blobs`, none at first.
    #[must_use]
    pub fn new(blobs: LocalBlobs) -> Self {
        let (written, released) = (Notify::new(), Notify::new());
        let inner = Inner { blobs, fault: Mutex::default(), written, released };
        Self { inner: Arc::new(inner) }
    }

    /// What happens to all writes from now on.
    pub fn set(&self, fault: PutFault) {
        *self.lock() = fault;
    }

    /// Waits until a write has left its object behind.
    pub async fn written(&self) {
        self.inner.written.notified().await;
    }

    /// Lets one write return that is held, or the next one that will be.
    pub fn release(&self) {
        self.inner.released.notify_one();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, PutFault> {
        self.inner.fault.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    async fn put_and_fail(
        &self,
        key: &str,
        bytes: Bytes,
        fault: PutFault,
    ) -> Result<(), BlobError> {
        let failure = || Err(BlobError::failed(std::io::Error::other("a fault was asked for")));
        if fault == PutFault::Lost {
            return failure();
        }
        self.inner.blobs.put(key, bytes).await?;
        self.inner.written.notify_one();
        match fault {
            PutFault::WrittenButFailed => failure(),
            PutFault::Held => {
                self.inner.released.notified().await;
                Ok(())
            }
            PutFault::None | PutFault::Lost => Ok(()),
        }
    }
}

impl BlobStore for FaultyBlobs {
    fn put<'a>(&'a self, key: &'a str, bytes: Bytes) -> BoxFuture<'a, Result<(), BlobError>> {
        let fault = *self.lock();
        Box::pin(self.put_and_fail(key, bytes, fault))
    }

    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Range<u64>,
    ) -> BoxFuture<'a, Result<Bytes, BlobError>> {
        self.inner.blobs.get(key, range)
    }

    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), BlobError>> {
        self.inner.blobs.delete(key)
    }
}
