//! Animations: one number of one view, from one value to another.

use crate::action::Action;
use crate::ui::tree::{Ui, ViewId};
use viewreel_model::Point;

/// Which number of a view moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Property {
    /// Shift to the right, in points.
    ShiftX,
    /// Shift down, in points.
    ShiftY,
    /// Opacity, 0 … 1.
    Alpha,
    /// Factor of the size.
    Scale,
    /// Scroll offset along the scroll view's axis, in points.
    Scroll,
    /// Value of a progress bar, 0 … 1.
    Value,
}

/// How an animation spends its time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Curve {
    /// Starts and ends gently.
    InOut,
    /// Starts at full speed and ends gently.
    Out,
}

impl Curve {
    /// Progress 0 … 1 at the fraction `t` of the time.
    fn at(self, t: f32) -> f32 {
        match self {
            Self::InOut => t * t * (3.0 - 2.0 * t),
            Self::Out => 1.0 - (1.0 - t).powi(3),
        }
    }
}

/// One animation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Motion {
    pub(crate) view: ViewId,
    pub(crate) property: Property,
    pub(crate) from: f32,
    pub(crate) to: f32,
    pub(crate) duration_ms: u64,
    pub(crate) curve: Curve,
    /// What happens when it has ended.
    pub(crate) then: Option<Action>,
}

/// The animations that run.
#[derive(Default)]
pub(crate) struct Motions {
    running: Vec<(u64, Motion)>,
}

impl Motions {
    /// Starts an animation at `now_ms`; its first value is in force at once.
    pub(crate) fn start(&mut self, ui: &mut Ui, now_ms: u64, motion: Motion) {
        set(ui, &motion, 0.0);
        self.running.push((now_ms, motion));
    }

    /// Moves everything to where it is at `now_ms`. Returns what follows the
    /// animations that have ended, in the order in which they were started.
    pub(crate) fn step(&mut self, ui: &mut Ui, now_ms: u64) -> Vec<Action> {
        let mut ended = Vec::new();
        self.running.retain(|(start_ms, motion)| {
            let passed_ms = now_ms.saturating_sub(*start_ms);
            let t = (passed_ms as f32 / motion.duration_ms.max(1) as f32).min(1.0);
            set(ui, motion, t);
            if t >= 1.0 {
                ended.extend(motion.then);
            }
            t < 1.0
        });
        ended
    }
}

fn set(ui: &mut Ui, motion: &Motion, t: f32) {
    let value = motion.from + (motion.to - motion.from) * motion.curve.at(t);
    ui.edit(motion.view, |view| match motion.property {
        Property::ShiftX => view.shift.x = value,
        Property::ShiftY => view.shift.y = value,
        Property::Alpha => view.appearance.alpha = (value.clamp(0.0, 1.0) * 255.0).round() as u8,
        Property::Scale => view.transform.scale = Point::new(value, value),
        Property::Value => view.control.value = value,
        Property::Scroll => {
            if let Some(scroller) = &mut view.scroller {
                scroller.jump_to(value);
            }
        }
    });
}
