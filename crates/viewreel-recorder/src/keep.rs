//! What is remembered from one process to the next.

use std::fs::File;
use std::io::{ErrorKind, Read, Result, Write};
use std::path::{Path, PathBuf};

/// Most bytes of a note.
pub const MAX_NOTE_BYTES: u64 = 64 << 10;

/// One thing that is remembered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// That the user refused. It says so by being there, whatever its bytes.
    OptOut,
    /// The last good config record, as the server sent it.
    Config,
    /// What the crash guard has to know.
    Guard,
    /// The key under which pictures are named.
    PictureKey,
}

impl Note {
    const fn file_name(self) -> &'static str {
        match self {
            Self::OptOut => "opt-out",
            Self::Config => "config",
            Self::Guard => "guard",
            Self::PictureKey => "picture-key",
        }
    }
}

/// Remembers notes. A note is there whole or not at all, whenever the process or
/// the machine dies.
pub trait Keep: Send {
    /// The note, where there is one.
    ///
    /// # Errors
    /// Where nobody can tell.
    fn read(&self, note: Note) -> Result<Option<Vec<u8>>>;

    /// Writes the note, at most [`MAX_NOTE_BYTES`], in place of an earlier one.
    ///
    /// # Errors
    /// Where it may not outlive the process; an earlier one may be there still.
    fn write(&mut self, note: Note, bytes: &[u8]) -> Result<()>;

    /// Takes the note away, if there is one.
    ///
    /// # Errors
    /// Where it may be there again in the next process.
    fn remove(&mut self, note: Note) -> Result<()>;
}

/// A folder with a file for each note. It may not be that of a spool.
///
/// A new note is written beside the old one, synced, and renamed.
#[derive(Clone, Debug)]
pub struct Folder {
    dir: PathBuf,
}

impl Folder {
    /// A folder at that path. It is made when the first note is written.
    #[must_use]
    pub fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    fn path(&self, note: Note) -> PathBuf {
        self.dir.join(note.file_name())
    }

    fn sync(&self) -> Result<()> {
        File::open(&self.dir)?.sync_all()
    }
}

impl Keep for Folder {
    fn read(&self, note: Note) -> Result<Option<Vec<u8>>> {
        let file = match File::open(self.path(note)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let mut bytes = Vec::new();
        file.take(MAX_NOTE_BYTES).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    fn write(&mut self, note: Note, bytes: &[u8]) -> Result<()> {
        std::fs::create_dir_all(&self.dir)?;
        let path = self.path(note);
        let written = path.with_extension("new");
        let mut file = File::create(&written)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&written, &path)?;
        self.sync()
    }

    fn remove(&mut self, note: Note) -> Result<()> {
        match std::fs::remove_file(self.path(note)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            removed => removed.and_then(|()| self.sync()),
        }
    }
}

#[cfg(test)]
pub(crate) mod memory {
    use super::{Keep, Note, Result};
    use std::collections::BTreeMap;
    use std::io::ErrorKind;

    /// Notes in memory, on a disk that may be broken.
    #[derive(Clone, Debug, Default)]
    pub(crate) struct Memory {
        pub(crate) notes: BTreeMap<Note, Vec<u8>>,
        pub(crate) is_broken: bool,
    }

    impl Memory {
        fn check(&self) -> Result<()> {
            if self.is_broken { Err(ErrorKind::PermissionDenied.into()) } else { Ok(()) }
        }
    }

    impl Keep for Memory {
        fn read(&self, note: Note) -> Result<Option<Vec<u8>>> {
            self.check().map(|()| self.notes.get(&note).cloned())
        }

        fn write(&mut self, note: Note, bytes: &[u8]) -> Result<()> {
            self.check()?;
            self.notes.insert(note, bytes.to_vec());
            Ok(())
        }

        fn remove(&mut self, note: Note) -> Result<()> {
            self.check()?;
            self.notes.remove(&note);
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Folder, Keep, MAX_NOTE_BYTES, Note};
    use std::io::Result;
    use tempfile::TempDir;

    #[test]
    fn a_note_is_there_until_it_is_taken_away() -> Result<()> {
        let dir = TempDir::new()?;
        let mut folder = Folder::new(&dir.path().join("made/later"));
        assert_eq!(folder.read(Note::Config)?, None);
        folder.remove(Note::Config)?;
        folder.write(Note::Config, b"first")?;
        folder.write(Note::Config, b"2nd")?;
        folder.write(Note::OptOut, b"")?;
        let other = Folder::new(&dir.path().join("made/later"));
        assert_eq!(other.read(Note::Config)?.as_deref(), Some(b"2nd".as_slice()));
        assert_eq!(other.read(Note::OptOut)?.as_deref(), Some(b"".as_slice()));
        assert_eq!(other.read(Note::Guard)?, None);
        folder.remove(Note::Config)?;
        assert_eq!(other.read(Note::Config)?, None);
        Ok(())
    }

    #[test]
    fn a_write_that_was_cut_short_leaves_the_note_before_it() -> Result<()> {
        let dir = TempDir::new()?;
        let mut folder = Folder::new(dir.path());
        folder.write(Note::Guard, b"whole")?;
        std::fs::write(dir.path().join("guard.new"), b"ha")?;
        assert_eq!(folder.read(Note::Guard)?.as_deref(), Some(b"whole".as_slice()));
        folder.write(Note::Guard, b"next")?;
        assert_eq!(folder.read(Note::Guard)?.as_deref(), Some(b"next".as_slice()));
        Ok(())
    }

    #[test]
    fn a_disk_that_refuses_is_an_error_and_not_the_lack_of_a_note() -> Result<()> {
        let dir = TempDir::new()?;
        let in_the_way = dir.path().join("file");
        std::fs::write(&in_the_way, b"")?;
        let mut folder = Folder::new(&in_the_way);
        assert!(folder.read(Note::OptOut).is_err());
        assert!(folder.write(Note::OptOut, b"").is_err());
        Ok(())
    }

    #[test]
    fn a_file_that_is_too_long_is_read_in_part() -> Result<()> {
        let dir = TempDir::new()?;
        std::fs::write(dir.path().join("config"), vec![7; 1 << 20])?;
        let read = Folder::new(dir.path()).read(Note::Config)?;
        assert_eq!(read.map(|bytes| bytes.len() as u64), Some(MAX_NOTE_BYTES));
        Ok(())
    }
}
