//! The error handlers of a state, for rules that look at `Retry` and `Catch` alike.

use crate::model::State;

/// The `ErrorEquals` of each handler in a list, in order; empty where it is absent.
pub(super) type Names<'l, 's> = dyn ExactSizeIterator<Item = &'s [String]> + 'l;

/// Calls `check` for `Retry` and for `Catch`, with the field, the word for one of its handlers, and their names.
pub(super) fn each_list<'s>(state: &'s State, mut check: impl FnMut(&str, &str, &mut Names<'_, 's>)) {
    let mut retriers = state.retry().iter().map(|it| it.error_equals.as_deref().unwrap_or_default());
    check("Retry", "retrier", &mut retriers);
    let mut catchers = state.catch().iter().map(|it| it.error_equals.as_deref().unwrap_or_default());
    check("Catch", "catcher", &mut catchers);
}
