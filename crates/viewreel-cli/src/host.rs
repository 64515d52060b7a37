//! An app that records as its server says.

use crate::app_clock::AppClock;
use crate::error::CliError;
use crate::scratch::temporary_dir;
use crate::send::send;
use crate::tape::{all_recorded, signed};
use crate::target::Target;
use tempfile::TempDir;
use viewreel_capture::{Input, InputSink, Said};
use viewreel_model::record::ReplayMeta;
use viewreel_phone::PhonePlatform;
use viewreel_recorder::embed::{Front, Shot, Start, Worker};
use viewreel_recorder::keep::Folder;
use viewreel_recorder::policy::Settings;
use viewreel_recorder::session::AnalyticsEvent;
use viewreel_seams::system::SystemRng;
use viewreel_seams::{Clock, Now};
use viewreel_spool::{Limits, Spool};

/// An app whose recorder follows a policy.
pub(crate) struct Host {
    worker: Worker,
    front: Front,
    now: Now,
    _dir: TempDir,
}

impl Host {
    /// An app that starts with these settings and records nothing yet.
    pub(crate) fn start(settings: Settings, meta: ReplayMeta, now: Now) -> Result<Self, CliError> {
        let dir = temporary_dir()?;
        let (spool, _) = Spool::open(&dir.path().join("spool"), Limits::NONE, now.wall_ms);
        let notes = Box::new(Folder::new(&dir.path().join("notes")));
        let start = Start { settings, meta: signed(meta), ..Start::default() };
        let (platform, rng) = (Box::new(PhonePlatform), Box::new(SystemRng));
        let worker = Worker::start(start, spool, notes, platform, rng, now);
        Ok(Self { front: worker.front(), worker, now, _dir: dir })
    }

    /// What the app's clock shows.
    pub(crate) fn now(&self) -> Now {
        self.now
    }

    /// Does what is to be asked of the server, and follows what it says. How many
    /// segments were acknowledged, ever.
    ///
    /// # Errors
    /// Where it does not answer, or not as it should.
    pub(crate) fn ask(&mut self, clock: &dyn Clock, target: &Target<'_>) -> Result<u64, CliError> {
        let clock = AppClock::showing(self.now, clock);
        let acked = send(&mut self.worker, &clock, target);
        self.now = clock.now();
        self.worker.run(self.now);
        acked
    }

    /// Begins a session now.
    pub(crate) fn begin_session(&mut self, device: &str) {
        let session_start = AnalyticsEvent {
            name: "session_start",
            device_id: Some(device),
            integration_session_id: Some(self.now.wall_ms as f64),
            ..AnalyticsEvent::default()
        };
        // The event goes nowhere, so it needs no id.
        let _replay_id = self.front.event(self.now, &session_start);
        self.worker.run(self.now);
    }

    /// Seals what is open.
    ///
    /// # Errors
    /// Where not everything could be recorded.
    pub(crate) fn finish(&mut self) -> Result<(), CliError> {
        self.worker.flush(self.now);
        all_recorded(&self.worker.counters())
    }
}

impl InputSink for Host {
    fn input(&mut self, now: Now, input: Input<'_>) {
        self.now = now;
        match input {
            Input::Capture(buffer) => {
                let shot = Shot { epoch: self.front.status().epoch, ..Shot::default() };
                self.front.capture(now, shot, buffer.clone());
            }
            other => self.front.say(now, Said::from(other)),
        }
        self.worker.run(now);
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
        let session_ms = record(&target);
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build();
        let path = format!("{address}/api/v1/replays/phone/{session_ms}");
        let mut response = ureq::Agent::from(agent).get(path).call().expect("an answer");
        response.body_mut().read_json().expect("a JSON body")
    }

    /// The id of the session.
    fn record(target: &Target<'_>) -> i64 {
        let clock = SystemClock::start();
        let start = Now { mono_ms: 0, wall_ms: START_MS };
        let settings = Settings { sample_rate: SampleRate::ALL, ..Settings::default() };
        let mut host = Host::start(settings, ReplayMeta::default(), start).expect("a host");
        host.ask(&clock, target).expect("a config");
        host.begin_session("phone");
        let start = host.now();
        play_shop(&mut host, start);
        host.finish().expect("all is recorded");
        host.ask(&clock, target).expect("all is sent");
        start.wall_ms
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
