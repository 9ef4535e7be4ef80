//! Structured control flow, and its lowering to states.
//!
//! A [`Program`] is what a person writes: blocks, conditions, loops, handlers of errors, and among them
//! [effects](Effect), the only statements that take time. [`Program::lower`] makes a state machine of it, in JSONata
//! with variables, that takes no more transitions than one written by hand:
//!
//! - an effect is one state; a chain of conditions is one Choice; an end is no state of its own where the state before
//!   it can end;
//! - what is computed between effects goes into the `Assign` of the state before, or of the rule or Catcher that leads
//!   there; only where nothing is before does the first state's own fields compute it, and only where that cannot be
//!   either is there a Pass;
//! - a Choice between values is a conditional expression, conditions inside conditions are one Choice;
//! - of a result only the fields are kept that are used later; what nobody reads of a branch is not computed.
//!
//! The attribute macro is the first user of this room, and not its only one: everything here can be written by hand.
//! Types do not exist here, they belong to the room of expressions.
//!
//! ```
//! use asl_core::flow::{Block, Effect, If, Locals, Program};
//! use asl_core::syntax::jsonata::Expression;
//!
//! let leaf = |code: &str| Expression::parse_strict(code).unwrap();
//! let mut locals = Locals::new();
//! let (order, stock, again) = (locals.local("order"), locals.local("stock"), locals.label());
//! let body = Block::of(|block| {
//!     block.repeat(again, |block| {
//!         block.effect(Effect::lambda("check_stock", "${CheckArn}", order.field("sku")).bind(stock.clone()));
//!         block.when(stock.field("ready"), |block| block.return_(stock.field("shelf")));
//!         block.effect(Effect::wait_seconds(leaf("30")));
//!     });
//! });
//! let lowered = Program::new(order, body).lower()?;
//! let states: Vec<&str> = lowered.machine.states.as_ref().unwrap().names().collect();
//! assert_eq!(states, ["CheckStock", "stock.ready?", "WaitFor30Seconds", "Return"]);
//! assert!(lowered.machine.validate()?.warnings().is_empty());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod program;
mod block;
mod effect;
mod distributed;
mod local;
mod fault;
mod check;
mod unset;
mod control;
mod regions;
mod graph;
mod circles;
mod thread;
mod choices;
mod propagate;
mod captures;
mod liveness;
mod unread;
mod entry;
mod compose;
mod resolve;
mod settle;
mod endless;
mod trim;
mod tree;
mod fold;
mod known;
mod reading;
mod states;
mod variables;
mod payload;
mod names;

use indexmap::IndexMap;

use crate::model::{QueryLanguage, StateMachine, Static};
use control::Shared;
use states::StateWriter;
use tree::variable;
use trim::Uses;
use variables::Variables;

pub use distributed::{Batches, Distributed, Reader, Writer};
pub use effect::{Branch, Effect, EffectKind, Errors, Handler, Map, Task, WaitFor, result};
pub use fault::{Fault, FaultKind, Faults};
pub use local::{Label, Local, Locals};
pub use program::{Block, If, Name, Otherwise, Program, Source, Statement, StatementKind};
pub use tree::with_variables;

/// A program as a state machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowered {
    /// The machine, not yet validated.
    pub machine: StateMachine,
    /// Where each state comes from, those of branches and iterations too, by name.
    pub sources: IndexMap<String, Option<Source>>,
}

/// So often is asked at most what is known once something else is.
const ROUNDS: usize = 8;

impl Program {
    /// Makes states of the program.
    ///
    /// # Errors
    ///
    /// Everything that keeps the program from having a meaning as states, with the places in the source.
    pub fn lower(&self) -> Result<Lowered, Faults> {
        let (faults, first_free) = check::check(self);
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let mut shared = Shared { locals: Locals::starting_at(first_free), faults, places: 0 };
        let input = vec![(self.input.clone(), variable(control::INPUT))];
        let mut graph = control::scope(&mut shared, input, &self.body);
        let Shared { mut locals, mut faults, .. } = shared;
        if faults.is_empty() {
            thread::thread(&mut graph, &mut faults);
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        known::take_away(&mut graph);
        choices::choose_values(&mut graph, &mut locals);
        thread::pass_through(&mut graph);
        choices::join_failures(&mut graph);
        for _ in 0..ROUNDS {
            propagate::propagate(&mut graph);
            let is_less = known::take_away(&mut graph);
            choices::merge(&mut graph);
            if !known::take_away(&mut graph) && !is_less {
                break;
            }
        }
        captures::hand_over(&mut graph, &mut locals);
        let unset = liveness::taken(&graph);
        if !unset.is_empty() {
            let places = unset::places(self, &unset);
            faults.extend(unset.into_iter().map(|local| Fault {
                source: places.get(&local).copied().flatten(),
                kind: FaultKind::NoValue { local: local.name().to_owned() },
            }));
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        unread::forget_values(&mut graph);
        entry::begin(&mut graph, &mut locals);
        let uses = Uses::of(&graph);
        settle::settle(&mut graph, &uses, &mut locals);
        endless::give_ends(&mut graph, &mut faults);
        let variables = Variables::of(&graph);
        names::give(&mut graph, &mut faults);
        let mut writer = StateWriter { variables: &variables, sources: names::Sources::new() };
        let (start_at, states) = writer.scope(&graph);
        let sources = writer.sources;
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let machine = StateMachine {
            comment: self.comment.clone(),
            query_language: Some(QueryLanguage::Jsonata),
            timeout_seconds: self.timeout_seconds.map(Static::Literal),
            start_at: Some(start_at),
            states: Some(states),
            ..StateMachine::default()
        };
        Ok(Lowered { machine, sources })
    }
}

#[cfg(test)]
mod tests;
