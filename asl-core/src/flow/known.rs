//! Conditions whose answer is known: what is never asked needs no state.

use super::compose::size_of;
use super::graph::{Edge, Graph, NodeKind};
use super::thread::{HEAVIEST, lead_on, sweep};
use super::tree::replace;
use crate::syntax::jsonata::{Expression, Kind};

/// The rules of a Choice, in their order.
pub(super) type Rules = Vec<(Expression, Edge)>;

/// What is left of a Choice: what is known not to hold needs no rule, and behind what is known to hold nothing is asked.
/// Without rules, its default is certain. `answers` are those of the rules, as far as they are known.
pub(super) fn asked(
    rules: &Rules,
    default: Option<&Edge>,
    answers: &[Option<bool>],
) -> (Rules, Option<Edge>) {
    let mut kept = Vec::with_capacity(rules.len());
    for ((condition, edge), answer) in rules.iter().zip(answers) {
        match answer {
            None => kept.push((condition.clone(), edge.clone())),
            Some(false) => {}
            Some(true) => return (kept, Some(edge.clone())),
        }
    }
    (kept, default.cloned())
}

/// The answer that a condition gives wherever it stands.
pub(super) fn constant(condition: &Expression) -> Option<bool> {
    match condition.kind {
        Kind::Boolean(holds) => Some(holds),
        _ => None,
    }
}

/// Takes away rules and Choices whose answers are constants, here and in scopes inside. Says whether there were any.
pub(super) fn take_away(graph: &mut Graph) -> bool {
    let mut has_changed = false;
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| has_changed |= take_away(scope));
    }
    let mut certain: Vec<Option<Edge>> = vec![None; graph.nodes.len()];
    for (id, node) in graph.nodes.iter_mut().enumerate() {
        let NodeKind::Choice { rules, default } = &mut node.kind else { continue };
        let answers: Vec<Option<bool>> =
            rules.iter().map(|(condition, _)| constant(&replace(condition, &|_| None))).collect();
        if answers.iter().all(Option::is_none) {
            continue;
        }
        let (kept, otherwise) = asked(rules, default.as_ref(), &answers);
        match otherwise {
            Some(edge) if kept.is_empty() => certain[id] = Some(edge),
            // that none holds is an error of its own
            None if kept.is_empty() => continue,
            otherwise => (*rules, *default) = (kept, otherwise),
        }
        has_changed = true;
    }
    for (node, edge) in graph.nodes.iter_mut().zip(&mut certain) {
        // what is large is set in one place, not on each way that leads here
        if let Some(heavy) = edge.take_if(|edge| size_of(&edge.sets) > HEAVIEST) {
            node.kind = NodeKind::Pass(heavy);
        }
    }
    graph.each_edge_mut(&mut |edge| lead_on(edge, &certain));
    sweep(graph);
    has_changed
}
