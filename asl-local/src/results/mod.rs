//! What a Distributed Map gives back: the results of its children in the state's output, or in files.
//!
//! `WriterConfig` says which form a child's result takes. [`InlineResults`] puts these forms into an array,
//! [`ResultExport`] into the files of a `ResultWriter`.
//!
//! See [ResultWriter](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).

use std::borrow::Cow;
use std::collections::BTreeMap;

use asl_core::model::{ExecutionType, OutputType, WriterTransformation};
use serde::{Serialize, Serializer};
use serde_json::Value;

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
            _ => vec![serde_json::to_value(self.record(run)).expect("a record has no keys but names")].into(),
        }
    }

    /// What [`elements`](Self::elements) gives, as JSON text: nothing is made of it before it is written.
    fn texts(&self, run: &MapRun, transformation: WriterTransformation) -> Vec<String> {
        match (&self.result, transformation) {
            (ChildResult::Succeeded(output), WriterTransformation::Compact) => vec![output.to_string()],
            (ChildResult::Succeeded(output), WriterTransformation::Flatten) => match output.json() {
                Value::Array(elements) => elements.iter().map(Value::to_string).collect(),
                other => vec![other.to_string()],
            },
            _ => vec![serde_json::to_string(&self.record(run)).expect("a record has no keys but names")],
        }
    }

    /// The execution as the service describes it.
    fn record<'a>(&'a self, run: &'a MapRun) -> Record<'a> {
        let error = self.result.error();
        let output = match &self.result {
            ChildResult::Succeeded(output) => Some(output),
            _ => None,
        };
        Record {
            cause: error.and_then(|error| error.cause.as_deref()),
            error: error.and_then(|error| error.error.as_deref()),
            execution_arn: &self.arn,
            input: Text(&self.input),
            input_details: INCLUDED,
            name: &self.name,
            output: output.map(Text),
            output_details: INCLUDED,
            // only children that were never redriven have been seen
            redrive_count: 0,
            redrive_status: self.redrive_status(run),
            redrive_status_reason: output.map(|_| "Execution is SUCCEEDED and cannot be redriven"),
            start_date: &self.start_date,
            state_machine_arn: &run.state_machine_arn,
            status: self.result.status(),
            stop_date: self.stop_date.as_deref(),
        }
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

/// A child execution as the service describes it, fields in the order of the alphabet.
///
/// The shapes of succeeded and failed children are documented or have been seen.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Record<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
    execution_arn: &'a str,
    input: Text<'a>,
    input_details: Details,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Text<'a>>,
    output_details: Details,
    redrive_count: u32,
    redrive_status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    redrive_status_reason: Option<&'static str>,
    start_date: &'a str,
    state_machine_arn: &'a str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop_date: Option<&'a str>,
}

/// `InputDetails`, `OutputDetails`.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Details {
    included: bool,
}

const INCLUDED: Details = Details { included: true };

/// Data as the text of its JSON.
struct Text<'a>(&'a Data);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
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
