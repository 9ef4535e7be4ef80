//! Variables of an inner scope that have the name of one outside.

use indexmap::IndexMap;

use super::flow::{AT_ONCE, Flow, Variable};
use super::{Assignment, Place, Sight, Variables};

/// A variable that is assigned inside a scope, while a scope around it assigns it too.
pub(in crate::validate) struct Shadowing<'v, 'm> {
    /// The inner assignment.
    pub(in crate::validate) assignment: &'v Assignment<'m>,
    /// A state that assigns the outer one.
    pub(in crate::validate) outer: &'m str,
    /// Whether the inner scope sees the outer variable, and it may have a value by then.
    pub(in crate::validate) is_certain: bool,
}

/// An inner assignment and the scope around it that has the name, with the state of that scope it is inside of.
struct Pair<'v, 'm> {
    assignment: &'v Assignment<'m>,
    holder: Place,
    is_seen: bool,
}

impl<'m> Variables<'m> {
    /// All shadowings, in the order of the walk.
    ///
    /// DIFFERENCE: the documentation wants the names of a scope to differ from all names of the scopes around. The
    /// service was recorded to take a branch that shares a name with a catcher of its own Parallel state, so what
    /// the holding state assigns itself does not count.
    pub(super) fn shadowings(&self) -> Vec<Shadowing<'_, 'm>> {
        let pairs: Vec<Pair<'_, 'm>> = self.assignments.iter().filter_map(|it| self.pair(it)).collect();
        // the variables to follow in each outer scope
        let mut scopes: IndexMap<usize, IndexMap<&str, Vec<usize>>> = IndexMap::new();
        for (index, pair) in pairs.iter().enumerate().filter(|(_, pair)| pair.is_seen) {
            let names = scopes.entry(pair.holder.scope).or_default();
            names.entry(pair.assignment.name).or_default().push(index);
        }
        let mut is_certain = vec![false; pairs.len()];
        for (scope, names) in &scopes {
            let Some(flow) = Flow::of(&self.scopes[*scope]) else { continue };
            let names: Vec<(&&str, &Vec<usize>)> = names.iter().collect();
            for names in names.chunks(AT_ONCE) {
                let variables: Vec<Variable<'_>> = names
                    .iter()
                    .map(|(name, _)| Variable {
                        assignments: self.assignments_of(*scope, name).collect(),
                        asked_in: Vec::new(),
                    })
                    .collect();
                let known = flow.known(&variables);
                for (bit, (_, pairs_of_name)) in names.iter().enumerate() {
                    for index in *pairs_of_name {
                        let at_holder = known[pairs[*index].holder.state];
                        is_certain[*index] = at_holder.is_some_and(|it| it.sometimes & 1 << bit != 0);
                    }
                }
            }
        }
        let all = pairs.iter().zip(is_certain);
        all.map(|(pair, is_certain)| Shadowing {
            assignment: pair.assignment,
            outer: self.outer_state(pair),
            is_certain,
        })
        .collect()
    }

    fn pair<'v>(&'v self, assignment: &'v Assignment<'m>) -> Option<Pair<'v, 'm>> {
        let mut is_seen = true;
        let mut inner = assignment.place.scope;
        for holder in self.around(assignment.place).skip(1) {
            is_seen &= self.scopes[inner].sight == Sight::Seen;
            inner = holder.scope;
            if self.assignments_of(inner, assignment.name).any(|outer| outer.place != holder) {
                return Some(Pair { assignment, holder, is_seen });
            }
        }
        None
    }

    fn outer_state(&self, pair: &Pair<'_, 'm>) -> &'m str {
        let mut outer = self.assignments_of(pair.holder.scope, pair.assignment.name);
        outer.find(|outer| outer.place != pair.holder).map_or("", |outer| self.state_name(outer.place))
    }

    /// The assignments of a variable of a scope.
    pub(super) fn assignments_of(&self, scope: usize, name: &str) -> impl Iterator<Item = &Assignment<'m>> {
        let indices = self.scopes[scope].assigned.get(name).map_or(&[][..], Vec::as_slice);
        indices.iter().map(|index| &self.assignments[*index])
    }
}
