//! What derived code calls to read and to build structs and enums. It changes without notice.

use super::data::AslData;
use super::tree;
use super::typed::Expr;
use crate::syntax::jsonata::{Expression, Kind};

thread_local! {
    static DEPTH: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
    static CALLS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many functions may be called within each other; more call themselves.
const DEEPEST: usize = 48;

/// How many functions one expression may call; functions that call each other twice would go on for ever.
const MOST_CALLS: usize = 10_000;

/// The expression of a function, unless functions call each other without end: then one that fails.
pub fn call<T: AslData>(name: &str, body: impl FnOnce() -> Expr<T>) -> Expr<T> {
    let depth = DEPTH.with(|depth| depth.replace(depth.get() + 1));
    let calls = CALLS.with(|calls| calls.replace(if depth == 0 { 1 } else { calls.get() + 1 }));
    let expression = if depth < DEEPEST && (depth == 0 || calls < MOST_CALLS) {
        body()
    } else {
        let message = format!("the function `{name}` calls itself");
        Expr::from_tree(tree::call("error", [tree::string(message)]))
    };
    DEPTH.with(|current| current.set(depth));
    expression
}

/// What no value has been given yet.
#[must_use]
pub fn unset() -> Expression {
    tree::node(Kind::Invalid)
}

/// A field of an object.
#[must_use]
pub fn field<T: AslData>(base: &Expression, name: &str) -> Expr<T> {
    Expr::from_tree(tree::field(base, name))
}

/// A field of an object that may be left out.
#[must_use]
pub fn field_or<T: AslData>(base: &Expression, name: &str, default: Expression) -> Expr<T> {
    let value = tree::field(base, name);
    if T::SHAPE.may_be_missing && default.kind == Kind::Null {
        return Expr::from_tree(value);
    }
    Expr::from_tree(tree::condition(tree::call("exists", [value.clone()]), value, default))
}

/// An object without fields of some names: what flattened fields leave over.
#[must_use]
pub fn rest<T: AslData>(base: &Expression, names: &[&str]) -> Expr<T> {
    let names = tree::flat(names.iter().map(|name| tree::string(*name)));
    Expr::from_tree(super::map::sifted(base, |key| {
        tree::not(tree::binary(crate::syntax::jsonata::BinaryOperator::In, key, names))
    }))
}

/// The element of an array.
#[must_use]
pub fn element<T: AslData>(base: &Expression, index: u32) -> Expr<T> {
    Expr::from_tree(tree::element(base, tree::number(f64::from(index))))
}

/// The elements of a tuple.
#[must_use]
pub fn elements<const N: usize>(parts: [(Expression, super::Shape); N]) -> Expression {
    super::types::elements(parts)
}

/// Null.
#[must_use]
pub fn null() -> Expression {
    tree::null()
}

/// A text.
#[must_use]
pub fn string(text: &str) -> Expression {
    tree::string(text)
}

/// Whether the value is a text: a variant without fields.
#[must_use]
pub fn is(value: &Expression, text: &str) -> Expr<bool> {
    Expr::from_tree(tree::equal(value.clone(), tree::string(text)))
}

/// Whether a field is a text: the tag of a variant.
#[must_use]
pub fn tag_is(value: &Expression, tag: &str, text: &str) -> Expr<bool> {
    Expr::from_tree(tree::equal(tree::field(value, tag), tree::string(text)))
}

/// Whether there is a field, null or not.
#[must_use]
pub fn has(value: &Expression, name: &str) -> Expr<bool> {
    Expr::from_tree(tree::call("exists", [tree::field(value, name)]))
}

/// Whether JSONata says that the value is of a type.
#[must_use]
pub fn is_type(value: &Expression, name: &str) -> Expr<bool> {
    Expr::from_tree(tree::equal(tree::call("type", [value.clone()]), tree::string(name)))
}

/// The value of a field of an object.
#[must_use]
pub fn inside(base: &Expression, name: &str) -> Expression {
    tree::field(base, name)
}

/// When a field is left out.
#[derive(Debug, Clone, Copy)]
pub enum LeftOut {
    /// `Option::is_none`
    None,
    /// `String::is_empty`
    EmptyText,
    /// `Vec::is_empty`
    EmptyList,
    /// `BTreeMap::is_empty` and its like.
    EmptyMap,
}

/// An object that is built field by field.
#[derive(Debug, Default)]
#[must_use]
pub struct Object {
    /// Objects, one to be merged into the other; the last one may grow.
    parts: Vec<Expression>,
    fields: Vec<(String, Expression)>,
}

impl Object {
    /// Without fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more field.
    pub fn put<T: AslData>(mut self, name: &str, value: &Expr<T>) -> Self {
        self.fields.push((name.to_owned(), value.clone().into_value()));
        self
    }

    /// With one more field, that is a text.
    pub fn tag(mut self, name: &str, text: &str) -> Self {
        self.fields.push((name.to_owned(), tree::string(text)));
        self
    }

    /// With one more field, whatever it is.
    pub fn put_tree(mut self, name: &str, value: Expression) -> Self {
        self.fields.push((name.to_owned(), value));
        self
    }

    /// With one more field unless it is to be left out.
    pub fn put_unless<T: AslData>(self, name: &str, value: &Expr<T>, left_out: LeftOut) -> Self {
        let tree = value.tree();
        let count = |name: &str, value: Expression| tree::equal(tree::call(name, [value]), tree::number(0.0));
        let is_put = match left_out {
            LeftOut::None => tree::is_present(tree.clone()),
            LeftOut::EmptyText => tree::not(tree::equal(tree.clone(), tree::string(""))),
            LeftOut::EmptyList => tree::not(count("count", tree.clone())),
            LeftOut::EmptyMap => tree::not(tree::equal(tree.clone(), tree::empty_object())),
        };
        match is_put.kind {
            Kind::Boolean(true) => self.put_tree(name, tree.clone()),
            Kind::Boolean(false) => self,
            _ => {
                let field = tree::object([(name.to_owned(), tree.clone())]);
                self.merge(tree::condition(is_put, field, tree::empty_object()))
            }
        }
    }

    /// With the fields of a value that serde flattens.
    pub fn flatten<T: AslData>(self, value: &Expr<T>) -> Self {
        let tree = value.tree().clone();
        self.merge(if matches!(tree.kind, Kind::Object(_)) { tree } else { T::rebuilt(tree) })
    }

    /// With the fields of another object.
    pub fn merge(mut self, other: Expression) -> Self {
        if let Kind::Object(pairs) = other.kind {
            for pair in pairs {
                if let Kind::String(key) = pair.key.kind {
                    self.fields.push((key, pair.value));
                }
            }
            return self;
        }
        self.close();
        self.parts.push(other);
        self
    }

    fn close(&mut self) {
        if !self.fields.is_empty() {
            self.parts.push(tree::object(std::mem::take(&mut self.fields)));
        }
    }

    /// The object.
    #[must_use]
    pub fn finish(mut self) -> Expression {
        if self.parts.is_empty() {
            return tree::object(self.fields);
        }
        self.close();
        tree::merge(self.parts)
    }
}
