//! One view: the groups of values that [`crate::Columns`] keeps a column of each.

use crate::geometry::{Affine, Point, Rect, Size};
use crate::kind::Kind;
use crate::mask::{MaskAction, MaskReason};
use crate::strings::StrId;

/// A colour: red, green, blue, alpha from the highest byte to the lowest,
/// sRGB, alpha not multiplied in. Zero is fully clear, "no colour".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Color(pub u32);

impl Color {
    /// No colour.
    pub const CLEAR: Self = Self(0);
    /// Opaque black.
    pub const BLACK: Self = Self(0x0000_00ff);
    /// Opaque white.
    pub const WHITE: Self = Self(0xffff_ffff);

    /// An opaque colour from `0xRRGGBB`.
    #[must_use]
    pub const fn rgb(rgb: u32) -> Self {
        Self(rgb << 8 | 0xff)
    }

    /// Whether nothing of it is seen.
    #[must_use]
    pub const fn is_clear(self) -> bool {
        self.0 & 0xff == 0
    }
}

/// What a view is and where in the app's code it comes from. Never content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Semantics {
    /// What it is.
    pub kind: Kind,
    /// Its class and superclasses, most derived first, joined by `:`, such as
    /// `PayButton:UIButton:UIControl:UIView`.
    pub class_chain: StrId,
    /// Class of the view controller whose root view this is, else none.
    pub controller: StrId,
    /// Accessibility identifier (set by the developer, never the label), else none.
    pub identifier: StrId,
}

/// Where a view lies. UIKit's model: `bounds` is the view's own space; its
/// origin is the scroll offset. The point `anchor` (a fraction of the size)
/// lands on `position` in the parent's space, after `transform`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// Own space, in points. `origin` is the scroll offset.
    pub bounds: Rect,
    /// Of the anchor, in points of the parent's bounds space.
    pub position: Point,
    /// Fraction of the size, 0.5 each by default.
    pub anchor: Point,
    /// Applied around the anchor.
    pub transform: Affine,
    /// Whether children are clipped to the bounds.
    pub clips: bool,
    /// Radii in points: upper left, upper right, lower right, lower left.
    pub corner_radii: [f32; 4],
    /// Whether the corners have Apple's continuous curve instead of a circular one.
    pub continuous_corners: bool,
}

impl Default for Geometry {
    fn default() -> Self {
        Self {
            bounds: Rect::default(),
            position: Point::ZERO,
            anchor: Point::new(0.5, 0.5),
            transform: Affine::IDENTITY,
            clips: false,
            corner_radii: [0.0; 4],
            continuous_corners: false,
        }
    }
}

impl Geometry {
    /// Geometry of an untransformed view with that frame in its parent's space.
    #[must_use]
    pub fn from_frame(frame: Rect) -> Self {
        Self {
            bounds: Rect { origin: Point::ZERO, size: frame.size },
            position: frame.center(),
            ..Self::default()
        }
    }

    /// The size of the view, in points.
    #[must_use]
    pub const fn size(&self) -> Size {
        self.bounds.size
    }

    /// The map from this view's bounds space to its parent's bounds space.
    #[must_use]
    pub fn to_parent(&self) -> Affine {
        let Rect { origin, size } = self.bounds;
        let to_anchor = Affine::translation(
            -origin.x - self.anchor.x * size.width,
            -origin.y - self.anchor.y * size.height,
        );
        Affine::translation(self.position.x, self.position.y).after(self.transform).after(to_anchor)
    }

    /// Every length snapped, every ratio finite.
    #[must_use]
    pub fn snapped(&self) -> Self {
        let bounds = self.bounds.snapped();
        Self {
            bounds,
            position: self.position.snapped(),
            anchor: Point::new(
                crate::geometry::finite_or(self.anchor.x, 0.5),
                crate::geometry::finite_or(self.anchor.y, 0.5),
            ),
            transform: self.transform.snapped(),
            corner_radii: self.corner_radii.map(|radius| crate::geometry::snap(radius).max(0.0)),
            ..*self
        }
    }
}

/// A linear gradient from the background colour to another one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gradient {
    /// Colour at `to`; the colour at `from` is the background.
    pub end: Color,
    /// Start, as a fraction of the size.
    pub from: Point,
    /// End, as a fraction of the size.
    pub to: Point,
}

/// A border inside the edge of the bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Border {
    /// In points; 0 is no border.
    pub width: f32,
    /// Its colour.
    pub color: Color,
}

/// A drop shadow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Shadow {
    /// Its colour with the shadow's opacity as alpha; clear is no shadow.
    pub color: Color,
    /// Blur radius, in points.
    pub radius: f32,
    /// Offset, in points.
    pub offset: Point,
}

/// How a view is painted, without its content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appearance {
    /// Fill of the bounds.
    pub background: Color,
    /// Fill gradient; its default means none.
    pub gradient: Gradient,
    /// Border.
    pub border: Border,
    /// Shadow.
    pub shadow: Shadow,
    /// Opacity with its subtree, 0 clear … 255 opaque.
    pub alpha: u8,
    /// Drawing order among siblings; ties keep tree order.
    pub z: f32,
    /// Blur material: 0 none, 1 extra light, 2 light, 3 dark, 4 regular,
    /// 5 prominent, 6 and up the system materials from ultra-thin to chrome.
    pub blur: u8,
    /// Not drawn, with its subtree.
    pub hidden: bool,
}

impl Default for Appearance {
    fn default() -> Self {
        Self {
            background: Color::CLEAR,
            gradient: Gradient::default(),
            border: Border::default(),
            shadow: Shadow::default(),
            alpha: u8::MAX,
            z: 0.0,
            blur: 0,
            hidden: false,
        }
    }
}

impl Appearance {
    /// Every length snapped, every ratio finite.
    #[must_use]
    pub fn snapped(&self) -> Self {
        use crate::geometry::{finite_or, snap};
        let fraction = |p: Point| Point::new(finite_or(p.x, 0.0), finite_or(p.y, 0.0));
        Self {
            gradient: Gradient {
                from: fraction(self.gradient.from),
                to: fraction(self.gradient.to),
                ..self.gradient
            },
            border: Border { width: snap(self.border.width).max(0.0), ..self.border },
            shadow: Shadow {
                radius: snap(self.shadow.radius).max(0.0),
                offset: self.shadow.offset.snapped(),
                ..self.shadow
            },
            z: finite_or(self.z, 0.0),
            ..*self
        }
    }
}

/// Horizontal placement of lines; kept for masked text, which has no lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Alignment {
    /// By the layout direction.
    #[default]
    Natural = 0,
    Left = 1,
    Center = 2,
    Right = 3,
    Justified = 4,
}

impl Alignment {
    /// The alignment of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Natural),
            1 => Some(Self::Left),
            2 => Some(Self::Center),
            3 => Some(Self::Right),
            4 => Some(Self::Justified),
            _ => None,
        }
    }
}

/// What a text is to the person before the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum TextRole {
    /// The node has no text.
    #[default]
    None = 0,
    /// Written by the app.
    Static = 1,
    /// Written by the user.
    Input = 2,
    /// The grey prompt of an empty field.
    Hint = 3,
}

impl TextRole {
    /// The role of that number.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::None),
            1 => Some(Self::Static),
            2 => Some(Self::Input),
            3 => Some(Self::Hint),
            _ => None,
        }
    }
}

/// The attributes of a text: one style for all its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TextStyle {
    /// What it is; [`TextRole::None`] means that the node has no text.
    pub role: TextRole,
    /// Font family or PostScript name; none is the system font.
    pub font: StrId,
    /// Point size.
    pub size: f32,
    /// 100 … 900, as in CSS; 0 means 400.
    pub weight: u16,
    /// Slanted.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Struck through.
    pub strike: bool,
    /// Ink.
    pub color: Color,
    /// Placement.
    pub alignment: Alignment,
}

impl TextStyle {
    /// Size snapped.
    #[must_use]
    pub fn snapped(&self) -> Self {
        Self { size: crate::geometry::snap(self.size).max(0.0), ..*self }
    }
}

/// One laid-out line of text. The player draws it as it is; it never breaks lines.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line {
    /// What it says.
    pub text: StrId,
    /// Left end of the baseline, in points of the node's bounds space.
    pub baseline: Point,
    /// Advance width, in points: the player fits what it draws into it.
    pub width: f32,
}

/// The lines of one node: `start..start + len` of [`crate::Columns::lines`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LineRange {
    /// Index of the first.
    pub start: u32,
    /// How many.
    pub len: u32,
}

/// A handle to a picture, local to a replay; zero is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImageHandle(pub u32);

/// The picture that a node shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Image {
    /// Which picture; none where the node has no picture.
    pub handle: ImageHandle,
    /// 0 scale to fill, 1 aspect fit, 2 aspect fill, 3 centre.
    pub content_mode: u8,
    /// Average colour, drawn until the picture is there; clear where unknown.
    pub average: Color,
    /// Tint of a template picture; clear for a full-colour one.
    pub tint: Color,
}

/// State of a control, in what is common to all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Control {
    /// Bits of [`control`].
    pub flags: u8,
    /// Slider, progress, stepper: 0 … 1 of its range. Others: 0.
    pub value: f32,
    /// Selected segment, page or tab, from 0.
    pub index: u16,
    /// Number of segments, pages or tabs.
    pub count: u16,
}

impl Control {
    /// Value finite and within 0 … 1.
    #[must_use]
    pub fn snapped(&self) -> Self {
        Self { value: crate::geometry::finite_or(self.value, 0.0).clamp(0.0, 1.0), ..*self }
    }
}

/// The bits of [`Control::flags`].
pub mod control {
    /// Cannot be used now.
    pub const DISABLED: u8 = 1;
    /// Selected, checked or on.
    pub const ON: u8 = 1 << 1;
    /// Pressed.
    pub const HIGHLIGHTED: u8 = 1 << 2;
    /// Has the keyboard's attention.
    pub const FOCUSED: u8 = 1 << 3;
    /// Reacts to touches.
    pub const TAPPABLE: u8 = 1 << 4;
    /// What a masked control still tells: whether it can be used and is focused,
    /// never what was chosen.
    pub const PUBLIC: u8 = DISABLED | HIGHLIGHTED | FOCUSED | TAPPABLE;
}

/// What masking did to a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mask {
    /// What was done.
    pub action: MaskAction,
    /// Why.
    pub reason: MaskReason,
}

/// Everything that a node says beside its id and its place in the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Row {
    /// Changes when a recycled cell shows another item.
    pub generation: u32,
    /// What it is.
    pub semantics: Semantics,
    /// Where it lies.
    pub geometry: Geometry,
    /// How it is painted.
    pub appearance: Appearance,
    /// Attributes of its text.
    pub text: TextStyle,
    /// Lines of its text, in [`crate::Columns::lines`].
    pub lines: LineRange,
    /// Its picture.
    pub image: Image,
    /// Its state as a control.
    pub control: Control,
    /// What masking did; always the default in a raw tree.
    pub mask: Mask,
}
