//! What a workflow finds that awaits a function which is neither a task nor a workflow.
//!
//! As in `expr::plain`: generated code imports `__asl_function` from here with a glob, and then the function under that
//! name, which brings the type beside a `#[task]` or `#[state_machine]`. Another function has no type beside it. There is
//! a module for each number of arguments behind the handle.

use super::work::Work;
use crate::expr::{AslData, AslError};

/// A function without an attribute.
#[derive(Debug)]
pub struct PlainFunction<'a>(std::marker::PhantomData<&'a ()>);

/// What a workflow can await.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot await a function that has no `#[task]` and no `#[state_machine]`",
    label = "this function is known to Rust only",
    note = "write `#[state_machine]` on it, which makes it a workflow of its own; or `#[task]` on a declaration without body, whose work is done elsewhere"
)]
pub trait Awaitable {}

// one call each: the message shows all of it
macro_rules! plain {
    ($module:ident($($argument:ident)*)) => {
        pub mod $module {
            use super::{AslData, AslError, Awaitable, PlainFunction, Work};

            #[allow(non_camel_case_types, reason = "it is not to be a name of the user")]
            #[derive(Debug)]
            pub enum __asl_function {}

            impl __asl_function {
                #[allow(clippy::too_many_arguments, reason = "as many as the user wrote")]
                pub fn __asl_call<'a, T: AslData, E: AslError, $($argument),*>($(_: $argument),*) -> Work<T, E>
                where
                    PlainFunction<'a>: Awaitable,
                {
                    Work::machine("", "", crate::expr::structure::null())
                }
            }
        }
    };
}

plain!(of_0());
plain!(of_1(A));
plain!(of_2(A B));
plain!(of_3(A B C));
plain!(of_4(A B C D));
plain!(of_5(A B C D F));
plain!(of_6(A B C D F G));
plain!(of_7(A B C D F G H));
plain!(of_8(A B C D F G H I));
