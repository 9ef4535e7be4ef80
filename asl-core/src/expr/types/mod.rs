//! The types of the standard library, and JSON itself, as data.

mod primitives;
mod pointers;
mod lists;
mod tuples;
mod maps;
mod json;

pub use maps::MapKey;
pub(super) use tuples::elements;
pub use tuples::{Tuple, tuple};
