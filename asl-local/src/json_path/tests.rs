use std::borrow::Cow;

use serde_json::{Value, json};

use super::{Select, read, write};
use crate::Failure;
use crate::data::Scope;
use crate::fixed_scope::FixedScope;

fn select(input: &Value, path: &str) -> Value {
    let scope = FixedScope::new(input.clone());
    Select::parse(path)
        .unwrap()
        .select(&scope)
        .unwrap_or_else(|fault| panic!("{path}: {fault:?}"))
        .into_owned()
}

/// `"path" => json` for each line, all read from one input.
macro_rules! gives {
    ($input:expr; $($path:literal => $value:tt),+ $(,)?) => {
        $(assert_eq!(select(&$input, $path), json!($value), "{}", $path);)+
    };
}

fn store() -> Value {
    json!({
        "book": [
            {"title": "Sayings", "author": "Rees", "price": 8.95, "tags": ["short", "old"]},
            {"title": "Sword", "author": "Waugh", "price": 12.99, "tags": []},
            {"title": "Moby Dick", "author": "Melville", "price": 9, "isbn": "0-553", "tags": ["old"]},
            {"title": "Rings", "author": "Tolkien", "price": "22", "isbn": null, "stock": 0},
        ],
        "bicycle": {"color": "red", "price": 19.95},
        "limit": 10,
        "sizes": [3, 1, 2],
    })
}

#[test]
fn names_and_indices_lead_to_one_value() {
    gives! { store();
        "$.bicycle.color" => "red",
        "$['bicycle']['color']" => "red",
        "$.book[0].title" => "Sayings",
        "$.book[-1].title" => "Rings",
        "$.book[(@.length-1)].title" => "Rings",
        "$.book[(@.length - 4)].title" => "Sayings",
        "$.book[3].isbn" => null,
        "$.sizes" => [3, 1, 2],
    }
    assert_eq!(select(&store(), "$"), store());
    assert_eq!(select(&json!("text"), "$"), json!("text"));
}

#[test]
fn such_a_value_is_not_copied() {
    let scope = FixedScope::new(store());
    let path = Select::parse("$.book[1].author").unwrap();
    let Cow::Borrowed(author) = path.select(&scope).unwrap() else { panic!("copied") };
    assert!(std::ptr::eq(author, &raw const scope.input().json()["book"][1]["author"]));
    let whole = Select::parse("$").unwrap().data(&scope).unwrap();
    assert!(std::ptr::eq(whole.json(), scope.input().json()));
}

#[test]
fn other_selectors_give_arrays() {
    gives! { store();
        "$.sizes[*]" => [3, 1, 2],
        "$.bicycle.*" => ["red", 19.95],
        "$.book[*].author" => ["Rees", "Waugh", "Melville", "Tolkien"],
        "$.book[0,2].author" => ["Rees", "Melville"],
        "$.book[0,-1].author" => ["Rees", "Tolkien"],
        "$.sizes[1:]" => [1, 2],
        "$.sizes[:2]" => [3, 1],
        "$.sizes[-2:]" => [1, 2],
        "$.sizes[:-1]" => [3, 1],
        "$.sizes[0:2]" => [3, 1],
        "$.sizes[2:1]" => [],
        "$.sizes[7:9]" => [],
        "$..color" => ["red"],
        "$..price" => [8.95, 12.99, 9, "22", 19.95],
        "$..book[0].title" => ["Sayings"],
        "$.book[*].missing" => [],
        "$.missing[*]" => [],
        "$..missing" => [],
    }
}

/// json-path makes one object of several names at the end, and several values of them elsewhere.
#[test]
fn several_names_at_the_end_make_an_object() {
    gives! { store();
        "$.bicycle['color','price']" => {"color": "red", "price": 19.95},
        "$.bicycle['color','missing']" => {"color": "red"},
        "$.book[0,1]['title','price']" => [{"title": "Sayings", "price": 8.95}, {"title": "Sword", "price": 12.99}],
        "$['bicycle','limit'].color" => ["red"],
    }
}

#[test]
fn roots_other_than_the_input_are_read() {
    let scope = FixedScope::new(json!({"a": 0})).with_variable("order", json!({"lines": [1, 2]}));
    let read = |path: &str| Select::parse(path).unwrap().select(&scope).unwrap().into_owned();
    assert_eq!(read("$$.Execution.Name"), "run-1");
    assert_eq!(read("$$.Execution.Input"), json!({"a": 1}));
    assert_eq!(read("$order.lines[1]"), 2);
    assert_eq!(read("$order"), json!({"lines": [1, 2]}));
    assert_eq!(read("$order.lines[?(@ > $.lines[0])]"), json!([2]), "`$` is the document that is read");
    assert_eq!(read("$.a"), 0);
}

/// The titles that a filter leaves.
fn titles(filter: &str) -> Vec<String> {
    let path = format!("$.book[?({filter})].title");
    serde_json::from_value(select(&store(), &path)).unwrap()
}

#[test]
fn filters_choose_elements() {
    let all = ["Sayings", "Sword", "Moby Dick", "Rings"];
    for (filter, chosen) in [
        ("@.isbn", vec![2, 3]),
        ("!@.isbn", vec![0, 1]),
        ("@.price == 9", vec![2]),
        ("@.price == 9.0", vec![2]),
        ("@.price == '9'", vec![2]),
        ("@.price == 22", vec![3]),
        ("@.price === 22", vec![]),
        ("@.price !== 22", vec![0, 1, 2, 3]),
        ("@.price != 9", vec![0, 1, 3]),
        ("@.price < 9", vec![0]),
        ("@.price <= 9", vec![0, 2]),
        ("@.price > 9", vec![1]),
        ("@.price >= 9", vec![1, 2]),
        ("@.price < $.limit", vec![0, 2]),
        ("9 < @.price", vec![1]),
        ("@.title > 'S'", vec![0, 1]),
        ("@.isbn == null", vec![3]),
        ("@.author =~ /^M.*/", vec![2]),
        ("@.author =~ /REES/i", vec![0]),
        ("@.author =~ /ee/", vec![]),
        ("@.tags =~ /sh.*/", vec![0]),
        ("@.author in ['Rees', 'Waugh']", vec![0, 1]),
        ("@.author nin ['Rees', 'Waugh']", vec![2, 3]),
        ("@.tags subsetof ['old', 'short', 'new']", vec![0, 1, 2]),
        ("@.tags anyof ['short', 'new']", vec![0]),
        ("@.tags noneof ['short', 'new']", vec![1, 2]),
        ("@.tags all ['old', 'short']", vec![0]),
        ("@.tags contains 'old'", vec![0, 2]),
        ("@.title contains 'in'", vec![0, 3]),
        ("@.tags size 1", vec![2]),
        ("@.title size 5", vec![1, 3]),
        ("@.tags empty true", vec![1]),
        ("@.tags empty false", vec![0, 2]),
        ("@.price > 8 && @.tags size 1", vec![2]),
        ("@.price < 9 || @.isbn", vec![0, 2, 3]),
        ("!(@.price < 9 || @.isbn)", vec![1]),
        ("@.tags[0] == 'old'", vec![2]),
        ("@.tags.length() == 2", vec![0]),
        ("@['title'] == 'Sword'", vec![1]),
        ("@.missing == @.missing", vec![]),
        ("@.missing != 1", vec![0, 1, 2, 3]),
        ("@.stock == 0", vec![3]),
    ] {
        let chosen: Vec<_> = chosen.into_iter().map(|place: usize| all[place]).collect();
        assert_eq!(titles(filter), chosen, "{filter}");
    }
}

#[test]
fn a_filter_looks_at_an_object_itself() {
    gives! { store();
        "$.bicycle[?(@.color == 'red')].price" => [19.95],
        "$.bicycle[?(@.color == 'blue')]" => [],
        "$.sizes[?(@ >= 2)]" => [3, 2],
        "$.limit[?(@ > 2)]" => [],
        "$..[?(@.isbn)].title" => ["Moby Dick", "Rings", "Moby Dick", "Rings"],
    }
}

#[test]
fn functions_end_paths() {
    let numbers = json!({"n": [4, 1.5, 2], "s": ["a", "b", 1], "o": {"x": 1, "y": 2}, "e": []});
    gives! { numbers;
        "$.n.length()" => 3,
        "$.o.length()" => 2,
        "$.n.size()" => 3,
        "$.n.min()" => 1.5,
        "$.n.max()" => 4.0,
        "$.n.sum()" => 7.5,
        "$.n.avg()" => 2.5,
        "$.o.keys()" => ["x", "y"],
        "$.s.concat()" => "ab",
        "$.s.concat('-', $.o.x)" => "ab-1",
        "$.n.append(5)" => [4, 1.5, 2, 5],
        "$.n.first()" => 4,
        "$.n.last()" => 2,
        "$.n.index(1)" => 1.5,
        "$.n.index(-2)" => 1.5,
        "$.n[0:2].length()" => 2,
        "$..x.length()" => 1,
    }
    let deviation = select(&json!([2, 4, 4, 4, 5, 5, 7, 9]), "$.stddev()");
    assert_eq!(deviation, 2.0);
    let scope = FixedScope::new(numbers);
    for path in ["$.e.min()", "$.e.sum()", "$.o.avg()", "$.e.first()", "$.n.index(9)"] {
        Select::parse(path).unwrap().select(&scope).expect_err(path);
    }
}

fn invalid_path(input: &Value, path: &str) -> String {
    let scope = FixedScope::new(input.clone());
    let path = Select::parse(path).unwrap();
    let failure = path.select(&scope).unwrap_err().invalid_path(&scope);
    assert_eq!(failure.error, "States.Runtime");
    failure.cause
}

#[test]
fn a_path_that_leads_nowhere_says_where_it_ended() {
    let input = json!({"no": 1, "list": [1], "object": {"a": {}}});
    for (path, cause) in [
        ("$.NoSuchInputPath", "Invalid path '$.NoSuchInputPath' : No results for path: $['NoSuchInputPath']"),
        ("$.new.such.path", "Invalid path '$.new.such.path' : Missing property in path $['new']"),
        ("$.object.b.c", "Invalid path '$.object.b.c' : Missing property in path $['object']['b']"),
        ("$.object.a.b", "Invalid path '$.object.a.b' : No results for path: $['object']['a']['b']"),
        ("$.list[1]", "Invalid path '$.list[1]' : No results for path: $['list'][1]"),
        (
            "$.no.such",
            "Invalid path '$.no.such' : Expected to find an object with property ['such'] in path $['no']",
        ),
        (
            "$.list[4].a",
            "Invalid path '$.list[4].a' : Expected to find an object with property ['a'] in path $['list'][4]",
        ),
        (
            "$.object[0]",
            "Invalid path '$.object[0]' : Filter: [0] can only be applied to arrays. Current context is: {\"a\":{}}",
        ),
        ("$unset.a", "Invalid path '$unset.a' : No value for the variable of $unset.a"),
    ] {
        assert_eq!(invalid_path(&input, path), cause);
    }
}

#[test]
fn each_field_words_the_fault_in_its_own_way() {
    let scope = FixedScope::new(json!({"a": [1, "x"]}));
    let path = Select::parse("$.b").unwrap();
    let fault = path.select(&scope).unwrap_err();
    assert_eq!(
        fault.in_field("v.$", &scope).cause,
        r#"The JSONPath '$.b' specified for the field 'v.$' could not be found in the input '{"a":[1,"x"]}'"#
    );
    assert_eq!(
        fault.in_choice().cause,
        "Invalid path '$.b': The choice state's condition path references an invalid value."
    );
    assert_eq!(
        fault.in_parameter("SecondsPath").cause,
        "The SecondsPath parameter does not reference an input value: $.b"
    );
    assert_eq!(
        fault.in_call("States.Format('{}', $.b)", &scope).cause,
        "The function 'States.Format('{}', $.b)' had the following error: The JsonPath argument for the field \
         '$.b' could not be found in the input '{\"a\":[1,\"x\"]}'"
    );
    let context = Select::parse("$$.Task.Token").unwrap();
    assert_eq!(
        context.select(&scope).unwrap_err().in_field("t.$", &scope).cause,
        "The JSONPath '$$.Task.Token' specified for the field 't.$' could not be found in the input \
         '{\"Execution\":{\"Name\":\"run-1\",\"Input\":{\"a\":1}},\"State\":{\"RetryCount\":0}}'"
    );
}

#[test]
fn what_cannot_be_read_is_refused_when_it_is_prepared() {
    for path in ["", "a", "@.a", "$.a[", "$.a[(@.length)]", "$.a[(@.length*2)]", "$.a[?(@.b =~ /(/)]"] {
        Select::parse(path).expect_err(path);
    }
}

#[test]
fn a_path_over_too_many_values_fails_in_time() {
    let row = Value::Array(vec![json!(1); 2_000]);
    let input = Value::Array(vec![row; 60]);
    let scope = FixedScope::new(input);
    for path in ["$[*][?(@ in $[*][*])]", "$..[?($..*)]"] {
        let path = Select::parse(path).unwrap();
        let cause = path.select(&scope).unwrap_err().invalid_path(&scope).cause;
        assert!(cause.ends_with("The path looks at too many values"), "{cause}");
    }
}

fn number_of<T>(
    value: &Value,
    read: impl Fn(&Select, &dyn Scope) -> Result<T, Failure>,
) -> Result<T, (String, String)> {
    let scope = FixedScope::new(json!({"v": value}));
    let path = Select::parse("$.v").unwrap();
    read(&path, &scope).map_err(|failure| (failure.error.into_owned(), failure.cause))
}

fn runtime<T>(cause: &str) -> Result<T, (String, String)> {
    Err(("States.Runtime".to_owned(), cause.to_owned()))
}

/// The sentences are recorded, other numbers and names beside.
#[test]
fn fields_that_name_a_path_read_numbers() {
    let seconds = |value: Value| number_of(&value, |path, scope| read::seconds("SecondsPath", path, scope));
    assert_eq!(seconds(json!(3)), Ok(3));
    assert_eq!(seconds(json!("3")), Ok(3));
    assert_eq!(
        seconds(json!(-2)),
        runtime("The SecondsPath parameter references a negative value: $.v == -2")
    );
    assert_eq!(
        seconds(json!(2.5)),
        runtime("The SecondsPath parameter cannot be parsed as a long value: $.v == 2.5")
    );
    assert_eq!(
        seconds(json!({"raw": "3"})),
        runtime(r#"The SecondsPath parameter cannot be parsed as a long value: $.v == {"raw":"3"}"#)
    );

    let integer =
        |value: Value| number_of(&value, |path, scope| read::integer("MaxConcurrencyPath", path, scope));
    assert_eq!(integer(json!("7")), Ok(7));
    assert_eq!(
        integer(json!("many")),
        runtime("The MaxConcurrencyPath field refers to value \"many\" which is not a valid integer: $.v")
    );

    let count = |value: Value| number_of(&value, read::tolerated_failure_count);
    assert_eq!(count(json!(0)), Ok(0));
    assert_eq!(count(json!(-1)), runtime("ToleratedFailureCount cannot be negative."));

    let percentage = |value: Value| number_of(&value, read::tolerated_failure_percentage);
    assert_eq!(percentage(json!(33.3)), Ok(33.3));
    assert_eq!(percentage(json!("50")), Ok(50.0));
    for outside in [json!(-0.1), json!(100.1)] {
        assert_eq!(percentage(outside), runtime("ToleratedFailurePercentage must be between 0 and 100."));
    }
    assert_eq!(
        percentage(json!({})),
        runtime(
            "The ToleratedFailurePercentagePath field refers to value \"{}\" which is not a valid float: $.v"
        )
    );
}

#[test]
fn timestamps_are_read_from_paths() {
    let timestamp = |value: Value| number_of(&value, read::timestamp).map(|_| ());
    assert_eq!(timestamp(json!("2026-01-01T00:00:00Z")), Ok(()));
    assert_eq!(
        timestamp(json!("2026-13-01T00:00:00Z")),
        runtime(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format \
             string: $.v == 2026-13-01T00:00:00Z"
        )
    );
    let said = |path: &str| read::not_an_array(&Select::parse(path).unwrap()).cause;
    assert_eq!(said("$.v"), "Reference path \"$.v\" must point to array.");
    assert_eq!(said("$$.Execution.Input"), "Reference path \"$.Execution.Input\" must point to array.");
}

fn put(raw: &Value, path: &str, result: Value) -> Result<Value, Failure> {
    write::put(raw, &path.parse().unwrap(), result)
}

#[test]
fn a_result_is_put_where_its_path_says() {
    let raw = json!({"a": 1, "o": {"x": [1, {"y": 2}]}});
    for (path, output) in [
        ("$", json!("r")),
        ("$.a", json!({"a": "r", "o": {"x": [1, {"y": 2}]}})),
        ("$.b", json!({"a": 1, "o": {"x": [1, {"y": 2}]}, "b": "r"})),
        ("$.b.c['d e']", json!({"a": 1, "o": {"x": [1, {"y": 2}]}, "b": {"c": {"d e": "r"}}})),
        ("$.o.x[0]", json!({"a": 1, "o": {"x": ["r", {"y": 2}]}})),
        ("$.o.x[1].y", json!({"a": 1, "o": {"x": [1, {"y": "r"}]}})),
        ("$.o", json!({"a": 1, "o": "r"})),
    ] {
        assert_eq!(put(&raw, path, json!("r")).unwrap(), output, "{path}");
    }
}

#[test]
fn a_result_that_the_input_cannot_hold_fails() {
    let raw = json!({"a": 1, "x": [1]});
    for path in ["$.a.b", "$.a[0]", "$.x.b", "$.x[1]", "$.x[-1]", "$.new[0]"] {
        let Ok(parsed) = path.parse() else { continue };
        let failure = write::put(&raw, &parsed, json!("r")).expect_err(path);
        assert_eq!(failure.error, "States.ResultPathMatchFailure");
        assert_eq!(
            failure.cause,
            format!("Unable to apply ReferencePath {path} to input {{\"a\":1,\"x\":[1]}}")
        );
    }
    put(&json!("text"), "$.a", json!(1)).unwrap_err();
    let deep = format!("${}", ".a".repeat(100_000));
    put(&json!({}), &deep, json!(1)).unwrap_err();
    assert_eq!(put(&json!("text"), "$", json!(1)).unwrap(), 1);
}
