use std::collections::BTreeMap;
use std::fs;

use serde_json::{Map, Value, json};

use crate::data::{Data, Scope};
use crate::json_path::{Select, read, write};
use crate::random::SeededRandom;
use crate::template::{Expression, Template};
use crate::Failure;

struct S<'a> { input: Data, context: &'a Data, vars: &'a BTreeMap<String, Data> }
impl Scope for S<'_> {
    fn input(&self) -> &Data { &self.input }
    fn context(&self) -> &Data { self.context }
    fn variable(&self, n: &str) -> Option<&Data> { self.vars.get(n) }
}

enum End { Ok(Value), Err(String, String), Skip(String) }

fn fields(state: &Value, name: &str) -> Option<Value> { state.get(name).cloned() }

fn run(def: &Value, typed: &asl_core::model::StateMachine, input: Value, context: &mut Value, mocks: &Value) -> End {
    let random = SeededRandom::new(1);
    let mut vars: BTreeMap<String, Data> = BTreeMap::new();
    let mut name = def["StartAt"].as_str().unwrap().to_owned();
    let mut raw = input;
    let mut id = 2;
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..50 {
        let st = &def["States"][&name];
        let kind = st["Type"].as_str().unwrap();
        if st["QueryLanguage"] == "JSONata" { return End::Skip("jsonata".into()); }
        context["State"] = json!({"Name": name, "EnteredTime": "date"});
        let ctx = Data::from(context.clone());
        let step = (|| -> Result<(Value, String, Option<String>), Result<Failure, End>> {
            let f = |x: Failure| Ok(x);
            let scope = |v: Value| S { input: v.into(), context: &ctx, vars: &vars };
            let path = |field: &str, v: &Value| -> Result<Value, Result<Failure, End>> {
                match st.get(field) {
                    None => Ok(v.clone()),
                    Some(Value::Null) => Ok(json!({})),
                    Some(p) => {
                        let sel = Select::parse(p.as_str().unwrap()).unwrap();
                        let s = scope(v.clone());
                        let r = sel.select(&s).map_err(|e| e.invalid_path(&s)).map_err(f)?;
                        Ok(r.into_owned())
                    }
                }
            };
            let input = path("InputPath", &raw)?;
            let params = |field: &str, v: &Value| -> Result<Value, Result<Failure, End>> {
                match st.get(field) {
                    None => Ok(v.clone()),
                    Some(t) => {
                        let t = Template::prepare(t).map_err(|e| Err(End::Skip(format!("UNPREPARED {e}"))))?;
                        Ok(t.evaluate(&scope(v.clone()), &random).map_err(f)?.json().clone())
                    }
                }
            };
            let next = || st["Next"].as_str().map(str::to_owned);
            let assign = |v: &Value| -> Result<Map<String, Value>, Result<Failure, End>> {
                match st.get("Assign") { None => Ok(Map::new()), Some(_) => Ok(params("Assign", v)?.as_object().unwrap().clone()) }
            };
            match kind {
                "Pass" => {
                    let p = params("Parameters", &input)?;
                    let result = st.get("Result").cloned().unwrap_or(p);
                    let a = assign(&result)?;
                    let out = match st.get("ResultPath") {
                        None => result, Some(Value::Null) => raw.clone(),
                        Some(p) => write::put(&raw, &asl_core::syntax::ReferencePath::parse(p.as_str().unwrap()).unwrap(), result).map_err(f)?,
                    };
                    let out = path("OutputPath", &out)?;
                    Ok((out, serde_json::to_string(&a).unwrap(), next()))
                }
                "Task" => {
                    let p = params("Parameters", &input)?;
                    let res = st["Resource"].as_str().unwrap();
                    let i = *used.get(res).unwrap_or(&0);
                    let m = &mocks[res][i];
                    if m.get("when_input").is_some() && m["when_input"] != p { println!("   TASKINPUT {} vs {}", p, m["when_input"]); } else { println!("ORDER {}", m["when_input"].to_string() == p.to_string()); if m["when_input"].to_string() != p.to_string() { println!("  ORDERBAD {p} {}", m["when_input"]); } }
                    let Some(r) = m.get("return") else { return Err(Err(End::Skip("mock".into()))) };
                    let result = params("ResultSelector", r)?;
                    let a = assign(&result)?;
                    let out = match st.get("ResultPath") {
                        None => result, Some(Value::Null) => raw.clone(),
                        Some(p) => write::put(&raw, &asl_core::syntax::ReferencePath::parse(p.as_str().unwrap()).unwrap(), result).map_err(f)?,
                    };
                    let out = path("OutputPath", &out)?;
                    Ok((out, serde_json::to_string(&a).unwrap(), next()))
                }
                "Succeed" => { let out = path("OutputPath", &input)?; Ok((out, "{}".into(), None)) }
                "Wait" => {
                    let s = scope(input.clone());
                    if let Some(p) = st.get("SecondsPath") {
                        read::seconds("SecondsPath", &Select::parse(p.as_str().unwrap()).unwrap(), &s).map_err(f)?;
                    }
                    if let Some(p) = st.get("TimestampPath") {
                        read::timestamp(&Select::parse(p.as_str().unwrap()).unwrap(), &s).map_err(f)?;
                    }
                    let a = assign(&input)?;
                    let out = path("OutputPath", &input)?;
                    Ok((out, serde_json::to_string(&a).unwrap(), next()))
                }
                "Choice" => {
                    let s = scope(input.clone());
                    let asl_core::model::State::Choice(c) = typed.state(&name).unwrap() else { panic!() };
                    for (i, rule) in c.choices.as_ref().unwrap().iter().enumerate() {
                        let r = crate::choice::Rule::prepare(rule).map_err(|e| Err(End::Skip(format!("UNPREPARED {e}"))))?;
                        if r.holds(&s).map_err(f)? {
                            let raw = &st["Choices"][i];
                            let a = match raw.get("Assign") { None => json!({}), Some(t) => Template::prepare(t).unwrap().evaluate(&s, &random).map_err(f)?.json().clone() };
                            let out = path("OutputPath", &input)?;
                            return Ok((out, a.to_string(), raw["Next"].as_str().map(str::to_owned)));
                        }
                    }
                    let a = assign(&input)?;
                    let out = path("OutputPath", &input)?;
                    match st.get("Default") { Some(d) => Ok((out, serde_json::to_string(&a).unwrap(), Some(d.as_str().unwrap().to_owned()))), None => Err(Err(End::Skip("no match".into()))) }
                }
                "Fail" => {
                    let s = scope(input.clone());
                    let part = |n: &str| -> Result<String, Result<Failure, End>> {
                        if let Some(v) = fields(st, n) { return Ok(v.as_str().unwrap().to_owned()); }
                        let pn = format!("{n}Path");
                        match fields(st, &pn) { None => Ok(String::new()), Some(v) => Expression::parse(v.as_str().unwrap()).unwrap().text(&pn, &s, &random).map_err(f) }
                    };
                    let e = part("Error")?; let c = part("Cause")?;
                    Err(Err(End::Err(e, c)))
                }
                other => Err(Err(End::Skip(other.to_owned()))),
            }
        })();
        match step {
            Err(Err(End::Skip(s))) => return End::Skip(s),
            Err(Err(end)) => return end,
            Err(Ok(failure)) => return End::Err(failure.error.to_string(), format!("An error occurred while executing the state '{name}' (entered at the event id #{id}). {}", failure.cause)),
            Ok((out, assigned, next)) => {
                if kind == "Task" { *used.entry(st["Resource"].as_str().unwrap().to_owned()).or_default() += 1; id += 3; }
                let a: Map<String, Value> = serde_json::from_str(&assigned).unwrap();
                for (k, v) in a { vars.insert(k, v.into()); }
                raw = out;
                id += 2;
                match next { Some(n) => name = n, None => return End::Ok(raw) }
            }
        }
    }
    End::Skip("loop".into())
}

fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (_, Value::String(s)) if ["generated-uuid", "RandomNumberGenerated", "date", "timestamp"].contains(&s.as_str()) || s.contains("<uuid") => true,
        (Value::Object(x), Value::Object(y)) => x.len() == y.len() && x.iter().all(|(k, v)| y.get(k).is_some_and(|w| same(v, w))),
        (Value::Array(x), Value::Array(y)) => x.len() == y.len() && x.iter().zip(y).all(|(v, w)| same(v, w)),
        (Value::Number(x), Value::Number(y)) => x.to_string() == y.to_string(),
        _ => a == b,
    }
}

#[test]
fn recorded_cases() {
    let root = std::env::var("ASL_CONFORMANCE").unwrap();
    let mut counts: BTreeMap<String, (u32, u32, BTreeMap<String, u32>)> = BTreeMap::new();
    for area in fs::read_dir(format!("{root}/executions")).unwrap() {
        let area = area.unwrap();
        for file in fs::read_dir(area.path()).unwrap() {
            let file = file.unwrap();
            let case: Value = serde_json::from_str(&fs::read_to_string(file.path()).unwrap()).unwrap();
            let an = area.file_name().into_string().unwrap();
            if an == "validation" || an == "test_state" { continue; }
            let c = counts.entry(an).or_default();
            let Some(text) = case["definition_text"].as_str() else { *c.2.entry("no text".into()).or_default() += 1; continue };
            let Ok(def) = serde_json::from_str::<Value>(text) else { *c.2.entry("bad json".into()).or_default() += 1; continue };
            if def.get("States").is_none() { *c.2.entry("state".into()).or_default() += 1; continue; }
            if def["QueryLanguage"] == "JSONata" { *c.2.entry("jsonata".into()).or_default() += 1; continue; }
            let Ok(typed) = serde_json::from_str::<asl_core::model::StateMachine>(text) else { *c.2.entry("model".into()).or_default() += 1; continue };
            let e = &case["execution"];
            let mut context = json!({"Execution": {"Id": e["arn"], "Input": case["input"], "Name": e["name"], "RoleArn": e["role"], "StartTime": "date", "RedriveCount": 0},
                "StateMachine": {"Id": e["sm_arn"], "Name": e["sm_name"]}});
            let end = run(&def, &typed, case["input"].clone(), &mut context, &case["mocks"]);
            let x = &case["expected"];
            let good = match &end {
                End::Skip(s) => { *c.2.entry(s.clone()).or_default() += 1; continue }
                End::Ok(v) => x["status"] == "SUCCEEDED" && same(v, &x["output"]),
                End::Err(er, ca) => { let xc = x["cause"].as_str().unwrap_or_default();
                    x["status"] == "FAILED" && x["error"].as_str().unwrap_or_default() == er && (xc == ca || xc.contains("<json-input") && ca.starts_with(xc.split("<json").next().unwrap())) }
            };
            if good { c.0 += 1 } else {
                c.1 += 1;
                println!("BAD {} expected {}", file.path().display(), x);
                match end { End::Ok(v) => println!("   got {v}"), End::Err(a, b) => println!("   got {a}: {b}"), End::Skip(_) => {} }
            }
        }
    }
    for (k, v) in counts { println!("{k}: {} good, {} bad, skipped {:?}", v.0, v.1, v.2); }
}
