//! What crosses crates, in one binary.

mod architecture;
mod round_trip;
mod verdicts;
mod bad_input;
mod properties;
mod fuzz_corpus;
mod jsonata;
mod evaluation;
mod native_agreement;
mod variables;
mod recordings;
mod flow;
mod scenarios;
mod engine;
mod cost;
mod expr;
