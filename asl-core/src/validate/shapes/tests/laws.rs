//! What holds for all shapes.

use std::rc::Rc;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::syntax::{JsonPath, Selector};
use crate::validate::shapes::lookup::Lookup;
use crate::validate::shapes::shape::Shape;

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-2_i64..4).prop_map(Value::from),
        "[a-c]{0,2}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map("[a-c]", inner, 0..3)
                .prop_map(|fields| Value::Object(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn exact(value: &Value) -> Shape {
    Shape::exact(value, &Rc::from("S"))
}

/// Shapes of one value or of several, some with a place of which nothing is known.
fn shapes() -> impl Strategy<Value = Shape> {
    let one = values().prop_map(|value| exact(&value));
    let opened = (values(), paths())
        .prop_map(|(value, path)| exact(&value).put(path.segments(), Shape::UNKNOWN, &Rc::from("T")));
    let open = values().prop_map(|value| Shape::open([("a", exact(&value))]));
    let simple = prop_oneof![
        6 => one,
        2 => opened,
        2 => open,
        1 => Just(Shape::UNKNOWN),
        1 => Just(Shape::string()),
        1 => Just(Shape::number()),
    ];
    proptest::collection::vec(simple, 1..4)
        .prop_map(|shapes| shapes.into_iter().reduce(|one, other| one.join(&other)).unwrap())
}

fn paths() -> impl Strategy<Value = JsonPath> {
    proptest::collection::vec(prop_oneof![3 => "\\.[a-c]", 1 => "\\[[0-2]\\]"], 0..4)
        .prop_map(|segments| JsonPath::parse(&format!("${}", segments.concat())).unwrap())
}

/// What the path finds in a value, as the service looks for it.
fn find<'v>(value: &'v Value, path: &JsonPath) -> Option<&'v Value> {
    path.segments().iter().try_fold(value, |value, segment| match &segment.selector {
        Selector::Name(name) => value.as_object()?.get(name),
        Selector::Index(index) => value.as_array()?.get(usize::try_from(*index).unwrap()),
        other => panic!("{other:?} is not generated"),
    })
}

proptest! {
    #[test]
    fn the_order_of_ways_does_not_matter(one in shapes(), other in shapes(), third in shapes()) {
        prop_assert_eq!(one.join(&other), other.join(&one));
        prop_assert_eq!(one.join(&other).join(&third), one.join(&other.join(&third)));
        prop_assert_eq!(one.join(&one), one.clone());
        prop_assert_eq!(one.join(&Shape::UNKNOWN), Shape::UNKNOWN);
    }

    #[test]
    fn who_knows_less_knows_less_after_a_join(one in shapes(), more in shapes(), other in shapes()) {
        let less = one.join(&more);
        prop_assert_eq!(one.join(&other).join(&less.join(&other)), less.join(&other));
    }

    #[test]
    fn a_join_stands_for_all_that_its_parts_stand_for(value in values(), other in shapes()) {
        prop_assert!(exact(&value).admits(&value));
        prop_assert!(exact(&value).join(&other).admits(&value));
        prop_assert!(other.join(&exact(&value)).admits(&value));
    }

    #[test]
    fn a_path_finds_what_it_finds_in_the_value(value in values(), other in shapes(), path in paths()) {
        match exact(&value).join(&other).get(&path) {
            Lookup::Found(shape) => {
                let found = find(&value, &path);
                prop_assert!(found.is_some_and(|found| shape.admits(found)), "{:?}", found);
            }
            Lookup::Maybe(shape) => prop_assert!(find(&value, &path).is_none_or(|found| shape.admits(found))),
            Lookup::Missing(_) => prop_assert_eq!(find(&value, &path), None),
        }
    }

    #[test]
    fn what_was_put_somewhere_is_found_there(input in values(), other in shapes(), path in paths(), result in values()) {
        let shape = exact(&input).join(&other).put(path.segments(), exact(&result), &Rc::from("T"));
        let mut output = input.clone();
        if put(&mut output, &path, &result) {
            prop_assert!(shape.admits(&output), "{} is not {:?}", output, shape);
        }
    }
}

/// Puts a result into an input as `ResultPath` does; `false` where that is an error.
fn put(at: &mut Value, path: &JsonPath, result: &Value) -> bool {
    let mut at = at;
    for segment in path.segments() {
        let next = match (&segment.selector, at) {
            (Selector::Name(name), Value::Object(fields)) => {
                Some(fields.entry(name.clone()).or_insert_with(|| json!({})))
            }
            (Selector::Index(index), Value::Array(elements)) => {
                elements.get_mut(usize::try_from(*index).unwrap())
            }
            _ => None,
        };
        let Some(next) = next else { return false };
        at = next;
    }
    *at = result.clone();
    true
}
