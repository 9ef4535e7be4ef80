//! Machine → nodes, edges and frames: what every picture shows, whatever it is written in.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::model::state::Processor;
use crate::model::{Branch, ItemProcessor, ProcessorMode, State, StateMachine, States};

use super::condition::condition;
use super::detail;

/// A picture without layout.
pub(super) struct Graph {
    /// What stands outside all frames.
    pub(super) items: Vec<Item>,
    /// All arrows, those inside frames too.
    pub(super) edges: Vec<Edge>,
}

pub(super) enum Item {
    Node(Node),
    Frame(Frame),
}

/// One shape with its text.
pub(super) struct Node {
    pub(super) id: String,
    pub(super) shape: Shape,
    /// The name, and below it what else is worth seeing.
    pub(super) lines: Vec<String>,
}

/// A box around other shapes: a Parallel or Map state, or one branch. There is always a node somewhere inside.
pub(super) struct Frame {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) items: Vec<Item>,
}

/// An arrow between nodes or frames.
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) line: Line,
    /// Empty where there is nothing to say.
    pub(super) label: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Solid,
    /// Of a catcher.
    Dashed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Start,
    End,
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    /// A Parallel or Map state with nothing inside, or a state of no known type.
    Plain,
    /// What a transition names and is not there.
    Missing,
    /// A bend in an arrow.
    Point,
}

impl Graph {
    pub(super) fn of(machine: &StateMachine) -> Self {
        let mut walk = Walk { ids: Ids::new(), edges: Vec::new() };
        let items = walk.scope(machine.start_at.as_deref(), machine.states.as_ref(), Place::Top);
        Self { items, edges: walk.edges }
    }
}

/// Where a scope stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Frame,
}

struct Walk {
    ids: Ids,
    edges: Vec<Edge>,
}

impl Walk {
    fn scope(&mut self, start_at: Option<&str>, states: Option<&States>, place: Place) -> Vec<Item> {
        let none = States::new();
        let states = states.unwrap_or(&none);
        let all_ways: Vec<Vec<Way<'_>>> = states.iter().map(|(_, state)| ways(state)).collect();
        let markers = Markers::needed(start_at, states, &all_ways, place);
        let mut items = Vec::new();

        let start = markers.start.then(|| self.ids.marker("start"));
        let mut known: IndexMap<&str, String> =
            states.names().map(|name| (name, self.ids.take(name))).collect();
        let end = markers.end.then(|| self.ids.marker("end"));
        let named = all_ways.iter().flatten().filter_map(|way| way.to.name());
        for name in start_at.into_iter().chain(named) {
            if !known.contains_key(name) {
                known.insert(name, self.ids.take(name));
            }
        }

        if let Some(id) = start {
            if let Some(first) = start_at {
                self.edge(&id, &known[first], Line::Solid, String::new());
            }
            items.push(node(id, Shape::Start, vec!["Start".to_owned()]));
        }
        for ((name, state), ways) in states.iter().zip(&all_ways) {
            let id = &known[name];
            let item = Inner::of(state);
            let mut bends = Vec::new();
            for way in ways {
                let to = match way.to {
                    To::State(target) => Some(&known[target]),
                    To::End => end.as_ref(),
                };
                if let Some(to) = to {
                    let from = match item {
                        Inner::Frame(_) if to == id => self.bend(id, way, &mut bends),
                        Inner::Frame(_) | Inner::Nothing => id.clone(),
                    };
                    let label = if from == *id { way.label.clone() } else { String::new() };
                    self.edge(&from, to, way.line, label);
                }
            }
            items.push(match item {
                Inner::Nothing => Item::Node(detail::node(id.clone(), name, state)),
                Inner::Frame(inner) => Item::Frame(self.frame(id, name, state, &inner)),
            });
            items.append(&mut bends);
        }
        if known.is_empty() {
            items.push(node(self.ids.marker("none"), Shape::Missing, vec!["no states".to_owned()]));
        }
        for (name, id) in known.into_iter().skip(states.len()) {
            let lines = vec![detail::excerpt(name), "no such state".to_owned()];
            items.push(node(id, Shape::Missing, lines));
        }
        if let Some(id) = end {
            items.push(node(id, Shape::End, vec!["End".to_owned()]));
        }
        items
    }

    fn edge(&mut self, from: &str, to: &str, line: Line, label: String) {
        self.edges.push(Edge { from: from.to_owned(), to: to.to_owned(), line, label });
    }

    /// No format draws an arrow from a frame to itself, so that one goes over a point outside the frame.
    fn bend(&mut self, frame: &str, way: &Way<'_>, bends: &mut Vec<Item>) -> String {
        let id = self.ids.marker("again");
        bends.push(node(id.clone(), Shape::Point, vec![" ".to_owned()]));
        self.edge(frame, &id, way.line, way.label.clone());
        id
    }

    fn frame(&mut self, id: &str, name: &str, state: &State, inner: &InnerScopes<'_>) -> Frame {
        let items = match inner {
            InnerScopes::Branches(branches) => {
                let numbered = branches.iter().enumerate();
                numbered
                    .map(|(index, branch)| {
                        let title = format!("branch {}", index + 1);
                        let id = self.ids.take(&format!("{id} {title}"));
                        let items =
                            self.scope(branch.start_at.as_deref(), branch.states.as_ref(), Place::Frame);
                        Item::Frame(Frame { id, title, items })
                    })
                    .collect()
            }
            InnerScopes::Processor(processor) => {
                self.scope(processor.start_at.as_deref(), processor.states.as_ref(), Place::Frame)
            }
        };
        let mode = match inner {
            InnerScopes::Processor(processor) => processor.mode(),
            InnerScopes::Branches(_) => None,
        };
        let kind = match mode {
            Some(ProcessorMode::Distributed) => "Distributed Map",
            Some(ProcessorMode::Inline) | None => state.type_name(),
        };
        let mut title = vec![detail::excerpt(name), kind.to_owned()];
        title.extend(detail::concurrency(state));
        title.extend(detail::retries(state));
        Frame { id: id.to_owned(), title: title.join(" · "), items }
    }
}

fn node(id: String, shape: Shape, lines: Vec<String>) -> Item {
    Item::Node(Node { id, shape, lines })
}

/// What stands inside a state, so that it is drawn as a frame.
enum Inner<'m> {
    Nothing,
    Frame(InnerScopes<'m>),
}

enum InnerScopes<'m> {
    Branches(&'m [Branch]),
    Processor(&'m ItemProcessor),
}

impl<'m> Inner<'m> {
    fn of(state: &'m State) -> Self {
        match state {
            State::Parallel(parallel) => match parallel.branches.as_deref() {
                None | Some([]) => Self::Nothing,
                Some(branches) => Self::Frame(InnerScopes::Branches(branches)),
            },
            State::Map(map) => match map.processor.as_ref().map(Processor::machine) {
                None => Self::Nothing,
                Some(processor) => Self::Frame(InnerScopes::Processor(processor)),
            },
            State::Task(_)
            | State::Pass(_)
            | State::Choice(_)
            | State::Wait(_)
            | State::Succeed(_)
            | State::Fail(_)
            | State::Unknown(_) => Self::Nothing,
        }
    }
}

/// One way out of a state.
struct Way<'m> {
    to: To<'m>,
    line: Line,
    label: String,
}

#[derive(Clone, Copy)]
enum To<'m> {
    State(&'m str),
    End,
}

impl<'m> To<'m> {
    fn name(self) -> Option<&'m str> {
        match self {
            Self::State(name) => Some(name),
            Self::End => None,
        }
    }
}

/// All ways out of a state in source order, the normal one first.
fn ways(state: &State) -> Vec<Way<'_>> {
    let mut ways = Vec::new();
    let mut add = |to, line, label| ways.push(Way { to, line, label });
    if let Some(transition) = state.transition() {
        if let Some(name) = transition.next() {
            add(To::State(name), Line::Solid, String::new());
        }
        if transition.is_end() {
            add(To::End, Line::Solid, String::new());
        }
    }
    if let State::Choice(choice) = state {
        for rule in choice.choices.iter().flatten() {
            if let Some(name) = &rule.next {
                add(To::State(name), Line::Solid, condition(rule));
            }
        }
        if let Some(name) = &choice.default {
            add(To::State(name), Line::Solid, "default".to_owned());
        }
    }
    if let State::Unknown(unknown) = state
        && let Some(name) = unknown.value.get("Next").and_then(|next| next.as_str())
    {
        add(To::State(name), Line::Solid, String::new());
    }
    for catcher in state.catch() {
        if let Some(name) = &catcher.next {
            add(To::State(name), Line::Dashed, detail::errors(catcher.error_equals.as_deref()));
        }
    }
    ways
}

/// Which markers a scope has.
///
/// The machine has both. A frame is easier to read without, and shows them only where the arrows do not tell by
/// themselves where it begins and ends.
struct Markers {
    start: bool,
    end: bool,
}

impl Markers {
    fn needed(start_at: Option<&str>, states: &States, ways: &[Vec<Way<'_>>], place: Place) -> Self {
        let ends = |ways: &&Vec<Way<'_>>| ways.iter().any(|way| way.to.name().is_none());
        let entered: HashSet<&str> = ways.iter().flatten().filter_map(|way| way.to.name()).collect();
        let is_only_beginning =
            |start: &str| states.names().all(|name| entered.contains(name) != (name == start));
        match place {
            Place::Top => Self { start: true, end: ways.iter().any(|ways| ends(&ways)) },
            Place::Frame => Self {
                start: start_at.is_some_and(|start| !is_only_beginning(start)),
                end: ways.iter().filter(ends).any(|ways| ways.len() > 1),
            },
        }
    }
}

/// Gives each thing an id that is a word in all formats, close to its name.
struct Ids {
    /// How often each word was wanted, in lower case.
    wanted: HashMap<String, usize>,
}

impl Ids {
    /// Words with a meaning in Mermaid or DOT.
    const RESERVED: &'static [&'static str] = &[
        "call",
        "class",
        "classdef",
        "click",
        "default",
        "digraph",
        "direction",
        "edge",
        "end",
        "flowchart",
        "graph",
        "href",
        "interpolate",
        "linkstyle",
        "node",
        "o",
        "strict",
        "style",
        "subgraph",
        "v",
        "x",
    ];
    const LONGEST: usize = 40;

    fn new() -> Self {
        Self { wanted: Self::RESERVED.iter().map(|word| ((*word).to_owned(), 1)).collect() }
    }

    fn take(&mut self, name: &str) -> String {
        let mut word = String::new();
        for c in name.chars().take(Self::LONGEST) {
            if c.is_ascii_alphanumeric() {
                word.push(c);
            } else if !word.is_empty() && !word.ends_with('_') {
                word.push('_');
            }
        }
        let word = match word.trim_end_matches('_') {
            "" => "state".to_owned(),
            word if word.starts_with(|c: char| c.is_ascii_digit()) => format!("state_{word}"),
            word => word.to_owned(),
        };
        let mut id = word.clone();
        loop {
            let wanted = self.wanted.entry(id.to_ascii_lowercase()).or_default();
            *wanted += 1;
            if *wanted == 1 {
                return id;
            }
            // a state may be called `A_2`, so that the new id is asked for like any other
            id = format!("{word}_{wanted}");
        }
    }

    /// An id for what is no state: it ends in a line, as no state's id does, and so takes none from a state.
    fn marker(&mut self, word: &str) -> String {
        let wanted = self.wanted.entry(format!("{word}_")).or_default();
        *wanted += 1;
        if *wanted == 1 { format!("{word}_") } else { format!("{word}_{wanted}_") }
    }
}
