//! The `asl` command.
fn main() {}
