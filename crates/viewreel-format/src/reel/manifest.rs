//! What a reel holds: which segments, where, and when they play.

use super::HEADER_BYTES;
use super::activity::Activity;
use super::index::Index;
use super::list::{Base, Rows, SegmentList};
use super::pages::{self, PageEntry};
use super::pieces::{Pieces, inflate};
use super::runs::{self, RunAnchor};
use super::screens::Screens;
use super::trailer::Trailer;
use crate::bytes::Reader;
use crate::error::{FormatError, Place};
use crate::limits::{MAX_ID_BYTES, MAX_LIST_SEGMENTS};
use crate::segment::header::ReplayId;

mod kind {
    pub(super) const HEAD: u8 = 1;
    pub(super) const RUNS: u8 = 2;
    pub(super) const SEGMENTS: u8 = 3;
    pub(super) const PAGES: u8 = 4;
    pub(super) const ACTIVITY: u8 = 5;
    pub(super) const SCREENS: u8 = 6;
}

/// The segments of a reel, or where to read of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing {
    /// All of them.
    Segments(SegmentList),
    /// Of a very long reel: pages, each to be read with [`PageEntry::parse`].
    Pages(Vec<PageEntry>),
}

/// What a reel holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Whose it is; both ids are empty where there is no segment.
    pub replay: ReplayId,
    /// The phone's wall clock at replay time 0, milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// The recording processes, in playing order.
    pub runs: Vec<RunAnchor>,
    /// The segments.
    pub listing: Listing,
    /// How much happens when.
    pub activity: Activity,
    /// Which screen is up when.
    pub screens: Screens,
}

impl Manifest {
    /// Reads the manifest that `trailer` speaks of, whose bytes are `stored`.
    /// Takes at most 2 MiB, whatever the bytes are.
    ///
    /// # Errors
    /// Where it is damaged.
    pub fn parse(stored: &[u8], trailer: &Trailer) -> Result<Self, FormatError> {
        let at = usize::try_from(trailer.manifest_at).unwrap_or(usize::MAX);
        let is_whole = stored.len() == trailer.manifest_len as usize;
        match is_whole && crc32fast::hash(stored) == trailer.crc {
            true => Parts::read(&inflate(stored, at)?, trailer.manifest_at)?.manifest(),
            false => Err(FormatError::Checksum { place: Place::stored(at), of: "manifest" }),
        }
    }

    /// Index of the segment that plays at a replay time, among all or, of a reel
    /// with pages, the index of its page. `None` where there is none. O(log n).
    #[must_use]
    pub fn find(&self, time_ms: u64) -> Option<usize> {
        match &self.listing {
            Listing::Segments(list) => list.find(time_ms),
            Listing::Pages(pages) => {
                let after = pages.partition_point(|page| page.start_ms <= time_ms);
                (!pages.is_empty()).then(|| after.saturating_sub(1))
            }
        }
    }

    /// Length of the replay, in milliseconds.
    #[must_use]
    pub fn length_ms(&self) -> u64 {
        match &self.listing {
            Listing::Segments(list) => list.end_ms(),
            Listing::Pages(pages) => pages.last().map_or(0, |page| page.end_ms),
        }
    }

    /// What was collected of segments that lie where `list` says.
    pub(crate) fn of(index: Index, list: SegmentList) -> Self {
        Self {
            wall_ms: index.wall_ms(),
            replay: index.replay.unwrap_or_default(),
            runs: index.runs,
            listing: Listing::Segments(list),
            activity: index.activity.finish(),
            screens: index.screens.finish(),
        }
    }
}

/// The pages and the manifest of what was collected.
pub(crate) fn write(index: Index) -> (Vec<Vec<u8>>, Vec<u8>) {
    let mut out = Pieces::default();
    out.section(kind::HEAD, head(&index));
    out.section(kind::RUNS, runs::write(&index.runs, index.wall_ms()));
    let pages = write_listing(&mut out, &index.list);
    out.section(kind::ACTIVITY, index.activity.finish().write());
    out.section(kind::SCREENS, index.screens.finish().write());
    (pages, out.deflate())
}

fn head(index: &Index) -> Pieces {
    let replay = index.replay.clone().unwrap_or_default();
    let mut body = Pieces::default();
    body.add(|out| {
        out.text(&replay.device_id);
        out.text(&replay.session_id);
        out.sv(index.wall_ms());
        out.count(HEADER_BYTES);
    });
    body
}

fn write_listing(out: &mut Pieces, list: &Rows) -> Vec<Vec<u8>> {
    if list.rows.len() <= MAX_LIST_SEGMENTS {
        out.section(kind::SEGMENTS, list.write(0));
        return Vec::new();
    }
    let (stored, body) = pages::write(&pages::cut(list));
    out.section(kind::PAGES, body);
    stored
}

/// A manifest while it is read.
#[derive(Default)]
struct Parts {
    manifest_at: u64,
    head: Option<Head>,
    runs: Option<Vec<RunAnchor>>,
    listing: Option<Listing>,
    activity: Option<Activity>,
    screens: Option<Screens>,
}

struct Head {
    replay: ReplayId,
    wall_ms: i64,
    segments_at: u64,
}

impl Parts {
    fn read(sections: &[u8], manifest_at: u64) -> Result<Self, FormatError> {
        let mut parts = Self { manifest_at, ..Self::default() };
        let mut from = Reader::new(sections);
        while !from.is_at_end() {
            let start = from.offset();
            let kind = from.u8("a section")?;
            let length = from.count("the length of a section", usize::MAX)?;
            let mut body = from.part(length, "a section")?;
            let is_new = parts.read_section(kind, &mut body)?;
            if !is_new {
                return Err(from.expected_at(start, "a section in its place"));
            }
        }
        Ok(parts)
    }

    /// Whether the section may stand where it stands.
    fn read_section(&mut self, kind: u8, body: &mut Reader<'_>) -> Result<bool, FormatError> {
        Ok(match kind {
            kind::HEAD => put(&mut self.head, Head::read(body, self.manifest_at)?),
            kind::RUNS => match &self.head {
                Some(head) => put(&mut self.runs, runs::read(body, head.wall_ms)?),
                None => false,
            },
            kind::SEGMENTS | kind::PAGES => self.read_listing(kind, body)?,
            kind::ACTIVITY => put(&mut self.activity, Activity::read(body)?),
            kind::SCREENS => put(&mut self.screens, Screens::read(body)?),
            _ => true,
        })
    }

    fn read_listing(&mut self, kind: u8, body: &mut Reader<'_>) -> Result<bool, FormatError> {
        let (Some(head), Some(runs)) = (&self.head, &self.runs) else { return Ok(false) };
        let (offset, end) = (head.segments_at, self.manifest_at);
        let listing = match kind {
            kind::PAGES => Listing::Pages(pages::read(body, offset, end)?),
            _ => {
                let base = Base { offset, start: 0 };
                let rows = Rows::read(body, base, runs.len(), end.saturating_sub(offset))?;
                Listing::Segments(rows.resolve(base, runs))
            }
        };
        Ok(put(&mut self.listing, listing))
    }

    fn manifest(self) -> Result<Manifest, FormatError> {
        let what = "a manifest with head, runs and segments";
        let missing = FormatError::Expected { place: Place::stored(0), what };
        let (Some(head), Some(runs), Some(listing)) = (self.head, self.runs, self.listing) else {
            return Err(missing);
        };
        Ok(Manifest {
            replay: head.replay,
            wall_ms: head.wall_ms,
            runs,
            listing,
            activity: self.activity.unwrap_or_default(),
            screens: self.screens.unwrap_or_default(),
        })
    }
}

/// Whether nothing was there before.
fn put<T>(slot: &mut Option<T>, value: T) -> bool {
    slot.replace(value).is_none()
}

impl Head {
    fn read(from: &mut Reader<'_>, manifest_at: u64) -> Result<Self, FormatError> {
        let start = from.offset();
        let device_id = from.text("a device id", MAX_ID_BYTES)?;
        let session_id = from.text("a session id", MAX_ID_BYTES)?;
        let is_empty = device_id.is_empty() && session_id.is_empty();
        let replay = ReplayId::new(device_id, session_id).or(is_empty.then(ReplayId::default));
        let what = "ids of allowed characters";
        let replay = replay.ok_or(from.expected_at(start, what))?;
        let wall_ms = from.sv("a wall clock")?;
        let inside = HEADER_BYTES as u64..=manifest_at;
        let known = |at| inside.contains(&at).then_some(at);
        let segments_at = from.map("the offset of the first segment", Reader::uv, known)?;
        Ok(Self { replay, wall_ms, segments_at })
    }
}
