//! The pictures that are kept.

use super::key::PictureKey;
use std::collections::{HashMap, HashSet};
use viewreel_capture::{PictureAnswer, Platform};
use viewreel_format::limits::MAX_IMAGE_BYTES;
use viewreel_format::{PictureError, PictureHead};
use viewreel_model::content::{EncodedPicture, Picture, PictureAsk, PictureObject, RawPicture};
use viewreel_model::node::{Color, ImageHandle};
use viewreel_model::{BoundPicture, ImageBinding, ImageId, LeftOut, Snapshot};

/// Most pictures that are known at a time; further ones are not shown.
const MAX_PICTURES: usize = 2_048;

/// Most bytes of pictures of one replay; further ones are left out.
pub const MAX_SESSION_PICTURE_BYTES: usize = 10_000_000;

/// Most bytes of pictures that are held in memory while nothing may be on disk; what
/// is more is asked for again later.
const MAX_HELD_BYTES: usize = 1 << 20;

/// Longest side that is asked for before anybody said another, in pixels.
const LONGEST_PX: u32 = 640;

/// Pictures by the objects that the app has of them. A picture has a number from
/// when it is kept first on, so that no number tells of one that is masked.
pub(super) struct Pictures {
    key: PictureKey,
    pub(super) longest_px: u32,
    known: HashMap<PictureObject, Known>,
    given: u32,
    capture: u64,
    /// What was learnt since it was told last.
    fresh: Vec<ImageBinding>,
    /// What is not on disk yet.
    held: Vec<(ImageId, Vec<u8>)>,
    /// Pictures of the replay, and their bytes.
    counted: HashSet<ImageId>,
    session_bytes: usize,
    /// Whether something is asked for again.
    pub(super) is_missing: bool,
}

/// What is known of a picture.
struct Known {
    handle: ImageHandle,
    average: Color,
    state: State,
    picture: Option<BoundPicture>,
    /// The capture that showed it last.
    seen: u64,
}

/// What the platform said of its pixels.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing yet.
    Asked,
    /// There was no room for them.
    Deferred,
    Answered,
}

impl Pictures {
    pub(super) fn new(key: PictureKey) -> Self {
        Self {
            key,
            longest_px: LONGEST_PX,
            known: HashMap::new(),
            given: 0,
            capture: 0,
            fresh: Vec::new(),
            held: Vec::new(),
            counted: HashSet::new(),
            session_bytes: 0,
            is_missing: false,
        }
    }

    /// The next capture is masked.
    pub(super) fn begin(&mut self) {
        self.capture += 1;
    }

    /// Another replay begins.
    pub(super) fn begin_replay(&mut self) {
        self.session_bytes = 0;
        self.counted.clear();
    }

    /// Nothing that was shown is shown any more. Numbers are not given again.
    pub(super) fn forget(&mut self) {
        self.known.clear();
        self.fresh.clear();
        self.held.clear();
    }

    /// The server does not have these: where they are shown, they are asked for again.
    pub(super) fn want_again(&mut self, missing: &[ImageId]) {
        let is_missing = |known: &Known| matches!(known.picture, Some(BoundPicture::Known { id, .. }) if missing.contains(&id));
        let again = self.known.values_mut().filter(|known| is_missing(known));
        again.for_each(|known| known.state = State::Asked);
        self.is_missing |= !missing.is_empty();
    }

    /// What was learnt since the last time.
    pub(super) fn take_fresh(&mut self) -> Vec<ImageBinding> {
        std::mem::take(&mut self.fresh)
    }

    /// Takes the pictures that are not on disk, where they may be; those for which
    /// there was no room are asked for again.
    pub(super) fn take_held(&mut self) -> Vec<(ImageId, Vec<u8>)> {
        let deferred = self.known.values_mut().filter(|known| known.state == State::Deferred);
        for known in deferred {
            known.state = State::Asked;
            self.is_missing = true;
        }
        std::mem::take(&mut self.held)
    }

    /// What is known of the pictures in a tree, each once. O(nodes + pictures).
    pub(super) fn of_tree(&self, tree: &Snapshot) -> Vec<ImageBinding> {
        let mut shown: Vec<_> = tree.columns().images().iter().map(|image| image.handle).collect();
        shown.sort_unstable_by_key(|handle| handle.0);
        let bindings = self.known.values().filter_map(|known| {
            let is_shown = shown.binary_search_by_key(&known.handle.0, |handle| handle.0).is_ok();
            let picture = known.picture.filter(|_| is_shown)?;
            Some(ImageBinding { handle: known.handle, picture })
        });
        let mut bindings: Vec<_> = bindings.collect();
        bindings.sort_unstable_by_key(|binding| binding.handle.0);
        bindings
    }

    /// Under which handle the picture is told, and its average colour.
    pub(super) fn shown(
        &mut self,
        picture: &RawPicture,
        platform: &mut dyn Platform,
    ) -> (ImageHandle, Color) {
        let (object, capture) = (picture.object, self.capture);
        let Some(known) = self.known(object) else { return Default::default() };
        known.seen = capture;
        if known.state == State::Asked {
            let ask = PictureAsk { picture: *picture, longest_px: self.longest_px };
            self.take(object, platform.picture(&ask));
        }
        self.known.get(&object).map(|known| (known.handle, known.average)).unwrap_or_default()
    }

    fn known(&mut self, object: PictureObject) -> Option<&mut Known> {
        if !self.known.contains_key(&object) {
            self.make_room();
            let has_room = self.known.len() < MAX_PICTURES;
            let handle = ImageHandle(self.given.checked_add(1).filter(|_| has_room)?);
            self.given = handle.0;
            let (average, seen) = (Color::CLEAR, self.capture);
            let new = Known { handle, average, state: State::Asked, picture: None, seen };
            self.known.insert(object, new);
        }
        self.known.get_mut(&object)
    }

    /// What is not on the screen any more goes, where there is too much.
    fn make_room(&mut self) {
        if self.known.len() >= MAX_PICTURES {
            let latest = self.capture;
            self.known.retain(|_, known| known.seen + 1 >= latest);
        }
    }

    fn take(&mut self, object: PictureObject, answer: PictureAnswer) {
        let (picture, encoded) = match answer {
            PictureAnswer::Later => {
                self.is_missing = true;
                return;
            }
            PictureAnswer::Ready(Picture { average, encoded }) => (Some(average), encoded),
            PictureAnswer::Unreadable => (None, Some(EncodedPicture::default())),
        };
        let bound = encoded.map(|encoded| self.bind(encoded));
        let Some(known) = self.known.get_mut(&object) else { return };
        known.average = picture.unwrap_or(known.average);
        known.state = if bound == Some(None) { State::Deferred } else { State::Answered };
        let bound = bound.flatten().filter(|bound| known.picture != Some(*bound));
        if let Some(picture) = bound {
            known.picture = Some(picture);
            self.fresh.push(ImageBinding { handle: known.handle, picture });
        }
    }

    /// What becomes of an encoded picture; `None` where there is no room for it now.
    fn bind(&mut self, encoded: EncodedPicture) -> Option<BoundPicture> {
        let EncodedPicture { width_px, height_px, bytes } = encoded;
        let id = self.key.name(bytes.get(..MAX_IMAGE_BYTES).unwrap_or(&bytes));
        if let Some(why) = self.why_not(id, &bytes) {
            return Some(BoundPicture::LeftOut(why));
        }
        let held: usize = self.held.iter().map(|(_, bytes)| bytes.len()).sum();
        if held + bytes.len() > MAX_HELD_BYTES {
            return None;
        }
        if self.counted.insert(id) {
            self.session_bytes += bytes.len();
        }
        self.held.push((id, bytes));
        Some(BoundPicture::Known { id, width_px, height_px })
    }

    fn why_not(&self, id: ImageId, bytes: &[u8]) -> Option<LeftOut> {
        let bytes_after = self.session_bytes + bytes.len();
        let is_over = bytes_after > MAX_SESSION_PICTURE_BYTES && !self.counted.contains(&id);
        match PictureHead::read(bytes) {
            _ if bytes.len() > MAX_IMAGE_BYTES => Some(LeftOut::TooLarge),
            Err(PictureError::TooManyPixels | PictureError::TooLong) => Some(LeftOut::TooLarge),
            Err(PictureError::Unknown | PictureError::NoSize) => Some(LeftOut::Unreadable),
            Ok(_) => is_over.then_some(LeftOut::OverLimit),
        }
    }
}
