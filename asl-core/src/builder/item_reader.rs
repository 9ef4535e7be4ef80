use std::marker::PhantomData;

use crate::model::{
    self, CsvDelimiter, CsvHeaderLocation, InputType, ManifestType, Path, ReaderConfig, ReaderTransformation,
    ValueOrPath,
};

use super::{IntoPayload, IntoStatic, IntoValue, IsJsonPath, Language, payload, setters};

setters::builder! {
    /// Where the items of a Distributed [`Map`](super::Map) come from. The fields of `ReaderConfig` are set here too.
    ///
    /// See [ItemReader](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{CsvHeaderLocation, InputType, ItemReader, path};
    /// use serde_json::json;
    /// let reader = ItemReader::s3_object("orders", path("$.key"))
    ///     .input_type(InputType::Csv)
    ///     .csv_header_location(CsvHeaderLocation::FirstRow);
    /// assert_eq!(json!(reader), json!({
    ///     "Resource": "arn:aws:states:::s3:getObject",
    ///     "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"},
    ///     "Parameters": {"Bucket": "orders", "Key.$": "$.key"},
    /// }));
    /// ```
    pub struct ItemReader<L>(model::ItemReader);
}

/// A setter of a constant in `ReaderConfig`.
macro_rules! config {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)+) => {
        $(
            $(#[$doc])*
            pub fn $name(mut self, value: impl IntoStatic<$type>) -> Self {
                // Constants and placeholders are always held.
                self.config().$name = value.into_static().ok();
                self
            }
        )+
    };
}

impl<L: Language> ItemReader<L> {
    /// Reads with a resource, given as its ARN.
    ///
    /// ```
    /// use asl_core::jsonpath::ItemReader;
    /// let reader = ItemReader::new("arn:aws-cn:states:::s3:listObjectsV2").parameter("Bucket", "photos");
    /// assert_eq!(serde_json::json!(reader)["Parameters"]["Bucket"], "photos");
    /// ```
    pub fn new(resource: impl Into<String>) -> Self {
        Self::from_model(model::ItemReader {
            resource: Some(resource.into()),
            ..model::ItemReader::default()
        })
    }

    /// Reads the items out of one object in S3 (`s3:getObject`): JSON, JSON Lines, CSV, Parquet or a manifest, as
    /// [`input_type`](Self::input_type) says.
    ///
    /// ```
    /// use asl_core::jsonpath::{InputType, ItemReader};
    /// let reader = ItemReader::s3_object("orders", "today.json").input_type(InputType::Json);
    /// assert_eq!(serde_json::json!(reader)["Parameters"]["Key"], "today.json");
    /// ```
    pub fn s3_object(bucket: impl IntoPayload<L>, key: impl IntoPayload<L>) -> Self {
        Self::new("arn:aws:states:::s3:getObject").parameter("Bucket", bucket).parameter("Key", key)
    }

    /// Takes the objects of a bucket as items (`s3:listObjectsV2`); [`prefix`](Self::prefix) chooses among them.
    ///
    /// ```
    /// use asl_core::jsonpath::ItemReader;
    /// let reader = ItemReader::s3_objects("photos").prefix("2026/");
    /// assert_eq!(serde_json::json!(reader)["Resource"], "arn:aws:states:::s3:listObjectsV2");
    /// ```
    pub fn s3_objects(bucket: impl IntoPayload<L>) -> Self {
        Self::new("arn:aws:states:::s3:listObjectsV2").parameter("Bucket", bucket)
    }

    /// Sets `Prefix` in `Parameters` or `Arguments`: what the keys of the listed objects begin with.
    ///
    /// ```
    /// use asl_core::jsonata::{ItemReader, jsonata};
    /// let reader = ItemReader::s3_objects("photos").prefix(jsonata("$states.input.day"));
    /// assert_eq!(serde_json::json!(reader)["Arguments"]["Prefix"], "{% $states.input.day %}");
    /// ```
    pub fn prefix(self, prefix: impl IntoPayload<L>) -> Self {
        self.parameter("Prefix", prefix)
    }

    /// Sets one field of `Parameters` (JSONPath) or `Arguments` (JSONata).
    ///
    /// ```
    /// use asl_core::jsonpath::{ItemReader, path};
    /// let reader = ItemReader::s3_object("orders", "today.json").parameter("VersionId", path("$.version"));
    /// assert_eq!(serde_json::json!(reader)["Parameters"]["VersionId.$"], "$.version");
    /// ```
    pub fn parameter(mut self, name: impl Into<String>, value: impl IntoPayload<L>) -> Self {
        let field = L::payload(&mut self.inner.parameters, &mut self.inner.arguments);
        payload::set(payload::object(field), name.into(), value.into_payload());
        self
    }

    fn config(&mut self) -> &mut ReaderConfig {
        self.inner.reader_config.get_or_insert_default()
    }

    config! {
        /// Sets `InputType` in `ReaderConfig`: the format of the object.
        ///
        /// ```
        /// use asl_core::jsonpath::{InputType, ItemReader};
        /// let reader = ItemReader::s3_object("orders", "today.jsonl").input_type(InputType::JsonLines);
        /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["InputType"], "JSONL");
        /// ```
        input_type: InputType;
        /// Sets `Transformation` in `ReaderConfig`: whether the listed objects or what they contain are the items.
        ///
        /// ```
        /// use asl_core::jsonpath::{ItemReader, ReaderTransformation};
        /// let reader = ItemReader::s3_objects("orders").transformation(ReaderTransformation::LoadAndFlatten);
        /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["Transformation"], "LOAD_AND_FLATTEN");
        /// ```
        transformation: ReaderTransformation;
        /// Sets `ManifestType` in `ReaderConfig`: what kind of manifest the object is.
        ///
        /// ```
        /// use asl_core::jsonpath::{ItemReader, ManifestType};
        /// let reader = ItemReader::s3_object("data", "manifest.csv").manifest_type(ManifestType::AthenaData);
        /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["ManifestType"], "ATHENA_DATA");
        /// ```
        manifest_type: ManifestType;
        /// Sets `CSVDelimiter` in `ReaderConfig`: what separates the fields of a row; a comma if not set.
        ///
        /// ```
        /// use asl_core::jsonpath::{CsvDelimiter, ItemReader};
        /// let reader = ItemReader::s3_object("data", "orders.csv").csv_delimiter(CsvDelimiter::Tab);
        /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["CSVDelimiter"], "TAB");
        /// ```
        csv_delimiter: CsvDelimiter;
        /// Sets `CSVHeaderLocation` in `ReaderConfig`: where the names of the columns stand. Required for CSV.
        ///
        /// ```
        /// use asl_core::jsonpath::{CsvHeaderLocation, ItemReader};
        /// let reader = ItemReader::s3_object("data", "orders.csv").csv_header_location(CsvHeaderLocation::FirstRow);
        /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["CSVHeaderLocation"], "FIRST_ROW");
        /// ```
        csv_header_location: CsvHeaderLocation;
    }

    /// Sets `CSVHeaders` in `ReaderConfig`: the names of the columns. Required with `GIVEN`.
    ///
    /// ```
    /// use asl_core::jsonpath::{CsvHeaderLocation, ItemReader};
    /// let reader = ItemReader::s3_object("data", "orders.csv")
    ///     .csv_header_location(CsvHeaderLocation::Given)
    ///     .csv_headers(["id", "total"]);
    /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["CSVHeaders"][1], "total");
    /// ```
    pub fn csv_headers(mut self, headers: impl IntoIterator<Item: Into<String>>) -> Self {
        self.config().csv_headers = Some(headers.into_iter().map(Into::into).collect());
        self
    }

    /// Sets `MaxItems` in `ReaderConfig`: how many items are read, at most 100,000,000; 0, and not set, is all.
    ///
    /// ```
    /// use asl_core::jsonpath::ItemReader;
    /// let reader = ItemReader::s3_objects("photos").max_items(1_000);
    /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["MaxItems"], 1_000);
    /// ```
    pub fn max_items(mut self, max_items: impl IntoValue<L, i64>) -> Self {
        // Whole numbers, placeholders and expressions are always held.
        self.config().max_items = max_items.into_value().ok().map(ValueOrPath::Value);
        self
    }

    /// Sets `ItemsPointer` in `ReaderConfig`: a JSON Pointer to the items inside a JSON object, as `/data/items`.
    ///
    /// ```
    /// use asl_core::jsonpath::ItemReader;
    /// let reader = ItemReader::s3_object("data", "orders.json").items_pointer("/data/items");
    /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["ItemsPointer"], "/data/items");
    /// ```
    pub fn items_pointer(mut self, pointer: impl Into<String>) -> Self {
        self.config().items_pointer = Some(pointer.into());
        self
    }
}

/// What JSONPath alone has.
impl<L: Language> ItemReader<L> {
    setters::parameters!(
        "ItemReader::new(\"arn:aws:states:::s3:getObject\")",
        "which object or objects are read, as a payload template or as JSON"
    );

    /// Sets `MaxItemsPath` in `ReaderConfig`: where in the input the number stands, in place of `MaxItems`.
    ///
    /// ```
    /// use asl_core::jsonpath::ItemReader;
    /// let reader = ItemReader::s3_objects("photos").max_items_path("$.limit");
    /// assert_eq!(serde_json::json!(reader)["ReaderConfig"]["MaxItemsPath"], "$.limit");
    /// ```
    pub fn max_items_path(mut self, path: impl Into<Path>) -> Self
    where
        L: IsJsonPath,
    {
        self.config().max_items = Some(ValueOrPath::Path(path.into()));
        self
    }
}

/// What JSONata alone has.
impl<L: Language> ItemReader<L> {
    setters::arguments!(
        "ItemReader::new(\"arn:aws:states:::s3:getObject\")",
        "which object or objects are read, as a payload, JSON or one expression"
    );
}
