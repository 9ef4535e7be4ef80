#![no_main]

use asl_tests::properties;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| properties::an_intrinsic_function_prints_itself(bytes));
