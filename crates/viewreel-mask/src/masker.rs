//! The one masking pass.

use viewreel_model::columns::Columns;
use viewreel_model::node::{LineRange, Mask, Row};
use viewreel_model::raw::Privacy;
use viewreel_model::{
    Affine, MaskLevel, MaskReason, NodeId, Override, RawSnapshot, Snapshot, StrId,
};

use crate::brief::Brief;
use crate::ids::WireIds;
use crate::overrides::Overrides;
use crate::pattern::Pattern;
use crate::recognised::RecognisedTexts;
use crate::redact::{drops_subtree, redact};
use crate::regions::{Cover, Regions};
use crate::rules::{Asks, Facts, Opinion, Scope};
use crate::sticky::{Recognised, Sticky};
use crate::touch::TouchMask;
use crate::words;

/// Masks the captures of one run, one after the other.
///
/// One masker serves one recording process from start to end: it knows which
/// views are sensitive for ever and which wire ids were given. In the steady
/// state a capture without new views allocates nothing. `Debug` shows no content.
pub struct Masker {
    level: MaskLevel,
    overrides: Overrides,
    sticky: Sticky,
    ids: WireIds,
    regions: Regions,
    texts: RecognisedTexts,
    pub(crate) touches: TouchMask,
    /// The ancestors of the node that is judged, outermost first.
    ancestors: Vec<Ancestor>,
    /// All nodes of the capture.
    judged: Vec<Judged>,
    /// The ancestors of the node that is written, outermost first.
    written: Vec<Written>,
    /// Where a string of the raw tree stands in the masked one, by its number.
    strings: Vec<StrId>,
    /// The same of strings that identify views; none where they are private.
    identifiers: Vec<Option<StrId>>,
}

impl std::fmt::Debug for Masker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Masker({})", self.level.word())
    }
}

/// A node around the one that is judged.
struct Ancestor {
    /// Index in the raw tree.
    raw: usize,
    /// What it says to everything below it.
    scope: Scope,
    /// From its bounds space to its window's.
    to_window: Affine,
}

/// What is thought of a node.
struct Judged {
    opinion: Opinion,
    /// As what its text is remembered.
    text: Recognised,
    /// Whether that can be edited.
    is_typed: bool,
}

/// A node around the one that is written.
struct Written {
    /// Index in the raw tree.
    raw: usize,
    /// Its place in the masked tree; `None` where everything below is left out.
    place: Option<Place>,
    /// Nodes below it that have no id of their own.
    nameless: u32,
}

#[derive(Clone, Copy)]
struct Place {
    index: u32,
    id: NodeId,
}

/// Where the next node goes.
enum Parent {
    /// It is the root of a window.
    Root,
    /// Below this node.
    Node(Place),
    /// Nowhere: it is left out.
    Nowhere,
}

impl Masker {
    /// A masker that has seen nothing yet.
    #[must_use]
    pub fn new(level: MaskLevel) -> Self {
        Self {
            level,
            overrides: Overrides::default(),
            sticky: Sticky::default(),
            ids: WireIds::default(),
            regions: Regions::default(),
            texts: RecognisedTexts::default(),
            touches: TouchMask::default(),
            ancestors: Vec::new(),
            judged: Vec::new(),
            written: Vec::new(),
            strings: Vec::new(),
            identifiers: Vec::new(),
        }
    }

    /// The level in force.
    #[must_use]
    pub const fn level(&self) -> MaskLevel {
        self.level
    }

    /// Changes the level from the next capture on.
    pub const fn set_level(&mut self, level: MaskLevel) {
        self.level = level;
    }

    /// What a config says of single views.
    #[must_use]
    pub fn overrides(&self) -> &[Override] {
        self.overrides.rules()
    }

    /// Changes what a config says of single views, from the next capture on. Whether
    /// it may say `keep` is for the caller to judge. O(steps).
    pub fn set_overrides(&mut self, overrides: &[Override]) {
        self.overrides.set(overrides);
    }

    /// Fills `out` with the masked form of `raw`; what was in `out` is forgotten.
    ///
    /// The windows of `raw` stay, in their order. O(nodes × (1 + regions) + characters).
    pub fn mask(&mut self, raw: &RawSnapshot<'_>, out: &mut Snapshot) {
        out.clear();
        self.begin(raw);
        self.judge_all(raw);
        self.read_texts(raw.columns);
        for index in 0..self.judged.len() {
            self.write_node(raw, index, out);
        }
        self.touches.set_regions(raw);
    }

    fn begin(&mut self, raw: &RawSnapshot<'_>) {
        self.ids.begin();
        self.regions.begin(raw);
        self.overrides.begin(raw.columns.strings.len());
        self.ancestors.clear();
        self.judged.clear();
        self.written.clear();
        self.strings.clear();
        self.strings.resize(raw.columns.strings.len() + 1, StrId::NONE);
        self.identifiers.clear();
        self.identifiers.resize(raw.columns.strings.len() + 1, None);
    }

    fn judge_all(&mut self, raw: &RawSnapshot<'_>) {
        for (index, privacy) in raw.privacy.iter().enumerate() {
            self.sticky.observe(privacy);
            let Some(brief) = Brief::of(raw.columns, index) else { break };
            self.judge(raw, index, brief, *privacy);
        }
    }

    fn judge(&mut self, raw: &RawSnapshot<'_>, index: usize, brief: Brief, privacy: Privacy) {
        let parent = raw.columns.parent(index);
        while self.ancestors.last().is_some_and(|last| Some(last.raw) != parent) {
            self.ancestors.pop();
        }
        let depth = self.ancestors.len();
        let said = self.overrides.said(raw.columns, index, depth, privacy.override_action);
        let privacy = Privacy { override_action: said, ..privacy };
        let to_window = self.to_window(raw.columns, index);
        let cover = self.cover(raw.columns, index, brief, to_window);
        let facts = self.facts(brief, privacy, cover);
        let (opinion, scope) = (facts.opinion(self.level), facts.scope_below());
        let text = Recognised { id: privacy.id, generation: scope.generation };
        self.judged.push(Judged { opinion, text, is_typed: facts.is_typed() });
        self.ancestors.push(Ancestor { raw: index, scope, to_window });
    }

    fn read_texts(&mut self, columns: &Columns) {
        let Self { texts, judged, sticky, .. } = self;
        let asks =
            |node| judged.get(node).is_some_and(|node: &Judged| node.opinion.asks != Asks::Nothing);
        let known = |node| judged.get(node).and_then(|node: &Judged| sticky.pattern(node.text));
        texts.read(columns, asks, known);
    }

    fn write_node(&mut self, raw: &RawSnapshot<'_>, index: usize, out: &mut Snapshot) {
        let parent = raw.columns.parent(index);
        while self.written.last().is_some_and(|last| Some(last.raw) != parent) {
            self.written.pop();
        }
        let id = raw.privacy.get(index).and_then(|privacy| self.wire_id(*privacy));
        let place = id.and_then(|id| self.write(raw, index, id, out));
        self.written.push(Written { raw: index, place, nameless: 0 });
    }

    /// Writes a node; its place where nodes below it are written, too.
    fn write(
        &mut self,
        raw: &RawSnapshot<'_>,
        index: usize,
        id: NodeId,
        out: &mut Snapshot,
    ) -> Option<Place> {
        let mut row = raw.columns.row(index)?;
        let (brief, mask) = (Brief::from(&row), self.verdict(index));
        redact(&mut row, mask, self.level);
        self.take_along(raw.columns, &mut row, out.columns_mut());
        let parent = match self.parent() {
            Parent::Node(place) => Some(place.index),
            Parent::Root | Parent::Nowhere => None,
        };
        let place = Place { index: out.push_masked(id, parent, &row), id };
        self.remember_window(raw, index, place, out);
        (!drops_subtree(&brief, mask)).then_some(place)
    }

    /// What is recognised is remembered for what is written only: of what is left
    /// out nothing may be known later.
    fn verdict(&mut self, index: usize) -> Mask {
        let Some(judged) = self.judged.get(index) else { return Mask::default() };
        let pattern = self.texts.pattern(index);
        let mask = judged.opinion.verdict(pattern);
        if let Some(pattern) = pattern.filter(|_| mask.reason == MaskReason::Pattern) {
            self.sticky.add_pattern(judged.text, pattern);
            if judged.is_typed && pattern == Pattern::Card {
                self.sticky.add_card(judged.text.id);
            }
        }
        mask
    }

    /// The map to window space; a window's root *is* that space.
    fn to_window(&self, columns: &Columns, index: usize) -> Affine {
        let geometry = columns.geometry().get(index).filter(|_| !self.regions.is_empty());
        match self.ancestors.last().zip(geometry) {
            Some((parent, geometry)) => parent.to_window.after(geometry.to_parent()),
            None => Affine::IDENTITY,
        }
    }

    fn cover(&self, columns: &Columns, index: usize, brief: Brief, to_window: Affine) -> Cover {
        if self.regions.is_empty() {
            return Cover::default();
        }
        let bounds = columns.geometry().get(index).map(|geometry| geometry.bounds);
        self.regions.cover(index, brief, to_window.map_rect(bounds.unwrap_or_default()))
    }

    fn parent(&self) -> Parent {
        match self.written.last().map(|parent| parent.place) {
            None => Parent::Root,
            Some(Some(place)) => Parent::Node(place),
            Some(None) => Parent::Nowhere,
        }
    }

    fn wire_id(&mut self, privacy: Privacy) -> Option<NodeId> {
        let above = match self.parent() {
            Parent::Root => NodeId::default(),
            Parent::Node(place) => place.id,
            Parent::Nowhere => return None,
        };
        let mut roots = 0;
        let nameless = self.written.last_mut().map_or(&mut roots, |parent| &mut parent.nameless);
        self.ids.of(privacy.id, above, nameless)
    }

    fn facts(&self, brief: Brief, privacy: Privacy, cover: Cover) -> Facts {
        let scope = self.ancestors.last().map(|parent| parent.scope).unwrap_or_default();
        let sticky = self.sticky.floor(privacy.id);
        let mut facts = Facts { brief, privacy, sticky, scope, cover };
        if self.sticky.is_full() && facts.is_typed() {
            facts.sticky = facts.sticky.or(Some(MaskReason::Secure));
        }
        facts
    }

    /// Copies strings and lines of the row; a name that several nodes have is copied
    /// once.
    fn take_along(&mut self, from: &Columns, row: &mut Row, into: &mut Columns) {
        let names = &mut row.semantics;
        names.class_chain = self.copy_name(from, names.class_chain, into);
        names.controller = self.copy_name(from, names.controller, into);
        names.identifier = self.copy_identifier(from, names.identifier, into);
        row.text.font = self.copy_name(from, row.text.font, into);
        row.lines = match row.lines.len {
            0 => LineRange::default(),
            _ => into.copy_lines(from, row.lines),
        };
    }

    /// An identifier may be made of what it stands for.
    fn copy_identifier(&mut self, from: &Columns, name: StrId, into: &mut Columns) -> StrId {
        if let Some(known) = self.identifiers.get(name.0 as usize).copied().flatten() {
            return known;
        }
        let copied = match words::is_private(from.strings.get(name)) {
            true => StrId::NONE,
            false => self.copy_name(from, name, into),
        };
        if let Some(known) = self.identifiers.get_mut(name.0 as usize) {
            *known = Some(copied);
        }
        copied
    }

    fn copy_name(&mut self, from: &Columns, name: StrId, into: &mut Columns) -> StrId {
        let Some(known) = self.strings.get_mut(name.0 as usize) else { return StrId::NONE };
        if known.is_none() {
            *known = into.copy_string(from, name);
        }
        *known
    }

    /// Gives the window of a root its new root, in the order of the roots.
    fn remember_window(
        &self,
        raw: &RawSnapshot<'_>,
        index: usize,
        place: Place,
        out: &mut Snapshot,
    ) {
        if !self.written.is_empty() {
            return;
        }
        let windows = raw.columns.windows.iter().filter(|window| window.root as usize == index);
        for window in windows {
            out.columns_mut()
                .windows
                .push(viewreel_model::columns::Window { root: place.index, ..*window });
        }
    }
}
