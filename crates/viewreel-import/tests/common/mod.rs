//! A sink that remembers what it was told, and the files of `testdata/trees`.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::path::PathBuf;
use viewreel_capture::{CaptureDecoder, Input, InputSink, Platform};
use viewreel_import::{ImportError, Source, Summary, import};
use viewreel_model::columns::Columns;
use viewreel_model::content::LaidLine;
use viewreel_model::raw::Privacy;
use viewreel_model::record::Touch;
use viewreel_model::viewport::Viewport;
use viewreel_model::{RawSnapshot, StrId};
use viewreel_seams::Now;
use viewreel_text::Inter;

/// One captured tree.
pub(crate) struct Tree {
    pub(crate) at_ms: u64,
    pub(crate) columns: Columns,
    /// Of each node.
    pub(crate) lines: Vec<Vec<LaidLine>>,
    pub(crate) privacy: Vec<Privacy>,
    pub(crate) regions: usize,
    pub(crate) cut_nodes: u32,
}

/// Everything that was told.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) trees: Vec<Tree>,
    pub(crate) touches: Vec<(u64, Touch)>,
    pub(crate) viewports: Vec<Viewport>,
    pub(crate) names: Vec<String>,
    pub(crate) times: Vec<u64>,
}

impl InputSink for Log {
    fn input(&mut self, now: Now, input: Input<'_>) {
        self.times.push(now.mono_ms);
        match input {
            Input::Capture(buffer) => {
                let mut decoder = CaptureDecoder::new();
                let raw = decoder.decode(buffer).expect("importers describe trees");
                self.trees.push(Tree {
                    at_ms: now.mono_ms,
                    columns: columns(&raw),
                    lines: (0..raw.len()).map(|node| lines(&raw, node)).collect(),
                    privacy: (0..raw.len()).map(|node| raw.privacy(node)).collect(),
                    regions: raw.regions().len(),
                    cut_nodes: raw.cut_nodes(),
                });
            }
            Input::Touch { touch, .. } => self.touches.push((now.mono_ms, touch)),
            Input::Viewport(viewport) => self.viewports.push(viewport),
            Input::Screen(name) | Input::ScreenTitle(name) => {
                self.names.push(format!("screen {name}"));
            }
            Input::Event(name) => self.names.push(format!("event {name}")),
            Input::Log { message, .. } => self.names.push(format!("log {message}")),
            Input::Lifecycle(lifecycle) => self.names.push(format!("{lifecycle:?}")),
            Input::Keyboard(keyboard) => self.names.push(format!("{keyboard:?}")),
            Input::Gap { reason, duration_ms } => {
                self.names.push(format!("gap {reason:?} {duration_ms}"));
            }
        }
    }
}

/// The nodes with their strings, under the same numbers.
fn columns(raw: &dyn RawSnapshot) -> Columns {
    let mut columns = Columns::default();
    for id in 1..=raw.strings() as u32 {
        assert_eq!(columns.strings.add(raw.string(StrId(id))), StrId(id));
    }
    for (node, &parent) in raw.parents().iter().enumerate() {
        columns.push(parent, &raw.row(node).expect("every node has a row"));
    }
    columns.windows = raw.windows().to_vec();
    columns
}

/// The lines of a node in its bounds space.
fn lines(raw: &dyn RawSnapshot, node: usize) -> Vec<LaidLine> {
    let mut lines = Inter.lay_out(&raw.text_ask(node)).expect("it answers at once");
    let left = raw.content(node).text.frame.origin.x;
    lines.iter_mut().for_each(|line| line.baseline.x += left);
    lines
}

impl Tree {
    /// The lines of every node that has text, joined by `|`, in pre-order.
    pub(crate) fn texts(&self) -> Vec<String> {
        (0..self.columns.len())
            .map(|index| self.text(index))
            .filter(|text| !text.is_empty())
            .collect()
    }

    /// The lines of one node, joined by `|`.
    pub(crate) fn text(&self, index: usize) -> String {
        let lines = self.lines[index].iter().map(|line| line.text.as_str());
        lines.collect::<Vec<_>>().join("|")
    }

    /// The accessibility identifiers in pre-order.
    pub(crate) fn identifiers(&self) -> Vec<&str> {
        let semantics = self.columns.semantics().iter();
        semantics
            .map(|s| self.columns.strings.get(s.identifier))
            .filter(|id| !id.is_empty())
            .collect()
    }
}

/// A file of `testdata/trees`.
pub(crate) fn file(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../testdata/trees").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What an importer tells, beginning at 1,000 ms.
pub(crate) fn run(source: Source, bytes: &[u8]) -> Result<(Log, Summary), ImportError> {
    let mut log = Log::default();
    let start = Now { mono_ms: 1_000, wall_ms: 1_700_000_000_000 };
    let summary = import(source, bytes, &mut log, start)?;
    Ok((log, summary))
}
