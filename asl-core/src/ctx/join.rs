//! `join!` and `try_join!`: a Parallel state.

use std::task::{Context, Poll};

use super::Branch;

/// Branches that run at the same time to their ends: a tuple of one to twelve.
#[diagnostic::on_unimplemented(
    message = "so many branches are not supported",
    label = "at most twelve branches",
    note = "put some of them into another `join!`, or use `map_each` where they are alike"
)]
pub trait Branches {
    /// The outputs, in the order of the branches.
    type Outputs;

    /// Goes on with those that have something to do.
    #[doc(hidden)]
    fn poll(&mut self, around: &Context<'_>) -> Poll<Self::Outputs>;
}

/// Branches of which the first that fails ends all: a tuple of one to twelve, with one type of errors.
#[diagnostic::on_unimplemented(
    message = "these branches do not all give a `Result` with the same error type",
    label = "each branch must give a `Result`, all with one error type, and there may be twelve",
    note = "give a branch another error type with `async {{ Ok(task.await?) }}`"
)]
pub trait TryBranches<E> {
    /// The values, in the order of the branches.
    type Values;

    /// Goes on with those that have something to do.
    #[doc(hidden)]
    fn poll(&mut self, around: &Context<'_>) -> Poll<Result<Self::Values, E>>;
}

macro_rules! tuples {
    ($(($($future:ident $value:ident $index:tt),+))+) => { $(
        impl<$($future: Future),+> Branches for ($(Branch<$future>,)+) {
            type Outputs = ($($future::Output,)+);

            fn poll(&mut self, around: &Context<'_>) -> Poll<Self::Outputs> {
                let mut is_over = true;
                $(is_over &= self.$index.advance(around);)+
                if !is_over {
                    return Poll::Pending;
                }
                Poll::Ready(($(self.$index.take().expect("it is over, and polled once after that"),)+))
            }
        }

        impl<E, $($value, $future: Future<Output = Result<$value, E>>),+> TryBranches<E> for ($(Branch<$future>,)+) {
            type Values = ($($value,)+);

            fn poll(&mut self, around: &Context<'_>) -> Poll<Result<Self::Values, E>> {
                let mut is_over = true;
                $(
                    is_over &= self.$index.advance(around);
                    if let Some(error) = self.$index.take_error() {
                        return Poll::Ready(Err(error));
                    }
                )+
                if !is_over {
                    return Poll::Pending;
                }
                let outputs = ($(self.$index.take().expect("it is over, and polled once after that"),)+);
                Poll::Ready(Ok(($(outputs.$index?,)+)))
            }
        }
    )+ };
}

tuples! {
    (A A1 0)
    (A A1 0, B B1 1)
    (A A1 0, B B1 1, C C1 2)
    (A A1 0, B B1 1, C C1 2, D D1 3)
    (A A1 0, B B1 1, C C1 2, D D1 3, F F1 4)
    (A A1 0, B B1 1, C C1 2, D D1 3, F F1 4, G G1 5)
    (A A1 0, B B1 1, C C1 2, D D1 3, F F1 4, G G1 5, H H1 6)
    (A A1 0, B B1 1, C C1 2, D D1 3, F F1 4, G G1 5, H H1 6, I I1 7)
    (A A1 0, B B1 1, C C1 2, D D1 3, F F1 4, G G1 5, H H1 6, I I1 7, J J1 8)
    (A A1 0, B B1 1, C C1 2, D D1 3, F F1 4, G G1 5, H H1 6, I I1 7, J J1 8, K K1 9)
    (A A1 0, B B1 1, C C1 2, D D1 3, F F1 4, G G1 5, H H1 6, I I1 7, J J1 8, K K1 9, L L1 10)
    (A A1 0, B B1 1, C C1 2, D D1 3, F F1 4, G G1 5, H H1 6, I I1 7, J J1 8, K K1 9, L L1 10, M M1 11)
}

/// What `join!` awaits.
#[doc(hidden)]
pub async fn join_branches<B: Branches>(mut branches: B) -> B::Outputs {
    std::future::poll_fn(|around| branches.poll(around)).await
}

/// What `try_join!` awaits.
///
/// # Errors
///
/// The first error in time; the other branches are dropped where they are.
#[doc(hidden)]
pub async fn try_join_branches<B: TryBranches<E>, E>(mut branches: B) -> Result<B::Values, E> {
    std::future::poll_fn(|around| branches.poll(around)).await
}

/// Runs branches at the same time to their ends, and gives a tuple of what they gave: a Parallel state.
///
/// A branch is a task, an `async` block, or another future. No branch stops another; see
/// [`try_join!`](macro@crate::ctx::try_join) for branches of which the first error ends all. The macro awaits by
/// itself and needs an `async` function around it. It works under any executor.
///
/// ```
/// # async fn example() {
/// use asl_core::ctx::join;
/// assert_eq!(join!(async { 1 }, async { "two" }), (1, "two"));
/// # }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __join {
    ($($branch:expr),+ $(,)?) => {
        $crate::ctx::join_branches(($($crate::ctx::Branch::new($branch),)+)).await
    };
}

/// Runs branches at the same time; the first error ends them all, as in a Parallel state.
///
/// Gives a `Result` with a tuple of what the branches gave. It awaits by itself: write `try_join!(a, b)?`.
///
/// ```
/// # async fn example() {
/// use asl_core::ctx::{Failure, try_join};
/// let both: Result<_, Failure> = try_join!(async { Ok(1) }, async { Ok("two") });
/// assert_eq!(both, Ok((1, "two")));
/// # }
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __try_join {
    ($($branch:expr),+ $(,)?) => {
        $crate::ctx::try_join_branches(($($crate::ctx::Branch::new($branch),)+)).await
    };
}
