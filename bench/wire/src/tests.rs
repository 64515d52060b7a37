//! Whether the benchmark measures what it says.

use crate::moments::Moments;
use crate::moves;
use crate::peers::datadog::heckel::Difference;
use crate::peers::datadog::{self, Flattener};
use crate::peers::posthog;
use crate::scenarios::{ALL, Scenario};
use crate::scene::SCREEN;
use crate::stage::LENGTH_MS;
use crate::viewreel::Recording;
use serde_json::Value;
use std::collections::BTreeSet;
use viewreel_format::SealedSegment;
use viewreel_model::Snapshot;
use viewreel_tree::{Playhead, Tree};

/// Samples of the published format; `testdata/README.md` says whence.
const SEGMENT_SAMPLE: &str = include_str!("../testdata/datadog_segment.json");
const OTHER_SAMPLES: [&str; 5] = [
    include_str!("../testdata/datadog_full_snapshot.json"),
    include_str!("../testdata/datadog_mutation.json"),
    include_str!("../testdata/datadog_placeholders_all.json"),
    include_str!("../testdata/datadog_placeholders_none.json"),
    include_str!("../testdata/datadog_text_fields.json"),
];

#[test]
fn scenarios_last_a_minute_and_have_about_as_many_nodes_as_they_say() {
    for Scenario { name, nodes, play, .. } in &ALL {
        let session = play();
        let moments = Moments::of(&session);
        assert_eq!((session.length_ms, moments.captures), (LENGTH_MS, 601), "{name}");
        let mean = moments.mean_nodes();
        assert!((nodes * 9 / 10..=nodes * 11 / 10).contains(&mean), "{name}: {mean} nodes");
    }
}

#[test]
fn the_same_scenario_gives_the_same_bytes_twice() {
    let [one, two] = [(ALL[0].play)(), (ALL[0].play)()];
    assert_eq!(Recording::of(&one).segments, Recording::of(&two).segments);
    let weigh = |session| {
        let moments = Moments::of(session);
        let datadog = datadog::Recording::of(&moments, SCREEN).weight(2_000);
        (datadog, posthog::weight(&moments, SCREEN))
    };
    assert_eq!(weigh(&one), weigh(&two));
}

#[test]
fn segments_hold_the_trees_that_the_others_are_given() {
    let session = (ALL[4].play)();
    let recorded = recorded_trees(&Recording::of(&session));
    let moments = Moments::of(&session);
    let given: Vec<&Snapshot> = moments.trees().map(|(_, tree)| tree).collect();
    assert!(given.len() > 100);
    assert!(recorded.iter().eq(given));
}

/// Every tree that a player of the segments would show, one after the other.
fn recorded_trees(recording: &Recording) -> Vec<Snapshot> {
    let mut trees: Vec<Snapshot> = Vec::new();
    for bytes in &recording.segments {
        let segment = SealedSegment::parse(bytes).expect("the recorder seals segments");
        let mut playhead = Playhead::default();
        for record in segment.records() {
            playhead.play::<()>(record.expect("records are whole")).expect("records follow");
            let shown = playhead.tree().map(Tree::snapshot);
            trees.extend(shown.filter(|tree| trees.last() != Some(tree)));
        }
    }
    trees
}

#[test]
fn mutations_lead_from_each_list_of_wireframes_to_the_next() {
    let moments = Moments::of(&(ALL[0].play)());
    let mut flattener = Flattener::new(SCREEN);
    let lists: Vec<_> = moments.trees().map(|(_, tree)| flattener.flatten(tree)).collect();
    for pair in lists.windows(2) {
        let difference = Difference::between(&pair[0], &pair[1]).expect("no type changes");
        let ids = |list: &[datadog::wireframe::Wireframe]| -> Vec<i64> {
            list.iter().map(|wireframe| wireframe.id).collect()
        };
        assert_eq!(ids(&difference.apply(&pair[0])), ids(&pair[1]));
    }
}

#[test]
fn one_move_costs_one_operation_here_and_two_for_each_sibling_there() {
    let cost = moves::cost(100);
    assert_eq!((cost.operations, cost.peer_operations), (1, 200));
    assert!(cost.bytes * 20 < cost.peer_json_bytes);
}

#[test]
fn segments_have_the_fields_of_the_published_format() {
    let sample: Value = serde_json::from_str(SEGMENT_SAMPLE).expect("the sample is JSON");
    let known = fields(&sample);
    let written = segment_of_a_list();
    let optional = ["creation_reason", "index_in_view"].map(str::to_owned);
    let ours = fields(&written);
    let missing: Vec<_> = known.difference(&ours).collect();
    assert!(missing.iter().all(|field| optional.contains(field)), "{missing:?}");
    let records = written["records"].as_array().expect("records are a list");
    assert_eq!(written["records_count"], records.len());
    assert_eq!(types(records)[..3], [4, 6, 10]);
}

#[test]
fn wireframes_have_no_field_that_the_samples_do_not_know() {
    let mut known = BTreeSet::new();
    for sample in OTHER_SAMPLES.iter().chain([&SEGMENT_SAMPLE]) {
        collect_fields(&serde_json::from_str(sample).expect("the sample is JSON"), &mut known);
    }
    let mut written = BTreeSet::new();
    collect_fields(&segment_of_a_list(), &mut written);
    // No sample has a finger.
    let more = ["pointerEventType", "pointerId", "pointerType"];
    let unknown: Vec<_> = written.difference(&known).collect();
    assert!(unknown.iter().all(|field| more.contains(&field.as_str())), "{unknown:?}");
}

fn segment_of_a_list() -> Value {
    let moments = Moments::of(&(ALL[0].play)());
    let recording = datadog::Recording::of(&moments, SCREEN);
    let records: Vec<Value> = recording.records.into_iter().map(|(.., record)| record).collect();
    datadog::record::segment(1, &records)
}

fn types(records: &[Value]) -> Vec<i64> {
    records.iter().filter_map(|record| record["type"].as_i64()).collect()
}

fn fields(object: &Value) -> BTreeSet<String> {
    object.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default()
}

fn collect_fields(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                names.insert(name.clone());
                collect_fields(value, names);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_fields(value, names)),
        _ => {}
    }
}
