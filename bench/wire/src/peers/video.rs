//! A video of the screen: what the web player draws of the segments at each
//! whole second, at one pixel per point, in H.264 at 40 kbit/s.
//!
//! `bench/wire/video` draws and films, where ffmpeg, Chromium and the packages
//! of the web app are there.

use super::node;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use viewreel_model::Size;

/// What is filmed of a session.
pub(crate) struct Subject {
    pub(crate) name: String,
    /// In points.
    pub(crate) screen: Size,
    pub(crate) length_ms: u64,
    pub(crate) segments: Vec<Vec<u8>>,
}

/// What one session weighs.
#[derive(Debug, Deserialize)]
pub(crate) struct Filmed {
    pub(crate) name: String,
    pub(crate) bytes: usize,
}

/// What came of a run.
#[derive(Debug, Deserialize)]
pub(crate) struct Outcome {
    /// The version of ffmpeg.
    pub(crate) ffmpeg: String,
    pub(crate) sessions: Vec<Filmed>,
}

/// Films all sessions.
///
/// # Errors
/// Why nothing was filmed, for the reader of the tables.
pub(crate) fn film(subjects: &[Subject]) -> Result<Outcome, String> {
    check_tools()?;
    let dir = tempfile::tempdir().map_err(|error| error.to_string())?;
    let write = |(index, subject): (usize, &Subject)| write(subject, index, dir.path());
    let given = subjects.iter().enumerate().map(write).collect::<Result<Vec<_>, _>>();
    let given = given.map_err(|error| error.to_string())?;
    node::run("video/film.mjs", &Value::from(given), dir.path())
}

fn check_tools() -> Result<(), String> {
    let packages = Path::new(node::FOLDER).join("../../web/node_modules");
    if !["vite", "playwright-core"].iter().all(|name| packages.join(name).is_dir()) {
        return Err("the packages of the web app are not installed, see `make web`".to_owned());
    }
    let ffmpeg = Command::new("ffmpeg").arg("-version").output();
    ffmpeg.map(|_| ()).map_err(|_| "ffmpeg was not found".to_owned())
}

/// Writes the segments of a session into a folder, and tells of them.
fn write(subject: &Subject, index: usize, dir: &Path) -> std::io::Result<Value> {
    let mut names = Vec::new();
    for (seq, bytes) in subject.segments.iter().enumerate() {
        let name = format!("{index}-{seq}.reel");
        std::fs::write(dir.join(&name), bytes)?;
        names.push(name);
    }
    Ok(json!({
        "name": subject.name,
        "width": subject.screen.width,
        "height": subject.screen.height,
        "length_ms": subject.length_ms,
        "segments": names,
    }))
}
