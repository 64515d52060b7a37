//! Counting the instructions of one function.

use std::process::Command;

/// Valgrind counts while this function runs, and not before or after it.
#[inline(never)]
pub(crate) fn viewreel_counted(work: &mut dyn FnMut()) {
    work();
}

/// Instructions of all calls of [`viewreel_counted`] when this program runs a load.
///
/// # Errors
/// Where valgrind is not there, or says no number.
pub(crate) fn count(load: &str) -> Result<u64, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg("--toggle-collect=*viewreel_counted*")
        .args([program.as_os_str(), load.as_ref()])
        .output()
        .map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&run.stderr);
    collected(&said).filter(|_| run.status.success()).ok_or_else(|| said.into_owned())
}

/// The number in «==1== Collected : 123».
fn collected(said: &str) -> Option<u64> {
    let (_, number) = said.lines().find_map(|line| line.split_once("Collected : "))?;
    number.trim().parse().ok()
}
