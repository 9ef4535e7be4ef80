use indexmap::IndexMap;

use super::object::{FieldValue, Fields, Object, Visit};
use super::{Extra, Kind, QueryLanguage, State, Static, Value};

/// A state machine: the whole of a definition.
///
/// See [Top-level fields](https://states-language.net/#toplevelfields).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StateMachine {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `QueryLanguage`: the language of all states that do not name their own; JSONPath if absent.
    pub query_language: Option<QueryLanguage>,
    /// `Version` of the language; `1.0` if absent, and nothing else is known.
    pub version: Option<String>,
    /// `TimeoutSeconds`: how long an execution may run; a year (Standard) or five minutes (Express) if absent.
    pub timeout_seconds: Option<Static<i64>>,
    /// `StartAt`: the state that runs first. Required.
    pub start_at: Option<String>,
    /// `States`. Required, not empty.
    pub states: Option<States>,
    /// What does not belong here.
    pub extra: Extra,
}

impl StateMachine {
    /// The language of states that do not name their own.
    #[must_use]
    pub fn language(&self) -> QueryLanguage {
        self.query_language.unwrap_or(QueryLanguage::JsonPath)
    }

    /// The state of this name at the top level.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<&State> {
        self.states.as_ref()?.get(name)
    }
}

impl Object for StateMachine {
    fn kind(&self) -> Kind {
        Kind::StateMachine
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Comment", self.comment.as_ref());
        fields.put("QueryLanguage", self.query_language.map(|language| FieldValue::Text(language.as_str())));
        fields.put("Version", self.version.as_ref());
        fields.put("TimeoutSeconds", self.timeout_seconds.as_ref());
        fields.put("StartAt", self.start_at.as_ref());
        fields.put("States", self.states.as_ref());
    }
}

/// One branch of a Parallel state: a machine of its own, with its own scope of names and variables.
///
/// See [Parallel State](https://states-language.net/#parallel-state).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Branch {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// `StartAt`: the state that runs first. Required.
    pub start_at: Option<String>,
    /// `States`. Required, not empty.
    pub states: Option<States>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for Branch {
    fn kind(&self) -> Kind {
        Kind::Branch
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Comment", self.comment.as_ref());
        fields.put("StartAt", self.start_at.as_ref());
        fields.put("States", self.states.as_ref());
    }
}

/// `States`: the states of one scope by name, in source order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct States {
    map: IndexMap<String, State>,
    /// States whose name stands again further down in the text, as they were written.
    shadowed: Vec<(String, Value)>,
}

impl States {
    /// No states.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a state at the end. If the name is taken, the former state is kept as a duplicate, which validation
    /// reports.
    pub fn insert(&mut self, name: impl Into<String>, state: impl Into<State>) {
        let name = name.into();
        if let Some(former) = self.map.shift_remove(&name) {
            let former = serde_json::to_value(&former).unwrap_or(Value::Null);
            self.shadowed.push((name.clone(), former));
        }
        self.map.insert(name, state.into());
    }

    pub(crate) fn with_capacity(states: usize) -> Self {
        Self { map: IndexMap::with_capacity(states), shadowed: Vec::new() }
    }

    pub(crate) fn shadow(&mut self, name: String, value: Value) {
        self.shadowed.push((name, value));
    }

    /// The state of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&State> {
        self.map.get(name)
    }

    /// The state of this name, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut State> {
        self.map.get_mut(name)
    }

    /// Where a name stands in source order.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.map.get_index_of(name)
    }

    /// Names and states in source order.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &State)> {
        self.map.iter().map(|(name, state)| (name.as_str(), state))
    }

    /// Names and states in source order, to change them.
    pub fn iter_mut(&mut self) -> impl ExactSizeIterator<Item = (&str, &mut State)> {
        self.map.iter_mut().map(|(name, state)| (name.as_str(), state))
    }

    /// The names in source order.
    #[must_use]
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.map.keys().map(String::as_str)
    }

    /// The states whose name stands again further down, as they were written.
    #[must_use]
    pub fn shadowed(&self) -> &[(String, Value)] {
        &self.shadowed
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// Whether there is no state.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.map.is_empty()
    }
}

impl<N: Into<String>, S: Into<State>> FromIterator<(N, S)> for States {
    fn from_iter<I: IntoIterator<Item = (N, S)>>(states: I) -> Self {
        let mut all = Self::new();
        for (name, state) in states {
            all.insert(name, state);
        }
        all
    }
}
