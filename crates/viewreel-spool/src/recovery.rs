//! Taking stock of a spool directory after whatever happened to the process.

use crate::entry::{Entry, OPEN, SEALED, SpoolError};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use viewreel_format::limits::{MAX_HEADER_BYTES, MAX_SEGMENT_BYTES};
use viewreel_format::{Recovered, ReplayId, SealedSegment, SegmentHeader, recover};

/// What became of one file.
pub(crate) enum Found {
    /// A sealed segment.
    Sealed(Entry),
    /// It was open and is sealed now.
    Closed(Entry, Cutoff),
    /// Nothing could be read of it; it was deleted.
    Damaged,
    /// It held no record; it was deleted.
    Empty,
}

/// Where the recording of a replay broke off because its process was killed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cutoff {
    /// Which replay.
    pub replay: ReplayId,
    /// The phone's wall clock at its last record, milliseconds since 1970 UTC.
    pub wall_ms: i64,
}

/// Every segment file of a directory, by age.
pub(crate) fn segment_files(dir: &Path) -> Result<Vec<PathBuf>, SpoolError> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(SpoolError::io("list", dir))? {
        let path = entry.map_err(SpoolError::io("list", dir))?.path();
        if matches!(extension(&path), Some(OPEN | SEALED)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// The extension of a file whose name is text, as those of a spool are.
fn extension(path: &Path) -> Option<&str> {
    path.file_name()?.to_str().and(path.extension()?.to_str())
}

/// Takes one file in; closes it where it was left open.
pub(crate) fn adopt(path: &Path) -> Result<Found, SpoolError> {
    match extension(path) {
        Some(SEALED) => adopt_sealed(path),
        _ => adopt_open(path),
    }
}

/// A file is synced before it gets the name of a sealed one, and nothing writes
/// to it afterwards. So its header is all that is read: a start must not take the
/// longer the more is spooled. What a failing disk made of the rest, the server
/// will refuse as `invalid`.
fn adopt_sealed(path: &Path) -> Result<Found, SpoolError> {
    let file = File::open(path).map_err(SpoolError::io("open", path))?;
    let bytes = file.metadata().map_err(SpoolError::io("measure", path))?.len();
    let head = read(file, path, MAX_HEADER_BYTES)?;
    match SegmentHeader::parse_first(&head) {
        Ok(header) if bytes <= MAX_SEGMENT_BYTES as u64 => {
            Ok(Found::Sealed(Entry::left(&header, bytes, path.to_owned())))
        }
        _ => remove(path).map(|()| Found::Damaged),
    }
}

/// What a killed process left open may end anywhere, so every byte is checked.
fn adopt_open(path: &Path) -> Result<Found, SpoolError> {
    let file = File::open(path).map_err(SpoolError::io("open", path))?;
    let mut bytes = read(file, path, MAX_SEGMENT_BYTES)?;
    match recover(&bytes) {
        Err(_) => return remove(path).map(|()| Found::Damaged),
        Ok(Recovered::Empty) => return remove(path).map(|()| Found::Empty),
        Ok(Recovered::Sealed) => {}
        Ok(Recovered::Cut { keep_bytes, footer }) => {
            close(path, keep_bytes, &footer)?;
            bytes.truncate(keep_bytes);
            bytes.extend(footer);
        }
    }
    closed(&bytes, path)
}

fn closed(bytes: &[u8], path: &Path) -> Result<Found, SpoolError> {
    let Ok(segment) = SealedSegment::parse(bytes) else {
        return remove(path).map(|()| Found::Damaged);
    };
    let header = segment.header();
    let length_ms = segment.footer().end_ms.saturating_sub(header.start_ms);
    let cutoff = Cutoff {
        replay: header.replay.clone(),
        wall_ms: header.wall_ms.saturating_add_unsigned(length_ms),
    };
    let entry = Entry::left(header, bytes.len() as u64, seal_name(path)?);
    Ok(Found::Closed(entry, cutoff))
}

/// No segment is larger than its limit, so what follows it is never read.
fn read(file: File, path: &Path, limit: usize) -> Result<Vec<u8>, SpoolError> {
    let mut bytes = Vec::new();
    file.take(limit as u64).read_to_end(&mut bytes).map_err(SpoolError::io("read", path))?;
    Ok(bytes)
}

/// Cuts the file and appends the footer. Where the process dies in between,
/// the next start finds the same chunks and does it again.
fn close(path: &Path, keep_bytes: usize, footer: &[u8]) -> Result<(), SpoolError> {
    let mut file =
        OpenOptions::new().append(true).open(path).map_err(SpoolError::io("open", path))?;
    file.set_len(keep_bytes as u64).map_err(SpoolError::io("cut", path))?;
    file.write_all(footer).map_err(SpoolError::io("write", path))?;
    file.sync_data().map_err(SpoolError::io("sync", path))
}

pub(crate) fn remove(path: &Path) -> Result<(), SpoolError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(SpoolError::io("delete", path)(error))
        }
        _ => Ok(()),
    }
}

/// Makes the names in the directory survive the death of the machine.
pub(crate) fn sync_dir(dir: &Path) -> Result<(), SpoolError> {
    // Other systems do not open directories, and keep names on their own.
    if cfg!(unix) {
        let sync = |dir: File| dir.sync_all();
        File::open(dir).and_then(sync).map_err(SpoolError::io("sync", dir))?;
    }
    Ok(())
}

/// Gives a sealed file the name of one.
pub(crate) fn seal_name(path: &Path) -> Result<PathBuf, SpoolError> {
    let sealed = path.with_extension(SEALED);
    if sealed != path {
        std::fs::rename(path, &sealed).map_err(SpoolError::io("rename", path))?;
    }
    Ok(sealed)
}
