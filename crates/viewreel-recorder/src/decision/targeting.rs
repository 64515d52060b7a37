//! Whom to record, by what they do and who they are.

use crate::session::{AnalyticsEvent, EventKind};
use std::collections::BTreeMap;
use viewreel_format::TargetingRule;
use viewreel_format::limits::MAX_CONFIG_STRING_BYTES;

/// Most properties of a user that are remembered.
const MAX_USER_PROPERTIES: usize = 64;

/// What the targeting rules say of the session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// There are none.
    #[default]
    NoRules,
    /// Nothing was put to them yet.
    Pending,
    /// One held. This stays so for as long as the session and the rule.
    Matched,
    /// None held so far.
    Unmatched,
}

/// Puts what happens in a session to the rules, of which one has to hold.
///
/// It remembers what the user is like, in memory alone, for rules that come
/// later and for sessions that do; of events it remembers nothing.
#[derive(Clone, Debug, Default)]
pub struct Targeting {
    rules: Vec<TargetingRule>,
    user: BTreeMap<String, String>,
    /// Whether an event of this session was put to the rules.
    is_asked: bool,
    /// The rule that held.
    matched: Option<TargetingRule>,
}

impl Targeting {
    /// What the rules say of the session.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match (&self.matched, self.is_asked) {
            _ if self.rules.is_empty() => Verdict::NoRules,
            (Some(_), _) => Verdict::Matched,
            (None, true) => Verdict::Unmatched,
            (None, false) => Verdict::Pending,
        }
    }

    /// Takes other rules. What held before holds only where its rule is among
    /// them.
    pub fn set_rules(&mut self, rules: &[TargetingRule]) {
        self.rules = rules.to_vec();
        self.matched = self.matched.take().filter(|rule| rules.contains(rule));
        self.ask_of_user();
    }

    /// Another session begins.
    pub fn begin_session(&mut self) {
        self.is_asked = false;
        self.matched = None;
        self.ask_of_user();
    }

    /// Forgets the user.
    pub fn forget_user(&mut self) {
        self.user.clear();
    }

    /// Puts an event of the session to the rules.
    pub fn ask(&mut self, event: &AnalyticsEvent<'_>) {
        match event.kind {
            EventKind::Identify => event.properties.iter().for_each(|trait_| self.learn(*trait_)),
            EventKind::Track | EventKind::Screen => {
                self.hold(|rule| is_met_by_event(rule, event));
            }
            EventKind::Group | EventKind::Alias => {}
        }
        self.ask_of_user();
        self.is_asked = true;
    }

    /// A value that is too long for a rule is not remembered, and neither is the
    /// one that it takes the place of.
    fn learn(&mut self, (name, value): (&str, &str)) {
        let fits = name.len().max(value.len()) <= MAX_CONFIG_STRING_BYTES;
        let has_room = self.user.len() < MAX_USER_PROPERTIES || self.user.contains_key(name);
        if fits && has_room {
            self.user.insert(name.to_owned(), value.to_owned());
        } else {
            self.user.remove(name);
        }
    }

    fn ask_of_user(&mut self) {
        let user = std::mem::take(&mut self.user);
        self.hold(|rule| is_met_by_user(rule, &user));
        self.user = user;
    }

    fn hold(&mut self, is_met: impl Fn(&TargetingRule) -> bool) {
        if self.matched.is_none() {
            self.matched = self.rules.iter().find(|rule| is_met(rule)).cloned();
        }
    }
}

fn is_met_by_event(rule: &TargetingRule, event: &AnalyticsEvent<'_>) -> bool {
    let is_named = |name: &str| event.kind == EventKind::Track && event.name == name;
    match rule {
        TargetingRule::Event { name } => is_named(name),
        TargetingRule::EventProperty { event: name, property, values } => {
            let is_it = |(name, value): &(&str, &str)| {
                name == property && values.iter().any(|wanted| wanted == value)
            };
            (name.is_empty() || is_named(name)) && event.properties.iter().any(is_it)
        }
        TargetingRule::UserProperty { .. } => false,
    }
}

fn is_met_by_user(rule: &TargetingRule, user: &BTreeMap<String, String>) -> bool {
    let TargetingRule::UserProperty { property, values } = rule else { return false };
    user.get(property).is_some_and(|value| values.contains(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event<'a>(
        kind: EventKind,
        name: &'a str,
        properties: &'a [(&'a str, &'a str)],
    ) -> AnalyticsEvent<'a> {
        AnalyticsEvent { kind, name, properties, ..AnalyticsEvent::default() }
    }

    fn values(values: &[&str]) -> Vec<String> {
        values.iter().map(|&value| value.to_owned()).collect()
    }

    fn bought() -> TargetingRule {
        TargetingRule::Event { name: "Bought".into() }
    }

    fn paid(event: &str) -> TargetingRule {
        let (event, property) = (event.into(), "plan".into());
        TargetingRule::EventProperty { event, property, values: values(&["pro", "team"]) }
    }

    fn beta() -> TargetingRule {
        TargetingRule::UserProperty { property: "beta".into(), values: values(&["true"]) }
    }

    fn targeting(rules: &[TargetingRule]) -> Targeting {
        let mut targeting = Targeting::default();
        targeting.set_rules(rules);
        targeting
    }

    #[test]
    fn any_rule_that_holds_is_enough() {
        use EventKind::{Alias, Group, Identify, Screen, Track};
        let pro: &[(&str, &str)] = &[("price", "7"), ("plan", "pro")];
        let free: &[(&str, &str)] = &[("plan", "free"), ("pro", "plan")];
        let is_beta: &[(&str, &str)] = &[("beta", "true")];
        let cases = [
            (bought(), Track, "Bought", free, true),
            (bought(), Track, "bought", pro, false),
            (bought(), Screen, "Bought", pro, false),
            (paid(""), Track, "Any", pro, true),
            (paid(""), Screen, "Any", pro, true),
            (paid(""), Track, "Any", free, false),
            (paid(""), Group, "", pro, false),
            (paid(""), Identify, "", pro, false),
            (paid("Bought"), Track, "Bought", pro, true),
            (paid("Bought"), Track, "Sold", pro, false),
            (beta(), Identify, "", is_beta, true),
            (beta(), Identify, "", pro, false),
            (beta(), Track, "Any", is_beta, false),
            (beta(), Alias, "", is_beta, false),
        ];
        for (rule, kind, name, properties, expected) in cases {
            let mut targeting = targeting(&[TargetingRule::Event { name: "-".into() }, rule]);
            assert_eq!(targeting.verdict(), Verdict::Pending);
            targeting.ask(&event(kind, name, properties));
            let expected = if expected { Verdict::Matched } else { Verdict::Unmatched };
            assert_eq!(targeting.verdict(), expected, "{:?}", targeting.rules);
        }
    }

    #[test]
    fn without_rules_there_is_nothing_to_hold() {
        let mut targeting = Targeting::default();
        targeting.ask(&event(EventKind::Track, "Bought", &[]));
        assert_eq!(targeting.verdict(), Verdict::NoRules);
        targeting.set_rules(&[bought()]);
        assert_eq!(targeting.verdict(), Verdict::Unmatched);
    }

    #[test]
    fn what_held_stays_for_the_session_and_not_longer() {
        let mut targeting = targeting(&[bought()]);
        targeting.ask(&event(EventKind::Track, "Bought", &[]));
        targeting.ask(&event(EventKind::Track, "Sold", &[]));
        assert_eq!(targeting.verdict(), Verdict::Matched);
        targeting.begin_session();
        assert_eq!(targeting.verdict(), Verdict::Pending);
    }

    #[test]
    fn what_held_does_not_outlive_its_rule() {
        let mut targeting = targeting(&[bought()]);
        targeting.ask(&event(EventKind::Track, "Bought", &[]));
        targeting.set_rules(&[beta(), bought()]);
        assert_eq!(targeting.verdict(), Verdict::Matched);
        targeting.set_rules(&[beta()]);
        assert_eq!(targeting.verdict(), Verdict::Unmatched);
    }

    #[test]
    fn who_the_user_is_counts_for_later_rules_and_sessions_until_forgotten() {
        let mut targeting = Targeting::default();
        targeting.ask(&event(EventKind::Identify, "", &[("beta", "true")]));
        targeting.set_rules(&[beta()]);
        assert_eq!(targeting.verdict(), Verdict::Matched);
        targeting.begin_session();
        assert_eq!(targeting.verdict(), Verdict::Matched);
        targeting.forget_user();
        targeting.begin_session();
        assert_eq!(targeting.verdict(), Verdict::Pending);
    }

    #[test]
    fn what_a_user_is_like_takes_bounded_room() {
        let mut targeting = targeting(&[beta()]);
        let names: Vec<String> = (0..1_000).map(|n| format!("p{n}")).collect();
        let long = "a".repeat(10 << 20);
        let mut traits: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "1")).collect();
        traits.extend([("p0", long.as_str()), (long.as_str(), "1")]);
        targeting.ask(&event(EventKind::Identify, "", &traits));
        assert_eq!(targeting.user.len(), MAX_USER_PROPERTIES - 1);
        targeting.ask(&event(EventKind::Identify, "", &[("beta", "true")]));
        assert_eq!(targeting.verdict(), Verdict::Matched);
    }
}
