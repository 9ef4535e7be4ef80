#![doc = include_str!("invalid_result_writer.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{QueryLanguage, ResultWriter, State, Value};
use crate::syntax::resource::{IntegrationKind, Pattern, Resource};
use crate::validate::context::Context;
use crate::validate::rule::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0705"),
    name: "invalid-result-writer",
    severity: Severity::Error,
    aws: Some("SCHEMA_VALIDATION_FAILED"),
    explain: include_str!("invalid_result_writer.md"),
    check: Check::State(check),
};

fn check(cx: &mut Context<'_>, _: &str, state: &State) {
    let State::Map(map) = state else { return };
    let Some(writer) = &map.result_writer else { return };
    let has_resource = writer.resource.is_some() || writer.extra.contains("Resource");
    let has_config = writer.writer_config.is_some() || writer.extra.contains("WriterConfig");
    let has_payload = writer.parameters.is_some() || writer.arguments.is_some();
    let field = payload_field(cx.language());
    if !has_resource && !has_config {
        cx.report("a `ResultWriter` needs `Resource` or `WriterConfig`")
            .help(format!("add `\"Resource\": \"arn:aws:states:::s3:putObject\"` and `{field}`, or remove `ResultWriter`"))
            .field("ResultWriter");
    } else if !has_resource && has_payload {
        cx.report(format!("without `Resource` the `{field}` of a `ResultWriter` have no effect"))
            .help("add `\"Resource\": \"arn:aws:states:::s3:putObject\"`")
            .field("ResultWriter")
            .warning();
    } else if has_resource && !has_payload {
        cx.report(format!("a `ResultWriter` with `Resource` needs `{field}`"))
            .help(format!("add `{field}` with `Bucket`"))
            .field("ResultWriter");
    }
    resource(cx, writer);
    bucket(cx, writer);
    config(cx, writer);
}

/// The field that holds the payload of a reader or a writer.
pub(super) fn payload_field(language: QueryLanguage) -> &'static str {
    match language {
        QueryLanguage::JsonPath => "Parameters",
        QueryLanguage::Jsonata => "Arguments",
    }
}

fn resource(cx: &mut Context<'_>, writer: &ResultWriter) {
    let Some(resource) = writer.resource.as_deref() else { return };
    let is_right = match Resource::parse(resource) {
        Ok(Resource::Placeholder(_)) => true,
        Ok(Resource::Integration(it)) => {
            (it.kind(), it.service(), it.action(), it.pattern())
                == (IntegrationKind::Optimized, "s3", "putObject", Pattern::RequestResponse)
        }
        _ => false,
    };
    if !is_right {
        cx.report("a `ResultWriter` cannot write to this resource")
            .help("write `arn:aws:states:::s3:putObject`")
            .field("ResultWriter")
            .field("Resource");
    }
}

fn bucket(cx: &mut Context<'_>, writer: &ResultWriter) {
    for (field, payload) in [("Parameters", &writer.parameters), ("Arguments", &writer.arguments)] {
        if let Some(Value::Object(object)) = payload
            && !object.keys().any(|key| key.strip_suffix(".$").unwrap_or(key) == "Bucket")
        {
            cx.report("a `ResultWriter` needs `Bucket`")
                .help(format!("add it to `{field}`"))
                .field("ResultWriter")
                .field(field)
                .warning();
        }
    }
}

// That an empty configuration is wrong is what AWS's own editor says. Whether one field of the two is, is not known.
fn config(cx: &mut Context<'_>, writer: &ResultWriter) {
    let Some(config) = &writer.writer_config else { return };
    let has_transformation = config.transformation.is_some() || config.extra.contains("Transformation");
    let has_type = config.output_type.is_some() || config.extra.contains("OutputType");
    let (message, is_certain) = match (has_transformation, has_type) {
        (true, true) => return,
        (false, false) => ("a `WriterConfig` needs `Transformation` and `OutputType`", true),
        (false, true) => ("a `WriterConfig` with `OutputType` needs `Transformation`", false),
        (true, false) => ("a `WriterConfig` with `Transformation` needs `OutputType`", false),
    };
    let report = cx
        .report(message)
        .help("set `Transformation` to `NONE`, `COMPACT` or `FLATTEN`, and `OutputType` to `JSON` or `JSONL`")
        .field("ResultWriter")
        .field("WriterConfig");
    if !is_certain {
        report.warning();
    }
}
