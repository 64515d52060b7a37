//! Random rows: every field at its default half of the time, else something else.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use viewreel_model::geometry::{UNITS_PER_PT, snap_to_point};
use viewreel_model::node::{
    Alignment, Appearance, Border, Color, Control, Geometry, Gradient, Image, ImageHandle, Mask,
    Shadow, TextRole, TextStyle,
};
use viewreel_model::transform::STEPS_PER_TURN;
use viewreel_model::{Kind, MaskAction, MaskReason, Point, Rect, Size, Transform};

/// A row whose strings and lines are still outside of any columns.
#[derive(Clone, Debug)]
pub struct LooseRow {
    /// `generation`.
    pub generation: u32,
    /// `semantics.kind`.
    pub kind: Kind,
    /// Class chain, controller, identifier, font.
    pub strings: [String; 4],
    /// `geometry`.
    pub geometry: Geometry,
    /// `appearance`.
    pub appearance: Appearance,
    /// `text`, without its font.
    pub text: TextStyle,
    /// Text, baseline and width of each line.
    pub lines: Vec<(String, Point, f32)>,
    /// `image`.
    pub image: Image,
    /// `control`.
    pub control: Control,
    /// `mask`.
    pub mask: Mask,
}

/// A snapped length within the limits; most are small.
pub fn length() -> impl Strategy<Value = f32> {
    let units = prop_oneof![-40_000_i32..40_000, -(1_i32 << 23)..=1 << 23];
    units.prop_map(|units| units as f32 / UNITS_PER_PT)
}

fn extent() -> impl Strategy<Value = f32> {
    length().prop_map(f32::abs)
}

fn point() -> impl Strategy<Value = Point> {
    (length(), length()).prop_map(|(x, y)| Point::new(x, y))
}

fn fraction() -> impl Strategy<Value = Point> {
    (-4_i8..4, -4_i8..4).prop_map(|(x, y)| Point::new(f32::from(x) / 4.0, f32::from(y) / 4.0))
}

fn color() -> impl Strategy<Value = Color> {
    any::<u32>().prop_map(Color)
}

/// Its default half of the time.
fn maybe<T: Clone + std::fmt::Debug + Default + 'static>(
    strategy: impl Strategy<Value = T>,
) -> impl Strategy<Value = T> {
    option::of(strategy).prop_map(Option::unwrap_or_default)
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("UILabel:UIView".to_owned()), "[a-zé日😀 ]{0,12}"]
}

prop_compose! {
    fn geometry()(
        bounds in (point(), extent(), extent()),
        position in point(),
        anchor in option::of(fraction()),
        transform in option::of((-8191_i16..=8192, fraction(), fraction(), point())),
        shape in option::of((any::<bool>(), any::<bool>(), [extent(), extent(), extent(), extent()])),
    ) -> Geometry {
        let (clips, continuous_corners, corner_radii) = shape.unwrap_or_default();
        Geometry {
            bounds: Rect { origin: bounds.0, size: Size::new(bounds.1, bounds.2) },
            position,
            anchor: anchor.unwrap_or(Point::new(0.5, 0.5)),
            transform: transform.map_or(Transform::IDENTITY, |(steps, scale, skew, offset)| Transform {
                rotation: f32::from(steps) / STEPS_PER_TURN, scale, skew: skew.x, offset,
            }),
            clips,
            corner_radii,
            continuous_corners,
        }
    }
}

prop_compose! {
    fn appearance()(
        background in maybe(color()),
        gradient in maybe((color(), fraction(), fraction()).prop_map(|(end, from, to)| Gradient { end, from, to })),
        border in maybe((extent(), color()).prop_map(|(width, color)| Border { width, color })),
        shadow in maybe((color(), extent(), point())
            .prop_map(|(color, radius, offset)| Shadow { color, radius, offset })),
        alpha in option::of(any::<u8>()),
        z in maybe((-8_i8..8).prop_map(f32::from)),
        blur in maybe(0_u8..9),
        hidden in any::<bool>(),
    ) -> Appearance {
        Appearance { background, gradient, border, shadow, alpha: alpha.unwrap_or(255), z, blur, hidden }
    }
}

prop_compose! {
    fn text_style()(
        role in prop_oneof![Just(TextRole::Static), Just(TextRole::Input), Just(TextRole::Hint)],
        size in extent(),
        weight in 0_u16..1000,
        flags in any::<[bool; 3]>(),
        color in color(),
        alignment in (0_u8..5).prop_map(|code| Alignment::from_code(code).unwrap_or_default()),
    ) -> TextStyle {
        let [italic, underline, strike] = flags;
        TextStyle { role, size, weight, italic, underline, strike, color, alignment, ..TextStyle::default() }
    }
}

fn image() -> impl Strategy<Value = Image> {
    (any::<u32>(), 0_u8..4, color(), color()).prop_map(|(handle, content_mode, average, tint)| {
        Image { handle: ImageHandle(handle), content_mode, average, tint }.snapped()
    })
}

fn control() -> impl Strategy<Value = Control> {
    (any::<u8>(), 0_u8..=4, any::<u16>(), any::<u16>()).prop_map(|(flags, value, index, count)| {
        Control { flags, value: f32::from(value) / 4.0, index, count }
    })
}

fn mask() -> impl Strategy<Value = Mask> {
    (0_u8..3, 0_u8..12).prop_map(|(action, reason)| Mask {
        action: MaskAction::from_code(action).unwrap_or_default(),
        reason: MaskReason::from_code(reason).unwrap_or_default(),
    })
}

/// Any row that a masked tree may hold.
pub fn row() -> impl Strategy<Value = LooseRow> {
    let identity = (maybe(any::<u32>()), 0_u8..37, [text(), text(), text(), text()]);
    let width = extent().prop_map(snap_to_point);
    let lines = maybe(vec((text(), point(), width), 0..3));
    let content = (maybe(text_style()), lines, maybe(image()), maybe(control()), maybe(mask()));
    (identity, geometry(), appearance(), content).prop_map(
        |(identity, geometry, appearance, content)| {
            let (generation, kind, strings) = identity;
            let (text, lines, image, control, mask) = content;
            let kind = Kind::from_code(kind);
            LooseRow {
                generation,
                kind,
                strings,
                geometry,
                appearance,
                text,
                lines,
                image,
                control,
                mask,
            }
        },
    )
}
