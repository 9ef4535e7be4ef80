//! The Amazon States Language: all that can be said of a state machine without running it.

pub mod syntax;
pub mod diagnostic;
pub mod model;
pub mod decode;
pub mod encode;
pub mod validate;
pub mod builder;
pub mod jsonpath;
pub mod jsonata;
pub mod render;
pub mod emit;
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use decode::decode;
pub use validate::{Invalid, Valid, Validation};
