//! Fixed records that use everything the model can say, for golden files, and
//! a tree that says what a test wants said.

use viewreel_model::columns::{NO_PARENT, Window};
use viewreel_model::diff::{DiffWindow, Placement, Shift, Update};
use viewreel_model::node::{
    Alignment, Appearance, Border, Color, Control, Geometry, Gradient, Image, ImageHandle, Line,
    LineRange, Mask, Semantics, Shadow, TextRole, TextStyle,
};
use viewreel_model::record::{
    Body, GapReason, Health, Keyboard, Lifecycle, LogLevel, ReplayMeta, State, Touch, TouchPhase,
};
use viewreel_model::viewport::{Direction, InterfaceStyle, Orientation, SceneId, Viewport};
use viewreel_model::{
    BoundPicture, Columns, Diff, Field, FieldSet, ImageBinding, ImageId, Insets, Kind, LeftOut,
    MaskAction, MaskLevel, MaskReason, NodeId, Point, Record, Rect, Row, Size, Snapshot, StateId,
    Transform,
};

/// One record of every kind but image, which [`pictures`] has, with every field of a node in keyframe and diff, a
/// diff from a kept state and a second keyframe. Each applies to what is before
/// it. Times start at 1,000 ms.
#[must_use]
pub fn every_record() -> Vec<Record> {
    let bodies = [
        Body::State(state()),
        Body::Keyframe { state: StateId(41), tree: tree() },
        Body::Touch(touch(TouchPhase::Down)),
        Body::Diff(diff()),
        Body::Touch(touch(TouchPhase::Up)),
        Body::Viewport(viewport(Orientation::LandscapeLeft)),
        Body::Lifecycle(Lifecycle::Inactive),
        Body::Screen("Basket".into()),
        Body::Keyboard(Keyboard { is_visible: true, frame: Rect::new(0.0, 517.0, 393.0, 335.0) }),
        Body::Event("Product Viewed".into()),
        Body::Log { level: LogLevel::Warn, message: "slow answer, 2 s".into() },
        Body::Gap { reason: GapReason::Background, duration_ms: 12_345 },
        Body::Health(Health { captured: 300, cut: 1, masked: 12, busy_ms: 410 }),
        Body::Event("Product Viewed".into()),
        Body::Diff(diff_from_kept()),
        Body::Keyframe { state: StateId(44), tree: tree_named("UILabel:UIView") },
        Body::Touch(touch(TouchPhase::Down)),
        Body::Touch(Touch { at: Point::new(14.0, 20.5), ..touch(TouchPhase::Move) }),
        Body::Touch(Touch { at: Point::new(14.0, 20.5), ..touch(TouchPhase::Cancel) }),
    ];
    let times = (0..).map(|n: u64| 1_000 + n * n * 130);
    // The keyframe stands at the start of the segment, as the state does.
    let times = times.enumerate().map(|(at, ms)| if at == 1 { 1_000 } else { ms });
    times.zip(bodies).map(|(time_ms, body)| Record { time_ms, body }).collect()
}

/// A view that slides, grows, turns past half a turn and fades, in steps that go
/// on and steps that do not; a scroll view that is flicked; a slider. Times
/// start at 1,000 ms.
#[must_use]
pub fn motion() -> Vec<Record> {
    let mut records = vec![
        Record { time_ms: 1_000, body: Body::State(State::default()) },
        Record {
            time_ms: 1_000,
            body: Body::Keyframe { state: StateId(1), tree: tree_named("UIView") },
        },
    ];
    let steps = [1.0, 1.0, 1.0, 0.5, 0.5, -3.0, 7.0];
    let diffs = (1..).zip(steps).map(|(at, step)| step_on(at, step));
    records.extend((1..).zip(diffs).map(|(at, diff): (u64, Diff)| Record {
        time_ms: 1_000 + at * 100,
        body: Body::Diff(diff),
    }));
    records
}

/// Nodes that show pictures: one that is known, one of each reason to leave it out,
/// one that nothing is said of; then one that is bound anew, and a picture that no
/// node shows yet. Times start at 1,000 ms.
#[must_use]
pub fn pictures() -> Vec<Record> {
    let known = |id, width_px| BoundPicture::Known { id: ImageId(id), width_px, height_px: 240 };
    let bind = |handle, picture| Body::Image(ImageBinding { handle: ImageHandle(handle), picture });
    let at = |time_ms, body| Record { time_ms, body };
    vec![
        at(1_000, Body::State(State::default())),
        at(1_000, Body::Keyframe { state: StateId(1), tree: tree_of_pictures(5) }),
        at(1_000, bind(1, known(0x0123_4567_89ab_cdef, 320))),
        at(1_000, bind(2, BoundPicture::LeftOut(LeftOut::TooLarge))),
        at(1_000, bind(3, BoundPicture::LeftOut(LeftOut::OverLimit))),
        at(1_000, bind(4, BoundPicture::LeftOut(LeftOut::Unreadable))),
        at(1_040, bind(4, known(u64::MAX, u16::MAX))),
        at(1_050, bind(u32::MAX, known(0, 0))),
    ]
}

/// A window with so many nodes that show pictures, with handles from 1 on.
fn tree_of_pictures(count: u32) -> Snapshot {
    let mut tree = Snapshot::default();
    tree.push_masked(NodeId(1), None, &Row::default());
    for handle in 1..=count {
        let image = Image { handle: ImageHandle(handle), content_mode: 1, ..Image::default() };
        let semantics = Semantics { kind: Kind::Image, ..Semantics::default() };
        let row = Row { image, semantics, ..Row::default() };
        tree.push_masked(NodeId(handle + 1), Some(0), &row);
    }
    tree.columns_mut().windows.push(Window::default());
    tree
}

/// Step number `at`, of that size, of [`motion`]. In the fourth only the alpha
/// moves; the fifth says nothing at all.
fn step_on(at: u32, step: f32) -> Diff {
    let mut diff = Diff { base: StateId(at), ..Diff::default() };
    if at == 5 {
        return diff;
    }
    let moving = [
        Field::Size,
        Field::Position,
        Field::Scroll,
        Field::Transform,
        Field::Alpha,
        Field::Control,
    ];
    let fields = if at == 4 { &moving[4..5] } else { &moving[..] };
    let bits = fields.iter().fold(0, |bits, &field| bits | 1 << field as u32);
    let transform = Transform {
        rotation: at as f32 * 0.15,
        scale: Point::new(1.0 + 0.25 * at as f32, 1.0),
        skew: 0.0,
        offset: Point::new(-step, 0.0),
    };
    let geometry = Geometry {
        bounds: Rect::new(0.0, 44.0 * step, step, step),
        position: Point::new(step / 2.0, 10.0 * step),
        transform: transform.snapped(),
        ..Geometry::default()
    };
    let row = Row {
        geometry,
        appearance: Appearance { alpha: 255 - 30 * at as u8, ..Appearance::default() },
        control: Control { value: at as f32 / 8.0, ..Control::default() },
        ..Row::default()
    };
    let row = diff.rows.push(NO_PARENT, &row);
    let fields = FieldSet::from_bits(bits).unwrap_or_default();
    diff.updates.push(Update { node: NodeId(1), fields, row });
    diff
}

/// A masked tree of one window and one node, whose class and identifier are
/// `name`.
#[must_use]
pub fn tree_named(name: &str) -> Snapshot {
    let mut tree = Snapshot::default();
    let name = tree.columns_mut().strings.add(name);
    let semantics = Semantics { class_chain: name, identifier: name, ..Semantics::default() };
    tree.push_masked(NodeId(1), None, &Row { semantics, ..Row::default() });
    tree.columns_mut().windows.push(Window::default());
    tree
}

fn viewport(orientation: Orientation) -> Viewport {
    Viewport {
        scene: SceneId(2),
        size: Size::new(393.0, 852.0),
        scale: 3.0,
        safe_area: Insets { top: 59.0, left: 0.5, bottom: 34.0, right: 0.25 },
        orientation,
        style: InterfaceStyle::Dark,
        text_size: "large".into(),
        direction: Direction::RightToLeft,
    }
}

fn touch(phase: TouchPhase) -> Touch {
    Touch { pointer: 3, phase, at: Point::new(12.5, -0.03125), is_masked: true }
}

fn state() -> State {
    State {
        mask_level: MaskLevel::Conservative,
        viewports: vec![viewport(Orientation::Portrait)],
        screen: "Käse & 日本 😀".into(),
        lifecycle: Lifecycle::Active,
        keyboard: Keyboard::default(),
        open_touches: vec![touch(TouchPhase::Move)],
        meta: ReplayMeta {
            user_id: "user-1".into(),
            app_name: "Shop".into(),
            app_version: "1.2".into(),
            os_name: "iOS".into(),
            os_version: "18.1".into(),
            device_model: "iPhone16,1".into(),
            locale: "en-GB".into(),
            sdk: "golden".into(),
        },
    }
}

/// A row in which every field is set to something that is not its default.
fn full_row(columns: &mut Columns, n: u32) -> Row {
    let start = u32::try_from(columns.lines.len()).unwrap_or_default();
    for (text, y) in [("Hello", 16.0), ("wörld", 36.5)] {
        let text = columns.strings.add(text);
        columns.lines.push(Line { text, baseline: Point::new(1.0, y), width: 42.5 });
    }
    Row {
        generation: n,
        semantics: Semantics {
            kind: Kind::Button,
            class_chain: columns.strings.add("PayButton:UIButton:UIControl:UIView"),
            controller: columns.strings.add("BasketViewController"),
            identifier: columns.strings.add("basket.pay"),
        },
        geometry: full_geometry().snapped(),
        appearance: full_appearance().snapped(),
        text: full_text(columns),
        lines: LineRange { start, len: 2 },
        image: Image {
            handle: ImageHandle(9),
            content_mode: 2,
            average: Color(0x8844_22ff),
            tint: Color(0x0a84_ffff),
        },
        control: Control { flags: 0b1_1111, value: 0.3, index: 2, count: 5 }.snapped(),
        mask: Mask { action: MaskAction::Keep, reason: MaskReason::Level },
    }
}

fn full_geometry() -> Geometry {
    Geometry {
        bounds: Rect::new(3.0, -120.5, 200.0, 44.03125),
        position: Point::new(-100.0, 262_144.0),
        anchor: Point::new(0.25, 1.0),
        transform: Transform {
            rotation: 1.0 / 12.0,
            scale: Point::new(1.5, -0.75),
            skew: 0.1,
            offset: Point::new(7.5, -8.0),
        },
        clips: true,
        corner_radii: [4.0, 8.0, 0.0, 16.5],
        continuous_corners: true,
    }
}

fn full_appearance() -> Appearance {
    let gradient = Gradient {
        end: Color::rgb(0x112233),
        from: Point::new(0.0, 0.1),
        to: Point::new(1.0, 0.9),
    };
    Appearance {
        background: Color(0xff95_00cc),
        gradient,
        border: Border { width: 0.34375, color: Color::BLACK },
        shadow: Shadow { color: Color(0x40), radius: 12.0, offset: Point::new(0.0, 4.0) },
        alpha: 128,
        z: -1.5,
        blur: 4,
        hidden: true,
    }
}

fn full_text(columns: &mut Columns) -> TextStyle {
    TextStyle {
        role: TextRole::Static,
        font: columns.strings.add("Avenir-Heavy"),
        size: 17.0,
        weight: 600,
        italic: true,
        underline: true,
        strike: true,
        color: Color::rgb(0x1c1c1e),
        alignment: Alignment::Right,
    }
}

/// Two windows: one with a full and a masked node, one without children.
fn tree() -> Snapshot {
    let mut tree = Snapshot::default();
    tree.push_masked(NodeId(1), None, &Row::default());
    let full = full_row(tree.columns_mut(), 3);
    tree.push_masked(NodeId(2), Some(0), &full);
    let masked = Row {
        mask: Mask { action: MaskAction::Mask, reason: MaskReason::Secure },
        ..Row::default()
    };
    tree.push_masked(NodeId(3), Some(1), &masked);
    tree.push_masked(NodeId(4), Some(0), &Row::default());
    tree.push_masked(NodeId(5), None, &Row::default());
    let window = |root, level| Window { root, scene: SceneId(2), level };
    tree.columns_mut().windows = vec![window(0, 0.0), window(4, 2_000.0)];
    tree
}

/// Keeps the state, moves node 4 to the front, puts a new node 6 below it, sets
/// every field of it and all of node 2 but its geometry back to the default,
/// shifts 4 and 2, and removes 3 and the second window.
fn diff() -> Diff {
    let mut diff = Diff { base: StateId(41), keeps_current: true, ..Diff::default() };
    diff.placements = vec![
        Placement { node: NodeId(4), parent: Some(NodeId(1)), after: None },
        Placement { node: NodeId(6), parent: Some(NodeId(4)), after: None },
    ];
    let full = full_row(&mut diff.rows, 300);
    let row = diff.rows.push(NO_PARENT, &full);
    diff.updates.push(Update { node: NodeId(6), fields: FieldSet::ALL, row });
    let row = diff.rows.push(NO_PARENT, &Row::default());
    diff.updates.push(Update { node: NodeId(2), fields: FieldSet::ALL, row });
    diff.shifts = vec![Shift { first: NodeId(4), count: 2, by: Point::new(0.5, -44.0) }];
    diff.removals = vec![NodeId(3), NodeId(5)];
    diff.windows = Some(vec![DiffWindow { root: NodeId(1), scene: SceneId(2), level: 1.0 }]);
    diff
}

/// Goes back to the first state and hides node 4 there.
fn diff_from_kept() -> Diff {
    let mut diff = Diff { base: StateId(41), ..Diff::default() };
    let appearance = Appearance { hidden: true, ..Appearance::default() };
    let row = diff.rows.push(NO_PARENT, &Row { appearance, ..Row::default() });
    let fields = FieldSet::from_bits(1 << Field::Hidden as u8).unwrap_or_default();
    diff.updates.push(Update { node: NodeId(4), fields, row });
    diff
}
