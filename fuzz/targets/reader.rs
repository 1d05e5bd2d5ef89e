//! The tolerant reader: any bytes as a value of any of the hashes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shared::testing::reader::any_value(bytes));
