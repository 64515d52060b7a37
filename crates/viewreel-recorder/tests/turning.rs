//! A recorder does what a policy asks for.

mod common;

use common::{Phone, capture, labelled, now, replayed, segments};
use viewreel_capture::Input;
use viewreel_format::{LogThreshold, Override, RemoteConfig, Step};
use viewreel_model::record::{Body, GapReason, LogLevel, Touch};
use viewreel_model::{CaptureId, MaskAction, MaskLevel};
use viewreel_recorder::decision::Consent;
use viewreel_recorder::keep::Folder;
use viewreel_recorder::policy::{Effect, Handle, LookBack, Notice, Remembered, Settings};
use viewreel_recorder::sampling::SampleRate;
use viewreel_recorder::session::AnalyticsEvent;

/// Sessions of bucket 295,585 and of bucket 914,457.
const LOW: i64 = 577_782_000;
const HIGH: i64 = 1_700_000_000_000;

/// An app whose recorder follows its policy.
struct App {
    phone: Phone,
    handle: Handle,
    notes: Folder,
}

impl App {
    fn start(settings: Settings) -> Self {
        let phone = Phone::new();
        let notes = Folder::new(&phone.dir.path().join("notes"));
        let remembered = Remembered { is_opted_out: Some(false), config: None };
        let mut app = Self { phone, handle: Handle::new(settings, remembered), notes };
        app.follow(0);
        app
    }

    /// The process is gone without a word, and another one begins at that time.
    fn killed_and_started_again(self, ms: u64, settings: Settings) -> Self {
        let phone = self.phone.killed_and_started_again_after(ms);
        let remembered = Remembered { is_opted_out: Some(false), config: None };
        let handle = Handle::new(settings, remembered);
        let mut app = Self { phone, handle, notes: self.notes };
        app.follow(ms);
        app
    }

    /// The worker does what is to be done.
    fn follow(&mut self, ms: u64) -> Vec<Effect> {
        let effects = self.handle.take_effects(&mut self.notes);
        let carry_out = |effect| self.phone.recorder.carry_out(now(ms), effect);
        effects.into_iter().filter_map(carry_out).collect()
    }

    fn tell(&mut self, ms: u64, notice: Notice<'_>) {
        self.handle.tell(notice);
        self.follow(ms);
    }

    fn session(&mut self, ms: u64, session_ms: i64) {
        let _replay_id = self.handle.event(&AnalyticsEvent {
            name: "session_start",
            device_id: Some("phone"),
            integration_session_id: Some(session_ms as f64),
            ..AnalyticsEvent::default()
        });
        self.follow(ms);
    }

    /// A new text each second, from one time to another, in seconds.
    fn watch(&mut self, seconds: std::ops::Range<u64>) {
        for second in seconds {
            capture(&mut self.phone, second * 1_000, &format!("second {second}"));
        }
    }

    /// The same in a label of class `Balance`.
    fn watch_balance(&mut self, seconds: std::ops::Range<u64>) {
        for second in seconds {
            let mut buffer = labelled(&format!("second {second}"));
            let class_chain = buffer.add_string_bytes(b"Balance:UILabel:UIView");
            buffer.rows_mut().nodes[1].class_chain = class_chain;
            self.phone.input(second * 1_000, Input::Capture(&buffer));
        }
    }

    /// Segment files, sealed or open.
    fn files(&self) -> usize {
        let entries = std::fs::read_dir(self.phone.dir.path()).expect("the disk works");
        let is_file = |entry: &std::fs::DirEntry| entry.path().is_file();
        entries.filter(|entry| entry.as_ref().is_ok_and(is_file)).count()
    }

    /// Of each spooled segment: session, seq, start.
    fn spooled(&mut self) -> Vec<(String, u32, u64)> {
        self.phone.flush();
        let segments = segments(&self.phone).into_iter();
        segments
            .map(|(header, _)| (header.replay.session_id, header.seq, header.start_ms))
            .collect()
    }
}

fn all() -> Settings {
    Settings {
        sample_rate: SampleRate::ALL,
        mask_level: MaskLevel::Light,
        uses_remote_config: false,
        ..Settings::default()
    }
}

fn half() -> Settings {
    Settings { sample_rate: SampleRate::new(0.5), ..all() }
}

#[test]
fn what_came_before_the_first_id_is_in_its_replay_and_was_never_on_disk_before() {
    let mut app = App::start(half());
    app.watch(0..25);
    assert_eq!(app.files(), 0);
    app.session(25_000, LOW);
    app.watch(25..30);
    let spooled = app.spooled();
    assert!(spooled.iter().all(|(session, ..)| *session == LOW.to_string()));
    let seqs: Vec<u32> = spooled.iter().map(|(_, seq, _)| *seq).collect();
    assert_eq!(seqs, (0..seqs.len() as u32).collect::<Vec<_>>());
    for second in [0, 1, 9, 10, 11, 24, 25, 29] {
        assert_eq!(replayed(&app.phone, second * 1_000 + 500), format!("second {second}"));
    }
}

#[test]
fn of_a_session_that_is_not_recorded_nothing_was_ever_on_disk() {
    let mut app = App::start(half());
    app.watch(0..25);
    app.session(25_000, HIGH);
    app.watch(25..30);
    assert_eq!((app.spooled(), app.files()), (vec![], 0));
}

#[test]
fn no_more_is_held_than_a_minute() {
    let mut app = App::start(half());
    app.watch(0..200);
    app.session(200_000, LOW);
    let starts: Vec<u64> = app.spooled().into_iter().map(|(.., start_ms)| start_ms).collect();
    assert!((140_000..=150_000).contains(&starts[0]), "{starts:?}");
}

#[test]
fn a_screen_that_stands_still_is_held_however_long_it_does() {
    let mut app = App::start(half());
    for second in 0..200 {
        capture(&mut app.phone, second * 1_000, "still");
    }
    app.session(200_000, LOW);
    app.phone.flush();
    assert_eq!(replayed(&app.phone, 200_000), "still");
}

#[test]
fn what_leads_to_an_error_is_recorded_with_it() {
    let look_back = LookBack { ms: 20_000, on_error_log: true, ..LookBack::default() };
    let mut app = App::start(Settings { look_back, ..half() });
    app.session(0, HIGH);
    app.watch(0..100);
    assert_eq!(app.files(), 0);
    app.tell(100_000, Notice::ErrorLog);
    app.watch(100..101);
    let (session, _, start_ms) = app.spooled().swap_remove(0);
    assert_eq!(session, HIGH.to_string());
    assert!((80_000..=84_000).contains(&start_ms), "{start_ms}");
    assert_eq!(replayed(&app.phone, 95_500), "second 95");
}

#[test]
fn a_pause_is_a_gap_and_nothing_of_its_time_is_recorded() {
    let mut app = App::start(all());
    app.session(0, LOW);
    app.watch(0..3);
    app.tell(3_000, Notice::Disabled(true));
    app.watch(3..7);
    app.phone.input(7_000, Input::Touch { view: CaptureId(1), touch: Touch::default() });
    app.phone.input(7_000, Input::Event("Secret"));
    app.tell(8_000, Notice::Disabled(false));
    app.watch(8..9);
    app.phone.flush();
    let segments = segments(&app.phone);
    let bodies: Vec<&Body> =
        segments.iter().flat_map(|(_, records)| records).map(|record| &record.body).collect();
    let is_gap =
        |body: &Body| matches!(body, Body::Gap { reason: GapReason::Disabled, duration_ms: 5_000 });
    assert_eq!(bodies.iter().filter(|body| is_gap(body)).count(), 1);
    assert!(!bodies.iter().any(|body| matches!(body, Body::Event(_) | Body::Touch(_))));
    assert_eq!(replayed(&app.phone, 7_900), "second 2");
    assert_eq!(replayed(&app.phone, 8_000), "second 8");
    assert_eq!(app.phone.recorder.counters().records_dropped, 0);
}

#[test]
fn a_session_begins_with_nothing_of_the_one_before() {
    let mut app = App::start(all());
    app.session(0, LOW);
    app.watch(0..3);
    app.session(3_000, HIGH);
    app.phone.input(3_100, Input::Event("First"));
    app.watch(4..5);
    let sessions: Vec<String> = app.spooled().into_iter().map(|(session, ..)| session).collect();
    assert_eq!(sessions, [LOW.to_string(), HIGH.to_string()]);
    match &segments(&app.phone)[1].1[1].body {
        Body::Keyframe { tree, .. } => assert!(tree.is_empty()),
        body => panic!("{body:?}"),
    }
    assert_eq!(replayed(&app.phone, 4_000), "second 4");
}

#[test]
fn opting_out_leaves_no_file() {
    let mut app = App::start(all());
    app.session(0, LOW);
    app.watch(0..70);
    assert!(app.files() >= 2);
    app.tell(70_000, Notice::OptOut(true));
    app.watch(70..75);
    assert_eq!((app.spooled(), app.files()), (vec![], 0));
}

#[test]
fn without_consent_what_was_held_is_gone() {
    let mut app = App::start(Settings { consent: Consent::Pending, ..all() });
    app.session(0, LOW);
    app.watch(0..20);
    app.tell(20_000, Notice::Consent(Consent::Denied));
    app.tell(21_000, Notice::Consent(Consent::Granted));
    app.watch(21..22);
    let starts: Vec<u64> = app.spooled().into_iter().map(|(.., start_ms)| start_ms).collect();
    assert_eq!(starts, [21_000]);
}

#[test]
fn a_level_that_rises_is_in_force_at_once_and_what_was_recorded_below_it_is_gone() {
    let mut app = App::start(Settings { uses_remote_config: true, ..all() });
    app.tell(0, Notice::Config(&RemoteConfig::default()));
    app.session(0, LOW);
    app.watch(0..3);
    let mask_level = Some(MaskLevel::Conservative);
    app.tell(3_000, Notice::Config(&RemoteConfig { mask_level, ..RemoteConfig::default() }));
    app.watch(3..5);
    app.phone.flush();
    let segments = segments(&app.phone);
    assert_eq!(segments[0].0.start_ms, 3_000);
    for (_, records) in &segments {
        match &records[0].body {
            Body::State(state) => assert_eq!(state.mask_level, MaskLevel::Conservative),
            body => panic!("{body:?}"),
        }
    }
    assert_eq!(replayed(&app.phone, 4_500), "");
}

/// A config that does this to labels of class `Balance`.
fn to_balances(action: MaskAction) -> RemoteConfig {
    let step = Step { class: "Balance".to_owned(), identifier: String::new() };
    let overrides = vec![Override { action, steps: vec![step] }];
    RemoteConfig { overrides, ..RemoteConfig::default() }
}

#[test]
fn an_override_that_masks_is_in_force_at_once_and_what_was_recorded_without_it_is_gone() {
    for action in [MaskAction::Mask, MaskAction::Replace] {
        let mut app = App::start(Settings { uses_remote_config: true, ..all() });
        app.tell(0, Notice::Config(&RemoteConfig::default()));
        app.session(0, LOW);
        app.watch_balance(0..3);
        app.tell(3_000, Notice::Config(&to_balances(action)));
        app.watch_balance(3..5);
        let starts: Vec<u64> = app.spooled().into_iter().map(|(.., start_ms)| start_ms).collect();
        assert_eq!((starts, replayed(&app.phone, 4_500)), (vec![3_000], String::new()));
        app.watch(5..6);
        app.phone.flush();
        assert_eq!(replayed(&app.phone, 5_500), "second 5");
    }
}

#[test]
fn an_override_that_keeps_is_in_force_from_the_next_session_on_where_the_app_allows_it() {
    for (allows_remote_unmasking, shown) in [(true, "second 5"), (false, "")] {
        let mask_level = MaskLevel::Conservative;
        let settings = Settings { uses_remote_config: true, mask_level, ..all() };
        let mut app = App::start(Settings { allows_remote_unmasking, ..settings });
        app.tell(0, Notice::Config(&RemoteConfig::default()));
        app.session(0, LOW);
        app.watch_balance(0..1);
        app.tell(1_000, Notice::Config(&to_balances(MaskAction::Keep)));
        app.watch_balance(1..3);
        app.session(3_000, HIGH);
        app.watch_balance(3..6);
        app.phone.flush();
        assert_eq!(replayed(&app.phone, 2_500), "");
        assert_eq!(replayed(&app.phone, 5_500), shown);
    }
}

/// What a process says that begins at 40 s, after one that was killed in a session.
/// Its first capture comes at 41 s and its session at 42 s, or the other way around.
fn gaps_after_a_kill(session_ms: i64, is_held: bool) -> Vec<(u64, Body)> {
    let mut app = App::start(all());
    app.session(0, LOW);
    app.watch(0..30);
    let mut app = app.killed_and_started_again(40_000, all());
    if is_held {
        capture(&mut app.phone, 1_000, "held");
    }
    app.session(42_000, session_ms);
    capture(&mut app.phone, 3_000, "known");
    app.phone.flush();
    assert_eq!(replayed(&app.phone, 3_000), "known");
    let segments = segments(&app.phone);
    let records = segments.into_iter().flat_map(|(_, records)| records);
    let gaps = records.filter(|record| matches!(record.body, Body::Gap { .. }));
    gaps.map(|record| (record.time_ms, record.body)).collect()
}

#[test]
fn a_replay_that_a_kill_broke_off_says_so_where_the_next_process_goes_on_with_it() {
    for (is_held, at_ms) in [(true, 1_000), (false, 3_000)] {
        let gaps = gaps_after_a_kill(LOW, is_held);
        let [(time_ms, Body::Gap { reason: GapReason::CaptureFailed, duration_ms })] =
            gaps.as_slice()
        else {
            panic!("{gaps:?}");
        };
        assert_eq!(*time_ms, at_ms);
        let since_kill_ms = duration_ms - at_ms;
        assert!((10_000..=13_000).contains(&since_kill_ms), "{since_kill_ms}");
        assert_eq!(gaps_after_a_kill(HIGH, is_held).len(), 0);
    }
}

#[test]
fn log_lines_below_the_threshold_are_not_recorded() {
    let mut app = App::start(Settings { logs: LogThreshold::Warnings, ..all() });
    app.session(0, LOW);
    for level in [LogLevel::Log, LogLevel::Warn, LogLevel::Error] {
        app.phone.input(1_000, Input::Log { level, message: "m" });
    }
    app.phone.flush();
    let segments = segments(&app.phone);
    let records = segments.iter().flat_map(|(_, records)| records);
    let logs = records.filter(|record| matches!(record.body, Body::Log { .. }));
    assert_eq!(logs.count(), 2);
}

#[test]
fn what_is_not_a_recorder_s_to_do_alone_is_given_back() {
    let mut app = App::start(Settings { uses_remote_config: true, ..all() });
    app.handle.tell(Notice::Config(&RemoteConfig {
        uploads_metered: Some(false),
        ..RemoteConfig::default()
    }));
    let left = app.follow(0);
    assert!(matches!(left.as_slice(), [Effect::Apply(_)]), "{left:?}");
}

#[test]
fn of_a_session_that_is_not_recorded_no_view_is_read() {
    let mut app = App::start(all());
    app.tell(0, Notice::OptOut(true));
    app.session(0, LOW);
    capture(&mut app.phone, 1_000, "not recorded");
    assert_eq!(app.phone.recorder.counters().captures, 0);
}
