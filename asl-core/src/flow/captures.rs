//! What iterations of a Map are given: the item, its place, and in distributed maps what they take from outside.

use std::collections::BTreeSet;

use super::control::INPUT;
use super::graph::{Graph, MapWork, NodeKind, Set, Work};
use super::liveness::taken;
use super::local::{Local, Locals};
use super::tree::{Values, object, path, put, variable};
use super::trim::{Uses, trimmed};

/// Completes the Maps of a scope, those inside of others first.
pub(super) fn hand_over(graph: &mut Graph, locals: &mut Locals) {
    for node in &mut graph.nodes {
        node.each_scope_mut(&mut |scope| hand_over(scope, locals));
        if let NodeKind::Effect(effect) = &mut node.kind
            && let Work::Map(map) = &mut effect.kind
        {
            complete(map, &BTreeSet::new(), locals);
        }
    }
}

/// Hands locals to the iterations of a Map that is complete, or to branches, since they cannot be read from there.
pub(super) fn hand_over_also(work: &mut Work, also: &BTreeSet<Local>, values: &Set, locals: &mut Locals) {
    match work {
        Work::Map(map) => {
            map.body.entry.sets.remove(0);
            complete(map, also, locals);
        }
        // branches get the input of the Parallel, so what is made of it can be made there again
        Work::Parallel(branches) => {
            for branch in branches {
                let taken = taken(branch);
                let mut copies = Values::new();
                let mut set = Set::new();
                for (local, value) in values.iter().filter(|(local, _)| taken.contains(local)) {
                    let copy = locals.local(local.name());
                    copies.insert(local.clone(), copy.expression());
                    set.push((copy, value.clone()));
                }
                branch.each_tree_mut(&mut |tree| *tree = put(tree, &copies));
                branch.entry.sets.insert(0, set);
            }
        }
        Work::Task(_) | Work::Wait(_) => {}
    }
}

fn complete(map: &mut MapWork, also: &BTreeSet<Local>, locals: &mut Locals) {
    let mut taken = taken(&map.body);
    taken.remove(&map.item);
    let index = map.index.clone().filter(|index| taken.remove(index));
    let is_distributed = map.distributed.is_some();
    let outer: Vec<Local> =
        taken.into_iter().filter(|local| is_distributed || also.contains(local)).collect();
    let uses = Uses::of(&map.body);
    let mut names = Names(BTreeSet::new());
    let item = names.different(map.item.name());
    let mut fields = Vec::new();
    let mut inside = Vec::new();
    for local in &outer {
        let name = names.different(local.name());
        let copy = locals.local(local.name());
        fields.push((name.clone(), trimmed(&uses, local, local.expression())));
        inside.push((local.clone(), copy, name));
    }
    let copies: Values = inside.iter().map(|(local, copy, _)| (local.clone(), copy.expression())).collect();
    map.body.each_tree_mut(&mut |tree| *tree = put(tree, &copies));

    let batches = map.distributed.as_ref().is_some_and(|distributed| distributed.batches.is_some());
    let of_context = |name: &str| path(variable("states"), &["context", "Map", "Item", name]);
    let mut set = Set::new();
    if batches {
        set.push((map.item.clone(), path(variable(INPUT), &["Items"])));
        for (_, copy, name) in inside {
            set.push((copy, path(variable(INPUT), &["BatchInput", &name])));
        }
        if !fields.is_empty() {
            map.batch_input = Some(object(fields.iter().map(|(name, value)| (name.as_str(), value.clone()))));
        }
    } else if fields.is_empty() && index.is_none() {
        set.push((map.item.clone(), variable(INPUT)));
    } else {
        set.push((map.item.clone(), path(variable(INPUT), &[&item])));
        let mut all = vec![(item, of_context("Value"))];
        if let Some(index) = index {
            let name = names.different(index.name());
            set.push((index, path(variable(INPUT), &[&name])));
            all.push((name, of_context("Index")));
        }
        set.extend(inside.into_iter().map(|(_, copy, name)| (copy, path(variable(INPUT), &[&name]))));
        all.extend(fields);
        map.selector = Some(object(all.iter().map(|(name, value)| (name.as_str(), value.clone()))));
    }
    map.body.entry.sets.insert(0, set);
}

/// Names of fields, each different.
struct Names(BTreeSet<String>);

impl Names {
    fn different(&mut self, name: &str) -> String {
        let mut new = name.to_owned();
        let mut count = 1;
        while !self.0.insert(new.clone()) {
            count += 1;
            new = format!("{name}{count}");
        }
        new
    }
}
