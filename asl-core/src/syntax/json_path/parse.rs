use super::super::cursor::Cursor;
use super::super::excerpt::excerpt;
use super::super::{SyntaxError, closest};
use super::{
    JsonPath, PathFunction, Root, Segment, Selector, continues_variable_name, parse_filter::filter,
    parse_filter::operand,
};

/// Where a path stands, which decides where a name written after a dot ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Place {
    /// The path is the whole text.
    Whole,
    /// An argument of a function call: ends at white space, `,` and `)`.
    Argument,
    /// Inside a filter: ends at operators as well, and may start with `@`.
    Filter,
}

/// Reads a text that is a path from end to end.
pub(super) fn whole(text: &str) -> Result<JsonPath, SyntaxError> {
    let text = text.trim_end();
    let mut cursor = Cursor::new(text, "path");
    if text.is_empty() {
        return Err(cursor.error_here("a path starts with `$`, this one is empty").help("write `$` for all"));
    }
    let path = path(&mut cursor, Place::Whole)?;
    if cursor.is_at_end() {
        return Ok(path);
    }
    Err(match (&path.root, path.segments.is_empty()) {
        (Root::Input, true) => cursor.expected("`.`, `[` or a variable's name after `$`"),
        (Root::Variable(_), true) => cursor
            .expected("`.` or `[` after the variable's name")
            .help("a variable's name has letters, digits and `_`; its fields follow a dot: `$order.id`"),
        (Root::Context, true) => cursor.expected("`.` or `[` after `$$`").help("write `$$.Execution.Id`"),
        _ => cursor.expected("`.` or `[`"),
    })
}

/// Reads the path that starts here, as far as it goes.
pub(in super::super) fn path(cursor: &mut Cursor<'_>, place: Place) -> Result<JsonPath, SyntaxError> {
    let start = cursor.at();
    let root = root(cursor, place)?;
    let root_end = cursor.at();
    let mut segments = Vec::new();
    loop {
        let from = cursor.at();
        let mut descendant = false;
        let selector = match cursor.peek() {
            Some(b'.') => {
                cursor.eat(".");
                descendant = cursor.eat(".");
                after_dot(cursor, place, if descendant { ".." } else { "." })?
            }
            Some(b'[') => brackets(cursor)?,
            _ => break,
        };
        segments.push(Segment { descendant, selector, span: from..cursor.at() });
    }
    Ok(JsonPath { root, segments, root_end, span: start..cursor.at() })
}

fn root(cursor: &mut Cursor<'_>, place: Place) -> Result<Root, SyntaxError> {
    match cursor.peek() {
        Some(b'@') if place == Place::Filter => {
            cursor.eat("@");
            return Ok(Root::Current);
        }
        Some(b'$') => {}
        _ => return Err(no_root(cursor)),
    }
    if is_placeholder(cursor) {
        let start = cursor.at();
        name(cursor, place)?;
        return Ok(Root::Placeholder(cursor.slice(start..cursor.at()).into()));
    }
    cursor.eat("$");
    match cursor.peek() {
        // `$${Name}` is a variable whose name deployment fills in
        Some(b'$') if cursor.peek_second() != Some(b'{') => {
            cursor.eat("$");
            Ok(Root::Context)
        }
        None | Some(b'.' | b'[') => Ok(Root::Input),
        Some(_) => variable(cursor),
    }
}

/// Reads a variable's name; where there is none, the `$` before it was all of the root.
fn variable(cursor: &mut Cursor<'_>) -> Result<Root, SyntaxError> {
    let start = cursor.at();
    while let Some(letter) = cursor.peek_char() {
        if is_placeholder(cursor) {
            cursor.placeholder()?;
        } else if letter.is_alphabetic()
            || letter == '_'
            || cursor.at() > start && continues_variable_name(letter)
        {
            cursor.go_to(cursor.at() + letter.len_utf8());
        } else {
            break;
        }
    }
    let name = cursor.slice(start..cursor.at());
    Ok(if name.is_empty() { Root::Input } else { Root::Variable(name.into()) })
}

fn no_root(cursor: &Cursor<'_>) -> SyntaxError {
    let mut error = cursor.expected("a path, which starts with `$`");
    let text = cursor.rest();
    let is_field = excerpt(text) == text
        && text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(|letter| continues_variable_name(letter) || matches!(letter, '.' | '-'));
    if text.starts_with("States.") || is_field {
        // the word, not its first letter
        error.at.end = error.at.start + text.len();
        error.message = format!("expected a path, which starts with `$`, found `{}`", excerpt(text));
    }
    if text.starts_with("States.") {
        error.help("functions may stand in fields that end in `.$`, this field takes a path")
    } else if is_field {
        error.help(format!("write `$.{text}`"))
    } else if text.starts_with(char::is_whitespace) {
        error.help("remove the space in front")
    } else {
        error.help("a path is written like `$.user.plan`")
    }
}

/// Reads what follows `.` or `..`: a name, a function, `*`, or brackets as the service allows.
fn after_dot(cursor: &mut Cursor<'_>, place: Place, dots: &str) -> Result<Selector, SyntaxError> {
    match cursor.peek() {
        Some(b'[') => return brackets(cursor),
        Some(b'*') => {
            cursor.eat("*");
            return Ok(Selector::Wildcard);
        }
        Some(byte) if byte.is_ascii_whitespace() && place == Place::Whole => {
            return Err(no_name(cursor, dots)
                .help("remove the space; a name that has one stands in brackets: `$['first name']`"));
        }
        _ => {}
    }
    let start = cursor.at();
    let name = name(cursor, place)?;
    if cursor.at() == start {
        return Err(no_name(cursor, dots));
    }
    if cursor.peek() == Some(b'(') {
        return function(cursor, start);
    }
    Ok(name)
}

fn no_name(cursor: &Cursor<'_>, dots: &str) -> SyntaxError {
    cursor.expected(&format!("a field name after `{dots}`"))
}

/// Whether an unescaped byte needs a look of its own inside a name after a dot.
fn is_special(byte: u8, place: Place) -> bool {
    match byte {
        b'.' | b'[' | b'(' | b'\\' | b'$' => true,
        b' ' | b'\t' | b'\n' | b'\r' | b',' | b')' => place != Place::Whole,
        b']' | b'=' | b'<' | b'>' | b'!' | b'~' | b'&' | b'|' => place == Place::Filter,
        _ => false,
    }
}

/// Reads a name after a dot, empty where none stands; with a placeholder in it, its text as it is.
fn name(cursor: &mut Cursor<'_>, place: Place) -> Result<Selector, SyntaxError> {
    let start = cursor.at();
    // what was read so far, if any of it is escaped
    let mut resolved: Option<String> = None;
    let mut copied_to = start;
    let mut placeholder = false;
    loop {
        cursor.take_while(|byte| !is_special(byte, place));
        match cursor.peek() {
            Some(b'\\') => {
                let name = resolved.get_or_insert_default();
                name.push_str(cursor.slice(copied_to..cursor.at()));
                name.push(escaped(cursor)?);
                copied_to = cursor.at();
            }
            Some(b'$') if is_placeholder(cursor) => {
                placeholder = true;
                cursor.placeholder()?;
            }
            Some(b'$') => cursor.go_to(cursor.at() + 1),
            Some(sign @ (b'&' | b'|')) if cursor.peek_second() != Some(sign) => {
                cursor.go_to(cursor.at() + 1);
            }
            _ => break,
        }
    }
    if placeholder {
        return Ok(Selector::Placeholder(cursor.slice(start..cursor.at()).into()));
    }
    Ok(Selector::Name(match resolved {
        None => cursor.slice(start..cursor.at()).into(),
        Some(mut name) => {
            name.push_str(cursor.slice(copied_to..cursor.at()));
            name
        }
    }))
}

/// Reads a backslash and the character it makes ordinary, or the `\uD83D\uDE42` of a character by number.
fn escaped(cursor: &mut Cursor<'_>) -> Result<char, SyntaxError> {
    cursor.eat("\\");
    let Some(letter) = cursor.peek_char() else {
        let at = cursor.at() - 1..cursor.at();
        return Err(SyntaxError::new(at, "a backslash at the end, which escapes nothing")
            .help("remove it, or write `\\\\` for a backslash"));
    };
    cursor.go_to(cursor.at() + letter.len_utf8());
    let Some(first) = (letter == 'u').then(|| code_unit(cursor)).flatten() else { return Ok(letter) };
    let is_high = (0xD800..0xDC00).contains(&first);
    let after_first = cursor.at();
    if is_high
        && cursor.eat("\\u")
        && let Some(second @ 0xDC00..0xE000) = code_unit(cursor)
    {
        return Ok(char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            .expect("a surrogate pair is a character"));
    }
    cursor.go_to(after_first);
    Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// Reads four hexadecimal digits, if they come next.
fn code_unit(cursor: &mut Cursor<'_>) -> Option<u32> {
    let digits = cursor.bytes().get(cursor.at()..cursor.at() + 4)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let unit = u32::from_str_radix(cursor.slice(cursor.at()..cursor.at() + 4), 16).ok()?;
    cursor.go_to(cursor.at() + 4);
    Some(unit)
}

/// Reads the arguments of a function whose name starts at `start` and ends here.
fn function(cursor: &mut Cursor<'_>, start: usize) -> Result<Selector, SyntaxError> {
    let name = cursor.slice(start..cursor.at());
    let Some(function) = PathFunction::from_name(name) else {
        let error =
            SyntaxError::new(start..cursor.at(), format!("a path has no function `{}`", excerpt(name)));
        return Err(match closest(name, PathFunction::ALL.iter().map(|function| function.name())) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("a parenthesis that belongs to a field's name needs a backslash: `\\(`"),
        });
    };
    cursor.eat("(");
    cursor.enter()?;
    let mut arguments = Vec::new();
    cursor.skip_white_space();
    if !cursor.eat(")") {
        loop {
            cursor.skip_white_space();
            arguments.push(operand(cursor)?);
            cursor.skip_white_space();
            if cursor.eat(")") {
                break;
            }
            cursor.expect(",", "`,` or `)`")?;
        }
    }
    cursor.leave();
    Ok(Selector::Function { function, arguments })
}

fn brackets(cursor: &mut Cursor<'_>) -> Result<Selector, SyntaxError> {
    let start = cursor.at();
    cursor.eat("[");
    let mut union = Vec::new();
    loop {
        cursor.skip_white_space();
        if is_placeholder(cursor) {
            return placeholder_brackets(cursor, start);
        }
        let selector = in_brackets(cursor, start)?;
        cursor.skip_white_space();
        if is_placeholder(cursor) {
            return placeholder_brackets(cursor, start);
        }
        if cursor.eat("]") {
            if union.is_empty() {
                return Ok(selector);
            }
            union.push(selector);
            return Ok(Selector::Union(union));
        }
        if cursor.is_at_end() {
            return Err(unclosed(cursor, start));
        }
        cursor.expect(",", "`,` or `]`")?;
        union.push(selector);
    }
}

fn unclosed(cursor: &Cursor<'_>, start: usize) -> SyntaxError {
    SyntaxError::new(start..cursor.at(), "a `[` has no closing `]`")
}

fn is_placeholder(cursor: &Cursor<'_>) -> bool {
    cursor.peek() == Some(b'$') && cursor.peek_second() == Some(b'{')
}

/// Reads brackets whose content deployment completes, from the placeholder on: `[${Index}]`, `[0:${End}]`.
///
/// What stands before it has been read: a filter there may hold brackets of its own.
fn placeholder_brackets(cursor: &mut Cursor<'_>, start: usize) -> Result<Selector, SyntaxError> {
    loop {
        cursor.take_while(|byte| !matches!(byte, b']' | b'\'' | b'"' | b'$'));
        match cursor.peek() {
            None => return Err(unclosed(cursor, start)),
            Some(b']') => break,
            Some(b'$') if is_placeholder(cursor) => {
                cursor.placeholder()?;
            }
            Some(b'$') => cursor.go_to(cursor.at() + 1),
            Some(_) => {
                cursor.quoted()?;
            }
        }
    }
    cursor.eat("]");
    Ok(Selector::Placeholder(cursor.slice(start..cursor.at()).into()))
}

/// Reads one selector between brackets that opened at `start`.
fn in_brackets(cursor: &mut Cursor<'_>, start: usize) -> Result<Selector, SyntaxError> {
    match cursor.peek() {
        None => Err(unclosed(cursor, start)),
        Some(quote @ (b'\'' | b'"')) => Ok(Selector::Name(unescape(cursor.quoted()?, quote))),
        Some(b'*') => {
            cursor.eat("*");
            Ok(Selector::Wildcard)
        }
        Some(b'?') => {
            cursor.eat("?");
            Ok(Selector::Filter(Box::new(filter(cursor)?)))
        }
        Some(b'(') => script(cursor),
        Some(b'-' | b':' | b'0'..=b'9') => index_or_slice(cursor),
        Some(_) => Err(no_selector(cursor)),
    }
}

fn no_selector(cursor: &Cursor<'_>) -> SyntaxError {
    let error = cursor.expected("a name in quotes, an index, `*` or `?` after `[`");
    let word: String = cursor.rest().chars().take_while(|&letter| continues_variable_name(letter)).collect();
    if word.is_empty() || word.len() > 40 {
        error
    } else {
        error.help(format!("write `['{word}']` for the field"))
    }
}

/// Resolves the escapes of a quoted name or literal.
///
/// Only the quote and the backslash itself: the service was recorded to read `$['Test\""Name"']` as the
/// field `Test\""Name"`, backslash included.
pub(super) fn unescape(raw: &str, quote: u8) -> String {
    if !raw.contains('\\') {
        return raw.into();
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw.chars().peekable();
    while let Some(letter) = rest.next() {
        let resolved =
            (letter == '\\').then(|| rest.next_if(|&next| next == '\\' || next == char::from(quote)));
        text.push(resolved.flatten().unwrap_or(letter));
    }
    text
}

fn index_or_slice(cursor: &mut Cursor<'_>) -> Result<Selector, SyntaxError> {
    let start = integer(cursor)?;
    cursor.skip_white_space();
    if !cursor.eat(":") {
        return start.map(Selector::Index).ok_or_else(|| cursor.expected("an index"));
    }
    let mut bounds = [None, None];
    cursor.skip_white_space();
    bounds[0] = integer(cursor)?;
    cursor.skip_white_space();
    if cursor.eat(":") {
        cursor.skip_white_space();
        bounds[1] = integer(cursor)?;
    }
    let [end, step] = bounds;
    Ok(Selector::Slice { start, end, step })
}

/// Reads an integer, if a digit or a minus comes next.
fn integer(cursor: &mut Cursor<'_>) -> Result<Option<i64>, SyntaxError> {
    let start = cursor.at();
    let minus = cursor.eat("-");
    let digits = cursor.take_while(|byte| byte.is_ascii_digit());
    if digits.is_empty() {
        return if minus { Err(cursor.expected("a digit after `-`")) } else { Ok(None) };
    }
    let range = start..cursor.at();
    let text = cursor.slice(range.clone());
    text.parse().map(Some).map_err(|_| {
        SyntaxError::new(range, format!("the index `{}` is larger than any array", excerpt(text)))
    })
}

fn script(cursor: &mut Cursor<'_>) -> Result<Selector, SyntaxError> {
    let start = cursor.at();
    let mut open = 0_usize;
    loop {
        cursor.take_while(|byte| !matches!(byte, b'(' | b')' | b'\'' | b'"'));
        match cursor.peek() {
            None => return Err(SyntaxError::new(start..cursor.at(), "a `(` has no closing `)`")),
            Some(b'(') => {
                open += 1;
                cursor.eat("(");
            }
            Some(b')') => {
                open -= 1;
                cursor.eat(")");
                if open == 0 {
                    return Ok(Selector::Script(cursor.slice(start + 1..cursor.at() - 1).into()));
                }
            }
            Some(_) => {
                cursor.quoted()?;
            }
        }
    }
}
