//! Assignments.

use super::Stage;
use crate::expr::{AslData, Expr};
use crate::flow::{Local, StatementKind};
use crate::syntax::jsonata::{Argument, Expression, Item, Kind, Pair};

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
                steps => Expression::new(Kind::Path(steps.to_vec()), 0..0),
            };
            let changed = with_field(&base, field, value);
            assigned(&base, changed)
        }
        _ => None,
    }
}

/// `$merge([base, {field: value}])`
fn with_field(base: &Expression, field: &str, value: Expression) -> Expression {
    let new = |kind| Expression::new(kind, 0..0);
    let pair = Pair { key: new(Kind::String(field.to_owned())), value };
    let parts = vec![Item::Value(base.clone()), Item::Value(new(Kind::Object(vec![pair])))];
    new(Kind::Call {
        function: Box::new(new(Kind::Variable("merge".to_owned()))),
        arguments: vec![Argument::Value(new(Kind::Array(parts)))],
    })
}
