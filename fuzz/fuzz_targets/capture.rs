//! Fuzzes `viewreel_fuzz_checks::capture`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| viewreel_fuzz_checks::capture::check(bytes));
