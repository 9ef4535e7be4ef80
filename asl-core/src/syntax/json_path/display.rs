use std::fmt::{self, Display, Write as _};

use super::{Comparison, Condition, Filter, JsonPath, Operand, Root, Segment, Selector, Term};

/// Writes the path in its shortest form: names after dots where that needs no escape, else in quotes.
impl Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)?;
        self.segments.iter().try_for_each(|segment| segment.fmt(f))
    }
}

impl Display for Root {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input => f.write_str("$"),
            Self::Context => f.write_str("$$"),
            Self::Variable(name) => write!(f, "${name}"),
            Self::Current => f.write_str("@"),
            Self::Placeholder(text) => f.write_str(text),
        }
    }
}

impl Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let dots = if self.descendant { ".." } else { "." };
        match &self.selector {
            Selector::Name(name) if is_plain(name) => write!(f, "{dots}{name}"),
            Selector::Wildcard if self.descendant => f.write_str("..*"),
            Selector::Function { function, arguments } => {
                write!(f, "{dots}{function}(")?;
                list(f, arguments)?;
                f.write_char(')')
            }
            Selector::Placeholder(text) if text.starts_with('[') => {
                f.write_str(if self.descendant { ".." } else { "" })?;
                f.write_str(text)
            }
            Selector::Placeholder(text) => write!(f, "{dots}{text}"),
            selector => {
                f.write_str(if self.descendant { "..[" } else { "[" })?;
                in_brackets(f, selector)?;
                f.write_char(']')
            }
        }
    }
}

/// Whether a name reads the same after a dot, wherever the path stands.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.chars().all(|letter| {
            letter.is_alphanumeric()
                || matches!(letter, '_' | '-')
                || !(letter.is_ascii() || letter.is_whitespace() || letter.is_control())
        })
}

fn in_brackets(f: &mut fmt::Formatter<'_>, selector: &Selector) -> fmt::Result {
    match selector {
        Selector::Name(name) => quoted(f, name),
        Selector::Index(index) => write!(f, "{index}"),
        Selector::Wildcard => f.write_char('*'),
        Selector::Slice { start, end, step } => {
            let part = |part: &Option<i64>| part.map_or_else(String::new, |number| number.to_string());
            write!(f, "{}:{}", part(start), part(end))?;
            step.map_or(Ok(()), |step| write!(f, ":{step}"))
        }
        Selector::Union(selectors) => {
            for (place, selector) in selectors.iter().enumerate() {
                f.write_str(if place == 0 { "" } else { ", " })?;
                in_brackets(f, selector)?;
            }
            Ok(())
        }
        Selector::Filter(filter) => write!(f, "?({filter})"),
        Selector::Script(text) => write!(f, "({text})"),
        // neither stands in brackets of ours
        Selector::Placeholder(text) => f.write_str(text),
        Selector::Function { function, .. } => write!(f, "{function}"),
    }
}

/// Writes a text in single quotes, with backslashes only where it would read otherwise without.
fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('\'')?;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ambiguous = letter == '\\' && matches!(letters.peek(), None | Some('\'' | '\\'));
        if letter == '\'' || ambiguous {
            f.write_char('\\')?;
        }
        f.write_char(letter)?;
    }
    f.write_char('\'')
}

fn list(f: &mut fmt::Formatter<'_>, operands: &[Operand]) -> fmt::Result {
    for (place, operand) in operands.iter().enumerate() {
        f.write_str(if place == 0 { "" } else { ", " })?;
        operand.fmt(f)?;
    }
    Ok(())
}

impl Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.condition {
            Condition::Or(parts) => joined(f, parts, " || ", |part| matches!(part, Condition::Or(_))),
            Condition::And(parts) => {
                joined(f, parts, " && ", |part| matches!(part, Condition::Or(_) | Condition::And(_)))
            }
            // json-path reads `!@.a == 1` as if it were about `!@.a`
            Condition::Not(inner) => match inner.condition {
                Condition::Not(_) | Condition::Exists(_) => write!(f, "!{inner}"),
                _ => write!(f, "!({inner})"),
            },
            Condition::Compare(comparison) => comparison.fmt(f),
            Condition::Exists(operand) => operand.fmt(f),
        }
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.left, self.comparator, self.right)
    }
}

/// Writes the parts with the operator between them, those in parentheses that would read otherwise without.
fn joined(
    f: &mut fmt::Formatter<'_>,
    parts: &[Filter],
    operator: &str,
    needs_parentheses: impl Fn(&Condition) -> bool,
) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        f.write_str(if place == 0 { "" } else { operator })?;
        if needs_parentheses(&part.condition) {
            write!(f, "({part})")?;
        } else {
            part.fmt(f)?;
        }
    }
    Ok(())
}

impl Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.term.fmt(f)
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Text(text) => quoted(f, text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Null => f.write_str("null"),
            Self::Array(elements) => {
                f.write_char('[')?;
                list(f, elements)?;
                f.write_char(']')
            }
            Self::Regex { pattern, flags } => write!(f, "/{pattern}/{flags}"),
            Self::Placeholder(text) => f.write_str(text),
        }
    }
}
