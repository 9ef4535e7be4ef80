//! Definitions that the service takes, in both query languages: no rule may find an error in one.
//!
//! The parts of a state are drawn first, and names and transitions are put in at the end: state `n` may lead
//! to any state, but its own transition leads to `n + 1`, so that every state is reached and one ends.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// A valid definition as JSON.
pub fn valid_definition() -> impl Strategy<Value = Value> {
    prop_oneof![Just(Language::JsonPath), Just(Language::Jsonata)].prop_flat_map(|language| {
        let top = fields(vec![
            ("Comment", "[a-zé ]{0,9}".prop_map(Value::from).boxed()),
            ("TimeoutSeconds", integer(1, 99_999_999)),
            ("Version", Just(json!("1.0")).boxed()),
        ]);
        (scope(language, OUTERMOST, "S".to_owned()), top).prop_map(move |(mut machine, top)| {
            let said = machine.as_object_mut().expect("a scope is an object");
            said.extend(top);
            if language == Language::Jsonata {
                said.insert("QueryLanguage".to_owned(), "JSONata".into());
            }
            machine
        })
    })
}

/// How many scopes may stand inside the machine's.
const OUTERMOST: u32 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    JsonPath,
    Jsonata,
}

/// States in a row, named after the scope, so that no two of a machine share a name.
fn scope(language: Language, depth: u32, prefix: String) -> BoxedStrategy<Value> {
    (1..5_usize)
        .prop_flat_map(move |count| {
            let name = |index: usize| format!("{prefix}{index}");
            let states: Vec<_> = (0..count)
                .map(|index| {
                    let next = (index + 1 < count).then(|| name(index + 1));
                    let targets: Vec<String> = (0..count).map(name).collect();
                    state(language, depth, &name(index), next, targets)
                })
                .collect();
            let names: Vec<String> = (0..count).map(name).collect();
            states.prop_map(move |states| {
                let states = states.into_iter().map(|state| with_own_variables(state, depth));
                let states: Map<String, Value> = names.iter().cloned().zip(states).collect();
                json!({"StartAt": names[0], "States": states})
            })
        })
        .boxed()
}

/// Renames what a state inside another one assigns: an inner scope may not assign the names of an outer one.
fn with_own_variables(mut state: Value, depth: u32) -> Value {
    if depth < OUTERMOST {
        rename(&mut state, depth);
        for list in ["Catch", "Choices"] {
            for entry in state.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                rename(entry, depth);
            }
        }
    }
    state
}

/// Renames what one object assigns.
fn rename(object: &mut Value, depth: u32) {
    if let Some(Value::Object(assign)) = object.get_mut("Assign") {
        *assign = std::mem::take(assign)
            .into_iter()
            .map(|(name, value)| match name.strip_suffix(".$") {
                Some(name) => (format!("{name}{depth}.$"), value),
                None => (format!("{name}{depth}"), value),
            })
            .collect();
    }
}

/// A state that leads to `next`, or ends; handlers and choice rules may lead to any of the targets.
fn state(
    language: Language,
    depth: u32,
    name: &str,
    next: Option<String>,
    targets: Vec<String>,
) -> BoxedStrategy<Value> {
    let transition = match &next {
        Some(next) => json!({"Next": next}),
        None => json!({"End": true}),
    };
    let mut kinds = vec![
        then(json!({"Type": "Pass"}), fields(pass(language)), transition.clone()),
        then(json!({"Type": "Task"}), task(language, targets.clone()), transition.clone()),
        wait(language).prop_map(merged(transition.clone())).boxed(),
    ];
    if depth > 0 {
        let below = |place: &str| scope(language, depth - 1, format!("{name}.{place}"));
        let branches =
            (below("a"), below("b")).prop_map(|(a, b)| json!({"Type": "Parallel", "Branches": [a, b]}));
        let handlers = handlers(language, targets.clone());
        kinds.push((branches, handlers).prop_map(with_fields).prop_map(merged(transition.clone())).boxed());
        let map = (map(language, name, below("m")), fields(items(language))).prop_map(with_fields);
        kinds.push(map.prop_map(merged(transition.clone())).boxed());
    }
    match next {
        Some(next) => kinds.push(choice(language, targets, next)),
        None => kinds.extend([
            then(json!({"Type": "Succeed"}), fields(ending(language)), json!({})),
            then(json!({"Type": "Fail"}), fields(failing(language)), json!({})),
        ]),
    }
    prop::strategy::Union::new(kinds).boxed()
}

type Field = (&'static str, BoxedStrategy<Value>);
type Fields = Map<String, Value>;

/// Any of the fields, each there or not.
fn fields(fields: Vec<Field>) -> BoxedStrategy<Fields> {
    let drawn: Vec<_> = fields
        .into_iter()
        .map(|(name, value)| {
            option::of(value).prop_map(move |value| value.map(|value| (name.to_owned(), value)))
        })
        .collect();
    drawn.prop_map(|fields| fields.into_iter().flatten().collect()).boxed()
}

fn with_fields((mut state, fields): (Value, Fields)) -> Value {
    state.as_object_mut().expect("a state is an object").extend(fields);
    state
}

fn merged(more: Value) -> impl Fn(Value) -> Value + Clone {
    move |state| with_fields((state, more.as_object().cloned().unwrap_or_default()))
}

fn then(state: Value, fields: BoxedStrategy<Fields>, transition: Value) -> BoxedStrategy<Value> {
    fields.prop_map(move |fields| merged(transition.clone())(with_fields((state.clone(), fields)))).boxed()
}

fn integer(least: i64, most: i64) -> BoxedStrategy<Value> {
    (least..=most).prop_map(Value::from).boxed()
}

fn one_of(values: &[Value]) -> BoxedStrategy<Value> {
    select(values.to_vec()).boxed()
}

fn pass(language: Language) -> Vec<Field> {
    let mut fields = ending(language);
    fields.push(("Assign", assign(language)));
    match language {
        Language::JsonPath => fields.extend([
            ("Parameters", template(language)),
            ("ResultPath", one_of(&[json!("$.a.b"), json!("$"), Value::Null])),
        ]),
        Language::Jsonata => {}
    }
    fields
}

/// The fields of a `Succeed`, which all states but `Fail` have.
fn ending(language: Language) -> Vec<Field> {
    let comment = ("Comment", one_of(&[json!(""), json!("what for")]));
    match language {
        Language::JsonPath => vec![comment, ("InputPath", path()), ("OutputPath", path())],
        Language::Jsonata => vec![comment, ("Output", template(language))],
    }
}

fn failing(language: Language) -> Vec<Field> {
    let text = match language {
        Language::JsonPath => one_of(&[json!("Broken"), json!("out of order")]),
        Language::Jsonata => one_of(&[json!("Broken"), json!("{% $states.input.error %}")]),
    };
    vec![("Error", text.clone()), ("Cause", text)]
}

fn path() -> BoxedStrategy<Value> {
    one_of(&[
        json!("$"),
        json!("$.order['unit price'][0]"),
        json!("$.orders[*].id"),
        json!("$$.Execution.Id"),
        json!("$total.sum"),
        Value::Null,
    ])
}

/// A payload: entries that are computed, and constants.
fn template(language: Language) -> BoxedStrategy<Value> {
    let computed: &[Value] = match language {
        Language::JsonPath => &[
            json!({"id.$": "$.id"}),
            json!({"text.$": "States.Format('{} of {}', $.n, $$.State.Name)"}),
            json!({"nested": {"list": [1, {"deep.$": "$total"}]}}),
        ],
        Language::Jsonata => &[
            json!({"id": "{% $states.input.id %}"}),
            json!({"nested": {"list": [1, "{% $total + 1 %}", null]}}),
            json!({"price.$": "a key like any other"}),
        ],
    };
    prop_oneof![
        one_of(computed),
        Just(json!({})),
        "[a-z ]{0,6}".prop_map(|text| json!({"text": text, "n": 0.5}))
    ]
    .boxed()
}

fn assign(language: Language) -> BoxedStrategy<Value> {
    match language {
        Language::JsonPath => one_of(&[json!({"total.$": "$.sum"}), json!({"größe": 1, "list": []})]),
        Language::Jsonata => {
            one_of(&[json!({"total": "{% $states.input.sum %}"}), json!({"größe": {"a": 1}})])
        }
    }
}

fn task(language: Language, targets: Vec<String>) -> BoxedStrategy<Fields> {
    let payload = match language {
        Language::JsonPath => "Parameters",
        Language::Jsonata => "Arguments",
    };
    let work = one_of(&[
        json!({"Resource": "arn:aws:lambda:eu-west-1:123456789012:function:charge:live"}),
        json!({"Resource": "arn:aws:states:eu-west-1:123456789012:activity:approve"}),
        json!({"Resource": "${ChargeFunctionArn}"}),
        json!({"Resource": "arn:aws:states:::lambda:invoke", payload: {"FunctionName": "charge"}}),
        json!({"Resource": "arn:aws:states:::aws-sdk:s3:listBuckets"}),
        json!({
            "Resource": "arn:aws:states:::sns:publish",
            payload: {"TopicArn": "arn:aws:sns:eu-west-1:123456789012:sold", "Message": "sold"},
        }),
    ]);
    let times = vec![
        ("TimeoutSeconds", integer(61, 99_999_999)),
        ("HeartbeatSeconds", integer(1, 60)),
        ("Comment", one_of(&[json!("pay")])),
    ];
    (work, fields(times), handlers(language, targets))
        .prop_map(|(work, times, handlers)| {
            let mut fields = work.as_object().cloned().unwrap_or_default();
            fields.extend(times);
            fields.extend(handlers);
            fields
        })
        .boxed()
}

/// `Retry` and `Catch`.
fn handlers(language: Language, targets: Vec<String>) -> BoxedStrategy<Fields> {
    let errors = || one_of(&[json!(["States.Timeout"]), json!(["Declined", "States.TaskFailed"])]);
    let retrier = fields(vec![
        ("IntervalSeconds", integer(1, 100)),
        ("MaxAttempts", integer(0, 99_999_999)),
        ("BackoffRate", one_of(&[json!(1), json!(1.0), json!(2.5)])),
        ("MaxDelaySeconds", integer(101, 31_622_399)),
        ("JitterStrategy", one_of(&[json!("FULL"), json!("NONE")])),
    ]);
    let retrier = (errors(), retrier)
        .prop_map(|(errors, fields)| with_fields((json!({"ErrorEquals": errors}), fields)));
    let output: Vec<Field> = match language {
        Language::JsonPath => vec![("ResultPath", one_of(&[json!("$.error"), Value::Null]))],
        Language::Jsonata => vec![("Output", one_of(&[json!({"why": "{% $states.errorOutput.Cause %}"})]))],
    };
    let catcher = (errors(), select(targets.clone()), fields(output)).prop_map(|(errors, next, fields)| {
        with_fields((json!({"ErrorEquals": errors, "Next": next}), fields))
    });
    let last = select(targets).prop_map(|next| json!({"ErrorEquals": ["States.ALL"], "Next": next}));
    let catchers = (vec(catcher, 0..3), last).prop_map(|(mut catchers, last)| {
        catchers.push(last);
        Value::from(catchers)
    });
    fields(vec![("Retry", vec(retrier, 1..3).prop_map(Value::from).boxed()), ("Catch", catchers.boxed())])
}

fn wait(language: Language) -> BoxedStrategy<Value> {
    let until = match language {
        Language::JsonPath => {
            [json!({"SecondsPath": "$.delay"}), json!({"TimestampPath": "$$.Execution.Input.at"})]
        }
        Language::Jsonata => {
            [json!({"Seconds": "{% 60 * 5 %}"}), json!({"Timestamp": "{% $states.input.at %}"})]
        }
    };
    let fixed =
        [json!({"Seconds": 0}), json!({"Seconds": 99_999_999}), json!({"Timestamp": "2030-01-31T23:59:59Z"})];
    one_of(&[&until[..], &fixed[..]].concat()).prop_map(merged(json!({"Type": "Wait"}))).boxed()
}

/// A Choice whose default is the next state, so that it is reached.
fn choice(language: Language, targets: Vec<String>, default: String) -> BoxedStrategy<Value> {
    let rule = (condition(language, 2), select(targets), fields(vec![("Assign", assign(language))]))
        .prop_map(|(rule, next, fields)| merged(json!({"Next": next}))(with_fields((rule, fields))));
    vec(rule, 1..4)
        .prop_map(move |rules| json!({"Type": "Choice", "Choices": rules, "Default": default}))
        .boxed()
}

fn condition(language: Language, depth: u32) -> BoxedStrategy<Value> {
    let condition = match language {
        Language::Jsonata => {
            return one_of(&[json!({"Condition": "{% $states.input.n > 1 %}"}), json!({"Condition": true})]);
        }
        Language::JsonPath => one_of(&[
            json!({"Variable": "$.n", "NumericLessThanEquals": 1.5}),
            json!({"Variable": "$$.Execution.Name", "StringMatches": "test-\\*-*"}),
            json!({"Variable": "$.at", "TimestampGreaterThanPath": "$.limit"}),
            json!({"Variable": "$total", "IsPresent": true}),
            json!({"Variable": "$.flag", "BooleanEquals": false}),
            json!({"Variable": "$.at", "TimestampEquals": "2016-03-14T01:59:00Z"}),
        ]),
    };
    if depth == 0 {
        return condition;
    }
    let below = || condition_below(depth);
    prop_oneof![
        4 => condition,
        1 => vec(below(), 1..3).prop_map(|all| json!({"And": all})),
        1 => vec(below(), 1..3).prop_map(|any| json!({"Or": any})),
        1 => below().prop_map(|not| json!({"Not": not})),
    ]
    .boxed()
}

fn condition_below(depth: u32) -> BoxedStrategy<Value> {
    condition(Language::JsonPath, depth - 1)
}

/// A Map, inline or distributed.
fn map(language: Language, name: &str, scope: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let distributed = fields(vec![
        // labels are unique in the whole machine, as names are here
        ("Label", one_of(&[json!(name.replace('.', "-"))])),
        ("ToleratedFailurePercentage", one_of(&[json!(0), json!(33.3), json!(100)])),
        ("ItemBatcher", one_of(&[json!({"MaxItemsPerBatch": 10})])),
        ("ItemReader", one_of(&[reader(language)])),
    ]);
    (scope, option::of(distributed))
        .prop_map(|(mut processor, distributed)| {
            if distributed.is_some() {
                processor["ProcessorConfig"] = json!({"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"});
            }
            let map = json!({"Type": "Map", "ItemProcessor": processor});
            with_fields((map, distributed.unwrap_or_default()))
        })
        .boxed()
}

fn reader(language: Language) -> Value {
    let payload = match language {
        Language::JsonPath => "Parameters",
        Language::Jsonata => "Arguments",
    };
    json!({
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": {"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW", "MaxItems": 5},
        payload: {"Bucket": "orders", "Key": "today.csv"},
    })
}

fn items(language: Language) -> Vec<Field> {
    let both = [("MaxConcurrency", integer(0, 40)), ("ItemSelector", template(language))];
    let items = match language {
        Language::JsonPath => ("ItemsPath", one_of(&[json!("$.orders"), json!("$$.Execution.Input.orders")])),
        Language::Jsonata => ("Items", one_of(&[json!("{% $states.input.orders %}"), json!([1, "a", null])])),
    };
    both.into_iter().chain([items]).collect()
}
