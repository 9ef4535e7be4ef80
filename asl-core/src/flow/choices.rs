//! Choices that need no state: those that only choose between values, and those that follow another one.

use std::collections::{BTreeMap, BTreeSet};

use super::compose::{self, behind, compose, size_of};
use super::graph::{Edge, Graph, NodeId, NodeKind, Set};
use super::known::Rules;
use super::liveness::{Live, live};
use super::local::{Local, Locals};
use super::thread::sweep;
use super::tree::{count_uses, is_cheap, is_pure, put, size, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind};

/// An expression that replaces a state has at most so many parts: beyond that nobody could read it.
const LARGEST: usize = 160;
/// So many sets at most are put into each other for a value that replaces a state.
const MOST_SETS: usize = 16;
/// So many rules at most are put into another Choice under a condition.
const MOST_RULES: usize = 4;

/// Turns Choices between values into conditional expressions, here and in scopes inside.
pub(super) fn choose_values(graph: &mut Graph, locals: &mut Locals) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| choose_values(scope, locals));
    }
    // what is needed at a place stays the same, whatever becomes of the Choices before it
    let live = live(graph);
    let mut leading = leading_to(graph);
    let mut open: BTreeSet<NodeId> = (0..graph.nodes.len()).collect();
    while let Some(node) = open.pop_first() {
        if !choose_value(graph, node, &live, locals) {
            continue;
        }
        let is_there = |before: &NodeId| !matches!(graph.nodes[*before].kind, NodeKind::Jump { .. });
        let before: Vec<NodeId> = leading[node].iter().copied().filter(is_there).collect();
        if let NodeKind::Jump { sets, target: Some(target) } = &graph.nodes[node].kind {
            let (sets, target) = (sets.clone(), *target);
            let mut lead_on = |edge: &mut Edge| {
                if edge.target == node {
                    edge.sets.extend(sets.iter().cloned());
                    edge.target = target;
                }
            };
            lead_on(&mut graph.entry);
            for &node in &before {
                graph.nodes[node].each_edge_mut(&mut lead_on);
            }
            leading[target].extend(&before);
        }
        open.extend(before);
    }
    sweep(graph);
}

/// The nodes that lead to each node.
fn leading_to(graph: &Graph) -> Vec<BTreeSet<NodeId>> {
    let mut leading = vec![BTreeSet::new(); graph.nodes.len()];
    for (id, node) in graph.nodes.iter().enumerate() {
        node.each_edge(&mut |edge| {
            leading[edge.target].insert(id);
        });
    }
    leading
}

fn choose_value(graph: &mut Graph, node: NodeId, live: &Live, locals: &mut Locals) -> bool {
    let NodeKind::Choice { rules, default } = &graph.nodes[node].kind else { return false };
    let mut rules = rules.clone();
    // one always holds, so the last does if none before it did
    let Some(last) = default.clone().or_else(|| rules.pop().map(|(_, edge)| edge)) else { return false };
    if rules.iter().any(|(condition, _)| !is_pure(condition)) {
        return false;
    }
    let edges: Vec<&Edge> = rules.iter().map(|(_, edge)| edge).chain([&last]).collect();
    let returned = |edge: &Edge| match &graph.nodes[edge.target].kind {
        NodeKind::Return(value) if edge.sets.len() <= MOST_SETS => Some(value.clone()),
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
        let wanted = |local: &Local| live.contains(last.target, local);
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
    wanted: &dyn Fn(&Local) -> bool,
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
    let mut arrivals = graph.arrivals();
    for node in graph.order() {
        let kind = std::mem::replace(&mut graph.nodes[node].kind, DONE);
        graph.nodes[node].kind = match kind {
            // it may be a part of another by now
            NodeKind::Choice { rules, default } if arrivals[node] > 0 => {
                let (rules, default) = merged(graph, &mut arrivals, rules, default);
                NodeKind::Choice { rules, default }
            }
            kind => kind,
        };
    }
    sweep(graph);
}

/// What stands for a node that is looked at.
const DONE: NodeKind = NodeKind::Jump { sets: Vec::new(), target: None };

/// The rules of a Choice with those of the Choices behind it.
fn merged(
    graph: &mut Graph,
    arrivals: &mut [usize],
    rules: Rules,
    default: Option<Edge>,
) -> (Rules, Option<Edge>) {
    let (mut rules, mut default) = (rules, default);
    while let Some((more, last)) = default.as_ref().and_then(|edge| follower(graph, arrivals, edge, None)) {
        if let Some(edge) = &default {
            arrivals[edge.target] = 0;
        }
        rules.extend(more);
        default = last;
    }
    let mut open: Rules = rules.into_iter().rev().collect();
    let mut done = Rules::new();
    while let Some((condition, edge)) = open.pop() {
        let can_join = is_pure(&condition) && size(&condition) <= LARGEST / MOST_RULES;
        let inner = if can_join { follower(graph, arrivals, &edge, Some(MOST_RULES)) } else { None };
        let Some((inner, Some(last))) = inner else {
            done.push((condition, edge));
            continue;
        };
        arrivals[edge.target] = 0;
        let both = |test: Expression| {
            let (left, right) = (Box::new(condition.clone()), Box::new(test));
            tree(Kind::Binary { operator: BinaryOperator::And, left, right })
        };
        let inner: Rules = inner.into_iter().map(|(test, edge)| (both(test), edge)).collect();
        open.push((condition, last));
        open.extend(inner.into_iter().rev());
    }
    (done, default)
}

/// The rules of the Choice that only this edge leads to, as they read before the edge's sets.
fn follower(
    graph: &Graph,
    arrivals: &[usize],
    edge: &Edge,
    most_rules: Option<usize>,
) -> Option<(Rules, Option<Edge>)> {
    let NodeKind::Choice { rules, default } = &graph.nodes[edge.target].kind else { return None };
    let is_short = most_rules.is_none_or(|most| rules.len() <= most && default.is_some());
    let is_written_again = size_of(&edge.sets).saturating_mul(rules.len()) > compose::LARGEST;
    if arrivals[edge.target] != 1 || !is_short || is_written_again {
        return None;
    }
    let more = behind_all(rules, &edge.sets)?;
    Some((more, default.as_ref().map(|default| after(&edge.sets, default))))
}

/// Rules as they read before the sets that lead to them; `None` if work would be repeated.
fn behind_all(rules: &[(Expression, Edge)], sets: &[Set]) -> Option<Vec<(Expression, Edge)>> {
    let mut tests: Vec<Expression> = rules.iter().map(|(test, _)| test.clone()).collect();
    for set in sets.iter().rev() {
        let mut uses = BTreeMap::new();
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
    let mut known = BTreeMap::new();
    let mut targets: Vec<NodeId> = (0..graph.nodes.len()).collect();
    for (id, node) in graph.nodes.iter().enumerate() {
        if let NodeKind::Fail { error, cause } = &node.kind {
            let failure = (error.to_string(), cause.to_string(), format!("{:?}", node.name));
            targets[id] = *known.entry(failure).or_insert(id);
        }
    }
    graph.each_edge_mut(&mut |edge| edge.target = targets[edge.target]);
    sweep(graph);
}
