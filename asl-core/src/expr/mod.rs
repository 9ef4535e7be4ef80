//! What a Rust expression means in JSONata.
//!
//! [`Expr<T>`] is an expression that gives a `T`. Operators are functions ([`add`], [`eq`], [`if_else`]), methods are
//! methods: those of [`Option`], text, numbers, lists and iterators, as far as JSONata has the same. Where the two
//! languages differ, the difference is handled here once, and what cannot be made the same says so in the
//! documentation of its function. The tree under all of it is [`Expression`](crate::syntax::jsonata::Expression).

mod data;
mod typed;
mod operators;
mod number;
mod option;
mod text;
mod list;
mod items;
mod map;
mod json;
mod convert;
pub mod functions;
mod failure;
mod unsupported;
#[doc(hidden)]
pub mod structure;
mod types;
mod tree;
mod binding;

pub use data::{Array, AslData, Shape};
pub use convert::SameJson;
pub use failure::{AslError, Failure, FailureFields, error_of, failure_of};
pub use items::{Collection, Elements, Items, Nested, SameNumber};
pub use list::{list, range, range_inclusive};
pub use map::{Lookup, index};
pub use number::{CastSource, CastTarget, Number, cast};
pub use operators::{
    Addable, Local, Ordered, add, and, div, eq, ge, gt, if_else, le, let_in, lt, mul, ne, neg, not, or, rem, sub,
};
pub use option::{none, some};
pub use text::{Chars, Parsed, Text, TextPattern, Written, format};
pub use typed::{Expr, constant, lit, text, variable};
pub use types::{Tuple, tuple};
pub use unsupported::ParseTarget;
