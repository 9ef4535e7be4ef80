//! What the texts of `expr` compute, against what Rust computes: each is evaluated by a JSONata engine.

mod evaluation;
mod numbers;
mod options;
mod texts;
mod lists;
mod nested_lists;
mod maps;
mod snapshots;
