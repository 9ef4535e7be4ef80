//! What `DefinitionSubstitutions` of a template puts into a definition, held against the placeholders that wait for it.
//!
//! CloudFormation replaces `${Name}` in a text behind `!Sub` itself, before anything else. What is still there then waits
//! for `DefinitionSubstitutions`: placeholders in other texts, and `${!Name}` behind `!Sub`.

use std::ops::Range;

use asl_core::diagnostic::{Diagnostic, Part, Pointer};
use asl_core::syntax::{closest, placeholders};
use asl_core::validate::rule;

use super::node::{Content, Node};
use super::template::{Intrinsic, intrinsic};
use super::transcript::Transcript;

/// What a state machine of a template substitutes.
#[derive(Debug, Clone)]
pub(crate) enum Substitutions {
    /// Nothing: it has no such property.
    Absent,
    /// These names, with the bytes of their keys.
    Known(Vec<Mention>),
    /// What only the deployment knows.
    Computed,
}

/// A name where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    name: String,
    at: Range<usize>,
    escape: Escape,
}

/// Whether a placeholder is written as `${!Name}`: then it can be meant to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escape {
    No,
    Yes,
}

/// The placeholders of a definition that wait for substitutions.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    names: Vec<Mention>,
    /// What `!Sub` replaces.
    replaced: Vec<String>,
    /// Whether parts of the definition are not at hand, which may hold placeholders too.
    is_open: bool,
}

/// A finding around a definition: not in its JSON, but in the file.
#[derive(Debug, Clone)]
pub(crate) struct Remark {
    pub(crate) at: Range<usize>,
    pub(crate) diagnostic: Diagnostic,
    /// The logical id of the state machine, if it is in this file.
    pub(crate) resource: Option<String>,
}

impl Substitutions {
    pub(crate) fn of(properties: &Node) -> Self {
        let Some(substitutions) = properties.get("DefinitionSubstitutions") else { return Self::Absent };
        // `Fn::ForEach::…` and `Fn::Transform` make keys
        let is_plain = |key: &Node| key.as_str().is_some_and(|key| !key.starts_with("Fn::") && key != "<<");
        let entries = substitutions.entries();
        if !substitutions.is_mapping()
            || substitutions.tag.is_some()
            || !entries.iter().all(|(key, _)| is_plain(key))
        {
            return Self::Computed;
        }
        let name = |(key, _): &(Node, Node)| {
            Some(Mention { name: key.as_str()?.to_owned(), at: key.bytes.clone(), escape: Escape::No })
        };
        Self::Known(entries.iter().filter_map(name).collect())
    }

    /// The placeholders that nothing replaces, each where it stands first; `origin` says where the state machine is, if
    /// it is in another file.
    pub(crate) fn missing(&self, waiting: &Waiting, resource: &str, origin: Option<&str>) -> Vec<Remark> {
        let known: Vec<&str> = match self {
            Self::Absent => Vec::new(),
            Self::Known(names) => names.iter().map(|name| name.name.as_str()).collect(),
            Self::Computed => return Vec::new(),
        };
        let machine = origin.map(|origin| format!("`{resource}` in {origin}"));
        let resource_here = origin.is_none().then_some(resource);
        let mut told: Vec<&str> = Vec::new();
        let mut remarks = Vec::new();
        for Mention { name, at, escape } in &waiting.names {
            let close = closest(name, known.iter().copied());
            if known.contains(&name.as_str())
                || told.contains(&name.as_str())
                || (*escape == Escape::Yes && close.is_none())
            {
                continue;
            }
            told.push(name);
            let reason = match &machine {
                None if known.is_empty() => "there are no `DefinitionSubstitutions`".to_owned(),
                None => "`DefinitionSubstitutions` does not name it".to_owned(),
                Some(machine) if known.is_empty() => format!("{machine} has no `DefinitionSubstitutions`"),
                Some(machine) => format!("`DefinitionSubstitutions` of {machine} does not name it"),
            };
            let message = format!("nothing replaces `${{{name}}}`: {reason}");
            let help = match close {
                Some(close) => format!("did you mean `${{{close}}}`?"),
                None if known.is_empty() && origin.is_none() => {
                    "put `!Sub` before the text, or add the name to `DefinitionSubstitutions`".to_owned()
                }
                None => "add it to `DefinitionSubstitutions`".to_owned(),
            };
            remarks.extend(remark(
                "placeholder-without-substitution",
                at.clone(),
                message,
                help,
                resource_here,
            ));
        }
        remarks
    }

    /// The substitutions that no placeholder waits for.
    pub(crate) fn unused(&self, waiting: &Waiting, resource: &str) -> Vec<Remark> {
        let Self::Known(names) = self else { return Vec::new() };
        if waiting.is_open {
            return Vec::new();
        }
        let is_used = |name: &str| waiting.names.iter().any(|used| used.name == name);
        let unused = names.iter().filter(|name| !is_used(&name.name));
        let remarks = unused.filter_map(|Mention { name, at, .. }| {
            let message = format!("no placeholder of the definition is `${{{name}}}`");
            let help = if waiting.replaced.contains(name) {
                format!("`!Sub` replaces `${{{name}}}` before: leave out `!Sub`, or write `${{!{name}}}`")
            } else {
                "remove it, or use it".to_owned()
            };
            remark("unused-substitution", at.clone(), message, help, Some(resource))
        });
        remarks.collect()
    }
}

fn remark(
    name: &str,
    at: Range<usize>,
    message: String,
    help: String,
    resource: Option<&str>,
) -> Option<Remark> {
    let rule = rule(name)?;
    let diagnostic = Diagnostic {
        code: rule.code,
        severity: rule.severity,
        at: Pointer::root(),
        part: Part::Value,
        message,
        help: Some(help),
        fix: None,
    };
    Some(Remark { at, diagnostic, resource: resource.map(str::to_owned) })
}

impl Waiting {
    /// In a definition that is a part of a template, or a text in it.
    pub(crate) fn of_node(definition: &Node, file: &str) -> Self {
        let mut waiting = Self::default();
        waiting.add(definition, file);
        waiting
    }

    /// In a definition that is the text of a file.
    pub(crate) fn of_text(text: &str) -> Self {
        let name =
            |(at, name): (Range<usize>, &str)| Mention { name: name.to_owned(), at, escape: Escape::No };
        Self { names: placeholders(text).map(name).collect(), ..Self::default() }
    }

    /// In what is not at hand.
    pub(crate) fn unknown() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    fn add(&mut self, node: &Node, file: &str) {
        match intrinsic(node) {
            Some(Intrinsic { name: "Fn::Sub", argument }) => self.add_sub(argument, file),
            Some(Intrinsic { name: "Fn::Join" | "Fn::ToJsonString", argument }) => {
                self.add_parts(argument, file);
            }
            // the first part is the condition
            Some(Intrinsic { name: "Fn::If", argument }) => {
                argument.elements().iter().skip(1).for_each(|case| self.add(case, file));
            }
            Some(Intrinsic { name: "Ref" | "Fn::GetAtt" | "Fn::FindInMap" | "Fn::ImportValue", .. }) => {}
            // what these give may be any text
            Some(_) => self.is_open = true,
            None => {
                self.is_open |= node.tag.is_some();
                self.add_parts(node, file);
            }
        }
    }

    fn add_parts(&mut self, node: &Node, file: &str) {
        match &node.content {
            Content::Scalar(text, _) => {
                let found = placeholders(text).map(|(at, name)| (at, name.to_owned())).collect();
                self.add_found(node, file, found, Escape::No);
            }
            Content::Sequence(elements) => elements.iter().for_each(|element| self.add(element, file)),
            Content::Mapping(entries) => {
                for (key, value) in entries {
                    self.is_open |= key.as_str().is_some_and(|key| key.starts_with("Fn::"));
                    self.add(key, file);
                    self.add(value, file);
                }
            }
        }
    }

    /// A text behind `!Sub`, alone or with values for names of its own.
    fn add_sub(&mut self, argument: &Node, file: &str) {
        let (text, values) = match &argument.content {
            Content::Scalar(..) => (argument, &[][..]),
            Content::Sequence(parts) => match parts.as_slice() {
                [text, values, ..] => (text, values.entries()),
                [text] => (text, &[][..]),
                [] => return,
            },
            Content::Mapping(_) => return,
        };
        for (_, value) in values {
            self.add(value, file);
        }
        let written = text.as_str().unwrap_or_default();
        self.replaced.extend(placeholders(written).map(|(_, name)| name.to_owned()));
        self.add_found(text, file, kept(written), Escape::Yes);
    }

    /// Placeholders that were found in a text.
    fn add_found(&mut self, node: &Node, file: &str, found: Vec<(Range<usize>, String)>, escape: Escape) {
        if found.is_empty() {
            return;
        }
        let mut text = Transcript::default();
        node.spell(file, &mut text);
        let name = |(at, name)| Mention { name, at: text.place(&at), escape };
        self.names.extend(found.into_iter().map(name));
    }
}

/// What `!Sub` makes placeholders of: `${!Name}`.
fn kept(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    for (start, escape) in text.match_indices("${!") {
        // read as it is without the exclamation mark
        let behind = &text[start + escape.len()..];
        let Some(end) = behind.find('}') else { continue };
        let placeholder = format!("${{{}", &behind[..=end]);
        if let Some((at, name)) = placeholders(&placeholder).next()
            && at == (0..placeholder.len())
        {
            found.push((start..start + escape.len() + end + 1, name.to_owned()));
        }
    }
    found
}
