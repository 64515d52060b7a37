//! Which steps a name meets.

use std::collections::BTreeMap;

use viewreel_model::StrId;

use super::steps::Steps;

/// What steps ask of one kind of name, and the answers for the strings of a
/// capture: equal views have equal names, so each is looked up once.
#[derive(Clone, Default)]
pub(super) struct Names {
    /// Steps for which any name will do.
    any: Steps,
    /// Steps that ask for a name.
    asked: BTreeMap<String, Steps>,
    /// Of each string, where its answer stands in `answers`, counted from 1; 0 where
    /// nobody looked yet.
    known: Vec<u32>,
    /// The first is that of names that nobody asks for.
    answers: Vec<Steps>,
}

impl Names {
    /// Takes what a step asks for.
    pub(super) fn ask(&mut self, name: &str, step: usize) {
        match name.is_empty() {
            true => self.any.insert(step),
            false => self.asked.entry(name.to_owned()).or_default().insert(step),
        }
    }

    /// Forgets the capture before; the next has so many strings.
    pub(super) fn begin(&mut self, strings: usize) {
        self.known.clear();
        self.known.resize(strings + 1, 0);
        self.answers.clear();
        self.answers.push(self.any);
    }

    /// The steps that a string meets, which is made of these names.
    pub(super) fn steps<'a>(
        &mut self,
        string: StrId,
        names: impl Iterator<Item = &'a str>,
    ) -> Steps {
        let known = self.known.get(string.0 as usize).copied().unwrap_or_default();
        match (known as usize).checked_sub(1).and_then(|at| self.answers.get(at)) {
            Some(answer) => *answer,
            None => self.look_up(string, names),
        }
    }

    fn look_up<'a>(&mut self, string: StrId, names: impl Iterator<Item = &'a str>) -> Steps {
        let asked = names.filter_map(|name| self.asked.get(name));
        let answer = asked.fold(self.any, |all, steps| all | *steps);
        if answer != self.any {
            self.answers.push(answer);
        }
        let place = if answer == self.any { 1 } else { self.answers.len() };
        if let Some(known) = self.known.get_mut(string.0 as usize) {
            *known = u32::try_from(place).unwrap_or_default();
        }
        answer
    }
}
