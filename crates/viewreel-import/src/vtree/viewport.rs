//! A screen, as a line says it.

use super::spell::word;
use serde::Deserialize;
use viewreel_model::viewport::{Direction, InterfaceStyle, Orientation, SceneId, Viewport};
use viewreel_model::{Insets, Size};

/// `viewport`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct ViewportLine {
    #[serde(default)]
    scene: u32,
    size: [f32; 2],
    #[serde(default = "three")]
    scale: f32,
    /// Top, left, bottom, right.
    #[serde(default)]
    safe_area: [f32; 4],
    #[serde(default, deserialize_with = "word")]
    orientation: Orientation,
    #[serde(default, deserialize_with = "word")]
    style: InterfaceStyle,
    #[serde(default)]
    text_size: String,
    #[serde(default, deserialize_with = "word")]
    direction: Direction,
}

fn three() -> f32 {
    3.0
}

impl From<ViewportLine> for Viewport {
    fn from(line: ViewportLine) -> Self {
        let [width, height] = line.size;
        let [top, left, bottom, right] = line.safe_area;
        Self {
            scene: SceneId(line.scene),
            size: Size::new(width, height),
            scale: line.scale,
            safe_area: Insets { top, left, bottom, right },
            orientation: line.orientation,
            style: line.style,
            text_size: line.text_size,
            direction: line.direction,
        }
    }
}
