use std::fmt;
use std::rc::Rc;

use serde_json::Value;

/// JSON data that flows between states: shared, never changed.
#[derive(Clone)]
pub struct Data(Rc<Value>);

impl Data {
    /// The data as JSON.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.0
    }
}

impl From<Value> for Data {
    fn from(value: Value) -> Self {
        Self(Rc::new(value))
    }
}

impl fmt::Debug for Data {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.json().fmt(f)
    }
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0) || self.json() == other.json()
    }
}

/// What the expressions of one state may refer to, in both query languages.
///
/// Everything is handed out on request: most expressions look at one of them only.
pub(crate) trait Scope {
    /// What `$` of a path means in the field that is evaluated; of JSONata, `$states.input`.
    fn input(&self) -> &Data;

    /// The Context Object: `$$`, `$states.context`.
    fn context(&self) -> &Data;

    /// The variable, looked for from the innermost scope outwards.
    fn variable(&self, name: &str) -> Option<&Data>;

    /// `$states.result`, where the field has it. JSONata only.
    fn result(&self) -> Option<&Data> {
        None
    }

    /// `$states.errorOutput`, where the field has it. JSONata only.
    fn error_output(&self) -> Option<&Data> {
        None
    }
}
