use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Select, write};
use crate::fixed_scope::FixedScope;

fn select(input: &Value, path: &str) -> Value {
    let scope = FixedScope::new(input.clone());
    Select::parse(path)
        .unwrap()
        .select(&scope)
        .unwrap_or_else(|fault| panic!("{path}: {fault:?}"))
        .into_owned()
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..4).prop_map(Value::from),
        prop::sample::select(vec![0.0, 1.5, -2.25]).prop_map(Value::from),
        "[ab1]{0,3}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::Array),
            prop::collection::btree_map("[abc]", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn any_path() -> impl Strategy<Value = String> {
    let operand = || {
        prop::sample::select(vec![
            "@",
            "@.a",
            "@.b[0]",
            "@..a",
            "@[*]",
            "$.a",
            "$",
            "$$.State",
            "1",
            "'a'",
            "null",
            "true",
            "['a', 1]",
            "[]",
            "@.length()",
            "@['a','b']",
            "$v",
        ])
    };
    let comparator = prop::sample::select(vec![
        "==", "!=", "===", "!==", "<", "<=", ">", ">=", "in", "nin", "subsetof", "anyof", "noneof", "all",
        "contains", "size", "empty",
    ]);
    let filter = prop_oneof![
        (operand(), comparator, operand()).prop_map(|(left, is, right)| format!("[?({left} {is} {right})]")),
        operand().prop_map(|operand| format!("[?({operand})]")),
        operand().prop_map(|operand| format!("[?(!({operand} =~ /a.*/i) || {operand} == 1)]")),
    ];
    let step = prop_oneof![
        3 => prop::sample::select(vec![".a", ".b", "['c']", "[0]", "[1]", "[-1]"]).prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            ".*", "[*]", "..a", "..*", "..[0]", "[0,1]", "['a','b']", "..['a','b']", "[0:2]", "[-2:]",
            "[:-1]", "[1:]", "[::2]", "[::-1]", "[5:0:-2]", "[(@.length-1)]",
        ])
        .prop_map(str::to_owned),
        2 => filter,
        1 => prop::sample::select(vec![
            ".length()", ".size()", ".min()", ".max()", ".avg()", ".sum()", ".stddev()", ".keys()", ".first()",
            ".last()", ".index(1)", ".index(-1)", ".concat('x', $.a)", ".append($.a, 1)",
        ])
        .prop_map(str::to_owned),
    ];
    (prop::sample::select(vec!["$", "$$", "$v"]), prop::collection::vec(step, 0..5))
        .prop_map(|(root, steps)| root.to_owned() + &steps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn reading_ends_in_a_value_or_a_fault(path in any_path(), input in any_json(), variable in any_json()) {
        let scope = FixedScope::new(input).with_variable("v", variable);
        let Ok(select) = Select::parse(&path) else { return Ok(()) };
        match select.select(&scope) {
            Ok(value) => prop_assert!(select.definite || value.is_array(), "{} gave {}", path, value),
            Err(fault) => {
                let cause = fault.invalid_path(&scope).cause;
                prop_assert!(cause.len() > path.len() + 18, "{}", cause);
            }
        }
    }

    #[test]
    fn what_was_put_is_found(
        raw in any_json(),
        steps in prop::collection::vec(prop::sample::select(vec![".a", ".b", "['c']", "[0]", "[1]"]), 0..5),
        result in any_json(),
    ) {
        let path = format!("${}", steps.concat());
        if let Ok(output) = write::put(&raw, &path.parse().unwrap(), result.clone()) {
            prop_assert_eq!(select(&output, &path), result);
        } else {
            // only a part that is neither there nor can be made
            let scope = FixedScope::new(raw);
            let read = Select::parse(&path).unwrap();
            prop_assert!(read.select(&scope).is_err());
        }
    }

    #[test]
    fn slices_are_those_of_the_definition(
        length in 0_i64..8,
        start in prop::option::of(-9_i64..10),
        end in prop::option::of(-9_i64..10),
        step in prop_oneof![1_i64..4, -3_i64..0],
    ) {
        let input: Value = (0..length).map(Value::from).collect();
        let text = |number: Option<i64>| number.map_or_else(String::new, |number| number.to_string());
        let path = format!("$[{}:{}:{step}]", text(start), text(end));
        let absolute = |number: i64| if number < 0 { number + length } else { number };
        let mut expected = Vec::new();
        let mut at = match start {
            Some(start) => absolute(start),
            None if step > 0 => 0,
            None => length - 1,
        };
        let end = end.map_or(if step > 0 { length } else { -1 }, absolute);
        // from outside of the array a run starts at its edge
        at = if step > 0 { at.max(0) } else { at.min(length - 1) };
        while if step > 0 { at < end.min(length) } else { at > end.max(-1) } {
            expected.push(at);
            at += step;
        }
        prop_assert_eq!(select(&input, &path), json!(expected), "{}", path);
    }
}
