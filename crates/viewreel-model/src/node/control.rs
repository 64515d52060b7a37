//! The state of a control.

use crate::geometry::snap_ratio;

/// State of a control, in what is common to all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Control {
    /// Bits: the constants of this module, such as [`ON`].
    pub flags: u8,
    /// Slider, progress, stepper: 0 … 1 of its range. Others: 0.
    pub value: f32,
    /// Selected segment, page or tab, from 0.
    pub index: u16,
    /// Number of segments, pages or tabs.
    pub count: u16,
}

impl Control {
    /// Value snapped and within 0 … 1.
    #[must_use]
    pub fn snapped(&self) -> Self {
        Self { value: snap_ratio(self.value, 0.0).clamp(0.0, 1.0), ..*self }
    }
}

/// Cannot be used now.
pub const DISABLED: u8 = 1;
/// Selected, checked or on.
pub const ON: u8 = 1 << 1;
/// Pressed.
pub const HIGHLIGHTED: u8 = 1 << 2;
/// Has the keyboard's attention.
pub const FOCUSED: u8 = 1 << 3;
/// Reacts to touches.
pub const TAPPABLE: u8 = 1 << 4;
/// Every bit that means something.
pub const ALL: u8 = DISABLED | ON | HIGHLIGHTED | FOCUSED | TAPPABLE;
/// What something masked still tells of itself as a control.
pub const PUBLIC: u8 = TAPPABLE;
