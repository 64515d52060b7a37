//! The one masking pass.

use viewreel_model::columns::Window;
use viewreel_model::geometry::snap_to_point;
use viewreel_model::limits::MAX_LINES;
use viewreel_model::node::{Image, Mask, Row};
use viewreel_model::raw::{Brief, Privacy};
use viewreel_model::{
    Affine, MaskAction, MaskLevel, MaskReason, NodeId, Override, Point, RawSnapshot, Snapshot,
    StrId,
};

use crate::contents::Contents;
use crate::draft::{Draft, Entry, Pages};
use crate::ids::{WireIds, mix};
use crate::overrides::Overrides;
use crate::past::{Past, Was};
use crate::pattern::Pattern;
use crate::recognised::RecognisedTexts;
use crate::redact::{drops_subtree, keeps_picture, redact};
use crate::regions::{Cover, Regions};
use crate::retained::{Retained, is_left_out_below};
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
    /// From the bounds space of each of these to its window's; empty where there are no
    /// regions.
    to_windows: Vec<Affine>,
    /// The ancestors of the node that is written, outermost first.
    written: Vec<Written>,
    /// Whether a string that identifies views is private, by its number.
    private: Vec<Option<bool>>,
    draft: Draft,
    /// Of the capture before; while one is written, of that one in `present`.
    pub(crate) past: Past,
    present: Past,
    retained: Retained,
}

impl std::fmt::Debug for Masker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Masker({})", self.level.word())
    }
}

/// What became of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Masked {
    /// The masked tree is the one before it. Nothing was written.
    Same,
    /// It is another one. Of so many nodes that were said to be unchanged below it
    /// is not known what is below them: a placeholder stands in their place.
    Changed {
        /// Such nodes.
        unknown: usize,
    },
    /// A view is in the capture and also below a node that is said to be unchanged.
    /// There is no tree, and the next capture may not leave anything out.
    Contradiction,
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
#[derive(Clone, Copy)]
struct Judged {
    opinion: Opinion,
    /// What it says to everything below it.
    below: Scope,
    /// Which selectors and regions speak of what is below it, as a number.
    heard: u64,
    /// Whether its text can be edited.
    is_typed: bool,
}

/// A node around the one that is written.
struct Written {
    /// Index in the raw tree.
    raw: usize,
    /// Its place in the masked tree, or that of the nearest around it.
    place: Place,
    /// Whether what is below is written.
    is_open: bool,
    /// Nodes below it that have no id of their own.
    nameless: u32,
}

#[derive(Clone, Copy, Default)]
struct Place {
    index: u32,
    id: NodeId,
}

/// What is written of a capture, and from what.
struct Sheet<'a, 'b> {
    raw: &'a dyn RawSnapshot,
    contents: &'a mut dyn Contents,
    pages: Pages<'b>,
    /// Nodes whose subtree is not known.
    unknown: usize,
}

impl Judged {
    /// As what its text is remembered.
    fn text(&self, raw: &dyn RawSnapshot, index: usize) -> Recognised {
        Recognised { id: raw.privacy(index).id, generation: self.below.generation }
    }
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
            to_windows: Vec::new(),
            written: Vec::new(),
            private: Vec::new(),
            draft: Draft::default(),
            past: Past::default(),
            present: Past::default(),
            retained: Retained::default(),
        }
    }

    /// The level in force.
    #[must_use]
    pub const fn level(&self) -> MaskLevel {
        self.level
    }

    /// Changes the level from the next capture on.
    pub fn set_level(&mut self, level: MaskLevel) {
        self.level = level;
        self.forget();
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
        self.forget();
    }

    /// The tree that was written last is not the one on the screen: the next capture
    /// is masked without it, and until then no view is known.
    pub fn forget(&mut self) {
        self.past.forget();
    }

    /// Masks `raw`, the capture after the one whose masked tree is `before`, and fills
    /// `out` with it where it is another one. What is said of views that were left out
    /// of the capture is copied from `before`, where everything that was said to
    /// them is said again: levels, overrides, regions, their depth, and what is around
    /// them.
    ///
    /// The windows of `raw` stay, in their order. O(nodes × (1 + regions) + characters).
    pub fn mask(
        &mut self,
        raw: &dyn RawSnapshot,
        before: &Snapshot,
        contents: &mut dyn Contents,
        out: &mut Snapshot,
    ) -> Masked {
        let pages = Pages { before, out };
        let mut sheet = Sheet { raw, contents, pages, unknown: 0 };
        self.begin(&mut sheet);
        self.judge_all(raw);
        self.read_texts(raw);
        for index in 0..self.judged.len() {
            self.write_node(&mut sheet, index);
        }
        self.touches.set_regions(raw);
        self.finish(&mut sheet)
    }

    fn finish(&mut self, sheet: &mut Sheet<'_, '_>) -> Masked {
        let is_same = self.draft.finish(&mut sheet.pages);
        let is_contradiction = self.retained.contradicts(sheet.raw, &self.past);
        std::mem::swap(&mut self.past, &mut self.present);
        match (is_contradiction, is_same) {
            (true, _) => {
                self.forget();
                sheet.pages.out.clear();
                Masked::Contradiction
            }
            (false, true) => Masked::Same,
            (false, false) => Masked::Changed { unknown: sheet.unknown },
        }
    }

    fn begin(&mut self, sheet: &mut Sheet<'_, '_>) {
        let (raw, strings) = (sheet.raw, sheet.raw.strings());
        self.ids.begin();
        self.retained.begin(raw);
        let (retained, past, before) = (&self.retained, &self.past, sheet.pages.before);
        self.regions.begin(raw, |owner, root| retained.holds(past, before, (owner, root)));
        self.overrides.begin(strings);
        self.ancestors.clear();
        self.judged.clear();
        self.to_windows.clear();
        self.written.clear();
        self.private.clear();
        self.private.resize(strings + 1, None);
        self.draft.begin(strings, &mut sheet.pages);
        self.present.begin(raw);
    }

    fn judge_all(&mut self, raw: &dyn RawSnapshot) {
        for index in 0..raw.len() {
            self.judge(raw, index);
        }
    }

    fn judge(&mut self, raw: &dyn RawSnapshot, index: usize) {
        let (brief, privacy) = (raw.brief(index), raw.privacy(index));
        self.sticky.observe(&privacy);
        let parent = raw.parent(index);
        while self.ancestors.last().is_some_and(|last| Some(last.raw) != parent) {
            self.ancestors.pop();
        }
        let depth = self.ancestors.len();
        let said = self.overrides.said(raw, index, depth, privacy.override_action);
        let privacy = Privacy { override_action: said, ..privacy };
        let to_window = self.to_window(raw, index);
        let cover = self.cover(raw, index, brief, to_window);
        let facts = self.facts(brief, privacy, cover);
        let (opinion, below) = (facts.opinion(self.level), facts.scope_below());
        let heard = mix(self.overrides.digest(), self.regions.digest(index));
        self.judged.push(Judged { opinion, below, heard, is_typed: facts.is_typed() });
        if !self.regions.are_none() {
            self.to_windows.push(to_window);
        }
        self.ancestors.push(Ancestor { raw: index, scope: below, to_window });
    }

    fn read_texts(&mut self, raw: &dyn RawSnapshot) {
        let Self { texts, judged, sticky, .. } = self;
        let asks =
            |node| judged.get(node).is_some_and(|node: &Judged| node.opinion.asks != Asks::Nothing);
        let known = |node: usize| sticky.pattern(judged.get(node)?.text(raw, node));
        texts.read(raw, asks, known);
    }

    fn write_node(&mut self, sheet: &mut Sheet<'_, '_>, index: usize) {
        let parent = sheet.raw.parent(index);
        while self.written.last().is_some_and(|last| Some(last.raw) != parent) {
            self.written.pop();
        }
        let privacy = sheet.raw.privacy(index);
        let written = match self.wire_id(privacy) {
            Some(id) => self.write(sheet, index, id, privacy),
            None => self.leave_out(privacy),
        };
        self.written.extend(written.map(|(place, is_open)| Written {
            raw: index,
            place,
            is_open,
            nameless: 0,
        }));
    }

    /// The place of what is around a node that is left out. Of a root there is none;
    /// what is below that is left out, too.
    fn leave_out(&mut self, privacy: Privacy) -> Option<(Place, bool)> {
        let around = self.written.last().map(|parent| parent.place);
        if let Some(place) = around {
            self.present.leave_out(privacy.id, place.index);
        }
        Some((around.unwrap_or_default(), false))
    }

    /// Writes a node; its place, and whether nodes below it are written.
    fn write(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        index: usize,
        id: NodeId,
        privacy: Privacy,
    ) -> Option<(Place, bool)> {
        let (brief, mut mask) = (sheet.raw.brief(index), self.verdict(sheet.raw, index));
        let (is, to_window) = self.was(index, id, privacy, !drops_subtree(&brief, mask))?;
        let is_left_out = is.is_open && is_left_out_below(sheet.raw, index);
        let retained = is_left_out.then(|| {
            let now = (&is, to_window, sheet.raw.regions());
            self.retained.find(&self.past, sheet.pages.before, self.draft.same(), now)
        });
        if retained == Some(None) {
            mask = Mask { action: MaskAction::Replace, reason: MaskReason::Limit };
            sheet.unknown += 1;
        }
        let is = Was { is_open: !drops_subtree(&brief, mask), ..is };
        let row = self.masked_row(sheet, index, &brief, mask)?;
        let parent = self.written.last().map(|parent| parent.place.index);
        let entry = Entry { id, parent, row, raw: sheet.raw };
        let place = Place { index: self.draft.push(&entry, &mut sheet.pages), id };
        self.present.add(is, to_window);
        self.write_windows(sheet, index, place);
        if let Some(range) = retained.flatten() {
            self.present.carry(&self.past, range.clone());
            self.draft.carry(range, &mut sheet.pages);
        }
        Some((place, is.is_open))
    }

    fn was(
        &self,
        index: usize,
        wire: NodeId,
        privacy: Privacy,
        is_open: bool,
    ) -> Option<(Was, Affine)> {
        let Judged { below, heard, .. } = *self.judged.get(index)?;
        let to_window = self.to_windows.get(index).copied().unwrap_or_default();
        let depth = u16::try_from(self.written.len()).unwrap_or(u16::MAX);
        Some((Was { id: privacy.id, wire, depth, below, heard, is_open }, to_window))
    }

    /// The row as it may be known; its lines are in the draft.
    fn masked_row(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        index: usize,
        brief: &Brief,
        mask: Mask,
    ) -> Option<Row> {
        let mut row = sheet.raw.row(index)?;
        redact(&mut row, brief, mask, self.level);
        row.image = match keeps_picture(brief, mask, self.level) {
            true => picture(sheet, index, row.image),
            false => Image::default(),
        };
        if mask.action == MaskAction::Keep && brief.says_something {
            self.lay_out(sheet, index);
        }
        if self.is_private(sheet, row.semantics.identifier) {
            row.semantics.identifier = StrId::NONE;
        }
        Some(row)
    }

    /// Asks for the lines of a text that is kept.
    fn lay_out(&mut self, sheet: &mut Sheet<'_, '_>, index: usize) {
        let origin = sheet.raw.content(index).text.frame.origin;
        let mut left = MAX_LINES.saturating_sub(sheet.pages.out.columns().lines.len());
        let draft = &mut self.draft;
        sheet.contents.lines(&sheet.raw.text_ask(index), &mut |text, at, width| {
            if left > 0 {
                left -= 1;
                let baseline = Point::new(origin.x + at.x, origin.y + at.y).snapped();
                draft.add_line(text, baseline, snap_to_point(width).max(0.0));
            }
        });
    }

    /// An identifier may be made of what it stands for.
    fn is_private(&mut self, sheet: &Sheet<'_, '_>, name: StrId) -> bool {
        let Some(known) = self.private.get_mut(name.0 as usize) else { return true };
        *known.get_or_insert_with(|| words::is_private(sheet.raw.string(name)))
    }

    /// What is recognised is remembered for what is written only: of what is left
    /// out nothing may be known later.
    fn verdict(&mut self, raw: &dyn RawSnapshot, index: usize) -> Mask {
        let Some(judged) = self.judged.get(index) else { return Mask::default() };
        let pattern = self.texts.pattern(index);
        let mask = judged.opinion.verdict(pattern);
        if let Some(pattern) = pattern.filter(|_| mask.reason == MaskReason::Pattern) {
            let text = judged.text(raw, index);
            self.sticky.add_pattern(text, pattern);
            if judged.is_typed && pattern == Pattern::Card {
                self.sticky.add_card(text.id);
            }
        }
        mask
    }

    /// The map to window space; a window's root *is* that space.
    fn to_window(&self, raw: &dyn RawSnapshot, index: usize) -> Affine {
        match self.ancestors.last().filter(|_| !self.regions.are_none()) {
            Some(parent) => parent.to_window.after(raw.geometry(index).to_parent()),
            None => Affine::IDENTITY,
        }
    }

    fn cover(&self, raw: &dyn RawSnapshot, index: usize, brief: Brief, to_window: Affine) -> Cover {
        if self.regions.is_empty() {
            return Cover::default();
        }
        self.regions.cover(index, brief, to_window.map_rect(raw.geometry(index).bounds))
    }

    fn wire_id(&mut self, privacy: Privacy) -> Option<NodeId> {
        let (above, mut roots) = (NodeId::default(), 0);
        let (above, nameless) = match self.written.last_mut() {
            None => (above, &mut roots),
            Some(parent) if parent.is_open => (parent.place.id, &mut parent.nameless),
            Some(_) => return None,
        };
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

    /// Gives the windows of a root their new root, in the order of the roots.
    fn write_windows(&mut self, sheet: &mut Sheet<'_, '_>, index: usize, place: Place) {
        if !self.written.is_empty() {
            return;
        }
        for window in sheet.raw.windows() {
            if window.root as usize == index {
                let window = Window { root: place.index, ..*window };
                self.draft.push_window(window, &mut sheet.pages);
            }
        }
    }
}

/// The picture of a node that is shown.
fn picture(sheet: &mut Sheet<'_, '_>, index: usize, image: Image) -> Image {
    let (handle, average) = sheet.contents.picture(&sheet.raw.content(index).picture);
    Image { handle, average, ..image }.snapped()
}
