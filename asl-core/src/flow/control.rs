//! From statements to the graph of their scope.

use super::effect::{Branch, Effect, EffectKind, Handler, Map, RESULT};
use super::fault::{Fault, FaultKind};
use super::graph::{Edge, EffectNode, Graph, MapWork, Node, NodeId, NodeKind, Set, Work};
use super::local::{Label, Local, Locals};
use super::program::{Block, If, Name, Otherwise, Source, Statement, StatementKind};
use super::regions::Frame;
use super::tree::{tree, variable};
use crate::syntax::jsonata::{Expression, Kind};

/// What the input of a scope's first state stands as, until it is known which state that is.
pub(super) const INPUT: &str = "#input";

/// Makes the graph of one scope.
pub(super) struct Scope<'a> {
    pub(super) nodes: Vec<Node>,
    pub(super) frames: Vec<Frame>,
    labels: Vec<Target>,
    /// Where a block that stands for a scope gives its value to.
    returns: Option<(NodeId, Local)>,
    /// What compensations bind the error to that they let go on.
    pub(super) failure: Option<Local>,
    pub(super) shared: &'a mut Shared,
}

/// What all scopes of a program share.
pub(super) struct Shared {
    pub(super) locals: Locals,
    pub(super) faults: Vec<Fault>,
    /// How many places were given out.
    pub(super) places: usize,
}

struct Target {
    label: Label,
    leave: NodeId,
    again: Option<NodeId>,
    frames: usize,
    /// Whether a jump has left it.
    is_left: bool,
}

/// The graph of a scope whose input is bound by the set.
pub(super) fn scope(shared: &mut Shared, input: Set, body: &Block) -> Graph {
    let mut scope = Scope {
        nodes: Vec::new(),
        frames: Vec::new(),
        labels: Vec::new(),
        returns: None,
        failure: None,
        shared,
    };
    let start = scope.open(None);
    scope.set(start, input);
    if let Some(end) = scope.block(start, body) {
        scope.give(end, tree(Kind::Null), None);
    }
    Graph { nodes: scope.nodes, entry: Edge::to(start) }
}

impl Scope<'_> {
    pub(super) fn fault(&mut self, source: Option<Source>, kind: FaultKind) {
        self.shared.faults.push(Fault { source, kind });
    }

    pub(super) fn add(&mut self, kind: NodeKind, name: Name, source: Option<Source>) -> NodeId {
        let place = self.place();
        self.add_at(place, kind, name, source)
    }

    /// The next place in the order of the source.
    pub(super) fn place(&mut self) -> usize {
        self.shared.places += 1;
        self.shared.places
    }

    pub(super) fn add_at(
        &mut self,
        place: usize,
        kind: NodeKind,
        name: Name,
        source: Option<Source>,
    ) -> NodeId {
        self.nodes.push(Node { kind, name, source, place });
        self.nodes.len() - 1
    }

    /// A place to go on from.
    pub(super) fn open(&mut self, source: Option<Source>) -> NodeId {
        self.add(NodeKind::Jump { sets: Vec::new(), target: None }, Name::Automatic, source)
    }

    pub(super) fn set(&mut self, at: NodeId, set: Set) {
        if let NodeKind::Jump { sets, .. } = &mut self.nodes[at].kind {
            sets.push(set);
        }
    }

    pub(super) fn go(&mut self, at: NodeId, to: NodeId) {
        if let NodeKind::Jump { target, .. } = &mut self.nodes[at].kind {
            *target = Some(to);
        }
    }

    /// Ends with a value.
    fn give(&mut self, at: NodeId, value: Expression, source: Option<Source>) {
        if let Some((join, local)) = self.returns.clone() {
            self.set(at, vec![(local, value)]);
            self.go(at, join);
        } else {
            let end = self.add(NodeKind::Return(value), Name::Automatic, source);
            self.go(at, end);
        }
    }

    pub(super) fn block(&mut self, at: NodeId, block: &Block) -> Option<NodeId> {
        let mut at = at;
        for statement in &block.statements {
            at = self.statement(at, statement)?;
        }
        Some(at)
    }

    /// A block after which only what was registered before it may be registered.
    pub(super) fn closed_block(
        &mut self,
        at: NodeId,
        block: &Block,
        source: Option<Source>,
    ) -> Option<NodeId> {
        let frames = self.frames.len();
        let end = self.block(at, block);
        if self.frames.len() > frames {
            if end.is_some() {
                self.fault(source, FaultKind::UncertainCompensation);
            }
            self.frames.truncate(frames);
        }
        end
    }

    fn statement(&mut self, at: NodeId, statement: &Statement) -> Option<NodeId> {
        let source = statement.source;
        match &statement.kind {
            StatementKind::Set(set) => {
                self.set(at, set.clone());
                Some(at)
            }
            StatementKind::Effect(effect) => {
                let place = self.place();
                Some(self.effect(at, effect, place))
            }
            StatementKind::If(chain) => self.chain(at, chain, source),
            StatementKind::Loop { label, body } => self.repeat(at, *label, body, source),
            StatementKind::Labelled { label, body } => self.labelled(at, *label, body, source),
            StatementKind::Break(label) => {
                self.jump(at, *label, source, |_, target| Some(target.leave));
                None
            }
            StatementKind::Continue(label) => {
                self.jump(at, *label, source, |faults, target| {
                    if target.again.is_none() {
                        faults.push(Fault { source, kind: FaultKind::ContinueOutsideLoop });
                    }
                    target.again
                });
                None
            }
            StatementKind::Attempt { body, handlers } => self.attempt(at, body, handlers, source),
            StatementKind::Raise { error, cause, name } => {
                self.raise(at, error.clone(), cause.clone(), name, source);
                None
            }
            StatementKind::Return(value) => {
                self.give(at, value.clone(), source);
                None
            }
            StatementKind::Compensate(effect) => {
                if !effect.handlers.is_empty() {
                    self.fault(source, FaultKind::CompensationWithHandlers);
                }
                let place = self.place();
                self.frames.push(Frame::Compensation { effect: effect.clone(), place, chain: None });
                Some(at)
            }
        }
    }

    fn jump(
        &mut self,
        at: NodeId,
        label: Label,
        source: Option<Source>,
        to: impl FnOnce(&mut Vec<Fault>, &Target) -> Option<NodeId>,
    ) {
        let Some(index) = self.labels.iter().rposition(|target| target.label == label) else {
            return self.fault(source, FaultKind::NoLabel);
        };
        let frames = self.labels[index].frames;
        let inside = self.frames.get(frames..).unwrap_or_default();
        if inside.iter().any(|frame| matches!(frame, Frame::Compensation { .. })) {
            self.fault(source, FaultKind::UncertainCompensation);
        }
        self.labels[index].is_left = true;
        if let Some(to) = to(&mut self.shared.faults, &self.labels[index]) {
            self.go(at, to);
        }
    }

    fn chain(&mut self, at: NodeId, chain: &If, source: Option<Source>) -> Option<NodeId> {
        let place = self.place();
        let join = self.open(source);
        let mut is_reached = false;
        let mut arm = |scope: &mut Self, block: &Block| {
            let start = scope.open(source);
            if let Some(end) = scope.closed_block(start, block, source) {
                scope.go(end, join);
                is_reached = true;
            }
            Edge::to(start)
        };
        let rules = chain.arms.iter().map(|(test, block)| (test.clone(), arm(self, block))).collect();
        let default = match &chain.otherwise {
            Otherwise::Block(block) => Some(arm(self, block)),
            Otherwise::Never => None,
        };
        // the condition as it reads now: lowering may put other values into it
        let name = match (&chain.name, chain.arms.first()) {
            (Name::Automatic, Some((condition, _))) => Name::Derived(super::names::plain(condition)),
            (name, _) => name.clone(),
        };
        let choice = self.add_at(place, NodeKind::Choice { rules, default }, name, source);
        self.go(at, choice);
        is_reached.then_some(join)
    }

    fn repeat(&mut self, at: NodeId, label: Label, body: &Block, source: Option<Source>) -> Option<NodeId> {
        let (start, leave) = (self.open(source), self.open(source));
        self.go(at, start);
        let frames = self.frames.len();
        self.labels.push(Target { label, leave, again: Some(start), frames, is_left: false });
        if let Some(end) = self.closed_block(start, body, source) {
            self.go(end, start);
        }
        self.labels.pop().is_some_and(|target| target.is_left).then_some(leave)
    }

    fn labelled(&mut self, at: NodeId, label: Label, body: &Block, source: Option<Source>) -> Option<NodeId> {
        let leave = self.open(source);
        let frames = self.frames.len();
        self.labels.push(Target { label, leave, again: None, frames, is_left: false });
        let end = self.block(at, body);
        let is_left = self.labels.pop().is_some_and(|target| target.is_left);
        if let Some(end) = end {
            self.go(end, leave);
        }
        if is_left && self.frames.len() > frames {
            if end.is_some() {
                self.fault(source, FaultKind::UncertainCompensation);
            }
            self.frames.truncate(frames);
        }
        (end.is_some() || is_left).then_some(leave)
    }

    /// An effect, with what is bound and handled.
    pub(super) fn effect(&mut self, at: NodeId, effect: &Effect, place: usize) -> NodeId {
        let after = self.open(effect.source);
        if matches!(&effect.kind, EffectKind::Parallel(branches) if branches.is_empty()) {
            self.fault(effect.source, FaultKind::NoBranches);
        }
        if let EffectKind::Parallel(branches) = &effect.kind
            && effect.bind.is_none()
            && effect.retry.is_empty()
        {
            return self.parallel(at, effect, branches, place);
        }
        let work = match &effect.kind {
            EffectKind::Task(task) => Work::Task(task.clone()),
            EffectKind::Wait(time) => {
                if effect.bind.is_some() || !effect.retry.is_empty() || !effect.handlers.is_empty() {
                    self.fault(effect.source, FaultKind::PauseWithResult);
                }
                Work::Wait(time.clone())
            }
            EffectKind::Parallel(branches) => {
                let scopes = branches.iter().map(|branch| scope(self.shared, Vec::new(), &branch.body));
                Work::Parallel(scopes.collect())
            }
            EffectKind::Map(map) => self.map(map, effect.source),
        };
        let binds = match &effect.kind {
            EffectKind::Parallel(branches) => bound_branches(branches.iter()),
            _ => Vec::new(),
        };
        self.state(at, effect, work, binds, after, place)
    }

    /// The state of an effect, and the blocks of its handlers.
    fn state(
        &mut self,
        at: NodeId,
        effect: &Effect,
        work: Work,
        mut binds: Set,
        after: NodeId,
        place: usize,
    ) -> NodeId {
        let (handlers, _) = self.handlers(&effect.handlers, after, effect.source);
        let catchers = if matches!(work, Work::Wait(_)) {
            Vec::new()
        } else {
            self.frames.push(Frame::Handlers(handlers));
            let catchers = self.catchers(&work);
            self.frames.pop();
            catchers
        };
        if let Some(bind) = &effect.bind {
            binds.push((bind.clone(), effect.value.clone().unwrap_or_else(|| variable(RESULT))));
        }
        let next = self.open(effect.source);
        self.set(next, binds);
        self.go(next, after);
        // as it reads now: lowering may put other values into it
        let name = match (&effect.name, &work) {
            (Name::Automatic, Work::Wait(time)) => Name::Derived(super::names::pause(time)),
            (name, _) => name.clone(),
        };
        let (comment, retry) = (effect.comment.clone(), effect.retry.clone());
        let kind = NodeKind::Effect(Box::new(EffectNode {
            kind: work,
            comment,
            retry,
            next: Edge::to(next),
            catchers,
        }));
        let state = self.add_at(place, kind, name, effect.source);
        self.go(at, state);
        after
    }

    /// Branches whose values are bound one by one: those that do nothing need no branch, and one alone no Parallel.
    fn parallel(&mut self, at: NodeId, effect: &Effect, branches: &[Branch], place: usize) -> NodeId {
        let after = self.open(effect.source);
        let mut at = at;
        let mut working = Vec::new();
        let mut constants = Set::new();
        for branch in branches {
            match constant(&branch.body) {
                Some(value) => constants.extend(branch.bind.clone().map(|bind| (bind, value))),
                None => working.push(branch),
            }
        }
        match working.as_slice() {
            [] => {
                self.set(at, constants);
                self.go(at, after);
                after
            }
            [alone] => {
                let value = alone.bind.clone().unwrap_or_else(|| self.shared.locals.local("value"));
                let join = self.open(effect.source);
                let (handlers, _) = self.handlers(&effect.handlers, after, effect.source);
                self.frames.push(Frame::Handlers(handlers));
                let returns = self.returns.replace((join, value.clone()));
                let labels = std::mem::take(&mut self.labels);
                let start = self.open(effect.source);
                self.go(at, start);
                at = start;
                let frames = self.frames.len();
                if let Some(end) = self.block(at, &alone.body) {
                    self.give(end, tree(Kind::Null), effect.source);
                }
                // what a branch registers is forgotten when it ends
                self.frames.truncate(frames);
                self.labels = labels;
                self.returns = returns;
                self.frames.pop();
                self.set(join, constants);
                self.go(join, after);
                after
            }
            several => {
                let scopes = several.iter().map(|branch| scope(self.shared, Vec::new(), &branch.body));
                let work = Work::Parallel(scopes.collect());
                let mut binds = bound_branches(several.iter().copied());
                binds.extend(constants);
                self.state(at, effect, work, binds, after, place)
            }
        }
    }

    fn map(&mut self, map: &Map, source: Option<Source>) -> Work {
        let distributed = map.distributed.as_ref();
        let reads = distributed.is_some_and(|distributed| distributed.reader.is_some());
        let batches = distributed.is_some_and(|distributed| distributed.batches.is_some());
        if reads == map.items.is_some() {
            self.fault(source, FaultKind::ItemsOrReader);
        }
        if batches && map.index.is_some() {
            self.fault(source, FaultKind::IndexOfBatch);
        }
        Work::Map(Box::new(MapWork {
            items: map.items.clone(),
            item: map.item.clone(),
            index: map.index.clone(),
            max_concurrency: map.max_concurrency.clone(),
            distributed: map.distributed.clone(),
            selector: None,
            batch_input: None,
            body: scope(self.shared, Vec::new(), &map.body),
        }))
    }

    /// Where handlers begin, and whether one of them goes on behind what is handled.
    pub(super) fn handlers(
        &mut self,
        handlers: &[Handler],
        after: NodeId,
        source: Option<Source>,
    ) -> (Vec<super::regions::Entry>, bool) {
        let mut kept = handlers;
        while let Some((last, before)) = kept.split_last()
            && last.only_raises()
        {
            kept = before;
        }
        let mut entries = Vec::new();
        let mut goes_on = false;
        for handler in kept {
            let entry = self.open(source);
            let error = handler.bind.clone().unwrap_or_else(|| self.shared.locals.local("failure"));
            if let Some(end) = self.closed_block(entry, &handler.body, source) {
                self.go(end, after);
                goes_on = true;
            }
            entries.push(super::regions::Entry { errors: handler.errors.clone(), error, start: entry });
        }
        (entries, goes_on)
    }
}

/// The values of branches, from the array of all.
fn bound_branches<'a>(branches: impl Iterator<Item = &'a Branch>) -> Set {
    let place = |index: u32| {
        let (target, index) = (Box::new(variable(RESULT)), tree(Kind::Number(f64::from(index))));
        tree(Kind::Filter { target, predicate: Box::new(index) })
    };
    (0..).zip(branches).filter_map(|(index, branch)| Some((branch.bind.clone()?, place(index)))).collect()
}

/// The value of a block that does nothing but return it.
fn constant(body: &Block) -> Option<Expression> {
    match body.statements.as_slice() {
        [] => Some(tree(Kind::Null)),
        [Statement { kind: StatementKind::Return(value), .. }] => Some(value.clone()),
        _ => None,
    }
}
