#![doc = include_str!("invalid_item_reader.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{
    CsvHeaderLocation, Extra, InputType, ItemReader, ManifestType, ReaderConfig, ReaderTransformation, State,
    Static, Value,
};
use crate::syntax::resource::{IntegrationKind, Pattern, Resource};
use crate::validate::context::{Context, Report};
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0703"),
    name: "invalid-item-reader",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_item_reader.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Map(map) = state else { return };
    let Some(reader) = &map.item_reader else { return };
    if let Some(source) = source(cx, reader) {
        payload(cx, reader, source);
        config(cx, reader, source);
    }
}

/// Which of the two actions reads the items.
#[derive(Clone, Copy, PartialEq)]
enum Source {
    /// `s3:getObject`.
    Object,
    /// `s3:listObjectsV2`.
    List,
}

/// The source, if the resource tells it; reports a resource that is none.
fn source(cx: &mut Context<'_>, reader: &ItemReader) -> Option<Source> {
    match Resource::parse(reader.resource.as_deref()?) {
        Ok(Resource::Placeholder(_)) => return None,
        Ok(Resource::Integration(it)) => match (it.kind(), it.service(), it.action(), it.pattern()) {
            (IntegrationKind::Optimized, "s3", "getObject", Pattern::RequestResponse) => {
                return Some(Source::Object);
            }
            (IntegrationKind::Optimized, "s3", "listObjectsV2", Pattern::RequestResponse) => {
                return Some(Source::List);
            }
            _ => {}
        },
        _ => {}
    }
    cx.report("an `ItemReader` cannot read from this resource")
        .help("write `arn:aws:states:::s3:getObject` or `arn:aws:states:::s3:listObjectsV2`")
        .field("ItemReader")
        .field("Resource");
    None
}

/// What only the documentation asks for is a warning here and below.
fn payload(cx: &mut Context<'_>, reader: &ItemReader, source: Source) {
    let payload = match (&reader.parameters, &reader.arguments) {
        (Some(parameters), _) => Some(("Parameters", parameters)),
        (None, Some(arguments)) => Some(("Arguments", arguments)),
        (None, None) => None,
    };
    match payload {
        None => {
            let field = super::invalid_result_writer::payload_field(cx.language());
            cx.report(format!("an `ItemReader` needs `{field}` that name the bucket"))
                .help(format!("add `{field}` with `Bucket`"))
                .field("ItemReader")
                .warning();
        }
        Some((field, Value::Object(object))) => {
            let names: &[&str] = if source == Source::Object { &["Bucket", "Key"] } else { &["Bucket"] };
            for name in names {
                if !object.keys().any(|key| key.strip_suffix(".$").unwrap_or(key) == *name) {
                    cx.report(format!("an `ItemReader` needs `{name}`"))
                        .help(format!("add it to `{field}`"))
                        .field("ItemReader")
                        .field(field)
                        .warning();
                }
            }
        }
        Some(_) => {}
    }
}

/// A constant of the configuration, as far as it can be known.
#[derive(Clone, Copy, PartialEq)]
enum Known<T> {
    Absent,
    Is(T),
    /// A placeholder, or a value that another rule reports.
    Unknown,
}

impl<T: Copy> Known<T> {
    fn of(field: Option<&Static<T>>, name: &str, extra: &Extra) -> Self {
        match field {
            None if extra.contains(name) => Self::Unknown,
            None => Self::Absent,
            Some(Static::Literal(value)) => Self::Is(*value),
            Some(Static::Placeholder(_)) => Self::Unknown,
        }
    }
}

fn config(cx: &mut Context<'_>, reader: &ItemReader, source: Source) {
    if reader.extra.contains("ReaderConfig") {
        return;
    }
    let none = ReaderConfig::default();
    let config = reader.reader_config.as_ref().unwrap_or(&none);
    let extra = &config.extra;
    let input = Known::of(config.input_type.as_ref(), "InputType", extra);
    let transformation = Known::of(config.transformation.as_ref(), "Transformation", extra);
    let manifest = Known::of(config.manifest_type.as_ref(), "ManifestType", extra);
    let location = Known::of(config.csv_header_location.as_ref(), "CSVHeaderLocation", extra);
    input_type(cx, source, input, transformation, manifest);
    if source == Source::Object && transformation == Known::Is(ReaderTransformation::LoadAndFlatten) {
        report(cx, "Transformation", "`LOAD_AND_FLATTEN` is for lists of objects: `s3:listObjectsV2`")
            .warning();
    }
    csv_headers(cx, config, input, location, manifest, transformation);
    let is_csv = !matches!(input, Known::Is(InputType::Json | InputType::JsonLines | InputType::Parquet));
    if config.csv_delimiter.is_some() && !is_csv {
        report(cx, "CSVDelimiter", "`CSVDelimiter` is for CSV").help("remove it").warning();
    }
    if let (Some(_), Known::Is(format)) = (&config.items_pointer, input)
        && format != InputType::Json
    {
        report(cx, "ItemsPointer", format!("`ItemsPointer` is for JSON, not for {format}"))
            .help("remove it")
            .warning();
    }
}

fn input_type(
    cx: &mut Context<'_>,
    source: Source,
    input: Known<InputType>,
    transformation: Known<ReaderTransformation>,
    manifest: Known<ManifestType>,
) {
    match (source, input, manifest) {
        (Source::Object, Known::Absent, Known::Absent) => {
            missing_input_type(cx, "`s3:getObject` needs `ReaderConfig` with `InputType`");
        }
        (_, Known::Absent, Known::Is(ManifestType::AthenaData)) => {
            missing_input_type(cx, "`ATHENA_DATA` needs `InputType`");
        }
        (_, Known::Is(InputType::Json | InputType::Manifest), Known::Is(ManifestType::AthenaData)) => {
            report(cx, "InputType", "the files of an `ATHENA_DATA` manifest are CSV, JSONL or PARQUET")
                .warning();
        }
        (_, Known::Is(_), Known::Is(ManifestType::S3Inventory)) => {
            report(cx, "InputType", "`S3_INVENTORY` takes no `InputType`: an inventory is CSV")
                .help("remove it")
                .warning();
        }
        _ => {}
    }
    match (source, input, transformation) {
        (Source::List, Known::Absent, Known::Is(ReaderTransformation::LoadAndFlatten)) => {
            missing_input_type(cx, "`LOAD_AND_FLATTEN` needs `InputType`");
        }
        (Source::List, Known::Is(InputType::Manifest), Known::Is(ReaderTransformation::LoadAndFlatten)) => {
            report(cx, "InputType", "`LOAD_AND_FLATTEN` reads CSV, JSON, JSONL or PARQUET").warning();
        }
        (Source::List, Known::Is(_), Known::Absent | Known::Is(ReaderTransformation::None))
            if manifest == Known::Absent =>
        {
            report(cx, "InputType", "a list of objects has no `InputType` unless the objects are loaded")
                .help("remove it, or set `Transformation` to `LOAD_AND_FLATTEN`")
                .warning();
        }
        _ => {}
    }
}

fn missing_input_type(cx: &mut Context<'_>, message: &str) {
    cx.report(message)
        .help("add `InputType`: `CSV`, `JSON`, `JSONL`, `PARQUET` or `MANIFEST`")
        .field("ItemReader")
        .warning();
}

fn csv_headers(
    cx: &mut Context<'_>,
    config: &ReaderConfig,
    input: Known<InputType>,
    location: Known<CsvHeaderLocation>,
    manifest: Known<ManifestType>,
    transformation: Known<ReaderTransformation>,
) {
    match (input, location) {
        (Known::Is(InputType::Csv), Known::Absent) => {
            // measured for one CSV file only
            let is_one_file = manifest == Known::Absent && transformation == Known::Absent;
            let report = cx
                .report("CSV needs `CSVHeaderLocation`")
                .help("add `\"CSVHeaderLocation\": \"FIRST_ROW\"`, or `GIVEN` and `CSVHeaders`")
                .field("ItemReader")
                .field("ReaderConfig");
            if !is_one_file {
                report.warning();
            }
        }
        (Known::Is(format @ (InputType::Json | InputType::JsonLines | InputType::Parquet)), Known::Is(_)) => {
            let report = report(cx, "CSVHeaderLocation", format!("{format} has no `CSVHeaderLocation`"));
            let report = report.help("remove it");
            // measured for JSON only
            if format != InputType::Json {
                report.warning();
            }
        }
        _ => {}
    }
    let has_headers = config.csv_headers.is_some() || config.extra.contains("CSVHeaders");
    match location {
        Known::Is(CsvHeaderLocation::Given) if !has_headers => {
            cx.report("`GIVEN` needs `CSVHeaders`")
                .help("add `CSVHeaders`, the names of the columns")
                .field("ItemReader")
                .field("ReaderConfig");
        }
        Known::Is(CsvHeaderLocation::FirstRow) if has_headers => {
            report(cx, "CSVHeaders", "`CSVHeaders` are not used: the names stand in the first row")
                .help("remove them, or set `CSVHeaderLocation` to `GIVEN`")
                .warning();
        }
        Known::Is(_) | Known::Absent | Known::Unknown => {}
    }
    let headers = config.csv_headers.as_deref().unwrap_or_default();
    for (index, header) in headers.iter().enumerate() {
        if headers[..index].contains(header) {
            report(cx, "CSVHeaders", format!("there are two columns `{header}`, and the map run fails"))
                .help("give each column a name of its own")
                .index(index)
                .warning();
        }
    }
}

/// Reports a field of the configuration.
fn report<'c>(cx: &'c mut Context<'_>, field: &str, message: impl Into<String>) -> Report<'c> {
    cx.report(message).field("ItemReader").field("ReaderConfig").field(field)
}
