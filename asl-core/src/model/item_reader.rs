use super::object::{FieldValue, Fields, Object, Visit};
use super::string_enum::string_enum;
use super::{Extra, Kind, Static, Value, ValueOrPath};

/// `ItemReader` of a Distributed Map: where the items come from.
///
/// See [ItemReader](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ItemReader {
    /// `Resource`: `arn:aws:states:::s3:getObject` or `arn:aws:states:::s3:listObjectsV2`. Required.
    pub resource: Option<String>,
    /// `ReaderConfig`: the format of the file.
    pub reader_config: Option<ReaderConfig>,
    /// `Parameters` (JSONPath): `Bucket`, `Key`, `Prefix`.
    pub parameters: Option<Value>,
    /// `Arguments` (JSONata): `Bucket`, `Key`, `Prefix`.
    pub arguments: Option<Value>,
    /// What does not belong here.
    pub extra: Extra,
}

string_enum! {
    /// `InputType`: the format of the items' source.
    InputType {
        /// Comma-separated values.
        Csv = "CSV",
        /// One JSON document.
        Json = "JSON",
        /// One JSON document a line.
        JsonLines = "JSONL",
        /// Parquet.
        Parquet = "PARQUET",
        /// An S3 inventory manifest.
        Manifest = "MANIFEST",
    }
}

string_enum! {
    /// `Transformation` of a reader that lists objects.
    ReaderTransformation {
        /// The items are the objects' descriptions. The default.
        None = "NONE",
        /// The items are what stands in the objects.
        LoadAndFlatten = "LOAD_AND_FLATTEN",
    }
}

string_enum! {
    /// `ManifestType`: what kind of manifest names the files.
    ManifestType {
        /// Written by Athena's UNLOAD.
        AthenaData = "ATHENA_DATA",
        /// Written by S3 Inventory.
        S3Inventory = "S3_INVENTORY",
    }
}

string_enum! {
    /// `CSVDelimiter`: what separates the fields of a row.
    CsvDelimiter {
        /// `,`. The default.
        Comma = "COMMA",
        /// `|`.
        Pipe = "PIPE",
        /// `;`.
        Semicolon = "SEMICOLON",
        /// A space.
        Space = "SPACE",
        /// A tabulator.
        Tab = "TAB",
    }
}

string_enum! {
    /// `CSVHeaderLocation`: where the names of the columns stand.
    CsvHeaderLocation {
        /// In the first row.
        FirstRow = "FIRST_ROW",
        /// In `CSVHeaders`.
        Given = "GIVEN",
    }
}

/// `ReaderConfig` of an [`ItemReader`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReaderConfig {
    /// `InputType`: the format.
    pub input_type: Option<Static<InputType>>,
    /// `Transformation`.
    pub transformation: Option<Static<ReaderTransformation>>,
    /// `ManifestType`.
    pub manifest_type: Option<Static<ManifestType>>,
    /// `CSVDelimiter`.
    pub csv_delimiter: Option<Static<CsvDelimiter>>,
    /// `CSVHeaderLocation`. Required for CSV.
    pub csv_header_location: Option<Static<CsvHeaderLocation>>,
    /// `CSVHeaders`: the names of the columns. Required with `GIVEN`.
    pub csv_headers: Option<Vec<String>>,
    /// `MaxItems` or `MaxItemsPath`: how many items are read at most; 0 for all.
    pub max_items: Option<ValueOrPath<i64>>,
    /// `ItemsPointer`: a JSON Pointer to the items inside a JSON file.
    pub items_pointer: Option<String>,
    /// What does not belong here.
    pub extra: Extra,
}

impl Object for ItemReader {
    fn kind(&self) -> Kind {
        Kind::ItemReader
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Resource", self.resource.as_ref());
        fields.put("ReaderConfig", self.reader_config.as_ref());
        fields.put("Parameters", self.parameters.as_ref());
        fields.put("Arguments", self.arguments.as_ref());
    }
}

impl Object for ReaderConfig {
    fn kind(&self) -> Kind {
        Kind::ReaderConfig
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("InputType", self.input_type.as_ref().map(FieldValue::constant));
        fields.put("Transformation", self.transformation.as_ref().map(FieldValue::constant));
        fields.put("ManifestType", self.manifest_type.as_ref().map(FieldValue::constant));
        fields.put("CSVDelimiter", self.csv_delimiter.as_ref().map(FieldValue::constant));
        fields.put("CSVHeaderLocation", self.csv_header_location.as_ref().map(FieldValue::constant));
        fields.put("CSVHeaders", self.csv_headers.as_ref());
        fields.either("MaxItems", "MaxItemsPath", self.max_items.as_ref());
        fields.put("ItemsPointer", self.items_pointer.as_ref());
    }
}
