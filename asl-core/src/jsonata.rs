//! State machines in the language of expressions: the [builders](crate::builder) for JSONata.
//!
//! ```
//! use asl_core::jsonata::{Choice, StateMachine, Succeed, Task, jsonata, next};
//! let machine = StateMachine::builder("Fetch")
//!     .state("Fetch", Task::lambda("${FetchArn}", next("Enough?")).assign_variable("n", jsonata("$states.result.n")))
//!     .state("Enough?", Choice::new().when(jsonata("$n >= 10"), "Done").otherwise("Fetch"))
//!     .state("Done", Succeed::new().output(jsonata("$n")))
//!     .validate()?;
//! assert_eq!(machine.query_language, Some(asl_core::model::QueryLanguage::Jsonata));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub use crate::builder::integration::event;
use crate::builder::{self, Plain};
pub use crate::builder::{
    Branch, ErrorName, ItemProcessor, Jsonata, Placeholder, Retrier, days, end, hours, jsonata,
    jsonata_task_token as task_token, minutes, next, payload, placeholder, secs,
};
pub use crate::model::{
    CsvDelimiter, CsvHeaderLocation, ExecutionType, InputType, JitterStrategy, ManifestType, OutputType,
    ProcessorMode, ReaderTransformation, Transition, WorkflowType, WriterTransformation,
};
pub use crate::syntax::PredefinedErrorName;

/// A state machine whose language is JSONata, as that of all its states.
pub type StateMachine = builder::StateMachine<Jsonata>;
/// A [Task](builder::Task) state in JSONata; `I` is the integration that made it.
pub type Task<I = Plain> = builder::Task<Jsonata, I>;
/// A [Pass](builder::Pass) state in JSONata.
pub type Pass = builder::Pass<Jsonata>;
/// A [Choice](builder::Choice) state in JSONata.
pub type Choice = builder::Choice<Jsonata>;
/// A [Wait](builder::Wait) state in JSONata.
pub type Wait = builder::Wait<Jsonata>;
/// A [Succeed](builder::Succeed) state in JSONata.
pub type Succeed = builder::Succeed<Jsonata>;
/// A [Fail](builder::Fail) state in JSONata.
pub type Fail = builder::Fail<Jsonata>;
/// A [Parallel](builder::Parallel) state in JSONata.
pub type Parallel = builder::Parallel<Jsonata>;
/// A [Map](builder::Map) state in JSONata.
pub type Map = builder::Map<Jsonata>;
/// A [rule](builder::Rule) of a Choice state in JSONata.
pub type Rule = builder::Rule<Jsonata>;
/// A [Catcher](builder::Catcher) in JSONata.
pub type Catcher = builder::Catcher<Jsonata>;
/// An [`ItemReader`](builder::ItemReader) in JSONata.
pub type ItemReader = builder::ItemReader<Jsonata>;
/// An [`ItemBatcher`](builder::ItemBatcher) in JSONata.
pub type ItemBatcher = builder::ItemBatcher<Jsonata>;
/// A [`ResultWriter`](builder::ResultWriter) in JSONata.
pub type ResultWriter = builder::ResultWriter<Jsonata>;
/// An [object](builder::Payload) with expressions.
pub type Payload = builder::Payload<Jsonata>;
