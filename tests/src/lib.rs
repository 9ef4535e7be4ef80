//! What the tests of this member share: the recorded cases, generated machines, and properties as functions.

pub mod conformance;
pub mod machines;
pub mod properties;
