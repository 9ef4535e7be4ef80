use std::rc::Rc;

use crate::Data;
use crate::program::Name;

/// The variables of one scope, and of those around it. Shared by all that run within; never changed while shared.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables {
    // few names in most scopes: looking at each is faster than a map
    own: Vec<(Name, Data)>,
    outer: Option<Rc<Variables>>,
}

impl Variables {
    /// An empty scope within another.
    pub(super) fn within(outer: &Rc<Self>) -> Rc<Self> {
        // a scope without variables of its own adds nothing to look through
        let outer = match &outer.outer {
            Some(further) if outer.own.is_empty() => further,
            _ => outer,
        };
        Rc::new(Self { own: Vec::new(), outer: Some(Rc::clone(outer)) })
    }

    pub(super) fn get(&self, name: &str) -> Option<&Data> {
        let mut scope = self;
        loop {
            if let Some((_, value)) = scope.own.iter().find(|(own, _)| **own == *name) {
                return Some(value);
            }
            scope = scope.outer.as_deref()?;
        }
    }

    pub(super) fn assign(&mut self, name: &Name, value: Data) {
        match self.own.iter_mut().find(|(own, _)| own == name) {
            Some((_, former)) => *former = value,
            None => self.own.push((Rc::clone(name), value)),
        }
    }

    /// The names and values of the innermost scope, in the order of their first assignment.
    pub(super) fn own(&self) -> &[(Name, Data)] {
        &self.own
    }
}
