//! Assignments.

use super::Stage;
use crate::expr::{AslData, Expr, tree};
use crate::flow::{Local, StatementKind};
use crate::syntax::jsonata::{Expression, Kind};

impl Stage {
    /// `place = value;` The place is a local, or a field of one.
    pub fn set<T: AslData>(&mut self, place: &Expr<T>, value: Expr<T>) {
        let set = self.part(place, value);
        self.set_all([set]);
    }

    /// `(a, b) = (…, …);` All values are computed before any place changes.
    pub fn set_all(&mut self, parts: impl IntoIterator<Item = Option<(Local, Expression)>>) {
        let parts: Option<Vec<_>> = parts.into_iter().collect();
        if let Some(parts) = parts {
            self.push(StatementKind::Set(parts));
        }
    }

    /// One of several assignments.
    pub fn part<T: AslData>(&mut self, place: &Expr<T>, value: Expr<T>) -> Option<(Local, Expression)> {
        let set = assigned(place.tree(), value.into_value());
        if set.is_none() {
            self.fault(
                "this place cannot be assigned to: only a local and the fields of one can, not elements of lists and \
                 no fields with a default; make the whole value anew",
            );
        }
        set
    }
}

/// The local, and the whole value that it gets.
fn assigned(place: &Expression, value: Expression) -> Option<(Local, Expression)> {
    match &place.kind {
        Kind::Variable(_) => Some((Local::of(place)?, value)),
        Kind::Path(steps) => {
            let (last, base) = steps.split_last()?;
            let Kind::Name(field) = &last.kind else { return None };
            let base = match base {
                [only] => only.clone(),
                steps => tree::node(Kind::Path(steps.to_vec())),
            };
            let changed = tree::merge([base.clone(), tree::object([(field.as_str(), value)])]);
            assigned(&base, changed)
        }
        _ => None,
    }
}
