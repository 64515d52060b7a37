//! An app that records as its server says.

use crate::app_clock::AppClock;
use crate::error::CliError;
use crate::scratch::temporary_dir;
use crate::send::send;
use crate::tape::{all_recorded, signed};
use crate::target::Target;
use tempfile::TempDir;
use viewreel_capture::{Input, InputSink};
use viewreel_model::record::ReplayMeta;
use viewreel_phone::analytics::{Device, Disk, Setup};
use viewreel_phone::{Host, PhonePlatform};
use viewreel_recorder::Counters;
use viewreel_recorder::embed::{Start, Worker};
use viewreel_recorder::keep::Folder;
use viewreel_recorder::policy::Settings;
use viewreel_seams::system::SystemRng;
use viewreel_seams::{Clock, Now};
use viewreel_spool::{Limits, Spool};

/// An app on a phone of its own, with the analytics client of a real one, which names
/// its session after the instant of its launch. What the client keeps is sent nowhere.
pub(crate) struct PhoneApp {
    host: Host,
    now: Now,
    _dir: TempDir,
}

impl PhoneApp {
    /// Launches the app on the device with that id.
    ///
    /// # Errors
    /// Where there is no place for what it keeps.
    pub(crate) fn launch(
        device: &str,
        settings: Settings,
        meta: ReplayMeta,
        now: Now,
    ) -> Result<Self, CliError> {
        let dir = temporary_dir()?;
        let (spool, _) = Spool::open(&dir.path().join("spool"), Limits::NONE, now.wall_ms);
        let notes = Box::new(Folder::new(&dir.path().join("notes")));
        let setup = Setup { device: device_of(&meta, device), ..Setup::default() };
        let start = Start { settings, meta: signed(meta), ..Start::default() };
        let (platform, rng) = (Box::new(PhonePlatform), Box::new(SystemRng));
        let worker = Worker::start(start, spool, notes, platform, rng, now);
        let host = Host::launch(worker, setup, &Disk::default(), Box::new(SystemRng), now);
        Ok(Self { host, now, _dir: dir })
    }

    /// What the app's clock shows.
    pub(crate) fn now(&self) -> Now {
        self.now
    }

    /// What happened so far.
    pub(crate) fn counters(&self) -> Counters {
        self.host.worker.counters()
    }

    /// Does what is to be asked of the server, and follows what it says. How many
    /// segments were acknowledged, ever.
    ///
    /// # Errors
    /// Where it does not answer, or not as it should.
    pub(crate) fn ask(&mut self, clock: &dyn Clock, target: &Target<'_>) -> Result<u64, CliError> {
        let clock = AppClock::showing(self.now, clock);
        let acked = send(&mut self.host.worker, &clock, target);
        self.now = clock.now();
        self.host.worker.run(self.now);
        acked
    }

    /// Seals what is open.
    ///
    /// # Errors
    /// Where not everything could be recorded.
    pub(crate) fn finish(&mut self) -> Result<(), CliError> {
        self.host.worker.flush(self.now);
        all_recorded(&self.counters())
    }
}

/// What its analytics say of the device.
fn device_of(meta: &ReplayMeta, id: &str) -> Device {
    Device {
        id: id.to_owned(),
        model: meta.device_model.clone(),
        os_version: meta.os_version.clone(),
        app_version: meta.app_version.clone(),
        locale: meta.locale.clone(),
        ..Device::default()
    }
}

impl InputSink for PhoneApp {
    /// Settings of the analytics client come whenever it asks for them.
    fn input(&mut self, now: Now, input: Input<'_>) {
        self.now = now;
        self.host.input(now, input);
        if self.host.analytics.wants_settings() {
            self.host.settings_arrive(now);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::{bind, runtime};
    use viewreel_control::ProjectConfig;
    use viewreel_format::RemoteConfig;
    use viewreel_phone::play_shop;
    use viewreel_recorder::sampling::SampleRate;
    use viewreel_seams::system::SystemClock;
    use viewreel_server::Config;

    const START_MS: i64 = 1_764_000_000_000;

    /// What the server answers to whoever asks for the replay of a session that
    /// this config lets a host record, or not.
    fn answer(config: &RemoteConfig) -> serde_json::Value {
        let data = tempfile::tempdir().expect("a directory");
        let listen = "127.0.0.1:0".parse().expect("an address");
        let runtime = runtime().expect("a runtime");
        let server = runtime.block_on(bind(Config { data_dir: data.path().to_owned(), listen }));
        let server = server.expect("a server");
        ProjectConfig::in_directory(data.path()).set(config).expect("kept");
        let address = format!("http://{}", server.addr());
        let key = server.default_key().key.clone().expect("a key");
        runtime.spawn(server.run(std::future::pending()));
        let target = Target { server: &address, api_key: key.as_str() };
        record(&target);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build();
        let path = format!("{address}/api/v1/replays/phone/{START_MS}");
        let mut response = ureq::Agent::from(agent).get(path).call().expect("an answer");
        response.body_mut().read_json().expect("a JSON body")
    }

    fn record(target: &Target<'_>) {
        let clock = SystemClock::start();
        let start = Now { mono_ms: 0, wall_ms: START_MS };
        let settings = Settings { sample_rate: SampleRate::ALL, ..Settings::default() };
        let app = PhoneApp::launch("phone", settings, ReplayMeta::default(), start);
        let mut app = app.expect("an app");
        app.ask(&clock, target).expect("a config");
        let start = app.now();
        play_shop(&mut app, start);
        app.finish().expect("all is recorded");
        app.ask(&clock, target).expect("all is sent");
    }

    #[test]
    fn what_the_config_of_the_server_says_is_done_and_told() {
        let level = viewreel_model::MaskLevel::Light;
        let light = RemoteConfig { mask_level: Some(level), ..RemoteConfig::default() };
        assert_eq!(answer(&light)["mask_level"], "light");
        let none = RemoteConfig { sample_rate_ppm: Some(0), ..RemoteConfig::default() };
        assert_eq!(answer(&none)["reason"], "sampled_out");
        let off = RemoteConfig { captures: Some(false), ..RemoteConfig::default() };
        assert_eq!(answer(&off)["reason"], "capture_off");
    }
}
