//! What the two enrichment plugins write into events, one behind the other.

mod common;

use common::{App, Device, START, at, everybody};
use serde_json::{Value, json};
use std::rc::Rc;
use viewreel_phone::analytics::{Answer, Event, Object, SESSION_TIMEOUT_MS, Viewreel};
use viewreel_recorder::session::{EventKind, REPLAY_ID_PROPERTY};

const TIMEOUT_MS: u64 = SESSION_TIMEOUT_MS as u64;

impl App {
    /// All events that were kept since the last time.
    fn events(&self) -> Vec<Event> {
        let mut events = Vec::new();
        self.host.analytics.flush();
        self.host.analytics.tick(START, &mut |batch| {
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
    let mut app = App::start(everybody());
    app.track(at(5), "Opened");
    check(&app, &[("session_start", 0, Some(0)), ("Opened", 0, Some(0))]);
}

#[test]
fn a_session_lives_while_less_than_five_minutes_pass_between_events() {
    let mut app = App::start(everybody());
    app.track(at(TIMEOUT_MS - 1), "Late");
    app.track(at(2 * TIMEOUT_MS - 2), "Later");
    check(&app, &[("session_start", 0, Some(0)), ("Late", 0, Some(0)), ("Later", 0, Some(0))]);
}

#[test]
fn the_event_that_finds_the_session_over_still_carries_the_old_one_and_no_replay() {
    let mut app = App::start(everybody());
    app.events();
    app.track(at(TIMEOUT_MS), "Tapped");
    app.track(at(TIMEOUT_MS + 1), "Next");
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
    let app = App::start(everybody());
    app.events();
    app.host.analytics.resign_active(at(1_000));
    app.host.analytics.foreground(at(2_000));
    check(&app, &[]);
    app.host.analytics.resign_active(at(3_000));
    let back = at(3_000 + TIMEOUT_MS);
    app.host.analytics.foreground(back);
    app.host.analytics.track(back, "Opened", Object::new());
    check(&app, &[]);
    app.host.analytics.take_settings(back.plus_ms(700), None);
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
    let soon = at(TIMEOUT_MS - 1);
    let mut app = App::start(everybody());
    // Whoever ends soon after he began to record is not recorded in the third process.
    app.run(soon);
    let app = app.killed().launch(everybody(), soon);
    app.host.analytics.take_settings(soon, None);
    app.host.analytics.track(soon, "Opened", Object::new());
    check(&app, &[("session_start", 0, Some(0)), ("Opened", 0, Some(0))]);
    let late = soon.plus_ms(TIMEOUT_MS);
    let app = app.killed().launch(everybody(), late);
    app.host.analytics.track(late, "Opened", Object::new());
    app.host.analytics.take_settings(late.plus_ms(50), None);
    let new = 2 * SESSION_TIMEOUT_MS - 1;
    check(
        &app,
        &[("session_end", 0, None), ("session_start", new, Some(new)), ("Opened", new, Some(new))],
    );
}

#[test]
fn a_reset_ends_the_session_and_the_next_one_is_recorded_at_once() {
    let app = App::start(everybody());
    app.events();
    app.host.analytics.reset(at(9));
    let replay = app.host.front.status().replay.map(|replay| replay.session_id);
    assert_eq!(replay, Some((START.wall_ms + 9).to_string()));
    check(&app, &[("session_end", 0, Some(0)), ("session_start", 9, Some(9))]);
}

#[test]
fn a_reset_while_settings_are_asked_for_ends_what_is_recorded() {
    let app = App::start(everybody());
    app.host.analytics.foreground(at(20_000));
    app.host.analytics.reset(at(20_001));
    assert_eq!(app.host.front.status().replay, None);
    app.host.analytics.take_settings(at(20_002), None);
    let replay = app.host.front.status().replay.map(|replay| replay.session_id);
    assert_eq!(replay, Some((START.wall_ms + 20_001).to_string()));
}

#[test]
fn events_of_the_session_itself_and_of_amplitude_go_nowhere_else() {
    let app = App::start(everybody());
    let mut event = Event::new(EventKind::Track, "[Amplitude] Opened", Object::new());
    event.integrations.insert("Braze".to_owned(), json!({ "on": true }));
    app.host.analytics.process(START, event);
    let mut event = Event::new(EventKind::Track, "Opened", Object::new());
    event.integrations.insert("Braze".to_owned(), json!(true));
    app.host.analytics.process(START, event);
    let told: Vec<Object> =
        app.events().into_iter().skip(1).map(|event| event.integrations).collect();
    let own = json!({ "session_id": START.wall_ms });
    assert_eq!(json!(told[0]), json!({ "Braze": false, "Actions Amplitude": own }));
    assert_eq!(json!(told[1]), json!({ "Braze": true, "Actions Amplitude": own }));
}

#[test]
fn only_events_and_screens_carry_a_replay_and_one_that_they_have_stays() {
    let app = App::start(everybody());
    app.events();
    app.host.analytics.screen(START, "Log In", Object::new());
    app.host.analytics.identify(START, "user", Object::new());
    app.host.analytics.group(START, "group", Object::new());
    app.host.analytics.alias(START, "other");
    let own = Object::from_iter([(REPLAY_ID_PROPERTY.to_owned(), json!("mine"))]);
    app.host.analytics.track(START, "Own", own);
    let events = app.events();
    let replays: Vec<_> =
        events.iter().map(|event| event.properties.get(REPLAY_ID_PROPERTY).cloned()).collect();
    let id = json!(format!("phone/{}", START.wall_ms));
    assert_eq!(replays, [Some(id), None, None, None, Some(json!("mine"))]);
    assert_eq!(events[0].properties["name"], "Log In");
}

#[test]
fn a_device_without_an_id_is_its_anonymous_user() {
    let app = App::start_on(Device::with_id(""), everybody(), START);
    let events = app.events();
    let id = format!("{}/{}", events[0].anonymous_id, START.wall_ms);
    assert_eq!(events[0].properties[REPLAY_ID_PROPERTY], json!(id));
}

#[test]
fn nothing_is_recorded_without_the_plugin_and_everything_when_it_is_back() {
    let mut app = App::start(everybody());
    app.events();
    let plugin = Rc::new(Viewreel::new(app.host.front.clone()));
    app.host.analytics.add(START, plugin.clone());
    app.host.analytics.remove(START, "Viewreel");
    app.track(at(1), "Without");
    assert!(!app.host.front.status().is_on);
    app.host.analytics.add(START, plugin);
    app.track(at(2), "With");
    check(&app, &[("Without", 0, None), ("With", 0, Some(0))]);
}

#[test]
fn events_and_screens_leave_their_names_in_the_replay() {
    let mut app = App::start(everybody());
    app.track(at(1), "Opened");
    app.host.analytics.screen(START, "Log In", Object::new());
    app.host.analytics.identify(START, "user", Object::new());
    assert_eq!(app.story(at(1), 0), ["session_start", "Opened", "screen Log In"]);
}

#[test]
fn a_clock_that_was_ahead_locks_nobody_out() {
    let mut app = App::start(everybody());
    app.events();
    let ahead = at(365 * 24 * 3_600_000);
    app.host.analytics.track(ahead, "Ahead", Object::new());
    app.track(at(10), "Corrected");
    app.host.analytics.reset(at(20));
    app.track(at(30), "Next");
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
