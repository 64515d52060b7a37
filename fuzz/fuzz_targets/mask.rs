//! Fuzzes `viewreel_fuzz_checks::mask`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| viewreel_fuzz_checks::mask::check(bytes));
