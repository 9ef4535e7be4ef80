use std::collections::BTreeMap;

use asl_core::expr::{AslData as _, Expr, add, lit, text};
use asl_macros::AslData;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::evaluation::evaluate;
use crate::{check_literal, over, v};

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_field_names, reason = "the names are what is tested")]
struct User<'a, T> {
    user_id: u32,
    #[serde(rename = "full name")]
    name: std::borrow::Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    best_friend: Option<Box<User<'a, T>>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<T>,
    #[serde(default = "three")]
    level: u8,
    #[serde(skip)]
    cache: u8,
    r#type: Option<bool>,
    #[serde(flatten)]
    place: Place,
}

fn three() -> u8 {
    3
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE", deny_unknown_fields)]
struct Place {
    post_code: String,
    pair: Pair,
    only: Only,
    unit: Unit,
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
struct Pair(Vec<i32>, pub Option<i32>);

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
struct Only(Vec<i32>);

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
struct Unit;

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
#[serde(transparent)]
struct Inside {
    value: Option<String>,
    #[serde(skip)]
    cache: (),
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
#[serde(default)]
struct Settings {
    retries: u32,
    hosts: Vec<String>,
    #[serde(default)]
    verbose: bool,
    note: Inside,
}

impl Default for Settings {
    fn default() -> Self {
        let note = Inside { value: Some("none".into()), cache: () };
        Self { retries: 3, hosts: vec!["a".into()], verbose: true, note }
    }
}

#[derive(Serialize, Deserialize, AslData, Clone, Debug, PartialEq)]
struct Tagged {
    id: u8,
    #[serde(flatten)]
    more: BTreeMap<String, u8>,
}

fn user(tags: &[&str], friend: Option<User<'static, String>>) -> User<'static, String> {
    User {
        user_id: 7,
        name: "Ann".into(),
        best_friend: friend.map(Box::new),
        tags: tags.iter().map(ToString::to_string).collect(),
        level: 4,
        cache: 0,
        r#type: None,
        place: Place { post_code: "1".into(), pair: Pair(vec![1], None), only: Only(vec![2]), unit: Unit },
    }
}

#[test]
fn a_literal_is_what_serde_writes() {
    check_literal(&user(&[], None));
    check_literal(&user(&["x"], Some(user(&["a", "b"], None))));
    check_literal(&Settings::default());
    check_literal(&Tagged { id: 1, more: BTreeMap::from([("a".into(), 2)]) });
    check_literal(&Inside { value: None, cache: () });
    check_literal(&vec![Pair(vec![], Some(1)), Pair(vec![1, 2], None)]);
    check_literal(&vec![Only(vec![]), Only(vec![1])]);
}

#[test]
fn a_field_is_read_under_the_name_that_serde_writes() {
    let value = user(&["x"], Some(user(&[], None)));
    let u: Expr<User<'static, String>> = v();
    assert_eq!(over(&value, &u.user_id), 7);
    assert_eq!(over(&value, &u.name), "Ann");
    assert_eq!(over(&value, &u.tags), json!(["x"]));
    assert_eq!(over(&value, &u.best_friend.is_some()), true);
    assert_eq!(over(&value, &u.best_friend.and_then(|f| f.best_friend.clone()).is_some()), false);
    assert_eq!(over(&value, &u.best_friend.map(|f| f.tags.len()).unwrap_or(lit(9))), 0);
    assert_eq!(over(&value, &u.level), 4);
    assert_eq!(over(&value, &u.r#type), json!(null));
    assert_eq!(over(&value, &u.place.post_code), "1");
    assert_eq!(over(&value, &u.place.pair.0), json!([1]));
    assert_eq!(over(&value, &u.place.pair.1), json!(null));
    assert_eq!(over(&value, &u.place.only.0.first()), 2);
    assert_eq!(over(&value, &u.place.unit), json!(null));
    assert_eq!(u.place.post_code.to_jsonata(), "$v.`POST-CODE`");
}

#[test]
fn a_field_that_is_left_out_is_its_default() {
    let s: Expr<Settings> = v();
    let none = json!({});
    assert_eq!(evaluate(s.retries.tree(), &none), 3);
    assert_eq!(evaluate(s.hosts.tree(), &none), json!(["a"]));
    assert_eq!(evaluate(s.verbose.tree(), &none), false);
    assert_eq!(evaluate(s.note.value.tree(), &none), "none");
    assert_eq!(evaluate(s.note.value.tree(), &json!({"note": null})), json!(null));
    assert_eq!(evaluate(s.hosts.tree(), &json!({"hosts": []})), json!([]));
    let u: Expr<User<'static, String>> = v();
    assert_eq!(evaluate(u.level.tree(), &none), 3);
}

#[test]
fn flattened_maps_have_the_fields_that_are_left_over() {
    let t: Expr<Tagged> = v();
    let value = Tagged { id: 1, more: BTreeMap::from([("a".into(), 2)]) };
    assert_eq!(over(&value, &t.more), json!({"a": 2}));
    assert_eq!(over(&Tagged { id: 1, more: BTreeMap::new() }, &t.more), json!({}));
}

#[test]
fn a_struct_is_built_from_expressions() {
    let u: Expr<User<'static, String>> = v();
    let value = user(&["x"], None);
    let built = User::<'static, String>::__asl_with(&u, |f| {
        f.user_id = add(u.user_id.clone(), lit(1));
        f.tags = u.tags.iter().filter(|t| t.is_empty()).collect();
    });
    let expected = User { user_id: 8, tags: vec![], ..value.clone() };
    assert_eq!(over(&value, &built), serde_json::to_value(expected).unwrap());
    let pair = Pair::__asl_new(|f| {
        f.0 = u.place.only.0.clone();
        f.1 = u.place.pair.1.clone();
    });
    assert_eq!(over(&value, &pair), json!([[2], null]));
    let tagged = Tagged::__asl_new(|f| {
        f.id = lit(1);
        f.more = asl_core::expr::constant(BTreeMap::from([("a".to_owned(), 2_u8)]));
    });
    assert_eq!(tagged.to_jsonata(), "{'id': 1, 'a': 2}");
    let only = Only::__asl_new(|f| f.0 = u.place.only.0.clone());
    assert_eq!(over(&value, &asl_core::expr::list([only])), json!([[2]]));
    let inside = Inside::__asl_new(|f| f.value = asl_core::expr::some(text("a")));
    assert_eq!(inside.to_jsonata(), "'a'");
    assert_eq!(Unit.literal().to_string(), "null");
    assert_eq!(user(&[], None).cache, 0);
}
