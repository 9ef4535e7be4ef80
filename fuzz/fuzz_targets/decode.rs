#![no_main]

use asl_tests::properties;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| properties::any_bytes_are_read_or_refused(bytes));
