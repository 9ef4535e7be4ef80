//! JSON Lines: one JSON document a line.

use std::io::{BufReader, Read};

use super::MAX_ITEM_BYTES;
use super::fault::Fault;
use super::file::Entry;
use super::json::describe;
use super::text::Text;

/// The documents of a file. Lines with nothing but white space are none; what the service makes of them is not known.
pub(super) fn documents<R: Read>(input: R) -> JsonLines<R> {
    JsonLines { text: Text::new(input), line: Vec::new() }
}

/// See [`documents`].
pub(super) struct JsonLines<R: Read> {
    text: Text<BufReader<R>>,
    line: Vec<u8>,
}

impl<R: Read> Iterator for JsonLines<R> {
    type Item = Result<Entry, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let number = self.text.line;
            match self.text.read_line(MAX_ITEM_BYTES, &mut self.line) {
                Ok(true) if self.line.trim_ascii().is_empty() => {}
                Ok(true) => {
                    let value = serde_json::from_slice(&self.line);
                    return Some(value.map(|value| (None, value)).map_err(|error| describe(&error, number)));
                }
                Ok(false) => return None,
                Err(fault) => return Some(Err(fault)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn read(text: &str) -> Result<Vec<Value>, Fault> {
        documents(text.as_bytes()).map(|entry| entry.map(|(_, value)| value)).collect()
    }

    #[test]
    fn each_line_is_a_document_of_any_kind() {
        let values = read("{\"a\":1}\r\n[2]\n\n \"three\" \nnull").unwrap();
        assert_eq!(values, [json!({"a": 1}), json!([2]), json!("three"), json!(null)]);
        assert_eq!(read(""), Ok(vec![]));
    }

    #[test]
    fn a_line_that_is_no_json_fails_with_its_number() {
        let text = |fault| match fault {
            Fault::Malformed(text) => text,
            Fault::Recorded(text) => text.to_owned(),
        };
        assert_eq!(text(read("1\n\n{\"a\":}\n2").unwrap_err()), "line 3: not valid JSON: expected value");
        assert_eq!(text(read("1 2\n").unwrap_err()), "line 1: not valid JSON: trailing characters");
    }

    fn document() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 20, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                proptest::collection::btree_map(".{0,4}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn written_lines_read_back(values in proptest::collection::vec(document(), 0..20)) {
            let text = values.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(read(&text), Ok(values));
        }
    }
}
