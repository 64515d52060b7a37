//! How recording goes, told now and then.

use viewreel_model::record::Health;

/// Shortest time between two health records, in milliseconds.
const EVERY_MS: u64 = 30_000;

/// What a host knows of the capture that it hands over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effort {
    /// How long the main thread was busy with it, in microseconds.
    pub took_us: u64,
    /// Whether it came to the cap before everything was read.
    pub is_cut: bool,
}

/// Counts what is recorded, from one health record to the next. A capture that said
/// nothing new is not counted, nor one that was lost: it may have been taken because
/// something changed that nobody may know.
#[derive(Clone, Debug, Default)]
pub(super) struct Pulse {
    told_ms: u64,
    busy_us: u64,
    health: Health,
}

impl Pulse {
    /// A capture was recorded.
    pub(super) fn beat(&mut self, effort: Effort, masked: usize) {
        let health = &mut self.health;
        health.captured = health.captured.saturating_add(1);
        health.cut = health.cut.saturating_add(u32::from(effort.is_cut));
        health.masked = u32::try_from(masked).unwrap_or(u32::MAX);
        self.busy_us = self.busy_us.saturating_add(effort.took_us);
    }

    /// What is to be told, when it is time.
    pub(super) fn due(&mut self, now_ms: u64) -> Option<Health> {
        let is_due = self.health.captured > 0 && now_ms.saturating_sub(self.told_ms) >= EVERY_MS;
        is_due.then(|| self.take(now_ms))
    }

    fn take(&mut self, now_ms: u64) -> Health {
        self.told_ms = now_ms;
        let busy_us = std::mem::take(&mut self.busy_us);
        let busy_ms = u32::try_from(busy_us / 1_000).unwrap_or(u32::MAX);
        Health { busy_ms, ..std::mem::take(&mut self.health) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_twice_a_minute_where_something_was_recorded() {
        let mut pulse = Pulse::default();
        assert_eq!(pulse.due(60_000), None);
        let effort = Effort { took_us: 1_400, is_cut: true };
        pulse.beat(effort, 7);
        pulse.beat(Effort { is_cut: false, ..effort }, 5);
        let health = Health { captured: 2, cut: 1, masked: 5, busy_ms: 2 };
        assert_eq!(pulse.due(60_000), Some(health));
        pulse.beat(Effort::default(), 0);
        assert_eq!(pulse.due(89_999), None);
        assert!(pulse.due(90_000).is_some());
    }
}
