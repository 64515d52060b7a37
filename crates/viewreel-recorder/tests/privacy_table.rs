//! The table of docs/privacy.md is what is recorded.

mod common;

use common::{Phone, segments};
use viewreel_capture::{CaptureBuffer, Input, Picture, Text, View};
use viewreel_model::content::PictureObject;
use viewreel_model::node::{Color, Control, Geometry, TextRole, control};
use viewreel_model::raw::ContentType;
use viewreel_model::record::{Body, LogLevel};
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, MaskLevel, Rect, Snapshot};

const PAGE: &str = include_str!("../../../docs/privacy.md");
const LEVELS: [MaskLevel; 3] = [MaskLevel::Light, MaskLevel::Medium, MaskLevel::Conservative];

/// The cells of the rows between the markers.
fn table() -> Vec<Vec<&'static str>> {
    let table = PAGE
        .split("<!-- levels: begin -->")
        .nth(1)
        .and_then(|rest| rest.split("<!-- levels: end -->").next());
    let lines = table.expect("the page has a table").lines().filter(|line| line.starts_with('|'));
    let cells = |line: &'static str| line.trim_matches('|').split('|').map(str::trim).collect();
    lines.skip(2).map(cells).collect()
}

/// What is shown of the last view of a screen: `keep`, `mask` or `replace`.
fn action(level: MaskLevel, views: &[View<'_>]) -> &'static str {
    last(&recorded(level, views)).0
}

fn last(tree: &Snapshot) -> (&'static str, String) {
    let columns = tree.columns();
    let row = columns.row(tree.len() - 1).expect("the screen has views");
    let identifier = columns.strings.get(row.semantics.identifier).to_owned();
    (row.mask.action.word(), identifier)
}

/// The tree that is recorded of a window with these views.
fn recorded(level: MaskLevel, views: &[View<'_>]) -> Snapshot {
    let mut buffer = CaptureBuffer::new();
    let frame = Geometry::from_frame(Rect::new(0.0, 0.0, 390.0, 844.0));
    buffer.begin_window(SceneId(0), 0.0);
    buffer.open(&View { id: CaptureId(1), kind: Kind::View, geometry: frame, ..View::default() });
    for (id, view) in (2..).zip(views) {
        buffer.leaf(&View { id: CaptureId(id), geometry: frame, ..view.clone() });
    }
    buffer.close();
    let bodies = bodies(level, Input::Capture(&buffer));
    let tree = bodies.into_iter().find_map(|body| match body {
        Body::Keyframe { tree, .. } => Some(tree),
        _ => None,
    });
    tree.expect("a capture gives a keyframe")
}

fn bodies(level: MaskLevel, input: Input<'_>) -> Vec<Body> {
    let mut phone = Phone::at(level);
    phone.input(0, input);
    // A screen's name alone begins no segment.
    phone.input(1, Input::Event("Afterwards"));
    phone.flush();
    let records = segments(&phone).into_iter().flat_map(|(_, records)| records);
    records.map(|record| record.body).collect()
}

/// What is shown of the text of a view.
fn text(level: MaskLevel, kind: Kind, role: TextRole, text: &str, more: &View<'_>) -> &'static str {
    let text = Text { role, size: 17.0, text, ..Text::default() };
    action(level, &[View { kind, text: Some(text), ..more.clone() }])
}

fn of_kinds(level: MaskLevel, kinds: &[Kind]) -> &'static str {
    let of_kind = |&kind: &Kind| action(level, &[View { kind, ..View::default() }]);
    same(kinds.iter().map(of_kind))
}

/// What all of them say.
fn same(actions: impl Iterator<Item = &'static str>) -> &'static str {
    actions.reduce(|a, b| if a == b { a } else { "something else" }).expect("there are some")
}

fn field(level: MaskLevel, types: &[ContentType]) -> &'static str {
    same(types.iter().map(|&content_type| {
        let more = View { content_type, ..View::default() };
        text(level, Kind::TextInput, TextRole::Input, "Ada", &more)
    }))
}

fn four_labels(level: MaskLevel) -> &'static str {
    let views = ["4111", "1111", "1111", "1111"].map(|text| View {
        kind: Kind::Text,
        text: Some(Text { role: TextRole::Static, text, ..Text::default() }),
        ..View::default()
    });
    let tree = recorded(level, &views);
    same(tree.columns().masks().iter().skip(1).map(|mask| mask.action.word()))
}

fn picture(level: MaskLevel, kind: Kind, tint: Color) -> &'static str {
    let (object, is_template) = (PictureObject(7), !tint.is_clear());
    let picture = Picture { object, is_template, tint, ..Picture::default() };
    action(level, &[View { kind, picture, ..View::default() }])
}

fn identifier(level: MaskLevel, identifier: &str) -> &'static str {
    let tree = recorded(level, &[View { kind: Kind::View, identifier, ..View::default() }]);
    if last(&tree).1 == identifier { "keep" } else { "drop" }
}

fn said(level: MaskLevel, input: Input<'_>, word: &str) -> &'static str {
    let has_word = |body: &Body| match body {
        Body::Log { message, .. } => message == word,
        Body::Screen(name) | Body::Event(name) => name == word,
        Body::State(state) => state.screen == word,
        _ => false,
    };
    if bodies(level, input).iter().any(has_word) { "keep" } else { "drop" }
}

/// What is recorded of a row of the table.
fn outcome(what: &str, level: MaskLevel) -> &'static str {
    let plain = View::default;
    match what {
        "static text" => text(level, Kind::Text, TextRole::Static, "Hello", &plain()),
        "title of a button" => text(level, Kind::Button, TextRole::Static, "Pay", &plain()),
        "title of a navigation bar, tab or segment" => {
            let kinds = [Kind::NavigationBar, Kind::TabBar, Kind::Text];
            same(kinds.iter().map(|&kind| text(level, kind, TextRole::Static, "Home", &plain())))
        }
        "text that looks like an e-mail address, card or phone number" => {
            let texts = ["joe@example.com", "4111 1111 1111 1111", "+49 30 1234567"];
            same(
                texts
                    .iter()
                    .map(|words| text(level, Kind::Text, TextRole::Static, words, &plain())),
            )
        }
        "four labels that are a card number together" => four_labels(level),
        "text that can be edited" => text(level, Kind::TextInput, TextRole::Input, "Hi", &plain()),
        "text that can be edited, while it has the focus" => {
            let control = Control { flags: control::FOCUSED, ..Control::default() };
            let more = View { control, ..plain() };
            text(level, Kind::TextInput, TextRole::Input, "Hi", &more)
        }
        "prompt of an empty field" => {
            text(level, Kind::TextInput, TextRole::Hint, "Name", &plain())
        }
        "field for an e-mail address, phone number, name, user name, address or birthday" => {
            field(level, &[ContentType::Email, ContentType::Phone, ContentType::Personal])
        }
        "field of a type that nobody knows" => field(level, &[ContentType::Other]),
        "field for a password, one-time code or card" => field(level, &FLOOR),
        "state of a switch, slider, stepper, segmented control or page control" => {
            of_kinds(level, &STATEFUL)
        }
        "picker, date" => of_kinds(level, &[Kind::Picker, Kind::DatePicker]),
        "progress" => of_kinds(level, &[Kind::Progress]),
        "photograph" => picture(level, Kind::Image, Color::CLEAR),
        "picture drawn in one tint" => picture(level, Kind::Image, Color::BLACK),
        "symbol" => picture(level, Kind::Symbol, Color::BLACK),
        "web view, map, video, camera, canvas, PDF, view of another process" => {
            of_kinds(level, &OPAQUE)
        }
        "layer that nobody recognises" => of_kinds(level, &[Kind::Unknown]),
        "keyboard" => of_kinds(level, &[Kind::Keyboard]),
        "log line" => said(level, Input::Log { level: LogLevel::Log, message: "ready" }, "ready"),
        "name of a screen, from a screen event" => said(level, Input::Screen("Home"), "Home"),
        "title of a screen, from the platform" => said(level, Input::ScreenTitle("Home"), "Home"),
        "name of an event" => said(level, Input::Event("Opened"), "Opened"),
        "accessibility identifier" => identifier(level, "home.title"),
        "accessibility identifier that looks private" => identifier(level, "joe@example.com"),
        other => panic!("nobody knows how to record «{other}»"),
    }
}

const FLOOR: [ContentType; 6] = [
    ContentType::Password,
    ContentType::NewPassword,
    ContentType::OneTimeCode,
    ContentType::CardNumber,
    ContentType::CardExpiry,
    ContentType::CardCode,
];

const STATEFUL: [Kind; 5] =
    [Kind::Switch, Kind::Slider, Kind::Stepper, Kind::Segmented, Kind::PageControl];

const OPAQUE: [Kind; 7] = [
    Kind::WebView,
    Kind::Map,
    Kind::Video,
    Kind::Camera,
    Kind::Canvas,
    Kind::Pdf,
    Kind::RemoteView,
];

#[test]
fn every_row_of_the_table_is_what_is_recorded() {
    let table = table();
    assert!(table.len() >= 25);
    for row in table {
        let [what, cells @ ..] = row.as_slice() else { panic!("a row has cells") };
        let recorded = LEVELS.map(|level| outcome(what, level));
        assert_eq!(cells, recorded, "{what}");
    }
}
