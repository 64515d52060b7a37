//! What whoever records has to do.

use super::terms::Terms;
use crate::decision::Reason;
use std::collections::VecDeque;
use viewreel_format::{DecisionRecord, RemoteConfig, ReplayId};

/// Most decision records that wait to be taken; more push the oldest out.
const MAX_REPORTS: usize = 16;

/// Where what happens from now on goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recording {
    /// Nowhere.
    Off(Reason),
    /// Into memory, of which the last so many milliseconds are kept.
    Hold {
        /// Why it is not recorded.
        reason: Reason,
        /// How much is kept, in milliseconds.
        ms: u64,
    },
    /// Into that replay, which begins with what is held.
    Replay(ReplayId),
}

/// What whoever records has to do, in the order in which it is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Delete everything that was recorded and not sent, of all replays: what is
    /// sealed, what is open, and what is held in memory.
    DiscardUnsent,
    /// Forget what is held in memory.
    Wipe,
    /// Record on these terms from now on.
    Apply(Terms),
    /// Record there from now on. What was open is sealed first.
    Record(Recording),
    /// Ask the server for its config. Where it was asked already and has not
    /// answered, once is enough.
    FetchConfig,
    /// Tell the server why a session has no replay.
    Report(DecisionRecord),
}

/// What is to be done, and in which epoch everything is that is said afterwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// In the order in which it is to be done.
    pub effects: Vec<Effect>,
    /// The epoch of the policy when they were taken.
    pub epoch: u64,
}

/// What is to be remembered for the next process.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    pub(super) opt_out: Option<bool>,
    /// The config, or that there is none any more.
    pub(super) config: Option<Option<RemoteConfig>>,
}

impl Notes {
    /// Adds what was to be remembered before and was not said anew.
    pub(super) fn add_older(&mut self, older: Self) {
        self.opt_out = self.opt_out.or(older.opt_out);
        self.config = self.config.take().or(older.config);
    }
}

/// What is to be done and was not taken yet. However much changes meanwhile,
/// only the last of each kind is left; each kind comes before those that it must
/// not undo.
#[derive(Clone, Debug, Default)]
pub(super) struct Due {
    pub(super) notes: Notes,
    pub(super) discards: bool,
    pub(super) wipes: bool,
    pub(super) terms: Option<Terms>,
    pub(super) recording: Option<Recording>,
    pub(super) fetches: bool,
    reports: VecDeque<DecisionRecord>,
}

impl Due {
    pub(super) fn report(&mut self, record: DecisionRecord) {
        if self.reports.len() >= MAX_REPORTS {
            self.reports.pop_front();
        }
        self.reports.push_back(record);
    }

    pub(super) fn into_effects(self) -> Vec<Effect> {
        let first = [
            self.discards.then_some(Effect::DiscardUnsent),
            self.wipes.then_some(Effect::Wipe),
            self.terms.map(Effect::Apply),
            self.recording.map(Effect::Record),
            self.fetches.then_some(Effect::FetchConfig),
        ];
        let reports = self.reports.into_iter().map(Effect::Report);
        first.into_iter().flatten().chain(reports).collect()
    }
}
