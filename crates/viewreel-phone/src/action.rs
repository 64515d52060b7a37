//! What a tap, a timer or the end of an animation makes the app do.

use crate::ui::ViewId;
use viewreel_model::{Point, Size};

/// Something that the app can be asked to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Action {
    /// Put the keyboard's attention on the touched text field.
    Focus,
    /// Press the key in that slot of the keyboard.
    Key(usize),
    /// Show or hide what is typed into the password field.
    TogglePassword,
    /// Send the log-in form.
    LogIn,
    /// The log-in form was answered.
    LoggedIn,
    /// Open the product of the touched row.
    OpenRow,
    /// Leave the search.
    CancelSearch,
    /// New products have arrived after a pull.
    Refreshed,
    /// Go back to the screen below.
    Back,
    /// Choose a colour by where the segmented control was touched.
    ChooseColor,
    /// One more or one fewer, by which half of the stepper was touched.
    StepQuantity,
    /// Turn the touched switch.
    Toggle,
    /// Put the product into the basket.
    AddToBasket,
    /// Close the alert.
    CloseAlert,
    /// Show the tab of that number.
    ShowTab(usize),
    /// Move the slider to where it was touched.
    Slide,
    /// Pay for the basket.
    Pay,
    /// The payment went through.
    Paid,
    /// Leave the confirmation.
    Continue,
    /// An animation has ended: take the view out of the tree and keep it.
    Detach(ViewId),
    /// An animation has ended: destroy the view.
    Destroy(ViewId),
    /// An animation has ended: destroy the window with that root.
    CloseWindow(ViewId),
}

/// A touch on a view that has an [`Action`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tap {
    /// The view that has the action.
    pub(crate) view: ViewId,
    /// Where, in points of that view's bounds space.
    pub(crate) at: Point,
    /// Size of that view, in points.
    pub(crate) size: Size,
}

impl Tap {
    /// How far to the right the touch lies: 0 left edge … 1 right edge.
    pub(crate) fn fraction(&self) -> f32 {
        (self.at.x / self.size.width.max(1.0)).clamp(0.0, 1.0)
    }
}
