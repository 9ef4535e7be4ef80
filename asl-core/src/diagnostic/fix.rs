use serde_json::Value;

use super::Pointer;

/// What to write instead, where there is one right answer.
///
/// It is data: who holds the text makes the edit, looks at the result again, and drops an edit that does no good.
///
/// ```
/// use asl_core::diagnostic::Replacement;
/// use asl_core::model::WorkflowType;
/// let definition = r#"{"StartAt": "Ship", "States": {"Ship": {"Type": "Succeed", "Coment": "off it goes"}}}"#;
/// let findings = asl_core::decode(definition)?.all_findings(WorkflowType::Standard);
/// let fix = findings[0].fix.as_ref().expect("one field comes near");
/// assert_eq!(fix.at.as_str(), "/States/Ship/Coment");
/// assert_eq!(fix.replacement, Replacement::Key("Comment".to_owned()));
/// # Ok::<(), asl_core::decode::JsonError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Where: mostly the place of the finding itself.
    pub at: Pointer,
    /// What to write there.
    pub replacement: Replacement,
}

/// The new text of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replacement {
    /// This key instead of the one that the place stands under; the value stays.
    Key(String),
    /// This value instead of the one that stands there.
    Value(Value),
}
