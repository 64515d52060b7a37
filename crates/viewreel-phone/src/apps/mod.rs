//! Small apps, of one screen each.

pub(crate) mod form;
pub(crate) mod keypad;
pub(crate) mod page;
pub(crate) mod wall;

use crate::look::{MARGIN, PAPER, SAFE_TOP};
use crate::stage::Stage;
use crate::ui::{Boxed, View, ViewId, fill};
use viewreel_model::Kind;

/// Opens the app's window with one screen in it, whose children stand below each
/// other.
fn open_screen(stage: &mut Stage, controller: &'static str) -> ViewId {
    let window = stage.ui.create(fill(), View::new(Kind::View, "UIWindow:UIView"));
    stage.ui.open_window(window, 0.0);
    let view = View::plain().controlled_by(controller).filled(PAPER);
    let style = fill().pad(MARGIN, 0.0).pad_ends(SAFE_TOP, 0.0).gap(12.0);
    stage.ui.add(window, style, view)
}
