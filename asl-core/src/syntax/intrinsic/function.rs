use std::fmt;
use std::ops::RangeInclusive;

/// An intrinsic function.
///
/// ```
/// # use asl_core::syntax::intrinsic::Function;
/// assert_eq!(Function::from_name("States.Hash"), Some(Function::Hash));
/// assert_eq!(Function::Hash.signature(), "States.Hash(data, algorithm)");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `States.Format(template, values…)`: the template with each `{}` replaced by a value.
    Format,
    /// `States.StringToJson(text)`: the JSON value that the text spells.
    StringToJson,
    /// `States.JsonToString(value)`: the value as JSON text.
    JsonToString,
    /// `States.Array(values…)`: an array of the values.
    Array,
    /// `States.ArrayPartition(array, size)`: the array cut into arrays of at most that size.
    ArrayPartition,
    /// `States.ArrayContains(array, value)`: whether the value is an element.
    ArrayContains,
    /// `States.ArrayRange(first, last, step)`: the numbers from first to last, both included.
    ArrayRange,
    /// `States.ArrayGetItem(array, index)`: the element at the index.
    ArrayGetItem,
    /// `States.ArrayLength(array)`: the number of elements.
    ArrayLength,
    /// `States.ArrayUnique(array)`: the array without repetitions.
    ArrayUnique,
    /// `States.Base64Encode(text)`: the text in Base64.
    Base64Encode,
    /// `States.Base64Decode(text)`: the text that the Base64 spells.
    Base64Decode,
    /// `States.Hash(data, algorithm)`: the hash in hexadecimal digits.
    Hash,
    /// `States.JsonMerge(first, second, deep)`: one object with the fields of both; `deep` must be `false`.
    JsonMerge,
    /// `States.MathRandom(start, end[, seed])`: a random number, the end excluded.
    MathRandom,
    /// `States.MathAdd(first, second)`: the sum.
    MathAdd,
    /// `States.StringSplit(text, delimiters)`: the text's parts between any of the delimiters.
    StringSplit,
    /// `States.UUID()`: a random UUID.
    Uuid,
}

/// A parameter of a [`Function`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// What the signature calls it.
    pub name: &'static str,
    /// Which values it takes.
    pub kind: Kind,
}

/// A type of JSON value, as far as functions tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any value.
    Any,
    /// A string.
    String,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// `null`.
    Null,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// What there is to know of a function without running it.
struct Row {
    name: &'static str,
    signature: &'static str,
    parameters: &'static [Parameter],
    /// How many of the parameters may be left out, from the last.
    optional: usize,
    /// Whether the last parameter takes any number of arguments, or none.
    variadic: bool,
    result: Kind,
}

const fn takes(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind }
}

const fn row(
    name: &'static str,
    signature: &'static str,
    parameters: &'static [Parameter],
    result: Kind,
) -> Row {
    Row { name, signature, parameters, optional: 0, variadic: false, result }
}

const TABLE: [Row; 18] = {
    use Kind::{Any, Array, Boolean, Number, Object, String};
    const ARRAY: Parameter = takes("array", Array);
    const TEXT: &[Parameter] = &[takes("text", String)];
    [
        Row {
            variadic: true,
            ..row(
                "States.Format",
                "States.Format(template, values…)",
                &[takes("template", String), takes("values", Any)],
                String,
            )
        },
        row("States.StringToJson", "States.StringToJson(text)", TEXT, Any),
        row("States.JsonToString", "States.JsonToString(value)", &[takes("value", Any)], String),
        Row {
            variadic: true,
            ..row("States.Array", "States.Array(values…)", &[takes("values", Any)], Array)
        },
        row(
            "States.ArrayPartition",
            "States.ArrayPartition(array, size)",
            &[ARRAY, takes("size", Number)],
            Array,
        ),
        row(
            "States.ArrayContains",
            "States.ArrayContains(array, value)",
            &[ARRAY, takes("value", Any)],
            Boolean,
        ),
        row(
            "States.ArrayRange",
            "States.ArrayRange(first, last, step)",
            &[takes("first", Number), takes("last", Number), takes("step", Number)],
            Array,
        ),
        row(
            "States.ArrayGetItem",
            "States.ArrayGetItem(array, index)",
            &[ARRAY, takes("index", Number)],
            Any,
        ),
        row("States.ArrayLength", "States.ArrayLength(array)", &[ARRAY], Number),
        row("States.ArrayUnique", "States.ArrayUnique(array)", &[ARRAY], Array),
        row("States.Base64Encode", "States.Base64Encode(text)", TEXT, String),
        row("States.Base64Decode", "States.Base64Decode(text)", TEXT, String),
        row(
            "States.Hash",
            "States.Hash(data, algorithm)",
            &[takes("data", Any), takes("algorithm", String)],
            String,
        ),
        row(
            "States.JsonMerge",
            "States.JsonMerge(first, second, deep)",
            &[takes("first", Object), takes("second", Object), takes("deep", Boolean)],
            Object,
        ),
        Row {
            optional: 1,
            ..row(
                "States.MathRandom",
                "States.MathRandom(start, end[, seed])",
                &[takes("start", Number), takes("end", Number), takes("seed", Number)],
                Number,
            )
        },
        row(
            "States.MathAdd",
            "States.MathAdd(first, second)",
            &[takes("first", Number), takes("second", Number)],
            Number,
        ),
        row(
            "States.StringSplit",
            "States.StringSplit(text, delimiters)",
            &[takes("text", String), takes("delimiters", String)],
            Array,
        ),
        row("States.UUID", "States.UUID()", &[], String),
    ]
};

impl Function {
    /// All functions, in the order of the documentation.
    ///
    /// ```
    /// # use asl_core::syntax::intrinsic::Function;
    /// assert!(Function::ALL.iter().all(|function| function.name().starts_with("States.")));
    /// ```
    pub const ALL: [Self; 18] = [
        Self::Format,
        Self::StringToJson,
        Self::JsonToString,
        Self::Array,
        Self::ArrayPartition,
        Self::ArrayContains,
        Self::ArrayRange,
        Self::ArrayGetItem,
        Self::ArrayLength,
        Self::ArrayUnique,
        Self::Base64Encode,
        Self::Base64Decode,
        Self::Hash,
        Self::JsonMerge,
        Self::MathRandom,
        Self::MathAdd,
        Self::StringSplit,
        Self::Uuid,
    ];

    const fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The function of that name, `States.` included.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }

    /// The name as a definition writes it, `States.` included.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// How it is called, for help texts.
    #[must_use]
    pub const fn signature(self) -> &'static str {
        self.row().signature
    }

    /// The parameters in order; of a variadic function the last stands for any number of arguments.
    ///
    /// ```
    /// # use asl_core::syntax::intrinsic::{Function, Kind};
    /// assert_eq!(Function::ArrayGetItem.parameters()[1].name, "index");
    /// assert_eq!(Function::ArrayGetItem.parameters()[1].kind, Kind::Number);
    /// ```
    #[must_use]
    pub const fn parameters(self) -> &'static [Parameter] {
        self.row().parameters
    }

    /// How many arguments it takes.
    ///
    /// ```
    /// # use asl_core::syntax::intrinsic::Function;
    /// assert_eq!(Function::MathRandom.arity(), 2..=3);
    /// assert_eq!(Function::Array.arity(), 0..=usize::MAX);
    /// ```
    #[must_use]
    pub const fn arity(self) -> RangeInclusive<usize> {
        let row = self.row();
        let all = row.parameters.len();
        if row.variadic { all - 1..=usize::MAX } else { all - row.optional..=all }
    }

    /// What it gives back.
    ///
    /// ```
    /// # use asl_core::syntax::intrinsic::{Function, Kind};
    /// assert_eq!(Function::ArrayLength.result(), Kind::Number);
    /// ```
    #[must_use]
    pub const fn result(self) -> Kind {
        self.row().result
    }

    /// Whether it may stand in `ErrorPath` and `CausePath`, which want a string.
    ///
    /// By the documentation's list, which has `States.ArrayGetItem`: its elements may be strings.
    ///
    /// ```
    /// # use asl_core::syntax::intrinsic::Function;
    /// assert!(Function::ArrayGetItem.returns_string());
    /// assert!(!Function::StringToJson.returns_string());
    /// ```
    #[must_use]
    pub const fn returns_string(self) -> bool {
        matches!(self, Self::ArrayGetItem) || matches!(self.row().result, Kind::String)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Any => "any value",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Null => "null",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Function, Kind};

    #[test]
    fn each_row_of_the_table_belongs_to_its_function() {
        for function in Function::ALL {
            let name = function.name().strip_prefix("States.").unwrap();
            assert!(format!("{function:?}").eq_ignore_ascii_case(name));
            assert!(function.signature().starts_with(function.name()));
            assert_eq!(Function::from_name(function.name()), Some(function));
        }
    }

    #[test]
    fn seven_functions_may_name_an_error() {
        let strings: Vec<_> =
            Function::ALL.into_iter().filter(|function| function.returns_string()).collect();
        assert_eq!(
            strings,
            [
                Function::Format,
                Function::JsonToString,
                Function::ArrayGetItem,
                Function::Base64Encode,
                Function::Base64Decode,
                Function::Hash,
                Function::Uuid
            ]
        );
        assert_eq!(Kind::Array.to_string(), "an array");
    }
}
