//! What the setters of single values take: literals, placeholders, and expressions where the language has them.

use serde_json::Number;

use crate::model::{
    self, CsvDelimiter, CsvHeaderLocation, Dynamic, ExecutionType, InputType, JitterStrategy, ManifestType,
    OutputType, Path, PathOrNull, ProcessorMode, ReaderTransformation, Static, Value, WriterTransformation,
};
use crate::syntax::Timestamp;

use super::{Expression, Jsonata, Language};

/// A value that the deployment fills in: see [`placeholder`].
///
/// ```
/// let limit = asl_core::jsonpath::placeholder("Limit");
/// assert_eq!(limit.to_string(), "${Limit}");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder(String);

/// `${Name}`, which SAM, CDK or CloudFormation replaces, in place of a number or a constant.
///
/// The name may be given with or without `${` and `}`. Strings need no such thing: write `"${Name}"` into them.
///
/// ```
/// use asl_core::jsonpath::{Task, end, placeholder};
/// let task = Task::lambda("${FetchUserArn}", end()).timeout_seconds(placeholder("FetchUserTimeout"));
/// assert_eq!(serde_json::json!(task)["TimeoutSeconds"], "${FetchUserTimeout}");
/// ```
#[must_use]
pub fn placeholder(name: impl AsRef<str>) -> Placeholder {
    let name = name.as_ref();
    if name.starts_with("${") { Placeholder(name.to_owned()) } else { Placeholder(format!("${{{name}}}")) }
}

impl std::fmt::Display for Placeholder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T> From<Placeholder> for Dynamic<T> {
    fn from(placeholder: Placeholder) -> Self {
        Self::Placeholder(placeholder.0)
    }
}

/// What a field of a state in language `L` takes whose value is a `T` or computed: a literal, a
/// [`placeholder`], and in JSONata an [expression](crate::jsonata::jsonata).
///
/// ```
/// use asl_core::jsonata::{Task, end, jsonata};
/// let task = Task::lambda("${ChargeArn}", end()).timeout_seconds(jsonata("$states.input.patience"));
/// assert_eq!(serde_json::json!(task)["TimeoutSeconds"], "{% $states.input.patience %}");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of this field in `{L}`",
    label = "neither a value of this field nor an expression of `{L}`",
    note = "JSONata expressions belong to `asl_core::jsonata`; in JSONPath use the setter that ends in `_path`"
)]
pub trait IntoValue<L: Language, T> {
    /// The value, or the JSON that stands for what no field can hold: `null` for a number that is none.
    #[doc(hidden)]
    fn into_value(self) -> Result<Dynamic<T>, Value>;
}

/// What a field takes that is known at deployment: a literal or a [`placeholder`].
///
/// ```
/// use asl_core::jsonpath::{JitterStrategy, Retrier, placeholder};
/// let retrier = Retrier::all().jitter_strategy(JitterStrategy::Full).max_attempts(placeholder("Attempts"));
/// assert_eq!(serde_json::json!(retrier)["MaxAttempts"], "${Attempts}");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no value of this field",
    note = "the field is known at deployment: it takes a literal or a `placeholder`, no expression"
)]
pub trait IntoStatic<T> {
    /// The value, or the JSON that stands for what no field can hold: `null` for a number that is none.
    #[doc(hidden)]
    fn into_static(self) -> Result<Static<T>, Value>;
}

/// What `InputPath`, `OutputPath` and `ResultPath` take: a path, or `None` for `null`.
///
/// ```
/// use asl_core::jsonpath::{Pass, end};
/// use serde_json::json;
/// assert_eq!(json!(Pass::new(end()).result_path("$.a"))["ResultPath"], "$.a");
/// assert_eq!(json!(Pass::new(end()).result_path(None)).get("ResultPath"), Some(&json!(null)));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no path",
    note = "a path is text like `\"$.user\"`, or `None` for `null`"
)]
pub trait IntoPathOrNull {
    /// The path.
    #[doc(hidden)]
    fn into_path_or_null(self) -> PathOrNull;
}

macro_rules! paths {
    ($($path:ty)+) => {
        $(impl IntoPathOrNull for $path {
            fn into_path_or_null(self) -> PathOrNull {
                PathOrNull::Path(self.into())
            }
        })+
    };
}

paths!(&str String Path Expression);

impl IntoPathOrNull for PathOrNull {
    fn into_path_or_null(self) -> PathOrNull {
        self
    }
}

impl IntoPathOrNull for Option<Path> {
    fn into_path_or_null(self) -> PathOrNull {
        self.map_or(PathOrNull::Null, PathOrNull::Path)
    }
}

macro_rules! integers {
    ($($integer:ty)+) => {
        $(
            impl<L: Language> IntoValue<L, i64> for $integer {
                fn into_value(self) -> Result<Dynamic<i64>, Value> {
                    Ok(Dynamic::Literal(whole(self)))
                }
            }
            impl<L: Language> IntoValue<L, Number> for $integer {
                fn into_value(self) -> Result<Dynamic<Number>, Value> {
                    Ok(Dynamic::Literal(self.into()))
                }
            }
            impl IntoStatic<i64> for $integer {
                fn into_static(self) -> Result<Static<i64>, Value> {
                    Ok(Static::Literal(whole(self)))
                }
            }
            impl IntoStatic<Number> for $integer {
                fn into_static(self) -> Result<Static<Number>, Value> {
                    Ok(Static::Literal(self.into()))
                }
            }
        )+
    };
}

integers!(i32 u32 i64 u64 usize);

/// What a builder has built, as JSON: for `#(…)` in `asl!`, and wherever else JSON is wanted.
pub(super) fn json(built: &impl serde::Serialize) -> Value {
    serde_json::to_value(built).expect("the model has nothing that JSON has not")
}

impl From<Placeholder> for Value {
    fn from(placeholder: Placeholder) -> Self {
        Self::String(placeholder.0)
    }
}

/// What does not fit is far out of the range of any field, which validation reports.
pub(super) fn whole(number: impl TryInto<i64>) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

fn finite(number: f64) -> Result<Number, Value> {
    Number::from_f64(number).ok_or(Value::Null)
}

impl<L: Language> IntoValue<L, Number> for f64 {
    fn into_value(self) -> Result<Dynamic<Number>, Value> {
        finite(self).map(Dynamic::Literal)
    }
}

impl IntoStatic<Number> for f64 {
    fn into_static(self) -> Result<Static<Number>, Value> {
        finite(self).map(Static::Literal)
    }
}

impl<L: Language> IntoValue<L, String> for String {
    fn into_value(self) -> Result<Dynamic<String>, Value> {
        // In JSONata, text between the delimiters is an expression, whoever writes it.
        match L::QUERY_LANGUAGE {
            model::QueryLanguage::JsonPath => Ok(Dynamic::Literal(self)),
            model::QueryLanguage::Jsonata => Ok(Dynamic::from(self)),
        }
    }
}

impl<L: Language> IntoValue<L, String> for &str {
    fn into_value(self) -> Result<Dynamic<String>, Value> {
        <String as IntoValue<L, String>>::into_value(self.to_owned())
    }
}

impl<L: Language> IntoValue<L, String> for Timestamp {
    fn into_value(self) -> Result<Dynamic<String>, Value> {
        Ok(Dynamic::Literal(self.to_string()))
    }
}

impl<L: Language, T> IntoValue<L, T> for Placeholder {
    fn into_value(self) -> Result<Dynamic<T>, Value> {
        Ok(self.into())
    }
}

impl<T> IntoValue<Jsonata, T> for model::Jsonata {
    fn into_value(self) -> Result<Dynamic<T>, Value> {
        Ok(self.into())
    }
}

impl<T> IntoStatic<T> for Placeholder {
    fn into_static(self) -> Result<Static<T>, Value> {
        Ok(Static::Placeholder(self.0))
    }
}

macro_rules! constants {
    ($($constant:ty)+) => {
        $(impl IntoStatic<$constant> for $constant {
            fn into_static(self) -> Result<Static<$constant>, Value> {
                Ok(Static::Literal(self))
            }
        })+
    };
}

constants!(
    JitterStrategy ProcessorMode ExecutionType InputType ReaderTransformation ManifestType CsvDelimiter
    CsvHeaderLocation OutputType WriterTransformation
);

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::{jsonata, jsonpath};

    #[test]
    fn a_builder_is_json_with_the_language_that_a_machine_does_not_have_anyway() {
        let retrier = jsonpath::Retrier::on("Busy").max_attempts(jsonpath::placeholder("Attempts"));
        assert_eq!(Value::from(retrier), json!({"ErrorEquals": ["Busy"], "MaxAttempts": "${Attempts}"}));
        let catcher = jsonpath::Catcher::on("Busy", "Wait").discard_result();
        assert_eq!(
            Value::from(catcher),
            json!({"ErrorEquals": ["Busy"], "ResultPath": null, "Next": "Wait"})
        );
        let rule = jsonata::Rule::when(jsonata::jsonata("$a"), "B");
        assert_eq!(Value::from(rule), json!({"Condition": "{% $a %}", "Next": "B"}));
        let path = jsonpath::Task::new("${Arn}", jsonpath::end());
        assert_eq!(Value::from(path), json!({"Type": "Task", "Resource": "${Arn}", "End": true}));
        let expression = jsonata::Pass::new(jsonata::end());
        assert_eq!(
            Value::from(expression.clone()),
            json!({"Type": "Pass", "QueryLanguage": "JSONata", "End": true})
        );
        let branch = jsonpath::Branch::new("A")
            .state("A", jsonpath::Pass::new(jsonpath::next("B")))
            .state("B", expression);
        let parallel = jsonpath::Parallel::new(jsonpath::end()).branch(branch.clone());
        let nested = json!({"StartAt": "A", "States": {
            "A": {"Type": "Pass", "Next": "B"},
            "B": {"Type": "Pass", "QueryLanguage": "JSONata", "End": true},
        }});
        assert_eq!(Value::from(parallel)["Branches"][0], nested);
        assert_eq!(Value::from(branch), nested);
    }
}
