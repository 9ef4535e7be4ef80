//! The eight state types, and a place for what is none of them.

use super::object::{Object, Visit};
use super::{Catcher, Extra, JsonObject, Kind, QueryLanguage, Retrier, Transition};

mod task;
mod pass;
mod choice;
mod wait;
mod succeed;
mod fail;
mod parallel;
mod map;
mod unknown;

pub use choice::Choice;
pub use fail::Fail;
pub use map::{Map, Processor};
pub use parallel::Parallel;
pub use pass::Pass;
pub use succeed::Succeed;
pub use task::Task;
pub use unknown::Unknown;
pub use wait::{Wait, WaitUntil};

/// A state.
///
/// Matching is exhaustive on purpose: a new state type must be thought of everywhere.
/// See [States](https://states-language.net/#statetypes).
#[derive(Debug, Clone, PartialEq)]
pub enum State {
    /// Work.
    Task(Box<Task>),
    /// Shapes data.
    Pass(Box<Pass>),
    /// Decides.
    Choice(Box<Choice>),
    /// Lets time pass.
    Wait(Box<Wait>),
    /// Ends well.
    Succeed(Box<Succeed>),
    /// Ends with an error.
    Fail(Box<Fail>),
    /// Branches at the same time.
    Parallel(Box<Parallel>),
    /// A machine for each item.
    Map(Box<Map>),
    /// What a file has in place of a state: no `Type`, an unknown one, or no object at all.
    Unknown(Box<Unknown>),
}

/// Calls one method on whatever type the state has.
macro_rules! each {
    ($state:expr, $inner:ident => $body:expr) => {
        match $state {
            State::Task($inner) => $body,
            State::Pass($inner) => $body,
            State::Choice($inner) => $body,
            State::Wait($inner) => $body,
            State::Succeed($inner) => $body,
            State::Fail($inner) => $body,
            State::Parallel($inner) => $body,
            State::Map($inner) => $body,
            State::Unknown($inner) => $body,
        }
    };
}

impl State {
    /// The state as an object whose fields can be walked.
    #[must_use]
    pub fn object(&self) -> &dyn Object {
        each!(self, state => &**state)
    }

    /// `Type`, as it stands in JSON; empty if there is none.
    #[must_use]
    pub fn type_name(&self) -> &str {
        match self {
            Self::Unknown(unknown) => unknown.type_name().unwrap_or_default(),
            known => known.object().kind().name(),
        }
    }

    /// `Comment`.
    #[must_use]
    pub fn comment(&self) -> Option<&str> {
        match self {
            Self::Unknown(_) => None,
            Self::Task(state) => state.comment.as_deref(),
            Self::Pass(state) => state.comment.as_deref(),
            Self::Choice(state) => state.comment.as_deref(),
            Self::Wait(state) => state.comment.as_deref(),
            Self::Succeed(state) => state.comment.as_deref(),
            Self::Fail(state) => state.comment.as_deref(),
            Self::Parallel(state) => state.comment.as_deref(),
            Self::Map(state) => state.comment.as_deref(),
        }
    }

    /// The state's own `QueryLanguage`; the machine's holds if there is none.
    #[must_use]
    pub fn query_language(&self) -> Option<QueryLanguage> {
        match self {
            Self::Unknown(_) => None,
            Self::Task(state) => state.query_language,
            Self::Pass(state) => state.query_language,
            Self::Choice(state) => state.query_language,
            Self::Wait(state) => state.query_language,
            Self::Succeed(state) => state.query_language,
            Self::Fail(state) => state.query_language,
            Self::Parallel(state) => state.query_language,
            Self::Map(state) => state.query_language,
        }
    }

    /// Sets the state's own `QueryLanguage`, or removes it.
    pub fn set_query_language(&mut self, language: Option<QueryLanguage>) {
        match self {
            Self::Unknown(_) => {}
            Self::Task(state) => state.query_language = language,
            Self::Pass(state) => state.query_language = language,
            Self::Choice(state) => state.query_language = language,
            Self::Wait(state) => state.query_language = language,
            Self::Succeed(state) => state.query_language = language,
            Self::Fail(state) => state.query_language = language,
            Self::Parallel(state) => state.query_language = language,
            Self::Map(state) => state.query_language = language,
        }
    }

    /// `Next` or `End`; `None` for Choice, Succeed, Fail and unknown states, which have neither.
    #[must_use]
    pub fn transition(&self) -> Option<&Transition> {
        match self {
            Self::Task(state) => Some(&state.transition),
            Self::Pass(state) => Some(&state.transition),
            Self::Wait(state) => Some(&state.transition),
            Self::Parallel(state) => Some(&state.transition),
            Self::Map(state) => Some(&state.transition),
            Self::Choice(_) | Self::Succeed(_) | Self::Fail(_) | Self::Unknown(_) => None,
        }
    }

    /// `Retry`; empty where there is none.
    #[must_use]
    pub fn retry(&self) -> &[Retrier] {
        match self {
            Self::Task(state) => state.retry.as_deref(),
            Self::Parallel(state) => state.retry.as_deref(),
            Self::Map(state) => state.retry.as_deref(),
            _ => None,
        }
        .unwrap_or_default()
    }

    /// `Catch`; empty where there is none.
    #[must_use]
    pub fn catch(&self) -> &[Catcher] {
        match self {
            Self::Task(state) => state.catch.as_deref(),
            Self::Parallel(state) => state.catch.as_deref(),
            Self::Map(state) => state.catch.as_deref(),
            _ => None,
        }
        .unwrap_or_default()
    }

    /// `Assign` of the state itself.
    #[must_use]
    pub fn assign(&self) -> Option<&JsonObject> {
        match self {
            Self::Task(state) => state.assign.as_ref(),
            Self::Pass(state) => state.assign.as_ref(),
            Self::Choice(state) => state.assign.as_ref(),
            Self::Wait(state) => state.assign.as_ref(),
            Self::Parallel(state) => state.assign.as_ref(),
            Self::Map(state) => state.assign.as_ref(),
            Self::Succeed(_) | Self::Fail(_) | Self::Unknown(_) => None,
        }
    }

    /// Whether the state can end its scope: Succeed, Fail, or `End: true`.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Succeed(_) | Self::Fail(_)) || self.transition().is_some_and(Transition::is_end)
    }
}

impl Object for State {
    fn kind(&self) -> Kind {
        self.object().kind()
    }

    fn extra(&self) -> &Extra {
        self.object().extra()
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        each!(self, state => state.visit(visit));
    }
}

macro_rules! from {
    ($($name:ident)+) => {
        $(impl From<$name> for State {
            fn from(state: $name) -> Self {
                Self::$name(Box::new(state))
            }
        })+
    };
}

from!(Task Pass Choice Wait Succeed Fail Parallel Map Unknown);
