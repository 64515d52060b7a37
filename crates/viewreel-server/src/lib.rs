//! The service: configuration, routes, the embedded web app.
//!
//! [`Server::bind`] opens a data directory and a port, [`Server::run`] serves
//! until it is told to stop. The routes are specified in
//! `docs/formats/http-api-v1.md`; each is a few lines that translate between
//! HTTP and `viewreel-ingest`, `viewreel-query` or `viewreel-control`. There are
//! no business rules here.
//!
//! Start reading at [`Server`], then `routes/mod.rs`.

mod api_error;
mod auth;
mod body;
mod config;
mod connections;
mod error;
mod etag;
mod host;
mod layers;
mod reason;
mod routes;
mod server;
mod web;

pub use config::{Config, DEFAULT_LISTEN};
pub use error::ServerError;
pub use server::Server;
pub use viewreel_control::DefaultKey;
pub use viewreel_ingest::limits::MAX_BODY_BYTES;
