//! What the texts of `expr` compute, against what Rust computes: each is evaluated by a JSONata engine.

#![expect(
    clippy::many_single_char_names,
    clippy::nonminimal_bool,
    clippy::type_complexity,
    reason = "the Rust beside each expression is the same program, however it would be written alone"
)]

mod evaluation;
mod numbers;
mod options;
mod texts;
mod lists;
mod nested_lists;
mod maps;
mod snapshots;
