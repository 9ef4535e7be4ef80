//! Values with expressions in them.

use serde_json::{Value, json};

use super::State;
use crate::Data;
use crate::jsonata::Template;

fn evaluate(template: &Value, state: &State) -> Result<String, String> {
    let template = Template::prepare(template).unwrap();
    let result = template.evaluate("Output", state);
    result.map(|data| data.to_string()).map_err(|failure| failure.location.unwrap_or_default())
}

#[test]
fn every_string_between_delimiters_is_replaced() {
    let state = State::new(json!({"n": 1, "o": {"p": [true]}})).with("v", json!("x"));
    for (template, expected) in [
        (json!("{% $states.input %}"), r#"{"n":1,"o":{"p":[true]}}"#),
        (
            json!({"a": "{% $v %}", "b": [1, {"c": "{%$states.input.n + 1%}"}]}),
            r#"{"a":"x","b":[1,{"c":2}]}"#,
        ),
        (json!(["{% $states.input.o.p %}", "{% null %}", []]), "[[true],null,[]]"),
        (json!({"{% $v %}": "{% $v %}"}), r#"{"{% $v %}":"x"}"#),
        (
            json!({"text": "say {% $v %} twice", "path": "$.x", "spaced": " {% $v %} "}),
            r#"{"text":"say {% $v %} twice","path":"$.x","spaced":" {% $v %} "}"#,
        ),
        (
            json!([1.0, 9_007_199_254_740_993_i64, 0.1, null, {}, ""]),
            r#"[1.0,9007199254740993,0.1,null,{},""]"#,
        ),
        (json!(4), "4"),
    ] {
        assert_eq!(evaluate(&template, &state).as_deref(), Ok(expected), "{template}");
    }
}

#[test]
fn a_failure_names_its_place() {
    let state = State::new(json!({}));
    for (template, place) in [
        (json!("{% $x %}"), "Output"),
        (json!({"v": "{% $x %}"}), "Output/v"),
        (json!({"a": {"b": [[1, "{% $x %}"]]}}), "Output/a/b[0][1]"),
        (json!({"values": ["{% $x %}", "{% $y %}"]}), "Output/values[0]"),
        (json!(["{% 1 %}", {"a/b": "{% $x %}"}]), "Output[1]/a/b"),
    ] {
        assert_eq!(evaluate(&template, &state), Err(place.to_owned()), "{template}");
    }
    let rule = Template::prepare(&json!({"v": "{% $x %}"})).unwrap();
    let failure = rule.evaluate(format_args!("Choices[{}]/Output", 1), &state).unwrap_err();
    assert_eq!(failure.location.as_deref(), Some("Choices[1]/Output/v"));
    assert_eq!(
        failure.cause,
        "The JSONata expression '$x' specified for the field 'Choices[1]/Output/v' returned nothing (undefined)."
    );
}

#[test]
fn constants_and_whole_data_are_shared() {
    let state = State::new(json!({"big": [1, 2, 3]}));
    let constant = Template::prepare(&json!({"a": [1, {"b": 2}]})).unwrap();
    assert!(constant.as_constant().is_some() && constant.as_expression().is_none());
    let [one, other] = [(); 2].map(|()| constant.evaluate("Output", &state).unwrap());
    assert!(std::ptr::eq(one.json(), other.json()));
    let input = Template::expression("$states.input").unwrap();
    assert!(std::ptr::eq(input.evaluate("Output", &state).unwrap().json(), state.input.json()));
    assert_eq!(input.as_expression().map(super::Prepared::code), Some("$states.input"));
}

#[test]
fn half_of_the_delimiters_is_refused() {
    for text in ["{% $x", "$x %}", "{%}"] {
        assert!(Template::prepare(&json!({"a": [text]})).is_err(), "{text}");
    }
    let error = Template::prepare(&json!({"a": ["{% $x( %}"]})).unwrap_err();
    assert_eq!(error.code.as_deref(), Some("S0203"));
}

#[test]
fn what_one_state_gives_the_next_takes_as_json() {
    // an array that was written out, or gathered by a path, is only an array in the next state
    let mut state = State::new(json!({"list": [{"x": [1, 2]}, {"x": [3]}]}));
    for code in ["[[1,2],[3]]", "$states.input.list.[x]", "$states.input.list.{'y': x}"] {
        let template = Template::prepare(&json!({"list": format!("{{% {code} %}}")})).unwrap();
        let output = template.evaluate("Output", &state).unwrap();
        let next = |input: Data| {
            let mut next = State::new(json!(null));
            next.input = input;
            [
                "$states.input.list.y",
                "[$states.input.list]",
                "$states.input.list.$",
                "$count($states.input.list)",
            ]
            .map(|code| next.said(code))
        };
        assert_eq!(next(output.clone()), next(Data::from(output.json().clone())), "{code}");
    }
    state.input = Data::from(json!(null));
}
