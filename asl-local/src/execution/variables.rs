use std::rc::Rc;

use super::engine::Engine;
use super::frame::{FrameId, Problem};
use crate::Data;
use crate::data::payload_limit::DATA_LIMIT;
use crate::program::{Name, State};

/// The most that one `Assign` may hold, and so each of its variables, in bytes of JSON text (256 KiB).
const MAX_ASSIGNED: usize = 262_144;

/// The most that all variables of an execution may hold, in bytes of JSON text (10 MiB).
const MAX_VARIABLES: usize = 10 * 1_024 * 1_024;

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

/// The limits are documented. With which error the service refuses more is not; this is the one of other payloads, and
/// the words are ours.
impl Engine {
    /// Why the state cannot assign these variables, if it cannot.
    pub(super) fn too_much_assigned(
        &mut self,
        id: FrameId,
        state: &State,
        assigned: &[(Name, Data)],
    ) -> Option<Problem> {
        if assigned.is_empty() {
            return None;
        }
        let size: usize = assigned.iter().map(|(_, value)| value.size()).sum();
        let refuse = |what: &str, most: usize| {
            let cause = format!(
                "{what} '{}' have a size exceeding the maximum number of bytes service limit ({most}).",
                state.name
            );
            Some(Problem::new(DATA_LIMIT, cause))
        };
        if size > MAX_ASSIGNED {
            return refuse("The variables assigned by the state", MAX_ASSIGNED);
        }
        let run = self.frames[id].run;
        let most = self.runs[run].variables_bytes.saturating_add(size);
        self.runs[run].variables_bytes = most;
        if most <= MAX_VARIABLES {
            return None;
        }
        // what was replaced, or has gone with its branch, was counted too
        let is_replaced = |name: &Name| assigned.iter().any(|(other, _)| other == name);
        let others: usize = self
            .frames
            .iter()
            .filter(|(_, frame)| frame.run == run)
            .flat_map(|(other, frame)| frame.variables.own().iter().map(move |variable| (other, variable)))
            .filter(|(other, (name, _))| *other != id || !is_replaced(name))
            .map(|(_, (_, value))| value.size())
            .sum();
        self.runs[run].variables_bytes = others.saturating_add(size);
        if others.saturating_add(size) > MAX_VARIABLES {
            return refuse("The variables of the execution after the state", MAX_VARIABLES);
        }
        None
    }
}
