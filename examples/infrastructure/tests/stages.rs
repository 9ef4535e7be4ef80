//! What each stage deploys, as it was reviewed. After a change: `cargo insta review`, and read the diff.

use asl_core::emit::placeholders;
use infrastructure_snapshots::{Stack, Stage};
use serde_json::{Value, json};

fn stacks() -> impl Iterator<Item = (Stage, Stack)> {
    Stage::ALL
        .into_iter()
        .map(|stage| (stage, Stack::new(stage).unwrap_or_else(|it| panic!("{stage}: {it}"))))
}

#[test]
fn the_definition_of_each_stage_is_as_reviewed() {
    for (stage, stack) in stacks() {
        insta::assert_snapshot!(format!("definition_{stage}"), stack.invoice_run().to_json_pretty());
    }
}

#[test]
fn the_template_of_each_stage_is_as_reviewed() {
    for (stage, stack) in stacks() {
        let mut template = stack.template();
        // one long line, which the snapshot of the definition shows better
        let definition = template.pointer_mut("/Resources/InvoiceRun/Properties/DefinitionString").unwrap();
        assert_eq!(*definition, json!(stack.invoice_run().to_json()));
        *definition = json!(format!("see definition_{stage}"));
        insta::assert_json_snapshot!(format!("template_{stage}"), template);
    }
}

#[test]
fn nothing_is_likely_meant_otherwise() {
    for (stage, stack) in stacks() {
        assert_eq!(stack.invoice_run().warnings(), [], "{stage}");
    }
}

#[test]
fn each_placeholder_is_filled_in_and_nothing_else() {
    for (stage, stack) in stacks() {
        let open = placeholders(stack.invoice_run());
        let open: Vec<&str> = open.iter().map(|placeholder| placeholder.name.as_str()).collect();
        let substitutions = stack.substitutions();
        assert_eq!(open, substitutions.keys().collect::<Vec<_>>(), "{stage}");
    }
}

#[test]
fn the_template_refers_to_its_own_resources() {
    for (stage, stack) in stacks() {
        let template = stack.template();
        let mut referred = Vec::new();
        references(&template, &mut referred);
        assert!(referred.contains(&"InvoiceRunRole".to_owned()), "{referred:?}");
        for name in referred {
            assert!(template["Resources"].get(&name).is_some(), "{stage}: there is no resource `{name}`");
        }
    }
}

/// The names behind each `Ref` and `Fn::GetAtt`.
fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match (key.as_str(), value) {
                    ("Ref", Value::String(name)) => found.push(name.clone()),
                    ("Fn::GetAtt", Value::Array(path)) => {
                        found.extend(path.first().and_then(Value::as_str).map(str::to_owned));
                    }
                    _ => references(value, found),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| references(element, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn a_stage_that_is_not_there_is_named() {
    let error = "staging".parse::<Stage>().unwrap_err();
    assert_eq!(error.to_string(), "there is no stage `staging`; there are `dev` and `prod`");
}
