use std::marker::PhantomData;

use crate::model::{self, OutputType, WriterConfig, WriterTransformation};

use super::{IntoPayload, IntoStatic, Language, payload, setters};

setters::builder! {
    /// Where the results of a Distributed [`Map`](super::Map) go, and in which form. The fields of `WriterConfig` are set
    /// here too.
    ///
    /// See [ResultWriter](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{OutputType, ResultWriter, WriterTransformation};
    /// use serde_json::json;
    /// let writer = ResultWriter::s3("results")
    ///     .prefix("orders")
    ///     .transformation(WriterTransformation::Flatten)
    ///     .output_type(OutputType::JsonLines);
    /// assert_eq!(json!(writer), json!({
    ///     "Resource": "arn:aws:states:::s3:putObject",
    ///     "WriterConfig": {"Transformation": "FLATTEN", "OutputType": "JSONL"},
    ///     "Parameters": {"Bucket": "results", "Prefix": "orders"},
    /// }));
    /// ```
    pub struct ResultWriter<L>(model::ResultWriter);
}

impl<L: Language> ResultWriter<L> {
    /// A writer without a place to write to: the results stay in the state's result, in the form that is set.
    ///
    /// ```
    /// use asl_core::jsonpath::{OutputType, ResultWriter, WriterTransformation};
    /// let writer = ResultWriter::new()
    ///     .transformation(WriterTransformation::Compact)
    ///     .output_type(OutputType::Json);
    /// assert_eq!(serde_json::json!(writer).get("Resource"), None);
    /// ```
    pub fn new() -> Self {
        Self::from_model(model::ResultWriter::default())
    }

    /// Writes to a bucket (`s3:putObject`).
    ///
    /// ```
    /// use asl_core::jsonata::{ResultWriter, jsonata};
    /// let writer = ResultWriter::s3(jsonata("$states.input.bucket"));
    /// assert_eq!(serde_json::json!(writer)["Arguments"]["Bucket"], "{% $states.input.bucket %}");
    /// ```
    pub fn s3(bucket: impl IntoPayload<L>) -> Self {
        Self::new().resource("arn:aws:states:::s3:putObject").parameter("Bucket", bucket)
    }

    /// Sets `Resource`: what writes, as its ARN.
    ///
    /// ```
    /// use asl_core::jsonpath::ResultWriter;
    /// let writer = ResultWriter::new().resource("arn:aws-cn:states:::s3:putObject");
    /// assert_eq!(serde_json::json!(writer)["Resource"], "arn:aws-cn:states:::s3:putObject");
    /// ```
    pub fn resource(mut self, resource: impl Into<String>) -> Self {
        self.inner.resource = Some(resource.into());
        self
    }

    /// Sets `Prefix` in `Parameters` or `Arguments`: what the keys of the written objects begin with.
    ///
    /// ```
    /// use asl_core::jsonpath::ResultWriter;
    /// let writer = ResultWriter::s3("results").prefix("orders");
    /// assert_eq!(serde_json::json!(writer)["Parameters"]["Prefix"], "orders");
    /// ```
    pub fn prefix(self, prefix: impl IntoPayload<L>) -> Self {
        self.parameter("Prefix", prefix)
    }

    /// Sets one field of `Parameters` (JSONPath) or `Arguments` (JSONata).
    ///
    /// ```
    /// use asl_core::jsonpath::{ResultWriter, path};
    /// let writer = ResultWriter::s3("results").parameter("Prefix", path("$.run"));
    /// assert_eq!(serde_json::json!(writer)["Parameters"]["Prefix.$"], "$.run");
    /// ```
    pub fn parameter(mut self, name: impl Into<String>, value: impl IntoPayload<L>) -> Self {
        let field = L::payload(&mut self.inner.parameters, &mut self.inner.arguments);
        payload::set(payload::object(field), name.into(), value.into_payload());
        self
    }

    fn config(&mut self) -> &mut WriterConfig {
        self.inner.writer_config.get_or_insert_default()
    }

    /// Sets `Transformation` in `WriterConfig`: whether the metadata of the child executions is kept.
    ///
    /// ```
    /// use asl_core::jsonpath::{ResultWriter, WriterTransformation};
    /// let writer = ResultWriter::s3("results").transformation(WriterTransformation::Compact);
    /// assert_eq!(serde_json::json!(writer)["WriterConfig"]["Transformation"], "COMPACT");
    /// ```
    pub fn transformation(mut self, transformation: impl IntoStatic<WriterTransformation>) -> Self {
        // Constants and placeholders are always held.
        self.config().transformation = transformation.into_static().ok();
        self
    }

    /// Sets `OutputType` in `WriterConfig`: the format of the files.
    ///
    /// ```
    /// use asl_core::jsonpath::{OutputType, ResultWriter};
    /// let writer = ResultWriter::s3("results").output_type(OutputType::JsonLines);
    /// assert_eq!(serde_json::json!(writer)["WriterConfig"]["OutputType"], "JSONL");
    /// ```
    pub fn output_type(mut self, output_type: impl IntoStatic<OutputType>) -> Self {
        self.config().output_type = output_type.into_static().ok();
        self
    }
}

/// What JSONPath alone has.
impl<L: Language> ResultWriter<L> {
    setters::parameters!("ResultWriter::new()", "where the results go, as a payload template or as JSON");
}

/// What JSONata alone has.
impl<L: Language> ResultWriter<L> {
    setters::arguments!("ResultWriter::new()", "where the results go, as a payload, JSON or one expression");
}

impl<L: Language> Default for ResultWriter<L> {
    fn default() -> Self {
        Self::new()
    }
}
