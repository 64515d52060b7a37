//! How the edge of a view is cut, as a look has it.

use super::bits;
use crate::bytes::{Reader, Writer, points, units};
use crate::error::FormatError;
use viewreel_model::node::Geometry;

const CLIPS: u8 = 1;
const CONTINUOUS: u8 = 1 << 1;

/// How the edge of a view is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    flags: u8,
    /// In units of 1/32 pt.
    radii: [i64; 4],
}

impl Shape {
    pub(crate) fn of(geometry: &Geometry) -> Self {
        let flags = [(geometry.clips, CLIPS), (geometry.continuous_corners, CONTINUOUS)];
        Self { flags: bits(flags), radii: geometry.corner_radii.map(units) }
    }

    pub(crate) fn put_into(self, geometry: &mut Geometry) {
        geometry.clips = self.flags & CLIPS != 0;
        geometry.continuous_corners = self.flags & CONTINUOUS != 0;
        geometry.corner_radii = self.radii.map(points);
    }

    pub(crate) fn write(self, out: &mut Writer) {
        out.u8(self.flags);
        out.lens(self.radii.map(points));
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let flags = from.bits("shape flags", CLIPS | CONTINUOUS)?;
        let mut radii = [0; 4];
        for radius in &mut radii {
            *radius = from.units("a corner radius")?;
        }
        Ok(Self { flags, radii })
    }
}
