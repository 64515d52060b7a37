//! Who is recorded, as a host sees it: notices and events in, effects out.

use proptest::prelude::*;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use tempfile::TempDir;
use viewreel_format::{
    Override, RemoteConfig, ReplayId, ServerZone, Step, Subject, SwitchOff, TargetingRule, Version,
};
use viewreel_model::{MaskAction, MaskLevel};
use viewreel_recorder::decision::{AWAIT_SESSION_MS, CONSENT_MS, Consent, Decision, Reason};
use viewreel_recorder::keep::{Folder, Keep, Note};
use viewreel_recorder::policy::{
    DecisionRecord, Effect, Handle, LookBack, Notice, Recording, Remembered, Settings, Versions,
};
use viewreel_recorder::sampling::SampleRate;
use viewreel_recorder::session::{AnalyticsEvent, EventKind};

/// A session of bucket 295,585 and one of bucket 914,457.
const LOW: i64 = 577_782_000;
const HIGH: i64 = 1_700_000_000_000;

/// Half of the sessions, of which `LOW` is one and `HIGH` is not.
fn half() -> Settings {
    Settings { sample_rate: SampleRate::new(0.5), ..all() }
}

/// All sessions, without asking a server.
fn all() -> Settings {
    Settings { sample_rate: SampleRate::ALL, uses_remote_config: false, ..Settings::default() }
}

/// All sessions, by leave of a server.
fn asking() -> Settings {
    Settings { uses_remote_config: true, ..all() }
}

struct App {
    handle: Handle,
    folder: Folder,
    _dir: TempDir,
}

impl App {
    fn start(settings: Settings) -> Self {
        let dir = TempDir::new().expect("the disk works");
        let folder = Folder::new(&dir.path().join("notes"));
        Self { handle: Handle::new(settings, Remembered::read(&folder)), folder, _dir: dir }
    }

    /// The process is gone, with all its effects done, and the app starts again.
    fn start_again(mut self, settings: Settings) -> Self {
        let _done = self.effects();
        self.handle = Handle::new(settings, Remembered::read(&self.folder));
        self
    }

    fn tell(&self, notice: Notice<'_>) {
        self.handle.tell(notice);
    }

    fn event(&self, name: &str, session_ms: i64) -> Option<String> {
        self.handle.event(&event(name, session_ms))
    }

    fn effects(&self) -> Vec<Effect> {
        self.handle.take_effects(&mut self.folder.clone())
    }

    fn decision(&self) -> Decision {
        self.handle.status().decision
    }
}

fn event(name: &str, session_ms: i64) -> AnalyticsEvent<'_> {
    AnalyticsEvent {
        name,
        device_id: Some("phone"),
        integration_session_id: Some(session_ms as f64),
        ..AnalyticsEvent::default()
    }
}

fn replay(session_ms: i64) -> ReplayId {
    ReplayId::new("phone", &session_ms.to_string()).expect("both ids are valid")
}

fn recording(session_ms: i64) -> Effect {
    Effect::Record(Recording::Replay(replay(session_ms)))
}

fn holding(reason: Reason, ms: u64) -> Effect {
    Effect::Record(Recording::Hold { reason, ms })
}

fn off(reason: Reason) -> Effect {
    Effect::Record(Recording::Off(reason))
}

#[test]
fn events_of_a_recorded_session_carry_its_replay_id() {
    let app = App::start(all());
    let id = Some("phone/1700000000000".to_owned());
    assert_eq!(app.event("session_start", HIGH), id);
    assert_eq!(app.event("Bought", HIGH), id);
    assert_eq!(app.event("Late", LOW), None);
    let kinds = [EventKind::Identify, EventKind::Group, EventKind::Alias];
    for kind in kinds {
        let event = AnalyticsEvent { kind, ..event("", HIGH) };
        assert_eq!(app.handle.event(&event), None, "{kind:?}");
    }
    assert_eq!(app.handle.status().replay, Some(replay(HIGH)));
}

#[test]
fn nobody_is_recorded_unless_a_rate_says_so() {
    let app = App::start(Settings { sample_rate: SampleRate::default(), ..all() });
    assert_eq!(app.event("session_start", LOW), None);
    assert_eq!(app.decision(), Decision::Not(Reason::SampledOut));
    assert!(app.effects().contains(&off(Reason::SampledOut)));
}

#[test]
fn what_comes_before_the_first_id_is_held_and_becomes_part_of_the_replay() {
    let app = App::start(half());
    assert!(app.effects().contains(&holding(Reason::SessionAwaited, AWAIT_SESSION_MS)));
    let epoch = app.handle.status().epoch;
    app.event("session_start", LOW);
    assert_eq!(app.effects(), [recording(LOW)]);
    assert_eq!(app.handle.status().epoch, epoch);
}

#[test]
fn what_comes_before_the_first_id_is_wiped_where_its_session_is_not_recorded() {
    let app = App::start(half());
    let _begun = app.effects();
    app.event("session_start", HIGH);
    assert_eq!(app.effects(), [Effect::Wipe, off(Reason::SampledOut)]);
}

#[test]
fn another_session_is_another_replay_and_takes_nothing_of_the_one_before() {
    let app = App::start(all());
    app.event("session_start", LOW);
    let epoch = app.handle.status().epoch;
    let _begun = app.effects();
    app.event("session_start", HIGH);
    assert_eq!(app.effects(), [Effect::Wipe, recording(HIGH)]);
    assert!(app.handle.status().epoch > epoch);
    app.tell(Notice::Reset);
    assert_eq!(app.effects(), [Effect::Wipe, off(Reason::NoSession)]);
    assert_eq!(app.handle.event(&AnalyticsEvent::default()), None);
}

#[test]
fn a_device_that_changes_is_another_replay() {
    let app = App::start(all());
    app.event("session_start", LOW);
    app.tell(Notice::DeviceId("tablet"));
    assert_eq!(app.event("Bought", LOW), Some("tablet/577782000".into()));
}

#[test]
fn opting_out_deletes_what_is_unsent_and_outlives_the_process() {
    let app = App::start(all());
    app.event("session_start", LOW);
    let _begun = app.effects();
    app.tell(Notice::OptOut(true));
    assert_eq!(app.event("Bought", LOW), None);
    assert_eq!(app.effects(), [Effect::DiscardUnsent, Effect::Wipe, off(Reason::OptedOut)]);
    let app = app.start_again(all());
    app.event("session_start", LOW);
    assert_eq!(app.decision(), Decision::Not(Reason::OptedOut));
    assert_eq!(app.effects()[0], Effect::DiscardUnsent);
    app.tell(Notice::OptOut(false));
    assert_eq!(app.decision(), Decision::Record);
    let app = app.start_again(all());
    app.event("session_start", LOW);
    assert_eq!(app.decision(), Decision::Record);
}

#[test]
fn an_initializer_can_refuse_and_not_take_back() {
    let app = App::start(Settings { is_opted_out: true, ..all() });
    assert_eq!(app.decision(), Decision::Not(Reason::OptedOut));
    let app = app.start_again(all());
    assert_eq!(app.decision(), Decision::Not(Reason::OptedOut));
}

#[test]
fn a_refusal_that_cannot_be_written_is_tried_again() {
    let app = App::start(all());
    let wrong = App::start(all());
    let in_the_way = wrong._dir.path().join("notes");
    std::fs::write(&in_the_way, b"").expect("the disk works");
    app.tell(Notice::OptOut(true));
    let _failed = app.handle.take_effects(&mut Folder::new(&in_the_way));
    assert_eq!(app.folder.read(Note::OptOut).expect("the disk works"), None);
    let app = app.start_again(all());
    assert_eq!(app.decision(), Decision::Not(Reason::OptedOut));
}

#[test]
fn where_nobody_can_tell_whether_the_user_refused_nothing_is_recorded() {
    let remembered = Remembered { is_opted_out: None, config: None };
    let handle = Handle::new(all(), remembered);
    let _id = handle.event(&event("session_start", LOW));
    assert_eq!(handle.status().decision, Decision::Not(Reason::MemoryUnreadable));
    let app = App::start(all());
    let effects = handle.take_effects(&mut app.folder.clone());
    assert!(!effects.contains(&Effect::DiscardUnsent));
    handle.tell(Notice::OptOut(false));
    assert_eq!(handle.status().decision, Decision::Record);
}

#[test]
fn while_consent_is_pending_nothing_leaves_the_memory() {
    let pending = || App::start(Settings { consent: Consent::Pending, ..all() });
    let app = pending();
    app.event("session_start", LOW);
    assert!(app.effects().contains(&holding(Reason::ConsentPending, CONSENT_MS)));
    app.tell(Notice::Consent(Consent::Granted));
    assert_eq!(app.effects(), [recording(LOW)]);

    let app = pending();
    app.event("session_start", LOW);
    let _begun = app.effects();
    app.tell(Notice::Consent(Consent::Denied));
    assert_eq!(app.effects(), [Effect::DiscardUnsent, Effect::Wipe, off(Reason::ConsentDenied)]);
}

#[test]
fn a_pause_keeps_what_was_recorded_and_lets_nothing_of_its_time_through() {
    let app = App::start(all());
    app.event("session_start", LOW);
    app.tell(Notice::Armed);
    let _begun = app.effects();
    let before = app.handle.status();
    app.tell(Notice::Disabled(true));
    assert_eq!(app.effects(), [Effect::Wipe, off(Reason::Disabled)]);
    let paused = app.handle.status();
    assert!(before.wants_captures && !paused.wants_captures);
    app.tell(Notice::Disabled(false));
    assert_eq!(app.effects(), [Effect::Wipe, recording(LOW)]);
    let after = app.handle.status();
    assert!(before.epoch < paused.epoch && paused.epoch < after.epoch);
}

#[test]
fn no_view_is_read_before_the_crash_guard_has_left_its_mark() {
    let app = App::start(all());
    app.event("session_start", LOW);
    assert!(!app.handle.status().wants_captures);
    app.tell(Notice::Armed);
    assert!(app.handle.status().wants_captures);
    app.tell(Notice::Guarded(true));
    assert!(!app.handle.status().wants_captures);
    assert_eq!(app.decision(), Decision::Not(Reason::CrashGuard));
}

#[test]
fn without_a_config_nothing_is_recorded_and_nothing_is_held() {
    let app = App::start(asking());
    app.event("session_start", LOW);
    assert_eq!(app.decision(), Decision::Not(Reason::ConfigMissing));
    let effects = app.effects();
    assert!(effects.contains(&off(Reason::ConfigMissing)));
    assert!(effects.contains(&Effect::FetchConfig));
    app.tell(Notice::Config(&RemoteConfig::default()));
    assert_eq!(app.effects(), [Effect::Wipe, recording(LOW)]);
}

#[test]
fn the_last_config_holds_for_the_next_process_until_the_key_is_refused() {
    let app = App::start(asking());
    let config = RemoteConfig { sample_rate_ppm: Some(500_000), ..RemoteConfig::default() };
    app.tell(Notice::Config(&config));
    let app = app.start_again(asking());
    assert_eq!(app.event("session_start", LOW), Some("phone/577782000".into()));
    assert_eq!(app.event("session_start", HIGH), None);
    app.tell(Notice::ConfigUnauthorized);
    assert_eq!(app.decision(), Decision::Not(Reason::ConfigUnauthorized));
    let app = app.start_again(asking());
    assert_eq!(app.decision(), Decision::Not(Reason::ConfigMissing));
}

#[test]
fn an_app_that_asks_for_no_config_follows_none() {
    let app = App::start(asking());
    app.tell(Notice::Config(&RemoteConfig { captures: Some(false), ..RemoteConfig::default() }));
    let app = app.start_again(all());
    app.tell(Notice::Config(&RemoteConfig { captures: Some(false), ..RemoteConfig::default() }));
    app.tell(Notice::ConfigUnauthorized);
    app.event("session_start", LOW);
    assert_eq!(app.decision(), Decision::Record);
    assert!(!app.effects().contains(&Effect::FetchConfig));
}

#[test]
fn the_config_is_fetched_at_every_start_of_a_session_and_not_twice_at_the_first() {
    let fetches = |app: &App| app.effects().contains(&Effect::FetchConfig);
    let app = App::start(asking());
    assert!(fetches(&app));
    app.tell(Notice::Config(&RemoteConfig::default()));
    app.event("session_start", LOW);
    assert!(!fetches(&app));
    app.event("Bought", LOW);
    assert!(!fetches(&app));
    app.event("session_start", HIGH);
    assert!(fetches(&app));
}

/// What a config says of a session that is recorded.
fn with_config(config: &RemoteConfig) -> (Decision, bool) {
    let versions = Versions { sdk: "1.0".into(), os: "17.4".into(), app: "2.3 (7)".into() };
    let app = App::start(Settings { versions, ..asking() });
    app.tell(Notice::Config(&RemoteConfig::default()));
    app.event("session_start", HIGH);
    let _begun = app.effects();
    app.tell(Notice::Config(config));
    (app.decision(), app.effects().contains(&Effect::DiscardUnsent))
}

#[test]
fn a_stricter_config_deletes_what_is_unsent() {
    let base = RemoteConfig::default;
    let off = |subject, from, before: Option<[u32; 4]>| {
        let range = SwitchOff { subject, from: Version(from), before: before.map(Version) };
        RemoteConfig { switched_off: vec![range], ..RemoteConfig::default() }
    };
    let overrides = |action| {
        let steps = vec![Step { class: "Card".into(), identifier: String::new() }];
        RemoteConfig { overrides: vec![Override { action, steps }], ..RemoteConfig::default() }
    };
    let level = |level| RemoteConfig { mask_level: Some(level), ..RemoteConfig::default() };
    let not = Decision::Not;
    let cases = [
        (base(), Decision::Record, false),
        (RemoteConfig { captures: Some(true), ..base() }, Decision::Record, false),
        (RemoteConfig { captures: Some(false), ..base() }, not(Reason::CaptureOff), true),
        (RemoteConfig { zone: Some(ServerZone::Us), ..base() }, Decision::Record, false),
        (RemoteConfig { zone: Some(ServerZone::Eu), ..base() }, not(Reason::OtherZone), true),
        (off(Subject::Sdk, [0; 4], None), not(Reason::SdkOff), true),
        (off(Subject::Os, [17, 4, 0, 0], None), not(Reason::OsOff), true),
        (off(Subject::App, [2; 4], Some([2, 3, 1, 0])), not(Reason::AppOff), true),
        (off(Subject::App, [2; 4], Some([2, 3, 0, 0])), Decision::Record, false),
        (level(MaskLevel::Conservative), Decision::Record, true),
        (level(MaskLevel::Light), Decision::Record, false),
        (overrides(MaskAction::Mask), Decision::Record, true),
        (overrides(MaskAction::Keep), Decision::Record, false),
        (RemoteConfig { sample_rate_ppm: Some(914_457), ..base() }, not(Reason::SampledOut), true),
        (RemoteConfig { sample_rate_ppm: Some(914_458), ..base() }, Decision::Record, false),
    ];
    for (config, decision, discards) in cases {
        assert_eq!(with_config(&config), (decision, discards), "{config:?}");
    }
}

#[test]
fn what_a_config_loosens_holds_from_the_next_session_on() {
    let applied = |app: &App| {
        app.effects().into_iter().find_map(|effect| match effect {
            Effect::Apply(terms) => Some((terms.mask_level, terms.overrides.len())),
            _ => None,
        })
    };
    let steps = vec![Step { class: "Card".into(), identifier: String::new() }];
    let overrides = vec![Override { action: MaskAction::Mask, steps }];
    let strict = RemoteConfig { overrides, ..RemoteConfig::default() };
    let loose = RemoteConfig { mask_level: Some(MaskLevel::Light), ..RemoteConfig::default() };
    let app = App::start(asking());
    app.tell(Notice::Config(&strict));
    app.event("session_start", LOW);
    assert_eq!(applied(&app), Some((MaskLevel::Medium, 1)));
    app.tell(Notice::Config(&loose));
    assert_eq!(applied(&app), None);
    app.event("session_start", HIGH);
    assert_eq!(applied(&app), Some((MaskLevel::Light, 0)));
}

#[test]
fn a_higher_rate_does_not_begin_a_replay_in_the_middle_of_a_session() {
    let app = App::start(asking());
    app.tell(Notice::Config(&RemoteConfig { sample_rate_ppm: Some(0), ..RemoteConfig::default() }));
    app.event("session_start", LOW);
    app.tell(Notice::Config(&RemoteConfig::default()));
    assert_eq!(app.decision(), Decision::Not(Reason::SampledOut));
    app.event("session_start", HIGH);
    assert_eq!(app.decision(), Decision::Record);
}

fn targeting() -> RemoteConfig {
    let rule = TargetingRule::Event { name: "Bought".into() };
    RemoteConfig { targeting: vec![rule], sample_rate_ppm: Some(0), ..RemoteConfig::default() }
}

#[test]
fn with_targeting_only_those_are_recorded_of_whom_a_rule_holds() {
    let app = App::start(asking());
    app.tell(Notice::Config(&targeting()));
    assert_eq!(app.decision(), Decision::Not(Reason::SessionAwaited));
    assert_eq!(app.event("session_start", HIGH), None);
    assert_eq!(app.decision(), Decision::Not(Reason::NotTargeted));
    assert_eq!(app.event("Bought", LOW), None, "an event of an earlier session");
    assert!(!app.effects().iter().any(|effect| matches!(
        effect,
        Effect::Record(Recording::Hold { .. } | Recording::Replay(_))
    )));
    assert_eq!(app.event("Bought", HIGH), Some("phone/1700000000000".into()));
    assert_eq!(app.effects(), [Effect::Wipe, recording(HIGH)]);
}

fn looking_back() -> Settings {
    let on_events = vec!["Crashed".to_owned()];
    let look_back = LookBack { ms: 90_000, on_error_log: true, on_rage_tap: false, on_events };
    Settings { look_back, ..half() }
}

#[test]
fn what_is_worth_it_makes_a_replay_of_what_came_before() {
    let worth = |trigger: fn(&App)| {
        let app = App::start(looking_back());
        app.event("session_start", HIGH);
        assert!(app.effects().contains(&holding(Reason::SampledOut, LookBack::MAX_MS)));
        trigger(&app);
        app.effects()
    };
    assert_eq!(worth(|app| app.tell(Notice::ErrorLog)), [recording(HIGH)]);
    assert_eq!(worth(|app| drop(app.event("Crashed", HIGH))), [recording(HIGH)]);
    assert_eq!(worth(|app| app.tell(Notice::RageTap)), []);
    assert_eq!(worth(|app| drop(app.event("Crashed", LOW))), []);
    let app = App::start(Settings { look_back: LookBack::default(), ..looking_back() });
    app.event("session_start", HIGH);
    app.tell(Notice::ErrorLog);
    assert_eq!(app.decision(), Decision::Not(Reason::SampledOut));
}

#[test]
fn what_is_held_to_look_back_ends_with_its_session_and_in_the_background() {
    let held = || {
        let app = App::start(looking_back());
        app.event("session_start", HIGH);
        let _begun = app.effects();
        app
    };
    let ways: [fn(&App); 4] = [
        |app| app.tell(Notice::Background),
        |app| app.tell(Notice::OptOut(true)),
        |app| app.tell(Notice::Disabled(true)),
        |app| drop(app.event("session_start", HIGH + 2)),
    ];
    for (at, end) in ways.into_iter().enumerate() {
        let app = held();
        let epoch = app.handle.status().epoch;
        end(&app);
        assert!(app.effects().contains(&Effect::Wipe), "way {at}");
        assert!(app.handle.status().epoch > epoch, "way {at}");
    }
    let app = held();
    app.tell(Notice::ErrorLog);
    app.event("session_start", HIGH + 1);
    assert!(!matches!(app.decision(), Decision::Record), "the trigger was of the session before");
}

#[test]
fn a_replay_that_the_server_does_not_want_is_not_recorded_on() {
    let app = App::start(all());
    app.event("session_start", LOW);
    app.tell(Notice::Refused(&replay(HIGH)));
    assert_eq!(app.decision(), Decision::Record);
    app.tell(Notice::Refused(&replay(LOW)));
    assert_eq!(app.decision(), Decision::Not(Reason::Refused));
    assert_eq!(app.event("session_start", HIGH), Some("phone/1700000000000".into()));
}

fn reports(app: &App) -> Vec<(String, Reason)> {
    let report = |effect| match effect {
        Effect::Report(DecisionRecord { replay, reason }) => Some((replay.session_id, reason)),
        _ => None,
    };
    app.effects().into_iter().filter_map(report).collect()
}

#[test]
fn why_a_session_has_no_replay_is_told_once() {
    let app = App::start(half());
    app.event("session_start", HIGH);
    assert_eq!(reports(&app), []);
    app.tell(Notice::Background);
    app.tell(Notice::Background);
    app.event("session_start", LOW);
    assert_eq!(reports(&app), [(HIGH.to_string(), Reason::SampledOut)]);
    app.tell(Notice::OptOut(true));
    app.tell(Notice::Background);
    assert_eq!(reports(&app), [], "it has a replay");
}

#[test]
fn without_consent_or_where_it_is_switched_off_nothing_is_told() {
    let told = |settings| {
        let app = App::start(settings);
        app.event("session_start", HIGH);
        app.tell(Notice::Background);
        reports(&app).len()
    };
    assert_eq!(told(half()), 1);
    assert_eq!(told(Settings { reports_decisions: false, ..half() }), 0);
    assert_eq!(told(Settings { consent: Consent::Denied, ..half() }), 0);
    assert_eq!(told(Settings { consent: Consent::Pending, ..all() }), 0);
}

#[test]
fn effects_are_few_however_long_nobody_takes_them() {
    let app = App::start(Settings { sample_rate: SampleRate::default(), ..looking_back() });
    for n in 0..10_000 {
        app.event("session_start", n);
        app.tell(Notice::Disabled(n % 3 == 0));
        app.tell(Notice::ErrorLog);
        app.tell(Notice::Background);
    }
    let effects = app.effects();
    assert!(effects.len() <= 24, "{}", effects.len());
    assert_eq!(app.effects(), []);
}

/// A disk on which every write takes until the test says so.
struct Stuck {
    begun: SyncSender<()>,
    go_on: Receiver<()>,
}

impl Keep for Stuck {
    fn read(&self, _: Note) -> std::io::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn write(&mut self, _: Note, _: &[u8]) -> std::io::Result<()> {
        self.begun.send(()).map_err(std::io::Error::other)?;
        self.go_on.recv().map_err(std::io::Error::other)
    }

    fn remove(&mut self, _: Note) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn nobody_waits_for_the_disk() {
    let app = App::start(all());
    app.tell(Notice::OptOut(true));
    let (begun, has_begun) = sync_channel(0);
    let (lets_go, go_on) = sync_channel(0);
    let worker = app.handle.clone();
    let thread = std::thread::spawn(move || worker.take_effects(&mut Stuck { begun, go_on }));
    has_begun.recv().expect("the worker writes");
    app.event("session_start", LOW);
    assert_eq!(app.decision(), Decision::Not(Reason::OptedOut));
    lets_go.send(()).expect("the worker waits");
    assert!(thread.join().expect("the worker ends").contains(&Effect::DiscardUnsent));
}

/// One thing that an app may say, at random.
#[derive(Clone, Debug)]
enum Said {
    OptOut(bool),
    Consent(u8),
    Disabled(bool),
    Guarded(bool),
    Session(i64),
    Event(bool, i64),
    Config(Option<bool>, Option<u32>, bool),
    Other(u8),
}

fn said() -> impl Strategy<Value = Said> {
    let session = prop::sample::select(vec![-1, 7, LOW, HIGH]);
    let config = (prop::option::of(any::<bool>()), prop::option::of(0..1_000_000_u32));
    prop_oneof![
        any::<bool>().prop_map(Said::OptOut),
        (0..3_u8).prop_map(Said::Consent),
        any::<bool>().prop_map(Said::Disabled),
        any::<bool>().prop_map(Said::Guarded),
        session.clone().prop_map(Said::Session),
        (any::<bool>(), session).prop_map(|(begins, ms)| Said::Event(begins, ms)),
        (config, any::<bool>()).prop_map(|((on, rate), rule)| Said::Config(on, rate, rule)),
        (0..5_u8).prop_map(Said::Other),
    ]
}

/// What forbids recording, as the test remembers it, and what a worker does that
/// looks after its effects now and then.
#[derive(Default)]
struct Model {
    recording: Option<Recording>,
    is_out: bool,
    is_denied: bool,
    is_disabled: bool,
    is_guarded: bool,
}

impl Model {
    /// Says it; what an event came back with.
    fn say(&mut self, app: &App, said: &Said) -> Option<String> {
        let consents = [Consent::Granted, Consent::Denied, Consent::Pending];
        match *said {
            Said::OptOut(is_out) => {
                self.is_out = is_out;
                app.tell(Notice::OptOut(is_out));
            }
            Said::Consent(at) => {
                self.is_denied = at == 1;
                app.tell(Notice::Consent(consents[usize::from(at)]));
            }
            Said::Disabled(is_disabled) => {
                self.is_disabled = is_disabled;
                app.tell(Notice::Disabled(is_disabled));
            }
            Said::Guarded(is_guarded) => {
                self.is_guarded = is_guarded;
                app.tell(Notice::Guarded(is_guarded));
            }
            Said::Session(ms) => app.tell(Notice::SessionId(ms)),
            Said::Event(true, ms) => return app.event("session_start", ms),
            Said::Event(false, ms) => return app.event("Bought", ms),
            Said::Config(captures, sample_rate_ppm, has_rule) => {
                let rule = TargetingRule::Event { name: "Bought".into() };
                let targeting = if has_rule { vec![rule] } else { vec![] };
                let config = RemoteConfig {
                    captures,
                    sample_rate_ppm,
                    targeting,
                    ..RemoteConfig::default()
                };
                app.tell(Notice::Config(&config));
            }
            Said::Other(0) => app.tell(Notice::Reset),
            Said::Other(1) => app.tell(Notice::Background),
            Said::Other(2) => app.tell(Notice::ErrorLog),
            Said::Other(3) => app.tell(Notice::Armed),
            Said::Other(_) => self.follow(app),
        }
        None
    }

    fn follow(&mut self, app: &App) {
        for effect in app.effects() {
            if let Effect::Record(recording) = effect {
                self.recording = Some(recording);
            }
        }
    }

    fn forbids(&self) -> bool {
        self.is_out || self.is_denied || self.is_disabled || self.is_guarded
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_an_app_says_nobody_is_recorded_against_a_refusal(
        all in prop::collection::vec(said(), 1..40)
    ) {
        let app = App::start(Settings { uses_remote_config: true, ..looking_back() });
        let mut model = Model::default();
        for said in &all {
            let id = model.say(&app, said);
            let status = app.handle.status();
            let written = status.replay.as_ref().map(|r| format!("{}/{}", r.device_id, r.session_id));
            prop_assert!(id.is_none() || id == written, "{id:?} {written:?}");
            prop_assert_eq!(status.decision == Decision::Record, status.replay.is_some());
            if model.forbids() {
                prop_assert!(status.replay.is_none() && !status.wants_captures);
            }
        }
        model.follow(&app);
        let is_off = matches!(model.recording, Some(Recording::Off(_)));
        prop_assert!(is_off || !model.forbids());
        let worker = match model.recording {
            Some(Recording::Replay(replay)) => Some(replay),
            _ => None,
        };
        prop_assert_eq!(worker, app.handle.status().replay);
    }
}
