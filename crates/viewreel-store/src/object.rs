//! Objects that no row speaks of yet.

use crate::date::object_key;
use crate::error::StoreError;
use crate::store::Inner;
use bytes::Bytes;

/// Writes objects, each with an intent row before it, and takes them back.
#[derive(Clone, Copy)]
pub(crate) struct Objects<'a> {
    store: &'a Inner,
    now_ms: i64,
}

impl<'a> Objects<'a> {
    /// Objects of an instant of the server's wall clock, milliseconds since 1970.
    pub(crate) const fn at(store: &'a Inner, now_ms: i64) -> Self {
        Self { store, now_ms }
    }

    /// The name of a new object of that kind.
    pub(crate) fn name(&self, kind: &str) -> String {
        object_key(kind, self.now_ms, self.store.seams.random())
    }

    /// Writes a new object; where that fails, nothing of it is left.
    pub(crate) async fn write(&self, key: &str, bytes: Bytes) -> Result<(), StoreError> {
        self.store.index.intend(key, bytes.len() as u64, self.now_ms).await?;
        let written = self.store.blobs.put(key, bytes).await;
        if written.is_err() {
            self.discard(key).await;
        }
        Ok(written?)
    }

    /// Deletes an object that no row speaks of, then its intent. Where that
    /// fails the intent stays and the next start does it.
    pub(crate) async fn discard(&self, key: &str) {
        let deleted = match self.store.blobs.delete(key).await {
            Ok(()) => self.store.index.forget_object(key).await,
            Err(error) => Err(error.into()),
        };
        if let Err(error) = deleted {
            tracing::warn!(%error, "an unused object stays until the next start");
        }
    }
}
