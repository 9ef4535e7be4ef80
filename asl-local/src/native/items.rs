//! Items of a Distributed Map: read from objects, and results written to them.

use asl_core::ctx::{ChildResult, Failure, ItemFormat, ItemSource};
use serde_json::{Value, json};

use crate::world::World;

/// `States.ItemReaderFailed`.
pub(super) fn failed(cause: impl Into<String>) -> Failure {
    Failure::new("States.ItemReaderFailed", cause)
}

pub(super) fn read(world: &mut dyn World, source: &ItemSource) -> Result<Vec<Value>, Failure> {
    match source {
        ItemSource::Items(items) => Ok(items.clone()),
        ItemSource::Objects { bucket, prefix } => {
            let objects = world.list_objects(bucket, prefix).map_err(|error| failed(error.to_string()))?;
            let item = |object: crate::world::Object| {
                json!({
                    "Etag": object.etag, "Key": object.key, "LastModified": object.last_modified,
                    "Size": object.size, "StorageClass": object.storage_class,
                })
            };
            Ok(objects.into_iter().map(item).collect())
        }
        ItemSource::Object { bucket, key, format } => {
            let body = world.get_object(bucket, key).map_err(|error| failed(error.to_string()))?;
            in_object(&body, format).map_err(|cause| failed(format!("`{key}` in `{bucket}`: {cause}")))
        }
        _ => Err(failed("items of this kind cannot be read natively")),
    }
}

fn in_object(body: &[u8], format: &ItemFormat) -> Result<Vec<Value>, String> {
    match format {
        ItemFormat::Json(pointer) => {
            let value: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
            let value = value.pointer(pointer.as_deref().unwrap_or_default()).cloned().unwrap_or_default();
            match value {
                Value::Array(items) => Ok(items),
                _ => Err("there is no array".to_owned()),
            }
        }
        ItemFormat::JsonLines => {
            let text = std::str::from_utf8(body).map_err(|error| error.to_string())?;
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            lines
                .map(|(index, line)| {
                    serde_json::from_str(line).map_err(|error| format!("line {}: {error}", index + 1))
                })
                .collect()
        }
        other => Err(format!("a native run does not read the format {other:?}")),
    }
}

/// Writes the results as an export without `WriterConfig` has them.
pub(super) fn write(
    world: &mut dyn World,
    map_run: &str,
    bucket: &str,
    prefix: &str,
    children: &[ChildResult],
) -> Result<Value, Failure> {
    let mut put = |key: &str, content: &Value| {
        let key = format!("{prefix}{key}");
        world
            .put_object(bucket, &key, content.to_string().into_bytes())
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
