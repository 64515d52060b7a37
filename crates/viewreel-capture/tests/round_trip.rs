//! What a host wrote is what the decoder reads, snapped.

use proptest::collection::vec;
use proptest::prelude::*;
use viewreel_capture::{CaptureBuffer, CaptureDecoder, Picture, Text, View};
use viewreel_model::content::{PictureObject, Vertical};
use viewreel_model::node::{
    Alignment, Appearance, Border, Color, Control, Geometry, Gradient, Shadow, TextRole, control,
};
use viewreel_model::raw::ContentType;
use viewreel_model::transform::STEPS_PER_TURN;
use viewreel_model::viewport::SceneId;
use viewreel_model::{CaptureId, Kind, MaskAction, Point, RawSnapshot, Rect, Transform};

/// A style, a font, and what it says.
type OwnedText = (Text<'static>, String, String);

/// A view that owns its strings.
#[derive(Clone, Debug)]
struct Owned {
    view: View<'static>,
    names: [String; 3],
    text: Option<OwnedText>,
    children: Vec<Owned>,
}

impl Owned {
    /// Shows it as a host would describe it.
    fn with_view(&self, see: impl FnOnce(&View<'_>)) {
        let text = self.text.as_ref();
        let text = text.map(|(style, font, text)| Text { font, text, ..style.clone() });
        let [class_chain, controller, identifier] = &self.names;
        see(&View { class_chain, controller, identifier, text, ..self.view.clone() });
    }

    fn write(&self, buffer: &mut CaptureBuffer) {
        self.with_view(|view| buffer.open(view));
        self.children.iter().for_each(|child| child.write(buffer));
        buffer.close();
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("Row:UIView".to_owned()), ".{0,12}"]
}

fn length() -> std::ops::Range<f32> {
    -900.0..900.0
}

fn rect() -> impl Strategy<Value = Rect> {
    (point(), 0.0f32..900.0, 0.0f32..900.0)
        .prop_map(|(at, width, height)| Rect::new(at.x, at.y, width, height))
}

fn point() -> impl Strategy<Value = Point> {
    (length(), length()).prop_map(|(x, y)| Point::new(x, y))
}

/// Parts that are found again in their matrix: nothing flat, no mirrored x axis.
fn transform() -> impl Strategy<Value = Transform> {
    let parts = (-8_191_i16..=8_192, 0.1_f32..9.0, prop_oneof![-9.0_f32..-0.1, 0.1_f32..9.0]);
    (parts, -2.0_f32..2.0, point()).prop_map(|((steps, x, y), skew, offset)| {
        let rotation = f32::from(steps) / STEPS_PER_TURN;
        Transform { rotation, scale: Point::new(x, y), skew, offset }.snapped()
    })
}

prop_compose! {
    fn geometry()(
        (origin, position, anchor) in (point(), point(), point()),
        (width, height) in (0.0f32..900.0, 0.0f32..900.0),
        transform in transform(),
        corner_radii in prop::array::uniform4(0.0f32..40.0),
        (clips, continuous_corners) in any::<(bool, bool)>(),
    ) -> Geometry {
        Geometry {
            bounds: Rect::new(origin.x, origin.y, width, height),
            position,
            anchor,
            transform,
            clips,
            corner_radii,
            continuous_corners,
        }
    }
}

prop_compose! {
    fn appearance()(
        colors in any::<[u32; 4]>(),
        (from, to, offset) in (point(), point(), point()),
        (width, radius, z) in (0.0f32..9.0, 0.0f32..9.0, length()),
        (alpha, blur, hidden) in any::<(u8, u8, bool)>(),
    ) -> Appearance {
        Appearance {
            background: Color(colors[0]),
            gradient: Gradient { end: Color(colors[1]), from, to },
            border: Border { width, color: Color(colors[2]) },
            shadow: Shadow { color: Color(colors[3]), radius, offset },
            alpha,
            z,
            blur,
            hidden,
        }
    }
}

prop_compose! {
    fn text()(
        role in 0u8..4,
        font in name(),
        (size, weight, color, alignment) in (0.0f32..90.0, 0u16..=1_000, any::<u32>(), 0u8..5),
        (italic, underline, strike) in any::<(bool, bool, bool)>(),
        (says, frame, max_lines, vertical) in (".{0,30}", rect(), 0u16..4, 0u8..2),
    ) -> OwnedText {
        let style = Text {
            role: TextRole::from_code(role).unwrap(),
            size,
            weight,
            italic,
            underline,
            strike,
            color: Color(color),
            alignment: Alignment::from_code(alignment).unwrap(),
            frame,
            max_lines,
            vertical: Vertical::from_code(vertical).unwrap(),
            ..Text::default()
        };
        (style, font, says)
    }
}

prop_compose! {
    fn picture()(
        object in any::<u64>(),
        (width_px, height_px, scale) in (any::<u16>(), any::<u16>(), 1.0f32..4.0),
        (is_template, tint, content_mode) in (any::<bool>(), any::<u32>(), 0u8..4),
    ) -> Picture {
        let (object, tint) = (PictureObject(object), Color(tint));
        Picture { object, width_px, height_px, scale, is_template, tint, content_mode }
    }
}

prop_compose! {
    fn view()(
        (id, generation, kind) in (any::<u64>(), any::<u32>(), prop::sample::select(Kind::ALL)),
        (geometry, appearance) in (geometry(), appearance()),
        picture in picture(),
        (flags, value, index, count) in (0u8..32, 0.0f32..=1.0, any::<u16>(), any::<u16>()),
        override_action in prop::option::of((0u8..3).prop_map(|code| MaskAction::from_code(code).unwrap())),
        (content_type, secure, unchanged) in (0u8..9, any::<bool>(), any::<bool>()),
    ) -> View<'static> {
        View {
            id: CaptureId(id),
            generation,
            kind,
            geometry,
            appearance,
            picture,
            control: Control { flags, value, index, count },
            override_action,
            content_type: ContentType::from_code(content_type),
            secure,
            unchanged,
            ..View::default()
        }
    }
}

fn owned() -> impl Strategy<Value = Owned> {
    let leaf = (view(), [name(), name(), name()], prop::option::of(text()))
        .prop_map(|(view, names, text)| Owned { view, names, text, children: Vec::new() })
        .boxed();
    leaf.clone().prop_recursive(4, 24, 4, move |inner| {
        (leaf.clone(), vec(inner, 0..4)).prop_map(|(owned, children)| Owned { children, ..owned })
    })
}

fn assert_read(raw: &dyn RawSnapshot, at: &mut usize, parent: Option<usize>, owned: &Owned) {
    let node = *at;
    *at += 1;
    assert_eq!(raw.parent(node), parent);
    owned.with_view(|view| assert_same(raw, node, view));
    owned.children.iter().for_each(|child| assert_read(raw, at, Some(node), child));
}

fn assert_same(raw: &dyn RawSnapshot, node: usize, view: &View<'_>) {
    let (row, privacy) = (raw.row(node).unwrap(), raw.privacy(node));
    let string = |id| raw.string(id);
    assert_eq!((privacy.id, row.generation), (view.id, view.generation));
    assert_eq!(row.semantics.kind, view.kind);
    assert_eq!(string(row.semantics.class_chain), view.class_chain);
    assert_eq!(string(row.semantics.controller), view.controller);
    assert_eq!(string(row.semantics.identifier), view.identifier);
    assert_eq!(row.geometry, view.geometry.snapped());
    assert_eq!(row.appearance, view.appearance.snapped());
    assert_eq!(row.control, view.control.snapped());
    assert_same_picture(raw, node, &view.picture);
    assert_eq!(privacy.override_action, view.override_action);
    assert_eq!((privacy.content_type, privacy.secure), (view.content_type, view.secure));
    assert_eq!(privacy.unchanged, view.unchanged);
    assert!(!privacy.truncated && row.mask == viewreel_model::node::Mask::default());
    assert_same_text(raw, node, &view.text.clone().unwrap_or_default());
}

fn assert_same_text(raw: &dyn RawSnapshot, node: usize, text: &Text<'_>) {
    let row = raw.row(node).unwrap();
    let style = row.text;
    assert_eq!(raw.string(style.font), text.font);
    assert_eq!((style.role, style.weight, style.color), (text.role, text.weight, text.color));
    assert_eq!(style.size, viewreel_model::geometry::snap(text.size));
    assert_eq!(
        (style.italic, style.underline, style.strike),
        (text.italic, text.underline, text.strike)
    );
    assert_eq!(style.alignment, text.alignment);
    let set = raw.content(node).text;
    assert_eq!((raw.text(node), set.max_lines), (text.text, text.max_lines));
    assert_eq!((set.frame, set.vertical), (text.frame, text.vertical));
}

fn assert_same_picture(raw: &dyn RawSnapshot, node: usize, picture: &Picture) {
    let (read, image) = (raw.content(node).picture, raw.row(node).unwrap().image);
    assert_eq!((read.object, read.is_template), (picture.object, picture.is_template));
    assert_eq!((read.width_px, read.height_px), (picture.width_px, picture.height_px));
    assert_eq!(read.scale, picture.scale);
    assert_eq!((image.tint, image.content_mode), (picture.tint, picture.content_mode));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_was_written_is_read(windows in vec((owned(), any::<u32>(), length()), 0..3)) {
        let mut buffer = CaptureBuffer::new();
        for (root, scene, level) in &windows {
            buffer.begin_window(SceneId(*scene), *level);
            root.write(&mut buffer);
        }
        let mut decoder = CaptureDecoder::new();
        let raw = decoder.decode(&buffer).unwrap();
        let mut at = 0;
        for (window, (root, scene, level)) in raw.windows().iter().zip(&windows) {
            prop_assert_eq!((window.root as usize, window.scene.0, window.level), (at, *scene, *level));
            assert_read(&raw, &mut at, None, root);
        }
        prop_assert_eq!((at, raw.cut_nodes()), (raw.len(), 0));
    }
}

#[test]
fn all_bits_of_a_control_are_read() {
    assert_eq!(control::ALL, 31);
}
