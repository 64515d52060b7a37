//! A table that shows many items with few row views.

use crate::ui::style::Boxed;
use crate::ui::tree::{Ui, ViewId};

/// Rows are kept ready this many rows beyond what shows.
const AHEAD_ROWS: usize = 1;

/// A row view and the item that it shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<R> {
    /// The views of the row.
    pub(crate) views: R,
    /// The cell itself.
    pub(crate) cell: ViewId,
    /// Index of the item, none while the row waits to be used again.
    item: Option<usize>,
}

/// The rows of a table view. `R` is whatever handles a row needs to be filled.
pub(crate) struct Table<R> {
    table: ViewId,
    row_height: f32,
    /// Where the first row begins, in points of the content.
    header: f32,
    rows: Vec<Row<R>>,
}

impl<R: Copy> Table<R> {
    /// A table without rows whose rows lie below a header of that height.
    pub(crate) fn new(table: ViewId, header: f32, row_height: f32) -> Self {
        Self { table, row_height, header, rows: Vec::new() }
    }

    /// Changes the height of what stands above the rows; needs a reload.
    pub(crate) fn set_header(&mut self, header: f32) {
        self.header = header;
    }

    /// The item that a cell shows.
    pub(crate) fn item_of(&self, cell: ViewId) -> Option<usize> {
        self.rows.iter().find(|row| row.cell == cell)?.item
    }

    /// The cell that shows an item, where one does.
    pub(crate) fn cell_of(&self, item: usize) -> Option<ViewId> {
        self.rows.iter().find(|row| row.item == Some(item)).map(|row| row.cell)
    }

    /// Gives up what all rows show, because the items have changed.
    pub(crate) fn reload(&mut self, ui: &mut Ui, count: usize) {
        for row in &mut self.rows {
            release(ui, row);
        }
        let length = self.header + count as f32 * self.row_height;
        ui.scroll(self.table, |scroller| {
            scroller.set_content(length);
            true
        });
    }

    /// Lets the rows show the items that are in sight: takes rows that have
    /// left the screen, makes new ones only where none is free, fills each.
    pub(crate) fn update(
        &mut self,
        ui: &mut Ui,
        count: usize,
        mut make: impl FnMut(&mut Ui, ViewId) -> (ViewId, R),
        mut show: impl FnMut(&mut Ui, R, usize),
    ) {
        let wanted = self.in_sight(ui, count);
        for row in &mut self.rows {
            if row.item.is_some_and(|item| !wanted.contains(&item)) {
                release(ui, row);
            }
        }
        for item in wanted {
            if self.cell_of(item).is_none() {
                let index = self.free_row(ui, &mut make);
                self.place(ui, index, item);
                show(ui, self.rows[index].views, item);
            }
        }
    }

    fn in_sight(&self, ui: &Ui, count: usize) -> std::ops::Range<usize> {
        let view = ui.view(self.table);
        let top = view.scroll_offset().y - self.header;
        let first = (top / self.row_height).floor().max(0.0) as usize;
        let end = ((top + view.frame.size.height) / self.row_height).ceil().max(0.0) as usize;
        first.saturating_sub(AHEAD_ROWS)..(end + AHEAD_ROWS).min(count)
    }

    /// A row that shows nothing, preferably one that waits in the pool.
    fn free_row(
        &mut self,
        ui: &mut Ui,
        make: &mut impl FnMut(&mut Ui, ViewId) -> (ViewId, R),
    ) -> usize {
        if let Some(index) = self.rows.iter().position(|row| row.item.is_none()) {
            ui.edit(self.rows[index].cell, |view| view.generation += 1);
            return index;
        }
        let (cell, views) = make(ui, self.table);
        self.rows.push(Row { views, cell, item: None });
        self.rows.len() - 1
    }

    fn place(&mut self, ui: &mut Ui, index: usize, item: usize) {
        let row = &mut self.rows[index];
        row.item = Some(item);
        let top = self.header + item as f32 * self.row_height;
        ui.restyle(row.cell, |style| style.absolute(0.0, top));
        ui.edit(row.cell, |view| view.appearance.hidden = false);
    }
}

/// Puts a row into the pool; like UIKit it stays in the tree, hidden.
fn release<R>(ui: &mut Ui, row: &mut Row<R>) {
    if row.item.take().is_some() {
        ui.edit(row.cell, |view| view.appearance.hidden = true);
    }
}
