use crate::diagnostic::{Code, Severity};
use crate::model::{Field, FieldValue, JsonObject, Object, State, StateMachine, Value};

use crate::syntax::JsonPath;

use super::context::Context;
use super::expression::ExpressionText;
use super::scope::Scope;
use super::variables::Judgement;

/// One rule: a row of the table.
pub struct Rule {
    /// The code, for life.
    pub code: Code,
    /// The fault that it finds, in kebab case: `unknown-next-state`.
    pub name: &'static str,
    /// How bad the fault is; a finding in a doubtful place may be milder.
    pub severity: Severity,
    /// The code under which AWS reports the fault, where that is known.
    pub aws: Option<&'static str>,
    /// The rule's page in Markdown: what it finds, why it matters, wrong, right, source.
    pub explain: &'static str,
    pub(super) check: Check,
}

/// Where the walk calls a rule.
#[derive(Clone, Copy)]
pub(super) enum Check {
    /// Once.
    Machine(fn(&mut Context<'_>, &StateMachine)),
    /// For each `States` with its `StartAt`: the machine, each branch, each item processor.
    Scope(fn(&mut Context<'_>, &Scope<'_>)),
    /// For each state, with its name.
    State(fn(&mut Context<'_>, &str, &State)),
    /// For each object of the language: machine, states, retriers, rules, …
    Object(fn(&mut Context<'_>, &dyn Object)),
    /// For each field that is there.
    Field(fn(&mut Context<'_>, &'static Field, FieldValue<'_>)),
    /// For each entry of each object in a payload template of a JSONPath state.
    TemplateEntry(fn(&mut Context<'_>, &JsonObject, &str, &Value)),
    /// For each string of a JSONata state that is an expression, or was meant to be.
    Expression(fn(&mut Context<'_>, &ExpressionText<'_>)),
    /// For each path of a JSONPath state that starts at the Context Object or at a variable, also inside calls.
    Path(fn(&mut Context<'_>, &JsonPath)),
    /// Once, after the walk: with what is known about the variables of all scopes.
    Variables(fn(&mut Context<'_>, &Judgement<'_, '_>)),
    /// At several of these places.
    Several(&'static [Check]),
    /// Not by the walk: reading the text finds the fault.
    Reading,
    /// Not by the walk: who reads the template around a definition finds the fault.
    Template,
}
