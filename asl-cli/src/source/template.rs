//! Definitions inside templates of CloudFormation and SAM.
//!
//! A template is a mapping with `Resources`. A state machine in it has its definition as a text (`DefinitionString`),
//! as a part of the template (`Definition`), or in a file beside it (`DefinitionUri`). What is in a bucket
//! (`DefinitionS3Location`) is out of reach.

use std::ops::Range;

use asl_core::model::WorkflowType;

use super::node::{Content, Node};
use super::substitutions::{Substitutions, Waiting};
use super::transcript::Transcript;
use super::yaml;

const STATE_MACHINES: [&str; 2] = ["AWS::StepFunctions::StateMachine", "AWS::Serverless::StateMachine"];

/// Whether a text names the resource types of state machines; only then is it worth a closer look.
pub(crate) fn is_likely(text: &str) -> bool {
    text.contains("Resources") && STATE_MACHINES.iter().any(|name| text.contains(name))
}

/// Whether a tree is a template and no definition.
pub(crate) fn is_template(tree: &Node) -> bool {
    tree.get("Resources").is_some_and(Node::is_mapping) && tree.get("States").is_none()
}

/// A state machine of a template.
#[derive(Debug)]
pub(crate) struct StateMachine {
    /// The logical id.
    pub(crate) resource: String,
    /// `None` if the type is computed when the template is deployed.
    pub(crate) workflow_type: Option<WorkflowType>,
    pub(crate) definition: Definition,
    pub(crate) substitutions: Substitutions,
    /// The placeholders that wait for substitutions, if the definition is in the template.
    pub(crate) waiting: Waiting,
}

#[derive(Debug)]
pub(crate) enum Definition {
    Inline(Transcript),
    /// A file, relative to the template's folder, and where the template names it.
    File(String, Range<usize>),
}

/// The state machines whose definitions are in the template, or in files beside it.
pub(crate) fn state_machines(template: &Node, file: &str) -> Vec<StateMachine> {
    let resources = template.get("Resources").map(Node::entries).unwrap_or_default();
    let mut machines = Vec::new();
    for (id, resource) in resources {
        let (Some(id), Some(properties)) = (id.as_str(), resource.get("Properties")) else { continue };
        let is_machine =
            resource.get("Type").and_then(Node::as_str).is_some_and(|it| STATE_MACHINES.contains(&it));
        if is_machine && let Some(definition) = definition(properties, file) {
            let inside = properties.get("DefinitionString").or_else(|| properties.get("Definition"));
            machines.push(StateMachine {
                resource: id.to_owned(),
                workflow_type: workflow_type(properties),
                definition,
                substitutions: Substitutions::of(properties),
                waiting: inside.map(|inside| Waiting::of_node(inside, file)).unwrap_or_default(),
            });
        }
    }
    machines
}

/// CloudFormation says `StateMachineType`, SAM `Type`; without either it is a Standard workflow.
fn workflow_type(properties: &Node) -> Option<WorkflowType> {
    let Some(value) = properties.get("StateMachineType").or_else(|| properties.get("Type")) else {
        return Some(WorkflowType::Standard);
    };
    match value.as_str().filter(|_| value.tag.is_none())? {
        "STANDARD" => Some(WorkflowType::Standard),
        "EXPRESS" => Some(WorkflowType::Express),
        _ => None,
    }
}

fn definition(properties: &Node, file: &str) -> Option<Definition> {
    if let Some(text) = properties.get("DefinitionString") {
        return of_text(text, file).map(Definition::Inline);
    }
    if let Some(tree) = properties.get("Definition") {
        return of_tree(tree, file).map(Definition::Inline);
    }
    let uri = properties.get("DefinitionUri")?;
    let path =
        uri.as_str().filter(|path| uri.tag.is_none() && !path.contains("://") && !path.contains("${"))?;
    Some(Definition::File(path.to_owned(), uri.bytes.clone()))
}

fn of_tree(tree: &Node, file: &str) -> Option<Transcript> {
    let tree = chosen(tree);
    // `Fn::Transform` puts in what is not here
    if !tree.is_mapping() || intrinsic(tree).is_some() {
        return None;
    }
    let mut json = Transcript::default();
    yaml::to_json(tree, file, &mut json);
    Some(json)
}

fn of_text(text: &Node, file: &str) -> Option<Transcript> {
    if let Some(Intrinsic { name: "Fn::ToJsonString", argument }) = intrinsic(text) {
        return of_tree(argument, file);
    }
    let text = chosen(text);
    let is_text = match intrinsic(text) {
        Some(intrinsic) => matches!(intrinsic.name, "Fn::Sub" | "Fn::Join"),
        None => text.as_str().is_some(),
    };
    if !is_text {
        return None;
    }
    let mut json = Transcript::default();
    add_text(text, file, &mut json);
    Some(quoted_placeholders(&json))
}

/// The first case of `Fn::If`: one of the definitions that can result.
fn chosen(node: &Node) -> &Node {
    match intrinsic(node) {
        Some(Intrinsic { name: "Fn::If", argument }) => argument.elements().get(1).map_or(node, chosen),
        _ => node,
    }
}

/// A function of CloudFormation.
pub(crate) struct Intrinsic<'n> {
    pub(super) name: &'static str,
    pub(super) argument: &'n Node,
}

/// The functions by their long names; the short ones are tags without `Fn::`.
const FUNCTIONS: [&str; 16] = [
    "Ref",
    "Condition",
    "Fn::Sub",
    "Fn::GetAtt",
    "Fn::Join",
    "Fn::If",
    "Fn::ImportValue",
    "Fn::FindInMap",
    "Fn::Select",
    "Fn::Split",
    "Fn::Base64",
    "Fn::Cidr",
    "Fn::GetAZs",
    "Fn::Transform",
    "Fn::Length",
    "Fn::ToJsonString",
];

/// The function that a node calls, by its tag or as a mapping with its name as the only key.
pub(crate) fn intrinsic(node: &Node) -> Option<Intrinsic<'_>> {
    if let Some(tag) = &node.tag {
        let name = FUNCTIONS.iter().find(|name| name.strip_prefix("Fn::").unwrap_or(name) == tag)?;
        return Some(Intrinsic { name, argument: node });
    }
    match node.entries() {
        [(key, argument)] => {
            let key = key.as_str()?;
            // a state, a rule or a payload may have the one field `Condition`
            let name = FUNCTIONS.iter().find(|name| **name == key && **name != "Condition")?;
            Some(Intrinsic { name, argument })
        }
        _ => None,
    }
}

impl Intrinsic<'_> {
    /// A string of JSON, with placeholders for what is not known yet.
    pub(crate) fn to_json(&self, file: &str, json: &mut Transcript) {
        match (self.name, &self.argument.content) {
            // either may be the value; a tree says more than a placeholder
            ("Fn::If", Content::Sequence(cases)) => {
                let is_tree = |case: &&Node| case.as_str().is_none() && intrinsic(case).is_none();
                if let Some(case) = cases.iter().skip(1).find(is_tree) {
                    return yaml::to_json(case, file, json);
                }
            }
            ("Fn::Sub", Content::Scalar(..) | Content::Sequence(_)) => {
                if let Some(text) = self.substituted().filter(|text| text.as_str().is_some()) {
                    let mut spelt = Transcript::default();
                    text.spell_json(file, &mut spelt);
                    return json.append(unescaped(&spelt));
                }
            }
            _ => {}
        }
        let text = serde_json::Value::from(self.placeholder()).to_string();
        json.add_for(&text, self.argument.bytes.clone());
    }

    /// The text in which `Fn::Sub` replaces names.
    fn substituted(&self) -> Option<&Node> {
        match &self.argument.content {
            Content::Scalar(..) => Some(self.argument),
            Content::Sequence(parts) => parts.first(),
            Content::Mapping(_) => None,
        }
    }

    /// `${Name}` for what has a name, `${Fn::Select}` for what is computed.
    fn placeholder(&self) -> String {
        let of_attribute = self.argument.elements().iter().map(Node::as_str).collect::<Option<Vec<_>>>();
        let name = match (self.name, self.argument.as_str(), of_attribute) {
            ("Ref" | "Fn::GetAtt", Some(name), _) => name.to_owned(),
            ("Fn::GetAtt", None, Some(parts)) => parts.join("."),
            ("Fn::Join", None, _) => return self.joined(),
            (other, ..) => other.to_owned(),
        };
        format!("${{{name}}}")
    }

    /// The elements of `Fn::Join` with what stands between them.
    fn joined(&self) -> String {
        let [delimiter, elements] = self.argument.elements() else { return "${Fn::Join}".to_owned() };
        let text = |node: &Node| match intrinsic(node) {
            Some(Intrinsic { name: "Fn::Sub", argument }) if argument.as_str().is_some() => {
                argument.as_str().unwrap_or_default().to_owned()
            }
            Some(inner) => inner.placeholder(),
            None => node.as_str().unwrap_or("${Fn::Join}").to_owned(),
        };
        if elements.elements().is_empty() {
            return "${Fn::Join}".to_owned();
        }
        elements.elements().iter().map(text).collect::<Vec<_>>().join(delimiter.as_str().unwrap_or_default())
    }
}

/// A text that may be put together from several.
fn add_text(node: &Node, file: &str, text: &mut Transcript) {
    match intrinsic(node) {
        None => node.spell(file, text),
        Some(sub @ Intrinsic { name: "Fn::Sub", .. }) => {
            let mut spelt = Transcript::default();
            if let Some(substituted) = sub.substituted() {
                substituted.spell(file, &mut spelt);
            }
            text.append(unescaped(&spelt));
        }
        Some(Intrinsic { name: "Fn::Join", argument }) => {
            if let [delimiter, elements] = argument.elements() {
                for (index, element) in elements.elements().iter().enumerate() {
                    if index > 0 {
                        text.add(delimiter.as_str().unwrap_or_default());
                    }
                    add_text(element, file, text);
                }
            }
        }
        Some(other) => text.add_for(&other.placeholder(), other.argument.bytes.clone()),
    }
}

/// What `Fn::Sub` leaves of `${!Name}`: `${Name}`.
fn unescaped(text: &Transcript) -> Transcript {
    let mut unescaped = Transcript::default();
    let mut from = 0;
    for (at, _) in text.text().match_indices("${!") {
        unescaped.append(text.slice(from..at + "${".len()));
        from = at + "${!".len();
    }
    unescaped.append(text.slice(from..text.text().len()));
    unescaped
}

/// Placeholders outside of strings, as in `"TimeoutSeconds": ${Timeout}`, put into quotes: only when the template is
/// deployed does the text become JSON.
fn quoted_placeholders(json: &Transcript) -> Transcript {
    let (mut inside, mut escaped) = (false, false);
    let mut bare = Vec::new();
    for (at, byte) in json.text().bytes().enumerate() {
        match byte {
            b'"' if !escaped => inside = !inside,
            b'$' if !inside && json.text()[at..].starts_with("${") => {
                let found = asl_core::syntax::placeholders(&json.text()[at..]).next();
                bare.extend(found.filter(|(range, _)| range.start == 0).map(|(range, _)| at..at + range.end));
            }
            _ => {}
        }
        escaped = inside && byte == b'\\' && !escaped;
    }
    let mut quoted = Transcript::default();
    let mut from = 0;
    for at in bare {
        quoted.append(json.slice(from..at.start));
        quoted.add_for(&format!("\"{}\"", &json.text()[at.clone()]), json.place(&at));
        from = at.end;
    }
    quoted.append(json.slice(from..json.text().len()));
    quoted
}
