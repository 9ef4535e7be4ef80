//! Choices that need no state: those that only choose between values, and those that follow another one.

use std::collections::BTreeSet;

use super::compose::{behind, compose};
use super::fault::Fault;
use super::graph::{Edge, Graph, NodeId, NodeKind, Set};
use super::liveness::live;
use super::local::{Local, Locals};
use super::thread::{sweep, thread};
use super::tree::{count_uses, is_cheap, is_pure, put, size, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind};

/// An expression that replaces a state has at most so many parts: beyond that nobody could read it.
const LARGEST: usize = 160;
/// So many rules at most are put into another Choice under a condition.
const MOST_RULES: usize = 4;

/// Turns Choices between values into conditional expressions, here and in scopes inside.
pub(super) fn choose_values(graph: &mut Graph, locals: &mut Locals, faults: &mut Vec<Fault>) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| choose_values(scope, locals, faults));
    }
    while let Some(node) = (0..graph.nodes.len()).find(|node| choose_value(graph, *node, locals)) {
        debug_assert!(!matches!(graph.nodes[node].kind, NodeKind::Choice { .. }));
        thread(graph, faults);
    }
}

fn choose_value(graph: &mut Graph, node: NodeId, locals: &mut Locals) -> bool {
    let NodeKind::Choice { rules, default } = &graph.nodes[node].kind else { return false };
    let mut rules = rules.clone();
    // one always holds, so the last does if none before it did
    let Some(last) = default.clone().or_else(|| rules.pop().map(|(_, edge)| edge)) else { return false };
    if rules.iter().any(|(condition, _)| !is_pure(condition)) {
        return false;
    }
    let edges: Vec<&Edge> = rules.iter().map(|(_, edge)| edge).chain([&last]).collect();
    let returned = |edge: &Edge| match &graph.nodes[edge.target].kind {
        NodeKind::Return(value) => Some(value.clone()),
        _ => None,
    };
    let kind = if edges.iter().all(|edge| returned(edge).is_some()) {
        let mut value_of = |edge: &Edge| {
            returned(edge).map_or_else(|| tree(Kind::Null), |value| behind(&edge.sets, &value, locals))
        };
        let otherwise = value_of(&last);
        let arms = rules.iter().map(|(condition, edge)| (condition.clone(), value_of(edge)));
        let value = conditional(&arms.collect::<Vec<_>>(), otherwise);
        (size(&value) <= LARGEST).then_some(NodeKind::Return(value))
    } else if last.target != node && edges.iter().all(|edge| edge.target == last.target) {
        let wanted = live(graph).swap_remove(last.target);
        conditional_set(&rules, &last, &wanted, locals)
            .map(|set| NodeKind::Jump { sets: vec![set], target: Some(last.target) })
    } else {
        None
    };
    let Some(kind) = kind else { return false };
    graph.nodes[node].kind = kind;
    true
}

/// What a Choice sets, all of whose edges lead to the same place.
fn conditional_set(
    rules: &[(Expression, Edge)],
    last: &Edge,
    wanted: &BTreeSet<Local>,
    locals: &mut Locals,
) -> Option<Set> {
    let mut values_of = |edge: &Edge| {
        let composed = compose(&edge.sets, wanted, locals);
        (!composed.is_torn).then_some(composed.values)
    };
    let otherwise = values_of(last)?;
    let mut arms = Vec::new();
    for (condition, edge) in rules {
        arms.push((condition.clone(), values_of(edge)?));
    }
    let mut set_at_all: Vec<Local> = Vec::new();
    for (local, _) in arms.iter().flat_map(|(_, set)| set).chain(&otherwise) {
        if !set_at_all.contains(local) {
            set_at_all.push(local.clone());
        }
    }
    let value_in = |set: &Set, local: &Local| {
        let set = set.iter().find(|(other, _)| other == local);
        set.map_or_else(|| local.expression(), |(_, value)| value.clone())
    };
    let set: Set = set_at_all
        .into_iter()
        .map(|local| {
            let arms: Vec<_> =
                arms.iter().map(|(condition, set)| (condition.clone(), value_in(set, &local))).collect();
            let value = conditional(&arms, value_in(&otherwise, &local));
            (local, value)
        })
        .collect();
    (set.iter().map(|(_, value)| size(value)).sum::<usize>() <= LARGEST).then_some(set)
}

/// `a ? x : b ? y : z`.
fn conditional(arms: &[(Expression, Expression)], otherwise: Expression) -> Expression {
    arms.iter().rev().fold(otherwise, |otherwise, (condition, then)| {
        if *then == otherwise {
            return otherwise;
        }
        tree(Kind::Condition {
            condition: Box::new(condition.clone()),
            then: Box::new(then.clone()),
            otherwise: Some(Box::new(otherwise)),
        })
    })
}

/// Puts Choices into the Choice that alone leads to them, here and in scopes inside.
pub(super) fn merge(graph: &mut Graph) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut merge);
    }
    while let Some((node, rules, default)) = graph.order().into_iter().find_map(|node| merged(graph, node)) {
        graph.nodes[node].kind = NodeKind::Choice { rules, default };
        sweep(graph);
    }
}

type Merged = (NodeId, Vec<(Expression, Edge)>, Option<Edge>);

fn merged(graph: &Graph, node: NodeId) -> Option<Merged> {
    let NodeKind::Choice { rules, default } = &graph.nodes[node].kind else { return None };
    let arrivals = graph.arrivals();
    let follower = |edge: &Edge| match &graph.nodes[edge.target].kind {
        NodeKind::Choice { rules, default } if edge.target != node && arrivals[edge.target] == 1 => {
            Some((behind_all(rules, &edge.sets)?, default.as_ref().map(|default| after(&edge.sets, default))))
        }
        _ => None,
    };
    if let Some((more, last)) = default.as_ref().and_then(follower) {
        return Some((node, rules.iter().cloned().chain(more).collect(), last));
    }
    for (place, (condition, edge)) in rules.iter().enumerate() {
        let Some((inner, Some(last))) = follower(edge) else { continue };
        if inner.len() > MOST_RULES || !is_pure(condition) || size(condition) > LARGEST / MOST_RULES {
            continue;
        }
        let both = |test: Expression| {
            let (left, right) = (Box::new(condition.clone()), Box::new(test));
            tree(Kind::Binary { operator: BinaryOperator::And, left, right })
        };
        let inner = inner.into_iter().map(|(test, edge)| (both(test), edge));
        let mut all = rules[..place].to_vec();
        all.extend(inner.chain([(condition.clone(), last)]));
        all.extend_from_slice(&rules[place + 1..]);
        return Some((node, all, default.clone()));
    }
    None
}

/// Rules as they read before the sets that lead to them; `None` if work would be repeated.
fn behind_all(rules: &[(Expression, Edge)], sets: &[Set]) -> Option<Vec<(Expression, Edge)>> {
    let mut tests: Vec<Expression> = rules.iter().map(|(test, _)| test.clone()).collect();
    for set in sets.iter().rev() {
        let mut uses = std::collections::BTreeMap::new();
        for test in &tests {
            count_uses(test, &mut uses);
        }
        for (local, value) in set {
            let count = uses.get(local).copied().unwrap_or_default();
            if count > 0 && (!is_pure(value) || (count > 1 && !is_cheap(value))) {
                return None;
            }
        }
        let values = set.iter().cloned().collect();
        tests = tests.iter().map(|test| put(test, &values)).collect();
    }
    Some(tests.into_iter().zip(rules).map(|(test, (_, edge))| (test, after(sets, edge))).collect())
}

/// The edge with more sets before its own.
fn after(sets: &[Set], edge: &Edge) -> Edge {
    Edge::with(sets.iter().chain(&edge.sets).cloned().collect(), edge.target)
}

/// Makes one state of all that fail with the same error, here and in scopes inside.
pub(super) fn join_failures(graph: &mut Graph) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut join_failures);
    }
    let failure = |node: NodeId| match &graph.nodes[node].kind {
        NodeKind::Fail { error, cause } => Some((error, cause, &graph.nodes[node].name)),
        _ => None,
    };
    let first = |node: NodeId| {
        let this = failure(node);
        let earlier = (0..node).find(|other| this.is_some() && failure(*other) == this);
        earlier.unwrap_or(node)
    };
    let targets: Vec<NodeId> = (0..graph.nodes.len()).map(first).collect();
    graph.each_edge_mut(&mut |edge| edge.target = targets[edge.target]);
    sweep(graph);
}
