//! Each form of the grammar.

use super::super::{Argument, BinaryOperator, Expression, Kind};
use super::tree;

/// Checks the tree of a text, and that it is written again as it is.
#[track_caller]
fn reads(text: &str, expected: &str) {
    reads_and_writes(text, expected, text);
}

/// Checks the tree of a text, and how it is written.
#[track_caller]
fn reads_and_writes(text: &str, expected: &str, written: &str) {
    let expression = Expression::parse_strict(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    assert_eq!(tree(&expression), expected, "{text}");
    assert_eq!(expression.to_string(), written, "{text}");
    assert_eq!(Expression::parse_strict(written).unwrap(), expression, "{written}");
}

#[test]
fn strings_take_the_escapes_of_json_and_either_quote() {
    reads("'a'", r#""a""#);
    reads_and_writes(r#""a""#, r#""a""#, "'a'");
    reads(r"'\\\b\f\n\r\t'", r#""\\\u{8}\u{c}\n\r\t""#);
    reads_and_writes(r#"'\"\/\u00e9\u001F'"#, r#""\"/é\u{1f}""#, r#"'"/é\u001f'"#);
    reads_and_writes(r#""it's \"so\"""#, r#""it's \"so\"""#, r#""it's \"so\"""#);
    reads_and_writes("'a\nb'", r#""a\nb""#, r"'a\nb'");
}

#[test]
fn two_halves_of_a_surrogate_pair_are_one_character() {
    reads_and_writes(r"'\uD83D\uDE02'", r#""😂""#, "'😂'");
    reads_and_writes(
        r"'\uD83Dx\uDE02\uD83D\uD83D\uDE02'",
        "\"\u{fffd}x\u{fffd}\u{fffd}😂\"",
        "'\u{fffd}x\u{fffd}\u{fffd}😂'",
    );
}

#[test]
fn numbers_are_those_of_json_without_sign() {
    reads("0", "0");
    reads("1.25", "1.25");
    reads_and_writes("1E3", "1000", "1000");
    reads_and_writes("1e300", &format!("{}", 1e300), "1e300");
    reads_and_writes("1.5e-7", "0.00000015", "1.5e-7");
    // as any double, it holds no larger integer exactly
    reads_and_writes("9007199254740993", "9007199254740992", "9007199254740992");
}

#[test]
fn words_are_values_names_and_variables() {
    reads("true", "true");
    reads("false", "false");
    reads("null", "null");
    reads("name", "name");
    reads("größe", "größe");
    reads("a\u{a0}b", "a\u{a0}b");
    reads("`any name`", "any name");
    reads_and_writes("`plain`", "plain", "plain");
    reads("`true`", "true");
    reads("``", "");
    reads("`1a`", "1a");
    reads("$name", "$name");
    reads("$", "$");
    reads("$$", "$$");
    reads("$$x", "$$x");
}

#[test]
fn a_name_goes_on_to_the_next_punctuation_quotes_included() {
    reads("a'b'", "a'b'");
    reads("a\"b`c", "a\"b`c");
    reads("a$b\\", "a$b\\");
    reads("$a'b", "$a'b");
}

#[test]
fn the_words_of_operators_are_names_where_a_value_starts() {
    reads_and_writes("and and or", "(and and or)", "`and` and `or`");
    reads_and_writes("in.in", "(path in in)", "`in`.`in`");
    reads_and_writes("or", "or", "`or`");
}

#[test]
fn comments_stand_wherever_space_may() {
    reads_and_writes("/* a */ 1 /**/ + /* b\n */ 2/* c */", "(+ 1 2)", "1 + 2");
    reads_and_writes("\u{b}1\t\r\n", "1", "1");
}

#[test]
fn regular_expressions_end_at_a_slash_outside_brackets() {
    reads("/ab+/", "/ab+/");
    reads(r"$match(a, /[/]\/(x\/)/im)", r"(call $match a /[/]\/(x\/)/im)");
    reads_and_writes("/a/mi", "/a/im", "/a/im");
    reads("a / b / c", "(/ (/ a b) c)");
}

#[test]
fn a_path_is_flat() {
    reads("a.b.c", "(path a b c)");
    reads("a.'b'.$c", "(path a \"b\" $c)");
    reads("**.*.%", "(path ** * %)");
    reads("$states.input.items[0].id", "(path $states input (filter items 0) id)");
    reads("(a.b).c", "(path (block (path a b)) c)");
    reads("a.(b.c)", "(path a (block (path b c)))");
    reads("a.$f(b).[c].{'d': e}", "(path a (call $f b) (array c) (object \"d\" e))");
}

#[test]
fn brackets_after_a_value_filter_or_mark() {
    reads("a[1]", "(filter a 1)");
    reads("a[b = 1][c]", "(filter (filter a (= b 1)) c)");
    reads("a[]", "(keep a)");
    reads("a.b[][0]", "(path a (filter (keep b) 0))");
    reads("[1, 2][0]", "(filter (array 1 2) 0)");
}

#[test]
fn a_path_is_sorted_grouped_and_bound() {
    reads("a.b^(c)", "(sort< (path a b) c)");
    reads_and_writes("a^(<b, >c.d)", "(sort<> a b (path c d))", "a^(b, >c.d)");
    reads("a.b{c: d, 'e': f}", "(group (path a b) c d \"e\" f)");
    reads("a{}", "(group a)");
    reads("a@$x.b#$i[$i = 0]", "(path (@$x a) (filter (#$i b) (= $i 0)))");
    reads("1 + a^(b)", "(sort< (+ 1 a) b)");
}

#[test]
fn constructors_hold_anything() {
    reads("[]", "(array)");
    reads("[1, 'a', [b]]", "(array 1 \"a\" (array b))");
    reads("[1..n, 5]", "(array 1 n 5)");
    reads("[a.*..**]", "(array (path a *) **)");
    reads("{}", "(object)");
    reads("{'a': 1, b & 'c': {}}", "(object \"a\" 1 (& b \"c\") (object))");
}

#[test]
fn a_block_is_a_scope() {
    reads("()", "(block)");
    reads("(a)", "(block a)");
    reads("($a := 1; $b := $a; $b)", "(block (:= $a 1) (:= $b $a) $b)");
    reads_and_writes("(a;)", "(block a)", "(a)");
    reads("$a := $b := 1", "(:= $a (:= $b 1))");
    reads("$a := b ? c : d", "(:= $a (? b c d))");
    reads("$ := 1", "(:= $ 1)");
}

#[test]
fn functions_are_called_and_left_open() {
    reads("$f()", "(call $f)");
    reads("$f(a, -1)(b)", "(call (call $f a (- 1)) b)");
    reads("$f(?, 1)", "(partial $f 1)");
    let expression = Expression::parse_strict("$f(?, a)").unwrap();
    let Kind::Call { arguments, .. } = &expression.kind else { panic!() };
    assert!(matches!(&arguments[0], Argument::Placeholder(span) if *span == (3..4)));
    assert_eq!(arguments[1].span(), 6..7);
    assert_eq!(expression.called_function(), Some("f"));
}

#[test]
fn functions_are_defined() {
    reads("function(){ 1 }", "(λ [] 1)");
    reads_and_writes(
        "λ($x,$y){$x+$y}(1,2)",
        "(call (λ [$x $y] (+ $x $y)) 1 2)",
        "function($x, $y){ $x + $y }(1, 2)",
    );
    reads("function($a)<a<n>-(sn)?:b>{ $a }", "(λ<a<n>-(sn)?:b> [$a] $a)");
    reads_and_writes("λ($f)<f<s-:n>+, x?>{1}", "(λ<f<s-:n>+x?> [$f] 1)", "function($f)<f<s-:n>+x?>{ 1 }");
    reads_and_writes("λ()< ?s : (n) >{1}", "(λ<s:n> [] 1)", "function()<s:n>{ 1 }");
}

#[test]
fn operators_hold_with_their_power() {
    reads("a or b and c = d + e * -f.g[0]", "(or a (and b (= c (+ d (* e (- (path f (filter g 0))))))))");
    reads("a * b + c < d and e or f", "(or (and (< (+ (* a b) c) d) e) f)");
    reads("a - b - c & d", "(& (- (- a b) c) d)");
    reads("a % b / c", "(/ (% a b) c)");
    reads("a in b != c >= d <= e > f", "(> (<= (>= (!= (in a b) c) d) e) f)");
    reads("a ~> $f ~> $g(1)", "(~> (~> a $f) (call $g 1))");
    reads("--a", "(- (- a))");
    reads("-a{b: c}", "(group (- a) b c)");
}

#[test]
fn conditions_and_defaults_take_all_to_their_right() {
    reads("a ? b : c ? d : e", "(? a b (? c d e))");
    reads("a ? b ? c : d : e", "(? a (? b c d) e)");
    reads("a ? b", "(? a b)");
    reads("a = b ? c", "(? (= a b) c)");
    reads("a ?: b + c ? d : e", "(?: a (? (+ b c) d e))");
    reads("a ?? b or c", "(?? a (or b c))");
}

#[test]
fn transforms_change_parts() {
    reads("|a.b|{'c': 1}|", "(transform (path a b) (object \"c\" 1))");
    reads("a ~> |$|{}, ['b']|", "(~> a (transform $ (object) (array \"b\")))");
}

#[test]
fn parents_are_found_above_names() {
    for text in [
        "a.b.%",
        "a.b.%.%.a",
        "a.*.%",
        "a.(b.c).%",
        "a.b[%.x = 1]",
        "a.b^(%.x)",
        "a.b.{'x': %.y}",
        "a.b.(c.%.%)",
        "a.'b'.%",
        "a@$x.b@$y.%",
        "a.b.$f(%)",
        "a.b.[%, 1..%.n]",
        "a.b.(% ? % : %)",
        "a.b.-%.x",
        // the reference never looks for these
        "a[%]",
        "a{%.x: %}",
        "% ~> $f",
        "function(){ % }",
        "|%|%|",
    ] {
        assert_eq!(Expression::parse_strict(text).map(|_| ()), Ok(()), "{text}");
    }
}

#[test]
fn every_part_has_its_bytes() {
    let text = " ( $a := f.`g h` [ 1 ] ; function($x) { $x } ( $a , ? ) ) ";
    let mut parts = Vec::new();
    Expression::parse_strict(text).unwrap().walk(&mut |part, _| parts.push(&text[part.span.clone()]));
    insta::assert_snapshot!(parts.join("\n"), @"
    ( $a := f.`g h` [ 1 ] ; function($x) { $x } ( $a , ? ) )
    $a := f.`g h` [ 1 ]
    f.`g h` [ 1 ]
    f
    `g h` [ 1 ]
    `g h`
    1
    function($x) { $x } ( $a , ? )
    function($x) { $x }
    $x
    $a
    ");
}

#[test]
fn a_tree_made_by_hand_is_written_with_the_parentheses_it_needs() {
    let read = |text| Box::new(Expression::parse_strict(text).unwrap());
    let made = |kind| Expression::new(kind, 0..0).to_string();
    let binary =
        |operator, left, right| made(Kind::Binary { operator, left: read(left), right: read(right) });
    assert_eq!(binary(BinaryOperator::Multiply, "a + b", "c + d"), "(a + b) * (c + d)");
    assert_eq!(binary(BinaryOperator::Subtract, "a - b", "c - d"), "a - b - (c - d)");
    assert_eq!(binary(BinaryOperator::Add, "a ? b : c", "-d"), "(a ? b : c) + -d");
    assert_eq!(binary(BinaryOperator::Divide, "a[]", "b"), "(a[]) / b");
    assert_eq!(binary(BinaryOperator::Add, "a[]", "b"), "a[] + b");
    assert_eq!(made(Kind::Path(vec![*read("-a"), *read("b")])), "(-a).b");
    assert_eq!(made(Kind::Path(vec![*read("1"), *read("2")])), "(1).(2)");
    assert_eq!(made(Kind::Negate(read("a.b"))), "-a.b");
    let condition = Kind::Condition { condition: read("a"), then: read("b ? c"), otherwise: Some(read("d")) };
    assert_eq!(made(condition), "a ? (b ? c) : d");
}
