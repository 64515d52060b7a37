//! Raw trees by hand and at random, for tests of the masking pass.
//!
//! A [`Forest`] is a tree of owned nodes that a test can write down, change and
//! turn into a [`RawSnapshot`] with [`Forest::settle`].

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use viewreel_model::columns::{Columns, NO_PARENT, Window};
use viewreel_model::content::{Content, PictureObject, RawPicture, RawText, Vertical};
use viewreel_model::node::{
    Appearance, Color, Control, Geometry, Image, Row, Semantics, TextRole, TextStyle,
};
use viewreel_model::raw::{Brief, ContentType, Privacy, Region};
use viewreel_model::viewport::SceneId;
use viewreel_model::{
    Affine, CaptureId, Kind, MaskAction, Override, Point, RawSnapshot, Rect, Step, StrId, Transform,
};

/// One view with everything below it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Everything but strings.
    pub row: Row,
    /// What only masking may know.
    pub privacy: Privacy,
    /// Class chain, controller, identifier, font.
    pub names: [String; 4],
    /// What its text says.
    pub said: String,
    /// How that is set, and its picture.
    pub content: Content,
    /// Back to front.
    pub children: Vec<Node>,
}

impl Node {
    /// A view of that kind with that capture id, 100 × 100 pt at the origin.
    #[must_use]
    pub fn new(id: u64, kind: Kind) -> Self {
        let mut node = Self::default();
        node.row.semantics.kind = kind;
        node.privacy.id = CaptureId(id);
        node.at(Rect::new(0.0, 0.0, 100.0, 100.0))
    }

    /// The same at another place in its parent.
    #[must_use]
    pub fn at(mut self, frame: Rect) -> Self {
        self.row.geometry = Geometry::from_frame(frame);
        self
    }

    /// The same with a text.
    #[must_use]
    pub fn text(mut self, role: TextRole, text: &str) -> Self {
        self.row.text.role = role;
        text.clone_into(&mut self.said);
        self
    }

    /// The same with a picture.
    #[must_use]
    pub fn picture(mut self, object: u64) -> Self {
        self.content.picture.object = PictureObject(object);
        self
    }

    /// The same with a picture that is drawn in a tint.
    #[must_use]
    pub fn template(mut self, object: u64, tint: Color) -> Self {
        self.content.picture.is_template = true;
        self.row.image.tint = tint;
        self.picture(object)
    }

    /// The same with the state of a control.
    #[must_use]
    pub fn control(mut self, control: Control) -> Self {
        self.row.control = control;
        self
    }

    /// The same with an override.
    #[must_use]
    pub fn says(mut self, action: MaskAction) -> Self {
        self.privacy.override_action = Some(action);
        self
    }

    /// The same with secure entry.
    #[must_use]
    pub fn secure(mut self) -> Self {
        self.privacy.secure = true;
        self
    }

    /// The same with a content type.
    #[must_use]
    pub fn content(mut self, content_type: ContentType) -> Self {
        self.privacy.content_type = content_type;
        self
    }

    /// The same, having been sensitive before.
    #[must_use]
    pub fn was_sensitive(mut self) -> Self {
        self.privacy.was_sensitive = true;
        self
    }

    /// The same with one more child.
    #[must_use]
    pub fn with(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// Calls `change` for this node and all below it, in pre-order.
    pub fn for_each(&mut self, change: &mut impl FnMut(&mut Self)) {
        change(self);
        self.children.iter_mut().for_each(|child| child.for_each(change));
    }

    fn settle(&self, parent: u32, tree: &mut RawTree) {
        let row = self.settle_row(&mut tree.columns);
        let index = tree.columns.push(parent, &row);
        tree.privacy.push(self.privacy);
        let text = tree.columns.strings.add(&self.said);
        let text = RawText { text, ..self.content.text };
        tree.contents.push(Content { text, ..self.content });
        self.children.iter().for_each(|child| child.settle(index, tree));
    }

    /// The row with its strings put into the columns.
    fn settle_row(&self, columns: &mut Columns) -> Row {
        let [class_chain, controller, identifier, font] =
            self.names.each_ref().map(|name| columns.strings.add(name));
        let kind = self.row.semantics.kind;
        Row {
            semantics: Semantics { kind, class_chain, controller, identifier },
            text: TextStyle { font, ..self.row.text },
            ..self.row
        }
    }
}

/// The windows of a screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forest {
    /// Scene, level and root of each.
    pub windows: Vec<(u32, f32, Node)>,
    /// Rectangles with a mask action.
    pub regions: Vec<Region>,
}

impl Forest {
    /// One window.
    #[must_use]
    pub fn of(root: Node) -> Self {
        Self { windows: vec![(0, 0.0, root)], regions: Vec::new() }
    }

    /// The same with a region of the first window.
    #[must_use]
    pub fn region(mut self, rect: Rect, action: MaskAction, owner: u64) -> Self {
        self.regions.push(Region { window: 0, rect, action, owner: CaptureId(owner) });
        self
    }

    /// Calls `change` for every node, in pre-order.
    pub fn for_each(&mut self, mut change: impl FnMut(&mut Node)) {
        self.windows.iter_mut().for_each(|(_, _, root)| root.for_each(&mut change));
    }

    /// The columns of the forest.
    #[must_use]
    pub fn settle(&self) -> RawTree {
        let mut tree = RawTree { regions: self.regions.clone(), ..RawTree::default() };
        for (scene, level, node) in &self.windows {
            let root = tree.columns.len() as u32;
            tree.columns.windows.push(Window { root, scene: SceneId(*scene), level: *level });
            node.settle(NO_PARENT, &mut tree);
        }
        tree
    }
}

/// A raw snapshot by hand.
#[derive(Clone, Debug, Default)]
pub struct RawTree {
    /// The nodes.
    pub columns: Columns,
    /// One entry per node.
    pub contents: Vec<Content>,
    /// One entry per node.
    pub privacy: Vec<Privacy>,
    /// In the order in which they were given.
    pub regions: Vec<Region>,
}

impl RawSnapshot for RawTree {
    fn parents(&self) -> &[u32] {
        self.columns.parents()
    }

    fn windows(&self) -> &[Window] {
        &self.columns.windows
    }

    fn regions(&self) -> &[Region] {
        &self.regions
    }

    fn cut_nodes(&self) -> u32 {
        0
    }

    fn row(&self, index: usize) -> Option<Row> {
        self.columns.row(index)
    }

    fn brief(&self, index: usize) -> Brief {
        let (row, content) = (self.row(index).unwrap_or_default(), self.content(index));
        Brief {
            kind: row.semantics.kind,
            role: row.text.role,
            says_something: !content.text.text.is_none(),
            has_picture: content.picture.object.0 != 0,
            is_template: content.picture.is_template,
            flags: row.control.flags,
            generation: row.generation,
        }
    }

    fn semantics(&self, index: usize) -> Semantics {
        self.row(index).unwrap_or_default().semantics
    }

    fn geometry(&self, index: usize) -> Geometry {
        self.row(index).unwrap_or_default().geometry
    }

    fn style(&self, index: usize) -> TextStyle {
        self.row(index).unwrap_or_default().text
    }

    fn privacy(&self, index: usize) -> Privacy {
        self.privacy.get(index).copied().unwrap_or_default()
    }

    fn content(&self, index: usize) -> Content {
        self.contents.get(index).copied().unwrap_or_default()
    }

    fn strings(&self) -> usize {
        self.columns.strings.len()
    }

    fn string(&self, id: StrId) -> &str {
        self.columns.strings.get(id)
    }
}

/// Words of a screen, some of which look sensitive.
pub fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z ]{0,8}",
        1 => Just("joe@example.com".to_owned()),
        1 => Just("4111 1111 1111 1111".to_owned()),
        1 => Just("+49 30 1234567".to_owned()),
        // Half of an address, half of a card.
        1 => prop::sample::select(vec!["joe@", "example.com", "4111 1111", "1111 1111"])
            .prop_map(str::to_owned),
    ]
}

/// A length between 0 and `max` points, snapped to quarters.
fn length(max: i16) -> impl Strategy<Value = f32> {
    (0..=max * 4).prop_map(|quarters| f32::from(quarters) / 4.0)
}

fn point(max: i16) -> impl Strategy<Value = Point> {
    (length(max), length(max)).prop_map(|(x, y)| Point::new(x, y))
}

/// A rectangle of a small screen.
pub fn rect() -> impl Strategy<Value = Rect> {
    (length(200), length(200), length(200), length(200))
        .prop_map(|(x, y, width, height)| Rect::new(x, y, width, height))
}

fn geometry() -> impl Strategy<Value = Geometry> {
    let turn = prop_oneof![
        6 => Just(Affine::IDENTITY),
        1 => Just(Affine { a: 0.0, b: 1.0, c: -1.0, d: 0.0, tx: 0.0, ty: 0.0 }),
        1 => Just(Affine { a: 0.5, d: 2.0, ..Affine::IDENTITY }),
        1 => Just(Affine { a: 0.0, ..Affine::IDENTITY }),
    ];
    let scroll = option::weighted(0.2, point(100));
    (rect(), turn, scroll, any::<bool>()).prop_map(|(frame, matrix, scroll, clips)| {
        let transform = Transform::of(matrix);
        let mut geometry = Geometry { transform, clips, ..Geometry::from_frame(frame) };
        geometry.bounds.origin = scroll.unwrap_or_default();
        geometry
    })
}

fn appearance() -> impl Strategy<Value = Appearance> {
    let fill = prop_oneof![Just(Color::CLEAR), Just(Color::WHITE)];
    let alpha = prop_oneof![4 => Just(u8::MAX), 1 => any::<u8>()];
    (fill, alpha, -1_i8..2, prop::bool::weighted(0.1)).prop_map(|(background, alpha, z, hidden)| {
        Appearance { background, alpha, z: f32::from(z), hidden, ..Appearance::default() }
    })
}

/// A state of any control.
pub fn control() -> impl Strategy<Value = Control> {
    (0_u8..32, 0_u8..=4, 0_u16..4, 0_u16..4).prop_map(|(flags, value, index, count)| Control {
        flags,
        value: f32::from(value) / 4.0,
        index,
        count,
    })
}

/// A text of some lines, or none.
pub fn said() -> impl Strategy<Value = String> {
    vec(words(), 0..3).prop_map(|lines| lines.join("\n"))
}

/// How a text is set.
pub fn setting() -> impl Strategy<Value = RawText> {
    let vertical = prop::sample::select(vec![Vertical::Top, Vertical::Middle]);
    (rect(), 0_u16..3, vertical).prop_map(|(frame, max_lines, vertical)| RawText {
        frame,
        max_lines,
        vertical,
        ..RawText::default()
    })
}

/// A picture, or none, and how it is drawn.
pub fn picture() -> impl Strategy<Value = (RawPicture, Image)> {
    (0_u64..3, 0_u16..90, any::<bool>(), 0_u8..4, 0_u32..3).prop_map(
        |(object, width_px, is_template, content_mode, tint)| {
            let object = PictureObject(object);
            let picture = RawPicture { object, width_px, is_template, ..RawPicture::default() };
            let tint = Color(tint * 0xff);
            (picture, Image { content_mode, tint, ..Image::default() })
        },
    )
}

fn privacy() -> impl Strategy<Value = Privacy> {
    let action =
        prop::sample::select(vec![MaskAction::Keep, MaskAction::Mask, MaskAction::Replace]);
    let content = (0_u8..11).prop_map(ContentType::from_code);
    (
        // Few enough ids that some come twice, and zero, which is none.
        0_u64..60,
        option::weighted(0.25, action),
        option::weighted(0.1, content),
        prop::bool::weighted(0.05),
        prop::bool::weighted(0.03),
        prop::bool::weighted(0.03),
    )
        .prop_map(|(id, override_action, content_type, secure, was_sensitive, truncated)| {
            Privacy {
                id: CaptureId(id),
                override_action,
                content_type: content_type.unwrap_or_default(),
                secure,
                was_sensitive,
                truncated,
                unchanged: false,
            }
        })
}

/// Any kind; the common ones most often.
fn kind() -> impl Strategy<Value = Kind> {
    let common = [Kind::View, Kind::Text, Kind::TextInput, Kind::Scroll, Kind::Cell, Kind::Button];
    prop_oneof![
        2 => prop::sample::select(common.to_vec()),
        1 => prop::sample::select(Kind::ALL),
    ]
}

/// A node without children.
fn leaf() -> impl Strategy<Value = Node> {
    let role = (0_u8..4).prop_map(|code| TextRole::from_code(code).unwrap_or_default());
    let content = (role, said(), setting(), option::weighted(0.3, picture()), control());
    let names = prop::array::uniform4("[A-C:]{0,3}");
    (kind(), privacy(), geometry(), appearance(), content, names, 0_u32..3).prop_map(
        |(
            kind,
            privacy,
            geometry,
            appearance,
            (role, said, text, picture, control),
            names,
            generation,
        )| {
            let mut row = Row { generation, geometry, appearance, control, ..Row::default() };
            row.semantics.kind = kind;
            let (picture, image) = picture.unwrap_or_default();
            row.image = image;
            row.text = TextStyle { role, size: 12.0, ..TextStyle::default() };
            let content = Content { text, picture };
            Node { row, privacy, names, said, content, children: Vec::new() }
        },
    )
}

/// A rule for some of the names that views have here.
pub fn rule() -> impl Strategy<Value = Override> {
    let action = (0_u8..3).prop_map(|code| MaskAction::from_code(code).unwrap_or_default());
    let step = ("[A-C]{0,1}", prop_oneof![3 => Just(String::new()), 1 => "[A-C:]{0,2}"]);
    let steps = vec(step.prop_map(|(class, identifier)| Step { class, identifier }), 1..4);
    (action, steps).prop_map(|(action, steps)| Override { action, steps })
}

fn node() -> impl Strategy<Value = Node> {
    let leaf = leaf().boxed();
    leaf.clone().prop_recursive(5, 24, 4, move |inner| {
        (leaf.clone(), vec(inner, 0..4)).prop_map(|(node, children)| Node { children, ..node })
    })
}

/// Up to three windows of views with up to three regions.
pub fn forest() -> impl Strategy<Value = Forest> {
    let windows = vec((0_u32..2, -1_i8..2, node()), 1..4);
    let action = (0_u8..3).prop_map(|code| MaskAction::from_code(code).unwrap_or_default());
    let owner = prop_oneof![Just(0_u64), 0_u64..60];
    let regions = vec((any::<prop::sample::Index>(), rect(), action, owner), 0..4);
    (windows, regions).prop_map(|(windows, regions)| Forest {
        regions: regions
            .into_iter()
            .map(|(window, rect, action, owner)| Region {
                window: window.index(windows.len()) as u32,
                rect,
                action,
                owner: CaptureId(owner),
            })
            .collect(),
        windows: windows.into_iter().map(|(scene, z, root)| (scene, f32::from(z), root)).collect(),
    })
}
