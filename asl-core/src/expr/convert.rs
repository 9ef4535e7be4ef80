//! What changes the Rust type of a value and leaves its JSON as it is.

use serde_json::Value;

use super::data::AslData;
use super::typed::Expr;

/// What `into()` can do in a workflow: conversions that leave the JSON as it is.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot turn `{Self}` into `{T}` with `into`",
    label = "an `impl From` of your own is not known to a workflow",
    note = "`into` works between texts, into wider numbers, into `Option` and into JSON; else write the struct or call an `#[expr_fn]`"
)]
pub trait SameJson<T: AslData>: AslData {}

impl<T: AslData> SameJson<T> for T {}
impl<T: AslData> SameJson<Option<T>> for T {}
impl SameJson<String> for char {}

macro_rules! widens {
    ($($from:ty => $($to:ty)*;)*) => { $( $( impl SameJson<$to> for $from {} )* )* };
}

widens! {
    i8 => i16 i32 i64 isize f64;
    i16 => i32 i64 isize f64;
    i32 => i64 f64;
    u8 => u16 u32 u64 usize i16 i32 i64 isize f64;
    u16 => u32 u64 usize i32 i64 f64;
    u32 => u64 i64 f64;
    f32 => f64;
}

macro_rules! json {
    ($($from:ty)*) => { $( #[diagnostic::do_not_recommend] impl SameJson<Value> for $from {} )* };
}

json! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize f32 f64 bool String }

#[diagnostic::do_not_recommend]
impl<T: SameJson<Value>> SameJson<Value> for Vec<T> {}
#[diagnostic::do_not_recommend]
impl<T: SameJson<Value>> SameJson<Value> for Option<T> {}

macro_rules! the_same {
    ($($(#[$doc:meta])* $name:ident)*) => { $(
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self) -> Self {
            self.clone()
        }
    )* };
}

impl<T: AslData> Expr<T> {
    the_same! {
        /// The same value: references are nothing in JSON.
        as_ref
        /// The same value: references are nothing in JSON.
        as_deref
        /// The same value: lists are all alike in JSON.
        as_slice
        /// The same value: references are nothing in JSON.
        borrow
        /// The same value: references are nothing in JSON.
        to_owned
        /// The same value: references are nothing in JSON.
        into_owned
        /// The same value: lists are all alike in JSON.
        to_vec
        /// The same value: lists are all alike in JSON.
        into_vec
        /// The same value.
        cloned
        /// The same value.
        copied
    }

    /// The value as a type with the same JSON.
    #[must_use]
    pub fn into<U: AslData>(self) -> Expr<U>
    where
        T: SameJson<U>,
    {
        Expr::from_tree(self.into_tree())
    }
}
