use super::object::{FieldValue, Fields, Object, Visit};
use super::{Comparator, Dynamic, Extra, JsonObject, Kind, Path, Value};

/// One rule of a Choice state, or a rule inside `And`, `Or` and `Not`.
///
/// See [Choice State](https://states-language.net/#choice-state).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChoiceRule {
    /// `Comment`: text for people.
    pub comment: Option<String>,
    /// What is tested. Required.
    pub test: Option<Test>,
    /// `Output` (JSONata): the next state's input if this rule is chosen. Top level only.
    pub output: Option<Value>,
    /// `Assign`: variables to set if this rule is chosen. Top level only.
    pub assign: Option<JsonObject>,
    /// `Next`: the state to go to. Required at the top level, forbidden below it.
    pub next: Option<String>,
    /// Whether the rule stands in `Choices` itself, or inside `And`, `Or` or `Not`.
    pub nested: bool,
    /// What does not belong here.
    pub extra: Extra,
}

/// What a rule tests: exactly one of these.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// `Condition` (JSONata): an expression that is true or false.
    Condition(Dynamic<bool>),
    /// `And` (JSONPath): all rules hold.
    And(Vec<ChoiceRule>),
    /// `Or` (JSONPath): at least one rule holds.
    Or(Vec<ChoiceRule>),
    /// `Not` (JSONPath): the rule does not hold.
    Not(Box<ChoiceRule>),
    /// `Variable` and a comparator (JSONPath).
    Comparison(Comparison),
}

/// A comparison of a JSONPath rule: `"Variable": "$.n", "NumericEquals": 1`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// `Variable`: what is compared, as a Reference Path. Required.
    pub variable: Option<Path>,
    /// The comparator and its operand. Required.
    pub operator: Option<(Comparator, Value)>,
}

impl Object for ChoiceRule {
    fn kind(&self) -> Kind {
        if self.nested { Kind::NestedRule } else { Kind::ChoiceRule }
    }

    fn extra(&self) -> &Extra {
        &self.extra
    }

    fn visit<'a>(&'a self, visit: &mut Visit<'_, 'a>) {
        let mut fields = Fields(visit);
        fields.put("Comment", self.comment.as_ref());
        match &self.test {
            Some(Test::Condition(condition)) => fields.put("Condition", Some(condition)),
            Some(Test::And(rules)) => fields.put("And", Some(rules)),
            Some(Test::Or(rules)) => fields.put("Or", Some(rules)),
            Some(Test::Not(rule)) => fields.put("Not", Some(&**rule)),
            Some(Test::Comparison(comparison)) => {
                fields.put("Variable", comparison.variable.as_ref());
                if let Some((comparator, operand)) = &comparison.operator {
                    fields.put(comparator.as_str(), Some(FieldValue::Operand(*comparator, operand)));
                }
            }
            None => {}
        }
        fields.put("Output", self.output.as_ref());
        fields.put("Assign", self.assign.as_ref());
        fields.put("Next", self.next.as_ref());
    }
}
