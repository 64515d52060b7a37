//! Real page sources become recognisable trees.

mod common;

use common::{Log, file, run};
use viewreel_import::{ImportError, Source};
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES};
use viewreel_model::node::control;
use viewreel_model::{Kind, Rect, Size};

fn page(name: &str) -> Log {
    let (log, summary) = run(Source::XcuiTest, &file(name)).unwrap();
    assert_eq!((summary.trees, summary.touches, summary.duration_ms), (1, 0, 0));
    assert_eq!(summary.nodes_max, log.trees[0].columns.len(), "nothing is cut");
    log
}

/// Start tags of elements, counted without the importer's parser.
fn count_elements(name: &str) -> usize {
    String::from_utf8(file(name)).unwrap().matches("<XCUIElementType").count()
}

#[test]
fn every_element_but_an_application_with_windows_is_a_node() {
    let with_windows = [
        "shirates_KeyboardScreen.xml",
        "shirates_SettingsTopScreen.xml",
        "shirates_AccessibilityScreen.xml",
        "shirates_RelativeTest.xml",
        "alumnium_simple_xcuitest.xml",
    ];
    for name in with_windows {
        assert_eq!(page(name).trees[0].columns.len(), count_elements(name) - 1, "{name}");
    }
    let name = "shirates_RelativeCoordinateTest.xml";
    assert_eq!(page(name).trees[0].columns.len(), count_elements(name));
}

#[test]
fn each_window_of_the_source_is_a_window() {
    assert_eq!(page("shirates_KeyboardScreen.xml").trees[0].columns.windows.len(), 2);
    assert_eq!(page("shirates_SettingsTopScreen.xml").trees[0].columns.windows.len(), 1);
}

#[test]
fn the_screen_is_that_of_the_application() {
    let log = page("shirates_KeyboardScreen.xml");
    assert_eq!(log.viewports.len(), 1);
    assert_eq!(log.viewports[0].size, Size::new(390.0, 844.0));
    assert_eq!((log.viewports[0].scale, log.viewports[0].safe_area.top), (3.0, 47.0));
}

#[test]
fn no_text_stands_twice_where_a_row_repeats_it() {
    let tree = &page("shirates_SettingsTopScreen.xml").trees[0];
    let texts = tree.texts();
    for word in ["General", "Siri & Search", "Game Center", "Settings"] {
        assert_eq!(texts.iter().filter(|text| *text == word).count(), 1, "{word}");
    }
}

#[test]
fn texts_of_real_labels_are_whole_in_the_frames_of_the_phone() {
    for name in ["shirates_SettingsTopScreen.xml", "shirates_KeyboardScreen.xml"] {
        let texts = page(name).trees[0].texts();
        let cut: Vec<_> =
            texts.iter().filter(|t| t.ends_with('…') && !t.contains("Privacy…")).collect();
        assert!(cut.is_empty(), "{name}: {cut:?}");
    }
}

#[test]
fn lines_lie_in_their_nodes() {
    for name in ["shirates_SettingsTopScreen.xml", "alumnium_simple_xcuitest.xml"] {
        let log = page(name);
        let columns = &log.trees[0].columns;
        for row in (0..columns.len()).filter_map(|index| columns.row(index)) {
            for line in columns.lines_of(row.lines) {
                let bounds = row.geometry.bounds;
                assert!(line.baseline.x >= -0.1, "{name}");
                assert!(line.baseline.x + line.width <= bounds.size.width + 0.1, "{name}");
                assert!(line.baseline.y > 0.0 && line.baseline.y <= bounds.size.height, "{name}");
            }
        }
    }
}

#[test]
fn frames_of_the_screen_become_frames_of_the_parent() {
    let log = page("shirates_KeyboardScreen.xml");
    let columns = &log.trees[0].columns;
    let switch = columns.semantics().iter().position(|s| s.kind == Kind::Switch).unwrap();
    let mut frame = Rect { size: columns.geometry()[switch].bounds.size, ..Rect::default() };
    let mut at = Some(switch);
    while let Some(index) = at {
        frame = columns.geometry()[index].to_parent().map_rect(frame);
        at = columns.parent(index);
    }
    assert_eq!(frame, Rect::new(319.0, 355.0, 51.0, 31.0));
}

#[test]
fn switches_are_on_or_off_as_on_the_phone() {
    let log = page("shirates_KeyboardScreen.xml");
    let columns = &log.trees[0].columns;
    let rows = (0..columns.len()).filter_map(|index| columns.row(index));
    let switches: Vec<bool> = rows
        .filter(|row| row.semantics.kind == Kind::Switch && !row.appearance.hidden)
        .map(|row| row.control.flags & control::ON != 0)
        .collect();
    assert_eq!(switches, [false, true, true, false, true, true, true, false, true, true]);
}

#[test]
fn no_identifier_is_a_text_of_the_screen() {
    for name in ["shirates_KeyboardScreen.xml", "shirates_SettingsTopScreen.xml"] {
        let tree = &page(name).trees[0];
        let texts = tree.texts();
        let ids = tree.identifiers();
        assert!(ids.len() > 8, "{name} has identifiers: {}", ids.len());
        assert!(ids.iter().all(|id| texts.iter().all(|text| text != id)), "{name}");
        assert!(!ids.contains(&"Keyboards") && !ids.contains(&"General"));
    }
    let tree = &page("shirates_KeyboardScreen.xml").trees[0];
    assert!(tree.identifiers().contains(&"KeyboardAutocorrection"));
}

#[test]
fn password_fields_are_secure_and_only_they() {
    let tree = &page("shirates_RelativeCoordinateTest.xml").trees[0];
    let secure: Vec<usize> =
        (0..tree.privacy.len()).filter(|&index| tree.privacy[index].secure).collect();
    assert_eq!(secure.len(), 3);
    assert!(secure.iter().all(|&i| tree.columns.semantics()[i].kind == Kind::TextInput));
}

#[test]
fn what_a_person_typed_is_input() {
    let tree = &page("alumnium_simple_xcuitest.xml").trees[0];
    let field = tree.columns.semantics().iter().position(|s| s.kind == Kind::TextInput).unwrap();
    let row = tree.columns.row(field).unwrap();
    assert_eq!(row.text.role, viewreel_model::node::TextRole::Input);
    assert_eq!(tree.text(field), "Entered value");
}

#[test]
fn a_screen_behind_a_dialog_is_hidden() {
    let tree = &page("alumnium_simple_xcuitest.xml").trees[0];
    let hidden = (0..tree.columns.len())
        .filter_map(|i| tree.columns.row(i))
        .filter(|row| row.appearance.hidden);
    assert_eq!(hidden.count(), 58);
}

#[test]
fn a_tree_of_a_hundred_thousand_nodes_is_cut_and_says_so() {
    let children = "<XCUIElementTypeOther width=\"9\" height=\"9\"/>".repeat(100_000);
    let xml = format!("<XCUIElementTypeWindow>{children}</XCUIElementTypeWindow>");
    let (log, summary) = run(Source::XcuiTest, xml.as_bytes()).unwrap();
    assert_eq!(summary.nodes_max, 100_001);
    assert!(log.trees[0].columns.len() <= MAX_NODES);
    assert!(log.trees[0].cut_nodes > 0);
}

#[test]
fn a_tree_of_ten_thousand_levels_is_cut_and_says_so() {
    let depth = 10_000;
    let xml = "<XCUIElementTypeOther>".repeat(depth) + &"</XCUIElementTypeOther>".repeat(depth);
    let (log, _) = run(Source::XcuiTest, xml.as_bytes()).unwrap();
    let depths = log.trees[0].columns.depths();
    assert!(depths.iter().all(|&depth| (depth as usize) <= MAX_DEPTH));
    assert!(log.trees[0].cut_nodes > 0);
}

#[test]
fn a_truncated_source_is_an_error_wherever_it_ends() {
    let whole = file("shirates_RelativeTest.xml");
    let end = whole.trim_ascii_end().len();
    for end in (1..end).step_by(37) {
        let error = run(Source::XcuiTest, &whole[..end]).err();
        assert!(error.is_some(), "cut at {end}");
    }
}

#[test]
fn errors_never_repeat_the_file() {
    let cases = [
        "<XCUIElementTypeOther x=\"secret\"/>",
        "<secret/>",
        "<XCUIElementTypeOther label=\"secret\"></secret>",
        "<XCUIElementTypeOther label=\"&secret;\"/>",
        "<XCUIElementTypeOther secret/>",
        "secret",
    ];
    for case in cases {
        let error = run(Source::XcuiTest, case.as_bytes()).err().expect("it is malformed");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert!(!format!("{error:?}").contains("secret"), "{error:?}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let error = run(Source::XcuiTest, b"<XCUIElementTypeOther label=\"\xff\"/>").err();
    assert_eq!(error, Some(ImportError::NotUtf8 { offset: 29 }));
}
