//! What an earlier process left.

use super::effect::Notes;
use crate::keep::{Keep, Note};
use std::io::Result;
use viewreel_format::RemoteConfig;

/// What an earlier process left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remembered {
    /// Whether the user refused; `None` where nobody can tell.
    pub is_opted_out: Option<bool>,
    /// The last good config. One that cannot be read is none.
    pub config: Option<RemoteConfig>,
}

impl Remembered {
    /// Reads what an earlier process left.
    #[must_use]
    pub fn read(keep: &dyn Keep) -> Self {
        let config = keep.read(Note::Config).ok().flatten();
        Self {
            is_opted_out: keep.read(Note::OptOut).ok().map(|note| note.is_some()),
            config: config.and_then(|bytes| RemoteConfig::decode(&bytes).ok()),
        }
    }
}

impl Notes {
    /// Writes them down; what could not be written is left.
    pub(super) fn write(self, keep: &mut dyn Keep) -> Self {
        let opt_out = self.opt_out.filter(|is_out| write_opt_out(*is_out, keep).is_err());
        let config = self.config.filter(|config| write_config(config.as_ref(), keep).is_err());
        Self { opt_out, config }
    }
}

fn write_opt_out(is_out: bool, keep: &mut dyn Keep) -> Result<()> {
    match is_out {
        true => keep.write(Note::OptOut, &[]),
        false => keep.remove(Note::OptOut),
    }
}

/// A config that cannot be encoded did not come from a record; there is nothing
/// to remember then.
fn write_config(config: Option<&RemoteConfig>, keep: &mut dyn Keep) -> Result<()> {
    match config.map(RemoteConfig::encode) {
        Some(Ok(bytes)) => keep.write(Note::Config, &bytes),
        _ => keep.remove(Note::Config),
    }
}
