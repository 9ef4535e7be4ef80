//! A recorded value with all that may differ taken out of it, and how ours differs from the rest.

use std::fmt;

use serde_json::{Map, Value};

use super::volatile::{Path, Step};

/// A recorded value: what must be there, and where anything may be.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// Anything.
    Any,
    /// A number, a boolean or null.
    Exactly(Value),
    /// A string.
    Text(Text),
    /// An object: these fields and no other, in any order.
    Object(Vec<(String, Pattern)>),
    /// An array.
    List(Vec<Pattern>),
}

/// What stands for what in the strings of a recording.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    /// Each token with its value, the longest token first.
    values: Vec<(String, String)>,
    /// Tokens that stand for more than one value.
    open: Vec<String>,
    /// Text in which `<…>` is no token: the definition and the input.
    written: String,
}

/// What dates and generated values were replaced by, wherever they stood alone.
const WORDS: [&str; 3] = ["date", "timestamp", "generated-uuid"];

impl Tokens {
    /// Those of a case's history.
    #[must_use]
    pub fn of(case: &Value) -> Self {
        let pairs = case["tokens"].as_object().into_iter().flatten();
        let values = pairs.filter_map(|(token, value)| Some((token.clone(), value.as_str()?.to_owned())));
        let mut tokens = Self::of_result(case);
        tokens.values = values.filter(|(token, _)| !tokens.open.contains(token)).collect();
        let longest_first = |(one, _): &(String, _), (other, _): &(String, _)| other.len().cmp(&one.len());
        tokens.values.sort_by(longest_first);
        tokens
    }

    /// Those of what a case expects, and of what its tasks were given and answered: all that are known have been
    /// replaced there.
    #[must_use]
    pub fn of_result(case: &Value) -> Self {
        let open = case["ambiguous_tokens"].as_array().into_iter().flatten();
        let open = open.filter_map(|token| token.as_str().map(ToOwned::to_owned)).collect();
        let written = format!("{}{}", case["definition_text"].as_str().unwrap_or_default(), case["input"]);
        Self { values: Vec::new(), open, written }
    }

    /// A recorded string with the values of its tokens; nothing, if some are not known.
    #[must_use]
    pub fn filled(&self, text: &str) -> Option<String> {
        match &self.text(text).parts[..] {
            [Part::Same(text)] => Some(text.clone()),
            _ => None,
        }
    }

    fn text(&self, text: &str) -> Text {
        if WORDS.contains(&text) {
            return Text { parts: vec![Part::Open], json: None };
        }
        let json = as_json(text).map(|json| Box::new(Pattern::of(&json, self)));
        let mut parts = vec![Part::Same(String::new())];
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (part, length) = self.next(rest).unwrap_or((&rest[..first.len_utf8()], first.len_utf8()));
            rest = &rest[length..];
            match (part, parts.last_mut()) {
                (OPEN, _) => parts.extend([Part::Open, Part::Same(String::new())]),
                (part, Some(Part::Same(text))) => text.push_str(part),
                (part, _) => parts.push(Part::Same(part.to_owned())),
            }
        }
        Text { parts, json }
    }

    /// What the token at the beginning of a text stands for, and how long it is.
    fn next(&self, text: &str) -> Option<(&str, usize)> {
        let open = self.open.iter().find(|token| text.starts_with(token.as_str()));
        let known = self.values.iter().find(|(token, _)| text.starts_with(token.as_str()));
        open.map(|token| (OPEN, token.len()))
            .or_else(|| known.map(|(token, value)| (value.as_str(), token.len())))
            .or_else(|| self.placeholder(text).map(|length| (OPEN, length)))
    }

    /// The length of the `<name:1>` at the beginning of a text, whose value nobody knows. One may stand in another.
    fn placeholder(&self, text: &str) -> Option<usize> {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-:".contains(c);
        let mut depth = 0_usize;
        for (at, c) in text.char_indices() {
            match c {
                '<' => depth += 1,
                '>' if at > 0 => depth = depth.checked_sub(1)?,
                c if depth > 0 && is_name(c) => {}
                _ => return None,
            }
            if depth == 0 {
                let token = &text[..=at];
                return (at > 1 && !self.written.contains(token)).then_some(token.len());
            }
        }
        None
    }
}

/// Stands for what is not known; no recorded string holds it.
const OPEN: &str = "\u{0}";

/// A recorded string.
#[derive(Debug, Clone)]
pub struct Text {
    parts: Vec<Part>,
    /// The object or array that it is the text of.
    json: Option<Box<Pattern>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Same(String),
    Open,
}

impl Text {
    fn matches(&self, ours: &str) -> bool {
        match &self.parts[..] {
            [Part::Same(theirs)] => theirs == ours,
            parts => matches(parts, ours),
        }
    }
}

/// Whether a text is these parts, each open one as short as possible.
fn matches(parts: &[Part], text: &str) -> bool {
    let mut rest = text;
    let mut is_open = false;
    for (index, part) in parts.iter().enumerate() {
        let Part::Same(same) = part else {
            is_open = true;
            continue;
        };
        let found = match (is_open, index + 1 == parts.len()) {
            (true, true) => rest.ends_with(same.as_str()).then(|| rest.len() - same.len()),
            (true, false) => rest.find(same.as_str()),
            (false, _) => rest.starts_with(same.as_str()).then_some(0),
        };
        let Some(at) = found else { return false };
        rest = &rest[at + same.len()..];
        is_open = false;
    }
    is_open || rest.is_empty()
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Same(text) => f.write_str(text),
            Part::Open => f.write_str("<…>"),
        })
    }
}

/// The first place at which two values differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The place, as `.output.items[2]`.
    pub at: String,
    /// What was recorded there.
    pub theirs: String,
    /// What we have there.
    pub ours: String,
}

impl Difference {
    /// A difference at the value itself.
    pub fn here(theirs: impl Into<String>, ours: impl Into<String>) -> Self {
        Self { at: String::new(), theirs: theirs.into(), ours: ours.into() }
    }

    /// The same difference, seen from the object or array around.
    #[must_use]
    pub fn within(mut self, place: &str) -> Self {
        self.at.insert_str(0, place);
        self
    }
}

/// `.output.a: the service has 1, we have 2`
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.at.is_empty() { String::new() } else { format!("{}: ", self.at) };
        write!(f, "{at}the service has {}, we have {}", short(&self.theirs), short(&self.ours))
    }
}

fn short(text: &str) -> String {
    const MOST: usize = 300;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

const NOTHING: &str = "nothing";

impl Pattern {
    /// What must be there of a recorded value.
    #[must_use]
    pub fn of(value: &Value, tokens: &Tokens) -> Self {
        match value {
            Value::String(text) => Self::Text(tokens.text(text)),
            Value::Array(values) => Self::List(values.iter().map(|value| Self::of(value, tokens)).collect()),
            Value::Object(fields) => Self::Object(
                fields.iter().map(|(name, value)| (name.clone(), Self::of(value, tokens))).collect(),
            ),
            value => Self::Exactly(value.clone()),
        }
    }

    /// Lets anything be at a place, if there is such a place.
    pub fn open(&mut self, path: &[Step]) {
        let Some((step, rest)) = path.split_first() else {
            *self = Self::Any;
            return;
        };
        match (self, step) {
            (Self::Object(fields), Step::Field(name)) => {
                let field = fields.iter_mut().find(|(known, _)| known == name);
                if let Some((_, field)) = field {
                    field.open(rest);
                }
            }
            (Self::List(values), Step::Index(index)) => {
                if let Some(value) = values.get_mut(*index) {
                    value.open(rest);
                }
            }
            (Self::List(values), Step::All) => values.iter_mut().for_each(|value| value.open(rest)),
            _ => {}
        }
    }

    /// Lets anything be at all of these places.
    pub fn open_all<'p>(&mut self, paths: impl IntoIterator<Item = &'p Path>) {
        paths.into_iter().for_each(|path| self.open(path.steps()));
    }

    /// Whether nothing in it may differ.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        match self {
            Self::Any => false,
            Self::Exactly(_) => true,
            Self::Text(text) => text.parts.iter().all(|part| *part != Part::Open),
            Self::Object(fields) => fields.iter().all(|(_, field)| field.is_closed()),
            Self::List(values) => values.iter().all(Self::is_closed),
        }
    }

    /// Takes fields out of an object.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        if let Self::Object(fields) = &mut self {
            fields.retain(|(name, _)| !names.contains(&name.as_str()));
        }
        self
    }

    /// A field of an object.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        fields.iter().find(|(known, _)| known == name).map(|(_, field)| field)
    }

    /// The first place at which ours is not what was recorded.
    #[must_use]
    pub fn difference(&self, ours: &Value) -> Option<Difference> {
        match (self, ours) {
            (Self::Any, _) => None,
            (Self::Object(theirs), Value::Object(ours)) => other_field(theirs, ours),
            (Self::List(theirs), Value::Array(ours)) => other_element(theirs, ours),
            (Self::Text(theirs), Value::String(ours)) => {
                if theirs.matches(ours) {
                    return None;
                }
                // the text of an error may have been written anew by the recorder: compared as what it says
                if let (Some(theirs), Some(ours)) = (&theirs.json, as_json(ours)) {
                    return theirs.difference(&ours);
                }
                Some(Difference::here(format!("{:?}", theirs.to_string()), format!("{ours:?}")))
            }
            (Self::Exactly(theirs), ours) if theirs == ours => None,
            (theirs, ours) => Some(Difference::here(theirs.to_string(), ours.to_string())),
        }
    }
}

/// The object or array that a text is.
fn as_json(text: &str) -> Option<Value> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    serde_json::from_str(text).ok()
}

fn other_field(theirs: &[(String, Pattern)], ours: &Map<String, Value>) -> Option<Difference> {
    for (name, pattern) in theirs {
        let difference = match ours.get(name) {
            Some(value) => pattern.difference(value),
            None => Some(Difference::here(pattern.to_string(), NOTHING)),
        };
        if let Some(difference) = difference {
            return Some(difference.within(&format!(".{name}")));
        }
    }
    let more = ours.iter().find(|(name, _)| theirs.iter().all(|(known, _)| known != *name));
    more.map(|(name, value)| Difference::here(NOTHING, value.to_string()).within(&format!(".{name}")))
}

fn other_element(theirs: &[Pattern], ours: &[Value]) -> Option<Difference> {
    for index in 0..theirs.len().max(ours.len()) {
        let difference = match (theirs.get(index), ours.get(index)) {
            (Some(theirs), Some(ours)) => theirs.difference(ours),
            (theirs, ours) => Some(Difference::here(
                theirs.map_or_else(|| NOTHING.to_owned(), ToString::to_string),
                ours.map_or_else(|| NOTHING.to_owned(), ToString::to_string),
            )),
        };
        if let Some(difference) = difference {
            return Some(difference.within(&format!("[{index}]")));
        }
    }
    None
}

/// The pattern as JSON, with `…` where anything may be.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("…"),
            Self::Exactly(value) => value.fmt(f),
            Self::Text(text) => write!(f, "{:?}", text.to_string()),
            Self::Object(fields) => {
                f.write_str("{")?;
                for (index, (name, field)) in fields.iter().enumerate() {
                    write!(f, "{}{name:?}:{field}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("}")
            }
            Self::List(values) => {
                f.write_str("[")?;
                for (index, value) in values.iter().enumerate() {
                    write!(f, "{}{value}", if index == 0 { "" } else { "," })?;
                }
                f.write_str("]")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn tokens() -> Tokens {
        Tokens::of(&json!({
            "definition_text": "{% '<b>' %}",
            "tokens": {"<name>": "orders", "<name>:long": "orders-long", "key": "key-1", "role": "r"},
            "ambiguous_tokens": ["<Arn_0>", "role"]
        }))
    }

    #[track_caller]
    fn check(theirs: &Value, ours: &Value, expected: Option<&str>) {
        let difference = Pattern::of(theirs, &tokens()).difference(ours).map(|it| it.to_string());
        assert_eq!(difference.as_deref(), expected);
    }

    #[test]
    fn a_value_is_equal_to_itself_and_to_no_other() {
        let value = json!({"a": [1, 2.5, null, true, "x"], "b": {"c": {}}});
        check(&value, &value, None);
        check(&json!({"a": 1, "b": 2}), &json!({"b": 2, "a": 1}), None);
        check(&json!({"a": [1]}), &json!({"a": [2]}), Some(".a[0]: the service has 1, we have 2"));
        check(&json!([1]), &json!([1, 2]), Some("[1]: the service has nothing, we have 2"));
        check(&json!([1, 2]), &json!([1]), Some("[1]: the service has 2, we have nothing"));
        check(&json!({"a": 1}), &json!({}), Some(".a: the service has 1, we have nothing"));
        check(&json!({}), &json!({"a": 1}), Some(".a: the service has nothing, we have 1"));
        check(&json!(1), &json!(1.0), Some("the service has 1, we have 1.0"));
        check(&json!(null), &json!({}), Some("the service has null, we have {}"));
        check(&json!("1"), &json!(1), Some("the service has \"1\", we have 1"));
    }

    #[test]
    fn tokens_are_replaced_once_and_the_longest_first() {
        check(&json!("key"), &json!("key-1"), None);
        check(&json!("a:<name>:1"), &json!("a:orders:1"), None);
        check(&json!("<name>:long"), &json!("orders-long"), None);
        check(&json!("<name>"), &json!("other"), Some("the service has \"orders\", we have \"other\""));
    }

    #[test]
    fn what_is_not_known_may_be_anything() {
        check(&json!("date"), &json!("2025-01-01T00:00:00Z"), None);
        check(&json!("<uuid:1>"), &json!("0-0"), None);
        check(&json!("arn:<Arn_0>:x"), &json!("arn:whatever:x"), None);
        check(
            &json!("arn:<Arn_0>:x"),
            &json!("arn:whatever:y"),
            Some("the service has \"arn:<…>:x\", we have \"arn:whatever:y\""),
        );
        check(&json!("role"), &json!("arn:aws:iam::1:role/x"), None);
        check(&json!("<<task_token>:1>"), &json!("x"), None);
        check(&json!("a <> b"), &json!("a b"), Some("the service has \"a <> b\", we have \"a b\""));
        check(&json!("in <uuid:1> of <uuid:2>!"), &json!("in a of b of c!"), None);
        check(
            &json!("in <uuid:1>"),
            &json!("out of a"),
            Some("the service has \"in <…>\", we have \"out of a\""),
        );
    }

    #[test]
    fn what_the_author_wrote_is_no_token() {
        check(&json!("<b>"), &json!("<b>"), None);
        check(&json!("<b>"), &json!("c"), Some("the service has \"<b>\", we have \"c\""));
        check(&json!("a < b > c"), &json!("a"), Some("the service has \"a < b > c\", we have \"a\""));
    }

    #[test]
    fn json_in_texts_is_compared_as_json() {
        check(&json!("{\"a\": 1, \"b\": [2]}"), &json!("{\"b\":[2],\"a\":1}"), None);
        check(&json!("{\"a\": 1}"), &json!("{\"a\":2}"), Some(".a: the service has 1, we have 2"));
        check(&json!("{\"id\": \"<uuid:1>\"}"), &json!("{\"id\":\"0-0\"}"), None);
        check(&json!("1.0"), &json!("1"), Some("the service has \"1.0\", we have \"1\""));
    }

    #[test]
    fn the_values_of_tokens_can_be_asked_for() {
        assert_eq!(tokens().filled("a:<name>:1").as_deref(), Some("a:orders:1"));
        assert_eq!(tokens().filled("<uuid:1>"), None);
        assert!(Pattern::of(&json!([{"a": "<name>"}]), &tokens()).is_closed());
        assert!(!Pattern::of(&json!([{"a": "<uuid:1>"}]), &tokens()).is_closed());
    }

    #[test]
    fn places_are_opened() {
        let mut pattern = Pattern::of(&json!({"a": [{"b": 1, "c": 2}, {"b": 1}], "d": 1}), &tokens());
        pattern.open_all(&[Path::parse("$.a[*].b").unwrap(), Path::parse("$['d']").unwrap()]);
        pattern.open_all(&[Path::parse("$.nothing[3].there").unwrap()]);
        assert_eq!(pattern.to_string(), r#"{"a":[{"b":…,"c":2},{"b":…}],"d":…}"#);
        assert_eq!(pattern.difference(&json!({"a": [{"b": 7, "c": 2}, {"b": []}], "d": null})), None);
        let other = pattern.difference(&json!({"a": [{"b": 7, "c": 3}, {"b": []}], "d": null})).unwrap();
        assert_eq!(other.at, ".a[0].c");
    }
}
