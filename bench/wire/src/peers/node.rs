//! Runs the scripts beside this crate, where node is there.

use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The folder that paths of scripts begin at.
pub(crate) const FOLDER: &str = env!("CARGO_MANIFEST_DIR");

/// Gives a script `given` and reads what it found; both are JSON files in `dir`.
///
/// # Errors
/// Why it found nothing, for the reader of the tables.
pub(crate) fn run<T: DeserializeOwned>(
    script: &str,
    given: &Value,
    dir: &Path,
) -> Result<T, String> {
    let (input, output) = (dir.join("given.json"), dir.join("result.json"));
    std::fs::write(&input, given.to_string()).map_err(|error| error.to_string())?;
    let status = Command::new("node")
        .arg(Path::new(FOLDER).join(script))
        .args([&input, &output])
        .status()
        .map_err(|error| format!("node does not run: {error}"))?;
    if !status.success() {
        return Err("the page did not come to its end; see above".to_owned());
    }
    let json = std::fs::read(&output).map_err(|error| error.to_string())?;
    serde_json::from_slice(&json).map_err(|error| error.to_string())
}
