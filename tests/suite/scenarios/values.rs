//! Values, scope and names: scenarios 1 to 9, 14, 17, 18, 19.

use asl_core::ctx::{Ctx, Failure, map_each};
use asl_macros::{AslData, expr_fn, state_machine, task};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Scenario, count, state, states};

#[task(lambda = "${LookArn}")]
async fn look(ctx: &Ctx, n: i64) -> Result<i64, Failure>;
#[task(lambda = "${ShowArn}")]
async fn show(ctx: &Ctx, text: &str) -> Result<String, Failure>;

fn numbers(scenario: Scenario) -> Scenario {
    scenario.gives("LookArn", json!(1)).gives("LookArn", json!(-7)).fails("LookArn", "Blind")
}

#[state_machine]
async fn constant(_ctx: &Ctx) -> Result<u32, Failure> {
    Ok(42)
}

#[state_machine]
async fn nothing(_ctx: &Ctx) -> Result<(), Failure> {
    Ok(())
}

#[test]
fn s01_a_constant_is_one_state() {
    let json = Scenario::new(constant::definition()).agrees(async |ctx, (): ()| constant(ctx).await);
    assert_eq!(states(&json), ["Return"]);
    insta::assert_snapshot!(json);
    let json = Scenario::new(nothing::definition()).agrees(async |ctx, (): ()| nothing(ctx).await);
    assert_eq!(state(&json, "Return"), json!({"Type": "Succeed", "Output": "{% null %}"}));
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn one_task(ctx: &Ctx, n: i64) -> Result<i64, Failure> {
    look(ctx, n).await
}

#[test]
fn s02_one_task_is_one_state() {
    let scenario = numbers(Scenario::new(one_task::definition())).inputs((-9_i64..9).prop_map(|n| json!(n)));
    let json = scenario.agrees(one_task);
    assert_eq!(states(&json), ["Look"]);
    assert_eq!(state(&json, "Look")["End"], true);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
struct Profile {
    user_id: String,
    full_name: String,
    tags: Vec<String>,
    nick: Option<String>,
}

#[task(lambda = "${FetchArn}")]
async fn fetch(ctx: &Ctx, id: &str) -> Result<Profile, Failure>;

fn profile() -> Value {
    json!({"userId": "u-1", "fullName": "Ann", "tags": ["a", "b"], "nick": null})
}

#[state_machine]
async fn used_field(ctx: &Ctx, id: String) -> Result<String, Failure> {
    let user = fetch(ctx, &id).await?;
    let shown = show(ctx, &user.full_name).await?;
    Ok(format!("{shown} ({})", user.full_name))
}

#[test]
fn s03_only_the_field_that_is_used_is_kept() {
    let scenario = Scenario::new(used_field::definition())
        .inputs(Just(json!("u-1")))
        .gives("FetchArn", profile())
        .gives("ShowArn", json!("seen"))
        .fails("FetchArn", "NotFound");
    let json = scenario.agrees(used_field);
    assert_eq!(states(&json), ["Fetch", "Show"]);
    let kept = &state(&json, "Fetch")["Assign"];
    assert_eq!(*kept, json!({"user": "{% {'fullName': $states.result.fullName} %}"}));
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn shadowing(ctx: &Ctx, items: Vec<i64>) -> Result<(i64, i64), Failure> {
    let a = look(ctx, 0).await?;
    let mut last = 0;
    for a in items {
        let a = look(ctx, a).await?;
        last = a;
    }
    Ok((a, last))
}

#[test]
fn s04_a_shadowed_local_is_intact() {
    let inputs = prop::collection::vec(-5_i64..5, 0..4).prop_map(|items| json!(items));
    let scenario = numbers(Scenario::new(shadowing::definition())).inputs(inputs);
    insta::assert_snapshot!(scenario.agrees(shadowing));
}

#[derive(Serialize, Deserialize, AslData)]
struct Holder {
    arr: Vec<i64>,
    heap0: i64,
    states: String,
}

#[derive(Serialize, Deserialize, AslData)]
struct Both {
    arr: i64,
    inner: Vec<i64>,
    heap0: i64,
    states: String,
}

#[state_machine]
async fn same_names(ctx: &Ctx, input: Holder) -> Result<Both, Failure> {
    let arr = look(ctx, input.heap0).await?;
    let heap0 = look(ctx, arr).await?;
    Ok(Both { arr, inner: input.arr, heap0, states: input.states })
}

#[test]
fn s05_s06_locals_and_fields_of_the_same_name_do_not_meet() {
    let inputs = (prop::collection::vec(0_i64..9, 0..3), 0_i64..9)
        .prop_map(|(arr, heap0)| json!({"arr": arr, "heap0": heap0, "states": "s"}));
    let scenario = numbers(Scenario::new(same_names::definition())).inputs(inputs);
    insta::assert_snapshot!(scenario.agrees(same_names));
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Point {
    x: i64,
    y: i64,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Line {
    from: Point,
    to: (i64, i64),
    name: Option<String>,
}

#[state_machine]
async fn destructuring(
    ctx: &Ctx,
    Line { from: Point { x: left, y }, to: (right, low), name }: Line,
) -> Result<String, Failure> {
    let (a, b) = (look(ctx, left).await?, right);
    let Point { x, .. } = Point { x: a + b, y: low };
    let name = name.unwrap_or("none".to_owned());
    for (index, Point { x: each, .. }) in [Point { x, y }, Point { x: y, y: x }].into_iter().enumerate() {
        show(ctx, &format!("{index}: {each}")).await?;
    }
    Ok(format!("{name} {x} {y} {low}"))
}

#[test]
fn s07_patterns_cost_no_state() {
    let inputs = (-5_i64..5, -5_i64..5, prop::option::of("[a-z]{1,3}"))
        .prop_map(|(x, y, name)| json!({"from": {"x": x, "y": y}, "to": [y, x], "name": name}));
    let scenario =
        numbers(Scenario::new(destructuring::definition())).inputs(inputs).gives("ShowArn", json!("ok"));
    let json = scenario.agrees(destructuring);
    // the two tasks, the loop and its end
    assert_eq!((states(&json).len(), count(&json, "Pass")), (4, 0));
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn swapping(ctx: &Ctx, n: i64) -> Result<(i64, i64), Failure> {
    let mut a = look(ctx, n).await?;
    let mut b = n;
    (a, b) = (b, a);
    a = b;
    b = a + 1;
    let mut c = 0;
    while c < 2 {
        (a, b) = (b, a);
        b += c;
        show(ctx, &format!("{a} {b}")).await?;
        c += 1;
    }
    Ok((a, b))
}

#[test]
fn s08_dependent_assignments_keep_their_order() {
    let inputs = (-5_i64..5).prop_map(|n| json!(n));
    let scenario =
        numbers(Scenario::new(swapping::definition())).inputs(inputs).gives("ShowArn", json!("ok"));
    let json = scenario.agrees(swapping);
    assert_eq!((states(&json).len(), count(&json, "Pass")), (4, 0));
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn closures(ctx: &Ctx, rows: Vec<Vec<i64>>) -> Result<Vec<Vec<i64>>, Failure> {
    let base = look(ctx, 1).await?;
    map_each(ctx, rows, async |row| {
        let first = row.first().copied().unwrap_or(base);
        map_each(ctx, row, async |cell| {
            let seen = look(ctx, cell + base).await?;
            Ok(seen + first + base)
        })
        .max_concurrency(1)
        .await
    })
    .max_concurrency(1)
    .await
}

#[test]
fn s09_nested_maps_read_what_is_around_them() {
    let rows =
        prop::collection::vec(prop::collection::vec(-3_i64..3, 0..3), 0..3).prop_map(|rows| json!(rows));
    let scenario = Scenario::new(closures::definition())
        .inputs(rows)
        .gives("LookArn", json!(1))
        .gives("LookArn", json!(-7));
    let json = scenario.agrees(closures);
    assert_eq!(states(&json), ["Look", "ForEachRow", "ForEachCell", "Look (2)"]);
    // what is outside of both is read where it is
    assert_eq!(state(&json, "Look (2)")["Arguments"]["n"], "{% $states.input.cell + $base %}");
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Flags {
    a: i64,
    b: Option<String>,
}

#[state_machine]
async fn boolean(_ctx: &Ctx, input: Flags) -> Result<bool, Failure> {
    let ok = input.a > 1 || input.b.is_none();
    Ok(ok && !(input.a == 3))
}

#[test]
fn s14_a_boolean_is_data() {
    let inputs = (-1_i64..5, prop::option::of("[a-z]")).prop_map(|(a, b)| json!({"a": a, "b": b}));
    let json = Scenario::new(boolean::definition()).inputs(inputs).agrees(boolean);
    assert_eq!(states(&json), ["Return"]);
    insta::assert_snapshot!(json);
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Address {
    city: Option<String>,
}

#[derive(Serialize, Deserialize, Clone, AslData)]
struct Customer {
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Address>,
    nick: Option<String>,
}

#[state_machine]
async fn optional(_ctx: &Ctx, customer: Customer) -> Result<String, Failure> {
    let city = customer.address.and_then(|address| address.city).map(|city| city.to_uppercase());
    let nick = customer.nick.unwrap_or_default();
    Ok(format!("{nick} of {}", city.unwrap_or("nowhere".to_owned())))
}

#[test]
fn s17_optional_values_cost_no_state() {
    let inputs = prop_oneof![
        Just(json!({"nick": "n"})),
        Just(json!({"address": null, "nick": null})),
        Just(json!({"address": {}, "nick": "n"})),
        Just(json!({"address": {"city": null}})),
        Just(json!({"address": {"city": "rome"}, "nick": ""})),
    ];
    let json = Scenario::new(optional::definition()).inputs(inputs).agrees(optional);
    assert_eq!(states(&json), ["Return"]);
    insta::assert_snapshot!(json);
}

#[state_machine]
async fn texts(_ctx: &Ctx, name: String) -> Result<String, Failure> {
    Ok(format!("{{{name}}} \"it's\" \\ {} ${{x}} \u{1F600}\n", name.trim()))
}

#[test]
fn s18_texts_are_written_as_they_are() {
    let inputs = "[ a-z'\"\\\\{}%$é]{0,8}".prop_map(|name| json!(name));
    let json = Scenario::new(texts::definition()).inputs(inputs).agrees(texts);
    assert_eq!(states(&json), ["Return"]);
    insta::assert_snapshot!(json);
}

#[expr_fn]
fn average(total: i64, count: i64) -> i64 {
    if count == 0 { 0 } else { total / count }
}

#[state_machine]
async fn arithmetic(_ctx: &Ctx, (a, b): (i64, i64)) -> Result<Vec<i64>, Failure> {
    let b = if b == 0 { 1 } else { b };
    Ok(vec![a + b, a - b, a * b, a / b, a % b, -a, a.abs(), average(a, b)])
}

#[test]
fn s19_numbers_are_those_of_rust() {
    let inputs = (-100_i64..100, -9_i64..9).prop_map(|(a, b)| json!([a, b]));
    let json = Scenario::new(arithmetic::definition()).inputs(inputs).agrees(arithmetic);
    assert_eq!(states(&json), ["Return"]);
    insta::assert_snapshot!(json);
}

#[task(lambda = "${PutArn}")]
async fn put(ctx: &Ctx, document: &Value) -> Result<Value, Failure>;

#[state_machine]
async fn document(ctx: &Ctx, profile: Profile) -> Result<Value, Failure> {
    let mut tags = profile.tags.clone();
    let counts = json!({
        "user": { "id": profile.user_id, "nick": profile.nick, "tags": profile.tags },
        "is new": true,
        "none": null,
        "empty": [{}, []],
        ("key of ".to_owned() + &profile.user_id): profile.tags.len(),
        "last": [tags.pop(), look(ctx, -1).await?, tags],
    });
    let mut seen = Value::Null;
    seen["first"] = json!(profile.full_name);
    seen[&profile.user_id] = look(ctx, 3).await?.into();
    let stored = put(ctx, &counts).await?;
    seen["first"] = stored.clone();
    let mut list = json!([1, [2], stored]);
    list[1] = stored.clone();
    seen["list"] = list;
    Ok(json!([
        stored,
        counts,
        seen,
        profile,
        Value::from(profile.full_name.clone()),
        format!("{}", tags.pop().is_some())
    ]))
}

#[test]
fn json_is_written_with_values_in_it() {
    let inputs = prop_oneof![
        Just(profile()),
        Just(json!({"userId": "last", "fullName": "", "tags": [], "nick": "n"}))
    ];
    let scenario = numbers(Scenario::new(document::definition()))
        .inputs(inputs)
        .gives("PutArn", json!({"version": 1}))
        .gives("PutArn", json!(null));
    insta::assert_snapshot!(scenario.agrees(document));
}
