//! The variables of a workflow: where they are assigned, where they are read, and what is known where.
//!
//! The walk collects both into [`Variables`]; [`Judgement`] says afterwards what each reading state may rely on.
//! A `States` object is a scope of variables: branches and inline item processors read those around them, children
//! of a Distributed Map do not, and nobody writes them from inside
//! ([variables](https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html)).

mod flow;
mod judgement;
mod shadowing;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use indexmap::IndexMap;

use super::context::Step;
use super::expression::{ExpressionText, Manner};
use super::scope::{EdgePlace, Scope};
use super::{functions, walk};
use crate::diagnostic::Pointer;
use crate::model::{
    FieldValue, JsonObject, Kind, Object, ProcessorMode, QueryLanguage, State, StateMachine, States,
};
use crate::syntax::{JsonPath, Root, contains_placeholder};

pub(super) use judgement::{Judgement, PathStep, Verdict};
pub(super) use shadowing::Shadowing;

/// Which variables each state reads: names of states with names of variables, both sorted.
///
/// This is what the service gives as
/// [`variableReferences`](https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html)
/// of a state machine. States that read none are left out, and what the states inside a Map or Parallel read counts
/// as theirs alone.
///
/// ```
/// let decoded = asl_core::decode(
///     r#"{"StartAt": "A", "States": {
///         "A": {"Type": "Pass", "Assign": {"total": 1, "rate": 2}, "Next": "B"},
///         "B": {"Type": "Pass", "Parameters": {"tax.$": "States.MathAdd($total, $rate)"}, "End": true}}}"#,
/// )?;
/// let references = asl_core::validate::variable_references(&decoded.machine);
/// assert_eq!(references.len(), 1);
/// assert_eq!(references["B"].iter().collect::<Vec<_>>(), ["rate", "total"]);
/// # Ok::<(), asl_core::decode::JsonError>(())
/// ```
#[must_use]
pub fn variable_references(machine: &StateMachine) -> BTreeMap<String, BTreeSet<String>> {
    let variables = walk::variables(machine);
    let mut references: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for reading in &variables.readings {
        if !reading.may_be_function || variables.assigning_scope(reading).is_some() {
            let state = variables.state_name(reading.place).to_owned();
            references.entry(state).or_default().insert(reading.name.clone());
        }
    }
    references
}

/// The variable that a key of `Assign` sets: in JSONPath, `.$` at its end says how the value is made.
pub(super) fn assigned_name(language: Option<QueryLanguage>, key: &str) -> &str {
    match language {
        Some(QueryLanguage::Jsonata) => key,
        Some(QueryLanguage::JsonPath) | None => key.strip_suffix(".$").unwrap_or(key),
    }
}

/// All assignments and readings of a machine, in the order of the walk.
#[derive(Default)]
pub(super) struct Variables<'m> {
    scopes: Vec<VariableScope<'m>>,
    assignments: Vec<Assignment<'m>>,
    readings: Vec<Reading>,
    /// Where the walk is.
    here: Option<Place>,
    /// Whether some variable may be assigned that is not known here.
    unknown_assignments: bool,
    /// Whether some variable may be read where that is not seen.
    unknown_readings: bool,
}

/// A state: the number of its scope, and its own in the scope.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) scope: usize,
    pub(super) state: usize,
}

struct VariableScope<'m> {
    /// The state that holds the scope.
    holder: Option<Place>,
    sight: Sight,
    states: &'m States,
    names: Vec<&'m str>,
    start: Option<usize>,
    is_connected: bool,
    /// For each variable of the scope, its assignments.
    assigned: IndexMap<&'m str, Vec<usize>>,
    /// States with the variables whose absence they ask about.
    asked_for: Vec<(usize, String)>,
}

/// Whether the variables of the scope around are seen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sight {
    Seen,
    /// The scope is that of a Distributed Map.
    Hidden,
    /// The `Mode` of the Map is not known.
    Doubtful,
}

/// One key of an `Assign`.
pub(super) struct Assignment<'m> {
    pub(super) name: &'m str,
    place: Place,
    /// Where the state goes when this is the `Assign` that runs; [`EdgePlace::Next`] for the state's own.
    way: EdgePlace,
    /// Where the `Assign` is.
    pub(super) at: Pointer,
    pub(super) key: &'m str,
}

/// One place that reads a variable.
pub(super) struct Reading {
    pub(super) name: String,
    place: Place,
    /// The string.
    pub(super) at: Pointer,
    /// The variable with its `$` in the string.
    pub(super) bytes: Range<usize>,
    pub(super) language: QueryLanguage,
    /// Whether a function of JSONata has this name.
    may_be_function: bool,
    /// Whether it is called, which is no business of variables.
    is_called: bool,
    /// Whether it does no harm if there is no value.
    may_be_missing: bool,
}

impl<'m> Variables<'m> {
    /// Enters a scope; gives the place to [leave](Self::leave_scope) it for.
    pub(super) fn enter_scope(&mut self, scope: &Scope<'m>, holder: Option<&State>) -> Option<Place> {
        let sight = match holder {
            Some(State::Map(map)) => match map.processor.as_ref().map(|it| it.machine().mode()) {
                Some(Some(ProcessorMode::Distributed)) => Sight::Hidden,
                Some(None) => Sight::Doubtful,
                Some(Some(ProcessorMode::Inline)) | None => Sight::Seen,
            },
            _ => Sight::Seen,
        };
        let outer = self.here;
        self.here = Some(Place { scope: self.scopes.len(), state: 0 });
        self.scopes.push(VariableScope {
            holder: outer,
            sight,
            states: scope.states,
            names: scope.states.names().collect(),
            start: scope.start_at.and_then(|name| scope.states.index_of(name)),
            is_connected: scope.is_connected(),
            assigned: IndexMap::new(),
            asked_for: Vec::new(),
        });
        outer
    }

    pub(super) fn leave_scope(&mut self, outer: Option<Place>) {
        self.here = outer;
    }

    pub(super) fn enter_state(&mut self, name: &str) {
        if let Some(here) = &mut self.here {
            here.state = self.scopes[here.scope].states.index_of(name).unwrap_or_default();
        }
    }

    /// Looks at an object for what the calls for its fields do not tell.
    pub(super) fn look_at(&mut self, object: &'m dyn Object) {
        let kind = object.kind();
        // whatever stands there may assign anything once it is put right
        self.unknown_assignments |= kind == Kind::UnknownState || object.extra().contains("Assign");
        self.unknown_readings |= kind == Kind::UnknownState || !object.extra().is_empty();
        if matches!(kind, Kind::ChoiceRule | Kind::NestedRule) {
            let (mut variable, mut asks) = (None, false);
            object.visit(&mut |name, value| match (name, value) {
                ("Variable", FieldValue::Path(path)) => variable = Some(path),
                ("IsPresent", _) => asks = true,
                _ => {}
            });
            if let Some(Ok(path)) = variable.filter(|_| asks).map(|path| JsonPath::parse(path.as_str()))
                && let Root::Variable(name) = path.root()
            {
                self.ask_for([name.clone()]);
            }
        }
    }

    fn ask_for(&mut self, names: impl IntoIterator<Item = String>) {
        if let Some(Place { scope, state }) = self.here {
            self.scopes[scope].asked_for.extend(names.into_iter().map(|name| (state, name)));
        }
    }

    /// Notes an `Assign` that stands some steps below a state.
    pub(super) fn assign(
        &mut self,
        below_state: &[Step<'_>],
        at: &Pointer,
        language: Option<QueryLanguage>,
        assign: &'m JsonObject,
    ) {
        let Some(place) = self.here else { return };
        let way = match below_state {
            [Step::Field("Catch"), Step::Index(index), _] => EdgePlace::Catcher(*index),
            [Step::Field("Choices"), Step::Index(index), _] => EdgePlace::Rule(*index),
            _ => EdgePlace::Next,
        };
        for key in assign.keys() {
            let name = assigned_name(language, key);
            self.unknown_assignments |= contains_placeholder(name);
            let assigned = &mut self.scopes[place.scope].assigned;
            assigned.entry(name).or_default().push(self.assignments.len());
            self.assignments.push(Assignment { name, place, way, at: at.clone(), key });
        }
    }

    /// Notes that somebody may read any variable: what is deployed in place of a placeholder.
    pub(super) fn reads_unknown(&mut self) {
        self.unknown_readings = true;
    }

    /// Whether a path starts at a variable.
    pub(super) fn starts(path: &JsonPath) -> bool {
        matches!(path.root(), Root::Variable(_))
    }

    /// Notes the variable at which a path starts.
    pub(super) fn read_path(&mut self, path: &JsonPath, at: Pointer) {
        if let (Root::Variable(name), Some(place)) = (path.root(), self.here) {
            self.readings.push(Reading {
                name: name.clone(),
                place,
                at,
                bytes: path.root_span(),
                language: QueryLanguage::JsonPath,
                may_be_function: false,
                is_called: false,
                may_be_missing: false,
            });
        }
    }

    /// Whether an expression may read variables; one that cannot be read may.
    pub(super) fn may_be_in(expression: &ExpressionText<'_>) -> bool {
        expression.expression().is_none()
            || expression.free_variables().iter().any(|word| word.name != "states")
    }

    /// Notes the variables that an expression reads.
    pub(super) fn read_expression(&mut self, text: &ExpressionText<'_>, at: &Pointer) {
        let Some(expression) = text.expression() else {
            self.unknown_readings = true;
            return;
        };
        let Some(place) = self.here else { return };
        let manner = Manner::of(expression);
        for word in text.free_variables().iter().filter(|word| word.name != "states") {
            let start = word.span.start;
            let may_be_function = functions::function(&word.name).is_some();
            let is_called = manner.called.contains(&start);
            if is_called && may_be_function {
                continue;
            }
            self.readings.push(Reading {
                name: word.name.clone(),
                place,
                at: at.clone(),
                bytes: ExpressionText::bytes(&word.span),
                language: QueryLanguage::Jsonata,
                may_be_function,
                is_called,
                may_be_missing: manner.may_be_missing.contains(&start),
            });
        }
        self.ask_for(manner.asked_for);
    }

    fn state_name(&self, place: Place) -> &'m str {
        self.scopes[place.scope].names.get(place.state).copied().unwrap_or_default()
    }

    /// The scope whose variable a reading means, with the state of that scope in which it happens.
    fn assigning_scope(&self, reading: &Reading) -> Option<Place> {
        self.seen_from(reading.place)
            .find(|place| self.scopes[place.scope].assigned.contains_key(reading.name.as_str()))
    }

    /// The states around a place whose scopes are seen from it, the place first.
    fn seen_from(&self, place: Place) -> impl Iterator<Item = Place> {
        std::iter::successors(Some(place), |place| {
            let scope = &self.scopes[place.scope];
            scope.holder.filter(|_| scope.sight != Sight::Hidden)
        })
    }

    /// The states around a place, whether their variables are seen or not, the place first.
    fn around(&self, place: Place) -> impl Iterator<Item = Place> {
        std::iter::successors(Some(place), |place| self.scopes[place.scope].holder)
    }
}
