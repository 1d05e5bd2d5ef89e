//! The check of the session cookie: any bytes as a secret, a signed cookie and changes to it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| shared::testing::cookie::any_cookie(bytes));
