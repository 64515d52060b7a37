//! Config records come back as they were written, and half of one is none.

use proptest::prelude::*;
use viewreel_format::{
    FormatError, LogThreshold, Override, Quality, RemoteConfig, ServerZone, Step, Subject,
    SwitchOff, TargetingRule, Version,
};
use viewreel_model::record::LogLevel;
use viewreel_model::{MaskAction, MaskLevel};

fn full() -> RemoteConfig {
    RemoteConfig {
        captures: Some(true),
        sample_rate_ppm: Some(250_000),
        mask_level: Some(MaskLevel::Conservative),
        quality: Some(Quality::Automatic),
        min_duration_ms: Some(5_000),
        zone: Some(ServerZone::Eu),
        logs: Some(LogThreshold::Warnings),
        uploads_metered: Some(false),
        switched_off: vec![SwitchOff {
            subject: Subject::App,
            from: Version([2, 0, 0, 0]),
            before: Some(Version([2, 1, 300, 0])),
        }],
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

fn step(class: &str, identifier: &str) -> Step {
    Step { class: class.into(), identifier: identifier.into() }
}

/// A record of these fields, whatever they are.
fn record(fields: &[u8]) -> Vec<u8> {
    let length = (8 + fields.len() + 4) as u16;
    let mut out = [&b"VRCF\x01\x00"[..], &length.to_le_bytes(), fields].concat();
    let crc = crc32fast::hash(&out);
    out.extend(crc.to_le_bytes());
    out
}

#[test]
fn the_bytes_of_a_record_are_these() {
    let fields = [
        [1, 1, 1].as_slice(),
        &[2, 3, 0x90, 0xa1, 0x0f],
        &[3, 1, 2],
        &[4, 1, 3],
        &[5, 2, 0x88, 0x27],
        &[6, 1, 1],
        &[7, 1, 2],
        &[8, 1, 0],
        // One range: of the app, from 2.0, with an end, before 2.1.300.
        &[9, 12, 1, 2, 2, 0, 0, 0, 1, 2, 1, 0xac, 0x02, 0],
        // One override: replace, two steps.
        &[10, 14, 1, 2, 2, 4, b'C', b'a', b'r', b'd', 0, 0, 3, b'p', b'a', b'n'],
        // Three rules.
        b"\x0b\x23\x03\x00\x06Bought\x01\x00\x04plan\x02\x03pro\x017\x02\x04beta\x01\x04true",
        &[12, 1, 0],
    ];
    assert_eq!(full().encode().unwrap(), record(&fields.concat()));
    assert_eq!(&full().encode().unwrap()[..8], b"VRCF\x01\x00\x6d\x00");
    assert_eq!(&full().encode().unwrap()[105..], [0xc1, 0xe1, 0x2c, 0x90]);
    assert_eq!(RemoteConfig::default().encode().unwrap(), record(&[]));
}

#[test]
fn fields_of_later_versions_are_passed_over() {
    let config = RemoteConfig { captures: Some(false), ..RemoteConfig::default() };
    assert_eq!(RemoteConfig::decode(&record(&[1, 1, 0, 99, 3, 7, 7, 7])), Ok(config.clone()));
    // And so is what stands behind the value of a known one.
    assert_eq!(RemoteConfig::decode(&record(&[1, 2, 0, 7])), Ok(config));
}

#[test]
fn what_this_version_does_not_allow_is_an_error() {
    let cases: [&[u8]; 15] = [
        &[1, 1, 2],                    // no flag
        &[1, 0],                       // no value
        &[1, 1, 1, 1, 1, 1],           // twice
        &[3, 1, 1, 1, 1, 1],           // descending
        &[2, 3, 0xc1, 0x84, 0x3d],     // 1,000,001
        &[3, 1, 3],                    // no level
        &[4, 1, 4],                    // no quality
        &[5, 4, 0x81, 0xb8, 0x99, 41], // more than a day
        &[6, 5, 1],                    // cut short
        &[9, 1, 1],                    // no range
        &[9, 7, 1, 3, 0, 0, 0, 0, 0],  // a version of nothing
        &[10, 3, 1, 1, 0],             // no selector
        &[10, 5, 1, 1, 1, 0, 0],       // any view
        &[11, 3, 1, 3, 0],             // no kind of rule
        &[11, 4, 1, 0, 1, 0xff],       // no text
    ];
    for fields in cases {
        let error = RemoteConfig::decode(&record(fields)).unwrap_err();
        assert_eq!(error.class(), "expected", "{fields:?}");
    }
}

#[test]
fn damage_and_other_versions_are_found() {
    let good = full().encode().unwrap();
    for bit in 0..good.len() * 8 {
        let mut damaged = good.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(RemoteConfig::decode(&damaged).is_err(), "bit {bit}");
    }
    for end in 0..good.len() {
        assert!(RemoteConfig::decode(&good[..end]).is_err());
    }
    assert!(RemoteConfig::decode(&[good.as_slice(), &[0]].concat()).is_err());
    let mut later = good;
    later[4] = 2;
    let error = RemoteConfig::decode(&later).unwrap_err();
    assert!(matches!(error, FormatError::UnknownVersion { version: 2, .. }));
}

#[test]
fn a_config_that_readers_would_refuse_is_not_written() {
    let overrides = |steps| vec![Override { action: MaskAction::Mask, steps }];
    let rule = |name: usize| TargetingRule::Event { name: "a".repeat(name) };
    let cases = [
        RemoteConfig { overrides: overrides(vec![]), ..RemoteConfig::default() },
        RemoteConfig { overrides: overrides(vec![step("a", ""), step("", "")]), ..full() },
        RemoteConfig { overrides: overrides(vec![step("a", ""); 9]), ..full() },
        RemoteConfig { targeting: vec![rule(257)], ..full() },
        RemoteConfig { targeting: vec![rule(1); 65], ..full() },
        RemoteConfig { targeting: vec![rule(256); 16], ..full() },
    ];
    for config in cases {
        assert!(config.encode().is_err(), "{config:?}");
    }
}

#[test]
fn a_threshold_takes_what_is_as_serious_or_more() {
    let levels = [LogLevel::Log, LogLevel::Warn, LogLevel::Error];
    let cases = [
        (LogThreshold::Off, [false, false, false]),
        (LogThreshold::Errors, [false, false, true]),
        (LogThreshold::Warnings, [false, true, true]),
        (LogThreshold::All, [true, true, true]),
    ];
    for (threshold, expected) in cases {
        assert_eq!(levels.map(|level| threshold.takes(level)), expected, "{threshold:?}");
    }
}

#[test]
fn versions_are_compared_number_by_number() {
    let version = |text| Version::parse(text).map(|version| version.0);
    let cases = [
        ("2", Some([2, 0, 0, 0])),
        ("17.4.1", Some([17, 4, 1, 0])),
        ("2.1-beta (7)", Some([2, 1, 0, 0])),
        ("1.2.3.4.5", Some([1, 2, 3, 4])),
        ("1..3", Some([1, 0, 0, 0])),
        ("4294967296", None),
        ("", None),
        ("beta", None),
        (".1", None),
    ];
    for (text, expected) in cases {
        assert_eq!(version(text), expected, "{text}");
    }
    assert!(Version::parse("1.9.9") < Version::parse("1.10"));
}

#[test]
fn a_range_of_versions_has_its_first_and_not_its_end() {
    let range = full().switched_off[0];
    let cases =
        [("1.9", false), ("2", true), ("2.1.299", true), ("2.1.300", false), ("beta", true)];
    for (version, expected) in cases {
        assert_eq!(range.covers(version), expected, "{version}");
    }
    assert!(SwitchOff { before: None, ..range }.covers("99"));
}

fn config() -> impl Strategy<Value = RemoteConfig> {
    let option = |most: u32| prop::option::of(0..=most);
    let codes = (option(2), option(3), option(1), option(3));
    let flags = (prop::option::of(any::<bool>()), prop::option::of(any::<bool>()));
    (codes, flags, option(1_000_000), option(86_400_000)).prop_map(
        |((level, quality, zone, logs), flags, sample_rate_ppm, min_duration_ms)| RemoteConfig {
            captures: flags.0,
            sample_rate_ppm,
            mask_level: level.and_then(|code| MaskLevel::from_code(code as u8)),
            quality: quality.and_then(|code| Quality::from_code(code as u8)),
            min_duration_ms,
            zone: zone.and_then(|code| ServerZone::from_code(code as u8)),
            logs: logs.and_then(|code| LogThreshold::from_code(code as u8)),
            uploads_metered: flags.1,
            ..RemoteConfig::default()
        },
    )
}

proptest! {
    #[test]
    fn a_config_comes_back_as_it_was_written(config in config()) {
        prop_assert_eq!(RemoteConfig::decode(&config.encode().unwrap()), Ok(config));
    }

    #[test]
    fn wild_fields_give_a_config_or_one_error(fields in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = RemoteConfig::decode(&record(&fields));
    }
}
