//! A look at the brackets and strings of a text before it is parsed: at what the parser does not refuse.

use super::text::JsonError;

/// How many arrays and objects may stand in each other: as many as `serde_json` reads, so that what is read and
/// written here can be read with it.
///
/// Everything that walks a definition is recursive, and at this depth takes less than half of the stack that a thread
/// has (2 MiB), unoptimized. A Parallel state in a Parallel state is four levels, so that thirty of them are read;
/// how many the service takes is not documented.
pub(super) const MAX_DEPTH: usize = 127;

/// What a look at the brackets and strings of a text tells, before it is parsed.
#[derive(Default)]
pub(super) struct Scan {
    /// The bracket that opens one level too many.
    pub(super) too_deep: Option<usize>,
    /// The first character that the parser lets pass and JSON does not.
    pub(super) flaw: Option<Flaw>,
}

pub(super) struct Flaw {
    at: usize,
    character: char,
    in_string: bool,
}

impl Scan {
    pub(super) fn of(json: &str) -> Self {
        let mut scan = Self::default();
        let mut depth = 0_usize;
        let mut in_string = false;
        let mut chars = json.char_indices();
        while let Some((at, character)) = chars.next() {
            match character {
                '"' => in_string = !in_string,
                '\\' if in_string => {
                    chars.next();
                }
                '[' | '{' if !in_string => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        scan.too_deep = Some(at);
                        break;
                    }
                }
                ']' | '}' if !in_string => depth = depth.saturating_sub(1),
                ' ' => {}
                '\t' | '\n' | '\r' if !in_string => {}
                _ if scan.flaw.is_none() => {
                    let is_flaw = if in_string { character < ' ' } else { character.is_whitespace() };
                    scan.flaw = is_flaw.then_some(Flaw { at, character, in_string });
                }
                _ => {}
            }
        }
        scan
    }
}

impl Flaw {
    pub(super) fn to_error(&self, text: &str, mark: usize) -> JsonError {
        let Self { at, character, in_string } = *self;
        let bytes = at + mark..at + mark + character.len_utf8();
        let escaped = format!("\\u{:04x}", u32::from(character));
        let (message, help) = match (character, in_string) {
            ('\n' | '\r', true) => (
                "a string goes on over the end of the line".to_owned(),
                "close it with `\"`, or write the line break as `\\n`".to_owned(),
            ),
            (_, true) => (
                format!("the control character {escaped} stands in a string as it is"),
                format!("write it as `{escaped}`, or remove it"),
            ),
            (_, false) => (
                format!("the character {escaped} is no white space in JSON"),
                "replace it by a space".to_owned(),
            ),
        };
        JsonError { help: Some(help), ..JsonError::at(text, bytes, message) }
    }
}
