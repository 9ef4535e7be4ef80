//! What the tests of this member share: the recorded cases, generated machines, and properties as functions.

pub mod conformance;
pub mod machines;
pub mod properties;

/// The README's programs, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
