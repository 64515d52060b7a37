//! What the phone asks of an app that runs on it.

use crate::action::{Action, Tap};
use crate::keyboard::Keyboard;
use crate::keys::Press;
use crate::stage::Stage;
use crate::ui::ViewId;
use viewreel_model::viewport::Viewport;

/// An app.
pub(crate) trait App {
    /// The keyboard, which an app without fields has not.
    fn keyboard(&self) -> Option<&Keyboard> {
        None
    }

    /// The view of the key that does `press`, where one is in sight.
    fn key(&self, press: Press) -> Option<ViewId> {
        self.keyboard()?.key(press)
    }

    /// Does what a tap asks for.
    fn tapped(&mut self, stage: &mut Stage, action: Action, tap: &Tap);

    /// Does what follows from a timer or the end of an animation.
    fn perform(&mut self, stage: &mut Stage, action: Action) {
        stage.finish(action);
    }

    /// Follows scroll views that have moved.
    fn scrolled(&mut self, stage: &mut Stage) {
        let _ = stage;
    }

    /// A finger has let go of a scroll view.
    fn released(&mut self, stage: &mut Stage) {
        let _ = stage;
    }

    /// The screen has another size, or text another size or direction.
    fn reshaped(&mut self, stage: &mut Stage, viewport: &Viewport) {
        let _ = (stage, viewport);
    }
}
