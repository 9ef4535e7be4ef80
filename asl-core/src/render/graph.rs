//! Machine → nodes, edges and frames: what every picture shows, whatever it is written in.

use std::collections::HashMap;

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

/// A box around other shapes: a Parallel or Map state, or one branch.
///
/// No arrow leads to a frame: one that leads into a Parallel or Map state leads to a point inside it, and one that
/// leads out of it comes from another. Both formats draw arrows to frames, but one of them by a trick that cuts the
/// arrow and the other not in all depths.
pub(super) struct Frame {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) items: Vec<Item>,
}

/// An arrow between nodes.
pub(super) struct Edge {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) line: Line,
    /// Empty where there is nothing to say.
    pub(super) label: String,
    /// Whether it leads from the end of a state to its own beginning.
    pub(super) is_loop: bool,
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
    /// Where a frame is entered or left.
    Point,
}

impl Graph {
    pub(super) fn of(machine: &StateMachine) -> Self {
        let mut walk = Walk { ids: Ids::new(), edges: Vec::new() };
        let doors = Doors { entry: walk.ids.marker("start"), exit: walk.ids.marker("end") };
        let states = machine.states.as_ref();
        let inside = walk.scope(machine.start_at.as_deref(), states, &doors, Place::Top);
        let is_left = walk.edges.iter().any(|edge| edge.to == doors.exit);
        let mut items = vec![node(doors.entry, Shape::Start, vec!["Start".to_owned()])];
        items.extend(inside);
        if is_left {
            items.push(node(doors.exit, Shape::End, vec!["End".to_owned()]));
        }
        Self { items, edges: walk.edges }
    }
}

/// The nodes at which arrows into a state end, and out of it begin: one and the same unless the state is a frame.
///
/// Of a scope, where its arrows come from and where they go in the end.
#[derive(Clone)]
struct Doors {
    entry: String,
    exit: String,
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
    fn scope(
        &mut self,
        start_at: Option<&str>,
        states: Option<&States>,
        doors: &Doors,
        place: Place,
    ) -> Vec<Item> {
        let none = States::new();
        let states = states.unwrap_or(&none);
        let mut known: IndexMap<&str, (String, Doors)> = IndexMap::new();
        for (name, state) in states.iter() {
            let id = self.ids.take(name);
            let doors = match Inner::of(state) {
                Inner::Nothing => Doors { entry: id.clone(), exit: id.clone() },
                Inner::Frame(_) => self.doors(&id),
            };
            known.insert(name, (id, doors));
        }
        let all_ways: Vec<Vec<Way<'_>>> = states.iter().map(|(_, state)| ways(state, place)).collect();
        let named = all_ways.iter().flatten().filter_map(|way| way.to.name());
        for name in start_at.into_iter().chain(named) {
            if !known.contains_key(name) {
                let id = self.ids.take(name);
                known.insert(name, (id.clone(), Doors { entry: id.clone(), exit: id }));
            }
        }

        if let Some(first) = start_at {
            self.edges.push(Edge {
                from: doors.entry.clone(),
                to: known[first].1.entry.clone(),
                line: Line::Solid,
                label: String::new(),
                is_loop: false,
            });
        }
        let mut items = Vec::new();
        for ((name, state), ways) in states.iter().zip(&all_ways) {
            let (id, doors_of_state) = &known[name];
            for way in ways {
                let to = match way.to {
                    To::State(target) => &known[target].1.entry,
                    To::End => &doors.exit,
                };
                self.edges.push(Edge {
                    from: doors_of_state.exit.clone(),
                    to: to.clone(),
                    line: way.line,
                    label: way.label.clone(),
                    is_loop: *to == doors_of_state.entry,
                });
            }
            items.push(match Inner::of(state) {
                Inner::Nothing => Item::Node(detail::node(id.clone(), name, state)),
                Inner::Frame(inner) => Item::Frame(self.frame(id, name, state, &inner, doors_of_state)),
            });
        }
        if known.is_empty() {
            items.push(node(self.ids.marker("none"), Shape::Missing, vec!["no states".to_owned()]));
        }
        for (name, (id, _)) in known.into_iter().skip(states.len()) {
            let lines = vec![detail::label(name), "no such state".to_owned()];
            items.push(node(id, Shape::Missing, lines));
        }
        items
    }

    fn doors(&mut self, frame: &str) -> Doors {
        Doors {
            entry: self.ids.marker(&format!("{frame}_in")),
            exit: self.ids.marker(&format!("{frame}_out")),
        }
    }

    fn frame(
        &mut self,
        id: &str,
        name: &str,
        state: &State,
        inner: &InnerScopes<'_>,
        doors: &Doors,
    ) -> Frame {
        let mut items = vec![node(doors.entry.clone(), Shape::Point, Vec::new())];
        match inner {
            InnerScopes::Branches(branches) => {
                for (index, Branch { start_at, states, .. }) in branches.iter().enumerate() {
                    let title = format!("branch {}", index + 1);
                    let id = self.ids.take(&format!("{id} {title}"));
                    let items_of_branch =
                        self.scope(start_at.as_deref(), states.as_ref(), doors, Place::Frame);
                    items.push(Item::Frame(Frame { id, title, items: items_of_branch }));
                }
            }
            InnerScopes::Processor(ItemProcessor { start_at, states, .. }) => {
                items.extend(self.scope(start_at.as_deref(), states.as_ref(), doors, Place::Frame));
            }
        }
        items.push(node(doors.exit.clone(), Shape::Point, Vec::new()));
        let mode = match inner {
            InnerScopes::Processor(processor) => processor.mode(),
            InnerScopes::Branches(_) => None,
        };
        let kind = match mode {
            Some(ProcessorMode::Distributed) => "Distributed Map",
            Some(ProcessorMode::Inline) | None => state.type_name(),
        };
        let mut title = vec![detail::label(name), kind.to_owned()];
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
fn ways(state: &State, place: Place) -> Vec<Way<'_>> {
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
    // inside a frame the flow goes on after it; at the top the state itself is the end
    if place == Place::Frame && matches!(state, State::Succeed(_)) {
        add(To::End, Line::Solid, String::new());
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
