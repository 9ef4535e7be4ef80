//! State machines in the language of paths: the [builders](crate::builder) for JSONPath.
//!
//! ```
//! use asl_core::jsonpath::{ItemProcessor, Map, StateMachine, Task, end};
//! let each = ItemProcessor::single("ProcessOrder", Task::lambda("${ProcessOrderArn}", end()));
//! let machine = StateMachine::builder("Orders")
//!     .state("Orders", Map::new(each, end()).items_path("$.orders").max_concurrency(10))
//!     .validate()?;
//! assert_eq!(machine.query_language, None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use crate::builder::integration::event;
pub use crate::builder::intrinsic::format;
use crate::builder::{self, Plain};
pub use crate::builder::{
    Branch, Condition, ErrorName, Expression, ItemProcessor, JsonPath, Placeholder, Retrier, all, any,
    boolean_at, context, days, end, hours, intrinsic, minutes, next, not, number_at, path, placeholder, secs,
    string_at, task_token, template, timestamp, timestamp_at, var, variable,
};
pub use crate::model::{
    CsvDelimiter, CsvHeaderLocation, ExecutionType, InputType, JitterStrategy, ManifestType, OutputType,
    PathOrNull, ProcessorMode, ReaderTransformation, Transition, WorkflowType, WriterTransformation,
};
pub use crate::syntax::PredefinedErrorName;

/// A state machine whose language is JSONPath; its states may be of both languages.
pub type StateMachine = builder::StateMachine<JsonPath>;
/// A [Task](builder::Task) state in JSONPath; `I` is the integration that made it.
pub type Task<I = Plain> = builder::Task<JsonPath, I>;
/// A [Pass](builder::Pass) state in JSONPath.
pub type Pass = builder::Pass<JsonPath>;
/// A [Choice](builder::Choice) state in JSONPath.
pub type Choice = builder::Choice<JsonPath>;
/// A [Wait](builder::Wait) state in JSONPath.
pub type Wait = builder::Wait<JsonPath>;
/// A [Succeed](builder::Succeed) state in JSONPath.
pub type Succeed = builder::Succeed<JsonPath>;
/// A [Fail](builder::Fail) state in JSONPath.
pub type Fail = builder::Fail<JsonPath>;
/// A [Parallel](builder::Parallel) state in JSONPath.
pub type Parallel = builder::Parallel<JsonPath>;
/// A [Map](builder::Map) state in JSONPath.
pub type Map = builder::Map<JsonPath>;
/// A [rule](builder::Rule) of a Choice state in JSONPath.
pub type Rule = builder::Rule<JsonPath>;
/// A [Catcher](builder::Catcher) in JSONPath.
pub type Catcher = builder::Catcher<JsonPath>;
/// An [`ItemReader`](builder::ItemReader) in JSONPath.
pub type ItemReader = builder::ItemReader<JsonPath>;
/// An [`ItemBatcher`](builder::ItemBatcher) in JSONPath.
pub type ItemBatcher = builder::ItemBatcher<JsonPath>;
/// A [`ResultWriter`](builder::ResultWriter) in JSONPath.
pub type ResultWriter = builder::ResultWriter<JsonPath>;
/// A [payload template](builder::Payload).
pub type Template = builder::Payload<JsonPath>;
