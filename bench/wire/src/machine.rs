//! Where and with what the tables were measured.

use std::process::Command;

/// One sentence about machine, date and versions; what cannot be found out is
/// left out. `tools` are those that were used beside this program.
pub(crate) fn sentence(tools: impl IntoIterator<Item = String>) -> String {
    let mut parts = vec![format!("Machine: {}", machine())];
    parts.extend(first_line("date", &["-u", "+date: %Y-%m-%d"]));
    parts.extend(first_line("rustc", &["--version"]));
    parts.push(format!("zstd {}", zstd::zstd_safe::version_string()));
    parts.extend(tools);
    parts.join("; ") + "."
}

fn machine() -> String {
    let cpu = read_field("/proc/cpuinfo", "model name", ':');
    let system = read_field("/etc/os-release", "PRETTY_NAME", '=');
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let cpu = cpu.unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let system = system.unwrap_or_else(|| std::env::consts::OS.to_owned());
    format!("{cores} cores of {cpu}, {system}, release profile")
}

fn read_field(path: &str, name: &str, separator: char) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(separator)?.1.trim().trim_matches('"').to_owned())
}

fn first_line(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    Some(String::from_utf8(output.stdout).ok()?.lines().next()?.to_owned())
}
