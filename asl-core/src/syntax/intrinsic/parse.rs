use super::super::cursor::Cursor;
use super::super::excerpt::excerpt;
use super::super::json_path::{Place, path};
use super::super::{Root, SyntaxError, closest};
use super::literal::escapes;
use super::{Argument, ArgumentValue, Function, Intrinsic, StringLiteral};

/// Reads a text that is a call from end to end.
pub(super) fn whole(text: &str) -> Result<Intrinsic, SyntaxError> {
    let mut cursor = Cursor::new(text, "call");
    let call = call(&mut cursor)?;
    cursor.skip_white_space();
    if cursor.is_at_end() {
        return Ok(call);
    }
    let error = cursor.expected("nothing after the closing `)`");
    Err(if matches!(cursor.peek(), Some(b'.' | b'[')) {
        error.help("a call has no fields; assign its result first and take the field in the next state")
    } else {
        error
    })
}

fn call(cursor: &mut Cursor<'_>) -> Result<Intrinsic, SyntaxError> {
    let start = cursor.at();
    let name = cursor.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
    if name.is_empty() {
        return Err(cursor.expected("a function such as `States.Format`"));
    }
    let Some(function) = Function::from_name(name) else {
        return Err(unknown_function(name, start));
    };
    cursor.enter()?;
    let open = cursor.at();
    cursor.expect("(", &format!("`(` directly after `{function}`"))?;
    let arguments = arguments(cursor, open)?;
    cursor.leave();
    let span = start..cursor.at();
    let arity = function.arity();
    if arity.contains(&arguments.len()) {
        return Ok(Intrinsic { function, arguments, span });
    }
    let takes = match (*arity.start(), *arity.end()) {
        (0, 0) => "no arguments".into(),
        (1, 1) => "1 argument".into(),
        (1, usize::MAX) => "at least 1 argument".into(),
        (least, most) if least == most => format!("{least} arguments"),
        (least, most) => format!("{least} or {most} arguments"),
    };
    Err(SyntaxError::new(open..span.end, format!("`{function}` takes {takes}, found {}", arguments.len()))
        .help(format!("call it as `{}`", function.signature())))
}

fn unknown_function(name: &str, start: usize) -> SyntaxError {
    let at = start..start + name.len();
    let error = SyntaxError::new(at, format!("there is no intrinsic function `{}`", excerpt(name)));
    let full;
    let full = if name.get(..7).is_some_and(|prefix| prefix.eq_ignore_ascii_case("States.")) {
        name
    } else {
        full = format!("States.{name}");
        &full
    };
    match closest(full, Function::ALL.iter().map(|function| function.name())) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error,
    }
}

/// Reads what follows the parenthesis at `open`, and the one that closes it.
fn arguments(cursor: &mut Cursor<'_>, open: usize) -> Result<Vec<Argument>, SyntaxError> {
    let mut arguments = Vec::new();
    cursor.skip_white_space();
    if cursor.eat(")") {
        return Ok(arguments);
    }
    loop {
        cursor.skip_white_space();
        if cursor.is_at_end() {
            return Err(unclosed(cursor, open));
        }
        arguments.push(argument(cursor)?);
        cursor.skip_white_space();
        if cursor.eat(")") {
            return Ok(arguments);
        }
        if cursor.is_at_end() {
            return Err(unclosed(cursor, open));
        }
        cursor.expect(",", "`,` or `)` after an argument")?;
    }
}

fn unclosed(cursor: &Cursor<'_>, open: usize) -> SyntaxError {
    SyntaxError::new(open..cursor.at(), "the `(` of the call has no closing `)`")
}

fn argument(cursor: &mut Cursor<'_>) -> Result<Argument, SyntaxError> {
    let start = cursor.at();
    let value = match cursor.peek() {
        Some(b'\'') => ArgumentValue::String(string(cursor)?),
        Some(b'$') => {
            let path = path(cursor, Place::Argument)?;
            match path.root() {
                Root::Placeholder(text) if path.segments().is_empty() => {
                    ArgumentValue::Placeholder(text.clone())
                }
                _ => ArgumentValue::Path(path),
            }
        }
        Some(b'-' | b'+' | b'.' | b'0'..=b'9') => {
            let text = cursor
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'_'));
            let number = text.parse().map_err(|_| {
                let message = format!("`{}` is not a number as JSON writes them", excerpt(text));
                SyntaxError::new(start..cursor.at(), message)
            })?;
            ArgumentValue::Number(number)
        }
        Some(b'"') => {
            return Err(cursor
                .expected("an argument")
                .help("strings in intrinsic functions have single quotes: `'text'`"));
        }
        Some(byte) if byte.is_ascii_alphabetic() => word(cursor)?,
        _ => {
            return Err(cursor.expected("an argument").help(
                "an argument is a path, a string in single quotes, a number, `true`, `false`, `null` or a call",
            ));
        }
    };
    Ok(Argument { value, span: start..cursor.at() })
}

/// Reads `true`, `false`, `null` or a call.
fn word(cursor: &mut Cursor<'_>) -> Result<ArgumentValue, SyntaxError> {
    let start = cursor.at();
    let word = cursor.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_'));
    match word {
        "true" => Ok(ArgumentValue::Bool(true)),
        "false" => Ok(ArgumentValue::Bool(false)),
        "null" => Ok(ArgumentValue::Null),
        _ if cursor.peek() == Some(b'(') || word.starts_with("States.") => {
            cursor.go_to(start);
            call(cursor).map(ArgumentValue::Call)
        }
        _ => {
            let word = excerpt(word);
            Err(SyntaxError::new(
                start..cursor.at(),
                format!("expected an argument, found the word `{word}`"),
            )
            .help(format!("write `'{word}'` for the string, `$.{word}` for the field")))
        }
    }
}

fn string(cursor: &mut Cursor<'_>) -> Result<StringLiteral, SyntaxError> {
    let start = cursor.at() + 1;
    let raw = cursor.quoted()?;
    // recorded: the service refuses `\"`; of other unknown escapes there is no record, so they pass
    if let Some((at, _)) = escapes(raw).find(|&(_, letter)| letter == '"') {
        let at = start + at;
        return Err(SyntaxError::new(at..at + 2, "`\\\"` is not an escape of intrinsic functions")
            .help("remove the backslash: inside single quotes a `\"` stands for itself"));
    }
    Ok(StringLiteral::new(raw))
}
