//! What a call finds that is not one of an `#[expr_fn]`.
//!
//! rustc alone would say that there is no module of the function's name. So generated code imports `__asl_function` from
//! here with a glob, and then the function under that name: `use total as __asl_function`. Of an `#[expr_fn]` that brings
//! the type beside the function too, which goes before the glob; of another function, the value alone. There is a module
//! for each number of arguments.

use super::data::AslData;
use super::typed::Expr;

/// A function without `#[expr_fn]`.
#[derive(Debug)]
pub struct PlainFunction<'a>(std::marker::PhantomData<&'a ()>);

/// What a workflow can call in an expression.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot call a function that has no `#[expr_fn]`",
    label = "this function is known to Rust only",
    note = "write `#[expr_fn]` on the function; if it comes from another crate, call it in a task"
)]
pub trait Callable {}

macro_rules! plain {
    ($($module:ident($($argument:ident)*);)*) => { $(
        pub mod $module {
            use super::{AslData, Callable, Expr, PlainFunction};

            #[allow(non_camel_case_types, reason = "it is not to be a name of the user")]
            #[derive(Debug)]
            pub enum __asl_function {}

            impl __asl_function {
                #[allow(clippy::too_many_arguments, reason = "as many as the user wrote")]
                pub fn staged<'a, R: AslData, $($argument),*>($(_: $argument),*) -> Expr<R>
                where
                    PlainFunction<'a>: Callable,
                {
                    Expr::from_tree(super::super::structure::unset())
                }
            }
        }
    )* };
}

plain! {
    of_0();
    of_1(A);
    of_2(A B);
    of_3(A B C);
    of_4(A B C D);
    of_5(A B C D E);
    of_6(A B C D E F);
    of_7(A B C D E F G);
    of_8(A B C D E F G H);
}
