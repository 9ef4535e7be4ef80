use indexmap::IndexMap;

use crate::diagnostic::Pointer;
use crate::model::{StateMachine, Value};
use crate::syntax;

/// The deploy-time placeholders of a definition, each once, in order of appearance.
///
/// Made by [`placeholders()`]. Its texts for infrastructure tools are beginnings: each names a value as the tool's
/// users would, and fails loudly where that value is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholders(Vec<PlaceholderUse>);

/// One placeholder and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceholderUse {
    /// The name between `${` and `}`.
    pub name: String,
    /// The strings that hold it; of a key that holds it, the field.
    pub at: Vec<Pointer>,
}

impl Placeholders {
    /// The placeholders in order of appearance.
    pub fn iter(&self) -> std::slice::Iter<'_, PlaceholderUse> {
        self.0.iter()
    }

    /// Whether the deployment has nothing to fill in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Placeholders {
    type Item = &'a PlaceholderUse;
    type IntoIter = std::slice::Iter<'a, PlaceholderUse>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Lists the placeholders `${Name}` in all strings of a definition, keys included.
///
/// ```
/// let machine = asl_core::decode(
///     r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:${Region}:${Account}:function:f",
///         "Parameters": {"Region": "${Region}"}, "End": true}}}"#,
/// )?.machine;
/// let placeholders = asl_core::emit::placeholders(&machine);
/// let names: Vec<&str> = placeholders.iter().map(|placeholder| placeholder.name.as_str()).collect();
/// assert_eq!(names, ["Region", "Account"]);
/// let region = placeholders.iter().next().unwrap();
/// assert_eq!(region.at[1].as_str(), "/States/A/Parameters/Region");
/// # Ok::<(), asl_core::decode::JsonError>(())
/// ```
#[must_use]
pub fn placeholders(machine: &StateMachine) -> Placeholders {
    let value = serde_json::to_value(machine).expect("a machine is JSON");
    let mut found = IndexMap::new();
    collect(&value, &Pointer::root(), &mut found);
    Placeholders(found.into_iter().map(|(name, at)| PlaceholderUse { name, at }).collect())
}

fn collect(value: &Value, at: &Pointer, found: &mut IndexMap<String, Vec<Pointer>>) {
    match value {
        Value::String(text) => collect_text(text, at, found),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                collect(element, &at.clone().index(index), found);
            }
        }
        Value::Object(object) => {
            for (key, value) in object {
                let at = at.clone().field(key);
                collect_text(key, &at, found);
                collect(value, &at, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn collect_text(text: &str, at: &Pointer, found: &mut IndexMap<String, Vec<Pointer>>) {
    for (_, name) in syntax::placeholders(text) {
        let places = found.entry(name.to_owned()).or_default();
        if places.last() != Some(at) {
            places.push(at.clone());
        }
    }
}
