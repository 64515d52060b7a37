//! A project's config on disk, and as people write it.

use viewreel_control::config::json;
use viewreel_control::{ControlError, ProjectConfig};
use viewreel_format::{
    LogThreshold, Override, Quality, RemoteConfig, ServerZone, Step, Subject, SwitchOff,
    TargetingRule, Version,
};
use viewreel_model::{MaskAction, MaskLevel};

const FULL: &str = r#"{
  "capture": true,
  "sample_rate": 0.25,
  "mask_level": "conservative",
  "quality": "automatic",
  "min_duration_ms": 5000,
  "zone": "eu",
  "logs": "warnings",
  "metered_uploads": false,
  "switched_off": [
    {
      "what": "app",
      "from": "2",
      "before": "2.1.300"
    },
    {
      "what": "os",
      "from": "0"
    }
  ],
  "overrides": [
    {
      "action": "replace",
      "steps": [
        {
          "class": "Card"
        },
        {
          "identifier": "pan"
        }
      ]
    }
  ],
  "targeting": [
    {
      "event": "Bought"
    },
    {
      "property": "plan",
      "values": [
        "pro",
        "7"
      ]
    },
    {
      "user_property": "beta",
      "values": [
        "true"
      ]
    }
  ],
  "report_decisions": false
}"#;

fn full() -> RemoteConfig {
    let step = |class: &str, identifier: &str| Step {
        class: class.to_owned(),
        identifier: identifier.to_owned(),
    };
    let range = |subject, from, before| SwitchOff { subject, from: Version(from), before };
    RemoteConfig {
        captures: Some(true),
        sample_rate_ppm: Some(250_000),
        mask_level: Some(MaskLevel::Conservative),
        quality: Some(Quality::Automatic),
        min_duration_ms: Some(5_000),
        zone: Some(ServerZone::Eu),
        logs: Some(LogThreshold::Warnings),
        uploads_metered: Some(false),
        switched_off: vec![
            range(Subject::App, [2, 0, 0, 0], Some(Version([2, 1, 300, 0]))),
            range(Subject::Os, [0; 4], None),
        ],
        overrides: vec![Override {
            action: MaskAction::Replace,
            steps: vec![step("Card", ""), step("", "pan")],
        }],
        targeting: vec![
            TargetingRule::Event { name: "Bought".into() },
            TargetingRule::EventProperty {
                event: String::new(),
                property: "plan".into(),
                values: vec!["pro".into(), "7".into()],
            },
            TargetingRule::UserProperty { property: "beta".into(), values: vec!["true".into()] },
        ],
        reports_decisions: Some(false),
    }
}

#[test]
fn the_json_of_a_config_is_this_and_reads_back() {
    assert_eq!(json::write(&full()).expect("text"), FULL);
    assert_eq!(json::read(FULL).expect("a config"), full());
}

#[test]
fn what_is_not_said_stays_as_the_app_has_it() {
    assert_eq!(json::read("{}").expect("a config"), RemoteConfig::default());
    assert_eq!(json::write(&RemoteConfig::default()).expect("text"), "{}");
}

#[test]
fn every_rate_of_a_million_reads_back() {
    for ppm in (0..=1_000_000).step_by(37).chain([1, 999_999, 1_000_000]) {
        let config = RemoteConfig { sample_rate_ppm: Some(ppm), ..RemoteConfig::default() };
        let text = json::write(&config).expect("text");
        assert_eq!(json::read(&text).expect("a config"), config, "{text}");
    }
}

#[test]
fn what_a_config_does_not_have_is_told() {
    let cases = [
        ("7", "invalid type: integer `7`"),
        ("{", "EOF"),
        (r#"{"sample": 1}"#, "unknown field `sample`, expected one of `capture`, `sample_rate`"),
        (r#"{"capture": 1}"#, "expected a boolean"),
        (r#"{"capture": true, "capture": true}"#, "duplicate field `capture`"),
        (r#"{"sample_rate": 25}"#, "a number from 0 to 1"),
        (r#"{"sample_rate": -0.1}"#, "a number from 0 to 1"),
        (r#"{"sample_rate": 0.0000001}"#, "at most six decimals"),
        (r#"{"mask_level": "high"}"#, "expected one of `light`, `medium`, `conservative`"),
        (r#"{"min_duration_ms": 86400001}"#, "at most a day"),
        (r#"{"switched_off": [{"what": "app", "from": "2.x"}]}"#, "\"2.x\" is no version"),
        (r#"{"switched_off": [{"what": "app", "from": "1.2.3.4.5"}]}"#, "up to four numbers"),
        (r#"{"switched_off": [{"what": "app", "from": "+1"}]}"#, "is no version"),
        (r#"{"switched_off": [{"what": "app"}]}"#, "missing field `from`"),
        (r#"{"overrides": [{"action": "mask", "steps": [{"id": "a"}]}]}"#, "unknown field `id`"),
        (r#"{"targeting": [{"event": "a", "values": []}]}"#, "`event` alone"),
        (r#"{"targeting": [{"property": "a"}]}"#, "a targeting rule has"),
        (r#"{"targeting": [{}]}"#, "a targeting rule has"),
    ];
    for (text, expected) in cases {
        let error = json::read(text).expect_err(text).to_string();
        assert!(error.contains(expected) && error.contains("at line 1"), "{text}: {error}");
    }
    assert!(json::read("[true]").expect_err("a list").to_string().contains("no list"));
}

#[test]
fn a_project_has_no_config_until_it_is_given_one_and_none_after_that_is_cleared() {
    let data = tempfile::tempdir().expect("a directory");
    let kept = ProjectConfig::in_directory(data.path());
    assert_eq!(kept.read().expect("an answer"), None);
    assert!(!kept.clear().expect("cleared"));
    for config in [full(), RemoteConfig::default()] {
        kept.set(&config).expect("kept");
        assert_eq!(kept.read().expect("an answer"), Some(config));
    }
    assert!(kept.clear().expect("cleared"));
    assert_eq!(kept.read().expect("an answer"), None);
    assert_eq!(std::fs::read_dir(data.path()).expect("a listing").count(), 0);
}

#[test]
fn what_no_recorder_would_take_leaves_the_config_as_it_was() {
    let data = tempfile::tempdir().expect("a directory");
    let kept = ProjectConfig::in_directory(data.path());
    kept.set(&full()).expect("kept");
    let any_view = vec![Override { action: MaskAction::Mask, steps: vec![Step::default()] }];
    let error = kept.set(&RemoteConfig { overrides: any_view, ..full() }).expect_err("refused");
    let expected = "no recorder would take this config: it needs a selector that says which view";
    assert_eq!(error.to_string(), expected);
    let long = vec![TargetingRule::Event { name: "a".repeat(256) }; 16];
    let error = kept.set(&RemoteConfig { targeting: long, ..full() }).expect_err("refused");
    assert!(
        error.to_string().ends_with("it has more bytes in a config record than 4096"),
        "{error}"
    );
    assert_eq!(kept.read().expect("an answer"), Some(full()));
}

#[test]
fn a_damaged_file_is_not_taken_for_no_config() {
    let data = tempfile::tempdir().expect("a directory");
    let kept = ProjectConfig::in_directory(data.path());
    kept.set(&full()).expect("kept");
    let mut record = std::fs::read(kept.path()).expect("a file");
    record[9] ^= 1;
    for bytes in [record, Vec::new(), vec![0; 1 << 20]] {
        std::fs::write(kept.path(), bytes).expect("written");
        assert!(matches!(kept.read(), Err(ControlError::ConfigDamaged { .. })));
    }
}
