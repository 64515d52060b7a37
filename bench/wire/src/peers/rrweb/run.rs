//! Runs the page, where node and Chromium are there.

use crate::peers::node;
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// What one session weighs.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Recorded {
    pub(crate) name: String,
    /// With rrweb's defaults: no full snapshot but the first.
    pub(crate) plain: Bytes,
    /// With a full snapshot at the first change 30 s after the last one.
    pub(crate) seekable: Bytes,
}

/// Bytes of one recording.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Bytes {
    /// Gzip streams of two seconds each.
    pub(crate) in_twos: usize,
    /// Gzip streams of ten seconds each.
    pub(crate) in_tens: usize,
}

/// What came of a run.
#[derive(Debug, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) rrweb: String,
    pub(crate) chromium: String,
    pub(crate) sessions: Vec<Recorded>,
}

/// Records every script, each in a page of its own.
///
/// # Errors
/// Why nothing was recorded, for the reader of the tables.
pub(crate) fn record(scripts: &[Value]) -> Result<Outcome, String> {
    if !Path::new(node::FOLDER).join("rrweb/node_modules/rrweb").is_dir() {
        return Err("rrweb is not installed: run `make bench-wire`".to_owned());
    }
    let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
    node::run("rrweb/record.mjs", &Value::from(scripts), dir.path())
}
