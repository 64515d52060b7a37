//! The tables of a track: what was said once is named by its number from then on.

mod look;
mod names;
mod palette;
mod shape;
mod static_strings;
mod stencil;
mod strings;
mod style;

pub(crate) use look::Look;
pub(crate) use names::Names;
pub(crate) use palette::{PaletteReader, PaletteWriter};
pub(crate) use shape::Shape;
pub(crate) use stencil::Stencil;
pub(crate) use strings::{Interner, StringLimit, Strings};
pub(crate) use style::{read_style, write_style};

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use viewreel_model::node::Color;

/// The tables of a track while it is written.
#[derive(Debug, Default)]
pub(crate) struct WriteTables {
    pub(crate) strings: Interner,
    pub(crate) looks: PaletteWriter<Look>,
    pub(crate) colors: PaletteWriter<Color>,
    pub(crate) names: Names,
}

impl WriteTables {
    /// Remembers how long the tables are, for [`WriteTables::roll_back`].
    pub(crate) fn begin_body(&mut self) {
        self.strings.begin_body();
        self.looks.begin_body();
        self.colors.begin_body();
    }

    /// Forgets what was added since [`WriteTables::begin_body`].
    pub(crate) fn roll_back(&mut self) {
        self.strings.roll_back();
        self.looks.roll_back();
        self.colors.roll_back();
    }

    /// Writes a reference to a colour.
    pub(crate) fn color(&mut self, out: &mut Writer, color: Color) {
        if self.colors.refer(out, color) {
            out.u32(color.0);
        }
    }
}

/// The tables of a track while it is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReadTables {
    pub(crate) strings: Strings,
    pub(crate) looks: PaletteReader<Stencil>,
    pub(crate) colors: PaletteReader<Color>,
    pub(crate) names: Names,
}

impl ReadTables {
    /// Reads a reference to a colour.
    pub(crate) fn color(
        &mut self,
        from: &mut Reader<'_>,
        what: &'static str,
    ) -> Result<Color, FormatError> {
        self.colors.read(from, what, |from| from.u32(what).map(Color))
    }
}

/// The bits whose flags are set.
fn bits<const N: usize>(flags: [(bool, u8); N]) -> u8 {
    flags.iter().filter(|(is_set, _)| *is_set).fold(0, |bits, (_, bit)| bits | bit)
}
