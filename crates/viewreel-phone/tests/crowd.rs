//! A screen of 2,000 views.

mod common;

use common::replays::last_tree;
use common::{App, START, at, everybody};
use viewreel_model::record::Body;
use viewreel_phone::play_wall;

#[test]
fn two_thousand_views_are_recorded_whole_and_a_change_costs_what_changed() {
    let mut app = App::start(everybody());
    let summary = play_wall(&mut app, START);
    let end = at(summary.duration_ms);
    assert!(summary.max_nodes >= 2_000, "{summary:?}");
    let segments = app.segments(end);
    let counters = app.host.worker.counters();
    assert_eq!(
        (counters.nodes_cut, counters.captures_rejected, counters.records_dropped),
        (0, 0, 0)
    );
    let last = segments.last().expect("something was recorded");
    assert_eq!(last_tree(last).len(), summary.max_nodes);
    let records = segments.iter().flat_map(|segment| &segment.records);
    let keyframes = records.filter(|record| matches!(record.body, Body::Keyframe { .. }));
    assert_eq!(keyframes.count(), 2, "one before the first screen, one with it");
    let bytes: usize = app.files().iter().map(Vec::len).sum();
    assert!(bytes < 64 * 1024, "{bytes}");
}
