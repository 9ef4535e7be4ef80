//! What a Map has if its iterations are executions of their own.

use crate::model::{ExecutionType, ReaderConfig, WriterConfig};
use crate::syntax::jsonata::Expression;

/// Iterations that are executions of their own. What the body takes from around it is handed to each of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Distributed {
    /// `ExecutionType` of the iterations.
    pub execution_type: ExecutionType,
    /// Where the items are read from; else they are the Map's.
    pub reader: Option<Reader>,
    /// Several items for one iteration.
    pub batches: Option<Batches>,
    /// Where results are written. Then the value says where they are.
    pub writer: Option<Writer>,
    /// `ToleratedFailureCount`, a whole number.
    pub tolerated_failure_count: Option<Expression>,
    /// `ToleratedFailurePercentage`, from 0 to 100.
    pub tolerated_failure_percentage: Option<Expression>,
    /// `Label`, at most 40 characters.
    pub label: Option<String>,
}

/// Where items are read from.
#[derive(Debug, Clone, PartialEq)]
pub struct Reader {
    /// `Resource`: `arn:aws:states:::s3:getObject` or `arn:aws:states:::s3:listObjectsV2`.
    pub resource: String,
    /// `ReaderConfig`. An expression in it may name no local.
    pub config: Option<ReaderConfig>,
    /// `Arguments`.
    pub arguments: Expression,
}

/// Several items for one iteration.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batches {
    /// `MaxItemsPerBatch`, a whole number.
    pub max_items: Option<Expression>,
    /// `MaxInputBytesPerBatch`, a whole number.
    pub max_bytes: Option<Expression>,
}

/// Where results are written.
#[derive(Debug, Clone, PartialEq)]
pub struct Writer {
    /// `Resource` and `Arguments`; without them only the form of the results is set.
    pub target: Option<(String, Expression)>,
    /// `WriterConfig`.
    pub config: Option<WriterConfig>,
}

impl Distributed {
    /// Iterations of this type, with nothing else said.
    #[must_use]
    pub fn new(execution_type: ExecutionType) -> Self {
        Self {
            execution_type,
            reader: None,
            batches: None,
            writer: None,
            tolerated_failure_count: None,
            tolerated_failure_percentage: None,
            label: None,
        }
    }
}

impl Distributed {
    /// Calls `visit` for each tree.
    pub(super) fn each_tree_mut(&mut self, visit: &mut dyn FnMut(&mut Expression)) {
        self.reader.iter_mut().for_each(|reader| visit(&mut reader.arguments));
        if let Some(batches) = &mut self.batches {
            batches.max_items.iter_mut().for_each(&mut *visit);
            batches.max_bytes.iter_mut().for_each(&mut *visit);
        }
        if let Some((_, arguments)) = self.writer.as_mut().and_then(|writer| writer.target.as_mut()) {
            visit(arguments);
        }
        self.tolerated_failure_count.iter_mut().for_each(&mut *visit);
        self.tolerated_failure_percentage.iter_mut().for_each(&mut *visit);
    }
}
