//! What the two enrichment plugins write into events, one behind the other.

use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;
use viewreel_capture::Input;
use viewreel_phone::analytics::{
    AmplitudeSession, Analytics, Answer, Device, Disk, Event, Object, SESSION_TIMEOUT_MS, Setup,
    Viewreel,
};
use viewreel_recorder::policy::{Handle, Remembered, Settings};
use viewreel_recorder::sampling::SampleRate;
use viewreel_recorder::session::{EventKind, REPLAY_ID_PROPERTY};
use viewreel_seams::{Now, SeededRng};

const START: Now = Now { mono_ms: 7, wall_ms: 1_764_000_000_000 };
const TIMEOUT_MS: u64 = SESSION_TIMEOUT_MS as u64;

struct App {
    analytics: Analytics,
    handle: Handle,
    disk: Disk,
    marks: Rc<RefCell<Vec<String>>>,
}

impl App {
    /// An app whose settings have arrived.
    fn new() -> Self {
        let app = Self::launch(Disk::default(), START, "phone");
        app.analytics.take_settings(START, None);
        app
    }

    /// An app that waits for settings.
    fn launch(disk: Disk, now: Now, device_id: &str) -> Self {
        let device = Device { id: device_id.to_owned(), ..Device::default() };
        let setup = Setup { device, ..Setup::default() };
        let analytics = Analytics::new(setup, disk.clone(), Box::new(SeededRng::new(1)), now);
        let sample_rate = SampleRate::ALL;
        let settings = Settings { sample_rate, uses_remote_config: false, ..Settings::default() };
        let remembered = Remembered { is_opted_out: Some(false), config: None };
        let handle = Handle::new(settings, remembered);
        let marks = Rc::new(RefCell::new(Vec::new()));
        let heard = marks.clone();
        let mark = move |_: Now, input: Input<'_>| heard.borrow_mut().push(format!("{input:?}"));
        analytics.add(now, Rc::new(AmplitudeSession::new(disk.clone())));
        analytics.add(now, Rc::new(Viewreel::new(handle.clone(), mark)));
        Self { analytics, handle, disk, marks }
    }

    fn track(&self, ms: u64, name: &str) {
        self.analytics.track(START.plus_ms(ms), name, Object::new());
    }

    /// All events that were kept since the last time.
    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        self.analytics.flush();
        self.analytics.tick(START, &mut |batch| {
            events.extend(batch.events.iter().cloned());
            Answer::Status(200)
        });
        events
    }

    /// Of each event: its name, its session as time since the start in milliseconds,
    /// and that of its replay.
    fn joined(&self) -> Vec<(String, i64, Option<i64>)> {
        self.events().into_iter().map(joined).collect()
    }
}

fn joined(event: Event) -> (String, i64, Option<i64>) {
    let session = event.integrations["Actions Amplitude"]["session_id"].as_i64();
    let replay = event.properties.get(REPLAY_ID_PROPERTY).and_then(Value::as_str);
    let of_replay = replay.and_then(|id| id.strip_prefix("phone/")?.parse().ok());
    let since = |ms: i64| ms - START.wall_ms;
    (event.name, session.map_or(i64::MIN, since), of_replay.map(since))
}

fn check(app: &App, expected: &[(&str, i64, Option<i64>)]) {
    let joined = app.joined();
    let joined: Vec<_> = joined.iter().map(|(name, s, r)| (name.as_str(), *s, *r)).collect();
    assert_eq!(joined, expected);
}

#[test]
fn a_first_launch_begins_a_session_and_its_events_carry_the_replay() {
    let app = App::new();
    app.track(5, "Opened");
    check(&app, &[("session_start", 0, Some(0)), ("Opened", 0, Some(0))]);
}

#[test]
fn a_session_lives_while_less_than_five_minutes_pass_between_events() {
    let app = App::new();
    app.track(TIMEOUT_MS - 1, "Late");
    app.track(2 * TIMEOUT_MS - 2, "Later");
    check(&app, &[("session_start", 0, Some(0)), ("Late", 0, Some(0)), ("Later", 0, Some(0))]);
}

#[test]
fn the_event_that_finds_the_session_over_still_carries_the_old_one_and_no_replay() {
    let app = App::new();
    app.events();
    app.track(TIMEOUT_MS, "Tapped");
    app.track(TIMEOUT_MS + 1, "Next");
    let new = SESSION_TIMEOUT_MS;
    check(
        &app,
        &[
            ("session_end", 0, Some(0)),
            ("session_start", new, Some(new)),
            ("Tapped", 0, None),
            ("Next", new, Some(new)),
        ],
    );
}

#[test]
fn a_return_within_five_minutes_goes_on_and_a_later_one_begins_a_session() {
    let app = App::new();
    app.events();
    app.analytics.resign_active(START.plus_ms(1_000));
    app.analytics.foreground(START.plus_ms(2_000));
    check(&app, &[]);
    app.analytics.resign_active(START.plus_ms(3_000));
    let back = START.plus_ms(3_000 + TIMEOUT_MS);
    app.analytics.foreground(back);
    app.analytics.track(back, "Opened", Object::new());
    check(&app, &[]);
    app.analytics.take_settings(back.plus_ms(700), None);
    let new = 3_000 + SESSION_TIMEOUT_MS;
    check(
        &app,
        &[
            ("session_end", 0, Some(0)),
            ("session_start", new, Some(new)),
            ("Opened", new, Some(new)),
        ],
    );
}

#[test]
fn a_process_goes_on_with_the_session_of_the_one_before_or_ends_it_first() {
    let disk = App::new().disk;
    let soon = START.plus_ms(TIMEOUT_MS - 1);
    let app = App::launch(disk.clone(), soon, "phone");
    app.analytics.take_settings(soon, None);
    app.analytics.track(soon, "Opened", Object::new());
    check(&app, &[("session_start", 0, Some(0)), ("Opened", 0, Some(0))]);
    let late = soon.plus_ms(TIMEOUT_MS);
    let app = App::launch(disk, late, "phone");
    app.analytics.track(late, "Opened", Object::new());
    app.analytics.take_settings(late.plus_ms(50), None);
    let new = 2 * SESSION_TIMEOUT_MS - 1;
    check(
        &app,
        &[("session_end", 0, None), ("session_start", new, Some(new)), ("Opened", new, Some(new))],
    );
}

#[test]
fn a_reset_ends_the_session_and_the_next_one_is_recorded_at_once() {
    let app = App::new();
    app.events();
    app.analytics.reset(START.plus_ms(9));
    let replay = app.handle.status().replay.map(|replay| replay.session_id);
    assert_eq!(replay, Some((START.wall_ms + 9).to_string()));
    check(&app, &[("session_end", 0, Some(0)), ("session_start", 9, Some(9))]);
}

#[test]
fn a_reset_while_settings_are_asked_for_ends_what_is_recorded() {
    let app = App::new();
    app.analytics.foreground(START.plus_ms(20_000));
    app.analytics.reset(START.plus_ms(20_001));
    assert_eq!(app.handle.status().replay, None);
    app.analytics.take_settings(START.plus_ms(20_002), None);
    let replay = app.handle.status().replay.map(|replay| replay.session_id);
    assert_eq!(replay, Some((START.wall_ms + 20_001).to_string()));
}

#[test]
fn events_of_the_session_itself_and_of_amplitude_go_nowhere_else() {
    let app = App::new();
    let mut event = Event::new(EventKind::Track, "[Amplitude] Opened", Object::new());
    event.integrations.insert("Braze".to_owned(), json!({ "on": true }));
    app.analytics.process(START, event);
    let mut event = Event::new(EventKind::Track, "Opened", Object::new());
    event.integrations.insert("Braze".to_owned(), json!(true));
    app.analytics.process(START, event);
    let told: Vec<Object> =
        app.events().into_iter().skip(1).map(|event| event.integrations).collect();
    let own = json!({ "session_id": START.wall_ms });
    assert_eq!(json!(told[0]), json!({ "Braze": false, "Actions Amplitude": own }));
    assert_eq!(json!(told[1]), json!({ "Braze": true, "Actions Amplitude": own }));
}

#[test]
fn only_events_and_screens_carry_a_replay_and_one_that_they_have_stays() {
    let app = App::new();
    app.events();
    app.analytics.screen(START, "Log In", Object::new());
    app.analytics.identify(START, "user", Object::new());
    app.analytics.group(START, "group", Object::new());
    app.analytics.alias(START, "other");
    let own = Object::from_iter([(REPLAY_ID_PROPERTY.to_owned(), json!("mine"))]);
    app.analytics.track(START, "Own", own);
    let events = app.events();
    let replays: Vec<_> =
        events.iter().map(|event| event.properties.get(REPLAY_ID_PROPERTY).cloned()).collect();
    let id = json!(format!("phone/{}", START.wall_ms));
    assert_eq!(replays, [Some(id), None, None, None, Some(json!("mine"))]);
    assert_eq!(events[0].properties["name"], "Log In");
}

#[test]
fn a_device_without_an_id_is_its_anonymous_user() {
    let app = App::launch(Disk::default(), START, "");
    app.analytics.take_settings(START, None);
    let events = app.events();
    let id = format!("{}/{}", events[0].anonymous_id, START.wall_ms);
    assert_eq!(events[0].properties[REPLAY_ID_PROPERTY], json!(id));
}

#[test]
fn nothing_is_recorded_without_the_plugin_and_everything_when_it_is_back() {
    let app = App::new();
    app.events();
    let plugin = Rc::new(Viewreel::new(app.handle.clone(), |_, _| {}));
    app.analytics.add(START, plugin.clone());
    app.analytics.remove(START, "Viewreel");
    app.track(1, "Without");
    assert!(!app.handle.status().is_on);
    app.analytics.add(START, plugin);
    app.track(2, "With");
    check(&app, &[("Without", 0, None), ("With", 0, Some(0))]);
}

#[test]
fn events_and_screens_leave_their_names_in_the_replay() {
    let app = App::new();
    app.track(1, "Opened");
    app.analytics.screen(START, "Log In", Object::new());
    app.analytics.identify(START, "user", Object::new());
    let expected = ["Event(\"session_start\")", "Event(\"Opened\")", "Screen(\"Log In\")"];
    assert_eq!(*app.marks.borrow(), expected);
}

#[test]
fn a_clock_that_was_ahead_locks_nobody_out() {
    let app = App::new();
    app.events();
    let ahead = START.plus_ms(365 * 24 * 3_600_000);
    app.analytics.track(ahead, "Ahead", Object::new());
    app.track(10, "Corrected");
    app.analytics.reset(START.plus_ms(20));
    app.track(30, "Next");
    let year = 365 * 24 * 3_600_000;
    check(
        &app,
        &[
            ("session_end", 0, Some(0)),
            ("session_start", year, Some(year)),
            ("Ahead", 0, None),
            ("Corrected", year, Some(year)),
            ("session_end", year, Some(year)),
            ("session_start", 20, Some(20)),
            ("Next", 20, Some(20)),
        ],
    );
}
