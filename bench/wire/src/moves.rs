//! One of many siblings comes to the front: what that costs.

use crate::moments::Moments;
use crate::peers::datadog::heckel::Difference;
use crate::peers::datadog::{Flattener, record};
use crate::peers::zlib;
use crate::scene::{Key, Node, SCREEN, Scene, colors};
use crate::session::{START, START_WALL_MS, Session};
use crate::viewreel::Recording;
use viewreel_capture::{CaptureBuffer, Input, InputSink};
use viewreel_model::{Diff, Snapshot, StateId};
use viewreel_tree::Differ;

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cost {
    pub(crate) siblings: usize,
    /// Removals and additions in Datadog's shape.
    pub(crate) peer_operations: usize,
    pub(crate) peer_json_bytes: usize,
    pub(crate) peer_zlib_bytes: usize,
    /// Placements, updates and removals of ours.
    pub(crate) operations: usize,
    /// By how much a sealed segment grows.
    pub(crate) bytes: usize,
}

/// What it costs to move the hindmost of that many siblings to the front.
pub(crate) fn cost(siblings: usize) -> Cost {
    let (before, after) = (session(siblings, &[false]), session(siblings, &[false, true]));
    let moments = Moments::of(&after);
    let trees: Vec<&Snapshot> = moments.trees().map(|(_, tree)| tree).collect();
    let mut flattener = Flattener::new(SCREEN);
    let lists = [trees[0], trees[1]].map(|tree| flattener.flatten(tree));
    let difference = Difference::between(&lists[0], &lists[1]).expect("no type changes");
    let json = record::mutation(START_WALL_MS, &difference).to_string();
    let mut diff = Diff::default();
    Differ::default().diff(StateId(0), trees[0], trees[1], &mut diff);
    Cost {
        siblings,
        peer_operations: difference.adds.len() + difference.removes.len(),
        peer_json_bytes: json.len(),
        peer_zlib_bytes: zlib(json.as_bytes()),
        operations: diff.placements.len() + diff.updates.len() + diff.removals.len(),
        bytes: Recording::of(&after).bytes() - Recording::of(&before).bytes(),
    }
}

fn session(siblings: usize, captures: &[bool]) -> Session {
    let mut scene = Scene::default();
    let (root, children) = build(&mut scene, siblings);
    let (mut session, mut buffer) = (Session::default(), CaptureBuffer::new());
    for (index, is_moved) in captures.iter().enumerate() {
        if *is_moved {
            scene.attach(root, children[0], usize::MAX);
        }
        scene.capture(&mut buffer);
        session.input(START.plus_ms(100 * index as u64), Input::Capture(&buffer));
    }
    session
}

/// Siblings that all show, none of them wholly behind another.
fn build(scene: &mut Scene, siblings: usize) -> (Key, Vec<Key>) {
    let window = Node::system("UIWindow:UIView", [0.0, 0.0, SCREEN.width, SCREEN.height]);
    let root = scene.make(window.filled(colors::PAPER));
    scene.open_window(root, 0.0);
    let add = |index: usize| {
        let (x, y) = ((index % 25) as f32 * 15.0, (index / 25) as f32 * 20.0);
        scene.add(root, Node::view([x, y, 14.0, 18.0]).filled(colors::ACCENT).round(3.0))
    };
    (root, (0..siblings).map(add).collect())
}
