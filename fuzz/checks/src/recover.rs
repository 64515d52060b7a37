//! What recovery keeps of a file is a segment.

use crate::mend;
use viewreel_format::{Recovered, SealedSegment, recover};

/// The first two bytes say where the file, which the others are, is cut. Its
/// checksums are made to hold before.
///
/// # Panics
/// Where what recovery keeps is no segment, or its footer does not fit.
pub fn check(bytes: &[u8]) {
    let Some((&cut, file)) = bytes.split_first_chunk::<2>() else { return };
    check_file(file);
    let mut mended = file.to_vec();
    let _ = mend::segment(&mut mended);
    check_file(&mended);
    mended.truncate(usize::from(u16::from_le_bytes(cut)) % (mended.len() + 1));
    check_file(&mended);
}

fn check_file(file: &[u8]) {
    match recover(file) {
        Ok(Recovered::Sealed) => assert!(SealedSegment::parse(file).is_ok()),
        Ok(Recovered::Cut { keep_bytes, footer }) => {
            check_sealed(&[&file[..keep_bytes], &footer].concat());
        }
        Ok(Recovered::Empty) | Err(_) => {}
    }
}

fn check_sealed(bytes: &[u8]) {
    let Ok(segment) = SealedSegment::parse(bytes) else { panic!("what is kept is a segment") };
    let entries = segment.records().map(|record| record.map(|record| record.time_ms));
    let Ok(times) = entries.collect::<Result<Vec<u64>, _>>() else { panic!("it can be read") };
    let footer = segment.footer();
    assert!(times.len() <= footer.records as usize, "all entries are counted");
    assert!(times.iter().all(|&time_ms| time_ms <= footer.end_ms), "none is after the end");
    assert_eq!(recover(bytes), Ok(Recovered::Sealed));
}
