//! An app that records as its server says.

use crate::error::CliError;
use crate::send::send_and_hear;
use crate::tape::{Label, Tape};
use crate::target::Target;
use tempfile::TempDir;
use viewreel_format::{RemoteConfig, ReplayId};
use viewreel_model::record::ReplayMeta;
use viewreel_phone::PhonePlatform;
use viewreel_recorder::ConfigResult;
use viewreel_recorder::keep::Folder;
use viewreel_recorder::policy::{Handle, Notice, Remembered, Settings};
use viewreel_recorder::session::AnalyticsEvent;
use viewreel_seams::{Clock, Now};

/// An app whose recorder follows a policy.
pub(crate) struct Host {
    pub(crate) tape: Tape,
    handle: Handle,
    notes: Folder,
    /// When the app starts, which is when all of this happens.
    start: Now,
    _dir: TempDir,
}

impl Host {
    /// An app that starts with these settings and records nothing yet.
    pub(crate) fn start(
        settings: Settings,
        meta: ReplayMeta,
        start: Now,
    ) -> Result<Self, CliError> {
        let dir = tempfile::tempdir().map_err(|error| {
            CliError::failed(format!("cannot make a temporary directory: {error}"))
        })?;
        let notes = Folder::new(dir.path());
        // Which replay it is, the policy says.
        let label = Label { replay: ReplayId::default(), mask_level: settings.mask_level, meta };
        let tape = Tape::start(label, Box::new(PhonePlatform), start)?;
        let handle = Handle::new(settings, Remembered::read(&notes));
        let mut host = Self { tape, handle, notes, start, _dir: dir };
        host.follow();
        Ok(host)
    }

    /// Does what is to be asked of the server, and hears what it asks for.
    ///
    /// # Errors
    /// Where it does not answer, or not as it should.
    pub(crate) fn ask(&mut self, clock: &dyn Clock, target: &Target<'_>) -> Result<u64, CliError> {
        let handle = &self.handle;
        let acked = send_and_hear(&mut self.tape.recorder, clock, target, &mut |result| {
            hear(handle, result);
        })?;
        self.follow();
        Ok(acked)
    }

    /// Begins a session with the start of the app.
    pub(crate) fn begin_session(&mut self, device: &str) {
        let _replay_id = self.handle.event(&AnalyticsEvent {
            name: "session_start",
            device_id: Some(device),
            integration_session_id: Some(self.start.wall_ms as f64),
            ..AnalyticsEvent::default()
        });
        self.follow();
    }

    /// Leaves the app.
    ///
    /// # Errors
    /// Where not everything could be recorded.
    pub(crate) fn end_session(&mut self) -> Result<(), CliError> {
        self.handle.tell(Notice::Background);
        self.follow();
        self.tape.finish()
    }

    fn follow(&mut self) {
        for effect in self.handle.take_effects(&mut self.notes) {
            // Of what is left, nothing concerns a host that looks at no view.
            let _terms = self.tape.recorder.carry_out(self.start, effect);
        }
    }
}

/// Tells the policy what the server said of its config.
fn hear(handle: &Handle, result: &ConfigResult) {
    match result {
        ConfigResult::Loaded(record) => {
            if let Ok(config) = RemoteConfig::decode(record) {
                handle.tell(Notice::Config(&config));
            }
        }
        ConfigResult::NotFound => handle.tell(Notice::Config(&RemoteConfig::default())),
        ConfigResult::Unauthorized => handle.tell(Notice::ConfigUnauthorized),
        ConfigResult::Unreachable => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::{bind, runtime};
    use viewreel_control::ProjectConfig;
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
        let mut host = Host::start(settings, ReplayMeta::default(), start).expect("a host");
        host.ask(&clock, target).expect("a config");
        host.begin_session("phone");
        play_shop(&mut host.tape, start);
        host.end_session().expect("all is recorded");
        host.ask(&clock, target).expect("all is sent");
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
