//! `viewreel demo`: a server with replays that arrived like any other.

use crate::args::DemoArgs;
use crate::error::CliError;
use crate::phone_app::PhoneApp;
use crate::playable::segment_count;
use crate::print::say;
use crate::scratch::temporary_dir;
use crate::send::send;
use crate::serve::{bind, log_to_stderr, runtime, stop_signal};
use crate::tape::{Label, Nobody, Tape, start_to_end_at};
use crate::target::Target;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use viewreel_capture::InputSink;
use viewreel_control::ProjectConfig;
use viewreel_format::{RemoteConfig, ReplayId};
use viewreel_import::{Source, import};
use viewreel_model::MaskLevel;
use viewreel_model::record::ReplayMeta;
use viewreel_phone::play_shop;
use viewreel_recorder::policy::Settings;
use viewreel_recorder::sampling::SampleRate;
use viewreel_seams::system::SystemClock;
use viewreel_seams::{Clock, Now};
use viewreel_server::Config;
use viewreel_text::Inter;

/// A trace of a real app with all of its words replaced; source and licence
/// stand in `testdata/trees/README.md`.
const QQMUSIC_TRACE: &[u8] = include_bytes!("../../../testdata/trees/qqmusic.ndjson.gz");

pub(crate) fn run(args: &DemoArgs) -> Result<(), CliError> {
    log_to_stderr("warn");
    let data = temporary_dir()?;
    let config = Config { data_dir: data.path().to_owned(), listen: args.listen };
    let project = ProjectConfig::in_directory(data.path());
    runtime()?.block_on(serve(config, &project, args.no_open))
}

async fn serve(config: Config, project: &ProjectConfig, no_open: bool) -> Result<(), CliError> {
    let server = bind(config).await?;
    project.set(&asks_for_conservative())?;
    let address = server.addr();
    let key = server.default_key().key.as_ref().map(|key| key.as_str().to_owned());
    let key = key.ok_or_else(|| CliError::failed("the new server has no write key"))?;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let serving = tokio::spawn(server.run(wait_for(stopped)));
    say(format_args!("Recording five sessions and sending them to http://{address} …"))?;
    let filling = tokio::task::spawn_blocking(move || fill(address, &key));
    let outcome = tokio::select! {
        filled = filling => announce(address, no_open, filled),
        () = stop_signal() => Err(CliError::failed("stopped before the demo was ready")),
    };
    if outcome.is_ok() {
        stop_signal().await;
    }
    let _ = stop.send(true);
    let _ = serving.await;
    outcome?;
    say("\nStopped; the demo's data is deleted.")
}

async fn wait_for(mut stopped: tokio::sync::watch::Receiver<bool>) {
    let _ = stopped.wait_for(|is_stopped| *is_stopped).await;
}

fn announce(
    address: SocketAddr,
    no_open: bool,
    filled: Result<Result<(), CliError>, tokio::task::JoinError>,
) -> Result<(), CliError> {
    filled.map_err(|error| CliError::failed(format!("recording stopped: {error}")))??;
    let url = format!("http://{address}/");
    say(format_args!("\n  Watch them at {url}\n\nPress Ctrl-C to stop."))?;
    if !no_open {
        open_browser(&url);
    }
    Ok(())
}

/// The mask levels of the shop's sessions, the default last, so that it is the
/// newest of them.
const LEVELS: [MaskLevel; 3] = [MaskLevel::Conservative, MaskLevel::Light, MaskLevel::Medium];

/// Records the trace, and the shop as the server says and at each level, and sends
/// them.
fn fill(address: SocketAddr, key: &str) -> Result<(), CliError> {
    let clock = SystemClock::start();
    let server = format!("http://{address}");
    let target = Target { server: &server, api_key: key };
    qqmusic(&clock, &target)?;
    shop_as_the_server_says(&clock, &target)?;
    LEVELS.iter().try_for_each(|&level| shop(level, &clock, &target))
}

/// What the demo's project asks of apps that ask it.
fn asks_for_conservative() -> RemoteConfig {
    RemoteConfig { mask_level: Some(MaskLevel::Conservative), ..RemoteConfig::default() }
}

fn shop_meta(user: String) -> ReplayMeta {
    ReplayMeta {
        user_id: user,
        app_name: "Shop".into(),
        app_version: "1.0".into(),
        os_name: "iOS".into(),
        os_version: "18.1".into(),
        device_model: "iPhone15,4".into(),
        locale: "en-GB".into(),
        sdk: String::new(),
    }
}

fn shop(level: MaskLevel, clock: &dyn Clock, target: &Target<'_>) -> Result<(), CliError> {
    let device = format!("virtual-phone-{}", level.word());
    let user = format!("demo-shopper, masked at {}", level.word());
    let settings = Settings { mask_level: level, uses_remote_config: false, ..everybody() };
    visit_shop(&device, user, settings, clock, target)?.tell("the shop", level)
}

/// Records the shop in an app that asks for the level light and fetches the config
/// of the project first.
fn shop_as_the_server_says(clock: &dyn Clock, target: &Target<'_>) -> Result<(), CliError> {
    let user = "demo-shopper, masked as the server says".to_owned();
    let settings = Settings { mask_level: MaskLevel::Light, ..everybody() };
    let visit = visit_shop("virtual-phone-configured", user, settings, clock, target)?;
    say(format_args!(
        "  the shop: {} s in {}, masked at level conservative by the project's config",
        visit.length_ms / 1_000,
        segment_count(visit.segments)
    ))
}

fn everybody() -> Settings {
    Settings { sample_rate: SampleRate::ALL, ..Settings::default() }
}

/// Records a visit to the shop that ends about now, and sends it.
fn visit_shop(
    device: &str,
    user: String,
    settings: Settings,
    clock: &dyn Clock,
    target: &Target<'_>,
) -> Result<Arrived, CliError> {
    let length_ms = play_shop(&mut Nobody, Now::default()).duration_ms;
    let launch = start_to_end_at(clock.now(), length_ms);
    let mut app = PhoneApp::launch(device, settings, shop_meta(user), launch)?;
    app.ask(clock, target)?;
    let start = app.now();
    play_shop(&mut app, start);
    app.finish()?;
    let segments = app.ask(clock, target)?;
    Ok(Arrived { length_ms, segments, bytes: app.counters().bytes_sealed })
}

/// Records the trace, so that it ends about now, and sends it.
fn qqmusic(clock: &dyn Clock, target: &Target<'_>) -> Result<(), CliError> {
    let length_ms = play_qqmusic(&mut Nobody, Now::default())?;
    let start = start_to_end_at(clock.now(), length_ms);
    let replay = ReplayId::new("android-trace", &start.wall_ms.to_string());
    let replay = replay.ok_or_else(|| CliError::failed("the clock shows no valid time"))?;
    let mask_level = MaskLevel::Medium;
    let label = Label { replay, mask_level, meta: qqmusic_meta() };
    let mut tape = Tape::start(label, Box::new(Inter), start)?;
    play_qqmusic(&mut tape, start)?;
    tape.finish()?;
    let segments = send(&mut tape.recorder, clock, target)?;
    let bytes = tape.recorder.counters().bytes_sealed;
    Arrived { length_ms, segments, bytes }.tell("the trace", mask_level)
}

fn qqmusic_meta() -> ReplayMeta {
    ReplayMeta {
        app_name: "QQ Music (imported trace, words replaced)".into(),
        os_name: "Android".into(),
        ..ReplayMeta::default()
    }
}

/// The length, in milliseconds.
fn play_qqmusic(sink: &mut dyn InputSink, start: Now) -> Result<u64, CliError> {
    import(Source::Trace, QQMUSIC_TRACE, sink, start)
        .map(|summary| summary.duration_ms)
        .map_err(|error| CliError::failed(format!("the built-in trace: {error}")))
}

/// A session that the server has.
struct Arrived {
    length_ms: u64,
    segments: u64,
    bytes: u64,
}

impl Arrived {
    fn tell(&self, what: &str, level: MaskLevel) -> Result<(), CliError> {
        say(format_args!(
            "  {what}: {} s in {}, {} KB, masked at level {}",
            self.length_ms / 1_000,
            segment_count(self.segments),
            self.bytes / 1_000,
            level.word()
        ))
    }
}

/// Opens the address where there is a browser to open it; the address is
/// printed in any case.
fn open_browser(url: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let has_screen = cfg!(target_os = "macos")
        || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    if has_screen {
        let quiet =
            Command::new(program).arg(url).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        drop(quiet);
    }
}
