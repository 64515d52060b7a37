//! A node, as a line says it.

use super::line::rect;
use super::spell::{ContentMode, object, some, some_object, some_word, word};
use super::text::TextSpec;
use serde::Deserialize;
use viewreel_capture::{CaptureBuffer, Picture, View};
use viewreel_model::node::{
    Appearance, Border, Color, Control, Geometry, Gradient, Shadow, control,
};
use viewreel_model::raw::ContentType;
use viewreel_model::viewport::SceneId;
use viewreel_model::{Affine, CaptureId, Kind, MaskAction, Point, Rect, Transform};
use viewreel_text::Inter;

/// One node of a tree.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object")]
pub(crate) struct NodeLine {
    /// 0 for the root of a window.
    pub depth: usize,
    pub id: u64,
    #[serde(default)]
    generation: u32,
    #[serde(default, deserialize_with = "some_object")]
    window: Option<WindowSpec>,
    #[serde(deserialize_with = "word")]
    kind: Kind,
    #[serde(default)]
    class: String,
    #[serde(default)]
    controller: String,
    #[serde(default)]
    identifier: String,

    #[serde(default, deserialize_with = "some")]
    frame: Option<[f32; 4]>,
    #[serde(default, deserialize_with = "some")]
    scroll: Option<[f32; 2]>,
    #[serde(default, deserialize_with = "some")]
    bounds: Option<[f32; 4]>,
    #[serde(default, deserialize_with = "some")]
    position: Option<[f32; 2]>,
    #[serde(default = "half")]
    anchor: [f32; 2],
    #[serde(default = "identity")]
    transform: [f32; 6],
    #[serde(default)]
    clips: bool,
    #[serde(default, deserialize_with = "some")]
    corner_radius: Option<f32>,
    #[serde(default, deserialize_with = "some")]
    corner_radii: Option<[f32; 4]>,
    #[serde(default)]
    continuous_corners: bool,

    #[serde(default, deserialize_with = "word")]
    background: Color,
    #[serde(default, deserialize_with = "object")]
    gradient: GradientSpec,
    #[serde(default, deserialize_with = "object")]
    border: BorderSpec,
    #[serde(default, deserialize_with = "object")]
    shadow: ShadowSpec,
    #[serde(default = "opaque")]
    alpha: u8,
    #[serde(default)]
    z: f32,
    #[serde(default)]
    blur: u8,
    #[serde(default)]
    hidden: bool,

    #[serde(default, deserialize_with = "some_object")]
    text: Option<TextSpec>,
    #[serde(default, deserialize_with = "object")]
    image: ImageSpec,
    #[serde(default, deserialize_with = "object")]
    control: ControlSpec,

    #[serde(default, deserialize_with = "some_word")]
    mask: Option<MaskAction>,
    #[serde(default, deserialize_with = "word")]
    content_type: ContentType,
    #[serde(default)]
    secure: bool,
    #[serde(default)]
    was_sensitive: bool,
}

fn half() -> [f32; 2] {
    [0.5, 0.5]
}

fn identity() -> [f32; 6] {
    [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
}

fn opaque() -> u8 {
    u8::MAX
}

fn point([x, y]: [f32; 2]) -> Point {
    Point::new(x, y)
}

/// `window`, for roots.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct WindowSpec {
    scene: u32,
    level: f32,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct GradientSpec {
    #[serde(deserialize_with = "word")]
    end: Color,
    from: [f32; 2],
    to: [f32; 2],
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct BorderSpec {
    width: f32,
    #[serde(deserialize_with = "word")]
    color: Color,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct ShadowSpec {
    #[serde(deserialize_with = "word")]
    color: Color,
    radius: f32,
    offset: [f32; 2],
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct ImageSpec {
    handle: u32,
    #[serde(deserialize_with = "word")]
    content_mode: ContentMode,
    #[serde(deserialize_with = "word")]
    average: Color,
    #[serde(deserialize_with = "word")]
    tint: Color,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(default, deny_unknown_fields, expecting = "an object")]
struct ControlSpec {
    disabled: bool,
    on: bool,
    highlighted: bool,
    focused: bool,
    tappable: bool,
    value: f32,
    index: u16,
    count: u16,
}

impl NodeLine {
    /// What cannot be meant.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        let has_bounds = self.bounds.is_some() || self.position.is_some();
        let both_bounds = self.bounds.is_some() && self.position.is_some();
        let problems = [
            (self.id == 0, "`id` must not be 0"),
            (self.window.is_some() && self.depth > 0, "only a node of depth 0 has a `window`"),
            (self.frame.is_some() && has_bounds, "give either `frame` or `bounds` with `position`"),
            (self.frame.is_none() && !both_bounds, "give `frame`, or `bounds` with `position`"),
            (
                self.scroll.is_some() && self.frame.is_none(),
                "`scroll` belongs to `frame`; the origin of `bounds` is the scroll offset",
            ),
            (
                self.corner_radius.is_some() && self.corner_radii.is_some(),
                "give either `corner_radius` or `corner_radii`",
            ),
        ];
        problems.into_iter().find(|(is_wrong, _)| *is_wrong).map(|(_, problem)| problem)
    }

    /// Opens the node in the buffer.
    pub(crate) fn open(&self, buffer: &mut CaptureBuffer) {
        if self.depth == 0 {
            let window = self.window.unwrap_or_default();
            buffer.begin_window(SceneId(window.scene), window.level);
        }
        let geometry = self.geometry();
        buffer.open(&View {
            id: CaptureId(self.id),
            generation: self.generation,
            kind: self.kind,
            class_chain: &self.class,
            controller: &self.controller,
            identifier: &self.identifier,
            geometry,
            appearance: self.appearance(),
            text: self.text.as_ref().map(|text| text.text(self.kind, geometry.bounds)),
            picture: self.image.into(),
            control: self.control.into(),
            override_action: self.mask,
            content_type: self.content_type,
            secure: self.secure,
            was_sensitive: self.was_sensitive,
            unchanged: false,
        });
    }

    fn geometry(&self) -> Geometry {
        let [a, b, c, d, tx, ty] = self.transform;
        let radius = self.corner_radius.unwrap_or(0.0);
        let (bounds, position) = self.place();
        Geometry {
            bounds,
            position,
            anchor: point(self.anchor),
            transform: Transform::of(Affine { a, b, c, d, tx, ty }),
            clips: self.clips,
            corner_radii: self.corner_radii.unwrap_or([radius; 4]),
            continuous_corners: self.continuous_corners,
        }
    }

    /// Bounds, and where the anchor lies in the parent.
    fn place(&self) -> (Rect, Point) {
        let Some(frame) = self.frame.map(rect) else {
            let bounds = rect(self.bounds.unwrap_or_default());
            return (bounds, point(self.position.unwrap_or_default()));
        };
        let [x, y] = self.anchor;
        let position = Point::new(
            frame.origin.x + frame.size.width * x,
            frame.origin.y + frame.size.height * y,
        );
        (Rect { origin: point(self.scroll.unwrap_or_default()), size: frame.size }, position)
    }

    fn appearance(&self) -> Appearance {
        let GradientSpec { end, from, to } = self.gradient;
        let BorderSpec { width, color } = self.border;
        let ShadowSpec { color: shadow, radius, offset } = self.shadow;
        Appearance {
            background: self.background,
            gradient: Gradient { end, from: point(from), to: point(to) },
            border: Border { width, color },
            shadow: Shadow { color: shadow, radius, offset: point(offset) },
            alpha: self.alpha,
            z: self.z,
            blur: self.blur,
            hidden: self.hidden,
        }
    }
}

impl From<ImageSpec> for Picture {
    fn from(spec: ImageSpec) -> Self {
        let ImageSpec { handle, content_mode, average, tint } = spec;
        let object = Inter::picture(handle, average);
        let (content_mode, is_template) = (content_mode.0, !tint.is_clear());
        Self { object, content_mode, is_template, tint, ..Self::default() }
    }
}

impl From<ControlSpec> for Control {
    fn from(spec: ControlSpec) -> Self {
        let flags = [
            (control::DISABLED, spec.disabled),
            (control::ON, spec.on),
            (control::HIGHLIGHTED, spec.highlighted),
            (control::FOCUSED, spec.focused),
            (control::TAPPABLE, spec.tappable),
        ];
        let flags = flags.iter().filter(|(_, is_set)| *is_set).fold(0, |all, (bit, _)| all | bit);
        Self { flags, value: spec.value, index: spec.index, count: spec.count }
    }
}
