//! What the derives make of a type, against what serde makes of it.

mod evaluation;
mod structs;
mod enums;
mod errors;
