//! From a configuration to a running service.

use crate::config::Config;
use crate::connections;
use crate::error::ServerError;
use crate::routes::{self, App};
use crate::web::Dist;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;
use viewreel_control::{Control, DefaultKey};
use viewreel_ingest::Ingest;
use viewreel_query::Query;
use viewreel_seams::system::{SystemClock, SystemRng};
use viewreel_store::{Seams, Store};

/// A server that has its data directory and its port.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    store: Store,
    control: Control,
    seams: Seams,
}

impl Server {
    /// Takes the port and the data directory. At the first start this makes the
    /// project `default` and its write key.
    ///
    /// # Errors
    /// Where the port is taken, or the data directory is in use by another
    /// server or can not be used.
    pub async fn bind(config: Config) -> Result<Self, ServerError> {
        let Config { data_dir, listen } = config;
        let failed = |source| ServerError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let seams = Seams::new(SystemClock::start(), SystemRng);
        let store = Store::open(&data_dir, seams.clone()).await?;
        let control = Control::open(store.clone(), &data_dir, &seams).await?;
        Ok(Self { listener, address, store, control, seams })
    }

    /// The address it listens on, with the port that it really got.
    #[must_use]
    pub const fn addr(&self) -> SocketAddr {
        self.address
    }

    /// The write key of the project `default`, to be shown to the newcomer.
    #[must_use]
    pub const fn default_key(&self) -> &DefaultKey {
        self.control.default_key()
    }

    /// Serves until `shutdown` is over, then lets the requests under way come
    /// to their end, for some seconds at most.
    pub async fn run(self, shutdown: impl Future<Output = ()>) {
        self.warn_of_open_reads();
        let query = Query::new(self.store.clone(), self.control.default_project());
        let ingest = Ingest::new(self.control.clone(), self.store.clone());
        let is_local = self.address.ip().is_loopback();
        let app = App::new(ingest, query, self.control, Arc::new(Dist), self.seams, is_local);
        connections::serve(self.listener, routes::router(app), shutdown).await;
        self.store.close().await;
    }

    fn warn_of_open_reads(&self) {
        if !self.address.ip().is_loopback() {
            let address = self.address;
            tracing::warn!(
                %address,
                "whoever reaches this address can watch every replay: reads need no authorisation yet"
            );
        }
    }
}
