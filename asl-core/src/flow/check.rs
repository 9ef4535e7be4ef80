//! What can be told of a program before it becomes a graph.

use std::collections::BTreeMap;

use super::effect::{Branch, Effect, EffectKind, Handler, WaitFor};
use super::fault::{Fault, FaultKind};
use super::local::Local;
use super::program::{Block, Otherwise, Program, Source, Statement, StatementKind};
use super::tree::each_local;
use crate::syntax::jsonata::{Expression, Kind, MAX_DEPTH};
use crate::validate::function_names;

/// How deeply statements may stand inside each other; real functions stay under ten, a generated one may not.
const DEEPEST: usize = 256;

/// How deeply branches and iterations may stand inside each other: a definition nests with them.
const DEEPEST_SCOPES: usize = 40;

/// All that is wrong with leaves and scopes, and the first number that no local has.
pub(super) fn check(program: &Program) -> (Vec<Fault>, u32) {
    let mut check = Check { functions: function_names().collect(), ..Check::default() };
    check.mention(&program.input);
    check.block(&program.body, 0);
    check.outer_writes();
    (check.faults, check.next_number)
}

#[derive(Default)]
struct Check {
    faults: Vec<Fault>,
    functions: Vec<&'static str>,
    next_number: u32,
    /// The scopes around, each by a number of its own.
    scopes: Vec<usize>,
    scope_count: usize,
    /// The scopes around all places that name a local: those that are around each of them.
    around: BTreeMap<Local, Vec<usize>>,
    writes: Vec<(Local, Vec<usize>, Option<Source>)>,
}

impl Check {
    fn mention(&mut self, local: &Local) {
        self.next_number = self.next_number.max(local.number().saturating_add(1));
        let scopes = &self.scopes;
        let around = self.around.entry(local.clone()).or_insert_with(|| scopes.clone());
        let shared = around.iter().zip(scopes).take_while(|(one, other)| one == other).count();
        around.truncate(shared);
    }

    fn write(&mut self, local: &Local, source: Option<Source>) {
        self.mention(local);
        self.writes.push((local.clone(), self.scopes.clone(), source));
    }

    /// What is set in a scope may be named there only.
    fn outer_writes(&mut self) {
        for (local, scopes, source) in &self.writes {
            if self.around[local].len() < scopes.len() {
                let kind = FaultKind::OuterWrite { local: local.name().to_owned() };
                self.faults.push(Fault { source: *source, kind });
            }
        }
    }

    fn leaf(&mut self, tree: &Expression, source: Option<Source>) {
        if !is_shallow(tree) {
            self.faults.push(Fault { source, kind: FaultKind::TooDeep });
            return;
        }
        let mut is_finished = true;
        tree.walk(&mut |part, _| is_finished &= part.kind != Kind::Invalid);
        if !is_finished {
            self.faults.push(Fault { source, kind: FaultKind::Unfinished });
        }
        each_local(tree, &mut |local| self.mention(&local));
        for word in tree.free_variables() {
            let is_known = word.name.contains('#') || self.functions.contains(&word.name.as_str());
            if !is_known && word.name != "states" {
                let kind = FaultKind::ForeignVariable { variable: word.name };
                self.faults.push(Fault { source, kind });
            }
        }
        if let Some(field) = state_field(tree) {
            let kind = FaultKind::ForeignVariable { variable: format!("states.{field}") };
            self.faults.push(Fault { source, kind });
        }
    }

    fn block(&mut self, block: &Block, depth: usize) {
        for statement in &block.statements {
            if depth > DEEPEST {
                self.faults.push(Fault { source: statement.source, kind: FaultKind::TooDeep });
                return;
            }
            self.statement(statement, depth + 1);
        }
    }

    fn statement(&mut self, statement: &Statement, depth: usize) {
        let source = statement.source;
        match &statement.kind {
            StatementKind::Set(set) => {
                for (local, value) in set {
                    self.leaf(value, source);
                    self.write(local, source);
                }
            }
            StatementKind::Effect(effect) | StatementKind::Compensate(effect) => self.effect(effect, depth),
            StatementKind::If(chain) => {
                for (condition, block) in &chain.arms {
                    self.leaf(condition, source);
                    self.block(block, depth);
                }
                if let Otherwise::Block(block) = &chain.otherwise {
                    self.block(block, depth);
                }
            }
            StatementKind::Loop { body, .. } | StatementKind::Labelled { body, .. } => {
                self.block(body, depth);
            }
            StatementKind::Break(_) | StatementKind::Continue(_) => {}
            StatementKind::Attempt { body, handlers } => {
                self.block(body, depth);
                self.handlers(handlers, source, depth);
            }
            StatementKind::Raise { error, cause, .. } => {
                self.leaf(error, source);
                self.leaf(cause, source);
            }
            StatementKind::Return(value) => self.leaf(value, source),
        }
    }

    fn handlers(&mut self, handlers: &[Handler], source: Option<Source>, depth: usize) {
        for handler in handlers {
            handler.bind.iter().for_each(|bind| self.write(bind, source));
            self.block(&handler.body, depth);
        }
    }

    fn effect(&mut self, effect: &Effect, depth: usize) {
        let source = effect.source;
        let has_scopes = matches!(effect.kind, EffectKind::Parallel(_) | EffectKind::Map(_));
        if has_scopes && self.scopes.len() >= DEEPEST_SCOPES {
            self.faults.push(Fault { source, kind: FaultKind::TooDeep });
            return;
        }
        match &effect.kind {
            EffectKind::Task(task) => {
                self.leaf(&task.arguments, source);
                let others = [&task.timeout_seconds, &task.heartbeat_seconds, &task.credentials];
                others.into_iter().flatten().for_each(|value| self.leaf(value, source));
            }
            EffectKind::Wait(WaitFor::Seconds(time) | WaitFor::Timestamp(time)) => self.leaf(time, source),
            EffectKind::Parallel(branches) => {
                for Branch { bind, body } in branches {
                    self.scope(|check| check.block(body, depth));
                    if let Some(bind) = bind {
                        self.write(bind, source);
                    }
                }
            }
            EffectKind::Map(map) => {
                [&map.items, &map.max_concurrency]
                    .into_iter()
                    .flatten()
                    .for_each(|value| self.leaf(value, source));
                if let Some(distributed) = &map.distributed {
                    distributed.clone().each_tree_mut(&mut |value| self.leaf(value, source));
                }
                self.scope(|check| {
                    check.write(&map.item, source);
                    map.index.iter().for_each(|index| check.write(index, source));
                    check.block(&map.body, depth);
                });
            }
        }
        effect.value.iter().for_each(|value| self.leaf(value, source));
        effect.bind.iter().for_each(|bind| self.write(bind, source));
        self.handlers(&effect.handlers, source, depth);
    }

    fn scope(&mut self, inside: impl FnOnce(&mut Self)) {
        self.scope_count += 1;
        self.scopes.push(self.scope_count);
        inside(self);
        self.scopes.pop();
    }
}

/// Whether a tree is one that can be walked and printed.
fn is_shallow(tree: &Expression) -> bool {
    let mut open = vec![(tree, 1)];
    while let Some((tree, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return false;
        }
        open.extend(tree.children().map(|child| (child.expression, depth + 1)));
    }
    true
}

/// A field of `$states` other than `context`.
fn state_field(tree: &Expression) -> Option<String> {
    let mut found = None;
    tree.walk(&mut |part, _| {
        let Kind::Path(steps) = &part.kind else { return };
        if let [first, Expression { kind: Kind::Name(field), .. }, ..] = steps.as_slice()
            && matches!(&first.kind, Kind::Variable(name) if name == "states")
            && field != "context"
        {
            found = Some(field.clone());
        }
    });
    found
}
