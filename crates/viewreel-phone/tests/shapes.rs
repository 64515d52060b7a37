//! Screens that turn, grow, are split and mirrored.

mod common;

use common::{App, START, at, everybody};
use viewreel_capture::{CaptureBuffer, Input, InputSink, View};
use viewreel_model::node::Geometry;
use viewreel_model::record::Body;
use viewreel_model::viewport::{Direction, Orientation, SceneId, Viewport};
use viewreel_model::{CaptureId, Kind, Rect, Size, Snapshot};
use viewreel_phone::play_page;
use viewreel_tree::Playhead;

/// What a viewer sees on each screen: the screen, and the tree.
fn seen(app: &mut App, end_ms: u64) -> Vec<(Viewport, Snapshot)> {
    let mut seen: Vec<(Viewport, Snapshot)> = Vec::new();
    for segment in app.segments(at(end_ms)) {
        let mut playhead = Playhead::default();
        for record in segment.records {
            let is_visual = matches!(record.body, Body::Keyframe { .. } | Body::Diff(_));
            playhead.play::<std::convert::Infallible>(record).expect("the record plays");
            let tree = playhead.tree().map(viewreel_tree::Tree::snapshot).unwrap_or_default();
            let viewport = playhead.state().viewports.first().cloned();
            if let Some(viewport) = viewport.filter(|_| is_visual && !tree.is_empty()) {
                seen.push((viewport, tree));
            }
        }
    }
    seen.dedup_by(|later, earlier| later.0 == earlier.0);
    seen
}

fn root_size(tree: &Snapshot) -> Size {
    tree.columns().geometry()[0].bounds.size
}

/// Lines of the longest text.
fn lines(tree: &Snapshot) -> usize {
    let columns = tree.columns();
    let lines = columns.line_ranges().iter().map(|range| columns.lines_of(*range).len());
    lines.max().unwrap_or_default()
}

/// Where the two texts that stand beside each other begin, from the left.
fn places(tree: &Snapshot) -> (f32, f32) {
    let columns = tree.columns();
    let kinds = columns.semantics().iter().zip(columns.geometry());
    let mut texts = kinds.filter(|(semantics, _)| semantics.kind == Kind::Text);
    let mut next = || texts.next().map_or(0.0, |(_, geometry)| geometry.position.x);
    (next(), next())
}

#[test]
fn each_shape_of_the_screen_is_seen_with_the_views_laid_out_for_it() {
    let mut app = App::start(everybody());
    let summary = play_page(&mut app, START);
    let seen = seen(&mut app, summary.duration_ms);
    assert_eq!(seen.len(), 8);
    for (viewport, tree) in &seen {
        assert_eq!(root_size(tree), viewport.size);
        let (first, second) = places(tree);
        let is_mirrored = viewport.direction == Direction::RightToLeft;
        assert_eq!(first > second, is_mirrored, "{viewport:?}");
    }
    let (orientations, sizes): (Vec<_>, Vec<_>) = seen
        .iter()
        .map(|(viewport, _)| (viewport.orientation, viewport.text_size.as_str()))
        .unzip();
    assert_eq!(
        orientations[..3],
        [Orientation::Portrait, Orientation::LandscapeLeft, Orientation::Portrait]
    );
    assert_eq!(sizes[3..5], ["extraSmall", "accessibilityLarge"]);
    let lines: Vec<usize> = seen.iter().map(|(_, tree)| lines(tree)).collect();
    assert!(lines[1] < lines[0] && lines[3] <= lines[2] && lines[4] > lines[2], "{lines:?}");
    assert!(lines[6] < lines[7], "{lines:?}");
}

/// A window of that scene which fills a screen of that width.
fn window(buffer: &mut CaptureBuffer, scene: u32, width: f32) {
    buffer.begin_window(SceneId(scene), 0.0);
    let geometry = Geometry::from_frame(Rect::new(0.0, 0.0, width, 1_000.0));
    let id = CaptureId(u64::from(scene) + 1);
    buffer.leaf(&View { id, kind: Kind::View, geometry, ..View::default() });
}

#[test]
fn two_scenes_beside_each_other_have_screens_and_windows_of_their_own() {
    let mut app = App::start(everybody());
    let mut buffer = CaptureBuffer::new();
    for (scene, width) in [(0, 600.0), (1, 400.0)] {
        let size = Size::new(width, 1_000.0);
        let viewport = Viewport { scene: SceneId(scene), size, ..Viewport::default() };
        app.input(at(1), Input::Viewport(viewport));
        window(&mut buffer, scene, width);
    }
    app.input(at(2), Input::Capture(&buffer));
    let segments = app.segments(at(3));
    let mut playhead = Playhead::default();
    for record in &segments.last().expect("something was recorded").records {
        playhead.play::<std::convert::Infallible>(record.clone()).expect("the record plays");
    }
    let screens = playhead.state().viewports.iter().map(|screen| (screen.scene, screen.size.width));
    assert_eq!(screens.collect::<Vec<_>>(), [(SceneId(0), 600.0), (SceneId(1), 400.0)]);
    let tree = playhead.tree().expect("there is a keyframe").snapshot();
    let scenes: Vec<SceneId> = tree.windows().map(|(_, window)| window.scene).collect();
    assert_eq!(scenes, [SceneId(0), SceneId(1)]);
}
