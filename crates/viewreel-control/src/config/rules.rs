//! The lists of a config as people write them.

use super::words::{ActionWord, SubjectWord};
use serde::{Deserialize, Serialize};
use viewreel_format::{Override, Step, SwitchOff, TargetingRule, Version};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SwitchOffJson {
    what: SubjectWord,
    from: VersionText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<VersionText>,
}

impl From<SwitchOffJson> for SwitchOff {
    fn from(json: SwitchOffJson) -> Self {
        let before = json.before.map(|before| before.0);
        Self { subject: json.what.into(), from: json.from.0, before }
    }
}

impl From<SwitchOff> for SwitchOffJson {
    fn from(range: SwitchOff) -> Self {
        let SwitchOff { subject, from, before } = range;
        Self { what: subject.into(), from: VersionText(from), before: before.map(VersionText) }
    }
}

/// One to four numbers with dots between them. A config that meant another
/// version than it says would switch off what works, so nothing is guessed here.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct VersionText(Version);

impl TryFrom<String> for VersionText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut version = Version::default();
        let numbers: Vec<Option<u32>> = text.split('.').map(number).collect();
        let is_version = numbers.len() <= version.0.len() && !numbers.contains(&None);
        if !is_version {
            return Err(format!(
                "{text:?} is no version; one is up to four numbers, as \"2.1.300\""
            ));
        }
        version.0.iter_mut().zip(numbers.into_iter().flatten()).for_each(|(slot, n)| *slot = n);
        Ok(Self(version))
    }
}

fn number(text: &str) -> Option<u32> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

impl From<VersionText> for String {
    fn from(version: VersionText) -> Self {
        let numbers = version.0.0;
        let last = numbers.iter().rposition(|&number| number > 0).unwrap_or(0);
        let texts: Vec<Self> = numbers.iter().take(last + 1).map(u32::to_string).collect();
        texts.join(".")
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OverrideJson {
    action: ActionWord,
    steps: Vec<StepJson>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct StepJson {
    #[serde(skip_serializing_if = "String::is_empty")]
    class: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    identifier: String,
}

impl From<OverrideJson> for Override {
    fn from(json: OverrideJson) -> Self {
        let step = |StepJson { class, identifier }| Step { class, identifier };
        Self { action: json.action.into(), steps: json.steps.into_iter().map(step).collect() }
    }
}

impl From<Override> for OverrideJson {
    fn from(one: Override) -> Self {
        let step = |Step { class, identifier }| StepJson { class, identifier };
        Self { action: one.action.into(), steps: one.steps.into_iter().map(step).collect() }
    }
}

/// A rule; which one is told by the fields that are there.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "RuleFields", into = "RuleFields")]
pub(super) struct RuleJson(TargetingRule);

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RuleFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    property: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_property: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    values: Option<Vec<String>>,
}

impl TryFrom<RuleFields> for RuleJson {
    type Error = &'static str;

    fn try_from(fields: RuleFields) -> Result<Self, Self::Error> {
        let RuleFields { event, property, user_property, values } = fields;
        match (event, property, user_property, values) {
            (Some(name), None, None, None) => Ok(Self(TargetingRule::Event { name })),
            (event, Some(property), None, Some(values)) => {
                let event = event.unwrap_or_default();
                Ok(Self(TargetingRule::EventProperty { event, property, values }))
            }
            (None, None, Some(property), Some(values)) => {
                Ok(Self(TargetingRule::UserProperty { property, values }))
            }
            _ => Err("a targeting rule has `event` alone, `property` and `values`, with `event` \
                      or without, or `user_property` and `values`"),
        }
    }
}

impl From<RuleJson> for RuleFields {
    fn from(rule: RuleJson) -> Self {
        let none = Self::default();
        match rule.0 {
            TargetingRule::Event { name } => Self { event: Some(name), ..none },
            TargetingRule::EventProperty { event, property, values } => {
                let event = Some(event).filter(|event| !event.is_empty());
                Self { event, property: Some(property), values: Some(values), ..none }
            }
            TargetingRule::UserProperty { property, values } => {
                Self { user_property: Some(property), values: Some(values), ..none }
            }
        }
    }
}

impl From<RuleJson> for TargetingRule {
    fn from(rule: RuleJson) -> Self {
        rule.0
    }
}

impl From<TargetingRule> for RuleJson {
    fn from(rule: TargetingRule) -> Self {
        Self(rule)
    }
}
