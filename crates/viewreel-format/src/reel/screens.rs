//! Which screen of the app is up from when on.

use super::pieces::Pieces;
use super::{TICK_MS, column};
use crate::bytes::Reader;
use crate::error::FormatError;
use crate::limits::{MAX_REPLAY_MS, MAX_SCREEN_CHANGES, MAX_SCREEN_NAME_BYTES, MAX_SCREEN_NAMES};
use std::collections::BTreeMap;
use viewreel_model::limits::MAX_STRING_BYTES;

/// Another screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScreenChange {
    /// Replay time, in milliseconds; up to a tick late, so that who seeks there
    /// sees it.
    pub time_ms: u64,
    /// Index into [`Screens::names`].
    pub name: u32,
}

/// The screens of a replay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Screens {
    /// Each name once; an empty one is an unknown screen.
    pub names: Vec<String>,
    /// In order of time.
    pub changes: Vec<ScreenChange>,
    /// Whether later changes are left out because there are more than fit.
    pub is_cut: bool,
}

impl Screens {
    /// The name of the screen at a replay time; empty where it is not known.
    /// O(log n).
    #[must_use]
    pub fn at(&self, time_ms: u64) -> &str {
        let after = self.changes.partition_point(|change| change.time_ms <= time_ms);
        let change = after.checked_sub(1).and_then(|at| self.changes.get(at));
        change.and_then(|change| self.names.get(change.name as usize)).map_or("", String::as_str)
    }

    pub(crate) fn write(&self) -> Pieces {
        let mut body = Pieces::default();
        body.add(|out| {
            out.u8(u8::from(self.is_cut));
            out.count(self.names.len());
            self.names.iter().for_each(|name| out.text(name));
            out.count(self.changes.len());
        });
        body.column(&self.steps());
        body.column(&self.changes.iter().map(|it| u64::from(it.name)).collect::<Vec<_>>());
        body
    }

    fn steps(&self) -> Vec<u64> {
        let mut before = 0;
        let step = |change: &ScreenChange| {
            let tick = change.time_ms / TICK_MS;
            let step = tick.saturating_sub(before);
            before = tick;
            step
        };
        self.changes.iter().map(step).collect()
    }

    pub(crate) fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let is_cut = from.flag("whether screens are left out")?;
        let names = read_names(from)?;
        let most = if names.is_empty() { 0 } else { MAX_SCREEN_CHANGES };
        let count = from.count("changes of the screen", most)?;
        let steps = column::read(from, count, MAX_REPLAY_MS, "a step of time")?;
        let last = (names.len() as u64).saturating_sub(1);
        let numbers = column::read(from, count, last, "the number of a screen's name")?;
        let times = read_times(from, &steps)?;
        let change = |(time_ms, name)| ScreenChange { time_ms, name: name as u32 };
        let changes = times.into_iter().zip(numbers).map(change).collect();
        Ok(Self { names, changes, is_cut })
    }
}

fn read_names(from: &mut Reader<'_>) -> Result<Vec<String>, FormatError> {
    let mut room = MAX_SCREEN_NAME_BYTES;
    let count = from.count("names of screens", MAX_SCREEN_NAMES)?;
    let name = |_| {
        let over = from.over_at(from.offset(), "bytes in names", MAX_SCREEN_NAME_BYTES);
        let name = from.text("the name of a screen", MAX_STRING_BYTES)?;
        room = room.checked_sub(name.len()).ok_or(over)?;
        Ok(name.to_owned())
    };
    (0..count).map(name).collect()
}

fn read_times(from: &Reader<'_>, steps: &[u64]) -> Result<Vec<u64>, FormatError> {
    let mut tick = 0_u64;
    let time = |step: &u64| {
        tick = tick.saturating_add(*step);
        tick.checked_mul(TICK_MS).filter(|ms| *ms <= MAX_REPLAY_MS + TICK_MS)
    };
    let times: Option<Vec<u64>> = steps.iter().map(time).collect();
    times.ok_or(from.expected("times within 53 bits"))
}

/// Collects screens in order of time.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScreenLog {
    screens: Screens,
    numbers: BTreeMap<String, u32>,
    name_bytes: usize,
    current: String,
}

impl ScreenLog {
    /// At that replay time the screen of that name is up.
    pub(crate) fn add(&mut self, time_ms: u64, name: &str) {
        if name == self.current || self.screens.is_cut {
            return;
        }
        name.clone_into(&mut self.current);
        let tick = time_ms.min(MAX_REPLAY_MS).div_ceil(TICK_MS);
        let before = self.screens.changes.last().map_or(0, |change| change.time_ms);
        let time_ms = before.max(tick * TICK_MS);
        let number = self.number(name).filter(|_| self.screens.changes.len() < MAX_SCREEN_CHANGES);
        match number {
            Some(name) => self.screens.changes.push(ScreenChange { time_ms, name }),
            None => self.screens.is_cut = true,
        }
    }

    fn number(&mut self, name: &str) -> Option<u32> {
        if let Some(&number) = self.numbers.get(name) {
            return Some(number);
        }
        let number = self.screens.names.len();
        self.name_bytes += name.len();
        let fits = number < MAX_SCREEN_NAMES && self.name_bytes <= MAX_SCREEN_NAME_BYTES;
        fits.then(|| {
            self.screens.names.push(name.to_owned());
            self.numbers.insert(name.to_owned(), number as u32);
            number as u32
        })
    }

    pub(crate) fn finish(self) -> Screens {
        self.screens
    }
}
