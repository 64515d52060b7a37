//! What a server has to be told.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Where a server listens unless told otherwise: on this machine only, because
/// reads need no authorisation yet.
pub const DEFAULT_LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 7180);

/// What a server has to be told.
#[derive(Clone, Debug)]
pub struct Config {
    /// Everything it keeps is below this directory, which is made where it is
    /// missing. One server at a time can use it.
    pub data_dir: PathBuf,
    /// Address and port; port 0 takes any that is free.
    pub listen: SocketAddr,
}

impl Config {
    /// A server on [`DEFAULT_LISTEN`].
    #[must_use]
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into(), listen: DEFAULT_LISTEN }
    }
}
