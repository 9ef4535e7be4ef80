//! What a Distributed Map gives back: the results of its children in the state's output, or in files.
//!
//! `WriterConfig` says which form a child's result takes. [`InlineResults`] puts these forms into an array,
//! [`ResultExport`] into the files of a `ResultWriter`.
//!
//! See [ResultWriter](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).

use std::borrow::Cow;
use std::collections::BTreeMap;

use asl_core::model::{ExecutionType, OutputType, WriterTransformation};
use serde_json::{Map, Value, json};

use crate::{Data, TaskError};

mod export;

pub(crate) use export::{Destination, ResultExport};

/// The Map Run that the children belong to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapRun {
    /// Its ARN, which ends with `:` and the run's id.
    pub(crate) arn: String,
    /// The ARN of the state machine that the children run: `…:stateMachine:Name/Label`.
    pub(crate) state_machine_arn: String,
    /// `ExecutionType` of the children.
    pub(crate) execution_type: ExecutionType,
}

impl MapRun {
    fn id(&self) -> &str {
        self.arn.rsplit_once(':').map_or(&*self.arn, |(_, id)| id)
    }
}

/// `WriterConfig`, evaluated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct WriterConfig {
    /// `Transformation`.
    pub(crate) transformation: WriterTransformation,
    /// `OutputType`.
    pub(crate) output_type: OutputType,
}

impl WriterConfig {
    /// What holds if the state has no `ResultWriter`.
    pub(crate) const INLINE: Self =
        Self { transformation: WriterTransformation::Compact, output_type: OutputType::Json };
    /// What holds if a `ResultWriter` has no `WriterConfig`.
    pub(crate) const EXPORT: Self =
        Self { transformation: WriterTransformation::None, output_type: OutputType::Json };
}

/// A child execution of a Map Run at its end.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChildExecution {
    /// The execution's name.
    pub(crate) name: String,
    /// The execution's ARN.
    pub(crate) arn: String,
    /// The execution's input.
    pub(crate) input: Data,
    /// What came of it.
    pub(crate) result: ChildResult,
    /// When it began, in ISO 8601.
    pub(crate) start_date: String,
    /// When it ended, in ISO 8601.
    pub(crate) stop_date: Option<String>,
}

/// What came of a child execution.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ChildResult {
    /// `SUCCEEDED`, with the output.
    Succeeded(Data),
    /// `FAILED`.
    Failed(TaskError),
    /// `TIMED_OUT`.
    TimedOut(TaskError),
    /// `ABORTED`: it ran when the Map Run failed or was stopped.
    Aborted(TaskError),
}

impl ChildResult {
    fn status(&self) -> &'static str {
        match self {
            Self::Succeeded(_) => "SUCCEEDED",
            Self::Failed(_) => "FAILED",
            Self::TimedOut(_) => "TIMED_OUT",
            Self::Aborted(_) => "ABORTED",
        }
    }

    fn error(&self) -> Option<&TaskError> {
        match self {
            Self::Failed(error) | Self::TimedOut(error) | Self::Aborted(error) => Some(error),
            Self::Succeeded(_) => None,
        }
    }
}

impl ChildExecution {
    /// What this child adds to the results. One that did not succeed always adds its record.
    fn elements(&self, run: &MapRun, transformation: WriterTransformation) -> Cow<'_, [Value]> {
        match (&self.result, transformation) {
            (ChildResult::Succeeded(output), WriterTransformation::Compact) => {
                std::slice::from_ref(output.json()).into()
            }
            (ChildResult::Succeeded(output), WriterTransformation::Flatten) => match output.json() {
                Value::Array(elements) => elements.into(),
                other => std::slice::from_ref(other).into(),
            },
            _ => vec![self.record(run)].into(),
        }
    }

    /// The execution as the service describes it, fields in the order of the alphabet.
    ///
    /// The shapes of succeeded and failed children are documented or have been seen.
    fn record(&self, run: &MapRun) -> Value {
        let mut record = Map::new();
        let mut put = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                record.insert(name.to_owned(), value);
            }
        };
        let text = |data: &Data| Value::from(data.json().to_string());
        let error = self.result.error();
        let included = json!({ "Included": true });
        put("Cause", error.and_then(|error| error.cause.clone()).map(Value::from));
        put("Error", error.and_then(|error| error.error.clone()).map(Value::from));
        put("ExecutionArn", Some(self.arn.clone().into()));
        put("Input", Some(text(&self.input)));
        put("InputDetails", Some(included.clone()));
        put("Name", Some(self.name.clone().into()));
        if let ChildResult::Succeeded(output) = &self.result {
            put("Output", Some(text(output)));
        }
        put("OutputDetails", Some(included));
        // only children that were never redriven have been seen
        put("RedriveCount", Some(0.into()));
        put("RedriveStatus", Some(self.redrive_status(run).into()));
        if matches!(self.result, ChildResult::Succeeded(_)) {
            put("RedriveStatusReason", Some("Execution is SUCCEEDED and cannot be redriven".into()));
        }
        put("StartDate", Some(self.start_date.clone().into()));
        put("StateMachineArn", Some(run.state_machine_arn.clone().into()));
        put("Status", Some(self.result.status().into()));
        put("StopDate", self.stop_date.clone().map(Value::from));
        Value::Object(record)
    }

    fn redrive_status(&self, run: &MapRun) -> &'static str {
        match (&self.result, run.execution_type) {
            (ChildResult::Succeeded(_), _) => "NOT_REDRIVABLE",
            (_, ExecutionType::Standard) => "REDRIVABLE",
            // started anew if the Map Run is redriven, never by itself
            (_, ExecutionType::Express) => "REDRIVABLE_BY_MAP_RUN",
        }
    }
}

/// The results of a Map Run without `Resource`: the output of the state, before `ResultSelector` or `Output`.
///
/// `OutputType` is not asked for: what `JSONL` means for an output, which is JSON, is not documented.
#[derive(Debug)]
pub(crate) struct InlineResults {
    run: MapRun,
    transformation: WriterTransformation,
    elements: BTreeMap<u64, Vec<Value>>,
}

impl InlineResults {
    /// No results yet.
    pub(crate) fn new(run: MapRun, config: WriterConfig) -> Self {
        Self { run, transformation: config.transformation, elements: BTreeMap::new() }
    }

    /// Adds a child, the one for the item or batch with this index. Children may end in any order.
    pub(crate) fn add(&mut self, index: u64, child: &ChildExecution) {
        let elements = child.elements(&self.run, self.transformation).into_owned();
        self.elements.insert(index, elements);
    }

    /// The array, in the order of the items.
    pub(crate) fn finish(self) -> Value {
        Value::Array(self.elements.into_values().flatten().collect())
    }
}

#[cfg(test)]
mod tests;
