//! Decision records are read, and what was read comes back when it is written.

use crate::mend;
use viewreel_format::DecisionRecord;
use viewreel_format::limits::{MAX_DECISION_BYTES, MAX_DECISIONS};

/// Any bytes, as they are and with a checksum that holds.
///
/// # Panics
/// Where records are accepted that do not come back when they are written.
pub fn check(bytes: &[u8]) {
    check_bytes(bytes);
    let mut mended = bytes.to_vec();
    if mend::whole(&mut mended).is_some() {
        check_bytes(&mended);
    }
}

fn check_bytes(bytes: &[u8]) {
    let Ok(records) = DecisionRecord::decode_all(bytes) else { return };
    let encoded = DecisionRecord::encode_all(&records).expect("what was read can be written");
    assert!(records.len() <= MAX_DECISIONS && bytes.len() <= MAX_DECISION_BYTES);
    assert!(encoded.len() <= bytes.len());
    assert_eq!(DecisionRecord::decode_all(&encoded), Ok(records));
}
