//! What an expression needs to be evaluated, found out once: what it reads, and what has to be watched.

use asl_core::syntax::jsonata::{Child, Context, Expression, Item, Kind};

use super::backend::Special;

/// What an expression needs to be evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Needs {
    /// The fields of `$states` that it reads.
    pub(super) states: Vec<Field>,
    /// Names that nothing in it binds, each once: workflow variables, and functions, which a variable may hide.
    pub(super) names: Vec<Box<str>>,
    /// Functions of ours that it names.
    pub(super) specials: Vec<Special>,
    /// Whether it names `$eval`, which the service does not have.
    pub(super) eval: bool,
    /// Whether it may take long, or for ever.
    pub(super) may_loop: bool,
    /// The one function of the language that it calls, if it calls one only.
    pub(super) function: Option<Box<str>>,
}

/// A field of `$states`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Input,
    Context,
    Result,
    ErrorOutput,
}

impl Field {
    pub(super) const ALL: [Self; 4] = [Self::Input, Self::Context, Self::Result, Self::ErrorOutput];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Context => "context",
            Self::Result => "result",
            Self::ErrorOutput => "errorOutput",
        }
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// The functions of the language ([function library](https://docs.jsonata.org/string-functions)), sorted. A name that is
/// not assigned anywhere gives the function, if there is one.
const FUNCTIONS: &[&str] = &[
    "abs",
    "append",
    "assert",
    "average",
    "base64decode",
    "base64encode",
    "boolean",
    "ceil",
    "contains",
    "count",
    "decodeUrl",
    "decodeUrlComponent",
    "distinct",
    "each",
    "encodeUrl",
    "encodeUrlComponent",
    "error",
    "exists",
    "filter",
    "floor",
    "formatBase",
    "formatInteger",
    "formatNumber",
    "fromMillis",
    "hash",
    "join",
    "keys",
    "length",
    "lookup",
    "lowercase",
    "map",
    "match",
    "max",
    "merge",
    "millis",
    "min",
    "not",
    "now",
    "number",
    "pad",
    "parse",
    "parseInteger",
    "partition",
    "power",
    "random",
    "range",
    "reduce",
    "replace",
    "reverse",
    "round",
    "shuffle",
    "sift",
    "single",
    "sort",
    "split",
    "spread",
    "sqrt",
    "string",
    "substring",
    "substringAfter",
    "substringBefore",
    "sum",
    "toMillis",
    "trim",
    "type",
    "uppercase",
    "uuid",
    "zip",
];

/// Whether a name stands for a function unless a variable has it.
pub(super) fn is_function(name: &str) -> bool {
    FUNCTIONS.binary_search(&name).is_ok()
}

impl Needs {
    pub(super) fn of(expression: &Expression) -> Self {
        let mut names: Vec<Box<str>> = Vec::new();
        for word in expression.free_variables() {
            if !names.iter().any(|name| **name == *word.name) {
                names.push(word.name.into());
            }
        }
        let has = |wanted: &str| names.iter().any(|name| &**name == wanted);
        let states = if has("states") { fields(expression) } else { Vec::new() };
        let eval = has("eval");
        names.retain(|name| &**name != "states" && &**name != "eval");
        Self {
            states,
            specials: names.iter().filter_map(|name| Special::named(name)).collect(),
            names,
            eval,
            may_loop: may_loop(expression),
            function: only_function(expression),
        }
    }
}

/// The fields of `$states` that are read. All of them, if it is used as a whole, or something may come back to it.
fn fields(expression: &Expression) -> Vec<Field> {
    let (mut mentions, mut steps, mut whole) = (0, 0, false);
    let mut read = Vec::new();
    expression.walk(&mut |part, _| match &part.kind {
        Kind::Variable(name) if name == "states" => mentions += 1,
        Kind::Parent => whole = true,
        Kind::Path(path) => {
            if let [Expression { kind: Kind::Variable(name), .. }, field, ..] = &path[..]
                && name == "states"
                && let Some(name) = step_name(field)
            {
                steps += 1;
                read.extend(Field::named(name));
            }
        }
        _ => {}
    });
    if whole || mentions > steps {
        return Field::ALL.to_vec();
    }
    Field::ALL.into_iter().filter(|field| read.contains(field)).collect()
}

/// The name of a step, whatever is done with what it finds.
fn step_name(step: &Expression) -> Option<&str> {
    match &step.kind {
        Kind::Name(name) | Kind::String(name) => Some(name),
        Kind::Filter { target, .. }
        | Kind::KeepArray(target)
        | Kind::Sort { target, .. }
        | Kind::GroupBy { target, .. }
        | Kind::Focus { target, .. }
        | Kind::Index { target, .. } => step_name(target),
        _ => None,
    }
}

/// Whether an expression has to be stopped by the clock: it may go on for ever, or goes through its data for each of its
/// data, and again for each of those.
fn may_loop(expression: &Expression) -> bool {
    repetition(expression).is_none_or(|depth| depth > 2)
}

/// How many repetitions stand inside each other, each of them at most as long as the data; nothing if there is one that
/// knows no such end.
fn repetition(expression: &Expression) -> Option<usize> {
    let is_endless = match &expression.kind {
        // may call itself, or gather what it makes
        Kind::Lambda { .. } => true,
        Kind::Array(items) => items.iter().any(|item| matches!(item, Item::Range { .. })),
        _ => matches!(expression.called_function(), Some("range" | "reduce")),
    };
    if is_endless {
        return None;
    }
    let goes_through =
        |name: Option<&str>| matches!(name, Some("map" | "filter" | "each" | "sift" | "single" | "sort"));
    let calls_for_each = goes_through(expression.called_function());
    let depth = expression.children().try_fold(0, |depth, Child { expression, context }| {
        let (inside, around) = match &expression.kind {
            Kind::Lambda { body, .. } if calls_for_each => (repetition(body)?, 1),
            _ => (repetition(expression)?, usize::from(context == Context::Inner)),
        };
        Some(depth.max(inside + around))
    })?;
    Some(depth)
}

/// The function of the language that an expression calls, if it calls one only.
fn only_function(expression: &Expression) -> Option<Box<str>> {
    let (mut called, mut others) = (None, false);
    expression.walk(&mut |part, _| {
        let name = match &part.kind {
            Kind::Call { .. } => part.called_function(),
            // given to another function, which calls it
            Kind::Variable(name) if is_function(name) => Some(name.as_str()),
            _ => return,
        };
        match name {
            Some(name) if is_function(name) && called.is_none_or(|other| other == name) => {
                called = Some(name);
            }
            _ => others = true,
        }
    });
    called.filter(|_| !others).map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needs(code: &str) -> Needs {
        Needs::of(&Expression::parse_strict(code).unwrap())
    }

    #[test]
    fn the_functions_are_sorted() {
        assert!(FUNCTIONS.is_sorted());
        assert!(is_function("sum") && is_function("uuid") && !is_function("states") && !is_function("eval"));
    }

    #[test]
    fn only_the_fields_of_states_that_are_read_are_needed() {
        let names = |code| needs(code).states.into_iter().map(Field::name).collect::<Vec<_>>().join(" ");
        assert_eq!(names("$states.input.a + $states.result[0]"), "input result");
        assert_eq!(names("$states.errorOutput.Error"), "errorOutput");
        assert_eq!(names("$states.`context`.State.Name"), "context");
        assert_eq!(names("$x.states.input"), "");
        assert_eq!(names("$states.other"), "");
        assert_eq!(names("1"), "");
        for whole in
            ["$states", "$keys($states)", "$states[0].input", "$states.input.(%.result)", "$states.*"]
        {
            assert_eq!(names(whole), "input context result errorOutput", "{whole}");
        }
    }

    #[test]
    fn names_that_nothing_binds_are_needed() {
        let names = |code| needs(code).names.join(" ");
        assert_eq!(names("$a + $b.c + $a"), "a b");
        assert_eq!(names("($t := $a; $map($t, function($x){ $x + $n }))"), "a map n");
        assert_eq!(needs("$uuid() & $random()").specials, [Special::Uuid, Special::Random]);
        assert!(needs("$eval('1')").eval && names("$eval('1')").is_empty());
    }

    #[test]
    fn what_may_take_long_is_watched() {
        for code in [
            "$f := function(){ $f() }",
            "$sum([1..9])",
            "$reduce(a, function($x, $y){ $x })",
            "a[b[c[d]]]",
            "$map(a, function($x){ b[c = $x.d.e] })",
            "function($x){ $x }(1)",
        ] {
            assert!(needs(code).may_loop, "{code}");
        }
        for code in [
            "$states.input.a.b",
            "$a + 1",
            "{'a': $sum(b.c)}",
            "a[b = 1].{'c': d}",
            "$map(a, function($x){ $x.b })",
            "a^(b)",
            "a[b in $c]",
            "**",
        ] {
            assert!(!needs(code).may_loop, "{code}");
        }
    }

    #[test]
    fn a_function_is_named_if_it_is_the_only_one() {
        let only = |code| needs(code).function.as_deref().unwrap_or("-").to_owned();
        assert_eq!(only("$sum($a)"), "sum");
        assert_eq!(only("$sum($a) + $sum($b)"), "sum");
        assert_eq!(only("$sum($a) + $count($b)"), "-");
        assert_eq!(only("$map($a, $string)"), "-");
        assert_eq!(only("$f(1)"), "-");
        assert_eq!(only("$a + 1"), "-");
    }
}
