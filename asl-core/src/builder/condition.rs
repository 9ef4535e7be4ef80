use std::ops::Not;

use serde::{Serialize, Serializer};

use crate::model::{ChoiceRule, Comparator, Comparison, Path, Test, Value};

use super::{Operand, OrderedOperand};

/// What a JSONPath Choice rule tests: a comparison of a [`var`], or a combination of conditions.
///
/// See [Data-test expression](https://states-language.net/#data-test-expression).
///
/// ```
/// use asl_core::jsonpath::{not, var};
/// use serde_json::json;
/// let condition = var("$.plan").eq("pro").and(var("$.n").gt(3)).and(not(var("$.name").matches("test-*")));
/// assert_eq!(json!(condition), json!({"And": [
///     {"Variable": "$.plan", "StringEquals": "pro"},
///     {"Variable": "$.n", "NumericGreaterThan": 3},
///     {"Not": {"Variable": "$.name", "StringMatches": "test-*"}},
/// ]}));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Condition(ChoiceRule);

/// The start of a comparison: `Variable`, the path of what is compared.
///
/// ```
/// use asl_core::jsonpath::var;
/// let pro = var("$.user.plan").eq("pro");
/// assert_eq!(serde_json::json!(pro)["Variable"], "$.user.plan");
/// ```
pub fn var(path: impl Into<Path>) -> Variable {
    Variable(path.into())
}

/// `Not`: holds where the condition does not.
///
/// ```
/// use asl_core::jsonpath::{not, var};
/// use serde_json::json;
/// assert_eq!(json!(not(var("$.a").eq(1))), json!({"Not": {"Variable": "$.a", "NumericEquals": 1}}));
/// ```
pub fn not(condition: Condition) -> Condition {
    Condition::of(Test::Not(Box::new(condition.0)))
}

/// `And`: holds where all conditions do.
///
/// ```
/// use asl_core::jsonpath::{all, var};
/// let condition = all(["$.a", "$.b"].map(|path| var(path).is_present()));
/// assert_eq!(serde_json::json!(condition)["And"][1]["Variable"], "$.b");
/// ```
pub fn all(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    Condition::of(Test::And(conditions.into_iter().map(|condition| condition.0).collect()))
}

/// `Or`: holds where at least one condition does.
///
/// ```
/// use asl_core::jsonpath::{any, var};
/// let condition = any(["pro", "team"].map(|plan| var("$.plan").eq(plan)));
/// assert_eq!(serde_json::json!(condition)["Or"][1]["StringEquals"], "team");
/// ```
pub fn any(conditions: impl IntoIterator<Item = Condition>) -> Condition {
    Condition::of(Test::Or(conditions.into_iter().map(|condition| condition.0).collect()))
}

/// A path that waits for its comparator: see [`var`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Variable(Path);

macro_rules! relations {
    ($($(#[$doc:meta])* $name:ident $bound:ident $comparator:ident;)+) => {
        $(
            $(#[$doc])*
            pub fn $name<T: $bound>(self, operand: T) -> Condition {
                self.compare(T::$comparator, operand.operand())
            }
        )+
    };
}

macro_rules! type_tests {
    ($($(#[$doc:meta])* $name:ident $comparator:ident;)+) => {
        $(
            $(#[$doc])*
            ///
            /// [`negated`](Condition::negated) writes the field with `false`.
            ///
            /// ```
            /// use asl_core::jsonpath::var;
            #[doc = concat!("let condition = var(\"$.a\").", stringify!($name), "();")]
            #[doc = concat!(
                "assert_eq!(serde_json::json!(condition)[\"", stringify!($comparator), "\"], true);"
            )]
            /// ```
            pub fn $name(self) -> Condition {
                self.compare(Comparator::$comparator, Value::Bool(true))
            }
        )+
    };
}

impl Variable {
    relations! {
        /// Equals: `StringEquals`, `NumericEquals`, `BooleanEquals`, `TimestampEquals` or their `Path` form, by the
        /// operand's type. Strings are equal character by character, numbers and times by value.
        ///
        /// ```
        /// use asl_core::jsonpath::var;
        /// assert_eq!(serde_json::json!(var("$.paid").eq(true))["BooleanEquals"], true);
        /// ```
        eq Operand EQUALS;
        /// Is less: `StringLessThan`, `NumericLessThan`, `TimestampLessThan` or their `Path` form.
        ///
        /// ```
        /// use asl_core::jsonpath::var;
        /// assert_eq!(serde_json::json!(var("$.n").lt(1.5))["NumericLessThan"], 1.5);
        /// ```
        lt OrderedOperand LESS_THAN;
        /// Is less or equal: `StringLessThanEquals`, `NumericLessThanEquals`, `TimestampLessThanEquals` or their
        /// `Path` form.
        ///
        /// ```
        /// use asl_core::jsonpath::var;
        /// assert_eq!(serde_json::json!(var("$.n").le(1))["NumericLessThanEquals"], 1);
        /// ```
        le OrderedOperand LESS_THAN_EQUALS;
        /// Is greater: `StringGreaterThan`, `NumericGreaterThan`, `TimestampGreaterThan` or their `Path` form.
        ///
        /// ```
        /// use asl_core::jsonpath::var;
        /// assert_eq!(serde_json::json!(var("$.n").gt(1))["NumericGreaterThan"], 1);
        /// ```
        gt OrderedOperand GREATER_THAN;
        /// Is greater or equal: `StringGreaterThanEquals`, `NumericGreaterThanEquals`,
        /// `TimestampGreaterThanEquals` or their `Path` form.
        ///
        /// ```
        /// use asl_core::jsonpath::var;
        /// assert_eq!(serde_json::json!(var("$.n").ge("m"))["StringGreaterThanEquals"], "m");
        /// ```
        ge OrderedOperand GREATER_THAN_EQUALS;
    }

    /// Matches a pattern: `StringMatches`. `*` stands for any characters, `\*` for a star, `\\` for a backslash.
    ///
    /// ```
    /// use asl_core::jsonpath::var;
    /// assert_eq!(serde_json::json!(var("$.file").matches("log-*.txt"))["StringMatches"], "log-*.txt");
    /// ```
    pub fn matches(self, pattern: impl Into<String>) -> Condition {
        self.compare(Comparator::StringMatches, Value::String(pattern.into()))
    }

    type_tests! {
        /// The path finds a value, be it `null`: `IsPresent`. All other comparators fail the execution if it does not.
        is_present IsPresent;
        /// The value is `null`: `IsNull`.
        is_null IsNull;
        /// The value is a string: `IsString`.
        is_string IsString;
        /// The value is a number: `IsNumeric`.
        is_numeric IsNumeric;
        /// The value is `true` or `false`: `IsBoolean`.
        is_boolean IsBoolean;
        /// The value is a string with a timestamp: `IsTimestamp`.
        is_timestamp IsTimestamp;
    }

    /// A comparison with its comparator by name, for code that finds the comparator at run time.
    ///
    /// ```
    /// use asl_core::jsonpath::var;
    /// use asl_core::model::Comparator;
    /// let condition = var("$.a").compare(Comparator::StringEquals, "x");
    /// assert_eq!(condition, var("$.a").eq("x"));
    /// ```
    pub fn compare(self, comparator: Comparator, operand: impl Into<Value>) -> Condition {
        let operator = Some((comparator, operand.into()));
        Condition::of(Test::Comparison(Comparison { variable: Some(self.0), operator }))
    }
}

impl Condition {
    fn of(test: Test) -> Self {
        Self(ChoiceRule { test: Some(test), nested: true, ..ChoiceRule::default() })
    }

    /// `And`: holds where both conditions do. A chain of `and` becomes one array.
    ///
    /// ```
    /// use asl_core::jsonpath::var;
    /// let condition = var("$.n").gt(1).and(var("$.n").lt(9)).and(var("$.n").is_numeric());
    /// assert_eq!(serde_json::json!(condition)["And"].as_array().map(Vec::len), Some(3));
    /// ```
    pub fn and(self, other: Self) -> Self {
        let mut conditions = self.conjuncts();
        conditions.extend(other.conjuncts());
        Self::of(Test::And(conditions))
    }

    /// `Or`: holds where at least one of the conditions does. A chain of `or` becomes one array.
    ///
    /// ```
    /// use asl_core::jsonpath::var;
    /// let condition = var("$.n").lt(1).or(var("$.n").gt(9)).or(var("$.n").eq(5));
    /// assert_eq!(serde_json::json!(condition)["Or"].as_array().map(Vec::len), Some(3));
    /// ```
    pub fn or(self, other: Self) -> Self {
        let mut conditions = self.disjuncts();
        conditions.extend(other.disjuncts());
        Self::of(Test::Or(conditions))
    }

    /// The opposite in the shortest form: `IsPresent: false` for a type test, the inner condition for a
    /// [`not()`], `Not` for all others.
    ///
    /// ```
    /// use asl_core::jsonpath::{not, var};
    /// assert_eq!(serde_json::json!(var("$.a").is_present().negated())["IsPresent"], false);
    /// assert_eq!(not(var("$.a").eq(1)).negated(), var("$.a").eq(1));
    /// ```
    pub fn negated(mut self) -> Self {
        match (&mut self.0.test, &self.0.comment) {
            (
                Some(Test::Comparison(Comparison {
                    operator: Some((comparator, Value::Bool(holds))), ..
                })),
                _,
            ) if comparator.as_str().starts_with("Is") => {
                *holds = !*holds;
                self
            }
            (Some(Test::Not(inner)), None) => Self(std::mem::take(inner)),
            _ => not(self),
        }
    }

    /// Sets `Comment`: text for people, which the service ignores.
    ///
    /// ```
    /// use asl_core::jsonpath::var;
    /// let condition = var("$.n").gt(9).comment("too many");
    /// assert_eq!(serde_json::json!(condition)["Comment"], "too many");
    /// ```
    pub fn comment(mut self, comment: impl Into<String>) -> Self {
        self.0.comment = Some(comment.into());
        self
    }

    /// The conditions of an `And` that says no more, else the condition alone.
    fn conjuncts(self) -> Vec<ChoiceRule> {
        match self.0 {
            ChoiceRule { test: Some(Test::And(rules)), comment: None, .. } => rules,
            rule => vec![rule],
        }
    }

    /// The conditions of an `Or` that says no more, else the condition alone.
    fn disjuncts(self) -> Vec<ChoiceRule> {
        match self.0 {
            ChoiceRule { test: Some(Test::Or(rules)), comment: None, .. } => rules,
            rule => vec![rule],
        }
    }
}

/// `!condition` is [`not(condition)`](not()).
impl Not for Condition {
    type Output = Self;

    fn not(self) -> Self {
        not(self)
    }
}

impl From<Condition> for ChoiceRule {
    fn from(condition: Condition) -> Self {
        condition.0
    }
}

impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::*;
    use crate::builder::{boolean_at, number_at, string_at, timestamp, timestamp_at};

    fn comparator(condition: &Condition) -> &'static str {
        match &condition.0.test {
            Some(Test::Comparison(Comparison { operator: Some((comparator, _)), .. })) => comparator.as_str(),
            other => panic!("no comparison: {other:?}"),
        }
    }

    fn relations<T: OrderedOperand + Clone>(operand: &T) -> [Condition; 5] {
        [
            var("$.a").eq(operand.clone()),
            var("$.a").lt(operand.clone()),
            var("$.a").le(operand.clone()),
            var("$.a").gt(operand.clone()),
            var("$.a").ge(operand.clone()),
        ]
    }

    #[test]
    fn every_comparator_is_reached_and_takes_the_operand_that_it_gets() {
        let mut conditions: Vec<Condition> = [
            relations(&"x"),
            relations(&string_at("$.b")),
            relations(&1),
            relations(&number_at("$.b")),
            relations(&timestamp("2030-01-01T00:00:00Z")),
            relations(&timestamp_at("$.b")),
        ]
        .into_iter()
        .flatten()
        .collect();
        conditions.extend([
            var("$.a").eq(true),
            var("$.a").eq(boolean_at("$.b")),
            var("$.a").matches("x*"),
            var("$.a").is_null(),
            var("$.a").is_present(),
            var("$.a").is_numeric(),
            var("$.a").is_string(),
            var("$.a").is_boolean(),
            var("$.a").is_timestamp(),
        ]);
        let reached: BTreeSet<_> = conditions.iter().map(comparator).collect();
        assert_eq!(reached, Comparator::NAMES.iter().copied().collect());
        let names: Vec<_> = relations(&number_at("$.b")).iter().map(comparator).collect();
        assert_eq!(
            names,
            [
                "NumericEqualsPath",
                "NumericLessThanPath",
                "NumericLessThanEqualsPath",
                "NumericGreaterThanPath",
                "NumericGreaterThanEqualsPath"
            ]
        );
    }

    #[test]
    fn chains_are_flat_and_mixtures_nest() {
        let [a, b, c] = ["$.a", "$.b", "$.c"].map(|path| var(path).eq(1));
        assert_eq!(a.clone().and(b.clone()).and(c.clone()), a.clone().and(b.clone().and(c.clone())));
        assert_eq!(
            json!(a.or(b.and(c))),
            json!({"Or": [
                {"Variable": "$.a", "NumericEquals": 1},
                {"And": [{"Variable": "$.b", "NumericEquals": 1}, {"Variable": "$.c", "NumericEquals": 1}]},
            ]})
        );
    }

    #[test]
    fn a_comment_keeps_a_group_together() {
        let [a, b, c] = ["$.a", "$.b", "$.c"].map(|path| var(path).eq(1));
        let condition = json!(a.and(b).comment("both").and(c));
        assert_eq!(condition["And"][0]["Comment"], "both");
        assert_eq!(condition["And"][0]["And"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn negation_undoes_itself() {
        for condition in [
            var("$.a").is_null(),
            var("$.a").eq(1),
            var("$.a").eq(true),
            var("$.a").lt(1).or(var("$.b").eq(2)),
        ] {
            assert_eq!(condition.clone().negated().negated(), condition);
        }
        assert_eq!(
            json!(var("$.a").eq(true).negated()),
            json!({"Not": {"Variable": "$.a", "BooleanEquals": true}})
        );
        assert_eq!(json!(!var("$.a").is_null()), json!({"Not": {"Variable": "$.a", "IsNull": true}}));
    }
}
