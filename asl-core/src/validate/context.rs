use std::ops::Range;

use crate::diagnostic::{Diagnostic, Part, Pointer, Severity};
use crate::model::{Extra, Fault, Kind, QueryLanguage, State, StateMachine, Value, WorkflowType};
use crate::syntax::{Resource, SyntaxError};

pub(super) use crate::syntax::excerpt;

use super::Rule;
use super::shapes::{Observation, Observations};
use super::walk::Dispatch;

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
    /// The way from the document to this place.
    steps: Vec<Step<'m>>,
    /// The state around this place.
    state: Option<(&'m str, &'m State)>,
    /// The parsed `Resource` of that state, if it is a Task that has one.
    resource: Option<Result<Resource, SyntaxError>>,
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
            steps: Vec::new(),
            state: None,
            resource: None,
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

    /// Whether any scope of the machine has a state of this name.
    pub(super) fn stands_elsewhere(&self, name: &str) -> bool {
        self.machine.states.as_ref().is_some_and(|states| super::scope::contains_anywhere(states, name))
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
        });
        Report(self.findings.last_mut().expect("a finding was just added"))
    }

    /// Reports what is wrong with a string of a small language, within the string.
    pub(super) fn report_syntax(&mut self, error: SyntaxError) -> Report<'_> {
        self.report(error.message).maybe_help(error.help).within(error.at)
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
        let outer = (self.language, self.language_in_doubt, self.state);
        let of_machine = machine_language(self.machine);
        self.language = state.query_language().unwrap_or(of_machine);
        self.language_in_doubt = state.object().extra().contains("QueryLanguage")
            || (of_machine == QueryLanguage::Jsonata && self.language == QueryLanguage::JsonPath);
        self.state = Some((name, state));
        self.resource = match state {
            State::Task(task) => task.resource.as_deref().map(Resource::parse),
            _ => None,
        };
        let result = f(self);
        (self.language, self.language_in_doubt, self.state) = outer;
        // what holds other states is no Task
        self.resource = None;
        result
    }

    /// Does something inside a scope whose executions are of the given type. The states of a scope stand outside
    /// the state that holds it: they take the machine's language.
    pub(super) fn inside_scope<R>(
        &mut self,
        workflow_type: WorkflowType,
        f: impl FnOnce(&mut Self) -> R,
    ) -> R {
        let outer = (self.workflow_type, self.language, self.language_in_doubt, self.state);
        self.workflow_type = workflow_type;
        self.language = machine_language(self.machine);
        self.language_in_doubt = false;
        self.state = None;
        let result = f(self);
        (self.workflow_type, self.language, self.language_in_doubt, self.state) = outer;
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

    /// Makes the finding a warning: AWS is not known to refuse this.
    pub(super) fn warning(self) -> Self {
        self.0.severity = Severity::Warning;
        self
    }
}

/// "did you mean" for a word that is not one of the known ones.
pub(super) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    crate::syntax::closest(word, known.into_iter()).map(|close| format!("did you mean `{close}`?"))
}

/// An object as a sentence names it: a Task state, an ItemProcessor.
pub(super) fn with_article(kind: Kind) -> String {
    let name = kind.name();
    let article = if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" };
    format!("{article} {name}{}", if Kind::STATES.contains(&kind) { " state" } else { "" })
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

/// Names as a list for people: `a`, `b` and `c`.
pub(super) fn list(names: &[&str], and: &str) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} {and} {last}", others.join(", ")),
    }
}

/// A value as a message names it: short ones are quoted.
pub(super) fn described(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(flag) => format!("the boolean {flag}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) => format!("the string `{}`", excerpt(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
