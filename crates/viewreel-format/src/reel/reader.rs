//! Reading a reel that is at hand as a whole.

use super::list::{SegmentEntry, SegmentList};
use super::manifest::{Listing, Manifest};
use super::scan::scan;
use super::trailer::Trailer;
use super::{HEADER_BYTES, MAGIC, UNIT_BYTES, VERSION};
use crate::bytes::Reader;
use crate::error::{FormatError, Place};
use crate::segment::reader::SealedSegment;

/// A reel whose manifest was read or, where that is damaged, made anew of the
/// segments that a scan found.
#[derive(Debug)]
pub struct Reel<'a> {
    bytes: &'a [u8],
    manifest: Manifest,
    segments: SegmentList,
    damage: Option<FormatError>,
    lost: Vec<(u64, FormatError)>,
}

impl<'a> Reel<'a> {
    /// Reads manifest and pages. Segments are read when they are asked for. O(size
    /// of the manifest); with a damaged one O(bytes).
    ///
    /// # Errors
    /// Where the bytes do not begin like a reel of version 1.
    pub fn open(bytes: &'a [u8]) -> Result<Self, FormatError> {
        let start = read_header(bytes)?;
        Ok(match read_manifest(bytes) {
            Ok((manifest, segments)) => {
                Self { bytes, manifest, segments, damage: None, lost: Vec::new() }
            }
            Err(error) => Self::scanned(bytes, start, error),
        })
    }

    fn scanned(bytes: &'a [u8], start: usize, error: FormatError) -> Self {
        let found = scan(bytes, start);
        let segments = found.list.clone();
        let manifest = Manifest::of(found.index, found.list);
        Self { bytes, manifest, segments, damage: Some(error), lost: found.lost }
    }

    /// What the reel holds.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// All its segments, those of all pages.
    #[must_use]
    pub fn segments(&self) -> &SegmentList {
        &self.segments
    }

    /// Index of the segment that plays at a replay time. O(log n).
    #[must_use]
    pub fn find(&self, time_ms: u64) -> Option<usize> {
        self.segments.find(time_ms)
    }

    /// What is wrong with trailer, manifest or a page, where the segments were
    /// found by scanning instead.
    #[must_use]
    pub fn damage(&self) -> Option<FormatError> {
        self.damage
    }

    /// Offsets of bytes that a scan could not read, and why. Empty where the
    /// manifest is good: then [`Reel::segment`] tells of damage.
    #[must_use]
    pub fn lost(&self) -> &[(u64, FormatError)] {
        &self.lost
    }

    /// Reads segment `index`. O(its bytes).
    ///
    /// # Errors
    /// Where it is damaged, or there is none.
    pub fn segment(&self, index: usize) -> Result<SealedSegment<'a>, FormatError> {
        let what = "a segment of the reel";
        let missing = FormatError::Expected { place: Place::stored(0), what };
        self.segments.entries().get(index).ok_or(missing)?.read(self.bytes)
    }
}

impl SegmentEntry {
    /// Reads the segment out of the whole file.
    fn read<'a>(&self, file: &'a [u8]) -> Result<SealedSegment<'a>, FormatError> {
        let start = usize::try_from(self.offset).unwrap_or(usize::MAX);
        let end = usize::try_from(self.offset.saturating_add(self.len)).unwrap_or(usize::MAX);
        self.parse(file.get(start..end).unwrap_or_default())
    }

    /// Reads the segment out of its range of the file.
    ///
    /// # Errors
    /// Where it is damaged or another one than the manifest says. Places count
    /// from its start.
    pub fn parse<'a>(&self, range: &'a [u8]) -> Result<SealedSegment<'a>, FormatError> {
        let segment = SealedSegment::parse_first(range)?;
        let padding = range.get(segment.bytes().len()..).unwrap_or_default();
        let expected = |at, what| FormatError::Expected { place: Place::stored(at), what };
        if padding.len() as u64 >= UNIT_BYTES || padding.iter().any(|&byte| byte != 0) {
            return Err(expected(segment.bytes().len(), "padding"));
        }
        let header = segment.header();
        match (header.run, header.seq) == (self.run, self.seq) {
            true => Ok(segment),
            false => Err(expected(0, "the segment that the manifest names")),
        }
    }
}

/// Where segments may begin.
fn read_header(bytes: &[u8]) -> Result<usize, FormatError> {
    let mut from = Reader::new(bytes);
    from.map("the magic number VRRL", Reader::array, |magic| (magic == *MAGIC).then_some(()))?;
    let place = from.place();
    match from.u16("a format version")? {
        VERSION => {
            let long_enough = |n: u16| (usize::from(n) >= HEADER_BYTES).then_some(usize::from(n));
            from.map("the length of the header", Reader::u16, long_enough)
        }
        version => Err(FormatError::UnknownVersion { place, version }),
    }
}

fn read_manifest(bytes: &[u8]) -> Result<(Manifest, SegmentList), FormatError> {
    let trailer = Trailer::parse(bytes)?;
    let end = bytes.len().saturating_sub(Trailer::BYTES);
    let lost = FormatError::Expected { place: Place::stored(end), what: "a trailer" };
    let manifest = Manifest::parse(trailer.manifest_of(bytes).ok_or(lost)?, &trailer)?;
    let segments = match &manifest.listing {
        Listing::Segments(list) => list.clone(),
        Listing::Pages(_) => read_pages(bytes, &manifest)?,
    };
    Ok((manifest, segments))
}

fn read_pages(bytes: &[u8], manifest: &Manifest) -> Result<SegmentList, FormatError> {
    let mut all = SegmentList { end_ms: manifest.length_ms(), ..SegmentList::default() };
    let Listing::Pages(pages) = &manifest.listing else { return Ok(all) };
    for page in pages {
        let at = usize::try_from(page.offset).unwrap_or(usize::MAX);
        let len = usize::try_from(page.len).unwrap_or(usize::MAX);
        let stored = bytes.get(at..at.saturating_add(len)).unwrap_or_default();
        all.entries.extend(page.parse(stored, &manifest.runs)?.entries);
    }
    Ok(all)
}
