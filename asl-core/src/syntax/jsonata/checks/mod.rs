//! What is wrong with an expression as a whole, once it is read: the order of what follows a step, literals as steps,
//! and parents that nobody can know.
//!
//! The reference finds these while it turns its tree into paths, so this goes through the parts in that order, with
//! what is left of each after that turn: an [`Outline`].

mod outline;
mod parent;

use std::ops::Range;

use super::ast::{Argument, Expression, Item, Kind, Pair};
use super::error::{ErrorCode, JsonataError};
use outline::{Outline, Shape};
use parent::Climb;

/// Adds what is wrong with the whole expression.
pub(super) fn check(text: &str, expression: &Expression, errors: &mut Vec<JsonataError>) {
    let is_whole = errors.is_empty();
    let mut checks = Checks { text, is_whole, climbs: Vec::new(), errors };
    if is_whole && expression.kind == Kind::Invalid {
        let message = "the expression is empty";
        checks.errors.push(JsonataError::new(ErrorCode::MissingOperand, expression.span.clone(), message));
        return;
    }
    let outline = checks.outline(expression);
    checks.nothing_above(&outline);
}

struct Checks<'a> {
    text: &'a str,
    /// Nothing was wrong so far.
    is_whole: bool,
    /// All `%` of the expression.
    climbs: Vec<Climb>,
    errors: &'a mut Vec<JsonataError>,
}

impl Checks<'_> {
    fn report(&mut self, code: ErrorCode, at: Range<usize>, message: impl Into<String>, help: &str) {
        // two `%` may fail at the same step
        if self.errors.last().is_none_or(|last| last.code != code || last.at != at) {
            self.errors.push(JsonataError::new(code, at, message).help(help));
        }
    }

    fn outline(&mut self, expression: &Expression) -> Outline {
        let span = expression.span.clone();
        match &expression.kind {
            Kind::Path(steps) => self.path(steps, span),
            Kind::Filter { target, predicate } => self.filter(target, predicate, span),
            Kind::Sort { target, terms } => {
                let mut path = self.outline(target).into_path();
                let mut sort = Outline::new(Shape::Sort, operator_span(self.text, target, &span));
                for term in terms {
                    let by = self.outline(&term.by);
                    sort.take_climbs(&by);
                }
                path.push(sort);
                self.climb_from_last(&mut path);
                path
            }
            Kind::GroupBy { target, pairs } => self.group(target, pairs, &span),
            Kind::Focus { target, .. } => self.focus(target, &span),
            Kind::Index { target, .. } => self.outline(target).into_path(),
            Kind::KeepArray(target) => self.outline(target),
            Kind::Name(_) => Outline::new(Shape::Name, span).into_path(),
            Kind::Wildcard => Outline::new(Shape::Name, span),
            Kind::Parent => Outline::new(Shape::Parent(self.new_climb(&span)), span),
            Kind::String(_) => Outline::new(Shape::Text, span),
            Kind::Number(_) | Kind::Boolean(_) | Kind::Null => Outline::new(Shape::Literal, span),
            Kind::Negate(operand) => {
                let inside = self.outline(operand);
                // a negative number is one literal, however often it is negated
                if is_number(operand) {
                    return Outline { span, ..inside };
                }
                let mut outline = Outline::new(Shape::Other, span);
                outline.take_climbs(&inside);
                outline
            }
            Kind::Block(parts) => {
                let mut outline = Outline::new(Shape::Block(None), span);
                let mut last = None;
                for part in parts {
                    let part = self.outline(part);
                    outline.take_climbs(&part);
                    last = Some(Box::new(part));
                }
                outline.shape = Shape::Block(last);
                outline
            }
            Kind::Invalid => {
                // a bracket that is missing too would have been reported
                if self.is_whole && span.start == self.text.len() {
                    let message = "the expression ends where a value is expected";
                    self.errors.push(JsonataError::new(ErrorCode::MissingOperand, span.clone(), message));
                }
                Outline::new(Shape::Other, span)
            }
            Kind::Variable(_) | Kind::Context | Kind::Root | Kind::Descendants | Kind::Regex(_) => {
                Outline::new(Shape::Other, span)
            }
            Kind::Array(_)
            | Kind::Object(_)
            | Kind::Bind { .. }
            | Kind::Lambda { .. }
            | Kind::Call { .. }
            | Kind::Binary { .. }
            | Kind::Condition { .. }
            | Kind::Default { .. }
            | Kind::Coalesce { .. }
            | Kind::Transform { .. } => self.parts(expression),
        }
    }

    /// What is of no step's shape: only the parts matter.
    fn parts(&mut self, expression: &Expression) -> Outline {
        let mut outline = Outline::new(Shape::Other, expression.span.clone());
        // the reference forgets the `%` of these parts
        let forgets = match &expression.kind {
            Kind::Lambda { .. } | Kind::Transform { .. } => true,
            Kind::Binary { operator, .. } => *operator == super::ast::BinaryOperator::Chain,
            _ => false,
        };
        match &expression.kind {
            // the arguments come first
            Kind::Call { function, arguments } => {
                for argument in arguments {
                    if let Argument::Value(value) = argument {
                        let value = self.outline(value);
                        outline.take_climbs(&value);
                    }
                }
                self.outline(function);
            }
            // a range is a part of its own, but what it climbs from is the array's all the same
            Kind::Array(items) => {
                for item in items {
                    let (first, last) = match item {
                        Item::Value(value) => (value, None),
                        Item::Range { first, last } => (first, Some(last)),
                    };
                    for value in [Some(first), last].into_iter().flatten() {
                        let value = self.outline(value);
                        outline.take_climbs(&value);
                    }
                }
            }
            _ => {
                for child in expression.children() {
                    let part = self.outline(child.expression);
                    if !forgets {
                        outline.take_climbs(&part);
                    }
                }
            }
        }
        outline
    }

    fn path(&mut self, steps: &[Expression], span: Range<usize>) -> Outline {
        let mut path: Option<Outline> = None;
        for step in steps {
            let outline = self.outline(step);
            path = Some(match path {
                None => {
                    let climb = if let Shape::Parent(climb) = outline.shape { Some(climb) } else { None };
                    let mut path = outline.into_path();
                    path.climbs.extend(climb);
                    path
                }
                Some(mut path) => {
                    path.append(outline);
                    self.literal_steps(&mut path);
                    self.climb_from_last(&mut path);
                    path
                }
            });
        }
        path.unwrap_or_else(|| Outline::new(Shape::Other, span))
    }

    /// Reports steps that are literals, and makes names of strings.
    fn literal_steps(&mut self, path: &mut Outline) {
        let Shape::Path { steps, checked } = &mut path.shape else { return };
        for step in &mut steps[*checked..] {
            match step.shape {
                Shape::Text => step.shape = Shape::Name,
                Shape::Literal => {
                    let written = &self.text[step.span.clone()];
                    let message = format!("`{written}` cannot be a step of a path");
                    let error = JsonataError::new(ErrorCode::LiteralStep, step.span.clone(), message);
                    self.errors.push(error.help("put it in back ticks if it is the name of a field"));
                }
                _ => {}
            }
        }
        *checked = steps.len();
    }

    fn filter(&mut self, target: &Expression, predicate: &Expression, span: Range<usize>) -> Outline {
        let mut outline = self.outline(target);
        if outline.last().is_grouped {
            let at = operator_span(self.text, target, &span);
            let message = "a predicate cannot follow a group-by";
            self.report(ErrorCode::PredicateAfterGroup, at, message, "put the group-by in parentheses");
        }
        outline.last_mut().is_filtered = true;
        let predicate = self.outline(predicate);
        // a bare `%` here is never looked for
        self.climb_from_predicate(outline.last_mut(), &predicate);
        outline
    }

    fn group(&mut self, target: &Expression, pairs: &[Pair], span: &Range<usize>) -> Outline {
        let mut outline = self.outline(target);
        if outline.is_grouped {
            let at = operator_span(self.text, target, span);
            let message = "a group-by cannot follow another";
            self.report(ErrorCode::SecondGroup, at, message, "put the first in parentheses");
        }
        for Pair { key, value } in pairs {
            self.outline(key);
            self.outline(value);
        }
        outline.is_grouped = true;
        outline
    }

    fn focus(&mut self, target: &Expression, span: &Range<usize>) -> Outline {
        let mut outline = self.outline(target);
        let at = operator_span(self.text, target, span);
        let last = outline.last_mut();
        let fault = if last.is_filtered {
            Some((ErrorCode::FocusAfterPredicate, "`@` cannot follow a predicate"))
        } else if matches!(last.shape, Shape::Sort) {
            Some((ErrorCode::FocusAfterSort, "`@` cannot follow a sort"))
        } else {
            None
        };
        last.is_focus = true;
        if let Some((code, message)) = fault {
            self.report(code, at, message, "bind the variable first: `step@$name[…]`");
        }
        outline
    }
}

/// The bytes of what follows a target, without the white space before it.
fn operator_span(text: &str, target: &Expression, span: &Range<usize>) -> Range<usize> {
    let written = &text[target.span.end..span.end];
    span.end - written.trim_start().len()..span.end
}

fn is_number(expression: &Expression) -> bool {
    match &expression.unmarked().kind {
        Kind::Negate(operand) => is_number(operand),
        kind => matches!(kind, Kind::Number(_)),
    }
}
