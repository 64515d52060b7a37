//! The recorder as an app has it: many threads in front, one worker behind.

mod common;

use common::letters::Letters;
use common::{START_WALL_MS, labelled, now};
use std::collections::BTreeSet;
use tempfile::TempDir;
use viewreel_capture::{CaptureBuffer, Said};
use viewreel_format::{RemoteConfig, ReplayId, SealedSegment};
use viewreel_model::record::{
    Body, GapReason, Health, Keyboard, Lifecycle, LogLevel, Touch, TouchPhase,
};
use viewreel_model::{CaptureId, MaskLevel, Point, Rect};
use viewreel_recorder::cadence::Due;
use viewreel_recorder::decision::{Decision, Reason};
use viewreel_recorder::embed::{Front, Shot, Start, Worker};
use viewreel_recorder::keep::Folder;
use viewreel_recorder::policy::{LookBack, Notice, Settings};
use viewreel_recorder::sampling::SampleRate;
use viewreel_recorder::session::AnalyticsEvent;
use viewreel_recorder::{Conditions, ConfigResult, MAX_LOG_CHARS, MAX_LOGS, Task};
use viewreel_seams::SeededRng;
use viewreel_spool::{Limits, Spool};

/// An app with its spool and notes.
struct App {
    front: Front,
    worker: Worker,
    dir: TempDir,
}

fn settings() -> Settings {
    Settings {
        sample_rate: SampleRate::new(1.0),
        mask_level: MaskLevel::Light,
        uses_remote_config: false,
        ..Settings::default()
    }
}

fn start(settings: Settings, dir: TempDir, ms: u64) -> App {
    let (spool, _) = Spool::open(&dir.path().join("spool"), Limits::NONE, START_WALL_MS);
    let notes = Box::new(Folder::new(&dir.path().join("notes")));
    let start = Start { settings, ..Start::default() };
    let worker = {
        let rng = Box::new(SeededRng::new(ms));
        Worker::start(start, spool, notes, Box::new(Letters), rng, now(ms))
    };
    App { front: worker.front(), worker, dir }
}

impl App {
    fn new() -> Self {
        Self::with(settings())
    }

    fn with(settings: Settings) -> Self {
        start(settings, TempDir::new().expect("the disk works"), 0)
    }

    /// The app begins a session, as its analytics say it.
    fn session(&mut self, ms: u64, session_id: f64) -> Option<String> {
        let event = AnalyticsEvent {
            name: "Opened",
            anonymous_id: "phone",
            integration_session_id: Some(session_id),
            ..AnalyticsEvent::default()
        };
        let id = self.front.event(now(ms), &event);
        self.worker.run(now(ms));
        id
    }

    /// Captures a label, where captures are wanted.
    fn capture(&self, ms: u64, text: &str) {
        let status = self.front.status();
        if status.wants_captures {
            self.front.capture(now(ms), shot(status.epoch), labelled(text));
        }
    }

    fn touch(&self, ms: u64, phase: TouchPhase) {
        self.front.say(
            now(ms),
            Said::Touch { view: CaptureId(1), touch: Touch { phase, ..Touch::default() } },
        );
    }

    /// Everything that would be sent: replay and body.
    fn bodies(&mut self, ms: u64) -> Vec<(ReplayId, Body)> {
        self.worker.flush(now(ms));
        let mut bodies = Vec::new();
        for entry in self.worker.recorder().spooled() {
            let bytes = std::fs::read(&entry.path).expect("the file is there");
            let segment = SealedSegment::parse(&bytes).expect("the file is a segment");
            for record in segment.records() {
                bodies.push((segment.header().replay.clone(), record.expect("it is whole").body));
            }
        }
        bodies
    }

    /// Every text that would be sent.
    fn texts(&mut self, ms: u64) -> BTreeSet<String> {
        let texts = |(_, body): (ReplayId, Body)| match body {
            Body::Keyframe { tree, .. } => all_lines(tree.columns()),
            Body::Diff(diff) => all_lines(&diff.rows),
            _ => Vec::new(),
        };
        self.bodies(ms).into_iter().flat_map(texts).collect()
    }
}

fn shot(epoch: u64) -> Shot {
    Shot { epoch, took_us: 800, is_cut: false }
}

fn all_lines(columns: &viewreel_model::Columns) -> Vec<String> {
    columns.lines.iter().map(|line| columns.strings.get(line.text).to_owned()).collect()
}

fn set(texts: &[&str]) -> BTreeSet<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn a_front_is_for_every_thread_and_a_worker_for_one() {
    fn is_shared<T: Send + Sync + Clone>(_: &T) {}
    fn is_sent<T: Send>(_: &T) {}
    let app = App::new();
    is_shared(&app.front);
    is_sent(&app.worker);
}

#[test]
fn a_session_is_recorded_and_its_events_carry_the_replay_id() {
    let mut app = App::new();
    assert_eq!(app.session(0, 1_764_000_000_000.0).as_deref(), Some("phone/1764000000000"));
    app.capture(10, "Hello");
    app.touch(20, TouchPhase::Down);
    let bodies = app.bodies(100);
    let replays: BTreeSet<String> =
        bodies.iter().map(|(replay, _)| replay.session_id.clone()).collect();
    assert_eq!(replays, set(&["1764000000000"]));
    assert!(bodies.iter().any(|(_, body)| matches!(body, Body::Touch(_))));
    let is_opened = |body: &Body| matches!(body, Body::Event(name) if name == "Opened");
    assert!(bodies.iter().any(|(_, body)| is_opened(body)));
    assert_eq!(app.texts(100), set(&["Hello"]));
}

#[test]
fn while_the_worker_is_away_frames_are_lost_and_counted_and_touches_are_not() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    for ms in 0..1_000 {
        app.capture(ms, &format!("frame {ms}"));
        app.touch(ms, if ms % 2 == 0 { TouchPhase::Down } else { TouchPhase::Up });
    }
    assert_eq!(app.front.lost().frames, 998);
    let bodies = app.bodies(1_000);
    let touches = bodies.iter().filter(|(_, body)| matches!(body, Body::Touch(_))).count();
    // Of those before the first frame that is left the last finger waited for it: down
    // and up. Each finger before it went down on a screen that nobody knows.
    assert_eq!(touches, 4);
    assert_eq!(app.texts(1_000), set(&["frame 998", "frame 999"]));
}

#[test]
fn what_is_captured_after_recording_was_disabled_is_nowhere_and_what_was_before_is_sent() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    app.capture(10, "before");
    let status = app.front.status();
    app.front.tell(Notice::Disabled(true));
    assert!(!app.front.status().wants_captures);
    app.front.capture(now(20), shot(status.epoch), labelled("between"));
    app.worker.run(now(30));
    app.front.tell(Notice::Disabled(false));
    app.worker.run(now(5_000));
    app.capture(5_010, "after");
    let bodies = app.bodies(6_000);
    let is_gap = |body: &Body| matches!(body, Body::Gap { reason: GapReason::Disabled, .. });
    assert!(bodies.iter().any(|(_, body)| is_gap(body)));
    assert_eq!(app.texts(6_000), set(&["before", "after"]));
    assert!(matches!(app.worker.next_task(now(6_000), Conditions::default()), Task::Upload(_)));
}

#[test]
fn another_session_begins_with_nothing_of_the_one_before() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    app.capture(10, "of the first");
    app.touch(20, TouchPhase::Down);
    app.session(30, 2_000.0);
    app.touch(40, TouchPhase::Up);
    app.capture(50, "of the second");
    let mut second = app.bodies(100);
    second.retain(|(replay, _)| replay.session_id == "2000");
    let trees = second.iter().filter_map(|(_, body)| match body {
        Body::Keyframe { tree, .. } => Some(all_lines(tree.columns())),
        _ => None,
    });
    assert!(trees.flatten().all(|text| text == "of the second"));
    assert!(!second.iter().any(|(_, body)| matches!(body, Body::Touch(t) if !t.is_masked)));
}

#[test]
fn an_opt_out_deletes_what_is_unsent_and_holds_in_the_next_process() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    app.capture(10, "Hello");
    app.worker.flush(now(20));
    assert!(!app.worker.recorder().spooled().is_empty());
    app.front.tell(Notice::OptOut(true));
    app.worker.run(now(30));
    assert!(app.worker.recorder().spooled().is_empty());
    let App { worker, dir, .. } = app;
    drop(worker);
    let mut again = start(settings(), dir, 1_000);
    assert_eq!(again.session(1_000, 3_000.0), None);
    assert_eq!(again.front.status().decision, Decision::Not(Reason::OptedOut));
}

#[test]
fn a_config_is_fetched_first_and_what_it_masks_is_masked() {
    let settings = Settings { uses_remote_config: true, ..settings() };
    let mut app = App::with(settings);
    app.session(0, 1_000.0);
    app.capture(10, "before the config");
    assert_eq!(app.worker.next_task(now(20), Conditions::default()), Task::FetchConfig);
    let level = Some(MaskLevel::Conservative);
    let config = RemoteConfig { mask_level: level, ..RemoteConfig::default() };
    let bytes = config.encode().expect("the config is one");
    app.worker.report_config(now(30), &ConfigResult::Loaded(bytes));
    app.worker.run(now(30));
    app.capture(40, "Hello");
    app.front.say(now(45), Said::Log { level: LogLevel::Log, message: "a log".to_owned() });
    let bodies = app.bodies(50);
    let levels = bodies.iter().filter_map(|(_, body)| match body {
        Body::State(state) => Some(state.mask_level),
        _ => None,
    });
    assert!(levels.into_iter().all(|level| level == MaskLevel::Conservative));
    assert_eq!(app.texts(50), BTreeSet::new());
    assert!(bodies.iter().any(|(_, body)| matches!(body, Body::Keyframe { .. })));
}

#[test]
fn a_config_that_cannot_be_read_is_asked_for_again() {
    let mut app = App::with(Settings { uses_remote_config: true, ..settings() });
    app.session(0, 1_000.0);
    assert_eq!(app.worker.next_task(now(0), Conditions::default()), Task::FetchConfig);
    app.worker.report_config(now(0), &ConfigResult::Loaded(b"nonsense".to_vec()));
    app.worker.run(now(0));
    assert_eq!(app.front.status().decision, Decision::Not(Reason::ConfigMissing));
    assert!(matches!(app.worker.next_task(now(1), Conditions::default()), Task::Wait(_)));
}

#[test]
fn nothing_is_captured_after_two_crashes() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    assert!(app.front.status().wants_captures);
    let App { worker, dir, .. } = app;
    drop(worker);
    let mut second = start(settings(), dir, 1_000);
    second.session(1_000, 2_000.0);
    let App { worker, dir, .. } = second;
    drop(worker);
    let mut third = start(settings(), dir, 2_000);
    third.session(2_000, 3_000.0);
    assert_eq!(third.front.status().decision, Decision::Not(Reason::CrashGuard));
    assert!(!third.front.status().wants_captures);
}

#[test]
fn the_background_takes_the_mark_away() {
    let mut app = App::new();
    for process in 0..4_u32 {
        let ms = u64::from(process) * 10_000;
        app.session(ms, f64::from(1_000 + process));
        assert!(app.front.status().wants_captures, "process {process}");
        app.front.say(now(ms + 100), Said::Lifecycle(Lifecycle::Background));
        app.worker.run(now(ms + 100));
        let App { worker, dir, .. } = app;
        drop(worker);
        app = start(settings(), dir, ms + 10_000);
    }
}

#[test]
fn four_angry_taps_keep_what_came_before_them() {
    let look_back = LookBack { ms: 60_000, on_rage_tap: true, ..LookBack::default() };
    let sample_rate = SampleRate::new(0.0);
    let mut app = App::with(Settings { sample_rate, look_back, ..settings() });
    app.session(0, 1_000.0);
    app.capture(10, "before");
    app.worker.run(now(10));
    assert_eq!(app.texts(20), BTreeSet::new());
    for tap in 0..4 {
        app.touch(100 + 20 * tap, TouchPhase::Down);
        app.touch(110 + 20 * tap, TouchPhase::Up);
    }
    app.worker.run(now(200));
    assert!(app.front.status().replay.is_some());
    assert_eq!(app.texts(300), set(&["before"]));
}

#[test]
fn a_replay_has_a_thousand_log_lines_and_the_others_are_counted() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    let log = |message: String| Said::Log { level: LogLevel::Log, message };
    for line in 0..MAX_LOGS + 5 {
        app.front.say(now(u64::from(line)), log("é".repeat(MAX_LOG_CHARS + 5)));
        app.worker.run(now(u64::from(line)));
    }
    let bodies = app.bodies(5_000);
    let lines = bodies.iter().filter_map(|(_, body)| match body {
        Body::Log { message, .. } => Some(message.chars().count()),
        _ => None,
    });
    assert!(lines.clone().all(|chars| chars == MAX_LOG_CHARS));
    assert_eq!(lines.count(), MAX_LOGS as usize);
    assert_eq!(app.worker.counters().logs_dropped, 5);
}

#[test]
fn a_session_that_begins_wants_a_frame_and_then_only_what_changes() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    assert!(matches!(app.front.due(now(0)), Some(Due::Now { .. })));
    app.capture(0, "Hello");
    assert_eq!(app.front.due(now(5_000)), Some(Due::WhenItChanges));
    app.front.changed(now(5_000));
    assert!(matches!(app.front.due(now(5_000)), Some(Due::Now { .. })));
    app.front.tell(Notice::Disabled(true));
    assert_eq!(app.front.due(now(5_000)), None);
}

#[test]
fn a_session_that_is_too_short_is_not_sent() {
    let mut app = App::with(Settings { min_duration_ms: 5_000, ..settings() });
    let task = |app: &mut App, ms| {
        app.worker.flush(now(ms));
        app.worker.next_task(now(ms), Conditions::default())
    };
    app.session(0, 1_000.0);
    app.capture(10, "too short");
    assert_eq!(task(&mut app, 4_000), Task::Wait(1_000));
    app.session(4_500, 2_000.0);
    assert!(app.worker.recorder().spooled().iter().all(|entry| entry.replay.session_id == "2000"));
    app.capture(4_510, "long enough");
    assert_eq!(task(&mut app, 9_000), Task::Wait(500));
    assert!(matches!(task(&mut app, 9_500), Task::Upload(_)));
    app.session(10_000, 3_000.0);
    app.front.tell(Notice::SessionId(-1));
    assert!(matches!(task(&mut app, 11_000), Task::Upload(_)));
    assert!(app.worker.recorder().spooled().iter().all(|entry| entry.replay.session_id == "2000"));
}

#[test]
fn how_recording_goes_is_told_twice_a_minute() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    for ms in (0..40_000).step_by(100) {
        app.capture(ms, &format!("frame {}", ms / 200));
        if ms != 5_000 {
            app.worker.run(now(ms));
        }
    }
    let bodies = app.bodies(40_000);
    let told: Vec<_> = bodies
        .iter()
        .filter_map(|(_, body)| match body {
            Body::Health(health) => Some(*health),
            _ => None,
        })
        .collect();
    // Every second frame says nothing new and is in no count.
    let expected = Health { captured: 151, cut: 0, masked: 0, busy_ms: 120 };
    assert_eq!(told, [expected]);
}

fn touches(bodies: &[(ReplayId, Body)]) -> usize {
    bodies.iter().filter(|(_, body)| matches!(body, Body::Touch(_))).count()
}

#[test]
fn after_a_frame_was_lost_a_finger_waits_for_the_next_one() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    app.capture(10, "known");
    app.worker.run(now(10));
    app.capture(20, "pushed out");
    app.touch(30, TouchPhase::Down);
    app.touch(40, TouchPhase::Up);
    app.capture(50, "next");
    app.capture(60, "last");
    assert_eq!(app.front.lost().frames, 1);
    app.touch(70, TouchPhase::Down);
    assert_eq!(touches(&app.bodies(100)), 3);
}

#[test]
fn a_finger_on_the_keyboard_is_not_recorded_before_the_keyboard_is_captured() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    app.capture(10, "a form");
    let frame = Rect::new(0.0, 500.0, 390.0, 344.0);
    app.front.say(now(20), Said::Keyboard(Keyboard { is_visible: true, frame }));
    let at = |y| Said::Touch {
        view: CaptureId(1),
        touch: Touch { at: Point::new(100.0, y), ..Touch::default() },
    };
    app.front.say(now(30), at(700.0));
    app.front.say(now(40), at(100.0));
    assert_eq!(touches(&app.bodies(100)), 1);
}

#[test]
fn the_name_of_a_screen_ends_with_its_session_and_is_not_known_while_disabled() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    app.capture(10, "one");
    app.front.say(now(20), Said::Screen("Inbox of Ada".to_owned()));
    app.front.tell(Notice::Disabled(true));
    app.worker.run(now(30));
    app.front.say(now(40), Said::Screen("Results".to_owned()));
    app.worker.run(now(40));
    app.front.tell(Notice::Disabled(false));
    app.session(50, 2_000.0);
    app.capture(60, "two");
    let bodies = app.bodies(100);
    let of_second = bodies.iter().filter(|(replay, _)| replay.session_id == "2000");
    let states = of_second.filter_map(|(_, body)| match body {
        Body::State(state) => Some(state.screen.as_str()),
        _ => None,
    });
    assert!(states.clone().count() > 0 && states.into_iter().all(str::is_empty));
    let is_named = |body: &Body| matches!(body, Body::Screen(name) if name == "Results");
    assert!(!bodies.iter().any(|(_, body)| is_named(body)));
}

#[test]
fn what_an_earlier_process_recorded_of_a_session_is_long_enough() {
    let long = || Settings { min_duration_ms: 5_000, ..settings() };
    let mut app = App::with(long());
    app.session(0, 1_000.0);
    app.capture(10, "twenty minutes");
    app.worker.flush(now(20));
    let App { worker, dir, .. } = app;
    drop(worker);
    let mut app = start(long(), dir, 1_000);
    app.session(1_000, 1_000.0);
    app.session(2_000, 2_000.0);
    let kept = app.worker.recorder().spooled().iter();
    assert!(kept.into_iter().any(|entry| entry.replay.session_id == "1000"));
}

/// The label's screen, in which the window says that nothing below it changed.
fn nothing_changed() -> CaptureBuffer {
    let mut buffer = labelled("Hello");
    let rows = buffer.rows_mut();
    rows.nodes.truncate(1);
    rows.nodes[0].flags |= viewreel_capture::layout::flag::UNCHANGED;
    buffer
}

impl App {
    fn capture_buffer(&mut self, ms: u64, buffer: CaptureBuffer) {
        let shot = Shot { epoch: self.front.status().epoch, ..Shot::default() };
        self.front.capture(now(ms), shot, buffer);
    }
}

#[test]
fn a_host_is_told_when_it_may_leave_out_what_is_unchanged() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    assert!(app.front.wants_all());
    app.capture(10, "Hello");
    assert!(!app.front.wants_all());
    app.worker.run(now(10));
    assert!(!app.front.wants_all());
    app.capture_buffer(20, nothing_changed());
    app.worker.run(now(20));
    assert_eq!(app.worker.counters().captures_unchanged, 1);
    // Two frames too many: the first one is lost.
    for ms in [30, 40, 50] {
        app.capture(ms, "Lost and found");
    }
    app.worker.run(now(50));
    assert!(app.front.wants_all());
    app.capture(60, "Hello");
    assert!(!app.front.wants_all());
    app.session(70, 2_000.0);
    assert!(app.front.wants_all());
    app.worker.run(now(70));
    // Of another session nothing is known.
    app.capture_buffer(80, nothing_changed());
    app.worker.run(now(80));
    assert!(app.front.wants_all());
}

#[test]
fn a_capture_that_says_that_nothing_changed_leaves_fingers_where_they_are() {
    let mut app = App::new();
    app.session(0, 1_000.0);
    app.capture(10, "Hello");
    app.capture_buffer(20, nothing_changed());
    let label = Said::Touch { view: CaptureId(2), touch: Touch::default() };
    app.front.say(now(30), label);
    assert_eq!(touches(&app.bodies(40)), 1);
}
