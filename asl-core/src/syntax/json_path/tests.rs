//! What paths look like, the messages for those that go wrong, and the bounds of the parser.

use proptest::prelude::*;

use super::{Condition, JsonPath, Root, Selector, Term, is_variable_name};
use crate::syntax::MAX_DEPTH;

#[track_caller]
fn parse(text: &str) -> JsonPath {
    JsonPath::parse(text).unwrap_or_else(|error| panic!("{text}: {error} at {:?}", error.at))
}

#[track_caller]
fn refused(text: &str) -> String {
    let error = JsonPath::parse(text).unwrap_err();
    let help = error.help.map(|help| format!("\n    {help}")).unwrap_or_default();
    format!("`{text}`\n  {:?} {}{help}", error.at, error.message)
}

/// The names of a path that has nothing else.
#[track_caller]
fn names(text: &str) -> Vec<String> {
    let name = |selector: &Selector| match selector {
        Selector::Name(name) => name.clone(),
        other => panic!("{text}: {other:?}"),
    };
    parse(text).segments().iter().map(|segment| name(&segment.selector)).collect()
}

#[test]
fn every_form_that_a_definition_may_hold_parses_and_displays_in_its_shortest_form() {
    for (text, displayed) in [
        ("$", "$"),
        ("$$", "$$"),
        ("$total", "$total"),
        ("$_x.y", "$_x.y"),
        ("$größe[0]", "$größe[0]"),
        ("$.a.b", "$.a.b"),
        ("$.a.b  ", "$.a.b"),
        ("$['a']['b c']", "$.a['b c']"),
        (r#"$["it's"]"#, r"$['it\'s']"),
        ("$['']", "$['']"),
        ("$.detail-type", "$.detail-type"),
        ("$.a b.c", "$['a b'].c"),
        ("$.a,b)", "$['a,b)']"),
        ("$.0.1st", "$.0.1st"),
        ("$.$ref.a$", "$['$ref']['a$']"),
        ("$.a&b|c", "$['a&b|c']"),
        ("$[0][-1]", "$[0][-1]"),
        ("$[ 0 ]", "$[0]"),
        ("$[0,1]", "$[0, 1]"),
        (r#"$['a', "b"]"#, "$['a', 'b']"),
        ("$[1:]", "$[1:]"),
        ("$[:1]", "$[:1]"),
        ("$[1:5:2]", "$[1:5:2]"),
        ("$[::-1]", "$[::-1]"),
        ("$[:]", "$[:]"),
        ("$[0, 2:4, *]", "$[0, 2:4, *]"),
        ("$.*", "$[*]"),
        ("$[*]", "$[*]"),
        ("$..a", "$..a"),
        ("$..*", "$..*"),
        ("$..[*]", "$..*"),
        ("$..[0]", "$..[0]"),
        ("$..['a b']", "$..['a b']"),
        ("$.[0]", "$[0]"),
        ("$.x.[0]", "$.x[0]"),
        ("$.[*].['a','b']", "$[*]['a', 'b']"),
        ("$.[?(@.a)]", "$[?(@.a)]"),
        ("$[(@.length-1)].bar", "$[(@.length-1)].bar"),
        ("$.a.length()", "$.a.length()"),
        ("$..length()", "$..length()"),
        ("$.a.concat('x', $.b, 1)", "$.a.concat('x', $.b, 1)"),
        ("$.${Name}", "$.${Name}"),
        ("$.a.${Key}[0]", "$.a.${Key}[0]"),
        ("$.order-${Stage}.id", "$.order-${Stage}.id"),
        ("$.a[${Index}]", "$.a[${Index}]"),
        ("$.a[0:${End}]..[${I}]", "$.a[0:${End}]..[${I}]"),
        ("${Path}.a", "${Path}.a"),
        ("$${Variable}.a", "$${Variable}.a"),
        ("$['${Name}']", "$['${Name}']"),
    ] {
        assert_eq!(parse(text).to_string(), displayed, "{text}");
        assert_eq!(parse(text), parse(displayed), "{text}");
    }
}

#[test]
fn the_specifications_examples_name_these_fields() {
    assert_eq!(names(r"$.store\.book"), ["store.book"]);
    assert_eq!(names(r"$.\stor\e.boo\k"), ["store", "book"]);
    assert_eq!(names(r"$.store.\.book"), ["store", ".book"]);
    assert_eq!(names(r"$.foo\@bar.baz\[\[.\?pretty"), ["foo@bar", "baz[[", "?pretty"]);
    assert_eq!(names(r"$.&Ж中.\uD800\uDF46"), ["&Ж中", "\u{10346}"]);
    assert_eq!(names("$.&Ж中.\u{10346}"), ["&Ж中", "\u{10346}"]);
    assert_eq!(names("$['store']['book']"), ["store", "book"]);
    assert_eq!(parse("$.ledgers[0][22][315].foo").segments().len(), 5);
}

#[test]
fn a_lone_surrogate_is_a_replacement_character() {
    assert_eq!(names(r"$.\uD800x.\uDF46.\uzz"), ["\u{FFFD}x", "\u{FFFD}", "uzz"]);
    assert_eq!(names(r"$.\uD800\u0041"), ["\u{FFFD}A"]);
}

#[test]
fn a_quoted_name_keeps_the_backslashes_that_escape_no_quote() {
    assert_eq!(names(r#"$['Test\""Name"']"#), [r#"Test\""Name""#]);
    assert_eq!(names(r#"$['a\'b\\']["\"\x"]"#), [r"a'b\", r#""\x"#]);
}

#[test]
fn spans_cover_each_segment_from_its_dot_or_bracket_on() {
    let text = "$order.a..b['c'].length()  ";
    let path = parse(text);
    let spans: Vec<_> = path.segments().iter().map(|segment| &text[segment.span.clone()]).collect();
    assert_eq!(spans, [".a", "..b", "['c']", ".length()"]);
    assert_eq!(&text[path.root_span()], "$order");
    assert_eq!(path.span(), 0..25);
    assert_eq!(*path.root(), Root::Variable("order".into()));
}

#[test]
fn definite_paths_lead_to_one_value() {
    for text in ["$", "$.a", "$[0]", "$[-1]", "$$.Execution.Id", "$x.${Key}", "$.a[*].sum()"] {
        assert!(parse(text).is_definite(), "{text}");
    }
    for text in ["$[*]", "$.*", "$..a", "$[0:1]", "$[0,1]", "$['a','b']", "$[?(@.a)]", "$[*].length().a"] {
        assert!(!parse(text).is_definite(), "{text}");
    }
}

#[test]
fn filters_of_every_kind_parse_and_display() {
    for (text, displayed) in [
        ("@", "@"),
        ("(@.a)", "@.a"),
        ("@.a==1", "@.a == 1"),
        ("@['a b'].c>=-0.5", "@['a b'].c >= -0.5"),
        ("@ > 2", "@ > 2"),
        ("@.species == 'cat' && @.age<5", "@.species == 'cat' && @.age < 5"),
        ("@.a || @.b && @.c", "@.a || @.b && @.c"),
        ("(@.a || @.b)&&@.c", "(@.a || @.b) && @.c"),
        ("@.a && (@.b && @.c)", "@.a && (@.b && @.c)"),
        ("!@.a", "!@.a"),
        ("!(@.a == 1)", "!(@.a == 1)"),
        ("!!(@.a||@.b)", "!!(@.a || @.b)"),
        ("@.workerId == $.agent_id", "@.workerId == $.agent_id"),
        ("@.type==Receipt", "@.type == 'Receipt'"),
        ("@.day==2020-01-01", "@.day == '2020-01-01'"),
        (r#"@.a == "it's""#, r"@.a == 'it\'s'"),
        ("@.a in ['x', 1, null, true]", "@.a in ['x', 1, null, true]"),
        ("@.a NIN [ ]", "@.a nin []"),
        ("@.a subsetof @.b", "@.a subsetof @.b"),
        ("@.a anyof ['x'] || @.a noneof ['y']", "@.a anyof ['x'] || @.a noneof ['y']"),
        ("@.a size 3 && @.b empty false", "@.a size 3 && @.b empty false"),
        ("@.a contains 'x' && @.b all [1]", "@.a contains 'x' && @.b all [1]"),
        (r"@.a =~ /x\/(y)]/i", r"@.a =~ /x\/(y)]/i"),
        ("@.a === 1 && @.b !== 2", "@.a === 1 && @.b !== 2"),
        ("@.length() > 1", "@.length() > 1"),
        ("@.items[?(@.x)]", "@.items[?(@.x)]"),
        ("@.a == ${Limit}", "@.a == ${Limit}"),
        ("@.a != null", "@.a != null"),
        ("'b' == @.a", "'b' == @.a"),
    ] {
        let path = parse(&format!("$[?({text})]"));
        assert_eq!(path.to_string(), format!("$[?({displayed})]"));
        assert_eq!(path, parse(&path.to_string()));
        assert_eq!(parse(&format!("$[?{text}]")), path, "parentheses are optional: {text}");
    }
}

#[test]
fn filters_carry_spans_of_the_whole_text() {
    let text = "$.pets[?( @.age < 5 && !@.gone )]";
    let path = parse(text);
    let Selector::Filter(filter) = &path.segments()[1].selector else { panic!() };
    assert_eq!(&text[filter.span.clone()], "( @.age < 5 && !@.gone )");
    let Condition::And(parts) = &filter.condition else { panic!() };
    assert_eq!(&text[parts[0].span.clone()], "@.age < 5");
    assert_eq!(&text[parts[1].span.clone()], "!@.gone");
    let Condition::Compare(comparison) = &parts[0].condition else { panic!() };
    assert_eq!(comparison.right.span, 18..19);
    let Term::Path(left) = &comparison.left.term else { panic!() };
    assert_eq!(left.segments()[0].span, 11..15);
}

#[test]
fn a_message_says_what_was_expected_and_what_stood_there() {
    let errors = [
        "",
        "user.plan",
        ".guid",
        " $.a",
        "()",
        "@.a",
        "States.UUID()",
        "$.",
        "$.a.",
        "$..",
        "$...",
        "$...a",
        "$. a",
        "$1",
        "$-x",
        "$my-var",
        "$$x",
        "$.a[0]b",
        "$.*b",
    ]
    .map(refused);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    ``
      0..0 a path starts with `$`, this one is empty
        write `$` for all
    `user.plan`
      0..9 expected a path, which starts with `$`, found `user.plan`
        write `$.user.plan`
    `.guid`
      0..1 expected a path, which starts with `$`, found `.`
        a path is written like `$.user.plan`
    ` $.a`
      0..1 expected a path, which starts with `$`, found a space
        remove the space in front
    `()`
      0..1 expected a path, which starts with `$`, found `(`
        a path is written like `$.user.plan`
    `@.a`
      0..1 expected a path, which starts with `$`, found `@`
        a path is written like `$.user.plan`
    `States.UUID()`
      0..13 expected a path, which starts with `$`, found `States.UUID()`
        functions may stand in fields that end in `.$`, this field takes a path
    `$.`
      2..2 expected a field name after `.`, found the end of the path
    `$.a.`
      4..4 expected a field name after `.`, found the end of the path
    `$..`
      3..3 expected a field name after `..`, found the end of the path
    `$...`
      3..4 expected a field name after `..`, found `.`
    `$...a`
      3..4 expected a field name after `..`, found `.`
    `$. a`
      2..3 expected a field name after `.`, found a space
        remove the space; a name that has one stands in brackets: `$['first name']`
    `$1`
      1..2 expected `.`, `[` or a variable's name after `$`, found `1`
    `$-x`
      1..2 expected `.`, `[` or a variable's name after `$`, found `-`
    `$my-var`
      3..4 expected `.` or `[` after the variable's name, found `-`
        a variable's name has letters, digits and `_`; its fields follow a dot: `$order.id`
    `$$x`
      2..3 expected `.` or `[` after `$$`, found `x`
        write `$$.Execution.Id`
    `$.a[0]b`
      6..7 expected `.` or `[`, found `b`
    `$.*b`
      3..4 expected `.` or `[`, found `b`
    "#);
}

#[test]
fn a_message_about_brackets_points_at_the_bracket() {
    let errors = [
        "$[",
        "$.a[0",
        "$[]",
        "$[a]",
        "$['a",
        "$['a'",
        "$['a' 'b']",
        "$[0,]",
        "$[-]",
        "$[99999999999999999999]",
        "$.${a",
        "$.a\\",
        "$[(@.length",
        "$[${a}",
    ]
    .map(refused);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    `$[`
      1..2 a `[` has no closing `]`
    `$.a[0`
      3..5 a `[` has no closing `]`
    `$[]`
      2..3 expected a name in quotes, an index, `*` or `?` after `[`, found `]`
    `$[a]`
      2..3 expected a name in quotes, an index, `*` or `?` after `[`, found `a`
        write `['a']` for the field
    `$['a`
      2..4 a string that starts with `'` has no closing `'`
    `$['a'`
      1..5 a `[` has no closing `]`
    `$['a' 'b']`
      6..7 expected `,` or `]`, found `'`
    `$[0,]`
      4..5 expected a name in quotes, an index, `*` or `?` after `[`, found `]`
    `$[-]`
      3..4 expected a digit after `-`, found `]`
    `$[99999999999999999999]`
      2..22 the index `99999999999999999999` is larger than any array
    `$.${a`
      2..5 a placeholder `${` without its `}`
    `$.a\`
      3..4 a backslash at the end, which escapes nothing
        remove it, or write `\\` for a backslash
    `$[(@.length`
      2..11 a `(` has no closing `)`
    `$[${a}`
      1..6 a `[` has no closing `]`
    "#);
}

#[test]
fn a_message_about_a_filter_says_how_to_write_it() {
    let errors = [
        "$[?(price < 10)]",
        "$[?(@.a = 1)]",
        "$[?(@.a == )]",
        "$[?(@.a == 'x)]",
        "$[?(@.a && )]",
        "$[?(@.a]",
        "$[?(@.a ==== 1)]",
        "$[?(@.a == [1, ])]",
        "$[?(@.a =~ /x)]",
        "$.a.lenght()",
        "$.a.frobnicate(1)",
        "$.a.sum(",
    ]
    .map(refused);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    `$[?(price < 10)]`
      4..9 a filter compares a field of `@`, found the word `price`
        write `@.price`
    `$[?(@.a = 1)]`
      8..9 a filter has no operator `=`
        write `==` to compare
    `$[?(@.a == )]`
      11..12 expected a path or a literal in the filter, found `)`
    `$[?(@.a == 'x)]`
      11..15 a string that starts with `'` has no closing `'`
    `$[?(@.a && )]`
      11..12 expected a path or a literal in the filter, found `)`
    `$[?(@.a]`
      7..8 expected `)`, `&&` or `||` in the filter, found `]`
    `$[?(@.a ==== 1)]`
      11..12 expected a path or a literal in the filter, found `=`
    `$[?(@.a == [1, ])]`
      15..16 expected a path or a literal in the filter, found `]`
    `$[?(@.a =~ /x)]`
      11..15 a regular expression has no closing `/`
    `$.a.lenght()`
      4..10 a path has no function `lenght`
        did you mean `length`?
    `$.a.frobnicate(1)`
      4..14 a path has no function `frobnicate`
        a parenthesis that belongs to a field's name needs a backslash: `\(`
    `$.a.sum(`
      8..8 expected a path or a literal in the filter, found the end of the path
    "#);
}

#[test]
fn nesting_ends_in_an_error_and_not_in_a_full_stack() {
    for unit in [
        "[?(@",
        "[?((@",
        "[?(!@",
        "[?(@ in [@",
        "[?(@.a || (@",
        "[?@.concat(@",
        "[?(@ in [[[@",
        "[?!@",
        "[?!(!(@",
    ] {
        let error = JsonPath::parse(&format!("${}", unit.repeat(100_000))).unwrap_err();
        assert_eq!(error.message, format!("nested more than {MAX_DEPTH} levels deep"), "{unit}");
    }
    let nested = |depth: usize| format!("${}{}", "[?(@".repeat(depth), ")]".repeat(depth));
    assert_eq!(parse(&nested(MAX_DEPTH)).to_string(), nested(MAX_DEPTH));
    assert!(JsonPath::parse(&nested(MAX_DEPTH + 1)).is_err());
    // printing adds parentheses, which must not make it too deep to be read again
    let denied = format!("$[?{}@.a < 1]", "!".repeat(MAX_DEPTH - 1));
    let path = parse(&denied);
    assert_eq!(parse(&path.to_string()), path);
}

#[test]
fn brackets_with_a_placeholder_end_after_it() {
    let path = parse("$[?(@.a[0] == 1), ${Other}].b");
    assert_eq!(path.segments()[0].selector, Selector::Placeholder("[?(@.a[0] == 1), ${Other}]".into()));
    assert_eq!(path.segments()[1].selector, Selector::Name("b".into()));
    assert_eq!(parse(&path.to_string()), path);
}

#[test]
fn a_long_path_takes_a_time_in_proportion() {
    for unit in ["[0]", ".a", "..a", "[${a}]", r"\a", "['a']", "[(1)]", ".$", "[0,'${a}']", ".a${b}"] {
        let _ = JsonPath::parse(&format!("$.x{}", unit.repeat(300_000)));
    }
    for unit in ["${", "[", "(", "\\", "'", "[${", "$[(", "/", "[?(/", "&|", "!", "[0,"] {
        assert!(JsonPath::parse(&format!("$[{}", unit.repeat(300_000))).is_err());
    }
}

#[test]
fn a_variables_name_is_an_identifier() {
    for name in ["a", "total2", "größe", "中文", "a_b"] {
        assert!(is_variable_name(name), "{name}");
    }
    for name in ["", "2a", "a.b", "a-b", "_a", "a b", "a[0]", "$a"] {
        assert!(!is_variable_name(name), "{name}");
    }
}

/// A text from the pieces that paths are made of, in no good order.
fn scraps() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "$",
        "$$",
        "@",
        ".",
        "..",
        "a",
        "b-c",
        "ж",
        "[",
        "]",
        "'",
        "\"",
        "0",
        "-1",
        ":",
        ",",
        "*",
        "?",
        "(",
        ")",
        "&&",
        "||",
        "!",
        "==",
        "<",
        " in ",
        "/",
        "\\",
        "\\u00e9",
        "${",
        "${A}",
        "}",
        " ",
        "length()",
        "true",
        "1e5",
        "[?(@.a",
        ")]",
        "['a b']",
        "States.Format(",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = JsonPath::parse(&text);
        let _ = JsonPath::parse(&format!("$.{text}"));
    }

    #[test]
    fn an_error_points_into_the_text(text in scraps()) {
        if let Err(error) = JsonPath::parse(&text) {
            prop_assert!(text.get(error.at).is_some());
        }
    }

    #[test]
    fn what_displays_parses_to_the_same_path(text in scraps()) {
        for text in [text.clone(), format!("$.{text}"), format!("$[?(@.{text})]"), format!("$['{text}']")] {
            if let Ok(path) = JsonPath::parse(&text) {
                prop_assert_eq!(&JsonPath::parse(&path.to_string()), &Ok(path), "{}", text);
            }
        }
    }

    #[test]
    fn any_name_displays_so_that_it_parses_back(name in any::<String>()) {
        let path = JsonPath {
            segments: vec![super::Segment { descendant: false, selector: Selector::Name(name), span: 0..0 }],
            ..parse("$")
        };
        prop_assert_eq!(JsonPath::parse(&path.to_string()), Ok(path));
    }
}
