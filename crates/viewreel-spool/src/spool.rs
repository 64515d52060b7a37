//! The spool directory.

use crate::entry::{Entry, SpoolError, open_path};
use crate::recovery::{self, Found};
use crate::trim::{Limits, victims};
use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use viewreel_format::{ReplayId, SegmentHeader};
use viewreel_model::SegmentId;

/// What opening a spool found and did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// Segments that a killed process had left open and that are sealed now.
    pub closed: u32,
    /// Files of which nothing could be read; they are gone.
    pub damaged: u32,
    /// Open files without a record; they are gone.
    pub empty: u32,
    /// Files that could not be read or closed; they are where they were, and
    /// the next start tries again.
    pub unreadable: u32,
    /// Segments that were trimmed.
    pub trimmed: u32,
}

/// A directory of segments. One process may have it open at a time.
#[derive(Debug)]
pub struct Spool {
    dir: PathBuf,
    limits: Limits,
    open: Option<OpenSegment>,
    /// The replay of the newest segment, which trimming spares longest.
    recording: Option<ReplayId>,
    /// Sealed segments, oldest first.
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct OpenSegment {
    header: SegmentHeader,
    path: PathBuf,
    file: File,
    bytes: u64,
}

impl Spool {
    /// Opens a spool, creates its directory where needed, seals what a killed
    /// process left open, and trims. `now_wall_ms` is the wall clock,
    /// milliseconds since 1970 UTC. A file that cannot be read costs no other.
    ///
    /// # Errors
    /// Where the directory cannot be made or listed.
    pub fn open(
        dir: &Path,
        limits: Limits,
        now_wall_ms: i64,
    ) -> Result<(Self, OpenReport), SpoolError> {
        std::fs::create_dir_all(dir).map_err(SpoolError::io("create", dir))?;
        let mut spool =
            Self { dir: dir.to_owned(), limits, open: None, recording: None, entries: Vec::new() };
        let mut report = OpenReport::default();
        for path in recovery::segment_files(dir)? {
            spool.take_stock(&path, &mut report);
        }
        report.trimmed = spool.trim(now_wall_ms);
        Ok((spool, report))
    }

    fn take_stock(&mut self, path: &Path, report: &mut OpenReport) {
        match recovery::adopt(path) {
            Ok(Found::Sealed(entry)) => self.entries.push(entry),
            Ok(Found::Closed(entry)) => {
                report.closed += 1;
                self.entries.push(entry);
            }
            Ok(Found::Damaged) => report.damaged += 1,
            Ok(Found::Empty) => report.empty += 1,
            Err(_) => report.unreadable += 1,
        }
    }

    /// Creates the file of a new segment with its first bytes. A segment that
    /// is still open stays an open file, which the next start closes.
    ///
    /// # Errors
    /// Where the file system refuses. No file is left then.
    pub fn begin(&mut self, header: &SegmentHeader, bytes: &[u8]) -> Result<(), SpoolError> {
        let path = open_path(&self.dir, header);
        let file = OpenOptions::new()
            .append(true)
            .create_new(true)
            .open(&path)
            .map_err(SpoolError::io("create", &path))?;
        self.recording = Some(header.replay.clone());
        self.open = Some(OpenSegment { header: header.clone(), path, file, bytes: 0 });
        self.append(bytes).inspect_err(|_| drop(self.abandon()))
    }

    /// Appends bytes to the open segment. They survive the death of the process
    /// when this returns, and the death of the machine when the segment is sealed.
    ///
    /// # Errors
    /// Where no segment is open or the file system refuses.
    pub fn append(&mut self, bytes: &[u8]) -> Result<(), SpoolError> {
        let open = self.open.as_mut().ok_or(SpoolError::NoOpenSegment)?;
        open.file.write_all(bytes).map_err(SpoolError::io("write", &open.path))?;
        open.bytes += bytes.len() as u64;
        Ok(())
    }

    /// Appends the last bytes of the open segment, syncs and renames its file,
    /// and trims. Returns how many segments were trimmed.
    ///
    /// # Errors
    /// Where no segment is open or the file system refuses. What was written
    /// stays an open file, which the next start closes.
    pub fn seal(&mut self, bytes: &[u8], now_wall_ms: i64) -> Result<u32, SpoolError> {
        self.append(bytes)?;
        let open = self.open.take().ok_or(SpoolError::NoOpenSegment)?;
        open.file.sync_data().map_err(SpoolError::io("sync", &open.path))?;
        let path = recovery::seal_name(&open.path)?;
        recovery::sync_dir(&self.dir)?;
        self.entries.push(Entry::new(&open.header, open.bytes, path));
        self.entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(self.trim(now_wall_ms))
    }

    /// Gives up the open segment and deletes its file.
    ///
    /// # Errors
    /// Where the file system refuses.
    pub fn abandon(&mut self) -> Result<(), SpoolError> {
        self.open.take().map_or(Ok(()), |open| recovery::remove(&open.path))
    }

    /// The sealed segments that wait for their ack, oldest first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Deletes a sealed segment: it was acknowledged, or nobody wants it.
    ///
    /// # Errors
    /// Where the file system refuses. The segment is forgotten all the same, so
    /// that it is not sent for ever; the next start finds its file again.
    pub fn remove(&mut self, segment_id: SegmentId) -> Result<(), SpoolError> {
        self.remove_where(|entry| entry.segment_id == segment_id).1
    }

    /// Deletes all sealed segments of a replay and returns how many there were.
    ///
    /// # Errors
    /// As [`Spool::remove`].
    pub fn discard(&mut self, replay: &ReplayId) -> Result<u32, SpoolError> {
        let (count, deleted) = self.remove_where(|entry| entry.replay == *replay);
        deleted.map(|()| count)
    }

    /// A file that cannot be deleted is no reason to keep trimming others, nor
    /// to call what was just sealed lost.
    fn trim(&mut self, now_wall_ms: i64) -> u32 {
        let victims = victims(&self.entries, self.limits, now_wall_ms, self.recording.as_ref());
        let gone: HashSet<SegmentId> = victims
            .into_iter()
            .filter_map(|at| self.entries.get(at).map(|entry| entry.segment_id))
            .collect();
        self.remove_where(|entry| gone.contains(&entry.segment_id)).0
    }

    /// Forgets entries and deletes their files; how many there were, and the
    /// last thing that went wrong.
    fn remove_where(&mut self, goes: impl Fn(&Entry) -> bool) -> (u32, Result<(), SpoolError>) {
        let (mut count, mut deleted) = (0, Ok(()));
        self.entries.retain(|entry| {
            let goes = goes(entry);
            if goes {
                count += 1;
                deleted =
                    recovery::remove(&entry.path).and(std::mem::replace(&mut deleted, Ok(())));
            }
            !goes
        });
        (count, deleted)
    }
}
