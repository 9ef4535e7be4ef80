//! Names, paths and intrinsic functions: plain text where they belong, a message of their own elsewhere.

use asl_core::model::{Kind, QueryLanguage};

use crate::errors::Place;
use crate::parse::tree::Text;

use super::Lower;
use super::json::{Json, JsonKind};
use super::position::{Position, path_sibling};

impl Lower<'_> {
    /// A name without quotes.
    pub(super) fn word(&mut self, at: Position<'_>, word: String, place: Place) -> Json {
        let belongs = matches!(
            at,
            // an object where a name stands has the wrong type, and the validator says so
            Position::Name(_)
                | Position::StateName
                | Position::Free
                | Position::State
                | Position::States
                | Position::Object(_)
                | Position::List(_)
        );
        if !belongs {
            self.errors.push_with_help(
                place,
                format!("the name `{word}` needs quotes here"),
                format!("write `\"{word}\"`; a Rust value is written `#({word})`"),
            );
        }
        Json::text(word, place)
    }

    /// A path outside the entries of a template.
    pub(super) fn path(&mut self, at: Position<'_>, path: Text, place: Place) -> Json {
        let text = path.value.as_str();
        let problem = match at {
            Position::Path
            | Position::Free
            | Position::Name(_)
            | Position::StateName
            | Position::State
            | Position::States
            | Position::Object(_)
            | Position::List(_) => None,
            Position::Expressions(_) => Some((
                "a path has no meaning in a JSONata state".to_owned(),
                format!("write `\"{{% {} %}}\"`", in_jsonata(text)),
            )),
            Position::Template("Parameters") => Some((
                "`Parameters` is an object, not a path".to_owned(),
                format!("write `InputPath: {text}`"),
            )),
            Position::Template(field) => Some((
                format!("`{field}` is an object, not a path"),
                format!("name a field: `{field}: {{ name: {text} }}`"),
            )),
            Position::Verbatim => Some((
                "`Result` is never evaluated, so a path in it has no meaning".to_owned(),
                "write `Parameters` instead of `Result`".to_owned(),
            )),
            Position::Constant(kind, key) => Some(self.path_as_constant(kind, key, text)),
        };
        if let Some((message, help)) = problem {
            self.errors.push_with_help(place, message, help);
        }
        Json { place, kind: JsonKind::Text(path) }
    }

    fn path_as_constant(&self, kind: Kind, key: &str, path: &str) -> (String, String) {
        let message = format!("`{key}` takes a value, not a path");
        let help = match (self.language, path_sibling(kind, key)) {
            (QueryLanguage::Jsonata, Some(_)) => format!("write `\"{{% {} %}}\"`", in_jsonata(path)),
            (QueryLanguage::JsonPath, Some(sibling)) => format!("write `{sibling}: {path}`"),
            (_, None) => format!("if this text is meant, write `\"{path}\"`"),
        };
        (message, help)
    }

    /// An intrinsic function outside the entries of a template.
    pub(super) fn intrinsic(&mut self, at: Position<'_>, call: Text, place: Place) -> Json {
        let problem = match at {
            Position::Path
            | Position::Free
            | Position::Name(_)
            | Position::StateName
            | Position::State
            | Position::States
            | Position::Object(_)
            | Position::List(_) => None,
            Position::Expressions(_) => Some((
                "JSONata states have no intrinsic functions".to_owned(),
                "write a JSONata expression: `\"{% … %}\"`".to_owned(),
            )),
            Position::Template(field) => Some((
                format!("`{field}` is an object, not a function call"),
                format!("name a field: `{field}: {{ name: {} }}`", call.value),
            )),
            Position::Verbatim => Some((
                "`Result` is never evaluated, so a function call in it has no meaning".to_owned(),
                "write `Parameters` instead of `Result`".to_owned(),
            )),
            Position::Constant(_, key) => Some((
                format!("`{key}` cannot call an intrinsic function"),
                "compute the value in a state before this one".to_owned(),
            )),
        };
        if let Some((message, help)) = problem {
            self.errors.push_with_help(place, message, help);
        }
        Json { place, kind: JsonKind::Text(call) }
    }

    pub(super) fn in_template_array(&mut self, text: &Text, place: Place) {
        self.errors.push_with_help(
            place,
            "an element of an array in a payload template is never evaluated",
            format!("build the array with `States.Array({}, …)`", text.value),
        );
    }
}

/// The JSONata expression that means what a simple path means.
fn in_jsonata(path: &str) -> String {
    if let Some(rest) = path.strip_prefix("$$") {
        format!("$states.context{rest}")
    } else if path == "$" || path.starts_with("$.") || path.starts_with("$[") {
        format!("$states.input{}", &path[1..])
    } else {
        path.to_owned()
    }
}
