use asl_core::expr::{AslData, Expr, constant, eq, lit, text};
use asl_macros::AslData;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::evaluation::evaluate;
use crate::{check_literal, over, v};

/// The same enum in each representation.
macro_rules! shapes {
    ($name:ident, $($attribute:meta),* $(,)? $( => $extra:ident)?) => {
        #[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
        #[serde($($attribute,)* rename_all = "snake_case", rename_all_fields = "camelCase")]
        enum $name {
            Empty,
            #[serde(rename = "MOVED")]
            MovedTo { new_place: String, #[serde(default)] note: Option<u8> },
            Wrapped(Inner),
            $( $extra(Vec<u8>, String), )?
            #[serde(skip)]
            #[expect(dead_code, reason = "it is skipped")]
            Hidden,
        }

        impl $name {
            fn all() -> Vec<Self> {
                vec![
                    Self::Empty,
                    Self::MovedTo { new_place: "x".into(), note: None },
                    Self::MovedTo { new_place: String::new(), note: Some(1) },
                    Self::Wrapped(Inner { inner_value: vec![1] }),
                    $( Self::$extra(vec![1], "a".into()), )?
                ]
            }
        }
    };
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
struct Inner {
    inner_value: Vec<u8>,
}

shapes!(External, deny_unknown_fields => Both);
shapes!(Internal, tag = "kind");
shapes!(Adjacent, tag = "t", content = "c" => Both);

macro_rules! check {
    ($name:ident) => {
        for value in $name::all() {
            check_literal(&value);
            let e: Expr<$name> = v();
            assert_eq!(over(&value, &$name::__asl_is_Empty(&e)), matches!(value, $name::Empty));
            assert_eq!(over(&value, &$name::__asl_is_MovedTo(&e)), matches!(value, $name::MovedTo { .. }));
            assert_eq!(over(&value, &$name::__asl_is_Wrapped(&e)), matches!(value, $name::Wrapped(_)));
            match &value {
                $name::MovedTo { new_place, note } => {
                    let fields = $name::__asl_of_MovedTo(&e);
                    assert_eq!(over(&value, &fields.new_place), json!(new_place));
                    assert_eq!(over(&value, &fields.note), json!(note));
                    let built = $name::__asl_new_MovedTo(|f| {
                        f.new_place = fields.new_place.clone();
                        f.note = fields.note.clone();
                    });
                    assert_eq!(over(&value, &built), json!(value));
                }
                $name::Wrapped(inner) => {
                    let fields = $name::__asl_of_Wrapped(&e);
                    assert_eq!(over(&value, &fields.0.inner_value), json!(inner.inner_value));
                    let built = $name::__asl_new_Wrapped(|f| {
                        f.0 = Inner::__asl_new(|f| f.inner_value = fields.0.inner_value.clone());
                    });
                    assert_eq!(over(&value, &built), json!(value));
                }
                _ => {}
            }
            assert_eq!(over(&value, &eq(e, constant(value.clone()))), true);
        }
    };
}

#[test]
fn every_representation_is_read_and_built_as_serde_does() {
    check!(External);
    check!(Internal);
    check!(Adjacent);
}

#[test]
fn variants_of_several_values_are_arrays() {
    for value in External::all() {
        let is_both = External::__asl_is_Both(&v());
        assert_eq!(over(&value, &is_both), matches!(value, External::Both(..)));
    }
    let value = Adjacent::Both(vec![1], "a".into());
    let fields = Adjacent::__asl_of_Both(&v());
    assert_eq!(over(&value, &fields.0), json!([1]));
    assert_eq!(over(&value, &fields.1), "a");
    let built = Adjacent::__asl_new_Both(|f| {
        f.0 = fields.0.clone();
        f.1 = text("b");
    });
    assert_eq!(over(&value, &built), json!({"t": "both", "c": [[1], "b"]}));
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
#[serde(untagged)]
enum Untagged {
    Full { id: u8, name: String },
    Short { id: u8 },
    Text(String),
    Number(i64),
    Flag(bool),
    List(Vec<u8>),
    Nothing,
}

#[test]
fn untagged_variants_are_told_by_type_and_fields() {
    let values = [
        Untagged::Full { id: 1, name: "a".into() },
        Untagged::Short { id: 1 },
        Untagged::Text("a".into()),
        Untagged::Number(0),
        Untagged::Flag(false),
        Untagged::List(vec![]),
        Untagged::Nothing,
    ];
    for (place, value) in values.iter().enumerate() {
        check_literal(value);
        let e: Expr<Untagged> = v();
        let tests = [
            Untagged::__asl_is_Full(&e),
            Untagged::__asl_is_Short(&e),
            Untagged::__asl_is_Text(&e),
            Untagged::__asl_is_Number(&e),
            Untagged::__asl_is_Flag(&e),
            Untagged::__asl_is_List(&e),
            Untagged::__asl_is_Nothing(&e),
        ];
        for (other, test) in tests.iter().enumerate() {
            assert_eq!(over(value, test), place == other, "{value:?} {other}");
        }
    }
    let list = asl_core::expr::list([Untagged::__asl_new_List(|f| f.0 = constant(vec![1_u8]))]);
    assert_eq!(evaluate(list.tree(), &Value::Null), json!([[1]]));
    assert_eq!(Untagged::__asl_of_Short(&v()).id.to_jsonata(), "$v.id");
}

/// Only read, as the result of a task.
#[derive(Deserialize, AslData, PartialEq)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status<T> {
    InProgress,
    Done(T),
}

#[test]
fn an_enum_that_is_only_read_has_literals_too() {
    let status: Expr<Status<u8>> = v();
    assert_eq!(eq(status, constant(Status::<u8>::InProgress)).to_jsonata(), "$v = 'IN_PROGRESS'");
    assert_eq!(constant(Status::Done(2_u8)).to_jsonata(), "{'DONE': 2}");
    assert_eq!(Status::<u8>::__asl_new_Done(|f| f.0 = lit(1)).to_jsonata(), "{'DONE': 1}");
    assert!(<Status<u8> as AslData>::SHAPE == asl_core::expr::Shape::PLAIN);
}
