//! What the platform does next: config before segments before pictures before
//! decisions, and none of them where something stands in the way.

use crate::conditions::{Conditions, Network, Pause, UploadPolicy};
use crate::config_fetch::ConfigFetch;
use crate::counters::Counters;
use crate::decisions::Decisions;
use crate::journal::Journal;
use crate::picture_uploads::PictureUploads;
use crate::task::{ConfigResult, DecisionsResult, PictureResult, Task, UploadResult};
use crate::upload::Uploads;
use viewreel_seams::Now;
use viewreel_spool::{Entry, Pictures};

/// How long until a host asks again where it does not notice that conditions have
/// changed, in milliseconds.
const PAUSE_MS: u64 = 60_000;

/// Everything that waits to be asked of the platform.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    pub(crate) policy: UploadPolicy,
    pub(crate) config: ConfigFetch,
    pub(crate) decisions: Decisions,
    uploads: Uploads,
    pictures: PictureUploads,
    is_unauthorized: bool,
    /// What stood in the way when a task was asked for last.
    pause: Option<Pause>,
}

impl Outbox {
    pub(crate) fn pause(&self) -> Option<Pause> {
        self.pause
    }

    pub(crate) fn next_task(
        &mut self,
        now: Now,
        conditions: Conditions,
        entries: &[Entry],
        pictures: Option<&Pictures>,
    ) -> Task {
        self.pause = None;
        let config = self.next_config(now, conditions);
        if config == Task::FetchConfig {
            return config;
        }
        match self.next_upload(now, conditions, entries) {
            task @ Task::Upload(_) => task,
            task => {
                let picture = self.next_picture(now, conditions, pictures);
                let wait = sooner(sooner(config, task), picture);
                match wait {
                    Task::SendPicture(_) => wait,
                    wait => sooner(wait, self.next_decisions(now, conditions)),
                }
            }
        }
    }

    fn next_picture(
        &mut self,
        now: Now,
        conditions: Conditions,
        pictures: Option<&Pictures>,
    ) -> Task {
        let Some(pictures) = pictures.filter(|pictures| !self.pictures.is_empty(pictures)) else {
            return Task::Done;
        };
        match self.isolation(conditions).or_else(|| self.policy.pause(conditions)) {
            Some(pause) => self.wait_out(pause),
            None => self.pictures.next_task(now, pictures),
        }
    }

    fn next_config(&mut self, now: Now, conditions: Conditions) -> Task {
        match self.isolation(conditions) {
            Some(pause) if self.config.is_wanted() => self.wait_out(pause),
            _ => self.config.next_task(now),
        }
    }

    fn next_upload(&mut self, now: Now, conditions: Conditions, entries: &[Entry]) -> Task {
        if entries.is_empty() {
            return Task::Done;
        }
        match self.isolation(conditions).or_else(|| self.policy.pause(conditions)) {
            Some(pause) => self.wait_out(pause),
            None => self.uploads.next_task(now, conditions.phase, entries),
        }
    }

    fn next_decisions(&mut self, now: Now, conditions: Conditions) -> Task {
        if self.decisions.is_empty() {
            return Task::Done;
        }
        match self.isolation(conditions).or_else(|| self.policy.pause(conditions)) {
            Some(pause) => self.wait_out(pause),
            None => self.decisions.next_task(now),
        }
    }

    /// What keeps everything from being sent.
    fn isolation(&self, conditions: Conditions) -> Option<Pause> {
        let is_alone = conditions.network == Network::None;
        let no_network = is_alone.then_some(Pause::NoNetwork);
        self.is_unauthorized.then_some(Pause::Unauthorized).or(no_network)
    }

    fn wait_out(&mut self, pause: Pause) -> Task {
        self.pause = Some(pause);
        match pause {
            Pause::Unauthorized => Task::Done,
            _ => Task::Wait(PAUSE_MS),
        }
    }

    pub(crate) fn report(
        &mut self,
        now: Now,
        id: &str,
        result: &UploadResult,
        journal: &mut Journal,
        counters: &mut Counters,
    ) {
        let is_taken = self.uploads.report(now, id, result, journal, counters);
        self.is_unauthorized |=
            is_taken && matches!(result, UploadResult::Refused { status: 401, .. });
        counters.reports_stale += u64::from(!is_taken);
    }

    pub(crate) fn report_picture(
        &mut self,
        now: Now,
        id: &str,
        result: &PictureResult,
        journal: &mut Journal,
        counters: &mut Counters,
    ) {
        let Journal { spool, rng, .. } = journal;
        let (pictures, rng) = (spool.pictures_mut(), rng.as_mut());
        let is_taken = self.pictures.report(now, id, result, pictures, rng, counters);
        self.is_unauthorized |=
            is_taken && matches!(result, PictureResult::Refused { status: 401, .. });
        counters.reports_stale += u64::from(!is_taken);
    }

    pub(crate) fn report_config(
        &mut self,
        now: Now,
        result: &ConfigResult,
        journal: &mut Journal,
        counters: &mut Counters,
    ) {
        let is_taken = self.config.report(now, result, journal.rng());
        self.is_unauthorized |= is_taken && *result == ConfigResult::Unauthorized;
        counters.reports_stale += u64::from(!is_taken);
    }

    pub(crate) fn report_decisions(
        &mut self,
        now: Now,
        result: DecisionsResult,
        journal: &mut Journal,
        counters: &mut Counters,
    ) {
        let is_taken = self.decisions.report(now, result, journal.rng());
        self.is_unauthorized |= is_taken && result == DecisionsResult::Unauthorized;
        counters.reports_stale += u64::from(!is_taken);
    }
}

/// Of a wait and what else there is to do.
fn sooner(wait: Task, other: Task) -> Task {
    match (wait, other) {
        (Task::Wait(a), Task::Wait(b)) => Task::Wait(a.min(b)),
        (task, Task::Done) | (_, task) => task,
    }
}
