//! What may stand where: the table of fields, as far as syntax depends on it.

use asl_core::model::{Content, Kind, QueryLanguage};

/// Where a value stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Position<'k> {
    /// In `States`: a state.
    State,
    /// `States`.
    States,
    /// An object of the language.
    Object(Kind),
    /// An array of such objects.
    List(Kind),
    /// A name that this field takes: a constant of the language, error names.
    Name(&'k str),
    /// The name of the next state.
    StateName,
    /// A path, written as a plain string.
    Path,
    /// A payload template of JSONPath: below the field of this name.
    Template(&'k str),
    /// JSON with expressions of JSONata: below the field of this name.
    Expressions(&'k str),
    /// JSON that is never evaluated.
    Verbatim,
    /// A value of this field of this object, which is neither a path nor a name.
    Constant(Kind, &'k str),
    /// A field that the language does not have: the validator will say so.
    Free,
}

/// The fields whose values are constants of the language.
const ENUMERATED: &[&str] = &[
    "Type",
    "QueryLanguage",
    "Mode",
    "ExecutionType",
    "JitterStrategy",
    "InputType",
    "Transformation",
    "ManifestType",
    "CSVDelimiter",
    "CSVHeaderLocation",
    "OutputType",
    "ErrorEquals",
];

/// The position of a field's value.
pub(super) fn position(kind: Kind, key: &str, language: QueryLanguage) -> Position<'_> {
    match key {
        "States" => return Position::States,
        "Branches" => return Position::List(Kind::Branch),
        "ItemProcessor" | "Iterator" => return Position::Object(Kind::ItemProcessor),
        "ProcessorConfig" => return Position::Object(Kind::ProcessorConfig),
        "ItemReader" => return Position::Object(Kind::ItemReader),
        "ReaderConfig" => return Position::Object(Kind::ReaderConfig),
        "ItemBatcher" => return Position::Object(Kind::ItemBatcher),
        "ResultWriter" => return Position::Object(Kind::ResultWriter),
        "WriterConfig" => return Position::Object(Kind::WriterConfig),
        "Retry" => return Position::List(Kind::Retrier),
        "Catch" => return Position::List(Kind::Catcher),
        "Choices" => return Position::List(Kind::ChoiceRule),
        "And" | "Or" => return Position::List(Kind::NestedRule),
        "Not" => return Position::Object(Kind::NestedRule),
        _ => {}
    }
    let Some(field) = kind.field(key) else { return Position::Free };
    match field.content {
        Content::StateName => Position::StateName,
        Content::Path
        | Content::ReferencePath
        | Content::InputReferencePath
        | Content::ResultPath
        | Content::PathOrIntrinsic => Position::Path,
        Content::Payload => match language {
            QueryLanguage::JsonPath => Position::Template(key),
            QueryLanguage::Jsonata => Position::Expressions(key),
        },
        Content::Verbatim => Position::Verbatim,
        Content::Plain if ENUMERATED.contains(&key) => Position::Name(key),
        // the comparators, which the table does not list
        Content::Plain if key.ends_with("Path") => Position::Path,
        Content::Plain | Content::Value => Position::Constant(kind, key),
    }
}

/// The field that takes a path where this one takes a value: `SecondsPath` for `Seconds`.
pub(super) fn path_sibling(kind: Kind, key: &str) -> Option<String> {
    let sibling = format!("{key}Path");
    kind.field(&sibling).is_some().then_some(sibling)
}
