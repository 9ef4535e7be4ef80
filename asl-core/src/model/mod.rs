//! The typed machine: one type for every object of the language, with the specification's names.
//!
//! A model can hold *any* JSON definition, right or wrong, without loss: what a file says wrongly stands in the
//! object's [`Extra`], and what is absent is `None`. So reading never fails half-way, and
//! [`validate`](crate::validate) sees the whole. To *write* machines use the builders of [`jsonpath`](crate::jsonpath)
//! and [`jsonata`](crate::jsonata): there, what is wrong in itself cannot be written.
//!
//! Every object can be walked without knowing its type: [`Object::visit`] names its fields in canonical order.
//! The encoder, the validator and the pictures all use that one walk, and [`Kind::fields`] is the table behind it.

mod machine;
pub mod state;
mod transition;
mod retrier;
mod delays;
mod catcher;
mod choice_rule;
mod comparator;
mod item_reader;
mod item_batcher;
mod result_writer;
mod item_processor;
mod query_language;
mod dynamic;
mod path;
mod jsonata;
mod extra;
mod object;
mod field;
mod string_enum;

pub use catcher::Catcher;
pub use choice_rule::{ChoiceRule, Comparison, Test};
pub use comparator::{Comparator, OperandType};
pub use delays::Delays;
pub use dynamic::{Dynamic, Static, ValueOrPath};
pub use extra::{Extra, ExtraField, Fault};
pub use field::{Content, Field, Kind, Range};
pub use item_batcher::ItemBatcher;
pub use item_processor::{ExecutionType, ItemProcessor, ProcessorConfig, ProcessorMode};
pub use item_reader::{
    CsvDelimiter, CsvHeaderLocation, InputType, ItemReader, ManifestType, ReaderConfig, ReaderTransformation,
};
pub use jsonata::Jsonata;
pub use machine::{Branch, StateMachine, States};
pub use object::{FieldValue, Object, Visit};
pub use path::{Path, PathOrNull};
pub use query_language::{QueryLanguage, WorkflowType};
pub use result_writer::{OutputType, ResultWriter, WriterConfig, WriterTransformation};
pub use retrier::{JitterStrategy, Retrier};
pub use state::State;
pub use transition::Transition;

/// A JSON value: what a payload template, a `Result` or an operand holds.
pub use serde_json::Value;

/// A JSON object in source order.
pub type JsonObject = serde_json::Map<String, Value>;
