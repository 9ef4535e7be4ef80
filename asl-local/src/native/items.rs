//! Items of a Distributed Map: read from objects, and results written to them.

use asl_core::ctx::{ChildResult, Failure, ItemFormat, ItemSource};
use asl_core::model::{CsvHeaderLocation, InputType};
use serde_json::{Value, json};

use crate::items::{ItemReader, Source};
use crate::world::World;

/// `States.ItemReaderFailed`.
pub(super) fn failed(cause: impl Into<String>) -> Failure {
    Failure::new("States.ItemReaderFailed", cause)
}

pub(super) fn read(world: &dyn World, source: &ItemSource) -> Result<Vec<Value>, Failure> {
    let reader = match source {
        ItemSource::Items(items) => return Ok(items.clone()),
        ItemSource::Objects { bucket, prefix } => {
            ItemReader::new(Source::Listing { bucket: bucket.clone(), prefix: prefix.clone() })
        }
        ItemSource::Object { bucket, key, format } => {
            let source = Source::Object { bucket: bucket.clone(), key: key.clone(), version: None };
            let (input_type, items_pointer) = match format {
                ItemFormat::Csv => (InputType::Csv, None),
                ItemFormat::Json(pointer) => (InputType::Json, pointer.clone()),
                ItemFormat::JsonLines => (InputType::JsonLines, None),
                ItemFormat::Parquet => (InputType::Parquet, None),
                ItemFormat::Manifest => (InputType::Manifest, None),
                _ => return Err(failed("items of this format cannot be read natively")),
            };
            let csv_header_location =
                matches!(format, ItemFormat::Csv).then_some(CsvHeaderLocation::FirstRow);
            let input_type = Some(input_type);
            ItemReader { input_type, items_pointer, csv_header_location, ..ItemReader::new(source) }
        }
        _ => return Err(failed("items of this kind cannot be read natively")),
    };
    let of_engine = |failure: crate::Failure| Failure::new(failure.error.to_string(), failure.cause);
    let items = crate::items::items(&reader, &world.objects()).map_err(of_engine)?;
    items.map(|item| item.map(crate::items::Item::into_input).map_err(of_engine)).collect()
}

/// Writes the results as an export without `WriterConfig` has them.
pub(super) fn write(
    world: &dyn World,
    map_run: &str,
    bucket: &str,
    prefix: &str,
    children: &[ChildResult],
) -> Result<Value, Failure> {
    let objects = world.objects();
    let put = |key: &str, content: &Value| {
        let key = format!("{prefix}{key}");
        objects
            .put(bucket, &key, content.to_string().as_bytes())
            .map(|()| key)
            .map_err(|error| Failure::new("States.ResultWriterFailed", error.to_string()))
    };
    let (mut succeeded, mut failures) = (Vec::new(), Vec::new());
    for child in children {
        let input = child.input.to_string();
        match &child.output {
            Ok(output) => {
                succeeded
                    .push(json!({ "Input": input, "Output": output.to_string(), "Status": "SUCCEEDED" }));
            }
            Err(Failure { error, cause }) => {
                failures.push(json!({ "Input": input, "Error": error, "Cause": cause, "Status": "FAILED" }));
            }
        }
    }
    let mut files = serde_json::Map::new();
    for (name, results) in [("SUCCEEDED", succeeded), ("FAILED", failures)] {
        let mut listed = Vec::new();
        if !results.is_empty() {
            let results = Value::Array(results);
            let key = put(&format!("{name}_0.json"), &results)?;
            listed.push(json!({ "Key": key, "Size": results.to_string().len() }));
        }
        files.insert(name.to_owned(), listed.into());
    }
    files.insert("PENDING".to_owned(), json!([]));
    let manifest = json!({ "DestinationBucket": bucket, "MapRunArn": map_run, "ResultFiles": files });
    let key = put("manifest.json", &manifest)?;
    Ok(json!({ "MapRunArn": map_run, "ResultWriterDetails": { "Bucket": bucket, "Key": key } }))
}
