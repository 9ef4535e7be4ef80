//! State machines in Rust syntax.
