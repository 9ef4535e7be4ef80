//! Where a scope begins: nothing is before its first state that could assign something.
//!
//! So what is set before it is put into the first state's fields, and set again where that state is left. Only where
//! this is not possible, because others lead to the first state too, or because a value may be computed once only, a
//! Pass does it.

use std::collections::BTreeMap;

use super::captures::hand_over_also;
use super::compose::{LARGEST, behind, compose, needed, size_of};
use super::control::INPUT;
use super::graph::{Edge, Graph, NO_PLACE, Node, NodeId, NodeKind, Set};
use super::known::{asked, constant};
use super::liveness::{before, live, taken};
use super::local::{Local, Locals};
use super::program::Name;
use super::thread::sweep;
use super::tree::{Values, count_uses, is_cheap, is_pure, put, replace, variable};
use crate::syntax::jsonata::{Expression, Kind};

/// The input of the whole execution, where it is not a state's own.
pub(super) const EXECUTION_INPUT: &str = "#execution";

/// Moves what is set before the first state, here and in scopes inside.
pub(super) fn begin(graph: &mut Graph, locals: &mut Locals) {
    begin_in(graph, locals, true);
}

fn begin_in(graph: &mut Graph, locals: &mut Locals, is_outermost: bool) {
    begin_scope(graph, locals, is_outermost);
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| begin_in(scope, locals, false));
    }
}

fn begin_scope(graph: &mut Graph, locals: &mut Locals, is_outermost: bool) {
    let entry = needed_sets(graph);
    graph.entry.sets = entry;
    enter_loop(graph);
    let first = graph.entry.target;
    if graph.entry.sets.is_empty() || matches!(graph.nodes[first].kind, NodeKind::Return(_)) {
        return;
    }
    if graph.arrivals()[first] == 1 && push(graph, first, locals, is_outermost) {
        return;
    }
    if is_outermost && put_input(graph) {
        return;
    }
    let next = std::mem::replace(&mut graph.entry, Edge::to(graph.nodes.len()));
    let source = graph.nodes[first].source;
    graph.nodes.push(Node { kind: NodeKind::Pass(next), name: Name::Automatic, source, place: NO_PLACE });
}

/// A loop that begins with a Choice is asked for the first time in a Choice of its own, which can set what is set
/// before the loop; what is known before needs no Choice at all.
fn enter_loop(graph: &mut Graph) {
    let first = graph.entry.target;
    let NodeKind::Choice { rules, default: Some(default) } = &graph.nodes[first].kind else { return };
    if graph.entry.sets.is_empty() || graph.arrivals()[first] == 1 || rules.len() > MOST_RULES {
        return;
    }
    let known = |test: &Expression| {
        let sets = graph.entry.sets.iter().rev();
        constant(&sets.fold(test.clone(), |test, set| put(&test, &set.iter().cloned().collect())))
    };
    let answers: Vec<Option<bool>> = rules.iter().map(|(test, _)| known(test)).collect();
    let (rules, default) = asked(rules, Some(default), &answers);
    if let Some(edge) = default.as_ref().filter(|_| rules.is_empty()) {
        graph.entry.sets.extend(edge.sets.iter().cloned());
        graph.entry.target = edge.target;
        graph.entry.sets = needed_sets(graph);
        // what is never asked would count as a way to where it leads
        sweep(graph);
        return;
    }
    let first = Node { kind: NodeKind::Choice { rules, default }, ..graph.nodes[first].clone() };
    graph.entry.target = graph.nodes.len();
    graph.nodes.push(first);
}

/// So many rules at most does a Choice have that is written twice.
const MOST_RULES: usize = 4;

/// The sets of the entry without what nobody needs.
fn needed_sets(graph: &Graph) -> Vec<Set> {
    let live = live(graph);
    needed(&graph.entry.sets, &|local| live.contains(graph.entry.target, local))
}

/// Puts the sets into the first state and onto what leaves it; says whether that was possible.
fn push(graph: &mut Graph, first: NodeId, locals: &mut Locals, is_outermost: bool) -> bool {
    let sets = graph.entry.sets.clone();
    let live = live(graph);
    let is_large = compose(&sets, &|local| live.contains(first, local), locals).is_large;
    let node = &graph.nodes[first];
    if is_large || is_repeated(node, &sets) || !once_only_allow(graph, node, &sets) {
        return false;
    }
    let set_here: Vec<&Local> = sets.iter().flatten().map(|(local, _)| local).collect();
    let mut inside = Values::new();
    let mut handed = Set::new();
    for local in node.scopes().flat_map(|scope| taken(scope).into_iter()) {
        if set_here.contains(&&local) {
            let value = behind(&sets, &local.expression(), locals);
            match elsewhere(&value, is_outermost) {
                Some(value) => {
                    inside.insert(local, value);
                }
                None if is_pure(&value) => handed.push((local, value)),
                None => return false,
            }
        }
    }
    let node = &mut graph.nodes[first];
    if let NodeKind::Effect(effect) = &mut node.kind
        && !handed.is_empty()
    {
        let also = handed.iter().map(|(local, _)| local.clone()).collect();
        hand_over_also(&mut effect.kind, &also, &handed, locals);
    }
    node.each_own_tree_mut(&mut |tree| *tree = behind(&sets, tree, locals));
    node.each_scope_mut(&mut |scope| scope.each_tree_mut(&mut |tree| *tree = put(tree, &inside)));
    node.each_edge_mut(&mut |edge| {
        edge.sets.splice(0..0, sets.iter().cloned());
    });
    graph.entry.sets.clear();
    true
}

/// Whether so much would be written again, in each field and on each edge, that a Pass is the smaller evil.
fn is_repeated(node: &Node, sets: &[Set]) -> bool {
    let mut places = 0;
    node.each_own_tree(&mut |_| places += 1);
    node.each_edge(&mut |_| places += 1);
    sets.len() > 1 && size_of(sets).saturating_mul(places) > LARGEST
}

/// Whether nothing that may be computed once only would be computed more often, or at another time.
fn once_only_allow(graph: &Graph, node: &Node, sets: &[Set]) -> bool {
    let mut impure = sets.iter().flatten().filter(|(_, value)| !is_pure(value)).peekable();
    if impure.peek().is_none() {
        return true;
    }
    let mut uses = BTreeMap::new();
    node.each_own_tree(&mut |tree| count_uses(tree, &mut uses));
    // these are evaluated for each item
    let for_each_item = node.map().into_iter().flat_map(|map| [&map.selector, &map.batch_input]);
    for_each_item.flatten().for_each(|tree| count_uses(tree, &mut uses));
    // what is made of it counts as it
    sets.iter().flatten().for_each(|(_, value)| count_uses(value, &mut uses));
    let count = |local: &Local| uses.get(local).copied().unwrap_or_default();
    let live = live(graph);
    let mut later = std::collections::BTreeSet::new();
    node.each_edge(&mut |edge| later.extend(before(edge, &live)));
    node.scopes().for_each(|scope| later.extend(taken(scope)));
    impure.all(|(local, _)| match &node.kind {
        NodeKind::Fail { .. } => count(local) <= 1,
        NodeKind::Effect(effect) => {
            count(local) == 1 && !later.contains(local) && effect.retry.is_empty() && sets.len() == 1
        }
        // nothing happens between the Choice and what leaves it
        NodeKind::Choice { .. } => count(local) == 0,
        _ => false,
    })
}

/// A value as it can be written in another scope; `None` if it cannot.
fn elsewhere(value: &Expression, is_outermost: bool) -> Option<Expression> {
    let mut names_state = false;
    let mut names_input = false;
    value.walk(&mut |part, _| {
        if let Kind::Variable(name) = &part.kind {
            names_input |= name == INPUT;
            names_state |= name.starts_with('#') && name != INPUT;
        }
    });
    let can = !names_state && is_pure(value) && is_cheap(value) && (is_outermost || !names_input);
    can.then(|| of_execution(value))
}

fn of_execution(value: &Expression) -> Expression {
    replace(value, &|name| (name == INPUT).then(|| variable(EXECUTION_INPUT)))
}

/// Writes the input of the execution wherever it is used, if nothing else is set at the entry.
fn put_input(graph: &mut Graph) -> bool {
    let mut values = Values::new();
    let mut is_set_again = false;
    for (local, value) in graph.entry.sets.iter().flatten() {
        let Some(value) = elsewhere(value, true) else { return false };
        values.insert(local.clone(), value);
    }
    for node in &graph.nodes {
        node.each_edge(&mut |edge| {
            is_set_again |= edge.sets.iter().flatten().any(|(local, _)| values.contains_key(local));
        });
    }
    if is_set_again || graph.entry.sets.len() > 1 {
        return false;
    }
    graph.entry.sets.clear();
    graph.each_tree_mut(&mut |tree| *tree = put(tree, &values));
    true
}
