//! The subcommands on files: what they print, and what they say of bad ones.

mod common;

use common::{arg, complaint, printed, run, testdata};
use std::path::Path;
use tempfile::TempDir;

/// A reel of a real iOS screen.
fn reel(dir: &Path) -> std::path::PathBuf {
    let path = dir.join("k.reel");
    let input = testdata("trees/shirates_KeyboardScreen.xml");
    printed(&["record", arg(&input), "--from", "xcuitest", "-o", arg(&path)]);
    path
}

#[test]
fn a_recorded_screen_is_printed_as_a_tree_with_its_masked_nodes_marked() {
    let dir = TempDir::new().unwrap();
    let tree = printed(&["inspect", arg(&reel(dir.path()))]);
    assert!(tree.contains("mask level medium: "), "{tree}");
    assert!(tree.contains("navigation-bar") && tree.contains("\"Keyboards\""), "{tree}");
    let masked = tree.lines().filter(|line| line.contains('▒')).count();
    assert!(tree.contains(&format!(", {masked} masked")), "{tree}");
    assert!(masked > 0, "the switches of the screen are the user's choice: {tree}");
}

#[test]
fn conservative_masking_leaves_no_text() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("k.reel");
    let input = testdata("trees/shirates_KeyboardScreen.xml");
    let args = [
        "record",
        arg(&input),
        "--from",
        "xcuitest",
        "--mask-level",
        "conservative",
        "-o",
        arg(&path),
    ];
    printed(&args);
    let json = printed(&["inspect", arg(&path), "--json"]);
    assert!(!json.contains("\"lines\""), "{json}");
    assert!(json.contains("\"mask_level\": \"conservative\""), "{json}");
}

#[test]
fn several_inputs_are_one_replay() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("walk.reel");
    let (a, b) = (
        testdata("trees/shirates_KeyboardScreen.xml"),
        testdata("trees/shirates_SettingsTopScreen.xml"),
    );
    printed(&["record", arg(&a), arg(&b), "--from", "xcuitest", "-o", arg(&path)]);
    let at = |seconds: &str| printed(&["inspect", arg(&path), "--at", seconds]);
    assert!(at("0").contains("\"Keyboards\""));
    assert!(at("1.5").contains("\"Settings\""));
}

#[test]
fn a_good_file_is_verified() {
    let dir = TempDir::new().unwrap();
    assert!(printed(&["verify", arg(&reel(dir.path()))]).contains("all good"));
}

#[test]
fn damage_is_reported_with_its_place_and_the_rest_is_checked() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("trace.reel");
    let input = testdata("trees/qqmusic.ndjson.gz");
    printed(&["record", arg(&input), "--from", "trace", "-o", arg(&path)]);
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[300] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    let output = run(&["verify", arg(&path)]);
    let report = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(report.lines().filter(|line| line.contains("damaged: ")).count(), 1, "{report}");
    assert!(report.lines().count() > 10, "{report}");
    assert!(printed(&["inspect", arg(&path)]).contains("segments before it are missing"));
}

#[test]
fn a_truncated_reel_still_shows_what_is_left() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("trace.reel");
    let input = testdata("trees/qqmusic.ndjson.gz");
    printed(&["record", arg(&input), "--from", "trace", "-o", arg(&path)]);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    assert!(printed(&["inspect", arg(&path)]).contains("mask level medium"));
    assert!(complaint(&["verify", arg(&path)], 1).contains("damaged"));
}

#[test]
fn files_that_are_no_replays_are_named_with_what_was_expected() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("text.reel");
    std::fs::write(&path, "not a replay").unwrap();
    for command in ["inspect", "verify"] {
        let error = complaint(&[command, arg(&path)], 1);
        assert!(
            error.contains("text.reel") && error.contains("expected the magic number"),
            "{error}"
        );
    }
    assert!(complaint(&["inspect", "nowhere.reel"], 1).contains("cannot read nowhere.reel"));
}

#[test]
fn a_version_of_the_future_is_named() {
    let dir = TempDir::new().unwrap();
    let path = reel(dir.path());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[4] = 9;
    std::fs::write(&path, &bytes).unwrap();
    assert!(complaint(&["inspect", arg(&path)], 1).contains("format version 9 is not known"));
}

#[test]
fn malformed_inputs_are_one_line_that_names_the_file() {
    let dir = TempDir::new().unwrap();
    let output = dir.path().join("x.reel");
    let cases: [(&str, &[u8]); 7] = [
        ("xcuitest", b"<AppiumAUT><XCUIElementTypeApplication"),
        ("xcuitest", b""),
        ("xcuitest", b"\xff\xfe not UTF-8"),
        ("trace", b"{\"k\":\"tree\",\"t\":0,\"n\":0,\"nodes\":[{\"p\":7}]}"),
        ("trace", b"\x1f\x8b truncated gzip"),
        ("vtree", b"{\"vtree\":99}"),
        ("vtree", b"{\"vtree\":1,\"viewport\":{\"width\":NaN}}"),
    ];
    for (at, (format, bytes)) in cases.into_iter().enumerate() {
        let input = dir.path().join(format!("bad{at}"));
        std::fs::write(&input, bytes).unwrap();
        let error = complaint(&["record", arg(&input), "--from", format, "-o", arg(&output)], 1);
        assert!(error.contains(&format!("bad{at}")), "{error}");
        assert!(!output.try_exists().unwrap(), "nothing is written of a bad input");
    }
}

#[test]
fn a_tree_that_is_too_large_or_too_deep_is_cut_and_recorded() {
    let dir = TempDir::new().unwrap();
    let frame = r#"type="XCUIElementTypeOther" enabled="true" visible="true" x="0" y="0" width="9" height="9""#;
    let open = format!("<XCUIElementTypeOther {frame}>");
    let leaf = format!("<XCUIElementTypeOther {frame}/>");
    let wide =
        format!("<AppiumAUT>{open}{}</XCUIElementTypeOther></AppiumAUT>", leaf.repeat(100_000));
    let deep = format!(
        "<AppiumAUT>{}{}</AppiumAUT>",
        open.repeat(10_000),
        "</XCUIElementTypeOther>".repeat(10_000)
    );
    for (name, xml) in [("wide.xml", wide), ("deep.xml", deep)] {
        let (input, output) = (dir.path().join(name), dir.path().join("x.reel"));
        std::fs::write(&input, xml).unwrap();
        printed(&["record", arg(&input), "--from", "xcuitest", "-o", arg(&output)]);
        assert!(printed(&["inspect", arg(&output)]).contains("▒ replaced (limit)"), "{name}");
    }
}

#[test]
fn wrong_usage_is_exit_code_two_with_the_right_way() {
    let input = testdata("trees/shirates_KeyboardScreen.xml");
    let error = complaint(&["record", arg(&input), "--from", "xcuitest"], 2);
    assert!(error.contains("-o FILE.reel"), "{error}");
    complaint(&["record", arg(&input)], 2);
    complaint(&["record", arg(&input), "--from", "xcuitest", "--server", "http://127.0.0.1:1"], 2);
    complaint(&["nonsense"], 2);
}

#[test]
fn help_has_examples() {
    for command in ["serve", "demo", "record", "inspect", "verify"] {
        let help = printed(&[command, "--help"]);
        assert!(help.contains("Example"), "{help}");
    }
}

#[test]
fn a_server_that_is_not_there_is_said_so() {
    let input = testdata("trees/shirates_KeyboardScreen.xml");
    let args = [
        "record",
        arg(&input),
        "--from",
        "xcuitest",
        "--server",
        "http://127.0.0.1:1",
        "--api-key",
        "vrw_x",
    ];
    let error = complaint(&args, 1);
    assert!(error.contains("is `viewreel serve` running there?"), "{error}");
}
