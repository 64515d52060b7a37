//! The file that keeps a project's config.

use crate::error::ControlError;
use crate::file;
use std::fs::File;
use std::io::{ErrorKind, Read, Result as IoResult};
use std::path::{Path, PathBuf};
use viewreel_format::RemoteConfig;
use viewreel_format::limits::MAX_CONFIG_BYTES;

const NAME: &str = "default-config";

/// Anybody may read it: every app that has the write key does.
const MODE: u32 = 0o644;

/// The config of the project `default`, as a record in a file of the data
/// directory. Whoever may write there may change it, whether a server runs or
/// not; one that runs reads it whenever it is asked for it.
#[derive(Clone, Debug)]
pub struct ProjectConfig {
    path: PathBuf,
}

impl ProjectConfig {
    /// The one in this data directory.
    #[must_use]
    pub fn in_directory(directory: &Path) -> Self {
        Self { path: directory.join(NAME) }
    }

    /// The file that keeps it, where there is one.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The config, `None` where the project has none.
    ///
    /// # Errors
    /// [`ControlError::ConfigFile`] where it can not be read,
    /// [`ControlError::ConfigDamaged`] where it is no record.
    pub fn read(&self) -> Result<Option<RemoteConfig>, ControlError> {
        let record = match read_bounded(&self.path) {
            Ok(record) => record,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(self.failed(source)),
        };
        let damaged = |source| ControlError::ConfigDamaged { path: self.name(), source };
        RemoteConfig::decode(&record).map(Some).map_err(damaged)
    }

    /// Keeps a config in place of the one before. It survives a power loss, and
    /// readers find the one or the other, never half of one.
    ///
    /// # Errors
    /// [`ControlError::Config`] where recorders would refuse it,
    /// [`ControlError::ConfigFile`] where it can not be written.
    pub fn set(&self, config: &RemoteConfig) -> Result<(), ControlError> {
        let record = config.encode()?;
        file::replace(&self.path, &record, MODE).map_err(|source| self.failed(source))
    }

    /// Leaves the project without a config; whether it had one.
    ///
    /// # Errors
    /// [`ControlError::ConfigFile`] where it can not be deleted.
    pub fn clear(&self) -> Result<bool, ControlError> {
        file::remove(&self.path).map_err(|source| self.failed(source))
    }

    fn failed(&self, source: std::io::Error) -> ControlError {
        ControlError::ConfigFile { path: self.name(), source }
    }

    fn name(&self) -> String {
        self.path.display().to_string()
    }
}

/// The file, or so much of it as tells that it is too long.
fn read_bounded(path: &Path) -> IoResult<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_CONFIG_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
