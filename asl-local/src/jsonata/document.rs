use serde_json::{Map, Value};

use super::backend::{Fault, Native, Program, Run, Special};
use super::limits::Limits;
use super::prepared::{Unprepared, read};

/// What an evaluation outside of a state machine is given besides its data.
///
/// ```
/// use asl_local::jsonata::Environment;
///
/// // the time in milliseconds since 1970-01-01T00:00:00Z
/// let environment = Environment { now: 1_735_689_600_000, seed: 7, ..Environment::default() };
/// assert_eq!(environment.limits.depth, 99);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Environment {
    /// How far it may go.
    pub limits: Limits,
    /// The time that `$now` and `$millis` give, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: i64,
    /// What the numbers of `$random`, `$uuid` and `$shuffle` grow from: the same seed, the same numbers.
    pub seed: u64,
}

/// Why an expression came to no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{text}", code.as_ref().map(|code| format!("{code}: ")).unwrap_or_default())]
pub struct EvaluationError {
    /// The code of the reference implementation, such as `T2001`, where there is one.
    pub code: Option<String>,
    /// What happened.
    pub text: String,
}

/// Evaluates an expression on a document, outside of any state machine: for trying one out, and for tests of one.
///
/// This is JSONata as published, with `$eval`. The functions that Step Functions adds are there too. The data is what `$`
/// and plain names refer to; the bindings are variables, their names without the `$`. Nothing is the result of an
/// expression that finds nothing.
///
/// # Errors
///
/// If the code is no expression, or its evaluation fails, goes beyond the limits, or gives a function.
///
/// ```
/// use asl_local::jsonata::{Environment, evaluate_document};
/// use serde_json::{Map, json};
///
/// let order = json!({"items": [{"name": "pen", "price": 2}, {"name": "ink", "price": 9}]});
/// let mut bindings = Map::new();
/// bindings.insert("most".to_owned(), json!(5));
///
/// let environment = Environment::default();
/// let cheap = evaluate_document("items[price < $most].name", Some(&order), &bindings, &environment)?;
/// assert_eq!(cheap, Some(json!("pen")));
/// assert_eq!(evaluate_document("items.weight", Some(&order), &bindings, &environment)?, None);
///
/// let error = evaluate_document("items.name - 1", Some(&order), &bindings, &environment).unwrap_err();
/// assert_eq!(error.code.as_deref(), Some("T2001"));
/// # Ok::<(), asl_local::jsonata::EvaluationError>(())
/// ```
pub fn evaluate_document(
    code: &str,
    data: Option<&Value>,
    bindings: &Map<String, Value>,
    environment: &Environment,
) -> Result<Option<Value>, EvaluationError> {
    // the first parser knows more codes
    read(code)?;
    let program = Program::parse(code)?;
    let limits = &environment.limits;
    let mut run = Run::new(&program, limits).timed(limits);
    for (name, value) in bindings {
        run.bind(name, Native::from_json(value).0);
    }
    for special in Special::all() {
        run.offer(special);
    }
    let data = data.map(|data| Native::from_json(data).0);
    let Some(result) = run.evaluate(data.as_ref(), environment.now, environment.seed)? else {
        return Ok(None);
    };
    let settled =
        result.settled().map_err(|refusal| EvaluationError { code: None, text: refusal.to_string() })?;
    Ok(Some(settled.to_json()))
}

impl From<Fault> for EvaluationError {
    fn from(Fault { code, text }: Fault) -> Self {
        Self { code, text }
    }
}

impl From<Unprepared> for EvaluationError {
    fn from(Unprepared { code, text }: Unprepared) -> Self {
        Self { code, text }
    }
}
