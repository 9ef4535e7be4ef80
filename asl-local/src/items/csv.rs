//! Text with rows and fields, as an item reader takes it.
//!
//! The parser is our own because the rules are: a backslash escapes outside of quotes too, and vanishes before any
//! other character, while quotes may be doubled as well. The `csv` crate knows an escape character inside of quotes
//! only.
//!
//! See [ItemReader](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html).

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read};

use serde_json::{Map, Value};

use super::MAX_ITEM_BYTES;
use super::fault::Fault;
use super::file::Entry;
use super::text::{Step, Text};
use crate::hash_order;

/// How a file is cut into rows and fields.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CsvRules {
    pub(super) delimiter: u8,
    /// The names of the columns; `None` if the first row holds them.
    pub(super) headers: Option<Vec<String>>,
}

/// A first row may be this long, according to the documentation of the service.
const MAX_HEADER_BYTES: usize = 10 * 1024;

/// The rows of a file as objects of strings. Missing fields are empty, additional ones dropped.
pub(super) fn rows<R: Read>(input: R, rules: CsvRules) -> Result<Rows<BufReader<R>>, Fault> {
    let mut records = Records::new(Text::new(input), rules.delimiter);
    let headers = if let Some(headers) = rules.headers {
        headers
    } else {
        // a file without any row has no items
        records.read(MAX_HEADER_BYTES, usize::MAX)?;
        records.fields().collect::<Result<_, _>>()?
    };
    if headers.iter().collect::<HashSet<_>>().len() < headers.len() {
        return Err(Fault::Recorded("CSV headers cannot contain duplicates."));
    }
    // as recorded: the fields of an item stand in the order of a Java hash table, not in that of the columns
    let mut order: Vec<usize> = (0..headers.len()).collect();
    hash_order::sort(&mut order, |column| hash_order::hash_of_text(&headers[*column]));
    Ok(Rows { records, headers, order })
}

/// See [`rows`].
pub(super) struct Rows<R> {
    records: Records<R>,
    headers: Vec<String>,
    /// The columns in the order in which their fields stand in an item.
    order: Vec<usize>,
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Entry, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.records.read(MAX_ITEM_BYTES, self.headers.len()) {
            Ok(true) => Some(self.row()),
            Ok(false) => None,
            Err(fault) => Some(Err(fault)),
        }
    }
}

impl<R: BufRead> Rows<R> {
    fn row(&self) -> Result<Entry, Fault> {
        let mut fields = self.records.fields().collect::<Result<Vec<_>, _>>()?;
        fields.resize(self.headers.len(), String::new());
        let mut row = Map::with_capacity(self.headers.len());
        for &column in &self.order {
            row.insert(self.headers[column].clone(), Value::String(std::mem::take(&mut fields[column])));
        }
        Ok((None, Value::Object(row)))
    }
}

/// Reads one row at a time into the same memory.
struct Records<R> {
    text: Text<R>,
    delimiter: u8,
    /// The fields of the current row, one after the other.
    bytes: Vec<u8>,
    /// Where in `bytes` each field ends.
    ends: Vec<usize>,
    /// The line in which the current row begins.
    line: u64,
    /// A row that ended with a carriage return may be followed by the line feed that belongs to it.
    after_return: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    FieldStart,
    Unquoted,
    Quoted,
    /// After a quote inside of quotes: the end of the field's quotes, or half of a doubled quote.
    Quote,
}

impl<R: BufRead> Records<R> {
    fn new(text: Text<R>, delimiter: u8) -> Self {
        Self { text, delimiter, bytes: Vec::new(), ends: Vec::new(), line: 1, after_return: false }
    }

    /// Reads the next row and keeps its first fields; `false` after the last. Rows without any character, not even
    /// quotes, are none.
    fn read(&mut self, limit: usize, keep: usize) -> Result<bool, Fault> {
        loop {
            if std::mem::take(&mut self.after_return) && self.text.peek()? == Some(b'\n') {
                self.text.take_byte()?;
            }
            self.bytes.clear();
            self.ends.clear();
            self.line = self.text.line;
            let mut row = Row {
                bytes: &mut self.bytes,
                ends: &mut self.ends,
                delimiter: self.delimiter,
                keep,
                place: Place::FieldStart,
                after_backslash: false,
                is_empty: true,
                after_return: false,
            };
            let has_end = self.text.scan(limit, None, |byte| row.take(byte))?;
            let (place, is_empty) = (row.place, row.is_empty);
            self.after_return = row.after_return;
            if is_empty && !has_end {
                return Ok(false);
            }
            if place == Place::Quoted {
                let text = format!("the quotes that open in the row at line {} are not closed", self.line);
                return Err(Fault::Malformed(text));
            }
            if !is_empty {
                row.end_field();
                return Ok(true);
            }
        }
    }

    fn fields(&self) -> impl Iterator<Item = Result<String, Fault>> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, &end)| {
            let field = self.bytes[start..end].to_vec();
            String::from_utf8(field)
                .map_err(|_| Fault::Malformed(format!("the row at line {} is not UTF-8", self.line)))
        })
    }
}

/// A row while it is read.
struct Row<'a> {
    bytes: &'a mut Vec<u8>,
    ends: &'a mut Vec<usize>,
    delimiter: u8,
    keep: usize,
    place: Place,
    after_backslash: bool,
    is_empty: bool,
    after_return: bool,
}

impl Row<'_> {
    fn take(&mut self, byte: u8) -> Step {
        let was_empty = std::mem::replace(&mut self.is_empty, false);
        if std::mem::take(&mut self.after_backslash)
            && (matches!(byte, b'\\' | b'"') || byte == self.delimiter)
        {
            self.push(byte);
            return Step::Next;
        }
        match (self.place, byte) {
            (Place::FieldStart, b'"') => self.place = Place::Quoted,
            (Place::Quoted, b'"') => self.place = Place::Quote,
            (Place::Quote, b'"') => {
                self.push(byte);
                self.place = Place::Quoted;
            }
            (place, b'\\') => {
                self.after_backslash = true;
                if place != Place::Quoted {
                    self.place = Place::Unquoted;
                }
            }
            (Place::Quoted, _) => self.push(byte),
            (_, b'\r' | b'\n') => {
                self.is_empty = was_empty;
                self.after_return = byte == b'\r';
                return Step::StopAfter;
            }
            _ if byte == self.delimiter => {
                self.end_field();
                self.place = Place::FieldStart;
            }
            _ => {
                self.push(byte);
                self.place = Place::Unquoted;
            }
        }
        Step::Next
    }

    fn push(&mut self, byte: u8) {
        if self.ends.len() < self.keep {
            self.bytes.push(byte);
        }
    }

    fn end_field(&mut self) {
        if self.ends.len() < self.keep {
            self.ends.push(self.bytes.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(text: &str, delimiter: u8, headers: Option<&[&str]>) -> Result<Vec<Value>, Fault> {
        let headers = headers.map(|headers| headers.iter().map(|&header| header.to_owned()).collect());
        rows(text.as_bytes(), CsvRules { delimiter, headers })?
            .map(|row| row.map(|(_, value)| value))
            .collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &Value) {
        assert_eq!(read(text, b',', None).map(Value::from).as_ref(), Ok(expected));
    }

    #[test]
    fn the_first_row_names_the_columns_and_every_field_is_a_string() {
        check(
            "id,name\n1,true\n2,null\n",
            &json!([{"id": "1", "name": "true"}, {"id": "2", "name": "null"}]),
        );
    }

    #[test]
    fn short_rows_are_padded_and_additional_fields_dropped() {
        check(
            "a,b\n1\n1,2,3,4\n,\n",
            &json!([{"a": "1", "b": ""}, {"a": "1", "b": "2"}, {"a": "", "b": ""}]),
        );
    }

    #[test]
    fn quotes_hold_delimiters_newlines_and_doubled_quotes() {
        check(
            "a,b\n\"x,y\",\"l1\r\nl2\"\n\"say \"\"hi\"\"\",\"\"\n",
            &json!([
                {"a": "x,y", "b": "l1\r\nl2"},
                {"a": "say \"hi\"", "b": ""},
            ]),
        );
    }

    #[test]
    fn a_quote_inside_a_field_is_a_character() {
        check(
            "a,b\n5\" disk,'single'\n\"x\"y\"z,2\n",
            &json!([
                {"a": "5\" disk", "b": "'single'"},
                {"a": "xy\"z", "b": "2"},
            ]),
        );
    }

    #[test]
    fn a_backslash_escapes_itself_quotes_and_the_delimiter_and_vanishes_before_others() {
        check(
            r#"a,b
x\,y,\\
"q\"q","\\\n"
\"z\",C:\temp
"#,
            &json!([
                {"a": "x,y", "b": "\\"},
                {"a": "q\"q", "b": "\\n"},
                {"a": "\"z\"", "b": "C:temp"},
            ]),
        );
        let piped = read("a|b\nx\\|y|\\,\n", b'|', None);
        assert_eq!(piped, Ok(vec![json!({"a": "x|y", "b": ","})]));
    }

    #[test]
    fn each_delimiter_parts_fields() {
        for delimiter in *b",|; \t" {
            let text = "a,b\n1,2\n".replace(',', &char::from(delimiter).to_string());
            assert_eq!(read(&text, delimiter, None), Ok(vec![json!({"a": "1", "b": "2"})]));
        }
    }

    #[test]
    fn given_headers_leave_the_first_row_to_the_items() {
        let rows = read("1,2\n3,4", b',', Some(&["a", "b"]));
        assert_eq!(rows, Ok(vec![json!({"a": "1", "b": "2"}), json!({"a": "3", "b": "4"})]));
    }

    #[test]
    fn rows_end_with_any_newline_and_blank_ones_are_none() {
        check("a\r\n1\r\r\n\n2\n\"\"\n   \n", &json!([{"a": "1"}, {"a": "2"}, {"a": ""}, {"a": "   "}]));
        check("", &json!([]));
        check("a,b", &json!([]));
        check("a\nlast\\", &json!([{"a": "last"}]));
    }

    #[test]
    fn doubled_headers_fail_in_the_words_of_the_service() {
        let fault = Fault::Recorded("CSV headers cannot contain duplicates.");
        assert_eq!(read("a,b,a\n1,2,3\n", b',', None), Err(fault));
        assert!(read("1,2\n", b',', Some(&["a", "a"])).is_err());
    }

    #[test]
    fn malformed_rows_fail_with_their_line() {
        let fault = read("a\nfine\n\"open\n1\n2\n", b',', None).unwrap_err();
        let text = "the quotes that open in the row at line 3 are not closed";
        assert_eq!(fault, Fault::Malformed(text.to_owned()));
        let rows = rows(&b"a\n1\n\xff\n"[..], CsvRules { delimiter: b',', headers: None }).unwrap();
        let fault = rows.last().unwrap().unwrap_err();
        assert_eq!(fault, Fault::Malformed("the row at line 3 is not UTF-8".to_owned()));
        let fault = read(&"h,".repeat(6000), b',', None).unwrap_err();
        assert_eq!(fault, Fault::Malformed("line 1: a row or value of more than 10 KB".to_owned()));
    }

    #[test]
    fn additional_fields_take_no_memory() {
        let text = format!("a\n{}\n", "x,".repeat(100_000));
        let mut rows = rows(text.as_bytes(), CsvRules { delimiter: b',', headers: None }).unwrap();
        assert_eq!(rows.next().unwrap().unwrap().1, json!({"a": "x"}));
        assert!(rows.records.bytes.capacity() < 100 && rows.records.ends.capacity() < 100);
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_reads_back(
            table in proptest::collection::vec(proptest::collection::vec("[ -~\r\n\t\"\\\\,|é]{0,8}", 3), 0..20),
            delimiter in proptest::sample::select(b",|; \t".to_vec()),
        ) {
            let mut writer = ::csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
            for row in &table {
                // that a backslash stands for itself is not known to the writer
                writer.write_record(row.iter().map(|field| field.replace('\\', r"\\"))).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let expected: Vec<_> =
                table.iter().map(|row| json!({"a": row[0], "b": row[1], "c": row[2]})).collect();
            prop_assert_eq!(read(&text, delimiter, Some(&["a", "b", "c"])), Ok(expected));
        }

        #[test]
        fn no_bytes_make_the_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(rows) = rows(&bytes[..], CsvRules { delimiter: b',', headers: None }) {
                for row in rows.take_while(Result::is_ok) {
                    prop_assert!(row.unwrap().1.is_object());
                }
            }
        }
    }
}
