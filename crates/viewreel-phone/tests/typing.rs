//! What is typed, at each mask level.

mod common;

use common::replays::texts;
use common::{App, START, at, everybody_at};
use viewreel_capture::InputSink;
use viewreel_model::MaskLevel;
use viewreel_model::record::Body;
use viewreel_phone::{FormEntries, play_form, play_pin_pad};
use viewreel_tree::Playhead;

const ENTRIES: FormEntries<'_> =
    FormEntries { email: "dorothea@weald.org", note: "amber lanterns", password: "hushedwillow" };

/// As long as the others, letter for letter on keys of the same kind.
const OTHERS: FormEntries<'_> =
    FormEntries { email: "benedict@harsh.com", note: "frosty morning", password: "quietmeadows" };

/// Long after every session.
const END_MS: u64 = 120_000;

fn recorded(level: MaskLevel, play: impl FnOnce(&mut dyn InputSink)) -> App {
    let mut app = App::start(everybody_at(level));
    play(&mut app);
    app.host.worker.flush(at(END_MS));
    app
}

fn typed(level: MaskLevel, entries: &FormEntries<'_>) -> App {
    recorded(level, |sink| {
        play_form(sink, START, entries);
    })
}

/// Every text that is on the screen at any time of the replay.
fn shown(app: &mut App) -> Vec<String> {
    let mut shown = Vec::new();
    for segment in app.segments(at(END_MS)) {
        let mut playhead = Playhead::default();
        for record in segment.records {
            let is_visual = matches!(record.body, Body::Keyframe { .. } | Body::Diff(_));
            playhead.play::<std::convert::Infallible>(record).expect("the record plays");
            if is_visual {
                shown.extend(playhead.tree().into_iter().flat_map(|tree| texts(&tree.snapshot())));
            }
        }
    }
    shown.sort();
    shown.dedup();
    shown
}

/// Whether a beginning of that text, of three letters at least, is shown.
fn is_told(shown: &[String], text: &str) -> bool {
    shown.iter().any(|line| line.len() >= 3 && text.starts_with(line.as_str()))
}

#[test]
fn nothing_that_is_typed_is_told_at_medium_and_at_conservative() {
    for level in [MaskLevel::Medium, MaskLevel::Conservative] {
        let shown = shown(&mut typed(level, &ENTRIES));
        for text in [ENTRIES.email, ENTRIES.note, ENTRIES.password] {
            assert!(!is_told(&shown, text), "{level:?}: {text}");
        }
        assert_eq!(shown.iter().any(|line| line == "Say something"), level == MaskLevel::Medium);
    }
}

#[test]
fn at_light_an_undeclared_field_is_told_and_one_for_an_e_mail_address_is_not() {
    let shown = shown(&mut typed(MaskLevel::Light, &ENTRIES));
    assert!(!is_told(&shown, ENTRIES.email) && !is_told(&shown, ENTRIES.password), "{shown:?}");
    assert!(shown.iter().any(|line| line == ENTRIES.note), "{shown:?}");
}

#[test]
fn other_letters_leave_the_same_bytes() {
    for level in [MaskLevel::Medium, MaskLevel::Conservative] {
        let (one, other) = (typed(level, &ENTRIES).files(), typed(level, &OTHERS).files());
        assert!(one == other && !one.is_empty(), "{level:?}");
    }
    let others = FormEntries { note: ENTRIES.note, ..OTHERS };
    let light = MaskLevel::Light;
    let told = typed(light, &ENTRIES).files();
    assert!(told == typed(light, &others).files());
    assert!(told != typed(light, &OTHERS).files());
}

#[test]
fn a_number_on_a_masked_keypad_leaves_no_touch_and_no_trace() {
    for level in [MaskLevel::Light, MaskLevel::Medium, MaskLevel::Conservative] {
        let entered = |number: &'static str| {
            recorded(level, |sink| {
                play_pin_pad(sink, START, number);
            })
        };
        let (mut one, other) = (entered("2580"), entered("9914"));
        assert!(one.files() == other.files(), "{level:?}");
        let segments = one.segments(at(END_MS));
        let mut records = segments.iter().flat_map(|segment| &segment.records);
        assert!(!records.any(|record| matches!(record.body, Body::Touch(_))), "{level:?}");
        assert!(!shown(&mut one).iter().any(|line| line == "5"), "{level:?}");
    }
}
