//! What keeps a program from having a meaning as states.

use std::fmt;

use super::program::Source;

/// Why a program cannot be lowered, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands in the source, if that is known.
    pub source: Option<Source>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What is wrong with a program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FaultKind {
    /// A branch or iteration sets what belongs to the code around it.
    #[error(
        "`{local}` is set inside a branch or an iteration, but it belongs to the code around it: return the value instead"
    )]
    OuterWrite {
        /// The local.
        local: String,
    },
    /// A local is used where it may have no value yet.
    #[error("`{local}` may be used before it has a value: set it on every way that leads here")]
    NoValue {
        /// The local.
        local: String,
    },
    /// A jump names a label that is not around it.
    #[error(
        "the jump leads to a loop or block that is not around it here; branches and iterations cannot be left by a jump"
    )]
    NoLabel,
    /// `continue` in a block that is no loop.
    #[error("only a loop can be continued")]
    ContinueOutsideLoop,
    /// A loop that does nothing and never ends.
    #[error("the loop does nothing and never ends")]
    EmptyLoop,
    /// Nothing but pauses, for ever.
    #[error("this pauses for ever: there is nothing that could end it")]
    NeverEnds,
    /// Whether a compensation was registered would only be known at run time.
    #[error(
        "whether this compensation is registered depends on the way that was taken: register it outside of the \
         condition or loop, or handle the error there"
    )]
    UncertainCompensation,
    /// An undoing that is more than one effect.
    #[error("a compensation cannot have handlers: its own failure is passed over")]
    CompensationWithHandlers,
    /// The body asks for the place of an item in a batch.
    #[error("items of batches have no place of their own: remove the index")]
    IndexOfBatch,
    /// A distributed map gets items from nowhere or from two places.
    #[error("a map has either items or a reader")]
    ItemsOrReader,
    /// A Wait can have neither value nor errors.
    #[error("a pause gives no value and has no errors to handle or to retry")]
    PauseWithResult,
    /// A parallel without a branch.
    #[error("there is nothing to do at the same time: a parallel needs a branch")]
    NoBranches,
    /// A leaf holds a variable that is no local, or a part of `$states` that only lowering may write.
    #[error(
        "the expression names `${variable}`, which is no local: `$states.input`, `$states.result` and variables are placed when states are made"
    )]
    ForeignVariable {
        /// The variable.
        variable: String,
    },
    /// A leaf holds an expression that was never finished: a struct or a variant without one of its fields.
    #[error("a part of this value was never given: give a struct or a variant all its fields")]
    Unfinished,
    /// Statements or expressions stand too deeply inside each other.
    #[error("statements or expressions stand too deeply inside each other")]
    TooDeep,
    /// A given name that no state can have.
    #[error("`{name}` cannot name a state: a name has 1 to 80 characters, and no two states share one")]
    StateName {
        /// The name.
        name: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for Fault {}

/// All that keeps a program from being lowered; prints as one fault a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults(pub Vec<Fault>);

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            fault.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Faults {}
