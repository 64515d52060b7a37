//! A config record is read, and what was read comes back when it is written.

use crate::mend;
use viewreel_format::RemoteConfig;
use viewreel_format::limits::MAX_CONFIG_BYTES;

/// Any bytes, as they are and with a length and a checksum that hold.
///
/// # Panics
/// Where a record is accepted that does not come back when it is written.
pub fn check(bytes: &[u8]) {
    check_bytes(bytes);
    let mut mended = bytes.to_vec();
    if mend::config(&mut mended).is_some() {
        check_bytes(&mended);
    }
}

fn check_bytes(bytes: &[u8]) {
    let Ok(config) = RemoteConfig::decode(bytes) else { return };
    let encoded = config.encode().expect("what was read can be written");
    assert!(bytes.len() <= MAX_CONFIG_BYTES && encoded.len() <= bytes.len());
    assert_eq!(RemoteConfig::decode(&encoded), Ok(config));
}
