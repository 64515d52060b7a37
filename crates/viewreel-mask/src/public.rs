//! What may become known of a raw tree: the rules once more, said naively.
//!
//! This is the yardstick for [`crate::Masker`], so it shares none of its parts
//! but the text scanner. It looks at one capture alone, as if every view were
//! seen for the first time. It is slow, O(nodes² × regions and overrides), and allocates at will.

use std::collections::BTreeSet;

use viewreel_model::columns::Window;
use viewreel_model::content::{RawPicture, RawText};
use viewreel_model::node::{
    Appearance, Control, Geometry, Image, Mask, Row, TextRole, TextStyle, control,
};
use viewreel_model::raw::{Privacy, Region};
use viewreel_model::{
    Affine, CaptureId, Kind, MaskAction, MaskLevel, MaskReason, Override, Point, RawSnapshot, Rect,
    Step, StrId,
};

use crate::pattern::Pattern;
use crate::words;

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
    /// What its text says, and how it is to be set.
    pub said: Option<(String, RawText)>,
    /// The picture that may be asked for.
    pub picture: RawPicture,
    /// How it is drawn.
    pub image: Image,
    pub control: Control,
    pub mask: Mask,
}

/// What may become known of `raw`, a capture that leaves nothing out, at a mask level,
/// where a config says this of single views.
#[must_use]
pub fn public(raw: &dyn RawSnapshot, level: MaskLevel, overrides: &[Override]) -> PublicView {
    let tree = Tree::new(raw, level, overrides);
    let mut nodes: Vec<PublicNode> = Vec::new();
    // Where each raw node stands among the public ones.
    let mut places: Vec<Option<usize>> = Vec::new();
    for index in 0..raw.len() {
        let is_shown = !tree.is_left_out(index);
        let parent = raw.parent(index).and_then(|parent| *places.get(parent)?);
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
        windows: raw.windows().iter().filter_map(window).collect(),
        sensitive: (0..raw.len())
            .map(|node| raw.privacy(node))
            .filter(is_floor)
            .map(|p| p.id)
            .collect(),
        regions: raw.regions().to_vec(),
        nodes,
    }
}

/// Sensitive whatever anybody else says.
fn is_floor(privacy: &Privacy) -> bool {
    privacy.secure || privacy.was_sensitive || privacy.content_type.is_floor()
}

struct Tree<'a> {
    raw: &'a dyn RawSnapshot,
    level: MaskLevel,
    overrides: &'a [Override],
    /// What the rules but the last say of each node; then what all say.
    rules: Vec<Option<Mask>>,
    masks: Vec<Mask>,
}

impl<'a> Tree<'a> {
    fn new(raw: &'a dyn RawSnapshot, level: MaskLevel, overrides: &'a [Override]) -> Self {
        let mut tree = Self { raw, level, overrides, rules: Vec::new(), masks: Vec::new() };
        let nodes = 0..raw.len();
        tree.rules = nodes.clone().map(|node| tree.rule(node)).collect();
        tree.masks = nodes.map(|node| tree.verdict(node)).collect();
        tree
    }

    fn mask(&self, index: usize) -> Mask {
        self.masks.get(index).copied().unwrap_or_default()
    }

    fn row(&self, index: usize) -> Row {
        self.raw.row(index).unwrap_or_default()
    }

    fn kind(&self, index: usize) -> Kind {
        self.row(index).semantics.kind
    }

    fn privacy(&self, index: usize) -> Privacy {
        self.raw.privacy(index)
    }

    /// What the app says of the node; a config may say something stronger, or
    /// something where the app says nothing.
    fn says(&self, index: usize) -> Option<MaskAction> {
        let app = self.privacy(index).override_action;
        let finding = self.overrides.iter().filter(|one| self.is_found(index, one));
        match finding.map(|one| one.action).max() {
            Some(stronger) if Some(stronger) > app && stronger > MaskAction::Keep => Some(stronger),
            config => app.or(config),
        }
    }

    /// Whether the node meets the last step, and nodes around it the others, from the
    /// innermost on.
    fn is_found(&self, index: usize, by: &Override) -> bool {
        let Some((last, around)) = by.steps.split_last() else { return false };
        let mut wanted = around.iter().rev().peekable();
        for ancestor in self.above(index) {
            wanted.next_if(|step| self.meets(ancestor, step));
        }
        self.meets(index, last) && wanted.peek().is_none()
    }

    fn meets(&self, index: usize, step: &Step) -> bool {
        let (names, raw) = (self.row(index).semantics, self.raw);
        let mut classes = raw.string(names.class_chain).split(':');
        let identifier = raw.string(names.identifier);
        (step.class.is_empty() || classes.any(|class| class == step.class))
            && (step.identifier.is_empty() || identifier == step.identifier)
    }

    /// Ancestors, nearest first.
    fn above(&self, index: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut at = index;
        while let Some(parent) = self.raw.parent(at) {
            above.push(parent);
            at = parent;
        }
        above
    }

    /// Below something that is replaced, or inside a control or text that is masked.
    fn is_left_out(&self, index: usize) -> bool {
        self.above(index).into_iter().any(|ancestor| match self.mask(ancestor).action {
            MaskAction::Keep => false,
            MaskAction::Mask => self.is_closed(ancestor) || self.is_text_box(ancestor),
            MaskAction::Replace => true,
        })
    }

    fn is_closed(&self, index: usize) -> bool {
        let kind = self.kind(index);
        matches!(kind, Kind::TextInput | Kind::SearchBar) || kind.has_state()
    }

    fn is_text_box(&self, index: usize) -> bool {
        let is_other = !is_plain(self.kind(index));
        self.kind(index) == Kind::Text || self.has_text(index) && is_other
    }

    fn verdict(&self, index: usize) -> Mask {
        let by_pattern = Mask { action: MaskAction::Mask, reason: MaskReason::Pattern };
        match self.rules.get(index).copied().flatten() {
            Some(mask) => mask,
            None if self.is_masked_by_pattern(index) => by_pattern,
            None => Mask::default(),
        }
    }

    /// The rules but those that look at a text, strongest first.
    fn rule(&self, index: usize) -> Option<Mask> {
        let (kind, privacy, own) = (self.kind(index), self.privacy(index), self.says(index));
        let above = self.above(index);
        let keeps_itself = own == Some(MaskAction::Keep);
        let is_kept = self.is_kept(index);
        let rules = [
            (kind == Kind::Keyboard, MaskAction::Replace, MaskReason::Keyboard),
            (privacy.truncated && privacy.secure, MaskAction::Replace, MaskReason::Secure),
            (privacy.truncated && is_floor(&privacy), MaskAction::Replace, MaskReason::ContentType),
            (privacy.truncated, MaskAction::Replace, MaskReason::Limit),
            (own == Some(MaskAction::Replace), MaskAction::Replace, MaskReason::Override),
            (self.lies_in(index, MaskAction::Replace), MaskAction::Replace, MaskReason::Region),
            (
                kind.is_opaque_content() && (!keeps_itself || self.is_hidden_by_app(index)),
                MaskAction::Replace,
                MaskReason::OpaqueContent,
            ),
            (privacy.secure, MaskAction::Mask, MaskReason::Secure),
            (is_floor(&privacy), MaskAction::Mask, MaskReason::ContentType),
            (kind == Kind::Unknown && !keeps_itself, MaskAction::Mask, MaskReason::UnknownLayer),
            (own == Some(MaskAction::Mask), MaskAction::Mask, MaskReason::Override),
            (above.iter().any(|&a| self.masks_below(a)), MaskAction::Mask, MaskReason::Ancestor),
            (self.is_touched_by_mask(index), MaskAction::Mask, MaskReason::Region),
            (!keeps_itself && self.is_personal(index), MaskAction::Mask, MaskReason::Level),
            (!keeps_itself && self.has_picture_to_hide(index), MaskAction::Mask, MaskReason::Level),
            (!is_kept && self.is_masked_by_level(index), MaskAction::Mask, MaskReason::Level),
        ];
        let strongest = rules.into_iter().find(|(applies, ..)| *applies);
        strongest.map(|(_, action, reason)| Mask { action, reason })
    }

    /// Card numbers in what can be edited count even where it is kept.
    fn is_masked_by_pattern(&self, index: usize) -> bool {
        let pattern = self.pattern(index);
        match self.is_kept(index) {
            true => self.is_typed(index) && pattern == Some(Pattern::Card),
            false => pattern.is_some(),
        }
    }

    /// Whether the text is looked at.
    fn is_read(&self, index: usize) -> bool {
        let may_count = !self.is_kept(index) || self.is_typed(index);
        self.rules.get(index) == Some(&None) && may_count && !self.raw.text(index).is_empty()
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

    /// The node, or the nearest around it that is kept or personal, is personal.
    fn is_personal(&self, index: usize) -> bool {
        let line = [index].into_iter().chain(self.above(index));
        let decides = |&node: &usize| {
            self.privacy(node).content_type.is_personal()
                || self.says(node) == Some(MaskAction::Keep)
        };
        let decider = line.into_iter().find(decides);
        decider.is_some_and(|node| self.says(node) != Some(MaskAction::Keep))
    }

    fn has_picture(&self, index: usize) -> bool {
        self.raw.content(index).picture.object.0 != 0
    }

    fn may_show_picture(&self, index: usize) -> bool {
        let is_tinted = self.raw.content(index).picture.is_template;
        match self.level {
            MaskLevel::Light => true,
            MaskLevel::Medium => self.kind(index) == Kind::Symbol || is_tinted,
            MaskLevel::Conservative => self.kind(index) == Kind::Symbol,
        }
    }

    fn has_picture_to_hide(&self, index: usize) -> bool {
        self.has_picture(index) && !self.may_show_picture(index)
    }

    fn has_text(&self, index: usize) -> bool {
        self.row(index).text.role != TextRole::None || !self.raw.text(index).is_empty()
    }

    fn is_typed(&self, index: usize) -> bool {
        let role = self.row(index).text.role;
        let below_input = self.above(index).iter().any(|&a| self.kind(a).is_editable());
        role == TextRole::Input
            || role != TextRole::Hint && self.kind(index).is_editable()
            || role != TextRole::Hint && below_input && self.has_text(index)
    }

    /// The node, or something editable around it, has the focus.
    fn has_focus(&self, index: usize) -> bool {
        let is_focused = |node: usize| self.row(node).control.flags & control::FOCUSED != 0;
        let inside = |node: usize| {
            let mut line = self.above(node);
            line.insert(0, node);
            line.into_iter().any(|node| self.kind(node).is_editable())
        };
        is_focused(index) || self.above(index).into_iter().any(|a| is_focused(a) && inside(a))
    }

    fn is_masked_by_level(&self, index: usize) -> bool {
        let typed = self.is_typed(index);
        let medium = typed
            || self.row(index).text.role == TextRole::Hint
            || matches!(self.kind(index), Kind::DatePicker | Kind::Picker);
        match self.level {
            MaskLevel::Light => typed && self.has_focus(index),
            MaskLevel::Medium => medium,
            MaskLevel::Conservative => {
                medium || self.has_text(index) || self.kind(index).has_state()
            }
        }
    }

    /// What is recognised in the text, or in it and texts beside it.
    fn pattern(&self, index: usize) -> Option<Pattern> {
        let alone = self.found(&[index]);
        alone.or_else(|| self.found_with_siblings(index))
    }

    fn found(&self, nodes: &[usize]) -> Option<Pattern> {
        Pattern::find(nodes.iter().map(|&node| self.raw.text(node)))
    }

    fn found_together(&self, nodes: &[usize]) -> Option<Pattern> {
        self.found(nodes).filter(|&pattern| pattern != Pattern::Phone)
    }

    /// Reads the run of texts beside the node from its start: whenever the last few
    /// of up to eight say something, that is what they are, and a new run begins.
    fn found_with_siblings(&self, index: usize) -> Option<Pattern> {
        let mut run: Vec<usize> = Vec::new();
        for node in self.texts_beside(index) {
            run.push(node);
            let last_few = (0..run.len()).rev().take(8).filter_map(|start| run.get(start..));
            let found = last_few.filter_map(|few| Some((few, self.found_together(few)?))).next();
            if let Some((few, pattern)) = found {
                if few.contains(&index) {
                    return Some(pattern);
                }
                run.clear();
            }
        }
        None
    }

    /// The run of adjacent children of one parent around the node whose texts are
    /// looked at and say nothing alone.
    fn texts_beside(&self, index: usize) -> Vec<usize> {
        let Some(parent) = self.raw.parent(index) else { return Vec::new() };
        let is_sibling = |&node: &usize| self.raw.parent(node) == Some(parent);
        let siblings: Vec<usize> = (0..self.raw.len()).filter(is_sibling).collect();
        let ends = |&node: &usize| !self.is_read(node) || self.found(&[node]).is_some();
        let mut runs = siblings.split(ends);
        runs.find(|run| run.contains(&index)).map(<[usize]>::to_vec).unwrap_or_default()
    }

    fn said(&self, index: usize) -> Option<(String, RawText)> {
        let text = self.raw.content(index).text;
        let said = self.raw.text(index);
        (!said.is_empty()).then(|| (said.to_owned(), RawText { text: StrId::NONE, ..text }))
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
        self.raw.regions().iter().filter(move |region| self.is_meant(index, region))
    }

    fn is_meant(&self, index: usize, region: &Region) -> bool {
        let line: Vec<usize> = [index].into_iter().chain(self.above(index)).collect();
        let Some(window) = self.raw.windows().get(region.window as usize) else {
            return region.action != MaskAction::Keep;
        };
        let is_owner = |node: usize| self.privacy(node).id == region.owner;
        let in_window = |node: usize| {
            node == window.root as usize || self.above(node).contains(&(window.root as usize))
        };
        // Ids should be unique; of several views with the owner's id, the first counts.
        let first = (0..self.raw.len()).find(|&node| in_window(node) && is_owner(node));
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
        !is_plain(self.kind(index)) || self.has_text(index) || self.has_picture(index)
    }

    fn node(&self, index: usize, parent: Option<usize>) -> PublicNode {
        let (row, mask) = (self.row(index), self.mask(index));
        let name = |id: StrId| self.raw.string(id).to_owned();
        let names = row.semantics;
        let identifier = match words::is_private(self.raw.string(names.identifier)) {
            true => StrId::NONE,
            false => names.identifier,
        };
        let open = PublicNode {
            id: self.privacy(index).id,
            parent,
            generation: row.generation,
            kind: names.kind,
            names: [names.class_chain, names.controller, identifier, row.text.font].map(name),
            geometry: row.geometry,
            appearance: row.appearance,
            text: TextStyle { font: StrId::NONE, ..row.text },
            said: self.said(index),
            picture: self.raw.content(index).picture,
            image: if self.has_picture(index) { row.image } else { Image::default() },
            control: row.control,
            mask,
        };
        match mask.action {
            MaskAction::Keep => open,
            MaskAction::Mask => self.masked(index, open),
            MaskAction::Replace => replaced(open),
        }
    }

    fn masked(&self, index: usize, mut node: PublicNode) -> PublicNode {
        let (is_box, is_closed) = (self.is_text_box(index), self.is_closed(index));
        let is_about_words = matches!(node.mask.reason, MaskReason::Level | MaskReason::Pattern);
        let has_text = self.has_text(index) || node.kind == Kind::Text;
        node.said = None;
        node.names[3].clear();
        node.control =
            Control { flags: node.control.flags & control::TAPPABLE, ..Control::default() };
        if !is_about_words || is_closed || !self.may_show_picture(index) {
            (node.picture, node.image) = (RawPicture::default(), Image::default());
        }
        if is_closed || !is_about_words {
            node.appearance = unpainted(node.appearance);
        }
        node.text = match has_text && !is_closed {
            true => TextStyle {
                role: TextRole::Static,
                size: node.text.size.round(),
                ..TextStyle::default()
            },
            false => TextStyle::default(),
        };
        let is_widened = is_box && !is_closed;
        match is_widened || matches!(node.kind, Kind::DatePicker | Kind::Picker) {
            true => node.geometry = widened(node.geometry),
            false => node.geometry.bounds.origin = Point::ZERO,
        }
        node
    }
}

/// Kinds that are there to hold others.
fn is_plain(kind: Kind) -> bool {
    matches!(kind, Kind::View | Kind::Scroll | Kind::List | Kind::Cell | Kind::Placeholder)
        || matches!(kind, Kind::NavigationBar | Kind::TabBar | Kind::Toolbar)
        || matches!(kind, Kind::Alert | Kind::Menu | Kind::Blur | Kind::Gradient | Kind::Shape)
}

fn unpainted(appearance: Appearance) -> Appearance {
    Appearance {
        alpha: appearance.alpha,
        z: appearance.z,
        hidden: appearance.hidden,
        ..Appearance::default()
    }
}

/// Edges moved out to the next multiples of 8 in the parent's space.
fn widened(geometry: Geometry) -> Geometry {
    let (anchor, size, at) = (geometry.anchor, geometry.bounds.size, geometry.position);
    let left = ((at.x - anchor.x * size.width) / 8.0).floor() * 8.0;
    let top = ((at.y - anchor.y * size.height) / 8.0).floor() * 8.0;
    let right = ((at.x - anchor.x * size.width + size.width) / 8.0).ceil() * 8.0;
    let bottom = ((at.y - anchor.y * size.height + size.height) / 8.0).ceil() * 8.0;
    let (width, height) = (right - left, bottom - top);
    let wide = Geometry {
        bounds: Rect::new(0.0, 0.0, width, height),
        position: Point::new(left + anchor.x * width, top + anchor.y * height),
        ..geometry
    };
    wide.snapped()
}

fn replaced(node: PublicNode) -> PublicNode {
    let [class_chain, ..] = node.names;
    PublicNode {
        id: node.id,
        parent: node.parent,
        generation: node.generation,
        kind: Kind::Placeholder,
        names: [class_chain, String::new(), String::new(), String::new()],
        geometry: Geometry {
            clips: false,
            corner_radii: [0.0; 4],
            continuous_corners: false,
            ..widened(node.geometry)
        },
        appearance: unpainted(node.appearance),
        text: TextStyle::default(),
        said: None,
        picture: RawPicture::default(),
        image: Image::default(),
        control: Control::default(),
        mask: node.mask,
    }
}

/// Left, top, right, bottom.
fn corners(rect: Rect) -> [f32; 4] {
    let Rect { origin, size } = rect;
    [origin.x, origin.y, origin.x + size.width, origin.y + size.height]
}
