//! The open input format is read to the letter.

mod common;

use common::{file, run};
use viewreel_import::Source;
use viewreel_model::limits::{MAX_DEPTH, MAX_NODES};
use viewreel_model::mask::MaskAction;
use viewreel_model::node::TextRole;
use viewreel_model::raw::ContentType;
use viewreel_model::{CaptureId, Kind, Point, Rect, Size};

const HEADER: &str = r#"{"vtree":1,"viewport":{"size":[393,852]}}"#;
const ROOT: &str = r#"{"depth":0,"id":1,"kind":"view","frame":[0,0,393,852]}"#;

fn of_entries(entries: &[String]) -> Vec<u8> {
    let lines: Vec<_> = std::iter::once(HEADER.to_owned()).chain(entries.iter().cloned()).collect();
    lines.join("\n").into_bytes()
}

fn tree(nodes: &str) -> String {
    format!(r#"{{"t":0,"tree":[{nodes}]}}"#)
}

/// A node below the root with these fields.
fn child(fields: &str) -> String {
    tree(&format!(r#"{ROOT},{{"depth":1,"id":2,{fields}}}"#))
}

fn fails(entry: String, expected: &str) {
    let error = run(Source::Vtree, &of_entries(&[entry])).err().expect("it is refused");
    assert!(error.to_string().ends_with(expected), "{error}");
    assert!(error.to_string().starts_with("line 2"), "{error}");
}

#[test]
fn the_examples_are_read_whole() {
    for (name, trees, touches) in [("login.vtree.jsonl", 16, 8), ("chat.vtree.jsonl", 20, 20)] {
        let text = String::from_utf8(file(name)).unwrap();
        assert_eq!(text.matches("\"tree\":").count(), trees, "{name}");
        let (log, summary) = run(Source::Vtree, text.as_bytes()).unwrap();
        assert_eq!((summary.trees, summary.touches), (trees, touches), "{name}");
        let nodes: usize = log.trees.iter().map(|tree| tree.columns.len()).sum();
        assert_eq!(nodes, text.matches("\"depth\":").count(), "{name}");
        assert!(log.times.is_sorted());
    }
}

#[test]
fn what_only_masking_may_know_is_read() {
    let (log, _) = run(Source::Vtree, &file("login.vtree.jsonl")).unwrap();
    let tree = &log.trees[5];
    let of = |id| tree.privacy.iter().find(|privacy| privacy.id == CaptureId(id)).unwrap();
    assert_eq!(of(6).content_type, ContentType::Email);
    assert!(of(7).secure && of(7).content_type == ContentType::Password);
    assert_eq!(of(12).override_action, Some(MaskAction::Mask));
    assert_eq!(of(15).override_action, Some(MaskAction::Keep));
    assert_eq!(of(16).override_action, Some(MaskAction::Replace));
    assert_eq!((of(1).override_action, tree.regions), (None, 1));
}

#[test]
fn windows_stand_at_depth_zero() {
    let (log, _) = run(Source::Vtree, &file("chat.vtree.jsonl")).unwrap();
    let windows = log.trees.iter().map(|tree| tree.columns.windows.len());
    assert_eq!(windows.max(), Some(2));
    let alert = log.trees.iter().find(|tree| tree.columns.windows.len() == 2).unwrap();
    assert_eq!(alert.columns.windows[1].level, 2000.0);
}

#[test]
fn recycled_rows_keep_their_ids_and_change_their_generation() {
    let (log, _) = run(Source::Vtree, &file("chat.vtree.jsonl")).unwrap();
    let generation = |index: usize| {
        let tree = &log.trees[index];
        let at = tree.privacy.iter().position(|privacy| privacy.id == CaptureId(10)).unwrap();
        tree.columns.row(at).unwrap().generation
    };
    assert_eq!((generation(0), generation(log.trees.len() - 1)), (0, 1));
}

#[test]
fn every_other_input_is_told_in_its_order() {
    let entries = [
        r#"{"t":1,"lifecycle":"background"}"#,
        r#"{"t":2,"screen":"Home"}"#,
        r#"{"t":3,"event":"Paid"}"#,
        r#"{"t":4,"log":{"message":"hello"}}"#,
        r#"{"t":5,"gap":{"reason":"blocked","duration_ms":70}}"#,
        r#"{"t":6,"viewport":{"size":[852,393],"orientation":"landscape-left"}}"#,
    ];
    let (log, summary) = run(Source::Vtree, &of_entries(&entries.map(str::to_owned))).unwrap();
    let expected = ["Background", "screen Home", "event Paid", "log hello", "gap Blocked 70"];
    assert_eq!(log.names, expected);
    assert_eq!(log.viewports[1].size, Size::new(852.0, 393.0));
    assert_eq!(
        (log.times.as_slice(), summary.duration_ms),
        (&[1000, 1001, 1002, 1003, 1004, 1005, 1006][..], 6)
    );
}

#[test]
fn a_frame_is_bounds_and_a_position() {
    let fields = r#""kind":"scroll","frame":[10,20,100,50],"scroll":[0,300]"#;
    let (log, _) = run(Source::Vtree, &of_entries(&[child(fields)])).unwrap();
    let geometry = log.trees[0].columns.geometry()[1];
    assert_eq!(geometry.bounds, Rect::new(0.0, 300.0, 100.0, 50.0));
    assert_eq!(geometry.position, Point::new(60.0, 45.0));
}

#[test]
fn a_string_is_laid_out_and_lines_are_taken_as_they_are() {
    let laid = r#""kind":"text","frame":[0,0,60,80],"text":{"string":"two lines here","size":20}"#;
    let (log, _) = run(Source::Vtree, &of_entries(&[child(laid)])).unwrap();
    assert_eq!(log.trees[0].text(1), "two|lines|here");
    let inset = laid.replace(r#""size":20"#, r#""inset":[0,12,0,4]"#);
    let (log, _) = run(Source::Vtree, &of_entries(&[child(&inset)])).unwrap();
    assert_eq!(log.trees[0].lines[1][0].baseline.x, 12.0);
}

#[test]
fn text_of_a_field_is_input_unless_it_says_otherwise() {
    let field = |role: &str| {
        let fields =
            format!(r#""kind":"text-input","frame":[0,0,90,30],"text":{{"string":"x"{role}}}"#);
        let (log, _) = run(Source::Vtree, &of_entries(&[child(&fields)])).unwrap();
        log.trees[0].columns.row(1).unwrap().text.role
    };
    assert_eq!(field(""), TextRole::Input);
    assert_eq!(field(r#","role":"hint""#), TextRole::Hint);
}

#[test]
fn every_kind_of_the_model_can_be_named() {
    for kind in Kind::ALL {
        let fields = format!(r#""kind":"{}","frame":[0,0,9,9]"#, kind.word());
        let (log, _) = run(Source::Vtree, &of_entries(&[child(&fields)])).unwrap();
        assert_eq!(log.trees[0].columns.semantics()[1].kind, *kind);
    }
}

#[test]
fn a_misspelt_mask_is_refused() {
    let fields = |key: &str| child(&format!(r#""kind":"text","frame":[0,0,9,9],{key}"#));
    fails(fields(r#""secuer":true"#), "there is no field `secuer` here");
    fails(fields(r#""mask":"mak""#), "a value is wrong, expected one of `keep` `mask` `replace`");
    fails(fields(r#""mask":null"#), "a value is wrong, expected one of `keep` `mask` `replace`");
    fails(fields(r#""secure":null"#), "a value is wrong, expected a boolean");
    fails(fields(r#""text":null"#), "a value is wrong, expected an object");
    fails(fields(r#""mask":"keep","mask":"mask""#), "duplicate field `mask`");
}

#[test]
fn a_list_is_no_object() {
    fails("[0]".to_owned(), "a value is wrong, expected an object");
    fails(tree("[0,1]"), "a value is wrong, expected an object");
    fails(r#"{"t":0,"touch":[0,"down",[1,2]]}"#.to_owned(), "a value is wrong, expected an object");
    let border = child(r#""kind":"view","frame":[0,0,1,1],"border":[1]"#);
    fails(border, "a value is wrong, expected an object");
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let node = |fields: &str| child(&format!(r#""kind":"view",{fields}"#));
    fails(node(r#""bounds":[0,0,1,1]"#), "node 1: give `frame`, or `bounds` with `position`");
    fails(
        node(r#""frame":[0,0,1,1],"position":[0,0]"#),
        "node 1: give either `frame` or `bounds` with `position`",
    );
    fails(
        node(r#""frame":[0,0,1,1],"window":{}"#),
        "node 1: only a node of depth 0 has a `window`",
    );
    fails(tree(&format!("{ROOT},{ROOT}")), "node 1: `id` stands twice in this tree");
    fails(tree(&ROOT.replace(r#""id":1"#, r#""id":0"#)), "node 0: `id` must not be 0");
    fails(
        tree(&ROOT.replace(r#""depth":0"#, r#""depth":1"#)),
        "node 0: `depth` is more than one deeper than the node before",
    );
}

#[test]
fn a_line_says_one_thing() {
    let expected = "a line says exactly one thing beside `t`, such as `tree` or `touch`";
    fails(r#"{"t":0}"#.to_owned(), expected);
    fails(r#"{"t":0,"screen":"a","event":"b"}"#.to_owned(), expected);
    let regions = r#"{"t":0,"screen":"a","regions":[{"rect":[0,0,1,1],"action":"mask"}]}"#;
    fails(regions.to_owned(), "`regions` belong beside a `tree`");
    let stray = format!(
        r#"{{"t":0,"tree":[{ROOT}],"regions":[{{"window":1,"rect":[0,0,1,1],"action":"mask"}}]}}"#
    );
    fails(stray, "a region names a window that the tree does not have");
}

#[test]
fn time_does_not_go_back() {
    let entries = [r#"{"t":5,"screen":"a"}"#, r#"{"t":4,"screen":"b"}"#].map(str::to_owned);
    let error = run(Source::Vtree, &of_entries(&entries)).err().unwrap().to_string();
    assert_eq!(error, "line 3: `t` is before that of an earlier line; sort the lines by time");
}

#[test]
fn other_versions_and_other_files_are_refused() {
    let error = |text: &str| run(Source::Vtree, text.as_bytes()).err().unwrap().to_string();
    let future = HEADER.replace(":1,", ":2,");
    assert_eq!(error(&future), "line 1: this version of vtree is unknown; version 1 can be read");
    assert_eq!(error("{}"), "line 1, column 2: missing field `vtree`");
    assert!(error("<xml/>").starts_with("line 1, column 1: "));
    assert_eq!(error(""), "the file is empty");
}

#[test]
fn large_and_deep_trees_are_cut_and_say_so() {
    let node = |i: usize, depth: usize| {
        format!(r#"{{"depth":{depth},"id":{},"kind":"view","frame":[0,0,9,9]}}"#, i + 1)
    };
    let wide: Vec<_> = (0..100_000).map(|i| node(i, usize::from(i > 0))).collect();
    let deep: Vec<_> = (0..10_000).map(|i| node(i, i)).collect();
    for nodes in [wide, deep] {
        let (log, summary) = run(Source::Vtree, &of_entries(&[tree(&nodes.join(","))])).unwrap();
        assert_eq!(summary.nodes_max, nodes.len());
        let columns = &log.trees[0].columns;
        assert!(columns.len() <= MAX_NODES && log.trees[0].cut_nodes > 0);
        assert!(columns.depths().iter().all(|&depth| depth as usize <= MAX_DEPTH));
    }
}

#[test]
fn json_that_is_nested_too_deeply_is_refused() {
    let deep = format!(r#"{{"t":0,"tree":{}"#, "[".repeat(100_000));
    assert!(run(Source::Vtree, &of_entries(&[deep])).is_err());
}
