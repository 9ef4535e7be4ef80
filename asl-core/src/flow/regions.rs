//! Errors: who handles one that leaves a place of the program.
//!
//! What is around a place is a stack of frames. An error meets them from the innermost: handlers take the errors that
//! are theirs, a compensation is done and lets the error go on. So each effect gets its Catchers from the stack, and
//! an error that is raised jumps to where a Catcher would lead.

use std::collections::BTreeSet;

use super::control::Scope;
use super::effect::{Effect, EffectKind, Errors, Handler};
use super::fault::FaultKind;
use super::graph::{Edge, Graph, Node, NodeId, NodeKind, Work};
use super::local::Local;
use super::program::{Block, Name, Source, StatementKind};
use super::tree::{each_local, object, path, text, tree, variable};
use crate::syntax::PredefinedErrorName;
use crate::syntax::jsonata::{BinaryOperator, Expression, Item, Kind};

/// The Error Output of a state, in what a Catcher sets.
pub(super) const ERROR: &str = "#error";

/// What is around a place.
pub(super) enum Frame {
    Handlers(Vec<Entry>),
    Compensation {
        effect: Box<Effect>,
        place: usize,
        /// Where it is done, with what the error is bound to; made when first needed.
        chain: Option<(Local, NodeId)>,
    },
}

/// Where a handler begins.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) errors: Errors,
    pub(super) error: Local,
    pub(super) start: NodeId,
}

const ERROR_FIELD: &str = "Error";
const CAUSE_FIELD: &str = "Cause";

impl Scope<'_> {
    /// A block whose errors are handled.
    pub(super) fn attempt(
        &mut self,
        at: NodeId,
        body: &Block,
        handlers: &[Handler],
        source: Option<Source>,
    ) -> Option<NodeId> {
        let after = self.open(source);
        let (entries, goes_on) = self.handlers(handlers, after, source);
        let frame = self.frames.len();
        self.frames.push(Frame::Handlers(entries.clone()));
        let start = self.open(source);
        self.go(at, start);
        let end = self.block(start, body);
        if let Some(end) = end {
            self.go(end, after);
        }
        // what was registered inside is still registered, but its errors go on to other handlers now
        if frame < self.frames.len() {
            self.frames.remove(frame);
        }
        for left in self.frames.iter_mut().skip(frame) {
            if let Frame::Compensation { chain, .. } = left {
                *chain = None;
            }
        }
        if end.is_none() {
            self.frames.truncate(frame);
        }
        // what was registered inside is undone before a handler is, and registered no longer behind it
        if goes_on && self.frames.len() > frame {
            self.fault(source, FaultKind::UncertainCompensation);
            self.frames.truncate(frame);
        }
        (end.is_some() || !entries.is_empty()).then_some(after)
    }

    /// The Catchers of a state here.
    pub(super) fn catchers(&mut self, work: &Work) -> Vec<(Vec<String>, Edge)> {
        let all = || vec![PredefinedErrorName::All.name().to_owned()];
        let mut caught = BTreeSet::new();
        let mut catchers = Vec::new();
        for index in (0..self.frames.len()).rev() {
            match &self.frames[index] {
                Frame::Compensation { .. } => {
                    let (error, entry) = self.compensation(index);
                    catchers.push((all(), caught_by(&error, entry, Missing::of(work, true))));
                    return catchers;
                }
                Frame::Handlers(entries) => {
                    for entry in entries.clone() {
                        let missing = Missing::of(work, entry.errors.mean_timeouts());
                        let edge = caught_by(&entry.error, entry.start, missing);
                        if entry.errors.are_all() {
                            catchers.push((all(), edge));
                            return catchers;
                        }
                        let names = listed(&entry.errors, work);
                        let new: Vec<String> =
                            names.into_iter().filter(|name| caught.insert(name.clone())).collect();
                        if !new.is_empty() {
                            catchers.push((new, edge));
                        }
                    }
                }
            }
        }
        catchers
    }

    /// Where the compensation of a frame is done: it, then what is around it.
    fn compensation(&mut self, index: usize) -> (Local, NodeId) {
        let Frame::Compensation { effect, place, chain } = &self.frames[index] else {
            unreachable!("asked of compensations only");
        };
        if let Some(chain) = chain {
            return chain.clone();
        }
        let (effect, place) = (effect.clone(), *place);
        // one local for all of a scope: from one to the next the error stays where it is
        let failure = self.failure.clone().unwrap_or_else(|| self.shared.locals.local("failure"));
        self.failure = Some(failure.clone());
        let made = (failure, self.open(effect.source));
        let inner = self.frames.split_off(index);
        // its own failure is passed over
        let handlers = match effect.kind {
            EffectKind::Wait(_) => Vec::new(),
            _ => vec![Handler { errors: Errors::All, bind: None, body: Block::new() }],
        };
        let undo = Effect { handlers, ..*effect };
        let after = self.effect(made.1, &undo, place);
        let (error, cause) = (made.0.field(ERROR_FIELD), made.0.field(CAUSE_FIELD));
        self.raise(after, error, cause, &Name::Automatic, undo.source);
        self.frames.extend(inner);
        if let Some(Frame::Compensation { chain, .. }) = self.frames.get_mut(index) {
            *chain = Some(made.clone());
        }
        made
    }

    /// Fails here with an error.
    pub(super) fn raise(
        &mut self,
        at: NodeId,
        error: Expression,
        cause: Expression,
        name: &Name,
        source: Option<Source>,
    ) {
        let mut rules = Vec::new();
        let mut default = None;
        'frames: for index in (0..self.frames.len()).rev() {
            match &self.frames[index] {
                Frame::Compensation { .. } => {
                    let (bound, entry) = self.compensation(index);
                    default = Some(raised(&bound, entry, &error, &cause));
                    break 'frames;
                }
                Frame::Handlers(entries) => {
                    for entry in entries.clone() {
                        let edge = raised(&entry.error, entry.start, &error, &cause);
                        match entry.errors.matches(&error) {
                            Matches::No => {}
                            Matches::Yes => {
                                default = Some(edge);
                                break 'frames;
                            }
                            Matches::If(condition) => rules.push((condition, edge)),
                        }
                    }
                }
            }
        }
        let default = default
            .unwrap_or_else(|| Edge::to(self.add(NodeKind::Fail { error, cause }, name.clone(), source)));
        if rules.is_empty() {
            for set in default.sets {
                self.set(at, set);
            }
            self.go(at, default.target);
        } else {
            let choice = NodeKind::Choice { rules, default: Some(default) };
            let choice = self.add(choice, Name::Derived("error".to_owned()), source);
            self.go(at, choice);
        }
    }
}

/// An edge that binds the Error Output. What is missing there is the empty text: null is no error that could be raised.
fn caught_by(error: &Local, entry: NodeId, missing: Missing) -> Edge {
    let output = |name: &str, may_be_missing: bool| {
        let given = path(variable(ERROR), &[name]);
        if !may_be_missing {
            return given;
        }
        tree(Kind::Condition {
            condition: Box::new(given.clone()),
            then: Box::new(given),
            otherwise: Some(Box::new(text(""))),
        })
    };
    let (name, cause) = (output("Error", missing.error), output("Cause", missing.cause));
    let value = object([(ERROR_FIELD, name), (CAUSE_FIELD, cause)]);
    Edge::with(vec![vec![(error.clone(), value)]], entry)
}

/// What may be null in an Error Output.
#[derive(Debug, Clone, Copy, Default)]
struct Missing {
    error: bool,
    cause: bool,
}

impl Missing {
    /// What may be missing in the errors of a state. `States.Timeout` has no cause, and those who answer with a token
    /// may give neither.
    fn of(work: &Work, is_for_timeouts: bool) -> Self {
        match work {
            Work::Wait(_) => Self::default(),
            Work::Task(task) => {
                let is_answered =
                    task.resource.contains(".waitForTaskToken") || task.resource.contains(":activity:");
                let has_limit = task.timeout_seconds.is_some() || task.heartbeat_seconds.is_some();
                Self { error: is_answered, cause: is_answered || (has_limit && is_for_timeouts) }
            }
            Work::Parallel(branches) => branches.iter().map(Self::inside).fold(Self::default(), Self::or),
            Work::Map(map) => Self::inside(&map.body),
        }
    }

    fn inside(graph: &Graph) -> Self {
        let of_node = |node: &Node| match &node.kind {
            NodeKind::Effect(effect) => Self::of(&effect.kind, true),
            NodeKind::Fail { error, cause } => {
                Self { error: matches!(error.kind, Kind::Null), cause: matches!(cause.kind, Kind::Null) }
            }
            _ => Self::default(),
        };
        graph.nodes.iter().map(of_node).fold(Self::default(), Self::or)
    }

    fn or(self, other: Self) -> Self {
        Self { error: self.error || other.error, cause: self.cause || other.cause }
    }
}

/// An edge that binds an error that was raised.
fn raised(bound: &Local, entry: NodeId, error: &Expression, cause: &Expression) -> Edge {
    let value = same_failure(error, cause)
        .unwrap_or_else(|| object([(ERROR_FIELD, error.clone()), (CAUSE_FIELD, cause.clone())]));
    Edge::with(vec![vec![(bound.clone(), value)]], entry)
}

/// The local whose error and cause these are.
fn same_failure(error: &Expression, cause: &Expression) -> Option<Expression> {
    let mut whose = None;
    each_local(error, &mut |local| whose = Some(local));
    let local = whose?;
    let is_same = *error == local.field(ERROR_FIELD) && *cause == local.field(CAUSE_FIELD);
    is_same.then(|| local.expression())
}

/// The names that the Catcher of a state lists: those of the handler that this state may fail with.
fn listed(errors: &Errors, work: &Work) -> Vec<String> {
    use PredefinedErrorName as Predefined;
    let Errors::Named(names) = errors else { return Vec::new() };
    let task = match work {
        Work::Task(task) => Some(task),
        _ => None,
    };
    let has_heartbeat = task.is_none_or(|task| task.heartbeat_seconds.is_some());
    let mut listed: Vec<String> = Vec::new();
    for name in names {
        let is_possible = match Predefined::from_name(name) {
            Some(Predefined::HeartbeatTimeout) => has_heartbeat,
            Some(
                Predefined::NoChoiceMatched
                | Predefined::BranchFailed
                | Predefined::ExceedToleratedFailureThreshold
                | Predefined::ItemReaderFailed
                | Predefined::ResultWriterFailed,
            ) => task.is_none(),
            _ => true,
        };
        let mut add = |name: &str| {
            if !listed.iter().any(|listed| listed == name) {
                listed.push(name.to_owned());
            }
        };
        if is_possible {
            add(name);
        }
        if name == Predefined::Timeout.name() && task.is_some() && has_heartbeat {
            add(Predefined::HeartbeatTimeout.name());
        }
    }
    listed
}

/// Whether a handler is for an error that is raised.
enum Matches {
    Yes,
    No,
    If(Expression),
}

impl Errors {
    /// Whether any error is meant.
    fn are_all(&self) -> bool {
        match self {
            Self::All => true,
            Self::Named(names) => names.iter().any(|name| name == PredefinedErrorName::All.name()),
        }
    }

    /// Whether timeouts are meant.
    fn mean_timeouts(&self) -> bool {
        let timeouts = [PredefinedErrorName::Timeout.name(), PredefinedErrorName::HeartbeatTimeout.name()];
        match self {
            Self::All => true,
            Self::Named(names) => {
                self.are_all() || names.iter().any(|name| timeouts.contains(&name.as_str()))
            }
        }
    }

    fn matches(&self, error: &Expression) -> Matches {
        let Self::Named(names) = self else { return Matches::Yes };
        if self.are_all() {
            return Matches::Yes;
        }
        let any_failure = names.iter().any(|name| name == PredefinedErrorName::TaskFailed.name());
        let timeout = PredefinedErrorName::Timeout.name();
        match &error.kind {
            Kind::String(error) if names.contains(error) || (any_failure && error != timeout) => Matches::Yes,
            Kind::String(_) => Matches::No,
            _ if any_failure => Matches::If(tree(Kind::Binary {
                operator: BinaryOperator::NotEqual,
                left: Box::new(error.clone()),
                right: Box::new(text(timeout)),
            })),
            _ => Matches::If(is_one_of(error, names)),
        }
    }
}

/// `error in ['A', 'B']`, `error = 'A'`.
fn is_one_of(error: &Expression, names: &[String]) -> Expression {
    let (operator, right) = match names {
        [name] => (BinaryOperator::Equal, text(name)),
        names => {
            let items = names.iter().map(|name| Item::Value(text(name))).collect();
            (BinaryOperator::In, tree(Kind::Array(items)))
        }
    };
    tree(Kind::Binary { operator, left: Box::new(error.clone()), right: Box::new(right) })
}

impl Handler {
    /// Whether all it does is to let the error go on.
    pub(super) fn only_raises(&self) -> bool {
        let [statement] = self.body.statements.as_slice() else { return false };
        let (StatementKind::Raise { error, cause, .. }, Some(bind)) = (&statement.kind, &self.bind) else {
            return false;
        };
        *error == bind.field(ERROR_FIELD) && *cause == bind.field(CAUSE_FIELD)
    }
}
