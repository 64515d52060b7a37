//! Taking stock of a spool directory after whatever happened to the process.

use crate::entry::{Entry, OPEN, SEALED, SpoolError};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use viewreel_format::limits::MAX_SEGMENT_BYTES;
use viewreel_format::{Recovered, SealedSegment, recover};

/// What became of one file.
pub(crate) enum Found {
    /// A sealed segment.
    Sealed(Entry),
    /// It was open and is sealed now.
    Closed(Entry),
    /// Nothing could be read of it; it was deleted.
    Damaged,
    /// It held no record; it was deleted.
    Empty,
}

/// Every segment file of a directory, by age.
pub(crate) fn segment_files(dir: &Path) -> Result<Vec<PathBuf>, SpoolError> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).map_err(SpoolError::io("list", dir))? {
        let path = entry.map_err(SpoolError::io("list", dir))?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        if matches!(extension, Some(OPEN | SEALED)) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Reads one file; closes it where it was left open.
pub(crate) fn adopt(path: &Path) -> Result<Found, SpoolError> {
    let bytes = read(path)?;
    match recover(&bytes) {
        Err(_) => remove(path).map(|()| Found::Damaged),
        Ok(Recovered::Empty) => remove(path).map(|()| Found::Empty),
        Ok(Recovered::Sealed) => entry(&bytes, seal_name(path)?, Found::Sealed),
        Ok(Recovered::Cut { keep_bytes, footer }) => {
            close(path, keep_bytes, &footer)?;
            let path = seal_name(path)?;
            let whole = [bytes.get(..keep_bytes).unwrap_or_default(), &footer].concat();
            entry(&whole, path, Found::Closed)
        }
    }
}

fn entry(
    bytes: &[u8],
    path: PathBuf,
    found: impl FnOnce(Entry) -> Found,
) -> Result<Found, SpoolError> {
    match SealedSegment::parse(bytes) {
        Ok(segment) => Ok(found(Entry::new(segment.header(), bytes.len() as u64, path))),
        Err(_) => remove(&path).map(|()| Found::Damaged),
    }
}

/// No segment is larger than its limit, so what follows it is never read.
fn read(path: &Path) -> Result<Vec<u8>, SpoolError> {
    let file = File::open(path).map_err(SpoolError::io("open", path))?;
    let mut bytes = Vec::new();
    let limit = MAX_SEGMENT_BYTES as u64;
    file.take(limit).read_to_end(&mut bytes).map_err(SpoolError::io("read", path))?;
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
