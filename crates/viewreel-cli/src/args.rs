//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;
use viewreel_import::Source;
use viewreel_model::MaskLevel;

/// Where the server listens unless told otherwise: this machine only.
pub(crate) const DEFAULT_LISTEN: &str = "127.0.0.1:7180";

#[derive(Debug, Parser)]
#[command(
    name = "viewreel",
    version,
    about = "Self-hosted session replay for native mobile apps",
    after_help = "Examples:\n  viewreel demo\n  viewreel serve --data ./data\n  viewreel record screen.xml --from xcuitest -o screen.reel\n  viewreel inspect screen.reel"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the server: takes segments, shows replays
    Serve(ServeArgs),
    /// Show or change what the server asks of recorders
    Config(ConfigArgs),
    /// Run a server with replays to look at, and open it in the browser
    Demo(DemoArgs),
    /// Record view trees into a replay, as a phone would
    Record(RecordArgs),
    /// Show what is in a .reel or segment file
    Inspect(InspectArgs),
    /// Check every byte of a .reel or segment file
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  viewreel serve\n  viewreel serve --data /var/lib/viewreel --listen 127.0.0.1:8080\n\nThe first start makes the project «default» and prints its write key. Whoever reaches the address can watch all replays: put a proxy that asks for a password in front before you listen on anything but 127.0.0.1."
)]
pub(crate) struct ServeArgs {
    /// Directory that keeps everything
    #[arg(long, value_name = "DIR", default_value = "viewreel-data", env = "VIEWREEL_DATA")]
    pub(crate) data: PathBuf,
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = DEFAULT_LISTEN, env = "VIEWREEL_LISTEN")]
    pub(crate) listen: SocketAddr,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  viewreel config show\n  viewreel config set config.json --data /var/lib/viewreel\n  echo '{\"mask_level\": \"conservative\", \"sample_rate\": 0.1}' | viewreel config set -\n  viewreel config clear\n\nRecorders ask for it at the start of each session; a server that runs needs no restart. What is stricter counts at once, the rest from the next session on. docs/formats/config-v1.md has all fields."
)]
pub(crate) struct ConfigArgs {
    #[command(subcommand)]
    pub(crate) action: ConfigAction,
    /// Data directory of the server
    #[arg(
        long,
        value_name = "DIR",
        default_value = "viewreel-data",
        env = "VIEWREEL_DATA",
        global = true
    )]
    pub(crate) data: PathBuf,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigAction {
    /// Print the config as JSON
    Show,
    /// Put a config in place of the one before
    Set {
        /// JSON file with the whole config; - reads standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Ask nothing of recorders any more
    Clear,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  viewreel demo\n  viewreel demo --listen 127.0.0.1:0 --no-open\n\nA virtual phone uses a shop app for over a minute, once at each mask level and once at the level that the server's config asks for, and a trace of a real app is imported; all are recorded, masked, and sent to the server like any replay. Everything is kept in a temporary directory that is deleted when you press Ctrl-C."
)]
pub(crate) struct DemoArgs {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = DEFAULT_LISTEN, env = "VIEWREEL_LISTEN")]
    pub(crate) listen: SocketAddr,
    /// Do not open the browser
    #[arg(long)]
    pub(crate) no_open: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  viewreel record screen.xml --from xcuitest -o screen.reel\n  viewreel record login.xml list.xml --from xcuitest --mask-level conservative -o walk.reel\n  viewreel record trace.ndjson.gz --from trace --server http://127.0.0.1:7180 --api-key vrw_…\n\nSeveral inputs become one replay, one after the other. The exit code is 0 only when everything was written and everything that was sent was acknowledged."
)]
pub(crate) struct RecordArgs {
    /// Files with view trees
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// What the files are: an XCUITest (Appium) page source, a trace of trees
    /// (NDJSON, .gz too), or Viewreel's own .vtree.jsonl
    #[arg(long, value_name = "FORMAT")]
    pub(crate) from: From,
    /// How much is masked
    #[arg(long, value_name = "LEVEL", default_value = "medium")]
    pub(crate) mask_level: Level,
    /// Write the replay to this file
    #[arg(short, long, value_name = "FILE.reel")]
    pub(crate) output: Option<PathBuf>,
    /// Send the replay to this server
    #[arg(long, value_name = "URL", requires = "api_key", value_parser = server_url)]
    pub(crate) server: Option<String>,
    /// Write key of the project, as `viewreel serve` printed it
    #[arg(long, value_name = "KEY", env = "VIEWREEL_API_KEY", hide_env_values = true)]
    pub(crate) api_key: Option<String>,
    /// Device id of the replay
    #[arg(long, value_name = "ID", default_value = "viewreel-record")]
    pub(crate) device_id: String,
    /// Session id of the replay; by default the time now, in milliseconds
    #[arg(long, value_name = "ID")]
    pub(crate) session_id: Option<String>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  viewreel inspect shop.reel\n  viewreel inspect shop.reel --at 12.5\n  viewreel inspect shop.reel --json > shop.json\n\nMasked nodes are marked with ▒ and the reason; their content is not in the file."
)]
pub(crate) struct InspectArgs {
    /// A .reel file, or a segment as the phone spools it
    pub(crate) file: PathBuf,
    /// Show the tree at this time of the replay, in seconds; by default at its end
    #[arg(long, value_name = "SECONDS", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) at: Option<f64>,
    /// Print every record as JSON; with --at, the tree at that time
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  viewreel verify shop.reel\n\nEvery checksum is checked, every record decoded, every diff applied. A damaged segment is reported and the next one is checked; the exit code is then 1."
)]
pub(crate) struct VerifyArgs {
    /// A .reel file, or a segment as the phone spools it
    pub(crate) file: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum From {
    /// XCUITest or Appium page source (XML)
    Xcuitest,
    /// Trace of trees with gestures (NDJSON, may be gzipped)
    Trace,
    /// Viewreel's own raw view trees (.vtree.jsonl)
    Vtree,
}

impl From {
    pub(crate) fn source(self) -> Source {
        match self {
            Self::Xcuitest => Source::XcuiTest,
            Self::Trace => Source::Trace,
            Self::Vtree => Source::Vtree,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Level {
    /// Passwords, e-mail addresses, card and phone numbers
    Light,
    /// And everything that can be edited
    Medium,
    /// And every text
    Conservative,
}

impl Level {
    pub(crate) fn mask_level(self) -> MaskLevel {
        match self {
            Self::Light => MaskLevel::Light,
            Self::Medium => MaskLevel::Medium,
            Self::Conservative => MaskLevel::Conservative,
        }
    }
}

/// An address that segments can be sent to, without a slash at its end.
fn server_url(text: &str) -> Result<String, String> {
    let url = text.trim_end_matches('/');
    if url.starts_with("https:") {
        return Err("this command speaks plain http only; send to a proxy on this machine that adds TLS, such as http://127.0.0.1:8080".into());
    }
    let host = url.strip_prefix("http://").filter(|host| !host.is_empty());
    match host.is_some_and(|host| !host.contains(['?', '#', ' '])) {
        true => Ok(url.to_owned()),
        false => Err("an address begins with http://, such as http://127.0.0.1:7180".into()),
    }
}

/// A time of a replay.
fn seconds(text: &str) -> Result<f64, String> {
    let seconds = text.parse::<f64>().ok().filter(|s| s.is_finite() && *s >= 0.0);
    seconds.ok_or("a time is a number of seconds from 0 on, such as 12.5".into())
}
