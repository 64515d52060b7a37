//! The spool directory.

use crate::entry::{Entry, SpoolError, open_path};
use crate::pictures::Pictures;
use crate::recovery::{self, Cutoff, Found};
use crate::trim::{Limits, victims};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use viewreel_format::{ReplayId, SegmentHeader};
use viewreel_model::{ImageId, SegmentId};

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
    /// Whether the directory could be neither listed nor made. What is in it is
    /// not sent before the next start; new segments are tried all the same.
    pub is_out_of_reach: bool,
}

/// The folder of pictures beside the segments.
const PICTURES: &str = "pictures";

/// A directory of segments. One process may have it open at a time.
///
/// # Age
/// Wall clocks jump, by a user's hand or by the network's, so no process trims by
/// its wall clock alone. The spool has a clock of its own. It starts at what is
/// earlier: the wall clock at opening, or the start of the newest segment of those
/// that earlier processes left. From there it goes on by the time that the
/// process runs. So a wall clock that is suddenly days ahead costs nothing; only
/// when one process has recorded under it, and another one starts, is what came
/// before the jump old. What a phone left unsent when it was last used is not
/// lost either, however long ago that was.
#[derive(Debug)]
pub struct Spool {
    dir: PathBuf,
    limits: Limits,
    open: Option<OpenSegment>,
    /// The replay of the newest segment, which trimming spares longest.
    recording: Option<ReplayId>,
    /// Sealed segments, oldest first.
    entries: Vec<Entry>,
    /// The spool's own clock at its opening.
    opened_ms: i64,
    /// What the volume has free, as far as is known.
    free_bytes: u64,
    cutoff: Option<Cutoff>,
    pictures: Pictures,
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
    /// process left open, and trims. `wall_ms` is the wall clock, milliseconds
    /// since 1970 UTC. It never fails: what cannot be read is in the report, and
    /// costs nothing else. Takes a few system calls for each sealed file, and
    /// reads open files whole.
    #[must_use]
    pub fn open(dir: &Path, limits: Limits, wall_ms: i64) -> (Self, OpenReport) {
        let mut spool = Self {
            dir: dir.to_owned(),
            limits,
            open: None,
            recording: None,
            entries: Vec::new(),
            opened_ms: wall_ms,
            free_bytes: u64::MAX,
            cutoff: None,
            pictures: Pictures::open(&dir.join(PICTURES), wall_ms),
        };
        let mut report = OpenReport::default();
        let made = std::fs::create_dir_all(dir).map_err(SpoolError::io("create", dir));
        match made.and_then(|()| recovery::segment_files(dir)) {
            Ok(files) => files.iter().for_each(|path| spool.take_stock(path, &mut report)),
            Err(_) => report.is_out_of_reach = true,
        }
        let newest_ms = spool.entries.iter().map(|entry| entry.born_ms).max();
        spool.opened_ms = newest_ms.unwrap_or(wall_ms).min(wall_ms);
        report.trimmed = spool.trim(0);
        (spool, report)
    }

    fn take_stock(&mut self, path: &Path, report: &mut OpenReport) {
        match recovery::adopt(path) {
            Ok(Found::Sealed(entry)) => {
                self.entries.push(entry);
                self.cutoff = None;
            }
            Ok(Found::Closed(entry, cutoff)) => {
                report.closed += 1;
                self.entries.push(entry);
                self.cutoff = Some(cutoff);
            }
            Ok(Found::Damaged) => report.damaged += 1,
            Ok(Found::Empty) => report.empty += 1,
            Err(_) => report.unreadable += 1,
        }
    }

    /// Where the newest segment at opening broke off, if it had been left open.
    #[must_use]
    pub fn cutoff(&self) -> Option<&Cutoff> {
        self.cutoff.as_ref()
    }

    /// Pictures that wait, and what is known of the server's.
    #[must_use]
    pub fn pictures(&self) -> &Pictures {
        &self.pictures
    }

    /// Pictures, to add some and to say what became of others.
    pub fn pictures_mut(&mut self) -> &mut Pictures {
        &mut self.pictures
    }

    /// Keeps an encoded picture of a device until its ack.
    ///
    /// # Errors
    /// Where too little is free or the file system refuses.
    pub fn add_picture(
        &mut self,
        device_id: &str,
        image_id: ImageId,
        bytes: &[u8],
    ) -> Result<(), SpoolError> {
        self.check_space()?;
        self.free_bytes = self.free_bytes.saturating_sub(bytes.len() as u64);
        self.pictures.add(device_id, image_id, bytes)
    }

    fn check_space(&self) -> Result<(), SpoolError> {
        match self.free_bytes < self.limits.min_free_bytes {
            true => Err(SpoolError::LittleSpace { free_bytes: self.free_bytes }),
            false => Ok(()),
        }
    }

    /// Takes what the host's volume has free, in bytes. Where it never says,
    /// there is room.
    pub fn set_free_bytes(&mut self, free_bytes: u64) {
        self.free_bytes = free_bytes;
    }

    /// Creates the file of a new segment with its first bytes, and its directory
    /// where that is gone. A segment that is still open stays an open file, which
    /// the next start closes.
    ///
    /// # Errors
    /// Where too little is free or the file system refuses. No file is left then.
    pub fn begin(&mut self, header: &SegmentHeader, bytes: &[u8]) -> Result<(), SpoolError> {
        self.check_space()?;
        let path = open_path(&self.dir, header);
        let file = self.create(&path).map_err(SpoolError::io("create", &path))?;
        self.recording = Some(header.replay.clone());
        self.open = Some(OpenSegment { header: header.clone(), path, file, bytes: 0 });
        self.append(bytes).inspect_err(|_| drop(self.abandon()))
    }

    fn create(&self, path: &Path) -> std::io::Result<File> {
        let create = || OpenOptions::new().append(true).create_new(true).open(path);
        create().or_else(|error| match error.kind() {
            ErrorKind::NotFound => std::fs::create_dir_all(&self.dir).and_then(|()| create()),
            _ => Err(error),
        })
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
        self.free_bytes = self.free_bytes.saturating_sub(bytes.len() as u64);
        Ok(())
    }

    /// Appends the last bytes of the open segment, syncs and renames its file,
    /// and trims. `run_ms` is the time since the spool was opened, milliseconds on
    /// a clock that does not jump; segments' record times count from then too.
    /// Returns how many segments were trimmed.
    ///
    /// # Errors
    /// Where no segment is open or the file system refuses. What was written
    /// stays an open file, which the next start closes.
    pub fn seal(&mut self, bytes: &[u8], run_ms: u64) -> Result<u32, SpoolError> {
        self.append(bytes)?;
        let open = self.open.take().ok_or(SpoolError::NoOpenSegment)?;
        open.file.sync_data().map_err(SpoolError::io("sync", &open.path))?;
        let path = recovery::seal_name(&open.path)?;
        recovery::sync_dir(&self.dir)?;
        let born_ms = self.opened_ms.saturating_add_unsigned(open.header.start_ms);
        self.entries.push(Entry { born_ms, ..Entry::left(&open.header, open.bytes, path) });
        self.entries.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(self.trim(run_ms))
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

    /// The sealed segment whose file has this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Entry> {
        let at = self.entries.binary_search_by(|entry| entry.name().cmp(name)).ok()?;
        self.entries.get(at)
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
    fn trim(&mut self, run_ms: u64) -> u32 {
        let now_ms = self.opened_ms.saturating_add_unsigned(run_ms);
        let gone = victims(&self.entries, self.limits, now_ms, self.recording.as_ref());
        match gone.is_empty() {
            true => 0,
            false => self.remove_where(|entry| gone.contains(&entry.segment_id)).0,
        }
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
