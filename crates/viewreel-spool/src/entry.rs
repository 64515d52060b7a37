//! One sealed segment on disk.

use std::path::{Path, PathBuf};
use viewreel_format::{ReplayId, SegmentHeader, format_segment_id};
use viewreel_model::SegmentId;

pub(crate) const OPEN: &str = "open";
pub(crate) const SEALED: &str = "seg";

/// Why the spool could not do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum SpoolError {
    /// The file system refused.
    #[error("cannot {action} {path}: {source}", path = .path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// With which file or directory.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A segment was to be continued, but none is open.
    #[error("no segment is open")]
    NoOpenSegment,
    /// The volume has less free than is to be left to others.
    #[error("the volume has {free_bytes} bytes free, which are left to others")]
    LittleSpace {
        /// What is free, in bytes.
        free_bytes: u64,
    },
}

impl SpoolError {
    pub(crate) fn io<'a>(
        action: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(std::io::Error) -> Self + use<'a> {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }
}

/// One sealed segment that waits for its ack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which segment.
    pub segment_id: SegmentId,
    /// Of which replay.
    pub replay: ReplayId,
    /// The phone's wall clock at its start, milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// Length of the file.
    pub bytes: u64,
    /// The file: an upload body as it stands.
    pub path: PathBuf,
    /// Its start by the spool's own clock.
    pub(crate) born_ms: i64,
}

impl Entry {
    /// A segment that an earlier process left.
    pub(crate) fn left(header: &SegmentHeader, bytes: u64, path: PathBuf) -> Self {
        Self {
            segment_id: header.segment_id,
            replay: header.replay.clone(),
            wall_ms: header.wall_ms,
            bytes,
            path,
            born_ms: header.wall_ms,
        }
    }

    /// The name of its file, which stays the same from process to process.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }
}

/// The path of a segment's file while it is open.
pub(crate) fn open_path(dir: &Path, header: &SegmentHeader) -> PathBuf {
    let wall = header.wall_ms.max(0);
    let (run, seq) = (header.run.0, header.seq);
    let id = format_segment_id(header.segment_id);
    dir.join(format!("{wall:016x}-{run:016x}-{seq:08x}-{id}.{OPEN}"))
}
