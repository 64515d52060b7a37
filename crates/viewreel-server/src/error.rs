//! Why a server does not start or run.

use std::net::SocketAddr;
use viewreel_control::ControlError;
use viewreel_store::StoreError;

/// Why a server does not start or run.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The address is taken or not one of this machine.
    #[error("can not listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The data directory is in use or can not be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Projects and keys can not be read or made.
    #[error(transparent)]
    Control(#[from] ControlError),
}
