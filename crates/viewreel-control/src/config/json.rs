//! The JSON twin of a config record, for people: `docs/formats/config-v1.md`.

use super::rules::{OverrideJson, RuleJson, SwitchOffJson};
use super::words::{LevelWord, LogsWord, QualityWord, ZoneWord};
use serde::de::Error;
use serde::{Deserialize, Serialize};
use viewreel_format::RemoteConfig;
use viewreel_format::limits::MAX_MIN_DURATION_MS;

/// Sessions of a million in a sample rate of 1.
const MILLION: f64 = 1e6;

/// Reads a config.
///
/// # Errors
/// Where it is no JSON, has a field that a config does not have, or a value that
/// the field does not take; the error says where and what there may be. Whether
/// recorders take it as a whole is told when it is encoded.
pub fn read(text: &str) -> Result<RemoteConfig, serde_json::Error> {
    // A list would be taken for an object without names.
    match text.trim_start().starts_with('[') {
        true => Err(serde_json::Error::custom("a config is an object with fields, and no list")),
        false => serde_json::from_str::<ConfigJson>(text).map(RemoteConfig::from),
    }
}

/// Writes a config, on several lines. Reading it gives the same one.
///
/// # Errors
/// Where there is no memory left.
pub fn write(config: &RemoteConfig) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&ConfigJson::from(config))
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ConfigJson {
    #[serde(skip_serializing_if = "Option::is_none")]
    capture: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sample_rate: Option<Rate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mask_level: Option<LevelWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quality: Option<QualityWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_duration_ms: Option<Duration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    zone: Option<ZoneWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    logs: Option<LogsWord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metered_uploads: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    switched_off: Vec<SwitchOffJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<OverrideJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    targeting: Vec<RuleJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report_decisions: Option<bool>,
}

impl From<ConfigJson> for RemoteConfig {
    fn from(json: ConfigJson) -> Self {
        Self {
            captures: json.capture,
            sample_rate_ppm: json.sample_rate.map(|rate| rate.0),
            mask_level: json.mask_level.map(Into::into),
            quality: json.quality.map(Into::into),
            min_duration_ms: json.min_duration_ms.map(|duration| duration.0),
            zone: json.zone.map(Into::into),
            logs: json.logs.map(Into::into),
            uploads_metered: json.metered_uploads,
            switched_off: json.switched_off.into_iter().map(Into::into).collect(),
            overrides: json.overrides.into_iter().map(Into::into).collect(),
            targeting: json.targeting.into_iter().map(Into::into).collect(),
            reports_decisions: json.report_decisions,
        }
    }
}

impl From<&RemoteConfig> for ConfigJson {
    fn from(config: &RemoteConfig) -> Self {
        Self {
            capture: config.captures,
            sample_rate: config.sample_rate_ppm.map(Rate),
            mask_level: config.mask_level.map(Into::into),
            quality: config.quality.map(Into::into),
            min_duration_ms: config.min_duration_ms.map(Duration),
            zone: config.zone.map(Into::into),
            logs: config.logs.map(Into::into),
            metered_uploads: config.uploads_metered,
            switched_off: config.switched_off.iter().copied().map(Into::into).collect(),
            overrides: config.overrides.iter().cloned().map(Into::into).collect(),
            targeting: config.targeting.iter().cloned().map(Into::into).collect(),
            report_decisions: config.reports_decisions,
        }
    }
}

/// Sessions of a million, as a part of 1.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
struct Rate(u32);

impl TryFrom<f64> for Rate {
    type Error = &'static str;

    fn try_from(rate: f64) -> Result<Self, Self::Error> {
        let ppm = (rate * MILLION).round();
        let is_whole = (rate * MILLION - ppm).abs() < 1e-4;
        match is_whole && (0.0..=MILLION).contains(&ppm) {
            true => Ok(Self(ppm as u32)),
            false => Err("a sample rate is a number from 0 to 1 with at most six decimals"),
        }
    }
}

impl From<Rate> for f64 {
    fn from(rate: Rate) -> Self {
        Self::from(rate.0) / MILLION
    }
}

/// In milliseconds, at most a day.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
struct Duration(u32);

impl TryFrom<u32> for Duration {
    type Error = &'static str;

    fn try_from(ms: u32) -> Result<Self, Self::Error> {
        match ms <= MAX_MIN_DURATION_MS {
            true => Ok(Self(ms)),
            false => Err("a minimum duration is at most a day, 86400000 milliseconds"),
        }
    }
}

impl From<Duration> for u32 {
    fn from(duration: Duration) -> Self {
        duration.0
    }
}
