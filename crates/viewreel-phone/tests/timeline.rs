//! What an event meets on its way, and in which order.

use std::cell::RefCell;
use std::rc::Rc;
use viewreel_phone::analytics::{
    Analytics, Answer, Batch, Disk, Event, MAX_WAITING_EVENTS, Object, Pass, Place, Plugin,
    SEGMENT_IO, Settings, Setup, Timeline,
};
use viewreel_recorder::session::EventKind;
use viewreel_seams::{Now, SeededRng};

const START: Now = Now { mono_ms: 7, wall_ms: 1_764_000_000_000 };

type Seen = Rc<RefCell<Vec<String>>>;

/// Takes down what passes.
struct Witness {
    name: &'static str,
    place: Place,
    seen: Seen,
    inner: Timeline,
}

impl Plugin for Witness {
    fn name(&self) -> &'static str {
        self.name
    }

    fn place(&self) -> Place {
        self.place
    }

    fn inner(&self) -> Option<&Timeline> {
        Some(&self.inner)
    }

    fn execute(&self, _: Pass<'_>, mut event: Event) -> Option<Event> {
        self.seen.borrow_mut().push(format!("{} {}", self.name, event.name));
        event.name.push('*');
        (!event.name.starts_with("Dropped")).then_some(event)
    }

    fn shutdown(&self, _: Pass<'_>) {
        self.seen.borrow_mut().push(format!("{} is gone", self.name));
    }
}

fn witness(seen: &Seen, name: &'static str, place: Place) -> Rc<Witness> {
    Rc::new(Witness { name, place, seen: seen.clone(), inner: Timeline::default() })
}

struct App {
    analytics: Analytics,
    disk: Disk,
    seen: Seen,
}

impl App {
    fn new() -> Self {
        let disk = Disk::default();
        let analytics =
            Analytics::new(Setup::default(), disk.clone(), Box::new(SeededRng::new(1)), START);
        Self { analytics, disk, seen: Seen::default() }
    }

    fn running() -> Self {
        let app = Self::new();
        app.analytics.take_settings(START, None);
        app
    }

    fn watch(&self, name: &'static str, place: Place) -> Rc<Witness> {
        let plugin = witness(&self.seen, name, place);
        self.analytics.add(START, plugin.clone());
        plugin
    }

    fn track(&self, name: &str) {
        self.analytics.track(START, name, Object::new());
    }

    fn seen(&self) -> Vec<String> {
        self.seen.take()
    }

    /// What is carried away by then, file by file.
    fn carried(&self, now: Now, answer: Answer) -> Vec<Vec<String>> {
        let mut carried = Vec::new();
        self.analytics.tick(now, &mut |batch: &Batch| {
            carried.push(batch.events.iter().map(|event| event.name.clone()).collect());
            answer
        });
        carried
    }
}

fn settings(keys: &[&str]) -> Settings {
    let integrations = keys.iter().map(|key| ((*key).to_owned(), true.into()));
    Settings { integrations: integrations.collect() }
}

#[test]
fn an_event_passes_the_places_in_order_and_each_in_the_order_of_adding() {
    let app = App::new();
    app.analytics.take_settings(START, Some(settings(&["destination"])));
    for (name, place) in [
        ("utility", Place::Utility),
        ("after", Place::After),
        ("destination", Place::Destination),
        ("second", Place::Enrichment),
        ("third", Place::Enrichment),
        ("first", Place::Before),
    ] {
        app.watch(name, place);
    }
    let seen = app.seen.clone();
    let event = Event::new(EventKind::Track, "E", Object::new());
    let event = event.enriched(move |mut event| {
        seen.borrow_mut().push(format!("closure {}", event.name));
        event.name.push('+');
        Some(event)
    });
    app.analytics.process(START, event.enriched(|_| None));
    let expected =
        ["first E", "second E*", "third E**", "closure E***", "destination E***+", "after E***+"];
    assert_eq!(app.seen(), expected);
}

#[test]
fn a_plugin_that_answers_nothing_drops_the_event() {
    let app = App::running();
    app.watch("first", Place::Enrichment);
    app.watch("second", Place::Enrichment);
    app.track("Dropped");
    assert_eq!(app.seen(), ["first Dropped"]);
    assert!(app.disk.kept().is_empty());
}

#[test]
fn a_destination_gets_what_settings_and_the_event_allow_and_changes_it_for_itself() {
    let app = App::new();
    let plugin = app.watch("Braze", Place::Destination);
    plugin.inner.add(witness(&app.seen, "inner after", Place::After));
    plugin.inner.add(witness(&app.seen, "inner", Place::Enrichment));
    app.analytics.take_settings(START, Some(settings(&[SEGMENT_IO])));
    app.track("Unknown");
    app.analytics.take_settings(START, Some(settings(&[SEGMENT_IO, "Braze"])));
    app.track("Known");
    let mut event = Event::new(EventKind::Track, "Forbidden", Object::new());
    event.integrations.insert("Braze".to_owned(), false.into());
    app.analytics.process(START, event);
    assert_eq!(app.seen(), ["inner Known", "Braze Known*", "inner after Known**"]);
    assert_eq!(app.disk.kept(), ["Unknown", "Known", "Forbidden"]);
}

#[test]
fn a_plugin_that_is_removed_is_told_and_sees_nothing_more() {
    let app = App::running();
    app.watch("plugin", Place::Enrichment);
    app.track("Seen");
    app.analytics.remove(START, "plugin");
    app.track("Unseen");
    assert_eq!(app.seen(), ["plugin Seen", "plugin is gone"]);
}

#[test]
fn events_wait_for_settings_with_the_time_and_the_id_that_they_have() {
    let app = App::new();
    app.watch("plugin", Place::Enrichment);
    app.track("First");
    app.analytics.identify(START.plus_ms(1), "user", Object::new());
    assert!(app.analytics.wants_settings() && app.seen().is_empty());
    app.analytics.take_settings(START.plus_ms(9_000), None);
    app.track("Last");
    assert_eq!(app.seen(), ["plugin First", "plugin ", "plugin Last"]);
    app.analytics.flush();
    let mut times = Vec::new();
    app.analytics.tick(START, &mut |batch| {
        times.extend(batch.events.iter().map(|event| event.timestamp_ms - START.wall_ms));
        Answer::Status(200)
    });
    assert_eq!(times, [0, 1, 0]);
}

#[test]
fn no_more_than_a_thousand_events_wait() {
    let app = App::new();
    for index in 0..=MAX_WAITING_EVENTS {
        app.track(&index.to_string());
    }
    app.analytics.take_settings(START, None);
    let kept = app.disk.kept();
    assert_eq!((kept.len(), kept[0].as_str()), (MAX_WAITING_EVENTS, "1"));
}

#[test]
fn settings_are_asked_for_again_on_return_and_events_wait_again() {
    let app = App::running();
    app.analytics.foreground(START.plus_ms(9_999));
    assert!(!app.analytics.wants_settings());
    app.analytics.foreground(START.plus_ms(10_000));
    assert!(app.analytics.wants_settings());
    app.track("Waits");
    assert!(app.disk.kept().is_empty());
    app.analytics.take_settings(START.plus_ms(11_000), None);
    assert_eq!(app.disk.kept(), ["Waits"]);
}

#[test]
fn events_are_carried_away_after_so_many_after_so_long_and_when_the_app_is_left() {
    let app = App::running();
    (0..19).for_each(|_| app.track("E"));
    assert!(app.carried(START, Answer::Status(200)).is_empty());
    app.track("E");
    assert_eq!(app.carried(START, Answer::Status(200))[0].len(), 20);
    app.track("Later");
    assert!(app.carried(START.plus_ms(29_999), Answer::Status(200)).is_empty());
    assert_eq!(app.carried(START.plus_ms(30_000), Answer::Status(200)), [["Later"]]);
    app.track("Leaving");
    app.analytics.background();
    assert_eq!(app.carried(START.plus_ms(30_001), Answer::Status(200)), [["Leaving"]]);
    app.track("Behind");
    assert!(app.carried(START.plus_ms(90_000), Answer::Status(200)).is_empty());
}

#[test]
fn what_the_server_does_not_take_is_carried_again_in_order() {
    let app = App::running();
    for name in ["First", "Second"] {
        app.track(name);
        app.analytics.flush();
        app.carried(START, Answer::Unreachable);
    }
    app.analytics.flush();
    assert_eq!(app.carried(START, Answer::Status(500)), [["First"], ["Second"]]);
    app.analytics.flush();
    assert_eq!(app.carried(START, Answer::Status(400)), [["First"], ["Second"]]);
    assert!(app.disk.kept().is_empty());
}

#[test]
fn a_user_who_is_forgotten_is_another_one() {
    let app = App::running();
    app.analytics.identify(START, "user", Object::new());
    app.analytics.alias(START, "other");
    app.analytics.reset(START);
    app.track("After");
    app.analytics.flush();
    let mut who = Vec::new();
    app.analytics.tick(START, &mut |batch| {
        who.extend(batch.events.iter().map(|e| (e.user_id.clone(), e.anonymous_id.clone())));
        Answer::Status(200)
    });
    let users: Vec<_> = who.iter().map(|(user, _)| user.as_deref()).collect();
    assert_eq!(users, [Some("user"), Some("other"), None]);
    assert!(who[0].1 == who[1].1 && who[1].1 != who[2].1);
}
