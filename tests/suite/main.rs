//! What crosses crates, in one binary.

mod architecture;
mod round_trip;
mod verdicts;
mod bad_input;
mod jsonata;
mod variables;
