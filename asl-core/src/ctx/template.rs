use serde_json::{Map, Value};

use crate::syntax::jsonata::{Argument, Expression, Item, Kind, Pair};

/// What a task is given, as a function of its parameters: `Arguments` before they are known.
///
/// Data, so that both runs are made of the same thing: [`fill`](Self::fill) for the native one,
/// [`stage`](Self::stage) for the definition.
#[derive(Debug, Clone, PartialEq)]
pub enum Template {
    /// `null`.
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Another number.
    Number(f64),
    /// A text as it is, with the placeholders that it may have.
    Text(&'static str),
    /// The parameter at this index.
    Parameter(usize),
    /// A number or text as text: `$string(…)`, as DynamoDB wants its numbers.
    AsText(&'static Template),
    /// The task token.
    Token,
    /// An object.
    Object(&'static [(&'static str, Template)]),
    /// An array.
    Array(&'static [Template]),
}

impl Template {
    /// The JSON for these parameters. In the place of the token stands null; the second list says where.
    ///
    /// ```
    /// use asl_core::ctx::Template;
    /// use serde_json::json;
    ///
    /// let template = Template::Object(&[("token", Template::Token), ("n", Template::AsText(&Template::Parameter(0)))]);
    /// assert_eq!(template.fill(&[json!(5)]), (json!({"token": null, "n": "5"}), vec!["/token".to_owned()]));
    /// ```
    #[must_use]
    pub fn fill(&self, parameters: &[Value]) -> (Value, Vec<String>) {
        let mut token_at = Vec::new();
        let value = self.filled(parameters, "", &mut token_at);
        (value, token_at)
    }

    fn filled(&self, parameters: &[Value], at: &str, token_at: &mut Vec<String>) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Integer(value) => (*value).into(),
            Self::Number(value) => (*value).into(),
            Self::Text(text) => (*text).into(),
            Self::Parameter(index) => parameters.get(*index).cloned().unwrap_or(Value::Null),
            Self::AsText(inner) => match inner.filled(parameters, at, token_at) {
                Value::String(text) => Value::String(text),
                Value::Number(number) => Value::String(number_text(&number)),
                other => Value::String(other.to_string()),
            },
            Self::Token => {
                token_at.push(at.to_owned());
                Value::Null
            }
            Self::Object(entries) => {
                let mut object = Map::new();
                for (name, value) in *entries {
                    let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                    object.insert((*name).to_owned(), value.filled(parameters, &at, token_at));
                }
                Value::Object(object)
            }
            Self::Array(elements) => {
                let elements = elements.iter().enumerate();
                elements
                    .map(|(index, value)| value.filled(parameters, &format!("{at}/{index}"), token_at))
                    .collect()
            }
        }
    }

    /// The JSONata for parameters that are expressions.
    ///
    /// ```
    /// use asl_core::ctx::Template;
    /// use asl_core::syntax::jsonata::Expression;
    ///
    /// let order = Expression::parse_strict("$order.id").unwrap();
    /// let template = Template::Object(&[("token", Template::Token), ("id", Template::Parameter(0))]);
    /// assert_eq!(
    ///     template.stage(&[order]).to_string(),
    ///     "{'token': $states.context.Task.Token, 'id': $order.id}"
    /// );
    /// ```
    #[must_use]
    pub fn stage(&self, parameters: &[Expression]) -> Expression {
        match self {
            Self::Null => new(Kind::Null),
            Self::Bool(value) => new(Kind::Boolean(*value)),
            #[expect(clippy::cast_precision_loss, reason = "JSONata has doubles only")]
            Self::Integer(value) => number(*value as f64),
            Self::Number(value) => number(*value),
            Self::Text(text) => string(text),
            Self::Parameter(index) => parameters.get(*index).cloned().unwrap_or_else(|| new(Kind::Null)),
            Self::AsText(inner) => new(Kind::Call {
                function: Box::new(new(Kind::Variable("string".into()))),
                arguments: vec![Argument::Value(inner.stage(parameters))],
            }),
            Self::Token => path(new(Kind::Variable("states".into())), &["context", "Task", "Token"]),
            Self::Object(entries) => {
                let pair =
                    |(name, value): &(&str, Self)| Pair { key: string(name), value: value.stage(parameters) };
                new(Kind::Object(entries.iter().map(pair).collect()))
            }
            Self::Array(elements) => {
                let elements = elements.iter().map(|element| Item::Value(element.stage(parameters)));
                new(Kind::Array(elements.collect()))
            }
        }
    }
}

/// What is taken of a task's result.
#[derive(Debug, Clone, PartialEq)]
pub enum Projection {
    /// All of it.
    Whole,
    /// Nothing: the function gives `()`.
    Nothing,
    /// A field of a field: `Payload`, `QueryExecution.Status.State`.
    Path(&'static [&'static str]),
    /// An object of parts. A part that the result does not have is left out.
    Object(&'static [(&'static str, Projection)]),
}

impl Projection {
    /// The part of a result; nothing, if the result does not have it.
    ///
    /// ```
    /// use asl_core::ctx::Projection;
    /// use serde_json::json;
    ///
    /// let result = json!({"QueryExecution": {"Status": {"State": "RUNNING"}}});
    /// const STATE: Projection = Projection::Path(&["QueryExecution", "Status", "State"]);
    /// assert_eq!(STATE.apply(&result), Some(json!("RUNNING")));
    /// const REASON: Projection = Projection::Path(&["QueryExecution", "Status", "StateChangeReason"]);
    /// const BOTH: Projection = Projection::Object(&[("state", STATE), ("reason", REASON)]);
    /// assert_eq!(BOTH.apply(&result), Some(json!({"state": "RUNNING"})));
    /// ```
    #[must_use]
    pub fn apply(&self, result: &Value) -> Option<Value> {
        match self {
            Self::Whole => Some(result.clone()),
            Self::Nothing => Some(Value::Null),
            Self::Path(fields) => {
                fields.iter().try_fold(result, |value, field| value.as_object()?.get(*field)).cloned()
            }
            Self::Object(entries) => {
                let entries = entries.iter();
                let present =
                    entries.filter_map(|(name, part)| Some(((*name).to_owned(), part.apply(result)?)));
                Some(Value::Object(present.collect()))
            }
        }
    }

    /// The JSONata for a result that is an expression, such as `$states.result`.
    #[must_use]
    pub fn stage(&self, result: &Expression) -> Expression {
        match self {
            Self::Whole => result.clone(),
            Self::Nothing => new(Kind::Null),
            Self::Path(fields) => path(result.clone(), fields),
            Self::Object(entries) => {
                let pair =
                    |(name, part): &(&str, Self)| Pair { key: string(name), value: part.stage(result) };
                new(Kind::Object(entries.iter().map(pair).collect()))
            }
        }
    }
}

fn new(kind: Kind) -> Expression {
    Expression::new(kind, 0..0)
}

fn string(text: &str) -> Expression {
    new(Kind::String(text.to_owned()))
}

fn number(value: f64) -> Expression {
    let number = new(Kind::Number(value.abs()));
    if value < 0.0 { new(Kind::Negate(Box::new(number))) } else { number }
}

fn path(base: Expression, fields: &[&str]) -> Expression {
    let fields = fields.iter().map(|field| new(Kind::Name((*field).to_owned())));
    let mut steps = match base.kind {
        Kind::Path(steps) => steps,
        kind => vec![Expression::new(kind, base.span)],
    };
    steps.extend(fields);
    if steps.len() == 1 { steps.remove(0) } else { new(Kind::Path(steps)) }
}

/// As `$string` writes a number: whole ones without a fraction.
fn number_text(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(value) if number.is_f64() && value.fract() == 0.0 && value.abs() < 1e15 => format!("{value:.0}"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const TEMPLATE: Template = Template::Object(&[
        ("Null", Template::Null),
        ("Flags", Template::Array(&[Template::Bool(true), Template::Integer(-2), Template::Number(0.5)])),
        ("a/b", Template::Object(&[("~", Template::Token)])),
        ("Queue", Template::Text("${Queue}")),
        ("Item", Template::AsText(&Template::Parameter(0))),
        ("Id", Template::Parameter(1)),
    ]);

    #[test]
    fn a_template_is_filled_and_knows_where_the_token_goes() {
        let (filled, token_at) = TEMPLATE.fill(&[json!(12.0), json!({"x": 1})]);
        assert_eq!(
            filled,
            json!({
                "Null": null, "Flags": [true, -2, 0.5], "a/b": {"~": null}, "Queue": "${Queue}", "Item": "12",
                "Id": {"x": 1},
            })
        );
        assert_eq!(token_at, ["/a~1b/~0"]);
        assert!(filled.pointer(&token_at[0]).is_some());
    }

    #[test]
    fn a_template_becomes_one_expression() {
        let parameters = ["$a.b", "$c + 1"].map(|text| Expression::parse_strict(text).unwrap());
        let staged = TEMPLATE.stage(&parameters).to_string();
        insta::assert_snapshot!(
            staged,
            @"{'Null': null, 'Flags': [true, -2, 0.5], 'a/b': {'~': $states.context.Task.Token}, 'Queue': '${Queue}', 'Item': $string($a.b), 'Id': $c + 1}"
        );
        assert!(Expression::parse_strict(&staged).is_ok());
    }

    #[test]
    fn a_result_is_projected_in_both_ways() {
        const PARTS: Projection = Projection::Object(&[
            ("id", Projection::Path(&["QueryExecutionId"])),
            ("all", Projection::Whole),
            ("none", Projection::Path(&["A", "B"])),
        ]);
        let result = json!({"QueryExecutionId": "q", "A": [{"B": 1}]});
        assert_eq!(PARTS.apply(&result), Some(json!({"id": "q", "all": result})));
        assert_eq!(Projection::Nothing.apply(&result), Some(Value::Null));
        let staged = PARTS.stage(&path(new(Kind::Variable("states".into())), &["result"])).to_string();
        insta::assert_snapshot!(
            staged,
            @"{'id': $states.result.QueryExecutionId, 'all': $states.result, 'none': $states.result.A.B}"
        );
    }
}
