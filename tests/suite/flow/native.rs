//! Runs a program as it stands.

use std::collections::BTreeMap;

use asl_core::flow::{
    Block, Effect, EffectKind, Errors, Handler, Label, Local, Otherwise, Program, StatementKind, WaitFor,
    with_variables,
};
use asl_core::syntax::jsonata::{Expression, Kind};
use serde_json::{Value, json};

use super::evaluate::evaluate;
use super::{CUT_OFF, Failure, World};

/// How a statement ends.
enum Flow {
    Next,
    Break(Label),
    Continue(Label),
    Return(Value),
    Fail(Failure),
}

pub(crate) fn run(program: &Program, input: &Value, world: &mut World) -> Result<Value, Failure> {
    let locals = BTreeMap::from([(program.input.number(), input.clone())]);
    scope(&program.body, locals, world)
}

fn scope(body: &Block, locals: BTreeMap<u32, Value>, world: &mut World) -> Result<Value, Failure> {
    let mut run = Run { locals, compensations: Vec::new(), world };
    let flow = run.block(body);
    if let Flow::Fail(failure) = &flow {
        run.compensate(0, failure);
    }
    match flow {
        Flow::Return(value) => Ok(value),
        Flow::Fail(failure) => Err(failure),
        Flow::Next => Ok(Value::Null),
        Flow::Break(_) | Flow::Continue(_) => panic!("a jump out of the scope"),
    }
}

struct Run<'w> {
    locals: BTreeMap<u32, Value>,
    compensations: Vec<Effect>,
    world: &'w mut World,
}

impl Run<'_> {
    fn leaf(&self, leaf: &Expression, result: Option<&Value>) -> Result<Value, Failure> {
        let mut variables = BTreeMap::new();
        for word in leaf.free_variables() {
            let Some((_, number)) = word.name.rsplit_once('#') else { continue };
            let value = number.parse::<u32>().map_or(result, |number| self.locals.get(&number));
            variables.extend(value.map(|value| (format!("v{number}"), value.clone())));
        }
        let leaf = with_variables(leaf, |name| {
            let (_, number) = name.rsplit_once('#')?;
            Some(Expression::new(Kind::Variable(format!("v{number}")), 0..0))
        });
        variables.insert("states".to_owned(), json!({"context": {"Task": {"Token": "token"}}}));
        evaluate(&leaf.to_string(), &variables)
    }

    fn set(&mut self, local: &Local, value: Value) {
        self.locals.insert(local.number(), value);
    }

    /// Does what was registered since, the last first.
    fn compensate(&mut self, since: usize, failure: &Failure) {
        while self.compensations.len() > since && failure.0 != CUT_OFF {
            let undo = self.compensations.pop().expect("one is left");
            let _ = self.perform(&undo);
        }
    }

    fn block(&mut self, block: &Block) -> Flow {
        for statement in &block.statements {
            match self.statement(&statement.kind) {
                Ok(Flow::Next) => {}
                Ok(flow) => return flow,
                Err(failure) => return Flow::Fail(failure),
            }
        }
        Flow::Next
    }

    fn statement(&mut self, statement: &StatementKind) -> Result<Flow, Failure> {
        Ok(match statement {
            StatementKind::Set(set) => {
                let values: Result<Vec<Value>, Failure> =
                    set.iter().map(|(_, value)| self.leaf(value, None)).collect();
                for ((local, _), value) in set.iter().zip(values?) {
                    self.set(local, value);
                }
                Flow::Next
            }
            StatementKind::Effect(effect) => match self.effect(effect) {
                Ok(()) => Flow::Next,
                Err(failure) => self.handle(&effect.handlers, failure)?,
            },
            StatementKind::If(chain) => {
                for (condition, block) in &chain.arms {
                    if self.leaf(condition, None)? == Value::Bool(true) {
                        return Ok(self.block(block));
                    }
                }
                match &chain.otherwise {
                    Otherwise::Block(block) => self.block(block),
                    Otherwise::Never => Flow::Fail(("States.NoChoiceMatched".into(), String::new())),
                }
            }
            StatementKind::Loop { label, body } => loop {
                self.world.turn()?;
                match self.block(body) {
                    Flow::Next => {}
                    Flow::Continue(other) if other == *label => {}
                    Flow::Break(other) if other == *label => break Flow::Next,
                    flow => break flow,
                }
            },
            StatementKind::Labelled { label, body } => match self.block(body) {
                Flow::Break(other) if other == *label => Flow::Next,
                flow => flow,
            },
            StatementKind::Break(label) => Flow::Break(*label),
            StatementKind::Continue(label) => Flow::Continue(*label),
            StatementKind::Attempt { body, handlers } => {
                let since = self.compensations.len();
                match self.block(body) {
                    Flow::Fail(failure) => {
                        self.compensate(since, &failure);
                        self.handle(handlers, failure)?
                    }
                    flow => flow,
                }
            }
            StatementKind::Raise { error, cause, .. } => {
                let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                Flow::Fail((text(self.leaf(error, None)?), text(self.leaf(cause, None)?)))
            }
            StatementKind::Return(value) => Flow::Return(self.leaf(value, None)?),
            StatementKind::Compensate(effect) => {
                self.compensations.push((**effect).clone());
                Flow::Next
            }
        })
    }

    fn handle(&mut self, handlers: &[Handler], failure: Failure) -> Result<Flow, Failure> {
        if failure.0 == CUT_OFF {
            return Err(failure);
        }
        let is_for = |handler: &&Handler| match &handler.errors {
            Errors::All => true,
            Errors::Named(names) => names.contains(&failure.0),
        };
        let Some(handler) = handlers.iter().find(is_for) else { return Err(failure) };
        if let Some(bind) = &handler.bind {
            self.set(bind, json!({"Error": failure.0, "Cause": failure.1}));
        }
        Ok(self.block(&handler.body))
    }

    fn effect(&mut self, effect: &Effect) -> Result<(), Failure> {
        let result = self.perform(effect)?;
        if let Some(bind) = &effect.bind {
            let value = match &effect.value {
                Some(value) => self.leaf(value, Some(&result))?,
                None => result,
            };
            self.set(bind, value);
        }
        Ok(())
    }

    fn perform(&mut self, effect: &Effect) -> Result<Value, Failure> {
        match &effect.kind {
            EffectKind::Task(task) => {
                let arguments = self.leaf(&task.arguments, None)?;
                self.world.invoke(&task.resource, &arguments)
            }
            EffectKind::Wait(WaitFor::Seconds(time) | WaitFor::Timestamp(time)) => {
                let time = self.leaf(time, None)?;
                self.world.wait(&time)?;
                Ok(Value::Null)
            }
            EffectKind::Parallel(branches) => {
                let mut values = Vec::new();
                for branch in branches {
                    values.push(scope(&branch.body, self.locals.clone(), self.world)?);
                }
                for (branch, value) in branches.iter().zip(&values) {
                    branch.bind.iter().for_each(|bind| self.set(bind, value.clone()));
                }
                Ok(Value::Array(values))
            }
            EffectKind::Map(map) => {
                let items = match &map.items {
                    Some(items) => self.leaf(items, None)?,
                    None => json!([{"Key": "a"}, {"Key": "b"}, {"Key": "c"}]),
                };
                let items = items.as_array().cloned().expect("items are an array");
                let distributed = map.distributed.as_ref();
                let items = match distributed.and_then(|distributed| distributed.batches.as_ref()) {
                    Some(_) => items.chunks(2).map(|items| Value::Array(items.to_vec())).collect(),
                    None => items,
                };
                let mut values = Vec::new();
                for (index, item) in items.into_iter().enumerate() {
                    let mut locals = self.locals.clone();
                    locals.insert(map.item.number(), item);
                    map.index.iter().for_each(|local| {
                        locals.insert(local.number(), json!(index));
                    });
                    values.push(scope(&map.body, locals, self.world)?);
                }
                Ok(Value::Array(values))
            }
        }
    }
}
