use super::object::{FieldValue, Fields, Object, Visit};
use super::string_enum::string_enum;
use super::{Extra, Kind, Static, Value};

/// `ResultWriter` of a Distributed Map: where the children's results go.
///
/// See [ResultWriter](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ResultWriter {
    /// `Resource`: `arn:aws:states:::s3:putObject`.
    pub resource: Option<String>,
    /// `WriterConfig`: the form of the results.
    pub writer_config: Option<WriterConfig>,
    /// `Parameters` (JSONPath): `Bucket`, `Prefix`.
    pub parameters: Option<Value>,
    /// `Arguments` (JSONata): `Bucket`, `Prefix`.
    pub arguments: Option<Value>,
    /// What does not belong here.
    pub extra: Extra,
}

string_enum! {
    /// `Transformation` of the results.
    WriterTransformation {
        /// Results with the metadata of their child executions.
        None = "NONE",
        /// The results alone, one element a child.
        Compact = "COMPACT",
        /// The results alone, arrays of children joined.
        Flatten = "FLATTEN",
    }
}

string_enum! {
    /// `OutputType`: the format of the files.
    OutputType {
        /// A JSON array.
        Json = "JSON",
        /// One JSON document a line.
        JsonLines = "JSONL",
    }
}

/// `WriterConfig` of a [`ResultWriter`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WriterConfig {
    /// `Transformation`.
    pub transformation: Option<Static<WriterTransformation>>,
    /// `OutputType`.
    pub output_type: Option<Static<OutputType>>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for ResultWriter {
    fn kind(&self) -> Kind {
        Kind::ResultWriter
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Resource", self.resource.as_ref());
        fields.put("WriterConfig", self.writer_config.as_ref());
        fields.put("Parameters", self.parameters.as_ref());
        fields.put("Arguments", self.arguments.as_ref());
    }
}

impl Object for WriterConfig {
    fn kind(&self) -> Kind {
        Kind::WriterConfig
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Transformation", self.transformation.as_ref().map(FieldValue::constant));
        fields.put("OutputType", self.output_type.as_ref().map(FieldValue::constant));
    }
}
