//! The expressions of recorded executions, each evaluated on what the history says was there.

use std::collections::BTreeMap;

use asl_local::jsonata::{Condition, Template, array, unexpected_type};
use asl_local::{Data, Failure, Scope};
use asl_tests::conformance::{self, executions};
use serde_json::{Map, Value};

/// What a state could refer to when one of its fields was evaluated.
struct Moment<'a> {
    input: Data,
    result: Option<Data>,
    context: Data,
    variables: &'a BTreeMap<String, Data>,
}

impl Scope for Moment<'_> {
    fn now(&self) -> i64 {
        0
    }

    fn random(&self) -> u64 {
        0
    }

    fn input(&self) -> &Data {
        &self.input
    }

    fn context(&self) -> &Data {
        &self.context
    }

    fn variable(&self, name: &str) -> Option<&Data> {
        self.variables.get(name)
    }

    fn result(&self) -> Option<&Data> {
        self.result.as_ref()
    }
}

/// The JSONata states of a machine by name, those of inner scopes too.
fn states<'m>(scope: &'m Value, language: &Value, found: &mut BTreeMap<&'m str, &'m Value>) {
    for (name, state) in scope["States"].as_object().into_iter().flatten() {
        let own = &state["QueryLanguage"];
        if (if own.is_null() { language } else { own }) == "JSONata" {
            found.insert(name, state);
        }
        let inner = ["ItemProcessor", "Iterator"].map(|key| &state[key]);
        let branches = state["Branches"].as_array().into_iter().flatten();
        for scope in inner.into_iter().chain(branches) {
            states(scope, language, found);
        }
    }
}

/// Data of a history: JSON text, or already parsed where it was an object.
fn parsed(value: &Value) -> Value {
    value.as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_else(|| value.clone())
}

/// The part of a state whose `Output` and `Assign` count: of a Choice, the rule that holds.
fn leaving<'m>(state: &'m Value, moment: &Moment<'_>) -> &'m Value {
    let holds = |rule: &&Value| {
        let condition = rule["Condition"].as_str().map(asl_core::model::Jsonata::new);
        let condition = condition.and_then(|condition| Condition::prepare(&condition).ok());
        condition.is_some_and(|condition| condition.holds("Condition", moment) == Ok(true))
    };
    state["Choices"].as_array().into_iter().flatten().find(holds).unwrap_or(state)
}

/// Evaluates a field as the engine would. Of the Context Object too little was recorded.
fn evaluate(state: &Value, field: &str, moment: &Moment<'_>) -> Option<Result<Value, Failure>> {
    if state[field].to_string().contains("$states.context") {
        return None;
    }
    let template = Template::prepare(state.get(field)?)
        .unwrap_or_else(|error| panic!("the service took {}: {error}", state[field]));
    Some(match field {
        "Items" => array(field, &template, moment).map(|items| Data::array(items).json().clone()),
        _ => template.evaluate(field, moment).map(|data| data.json().clone()),
    })
}

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn compare(&mut self, title: &str, found: &impl std::fmt::Debug, is_equal: bool, recorded: &Value) {
        if is_equal {
            self.right += 1;
        } else {
            self.wrong.push(format!("{title}: {found:?}, recorded: {recorded}"));
        }
    }

    fn history(&mut self, case: &executions::Case) {
        let mut known = BTreeMap::new();
        states(&case.json["definition"], &case.json["definition"]["QueryLanguage"], &mut known);
        let mut variables = BTreeMap::new();
        let (mut entered, mut input, mut result, mut has_failed) = (None, Value::Null, None, false);
        for event in case.json["history"].as_array().into_iter().flatten() {
            let details = |name: &str| event.get(name);
            let state = entered.and_then(|name: &str| known.get(name).copied());
            let title = format!("{} {}", case.title(), entered.unwrap_or_default());
            let moment = |result: Option<&Value>| Moment {
                input: Data::from(input.clone()),
                result: result.cloned().map(Data::from),
                context: Data::from(Value::Object(Map::new())),
                variables: &variables,
            };
            if let Some(details) = details("stateEnteredEventDetails") {
                entered = details["name"].as_str();
                input = parsed(&details["input"]);
                result = None;
                has_failed = false;
            } else if event["type"].as_str().is_some_and(|name| name.ends_with("Failed")) {
                has_failed = true;
                if let Some(details) = details("evaluationFailedEventDetails") {
                    self.failure(&title, state, &moment(result.as_ref()), details);
                }
            } else if let Some(details) = details("lambdaFunctionScheduledEventDetails")
                .or_else(|| details("taskScheduledEventDetails"))
            {
                let given = details.get("parameters").unwrap_or(&details["input"]);
                if let Some(Ok(found)) = state.and_then(|state| evaluate(state, "Arguments", &moment(None)))
                    && is_comparable(&found)
                {
                    let given = parsed(given);
                    self.compare(&format!("{title} Arguments"), &found, found == given, &given);
                }
            } else if let Some(details) = details("lambdaFunctionSucceededEventDetails")
                .or_else(|| details("taskSucceededEventDetails"))
            {
                result = Some(parsed(&details["output"]));
            } else if let Some(details) = details("stateExitedEventDetails") {
                let state = details["name"].as_str().and_then(|name| known.get(name).copied());
                let needs_result = state.is_some_and(|state| state.to_string().contains("$states.result"));
                // what a catcher gives is the engine's to choose
                let is_known = !has_failed && (result.is_some() || !needs_result);
                if let Some(state) = state.filter(|_| is_known) {
                    let state = leaving(state, &moment(result.as_ref()));
                    let output = parsed(&details["output"]);
                    if let Some(Ok(found)) = evaluate(state, "Output", &moment(result.as_ref()))
                        && is_comparable(&found)
                    {
                        self.compare(&format!("{title} Output"), &found, found == output, &output);
                    }
                    let assigned = details["assignedVariables"].as_object().map(|assigned| {
                        assigned
                            .iter()
                            .map(|(name, text)| (name.clone(), parsed(text)))
                            .collect::<Map<_, _>>()
                    });
                    if let (Some(Ok(found)), Some(assigned)) =
                        (evaluate(state, "Assign", &moment(result.as_ref())), assigned)
                    {
                        let assigned = Value::Object(assigned);
                        self.compare(&format!("{title} Assign"), &found, found == assigned, &assigned);
                    }
                }
                for (name, text) in details["assignedVariables"].as_object().into_iter().flatten() {
                    variables.insert(name.clone(), Data::from(parsed(text)));
                }
            }
        }
    }

    fn failure(&mut self, title: &str, state: Option<&Value>, moment: &Moment<'_>, details: &Value) {
        let (Some(state), Some(location)) = (state, details["location"].as_str()) else { return };
        let field = location.split(['/', '[']).next().unwrap_or_default();
        let cause = details["cause"].as_str().unwrap_or_default();
        let cause = cause.split_once("). ").map_or(cause, |(_, cause)| cause);
        // what a Wait makes of its timestamp is the engine's to say
        if cause.starts_with("The JSONata expression") {
            let found = evaluate(state, field, moment);
            let is_equal = matches!(&found, Some(Err(failure))
                if failure.cause == cause && failure.location.as_deref() == Some(location));
            self.compare(&format!("{title} {location}"), &found, is_equal, details);
        }
    }
}

/// The histories have names in place of what differs from run to run, which an input may hold and a context does.
fn is_comparable(found: &Value) -> bool {
    !found.to_string().contains("arn:")
}

#[test]
fn a_recorded_expression_gives_what_was_recorded() {
    let Some(folder) = conformance::folder() else { return };
    let mut tally = Tally::default();
    for case in executions::read(&folder).expect("the cases can be read") {
        tally.history(&case);
    }
    eprintln!("recorded evaluations: {} right, {} wrong", tally.right, tally.wrong.len());
    assert!(tally.wrong.is_empty(), "{}", tally.wrong.join("\n"));
    assert!(tally.right > 0, "the histories hold no evaluations");
}

#[test]
fn a_wrong_type_is_told_in_the_recorded_words() {
    let variables = BTreeMap::new();
    let moment = Moment {
        input: Data::from(Value::Null),
        result: None,
        context: Data::from(Value::Null),
        variables: &variables,
    };
    let template = Template::expression("1").unwrap();
    let failure = array("Items", &template, &moment).unwrap_err();
    assert_eq!(
        failure.cause,
        "The JSONata expression '1' specified for the field 'Items' returned an unexpected result type. \
         Expected 'array', but was 'number' for value: 1"
    );
    assert_eq!(failure, unexpected_type(&template, "Items", "array", &Data::from(Value::from(1))));
}
