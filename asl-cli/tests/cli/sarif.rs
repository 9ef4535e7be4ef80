//! The log for code scanning, held against what SARIF 2.1.0 asks of each object that is in it.
//!
//! [The standard](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html); numbers of sections are its own. The
//! tables below name what may stand in an object: the standard lets no others in, so that a property which is new in our
//! logs fails here until somebody has looked it up.

use std::path::Path;

use serde_json::Value;

use super::{BAD, Folder, GOOD, asl, fixtures, text};

/// What a value must be.
enum Is {
    Text,
    /// A reference as RFC 3986 has it, with its characters escaped.
    UriReference,
    Boolean,
    /// An integer that is not below this.
    From(i64),
    OneOf(&'static [&'static str]),
    Object(&'static [Property]),
    ArrayOf(&'static Is),
    /// The same, no two elements equal.
    SetOf(&'static Is),
}

/// A property: its name, whether it must be there, and what it is.
type Property = (&'static str, Need, Is);

#[derive(PartialEq)]
enum Need {
    Required,
    Optional,
}

use Is::{ArrayOf, Boolean, From, Object, OneOf, SetOf, Text, UriReference};
use Need::{Optional, Required};

/// 3.13
const LOG: Is = Object(&[
    ("$schema", Optional, UriReference),
    ("version", Required, OneOf(&["2.1.0"])),
    ("runs", Required, ArrayOf(&RUN)),
]);

/// 3.14
const RUN: Is = Object(&[
    ("tool", Required, Object(&[("driver", Required, DRIVER)])),
    ("invocations", Optional, ArrayOf(&INVOCATION)),
    ("columnKind", Optional, OneOf(&["utf16CodeUnits", "unicodeCodePoints"])),
    ("results", Optional, ArrayOf(&RESULT)),
]);

/// 3.19
const DRIVER: Is = Object(&[
    ("name", Required, Text),
    ("version", Optional, Text),
    ("informationUri", Optional, UriReference),
    ("rules", Optional, SetOf(&RULE)),
]);

/// 3.49
const RULE: Is = Object(&[
    ("id", Required, Text),
    ("name", Optional, Text),
    ("shortDescription", Optional, MULTIFORMAT_MESSAGE),
    ("fullDescription", Optional, MULTIFORMAT_MESSAGE),
    ("help", Optional, MULTIFORMAT_MESSAGE),
    ("helpUri", Optional, UriReference),
    ("defaultConfiguration", Optional, Object(&[("level", Optional, LEVEL)])),
]);

/// 3.12
const MULTIFORMAT_MESSAGE: Is = Object(&[("text", Required, Text), ("markdown", Optional, Text)]);

/// 3.11; without `id` it must have a text.
const MESSAGE: Is = Object(&[("text", Required, Text), ("markdown", Optional, Text)]);

/// 3.27.10
const LEVEL: Is = OneOf(&["none", "note", "warning", "error"]);

/// 3.20, 3.58
const INVOCATION: Is = Object(&[
    ("executionSuccessful", Required, Boolean),
    (
        "toolExecutionNotifications",
        Optional,
        ArrayOf(&Object(&[("message", Required, MESSAGE), ("level", Optional, LEVEL)])),
    ),
]);

/// 3.27
const RESULT: Is = Object(&[
    ("message", Required, MESSAGE),
    ("ruleId", Optional, Text),
    ("ruleIndex", Optional, From(-1)),
    ("level", Optional, LEVEL),
    ("locations", Optional, ArrayOf(&LOCATION)),
]);

/// 3.28
const LOCATION: Is = Object(&[
    (
        "physicalLocation",
        Optional,
        // 3.29
        Object(&[
            ("artifactLocation", Required, Object(&[("uri", Optional, UriReference)])),
            ("region", Optional, REGION),
        ]),
    ),
    ("logicalLocations", Optional, SetOf(&LOGICAL_LOCATION)),
]);

/// 3.30; lines and columns are counted from 1.
const REGION: Is = Object(&[
    ("startLine", Required, From(1)),
    ("startColumn", Optional, From(1)),
    ("endLine", Optional, From(1)),
    ("endColumn", Optional, From(1)),
]);

/// 3.33
const LOGICAL_LOCATION: Is = Object(&[
    ("name", Optional, Text),
    ("fullyQualifiedName", Optional, Text),
    ("kind", Optional, OneOf(&["object", "array", "property", "value", "resource"])),
]);

impl Is {
    /// Notes where a value is something else.
    fn check(&self, value: &Value, at: &str, faults: &mut Vec<String>) {
        let is = match self {
            Text => value.as_str().is_some_and(|text| !text.is_empty()),
            UriReference => value.as_str().is_some_and(is_uri_reference),
            Boolean => value.is_boolean(),
            From(least) => value.as_i64().is_some_and(|number| number >= *least),
            OneOf(words) => value.as_str().is_some_and(|word| words.contains(&word)),
            Object(properties) => {
                check_object(properties, value, at, faults);
                value.is_object()
            }
            ArrayOf(element) | SetOf(element) => {
                let elements = value.as_array().map(Vec::as_slice).unwrap_or_default();
                for (index, inner) in elements.iter().enumerate() {
                    element.check(inner, &format!("{at}/{index}"), faults);
                }
                let has_twice =
                    || elements.iter().enumerate().any(|(index, one)| elements[..index].contains(one));
                value.is_array() && !(matches!(self, SetOf(_)) && has_twice())
            }
        };
        if !is {
            faults.push(format!("{at}: {value}"));
        }
    }
}

fn check_object(properties: &[Property], value: &Value, at: &str, faults: &mut Vec<String>) {
    for (name, need, is) in properties {
        match value.get(name) {
            Some(inner) => is.check(inner, &format!("{at}/{name}"), faults),
            None if *need == Required => faults.push(format!("{at} has no {name}")),
            None => {}
        }
    }
    for name in value.as_object().into_iter().flatten().map(|(name, _)| name) {
        if !properties.iter().any(|(known, ..)| known == name) {
            faults.push(format!("{at} has {name}, which is not in the table"));
        }
    }
}

/// Characters that RFC 3986 has, and each `%` with two digits behind it; a scheme only where there are two slashes.
fn is_uri_reference(text: &str) -> bool {
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('%') {
        let digits = escape.as_bytes().get(..2).is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit));
        if !digits || !has_only_uri_characters(before) {
            return false;
        }
        rest = &escape[2..];
    }
    let first_segment = text.split('/').next().unwrap_or_default();
    let has_scheme = ["file:", "https:"].contains(&first_segment) && text.contains("://");
    !text.is_empty() && has_only_uri_characters(rest) && (has_scheme || !first_segment.contains(':'))
}

fn has_only_uri_characters(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=".contains(&byte))
}

/// The log of a check.
fn log(folder: &Path, arguments: &[&str]) -> Value {
    let arguments = [&["check", "--format", "sarif"], arguments].concat();
    let output = asl(&arguments).current_dir(folder).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", text(&output.stderr)))
}

/// Checks what the tables say, and what objects say of each other.
#[track_caller]
fn conforms(log: &Value) {
    let mut faults = Vec::new();
    LOG.check(log, "", &mut faults);
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for (index, result) in run["results"].as_array().unwrap().iter().enumerate() {
        // 3.27.6: the index is that of the rule with this id
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).ok().and_then(|at| rules.get(at));
        if rule.map(|rule| &rule["id"]) != Some(&result["ruleId"]) {
            faults.push(format!("result {index} names a rule, and the index of another"));
        }
        for location in result["locations"].as_array().unwrap() {
            let region = &location["physicalLocation"]["region"];
            let place = |line: &str, column: &str| (region[line].as_u64(), region[column].as_u64());
            // 3.30.7: a region does not end before it begins
            if place("endLine", "endColumn") < place("startLine", "startColumn") {
                faults.push(format!("result {index} ends before it begins: {region}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{log:#}", faults.join("\n"));
}

/// The files that results are in, in the order of the results.
fn uris(log: &Value) -> Vec<&str> {
    let results = log["runs"][0]["results"].as_array().unwrap();
    let uri = "/locations/0/physicalLocation/artifactLocation/uri";
    let mut uris: Vec<&str> =
        results.iter().map(|result| result.pointer(uri).unwrap().as_str().unwrap()).collect();
    uris.dedup();
    uris
}

#[test]
fn logs_of_all_kinds_of_input_conform() {
    let of_all = [
        "order.asl.json",
        "minified.asl.json",
        "flow.asl.yaml",
        "template.yaml",
        "template.json",
        "definitions/beside.json",
        "a missing file.json",
    ];
    let log_of_all = log(&fixtures(), &of_all);
    conforms(&log_of_all);
    let results = log_of_all["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() > 20, "{} results", results.len());
    // a file that cannot be read is no result, but it is told of
    let invocation = &log_of_all["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = invocation["toolExecutionNotifications"][0]["message"]["text"].as_str().unwrap();
    assert!(told.contains("a missing file.json"), "{told}");
    conforms(&log(&fixtures(), &["--advice", "order.asl.json", "template.yaml"]));
    conforms(&log(&fixtures(), &["--deny", "warnings", "order.asl.json"]));
}

#[test]
fn a_log_without_results_conforms() {
    let folder = Folder::new();
    folder.write("good.asl.json", GOOD);
    let log = log(folder.0.path(), &["good.asl.json"]);
    conforms(&log);
    assert_eq!(log["runs"][0]["results"], Value::Array(Vec::new()));
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], true);
}

#[test]
fn texts_that_are_no_definitions_conform() {
    let folder = Folder::new();
    for (index, content) in ["", "{", "[]", "\u{feff}{\"StartAt\": 1}", "{}\n\n\n"].into_iter().enumerate() {
        folder.write(&format!("{index}.asl.json"), content);
    }
    folder.write("empty.asl.yaml", "");
    folder.write("broken.asl.yaml", "a: [\n");
    let log = log(folder.0.path(), &["."]);
    conforms(&log);
    assert!(log["runs"][0]["results"].as_array().unwrap().len() >= 7);
}

#[test]
fn files_are_named_by_uris() {
    let folder = Folder::new();
    for name in ["a b.asl.json", "100%.asl.json", "é#?.asl.json", "c:d.asl.json", "plain.asl.json"] {
        folder.write(name, BAD);
    }
    let relative = log(folder.0.path(), &["."]);
    conforms(&relative);
    let expected =
        ["100%25.asl.json", "a%20b.asl.json", "c%3Ad.asl.json", "plain.asl.json", "%C3%A9%23%3F.asl.json"];
    assert_eq!(uris(&relative), expected);
    let path = folder.0.path().join("plain.asl.json");
    let absolute = log(folder.0.path(), &[path.to_str().unwrap()]);
    conforms(&absolute);
    assert_eq!(uris(&absolute), [format!("file://{}", path.display())]);
}

#[test]
fn the_tables_find_what_is_wrong_with_a_log() {
    let good = log(&fixtures(), &["order.asl.json"]);
    let faults = |pointer: &str, value: Value| {
        let mut wrong = good.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        let mut faults = Vec::new();
        LOG.check(&wrong, "", &mut faults);
        faults.len()
    };
    let region = "/runs/0/results/0/locations/0/physicalLocation/region";
    let uri = "/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri";
    assert_eq!(faults("/version", "2.1.0".into()), 0);
    assert_eq!(faults("/version", "2.0.0".into()), 1);
    assert_eq!(faults(&format!("{region}/startLine"), 0.into()), 1);
    assert_eq!(faults(&format!("{region}/endColumn"), "7".into()), 1);
    assert_eq!(faults("/runs/0/results/0/level", "advice".into()), 1);
    assert_eq!(faults("/runs/0/results/0/message", serde_json::json!({})), 1);
    assert_eq!(faults("/runs/0/results/0/message", serde_json::json!({"text": "a", "colour": "red"})), 1);
    assert_eq!(faults("/runs/0/results/0", serde_json::json!("a")), 2);
    for wrong in ["a b.json", "a\\b", "C:/a", "50%", "é", ""] {
        assert_eq!(faults(uri, wrong.into()), 1, "{wrong}");
    }
}

#[test]
fn sarif_has_rules_with_help_and_results_with_regions() {
    let output =
        asl(&["check", "--format", "sarif", "order.asl.json"]).current_dir(fixtures()).output().unwrap();
    let mut log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
    for rule in rules {
        let code = rule["id"].as_str().unwrap();
        let page = asl_core::validate::rule(code).unwrap().explain;
        assert_eq!(rule["help"]["markdown"].as_str(), Some(page));
        assert_eq!(rule["help"]["text"].as_str(), Some(page));
        // the pages are the library's
        rule["help"] = "[page]".into();
        rule["fullDescription"] = "[first paragraph]".into();
    }
    log["runs"][0]["tool"]["driver"]["version"] = "[version]".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&log).unwrap());
}
