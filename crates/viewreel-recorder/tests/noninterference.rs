//! What is masked leaves no trace: two sessions that differ only in masked
//! content have byte-identical spool files, which are the upload bodies.

mod common;

use common::{Phone, labelled, said};
use proptest::prelude::*;
use viewreel_capture::{CaptureBuffer, Input, Text, View};
use viewreel_model::node::{Control, Geometry, TextRole, control};
use viewreel_model::raw::ContentType;
use viewreel_model::record::{Touch, TouchPhase};
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, MaskAction, Point, Rect};

/// What the user does that nobody may learn.
#[derive(Clone, Debug)]
struct Private {
    /// What is typed, after each key.
    typed: Vec<String>,
    /// Where on the keyboard the finger lands, as fractions.
    keys: Vec<(f32, f32)>,
    /// Whether the switch below a masked view is on, and its slider's value.
    is_on: bool,
    value: f32,
    /// What stands in a view that is replaced.
    replaced: String,
}

const KEYBOARD: Rect = Rect::new(0.0, 517.0, 390.0, 327.0);

fn leaf(buffer: &mut CaptureBuffer, id: u64, kind: Kind, y: f32, view: View<'_>) {
    let geometry = Geometry::from_frame(Rect::new(20.0, y, 300.0, 40.0));
    buffer.leaf(&View { id: CaptureId(id), kind, geometry, ..view });
}

/// A form with a password field, a masked preferences view and a replaced one,
/// above a keyboard. Text that is laid out is as wide as it is long.
fn form(private: &Private, typed: &str) -> CaptureBuffer {
    let mut buffer = labelled("Sign in");
    let screen = Geometry::from_frame(Rect::new(0.0, 0.0, 390.0, 844.0));
    buffer.begin_window(SceneId(0), 1.0);
    buffer.open(&View { id: CaptureId(10), kind: Kind::View, geometry: screen, ..View::default() });
    let width = 8.0 * typed.len() as f32;
    let input = |text| {
        let frame = Rect::new(0.0, 0.0, width, 20.0);
        Some(Text { frame, ..said(TextRole::Input, text) })
    };
    let field = View {
        text: input(typed),
        content_type: ContentType::Password,
        secure: true,
        ..View::default()
    };
    leaf(&mut buffer, 11, Kind::TextInput, 100.0, field);
    buffer.open(&View {
        id: CaptureId(12),
        override_action: Some(MaskAction::Mask),
        ..View::default()
    });
    let flags = if private.is_on { control::ON } else { 0 };
    let state = Control { flags, value: private.value, ..Control::default() };
    leaf(&mut buffer, 13, Kind::Switch, 200.0, View { control: state, ..View::default() });
    buffer.close();
    let blocked = View {
        text: input(&private.replaced),
        override_action: Some(MaskAction::Replace),
        ..View::default()
    };
    leaf(&mut buffer, 14, Kind::Text, 300.0, blocked);
    let keyboard = Geometry::from_frame(KEYBOARD);
    buffer.leaf(&View {
        id: CaptureId(15),
        kind: Kind::Keyboard,
        geometry: keyboard,
        ..View::default()
    });
    buffer.close();
    buffer
}

/// The spool files of a session.
fn spool_files(private: &Private) -> Vec<Vec<u8>> {
    let mut phone = Phone::new();
    let mut ms = 0;
    for (typed, (x, y)) in private.typed.iter().zip(&private.keys) {
        let at = Point::new(x * KEYBOARD.size.width, KEYBOARD.origin.y + y * KEYBOARD.size.height);
        phone.input(ms, Input::Capture(&form(private, typed)));
        for (after, phase) in
            [(40, TouchPhase::Down), (90, TouchPhase::Move), (120, TouchPhase::Up)]
        {
            phone.input(
                ms + after,
                Input::Touch { view: CaptureId(1), touch: Touch { phase, at, ..Touch::default() } },
            );
        }
        ms += 250;
    }
    phone.flush();
    let files = phone.recorder.spooled().iter();
    files.map(|entry| std::fs::read(&entry.path).expect("the file is there")).collect()
}

const KEYS: usize = 6;

fn private() -> impl Strategy<Value = Private> {
    let keys = proptest::collection::vec((0.0_f32..0.99, 0.0_f32..0.99), KEYS);
    let typed = proptest::collection::vec("[a-z0-9]{1,12}", KEYS);
    (typed, keys, any::<bool>(), 0.0_f32..1.0, "[a-z]{1,20}").prop_map(
        |(typed, keys, is_on, value, replaced)| Private { typed, keys, is_on, value, replaced },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn sessions_that_differ_in_masked_content_have_the_same_bytes(a in private(), b in private()) {
        prop_assert_eq!(spool_files(&a), spool_files(&b));
    }
}

#[test]
fn sessions_that_differ_in_kept_content_do_not() {
    let files = |text: &str| {
        let mut phone = Phone::new();
        phone.input(0, Input::Capture(&labelled(text)));
        phone.flush();
        std::fs::read(&phone.recorder.spooled()[0].path).expect("the file is there")
    };
    assert_eq!(files("Sign in"), files("Sign in"));
    assert_ne!(files("Sign in"), files("Sign on"));
}
