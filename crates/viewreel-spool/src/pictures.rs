//! Pictures that wait for their ack, and what the server is known to have.

use crate::entry::SpoolError;
use std::collections::HashSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use viewreel_model::ImageId;

/// Most bytes of pictures that wait; one more pushes the oldest out.
pub const MAX_PICTURES_BYTES: u64 = 10_000_000;

/// Most pictures that wait or are known to be at the server.
pub const MAX_PICTURES: usize = 4_096;

/// How long a picture is kept or known, in milliseconds. The server keeps what nobody
/// refers to for 8 days, and no segment waits longer than 7.
pub const MAX_PICTURE_AGE_MS: u64 = 7 * 24 * 60 * 60 * 1_000;

/// Between the picture and the device in the name of a file.
const OF_DEVICE: char = '-';

/// Digits of a picture's id in the name of a file.
const ID_DIGITS: usize = 16;

/// One picture of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureEntry {
    /// Which picture.
    pub image_id: ImageId,
    /// Of which device.
    pub device_id: String,
    /// Length of the file; 0 where the server has it.
    pub bytes: u64,
    /// The file: a request's body as it stands.
    pub path: PathBuf,
}

impl PictureEntry {
    /// Whether it waits for its ack.
    #[must_use]
    pub const fn waits(&self) -> bool {
        self.bytes > 0
    }

    /// The name of its file, which stays the same from process to process.
    #[must_use]
    pub fn name(&self) -> &str {
        self.path.file_name().and_then(|name| name.to_str()).unwrap_or_default()
    }

    fn read(path: &Path, bytes: u64) -> Option<Self> {
        let name = path.file_name()?.to_str()?;
        let (id, device_id) = name.split_once(OF_DEVICE)?;
        let image_id = ImageId(u64::from_str_radix(id, 16).ok()?);
        (id.len() == ID_DIGITS).then(|| Self {
            image_id,
            device_id: device_id.to_owned(),
            bytes,
            path: path.to_owned(),
        })
    }
}

/// A directory of pictures: one file each, of which nothing is left but its name when
/// the server has it. What a phone knows of the server is a hint, so nothing is synced
/// and nothing here is worth an error of its own.
#[derive(Debug, Default)]
pub struct Pictures {
    dir: PathBuf,
    /// The oldest first.
    entries: Vec<PictureEntry>,
    /// Names of those that came since a replay began.
    latest: HashSet<String>,
}

impl Pictures {
    /// Takes stock of a directory, and deletes what is too old by that wall clock,
    /// milliseconds since 1970 UTC. One that is not there is empty.
    pub(crate) fn open(dir: &Path, wall_ms: i64) -> Self {
        let mut files: Vec<(u64, PictureEntry)> = std::fs::read_dir(dir)
            .into_iter()
            .flatten()
            .filter_map(|file| found(&file.ok()?.path(), wall_ms))
            .collect();
        files.sort_by(|a, b| (a.0, &a.1.path).cmp(&(b.0, &b.1.path)));
        let entries = files.into_iter().map(|(_, entry)| entry).collect();
        let mut pictures = Self { dir: dir.to_owned(), entries, latest: HashSet::new() };
        pictures.trim();
        pictures
    }

    /// All pictures that wait or are known, the oldest first.
    #[must_use]
    pub fn entries(&self) -> &[PictureEntry] {
        &self.entries
    }

    /// Whether the picture waits, or the server is known to have it.
    #[must_use]
    pub fn knows(&self, device_id: &str, image_id: ImageId) -> bool {
        self.find(device_id, image_id).is_some()
    }

    /// The picture whose file has this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&PictureEntry> {
        self.entries.iter().find(|entry| entry.name() == name)
    }

    /// Keeps an encoded picture until its ack. Nothing happens where it is known.
    ///
    /// # Errors
    /// Where the file system refuses.
    pub fn add(
        &mut self,
        device_id: &str,
        image_id: ImageId,
        bytes: &[u8],
    ) -> Result<(), SpoolError> {
        if self.knows(device_id, image_id) {
            return Ok(());
        }
        let path = self.dir.join(format!("{:016x}{OF_DEVICE}{device_id}", image_id.0));
        let made = std::fs::create_dir_all(&self.dir).and_then(|()| write_whole(&path, bytes));
        made.map_err(SpoolError::io("write", &path))?;
        let (device_id, bytes) = (device_id.to_owned(), bytes.len() as u64);
        let entry = PictureEntry { image_id, device_id, bytes, path };
        self.latest.insert(entry.name().to_owned());
        self.entries.push(entry);
        self.trim();
        Ok(())
    }

    /// The server has it, or will never take it: of its file only the name is left.
    pub fn settle(&mut self, name: &str) {
        let entry = self.entries.iter_mut().find(|entry| entry.name() == name);
        if let Some(entry) = entry {
            entry.bytes = 0;
            // What is there again after a crash is sent again.
            let _ = std::fs::write(&entry.path, []);
        }
    }

    /// The server does not have these, whatever was thought.
    pub fn forget(&mut self, image_ids: &[ImageId]) {
        self.remove_where(|entry| !entry.waits() && image_ids.contains(&entry.image_id));
    }

    /// Whether that picture waits, whosever it is.
    #[must_use]
    pub fn waits(&self, image_id: ImageId) -> bool {
        self.entries.iter().any(|entry| entry.waits() && entry.image_id == image_id)
    }

    /// A replay begins: what comes from now on is of it.
    pub fn begin_replay(&mut self) {
        self.latest.clear();
    }

    /// Deletes what waits and came since the replay began.
    pub fn discard_latest(&mut self) {
        let latest = std::mem::take(&mut self.latest);
        self.remove_where(|entry| entry.waits() && latest.contains(entry.name()));
    }

    /// Deletes everything, what is known of the server's too.
    pub fn discard(&mut self) {
        self.remove_where(|_| true);
    }

    fn find(&self, device_id: &str, image_id: ImageId) -> Option<&PictureEntry> {
        let is_it =
            |entry: &&PictureEntry| entry.image_id == image_id && entry.device_id == device_id;
        self.entries.iter().find(is_it)
    }

    /// The oldest go where there are too many.
    fn trim(&mut self) {
        let mut bytes: u64 = self.entries.iter().map(|entry| entry.bytes).sum();
        let mut count = self.entries.len();
        self.remove_where(|entry| {
            let goes = count > MAX_PICTURES || entry.waits() && bytes > MAX_PICTURES_BYTES;
            if goes {
                (count, bytes) = (count - 1, bytes - entry.bytes);
            }
            goes
        });
    }

    fn remove_where(&mut self, mut goes: impl FnMut(&PictureEntry) -> bool) {
        self.entries.retain(|entry| {
            let goes = goes(entry);
            if goes {
                // What cannot be deleted is empty at least, and so is not sent.
                let removed = std::fs::remove_file(&entry.path);
                let _ = removed.or_else(|_| std::fs::write(&entry.path, []));
            }
            !goes
        });
    }
}

/// A file is there whole or not at all.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let written = path.with_file_name("new");
    std::fs::write(&written, bytes)?;
    std::fs::rename(&written, path)
}

/// What stands in a file, and when it was written; what is too old or no picture is
/// deleted.
fn found(path: &Path, wall_ms: i64) -> Option<(u64, PictureEntry)> {
    let metadata = std::fs::metadata(path).ok()?;
    let written_ms = written_ms(&metadata);
    let age_ms = wall_ms.unsigned_abs().saturating_sub(written_ms);
    let entry = PictureEntry::read(path, metadata.len());
    let entry = entry.filter(|_| age_ms <= MAX_PICTURE_AGE_MS);
    if entry.is_none() {
        let _ = std::fs::remove_file(path);
    }
    Some((written_ms, entry?))
}

fn written_ms(metadata: &Metadata) -> u64 {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    u64::try_from(modified.unwrap_or(Duration::ZERO).as_millis()).unwrap_or(u64::MAX)
}
