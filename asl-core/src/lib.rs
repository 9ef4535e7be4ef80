//! The Amazon States Language: all that can be said of a state machine without running it.

pub mod syntax;
