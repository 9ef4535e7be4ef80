//! Methods that change a list, a map or a text, and give nothing.

use std::collections::BTreeMap;

use super::{Listed, Stage};
use crate::expr::{self, AslData, Expr};

/// `place.push(element)`
#[diagnostic::on_unimplemented(
    message = "a workflow cannot `push` a `{Element}` to `{Self}`",
    label = "a list takes elements of its type, a text characters"
)]
pub trait Push<Element: AslData>: AslData + Sized {
    #[doc(hidden)]
    fn pushed(place: &Expr<Self>, element: Expr<Element>) -> Expr<Self>;
}

/// `place.extend(more)`
#[diagnostic::on_unimplemented(
    message = "a workflow cannot `extend` `{Self}` by `{Element}`s",
    label = "a list takes elements of its type, a map pairs of key and value",
    note = "a text takes more text: `text.push_str(&more)`"
)]
pub trait Extend<Element: AslData>: AslData + Sized {
    #[doc(hidden)]
    fn extended(place: &Expr<Self>, more: Expr<Vec<Element>>) -> Expr<Self>;
}

/// `place[index] = element`
#[diagnostic::on_unimplemented(
    message = "a workflow cannot assign to a part of `{Self}`",
    label = "elements of a list can be assigned, and keys of a `serde_json::Value`",
    note = "make the whole value anew, and assign it"
)]
pub trait SetElement<Index: AslData, Element: AslData>: AslData + Sized {
    #[doc(hidden)]
    fn changed(place: &Expr<Self>, index: &Expr<Index>, element: Expr<Element>) -> Expr<Self>;
}

impl Stage {
    /// `place.push(element);`
    pub fn push_to<C: Push<E>, E: AslData>(&mut self, place: &Expr<C>, element: Expr<E>) {
        self.set(place, C::pushed(place, element));
    }

    /// `place.push_front(element);`
    pub fn push_front<T: AslData>(&mut self, place: &Expr<Vec<T>>, element: Expr<T>) {
        self.set(place, expr::list([element]).iter().chain(place.iter()).collect());
    }

    /// `place.extend(more);`
    pub fn extend<C: Extend<L::Item>, L: Listed>(&mut self, place: &Expr<C>, more: L) {
        self.set(place, C::extended(place, more.listed()));
    }

    /// `place[index] = element;`
    pub fn set_element<C: SetElement<I, E>, I: AslData, E: AslData>(
        &mut self,
        place: &Expr<C>,
        index: Expr<I>,
        element: Expr<E>,
    ) {
        self.set(place, C::changed(place, &index, element));
    }

    /// `place.clear();`
    pub fn clear<T: AslData + Default>(&mut self, place: &Expr<T>) {
        self.set(place, Expr::from_tree(T::default().literal()));
    }
}

#[diagnostic::do_not_recommend]
impl<T: AslData> Push<T> for Vec<T> {
    fn pushed(place: &Expr<Self>, element: Expr<T>) -> Expr<Self> {
        place.iter().chain(expr::list([element])).collect()
    }
}

#[diagnostic::do_not_recommend]
impl Push<char> for String {
    fn pushed(place: &Expr<Self>, element: Expr<char>) -> Expr<Self> {
        expr::add(place.clone(), Expr::from_tree(element.into_tree()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: AslData> Extend<T> for Vec<T> {
    fn extended(place: &Expr<Self>, more: Expr<Self>) -> Expr<Self> {
        place.iter().chain(more).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<V: AslData> Extend<(String, V)> for BTreeMap<String, V> {
    fn extended(place: &Expr<Self>, more: Expr<Vec<(String, V)>>) -> Expr<Self> {
        place.__asl_merged(&more.iter().collect())
    }
}

#[diagnostic::do_not_recommend]
impl<T: AslData> SetElement<usize, T> for Vec<T> {
    fn changed(place: &Expr<Self>, index: &Expr<usize>, element: Expr<T>) -> Expr<Self> {
        place.__asl_spliced(index, 1, [element])
    }
}

#[diagnostic::do_not_recommend]
impl SetElement<String, Self> for serde_json::Value {
    fn changed(place: &Expr<Self>, key: &Expr<String>, value: Expr<Self>) -> Expr<Self> {
        place.__asl_with(key, value)
    }
}

#[diagnostic::do_not_recommend]
impl SetElement<usize, Self> for serde_json::Value {
    fn changed(place: &Expr<Self>, index: &Expr<usize>, element: Expr<Self>) -> Expr<Self> {
        let list = Expr::<Vec<Self>>::from_tree(place.tree().clone());
        expr::json(list.__asl_spliced(index, 1, [element]))
    }
}
