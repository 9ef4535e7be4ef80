//! The one walk over a machine that calls all rules.

use std::sync::LazyLock;

use crate::diagnostic::{Diagnostic, Severity};
use crate::model::{
    Content, Dynamic, ExecutionType, Field, FieldValue, JsonObject, Jsonata, Kind, Object, OperandType,
    PathOrNull, QueryLanguage, State, StateMachine, Value, WorkflowType,
};
use crate::syntax::JsonPath;

use super::context::{Context, Step};
use super::expression::ExpressionText;
use super::rule::Check;
use super::scope::Scope;
use super::variables::{Judgement, Variables};
use super::{RULES, Rule, paths, payload};

/// Rules that are called at one kind of place, each with its check.
type Rules<Check> = Vec<(&'static Rule, Check)>;

/// The rules of one walk by the place where they are called.
#[derive(Default)]
pub(super) struct Dispatch {
    machine: Rules<fn(&mut Context<'_>, &StateMachine)>,
    scope: Rules<fn(&mut Context<'_>, &Scope<'_>)>,
    state: Rules<fn(&mut Context<'_>, &str, &State)>,
    object: Rules<fn(&mut Context<'_>, &dyn Object)>,
    field: Rules<fn(&mut Context<'_>, &'static Field, FieldValue<'_>)>,
    template_entry: Rules<fn(&mut Context<'_>, &JsonObject, &str, &Value)>,
    expression: Rules<fn(&mut Context<'_>, &ExpressionText<'_>)>,
    path: Rules<fn(&mut Context<'_>, &JsonPath)>,
    variables: Rules<fn(&mut Context<'_>, &Judgement<'_, '_>)>,
}

/// The rules that tell right from wrong.
pub(super) static JUDGEMENT: LazyLock<Dispatch> =
    LazyLock::new(|| Dispatch::of(|severity| severity != Severity::Advice));

/// The rules that know better ways.
pub(super) static ADVICE: LazyLock<Dispatch> =
    LazyLock::new(|| Dispatch::of(|severity| severity == Severity::Advice));

/// No rule: for a walk that only looks which variables there are.
static NOTHING: LazyLock<Dispatch> = LazyLock::new(Dispatch::default);

impl Dispatch {
    fn of(is_wanted: impl Fn(Severity) -> bool) -> Self {
        let mut dispatch = Self::default();
        for rule in RULES.iter().filter(|rule| is_wanted(rule.severity)) {
            dispatch.add(rule, rule.check);
        }
        dispatch
    }

    fn add(&mut self, rule: &'static Rule, check: Check) {
        match check {
            Check::Machine(check) => self.machine.push((rule, check)),
            Check::Scope(check) => self.scope.push((rule, check)),
            Check::State(check) => self.state.push((rule, check)),
            Check::Object(check) => self.object.push((rule, check)),
            Check::Field(check) => self.field.push((rule, check)),
            Check::TemplateEntry(check) => self.template_entry.push((rule, check)),
            Check::Expression(check) => self.expression.push((rule, check)),
            Check::Path(check) => self.path.push((rule, check)),
            Check::Variables(check) => self.variables.push((rule, check)),
            Check::Several(checks) => checks.iter().for_each(|check| self.add(rule, *check)),
            Check::Reading | Check::Template => {}
        }
    }
}

macro_rules! call {
    ($cx:expr, $rules:ident, $($argument:expr),*) => {
        let dispatch: &'static Dispatch = $cx.dispatch();
        for (rule, check) in &dispatch.$rules {
            $cx.set_rule(rule);
            check($cx, $($argument),*);
        }
    };
}

pub(super) fn walk(
    machine: &StateMachine,
    workflow_type: WorkflowType,
    dispatch: &'static Dispatch,
) -> Vec<Diagnostic> {
    let mut cx = Context::new(machine, workflow_type, &RULES[0], dispatch);
    call!(&mut cx, machine, machine);
    object(&mut cx, machine);
    let variables = cx.take_variables();
    let judgement = Judgement::of(&variables);
    call!(&mut cx, variables, &judgement);
    cx.into_findings()
}

/// Which variables a machine assigns and reads.
pub(super) fn variables(machine: &StateMachine) -> Variables<'_> {
    let mut cx = Context::new(machine, WorkflowType::Standard, &RULES[0], &NOTHING);
    object(&mut cx, machine);
    cx.take_variables()
}

/// An object: the rules about it, then its fields, then what is inside them.
fn object<'m>(cx: &mut Context<'m>, object: &'m dyn Object) {
    call!(cx, object, object);
    cx.variables().look_at(object);
    let kind = object.kind();
    let mut start_at = None;
    object.visit(&mut |name, value| {
        if let ("StartAt", FieldValue::Text(name)) = (name, value) {
            start_at = Some(name);
        }
        if let Some(row) = kind.field(name) {
            cx.step(Step::Field(name), |cx| field(cx, row, value));
        }
        if let FieldValue::States(states) = value {
            scope(cx, &Scope { kind, start_at, states });
        }
    });
}

fn field<'m>(cx: &mut Context<'m>, row: &'static Field, value: FieldValue<'m>) {
    call!(cx, field, row, value);
    if let ("Assign", FieldValue::JsonObject(assign)) = (row.name, value) {
        cx.assigns(assign);
    }
    match value {
        FieldValue::Object(inner) => object(cx, inner),
        FieldValue::Branches(branches) => elements(cx, branches),
        FieldValue::Retriers(retriers) => elements(cx, retriers),
        FieldValue::Catchers(catchers) => elements(cx, catchers),
        FieldValue::Rules(rules) => elements(cx, rules),
        // a field of the other language is reported as such, and what stands in it has no meaning here
        FieldValue::Json(_) | FieldValue::JsonObject(_)
            if row.language.is_some_and(|only| only != cx.language()) => {}
        FieldValue::Json(value) if row.content == Content::Payload => match cx.language() {
            QueryLanguage::JsonPath => payload::entries(cx, value, &mut template_entry),
            QueryLanguage::Jsonata => payload::strings(cx, value, &mut string),
        },
        FieldValue::JsonObject(object) if row.content == Content::Payload => match cx.language() {
            QueryLanguage::JsonPath => payload::object_entries(cx, object, &mut template_entry),
            QueryLanguage::Jsonata => payload::object_strings(cx, object, &mut string),
        },
        FieldValue::Integer(Dynamic::Expression(expression))
        | FieldValue::Number(Dynamic::Expression(expression))
        | FieldValue::DynamicText(Dynamic::Expression(expression))
        | FieldValue::DynamicFlag(Dynamic::Expression(expression)) => string(cx, expression.as_str()),
        // white space outside both delimiters hides an expression from the reader
        FieldValue::DynamicText(Dynamic::Literal(text)) => string(cx, text),
        FieldValue::Path(path) | FieldValue::PathOrNull(PathOrNull::Path(path))
            if row.content != Content::ResultPath =>
        {
            path_text(cx, path.as_str());
        }
        FieldValue::Operand(comparator, Value::String(text))
            if comparator.operand_type() == OperandType::Path =>
        {
            path_text(cx, text);
        }
        _ => {}
    }
}

fn elements<'m, T: Object>(cx: &mut Context<'m>, elements: &'m [T]) {
    for (index, element) in elements.iter().enumerate() {
        cx.step(Step::Index(index), |cx| object(cx, element));
    }
}

/// The states under one `StartAt`. The walk stands at the object that has both.
fn scope<'m>(cx: &mut Context<'m>, scope: &Scope<'m>) {
    let children = match (scope.kind, cx.state()) {
        (Kind::ItemProcessor, Some((_, State::Map(map)))) => children_of(map),
        _ => None,
    };
    cx.inside_scope(scope, children, |cx| {
        call!(cx, scope, scope);
        cx.step(Step::Field("States"), |cx| {
            for (name, state) in scope.states.iter() {
                cx.step(Step::Field(name), |cx| {
                    cx.inside_state(name, state, |cx| {
                        call!(cx, state, name, state);
                        object(cx, state.object());
                    });
                });
            }
        });
    });
}

/// What the child executions of a Distributed Map are.
fn children_of(map: &crate::model::state::Map) -> Option<WorkflowType> {
    match map.processor.as_ref()?.machine().execution_type()? {
        ExecutionType::Standard => Some(WorkflowType::Standard),
        ExecutionType::Express => Some(WorkflowType::Express),
    }
}

fn template_entry<'m>(cx: &mut Context<'m>, object: &'m JsonObject, key: &'m str, value: &'m Value) {
    call!(cx, template_entry, object, key, value);
    if let Value::String(text) = value
        && key.ends_with(".$")
    {
        path_text(cx, text);
    }
}

/// A path, or a call of an intrinsic function with paths in it.
fn path_text(cx: &mut Context<'_>, text: &str) {
    if cx.language() != QueryLanguage::JsonPath {
        return;
    }
    if text.contains("${") {
        cx.variables().reads_unknown();
    }
    if !paths::may_leave_input(text) {
        return;
    }
    paths::each_path(text, &mut |path| {
        cx.reads_path(path);
        call!(cx, path, path);
    });
}

/// A string of a payload or of a field that takes expressions; in JSONPath states it is just text.
fn string<'m>(cx: &mut Context<'m>, text: &'m str) {
    if cx.language() == QueryLanguage::Jsonata && Jsonata::is_meant(text.trim()) {
        let expression = ExpressionText::new(text);
        cx.reads_expression(&expression);
        call!(cx, expression, &expression);
    }
}
