//! Projects, keys and configs: what people decide.
//!
//! [`Control`] knows the projects, which [`WriteKey`] belongs to which, and what
//! a project asks of its recorders. It sees no replay. At the first start it
//! makes the project `default` and its write key; it has no config until somebody
//! gives it one, in [`ProjectConfig`].
//!
//! A write key is public by design (it ships inside an app) and can do nothing
//! but add segments. The index holds its SHA-256 alone, so the newcomer's key
//! is also kept in a file beside it, readable for its owner.

pub mod config;
mod error;
mod file;
mod key;
mod key_file;

pub use config::ProjectConfig;
pub use error::ControlError;
pub use key::WriteKey;
pub use viewreel_store::ProjectId;

use std::path::{Path, PathBuf};
use viewreel_format::RemoteConfig;
use viewreel_store::{Seams, Store};

/// Name of the project that every server has.
pub const DEFAULT_PROJECT: &str = "default";

/// The write key of [`DEFAULT_PROJECT`], as far as it is known.
#[derive(Clone, Debug)]
pub struct DefaultKey {
    /// The key; `None` where the file that kept it is gone or was changed, in
    /// which case nobody but the apps that have it can tell it.
    pub key: Option<WriteKey>,
    /// The file that keeps it.
    pub path: PathBuf,
    /// Whether it was made by this start.
    pub is_new: bool,
}

/// Projects and their keys. Clones share one store.
#[derive(Clone, Debug)]
pub struct Control {
    store: Store,
    default_project: ProjectId,
    default_key: DefaultKey,
    default_config: ProjectConfig,
}

impl Control {
    /// Opens what people decided, and makes project and key at the first start.
    /// `directory` is the data directory that `store` was opened on.
    ///
    /// # Errors
    /// Where the index does not answer or the key's file can not be written.
    pub async fn open(store: Store, directory: &Path, seams: &Seams) -> Result<Self, ControlError> {
        let path = key_file::path(directory);
        let (default_project, default_key) = match store.project(DEFAULT_PROJECT).await? {
            Some(project) => (project, known_key(&store, project, path).await?),
            None => first_start(&store, path, seams).await?,
        };
        let default_config = ProjectConfig::in_directory(directory);
        Ok(Self { store, default_project, default_key, default_config })
    }

    /// The project that a presented write key belongs to, `None` where nobody
    /// has that key. Keys are found by their SHA-256, so the time it takes
    /// tells nothing about a key.
    ///
    /// # Errors
    /// Where the index does not answer.
    pub async fn authenticate(&self, presented: &str) -> Result<Option<ProjectId>, ControlError> {
        match WriteKey::parse(presented) {
            Some(key) => Ok(self.store.project_of_key(&key.hash()).await?),
            None => Ok(None),
        }
    }

    /// What the project asks of its recorders now, `None` where it asks for
    /// nothing. This reads a file.
    ///
    /// # Errors
    /// [`ControlError::ConfigFile`] where the file can not be read,
    /// [`ControlError::ConfigDamaged`] where it is no config.
    pub fn config(&self, project: ProjectId) -> Result<Option<RemoteConfig>, ControlError> {
        match project == self.default_project {
            true => self.default_config.read(),
            false => Ok(None),
        }
    }

    /// The project that every server has.
    #[must_use]
    pub const fn default_project(&self) -> ProjectId {
        self.default_project
    }

    /// Its write key.
    #[must_use]
    pub const fn default_key(&self) -> &DefaultKey {
        &self.default_key
    }
}

/// The file is written first: a process that dies in between leaves a file
/// without a project, and the next start writes both anew.
async fn first_start(
    store: &Store,
    path: PathBuf,
    seams: &Seams,
) -> Result<(ProjectId, DefaultKey), ControlError> {
    let key = WriteKey::draw(seams);
    key_file::write(&path, key.as_str())?;
    let project = store.add_project(DEFAULT_PROJECT, &key.hash()).await?;
    Ok((project, DefaultKey { key: Some(key), path, is_new: true }))
}

/// The key in the file, where it is one of the project.
async fn known_key(
    store: &Store,
    project: ProjectId,
    path: PathBuf,
) -> Result<DefaultKey, ControlError> {
    let mut key = key_file::read(&path).and_then(|text| WriteKey::parse(text.trim()));
    if let Some(found) = &key
        && store.project_of_key(&found.hash()).await? != Some(project)
    {
        key = None;
    }
    Ok(DefaultKey { key, path, is_new: false })
}
