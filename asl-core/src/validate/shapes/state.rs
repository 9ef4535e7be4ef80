//! What a state makes of its input: the documents that its fields read, and what leaves it.

use crate::model::state::{Choice, Fail, Parallel, Pass, Succeed, Task, Wait, WaitUntil};
use crate::model::{Catcher, JsonObject, Path, PathOrNull, State, Value, ValueOrPath};
use crate::syntax::ReferencePath;

use super::condition::Verdict;
use super::flow::{Flow, Inner};
use super::observation::{Fact, described};
use super::place::Place;
use super::reading::Reading;
use super::record::Moment;
use super::shape::{Field, Object, Shape};
use super::task_result::task_result;
use super::variables::Variables;
use super::{jsonata_state, wanted};

/// A way out of a state.
#[derive(Clone)]
pub(super) struct Exit<'m> {
    /// The next state; none at the end of the scope.
    pub(super) next: Option<&'m str>,
    pub(super) output: Shape,
    pub(super) variables: Variables,
}

impl Exit<'_> {
    /// What is known where it leads.
    pub(super) fn into_moment(self) -> Moment {
        Moment { input: self.output, variables: self.variables }
    }
}

/// A state while its effect is found out: what it reads, and the ways out so far.
pub(super) struct Effect<'f, 'r, 'm> {
    pub(super) flow: &'f mut Flow<'m>,
    pub(super) reading: Reading<'r>,
    pub(super) input: Shape,
    pub(super) exits: Vec<Exit<'m>>,
    /// How many items a Map state runs over, as far as that is known.
    pub(super) items: Option<u64>,
    /// How many scopes the state stands in.
    pub(super) level: usize,
}

/// The fields that shape data in a JSONPath state and stand in most of them.
pub(super) struct Processing<'m> {
    pub(super) result_selector: Option<&'m Value>,
    pub(super) result_path: Option<&'m PathOrNull>,
    pub(super) output_path: Option<&'m PathOrNull>,
}

impl<'m> Effect<'_, '_, 'm> {
    /// Follows the fields of a JSONPath state in the order in which they are read.
    pub(super) fn jsonpath(&mut self, state: &'m State) {
        match state {
            State::Pass(pass) => self.pass(pass, state),
            State::Task(task) => self.task(task, state),
            State::Choice(choice) => self.choice(choice),
            State::Wait(wait) => self.wait(wait, state),
            State::Succeed(succeed) => self.succeed(succeed, state),
            State::Fail(fail) => self.fail(fail),
            State::Parallel(parallel) => self.parallel(parallel, state),
            State::Map(map) => self.map(map, state),
            State::Unknown(_) => {}
        }
    }

    fn pass(&mut self, pass: &'m Pass, state: &'m State) {
        let input = self.selected("InputPath", pass.input_path.as_ref(), &self.input.clone());
        let effective = self.template("Parameters", pass.parameters.as_ref(), input);
        let result = match &pass.result {
            Some(result) => Shape::exact(result, &self.reading.origin),
            None => effective,
        };
        let processing = Processing {
            result_selector: None,
            result_path: pass.result_path.as_ref(),
            output_path: pass.output_path.as_ref(),
        };
        self.finish(state, &result, &processing);
    }

    fn task(&mut self, task: &'m Task, state: &'m State) {
        let input = self.selected("InputPath", task.input_path.as_ref(), &self.input.clone());
        let effective = self.template("Parameters", task.parameters.as_ref(), input.clone());
        // which of the two these are read from is not written anywhere
        let either = input.join(&effective);
        self.positive("TimeoutSecondsPath", task.timeout_seconds.as_ref(), &either);
        self.positive("HeartbeatSecondsPath", task.heartbeat_seconds.as_ref(), &either);
        let result = task.resource.as_deref().map_or(Shape::UNKNOWN, task_result);
        let processing = Processing {
            result_selector: task.result_selector.as_ref(),
            result_path: task.result_path.as_ref(),
            output_path: task.output_path.as_ref(),
        };
        self.finish(state, &result, &processing);
        self.catch(state.catch());
    }

    fn wait(&mut self, wait: &'m Wait, state: &'m State) {
        let input = self.selected("InputPath", wait.input_path.as_ref(), &self.input.clone());
        match &wait.until {
            Some(WaitUntil::SecondsPath(path)) => self.wanted("SecondsPath", path, &input, wanted::SECONDS),
            Some(WaitUntil::TimestampPath(path)) => {
                self.wanted("TimestampPath", path, &input, wanted::TIMESTAMP);
            }
            Some(WaitUntil::Seconds(_) | WaitUntil::Timestamp(_)) | None => {}
        }
        self.pass_on(state, &input, wait.output_path.as_ref());
    }

    fn succeed(&mut self, succeed: &'m Succeed, state: &'m State) {
        let input = self.selected("InputPath", succeed.input_path.as_ref(), &self.input.clone());
        self.pass_on(state, &input, succeed.output_path.as_ref());
    }

    fn fail(&mut self, fail: &'m Fail) {
        let input = self.input.clone();
        for (name, value) in [("ErrorPath", &fail.error), ("CausePath", &fail.cause)] {
            if let Some(ValueOrPath::Path(path)) = value {
                let at = Place::STATE.field(name);
                let shape = self.reading.evaluated(&at, path.as_str(), &input);
                // what a call gives is known without the data, and has a finding of its own
                if path.as_str().starts_with('$') {
                    self.reading.want(&at, path.as_str(), &shape, wanted::STRING.0, wanted::STRING.1);
                }
            }
        }
    }

    fn choice(&mut self, choice: &'m Choice) {
        let input = self.selected("InputPath", choice.input_path.as_ref(), &self.input.clone());
        let output = self.selected("OutputPath", choice.output_path.as_ref(), &input);
        for (index, rule) in choice.choices.iter().flatten().enumerate() {
            let choices = Place::STATE.field("Choices");
            let at = choices.index(index);
            let verdict = match self.reading.decide(&at, rule, choice, &input) {
                _ if self.flow.takes_all_ways => Verdict::Open,
                verdict => verdict,
            };
            if verdict != Verdict::Never {
                let variables = self.assigned(&at, rule.assign.as_ref(), &input);
                self.exits.push(Exit { next: rule.next.as_deref(), output: output.clone(), variables });
            }
            if verdict == Verdict::Always {
                return;
            }
        }
        if choice.default.is_some() {
            let variables = self.assigned(&Place::STATE, choice.assign.as_ref(), &input);
            self.exits.push(Exit { next: choice.default.as_deref(), output, variables });
        }
    }

    fn parallel(&mut self, parallel: &'m Parallel, state: &'m State) {
        let input = self.selected("InputPath", parallel.input_path.as_ref(), &self.input.clone());
        let effective = self.template("Parameters", parallel.parameters.as_ref(), input);
        let result = self.branches(parallel, &effective);
        let processing = Processing {
            result_selector: parallel.result_selector.as_ref(),
            result_path: parallel.result_path.as_ref(),
            output_path: parallel.output_path.as_ref(),
        };
        if let Some(result) = result {
            self.finish(state, &result, &processing);
        }
        self.catch(state.catch());
    }

    /// The outputs of all branches; nothing if one of them never ends well.
    pub(super) fn branches(&mut self, parallel: &'m Parallel, input: &Shape) -> Option<Shape> {
        let branches = parallel.branches.as_deref().unwrap_or_default();
        if branches.is_empty() {
            // that has a finding of its own
            return Some(Shape::UNKNOWN);
        }
        let mut outputs = Vec::with_capacity(branches.len());
        for branch in branches {
            let inner = Inner::of_branch(branch, self.reading.variables.clone(), self.level + 1);
            outputs.push(match inner {
                Some(inner) => self.flow.scope(&inner, input.clone()),
                None => Some(Shape::UNKNOWN),
            });
        }
        Some(Shape::elements(outputs.into_iter().collect::<Option<_>>()?))
    }

    fn positive(&mut self, name: &str, value: Option<&ValueOrPath<i64>>, document: &Shape) {
        if let Some(ValueOrPath::Path(path)) = value {
            self.wanted(name, path, document, wanted::POSITIVE);
        }
    }

    pub(super) fn wanted(&mut self, name: &str, path: &Path, document: &Shape, wanted: wanted::Wanted) {
        self.wanted_at(&Place::STATE.field(name), path, document, wanted);
    }

    pub(super) fn wanted_at(
        &mut self,
        at: &Place<'_>,
        path: &Path,
        document: &Shape,
        wanted: wanted::Wanted,
    ) {
        let shape = self.reading.path(at, path.as_str(), document);
        self.reading.want(at, path.as_str(), &shape, wanted.0, wanted.1);
    }

    /// What `InputPath` or `OutputPath` selects.
    pub(super) fn selected(&mut self, name: &str, path: Option<&PathOrNull>, document: &Shape) -> Shape {
        match path {
            None => document.clone(),
            Some(PathOrNull::Null) => Shape::object(Object::closed(&self.reading.origin)),
            Some(PathOrNull::Path(path)) => {
                self.reading.path(&Place::STATE.field(name), path.as_str(), document)
            }
        }
    }

    fn template(&mut self, name: &str, template: Option<&Value>, document: Shape) -> Shape {
        match template {
            None => document,
            Some(template) => self.reading.template(&Place::STATE.field(name), template, &document),
        }
    }

    /// `ResultSelector`, `Assign`, `ResultPath`, `OutputPath`, and the way to the next state.
    pub(super) fn finish(&mut self, state: &'m State, result: &Shape, processing: &Processing<'m>) {
        let selected = self.template("ResultSelector", processing.result_selector, result.clone());
        let variables = self.assigned(&Place::STATE, state.assign(), result);
        let merged = self.merged(&Place::STATE, processing.result_path, selected);
        let output = self.selected("OutputPath", processing.output_path, &merged);
        self.leave(state, output, variables);
    }

    /// The way out of a state that has no result: its input goes on.
    fn pass_on(&mut self, state: &'m State, input: &Shape, output_path: Option<&'m PathOrNull>) {
        let variables = self.assigned(&Place::STATE, state.assign(), input);
        let output = self.selected("OutputPath", output_path, input);
        self.leave(state, output, variables);
    }

    pub(super) fn leave(&mut self, state: &'m State, output: Shape, variables: Variables) {
        let next = state.transition().and_then(|transition| transition.next());
        self.exits.push(Exit { next, output, variables });
    }

    /// The input with a result put into it.
    fn merged(&mut self, at: &Place<'_>, path: Option<&PathOrNull>, result: Shape) -> Shape {
        let path = match path {
            None => return result,
            Some(PathOrNull::Null) => return self.input.clone(),
            Some(PathOrNull::Path(path)) if path.as_str() == "$" => return result,
            Some(PathOrNull::Path(path)) => path.as_str(),
        };
        if self.input.is_unknown() && result.is_unknown() {
            return Shape::UNKNOWN;
        }
        let Ok(reference) = ReferencePath::parse(path) else { return Shape::UNKNOWN };
        let has_place = |types: &super::shape::Types| {
            types.object.is_some() || types.array.is_some() && path.starts_with("$[") || types.null
        };
        if self.input.types().is_some_and(|types| !has_place(types)) {
            let fact = Fact::NotAnObject { path: path.to_owned(), found: described(&self.input) };
            self.reading.note(&at.field("ResultPath"), None, fact);
        }
        self.input.put(reference.segments(), result, &self.reading.origin)
    }

    /// The variables after an `Assign` that reads a document.
    fn assigned(&mut self, at: &Place<'_>, assign: Option<&JsonObject>, document: &Shape) -> Variables {
        let mut variables = self.reading.variables.clone();
        let at = at.field("Assign");
        for (key, value) in assign.into_iter().flatten() {
            let (name, shape) = self.reading.template_field(&at, key, value, document);
            variables.set(name, shape);
        }
        variables
    }

    pub(super) fn catch(&mut self, catchers: &'m [Catcher]) {
        for (index, catcher) in catchers.iter().enumerate() {
            let catch = Place::STATE.field("Catch");
            let at = catch.index(index);
            let error = self.error_output();
            let variables = self.assigned(&at, catcher.assign.as_ref(), &error);
            let output = self.merged(&at, catcher.result_path.as_ref(), error);
            self.exits.push(Exit { next: catcher.next.as_deref(), output, variables });
        }
    }

    /// The Error Output. Some errors have no cause, among them time-outs; who fails a callback need not give either,
    /// and then both are null.
    pub(super) fn error_output(&self) -> Shape {
        let mut output = Object::closed(&self.reading.origin);
        let text = Shape::string().join(&Shape::null());
        output.set("Error".into(), Field { shape: text.clone(), always: true });
        output.set("Cause".into(), Field { shape: text, always: false });
        Shape::object(output)
    }

    /// Follows the fields of a state, whatever its language.
    pub(super) fn follow(&mut self, state: &'m State, language: crate::model::QueryLanguage) {
        match language {
            crate::model::QueryLanguage::JsonPath => self.jsonpath(state),
            crate::model::QueryLanguage::Jsonata => jsonata_state::follow(self, state),
        }
    }
}
