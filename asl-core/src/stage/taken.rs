//! Methods that change a list, a map or an option, and give what was there.

use std::collections::BTreeMap;

use super::Stage;
use crate::expr::{self, AslData, Expr};

/// What is given, and what is then at the place.
#[derive(Debug)]
pub struct Taken<G: AslData, C: AslData> {
    given: Expr<G>,
    left: Expr<C>,
}

/// `place.pop()`, `place.pop_front()`
#[diagnostic::on_unimplemented(
    message = "a workflow cannot `pop` something from `{Self}`",
    label = "only a list has elements that can be taken"
)]
pub trait Pop: AslData + Sized {
    /// What it gives.
    type Given: AslData;

    #[doc(hidden)]
    fn popped(place: &Expr<Self>) -> Taken<Self::Given, Self>;

    #[doc(hidden)]
    fn popped_front(place: &Expr<Self>) -> Taken<Self::Given, Self>;
}

/// `place.remove(key)`
#[diagnostic::on_unimplemented(
    message = "a workflow cannot `remove` something from `{Self}` like this",
    label = "an element of a list is removed by its index, one of a map by its key"
)]
pub trait Remove<Key: AslData>: AslData + Sized {
    /// What it gives.
    type Given: AslData;

    #[doc(hidden)]
    fn removed(place: &Expr<Self>, key: &Expr<Key>) -> Taken<Self::Given, Self>;
}

/// `place.insert(key, value)`
#[diagnostic::on_unimplemented(
    message = "a workflow cannot `insert` something into `{Self}` like this",
    label = "a list takes an index and an element, a map a key and a value"
)]
pub trait Insert<Key: AslData, Value: AslData>: AslData + Sized {
    /// What it gives.
    type Given: AslData;

    #[doc(hidden)]
    fn inserted(place: &Expr<Self>, key: &Expr<Key>, value: Expr<Value>) -> Taken<Self::Given, Self>;
}

/// `place.take()`
#[diagnostic::on_unimplemented(
    message = "a workflow cannot `take` the value of `{Self}`",
    label = "only of an `Option` is something left when its value is taken"
)]
pub trait Take: AslData + Sized {
    #[doc(hidden)]
    fn taken(place: &Expr<Self>) -> Taken<Self, Self>;
}

impl Stage {
    /// `place.pop()`
    pub fn pop<C: Pop>(&mut self, hint: &str, place: &Expr<C>) -> Expr<C::Given> {
        self.give(hint, place, C::popped(place))
    }

    /// `place.pop_back()`
    pub fn pop_back<C: Pop>(&mut self, hint: &str, place: &Expr<C>) -> Expr<C::Given> {
        self.pop(hint, place)
    }

    /// `place.pop_front()`
    pub fn pop_front<C: Pop>(&mut self, hint: &str, place: &Expr<C>) -> Expr<C::Given> {
        self.give(hint, place, C::popped_front(place))
    }

    /// `place.remove(key)`
    pub fn remove<C: Remove<K>, K: AslData>(
        &mut self,
        hint: &str,
        place: &Expr<C>,
        key: Expr<K>,
    ) -> Expr<C::Given> {
        let key = self.hold("key", key);
        self.give(hint, place, C::removed(place, &key))
    }

    /// `place.insert(key, value)`
    pub fn insert<C: Insert<K, V>, K: AslData, V: AslData>(
        &mut self,
        hint: &str,
        place: &Expr<C>,
        key: Expr<K>,
        value: Expr<V>,
    ) -> Expr<C::Given> {
        let key = self.hold("key", key);
        self.give(hint, place, C::inserted(place, &key, value))
    }

    /// `place.take()`
    pub fn take<C: Take>(&mut self, hint: &str, place: &Expr<C>) -> Expr<C> {
        self.give(hint, place, C::taken(place))
    }

    fn give<G: AslData, C: AslData>(&mut self, hint: &str, place: &Expr<C>, taken: Taken<G, C>) -> Expr<G> {
        let given = self.hold(hint, taken.given);
        self.set(place, taken.left);
        given
    }
}

#[diagnostic::do_not_recommend]
impl<T: AslData> Pop for Vec<T> {
    type Given = Option<T>;

    fn popped(place: &Expr<Self>) -> Taken<Option<T>, Self> {
        Taken { given: place.last(), left: place.__asl_between(0, 1) }
    }

    fn popped_front(place: &Expr<Self>) -> Taken<Option<T>, Self> {
        Taken { given: place.first(), left: place.__asl_between(1, 0) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: AslData> Remove<usize> for Vec<T> {
    type Given = T;

    fn removed(place: &Expr<Self>, index: &Expr<usize>) -> Taken<T, Self> {
        Taken { given: expr::index(place.clone(), index.clone()), left: place.__asl_spliced(index, 1, []) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: AslData> Insert<usize, T> for Vec<T> {
    type Given = ();

    fn inserted(place: &Expr<Self>, index: &Expr<usize>, value: Expr<T>) -> Taken<(), Self> {
        Taken { given: expr::lit(()), left: place.__asl_spliced(index, 0, [value]) }
    }
}

#[diagnostic::do_not_recommend]
impl<V: AslData> Remove<String> for BTreeMap<String, V> {
    type Given = Option<V>;

    fn removed(place: &Expr<Self>, key: &Expr<String>) -> Taken<Option<V>, Self> {
        Taken { given: place.get(key.clone()), left: place.__asl_without(key) }
    }
}

#[diagnostic::do_not_recommend]
impl<V: AslData> Insert<String, V> for BTreeMap<String, V> {
    type Given = Option<V>;

    fn inserted(place: &Expr<Self>, key: &Expr<String>, value: Expr<V>) -> Taken<Option<V>, Self> {
        Taken { given: place.get(key.clone()), left: place.__asl_with(key, value) }
    }
}

#[diagnostic::do_not_recommend]
impl<T: AslData<Data = T>> Take for Option<T> {
    fn taken(place: &Expr<Self>) -> Taken<Self, Self> {
        Taken { given: place.clone(), left: expr::none() }
    }
}
