//! Work that is due now and then.

use std::sync::atomic::{AtomicU64, Ordering};

/// When something is due next, on a clock that never goes back; at first, at once.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    due_ms: AtomicU64,
}

impl Pace {
    /// Whether it is due, which it then is again after `every_ms`. Only one of
    /// several callers at once is told so.
    pub(crate) fn take(&self, now_ms: u64, every_ms: u64) -> bool {
        let due_ms = self.due_ms.load(Ordering::Relaxed);
        let next_ms = now_ms.saturating_add(every_ms);
        let order = Ordering::Relaxed;
        now_ms >= due_ms && self.due_ms.compare_exchange(due_ms, next_ms, order, order).is_ok()
    }

    /// Makes it due at once.
    pub(crate) fn hasten(&self) {
        self.due_ms.store(0, Ordering::Relaxed);
    }
}
