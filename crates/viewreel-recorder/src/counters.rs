//! What happened to everything that was not simply recorded.

/// Counts since the recorder's start. Nothing is lost without being counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Captures that were given.
    pub captures: u64,
    /// Captures that could not be decoded or were over a limit.
    pub captures_rejected: u64,
    /// Nodes that were cut off because of the limits.
    pub nodes_cut: u64,
    /// Captures in which nothing had changed.
    pub captures_unchanged: u64,
    /// Records that fitted into no segment or met a full disk.
    pub records_dropped: u64,
    /// Log lines beyond what a replay may have.
    pub logs_dropped: u64,
    /// Segments that were sealed.
    pub segments_sealed: u64,
    /// Bytes of them.
    pub bytes_sealed: u64,
    /// Segments that were lost to the file system. While it goes on refusing, that
    /// is one; what is not recorded meanwhile is in `records_dropped`.
    pub segments_failed: u64,
    /// Segments that were trimmed before they were acknowledged.
    pub segments_trimmed: u64,
    /// Segments that the server has durably.
    pub segments_acked: u64,
    /// Segments that the server refused for good.
    pub segments_refused: u64,
    /// Segments of replays that the server does not want.
    pub segments_discarded: u64,
    /// Pictures that the server has.
    pub pictures_acked: u64,
    /// Pictures that the server will never take, or that were lost to the file system.
    pub pictures_refused: u64,
    /// Decision records that were refused, or pushed out by later ones.
    pub decisions_dropped: u64,
    /// Results that were reported twice, or of whose task nothing is left.
    pub reports_stale: u64,
}

impl Counters {
    /// A segment of so many bytes was sealed, for which others were trimmed.
    pub(crate) fn sealed(&mut self, bytes: usize, trimmed: u32) {
        self.segments_sealed += 1;
        self.bytes_sealed += bytes as u64;
        self.segments_trimmed += u64::from(trimmed);
    }
}
