//! The planner: any bytes as a transfer that is planned, applied and undone.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shared::testing::laws::any_bytes(bytes));
