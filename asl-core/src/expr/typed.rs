//! [`Expr`], an expression whose Rust type is known.

use std::cell::OnceCell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::rc::Rc;

use crate::syntax::jsonata::Expression;

use super::data::AslData;
use super::tree;

/// An expression that gives a `T` when the workflow runs.
///
/// It dereferences to the fields of `T`, so that `user.plan` is a field that rustc knows, read in JSON under serde's
/// name. A clone is cheap.
///
/// ```
/// use asl_core::expr::{Expr, add, lit, variable};
///
/// let polls: Expr<u32> = variable("polls");
/// assert_eq!(add(polls, lit(1)).to_jsonata(), "$polls + 1");
/// ```
pub struct Expr<T: AslData> {
    tree: Rc<Expression>,
    /// Made when asked for: a type may be part of itself.
    fields: OnceCell<Box<T::Fields>>,
    data: PhantomData<fn() -> T>,
}

impl<T: AslData> Expr<T> {
    /// An expression of which the caller knows that it gives a `T`.
    #[must_use]
    pub fn from_tree(tree: Expression) -> Self {
        Self { tree: Rc::new(tree), fields: OnceCell::new(), data: PhantomData }
    }

    /// The expression as it is read. What it gives may be missing, if `T` is an [`Option`].
    #[must_use]
    pub fn tree(&self) -> &Expression {
        &self.tree
    }

    /// The expression as JSONata writes it, without delimiters.
    #[must_use]
    pub fn to_jsonata(&self) -> String {
        self.tree.to_string()
    }

    /// The expression without its type, as it is read; see [`tree`](Self::tree).
    #[must_use]
    pub fn into_tree(self) -> Expression {
        Rc::unwrap_or_clone(self.tree)
    }

    /// The expression as its value may be stored: in a payload, an output, a variable. An [`Option`] is null where it
    /// would be missing, since the service fails on a missing value.
    ///
    /// ```
    /// # use asl_core::expr::{Expr, variable};
    /// let note: Expr<Option<String>> = variable("note");
    /// assert_eq!(note.into_value().to_string(), "$note != null ? $note : null");
    /// ```
    #[must_use]
    pub fn into_value(self) -> Expression {
        tree::settled(self.into_tree(), T::SHAPE)
    }
}

/// A variable, by its name without `$`.
#[must_use]
pub fn variable<T: AslData>(name: &str) -> Expr<T> {
    Expr::from_tree(tree::variable(name))
}

/// A literal of Rust; the type of `lit(0)` is found by rustc, as that of `0`.
#[must_use]
pub fn lit<T: AslData<Data = T>>(value: T) -> Expr<T> {
    Expr::from_tree(value.literal())
}

/// A text.
#[must_use]
pub fn text(text: &str) -> Expr<String> {
    Expr::from_tree(tree::string(text))
}

/// The value of a constant, or of a variant without fields.
///
/// ```
/// # use asl_core::expr::constant;
/// const NAMES: &[&str] = &["a"];
/// assert_eq!(constant(NAMES).to_jsonata(), "['a']");
/// ```
#[must_use]
pub fn constant<T: AslData>(value: T) -> Expr<T::Data> {
    Expr::from_tree(value.literal())
}

impl<T: AslData> Clone for Expr<T> {
    fn clone(&self) -> Self {
        Self { tree: Rc::clone(&self.tree), fields: OnceCell::new(), data: PhantomData }
    }
}

impl<T: AslData> Deref for Expr<T> {
    type Target = T::Fields;

    fn deref(&self) -> &T::Fields {
        self.fields.get_or_init(|| Box::new(T::fields(&self.tree)))
    }
}

impl<T: AslData> fmt::Debug for Expr<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expr({})", self.tree)
    }
}
