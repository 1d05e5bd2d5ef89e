//! GN2's stored sessions and their cookie: any bytes as a session, and sessions made from them.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shared::testing::flask_session::any_session(bytes));
