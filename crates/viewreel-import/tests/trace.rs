//! A real trace becomes a replay of its steps and gestures.

mod common;

use common::{Log, file, run};
use flate2::read::GzDecoder;
use std::collections::BTreeSet;
use std::io::Read;
use viewreel_import::{ImportError, Source, Summary};
use viewreel_model::limits::MAX_NODES;
use viewreel_model::node::TextRole;
use viewreel_model::record::TouchPhase;
use viewreel_model::{Kind, Point, Size};

fn qqmusic() -> (Log, Summary) {
    run(Source::Trace, &file("qqmusic.ndjson.gz")).unwrap()
}

/// The lines of the trace, counted without the importer's parser.
fn lines() -> Vec<serde_json::Value> {
    let mut text = String::new();
    GzDecoder::new(file("qqmusic.ndjson.gz").as_slice()).read_to_string(&mut text).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn tree(nodes: &str) -> String {
    format!(r#"{{"k":"tree","t":0,"n":0,"activity":"a/.Main","nodes":[{nodes}]}}"#)
}

const ROOT: &str = r#"{"p":-1,"c":"android.widget.FrameLayout","b":[0,0,1080,2280],"f":"ev"}"#;

#[test]
fn every_step_is_a_tree_with_all_its_nodes() {
    let (log, summary) = qqmusic();
    let lines = lines();
    let counts: Vec<usize> = lines
        .iter()
        .filter_map(|line| match line["k"].as_str()? {
            "tree" => Some(line),
            _ => lines.iter().find(|tree| tree["k"] == "tree" && tree["n"] == line["then"]),
        })
        .map(|tree| tree["nodes"].as_array().unwrap().len())
        .collect();
    assert_eq!(counts.len(), 305);
    let captured: Vec<usize> = log.trees.iter().map(|tree| tree.columns.len()).collect();
    assert_eq!(captured, counts);
    assert_eq!((summary.trees, summary.nodes_max), (305, 1074));
    assert!(log.trees.iter().all(|tree| tree.cut_nodes == 0));
}

#[test]
fn times_gestures_and_the_screen_are_those_of_the_trace() {
    let (log, summary) = qqmusic();
    check_gestures(&log);
    assert_eq!(summary.touches, log.touches.len());
    assert_eq!(log.viewports.len(), 1);
    assert_eq!((log.viewports[0].size, log.viewports[0].scale), (Size::new(360.0, 760.0), 3.0));
    assert!(log.times.is_sorted());
    assert_eq!(log.times[0], 1_000);
    assert_eq!(summary.duration_ms, 4_738_000);
}

/// Every gesture is a finger that comes and goes.
fn check_gestures(log: &Log) {
    let gestures = lines()
        .iter()
        .filter(|line| ["touch", "long_touch", "scroll"].iter().any(|kind| line["type"] == *kind))
        .count();
    let of = |phase| log.touches.iter().filter(|(_, touch)| touch.phase == phase).count();
    assert_eq!((of(TouchPhase::Down), of(TouchPhase::Up)), (gestures, gestures));
    assert_eq!(of(TouchPhase::Move), 19 * 14);
}

#[test]
fn ids_are_unique_in_a_tree_and_mostly_stay_on_the_same_screen() {
    let (log, _) = qqmusic();
    let ids = |tree: &common::Tree| -> BTreeSet<_> {
        tree.privacy.iter().map(|privacy| privacy.id).collect()
    };
    assert!(log.trees.iter().all(|tree| ids(tree).len() == tree.privacy.len()));
    // Pairs of steps on the same page, of 530 nodes each.
    let sets: Vec<_> = log.trees.iter().map(ids).collect();
    let pairs: Vec<_> =
        sets.windows(2).filter(|p| p[0].len() == 530 && p[1].len() == 530).collect();
    assert!(pairs.len() > 5);
    assert!(pairs.iter().all(|pair| pair[0].intersection(&pair[1]).count() > 500));
}

#[test]
fn fields_hold_what_the_user_wrote_and_passwords_are_secure() {
    let field = r#"{"p":0,"c":"android.widget.EditText","b":[0,0,600,90],"T":"hunter","f":"xpev"}"#;
    let (log, _) = run(Source::Trace, tree(&format!("{ROOT},{field}")).as_bytes()).unwrap();
    let row = log.trees[0].columns.row(1).unwrap();
    assert_eq!((row.semantics.kind, row.text.role), (Kind::TextInput, TextRole::Input));
    assert!(log.trees[0].privacy[1].secure);
}

#[test]
fn a_description_is_not_drawn() {
    let image = r#"{"p":0,"c":"android.widget.ImageView","b":[0,0,90,90],"D":"A dog","f":"ev"}"#;
    let (log, _) = run(Source::Trace, tree(&format!("{ROOT},{image}")).as_bytes()).unwrap();
    assert!(log.trees[0].texts().is_empty());
}

#[test]
fn scrolling_down_moves_the_finger_up() {
    let event = r#"{"k":"event","t":9000,"type":"scroll","direction":"DOWN","target":{"b":[0,0,300,1500]}}"#;
    let (log, summary) = run(Source::Trace, format!("{}\n{event}", tree(ROOT)).as_bytes()).unwrap();
    let at: Vec<Point> = log.touches.iter().map(|(_, touch)| touch.at).collect();
    assert_eq!((at[0], at[at.len() - 1]), (Point::new(50.0, 450.0), Point::new(50.0, 50.0)));
    assert_eq!(summary.duration_ms, 9_500);
}

#[test]
fn what_was_typed_is_not_in_the_event_marker() {
    let event = r#"{"k":"event","t":1,"type":"set_text","text":"secret","target":{"b":[0,0,9,9]}}"#;
    let (log, _) = run(Source::Trace, format!("{}\n{event}", tree(ROOT)).as_bytes()).unwrap();
    assert_eq!(log.names, ["Active", "screen Main", "event set_text"]);
    assert_eq!(log.touches.len(), 2);
}

#[test]
fn a_killed_app_is_in_the_background_until_it_is_seen_again() {
    let kill = r#"{"k":"event","t":5,"type":"kill_app"}"#;
    let back = r#"{"k":"event","t":9,"type":"intent","then":0}"#;
    let (log, _) =
        run(Source::Trace, format!("{}\n{kill}\n{back}", tree(ROOT)).as_bytes()).unwrap();
    let expected =
        ["Active", "screen Main", "event kill_app", "Background", "event intent", "Active"];
    assert_eq!(log.names, expected);
    assert_eq!(log.trees.len(), 2);
}

#[test]
fn malformed_traces_are_refused_with_their_line_and_without_their_content() {
    let stray = format!(r#"{ROOT},{{"p":7,"c":"secret","b":[0,0,1,1]}}"#);
    let negative = r#"{"p":-2,"c":"secret","b":[0,0,1,1]}"#;
    let cases = [
        (tree("secret"), "line 1, column 55: expected value"),
        (tree(""), "line 1: the tree has no nodes"),
        (
            tree(&stray),
            "line 1, node 1: `p` must be -1 or an ancestor of the node before, in pre-order",
        ),
        (
            tree(negative),
            "line 1, node 0: `p` must be -1 or an ancestor of the node before, in pre-order",
        ),
        (
            format!("{}\n\n{}", tree(ROOT), r#"{"k":"event","t":"secret","type":"touch"}"#),
            "line 3, column 25: a value is wrong, expected u64",
        ),
        (
            format!("{}\n{}", tree(ROOT), r#"{"k":"event","t":1,"type":"touch","then":9}"#),
            "line 2: `then` names a tree that no earlier line has",
        ),
        (
            r#"{"k":"event","t":1,"type":"key"}"#.to_owned(),
            "line 1: the trace ends without any tree",
        ),
        (
            r#"{"k":"secret"}"#.to_owned(),
            "line 1, column 13: a value is wrong, expected `tree` or `event`",
        ),
    ];
    for (text, expected) in cases {
        let error = run(Source::Trace, text.as_bytes()).err().expect("it is malformed");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_truncated_trace_is_refused() {
    let whole = file("qqmusic.ndjson.gz");
    let error = run(Source::Trace, &whole[..whole.len() / 2]).err();
    assert_eq!(error, Some(ImportError::Gzip));
}

#[test]
fn large_and_deep_trees_are_cut_and_say_so() {
    let node = |parent: usize| format!(r#"{{"p":{parent},"c":"V","b":[0,0,1,1],"f":"v"}}"#);
    let wide: Vec<_> =
        std::iter::once(ROOT.to_owned()).chain((0..100_000).map(|_| node(0))).collect();
    let deep: Vec<_> = std::iter::once(ROOT.to_owned()).chain((0..10_000).map(node)).collect();
    for nodes in [wide, deep] {
        let (log, summary) = run(Source::Trace, tree(&nodes.join(",")).as_bytes()).unwrap();
        assert_eq!(summary.nodes_max, nodes.len());
        assert!(log.trees[0].columns.len() <= MAX_NODES);
        assert!(log.trees[0].cut_nodes > 0);
    }
}

#[test]
fn edges_beyond_all_measure_are_taken_for_what_they_are_worth() {
    let node = r#"{"p":0,"c":"android.view.View","b":[-1e30,1e38,1e39,1e300],"f":"v"}"#;
    let (log, _) = run(Source::Trace, tree(&format!("{ROOT},{node}")).as_bytes()).unwrap();
    let size = log.trees[0].columns.geometry()[1].bounds.size;
    assert!(size.width.is_finite() && size.height.is_finite());
}
