#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dixit_fuzz::robots::holds(bytes));
