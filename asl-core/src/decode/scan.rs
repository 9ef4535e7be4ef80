//! What a text must keep to before the parser sees it: one pass over its bytes.
//!
//! The parser was made for JSON with comments, and is mild in places where JSON (RFC 8259) is not; and it is
//! recursive, as is everything that walks a definition after it.

use super::text::JsonError;

/// How many arrays and objects may stand in each other: as many as `serde_json` reads, so that what is read and
/// written here can be read with it.
///
/// Everything that walks a definition is recursive, and at this depth takes less than half of the stack that a thread
/// has (2 MiB), unoptimized. A Parallel state in a Parallel state is four levels, so that thirty of them are read;
/// how many the service takes is not documented.
const MAX_DEPTH: usize = 127;

/// Refuses control characters inside strings (section 7), white space other than JSON's between values (section 2),
/// and what is nested too deeply. The bytes before `from` are not looked at.
pub(super) fn scan(text: &str, from: usize) -> Result<(), JsonError> {
    let mut inside_string = false;
    let mut escaped = false;
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(from) {
        match byte {
            b'"' if !escaped => inside_string = !inside_string,
            0..0x20 if inside_string => return Err(control_character(text, at, byte)),
            _ if inside_string => {}
            b'[' | b'{' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    let message = format!("nested more than {MAX_DEPTH} levels deep");
                    let help = "start inner state machines as executions of their own";
                    return Err(JsonError::at(text, at..at + 1, message).help(help));
                }
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'\t' | b'\n' | b'\r' | 0x20..0x7f => {}
            _ => return Err(stray_character(text, at)),
        }
        escaped = inside_string && byte == b'\\' && !escaped;
    }
    Ok(())
}

fn control_character(text: &str, at: usize, byte: u8) -> JsonError {
    let help = match byte {
        b'\n' => "close the string with `\"` on the same line, or write `\\n` for a line feed".to_owned(),
        b'\t' => "write `\\t`".to_owned(),
        other => format!("write `\\u{other:04x}`"),
    };
    JsonError::at(text, at..at + 1, format!("the control character {byte:#04x} inside a string")).help(help)
}

fn stray_character(text: &str, at: usize) -> JsonError {
    let stray = text[at..].chars().next().unwrap_or_default();
    let message = format!("the character {stray:?} has no meaning between JSON values");
    JsonError::at(text, at..at + stray.len_utf8(), message)
        .help("remove it; JSON knows spaces, tabs and line feeds as white space")
}
