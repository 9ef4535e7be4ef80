//! What must hold for any text and any machine, as functions that tests and fuzz targets call.
//!
//! [`TARGETS`] is the list of what `fuzz/` runs. The suite calls the same functions on the seeds of
//! `fuzz/corpus` and on generated machines, so that they hold every day, without a fuzzer.

mod machine;
mod syntax;

pub use machine::{a_machine_survives_writing, any_bytes_are_read_or_refused, findings_stand_in_the_text};
pub use syntax::{
    a_json_path_prints_itself, a_jsonata_expression_prints_itself, a_placeholder_prints_itself,
    a_reference_path_prints_itself, a_resource_prints_itself, a_timestamp_prints_itself,
    an_intrinsic_function_prints_itself,
};

/// A property of any bytes: panics if it does not hold for these.
pub type Property = fn(&[u8]);

/// Each fuzz target of `fuzz/fuzz_targets`, and each folder of `fuzz/corpus`, with its property.
pub const TARGETS: &[(&str, Property)] = &[
    ("decode", any_bytes_are_read_or_refused),
    ("validate", findings_stand_in_the_text),
    ("json_path", a_json_path_prints_itself),
    ("reference_path", a_reference_path_prints_itself),
    ("intrinsic", an_intrinsic_function_prints_itself),
    ("jsonata", a_jsonata_expression_prints_itself),
    ("timestamp", a_timestamp_prints_itself),
    ("resource", a_resource_prints_itself),
    ("placeholder", a_placeholder_prints_itself),
];
