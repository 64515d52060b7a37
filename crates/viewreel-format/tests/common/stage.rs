//! A long replay of an app that never was: lists that scroll, labels that change,
//! rows that come and go, screens that are opened and left again.
#![allow(dead_code, reason = "tests and the bench use a part of it each")]

use viewreel_format::{ReplayId, SegmentHeader, SegmentWriter};
use viewreel_model::columns::Window;
use viewreel_model::node::{Geometry, Line, LineRange, Semantics, TextRole, TextStyle};
use viewreel_model::record::{Body, State, Touch};
use viewreel_model::{
    Diff, Kind, NodeId, Point, Rect, Row, Run, SegmentId, Size, Snapshot, StateId,
};
use viewreel_tree::Differ;

/// Numbers that are not foreseen, the same in every test run.
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 ^ (self.0 >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 32) % end
    }
}

/// How much happens on the stage.
#[derive(Clone, Copy)]
pub(crate) struct Play {
    pub(crate) segments: u32,
    /// Rows of a list; each is two nodes.
    pub(crate) rows: u32,
    /// Changes of the tree in a second.
    pub(crate) changes: u64,
    /// One in so many changes is told from a state that was kept. Recorders do
    /// that on a change of screen only.
    pub(crate) returns: u64,
}

/// Length of a segment, in milliseconds.
pub(crate) const SEGMENT_MS: u64 = 30_000;

/// What is on the stage.
struct Stage {
    screen: u32,
    scroll: f32,
    /// Node id and text of every row.
    rows: Vec<(u32, u64)>,
    next_id: u32,
    count: u32,
}

impl Stage {
    fn open(count: u32) -> Self {
        let mut stage = Self { screen: 0, scroll: 0.0, rows: Vec::new(), next_id: 10, count };
        stage.show_screen(1);
        stage
    }

    fn show_screen(&mut self, screen: u32) {
        (self.screen, self.scroll) = (screen, 0.0);
        self.rows.clear();
        (0..self.count).for_each(|n| self.insert_row(n as usize, u64::from(n)));
    }

    fn insert_row(&mut self, at: usize, text: u64) {
        self.rows.insert(at.min(self.rows.len()), (self.next_id, text));
        self.next_id += 2;
    }

    fn change(&mut self, noise: &mut Noise) {
        let at = noise.below(u64::from(self.count)) as usize;
        match noise.below(100) {
            0 => self.show_screen(self.screen % 5 + 1),
            1..10 => {
                self.rows.remove(at.min(self.rows.len() - 1));
                self.insert_row(noise.below(u64::from(self.count)) as usize, noise.below(500));
            }
            10..40 => self.rows[at.min(self.count as usize - 1)].1 = noise.below(500),
            _ => self.scroll += noise.below(40) as f32 / 2.0,
        }
    }

    fn snapshot(&self) -> Snapshot {
        let mut tree = Snapshot::default();
        let root = tree.push_masked(NodeId(1), None, &view(Kind::View, 0.0, 852.0));
        let mut list = view(Kind::List, 90.0, 700.0);
        list.geometry.bounds.origin.y = self.scroll;
        let list = tree.push_masked(NodeId(1 + self.screen), Some(root), &list);
        for (n, &(id, text)) in (0_u8..).zip(&self.rows) {
            let cell = view(Kind::Cell, f32::from(n) * 44.0, 44.0);
            let cell = tree.push_masked(NodeId(id), Some(list), &cell);
            let label = label(&mut tree, text);
            tree.push_masked(NodeId(id + 1), Some(cell), &label);
        }
        tree.columns_mut().windows.push(Window::default());
        tree
    }
}

fn view(kind: Kind, y: f32, height: f32) -> Row {
    let frame = Rect { origin: Point::new(0.0, y), size: Size::new(393.0, height) };
    let semantics = Semantics { kind, ..Semantics::default() };
    Row { semantics, geometry: Geometry::from_frame(frame), ..Row::default() }
}

fn label(tree: &mut Snapshot, text: u64) -> Row {
    let columns = tree.columns_mut();
    let text = columns.strings.add(&format!("Order {text}, to be sent tomorrow"));
    let start = columns.lines.len() as u32;
    columns.lines.push(Line { text, baseline: Point::new(0.0, 16.0), width: 210.0 });
    let lines = LineRange { start, len: 1 };
    let text = TextStyle { role: TextRole::Static, ..TextStyle::default() };
    Row { text, lines, ..view(Kind::Text, 8.0, 20.0) }
}

/// The sealed segments of a replay, in playing order.
pub(crate) fn play(play: Play, seed: u64) -> Vec<Vec<u8>> {
    let mut noise = Noise(seed);
    let mut act = Act::begin(Stage::open(play.rows));
    (0..play.segments).map(|seq| act.segment(seq, play, &mut noise)).collect()
}

/// A recorder of the stage.
struct Act {
    stage: Stage,
    state: StateId,
    tree: Snapshot,
    kept: Option<(StateId, Snapshot)>,
    differ: Differ,
}

impl Act {
    fn begin(stage: Stage) -> Self {
        let tree = stage.snapshot();
        Self { stage, state: StateId(0), tree, kept: None, differ: Differ::default() }
    }

    fn segment(
        &mut self,
        seq: u32,
        Play { changes, returns, .. }: Play,
        noise: &mut Noise,
    ) -> Vec<u8> {
        let header = header(seq);
        let (mut writer, mut bytes) = SegmentWriter::begin(&header);
        let mut push = |time_ms, body: &Body| writer.push(time_ms, body).expect("it is small");
        self.kept = None;
        push(header.start_ms, &Body::State(self.opening()));
        push(header.start_ms, &Body::Keyframe { state: self.state, tree: self.tree.clone() });
        for n in 1..changes * SEGMENT_MS / 1_000 {
            let time_ms = header.start_ms + n * 1_000 / changes + noise.below(40);
            push(time_ms, &self.change(returns, noise));
            let at = Point::new(noise.below(393) as f32, noise.below(852) as f32);
            push(time_ms, &Body::Touch(Touch { at, ..Touch::default() }));
        }
        bytes.extend(writer.seal());
        bytes
    }

    fn opening(&self) -> State {
        State { screen: format!("Screen {}", self.stage.screen), ..State::default() }
    }

    fn change(&mut self, returns: u64, noise: &mut Noise) -> Body {
        let screen = self.stage.screen;
        self.stage.change(noise);
        let tree = self.stage.snapshot();
        let mut diff = Diff::default();
        let keeps = screen != self.stage.screen;
        if keeps {
            self.kept = Some((self.state, self.tree.clone()));
        }
        let (base, old) = match &self.kept {
            Some((base, old)) if noise.below(returns) == 0 => (*base, old),
            _ => (self.state, &self.tree),
        };
        self.differ.diff(base, old, &tree, &mut diff);
        diff.keeps_current = keeps;
        (self.state, self.tree) = (self.state.next(), tree);
        Body::Diff(diff)
    }
}

fn header(seq: u32) -> SegmentHeader {
    let start_ms = u64::from(seq) * SEGMENT_MS;
    SegmentHeader {
        segment_id: SegmentId(u128::from(seq) + 1),
        run: Run(1),
        seq,
        start_ms,
        wall_ms: 1_764_000_000_000_i64.saturating_add_unsigned(start_ms),
        utc_offset_min: 0,
        replay: ReplayId::new("device", "session").expect("both ids are valid"),
    }
}
