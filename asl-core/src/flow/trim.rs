//! Fields: a local of which only fields are used is kept as an object of these fields.

use std::collections::{BTreeMap, BTreeSet};

use super::control::INPUT;
use super::graph::Graph;
use super::local::Local;
use super::tree::{object, path, tree};
use crate::syntax::jsonata::{Expression, Kind, Pair};

/// Beyond so many fields the whole value is kept.
const MOST_FIELDS: usize = 2;

/// Which fields of each local are used; `None` if the whole is.
pub(super) struct Uses(BTreeMap<Local, Option<BTreeSet<String>>>);

impl Uses {
    /// What a scope and those inside it use.
    pub(super) fn of(graph: &Graph) -> Self {
        let mut uses = Self(BTreeMap::new());
        graph.each_tree(&mut |tree| uses.read(tree));
        uses
    }

    /// What one tree uses.
    pub(super) fn in_tree(tree: &Expression) -> Self {
        let mut uses = Self(BTreeMap::new());
        uses.read(tree);
        uses
    }

    fn read(&mut self, tree: &Expression) {
        if let Some((local, field)) = field_of(tree) {
            if let Some(fields) = self.0.entry(local).or_insert_with(|| Some(BTreeSet::new())) {
                fields.insert(field.to_owned());
            }
            if let Kind::Path(steps) = &tree.kind {
                steps.iter().skip(1).for_each(|step| self.read(step));
            }
            return;
        }
        if let Kind::Variable(name) = &tree.kind
            && let Some(local) = Local::of_key(name)
        {
            self.0.insert(local, None);
        }
        for child in tree.children() {
            self.read(child.expression);
        }
    }

    /// The fields of a local that are used; `None` if the whole is, or too many are.
    pub(super) fn fields(&self, local: &Local) -> Option<&BTreeSet<String>> {
        let fields = self.0.get(local)?.as_ref()?;
        (1..=MOST_FIELDS).contains(&fields.len()).then_some(fields)
    }
}

/// The local and the field that a path begins with.
fn field_of(tree: &Expression) -> Option<(Local, &str)> {
    let Kind::Path(steps) = &tree.kind else { return None };
    match (&steps.first()?.kind, &steps.get(1)?.kind) {
        (Kind::Variable(name), Kind::Name(field)) => Some((Local::of_key(name)?, field)),
        _ => None,
    }
}

/// What of a value is kept for a local. A field that the value does not have is not there afterwards either, which
/// only an expression can say: so the object stands in parentheses, and is no payload with fields of its own.
pub(super) fn trimmed(uses: &Uses, local: &Local, value: Expression) -> Expression {
    let Some(fields) = uses.fields(local) else { return value };
    match &value.kind {
        Kind::Object(pairs) => {
            let is_used = |pair: &&Pair| match &pair.key.kind {
                Kind::String(key) => fields.contains(key),
                _ => true,
            };
            tree(Kind::Object(pairs.iter().filter(is_used).cloned().collect()))
        }
        // the input is as large as it is: a shorter text is worth more
        Kind::Variable(name) if name == INPUT => value,
        _ if is_place(&value) => {
            let fields = fields.iter().map(|field| (field.as_str(), path(value.clone(), &[field])));
            tree(Kind::Block(vec![object(fields)]))
        }
        _ => value,
    }
}

/// Whether a tree only says where a value is.
fn is_place(value: &Expression) -> bool {
    match &value.kind {
        Kind::Variable(_) => true,
        Kind::Path(steps) => {
            is_place(&steps[0]) && steps[1..].iter().all(|step| matches!(step.kind, Kind::Name(_)))
        }
        Kind::Filter { target, predicate } => is_place(target) && matches!(predicate.kind, Kind::Number(_)),
        _ => false,
    }
}
