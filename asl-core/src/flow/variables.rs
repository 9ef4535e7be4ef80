//! The names of workflow variables: those of the source, unique along each chain of scopes.
//!
//! What an inner scope assigns must have another name than all that the scopes around it assign
//! (`Assign` of the [specification](https://states-language.net/#assigned-variables)); scopes beside each other may
//! use the same names.

use std::collections::{BTreeMap, BTreeSet};

use super::control::INPUT;
use super::effect::RESULT;
use super::entry::EXECUTION_INPUT;
use super::graph::{Graph, NodeKind};
use super::local::Local;
use super::regions::ERROR;
use super::tree::{map_children, path, replace, tree, variable};
use crate::syntax::is_variable_name;
use crate::syntax::jsonata::{Expression, Kind};
use crate::validate::function_names;

/// The names that locals have as variables.
pub(super) struct Variables {
    names: BTreeMap<Local, String>,
}

impl Variables {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut taken: BTreeSet<String> = function_names().map(str::to_owned).collect();
        taken.insert("states".to_owned());
        // what leaves bind themselves would hide a variable of that name
        graph.each_tree(&mut |tree| tree.walk(&mut |part, _| bound_by(part, &mut taken)));
        let mut variables = Self { names: BTreeMap::new() };
        variables.name(graph, &taken);
        variables
    }

    fn name(&mut self, graph: &Graph, taken: &BTreeSet<String>) {
        let mut assigned = BTreeSet::new();
        graph.each_edge(&mut |edge| {
            assigned.extend(edge.sets.iter().flatten().map(|(local, _)| local.clone()));
            edge.each_value(&mut |value| bound_once(value, &mut assigned));
        });
        for node in &graph.nodes {
            node.each_own_tree(&mut |tree| bound_once(tree, &mut assigned));
        }
        let mut taken = taken.clone();
        let mut in_order: Vec<Local> = assigned.into_iter().collect();
        in_order.sort_by_key(Local::number);
        let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
        for local in in_order {
            let base = sanitized(local.name());
            let mut name = base.clone();
            let count = wanted.entry(base.clone()).or_insert(1);
            while !taken.insert(name.clone()) {
                *count += 1;
                name = format!("{base}{count}");
            }
            self.names.insert(local, name);
        }
        for node in &graph.nodes {
            if !matches!(node.kind, NodeKind::Jump { .. }) {
                node.scopes().for_each(|scope| self.name(scope, &taken));
            }
        }
    }

    pub(super) fn name_of(&self, local: &Local) -> Option<&str> {
        self.names.get(local).map(String::as_str)
    }

    /// The tree as it stands in the definition.
    pub(super) fn written(&self, value: &Expression) -> Expression {
        let states = |names: &[&str]| Some(path(variable("states"), names));
        let replaced = replace(value, &|name| match name {
            RESULT => states(&["result"]),
            ERROR => states(&["errorOutput"]),
            INPUT => states(&["input"]),
            EXECUTION_INPUT => states(&["context", "Execution", "Input"]),
            _ => self.names.get(&Local::of_key(name)?).map(|name| variable(name)),
        });
        self.with_bound_names(&replaced)
    }

    fn with_bound_names(&self, value: &Expression) -> Expression {
        let mut inner = map_children(value, &mut |child| self.with_bound_names(child));
        if let Kind::Bind { variable, .. } = &mut inner.kind
            && let Some(name) = Local::of_key(&variable.name).and_then(|local| self.names.get(&local))
        {
            variable.name.clone_from(name);
            return tree(inner.kind);
        }
        if let Kind::Filter { target, predicate } = &inner.kind
            && let Some(shorter) = filtered_step(target, predicate)
        {
            return shorter;
        }
        inner
    }
}

/// `$states.result[0]` for `($states.result)[0]`: the same, since there is one `$states`.
fn filtered_step(target: &Expression, predicate: &Expression) -> Option<Expression> {
    let Kind::Path(steps) = &target.kind else { return None };
    let [first, last] = steps.as_slice() else { return None };
    if !matches!(&first.kind, Kind::Variable(name) if name == "states") {
        return None;
    }
    let (target, predicate) = (Box::new(last.clone()), Box::new(predicate.clone()));
    Some(tree(Kind::Path(vec![first.clone(), tree(Kind::Filter { target, predicate })])))
}

/// The names that a part of a leaf binds.
fn bound_by(part: &Expression, names: &mut BTreeSet<String>) {
    match &part.kind {
        Kind::Lambda { parameters, .. } => {
            names.extend(parameters.iter().map(|parameter| parameter.name.clone()));
        }
        Kind::Bind { variable, .. } | Kind::Focus { variable, .. } | Kind::Index { variable, .. } => {
            names.insert(variable.name.clone());
        }
        _ => {}
    }
}

/// The locals that a tree binds for itself, since they are used several times in it.
fn bound_once(tree: &Expression, locals: &mut BTreeSet<Local>) {
    tree.walk(&mut |part, _| {
        if let Kind::Bind { variable, .. } = &part.kind {
            locals.extend(Local::of_key(&variable.name));
        }
    });
}

/// The longest name of a variable that is made here; AWS takes 80 characters, and a number may follow.
const LONGEST: usize = 70;

fn sanitized(name: &str) -> String {
    let name: String = name
        .trim_start_matches("r#")
        .trim_start_matches(|letter: char| !letter.is_alphabetic())
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { '_' })
        .take(LONGEST)
        .collect();
    if is_variable_name(&name) { name } else { "value".to_owned() }
}
