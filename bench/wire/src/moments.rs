//! A session after masking: what every encoder of this benchmark is given.

use crate::session::Session;
use viewreel_capture::{CaptureBuffer, CaptureDecoder, Said};
use viewreel_mask::Masker;
use viewreel_model::record::Touch;
use viewreel_model::{MaskLevel, Snapshot};
use viewreel_recorder::{Content, PictureKey};
use viewreel_text::Inter;

/// The level of all tables: texts are kept, so that they are on the wire.
pub(crate) const LEVEL: MaskLevel = MaskLevel::Light;

/// One thing that happened.
pub(crate) enum Moment {
    /// A masked tree that differs from the one before it.
    Tree(Box<Snapshot>),
    Touch(Touch),
    Screen(String),
    Event(String),
}

/// All that happened, with times in milliseconds since the start.
#[derive(Default)]
pub(crate) struct Moments {
    pub(crate) list: Vec<(u64, Moment)>,
    /// Captures, those in which nothing had changed included.
    pub(crate) captures: usize,
    nodes: usize,
}

impl Moments {
    /// Masks a session as the recorder does.
    pub(crate) fn of(session: &Session) -> Self {
        let (mut decoder, mut masker) = (CaptureDecoder::new(), Masker::new(LEVEL));
        let mut content = Content::new(Box::new(Inter), PictureKey::default());
        let (mut moments, mut last) = (Self::default(), Snapshot::default());
        let mut before: Option<&CaptureBuffer> = None;
        for (at_ms, said) in &session.said {
            let moment = match said {
                Said::Capture(buffer) if is_same(before, buffer) => {
                    moments.count(&last);
                    None
                }
                Said::Capture(buffer) => {
                    before = Some(buffer);
                    let raw = decoder.decode(buffer).expect("captures are whole");
                    let mut tree = Snapshot::default();
                    masker.mask(&raw, &Snapshot::default(), &mut content, &mut tree);
                    moments.count(&tree);
                    (tree != last).then(|| Moment::Tree(Box::new(remember(&mut last, tree))))
                }
                Said::Touch { view, touch } => {
                    masker.mask_touch(&last, *view, *touch).map(Moment::Touch)
                }
                Said::Screen(name) => Some(Moment::Screen(name.clone())),
                Said::Event(name) => Some(Moment::Event(name.clone())),
                _ => None,
            };
            moments.list.extend(moment.map(|moment| (*at_ms, moment)));
        }
        moments
    }

    /// Views in a capture, in the mean.
    pub(crate) fn mean_nodes(&self) -> usize {
        (self.nodes + self.captures / 2) / self.captures.max(1)
    }

    /// The trees that differ from the one before them.
    pub(crate) fn trees(&self) -> impl Iterator<Item = (u64, &Snapshot)> {
        self.list.iter().filter_map(|(at_ms, moment)| match moment {
            Moment::Tree(tree) => Some((*at_ms, tree.as_ref())),
            _ => None,
        })
    }

    fn count(&mut self, tree: &Snapshot) {
        self.captures += 1;
        self.nodes += tree.len();
    }
}

/// Whether a capture says what the one before it said. Then it masks to the
/// same tree.
fn is_same(before: Option<&CaptureBuffer>, buffer: &CaptureBuffer) -> bool {
    let new = buffer.rows();
    before.map(CaptureBuffer::rows).is_some_and(|old| {
        old.heap == new.heap
            && old.nodes == new.nodes
            && old.windows == new.windows
            && old.regions == new.regions
    })
}

fn remember(last: &mut Snapshot, tree: Snapshot) -> Snapshot {
    last.clone_from(&tree);
    tree
}
