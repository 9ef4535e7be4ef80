use super::{json, state_json};

/// The JSON of the `Parameters` of a Pass state.
#[track_caller]
fn parameters(fields: &str) -> String {
    let json = state_json(&format!("Pass {{ Parameters: {{ {fields} }}, End: true }}"));
    let parameters = json
        .strip_prefix(r#"{"Type":"Pass","Parameters":"#)
        .and_then(|it| it.strip_suffix(r#","End":true}"#));
    parameters.unwrap().to_owned()
}

/// The text of a path.
#[track_caller]
fn path(tokens: &str) -> String {
    let json = state_json(&format!("Pass {{ InputPath: {tokens}, End: true }}"));
    let path = json
        .strip_prefix(r#"{"Type":"Pass","InputPath":""#)
        .and_then(|it| it.strip_suffix(r#"","End":true}"#));
    path.unwrap().to_owned()
}

#[test]
fn a_state_is_its_type_and_braces_or_plain_json() {
    let short = json("StartAt: A, States: { A: Pass { Next: B, }, B: Succeed {}, }");
    assert_eq!(short, r#"{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Succeed"}}}"#);
    assert_eq!(json("StartAt: A, States: { A: { Type: Pass, Next: B }, B: { Type: Succeed } }"), short);
    assert_eq!(json(&short), short);
    assert_eq!(json(short.strip_prefix('{').unwrap().strip_suffix('}').unwrap()), short);
}

#[test]
fn names_that_are_no_identifiers_are_strings() {
    assert_eq!(
        json(r#"StartAt: "Fetch User", States: { "Fetch User": Pass { Next: r#type }, r#type: Succeed {} }"#),
        r#"{"StartAt":"Fetch User","States":{"Fetch User":{"Type":"Pass","Next":"type"},"type":{"Type":"Succeed"}}}"#
    );
}

#[test]
fn every_json_value_can_be_written() {
    assert_eq!(
        parameters(
            r##"a: null, b: true, c: false, d: 1_000, e: -0.5, f: 2., g: 1e3, "h i": ["x", [], {},], j: r#"{"k"}"#, l: "\n\"\\""##
        ),
        r#"{"a":null,"b":true,"c":false,"d":1000,"e":-0.5,"f":2.0,"g":1000.0,"h i":["x",[],{}],"j":"{\"k\"}","l":"\n\"\\"}"#
    );
}

#[test]
fn a_path_is_rebuilt_from_its_tokens() {
    for text in [
        "$",
        "$$",
        "$.user.plan",
        "$$.Execution.Id",
        "$variable",
        "$variable.x[0]",
        "$.items[*]",
        "$.items[0:5]",
        "$.items[-1]",
        "$.detail-type",
        "$.a-b-c.type",
        "$.*",
        "$..name",
        "$.items.length()",
        "$.a.0.b",
        "$.2fa",
        "$.Straße",
        "$.items[0,1]",
        "$[0]",
    ] {
        assert_eq!(path(text), text);
    }
    assert_eq!(path("$ . user [ 0 ]"), "$.user[0]");
    assert_eq!(path(r#"$["it's"].b"#), r"$['it\\'s'].b");
    assert_eq!(path(r#"$.a[?(@.b == "x" && @.c in [1])]"#), "$.a[?(@.b=='x'&&@.c in[1])]");
}

#[test]
fn a_path_or_function_in_a_template_adds_to_its_key() {
    assert_eq!(
        parameters(
            r#"a: $.x, "b.$": $.y, c: { d: $$.Task.Token, e: [{ f: $v }] }, "g": "$.z", h: States.UUID()"#
        ),
        r#"{"a.$":"$.x","b.$":"$.y","c":{"d.$":"$$.Task.Token","e":[{"f.$":"$v"}]},"g":"$.z","h.$":"States.UUID()"}"#
    );
}

#[test]
fn other_templates_than_parameters_add_to_their_keys_too() {
    assert_eq!(
        state_json(
            r#"Task {
                Resource: "${Arn}", Credentials: { RoleArn: $.role }, ResultSelector: { a: $.x }, Assign: { b: $.y },
                Catch: [{ ErrorEquals: [States.ALL], Assign: { c: $.Cause }, ResultPath: $.error, Next: S }],
                End: true,
            }"#
        ),
        r#"{"Type":"Task","Resource":"${Arn}","Credentials":{"RoleArn.$":"$.role"},"ResultSelector":{"a.$":"$.x"},"Assign":{"b.$":"$.y"},"Catch":[{"ErrorEquals":["States.ALL"],"ResultPath":"$.error","Assign":{"c.$":"$.Cause"},"Next":"S"}],"End":true}"#
    );
}

#[test]
fn a_path_field_holds_the_plain_path() {
    assert_eq!(
        state_json("Wait { SecondsPath: $.seconds, InputPath: $.a, OutputPath: null, End: true }"),
        r#"{"Type":"Wait","InputPath":"$.a","OutputPath":null,"SecondsPath":"$.seconds","End":true}"#
    );
    assert_eq!(
        state_json(r#"Fail { ErrorPath: $.error, CausePath: States.Format("no {}", $.id) }"#),
        r#"{"Type":"Fail","ErrorPath":"$.error","CausePath":"States.Format('no {}', $.id)"}"#
    );
}

#[test]
fn the_arguments_of_a_function_are_quoted_as_the_language_wants() {
    assert_eq!(
        parameters(
            r#"a: States.Format("it's {} of {x} \\ {}", $.a, States.MathAdd(-1, $b)), b: States.Array(null, true, "{}")"#
        ),
        r#"{"a.$":"States.Format('it\\'s {} of \\{x\\} \\\\ {}', $.a, States.MathAdd(-1, $b))","b.$":"States.Array(null, true, '\\{\\}')"}"#
    );
}

#[test]
fn constants_of_the_language_need_no_quotes() {
    assert_eq!(
        json(
            "QueryLanguage: JSONata, StartAt: M, States: { M: Map {
                ItemProcessor: {
                    ProcessorConfig: { Mode: DISTRIBUTED, ExecutionType: EXPRESS },
                    StartAt: P, States: { P: Pass { End: true } },
                },
                Retry: [{ ErrorEquals: [States.Timeout, Busy], JitterStrategy: FULL }],
                End: true,
            } }"
        ),
        r#"{"QueryLanguage":"JSONata","StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"EXPRESS"},"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}},"Retry":[{"ErrorEquals":["States.Timeout","Busy"],"JitterStrategy":"FULL"}],"End":true}}}"#
    );
}

#[test]
fn states_inside_a_jsonata_map_of_a_jsonpath_machine_are_jsonpath() {
    assert_eq!(
        state_json(
            r#"Map {
                QueryLanguage: JSONata,
                Items: "{% $states.input.orders %}",
                ItemProcessor: { StartAt: P, States: { P: Pass { Parameters: { id: $.id }, End: true } } },
                Output: { all: "{% $states.result %}" },
                End: true,
            }"#
        ),
        r#"{"Type":"Map","QueryLanguage":"JSONata","Items":"{% $states.input.orders %}","ItemProcessor":{"StartAt":"P","States":{"P":{"Type":"Pass","Parameters":{"id.$":"$.id"},"End":true}}},"Output":{"all":"{% $states.result %}"},"End":true}"#
    );
}

#[test]
fn a_rust_value_stands_as_a_placeholder_until_the_program_runs() {
    assert_eq!(
        state_json(
            "Task { Resource: #(arn), TimeoutSeconds: #(60 * 5), Parameters: { a: #(x), b: $.y }, End: true }"
        ),
        r#"{"Type":"Task","Resource":"${rust-expression-0}","Parameters":{"a":"${rust-expression-2}","b.$":"$.y"},"TimeoutSeconds":"${rust-expression-1}","End":true}"#
    );
}

#[test]
fn what_depends_on_a_rust_value_waits_for_it_and_nothing_else() {
    for (source, code) in [
        ("StartAt: A, States: { A: Pass { Next: #(next), Colour: 1 }, B: Succeed {} }", "[ASL0102]"),
        ("StartAt: A, States: { A: Pass { Next: #(next) }, B: Pass { Next: C } }", "[ASL0301]"),
        ("StartAt: A, States: { A: { Type: #(kind) }, B: Pass { Colour: 1, End: true } }", "[ASL0102]"),
        ("StartAt: A, States: { A: Pass { Result: #(value), End: true }, B: Succeed {} }", "[ASL0302]"),
    ] {
        let messages = super::messages(crate::emit::Form::Machine, source);
        assert!(messages.len() == 1 && messages[0].starts_with(code), "{source} {messages:?}");
    }

    for source in [
        "StartAt: #(first), States: { A: Succeed {}, B: Succeed {} }",
        "StartAt: A, States: { A: Pass { Next: #(next) }, B: Succeed {} }",
        "StartAt: A, States: { A: #(state), B: Succeed {} }",
        "StartAt: A, States: #(states)",
        "StartAt: A, States: { A: Pass { End: #(end) } }",
        "StartAt: A, States: { A: Task { Resource: \"${Arn}\", Retry: #(retry), Catch: [#(catcher)], End: true } }",
        "StartAt: A, States: { A: { Type: #(kind), End: true } }",
        "QueryLanguage: #(language), StartAt: A, States: { A: Pass { Output: {}, Result: 1, End: true } }",
        "StartAt: A, States: { A: Map { Iterator: #(processor), Next: B }, B: Succeed {} }",
        "StartAt: A, States: { A: Task { Resource: \"${Arn}\", Assign: #(variables), End: true } }",
    ] {
        json(source);
    }
}

#[test]
fn a_token_that_a_macro_rules_parameter_stands_for_is_that_token() {
    use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
    let invisible = Group::new(Delimiter::None, "\"${Arn}\"".parse().unwrap());
    let mut fields: TokenStream = "Resource:".parse().unwrap();
    fields.extend([TokenTree::from(invisible)]);
    fields.extend(", End: true".parse::<TokenStream>().unwrap());
    let body = quote::quote!(StartAt: S, States: { S: Task { #fields } });
    let mut errors = crate::errors::Errors::default();
    let checked = crate::expand::checked(&mut errors, crate::emit::Form::Machine, body).unwrap();
    assert!(checked.json.contains(r#""Resource":"${Arn}""#));
}

#[test]
fn a_hundred_brackets_are_deep_enough() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    parameters(&format!("a: {}", nested(90)));
    let source = super::state(&format!("Pass {{ Parameters: {{ a: {} }}, End: true }}", nested(200)));
    assert_eq!(
        super::messages(crate::emit::Form::Machine, &source),
        ["this stands more than 100 brackets deep"]
    );
}
