//! The parts of an expression, for whoever walks through it.

use super::ast::{Argument, Expression, Item, Kind, Pair};

/// A part of an expression, and what `$` and plain names mean in it.
#[derive(Debug, Clone, Copy)]
pub struct Child<'a> {
    /// The part.
    pub expression: &'a Expression,
    /// Where it is evaluated.
    pub context: Context,
}

/// What `$` and plain names in a part of an expression refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The same as in the expression around it.
    Outer,
    /// A value that the expression around it goes to: a step of a path after the first, a predicate, what to sort
    /// and to group by, the parts of a transform.
    Inner,
}

impl Expression {
    /// The parts, in the order of the text.
    ///
    /// ```
    /// # use asl_core::syntax::jsonata::{Context, Expression};
    /// let expression = Expression::parse_strict("orders[price > 10]").unwrap();
    /// let contexts: Vec<_> = expression.children().map(|child| child.context).collect();
    /// assert_eq!(contexts, [Context::Outer, Context::Inner]);
    /// ```
    pub fn children(&self) -> impl Iterator<Item = Child<'_>> {
        let mut children = Vec::new();
        self.each_child(&mut |expression, context| children.push(Child { expression, context }));
        children.into_iter()
    }

    /// Calls `visit` for this expression and all inside it, each before its parts.
    ///
    /// The context is [`Outer`](Context::Outer) where `$` still means what it means around the whole expression.
    ///
    /// ```
    /// # use asl_core::syntax::jsonata::{Context, Expression, Kind};
    /// // a workflow gives no input document to plain names, so these are faults
    /// let mut names = Vec::new();
    /// Expression::parse_strict("orders[price > limit].id & $f(unit)").unwrap().walk(&mut |part, context| {
    ///     if let (Kind::Name(name), Context::Outer) = (&part.kind, context) {
    ///         names.push(name.clone());
    ///     }
    /// });
    /// assert_eq!(names, ["orders", "unit"]);
    /// ```
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Self, Context)) {
        self.walk_in(Context::Outer, visit);
    }

    fn walk_in<'a>(&'a self, around: Context, visit: &mut impl FnMut(&'a Self, Context)) {
        visit(self, around);
        for Child { expression, context } in self.children() {
            expression.walk_in(if around == Context::Inner { around } else { context }, visit);
        }
    }

    fn each_child<'a>(&'a self, give: &mut dyn FnMut(&'a Self, Context)) {
        use Context::{Inner, Outer};
        match &self.kind {
            Kind::String(_)
            | Kind::Number(_)
            | Kind::Boolean(_)
            | Kind::Null
            | Kind::Regex(_)
            | Kind::Name(_)
            | Kind::Variable(_)
            | Kind::Context
            | Kind::Root
            | Kind::Wildcard
            | Kind::Descendants
            | Kind::Parent
            | Kind::Invalid => {}
            Kind::Path(steps) => {
                for (place, step) in steps.iter().enumerate() {
                    give(step, if place == 0 { Outer } else { Inner });
                }
            }
            Kind::Filter { target, predicate } => {
                give(target, Outer);
                give(predicate, Inner);
            }
            Kind::KeepArray(target) | Kind::Focus { target, .. } | Kind::Index { target, .. } => {
                give(target, Outer);
            }
            Kind::Sort { target, terms } => {
                give(target, Outer);
                for term in terms {
                    give(&term.by, Inner);
                }
            }
            Kind::GroupBy { target, pairs } => {
                give(target, Outer);
                each_of(pairs, Inner, give);
            }
            Kind::Array(items) => items.iter().for_each(|item| match item {
                Item::Value(value) => give(value, Outer),
                Item::Range { first, last } => {
                    give(first, Outer);
                    give(last, Outer);
                }
            }),
            Kind::Object(pairs) => each_of(pairs, Outer, give),
            Kind::Block(parts) => parts.iter().for_each(|part| give(part, Outer)),
            Kind::Bind { value: inner, .. } | Kind::Lambda { body: inner, .. } | Kind::Negate(inner) => {
                give(inner, Outer);
            }
            Kind::Call { function, arguments } => {
                give(function, Outer);
                for argument in arguments {
                    match argument {
                        Argument::Value(value) => give(value, Outer),
                        Argument::Placeholder(_) => {}
                    }
                }
            }
            Kind::Binary { left, right, .. }
            | Kind::Default { value: left, default: right }
            | Kind::Coalesce { value: left, default: right } => {
                give(left, Outer);
                give(right, Outer);
            }
            Kind::Condition { condition, then, otherwise } => {
                give(condition, Outer);
                give(then, Outer);
                if let Some(otherwise) = otherwise {
                    give(otherwise, Outer);
                }
            }
            Kind::Transform { pattern, update, delete } => {
                give(pattern, Inner);
                give(update, Inner);
                if let Some(delete) = delete {
                    give(delete, Inner);
                }
            }
        }
    }
}

fn each_of<'a>(pairs: &'a [Pair], context: Context, give: &mut dyn FnMut(&'a Expression, Context)) {
    for Pair { key, value } in pairs {
        give(key, context);
        give(value, context);
    }
}
