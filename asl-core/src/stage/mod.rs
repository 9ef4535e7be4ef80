//! What the code that `#[state_machine]` writes calls: a workflow function, run once to write its [`flow`](crate::flow).
//!
//! The macro knows syntax, rustc knows types. So the macro writes a copy of the function in which each statement is a
//! call of [`Stage`] and each value an [`Expr<T>`](crate::expr::Expr): rustc checks it, and when it runs, in
//! `definition()`, every way through the function is written down once. A local is a variable of type `Expr<T>`, a
//! task that is called a [`Work<T, E>`], and a block is what stands between [`Stage::begin`] and what takes it.
//!
//! It changes without notice.

#![expect(clippy::needless_pass_by_value, reason = "generated code hands values over")]

mod hold;
#[doc(hidden)]
pub mod native;
#[doc(hidden)]
pub mod plain;
mod place;
mod changed;
mod taken;
mod block;
mod returns;
mod work;
mod handlers;
mod perform;
mod concurrent;
mod distributed;
pub mod context;
mod definition;

pub use changed::{Extend, Push, SetElement};
pub use concurrent::Join;
pub use definition::Settings;
pub use distributed::{
    Batch, DistributedMap, MapItem, csv, items, json_items, json_lines, manifest, parquet, s3_objects,
};
pub use handlers::Handlers;
pub use hold::{Hold, Listed, fixed, seconds, times};
pub use returns::Returns;
pub use taken::{Insert, Pop, Remove, Take};
pub use work::Work;

use block::Chain;

use crate::expr::{AslData, Expr};
use crate::flow::{Block, Local, Locals, Source, StatementKind};

/// A workflow function that is being written down.
#[derive(Debug)]
pub struct Stage {
    locals: Locals,
    /// What is being written, the innermost block last.
    open: Vec<Open>,
    /// The chains of conditions that are being written, the innermost last.
    chains: Vec<Chain>,
    /// Tasks whose types have no variant for other errors, in their order.
    strict: Vec<Strict>,
    line: u32,
    faults: Vec<(u32, String)>,
}

/// A block that is being written.
#[derive(Debug, Default)]
struct Open {
    block: Block,
    /// How many strict tasks stood before it.
    strict: usize,
}

/// A task whose error type has no variant for other errors.
#[derive(Debug, Clone)]
struct Strict {
    line: u32,
    error: &'static str,
}

impl Stage {
    /// Nothing is written yet.
    #[expect(clippy::new_without_default, reason = "only generated code makes one")]
    #[must_use]
    pub fn new() -> Self {
        Self {
            locals: Locals::new(),
            open: vec![Open::default()],
            chains: Vec::new(),
            strict: Vec::new(),
            line: 0,
            faults: Vec::new(),
        }
    }

    /// Says on which line of the source stands what follows.
    pub fn at(&mut self, line: u32) {
        self.line = line;
    }

    /// A new local without a value.
    pub fn slot<T: AslData>(&mut self, name: &str) -> Expr<T> {
        Expr::from_tree(self.locals.local(name).expression())
    }

    fn local(&mut self, name: &str) -> Local {
        self.locals.local(name)
    }

    fn fault(&mut self, message: impl Into<String>) {
        self.faults.push((self.line, message.into()));
    }

    fn push(&mut self, kind: StatementKind) {
        let source = Source(self.line);
        let block = self.block();
        // nothing comes behind a jump
        if block.statements.last().is_some_and(|last| is_jump(&last.kind)) {
            return;
        }
        block.push(kind);
        block.at(source);
    }

    fn block(&mut self) -> &mut Block {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last].block
    }

    /// Begins a block.
    pub fn begin(&mut self) {
        self.open.push(Open { block: Block::new(), strict: self.strict.len() });
    }

    /// The block that was begun last.
    fn end(&mut self) -> Block {
        self.end_with_strict().0
    }

    /// The block that was begun last, and the strict tasks in it.
    fn end_with_strict(&mut self) -> (Block, Vec<Strict>) {
        let Open { block, strict } = self.open.pop().unwrap_or_default();
        (block, self.strict.get(strict..).unwrap_or_default().to_vec())
    }
}

fn is_jump(statement: &StatementKind) -> bool {
    matches!(
        statement,
        StatementKind::Return(_)
            | StatementKind::Raise { .. }
            | StatementKind::Break(_)
            | StatementKind::Continue(_)
    )
}
