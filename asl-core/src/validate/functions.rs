//! The functions that expressions of a workflow may call: those of JSONata, and six that Step Functions adds.
//!
//! Names, numbers of arguments and results are those of the [function library](https://docs.jsonata.org/string-functions)
//! and of [transforming data](https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html).

/// A function of the library.
pub(super) struct Function {
    /// The name without the `$`.
    pub(super) name: &'static str,
    /// The fewest arguments; one that is taken from the context may be left out.
    pub(super) fewest: usize,
    /// The most arguments.
    pub(super) most: usize,
    pub(super) gives: Gives,
}

/// What a function gives, as far as conditions care.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gives {
    /// Anything, it depends on the arguments.
    Any,
    /// Something that is never `true` or `false`.
    NoBoolean,
}

/// The function of this name.
pub(super) fn function(name: &str) -> Option<&'static Function> {
    let index = FUNCTIONS.binary_search_by_key(&name, |function| function.name).ok()?;
    Some(&FUNCTIONS[index])
}

/// The names of all functions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    FUNCTIONS.iter().map(|function| function.name)
}

const fn any(name: &'static str, fewest: usize, most: usize) -> Function {
    Function { name, fewest, most, gives: Gives::Any }
}

const fn no_boolean(name: &'static str, fewest: usize, most: usize) -> Function {
    Function { name, fewest, most, gives: Gives::NoBoolean }
}

/// By name. `$eval`, which the service takes away, is missing on purpose.
const FUNCTIONS: &[Function] = &[
    no_boolean("abs", 0, 1),
    any("append", 2, 2),
    any("assert", 1, 2),
    no_boolean("average", 1, 1),
    no_boolean("base64decode", 0, 1),
    no_boolean("base64encode", 0, 1),
    any("boolean", 0, 1),
    no_boolean("ceil", 0, 1),
    any("clone", 0, 1),
    any("contains", 1, 2),
    no_boolean("count", 1, 1),
    no_boolean("decodeUrl", 0, 1),
    no_boolean("decodeUrlComponent", 0, 1),
    any("distinct", 1, 1),
    any("each", 1, 2),
    no_boolean("encodeUrl", 0, 1),
    no_boolean("encodeUrlComponent", 0, 1),
    any("error", 0, 1),
    any("exists", 1, 1),
    any("filter", 2, 2),
    no_boolean("floor", 0, 1),
    no_boolean("formatBase", 0, 2),
    no_boolean("formatInteger", 1, 2),
    no_boolean("formatNumber", 1, 3),
    no_boolean("fromMillis", 0, 3),
    no_boolean("hash", 2, 2),
    no_boolean("join", 1, 2),
    no_boolean("keys", 0, 1),
    no_boolean("length", 0, 1),
    any("lookup", 1, 2),
    no_boolean("lowercase", 0, 1),
    any("map", 2, 2),
    no_boolean("match", 1, 3),
    no_boolean("max", 1, 1),
    no_boolean("merge", 1, 1),
    no_boolean("millis", 0, 0),
    no_boolean("min", 1, 1),
    any("not", 0, 1),
    no_boolean("now", 0, 2),
    no_boolean("number", 0, 1),
    no_boolean("pad", 1, 3),
    any("parse", 1, 1),
    no_boolean("parseInteger", 1, 2),
    no_boolean("partition", 2, 2),
    no_boolean("power", 1, 2),
    no_boolean("random", 0, 1),
    no_boolean("range", 3, 3),
    any("reduce", 2, 3),
    no_boolean("replace", 2, 4),
    any("reverse", 1, 1),
    no_boolean("round", 0, 2),
    any("shuffle", 1, 1),
    no_boolean("sift", 0, 2),
    any("single", 1, 2),
    any("sort", 1, 2),
    no_boolean("split", 1, 3),
    any("spread", 0, 1),
    no_boolean("sqrt", 0, 1),
    no_boolean("string", 0, 2),
    no_boolean("substring", 1, 3),
    no_boolean("substringAfter", 1, 2),
    no_boolean("substringBefore", 1, 2),
    no_boolean("sum", 1, 1),
    no_boolean("toMillis", 0, 2),
    no_boolean("trim", 0, 1),
    no_boolean("type", 1, 1),
    no_boolean("uppercase", 0, 1),
    no_boolean("uuid", 0, 0),
    any("zip", 1, usize::MAX),
];

#[cfg(test)]
mod tests {
    use super::{FUNCTIONS, function};

    #[test]
    fn functions_stand_in_the_order_of_names_and_are_found() {
        assert!(FUNCTIONS.windows(2).all(|pair| pair[0].name < pair[1].name));
        assert!(FUNCTIONS.iter().all(|row| row.fewest <= row.most));
        assert_eq!(function("zip").map(|row| row.fewest), Some(1));
        assert!(function("eval").is_none());
    }
}
