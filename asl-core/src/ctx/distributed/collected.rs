use crate::ctx::failure::runtime;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::super::Failure;

/// What a Distributed Map gives.
pub trait Collected {
    /// What `run` gives, if a child gives a `U`.
    type Output<U>;
    /// The same, where failures are tolerated.
    type Tolerating: Collected;

    /// From what the children gave; `written` is what came of the `ResultWriter`.
    #[doc(hidden)]
    fn collect<U>(
        children: Vec<Result<U, Failure>>,
        written: Option<Value>,
    ) -> Result<Self::Output<U>, Failure>;
}

/// The children's results, in the order of the items. Any failure fails the Map.
#[derive(Debug)]
pub enum All {}

/// The children's results and failures, in the order of the items: some failures are tolerated.
#[derive(Debug)]
pub enum Tolerant {}

/// The place where the results were written: `ResultWriter`.
#[derive(Debug)]
pub enum Exported {}

impl Collected for All {
    type Output<U> = Vec<U>;
    type Tolerating = Tolerant;

    fn collect<U>(children: Vec<Result<U, Failure>>, _: Option<Value>) -> Result<Vec<U>, Failure> {
        children.into_iter().collect()
    }
}

impl Collected for Tolerant {
    type Output<U> = Vec<Result<U, Failure>>;
    type Tolerating = Self;

    fn collect<U>(children: Vec<Result<U, Failure>>, _: Option<Value>) -> Result<Self::Output<U>, Failure> {
        Ok(children)
    }
}

impl Collected for Exported {
    type Output<U> = MapRun;
    type Tolerating = Self;

    fn collect<U>(_: Vec<Result<U, Failure>>, written: Option<Value>) -> Result<MapRun, Failure> {
        serde_json::from_value(written.unwrap_or_default())
            .map_err(|error| runtime(format!("the results of a Map Run were not written: {error}")))
    }
}

/// Where a Map Run has written its results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct MapRun {
    /// The ARN of the Map Run.
    pub map_run_arn: String,
    /// Where its manifest is.
    pub result_writer_details: ResultWriterDetails,
}

/// Where the manifest of a Map Run is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct ResultWriterDetails {
    /// The bucket.
    pub bucket: String,
    /// The key of `manifest.json`.
    pub key: String,
}
