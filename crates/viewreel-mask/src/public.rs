//! What may become known of a raw tree: the rules once more, said naively.
//!
//! This is the yardstick for [`crate::Masker`], so it shares none of its parts
//! but the text scanner. It looks at one capture alone, as if every view were
//! seen for the first time. It is slow, O(nodes × depth × regions), and allocates at will.

use std::collections::BTreeSet;

use viewreel_model::columns::Window;
use viewreel_model::node::{
    Appearance, Control, Geometry, Image, Mask, Row, TextRole, TextStyle, control,
};
use viewreel_model::raw::{Privacy, Region};
use viewreel_model::{
    Affine, CaptureId, Kind, MaskAction, MaskLevel, MaskReason, Point, RawSnapshot, Rect, StrId,
};

use crate::pattern;

/// What may become known of one capture. Where two captures are equal in this,
/// everything that is stored or sent of them is equal.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicView {
    /// In pre-order, without what is left out.
    pub nodes: Vec<PublicNode>,
    /// Roots are indices of `nodes`.
    pub windows: Vec<Window>,
    /// Views that are sensitive for ever from now on.
    pub sensitive: BTreeSet<CaptureId>,
    /// Where regions lie.
    pub regions: Vec<Region>,
}

/// What may become known of one node.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct PublicNode {
    pub id: CaptureId,
    /// Index in [`PublicView::nodes`].
    pub parent: Option<usize>,
    pub generation: u32,
    pub kind: Kind,
    /// Class chain, controller, identifier, font.
    pub names: [String; 4],
    pub geometry: Geometry,
    pub appearance: Appearance,
    /// Without its font, which is one of the names.
    pub text: TextStyle,
    /// Text, baseline, width of each line.
    pub lines: Vec<(String, Point, f32)>,
    pub image: Image,
    pub control: Control,
    pub mask: Mask,
}

/// What may become known of `raw` at a mask level.
#[must_use]
pub fn public(raw: &RawSnapshot<'_>, level: MaskLevel) -> PublicView {
    let tree = Tree { raw, level };
    let mut nodes: Vec<PublicNode> = Vec::new();
    // Where each raw node stands among the public ones.
    let mut places: Vec<Option<usize>> = Vec::new();
    for index in 0..raw.columns.len() {
        let is_shown = !tree.is_left_out(index);
        let parent = raw.columns.parent(index).and_then(|parent| *places.get(parent)?);
        places.push(is_shown.then_some(nodes.len()));
        if is_shown {
            nodes.push(tree.node(index, parent));
        }
    }
    let window = |window: &Window| {
        let root = places.get(window.root as usize).copied().flatten()?;
        Some(Window { root: u32::try_from(root).ok()?, ..*window })
    };
    PublicView {
        windows: raw.columns.windows.iter().filter_map(window).collect(),
        sensitive: raw.privacy.iter().filter(|p| is_floor(p)).map(|p| p.id).collect(),
        regions: raw.regions.to_vec(),
        nodes,
    }
}

/// Sensitive whatever anybody else says.
fn is_floor(privacy: &Privacy) -> bool {
    privacy.secure || privacy.content_type.is_sensitive()
}

struct Tree<'a> {
    raw: &'a RawSnapshot<'a>,
    level: MaskLevel,
}

impl Tree<'_> {
    fn row(&self, index: usize) -> Row {
        self.raw.columns.row(index).unwrap_or_default()
    }

    fn kind(&self, index: usize) -> Kind {
        self.row(index).semantics.kind
    }

    fn privacy(&self, index: usize) -> Privacy {
        self.raw.privacy.get(index).copied().unwrap_or_default()
    }

    fn says(&self, index: usize) -> Option<MaskAction> {
        self.privacy(index).override_action
    }

    /// Ancestors, nearest first.
    fn above(&self, index: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut at = index;
        while let Some(parent) = self.raw.columns.parent(at) {
            above.push(parent);
            at = parent;
        }
        above
    }

    /// Below something that is replaced, or inside a control that is masked.
    fn is_left_out(&self, index: usize) -> bool {
        self.above(index).into_iter().any(|ancestor| match self.mask(ancestor).action {
            MaskAction::Keep => false,
            MaskAction::Mask => self.is_closed(ancestor),
            MaskAction::Replace => true,
        })
    }

    fn is_closed(&self, index: usize) -> bool {
        self.kind(index) == Kind::TextInput || self.kind(index).is_input_control()
    }

    /// The rules, strongest first.
    fn mask(&self, index: usize) -> Mask {
        let (kind, privacy, own) = (self.kind(index), self.privacy(index), self.says(index));
        let above = self.above(index);
        let hidden_by_app = self.is_hidden_by_app(index);
        let keep_itself = own == Some(MaskAction::Keep) && !hidden_by_app;
        let rules = [
            (kind == Kind::Keyboard, MaskAction::Replace, MaskReason::Keyboard),
            (privacy.truncated, MaskAction::Replace, MaskReason::Limit),
            (own == Some(MaskAction::Replace), MaskAction::Replace, MaskReason::Override),
            (self.lies_in(index, MaskAction::Replace), MaskAction::Replace, MaskReason::Region),
            (
                kind.is_opaque_content() && !keep_itself,
                MaskAction::Replace,
                MaskReason::OpaqueContent,
            ),
            (privacy.secure, MaskAction::Mask, MaskReason::Secure),
            (privacy.content_type.is_sensitive(), MaskAction::Mask, MaskReason::ContentType),
            (kind == Kind::Unknown, MaskAction::Mask, MaskReason::UnknownLayer),
            (own == Some(MaskAction::Mask), MaskAction::Mask, MaskReason::Override),
            (above.iter().any(|&a| self.masks_below(a)), MaskAction::Mask, MaskReason::Ancestor),
            (self.is_touched_by_mask(index), MaskAction::Mask, MaskReason::Region),
            (self.is_kept(index), MaskAction::Keep, MaskReason::None),
            (self.is_masked_by_level(index), MaskAction::Mask, MaskReason::Level),
            (self.looks_sensitive(index), MaskAction::Mask, MaskReason::Pattern),
        ];
        let strongest = rules.into_iter().find(|(applies, ..)| *applies);
        strongest.map_or(Mask::default(), |(_, action, reason)| Mask { action, reason })
    }

    fn is_hidden_by_app(&self, index: usize) -> bool {
        is_floor(&self.privacy(index))
            || self.above(index).iter().any(|&ancestor| self.masks_below(ancestor))
            || self.is_touched_by_mask(index)
    }

    fn masks_below(&self, index: usize) -> bool {
        let says_so = matches!(self.says(index), Some(MaskAction::Mask | MaskAction::Replace));
        says_so || is_floor(&self.privacy(index))
    }

    fn is_kept(&self, index: usize) -> bool {
        let mut line = self.above(index);
        line.insert(0, index);
        let nearest = line.into_iter().find_map(|node| self.says(node));
        nearest == Some(MaskAction::Keep) || self.lies_in(index, MaskAction::Keep)
    }

    fn has_text(&self, index: usize) -> bool {
        let row = self.row(index);
        row.text.role != TextRole::None || row.lines.len > 0
    }

    fn is_masked_by_level(&self, index: usize) -> bool {
        let role = self.row(index).text.role;
        let below_input = self.above(index).iter().any(|&a| self.kind(a).is_editable());
        let typed = role == TextRole::Input
            || role != TextRole::Hint && self.kind(index).is_editable()
            || role != TextRole::Hint && below_input && self.has_text(index);
        let medium = typed || self.kind(index).is_input_control();
        match self.level {
            MaskLevel::Light => false,
            MaskLevel::Medium => medium,
            MaskLevel::Conservative => medium || self.has_text(index),
        }
    }

    fn looks_sensitive(&self, index: usize) -> bool {
        let lines = self.lines(index);
        pattern::is_sensitive(lines.iter().map(|(text, ..)| text.as_str()))
    }

    fn lines(&self, index: usize) -> Vec<(String, Point, f32)> {
        let columns = self.raw.columns;
        let lines = columns.lines_of(self.row(index).lines).iter();
        lines.map(|l| (columns.strings.get(l.text).to_owned(), l.baseline, l.width)).collect()
    }

    /// Where the node lies in its window.
    fn rect(&self, index: usize) -> Rect {
        let mut line = self.above(index);
        line.insert(0, index);
        line.pop(); // The root's own space is the window's.
        let map = line
            .into_iter()
            .rev()
            .fold(Affine::IDENTITY, |map, node| map.after(self.row(node).geometry.to_parent()));
        map.map_rect(self.row(index).geometry.bounds)
    }

    fn regions(&self, index: usize) -> impl Iterator<Item = &Region> {
        self.raw.regions.iter().filter(move |region| self.is_meant(index, region))
    }

    fn is_meant(&self, index: usize, region: &Region) -> bool {
        let line: Vec<usize> = [index].into_iter().chain(self.above(index)).collect();
        let Some(window) = self.raw.columns.windows.get(region.window as usize) else {
            return false;
        };
        let is_owner = |node: usize| self.privacy(node).id == region.owner;
        let in_window = |node: usize| {
            node == window.root as usize || self.above(node).contains(&(window.root as usize))
        };
        // Ids should be unique; of several views with the owner's id, the first counts.
        let first = (0..self.raw.columns.len()).find(|&node| in_window(node) && is_owner(node));
        let in_owner = match first {
            _ if region.owner == CaptureId(0) => true,
            Some(owner) => line.contains(&owner),
            None => region.action != MaskAction::Keep,
        };
        in_window(index) && in_owner
    }

    /// Wholly inside, an eighth of a point aside.
    fn lies_in(&self, index: usize, action: MaskAction) -> bool {
        let rect = self.rect(index);
        self.regions(index).filter(|region| region.action == action).any(|region| {
            let (a, b) = (corners(rect), corners(region.rect));
            a[0] >= b[0] - 0.125
                && a[1] >= b[1] - 0.125
                && a[2] <= b[2] + 0.125
                && a[3] <= b[3] + 0.125
        })
    }

    fn is_touched_by_mask(&self, index: usize) -> bool {
        let rect = self.rect(index);
        let is_placed = corners(rect).iter().all(|edge| edge.is_finite());
        let mut masks = self.regions(index).filter(|region| region.action != MaskAction::Keep);
        let touched = masks.any(|region| !is_placed || rect.intersects(region.rect));
        self.lies_in(index, MaskAction::Mask) || touched && self.bears_content(index)
    }

    fn bears_content(&self, index: usize) -> bool {
        let image = self.row(index).image;
        let is_plain = matches!(
            self.kind(index),
            Kind::View | Kind::Scroll | Kind::List | Kind::Cell | Kind::Placeholder
        ) || matches!(
            self.kind(index),
            Kind::NavigationBar | Kind::TabBar | Kind::Toolbar | Kind::Alert | Kind::Menu
        ) || matches!(self.kind(index), Kind::Blur | Kind::Gradient | Kind::Shape);
        !is_plain || self.has_text(index) || image.handle.0 != 0 || !image.average.is_clear()
    }

    fn node(&self, index: usize, parent: Option<usize>) -> PublicNode {
        let (row, mask) = (self.row(index), self.mask(index));
        let name = |id: StrId| self.raw.columns.strings.get(id).to_owned();
        let names = row.semantics;
        let open = PublicNode {
            id: self.privacy(index).id,
            parent,
            generation: row.generation,
            kind: names.kind,
            names: [names.class_chain, names.controller, names.identifier, row.text.font].map(name),
            geometry: row.geometry,
            appearance: row.appearance,
            text: TextStyle { font: StrId::NONE, ..row.text },
            lines: self.lines(index),
            image: row.image,
            control: row.control,
            mask,
        };
        match mask.action {
            MaskAction::Keep => open,
            MaskAction::Mask => masked(open),
            MaskAction::Replace => replaced(open),
        }
    }
}

fn masked(mut node: PublicNode) -> PublicNode {
    node.lines.clear();
    node.control.flags &= control::PUBLIC;
    node.control.value = 0.0;
    node.control.index = 0;
    if !matches!(node.mask.reason, MaskReason::Level | MaskReason::Pattern) {
        node.image = Image { content_mode: node.image.content_mode, ..Image::default() };
    }
    if node.kind == Kind::TextInput || node.kind.is_input_control() {
        node.geometry.bounds.origin = Point::ZERO;
    }
    node
}

fn replaced(mut node: PublicNode) -> PublicNode {
    node.kind = Kind::Placeholder;
    node.names[3].clear();
    node.geometry.bounds.origin = Point::ZERO;
    node.appearance = Appearance {
        alpha: node.appearance.alpha,
        z: node.appearance.z,
        hidden: node.appearance.hidden,
        ..Appearance::default()
    };
    node.text = TextStyle::default();
    node.lines.clear();
    node.image = Image::default();
    node.control = Control::default();
    node
}

/// Left, top, right, bottom.
fn corners(rect: Rect) -> [f32; 4] {
    let Rect { origin, size } = rect;
    [origin.x, origin.y, origin.x + size.width, origin.y + size.height]
}
