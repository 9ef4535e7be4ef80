use std::borrow::Cow;
use std::io::Write;
use std::rc::Rc;

use asl_core::model::{OutputType, WriterTransformation};
use serde_json::{Value, json};

use super::{ChildExecution, ChildResult, MapRun, WriterConfig};
use crate::Failure;
use crate::world::{ObjectStore, Upload};

/// `Parameters` or `Arguments` of a `ResultWriter`, evaluated.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Destination {
    /// `Bucket`.
    pub(crate) bucket: String,
    /// `Prefix`; empty if absent.
    pub(crate) prefix: String,
}

/// Writes the results of a Map Run into files, one child at a time: `SUCCEEDED_0.json`, `FAILED_0.json`, further ones
/// if a file gets too large, and `manifest.json`.
///
/// A Map Run that fails or is stopped writes these too; if it is redriven, it goes on with them. Missing is the file
/// `PENDING_0.json` of items that were never started: what stands in it is not documented.
///
/// There is no file for what there was none of. With `JSONL` the names end so: that is how another emulator has it,
/// and not documented.
pub(crate) struct ResultExport {
    run: MapRun,
    destination: Destination,
    transformation: WriterTransformation,
    form: &'static Form,
    objects: Rc<dyn ObjectStore>,
    part_bytes: u64,
    succeeded: Parts,
    failed: Parts,
}

/// How elements stand in a file.
struct Form {
    extension: &'static str,
    begin: &'static str,
    between: &'static str,
    end: &'static str,
}

const JSON: Form = Form { extension: "json", begin: "[", between: ",", end: "]" };
const JSON_LINES: Form = Form { extension: "jsonl", begin: "", between: "\n", end: "\n" };

/// The largest file that the service writes.
const PART_BYTES: u64 = 5 * 1024 * 1024 * 1024;

impl ResultExport {
    /// Nothing is written yet.
    pub(crate) fn new(
        run: MapRun,
        destination: Destination,
        config: WriterConfig,
        objects: Rc<dyn ObjectStore>,
    ) -> Self {
        Self {
            run,
            destination,
            transformation: config.transformation,
            form: match config.output_type {
                OutputType::Json => &JSON,
                OutputType::JsonLines => &JSON_LINES,
            },
            objects,
            part_bytes: PART_BYTES,
            succeeded: Parts::default(),
            failed: Parts::default(),
        }
    }

    /// Begins a new file before one would get larger than this. A single result may be larger.
    #[cfg(test)]
    pub(crate) fn with_part_bytes(mut self, bytes: u64) -> Self {
        self.part_bytes = bytes;
        self
    }

    /// Adds a child at its end.
    ///
    /// # Errors
    ///
    /// `States.ResultWriterFailed` if there is no such bucket, or it cannot be written.
    pub(crate) fn add(&mut self, child: &ChildExecution) -> Result<(), Failure> {
        let (parts, name) = match child.result {
            ChildResult::Succeeded(_) => (&mut self.succeeded, "SUCCEEDED"),
            ChildResult::Failed(_) | ChildResult::TimedOut(_) | ChildResult::Aborted(_) => {
                (&mut self.failed, "FAILED")
            }
        };
        for text in child.texts(&self.run, self.transformation) {
            parts.close_before(self.form, text.len(), self.part_bytes)?;
            let part = match &mut parts.open {
                Some(part) => part,
                closed => {
                    let file = format!("{name}_{}.{}", parts.closed.len(), self.form.extension);
                    let key = key(&self.destination, &self.run, &file);
                    let bucket = &self.destination.bucket;
                    let upload = self.objects.upload(bucket, &key).map_err(|error| failed(&error))?;
                    closed.insert(Part { upload, key, size: 0 })
                }
            };
            part.write(if part.size == 0 { self.form.begin } else { self.form.between })?;
            part.write(&text)?;
        }
        Ok(())
    }

    /// Completes the files, writes the manifest, and gives the state's result:
    /// `{"MapRunArn": …, "ResultWriterDetails": {"Bucket": …, "Key": …}}`.
    ///
    /// # Errors
    ///
    /// `States.ResultWriterFailed` if there is no such bucket, or it cannot be written.
    pub(crate) fn finish(mut self) -> Result<Value, Failure> {
        let key = self.write_manifest()?;
        Ok(json!({
            "MapRunArn": self.run.arn,
            "ResultWriterDetails": { "Bucket": self.destination.bucket, "Key": key },
        }))
    }

    /// Completes the files of a Map Run that fails or is stopped with these children, and writes the manifest. After a
    /// redrive other children may have failed, so those are then written anew.
    ///
    /// # Errors
    ///
    /// As [`finish`](Self::finish).
    pub(crate) fn leave_off(
        &mut self,
        unsuccessful: impl Iterator<Item = ChildExecution>,
    ) -> Result<(), Failure> {
        for child in unsuccessful {
            self.add(&child)?;
        }
        self.write_manifest()?;
        self.failed = Parts::default();
        Ok(())
    }

    /// Gives the manifest's key.
    fn write_manifest(&mut self) -> Result<String, Failure> {
        self.failed.close(self.form)?;
        self.succeeded.close(self.form)?;
        let manifest = json!({
            "DestinationBucket": self.destination.bucket,
            "MapRunArn": self.run.arn,
            "ResultFiles": {
                "FAILED": self.failed.closed,
                "PENDING": [],
                "SUCCEEDED": self.succeeded.closed,
            },
        });
        let key = key(&self.destination, &self.run, "manifest.json");
        let written = self.objects.put(&self.destination.bucket, &key, manifest.to_string().as_bytes());
        written.map_err(|error| failed(&error))?;
        Ok(key)
    }
}

/// The files of one kind of result.
#[derive(Default)]
struct Parts {
    open: Option<Part>,
    /// `{"Key": …, "Size": …}`, as the manifest has them.
    closed: Vec<Value>,
}

struct Part {
    upload: Box<dyn Upload>,
    key: String,
    size: u64,
}

impl Parts {
    /// Closes the file if it would get too large with one more element.
    fn close_before(&mut self, form: &Form, more: usize, most: u64) -> Result<(), Failure> {
        let more = (form.between.len() + more + form.end.len()) as u64;
        if self.open.as_ref().is_some_and(|part| part.size + more > most) {
            self.close(form)?;
        }
        Ok(())
    }

    fn close(&mut self, form: &Form) -> Result<(), Failure> {
        let Some(mut part) = self.open.take() else { return Ok(()) };
        part.write(form.end)?;
        part.upload.finish().map_err(|error| failed(&error))?;
        self.closed.push(json!({ "Key": part.key, "Size": part.size }));
        Ok(())
    }
}

impl Part {
    fn write(&mut self, text: &str) -> Result<(), Failure> {
        let written = self.upload.write_all(text.as_bytes());
        written.map_err(|error| failed(&format_args!("{}: {error}", self.key)))?;
        self.size += text.len() as u64;
        Ok(())
    }
}

/// `prefix/id-of-the-run/file`. A slash at the prefix's end is not doubled.
fn key(destination: &Destination, run: &MapRun, file: &str) -> String {
    let prefix = &destination.prefix;
    let slash = if prefix.is_empty() || prefix.ends_with('/') { "" } else { "/" };
    format!("{prefix}{slash}{}/{file}", run.id())
}

/// `States.ResultWriterFailed`. The service's words are not known; these are the store's.
fn failed(reason: &dyn std::fmt::Display) -> Failure {
    Failure {
        error: Cow::Borrowed("States.ResultWriterFailed"),
        cause: reason.to_string(),
        location: None,
        is_bare: true,
    }
}
