//! What is given to a recorder can be played back from its spool.

mod common;

use common::{Phone, capture, labelled, now, replayed, segments};
use viewreel_capture::{CaptureBuffer, Input, View};
use viewreel_model::node::{Appearance, Border, Geometry, Gradient, Shadow};
use viewreel_model::record::{Body, GapReason, Keyboard, Lifecycle, Touch, TouchPhase};
use viewreel_model::viewport::{SceneId, Viewport};
use viewreel_model::{CaptureId, Color, Point, Rect};
use viewreel_seams::{Rng, SeededRng};

#[test]
fn every_segment_begins_with_its_state_and_a_keyframe() {
    let mut phone = Phone::new();
    for ms in (0..=95_000).step_by(100) {
        capture(&mut phone, ms, &format!("label {ms}"));
    }
    phone.flush();
    let segments = segments(&phone);
    assert!(segments.len() >= 3, "{} segments", segments.len());
    for (seq, (header, records)) in segments.iter().enumerate() {
        assert_eq!(header.seq as usize, seq);
        let opening: Vec<u64> = records[..2].iter().map(|record| record.time_ms).collect();
        assert_eq!(opening, [header.start_ms; 2]);
        assert!(matches!(records[0].body, Body::State(_)));
        assert!(matches!(records[1].body, Body::Keyframe { .. }));
    }
}

#[test]
fn the_text_on_the_screen_is_that_of_the_time() {
    let mut phone = Phone::new();
    for second in 0..70 {
        capture(&mut phone, second * 1_000, &format!("second {second}"));
    }
    phone.flush();
    for second in [0, 1, 29, 30, 31, 59, 60, 69] {
        let text = replayed(&phone, second * 1_000 + 500);
        assert_eq!(text, format!("second {second}"));
    }
}

#[test]
fn a_capture_in_which_nothing_changed_takes_no_bytes() {
    let mut phone = Phone::new();
    for ms in (0..5_000).step_by(100) {
        capture(&mut phone, ms, "still");
    }
    phone.flush();
    assert_eq!(segments(&phone)[0].1.len(), 2);
    assert_eq!(phone.recorder.counters().captures_unchanged, 49);
}

#[test]
fn what_was_recorded_two_seconds_before_a_kill_is_there_at_the_next_start() {
    let mut phone = Phone::new();
    for ms in (0..10_000).step_by(100) {
        capture(&mut phone, ms, &format!("label {ms}"));
    }
    let phone = phone.killed_and_started_again();
    let last = segments(&phone)[0].1.last().map(|record| record.time_ms);
    assert!(last.is_some_and(|ms| ms >= 9_900 - 2_000), "{last:?}");
}

#[test]
fn going_to_the_background_seals_what_there_is() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "hello");
    phone.input(1_000, Input::Lifecycle(Lifecycle::Background));
    assert_eq!(segments(&phone).len(), 1);
    phone.input(9_000, Input::Lifecycle(Lifecycle::Active));
    capture(&mut phone, 9_100, "hello");
    phone.flush();
    let segments = segments(&phone);
    assert_eq!(segments.len(), 2);
    let returned = segments[1].1.iter().map(|record| (record.time_ms, &record.body));
    let mut returned =
        returned.filter(|(_, body)| matches!(body, Body::Lifecycle(Lifecycle::Active)));
    assert_eq!(returned.next().map(|(time_ms, _)| time_ms), Some(9_000));
}

#[test]
fn a_segment_says_which_fingers_are_down_and_which_screen_is_shown() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "hello");
    phone.input(100, Input::Screen("Basket"));
    let down = Touch { pointer: 1, at: Point::new(9.0, 9.0), ..Touch::default() };
    phone.input(200, Input::Touch { view: CaptureId(1), touch: down });
    phone.input(300, Input::Gap { reason: GapReason::Blocked, duration_ms: 50 });
    phone.input(
        400,
        Input::Touch { view: CaptureId(1), touch: Touch { phase: TouchPhase::Up, ..down } },
    );
    phone.flush();
    let segments = segments(&phone);
    match &segments[1].1[0].body {
        Body::State(state) => {
            assert_eq!(state.screen, "Basket");
            assert_eq!(state.open_touches.len(), 1);
        }
        body => panic!("{body:?}"),
    }
}

#[test]
fn a_hundred_thousand_nodes_and_wild_numbers_are_cut_and_recorded() {
    let mut phone = Phone::new();
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), f32::NAN);
    buffer.open(&View { id: CaptureId(1), ..View::default() });
    for id in 2..100_000 {
        let frame = Rect::new(f32::NAN, f32::INFINITY, -1.0, 1e30);
        let geometry = Geometry::from_frame(frame);
        buffer.leaf(&View { id: CaptureId(id), geometry, ..View::default() });
    }
    buffer.close();
    phone.input(0, Input::Capture(&buffer));
    phone.flush();
    assert!(phone.recorder.counters().nodes_cut > 0);
    let segments = segments(&phone);
    match &segments[0].1[1].body {
        Body::Keyframe { tree, .. } => assert!(tree.len() > 9_000 && tree.len() <= 10_000),
        body => panic!("{body:?}"),
    }
}

#[test]
fn a_clock_that_goes_back_does_not_take_the_records_with_it() {
    let mut phone = Phone::new();
    capture(&mut phone, 5_000, "later");
    capture(&mut phone, 1_000, "earlier");
    phone.flush();
    let times: Vec<u64> = segments(&phone)[0].1.iter().map(|record| record.time_ms).collect();
    assert!(times.is_sorted(), "{times:?}");
}

#[test]
fn a_clock_that_goes_back_between_segments_does_not_make_them_overlap() {
    let mut phone = Phone::new();
    capture(&mut phone, 5_000, "later");
    phone.flush();
    capture(&mut phone, 1_000, "earlier");
    phone.flush();
    let starts: Vec<u64> = segments(&phone).iter().map(|(header, _)| header.start_ms).collect();
    assert_eq!(starts, [5_000, 5_000]);
}

/// A window with `count` views; `describe` says more of each.
fn crowd(count: u64, describe: impl Fn(u64, View<'_>, &mut CaptureBuffer)) -> CaptureBuffer {
    let mut buffer = CaptureBuffer::new();
    buffer.begin_window(SceneId(0), 0.0);
    buffer.open(&View { id: CaptureId(1), ..View::default() });
    for id in 2..2 + count {
        describe(id, View { id: CaptureId(id), ..View::default() }, &mut buffer);
    }
    buffer.close();
    buffer
}

#[test]
fn a_long_class_name_that_thousands_of_views_share_is_cut_not_refused_by_readers() {
    let class_chain = &"LongNameOfAClass:".repeat(12);
    let buffer = crowd(9_000, |_, view, buffer| buffer.leaf(&View { class_chain, ..view }));
    let mut phone = Phone::new();
    phone.input(0, Input::Capture(&buffer));
    phone.flush();
    assert_eq!(phone.recorder.counters().records_dropped, 0);
    match &segments(&phone)[0].1[1].body {
        Body::Keyframe { tree, .. } => assert!(tree.len() > 5_000, "{} nodes", tree.len()),
        body => panic!("{body:?}"),
    }
}

#[test]
fn a_screen_that_fits_into_no_segment_leaves_no_segment_without_a_keyframe() {
    let noise = |n: u64| {
        let mut rng = SeededRng::new(n);
        (0..100).map(|_| char::from(b'!' + (rng.next_u64() % 90) as u8)).collect::<String>()
    };
    let color = |n: u64| Color((n.wrapping_mul(2_654_435_761) >> 7) as u32);
    let length = |n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 46) as f32 / 32.0;
    // More than 106 bytes each that do not deflate.
    let buffer = crowd(9_900, |id, view, buffer| {
        let [background, end, edge, shade] = [1, 2, 3, 4].map(|n| color(id * 4 + n));
        let appearance = Appearance {
            background,
            gradient: Gradient { end, ..Gradient::default() },
            border: Border { width: 1.0, color: edge },
            shadow: Shadow { color: shade, ..Shadow::default() },
            ..Appearance::default()
        };
        let [x, y, width, height, left, top] = [5, 6, 7, 8, 9, 10].map(|n| length(id * 11 + n));
        let bounds = Rect::new(x, y, width, height);
        let geometry = Geometry { bounds, position: Point::new(left, top), ..Geometry::default() };
        let kind = viewreel_model::Kind::View;
        buffer.leaf(&View { kind, identifier: &noise(id), appearance, geometry, ..view });
    });
    let mut phone = Phone::new();
    phone.input(0, Input::Capture(&buffer));
    phone.input(10, Input::Event("tapped"));
    assert_eq!(phone.recorder.counters().records_dropped, 2);
    capture(&mut phone, 20, "small again");
    phone.flush();
    let segments = segments(&phone);
    assert_eq!(segments.len(), 1);
    assert!(matches!(segments[0].1[1].body, Body::Keyframe { .. }));
    assert_eq!(std::fs::read_dir(phone.dir.path()).unwrap().count(), 1, "no file is left over");
}

#[test]
fn a_viewport_that_is_no_number_and_far_too_long_is_repaired() {
    let viewport =
        Viewport { scale: f32::NAN, text_size: "x".repeat(10_000), ..Viewport::default() };
    let mut phone = Phone::new();
    phone.input(0, Input::Viewport(viewport));
    capture(&mut phone, 10, "hello");
    phone.flush();
    assert_eq!(segments(&phone)[0].1.len(), 2);
}

#[test]
fn a_label_that_cannot_be_decoded_is_repaired_not_dropped() {
    let mut phone = Phone::new();
    let long = "ä".repeat(10_000);
    phone.input(0, Input::Capture(&labelled(&long)));
    phone.input(10, Input::Screen(&long));
    phone.input(20, Input::Event(&long));
    phone.flush();
    assert_eq!(phone.recorder.counters().captures_rejected, 0);
    assert_eq!(segments(&phone)[0].1.len(), 4);
}

#[test]
fn a_screen_that_stands_still_takes_no_segments() {
    let mut phone = Phone::new();
    for second in 0..600 {
        capture(&mut phone, second * 1_000, "still");
        phone.recorder.tick(now(second * 1_000 + 500));
    }
    assert_eq!(segments(&phone).len(), 1);
    capture(&mut phone, 600_000, "moved");
    phone.input(605_000, Input::Screen("Basket"));
    phone.flush();
    assert_eq!(segments(&phone).len(), 2);
    assert_eq!(replayed(&phone, 600_000), "moved");
}

#[test]
fn what_happens_beside_a_screen_that_stands_still_is_recorded() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "still");
    phone.flush();
    phone.input(90_000, Input::Screen("Basket"));
    phone.flush();
    let segments = segments(&phone);
    let last = segments[1].1.last().unwrap();
    assert!(matches!(&last.body, Body::Screen(name) if name == "Basket") && last.time_ms == 90_000);
    assert_eq!(replayed(&phone, 90_000), "still");
}

/// A finger taps a view of the label's screen.
fn tap(phone: &mut Phone, ms: u64, view: u64) {
    let touch = |phase| Touch { phase, at: Point::new(ms as f32, 300.0), ..Touch::default() };
    for (ms, phase) in [(ms, TouchPhase::Down), (ms + 50, TouchPhase::Up)] {
        phone.input(ms, Input::Touch { view: CaptureId(view), touch: touch(phase) });
    }
}

/// When fingers went down, and where.
fn downs(phone: &mut Phone) -> Vec<(u64, f32)> {
    phone.flush();
    let records = segments(phone).into_iter().flat_map(|(_, records)| records);
    let down = |record: viewreel_model::Record| match record.body {
        Body::Touch(touch) if touch.phase == TouchPhase::Down => Some((record.time_ms, touch.at.x)),
        _ => None,
    };
    records.filter_map(down).collect()
}

#[test]
fn a_finger_on_a_screen_that_could_not_be_captured_waits_for_the_next_capture() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "known");
    tap(&mut phone, 100, 1);
    let mut torn = CaptureBuffer::new();
    torn.open(&View { id: CaptureId(1), ..View::default() });
    phone.input(200, Input::Capture(&torn));
    assert_eq!(phone.recorder.counters().captures_rejected, 1);
    tap(&mut phone, 300, 1);
    capture(&mut phone, 400, "known again");
    tap(&mut phone, 500, 1);
    assert_eq!(downs(&mut phone), [(100, 100.0), (300, 300.0), (500, 500.0)]);
}

#[test]
fn a_finger_on_the_keyboard_is_not_told_when_the_keyboard_is_gone() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "known");
    let frame = Rect::new(0.0, 200.0, 390.0, 400.0);
    phone.input(50, Input::Keyboard(Keyboard { is_visible: true, frame }));
    // A view that no capture shows, at 100 and 300 points.
    tap(&mut phone, 100, 2_000);
    phone.input(200, Input::Keyboard(Keyboard { is_visible: false, frame }));
    let mut shown = labelled("known");
    shown.rows_mut().nodes[1].capture_id = 2_000;
    phone.input(300, Input::Capture(&shown));
    assert_eq!(downs(&mut phone), []);
}

#[test]
fn of_a_finger_on_a_view_that_no_capture_shows_nothing_is_recorded() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "known");
    tap(&mut phone, 100, 77);
    tap(&mut phone, 300, 0);
    capture(&mut phone, 400, "known again");
    tap(&mut phone, 500, 77);
    assert_eq!(downs(&mut phone), []);
}

#[test]
fn a_time_zone_that_changes_begins_a_segment_and_the_same_one_does_not() {
    let mut phone = Phone::new();
    capture(&mut phone, 0, "home");
    for (ms, offset_min) in [(1_000, 0), (2_000, -300), (3_000, -300)] {
        let now = phone.now(ms);
        phone.recorder.set_utc_offset(now, offset_min);
        capture(&mut phone, ms, &format!("{ms}"));
    }
    phone.flush();
    let headers = segments(&phone).into_iter().map(|(header, _)| header);
    let offsets: Vec<_> = headers.map(|header| (header.start_ms, header.utc_offset_min)).collect();
    assert_eq!(offsets, [(0, 0), (2_000, -300)]);
    assert_eq!(replayed(&phone, 1_500), "1000");
}
