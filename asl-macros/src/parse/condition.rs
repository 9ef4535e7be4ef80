//! The condition of an arm: `$.user.plan == "pro" && !($.n < 3) || is_present($.y)`.

use proc_macro2::{Delimiter, Group, Ident, TokenTree};

use crate::errors::{Place, Reported};

use super::Parser;
use super::cursor::Cursor;
use super::path;
use super::tree::{Comparison, Condition, ConditionKind, Text, Value, ValueKind};
use super::value::{described, place_of};

/// Longer operators come first.
const OPERATORS: &[(&str, &str)] = &[
    ("==", "Equals"),
    ("!=", "Equals"),
    ("<=", "LessThanEquals"),
    (">=", "GreaterThanEquals"),
    ("<", "LessThan"),
    (">", "GreaterThan"),
];

/// What says which type a path or Rust value on the right has.
const FAMILIES: &[(&str, &str)] =
    &[("string", "String"), ("number", "Numeric"), ("boolean", "Boolean"), ("timestamp", "Timestamp")];

/// The functions that test one path.
const TESTS: &[(&str, &str)] = &[
    ("is_null", "IsNull"),
    ("is_present", "IsPresent"),
    ("is_numeric", "IsNumeric"),
    ("is_string", "IsString"),
    ("is_boolean", "IsBoolean"),
    ("is_timestamp", "IsTimestamp"),
];

const MATCHES: &str = "matches";

impl Parser<'_> {
    /// Reads a whole condition.
    pub(super) fn condition(&mut self, cursor: &mut Cursor<'_>) -> Result<Condition, Reported> {
        let condition = self.or(cursor)?;
        if cursor.is_empty() {
            return Ok(condition);
        }
        let found = described(cursor.peek(0));
        Err(self.errors.push(cursor.here(), format!("expected `&&`, `||` or `=>`, found {found}")))
    }

    fn or(&mut self, cursor: &mut Cursor<'_>) -> Result<Condition, Reported> {
        self.chain(cursor, "||", Self::and, ConditionKind::Or)
    }

    fn and(&mut self, cursor: &mut Cursor<'_>) -> Result<Condition, Reported> {
        self.chain(cursor, "&&", Self::unary, ConditionKind::And)
    }

    /// Reads `a op b op c` as one list; a list in parentheses under the same operator joins it.
    fn chain(
        &mut self,
        cursor: &mut Cursor<'_>,
        operator: &str,
        part: fn(&mut Self, &mut Cursor<'_>) -> Result<Condition, Reported>,
        make: fn(Vec<Condition>) -> ConditionKind,
    ) -> Result<Condition, Reported> {
        let before = *cursor;
        let first = part(self, cursor)?;
        let mut parts = vec![first];
        while cursor.take_operator(operator).is_some() {
            parts.push(part(self, cursor)?);
        }
        if parts.len() == 1
            && let Some(only) = parts.pop()
        {
            return Ok(only);
        }
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match (operator, part.kind) {
                ("&&", ConditionKind::And(inner)) | ("||", ConditionKind::Or(inner)) => flat.extend(inner),
                (_, kind) => flat.push(Condition { place: part.place, kind }),
            }
        }
        Ok(Condition { place: before.until(cursor), kind: make(flat) })
    }

    fn unary(&mut self, cursor: &mut Cursor<'_>) -> Result<Condition, Reported> {
        let before = *cursor;
        if cursor.take_punct('!').is_some() {
            let at = before.here();
            let inner = self.deeper(at, |parser| parser.unary(cursor)).unwrap_or(Err(Reported))?;
            let kind = ConditionKind::Not(Box::new(inner));
            return Ok(Condition { place: before.until(cursor), kind });
        }
        if let Some(group) = cursor.group(0, Delimiter::Parenthesis) {
            cursor.take();
            return self.inside(group, Self::condition);
        }
        if let (Some(function), Some(group)) = (cursor.ident(0), cursor.group(1, Delimiter::Parenthesis)) {
            cursor.take();
            cursor.take();
            let kind = self.test(function, group)?;
            return Ok(Condition { place: before.until(cursor), kind });
        }
        if cursor.peek_punct(0, '$') {
            return self.comparison(cursor);
        }
        Err(self.no_condition(cursor))
    }

    fn no_condition(&mut self, cursor: &Cursor<'_>) -> Reported {
        let found = described(cursor.peek(0));
        let message = format!("expected a path or a test, found {found}");
        let help = if cursor.literal(0).is_some() {
            "write the path on the left: `$.user.plan == \"pro\"`"
        } else {
            "a condition is written `$.user.plan == \"pro\"`, `is_present($.user)` or `\"{% … %}\"`"
        };
        self.errors.push_with_help(cursor.here(), message, help)
    }

    fn inside<R>(
        &mut self,
        group: &Group,
        read: impl FnOnce(&mut Self, &mut Cursor<'_>) -> Result<R, Reported>,
    ) -> Result<R, Reported> {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let mut cursor = Cursor::new(&tokens, group.span_close());
        self.deeper(place_of(group), |parser| read(parser, &mut cursor)).unwrap_or(Err(Reported))
    }

    /// `is_null($.x)`, `matches($.x, "log-*")`
    fn test(&mut self, function: &Ident, group: &Group) -> Result<ConditionKind, Reported> {
        let name = function.to_string();
        let at = Place::from(function.span());
        let comparator = TESTS.iter().find(|(test, _)| *test == name).map(|(_, comparator)| *comparator);
        if comparator.is_none() && name != MATCHES {
            let known = TESTS.iter().map(|(test, _)| *test).chain([MATCHES]);
            let help = match asl_core::syntax::closest(&name, known.clone()) {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("the tests are `{}`", known.collect::<Vec<_>>().join("`, `")),
            };
            return Err(self.errors.push_with_help(at, format!("there is no test `{name}`"), help));
        }
        self.inside(group, |parser, cursor| {
            let before = *cursor;
            if !cursor.peek_punct(0, '$') {
                let message = format!("`{name}` takes a path");
                return Err(parser.errors.push_with_help(
                    before.here(),
                    message,
                    format!("write `{name}($.x…)`"),
                ));
            }
            let variable = path::path(cursor);
            let variable_place = before.until(cursor);
            let operand = match comparator {
                Some(_) => Value { place: at, kind: ValueKind::Bool(true) },
                None => parser.pattern(cursor)?,
            };
            cursor.take_punct(',');
            if !cursor.is_empty() {
                let found = described(cursor.peek(0));
                return Err(parser.errors.push(cursor.here(), format!("expected `)`, found {found}")));
            }
            let comparator = comparator.unwrap_or("StringMatches").to_owned();
            Ok(ConditionKind::Comparison(Box::new(Comparison {
                variable,
                variable_place,
                comparator,
                comparator_place: at,
                operand,
            })))
        })
    }

    /// The second argument of `matches`.
    fn pattern(&mut self, cursor: &mut Cursor<'_>) -> Result<Value, Reported> {
        if cursor.take_punct(',').is_none() || cursor.is_empty() {
            let help = "write `matches($.name, \"log-*\")`";
            return Err(self.errors.push_with_help(
                cursor.here(),
                "`matches` takes a path and a pattern",
                help,
            ));
        }
        self.value(cursor)
    }

    fn comparison(&mut self, cursor: &mut Cursor<'_>) -> Result<Condition, Reported> {
        let before = *cursor;
        let variable = path::path(cursor);
        let variable_place = before.until(cursor);
        let found =
            OPERATORS.iter().find_map(|(text, name)| Some((*text, *name, cursor.take_operator(text)?)));
        let Some((operator, relation, comparator_place)) = found else {
            return Err(self.no_operator(cursor, &variable, variable_place));
        };
        let (family, operand) = self.operand(cursor, &variable, operator)?;
        if family == "Boolean" && !matches!(operator, "==" | "!=") {
            return Err(self.errors.push_with_help(
                comparator_place,
                format!("booleans have no order, so `{operator}` cannot compare them"),
                "write `==` or `!=`",
            ));
        }
        let suffix = if matches!(operand.kind, ValueKind::Path(_)) { "Path" } else { "" };
        let comparator = format!("{family}{relation}{suffix}");
        let comparison = Comparison { variable, variable_place, comparator, comparator_place, operand };
        let place = before.until(cursor);
        let kind = ConditionKind::Comparison(Box::new(comparison));
        Ok(if operator == "!=" {
            Condition { place, kind: ConditionKind::Not(Box::new(Condition { place, kind })) }
        } else {
            Condition { place, kind }
        })
    }

    fn no_operator(&mut self, cursor: &Cursor<'_>, variable: &Text, variable_place: Place) -> Reported {
        let path = &variable.value;
        if cursor.peek_punct(0, '=') {
            return self.errors.push(cursor.here(), "equality is written `==`");
        }
        if cursor.is_empty() || cursor.peek_punct(0, '&') || cursor.peek_punct(0, '|') {
            return self.errors.push_with_help(
                variable_place,
                "a path alone is no condition",
                format!("write `{path} == true` or `is_present({path})`"),
            );
        }
        let found = described(cursor.peek(0));
        self.errors.push(cursor.here(), format!("expected `==`, `!=`, `<`, `<=`, `>` or `>=`, found {found}"))
    }

    /// What stands on the right, and the family of comparators that its type gives.
    fn operand(
        &mut self,
        cursor: &mut Cursor<'_>,
        variable: &Text,
        operator: &str,
    ) -> Result<(&'static str, Value), Reported> {
        if let (Some(function), Some(group)) = (cursor.ident(0), cursor.group(1, Delimiter::Parenthesis))
            && let Some((_, family)) = FAMILIES.iter().find(|(name, _)| function == name)
        {
            cursor.take();
            cursor.take();
            let value = self.inside(group, |parser, cursor| {
                let value = parser.value(cursor)?;
                parser.nothing_left(cursor);
                Ok(value)
            })?;
            return Ok((family, value));
        }
        let value = self.value(cursor)?;
        let at = value.place;
        let (message, help) = match &value.kind {
            ValueKind::String(_) => return Ok(("String", value)),
            ValueKind::Number(_) => return Ok(("Numeric", value)),
            ValueKind::Bool(_) => return Ok(("Boolean", value)),
            ValueKind::Path(path) => ("the type of this path is not known".to_owned(), families(&path.value)),
            ValueKind::Hole(_) => ("the type of this Rust value is not known".to_owned(), families("#(…)")),
            ValueKind::Null => {
                let not = if operator == "!=" { "!" } else { "" };
                (
                    "`null` is tested, not compared".to_owned(),
                    format!("write `{not}is_null({})`", variable.value),
                )
            }
            ValueKind::Word(word) => (
                format!("`{word}` is no value"),
                format!("write `\"{word}\"`, or `string(#({word}))` for a Rust value"),
            ),
            ValueKind::Intrinsic(_) => (
                "a condition cannot call an intrinsic function".to_owned(),
                "compute the value in a state before this one".to_owned(),
            ),
            ValueKind::Array(_) | ValueKind::Object(_) | ValueKind::Typed(..) => (
                "only strings, numbers, booleans and timestamps can be compared".to_owned(),
                "compare one field".to_owned(),
            ),
        };
        Err(self.errors.push_with_help(at, message, help))
    }
}

fn families(operand: &str) -> String {
    let families: Vec<String> = FAMILIES.iter().map(|(name, _)| format!("`{name}({operand})`")).collect();
    format!("say which it is: {}", families.join(", "))
}
