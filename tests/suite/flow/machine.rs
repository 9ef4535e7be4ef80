//! Runs the states that a program becomes: as much of the language as those states use.
//!
//! The local engine replaces this where it knows all of it; what is here is small enough to be read beside the
//! specification.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::evaluate::evaluate;
use super::{Failure, World};

type Variables = BTreeMap<String, Value>;

pub(crate) struct Outcome {
    pub(crate) result: Result<Value, Failure>,
    /// How many states were entered.
    pub(crate) transitions: usize,
}

pub(crate) fn run(definition: &Value, input: &Value, world: &mut World) -> Outcome {
    let mut run = Run { world, transitions: 0 };
    let result =
        run.scope(definition, input.clone(), Variables::new(), &json!({"Execution": {"Input": input}}));
    Outcome { result, transitions: run.transitions }
}

struct Run<'w> {
    world: &'w mut World,
    transitions: usize,
}

/// What an expression of a state sees.
struct View<'a> {
    variables: &'a Variables,
    states: Map<String, Value>,
}

impl View<'_> {
    fn with(&self, name: &str, value: Value) -> View<'_> {
        let mut states = self.states.clone();
        states.insert(name.to_owned(), value);
        View { variables: self.variables, states }
    }

    fn value(&self, template: &Value) -> Result<Value, Failure> {
        Ok(match template {
            Value::String(text) => match text.strip_prefix("{%").and_then(|text| text.strip_suffix("%}")) {
                Some(code) => {
                    let mut variables = self.variables.clone();
                    variables.insert("states".to_owned(), Value::Object(self.states.clone()));
                    evaluate(code, &variables)?
                }
                None => template.clone(),
            },
            Value::Array(items) => {
                Value::Array(items.iter().map(|item| self.value(item)).collect::<Result<_, _>>()?)
            }
            Value::Object(fields) => Value::Object(
                fields.iter().map(|(name, value)| Ok((name.clone(), self.value(value)?))).collect::<Result<
                    _,
                    Failure,
                >>(
                )?,
            ),
            _ => template.clone(),
        })
    }

    /// The variables that a state, rule or catcher assigns, and its output.
    fn leave(&self, from: &Value, default: &Value) -> Result<(Vec<(String, Value)>, Value), Failure> {
        let output = from.get("Output").map_or(Ok(default.clone()), |output| self.value(output))?;
        let assign = from.get("Assign").and_then(Value::as_object).into_iter().flatten();
        let assigned: Result<Vec<_>, Failure> =
            assign.map(|(name, value)| Ok((name.clone(), self.value(value)?))).collect();
        Ok((assigned?, output))
    }
}

impl Run<'_> {
    fn scope(
        &mut self,
        scope: &Value,
        mut input: Value,
        mut variables: Variables,
        context: &Value,
    ) -> Result<Value, Failure> {
        let mut name = scope["StartAt"].as_str().unwrap();
        loop {
            self.transitions += 1;
            if self.transitions > 2_000 {
                return Err((super::CUT_OFF.to_owned(), "too many states".to_owned()));
            }
            let state = &scope["States"][name];
            let states = Map::from_iter([
                ("input".to_owned(), input.clone()),
                ("context".to_owned(), context.clone()),
            ]);
            let (from, assigned, output) = {
                let view = View { variables: &variables, states };
                match state["Type"].as_str().unwrap() {
                    "Fail" => {
                        let text = |field: &str| -> Result<String, Failure> {
                            let value = state.get(field).map_or(Ok(json!("")), |value| view.value(value))?;
                            Ok(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                        };
                        return Err((text("Error")?, text("Cause")?));
                    }
                    "Succeed" => return Ok(view.leave(state, &input)?.1),
                    "Choice" => {
                        let mut chosen = None;
                        for rule in state["Choices"].as_array().unwrap() {
                            if view.value(&rule["Condition"])? == Value::Bool(true) {
                                chosen = Some(rule);
                                break;
                            }
                        }
                        let from = chosen.unwrap_or(state);
                        let (assigned, output) = view.leave(from, &input)?;
                        (from, assigned, output)
                    }
                    "Pass" => {
                        let (assigned, output) = view.leave(state, &input)?;
                        (state, assigned, output)
                    }
                    "Wait" => {
                        let time = state.get("Seconds").or_else(|| state.get("Timestamp")).unwrap();
                        let time = view.value(time)?;
                        self.world.wait(&time)?;
                        let (assigned, output) = view.leave(state, &input)?;
                        (state, assigned, output)
                    }
                    _ => match self.work(state, &view, &input, context) {
                        Ok(result) => {
                            let (assigned, output) =
                                view.with("result", result.clone()).leave(state, &result)?;
                            (state, assigned, output)
                        }
                        Err(failure) => {
                            let catchers = state["Catch"].as_array().into_iter().flatten();
                            let is_for = |catcher: &&Value| {
                                failure.0 != super::CUT_OFF
                                    && catcher["ErrorEquals"]
                                        .as_array()
                                        .unwrap()
                                        .iter()
                                        .any(|name| name == "States.ALL" || *name == failure.0)
                            };
                            let Some(catcher) = catchers.into_iter().find(is_for) else {
                                return Err(failure);
                            };
                            let error = json!({"Error": failure.0, "Cause": failure.1});
                            let (assigned, output) =
                                view.with("errorOutput", error.clone()).leave(catcher, &error)?;
                            (catcher, assigned, output)
                        }
                    },
                }
            };
            variables.extend(assigned);
            input = output;
            let is_default = state["Type"] == "Choice" && std::ptr::eq(from, state);
            let next = from.get(if is_default { "Default" } else { "Next" });
            let Some(next) = next.and_then(Value::as_str) else {
                if is_default {
                    return Err(("States.NoChoiceMatched".to_owned(), String::new()));
                }
                return Ok(input);
            };
            name = next;
        }
    }

    fn work(
        &mut self,
        state: &Value,
        view: &View<'_>,
        input: &Value,
        context: &Value,
    ) -> Result<Value, Failure> {
        match state["Type"].as_str().unwrap() {
            "Task" => {
                let mut context = context.clone();
                context["Task"] = json!({"Token": "token"});
                let arguments = view.with("context", context).value(&state["Arguments"])?;
                self.world.invoke(state["Resource"].as_str().unwrap(), &arguments)
            }
            "Parallel" => {
                let branches = state["Branches"].as_array().unwrap();
                let run = |branch| self.scope(branch, input.clone(), view.variables.clone(), context);
                branches.iter().map(run).collect::<Result<Vec<_>, _>>().map(Value::Array)
            }
            "Map" => self.map(state, view, context),
            other => panic!("{other} is not written by lowering"),
        }
    }

    fn map(&mut self, state: &Value, view: &View<'_>, context: &Value) -> Result<Value, Failure> {
        let items = match state.get("Items") {
            Some(items) => view.value(items)?,
            None => json!([{"Key": "a"}, {"Key": "b"}, {"Key": "c"}]),
        };
        let Value::Array(items) = items else {
            return Err(("States.QueryEvaluationError".to_owned(), format!("no array: {items}")));
        };
        let processor = &state["ItemProcessor"];
        let is_distributed = processor["ProcessorConfig"]["Mode"] == "DISTRIBUTED";
        let mut inputs = Vec::new();
        for (index, item) in items.into_iter().enumerate() {
            let mut context = context.clone();
            context["Map"] = json!({"Item": {"Index": index, "Value": item}});
            inputs.push(match state.get("ItemSelector") {
                Some(selector) => view.with("context", context).value(selector)?,
                None => item,
            });
        }
        if let Some(batcher) = state.get("ItemBatcher") {
            let given = batcher.get("BatchInput").map(|given| view.value(given)).transpose()?;
            let batch = |items: &[Value]| match &given {
                Some(given) => json!({"BatchInput": given, "Items": items}),
                None => json!({"Items": items}),
            };
            inputs = inputs.chunks(2).map(batch).collect();
        }
        let mut results = Vec::new();
        for input in inputs {
            let (variables, context) = if is_distributed {
                (Variables::new(), json!({"Execution": {"Input": input}}))
            } else {
                (view.variables.clone(), context.clone())
            };
            results.push(self.scope(processor, input, variables, &context)?);
        }
        Ok(Value::Array(results))
    }
}
