//! A screen with more on it than a screen should have.

use crate::action::{Action, Tap};
use crate::app::App;
use crate::look::{ACCENT, CAPTION, FOOTNOTE, SAFE_TOP, SCREEN, SURFACE, label, section_title};
use crate::phone::Phone;
use crate::stage::Stage;
use crate::ui::{Boxed, Scroller, Ui, View, ViewId, column, row};
use viewreel_model::{Kind, Point};

/// Rows of the wall.
const ROWS: usize = 50;
/// Bricks in a row, of four views each.
const COLUMNS: usize = 10;

/// The wall.
pub(crate) struct Wall;

impl Wall {
    pub(crate) fn launch(stage: &mut Stage) -> Self {
        let root = super::open_screen(stage, "WallViewController");
        let ui = &mut stage.ui;
        section_title(ui, root, "Everything at once");
        let view = View::new(Kind::Scroll, "UIScrollView:UIView");
        let height = SCREEN.height - SAFE_TOP - 60.0;
        let scroll =
            ui.add(root, column().height(height), view.scrolling(Scroller::vertical(0.0, 0.0)));
        let content = ui.add(scroll, column().absolute(0.0, 0.0).gap(4.0), View::plain());
        for line in 0..ROWS {
            let row = ui.add(content, row().gap(3.0), View::plain());
            (0..COLUMNS).for_each(|column| add_brick(ui, row, line, column));
        }
        Self
    }
}

fn add_brick(ui: &mut Ui, row: ViewId, line: usize, place: usize) {
    let name = if (line, place) == (1, 1) { "wall.brick" } else { "" };
    let view = View::new(Kind::Button, "BrickView:UIView").named(name).filled(SURFACE).round(4.0);
    let brick = ui.add(row, column().size(32.0, 44.0), view.on_tap(Action::Toggle));
    ui.add(brick, column().height(6.0), View::plain());
    label(ui, brick, &format!("{line}"), CAPTION);
    label(ui, brick, &format!("{place}"), FOOTNOTE);
}

impl App for Wall {
    fn tapped(&mut self, stage: &mut Stage, action: Action, tap: &Tap) {
        if action == Action::Toggle {
            stage.ui.edit(tap.view, |view| view.appearance.background = ACCENT);
        }
    }
}

/// Touches a brick and scrolls.
pub(crate) fn look_around(phone: &mut Phone<'_, Wall>) {
    phone.wait(500);
    phone.tap("wall.brick");
    phone.wait(300);
    phone.flick(Point::new(200.0, 600.0), Point::new(200.0, 400.0), 120);
    phone.wait(500);
}
