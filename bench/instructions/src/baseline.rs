//! The counts that are kept, and how far one may be from them.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

/// How much a count may rise, in percent: what another processor makes of the same
/// program.
const TOLERANCE_PERCENT: u64 = 5;

/// The same where another compiler made it. It says little, and yet finds a loop in a
/// loop.
const OTHER_RUSTC_PERCENT: u64 = 25;

const RENEW: &str = "run `make instructions UPDATE=1` and commit the file";

/// Counts by load.
pub(crate) struct Baseline {
    /// What made the program.
    pub(crate) rustc: String,
    /// Name of the load, instructions.
    pub(crate) counts: Vec<(String, u64)>,
}

/// The compiler and its version.
pub(crate) fn rustc() -> String {
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let output = Command::new(rustc).arg("--version").output();
    output.map(|run| String::from_utf8_lossy(&run.stdout).trim().to_owned()).unwrap_or_default()
}

fn path() -> PathBuf {
    let name = format!("baseline-{}.txt", std::env::consts::ARCH);
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

impl Baseline {
    /// What is kept for this kind of processor.
    pub(crate) fn read() -> Result<Self, String> {
        let path = path();
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}; {RENEW}", path.display()))?;
        let mut lines = text.lines();
        let rustc = lines.next().unwrap_or_default().to_owned();
        let counts = lines.filter_map(|line| {
            let (name, count) = line.split_once(' ')?;
            Some((name.to_owned(), count.parse().ok()?))
        });
        Ok(Self { rustc, counts: counts.collect() })
    }

    /// Keeps these counts.
    pub(crate) fn keep(&self) -> Result<(), String> {
        let mut text = format!("{}\n", self.rustc);
        for (name, count) in &self.counts {
            println!("{name}: {count}");
            let _ = writeln!(text, "{name} {count}");
        }
        std::fs::write(path(), text).map_err(|error| error.to_string())
    }

    /// Prints what became of each count.
    ///
    /// # Errors
    /// Where one rose by more than the tolerance, or was not kept.
    pub(crate) fn compare(&self, now: &Self) -> Result<(), String> {
        let percent = self.tolerance_percent(now);
        let has_risen = |(name, count): &&(String, u64)| !self.allows(name, *count, percent);
        let risen: Vec<_> = now.counts.iter().filter(has_risen).map(|(name, _)| &**name).collect();
        match risen.is_empty() {
            true => Ok(()),
            false => Err(format!(
                "more than {percent} % above the baseline: {}; make them cheaper, or {RENEW}",
                risen.join(", ")
            )),
        }
    }

    fn tolerance_percent(&self, now: &Self) -> u64 {
        if self.rustc == now.rustc {
            return TOLERANCE_PERCENT;
        }
        println!(
            "instructions: the baseline is that of {}, this is {}; {RENEW}",
            self.rustc, now.rustc
        );
        OTHER_RUSTC_PERCENT
    }

    fn allows(&self, name: &str, count: u64, percent: u64) -> bool {
        let was = self.counts.iter().find(|(kept, _)| kept == name).map_or(0, |(_, was)| *was);
        let change = 100.0 * (count as f64 / was as f64 - 1.0);
        println!("{name}: {count} instructions, {was} before ({change:+.1} %)");
        count * 100 <= was * (100 + percent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn baseline(rustc: &str, count: u64) -> Baseline {
        Baseline { rustc: rustc.to_owned(), counts: vec![("load".to_owned(), count)] }
    }

    #[test]
    fn a_count_may_rise_by_the_tolerance_and_no_more() {
        let was = baseline("rustc 1", 1_000);
        for (count, is_fine) in [(900, true), (1_050, true), (1_051, false)] {
            assert_eq!(was.compare(&baseline("rustc 1", count)).is_ok(), is_fine, "{count}");
        }
    }

    #[test]
    fn of_another_compiler_more_is_allowed() {
        let was = baseline("rustc 1", 1_000);
        assert!(was.compare(&baseline("rustc 2", 1_250)).is_ok());
        assert!(was.compare(&baseline("rustc 2", 1_251)).is_err());
    }

    #[test]
    fn what_was_never_counted_has_to_be_kept_first() {
        let was = Baseline { rustc: String::new(), counts: Vec::new() };
        assert!(was.compare(&baseline("", 1)).is_err());
    }
}
