//! What is in force beside the decision.

use super::settings::Settings;
use crate::sampling::SampleRate;
use viewreel_format::{LogThreshold, Override, Quality, RemoteConfig};
use viewreel_model::{MaskAction, MaskLevel};

/// On which terms is recorded: the settings of the app, and over them the config
/// of the server.
#[derive(Clone, Debug, PartialEq)]
pub struct Terms {
    /// The part of all sessions that is recorded.
    pub sample_rate: SampleRate,
    /// How much is masked.
    pub mask_level: MaskLevel,
    /// What is masked or kept beside the level; of those that keep, none where
    /// the app does not allow it.
    pub overrides: Vec<Override>,
    /// How often and how finely is captured.
    pub quality: Quality,
    /// Which log lines are recorded.
    pub logs: LogThreshold,
    /// Whether segments may be sent over networks that cost money.
    pub uploads_metered: bool,
    /// A session that ends before is not sent; in milliseconds.
    pub min_duration_ms: u32,
    /// Whether the server is told why a session has no replay.
    pub reports_decisions: bool,
}

impl Terms {
    /// The terms of a session that begins with this config.
    pub(super) fn new(settings: &Settings, config: &RemoteConfig) -> Self {
        let may_be = |one: &&Override| settings.allows_remote_unmasking || tightens(one);
        Self {
            sample_rate: config.sample_rate_ppm.map_or(settings.sample_rate, SampleRate::from_ppm),
            mask_level: config.mask_level.unwrap_or(settings.mask_level),
            overrides: config.overrides.iter().filter(may_be).cloned().collect(),
            quality: config.quality.unwrap_or(settings.quality),
            logs: config.logs.unwrap_or(settings.logs),
            uploads_metered: config.uploads_metered.unwrap_or(settings.uploads_metered),
            min_duration_ms: config.min_duration_ms.unwrap_or(settings.min_duration_ms),
            reports_decisions: config.reports_decisions.unwrap_or(settings.reports_decisions),
        }
    }

    /// These terms within a session that began on others: what is masked and
    /// which logs are left out is never less than it was.
    pub(super) fn within(mut self, session: &Self) -> Self {
        self.mask_level = more(self.mask_level, session.mask_level);
        self.logs = fewer(self.logs, session.logs);
        self.overrides.retain(|one| tightens(one) || session.overrides.contains(one));
        let gone = |one: &&Override| tightens(one) && !self.overrides.contains(one);
        let gone: Vec<Override> = session.overrides.iter().filter(gone).cloned().collect();
        self.overrides.extend(gone);
        self
    }

    /// Whether something may have been recorded on the terms before that would
    /// not be on these.
    pub(super) fn hide_more_than(&self, before: &Self) -> bool {
        let is_new = |one: &Override| tightens(one) && !before.overrides.contains(one);
        let is_gone = |one: &Override| !tightens(one) && !self.overrides.contains(one);
        more(self.mask_level, before.mask_level) != before.mask_level
            || fewer(self.logs, before.logs) != before.logs
            || self.overrides.iter().any(is_new)
            || before.overrides.iter().any(is_gone)
    }
}

fn tightens(one: &Override) -> bool {
    one.action != MaskAction::Keep
}

fn fewer(one: LogThreshold, other: LogThreshold) -> LogThreshold {
    if (one as u8) < other as u8 { one } else { other }
}

fn more(one: MaskLevel, other: MaskLevel) -> MaskLevel {
    if (one as u8) > other as u8 { one } else { other }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice::from_ref;
    use viewreel_format::Step;

    fn over(action: MaskAction, class: &str) -> Override {
        let step = Step { class: class.to_owned(), identifier: String::new() };
        Override { action, steps: vec![step] }
    }

    fn config(level: MaskLevel, logs: LogThreshold, overrides: &[Override]) -> RemoteConfig {
        RemoteConfig {
            mask_level: Some(level),
            logs: Some(logs),
            overrides: overrides.to_vec(),
            ..RemoteConfig::default()
        }
    }

    fn terms(config: &RemoteConfig) -> Terms {
        let allows_remote_unmasking = true;
        Terms::new(&Settings { allows_remote_unmasking, ..Settings::default() }, config)
    }

    #[test]
    fn what_the_config_does_not_say_is_as_the_app_says() {
        let settings = Settings { min_duration_ms: 7, ..Settings::default() };
        let terms = Terms::new(&settings, &RemoteConfig::default());
        assert_eq!((terms.min_duration_ms, terms.quality), (7, Quality::High));
        let config = RemoteConfig {
            min_duration_ms: Some(0),
            quality: Some(Quality::Low),
            uploads_metered: Some(false),
            reports_decisions: Some(false),
            sample_rate_ppm: Some(1),
            ..RemoteConfig::default()
        };
        let terms = Terms::new(&settings, &config);
        assert_eq!((terms.min_duration_ms, terms.quality), (0, Quality::Low));
        assert!(!terms.uploads_metered && !terms.reports_decisions);
        assert_eq!(terms.sample_rate, SampleRate::from_ppm(1));
    }

    #[test]
    fn only_where_the_app_allows_it_a_config_unmasks() {
        let both = [over(MaskAction::Keep, "A"), over(MaskAction::Mask, "B")];
        let config = RemoteConfig { overrides: both.to_vec(), ..RemoteConfig::default() };
        let overrides = |allows_remote_unmasking| {
            let settings = Settings { allows_remote_unmasking, ..Settings::default() };
            Terms::new(&settings, &config).overrides
        };
        assert_eq!(overrides(true), both);
        assert_eq!(overrides(false), [over(MaskAction::Mask, "B")]);
    }

    #[test]
    fn within_a_session_less_and_less_is_shown() {
        use LogThreshold::{All, Errors};
        use MaskAction::{Keep, Mask, Replace};
        use MaskLevel::{Conservative, Light, Medium};
        let (kept, masked, replaced) = (over(Keep, "A"), over(Mask, "B"), over(Replace, "C"));
        let session = terms(&config(Medium, Errors, &[kept.clone(), masked.clone()]));
        // A later config, whether it hides more, and what is in force then.
        let cases = [
            (config(Medium, Errors, &[kept.clone(), masked.clone()]), false, Medium),
            (config(Light, Errors, &[kept.clone(), masked.clone()]), false, Medium),
            (config(Conservative, Errors, &[kept.clone(), masked.clone()]), true, Conservative),
            (config(Medium, All, from_ref(&kept)), false, Medium),
            (config(Medium, LogThreshold::Off, from_ref(&kept)), true, Medium),
            (config(Medium, All, &[kept.clone(), replaced.clone()]), true, Medium),
            (config(Medium, All, &[over(Keep, "D"), kept.clone()]), false, Medium),
            (config(Medium, All, &[]), true, Medium),
        ];
        for (config, hides_more, level) in cases {
            let now = terms(&config).within(&session);
            assert_eq!(now.hide_more_than(&session), hides_more, "{config:?}");
            assert_eq!(now.mask_level, level);
            assert!(now.logs as u8 <= Errors as u8);
            assert!(now.overrides.contains(&masked), "{config:?}");
            assert!(!now.overrides.contains(&over(Keep, "D")));
            assert!(!session.hide_more_than(&session));
        }
    }
}
