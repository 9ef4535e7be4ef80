use super::super::SyntaxError;
use super::super::cursor::Cursor;
use super::super::excerpt::excerpt;
use super::parse::{Place, path, unescape};
use super::{Comparator, Comparison, Condition, Filter, Operand, Root, Term};

/// Reads the condition of a filter, whose `?` has been read.
pub(super) fn filter(cursor: &mut Cursor<'_>) -> Result<Filter, SyntaxError> {
    cursor.enter()?;
    cursor.skip_white_space();
    // the parentheses around all of it are optional, and counted with the filter's own level: else a
    // path near the limit could not be read back from its `Display`, which writes them
    let free = cursor.at();
    let filter = either(cursor, free)?;
    cursor.leave();
    Ok(filter)
}

/// Reads filters joined by `||`, none of which needs be more than one.
fn either(cursor: &mut Cursor<'_>, free: usize) -> Result<Filter, SyntaxError> {
    let first = all(cursor, free)?;
    if !eat_operator(cursor, "||") {
        return Ok(first);
    }
    let mut parts = vec![first];
    loop {
        parts.push(all(cursor, free)?);
        if !eat_operator(cursor, "||") {
            return Ok(join(parts, Condition::Or));
        }
    }
}

/// Reads filters joined by `&&`.
fn all(cursor: &mut Cursor<'_>, free: usize) -> Result<Filter, SyntaxError> {
    let first = single(cursor, free)?;
    if !eat_operator(cursor, "&&") {
        return Ok(first);
    }
    let mut parts = vec![first];
    loop {
        parts.push(single(cursor, free)?);
        if !eat_operator(cursor, "&&") {
            return Ok(join(parts, Condition::And));
        }
    }
}

fn eat_operator(cursor: &mut Cursor<'_>, operator: &str) -> bool {
    cursor.skip_white_space();
    cursor.eat(operator)
}

fn join(parts: Vec<Filter>, condition: impl FnOnce(Vec<Filter>) -> Condition) -> Filter {
    let start = parts.first().map_or(0, |part| part.span.start);
    let end = parts.last().map_or(0, |part| part.span.end);
    Filter { condition: condition(parts), span: start..end }
}

fn single(cursor: &mut Cursor<'_>, free: usize) -> Result<Filter, SyntaxError> {
    cursor.skip_white_space();
    match cursor.peek() {
        Some(b'!') => negation(cursor),
        Some(b'(') => parenthesized(cursor, free),
        _ => comparison(cursor),
    }
}

fn negation(cursor: &mut Cursor<'_>) -> Result<Filter, SyntaxError> {
    let start = cursor.at();
    cursor.enter()?;
    cursor.eat("!");
    cursor.skip_white_space();
    // its parentheses are counted with its own level, for the same reason as the filter's
    let free = cursor.at();
    let inner = single(cursor, free)?;
    cursor.leave();
    let span = start..inner.span.end;
    Ok(Filter { condition: Condition::Not(Box::new(inner)), span })
}

fn parenthesized(cursor: &mut Cursor<'_>, free: usize) -> Result<Filter, SyntaxError> {
    let start = cursor.at();
    if start != free {
        cursor.enter()?;
    }
    cursor.eat("(");
    let inner = either(cursor, usize::MAX)?;
    cursor.skip_white_space();
    cursor.expect(")", "`)`, `&&` or `||` in the filter")?;
    if start != free {
        cursor.leave();
    }
    Ok(Filter { span: start..cursor.at(), ..inner })
}

fn comparison(cursor: &mut Cursor<'_>) -> Result<Filter, SyntaxError> {
    let start = cursor.at();
    if cursor.peek_char().is_some_and(char::is_alphabetic) {
        forbid_bare_word(cursor)?;
    }
    let left = operand(cursor)?;
    let end = cursor.at();
    cursor.skip_white_space();
    let Some(comparator) = comparator(cursor)? else {
        cursor.go_to(end);
        return Ok(Filter { condition: Condition::Exists(Box::new(left)), span: start..end });
    };
    cursor.skip_white_space();
    let right = operand(cursor)?;
    let condition = Condition::Compare(Box::new(Comparison { left, comparator, right }));
    Ok(Filter { condition, span: start..cursor.at() })
}

/// Refuses a word on the left of a comparison, where an author forgot the `@.`.
fn forbid_bare_word(cursor: &mut Cursor<'_>) -> Result<(), SyntaxError> {
    let start = cursor.at();
    let word = bare_word(cursor);
    if matches!(word, "true" | "false" | "null") {
        cursor.go_to(start);
        return Ok(());
    }
    let word = excerpt(word);
    let message = format!("a filter compares a field of `@`, found the word `{word}`");
    Err(SyntaxError::new(start..cursor.at(), message).help(format!("write `@.{word}`")))
}

fn comparator(cursor: &mut Cursor<'_>) -> Result<Option<Comparator>, SyntaxError> {
    for sign in Comparator::SIGNS {
        if cursor.eat(sign.symbol()) {
            return Ok(Some(sign));
        }
    }
    if cursor.peek() == Some(b'=') {
        let at = cursor.at()..cursor.at() + 1;
        return Err(SyntaxError::new(at, "a filter has no operator `=`").help("write `==` to compare"));
    }
    let rest = cursor.rest();
    let length = rest.find(|letter: char| !letter.is_ascii_alphabetic()).unwrap_or(rest.len());
    let word = &rest[..length];
    let found =
        Comparator::WORDS.into_iter().find(|comparator| comparator.symbol().eq_ignore_ascii_case(word));
    if found.is_some() {
        cursor.go_to(cursor.at() + length);
    }
    Ok(found)
}

/// Reads one side of a comparison or one argument of a function.
pub(super) fn operand(cursor: &mut Cursor<'_>) -> Result<Operand, SyntaxError> {
    let start = cursor.at();
    let term = match cursor.peek() {
        Some(b'@' | b'$') => path_or_placeholder(cursor)?,
        Some(quote @ (b'\'' | b'"')) => Term::Text(unescape(cursor.quoted()?, quote)),
        Some(b'[') => array(cursor)?,
        Some(b'/') => regex(cursor)?,
        _ => literal(cursor)?,
    };
    Ok(Operand { term, span: start..cursor.at() })
}

fn path_or_placeholder(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    let path = path(cursor, Place::Filter)?;
    Ok(match path.root {
        Root::Placeholder(text) if path.segments.is_empty() => Term::Placeholder(text),
        _ => Term::Path(path),
    })
}

fn array(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    cursor.enter()?;
    cursor.eat("[");
    let mut elements = Vec::new();
    cursor.skip_white_space();
    if !cursor.eat("]") {
        loop {
            cursor.skip_white_space();
            elements.push(operand(cursor)?);
            cursor.skip_white_space();
            if cursor.eat("]") {
                break;
            }
            cursor.expect(",", "`,` or `]`")?;
        }
    }
    cursor.leave();
    Ok(Term::Array(elements))
}

fn regex(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    let start = cursor.at();
    cursor.eat("/");
    loop {
        cursor.take_while(|byte| !matches!(byte, b'/' | b'\\'));
        match cursor.peek() {
            None => {
                return Err(SyntaxError::new(start..cursor.at(), "a regular expression has no closing `/`"));
            }
            Some(b'/') => break,
            Some(_) => {
                cursor.eat("\\");
                if let Some(letter) = cursor.peek_char() {
                    cursor.go_to(cursor.at() + letter.len_utf8());
                }
            }
        }
    }
    let pattern = cursor.slice(start + 1..cursor.at()).into();
    cursor.eat("/");
    let flags = cursor.take_while(|byte| byte.is_ascii_alphabetic()).into();
    Ok(Term::Regex { pattern, flags })
}

/// Reads a number, `true`, `false`, `null`, or a text that lacks its quotes.
fn literal(cursor: &mut Cursor<'_>) -> Result<Term, SyntaxError> {
    let word = bare_word(cursor);
    Ok(match word {
        "" => return Err(cursor.expected("a path or a literal in the filter")),
        "true" => Term::Bool(true),
        "false" => Term::Bool(false),
        "null" => Term::Null,
        _ => word.parse().map_or_else(|_| Term::Text(word.into()), Term::Number),
    })
}

fn bare_word<'a>(cursor: &mut Cursor<'a>) -> &'a str {
    let start = cursor.at();
    loop {
        cursor.take_while(|byte| {
            !(byte.is_ascii_whitespace()
                || matches!(byte, b')' | b']' | b',' | b'=' | b'<' | b'>' | b'!' | b'~' | b'&' | b'|'))
        });
        match cursor.peek() {
            Some(sign @ (b'&' | b'|')) if cursor.peek_second() != Some(sign) => {
                cursor.go_to(cursor.at() + 1);
            }
            _ => return cursor.slice(start..cursor.at()),
        }
    }
}
