//! The names of states: from the source, unique in the whole machine, the same after an edit elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use super::effect::WaitFor;
use super::fault::{Fault, FaultKind};
use super::graph::{Graph, Node, NodeKind, Work};
use super::local::Local;
use super::program::{Name, Source};
use super::tree::map_children;
use crate::syntax::jsonata::{Expression, Kind};

/// The most characters of a state's name.
const LONGEST: usize = 80;

/// Gives each node its state's name, in the order of the source: what stands later, or is made for something else,
/// renames nothing before it.
pub(super) fn give(graph: &mut Graph, faults: &mut Vec<Fault>) {
    let mut names = Names::default();
    let mut wanted = Vec::new();
    each_node(graph, &mut |node| {
        if let Name::Given(name) = &node.name {
            names.keep(name, node.source, faults);
        }
        wanted.push((node.place, wanted_name(node)));
    });
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|index| wanted[*index].0);
    for index in order {
        let (_, name) = &mut wanted[index];
        if let Wanted::Free(base) = name {
            *name = Wanted::Given(names.unique(base));
        }
    }
    let mut given = wanted.into_iter().map(|(_, name)| match name {
        Wanted::Given(name) | Wanted::Free(name) => name,
    });
    each_node(graph, &mut |node| node.name = Name::Given(given.next().unwrap_or_default()));
}

/// Calls `visit` for each node that becomes a state, those of scopes inside too, in the same order each time.
fn each_node(graph: &mut Graph, visit: &mut dyn FnMut(&mut Node)) {
    for node in graph.reading_order() {
        visit(&mut graph.nodes[node]);
        graph.nodes[node].each_scope_mut(&mut |scope| each_node(scope, visit));
    }
}

enum Wanted {
    /// This name.
    Given(String),
    /// This name, or with a number.
    Free(String),
}

fn wanted_name(node: &Node) -> Wanted {
    Wanted::Free(match (&node.name, &node.kind) {
        (Name::Given(name), _) => return Wanted::Given(name.clone()),
        (Name::Derived(text), NodeKind::Choice { .. }) => question(text),
        (Name::Suggested(name), _) => name.clone(),
        (Name::Derived(text), NodeKind::Effect(_) | NodeKind::Fail { .. }) => pascal_case(text),
        // a Choice that became a value is no Choice any more
        (_, kind) => automatic(kind),
    })
}

/// Gives out the names of states.
#[derive(Default)]
struct Names {
    taken: BTreeSet<String>,
    /// How often each name was wanted.
    wanted: BTreeMap<String, usize>,
}

impl Names {
    /// Keeps a name that an author gave, so that no other state takes it.
    fn keep(&mut self, name: &str, source: Option<Source>, faults: &mut Vec<Fault>) {
        let is_possible =
            (1..=LONGEST).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if !self.taken.insert(name.to_owned()) || !is_possible {
            faults.push(Fault { source, kind: FaultKind::StateName { name: name.to_owned() } });
        }
    }

    /// This name, with a number if another state has it.
    fn unique(&mut self, base: &str) -> String {
        let base = if base.is_empty() { "Step" } else { base };
        let mut name = shortened(base, LONGEST);
        let count = self.wanted.entry(name.clone()).or_insert(1);
        while !self.taken.insert(name.clone()) {
            *count += 1;
            let ordinal = format!(" ({count})");
            name = shortened(base, LONGEST - ordinal.chars().count()) + &ordinal;
        }
        name
    }
}

/// Where each state comes from.
pub(super) type Sources = indexmap::IndexMap<String, Option<Source>>;

fn automatic(kind: &NodeKind) -> String {
    match kind {
        NodeKind::Effect(effect) => match &effect.kind {
            Work::Task(task) => resource_name(&task.resource),
            Work::Wait(time) => pause(time),
            Work::Parallel(_) => "Parallel".to_owned(),
            Work::Map(map) => format!("ForEach{}", pascal_case(map.item.name())),
        },
        NodeKind::Choice { rules, .. } => {
            rules.first().map_or_else(|| question(""), |(condition, _)| question(&plain(condition)))
        }
        NodeKind::Pass(edge) => {
            let locals = edge.sets.iter().flatten().take(2);
            let names: Vec<String> = locals.map(|(local, _)| pascal_case(local.name())).collect();
            format!("Set{}", names.join("And"))
        }
        NodeKind::Fail { error, .. } => match &error.kind {
            Kind::String(error) => error.clone(),
            _ => "Fail".to_owned(),
        },
        NodeKind::Return(_) | NodeKind::Succeed(_) | NodeKind::Jump { .. } => "Return".to_owned(),
    }
}

/// `WaitFor30Seconds`, `WaitUntilInputDue`.
pub(super) fn pause(time: &WaitFor) -> String {
    match time {
        WaitFor::Seconds(time) => match time.kind {
            Kind::Number(_) => format!("WaitFor{time}Seconds"),
            _ => format!("WaitFor{}", pascal_case(&plain(time))),
        },
        WaitFor::Timestamp(time) => format!("WaitUntil{}", pascal_case(&plain(time))),
    }
}

/// `dynamodb:putItem` → `DynamodbPutItem`, `lambda:invoke.waitForTaskToken` → `LambdaInvoke`.
fn resource_name(resource: &str) -> String {
    let tail = resource.rsplit(":::").next().unwrap_or(resource);
    let name = tail.rsplit(':').take(2).collect::<Vec<_>>();
    let name: Vec<&str> = name.into_iter().rev().collect();
    pascal_case(name.join(" ").split('.').next().unwrap_or_default())
}

/// A tree as a person would name it: locals without their numbers and signs, nothing computed.
pub(super) fn plain(value: &Expression) -> String {
    named(value).to_string()
}

fn named(value: &Expression) -> Expression {
    if let Kind::Variable(name) = &value.kind
        && let Some(local) = Local::of_key(name)
    {
        return Expression::new(Kind::Name(local.name().to_owned()), 0..0);
    }
    map_children(value, &mut named)
}

fn question(text: &str) -> String {
    let text: Vec<&str> = text.split(|letter: char| letter.is_control() || letter == ' ').collect();
    let text: Vec<&str> = text.into_iter().filter(|word| !word.is_empty()).collect();
    format!("{}?", shortened(text.join(" ").trim_end_matches('?'), LONGEST - 1))
}

/// `fetch_user` → `FetchUser`.
fn pascal_case(text: &str) -> String {
    text.split(|letter: char| !letter.is_alphanumeric())
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<Vec<_>>()
        })
        .collect()
}

fn shortened(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_source() {
        assert_eq!(pascal_case("fetch_user"), "FetchUser");
        assert_eq!(pascal_case("sendSQS"), "SendSQS");
        assert_eq!(resource_name("arn:aws:states:::dynamodb:putItem"), "DynamodbPutItem");
        assert_eq!(resource_name("arn:aws:states:::sqs:sendMessage.waitForTaskToken"), "SqsSendMessage");
        assert_eq!(question("user.plan"), "user.plan?");
        assert_eq!(question(&"x".repeat(100)).chars().count(), 80);
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let mut names = Names::default();
        assert_eq!(names.unique("Ship"), "Ship");
        assert_eq!(names.unique("Ship"), "Ship (2)");
        let long = "é".repeat(90);
        assert_eq!(names.unique(&long).chars().count(), 80);
        assert_eq!(names.unique(&long).chars().count(), 80);
    }
}
