//! The lines of a file.

use super::node::NodeLine;
use super::spell::{Object, object, some, some_object, some_word, word};
use super::viewport::ViewportLine;
use crate::feed::Feed;
use serde::Deserialize;
use viewreel_capture::Input;
use viewreel_model::raw::Region;
use viewreel_model::record::{GapReason, Keyboard, Lifecycle, LogLevel, Touch, TouchPhase};
use viewreel_model::{CaptureId, MaskAction, Point, Rect};

/// The first line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Header {
    pub vtree: u32,
    #[serde(deserialize_with = "object")]
    pub viewport: ViewportLine,
}

/// Any other line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct Entry {
    /// Milliseconds since the first line.
    pub t: u64,
    #[serde(default, deserialize_with = "some")]
    pub tree: Option<Vec<Object<NodeLine>>>,
    #[serde(default)]
    pub regions: Vec<Object<RegionLine>>,
    #[serde(default, deserialize_with = "some_object")]
    touch: Option<TouchLine>,
    #[serde(default, deserialize_with = "some_object")]
    viewport: Option<ViewportLine>,
    #[serde(default, deserialize_with = "some_word")]
    lifecycle: Option<Lifecycle>,
    #[serde(default, deserialize_with = "some")]
    screen: Option<String>,
    #[serde(default, deserialize_with = "some_object")]
    keyboard: Option<KeyboardLine>,
    #[serde(default, deserialize_with = "some")]
    event: Option<String>,
    #[serde(default, deserialize_with = "some_object")]
    log: Option<LogLine>,
    #[serde(default, deserialize_with = "some_object")]
    gap: Option<GapLine>,
}

impl Entry {
    /// How many things the line says.
    pub(crate) fn said(&self) -> usize {
        let said = [
            self.tree.is_some(),
            self.touch.is_some(),
            self.viewport.is_some(),
            self.lifecycle.is_some(),
            self.screen.is_some(),
            self.keyboard.is_some(),
            self.event.is_some(),
            self.log.is_some(),
            self.gap.is_some(),
        ];
        said.into_iter().filter(|&is_said| is_said).count()
    }

    /// Tells everything but a tree.
    pub(crate) fn tell(self, feed: &mut Feed<'_>) {
        if let Some(touch) = self.touch {
            feed.touch(touch.into());
        }
        if let Some(viewport) = self.viewport {
            feed.send(Input::Viewport(viewport.into()));
        }
        if let Some(lifecycle) = self.lifecycle {
            feed.send(Input::Lifecycle(lifecycle));
        }
        if let Some(screen) = &self.screen {
            feed.send(Input::Screen(screen));
        }
        if let Some(KeyboardLine { visible, frame }) = self.keyboard {
            feed.send(Input::Keyboard(Keyboard { is_visible: visible, frame: rect(frame) }));
        }
        if let Some(event) = &self.event {
            feed.send(Input::Event(event));
        }
        if let Some(LogLine { level, message }) = &self.log {
            feed.send(Input::Log { level: *level, message });
        }
        if let Some(GapLine { reason, duration_ms }) = self.gap {
            feed.send(Input::Gap { reason, duration_ms });
        }
    }
}

/// `[x, y, width, height]`.
pub(crate) fn rect([x, y, width, height]: [f32; 4]) -> Rect {
    Rect::new(x, y, width, height)
}

/// A region.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct RegionLine {
    /// Index among the windows of the tree.
    #[serde(default)]
    pub window: u32,
    rect: [f32; 4],
    #[serde(deserialize_with = "word")]
    action: MaskAction,
    #[serde(default)]
    owner: u64,
}

impl From<&RegionLine> for Region {
    fn from(line: &RegionLine) -> Self {
        let owner = CaptureId(line.owner);
        Self { window: line.window, rect: rect(line.rect), action: line.action, owner }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct TouchLine {
    #[serde(default)]
    pointer: u32,
    #[serde(deserialize_with = "word")]
    phase: TouchPhase,
    at: [f32; 2],
}

impl From<TouchLine> for Touch {
    fn from(line: TouchLine) -> Self {
        let [x, y] = line.at;
        Self { pointer: line.pointer, phase: line.phase, at: Point::new(x, y), is_masked: false }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct KeyboardLine {
    visible: bool,
    #[serde(default)]
    frame: [f32; 4],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct LogLine {
    #[serde(default, deserialize_with = "word")]
    level: LogLevel,
    message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
struct GapLine {
    #[serde(deserialize_with = "word")]
    reason: GapReason,
    duration_ms: u64,
}
