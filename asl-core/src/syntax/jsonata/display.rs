//! Writes an expression, in one line and one way.
//!
//! Reading gives parentheses a node of their own, so a tree that was read needs no others. A tree made by hand may,
//! and gets them where its parts would be read otherwise.

use std::fmt::{self, Display, Formatter, Write};

use super::ast::{Argument, BinaryOperator, Expression, Item, Kind, Pair, Regex, SortTerm, Word};
use super::token::Operator;

/// The powers of the operators before and after a place: what stands there must hold together against both.
#[derive(Clone, Copy)]
struct Between {
    before: u8,
    after: u8,
}

impl Between {
    /// Inside brackets.
    const NOTHING: Self = Self { before: 0, after: 0 };

    fn followed_by(self, after: u8) -> Self {
        Self { after, ..self }
    }

    fn following(self, before: u8) -> Self {
        Self { before, ..self }
    }
}

impl Display for Expression {
    /// Writes the expression so that reading it gives an equal one.
    ///
    /// ```
    /// # use asl_core::syntax::jsonata::Expression;
    /// let expression = Expression::parse_strict("$sum( items [ price>10 ] . `unit price` )/2").unwrap();
    /// assert_eq!(expression.to_string(), "$sum(items[price > 10].`unit price`) / 2");
    /// ```
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_between(f, self, Between::NOTHING)
    }
}

/// The power of the operator that makes the kind, and whether its right side takes all operators that follow.
fn power(kind: &Kind) -> Option<(u8, Right)> {
    Some(match kind {
        Kind::Path(_) => (Operator::Dot.power(), Right::Takes(Operator::Dot.power())),
        Kind::Filter { .. } | Kind::KeepArray(_) => (Operator::OpenBracket.power(), Right::Closed),
        Kind::Focus { .. } | Kind::Index { .. } => (Operator::At.power(), Right::Closed),
        Kind::Call { .. } => (Operator::OpenParenthesis.power(), Right::Closed),
        Kind::GroupBy { .. } => (Operator::OpenBrace.power(), Right::Closed),
        Kind::Sort { .. } => (Operator::Caret.power(), Right::Closed),
        Kind::Bind { .. } => (Operator::Assign.power(), Right::Takes(0)),
        Kind::Condition { .. } => (Operator::Question.power(), Right::Takes(0)),
        Kind::Default { .. } | Kind::Coalesce { .. } => (Operator::Default.power(), Right::Takes(0)),
        Kind::Binary { operator, .. } => (binary_power(*operator), Right::Takes(binary_power(*operator))),
        // it stands at the start, where nothing before matters
        Kind::Negate(_) => (u8::MAX, Right::Takes(NEGATE)),
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
        | Kind::Array(_)
        | Kind::Object(_)
        | Kind::Block(_)
        | Kind::Lambda { .. }
        | Kind::Transform { .. }
        | Kind::Invalid => return None,
    })
}

enum Right {
    /// It ends in a bracket or a word.
    Closed,
    /// It ends in an expression that takes operators of more than this power.
    Takes(u8),
}

const NEGATE: u8 = 70;

fn binary_power(operator: BinaryOperator) -> u8 {
    match operator {
        BinaryOperator::Or => 25,
        BinaryOperator::And => 30,
        BinaryOperator::In
        | BinaryOperator::Equal
        | BinaryOperator::NotEqual
        | BinaryOperator::Less
        | BinaryOperator::AtMost
        | BinaryOperator::Greater
        | BinaryOperator::AtLeast
        | BinaryOperator::Chain => 40,
        BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::Concatenate => 50,
        BinaryOperator::Multiply | BinaryOperator::Divide | BinaryOperator::Remainder => 60,
    }
}

fn write_between(f: &mut Formatter<'_>, expression: &Expression, place: Between) -> fmt::Result {
    let is_loose = power(&expression.kind).is_some_and(|(power, right)| {
        power <= place.before || matches!(right, Right::Takes(taken) if taken < place.after)
    });
    if is_loose {
        return in_parentheses(f, expression);
    }
    match &expression.kind {
        Kind::String(text) => write_string(f, text),
        Kind::Number(number) => write_number(f, *number),
        Kind::Boolean(value) => write!(f, "{value}"),
        Kind::Null => f.write_str("null"),
        Kind::Regex(regex) => regex.fmt(f),
        Kind::Name(name) => write_name(f, name),
        Kind::Variable(name) => write!(f, "${name}"),
        Kind::Context => f.write_str("$"),
        Kind::Root => f.write_str("$$"),
        Kind::Wildcard => f.write_str("*"),
        Kind::Descendants => f.write_str("**"),
        Kind::Parent => f.write_str("%"),
        Kind::Invalid => Ok(()),
        Kind::Array(items) => in_brackets(f, "[", items, "]"),
        Kind::Object(pairs) => in_brackets(f, "{", pairs, "}"),
        Kind::Block(parts) => {
            f.write_str("(")?;
            separated(f, parts, "; ")?;
            f.write_str(")")
        }
        Kind::Lambda { parameters, signature, body } => {
            in_brackets(f, "function(", parameters, ")")?;
            match signature {
                Some(signature) => write!(f, "{signature}{{ {body} }}"),
                None => write!(f, "{{ {body} }}"),
            }
        }
        Kind::Transform { pattern, update, delete } => {
            write!(f, "|{pattern}|{update}")?;
            delete.iter().try_for_each(|delete| write!(f, ", {delete}"))?;
            f.write_str("|")
        }
        Kind::Negate(operand) => {
            f.write_str("-")?;
            write_between(f, operand, place.following(NEGATE))
        }
        _ => write_operator(f, &expression.kind, place),
    }
}

fn write_operator(f: &mut Formatter<'_>, kind: &Kind, place: Between) -> fmt::Result {
    let (power, _) = power(kind).unwrap_or((0, Right::Closed));
    let left = place.followed_by(power);
    match kind {
        Kind::Path(steps) => {
            for (index, step) in steps.iter().enumerate() {
                f.write_str(if index == 0 { "" } else { "." })?;
                let inner = if index == 0 { place } else { place.following(power) };
                let is_last = index + 1 == steps.len();
                if is_literal(step) {
                    in_parentheses(f, step)?;
                } else {
                    write_between(f, step, if is_last { inner } else { inner.followed_by(power) })?;
                }
            }
            Ok(())
        }
        Kind::Filter { target, predicate } => {
            write_between(f, target, left)?;
            write!(f, "[{predicate}]")
        }
        Kind::KeepArray(target) => {
            write_between(f, target, left)?;
            f.write_str("[]")
        }
        Kind::Focus { target, variable } => {
            write_between(f, target, left)?;
            write!(f, "@{variable}")
        }
        Kind::Index { target, variable } => {
            write_between(f, target, left)?;
            write!(f, "#{variable}")
        }
        Kind::Call { function, arguments } => {
            write_between(f, function, left)?;
            in_brackets(f, "(", arguments, ")")
        }
        Kind::GroupBy { target, pairs } => {
            write_between(f, target, left)?;
            in_brackets(f, "{", pairs, "}")
        }
        Kind::Sort { target, terms } => {
            write_between(f, target, left)?;
            in_brackets(f, "^(", terms, ")")
        }
        Kind::Bind { variable, value } => {
            write!(f, "{variable} := ")?;
            write_between(f, value, Between { before: power - 1, after: place.after })
        }
        Kind::Condition { condition, then, otherwise } => {
            write_between(f, condition, left)?;
            f.write_str(" ? ")?;
            let Some(otherwise) = otherwise else { return write!(f, "{then}") };
            write_before_colon(f, then)?;
            write!(f, " : {otherwise}")
        }
        Kind::Default { value, default } => {
            write_between(f, value, left)?;
            write!(f, " ?: {default}")
        }
        Kind::Coalesce { value, default } => {
            write_between(f, value, left)?;
            write!(f, " ?? {default}")
        }
        Kind::Binary { operator, left: first, right: second } => {
            // after these a slash would start a regular expression
            if *operator == BinaryOperator::Divide && opens_regex_after(first) {
                in_parentheses(f, first)?;
            } else {
                write_between(f, first, left)?;
            }
            write!(f, " {} ", operator.symbol())?;
            write_between(f, second, place.following(power))
        }
        // written above
        _ => Ok(()),
    }
}

fn in_parentheses(f: &mut Formatter<'_>, expression: &Expression) -> fmt::Result {
    write!(f, "({expression})")
}

/// Whether the expression may not be a step as it stands.
fn is_literal(expression: &Expression) -> bool {
    match &expression.kind {
        Kind::Negate(operand) => is_literal(operand),
        kind => matches!(kind, Kind::Number(_) | Kind::Boolean(_) | Kind::Null),
    }
}

/// What the expression ends in, if it does not end in a bracket of its own.
fn right_edge(expression: &Expression) -> Option<&Expression> {
    match &expression.kind {
        Kind::Path(steps) => steps.last(),
        Kind::Negate(right)
        | Kind::Binary { right, .. }
        | Kind::Bind { value: right, .. }
        | Kind::Default { default: right, .. }
        | Kind::Coalesce { default: right, .. } => Some(right),
        Kind::Condition { then, otherwise, .. } => Some(otherwise.as_ref().unwrap_or(then)),
        _ => None,
    }
}

fn edges(expression: &Expression) -> impl Iterator<Item = &Expression> {
    std::iter::successors(Some(expression), |expression| right_edge(expression))
}

/// A condition without `:` at the end would take the one that follows.
fn write_before_colon(f: &mut Formatter<'_>, expression: &Expression) -> fmt::Result {
    let takes_colon = |edge: &Expression| matches!(edge.kind, Kind::Condition { otherwise: None, .. });
    if edges(expression).any(takes_colon) { in_parentheses(f, expression) } else { expression.fmt(f) }
}

/// Whether the expression ends in a bracket after which the reference takes a slash for a regular expression.
fn opens_regex_after(expression: &Expression) -> bool {
    edges(expression).last().is_some_and(|edge| {
        matches!(
            edge.kind,
            Kind::KeepArray(_) | Kind::Sort { .. } | Kind::Lambda { .. } | Kind::Transform { .. }
        )
    })
}

fn in_brackets(f: &mut Formatter<'_>, open: &str, items: &[impl Display], close: &str) -> fmt::Result {
    f.write_str(open)?;
    separated(f, items, ", ")?;
    f.write_str(close)
}

fn separated(f: &mut Formatter<'_>, items: &[impl Display], separator: &str) -> fmt::Result {
    for (place, item) in items.iter().enumerate() {
        f.write_str(if place == 0 { "" } else { separator })?;
        item.fmt(f)?;
    }
    Ok(())
}

/// In single quotes, which need no escape inside a JSON string; double quotes only around a single one, which
/// cannot be escaped.
fn write_string(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    f.write_char(quote)?;
    for character in text.chars() {
        match character {
            '\\' => f.write_str("\\\\")?,
            '"' if quote == '"' => f.write_str("\\\"")?,
            '\u{8}' => f.write_str("\\b")?,
            '\u{c}' => f.write_str("\\f")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            character if character < ' ' => write!(f, "\\u{:04x}", u32::from(character))?,
            character => f.write_char(character)?,
        }
    }
    f.write_char(quote)
}

/// In digits, unless there are too many to read.
fn write_number(f: &mut Formatter<'_>, number: f64) -> fmt::Result {
    if number == 0.0 || (1e-6..1e21).contains(&number.abs()) {
        write!(f, "{number}")
    } else {
        write!(f, "{number:e}")
    }
}

/// In back ticks only where it would be read otherwise without.
fn write_name(f: &mut Formatter<'_>, name: &str) -> fmt::Result {
    let starts_otherwise = name.starts_with(|first: char| first.is_ascii_digit() || "\"'`$".contains(first));
    let is_word = matches!(name, "and" | "or" | "in" | "true" | "false" | "null");
    if name.is_empty() || starts_otherwise || is_word || name.bytes().any(Operator::ends_name) {
        // no name that was read has a back tick too; as a step of a path, a string is a name
        return if name.contains('`') { write_string(f, name) } else { write!(f, "`{name}`") };
    }
    f.write_str(name)
}

impl Display for Regex {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.pattern)?;
        f.write_str(if self.ignore_case { "i" } else { "" })?;
        f.write_str(if self.multiline { "m" } else { "" })
    }
}

impl Display for Word {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "${}", self.name)
    }
}

impl Display for Pair {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_before_colon(f, &self.key)?;
        write!(f, ": {}", self.value)
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::Range { first, last } => write!(f, "{first}..{last}"),
        }
    }
}

impl Display for Argument {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(f),
            Self::Placeholder(_) => f.write_str("?"),
        }
    }
}

impl Display for SortTerm {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(if self.descending { ">" } else { "" })?;
        self.by.fmt(f)
    }
}
