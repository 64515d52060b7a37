//! The lists of a config record: whom not to record, what to mask, whom to
//! record.

use crate::bytes::{Reader, Writer};
use crate::error::FormatError;
use crate::limits::{
    MAX_CONFIG_ENTRIES, MAX_CONFIG_STRING_BYTES, MAX_OVERRIDE_STEPS, MAX_RULE_VALUES,
};
use viewreel_model::{MaskAction, Override, Step};

/// A version of up to four numbers, compared from the first on. `1.2` is
/// `[1, 2, 0, 0]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub [u32; 4]);

impl Version {
    /// The version that a text begins with: numbers with dots between them, of
    /// which the first four count. `None` where it does not begin with a number.
    /// What stands behind, as in `2.1-beta (7)`, does not count.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let mut numbers = text.get(..end)?.split('.').map(str::parse);
        let mut version = Self::default();
        let (first, rest) = version.0.split_first_mut()?;
        *first = numbers.next()?.ok()?;
        for (slot, number) in rest.iter_mut().zip(numbers) {
            let Ok(number) = number else { break };
            *slot = number;
        }
        Some(version)
    }
}

words! {
    /// What a version is of.
    Subject {
        /// The recorder.
        Sdk = 0,
        /// The operating system.
        Os = 1,
        /// The app.
        App = 2,
    }
}

/// Nothing is recorded where a version lies in a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SwitchOff {
    /// What the version is of.
    pub subject: Subject,
    /// The first version of the range.
    pub from: Version,
    /// The first version after the range; `None` where it has no end.
    pub before: Option<Version>,
}

impl SwitchOff {
    /// Whether the version lies in the range. One that cannot be read does.
    #[must_use]
    pub fn covers(&self, version: &str) -> bool {
        Version::parse(version).is_none_or(|version| {
            self.from <= version && self.before.is_none_or(|before| version < before)
        })
    }
}

/// Whom to record. A session is recorded where one rule holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TargetingRule {
    /// An event of that name happens.
    Event {
        /// Its name.
        name: String,
    },
    /// An event happens whose property has one of the values.
    EventProperty {
        /// The event's name; empty for any.
        event: String,
        /// The property's name.
        property: String,
        /// The values, as JSON writes them, strings without their quotes.
        values: Vec<String>,
    },
    /// The user has a property with one of the values.
    UserProperty {
        /// The property's name.
        property: String,
        /// The values, as JSON writes them, strings without their quotes.
        values: Vec<String>,
    },
}

/// One entry of a list.
pub(super) trait Entry: Sized {
    /// What to call its list where there is too much of it.
    const WHAT: &'static str;

    fn write(&self, out: &mut Writer);
    fn read(from: &mut Reader<'_>) -> Result<Self, FormatError>;
}

pub(super) fn write_list<T: Entry>(list: &[T], out: &mut Writer) {
    out.count(list.len());
    list.iter().for_each(|entry| entry.write(out));
}

pub(super) fn read_list<T: Entry>(from: &mut Reader<'_>) -> Result<Vec<T>, FormatError> {
    let count = from.count(T::WHAT, MAX_CONFIG_ENTRIES)?;
    (0..count).map(|_| T::read(from)).collect()
}

impl Entry for SwitchOff {
    const WHAT: &'static str = "ranges of versions";

    fn write(&self, out: &mut Writer) {
        out.u8(self.subject as u8);
        write_version(self.from, out);
        out.u8(u8::from(self.before.is_some()));
        self.before.into_iter().for_each(|before| write_version(before, out));
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let subject = from.code("what a version is of", Subject::from_code)?;
        let first = read_version(from)?;
        let has_end = from.flag("whether the range ends")?;
        let before = has_end.then(|| read_version(from)).transpose()?;
        Ok(Self { subject, from: first, before })
    }
}

fn write_version(version: Version, out: &mut Writer) {
    version.0.into_iter().for_each(|number| out.uv(u64::from(number)));
}

fn read_version(from: &mut Reader<'_>) -> Result<Version, FormatError> {
    let mut version = Version::default();
    for number in &mut version.0 {
        *number = from.uv32("a number of a version")?;
    }
    Ok(version)
}

impl Entry for Override {
    const WHAT: &'static str = "overrides";

    fn write(&self, out: &mut Writer) {
        out.u8(self.action as u8);
        out.count(self.steps.len());
        for step in &self.steps {
            out.text(&step.class);
            out.text(&step.identifier);
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        let action = from.code("a mask action", MaskAction::from_code)?;
        let count = from.count("steps of a selector", MAX_OVERRIDE_STEPS)?;
        let steps: Vec<Step> = (0..count).map(|_| read_step(from)).collect::<Result<_, _>>()?;
        let is_any = steps.last().is_none_or(|step| *step == Step::default());
        if is_any {
            return Err(from.expected("a selector that says which view"));
        }
        Ok(Self { action, steps })
    }
}

fn read_step(from: &mut Reader<'_>) -> Result<Step, FormatError> {
    let class = text(from, "the name of a class")?;
    let identifier = text(from, "an accessibility identifier")?;
    Ok(Step { class, identifier })
}

impl Entry for TargetingRule {
    const WHAT: &'static str = "targeting rules";

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Event { name } => {
                out.u8(0);
                out.text(name);
            }
            Self::EventProperty { event, property, values } => {
                out.u8(1);
                out.text(event);
                write_property(property, values, out);
            }
            Self::UserProperty { property, values } => {
                out.u8(2);
                write_property(property, values, out);
            }
        }
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, FormatError> {
        match from.code("a kind of rule", |kind| (kind <= 2).then_some(kind))? {
            0 => Ok(Self::Event { name: text(from, "the name of an event")? }),
            1 => {
                let event = text(from, "the name of an event")?;
                let (property, values) = read_property(from)?;
                Ok(Self::EventProperty { event, property, values })
            }
            _ => {
                let (property, values) = read_property(from)?;
                Ok(Self::UserProperty { property, values })
            }
        }
    }
}

fn write_property(property: &str, values: &[String], out: &mut Writer) {
    out.text(property);
    out.count(values.len());
    values.iter().for_each(|value| out.text(value));
}

fn read_property(from: &mut Reader<'_>) -> Result<(String, Vec<String>), FormatError> {
    let property = text(from, "the name of a property")?;
    let count = from.count("values of a rule", MAX_RULE_VALUES)?;
    let values = (0..count).map(|_| text(from, "a value")).collect::<Result<_, _>>()?;
    Ok((property, values))
}

fn text(from: &mut Reader<'_>, what: &'static str) -> Result<String, FormatError> {
    from.text(what, MAX_CONFIG_STRING_BYTES).map(str::to_owned)
}
