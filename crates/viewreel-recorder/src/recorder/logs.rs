//! Which log lines are recorded.

use viewreel_format::LogThreshold;
use viewreel_format::limits::MAX_LOG_BYTES;
use viewreel_model::record::LogLevel;

/// Most log lines of a replay. An app that logs in a loop has no replay of its logs.
pub const MAX_LOGS: u32 = 1_000;

/// Longest log line, in characters; the rest is cut.
pub const MAX_LOG_CHARS: usize = 2_000;

// A character is four bytes at most.
const _: () = assert!(MAX_LOG_CHARS * 4 <= MAX_LOG_BYTES);

/// Counts the log lines of a replay.
#[derive(Clone, Copy, Debug)]
pub(super) struct Logs {
    pub(super) threshold: LogThreshold,
    left: u32,
}

impl Default for Logs {
    fn default() -> Self {
        Self { threshold: LogThreshold::All, left: MAX_LOGS }
    }
}

impl Logs {
    /// Whether lines of that level are asked for.
    pub(super) fn takes(self, level: LogLevel) -> bool {
        self.threshold.takes(level)
    }

    /// Whether there is room for one more; then there is room for one less.
    pub(super) fn take_one(&mut self) -> bool {
        let has_room = self.left > 0;
        self.left = self.left.saturating_sub(1);
        has_room
    }

    /// Another replay begins.
    pub(super) fn begin(&mut self) {
        self.left = MAX_LOGS;
    }
}
