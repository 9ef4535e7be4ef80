//! JSONata in states: expressions are read once, and evaluated each time a state comes to them.
//!
//! [`Template`] is what a field of a state holds, [`Prepared`] one expression of it. What they may refer to is a
//! [`Scope`](crate::Scope): `$states` and the workflow variables; only what an expression reads is looked up. The language
//! is that of the service ([transforming data](https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html)):
//! `$partition`, `$range`, `$hash`, `$uuid`, `$parse` and a `$random` that takes a seed are added, `$eval` is not there.
//! The evaluator itself is a crate, and named in the folder `backend` only.
//!
//! DIFFERENCE: numbers are doubles, so arithmetic on integers above 2^53 is less exact than the service's; what is only
//! handed on keeps its digits. Regular expressions have no look-around and no back references, and the text of an error
//! that was not recorded is the evaluator's, behind the same code.

mod template;
mod prepared;
mod needs;
mod reference;
mod field;
mod place;
mod wording;
mod limits;
mod number;
mod document;
mod backend;

pub use document::{Environment, EvaluationError, evaluate_document};
pub use field::{Condition, array, integer, number, string, timestamp, unexpected_type};
pub use limits::Limits;
pub use prepared::{Prepared, Unprepared};
pub use template::Template;

pub(crate) use backend::{Chance, Native, with_stack};
pub(crate) use field::out_of_range;
pub(crate) use number::all_plain;

#[cfg(test)]
mod tests;
