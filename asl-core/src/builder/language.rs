use std::fmt::Debug;

use crate::model::state::Processor;
use crate::model::{self, QueryLanguage, State, States, Value};

/// A query language as a type: [`JsonPath`] or [`Jsonata`].
///
/// It decides which setters of a builder may be called: `Task<JsonPath>` takes `result_path`, `Task<Jsonata>` takes
/// `output`, and the other way round does not compile ([`IsJsonPath`], [`IsJsonata`]). Nothing else can implement it.
///
/// ```
/// use asl_core::builder::{JsonPath, Jsonata, Language};
/// assert_eq!(JsonPath::QUERY_LANGUAGE.as_str(), "JSONPath");
/// assert_eq!(Jsonata::QUERY_LANGUAGE.as_str(), "JSONata");
/// ```
pub trait Language: Copy + Debug + PartialEq + sealed::Language {
    /// The value of `QueryLanguage`.
    const QUERY_LANGUAGE: QueryLanguage;
}

/// The language of paths, payload templates and intrinsic functions: the type parameter of what
/// [`asl_core::jsonpath`](crate::jsonpath) exports.
///
/// ```
/// use asl_core::builder::{self, JsonPath};
/// use asl_core::jsonpath::{Task, end};
/// let _: builder::Task<JsonPath> = Task::new("arn:aws:states:::lambda:invoke", end());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonPath;

/// The language of `{% … %}`: the type parameter of what [`asl_core::jsonata`](crate::jsonata) exports.
///
/// ```
/// use asl_core::builder::{self, Jsonata};
/// use asl_core::jsonata::{Task, end};
/// let _: builder::Task<Jsonata> = Task::new("arn:aws:states:::lambda:invoke", end());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Jsonata;

impl Language for JsonPath {
    const QUERY_LANGUAGE: QueryLanguage = QueryLanguage::JsonPath;
}

impl Language for Jsonata {
    const QUERY_LANGUAGE: QueryLanguage = QueryLanguage::Jsonata;
}

/// [`JsonPath`]: the bound of what only JSONPath has, so that the compiler says so where it is called in JSONata.
///
/// ```
/// use asl_core::builder::{IsJsonPath, JsonPath};
/// fn only<L: IsJsonPath>(_: L) {}
/// only(JsonPath);
/// ```
#[diagnostic::on_unimplemented(
    message = "only JSONPath has this field, and the language here is `{Self}`",
    label = "a field of JSONPath alone",
    note = "in JSONata, write `.arguments(…)` for `Parameters`; `.output(…)` or `.assign(…)` for `ResultSelector`, `ResultPath`, `OutputPath` and `Result`; `jsonata(\"$states.input.…\")` as the value for a field that ends in `Path`",
    note = "or take the builder from `asl_core::jsonpath`"
)]
pub trait IsJsonPath: Language {}

impl IsJsonPath for JsonPath {}

/// [`Jsonata`]: the bound of what only JSONata has, so that the compiler says so where it is called in JSONPath.
///
/// ```
/// use asl_core::builder::{IsJsonata, Jsonata};
/// fn only<L: IsJsonata>(_: L) {}
/// only(Jsonata);
/// ```
#[diagnostic::on_unimplemented(
    message = "only JSONata has this field, and the language here is `{Self}`",
    label = "a field of JSONata alone",
    note = "in JSONPath, write `.parameters(…)` for `Arguments`; `.result_selector(…)`, `.result_path(…)` or `.output_path(…)` for `Output`; `.items_path(…)` for `Items`",
    note = "or take the builder from `asl_core::jsonata`"
)]
pub trait IsJsonata: Language {}

impl IsJsonata for Jsonata {}

pub(super) mod sealed {
    use super::Value;

    /// What differs between the languages, out of sight.
    pub trait Language {
        /// What is appended to the name of a payload's field whose value is evaluated.
        const SUFFIX: &'static str;

        /// `Parameters` or `Arguments`, whichever the language has.
        fn payload<'a>(
            parameters: &'a mut Option<Value>,
            arguments: &'a mut Option<Value>,
        ) -> &'a mut Option<Value>;
    }
}

impl sealed::Language for JsonPath {
    const SUFFIX: &'static str = ".$";

    fn payload<'a>(parameters: &'a mut Option<Value>, _: &'a mut Option<Value>) -> &'a mut Option<Value> {
        parameters
    }
}

impl sealed::Language for Jsonata {
    const SUFFIX: &'static str = "";

    fn payload<'a>(_: &'a mut Option<Value>, arguments: &'a mut Option<Value>) -> &'a mut Option<Value> {
        arguments
    }
}

/// A state that may stand in a machine whose language is `Machine`.
///
/// A JSONPath machine takes states of both languages, which is how a machine is moved to JSONata state by state; a
/// JSONata machine takes JSONata states alone. A [`State`], as decoding gives it, is taken by both and
/// judged by [`validate`](crate::validate).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot stand in a machine in `{Machine}`",
    label = "not a state of this machine's language",
    note = "a machine whose `QueryLanguage` is JSONata has JSONata states alone: take this state from `asl_core::jsonata`",
    note = "a machine from `asl_core::jsonpath` takes states of both languages"
)]
pub trait StateOf<Machine: Language>: Into<State> {}

impl<L: Language> StateOf<L> for State {}

/// The state with its language written on it, which a machine takes away again where it says the same.
pub(super) fn in_language<L: Language>(state: impl Into<model::State>) -> State {
    let mut state = state.into();
    state.set_query_language(Some(L::QUERY_LANGUAGE));
    state
}

/// The state as it stands in a machine of its language, nested states included.
pub(super) fn in_machine<L: Language>(state: impl Into<State>) -> State {
    let mut state = state.into();
    inherit_state(&mut state, L::QUERY_LANGUAGE);
    state
}

/// Takes the language from all states that have the machine's: they inherit it, from the machine and not from the
/// Parallel or Map state around them.
pub(super) fn inherit(states: Option<&mut States>, language: QueryLanguage) {
    for (_, state) in states.into_iter().flat_map(States::iter_mut) {
        inherit_state(state, language);
    }
}

fn inherit_state(state: &mut State, language: QueryLanguage) {
    if state.query_language() == Some(language) {
        state.set_query_language(None);
    }
    match state {
        State::Parallel(parallel) => {
            for branch in parallel.branches.iter_mut().flatten() {
                inherit(branch.states.as_mut(), language);
            }
        }
        State::Map(map) => match &mut map.processor {
            Some(Processor::ItemProcessor(processor) | Processor::Iterator(processor)) => {
                inherit(processor.states.as_mut(), language);
            }
            None => {}
        },
        State::Task(_)
        | State::Pass(_)
        | State::Choice(_)
        | State::Wait(_)
        | State::Succeed(_)
        | State::Fail(_)
        | State::Unknown(_) => {}
    }
}
