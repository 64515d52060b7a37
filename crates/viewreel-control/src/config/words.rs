//! The words of a config as people write them.

use serde::{Deserialize, Serialize};
use viewreel_format::{LogThreshold, Quality, ServerZone, Subject};
use viewreel_model::{MaskAction, MaskLevel};

macro_rules! words {
    ($($name:ident of $type:ident { $($word:literal = $value:ident,)+ })+) => { $(
        #[derive(Clone, Copy, Serialize, Deserialize)]
        pub(super) enum $name { $(#[serde(rename = $word)] $value,)+ }

        impl From<$name> for $type {
            fn from(word: $name) -> Self {
                match word { $($name::$value => Self::$value,)+ }
            }
        }

        impl From<$type> for $name {
            fn from(value: $type) -> Self {
                match value { $($type::$value => Self::$value,)+ }
            }
        }
    )+ };
}

words! {
    LevelWord of MaskLevel {
        "light" = Light,
        "medium" = Medium,
        "conservative" = Conservative,
    }
    QualityWord of Quality {
        "low" = Low,
        "medium" = Medium,
        "high" = High,
        "automatic" = Automatic,
    }
    ZoneWord of ServerZone {
        "us" = Us,
        "eu" = Eu,
    }
    LogsWord of LogThreshold {
        "none" = Off,
        "errors" = Errors,
        "warnings" = Warnings,
        "all" = All,
    }
    SubjectWord of Subject {
        "sdk" = Sdk,
        "os" = Os,
        "app" = App,
    }
    ActionWord of MaskAction {
        "keep" = Keep,
        "mask" = Mask,
        "replace" = Replace,
    }
}
