//! A JSON file whose array or object is iterated over, one element at a time.
//!
//! The elements are cut out of the text by counting brackets, and each is then parsed by itself. So a file of a
//! million elements never is in memory as a whole.

use std::io::{BufRead, BufReader, Read};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::MAX_ITEM_BYTES;
use super::fault::Fault;
use super::file::Entry;
use super::text::{Step, Text};

/// The elements of the array, or members of the object, that the pointer names in the file; those of the whole
/// document without a pointer.
///
/// What stands after them in the file is looked at only if there is no pointer.
///
/// DIFFERENCE: a recording of 2023 refuses an object with the cause that other values still get here. The
/// documentation accepts objects since 2025-09, when `Map.Item.Key` was added.
pub(super) fn elements<R: Read>(input: R, pointer: Option<&str>) -> Result<Elements<BufReader<R>>, Fault> {
    let mut text = Text::new(input);
    for token in pointer.unwrap_or_default().split('/').skip(1) {
        let token = token.replace("~1", "/").replace("~0", "~");
        if !descend(&mut text, &token)? {
            let pointer = pointer.unwrap_or_default();
            return Err(Fault::Malformed(format!("the ItemsPointer `{pointer}` names nothing in the file")));
        }
    }
    let is_object = match peek(&mut text)? {
        Some(b'[') => false,
        Some(b'{') => true,
        _ => {
            value::<_, Value>(&mut text, &mut Vec::new())?;
            return Err(Fault::Recorded("Attempting to map over non-iterable node."));
        }
    };
    text.take_byte()?;
    let is_whole = pointer.is_none_or(str::is_empty);
    Ok(Elements { text, is_object, is_whole, is_first: true, buffer: Vec::new() })
}

/// See [`elements`].
pub(super) struct Elements<R> {
    text: Text<R>,
    is_object: bool,
    /// Whether the document ends with these elements.
    is_whole: bool,
    is_first: bool,
    buffer: Vec<u8>,
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = Result<Entry, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        self.element().transpose()
    }
}

impl<R: BufRead> Elements<R> {
    fn element(&mut self) -> Result<Option<Entry>, Fault> {
        let is_first = std::mem::replace(&mut self.is_first, false);
        if !begin_element(&mut self.text, self.is_object, is_first)? {
            if self.is_whole && peek(&mut self.text)?.is_some() {
                return Err(unexpected(&self.text, "something follows the end of the document"));
            }
            return Ok(None);
        }
        let key = if self.is_object { Some(member_name(&mut self.text, &mut self.buffer)?) } else { None };
        Ok(Some((key, value(&mut self.text, &mut self.buffer)?)))
    }
}

/// Goes to the value that one token of a JSON Pointer names; `false` if there is none.
fn descend<R: BufRead>(text: &mut Text<R>, token: &str) -> Result<bool, Fault> {
    let is_object = match peek(text)? {
        Some(b'[') => false,
        Some(b'{') => true,
        _ => return Ok(false),
    };
    text.take_byte()?;
    let mut index = 0_u64;
    let mut name = Vec::new();
    while begin_element(text, is_object, index == 0)? {
        let found = if is_object {
            member_name(text, &mut name)? == token
        } else {
            // RFC 6901: no leading zeros
            index.to_string() == token
        };
        if found {
            return Ok(true);
        }
        cut(text, usize::MAX, None)?;
        index += 1;
    }
    Ok(false)
}

/// Takes the comma before an element, or the closing bracket: then it is `false`.
fn begin_element<R: BufRead>(text: &mut Text<R>, is_object: bool, is_first: bool) -> Result<bool, Fault> {
    let closing = if is_object { b'}' } else { b']' };
    match peek(text)? {
        Some(byte) if byte == closing => {
            text.take_byte()?;
            return Ok(false);
        }
        Some(b',') if !is_first => {
            text.take_byte()?;
            if peek(text)? == Some(closing) {
                return Err(unexpected(text, "a comma before a closing bracket"));
            }
        }
        Some(_) if is_first => {}
        Some(_) => return Err(unexpected(text, "expected a comma or a closing bracket")),
        None => return Err(unexpected(text, "the file ends within an array or object")),
    }
    Ok(true)
}

/// Takes a member's name and the colon.
fn member_name<R: BufRead>(text: &mut Text<R>, buffer: &mut Vec<u8>) -> Result<String, Fault> {
    let name = value(text, buffer)?;
    if peek(text)? != Some(b':') {
        return Err(unexpected(text, "expected a colon"));
    }
    text.take_byte()?;
    Ok(name)
}

/// Takes and parses one value.
fn value<R: BufRead, T: DeserializeOwned>(text: &mut Text<R>, buffer: &mut Vec<u8>) -> Result<T, Fault> {
    buffer.clear();
    peek(text)?;
    let line = text.line;
    cut(text, MAX_ITEM_BYTES, Some(buffer))?;
    serde_json::from_slice(buffer).map_err(|error| describe(&error, line))
}

/// Takes the text of one value. Whether it is JSON all through is not looked at, only where it ends.
fn cut<R: BufRead>(text: &mut Text<R>, limit: usize, into: Option<&mut Vec<u8>>) -> Result<(), Fault> {
    let Some(first) = peek(text)? else { return Err(unexpected(text, "the file ends before a value")) };
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut after_backslash = false;
    let is_scalar = !matches!(first, b'[' | b'{' | b'"');
    let has_end = text.scan(limit, into, |byte| {
        if is_scalar {
            let ends = byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}');
            return if ends { Step::StopBefore } else { Step::Next };
        }
        if in_string {
            match byte {
                _ if after_backslash => after_backslash = false,
                b'\\' => after_backslash = true,
                b'"' => in_string = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => in_string = true,
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth -= 1,
                _ => {}
            }
        }
        if depth == 0 && !in_string { Step::StopAfter } else { Step::Next }
    })?;
    if has_end || is_scalar { Ok(()) } else { Err(unexpected(text, "the file ends within a value")) }
}

/// The next byte that is no white space.
fn peek<R: BufRead>(text: &mut Text<R>) -> Result<Option<u8>, Fault> {
    let is_space = |byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    text.scan(usize::MAX, None, |byte| if is_space(byte) { Step::Next } else { Step::StopBefore })?;
    text.peek()
}

fn unexpected<R>(text: &Text<R>, what: &str) -> Fault {
    Fault::Malformed(format!("line {}: not valid JSON: {what}", text.line))
}

/// A parser's fault in a piece of text that begins in the given line of the file.
pub(super) fn describe(error: &serde_json::Error, line: u64) -> Fault {
    let text = error.to_string();
    // the position counts from the piece's beginning
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    let line = line + (error.line() as u64).saturating_sub(1);
    Fault::Malformed(format!("line {line}: not valid JSON: {what}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(text: &str, pointer: Option<&str>) -> Result<Vec<Entry>, Fault> {
        elements(text.as_bytes(), pointer)?.collect()
    }

    fn array(values: Value) -> Vec<Entry> {
        let Value::Array(values) = values else { panic!("an array") };
        values.into_iter().map(|value| (None, value)).collect()
    }

    #[track_caller]
    fn refuses(text: &str, expected: &str) {
        assert_eq!(read(text, None), Err(Fault::Malformed(expected.to_owned())));
    }

    #[test]
    fn an_array_gives_its_elements() {
        let text = " [ 1 ,\n\"a,]\\\"\" , {\"b\": [2, \"}\"]},true,[] ] \n";
        assert_eq!(read(text, None), Ok(array(json!([1, "a,]\"", {"b": [2, "}"]}, true, []]))));
        assert_eq!(read("[]", None), Ok(vec![]));
    }

    #[test]
    fn an_object_gives_its_members_in_their_order() {
        let members = read(r#"{"b": {"x": 1}, "\u0061": null}"#, None).unwrap();
        assert_eq!(members, [(Some("b".to_owned()), json!({"x": 1})), (Some("a".to_owned()), json!(null))]);
    }

    #[test]
    fn anything_else_is_refused_in_the_words_of_the_service() {
        for text in ["1", "\"text\"", "null", " true "] {
            assert_eq!(read(text, None), Err(Fault::Recorded("Attempting to map over non-iterable node.")));
        }
    }

    #[test]
    fn a_pointer_leads_to_the_items() {
        let text =
            r#"{"skip": [{"data": 0}, "]"], "a/b": [0, {"~": [7, 8]}], "data": {"items": [1]}} trailing"#;
        assert_eq!(read(text, Some("/data/items")), Ok(array(json!([1]))));
        assert_eq!(read(text, Some("/a~1b/1/~0")), Ok(array(json!([7, 8]))));
        for pointer in ["/none", "/data/items/2", "/data/items/00", "/skip/1/x"] {
            let text = read(text, Some(pointer)).unwrap_err();
            let expected = format!("the ItemsPointer `{pointer}` names nothing in the file");
            assert_eq!(text, Fault::Malformed(expected));
        }
        assert_eq!(read("[3]", Some("")), Ok(array(json!([3]))));
    }

    #[test]
    fn malformed_documents_fail_with_their_line() {
        refuses("", "line 1: not valid JSON: the file ends before a value");
        refuses("nothing", "line 1: not valid JSON: expected ident");
        refuses("[1,\n2", "line 2: not valid JSON: the file ends within an array or object");
        refuses("[1,\n[2", "line 2: not valid JSON: the file ends within a value");
        refuses("[1 2]", "line 1: not valid JSON: expected a comma or a closing bracket");
        refuses("[1,\n]", "line 2: not valid JSON: a comma before a closing bracket");
        refuses("[,1]", "line 1: not valid JSON: EOF while parsing a value");
        refuses("[1]\n2", "line 2: not valid JSON: something follows the end of the document");
        refuses("{\"a\" 1}", "line 1: not valid JSON: expected a colon");
        refuses("[1,\n{\"a\":\n tru}]", "line 3: not valid JSON: expected ident");
        assert!(read("{1: 2}", None).is_err());
    }

    #[test]
    fn deep_nesting_is_refused_and_not_followed() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        refuses(&format!("[{deep}]"), "line 1: not valid JSON: recursion limit exceeded");
        assert_eq!(read(&format!("{{\"a\": {deep}, \"b\": [1]}}"), Some("/b")), Ok(array(json!([1]))));
    }

    proptest! {
        #[test]
        fn the_elements_are_those_that_serde_json_sees(text in r#"[\[\]{},:"\\ 0-9a-c\n]{0,24}"#) {
            let text = format!("[{text}]");
            match serde_json::from_str::<Vec<Value>>(&text) {
                Ok(values) => prop_assert_eq!(read(&text, None), Ok(array(values.into()))),
                Err(_) => prop_assert!(read(&text, None).is_err()),
            }
        }
    }
}
