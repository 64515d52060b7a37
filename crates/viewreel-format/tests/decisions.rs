//! Decision records come back as they were written, and half of them is none.

use proptest::prelude::*;
use viewreel_format::limits::{MAX_DECISION_BYTES, MAX_DECISIONS, MAX_ID_BYTES};
use viewreel_format::{DecisionReason, DecisionRecord, FormatError, ReplayId};

fn record(device: &str, session: &str, reason: DecisionReason) -> DecisionRecord {
    let replay = ReplayId { device_id: device.into(), session_id: session.into() };
    DecisionRecord { replay, reason }
}

fn two() -> Vec<DecisionRecord> {
    vec![
        record("phone", "17", DecisionReason::SampledOut),
        record("p", "1", DecisionReason::OptedOut),
    ]
}

/// Bytes with this behind the version, whatever it is.
fn framed(body: &[u8]) -> Vec<u8> {
    let mut out = [&b"VRDC\x01\x00"[..], body].concat();
    let crc = crc32fast::hash(&out);
    out.extend(crc.to_le_bytes());
    out
}

fn longest() -> Vec<DecisionRecord> {
    let id = "x".repeat(MAX_ID_BYTES);
    vec![record(&id, &id, DecisionReason::TargetingPending); MAX_DECISIONS]
}

#[test]
fn the_bytes_of_records_are_these() {
    let expected = framed(b"\x02\x0a\x05phone\x0217\x10\x05\x01p\x011\x00");
    assert_eq!(DecisionRecord::encode_all(&two()), Ok(expected.clone()));
    assert_eq!(expected[expected.len() - 4..], [0x9a, 0x0a, 0x6c, 0xf6]);
    assert_eq!(DecisionRecord::encode_all(&[]), Ok(framed(&[0])));
}

#[test]
fn the_numbers_of_reasons_are_these() {
    let words: Vec<&str> = DecisionReason::ALL.iter().map(|reason| reason.word()).collect();
    let table = include_str!("../../../docs/formats/decisions-v1.md");
    for (code, (reason, word)) in DecisionReason::ALL.iter().zip(words).enumerate() {
        assert_eq!(DecisionReason::from_code(code as u8), Some(*reason));
        assert!(table.contains(&format!("| {code} | `{word}` |")), "{code} {word}");
    }
    assert_eq!(DecisionReason::from_code(DecisionReason::ALL.len() as u8), None);
}

#[test]
fn as_many_records_as_a_request_may_have_come_back() {
    let bytes = DecisionRecord::encode_all(&longest()).unwrap();
    assert!(2 * bytes.len() <= MAX_DECISION_BYTES + 2_000, "{}", bytes.len());
    assert_eq!(DecisionRecord::decode_all(&bytes), Ok(longest()));
    let one_more = [longest(), two()].concat();
    assert!(matches!(DecisionRecord::encode_all(&one_more), Err(FormatError::Limit { .. })));
}

#[test]
fn what_later_versions_add_is_passed_over() {
    let later = framed(b"\x02\x06\x01p\x011\xff\x07\x07\x01p\x012\x10\x07\x07");
    let known = vec![record("p", "2", DecisionReason::SampledOut)];
    assert_eq!(DecisionRecord::decode_all(&later), Ok(known));
}

#[test]
fn what_this_version_does_not_allow_is_an_error() {
    let cases: [&[u8]; 7] = [
        b"\x01",                   // no record
        b"\x01\x05\x01p\x01 \x00", // no id
        b"\x01\x05\x00\x02ab\x00", // an empty one
        b"\x01\x04\x01p\x011",     // no reason
        b"\x01\x05\x01p\x09",      // cut short
        b"\x00\x00",               // more
        b"\x02\x05\x01p\x011\x00", // fewer
    ];
    for body in cases {
        assert!(DecisionRecord::decode_all(&framed(body)).is_err(), "{body:?}");
    }
    let long = framed(&[0; MAX_DECISION_BYTES]);
    assert!(matches!(DecisionRecord::decode_all(&long), Err(FormatError::Limit { .. })));
    let odd = [record("a b", "1", DecisionReason::Disabled)];
    assert!(DecisionRecord::encode_all(&odd).is_err());
}

#[test]
fn damage_and_other_versions_are_found() {
    let good = DecisionRecord::encode_all(&two()).unwrap();
    for bit in 0..good.len() * 8 {
        let mut damaged = good.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(DecisionRecord::decode_all(&damaged).is_err(), "bit {bit}");
    }
    for end in 0..good.len() {
        assert!(DecisionRecord::decode_all(&good[..end]).is_err());
    }
    assert!(DecisionRecord::decode_all(&[good.as_slice(), &[0]].concat()).is_err());
    let mut later = good;
    later[4] = 2;
    let error = DecisionRecord::decode_all(&later).unwrap_err();
    assert!(matches!(error, FormatError::UnknownVersion { version: 2, .. }));
}

proptest! {
    #[test]
    fn records_come_back_as_they_were_written(
        ids in prop::collection::vec(("[a-zA-Z0-9_.|@:=-]{1,128}", "[0-9]{1,20}", 0..20_u8), 0..64),
    ) {
        let reason = |code| DecisionReason::from_code(code).unwrap();
        let records: Vec<DecisionRecord> =
            ids.iter().map(|(device, session, code)| record(device, session, reason(*code))).collect();
        let bytes = DecisionRecord::encode_all(&records).unwrap();
        prop_assert_eq!(DecisionRecord::decode_all(&bytes), Ok(records));
    }

    #[test]
    fn wild_bytes_give_records_or_one_error(body in prop::collection::vec(any::<u8>(), 0..40)) {
        let _ = DecisionRecord::decode_all(&framed(&body));
    }
}
