//! What is wrong with bytes, and where.

use std::fmt;

/// Where in a segment or reel something was expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The track whose *inflated* bytes `offset` counts in; `None` where it
    /// counts in the stored bytes.
    pub track: Option<u8>,
    /// In bytes.
    pub offset: usize,
}

impl Place {
    /// A place in the stored bytes.
    #[must_use]
    pub const fn stored(offset: usize) -> Self {
        Self { track: None, offset }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.track {
            Some(track) => write!(f, "track {track}, inflated offset {}", self.offset),
            None => write!(f, "offset {}", self.offset),
        }
    }
}

/// Why bytes are not what they claim to be. Never holds content of a replay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// Something else stands there, or nothing.
    #[error("{place}: expected {what}")]
    Expected {
        /// Where.
        place: Place,
        /// What was expected.
        what: &'static str,
    },
    /// A version that this reader does not know.
    #[error("{place}: format version {version} is not known, this reader knows version 1")]
    UnknownVersion {
        /// Where the version stands.
        place: Place,
        /// The version that the bytes name.
        version: u16,
    },
    /// The bytes were changed after they were written.
    #[error("{place}: the checksum of the {of} does not hold")]
    Checksum {
        /// Where the checksummed part begins.
        place: Place,
        /// Which part.
        of: &'static str,
    },
    /// A documented limit is exceeded.
    #[error("{place}: more {what} than the limit of {limit}")]
    Limit {
        /// Where.
        place: Place,
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        limit: usize,
    },
}

impl FormatError {
    /// The word for what kind of error it is, on which all readers agree:
    /// `expected`, `version`, `checksum` or `limit`.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Expected { .. } => "expected",
            Self::UnknownVersion { .. } => "version",
            Self::Checksum { .. } => "checksum",
            Self::Limit { .. } => "limit",
        }
    }

    /// Where it is; for another version, where the version stands.
    #[must_use]
    pub const fn place(&self) -> Place {
        match self {
            Self::Expected { place, .. }
            | Self::Checksum { place, .. }
            | Self::Limit { place, .. }
            | Self::UnknownVersion { place, .. } => *place,
        }
    }
}
