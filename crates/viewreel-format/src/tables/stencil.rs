//! The looks of nodes on the reading side: rows to begin with.

use super::{Names, StringLimit, Strings};
use viewreel_model::{Columns, Row, StrId};

/// A look as the row that a node of it begins with.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Stencil {
    /// Fields of the look, with the bits of later versions.
    pub(crate) set: u32,
    /// Without strings.
    row: Row,
    /// Number of the class chain in [`Names`], 0 for none.
    class_chain: u32,
    /// Number of the font there.
    font: u32,
}

impl Stencil {
    /// The look that was read as `row`, whose strings are in `columns`; it has
    /// the fields `set`, and `row` no value of another field than [`super::Look::FIELDS`].
    pub(crate) fn of(set: u32, mut row: Row, columns: &Columns, names: &mut Names) -> Self {
        let mut take = |name: &mut StrId| {
            let text = columns.strings.get(std::mem::take(name));
            names.number(text)
        };
        let class_chain = take(&mut row.semantics.class_chain);
        let font = take(&mut row.text.font);
        Self { set, row, class_chain, font }
    }

    /// Appends the row of one more node. Its strings go into `columns`.
    #[inline]
    pub(crate) fn draw(
        &self,
        rows: &mut Vec<Row>,
        (strings, names): (&mut Strings, &Names),
        columns: &mut Columns,
    ) -> Result<(), StringLimit> {
        let class_chain = strings.copy_into(names.get(self.class_chain), columns)?;
        let font = strings.copy_into(names.get(self.font), columns)?;
        rows.push(self.row);
        if let Some(row) = rows.last_mut() {
            (row.semantics.class_chain, row.text.font) = (class_chain, font);
        }
        Ok(())
    }
}
