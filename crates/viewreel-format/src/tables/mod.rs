//! The tables of a track: what was said once is named by its number from then on.

mod fonts;
mod palette;
mod static_strings;
mod strings;

pub(crate) use fonts::Fonts;
pub(crate) use palette::{PaletteReader, PaletteWriter};
pub(crate) use strings::{Interner, Strings};

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::record::shape::{Shape, Style};
use viewreel_model::node::Color;

/// The tables of a track while it is written.
#[derive(Debug, Default)]
pub(crate) struct WriteTables {
    pub(crate) strings: Interner,
    pub(crate) sets: PaletteWriter<u32>,
    pub(crate) colors: PaletteWriter<Color>,
    pub(crate) styles: PaletteWriter<Style>,
    pub(crate) shapes: PaletteWriter<Shape>,
    pub(crate) fonts: Fonts,
}

impl WriteTables {
    /// Remembers how long the tables are, for [`WriteTables::roll_back`].
    pub(crate) fn begin_body(&mut self) {
        self.strings.begin_body();
        self.sets.begin_body();
        self.colors.begin_body();
        self.styles.begin_body();
        self.shapes.begin_body();
    }

    /// Forgets what was added since [`WriteTables::begin_body`].
    pub(crate) fn roll_back(&mut self) {
        self.strings.roll_back();
        self.sets.roll_back();
        self.colors.roll_back();
        self.styles.roll_back();
        self.shapes.roll_back();
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
    pub(crate) sets: PaletteReader<u32>,
    pub(crate) colors: PaletteReader<Color>,
    pub(crate) styles: PaletteReader<Style>,
    pub(crate) shapes: PaletteReader<Shape>,
    pub(crate) fonts: Fonts,
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
