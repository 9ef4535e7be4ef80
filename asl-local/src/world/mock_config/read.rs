//! From the text of a mock configuration to its parts, with all that is wrong.

use std::collections::BTreeSet;

use asl_core::diagnostic::Pointer;
use asl_core::syntax::closest;

use super::super::Outcome;
use super::document::Node;
use super::response::{Calls, MockedResponse};
use super::{InvalidMockConfig, MockConfig, Problem, TestCase};
use crate::TaskError;

const MACHINES: &str = "StateMachines";
const RESPONSES: &str = "MockedResponses";

pub(super) fn read(text: &str) -> Result<MockConfig, InvalidMockConfig> {
    let mut reader = Reader::default();
    let root = Pointer::default();
    let config = reader.json(&root, text).and_then(|node| reader.config(&root, node));
    let nothing = MockConfig { machines: Vec::new(), responses: Vec::new() };
    reader.finish(config.unwrap_or(nothing))
}

type Entries = Vec<(String, Node)>;

#[derive(Default)]
pub(super) struct Reader {
    problems: Vec<Problem>,
}

impl Reader {
    pub(super) fn json(&mut self, at: &Pointer, text: &str) -> Option<Node> {
        let node = serde_json::from_str::<Node>(text);
        node.map_err(|error| self.problem(at, format!("this is not JSON: {error}"), None)).ok()
    }

    /// What was read, if nothing is wrong.
    pub(super) fn finish<T>(self, read: T) -> Result<T, InvalidMockConfig> {
        if self.problems.is_empty() { Ok(read) } else { Err(InvalidMockConfig { problems: self.problems }) }
    }

    fn problem(&mut self, at: &Pointer, message: impl Into<String>, help: Option<String>) {
        self.problems.push(Problem { at: at.clone(), message: message.into(), help });
    }

    /// The entries of an object, none of them twice.
    pub(super) fn object(&mut self, at: &Pointer, node: Node, what: &str) -> Option<Entries> {
        let Node::Object(entries) = node else {
            self.problem(at, format!("{what} must be an object, not {}", node.kind()), None);
            return None;
        };
        let mut names = BTreeSet::new();
        let (kept, twice): (Entries, Entries) =
            entries.into_iter().partition(|(name, _)| names.insert(name.clone()));
        for (name, _) in twice {
            self.problem(&at.clone().field(&name), format!("`{name}` is written twice"), None);
        }
        Some(kept)
    }

    /// Takes a field out of an object, which must be there.
    fn field(&mut self, at: &Pointer, entries: &mut Entries, name: &str) -> Option<Node> {
        if let Some(index) = entries.iter().position(|(known, _)| known == name) {
            return Some(entries.remove(index).1);
        }
        let meant = closest(name, entries.iter().map(|(known, _)| known.as_str()));
        let help = meant.map(|meant| format!("`{meant}` is not its name"));
        self.problem(at, format!("the field `{name}` is missing"), help);
        None
    }

    fn config(&mut self, at: &Pointer, node: Node) -> Option<MockConfig> {
        let mut entries = self.object(at, node, "a mock configuration")?;
        let machines = self.field(at, &mut entries, MACHINES);
        let responses = self.field(at, &mut entries, RESPONSES);
        let (machines_at, responses_at) = (at.clone().field(MACHINES), at.clone().field(RESPONSES));
        let machines = self.object(&machines_at, machines?, "`StateMachines`");
        let responses = self.object(&responses_at, responses?, "`MockedResponses`")?;
        // a response that is wrong is there nevertheless: the test cases that name it are not
        let names: Vec<String> = responses.iter().map(|(name, _)| name.clone()).collect();
        let mut config = MockConfig { machines: Vec::new(), responses: Vec::new() };
        for (name, node) in machines? {
            let at = machines_at.clone().field(&name);
            let cases = self.machine(&at, node, &names).unwrap_or_default();
            config.machines.push((name, cases));
        }
        for (name, node) in responses {
            let at = responses_at.clone().field(&name);
            let response = self.response(&at, node).unwrap_or_default();
            config.responses.push((name, response));
        }
        Some(config)
    }

    fn machine(&mut self, at: &Pointer, node: Node, names: &[String]) -> Option<Vec<TestCase>> {
        let mut entries = self.object(at, node, "a state machine")?;
        let cases = self.field(at, &mut entries, "TestCases")?;
        let at = at.clone().field("TestCases");
        let mut read = Vec::new();
        for (name, node) in self.object(&at, cases, "`TestCases`")? {
            let at = at.clone().field(&name);
            let states = self.object(&at, node, "a test case").unwrap_or_default();
            let mut responses = Vec::new();
            for (state, node) in states {
                if let Some(response) = self.response_name(&at.clone().field(&state), node, names) {
                    responses.push((state, response));
                }
            }
            read.push(TestCase { name, responses });
        }
        Some(read)
    }

    /// The index of the response that a test case names.
    fn response_name(&mut self, at: &Pointer, node: Node, names: &[String]) -> Option<usize> {
        let kind = node.kind();
        let serde_json::Value::String(name) = node.into_value() else {
            let message = format!("the name of a mocked response must be a string, not {kind}");
            self.problem(at, message, None);
            return None;
        };
        let found = names.iter().position(|known| *known == name);
        if found.is_none() {
            let help = match closest(&name, names.iter().map(String::as_str)) {
                Some(meant) => format!("is `{meant}` meant?"),
                None => format!("add it to `{RESPONSES}`"),
            };
            self.problem(at, format!("there is no mocked response `{name}`"), Some(help));
        }
        found
    }

    pub(super) fn response(&mut self, at: &Pointer, node: Node) -> Option<MockedResponse> {
        let mut parts: Vec<(Calls, Outcome)> = Vec::new();
        for (key, node) in self.object(at, node, "a mocked response")? {
            let at = at.clone().field(&key);
            let outcome = self.outcome(&at, node);
            let Some(calls) = Calls::parse(&key) else {
                let help = Some("write a number such as \"0\", or a range such as \"1-2\"".to_owned());
                self.problem(&at, format!("`{key}` does not say which calls are meant"), help);
                continue;
            };
            if calls.first > calls.last {
                let help = Some(format!("write \"{}-{}\"", calls.last, calls.first));
                self.problem(&at, format!("the range `{key}` ends before it begins"), help);
                continue;
            }
            // what is wrong with the outcome has been said; its calls are not left out for that
            parts.push((calls, outcome.unwrap_or(Outcome::Pending)));
        }
        parts.sort_by_key(|(calls, _)| *calls);
        self.order(at, &parts);
        Some(MockedResponse { parts })
    }

    /// Every call from the first to the last that is named must have one outcome.
    fn order(&mut self, at: &Pointer, parts: &[(Calls, Outcome)]) {
        // nothing comes after the last number there is
        let mut next = Some(0_u64);
        for (calls, _) in parts {
            let Some(expected) = next else {
                self.twice(at, calls.first, calls.last);
                continue;
            };
            if calls.first > expected {
                let help = Some(format!("add a key {:?}", key(expected, calls.first - 1)));
                let missing = span(expected, calls.first - 1);
                self.problem(at, format!("{missing} no response, but later ones have"), help);
            } else if calls.first < expected {
                self.twice(at, calls.first, calls.last.min(expected - 1));
            }
            next = calls.last.checked_add(1).map(|after| after.max(expected));
        }
    }

    fn twice(&mut self, at: &Pointer, first: u64, last: u64) {
        self.problem(at, format!("{} more than one response", span(first, last)), None);
    }

    pub(super) fn outcome(&mut self, at: &Pointer, node: Node) -> Option<Outcome> {
        let entries = self.object(at, node, "the outcome of a call")?;
        let help = Some("write {\"Return\": …} or {\"Throw\": {\"Error\": …, \"Cause\": …}}".to_owned());
        let [(name, node)] = <[_; 1]>::try_from(entries)
            .map_err(|entries| {
                let message = match entries.len() {
                    0 => "there is neither `Return` nor `Throw`".to_owned(),
                    _ => "there must be `Return` or `Throw`, and nothing beside it".to_owned(),
                };
                self.problem(at, message, help.clone());
            })
            .ok()?;
        match name.as_str() {
            "Return" => Some(Outcome::Success(node.into_value())),
            "Throw" => self.error(&at.clone().field("Throw"), node).map(Outcome::Failure),
            _ => {
                self.problem(at, format!("`{name}` is neither `Return` nor `Throw`"), help);
                None
            }
        }
    }

    fn error(&mut self, at: &Pointer, node: Node) -> Option<TaskError> {
        let mut error = TaskError::default();
        for (name, node) in self.object(at, node, "`Throw`")? {
            let at = at.clone().field(&name);
            let part = match name.as_str() {
                "Error" => &mut error.error,
                "Cause" => &mut error.cause,
                _ => {
                    let help = Some("`Throw` has `Error` and `Cause`".to_owned());
                    self.problem(&at, format!("there is no field `{name}`"), help);
                    continue;
                }
            };
            let kind = node.kind();
            match node.into_value() {
                serde_json::Value::String(text) => *part = Some(text),
                _ => self.problem(&at, format!("`{name}` must be a string, not {kind}"), None),
            }
        }
        if error.error.is_none()
            && self.problems.iter().all(|problem| !problem.at.as_str().starts_with(at.as_str()))
        {
            self.problem(at, "the field `Error` is missing", None);
        }
        Some(error)
    }
}

/// `call 3 has`, `calls 1 to 2 have`
fn span(first: u64, last: u64) -> String {
    if first == last { format!("call {first} has") } else { format!("calls {first} to {last} have") }
}

fn key(first: u64, last: u64) -> String {
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}
