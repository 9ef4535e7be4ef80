use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Diagnostic, Fix, Part, Pointer, Replacement, Severity};
use crate::model::{Extra, Fault, JsonObject, QueryLanguage, State, StateMachine, WorkflowType};
use crate::syntax::{JsonPath, Resource, SyntaxError};

use super::Rule;
use super::expression::ExpressionText;
use super::scope::Scope;
use super::shapes::{Observation, Observations};
use super::variables::Variables;
use super::walk::Dispatch;
use super::wording::excerpt;

/// What a rule may ask, and how it reports.
///
/// It stands at the place that the walk has reached: the document, an object, a field, a string in a payload.
pub(super) struct Context<'m> {
    machine: &'m StateMachine,
    /// The rules of this walk.
    dispatch: &'static Dispatch,
    /// What the machine will be created as.
    created_as: WorkflowType,
    /// The language of the state around this place, or of the machine.
    language: QueryLanguage,
    /// Whether the language is in doubt here, so that rules about it keep still.
    language_in_doubt: bool,
    /// Standard or Express: the machine's, but Express inside a processor whose children are.
    workflow_type: WorkflowType,
    /// Whether this place runs in child executions of a Distributed Map.
    in_children: bool,
    /// The way from the document to this place.
    steps: Vec<Step<'m>>,
    /// The state around this place.
    state: Option<(&'m str, &'m State)>,
    /// The parsed `Resource` of that state, if it is a Task that has one.
    resource: Option<Result<Resource, SyntaxError>>,
    /// The names of all states of all scopes, once somebody has asked.
    names: Option<HashSet<&'m str>>,
    /// How many steps lead to that state.
    state_depth: usize,
    /// The variables that the walk has come by.
    variables: Variables<'m>,
    /// What is seen of the data of all states, once a rule has asked.
    observations: Option<Observations>,
    rule: &'static Rule,
    findings: Vec<Diagnostic>,
}

/// One step of the way to a place.
#[derive(Clone)]
pub(super) enum Step<'m> {
    Field(&'m str),
    Index(usize),
}

impl<'m> Context<'m> {
    pub(super) fn new(
        machine: &'m StateMachine,
        workflow_type: WorkflowType,
        rule: &'static Rule,
        dispatch: &'static Dispatch,
    ) -> Self {
        Self {
            machine,
            dispatch,
            created_as: workflow_type,
            language: machine_language(machine),
            language_in_doubt: false,
            workflow_type,
            in_children: false,
            steps: Vec::new(),
            state: None,
            resource: None,
            names: None,
            state_depth: 0,
            variables: Variables::default(),
            observations: None,
            rule,
            findings: Vec::new(),
        }
    }

    /// The whole machine.
    pub(super) fn machine(&self) -> &'m StateMachine {
        self.machine
    }

    pub(super) fn dispatch(&self) -> &'static Dispatch {
        self.dispatch
    }

    /// The language of the fields at this place.
    pub(super) fn language(&self) -> QueryLanguage {
        self.language
    }

    /// The language of the fields at this place, unless the definition contradicts itself about it.
    pub(super) fn certain_language(&self) -> Option<QueryLanguage> {
        (!self.language_in_doubt).then_some(self.language)
    }

    /// What the state machine around this place will be created as.
    pub(super) fn workflow_type(&self) -> WorkflowType {
        self.workflow_type
    }

    /// Whether this place runs in Express children of a Distributed Map, while the machine itself is Standard.
    pub(super) fn in_express_children(&self) -> bool {
        self.created_as == WorkflowType::Standard && self.workflow_type == WorkflowType::Express
    }

    /// Whether this place runs in child executions of a Distributed Map, which have limits of their own.
    pub(super) fn in_children(&self) -> bool {
        self.in_children
    }

    /// The language of a state's fields, unless the definition contradicts itself about it.
    pub(super) fn certain_language_of(&self, state: &State) -> Option<QueryLanguage> {
        let (language, is_in_doubt) = self.language_of(state);
        (!is_in_doubt).then_some(language)
    }

    /// The language of a state's fields, and whether that is in doubt.
    fn language_of(&self, state: &State) -> (QueryLanguage, bool) {
        let of_machine = machine_language(self.machine);
        let language = state.query_language().unwrap_or(of_machine);
        let is_in_doubt = state.object().extra().contains("QueryLanguage")
            || (of_machine == QueryLanguage::Jsonata && language == QueryLanguage::JsonPath);
        (language, is_in_doubt)
    }

    /// The `Resource` of the Task around this place, parsed once for all rules that ask.
    pub(super) fn resource(&self) -> Option<&Result<Resource, SyntaxError>> {
        self.resource.as_ref()
    }

    /// What is seen of the data of a state, found out once for all rules that ask.
    pub(super) fn observations(&mut self, state: &State) -> Vec<Observation> {
        let machine = self.machine;
        let of_machine = || Observations::of(machine, machine_language(machine));
        self.observations.get_or_insert_with(of_machine).at(state).to_vec()
    }

    /// Name and state around this place.
    pub(super) fn state(&self) -> Option<(&'m str, &'m State)> {
        self.state
    }

    /// The way from the state around this place to it; from the document outside of states.
    pub(super) fn below_state(&self) -> &[Step<'m>] {
        &self.steps[self.state_depth..]
    }

    /// Whether this place is inside what a Map does with its items.
    pub(super) fn is_inside_map(&self) -> bool {
        let outer = &self.steps[..self.state_depth];
        outer.iter().any(|step| matches!(step, Step::Field("ItemProcessor" | "Iterator")))
    }

    /// The variables that the walk has come by.
    pub(super) fn variables(&mut self) -> &mut Variables<'m> {
        &mut self.variables
    }

    pub(super) fn take_variables(&mut self) -> Variables<'m> {
        std::mem::take(&mut self.variables)
    }

    /// Notes the variables that an `Assign` at this place sets.
    pub(super) fn assigns(&mut self, assign: &'m JsonObject) {
        let (at, language) = (self.pointer(), self.certain_language());
        self.variables.assign(&self.steps[self.state_depth..], &at, language, assign);
    }

    /// Notes the variable that a path at this place reads.
    pub(super) fn reads_path(&mut self, path: &JsonPath) {
        if Variables::starts(path) {
            let at = self.pointer();
            self.variables.read_path(path, at);
        }
    }

    /// Notes the variables that an expression at this place reads.
    pub(super) fn reads_expression(&mut self, expression: &ExpressionText<'_>) {
        if Variables::may_be_in(expression) {
            let at = self.pointer();
            self.variables.read_expression(expression, &at);
        }
    }

    /// Whether any scope of the machine has a state of this name.
    pub(super) fn stands_elsewhere(&mut self, name: &str) -> bool {
        let machine = self.machine;
        let names = self.names.get_or_insert_with(|| {
            machine.states.as_ref().map(super::scope::names_anywhere).unwrap_or_default()
        });
        names.contains(name)
    }

    /// The place.
    pub(super) fn pointer(&self) -> Pointer {
        self.steps.iter().fold(Pointer::root(), |pointer, step| match step {
            Step::Field(name) => pointer.field(name),
            Step::Index(index) => pointer.index(*index),
        })
    }

    /// The key under which this place stands; empty for the document and for elements of arrays.
    pub(super) fn key(&self) -> &'m str {
        match self.steps.last() {
            Some(Step::Field(name)) => name,
            _ => "",
        }
    }

    /// Reports a fault at this place.
    pub(super) fn report(&mut self, message: impl Into<String>) -> Report<'_> {
        self.findings.push(Diagnostic {
            code: self.rule.code,
            severity: self.rule.severity,
            at: self.pointer(),
            part: Part::Value,
            message: message.into(),
            help: None,
            fix: None,
        });
        Report(self.findings.last_mut().expect("a finding was just added"))
    }

    /// Reports what is wrong with a string of a small language, within the string: the error knows the string alone, so
    /// that the key goes before it.
    pub(super) fn report_syntax(&mut self, error: SyntaxError) -> Report<'_> {
        let message = match self.key() {
            "" => error.message,
            key => format!("`{}`: {}", excerpt(key), error.message),
        };
        self.report(message).maybe_help(error.help).within(error.at)
    }

    pub(super) fn set_rule(&mut self, rule: &'static Rule) {
        self.rule = rule;
    }

    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings
    }

    /// Does something one step further in.
    pub(super) fn step<R>(&mut self, step: Step<'m>, f: impl FnOnce(&mut Self) -> R) -> R {
        self.steps.push(step);
        let result = f(self);
        self.steps.pop();
        result
    }

    /// Does something inside a state, whose language then holds.
    pub(super) fn inside_state<R>(
        &mut self,
        name: &'m str,
        state: &'m State,
        f: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let outer = (self.language, self.language_in_doubt, self.state, self.state_depth);
        self.state_depth = self.steps.len();
        self.variables.enter_state(name);
        (self.language, self.language_in_doubt) = self.language_of(state);
        self.state = Some((name, state));
        self.resource = match state {
            State::Task(task) => task.resource.as_deref().map(Resource::parse),
            _ => None,
        };
        let result = f(self);
        (self.language, self.language_in_doubt, self.state, self.state_depth) = outer;
        // what holds other states is no Task
        self.resource = None;
        result
    }

    /// Does something inside a scope, whose states run in child executions of the given type or, without one, in
    /// the execution around it. The states of a scope stand outside the state that holds it: they take the machine's
    /// language.
    pub(super) fn inside_scope<R>(
        &mut self,
        scope: &Scope<'m>,
        children: Option<WorkflowType>,
        f: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let outer = (self.workflow_type, self.language, self.language_in_doubt, self.state);
        let outer_in_children = self.in_children;
        let outer_place = self.variables.enter_scope(scope, self.state.map(|(_, state)| state));
        self.workflow_type = children.unwrap_or(self.workflow_type);
        self.in_children |= children.is_some();
        self.language = machine_language(self.machine);
        self.language_in_doubt = false;
        self.state = None;
        let result = f(self);
        self.variables.leave_scope(outer_place);
        (self.workflow_type, self.language, self.language_in_doubt, self.state) = outer;
        self.in_children = outer_in_children;
        result
    }
}

/// The service checks on as if for JSONata if the machine's language is not a known one.
fn machine_language(machine: &StateMachine) -> QueryLanguage {
    if machine.extra.contains("QueryLanguage") { QueryLanguage::Jsonata } else { machine.language() }
}

/// A finding that was just made, to say more about it.
pub(super) struct Report<'c>(&'c mut Diagnostic);

impl Report<'_> {
    /// Says what to do.
    pub(super) fn help(self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Says what to do, if we know.
    pub(super) fn maybe_help(self, help: Option<String>) -> Self {
        self.0.help = help.or(self.0.help.take());
        self
    }

    /// Moves the finding to a field below the place.
    pub(super) fn field(self, name: &str) -> Self {
        self.0.at = std::mem::take(&mut self.0.at).field(name);
        self
    }

    /// Moves the finding to an element below the place.
    pub(super) fn index(self, index: usize) -> Self {
        self.0.at = std::mem::take(&mut self.0.at).index(index);
        self
    }

    /// Moves the finding to a JSON Pointer below the place.
    pub(super) fn below(self, pointer: &str) -> Self {
        self.0.at = std::mem::take(&mut self.0.at).join(pointer);
        self
    }

    /// Means the key, not the value.
    pub(super) fn key(self) -> Self {
        self.0.part = Part::Key;
        self
    }

    /// Means these bytes of the string at the place.
    pub(super) fn within(self, bytes: Range<usize>) -> Self {
        self.0.part = Part::Within(bytes);
        self
    }

    /// Says what to write at the place of the finding, if there is one right answer. Comes after what moves the
    /// finding.
    pub(super) fn fix(self, replacement: Option<Replacement>) -> Self {
        self.0.fix = replacement.map(|replacement| Fix { at: self.0.at.clone(), replacement });
        self
    }

    /// The same for a field below that place.
    pub(super) fn fix_field(self, name: &str, replacement: Replacement) -> Self {
        self.0.fix = Some(Fix { at: self.0.at.clone().field(name), replacement });
        self
    }

    /// Makes the finding a warning: AWS is not known to refuse this.
    pub(super) fn warning(self) -> Self {
        self.0.severity = Severity::Warning;
        self
    }
}

/// Whether a field that is missing stands there in some wrong way, with a value that does not fit or with its name
/// misspelt: that has a finding of its own.
pub(super) fn is_there_wrongly(extra: &Extra, name: &str) -> bool {
    extra.iter().any(|field| {
        field.name == name
            || (field.fault == Fault::Unsupported
                && crate::syntax::closest(&field.name, std::iter::once(name)).is_some())
    })
}
