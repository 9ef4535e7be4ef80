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

/// No value: the bound of its callers is met by nothing.
fn nothing<R: AslData>() -> Expr<R> {
    Expr::from_tree(super::structure::unset())
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_0 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[must_use]
        pub fn staged<'a, R: AslData>() -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_1 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[must_use]
        pub fn staged<'a, R: AslData, A>(_: A) -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_2 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[must_use]
        pub fn staged<'a, R: AslData, A, B>(_: A, _: B) -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_3 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[must_use]
        pub fn staged<'a, R: AslData, A, B, C>(_: A, _: B, _: C) -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_4 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[must_use]
        pub fn staged<'a, R: AslData, A, B, C, D>(_: A, _: B, _: C, _: D) -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_5 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[must_use]
        pub fn staged<'a, R: AslData, A, B, C, D, E>(_: A, _: B, _: C, _: D, _: E) -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_6 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[must_use]
        pub fn staged<'a, R: AslData, A, B, C, D, E, F>(_: A, _: B, _: C, _: D, _: E, _: F) -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_7 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[must_use]
        pub fn staged<'a, R: AslData, A, B, C, D, E, F, G>(
            _: A,
            _: B,
            _: C,
            _: D,
            _: E,
            _: F,
            _: G,
        ) -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}

#[allow(non_camel_case_types, missing_docs, reason = "it is not to be a name of the user")]
pub mod of_8 {
    use super::{AslData, Callable, Expr, PlainFunction, nothing};

    #[derive(Debug)]
    pub enum __asl_function {}

    impl __asl_function {
        #[expect(clippy::too_many_arguments, reason = "as many as the user wrote")]
        #[must_use]
        pub fn staged<'a, R: AslData, A, B, C, D, E, F, G, H>(
            _: A,
            _: B,
            _: C,
            _: D,
            _: E,
            _: F,
            _: G,
            _: H,
        ) -> Expr<R>
        where
            PlainFunction<'a>: Callable,
        {
            nothing()
        }
    }
}
