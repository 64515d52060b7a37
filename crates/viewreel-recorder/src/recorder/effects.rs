//! What a policy has a recorder do.

use super::Recorder;
use super::gestures::Gestures;
use crate::decision::Reason;
use crate::journal::RunTime;
use crate::policy::{Effect, Recording, Terms};
use viewreel_model::record::{Body, GapReason};
use viewreel_seams::Now;

impl Recorder {
    /// Does what a [`Policy`](crate::policy::Policy) asks for, one effect after the
    /// other in the order in which they were taken. Gives back what is not a
    /// recorder's to do alone: the terms, of which mask level, overrides and logs are
    /// in force when this returns.
    pub fn carry_out(&mut self, now: Now, effect: Effect) -> Option<Effect> {
        let time = self.clock.time(now);
        match effect {
            Effect::DiscardUnsent => {
                self.journal.discard_unsent(&mut self.counters);
                self.outbox.decisions.discard();
                self.forget_screen();
            }
            Effect::Wipe => {
                self.journal.wipe(time, &mut self.counters);
                self.forget_screen();
            }
            Effect::Record(recording) => self.turn_to(time, &recording),
            Effect::Apply(terms) => {
                self.apply(time, &terms);
                return Some(Effect::Apply(terms));
            }
            Effect::FetchConfig => self.request_config(),
            Effect::Report(record) => self.outbox.decisions.add(record),
        }
        None
    }

    fn apply(&mut self, time: RunTime, terms: &Terms) {
        self.logs.threshold = terms.logs;
        self.journal.min_duration_ms = u64::from(terms.min_duration_ms);
        let is_other_level = terms.mask_level != self.masker.level();
        if is_other_level || terms.overrides != self.masker.overrides() {
            self.journal.seal(time, &mut self.counters);
            self.forget_screen();
            self.masker.set_level(terms.mask_level);
            self.masker.set_overrides(&terms.overrides);
            self.state.mask_level = terms.mask_level;
        }
    }

    fn turn_to(&mut self, time: RunTime, recording: &Recording) {
        match recording {
            Recording::Off(reason) => {
                self.journal.turn_off(time, &mut self.counters);
                if *reason == Reason::NoSession {
                    self.journal.end_replay(time, &mut self.counters);
                }
                self.forget_screen();
            }
            Recording::Hold { ms, .. } => {
                self.journal.turn_to_ring(*ms, time, &mut self.counters);
            }
            Recording::Replay(replay) => {
                if !self.journal.is_of(replay) {
                    self.logs.begin();
                    self.content.begin_replay();
                }
                let off_ms = self.journal.turn_to_replay(replay, time, &mut self.counters);
                self.journal.add_pictures(|| self.content.take_held());
                if let Some(duration_ms) = off_ms {
                    let reason = GapReason::Disabled;
                    self.record(time, &Body::Gap { reason, duration_ms });
                }
            }
        }
    }

    /// What was on the screen before is nothing that the next segment may begin
    /// with: it may have been another user's, or masked less. Nor may it tell what is
    /// under a finger.
    fn forget_screen(&mut self) {
        self.screen.forget();
        self.state.open_touches.clear();
        self.state.screen.clear();
        self.is_screen_known = false;
        self.wants_all = true;
        self.masker.forget();
        self.content.forget_pictures();
        self.fingers.take();
        self.gestures = Gestures::default();
        self.has_rage_tap = false;
    }
}
