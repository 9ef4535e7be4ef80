//! What a Rust expression means in JSONata.
//!
//! [`Expr<T>`] is an expression that gives a `T`. Operators are functions ([`add`], [`eq`], [`if_else`]), methods are
//! methods: those of [`Option`], text, numbers, lists and iterators, as far as JSONata has the same. Where the two
//! languages differ, the difference is handled here once, and what cannot be made the same says so in the
//! documentation of its function. The tree under all of it is [`Expression`](crate::syntax::jsonata::Expression).
//!
//! # Missing values
//!
//! Serde reads a field that is left out, and one that is null, as `None`. So an `Expr<Option<T>>` that is read may be
//! missing, null or a value; all methods treat the first two alike. Where a value is stored, [`Expr::into_value`] makes
//! null of what is missing, because the service fails on a missing value. Everything here that stores a value in an
//! object or an array does so. A field with `#[serde(default)]` is its default where it is missing.
//!
//! # Names
//!
//! What is bound within an expression begins with `_`: `$_item`, `$_value`. A workflow variable must not, else it
//! could be hidden. Variables with other names are free; [`variable`] makes them.
//!
//! # What derived code offers to other macros
//!
//! A macro sees words, no types. `#[derive(AslData)]` therefore makes hidden functions that are reached by the type's
//! path as it stands in the user's code. For a struct `S`, `e: &Expr<S>`:
//!
//! | function | what it does |
//! | --- | --- |
//! | `e.field` | the field, by `Deref` to `S::Fields`; of a tuple struct `e.0` |
//! | `S::__asl_new(\|f\| { f.field = …; })` | the struct from expressions |
//! | `S::__asl_with(e, \|f\| { f.field = …; })` | `S { field: …, ..e }` |
//!
//! For a variant `V` of an enum `E`, `e: &Expr<E>`:
//!
//! | function | what it does |
//! | --- | --- |
//! | `E::__asl_is_V(e)` | `Expr<bool>`: whether it is that variant |
//! | `E::__asl_of_V(e)` | its fields by name, or `.0`; only with fields, and only right where it is that variant |
//! | `E::__asl_new_V(\|f\| { f.field = …; })` | the variant from expressions; only with fields |
//! | `constant(E::V)` | the variant without fields |
//!
//! `#[derive(AslError)]` makes the same for every variant, with or without fields, and `E::__asl_names_V()`: the error
//! names for a Catcher, `["States.ALL"]` if it takes all others. As data an error is a [`Failure`].
//!
//! Fields are assigned, so that a misspelt one, or a value of another type, is rustc's error at that word. A field
//! that is not given leaves an expression that no text can be made of; the struct literal in the user's own function,
//! which is always compiled too, is what rustc reports.
//!
//! `#[expr_fn] fn f` makes a type `f` beside the function `f`; `f::staged(…)` takes and gives expressions. A call goes
//! through `plain`, which has the message for functions without the attribute.

#![expect(
    clippy::should_implement_trait,
    clippy::iter_not_returning_iterator,
    reason = "the methods have the names of those that users write"
)]
#![expect(clippy::needless_pass_by_value, reason = "generated code hands expressions over")]

mod data;
mod typed;
mod operators;
mod number;
mod integer;
mod option;
mod text;
mod parsed;
mod list;
mod items;
mod order;
mod collection;
mod map;
mod json;
mod convert;
pub mod functions;
mod failure;
mod unsupported;
#[doc(hidden)]
pub mod structure;
#[doc(hidden)]
pub mod plain;
mod types;
pub mod native;
pub(crate) mod tree;
pub(crate) mod binding;

pub use collection::Collection;
pub use convert::SameJson;
pub use data::{Array, AslData, Shape};
pub use failure::{AslError, Failure, FailureFields, error_of, failure_of};
pub use integer::{SignedInteger, UnsignedInteger};
pub use items::{Elements, Items, Nested, SameNumber};
pub use json::{JsonPart, json, json_array, json_object, json_part};
pub use list::{list, range, range_inclusive};
pub use map::{Lookup, index, map};
pub use number::{CastSource, CastTarget, Number, cast};
pub use operators::{
    Addable, Local, Ordered, add, and, div, eq, ge, gt, if_else, le, let_in, lt, mul, ne, neg, not, or, rem,
    sub,
};
pub use option::{none, some};
pub use parsed::Parsed;
pub use text::{Chars, Text, TextPattern, Unsigned, Written, format, padded, with_zeros, written};
pub use typed::{Expr, constant, lit, text, variable};
pub use types::{MapKey, Tuple, tuple};
pub use unsupported::ParseTarget;
