//! What Rust has and a workflow has not: bounds that nothing meets, for the sake of their messages.

use super::data::AslData;
use super::number::Number;
use super::text::number_in;
use super::{binding, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression};

macro_rules! unsupported {
    ($($(#[$meta:meta])* $name:ident;)*) => { $(
        $(#[$meta])*
        pub trait $name: AslData {}
    )* };
}

unsupported! {
    /// The bytes of a text.
    #[diagnostic::on_unimplemented(
        message = "`len` counts the bytes of a text, which a workflow cannot",
        label = "no `len` of a text in a workflow",
        note = "count its characters: `text.chars().count()`"
    )]
    BytesOfText;
    /// The characters of a text, one by one.
    #[diagnostic::on_unimplemented(
        message = "a workflow cannot go through the characters of a text",
        label = "characters can only be counted in a workflow",
        note = "use `.chars().count()`, `.split(…)`, `.replace(…)` or `.contains(…)`, or do it in a task"
    )]
    CharactersOfText;
    /// A value that must be there.
    #[diagnostic::on_unimplemented(
        message = "`unwrap` and `expect` panic, and a workflow cannot",
        label = "no panic in a workflow",
        note = "use `.unwrap_or(…)`, or `match` and return an error"
    )]
    Panics;
    /// The error of a text that is no number.
    #[diagnostic::on_unimplemented(
        message = "a workflow does not know why a text is no number",
        label = "the error of `parse` has no counterpart in a workflow",
        note = "`match` on the result, `Err(_)` for all errors, or use `.ok()`, `.unwrap_or(…)`"
    )]
    ErrorOfParse;
    /// Something that is done with each element.
    #[diagnostic::on_unimplemented(
        message = "`for_each` makes no value, and an expression of a workflow does nothing else",
        label = "no effect within an expression",
        note = "write a `for` loop over the list"
    )]
    EffectOfEach;
    /// The order of a list.
    #[diagnostic::on_unimplemented(
        message = "a list of a workflow cannot be changed in place",
        label = "nothing is changed in place within an expression",
        note = "make a new list: with more elements by `list.iter().chain(more).collect::<Vec<_>>()`, in order by itertools' `list.iter().sorted().collect::<Vec<_>>()`"
    )]
    ChangedInPlace;
}

/// What a text can be parsed as.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot parse a text as `{Self}`",
    label = "only numbers and booleans can be parsed",
    note = "compare the text with `==` or `match` on it"
)]
pub trait ParseTarget: AslData<Data = Self> + Sized {
    #[doc(hidden)]
    fn parsed(text: Expression) -> Expression;
}

#[diagnostic::do_not_recommend]
impl<T: Number> ParseTarget for T {
    fn parsed(text: Expression) -> Expression {
        if !T::IS_INTEGER {
            return number_in(&text, r"^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$");
        }
        let number = number_in(&text, if T::LEAST == Some(0.0) { "^[+]?[0-9]+$" } else { "^[-+]?[0-9]+$" });
        let compare = |operator, limit: Option<f64>, value: &Expression| {
            limit.map_or_else(
                || tree::boolean(true),
                |limit| tree::binary(operator, value.clone(), tree::number(limit)),
            )
        };
        if T::LARGEST.is_none() {
            return number;
        }
        binding::bind("number", number, |value| {
            let in_range = tree::and(
                compare(BinaryOperator::AtLeast, T::LEAST.filter(|least| *least != 0.0), &value),
                compare(BinaryOperator::AtMost, T::LARGEST, &value),
            );
            tree::condition(tree::and(tree::is_present(value.clone()), in_range), value, tree::null())
        })
    }
}

impl ParseTarget for bool {
    fn parsed(text: Expression) -> Expression {
        let is = |word| tree::equal(text.clone(), tree::string(word));
        tree::condition(
            is("true"),
            tree::boolean(true),
            tree::condition(is("false"), tree::boolean(false), tree::null()),
        )
    }
}
