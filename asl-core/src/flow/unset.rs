//! Where a local is used that may have no value yet.
//!
//! That it may have none is known from the graph; this finds the statement that a person has to look at.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::{Effect, EffectKind, Handler, WaitFor};
use super::local::{Label, Local};
use super::program::{Block, Otherwise, Program, Source, Statement, StatementKind};
use super::tree::each_local;
use crate::syntax::jsonata::Expression;

/// For each of the locals, the first use that some way leads to on which it was not set.
pub(super) fn places(program: &Program, locals: &BTreeSet<Local>) -> BTreeMap<Local, Option<Source>> {
    let mut search = Search { locals, certain: BTreeMap::new(), any: BTreeMap::new(), left: Vec::new() };
    search.block(&program.body, Known::from([program.input.clone()]));
    let mut places = search.any;
    places.extend(search.certain);
    places
}

/// The locals that have a value on every way to a place.
type Known = BTreeSet<Local>;

struct Search<'a> {
    locals: &'a BTreeSet<Local>,
    /// The first use without a value on some way.
    certain: BTreeMap<Local, Option<Source>>,
    /// The first use of all.
    any: BTreeMap<Local, Option<Source>>,
    /// What is known where the loops and blocks around are left.
    left: Vec<(Label, Option<Known>)>,
}

/// What is known where two ways meet; nothing comes on a way that is none.
fn meet(one: Option<Known>, other: Option<Known>) -> Option<Known> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.intersection(&other).cloned().collect()),
        (one, other) => one.or(other),
    }
}

impl Search<'_> {
    fn leaf(&mut self, tree: &Expression, known: &Known, source: Option<Source>) {
        each_local(tree, &mut |local| {
            if self.locals.contains(&local) {
                if !known.contains(&local) {
                    self.certain.entry(local.clone()).or_insert(source);
                }
                self.any.entry(local).or_insert(source);
            }
        });
    }

    /// What is known behind a block; nothing if it does not go on.
    fn block(&mut self, block: &Block, known: Known) -> Option<Known> {
        block.statements.iter().try_fold(known, |known, statement| self.statement(statement, known))
    }

    fn statement(&mut self, statement: &Statement, mut known: Known) -> Option<Known> {
        let source = statement.source;
        match &statement.kind {
            StatementKind::Set(set) => {
                for (_, value) in set {
                    self.leaf(value, &known, source);
                }
                known.extend(set.iter().map(|(local, _)| local.clone()));
                Some(known)
            }
            StatementKind::Effect(effect) => self.effect(effect, &known, source),
            StatementKind::Compensate(effect) => {
                self.effect(effect, &known, source);
                Some(known)
            }
            StatementKind::If(chain) => {
                let mut after = None;
                for (condition, block) in &chain.arms {
                    self.leaf(condition, &known, source);
                    after = meet(after, self.block(block, known.clone()));
                }
                match &chain.otherwise {
                    Otherwise::Block(block) => meet(after, self.block(block, known)),
                    Otherwise::Never => after,
                }
            }
            StatementKind::Loop { label, body } => {
                self.left.push((*label, None));
                self.block(body, known);
                self.left.pop().and_then(|(_, left)| left)
            }
            StatementKind::Labelled { label, body } => {
                self.left.push((*label, None));
                let end = self.block(body, known);
                meet(end, self.left.pop().and_then(|(_, left)| left))
            }
            StatementKind::Break(label) => {
                if let Some((_, left)) = self.left.iter_mut().rfind(|(other, _)| other == label) {
                    *left = meet(left.take(), Some(known));
                }
                None
            }
            StatementKind::Continue(_) => None,
            StatementKind::Attempt { body, handlers } => {
                let end = self.block(body, known.clone());
                meet(end, self.handlers(handlers, &known))
            }
            StatementKind::Raise { error, cause, .. } => {
                self.leaf(error, &known, source);
                self.leaf(cause, &known, source);
                None
            }
            StatementKind::Return(value) => {
                self.leaf(value, &known, source);
                None
            }
        }
    }

    /// What is known behind handlers of errors that may come before anything was set.
    fn handlers(&mut self, handlers: &[Handler], known: &Known) -> Option<Known> {
        let mut after = None;
        for handler in handlers {
            let mut inside = known.clone();
            inside.extend(handler.bind.clone());
            after = meet(after, self.block(&handler.body, inside));
        }
        after
    }

    fn effect(&mut self, effect: &Effect, known: &Known, source: Option<Source>) -> Option<Known> {
        let source = effect.source.or(source);
        let mut after = known.clone();
        match &effect.kind {
            EffectKind::Task(task) => {
                self.leaf(&task.arguments, known, source);
                let others = [&task.timeout_seconds, &task.heartbeat_seconds, &task.credentials];
                others.into_iter().flatten().for_each(|value| self.leaf(value, known, source));
            }
            EffectKind::Wait(WaitFor::Seconds(time) | WaitFor::Timestamp(time)) => {
                self.leaf(time, known, source);
            }
            EffectKind::Parallel(branches) => {
                for branch in branches {
                    self.block(&branch.body, known.clone());
                    after.extend(branch.bind.clone());
                }
            }
            EffectKind::Map(map) => {
                let own = [&map.items, &map.max_concurrency].into_iter().flatten();
                own.for_each(|value| self.leaf(value, known, source));
                if let Some(distributed) = &map.distributed {
                    distributed.clone().each_tree_mut(&mut |value| self.leaf(value, known, source));
                }
                let mut inside = known.clone();
                inside.extend([map.item.clone()]);
                inside.extend(map.index.clone());
                self.block(&map.body, inside);
            }
        }
        effect.value.iter().for_each(|value| self.leaf(value, known, source));
        after.extend(effect.bind.clone());
        meet(Some(after), self.handlers(&effect.handlers, known))
    }
}
