//! What is known of each state before it runs.

use std::rc::Rc;

use asl_core::model::{
    CsvDelimiter, CsvHeaderLocation, InputType, ManifestType, OutputType, QueryLanguage,
    ReaderTransformation, WriterTransformation,
};
use asl_core::syntax::ReferencePath;
use asl_core::syntax::resource::Pattern;

use super::{Assign, Integer, Name, Payload, ReadNumber, StateId};
use crate::Data;
use crate::choice::Rule as PathRule;
use crate::history::{StateKind, TaskKind};
use crate::json_path::Select;
use crate::jsonata::Condition as JsonataCondition;

/// One state.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) name: Name,
    pub(crate) kind: StateKind,
    pub(crate) language: QueryLanguage,
    /// `InputPath`. JSONPath.
    pub(crate) input_path: PathStep,
    /// `ResultSelector`. JSONPath.
    pub(crate) result_selector: Option<Payload>,
    /// `ResultPath`. JSONPath.
    pub(crate) result_path: ResultPath,
    /// `OutputPath`. JSONPath.
    pub(crate) output_path: PathStep,
    /// `Output`. JSONata.
    pub(crate) output: Option<Payload>,
    pub(crate) assign: Option<Assign>,
    pub(crate) work: Work,
    pub(crate) retry: Vec<Retrier>,
    pub(crate) catch: Vec<Catcher>,
    /// Where it leads; nowhere at the end of its scope.
    pub(crate) next: Option<StateId>,
}

/// `InputPath`, `OutputPath`.
#[derive(Debug)]
pub(crate) enum PathStep {
    /// `$`, or the field is absent.
    Whole,
    /// `null`: an empty object.
    Empty,
    Select(Select),
}

/// `ResultPath`.
#[derive(Debug)]
pub(crate) enum ResultPath {
    /// `$`, or the field is absent: the result replaces the input.
    Replace,
    /// `null`: the result is dropped.
    Discard,
    At(ReferencePath),
}

/// What a state does between its input and its output.
#[derive(Debug)]
pub(crate) enum Work {
    Pass { parameters: Option<Payload>, result: Option<Data> },
    Task(Box<Task>),
    Choice { rules: Vec<Rule>, default: Option<StateId> },
    Wait(Until),
    Succeed,
    Fail { error: Option<TextField>, cause: Option<TextField> },
    Parallel(Branches),
    Map(Box<Map>),
}

#[derive(Debug)]
pub(crate) struct Task {
    pub(crate) resource: Rc<str>,
    pub(crate) family: TaskKind,
    /// `.waitForTaskToken`, an activity, or a `.sync` that reads its token.
    pub(crate) has_token: bool,
    /// All but request-response answer first that the task was submitted.
    pub(crate) pattern: Pattern,
    /// `Parameters` or `Arguments`.
    pub(crate) parameters: Option<Payload>,
    pub(crate) credentials: Option<Payload>,
    pub(crate) timeout: Option<Integer>,
    pub(crate) heartbeat: Option<Integer>,
}

/// A rule of a Choice.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) condition: Condition,
    pub(crate) output: Option<Payload>,
    pub(crate) assign: Option<Assign>,
    pub(crate) next: StateId,
}

#[derive(Debug)]
pub(crate) enum Condition {
    /// `true` or `false`, written out.
    Constant(bool),
    JsonPath(PathRule),
    Jsonata(JsonataCondition),
}

/// When a Wait is over.
#[derive(Debug)]
pub(crate) enum Until {
    Seconds(Integer),
    /// Milliseconds since 1970-01-01T00:00:00Z.
    Time(i64),
    /// An expression that gives a timestamp.
    TimestampExpression(Payload),
    TimestampPath(Select),
}

/// `Error`, `Cause` and their paths.
#[derive(Debug)]
pub(crate) enum TextField {
    Text(Rc<str>),
    Expression(crate::jsonata::Template),
    /// `ErrorPath`, `CausePath`: a path or an intrinsic function that gives a string.
    Path(crate::template::Expression),
}

#[derive(Debug)]
pub(crate) struct Branches {
    /// `Parameters` or `Arguments`.
    pub(crate) parameters: Option<Payload>,
    /// Where each branch starts.
    pub(crate) starts: Vec<StateId>,
}

#[derive(Debug)]
pub(crate) struct Map {
    pub(crate) items: ItemSource,
    pub(crate) selector: Option<(&'static str, Payload)>,
    pub(crate) max_concurrency: Option<Integer>,
    /// Where an iteration starts.
    pub(crate) start: StateId,
    pub(crate) distributed: Option<Box<Distributed>>,
}

#[derive(Debug)]
pub(crate) enum ItemSource {
    /// The effective input itself.
    Input,
    /// `ItemsPath`.
    Path(Select),
    /// `Items`.
    Items(Payload),
}

/// What only a Distributed Map has.
#[derive(Debug)]
pub(crate) struct Distributed {
    pub(crate) is_express: bool,
    pub(crate) label: Rc<str>,
    pub(crate) reader: Option<Reader>,
    pub(crate) batch_items: Option<Integer>,
    pub(crate) batch_bytes: Option<Integer>,
    pub(crate) batch_input: Option<Payload>,
    pub(crate) writer: Option<Writer>,
    pub(crate) tolerated_count: Option<Integer>,
    pub(crate) tolerated_percentage: Option<ReadNumber>,
}

#[derive(Debug)]
pub(crate) struct Reader {
    /// `s3:listObjectsV2` instead of `s3:getObject`.
    pub(crate) lists: bool,
    pub(crate) parameters: Option<Payload>,
    pub(crate) input_type: Option<InputType>,
    pub(crate) transformation: Option<ReaderTransformation>,
    pub(crate) manifest_type: Option<ManifestType>,
    pub(crate) delimiter: Option<CsvDelimiter>,
    pub(crate) header_location: Option<CsvHeaderLocation>,
    pub(crate) headers: Option<Vec<String>>,
    pub(crate) max_items: Option<Integer>,
    pub(crate) items_pointer: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Writer {
    /// `Parameters` or `Arguments` of `s3:putObject`, if results are exported.
    pub(crate) parameters: Option<Payload>,
    pub(crate) transformation: Option<WriterTransformation>,
    pub(crate) output_type: Option<OutputType>,
}

#[derive(Debug)]
pub(crate) struct Retrier {
    pub(crate) errors: Vec<String>,
    /// In seconds.
    pub(crate) interval: f64,
    pub(crate) max_attempts: u32,
    pub(crate) backoff_rate: f64,
    /// In seconds.
    pub(crate) max_delay: Option<f64>,
    pub(crate) jitter: Jitter,
}

/// `JitterStrategy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Jitter {
    Full,
    None,
}

#[derive(Debug)]
pub(crate) struct Catcher {
    pub(crate) errors: Vec<String>,
    pub(crate) result_path: ResultPath,
    pub(crate) output: Option<Payload>,
    pub(crate) assign: Option<Assign>,
    pub(crate) next: StateId,
}
