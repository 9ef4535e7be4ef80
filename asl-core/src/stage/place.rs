//! Assignments.

use super::Stage;
use crate::expr::{AslData, Expr, list};
use crate::flow::{Local, StatementKind};
use crate::syntax::jsonata::{Argument, Expression, Item, Kind, Pair};

/// What has elements that can be assigned.
#[diagnostic::on_unimplemented(
    message = "a workflow cannot assign to a part of `{Self}`",
    label = "only elements of a list can be assigned",
    note = "make the whole value anew, and assign it"
)]
pub trait SetElement<Key: AslData, Value: AslData>: AslData + Sized {
    #[doc(hidden)]
    fn changed(place: &Expr<Self>, key: &Expr<Key>, element: Expr<Value>) -> Expr<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: AslData> SetElement<usize, T> for Vec<T> {
    fn changed(place: &Expr<Self>, index: &Expr<usize>, element: Expr<T>) -> Expr<Self> {
        place.__asl_changed(index, element)
    }
}

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

    /// `list[index] = element;`
    pub fn set_element<C: SetElement<K, V>, K: AslData, V: AslData>(
        &mut self,
        place: &Expr<C>,
        index: Expr<K>,
        element: Expr<V>,
    ) {
        self.set(place, C::changed(place, &index, element));
    }

    /// `list.push(element);`
    pub fn push_to<T: AslData>(&mut self, place: &Expr<Vec<T>>, element: Expr<T>) {
        let longer = place.iter().chain(list([element])).collect::<Vec<T>>();
        self.set(place, longer);
    }

    /// `list.clear();`, of a text or a map as well.
    pub fn clear<T: AslData + Default>(&mut self, place: &Expr<T>) {
        self.set(place, Expr::from_tree(T::default().literal()));
    }

    /// `list.extend(more);`
    pub fn extend<T: AslData>(&mut self, place: &Expr<Vec<T>>, more: impl super::Listed<Item = T>) {
        let longer = place.iter().chain(more.listed()).collect::<Vec<T>>();
        self.set(place, longer);
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
