//! The rule.

use super::facts::{ConfigState, Consent, Facts, Sampling, SessionState};
use super::targeting::Verdict;
pub use viewreel_format::DecisionReason as Reason;
use viewreel_format::Subject;

/// Longest time that is held in memory while consent is pending, in milliseconds.
pub const CONSENT_MS: u64 = 30_000;

/// Longest time that is held in memory until the first session of a process is
/// known, in milliseconds.
pub const AWAIT_SESSION_MS: u64 = 60_000;

/// Whether what happens now is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is.
    Record,
    /// It is not, for this reason.
    Not(Reason),
}

/// Whether what happens now is recorded. The order of reasons is that of the
/// table of this module.
#[must_use]
pub fn decide(facts: &Facts) -> Decision {
    let reason = refusal(facts).or_else(|| rejection(facts)).or_else(|| wait(facts));
    reason.map_or(Decision::Record, Decision::Not)
}

/// How long what is not recorded is held in memory because it may come to be
/// recorded after all, in milliseconds; 0 where it is not held. `look_back_ms`
/// is how long the app asked to look back.
#[must_use]
pub fn hold_ms(facts: &Facts, look_back_ms: u64) -> u64 {
    let is_unselected = rejection(facts).is_some() || wait_for_rules(facts).is_some();
    let limits = [
        (refusal(facts).is_some(), 0),
        (facts.consent == Consent::Pending, CONSENT_MS),
        (facts.session == SessionState::Awaited, AWAIT_SESSION_MS),
        (is_unselected, look_back_ms),
    ];
    limits.into_iter().filter_map(|(holds, ms)| holds.then_some(ms)).min().unwrap_or(0)
}

/// Reasons that nothing of now gets over.
fn refusal(facts: &Facts) -> Option<Reason> {
    let reasons = [
        (facts.is_opted_out, Reason::OptedOut),
        (facts.is_memory_unreadable, Reason::MemoryUnreadable),
        (facts.consent == Consent::Denied, Reason::ConsentDenied),
        (facts.is_guarded, Reason::CrashGuard),
        (facts.is_disabled, Reason::Disabled),
        (facts.config == ConfigState::Unauthorized, Reason::ConfigUnauthorized),
        (facts.config == ConfigState::Missing, Reason::ConfigMissing),
        (facts.is_other_zone, Reason::OtherZone),
        (facts.is_capture_off, Reason::CaptureOff),
        (facts.off == Some(Subject::Sdk), Reason::SdkOff),
        (facts.off == Some(Subject::Os), Reason::OsOff),
        (facts.off == Some(Subject::App), Reason::AppOff),
        (facts.session == SessionState::Unusable, Reason::UnusableIds),
        (facts.session == SessionState::None, Reason::NoSession),
        (facts.is_refused, Reason::Refused),
    ];
    first(reasons)
}

/// Reasons that a targeting rule or a trigger still may get over.
fn rejection(facts: &Facts) -> Option<Reason> {
    let has_rules = facts.targeting != Verdict::NoRules;
    let reasons = [
        (facts.targeting == Verdict::Unmatched, Reason::NotTargeted),
        (!has_rules && facts.sampling == Sampling::Out, Reason::SampledOut),
    ];
    first(reasons).filter(|_| !facts.is_triggered)
}

/// Reasons that last until somebody says more.
fn wait(facts: &Facts) -> Option<Reason> {
    let reasons = [
        (facts.consent == Consent::Pending, Reason::ConsentPending),
        (facts.session == SessionState::Awaited, Reason::SessionAwaited),
    ];
    first(reasons).or_else(|| wait_for_rules(facts))
}

fn wait_for_rules(facts: &Facts) -> Option<Reason> {
    let waits = facts.targeting == Verdict::Pending && !facts.is_triggered;
    waits.then_some(Reason::TargetingPending)
}

fn first<const N: usize>(reasons: [(bool, Reason); N]) -> Option<Reason> {
    reasons.into_iter().find_map(|(holds, reason)| holds.then_some(reason))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOOK_BACK_MS: u64 = 20_000;

    fn recorded() -> Facts {
        Facts { session: SessionState::Known, sampling: Sampling::In, ..Facts::default() }
    }

    /// A reason, what makes it hold, and how long it is held with and without
    /// looking back.
    type Row = (Reason, fn(&mut Facts), u64, u64);

    fn rows() -> Vec<Row> {
        vec![
            (Reason::OptedOut, |facts| facts.is_opted_out = true, 0, 0),
            (Reason::MemoryUnreadable, |facts| facts.is_memory_unreadable = true, 0, 0),
            (Reason::ConsentDenied, |facts| facts.consent = Consent::Denied, 0, 0),
            (Reason::CrashGuard, |facts| facts.is_guarded = true, 0, 0),
            (Reason::Disabled, |facts| facts.is_disabled = true, 0, 0),
            (Reason::ConfigUnauthorized, |facts| facts.config = ConfigState::Unauthorized, 0, 0),
            (Reason::ConfigMissing, |facts| facts.config = ConfigState::Missing, 0, 0),
            (Reason::OtherZone, |facts| facts.is_other_zone = true, 0, 0),
            (Reason::CaptureOff, |facts| facts.is_capture_off = true, 0, 0),
            (Reason::SdkOff, |facts| facts.off = Some(Subject::Sdk), 0, 0),
            (Reason::OsOff, |facts| facts.off = Some(Subject::Os), 0, 0),
            (Reason::AppOff, |facts| facts.off = Some(Subject::App), 0, 0),
            (Reason::UnusableIds, |facts| facts.session = SessionState::Unusable, 0, 0),
            (Reason::NoSession, |facts| facts.session = SessionState::None, 0, 0),
            (Reason::Refused, |facts| facts.is_refused = true, 0, 0),
            (Reason::NotTargeted, |facts| facts.targeting = Verdict::Unmatched, LOOK_BACK_MS, 0),
            (Reason::SampledOut, |facts| facts.sampling = Sampling::Out, LOOK_BACK_MS, 0),
            (
                Reason::ConsentPending,
                |facts| facts.consent = Consent::Pending,
                CONSENT_MS,
                CONSENT_MS,
            ),
            (
                Reason::SessionAwaited,
                |facts| facts.session = SessionState::Awaited,
                AWAIT_SESSION_MS,
                AWAIT_SESSION_MS,
            ),
            (Reason::TargetingPending, |facts| facts.targeting = Verdict::Pending, LOOK_BACK_MS, 0),
        ]
    }

    #[test]
    fn without_a_reason_it_is_recorded() {
        assert_eq!(decide(&recorded()), Decision::Record);
        assert_eq!(hold_ms(&recorded(), LOOK_BACK_MS), 0);
    }

    #[test]
    fn each_reason_alone_is_the_answer() {
        for (reason, set, looking_back, not_looking_back) in rows() {
            let mut facts = recorded();
            set(&mut facts);
            assert_eq!(decide(&facts), Decision::Not(reason));
            let held = [LOOK_BACK_MS, 0].map(|look_back_ms| hold_ms(&facts, look_back_ms));
            assert_eq!(held, [looking_back, not_looking_back], "{reason:?}");
        }
    }

    #[test]
    fn of_two_reasons_the_first_is_the_answer_and_the_shorter_time_holds() {
        let rows = rows();
        for (first, (reason, set, held, _)) in rows.iter().enumerate() {
            for (later, set_later, later_held, _) in rows.iter().skip(first + 1) {
                let mut facts = recorded();
                set(&mut facts);
                set_later(&mut facts);
                let mut alone = recorded();
                set_later(&mut alone);
                set(&mut alone);
                if alone != facts {
                    continue; // both say the same fact
                }
                if (*reason, *later) == (Reason::NotTargeted, Reason::SampledOut) {
                    assert_eq!(decide(&facts), Decision::Not(Reason::NotTargeted));
                    continue;
                }
                let by_rules = (*reason, *later) == (Reason::SampledOut, Reason::TargetingPending);
                let expected = if by_rules { *later } else { *reason };
                assert_eq!(decide(&facts), Decision::Not(expected), "{reason:?} and {later:?}");
                assert_eq!(hold_ms(&facts, LOOK_BACK_MS), *held.min(later_held));
            }
        }
    }

    #[test]
    fn rules_take_the_place_of_the_sample() {
        let matched = Facts { sampling: Sampling::Out, targeting: Verdict::Matched, ..recorded() };
        assert_eq!(decide(&matched), Decision::Record);
        let unmatched = Facts { targeting: Verdict::Unmatched, ..recorded() };
        assert_eq!(decide(&unmatched), Decision::Not(Reason::NotTargeted));
    }

    #[test]
    fn a_trigger_gets_over_what_selects_but_not_over_a_refusal() {
        for (reason, set, ..) in rows() {
            let mut facts = Facts { is_triggered: true, ..recorded() };
            set(&mut facts);
            let is_selection = matches!(
                reason,
                Reason::NotTargeted | Reason::SampledOut | Reason::TargetingPending
            );
            let expected = if is_selection { Decision::Record } else { Decision::Not(reason) };
            assert_eq!(decide(&facts), expected);
        }
    }

    #[test]
    fn a_session_that_will_be_sampled_out_is_not_awaited() {
        let facts = Facts { sampling: Sampling::Out, ..Facts::default() };
        assert_eq!(decide(&facts), Decision::Not(Reason::SampledOut));
        assert_eq!(hold_ms(&facts, 0), 0);
    }

    #[test]
    fn words_are_different() {
        let words: std::collections::BTreeSet<&str> =
            rows().iter().map(|(reason, ..)| reason.word()).collect();
        assert_eq!(words.len(), rows().len());
    }
}
