//! Items of a Distributed Map: read and written by the same rooms as in an execution.

use std::rc::Rc;

use asl_core::ctx::{ChildResult, Failure, ItemFormat, ItemSource};
use asl_core::model::{CsvHeaderLocation, ExecutionType, InputType};
use serde_json::Value;

use crate::items::{self, ItemReader, Source};
use crate::results::{self, ChildExecution, Destination, MapRun, ResultExport, WriterConfig};
use crate::world::ObjectStore;
use crate::{Data, TaskError, clock};

/// `States.ItemReaderFailed`.
pub(super) fn failed(cause: impl Into<String>) -> Failure {
    Failure::new("States.ItemReaderFailed", cause)
}

pub(super) fn read(objects: &Rc<dyn ObjectStore>, source: &ItemSource) -> Result<Vec<Value>, Failure> {
    let reader = match source {
        ItemSource::Items(items) => return Ok(items.clone()),
        ItemSource::Objects { bucket, prefix } => {
            ItemReader::new(Source::Listing { bucket: bucket.clone(), prefix: prefix.clone() })
        }
        ItemSource::Object { bucket, key, format } => {
            let object = Source::Object { bucket: bucket.clone(), key: key.clone(), version: None };
            formatted(ItemReader::new(object), format)
        }
        _ => return Err(failed("items of this kind cannot be read natively")),
    };
    let stream = items::items(&reader, objects).map_err(said)?;
    stream.map(|item| item.map(items::Item::into_input).map_err(said)).collect()
}

fn formatted(reader: ItemReader, format: &ItemFormat) -> ItemReader {
    match format {
        ItemFormat::Csv => ItemReader {
            input_type: Some(InputType::Csv),
            csv_header_location: Some(CsvHeaderLocation::FirstRow),
            ..reader
        },
        ItemFormat::Json(pointer) => {
            ItemReader { input_type: Some(InputType::Json), items_pointer: pointer.clone(), ..reader }
        }
        ItemFormat::JsonLines => ItemReader { input_type: Some(InputType::JsonLines), ..reader },
        ItemFormat::Parquet => ItemReader { input_type: Some(InputType::Parquet), ..reader },
        _ => ItemReader { input_type: Some(InputType::Manifest), ..reader },
    }
}

fn said(failure: crate::Failure) -> Failure {
    Failure::new(failure.error, failure.cause)
}

/// Where results go.
pub(super) struct Export<'a> {
    pub(super) map_run: String,
    pub(super) machine: &'a str,
    pub(super) bucket: &'a str,
    pub(super) prefix: &'a str,
    pub(super) time: i64,
}

/// Writes the results as an export without `WriterConfig` has them.
pub(super) fn write(
    objects: &Rc<dyn ObjectStore>,
    to: Export<'_>,
    children: &[ChildResult],
) -> Result<Value, Failure> {
    let run = MapRun {
        arn: to.map_run,
        state_machine_arn: to.machine.to_owned(),
        execution_type: ExecutionType::Standard,
    };
    let destination = Destination { bucket: to.bucket.to_owned(), prefix: to.prefix.to_owned() };
    let mut export = ResultExport::new(run, destination, WriterConfig::EXPORT, Rc::clone(objects));
    for (index, child) in children.iter().enumerate() {
        let result = match &child.output {
            Ok(output) => results::ChildResult::Succeeded(Data::from(output.clone())),
            Err(Failure { error, cause }) => {
                results::ChildResult::Failed(TaskError::new(error.clone(), cause.clone()))
            }
        };
        let time = clock::iso(to.time);
        let child = ChildExecution {
            name: index.to_string(),
            arn: format!("{}:{index}", to.machine),
            input: Data::from(child.input.clone()),
            result,
            start_date: time.clone(),
            stop_date: Some(time),
        };
        export.add(&child).map_err(said)?;
    }
    export.finish().map_err(said)
}
