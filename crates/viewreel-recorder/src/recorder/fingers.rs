//! Touches of views that no capture has shown yet.

use crate::journal::RunTime;
use viewreel_model::CaptureId;
use viewreel_model::record::{Touch, TouchPhase};

/// Most fingers that wait; further ones leave no record.
const MAX_FINGERS: usize = 16;

/// Most that waits in all; of a finger for which there is no more room nothing is
/// recorded.
const MAX_TOUCHES: usize = 1_024;

/// A touch of a view, not masked yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Touching {
    pub(super) time: RunTime,
    pub(super) view: CaptureId,
    pub(super) touch: Touch,
}

/// Fingers that went down on views of which nobody knows what is done to them. They
/// wait for the next capture.
#[derive(Debug, Default)]
pub(super) struct Fingers {
    /// In the order in which they came.
    waiting: Vec<Touching>,
    pointers: Vec<u32>,
}

impl Fingers {
    /// Whether the finger of this touch waits. One that goes down again waits no more.
    pub(super) fn wait(&mut self, touch: Touch) -> bool {
        if touch.phase == TouchPhase::Down {
            self.forget(touch.pointer);
        }
        self.pointers.contains(&touch.pointer)
    }

    /// Lets a touch wait.
    pub(super) fn add(&mut self, touching: Touching) {
        let pointer = touching.touch.pointer;
        let is_new = !self.pointers.contains(&pointer);
        if self.waiting.len() >= MAX_TOUCHES || is_new && self.pointers.len() >= MAX_FINGERS {
            return self.forget(pointer);
        }
        self.waiting.push(touching);
        self.pointers.extend(is_new.then_some(pointer));
    }

    /// Forgets a finger.
    pub(super) fn forget(&mut self, pointer: u32) {
        self.waiting.retain(|waiting| waiting.touch.pointer != pointer);
        self.pointers.retain(|waiting| *waiting != pointer);
    }

    /// Nobody waits any more; what waited.
    pub(super) fn take(&mut self) -> Vec<Touching> {
        self.pointers.clear();
        std::mem::take(&mut self.waiting)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn touching(pointer: u32, phase: TouchPhase) -> Touching {
        let (time, view) = (RunTime { ms: 0, wall_ms: 0 }, CaptureId(1));
        Touching { time, view, touch: Touch { pointer, phase, ..Touch::default() } }
    }

    #[test]
    fn a_finger_that_goes_down_again_is_another_one() {
        let mut fingers = Fingers::default();
        fingers.add(touching(1, TouchPhase::Down));
        assert!(fingers.wait(touching(1, TouchPhase::Move).touch));
        assert!(!fingers.wait(touching(2, TouchPhase::Move).touch));
        assert!(!fingers.wait(touching(1, TouchPhase::Down).touch));
        assert!(fingers.is_empty());
    }

    #[test]
    fn of_a_finger_for_which_there_is_no_room_nothing_is_left() {
        let mut fingers = Fingers::default();
        for pointer in 0..20 {
            fingers.add(touching(pointer, TouchPhase::Down));
        }
        assert_eq!(fingers.waiting.len(), MAX_FINGERS);
        while fingers.wait(touching(3, TouchPhase::Move).touch) {
            fingers.add(touching(3, TouchPhase::Move));
        }
        let left = fingers.take();
        assert!(left.len() < MAX_TOUCHES && left.iter().all(|one| one.touch.pointer != 3));
    }
}
