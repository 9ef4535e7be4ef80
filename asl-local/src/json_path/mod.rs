//! Reading and writing at paths, as the service does.
//!
//! `asl_core::syntax` says what a path looks like; here is what it leads to. The service reads paths with the Java
//! library json-path: that is known from the sentences of its errors, which are that library's. So where nobody
//! has recorded what the service does, this does what json-path does, and what of that looks odd has a comment.
//!
//! A path is prepared once, when its machine is, and then read often: [`Select`]. Names and indices are followed
//! without copying anything.

mod prepare;
mod walk;
mod filter;
mod operand;
mod function;
mod order;
mod fault;
pub(crate) mod read;
pub(crate) mod write;

use std::borrow::Cow;

use serde_json::Value;

use crate::data::{Data, Scope};

use filter::Filter;
use function::Call;
use walk::{Budget, Evaluation};

pub(crate) use fault::PathFault;
pub(crate) use order::text_order;

use fault::Miss;

/// A path that is ready to be read.
#[derive(Debug, Clone)]
pub(crate) struct Select {
    written: Box<str>,
    document: Document,
    steps: Vec<Step>,
    /// Whether it leads to one value; else it gives an array of all that it leads to.
    definite: bool,
    /// Whether it is made of names and indices only.
    plain: bool,
}

/// What a path starts from.
#[derive(Debug, Clone, PartialEq)]
enum Document {
    /// `$`.
    Input,
    /// `$$`.
    Context,
    /// `$name`, without its `$`.
    Variable(Box<str>),
}

/// One step of a path.
#[derive(Debug, Clone)]
struct Step {
    /// Written after `..`.
    descendant: bool,
    selector: Selector,
}

#[derive(Debug, Clone)]
enum Selector {
    Name(Box<str>),
    /// Negative counts from the end.
    Index(i64),
    /// `['a', 'b']`.
    Names(Vec<Box<str>>),
    Wildcard,
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    Filter(Box<Filter>),
    /// Other selectors, one after the other.
    Union(Vec<Selector>),
    Function(Call),
}

impl Select {
    /// The path as the definition says it.
    pub(crate) fn written(&self) -> &str {
        &self.written
    }

    /// The value that the path leads to; of a path that may lead to several, an array of them, perhaps empty.
    ///
    /// # Errors
    ///
    /// If a path to one value leads nowhere. The fault is put into words by the field that the path stands in.
    pub(crate) fn select<'s, 'a>(&'s self, scope: &'a dyn Scope) -> Result<Cow<'a, Value>, PathFault<'s>> {
        let fault = |miss| PathFault { select: self, miss };
        let document = self.document(scope).ok_or(fault(Miss::NoVariable))?.json();
        if self.plain {
            return walk::plain(&self.steps, document).map(Cow::Borrowed).map_err(fault);
        }
        let budget = Budget::new();
        let evaluation = Evaluation { document, scope, budget: &budget };
        let found = walk::walk(&self.steps, self.definite, document, &evaluation).map_err(fault)?;
        if self.definite {
            return found.into_iter().next().ok_or(fault(Miss::NoResults));
        }
        let mut values = Vec::with_capacity(found.len());
        for value in found {
            budget.spend_on(&value).map_err(fault)?;
            values.push(value.into_owned());
        }
        Ok(Cow::Owned(Value::Array(values)))
    }

    /// The same as [`Select::select`], shared: a whole document is not copied.
    ///
    /// # Errors
    ///
    /// As for [`Select::select`].
    pub(crate) fn data(&self, scope: &dyn Scope) -> Result<Data, PathFault<'_>> {
        if self.steps.is_empty()
            && let Some(data) = self.document(scope)
        {
            return Ok(data.clone());
        }
        self.select(scope).map(|value| Data::from(value.into_owned()))
    }

    fn document<'a>(&self, scope: &'a dyn Scope) -> Option<&'a Data> {
        match &self.document {
            Document::Input => Some(scope.input()),
            Document::Context => Some(scope.context()),
            Document::Variable(name) => scope.variable(name),
        }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod properties;
