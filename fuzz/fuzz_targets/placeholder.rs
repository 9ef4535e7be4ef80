#![no_main]

use asl_tests::properties;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| properties::a_placeholder_prints_itself(bytes));
