//! Output files that are whole or not there.

use std::fs::Permissions;
use std::io::{Error, Result, Write};
use std::path::Path;
use tempfile::{Builder, NamedTempFile};

/// Writes a file as a whole: whatever fails, no half file is left, and a file
/// that was there before stays as it was. What is no regular file, such as
/// `/dev/stdout`, is written to as it is.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let target = match std::fs::metadata(path) {
        Ok(there) if !there.is_file() => return std::fs::write(path, bytes),
        Ok(_) => path.canonicalize()?,
        Err(_) => path.to_owned(),
    };
    let mut file = beside(&target)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(&target).map(drop).map_err(Error::from)
}

/// A temporary file in the directory of `target`.
fn beside(target: &Path) -> Result<NamedTempFile> {
    let dir = target.parent().filter(|dir| !dir.as_os_str().is_empty());
    let dir = dir.unwrap_or(Path::new("."));
    if !dir.is_dir() {
        return Err(Error::other(format!("there is no directory {}", dir.display())));
    }
    let mut builder = Builder::new();
    if let Some(permissions) = ordinary() {
        builder.permissions(permissions);
    }
    builder.prefix(".viewreel-").tempfile_in(dir)
}

/// Those of any new file; temporary files are otherwise for their owner only.
#[cfg(unix)]
fn ordinary() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn ordinary() -> Option<Permissions> {
    None
}
