//! The second level of a manifest: pages of segments.

use super::list::{Base, Rows, SegmentList};
use super::pieces::{Pieces, inflate};
use super::runs::RunAnchor;
use super::{TICK_MS, UNIT_BYTES, column};
use crate::bytes::Reader;
use crate::error::{FormatError, Place};
use crate::limits::{MAX_LIST_SEGMENTS, MAX_MANIFEST_BYTES, MAX_REEL_SEGMENTS, MAX_REPLAY_MS};

/// Most pages of a reel.
const MAX_PAGES: usize = MAX_REEL_SEGMENTS / MAX_LIST_SEGMENTS;

/// A page: where its list lies and what it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageEntry {
    /// Offset of the page in the file, in bytes.
    pub offset: u64,
    /// Length of the page in the file, in bytes.
    pub len: u64,
    /// CRC-32 of the page.
    pub crc: u32,
    /// Number of segments.
    pub segments: u32,
    /// Number of segments in the pages before it.
    pub first: usize,
    /// Offset of its first segment, in bytes.
    pub segments_at: u64,
    /// Length of all its segments, in bytes.
    pub segments_len: u64,
    /// Replay time of its start, in milliseconds.
    pub start_ms: u64,
    /// Replay time of its end, in milliseconds.
    pub end_ms: u64,
}

impl PageEntry {
    /// Reads the page, whose bytes are `stored`; `runs` are those of the manifest.
    ///
    /// # Errors
    /// Where it is damaged or says something else than the manifest.
    pub fn parse(&self, stored: &[u8], runs: &[RunAnchor]) -> Result<SegmentList, FormatError> {
        let at = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let place = Place::stored(at);
        if crc32fast::hash(stored) != self.crc {
            return Err(FormatError::Checksum { place, of: "page" });
        }
        let body = inflate(stored, at)?;
        let base = Base { offset: self.segments_at, start: self.start_ms / TICK_MS };
        let rows = Rows::read(&mut Reader::new(&body), base, runs.len(), self.segments_len)?;
        let is_as_said = rows.rows.len() == self.segments as usize
            && rows.units() * UNIT_BYTES == self.segments_len
            && rows.end * TICK_MS == self.end_ms;
        let error = FormatError::Expected { place, what: "a page as the manifest says" };
        is_as_said.then(|| rows.resolve(base, runs)).ok_or(error)
    }
}

/// Cuts a list into pages.
pub(crate) fn cut(list: &Rows) -> Vec<Rows> {
    let chunks: Vec<_> = list.rows.chunks(MAX_LIST_SEGMENTS).collect();
    let nexts = chunks.iter().skip(1).filter_map(|chunk| chunk.first()).map(|row| row.start);
    let ends = nexts.chain([list.end]);
    chunks.iter().zip(ends).map(|(rows, end)| Rows { rows: rows.to_vec(), end }).collect()
}

/// The pages as they are stored, and the section that tells of them.
pub(crate) fn write(pages: &[Rows]) -> (Vec<Vec<u8>>, Pieces) {
    let stored: Vec<Vec<u8>> = pages.iter().map(|page| page.write(start(page)).deflate()).collect();
    let mut body = Pieces::default();
    body.add(|out| out.count(pages.len()));
    body.column(&pages.iter().map(|page| page.rows.len() as u64).collect::<Vec<_>>());
    body.column(&pages.iter().map(Rows::units).collect::<Vec<_>>());
    body.column(&pages.iter().map(|page| page.end - start(page)).collect::<Vec<_>>());
    body.column(&stored.iter().map(|page| page.len() as u64).collect::<Vec<_>>());
    body.add(|out| stored.iter().for_each(|page| out.u32(crc32fast::hash(page))));
    (stored, body)
}

fn start(page: &Rows) -> u64 {
    page.rows.first().map_or(0, |row| row.start)
}

/// Reads the section of a manifest that lies at `manifest_at`; the first segment
/// lies at `segments_at`.
pub(crate) fn read(
    from: &mut Reader<'_>,
    segments_at: u64,
    manifest_at: u64,
) -> Result<Vec<PageEntry>, FormatError> {
    let count = from.count("pages", MAX_PAGES)?;
    let segments = column::read(from, count, MAX_LIST_SEGMENTS as u64, "a number of segments")?;
    let units = column::read(from, count, manifest_at / UNIT_BYTES, "the length of segments")?;
    let ticks = column::read(from, count, MAX_REPLAY_MS / TICK_MS, "the span of a page")?;
    let lens = column::read(from, count, MAX_MANIFEST_BYTES as u64, "the length of a page")?;
    let pages_len: u64 = lens.iter().sum();
    let offset = manifest_at.checked_sub(pages_len).ok_or(from.expected("pages in the file"))?;
    let mut next = Next { offset, first: 0, segments_at, tick: 0 };
    let columns = segments.into_iter().zip(units).zip(ticks.into_iter().zip(lens));
    let pages = columns.map(|((segments, units), (ticks, len))| {
        next.page(segments as u32, units, ticks, len, from.u32("the checksum of a page")?)
            .ok_or(from.expected("times of pages within 53 bits"))
    });
    let pages: Vec<PageEntry> = pages.collect::<Result<_, _>>()?;
    let is_inside = next.segments_at <= offset;
    is_inside.then_some(pages).ok_or(from.expected("segments before the pages"))
}

/// Where the next page begins.
struct Next {
    offset: u64,
    first: usize,
    segments_at: u64,
    tick: u64,
}

impl Next {
    /// `None` where its end is no replay time.
    fn page(
        &mut self,
        segments: u32,
        units: u64,
        ticks: u64,
        len: u64,
        crc: u32,
    ) -> Option<PageEntry> {
        let segments_len = units * UNIT_BYTES;
        let end = self.tick.checked_add(ticks).filter(|end| *end <= MAX_REPLAY_MS / TICK_MS)?;
        let page = PageEntry {
            offset: self.offset,
            len,
            crc,
            segments,
            first: self.first,
            segments_at: self.segments_at,
            segments_len,
            start_ms: self.tick * TICK_MS,
            end_ms: end * TICK_MS,
        };
        self.offset += len;
        self.first += segments as usize;
        self.segments_at = self.segments_at.checked_add(segments_len)?;
        self.tick = end;
        Some(page)
    }
}
