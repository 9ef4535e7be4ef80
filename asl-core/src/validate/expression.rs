//! A string of a JSONata state, read once for all rules.

use std::collections::HashSet;
use std::ops::Range;

use crate::syntax::jsonata::{Argument, BinaryOperator, Context, Expression, Item, JsonataError, Kind, Word};
use crate::syntax::{Jsonata, placeholders};

/// What stands before the expression in its string.
const OPEN: &str = "{%";

/// A string of a JSONata state that is an expression, or was meant to be.
pub(super) struct ExpressionText<'m> {
    /// The string, with its delimiters.
    pub(super) text: &'m str,
    read: Option<Read>,
}

struct Read {
    expression: Expression,
    errors: Vec<JsonataError>,
    /// The free variables, in the order of the text.
    free: Vec<Word>,
}

impl<'m> ExpressionText<'m> {
    pub(super) fn new(text: &'m str) -> Self {
        let code = Jsonata::delimited(text).ok().flatten();
        Self { text, read: code.and_then(read) }
    }

    /// The faults of the expression.
    pub(super) fn errors(&self) -> &[JsonataError] {
        self.read.as_ref().map_or(&[], |read| &read.errors)
    }

    /// The expression, if nothing is wrong with it and no placeholder hides what it will be.
    pub(super) fn expression(&self) -> Option<&Expression> {
        self.read.as_ref().filter(|read| read.errors.is_empty()).map(|read| &read.expression)
    }

    /// The free variables of the [expression](Self::expression), in the order of the text.
    pub(super) fn free_variables(&self) -> &[Word] {
        self.read.as_ref().filter(|read| read.errors.is_empty()).map_or(&[], |read| &read.free)
    }

    /// Whether the variable that stands at these bytes of the expression is free.
    pub(super) fn is_free(&self, span: &Range<usize>) -> bool {
        self.free_variables().binary_search_by_key(&span.start, |word| word.span.start).is_ok()
    }

    /// The bytes of the string that are these bytes of the expression.
    pub(super) fn bytes(span: &Range<usize>) -> Range<usize> {
        span.start + OPEN.len()..span.end + OPEN.len()
    }

    /// The functions that the expression calls and does not bind itself, in the order of the text.
    pub(super) fn called(&self) -> Vec<Called<'_>> {
        let mut found: Vec<Called<'_>> = Vec::new();
        let Some(expression) = self.expression() else { return found };
        if self.free_variables().iter().all(|word| word.name == "states") {
            return found;
        }
        // what stands before `~>` is one more argument of the call behind it, unless that makes a function first
        let mut chained: HashSet<Range<usize>> = HashSet::new();
        expression.walk(&mut |part, _| {
            let (function, arguments) = match &part.kind {
                Kind::Call { function, arguments } => {
                    (&**function, arguments.len() + usize::from(chained.contains(&part.span)))
                }
                Kind::Binary { operator: BinaryOperator::Chain, right, .. } => {
                    let right = without_mark(right);
                    let Kind::Call { arguments, .. } = &right.kind else {
                        return found.extend(self.called_as(right, 1));
                    };
                    if arguments.iter().all(|argument| matches!(argument, Argument::Value(_))) {
                        chained.insert(right.span.clone());
                    }
                    return;
                }
                _ => return,
            };
            found.extend(self.called_as(function, arguments));
        });
        found.sort_by_key(|called| called.span.start);
        found
    }

    fn called_as<'e>(&self, function: &'e Expression, arguments: usize) -> Option<Called<'e>> {
        match &function.kind {
            Kind::Variable(name) if self.is_free(&function.span) => {
                Some(Called { name, span: &function.span, arguments })
            }
            _ => None,
        }
    }

    /// The fields that follow each `$states`: `context`, `Task`, `Token` with their bytes in the expression.
    ///
    /// The list ends where something else follows; it is empty for `$states` alone.
    pub(super) fn states_fields(&self) -> Vec<Vec<(&str, Range<usize>)>> {
        let mut found = Vec::new();
        let Some(expression) = self.expression().filter(|_| self.text.contains("$states")) else {
            return found;
        };
        expression.walk(&mut |part, _| {
            if let Kind::Path(steps) = &part.kind
                && let Some((first, fields)) = steps.split_first()
                && let Kind::Variable(name) = &first.kind
                && name == "states"
                && self.is_free(&first.span)
            {
                found.push(fields.iter().map_while(field_of).collect());
            }
        });
        found
    }
}

/// A call of a function by its name, which nothing in the expression binds.
pub(super) struct Called<'e> {
    pub(super) name: &'e str,
    /// The name with its `$`.
    pub(super) span: &'e Range<usize>,
    /// How many arguments it is given.
    pub(super) arguments: usize,
}

/// Reads what stands between the delimiters.
///
/// A placeholder in a text of the expression is text; anywhere else nobody knows what the expression will be.
fn read(code: &str) -> Option<Read> {
    let parsed = Expression::parse(code);
    let mut open: Vec<Range<usize>> = placeholders(code).map(|(at, _)| at).collect();
    if !open.is_empty() {
        parsed.expression.walk(&mut |part, _| {
            if let Kind::String(_) = part.kind {
                open.retain(|at| !(part.span.start <= at.start && at.end <= part.span.end));
            }
        });
    }
    if !open.is_empty() {
        return None;
    }
    let mut free = parsed.expression.free_variables();
    free.sort_by_key(|word| word.span.start);
    Some(Read { expression: parsed.expression, errors: parsed.errors, free })
}

/// The field that a step of a path selects, and its bytes.
fn field_of(step: &Expression) -> Option<(&str, Range<usize>)> {
    match &step.kind {
        Kind::Name(name) | Kind::String(name) => Some((name, step.span.clone())),
        Kind::Filter { target, .. }
        | Kind::KeepArray(target)
        | Kind::Sort { target, .. }
        | Kind::GroupBy { target, .. }
        | Kind::Focus { target, .. }
        | Kind::Index { target, .. } => field_of(target),
        _ => None,
    }
}

/// How an expression uses its free variables.
#[derive(Default)]
pub(super) struct Manner {
    /// Where those begin that are called as functions.
    pub(super) called: HashSet<usize>,
    /// Where those begin whose value may be missing without harm: `$list` in `$append($list, 1)`.
    pub(super) may_be_missing: HashSet<usize>,
    /// The names that `$exists` asks for.
    pub(super) asked_for: Vec<String>,
}

impl Manner {
    pub(super) fn of(expression: &Expression) -> Self {
        let mut manner = Self::default();
        expression.walk(&mut |part, _: Context| manner.look_at(part));
        manner
    }

    fn look_at(&mut self, part: &Expression) {
        match &part.kind {
            Kind::Call { function, arguments } => {
                let Kind::Variable(name) = &function.kind else { return };
                self.called.insert(function.span.start);
                for argument in arguments {
                    let Argument::Value(value) = argument else { continue };
                    match name.as_str() {
                        "exists" => self.asked_for.extend(root(value).map(|(name, _)| name.to_owned())),
                        "append" | "boolean" | "count" => self.allow(value),
                        _ => {}
                    }
                }
            }
            Kind::Binary { operator: BinaryOperator::Concatenate, left, right } => {
                self.allow(left);
                self.allow(right);
            }
            Kind::Binary { operator: BinaryOperator::Chain, right, .. } => {
                let right = without_mark(right);
                if let Kind::Variable(_) = &right.kind {
                    self.called.insert(right.span.start);
                }
            }
            Kind::Condition { condition: asked, .. }
            | Kind::Default { value: asked, .. }
            | Kind::Coalesce { value: asked, .. } => {
                // what is asked for here is known in the branches
                self.asked_for.extend(root(asked).map(|(name, _)| name.to_owned()));
            }
            Kind::Array(items) => {
                for item in items {
                    if let Item::Value(value) = item {
                        self.allow(value);
                    }
                }
            }
            _ => {}
        }
    }

    fn allow(&mut self, value: &Expression) {
        self.may_be_missing.extend(root(value).map(|(_, at)| at));
    }
}

/// What `[]` behind it marks.
fn without_mark(mut expression: &Expression) -> &Expression {
    while let Kind::KeepArray(inner) = &expression.kind {
        expression = inner;
    }
    expression
}

/// The variable that an expression starts from, and where it stands.
fn root(expression: &Expression) -> Option<(&str, usize)> {
    match &expression.kind {
        Kind::Variable(name) => Some((name, expression.span.start)),
        Kind::Path(steps) => root(steps.first()?),
        Kind::Filter { target, .. } | Kind::KeepArray(target) => root(target),
        Kind::Block(parts) => match parts.as_slice() {
            [only] => root(only),
            _ => None,
        },
        _ => None,
    }
}
