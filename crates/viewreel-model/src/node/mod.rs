//! One view: the groups of values that [`crate::Columns`] keeps a column of each.

mod appearance;
mod color;
pub mod control;
mod geometry;
mod image;
mod mask;
mod row;
mod semantics;
mod text;

pub use appearance::{Appearance, Border, Gradient, Shadow};
pub use color::Color;
pub use control::Control;
pub use geometry::Geometry;
pub use image::{Image, ImageHandle};
pub use mask::Mask;
pub use row::Row;
pub use semantics::Semantics;
pub use text::{Alignment, Line, LineRange, TextRole, TextStyle};
