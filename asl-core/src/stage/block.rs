//! Blocks, conditions, loops and jumps.

use super::Stage;
use crate::expr::Expr;
use crate::flow::{Block, If, Label, Name, Otherwise, StatementKind};
use crate::syntax::jsonata::Expression;

/// A chain of conditions that is being written.
#[derive(Debug)]
pub(super) struct Chain {
    name: Name,
    arms: Vec<(Expression, Block)>,
    line: u32,
}

impl Stage {
    /// Begins a chain of conditions, named by its text in the source. What follows is about it until it ends.
    pub fn chain(&mut self, text: &str) {
        let chain = Chain { name: Name::Derived(text.to_owned()), arms: Vec::new(), line: self.line };
        self.chains.push(chain);
    }

    /// Adds a condition with the block that was begun last.
    pub fn arm(&mut self, condition: Expr<bool>) {
        let block = self.end();
        if let Some(chain) = self.chains.last_mut() {
            chain.arms.push((condition.into_tree(), block));
        }
    }

    /// Ends a chain; the block that was begun last is done if no condition holds.
    pub fn otherwise(&mut self) {
        let block = self.end();
        self.choose(Otherwise::Block(block));
    }

    /// Ends a chain; nothing is done if no condition holds.
    pub fn otherwise_nothing(&mut self) {
        self.choose(Otherwise::Block(Block::new()));
    }

    /// Ends a chain of which one condition always holds.
    pub fn exhaustive(&mut self) {
        self.choose(Otherwise::Never);
    }

    fn choose(&mut self, otherwise: Otherwise) {
        let Some(chain) = self.chains.pop() else { return };
        self.line = chain.line;
        if chain.arms.is_empty() {
            if let Otherwise::Block(block) = otherwise {
                let statements = &mut self.block().statements;
                statements.extend(block.statements);
            }
            return;
        }
        self.push(StatementKind::If(If { name: chain.name, arms: chain.arms, otherwise }));
    }

    /// Leaves the block of the label unless the condition holds.
    pub fn unless(&mut self, condition: Expr<bool>, text: &str, label: Label) {
        let chain = If {
            name: Name::Derived(text.to_owned()),
            arms: vec![(condition.into_tree(), Block::new())],
            otherwise: Otherwise::Block(Block::of(|block| block.break_(label))),
        };
        self.push(StatementKind::If(chain));
    }

    /// Leaves the block of the label if the condition holds.
    pub fn leave_if(&mut self, condition: Expr<bool>, text: &str, label: Label) {
        let chain = If::new(condition.into_tree(), Block::of(|block| block.break_(label))).derived(text);
        self.push(StatementKind::If(chain));
    }

    /// A new label.
    pub fn label(&mut self) -> Label {
        self.locals.label()
    }

    /// Ends the body of a loop.
    pub fn repeat(&mut self, label: Label) {
        let body = self.end();
        self.push(StatementKind::Loop { label, body });
    }

    /// Ends a block that can be left by its label.
    pub fn labelled(&mut self, label: Label) {
        let body = self.end();
        self.push(StatementKind::Labelled { label, body });
    }

    /// `break 'label;`
    pub fn break_(&mut self, label: Label) {
        self.push(StatementKind::Break(label));
    }

    /// `continue 'label;`
    pub fn continue_(&mut self, label: Label) {
        self.push(StatementKind::Continue(label));
    }
}
