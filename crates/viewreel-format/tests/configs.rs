//! Config records come back as they were written, and half of one is none.

use proptest::prelude::*;
use viewreel_format::{FormatError, LogThreshold, Quality, RemoteConfig, ServerZone};
use viewreel_model::MaskLevel;

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
    }
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
    ];
    assert_eq!(full().encode(), record(&fields.concat()));
    assert_eq!(&full().encode()[..8], b"VRCF\x01\x00\x27\x00");
    assert_eq!(&full().encode()[35..], [0x7c, 0xe9, 0xd2, 0xb7]);
    assert_eq!(RemoteConfig::default().encode(), record(&[]));
}

#[test]
fn fields_of_later_versions_are_passed_over() {
    let config = RemoteConfig { captures: Some(false), ..RemoteConfig::default() };
    assert_eq!(RemoteConfig::decode(&record(&[1, 1, 0, 99, 3, 7, 7, 7])), Ok(config));
    // And so is what stands behind the value of a known one.
    assert_eq!(RemoteConfig::decode(&record(&[1, 2, 0, 7])), Ok(config));
}

#[test]
fn what_this_version_does_not_allow_is_an_error() {
    let cases: [&[u8]; 9] = [
        &[1, 1, 2],                    // no flag
        &[1, 0],                       // no value
        &[1, 1, 1, 1, 1, 1],           // twice
        &[3, 1, 1, 1, 1, 1],           // descending
        &[2, 3, 0xc1, 0x84, 0x3d],     // 1,000,001
        &[3, 1, 3],                    // no level
        &[4, 1, 4],                    // no quality
        &[5, 4, 0x81, 0xb8, 0x99, 41], // more than a day
        &[6, 5, 1],                    // cut short
    ];
    for fields in cases {
        let error = RemoteConfig::decode(&record(fields)).unwrap_err();
        assert_eq!(error.class(), "expected", "{fields:?}");
    }
}

#[test]
fn damage_and_other_versions_are_found() {
    let good = full().encode();
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
        },
    )
}

proptest! {
    #[test]
    fn a_config_comes_back_as_it_was_written(config in config()) {
        prop_assert_eq!(RemoteConfig::decode(&config.encode()), Ok(config));
    }

    #[test]
    fn wild_fields_give_a_config_or_one_error(fields in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = RemoteConfig::decode(&record(&fields));
    }
}
