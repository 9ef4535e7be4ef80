//! Text: the methods of [`String`], and what can be written as text.

use std::marker::PhantomData;

use super::data::AslData;
use super::items::Items;
use super::number::Number;
use super::parsed::Parsed;
use super::typed::Expr;
use super::unsupported::{BytesOfText, CharactersOfText, ParseTarget};
use super::{binding, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind, Regex};

/// A text or a character.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot look for `{Self}` in a text",
    label = "a text or a character is wanted here",
    note = "closures over characters have no counterpart in JSONata"
)]
pub trait TextPattern: AslData {}

impl TextPattern for String {}
impl TextPattern for char {}

/// What `format!("{}", …)` and `to_string()` can write.
///
/// Integers are written in full up to 15 digits, fractions are rounded to 15 digits as JSONata does.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot write `{Self}` as text",
    label = "only texts, characters, numbers and booleans can be written",
    note = "write one of its fields, or the pieces one by one"
)]
pub trait Written: AslData {
    /// Whether `{:8}` puts it at the right.
    #[doc(hidden)]
    const STANDS_RIGHT: bool = false;

    #[doc(hidden)]
    fn written(value: Expression) -> Expression;
}

#[diagnostic::do_not_recommend]
impl<T: Number> Written for T {
    const STANDS_RIGHT: bool = true;

    fn written(value: Expression) -> Expression {
        tree::call("string", [value])
    }
}

impl Written for bool {
    fn written(value: Expression) -> Expression {
        tree::call("string", [value])
    }
}

impl Written for String {
    fn written(value: Expression) -> Expression {
        value
    }
}

impl Written for char {
    fn written(value: Expression) -> Expression {
        value
    }
}

/// What `{:02}` can write: a number without a sign, before which the zeros would stand.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot put zeros before `{Self}`",
    label = "zeros are put before a number that has no sign and no fraction",
    note = "make it one, as in `count as u32`, or put spaces before it with `{{:>8}}`"
)]
pub trait Unsigned: Written {}

impl<T: AslData> Expr<T> {
    /// The value as text.
    #[must_use]
    pub fn to_string(&self) -> Expr<String>
    where
        T: Written,
    {
        Expr::from_tree(T::written(self.tree().clone()))
    }
}

/// The value as text: what `{}` writes.
#[doc(hidden)]
#[must_use]
pub fn written<T: AslData + Written>(value: &Expr<T>) -> Expr<String> {
    value.to_string()
}

/// What `{:>8}` writes: at least so many characters. Without a side, numbers stand at the right, others at the left.
#[doc(hidden)]
#[must_use]
pub fn padded<T: AslData + Written>(
    value: &Expr<T>,
    fill: char,
    to_the_right: Option<bool>,
    width: u32,
) -> Expr<String> {
    let width = f64::from(width);
    let width = if to_the_right.unwrap_or(T::STANDS_RIGHT) { -width } else { width };
    let mut arguments = vec![T::written(value.tree().clone()), tree::number(width)];
    if fill != ' ' {
        arguments.push(tree::string(fill));
    }
    Expr::from_tree(tree::call("pad", arguments))
}

/// What `{:02}` writes: at least so many digits.
#[doc(hidden)]
#[must_use]
pub fn with_zeros<T: AslData + Written + Unsigned>(value: &Expr<T>, width: u32) -> Expr<String> {
    padded(value, '0', Some(true), width)
}

/// `format!("{}, {}", a, b)`: the pieces of text, and between them the values.
///
/// ```
/// # use asl_core::expr::{Expr, format, variable};
/// let (name, age): (Expr<String>, Expr<u32>) = (variable("name"), variable("age"));
/// let text = format(["Hello ", " (", ")"], [name.to_string(), age.to_string()]);
/// assert_eq!(text.to_jsonata(), "'Hello ' & $name & ' (' & $age & ')'");
/// ```
#[must_use]
pub fn format<const N: usize, const M: usize>(pieces: [&str; N], values: [Expr<String>; M]) -> Expr<String> {
    let mut parts = Vec::new();
    let mut values = values.into_iter().map(Expr::into_tree);
    for piece in pieces {
        if !piece.is_empty() {
            parts.push(tree::string(piece));
        }
        parts.extend(values.next());
    }
    parts.extend(values);
    let is_one = parts.len() == 1;
    let parts = parts.into_iter().map(|part| if is_one { part } else { joined_part(part) });
    Expr::from_tree(
        parts
            .reduce(|left, right| tree::binary(BinaryOperator::Concatenate, left, right))
            .unwrap_or_else(|| tree::string("")),
    )
}

/// `&` makes texts of numbers by itself.
fn joined_part(part: Expression) -> Expression {
    if part.called_function() != Some("string") {
        return part;
    }
    match part.kind {
        Kind::Call { arguments, .. } if arguments.len() == 1 => match arguments.into_iter().next() {
            Some(crate::syntax::jsonata::Argument::Value(value)) => value,
            _ => tree::string(""),
        },
        kind => tree::node(kind),
    }
}

fn regex(pattern: &str) -> Expression {
    tree::node(Kind::Regex(Regex { pattern: pattern.into(), ignore_case: false, multiline: false }))
}

fn length(text: Expression) -> Expression {
    match &text.kind {
        #[expect(clippy::cast_precision_loss, reason = "no text in memory has 2^53 characters")]
        Kind::String(text) => tree::number(text.chars().count() as f64),
        _ => tree::call("length", [text]),
    }
}

impl Expr<String> {
    fn of(name: &str, arguments: impl IntoIterator<Item = Expression>) -> Self {
        Self::from_tree(tree::call(name, arguments))
    }

    /// The same value: texts are all alike in JSON.
    #[must_use]
    pub fn as_str(&self) -> Self {
        self.clone()
    }

    /// Whether it has no character.
    #[must_use]
    pub fn is_empty(&self) -> Expr<bool> {
        Expr::from_tree(tree::equal(self.tree().clone(), tree::string("")))
    }

    /// The characters, to be counted.
    #[must_use]
    pub fn chars(&self) -> Chars<char> {
        Chars { text: self.tree().clone(), character: PhantomData }
    }

    /// In capital letters.
    #[must_use]
    pub fn to_uppercase(&self) -> Self {
        Self::of("uppercase", [self.tree().clone()])
    }

    /// In small letters.
    #[must_use]
    pub fn to_lowercase(&self) -> Self {
        Self::of("lowercase", [self.tree().clone()])
    }

    /// Without white space at both ends. JSONata's `$trim` would change the white space within too.
    #[must_use]
    pub fn trim(&self) -> Self {
        self.without(r"^\s+|\s+$")
    }

    /// Without white space at the start.
    #[must_use]
    pub fn trim_start(&self) -> Self {
        self.without(r"^\s+")
    }

    /// Without white space at the end.
    #[must_use]
    pub fn trim_end(&self) -> Self {
        self.without(r"\s+$")
    }

    fn without(&self, pattern: &str) -> Self {
        Self::of("replace", [self.tree().clone(), regex(pattern), tree::string("")])
    }

    /// Whether a text is part of it.
    #[must_use]
    pub fn contains<P: TextPattern>(&self, part: Expr<P>) -> Expr<bool> {
        Expr::from_tree(tree::call("contains", [self.tree().clone(), part.into_tree()]))
    }

    /// Whether it begins with a text.
    #[must_use]
    pub fn starts_with<P: TextPattern>(&self, start: Expr<P>) -> Expr<bool> {
        Expr::from_tree(binding::bind("start", start.into_tree(), |start| {
            let found = [self.tree().clone(), tree::number(0.0), length(start.clone())];
            tree::equal(tree::call("substring", found), start)
        }))
    }

    /// Whether it ends with a text.
    #[must_use]
    pub fn ends_with<P: TextPattern>(&self, end: Expr<P>) -> Expr<bool> {
        Expr::from_tree(binding::bind("text", self.tree().clone(), |text| {
            binding::bind("end", end.into_tree(), |end| {
                // counted from the front: the last 0 characters would be all of them
                let from = tree::binary(BinaryOperator::Subtract, length(text.clone()), length(end.clone()));
                tree::equal(tree::call("substring", [text, from]), end)
            })
        }))
    }

    /// What is behind a text that it begins with.
    #[must_use]
    pub fn strip_prefix<P: TextPattern>(&self, start: Expr<P>) -> Expr<Option<String>> {
        self.stripped("start", start, Self::starts_with, |text, start| {
            tree::call("substring", [text, length(start)])
        })
    }

    /// What is before a text that it ends with.
    #[must_use]
    pub fn strip_suffix<P: TextPattern>(&self, end: Expr<P>) -> Expr<Option<String>> {
        self.stripped("end", end, Self::ends_with, |text, end| {
            let count = tree::binary(BinaryOperator::Subtract, length(text.clone()), length(end));
            tree::call("substring", [text, tree::number(0.0), count])
        })
    }

    fn stripped<P: TextPattern>(
        &self,
        hint: &str,
        part: Expr<P>,
        has: impl FnOnce(&Self, Expr<P>) -> Expr<bool>,
        rest: impl FnOnce(Expression, Expression) -> Expression,
    ) -> Expr<Option<String>> {
        Expr::from_tree(binding::bind("text", self.tree().clone(), |text| {
            binding::bind(hint, part.into_tree(), |part| {
                let has = has(&Self::from_tree(text.clone()), Expr::from_tree(part.clone()));
                tree::condition(has.into_tree(), rest(text, part), tree::null())
            })
        }))
    }

    /// With another text wherever a text is. The text to look for must not be empty: JSONata fails on that.
    #[must_use]
    pub fn replace<P: TextPattern>(&self, from: Expr<P>, to: Self) -> Self {
        Self::of("replace", [self.tree().clone(), from.into_tree(), to.into_tree()])
    }

    /// The same a number of times.
    #[must_use]
    pub fn replacen<P: TextPattern>(&self, from: Expr<P>, to: Self, count: Expr<usize>) -> Self {
        let arguments = [self.tree().clone(), from.into_tree(), to.into_tree(), count.into_tree()];
        Self::of("replace", arguments)
    }

    /// Its parts between a text, which must not be empty.
    #[must_use]
    pub fn split<P: TextPattern>(&self, separator: Expr<P>) -> Items<String> {
        let parts = tree::call("split", [self.tree().clone(), separator.into_tree()]);
        Items::of_list(tree::flat([parts]))
    }

    /// The text several times. At most so often as the service's memory allows.
    #[must_use]
    pub fn repeat(&self, count: Expr<usize>) -> Self {
        Self::from_tree(binding::bind("text", self.tree().clone(), |text| {
            let last =
                super::number::arithmetic(BinaryOperator::Subtract, count.into_tree(), tree::number(1.0));
            let indices = tree::range(tree::number(0.0), last);
            let copies = tree::call("map", [indices, binding::lambda(["index"], |_| text)]);
            tree::call("join", [tree::flat([copies])])
        }))
    }

    /// The number that it says, or nothing.
    ///
    /// As in Rust, a sign and leading zeros are allowed, white space is not. A number that does not fit is nothing.
    /// Fractions are read as Rust reads them, but for `inf`, `nan`, and a dot without digits on one side.
    #[must_use]
    pub fn parse<T: ParseTarget>(&self) -> Parsed<T> {
        Parsed::of(Expr::from_tree(binding::bind("text", self.tree().clone(), T::parsed)))
    }
}

/// The text type; it stands for a type parameter, so that methods can have bounds that it does not meet.
pub trait Text: AslData {}

impl Text for String {}

impl<T: Text> Expr<T> {
    /// Not in a workflow: `str::len` counts bytes.
    #[must_use]
    pub fn len(&self) -> Expr<usize>
    where
        T: BytesOfText,
    {
        Expr::from_tree(tree::null())
    }
}

/// The characters of a text.
#[derive(Debug, Clone)]
pub struct Chars<T> {
    text: Expression,
    character: PhantomData<T>,
}

impl<T: AslData> Chars<T> {
    /// The same with another tree.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_with(self, change: &mut dyn FnMut(&Expression) -> Expression) -> Self {
        Self { text: change(&self.text), ..self }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> Expr<usize> {
        Expr::from_tree(length(self.text.clone()))
    }

    /// Not in a workflow: characters are only counted.
    #[must_use]
    pub fn map<U: AslData>(&self, _: impl FnOnce(Expr<T>) -> Expr<U>) -> Items<U>
    where
        T: CharactersOfText,
    {
        Items::of_list(tree::null())
    }

    /// Not in a workflow: characters are only counted.
    #[must_use]
    pub fn filter(&self, _: impl FnOnce(Expr<T>) -> Expr<bool>) -> Items<T>
    where
        T: CharactersOfText,
    {
        Items::of_list(tree::null())
    }

    /// Not in a workflow: characters are only counted.
    #[must_use]
    pub fn rev(&self) -> Items<T>
    where
        T: CharactersOfText,
    {
        Items::of_list(tree::null())
    }
}

/// `text` as a number, if it matches a pattern; else null.
///
/// `$number` reads neither a plus nor leading zeros, so they are taken away.
pub(super) fn number_in(text: &Expression, pattern: &str) -> Expression {
    let is_number = tree::call("contains", [text.clone(), regex(pattern)]);
    let start = regex(r"^[+]?(-?)0*([0-9])");
    let digits = tree::call("replace", [text.clone(), start, tree::string("$1$2")]);
    tree::condition(is_number, tree::call("number", [digits]), tree::null())
}
