//! Values of locals, put where the locals stand: once each, however often they are used.
//!
//! What is used in several places, and is no small matter, becomes a variable of the expression itself:
//! `( $x := $f($y); $x + $x )`. All of them stand beside each other at the beginning, so a long chain of values is a
//! long list, neither deep nor larger than what it was made of.

use std::collections::{BTreeMap, BTreeSet};

use super::graph::Set;
use super::local::{Local, Locals};
use super::tree::{Values, count_uses, is_cheap, is_deep, is_literal, put, size, tree};
use super::trim::Uses;
use crate::syntax::jsonata::{Expression, Kind, Pair, Word};

/// What locals are set to, one after the other.
pub(super) struct Definitions {
    all: Vec<Definition>,
    /// The definition of each local that holds behind the last set.
    last: BTreeMap<Local, usize>,
}

struct Definition {
    local: Local,
    value: Expression,
    reads: Reads,
}

/// How often locals are used, with the definition that holds there, if there is one.
type Reads = Vec<(Local, usize, usize)>;

impl Definitions {
    pub(super) fn of(sets: &[Set]) -> Self {
        let mut definitions = Self { all: Vec::new(), last: BTreeMap::new() };
        for set in sets {
            let first = definitions.all.len();
            for (local, value) in set {
                let (local, value, reads) = (local.clone(), value.clone(), definitions.reads(value));
                definitions.all.push(Definition { local, value, reads });
            }
            for (index, definition) in definitions.all.iter().enumerate().skip(first) {
                definitions.last.insert(definition.local.clone(), index);
            }
        }
        definitions
    }

    /// The locals, in the order in which they were set last.
    pub(super) fn set_last(&self) -> impl Iterator<Item = &Local> {
        let is_last = |index: usize, local: &Local| self.last.get(local) == Some(&index);
        let all = self.all.iter().enumerate();
        all.filter(move |(index, one)| is_last(*index, &one.local)).map(|(_, one)| &one.local)
    }

    fn reads(&self, value: &Expression) -> Reads {
        let mut uses = BTreeMap::new();
        count_uses(value, &mut uses);
        let known = uses.into_iter().filter_map(|(local, count)| {
            let index = *self.last.get(&local)?;
            Some((local, count, index))
        });
        known.collect()
    }

    /// The tree with the values that its locals have behind the last set.
    pub(super) fn put(&self, value: &Expression, locals: &mut Locals) -> Expression {
        self.put_within(value, usize::MAX, locals).unwrap_or_else(|| value.clone())
    }

    /// As [`put`](Self::put), or nothing if it has more nodes than this.
    pub(super) fn put_within(
        &self,
        value: &Expression,
        most: usize,
        locals: &mut Locals,
    ) -> Option<Expression> {
        let own = self.reads(value);
        let reached = self.reached(&own);
        let mut readers: BTreeMap<usize, Vec<Reader<'_>>> = BTreeMap::new();
        let all = reached.iter().map(|index| (&self.all[*index].value, &self.all[*index].reads));
        for (tree, reads) in all.chain([(value, &own)]) {
            let is_deep = is_deep(tree);
            for (local, count, index) in reads {
                readers.entry(*index).or_default().push(Reader { tree, is_deep, local, count: *count });
            }
        }
        let mut stand_in = BTreeMap::new();
        let mut bound = Vec::new();
        let mut left = most;
        for index in reached {
            let Definition { local, value, reads } = &self.all[index];
            let value = put(value, &values(&stand_in, reads));
            let nodes = size(&value);
            if nodes > left {
                return None;
            }
            if is_put(&value, &readers[&index]) {
                stand_in.insert(index, value);
                continue;
            }
            left -= nodes;
            let once = locals.local(local.name());
            let variable = Word { name: once.key(), span: 0..0 };
            bound.push(tree(Kind::Bind { variable, value: Box::new(value) }));
            stand_in.insert(index, once.expression());
        }
        let inner = put(value, &values(&stand_in, &own));
        if bound.is_empty() {
            return Some(inner);
        }
        bound.push(inner);
        Some(tree(Kind::Block(bound)))
    }

    /// The definitions that these reads are made of, in their order.
    fn reached(&self, reads: &Reads) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut open: Vec<usize> = reads.iter().map(|(_, _, index)| *index).collect();
        while let Some(index) = open.pop() {
            if reached.insert(index) {
                open.extend(self.all[index].reads.iter().map(|(_, _, index)| *index));
            }
        }
        reached
    }
}

/// A tree that uses a definition.
struct Reader<'a> {
    tree: &'a Expression,
    is_deep: bool,
    local: &'a Local,
    count: usize,
}

fn values(stand_in: &BTreeMap<usize, Expression>, reads: &Reads) -> Values {
    let values =
        reads.iter().filter_map(|(local, _, index)| Some((local.clone(), stand_in.get(index)?.clone())));
    values.collect()
}

/// Whether a value is written where it is used, rather than bound.
fn is_put(value: &Expression, readers: &[Reader<'_>]) -> bool {
    if is_literal(value) {
        return true;
    }
    if is_deep(value) || readers.iter().any(|reader| reader.is_deep) {
        return false;
    }
    readers.iter().map(|reader| reader.count).sum::<usize>() == 1
        || is_cheap(value)
        || readers.iter().all(|reader| is_taken_apart(reader.tree, reader.local, value))
}

/// Whether only fields of an object are used, and each costs nothing.
fn is_taken_apart(value: &Expression, local: &Local, of_local: &Expression) -> bool {
    let Kind::Object(pairs) = &of_local.kind else { return false };
    let uses = Uses::in_tree(value);
    uses.fields(local).is_some_and(|fields| {
        fields.iter().all(|field| {
            let is_this = |pair: &&Pair| matches!(&pair.key.kind, Kind::String(key) if key == field);
            pairs.iter().find(is_this).is_some_and(|pair| is_cheap(&pair.value))
        })
    })
}
