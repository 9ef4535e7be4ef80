//! Iterators: [`Items`], which stands for the elements of a list while they are filtered and changed.
//!
//! JSONata gives the results of `$map` and `$filter` as a sequence, and a sequence of one value is that value, one of
//! none is missing. So the results are put into `[…]`, which makes arrays of them; where the elements are arrays
//! themselves that would join them, and `$reduce` appends one by one instead.

mod elements;
mod parts;

use std::marker::PhantomData;

use super::collection::Collection;
use super::data::{Array, AslData};
use super::number::{Number, arithmetic};
use super::typed::Expr;
use super::unsupported::EffectOfEach;
use super::{binding, tree};
use crate::syntax::jsonata::{BinaryOperator, Expression, Kind};

pub use elements::{Elements, Nested};

/// The elements of a list, one after the other: what [`Iterator`] is in Rust.
///
/// ```
/// # use asl_core::expr::{Expr, gt, lit, mul, variable};
/// let prices: Expr<Vec<u32>> = variable("prices");
/// assert_eq!(
///     prices.iter().map(|price| mul(price, lit(2))).collect::<Vec<_>>().to_jsonata(),
///     "[$map($prices, function($_item){ $_item * 2 })]",
/// );
/// assert_eq!(
///     prices.iter().filter(|price| gt(price, lit(9))).count().to_jsonata(),
///     "$count($filter($prices, function($_item){ $_item > 9 }))",
/// );
/// ```
#[derive(Debug)]
pub struct Items<T: AslData> {
    /// An array, or if it is loose, a sequence, of one value or none too.
    source: Expression,
    is_loose: bool,
    /// The names of an element of the source, and of its index, in the element.
    item: String,
    index: String,
    /// What an element is.
    element: Expression,
    /// Values that are computed once.
    bindings: Vec<(String, Expression)>,
    data: PhantomData<fn() -> T>,
}

/// Not derived: that would want elements that are `Clone`.
impl<T: AslData> Clone for Items<T> {
    fn clone(&self) -> Self {
        Self {
            source: self.source.clone(),
            is_loose: self.is_loose,
            item: self.item.clone(),
            index: self.index.clone(),
            element: self.element.clone(),
            bindings: self.bindings.clone(),
            data: PhantomData,
        }
    }
}

impl<T: AslData> Items<T> {
    /// The elements of an array.
    pub(super) fn of_list(source: Expression) -> Self {
        let item = binding::placeholder();
        Self {
            source,
            is_loose: false,
            element: tree::variable(item.clone()),
            item,
            index: binding::placeholder(),
            bindings: Vec::new(),
            data: PhantomData,
        }
    }

    /// The same with other trees.
    #[doc(hidden)]
    #[must_use]
    pub fn __asl_with(self, change: &mut dyn FnMut(&Expression) -> Expression) -> Self {
        let bindings = self.bindings.iter().map(|(name, value)| (name.clone(), change(value))).collect();
        let (source, element) = (change(&self.source), change(&self.element));
        Self { source, element, bindings, ..self }
    }

    /// The elements made of those of an array.
    pub(super) fn made_of(source: Expression, element: impl FnOnce(Expression) -> Expression) -> Self {
        let items = Self::of_list(source);
        Self { element: element(items.element), ..items }
    }

    fn with_element<U: AslData>(self, element: impl FnOnce(Expression) -> Expression) -> Items<U> {
        let Self { source, is_loose, item, index, bindings, .. } = self;
        let element = element(self.element);
        Items { source, is_loose, item, index, element, bindings, data: PhantomData }
    }

    fn is_plain(&self) -> bool {
        matches!(&self.element.kind, Kind::Variable(name) if *name == self.item)
    }

    /// `build` with the elements as an array, or where arrays cannot be mistaken, as a sequence.
    fn finish(self, build: impl FnOnce(Expression) -> Expression) -> Expression {
        let Self { source, item, index, element, bindings, .. } = self;
        let is_plain = matches!(&element.kind, Kind::Variable(name) if *name == item);
        let value = tree::settled(element, T::SHAPE);
        let list = if is_plain {
            source
        } else if T::SHAPE.array == Array::Never {
            tree::call("map", [source, binding::closed(["item", "index"], [item, index], value)])
        } else {
            let list = binding::placeholder();
            let longer = tree::call("append", [tree::variable(&*list), tree::array([value], T::SHAPE)]);
            let source = if self.is_loose { tree::flat([source]) } else { source };
            reduce(source, [list, item, index], longer)
        };
        bindings
            .into_iter()
            .rev()
            .fold(build(list), |body, (name, value)| binding::bound("list", &name, value, body))
    }

    /// `build` with the elements as an array.
    pub(super) fn finish_list(self, build: impl FnOnce(Expression) -> Expression) -> Expression {
        let is_sequence = if self.is_plain() { self.is_loose } else { T::SHAPE.array == Array::Never };
        self.finish(|list| build(if is_sequence { tree::flat([list]) } else { list }))
    }

    /// The elements of an array that is made of these.
    fn then<U: AslData>(mut self, is_loose: bool, source: impl FnOnce(Expression) -> Expression) -> Items<U> {
        let bindings = std::mem::take(&mut self.bindings);
        let source = self.finish(source);
        Items { is_loose, bindings, ..Items::of_list(source) }
    }

    pub(super) fn then_of_list<U: AslData>(
        mut self,
        is_loose: bool,
        source: impl FnOnce(Expression) -> Expression,
    ) -> Items<U> {
        let bindings = std::mem::take(&mut self.bindings);
        let source = self.finish_list(source);
        Items { is_loose, bindings, ..Items::of_list(source) }
    }

    /// Those for which a test of element and index holds.
    fn kept(self, test: impl FnOnce(Expression, Expression) -> Expression) -> Self {
        if T::SHAPE.array == Array::Never {
            self.then(true, |list| {
                let test = binding::lambda(["item", "index"], |[item, index]| test(item, index));
                tree::call("filter", [list, test])
            })
        } else {
            self.then_of_list(false, |list| {
                let names: [String; 3] = std::array::from_fn(|_| binding::placeholder());
                let [kept, item, index] = names.each_ref().map(|name| tree::variable(&**name));
                let longer = tree::call("append", [kept.clone(), tree::array([item.clone()], T::SHAPE)]);
                let step = tree::condition(test(item, index), longer, kept);
                reduce(list, names, step)
            })
        }
    }

    /// Another element made of each.
    #[must_use]
    pub fn map<U: AslData>(self, change: impl FnOnce(Expr<T>) -> Expr<U>) -> Items<U> {
        self.with_element(|element| {
            binding::bind("item", element, |element| change(Expr::from_tree(element)).into_tree())
        })
    }

    /// Those that meet a condition.
    #[must_use]
    pub fn filter(self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Self {
        self.kept(|item, _| test(Expr::from_tree(item)).into_tree())
    }

    /// What a closure makes of each, without those of which it makes nothing.
    #[must_use]
    pub fn filter_map<U: AslData>(self, change: impl FnOnce(Expr<T>) -> Expr<Option<U>>) -> Items<U> {
        self.map(change).flatten()
    }

    /// The elements of what a closure makes of each.
    #[must_use]
    pub fn flat_map<U: Elements>(self, change: impl FnOnce(Expr<T>) -> U) -> Items<U::Item> {
        self.then_of_list(false, |list| {
            let step = binding::step(["list", "item"], |[list, item]| {
                tree::call(
                    "append",
                    [list, change(Expr::from_tree(item)).into_items().finish_list(|more| more)],
                )
            });
            tree::call("reduce", [list, step, tree::flat([])])
        })
    }

    /// The elements of the elements; of those that are options, the values.
    #[must_use]
    pub fn flatten<U: AslData>(self) -> Items<U>
    where
        T: Nested<Item = U>,
    {
        T::flattened(self)
    }

    /// Each with its index.
    #[must_use]
    pub fn enumerate(self) -> Items<(usize, T)> {
        let items =
            if self.is_plain() && !self.is_loose { self } else { self.then_of_list(false, |list| list) };
        let index = Expr::<usize>::from_tree(tree::variable(&*items.index));
        items.with_element(|element| super::tuple((index, Expr::<T>::from_tree(element))).into_tree())
    }

    /// Pairs with the elements of another list, as many as the shorter one has.
    #[must_use]
    pub fn zip<U: Elements>(mut self, other: U) -> Items<(T, U::Item)> {
        let mut other = other.into_items();
        let mut bindings = std::mem::take(&mut self.bindings);
        bindings.append(&mut other.bindings);
        let (left, right) = (binding::placeholder(), binding::placeholder());
        let lists = [tree::variable(&*left), tree::variable(&*right)];
        bindings.push((left, self.finish_list(|list| list)));
        bindings.push((right, other.finish_list(|list| list)));
        let counts = lists.clone().map(|list| tree::call("count", [list]));
        let shorter = tree::call("min", [tree::flat(counts)]);
        let last = arithmetic(BinaryOperator::Subtract, shorter, tree::number(1.0));
        let pairs = Items::made_of(tree::range(tree::number(0.0), last), |index| {
            let [left, right] = lists.map(|list| tree::element(&list, index.clone()));
            super::tuple((Expr::<T>::from_tree(left), Expr::<U::Item>::from_tree(right))).into_tree()
        });
        Items { bindings, ..pairs }
    }

    /// The last one first.
    #[must_use]
    pub fn rev(self) -> Self {
        self.then_of_list(false, |list| tree::call("reverse", [list]))
    }

    /// The first ones, as many as said.
    #[must_use]
    pub fn take(self, count: Expr<usize>) -> Self {
        self.kept(|_, index| tree::binary(BinaryOperator::Less, index, count.into_tree()))
    }

    /// Those after the first ones.
    #[must_use]
    pub fn skip(self, count: Expr<usize>) -> Self {
        self.kept(|_, index| tree::binary(BinaryOperator::AtLeast, index, count.into_tree()))
    }

    /// These, and then those of another list.
    #[must_use]
    pub fn chain<U: Elements<Item = T>>(self, other: U) -> Self {
        let mut other = other.into_items();
        let mut more = std::mem::take(&mut other.bindings);
        let other = other.finish_list(|list| list);
        let mut joined = self.then_of_list(false, |list| tree::call("append", [list, other]));
        joined.bindings.append(&mut more);
        joined
    }

    /// The same: what is cloned and what is referred to is the same value in JSON.
    #[must_use]
    pub fn cloned(self) -> Self {
        self
    }

    /// The same.
    #[must_use]
    pub fn copied(self) -> Self {
        self
    }

    /// The same.
    #[must_use]
    pub fn into_iter(self) -> Self {
        self
    }

    /// All elements, as a list, a map or a text.
    #[must_use]
    pub fn collect<C: Collection<T>>(self) -> Expr<C> {
        Expr::from_tree(C::collected(self))
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> Expr<usize> {
        Expr::from_tree(self.finish(|list| tree::call("count", [list])))
    }

    /// Whether one of them meets a condition.
    #[must_use]
    pub fn any(self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        let found = self.filter(test).count().into_tree();
        Expr::from_tree(tree::binary(BinaryOperator::Greater, found, tree::number(0.0)))
    }

    /// Whether all of them meet a condition.
    #[must_use]
    pub fn all(self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<bool> {
        let others = self.filter(|item| super::not(test(item))).count().into_tree();
        Expr::from_tree(tree::equal(others, tree::number(0.0)))
    }

    /// The first that meets a condition.
    #[must_use]
    pub fn find(self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<Option<T>> {
        self.filter(test).nth(super::lit(0))
    }

    /// The first thing that a closure makes of one.
    #[must_use]
    pub fn find_map<U: AslData>(self, change: impl FnOnce(Expr<T>) -> Expr<Option<U>>) -> Expr<Option<U>> {
        self.filter_map(change).nth(super::lit(0))
    }

    /// The index of the first that meets a condition.
    #[must_use]
    pub fn position(self, test: impl FnOnce(Expr<T>) -> Expr<bool>) -> Expr<Option<usize>> {
        let items =
            if self.is_plain() && !self.is_loose { self } else { self.then_of_list(false, |list| list) };
        let index = tree::variable(&*items.index);
        let indices: Items<usize> = items.with_element(|element| {
            // `$map` leaves out what is missing
            only_if(test(Expr::from_tree(element)).into_tree(), index)
        });
        indices.nth(super::lit(0))
    }

    /// The one at an index.
    #[must_use]
    pub fn nth(self, index: Expr<usize>) -> Expr<Option<T>> {
        Expr::from_tree(self.finish(|list| tree::element(&list, index.into_tree())))
    }

    /// The first one. Nothing is taken out of the list, as JSONata changes nothing.
    #[must_use]
    pub fn next(self) -> Expr<Option<T>> {
        self.nth(super::lit(0))
    }

    /// The last one.
    #[must_use]
    pub fn last(self) -> Expr<Option<T>> {
        Expr::from_tree(self.finish(|list| tree::element(&list, tree::number(-1.0))))
    }

    /// A value made of all elements, from the first on.
    #[must_use]
    pub fn fold<A: AslData>(self, start: Expr<A>, step: impl FnOnce(Expr<A>, Expr<T>) -> Expr<A>) -> Expr<A> {
        Expr::from_tree(
            self.finish_list(|list| tree::call("reduce", [list, folding(step), start.into_value()])),
        )
    }

    /// Not in a workflow.
    pub fn for_each<U>(self, _: impl FnOnce(Expr<T>) -> U)
    where
        T: EffectOfEach,
    {
    }
}

/// A step that makes of a result and an element the next result.
fn folding<A: AslData, T: AslData>(step: impl FnOnce(Expr<A>, Expr<T>) -> Expr<A>) -> Expression {
    binding::step(["result", "item"], |[result, item]| {
        step(Expr::from_tree(result), Expr::from_tree(item)).into_value()
    })
}

fn reduce(source: Expression, names: [String; 3], step: Expression) -> Expression {
    tree::call(
        "reduce",
        [source, binding::closed_step(["list", "item", "index"], names, step), tree::flat([])],
    )
}

impl<T: Number> Items<T> {
    /// All added up; 0 for none.
    #[must_use]
    pub fn sum<S: SameNumber<T>>(self) -> Expr<S> {
        Expr::from_tree(self.finish_list(|list| tree::call("sum", [list])))
    }

    /// All multiplied; 1 for none.
    #[must_use]
    pub fn product<S: SameNumber<T>>(self) -> Expr<S> {
        Expr::from_tree(self.fold(Expr::from_tree(tree::number(1.0)), super::mul::<T>).into_tree())
    }
}

/// What `sum` and `product` give: the type of the elements.
pub trait SameNumber<T>: AslData {}

#[diagnostic::do_not_recommend]
impl<T: Number> SameNumber<T> for T {}

/// The value if a condition holds, else nothing.
fn only_if(condition: Expression, value: Expression) -> Expression {
    tree::node(Kind::Condition { condition: Box::new(condition), then: Box::new(value), otherwise: None })
}
