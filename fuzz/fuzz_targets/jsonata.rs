#![no_main]

use asl_tests::properties;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| properties::delimiters_hold_what_is_between_them(bytes));
