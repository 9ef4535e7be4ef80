use std::fmt;

use asl_core::syntax::jsonata::Expression;

use super::backend::{Fault, Native, Program, Run};
use super::limits::Limits;
use super::needs::{Field, Needs};
use super::reference::{Found, Reference};
use super::wording::Subject;
use crate::{Data, Failure, Scope};

/// An expression, read and analysed once.
///
/// ```
/// use asl_local::jsonata::Prepared;
/// use asl_local::{Data, Scope};
/// use serde_json::json;
///
/// struct State(Data);
///
/// impl Scope for State {
///     fn input(&self) -> &Data { &self.0 }
///     fn context(&self) -> &Data { &self.0 }
///     fn variable(&self, _: &str) -> Option<&Data> { None }
///     fn now(&self) -> i64 { 0 }
///     fn random(&self) -> u64 { 0 }
/// }
///
/// let total = Prepared::new("$sum($states.input.items.(price * count))")?;
/// let state = State(Data::from(json!({"items": [{"price": 2, "count": 3}, {"price": 5, "count": 1}]})));
/// assert_eq!(total.evaluate("Output/total", &state).unwrap().json(), 11);
///
/// let missing = Prepared::new("$states.input.name")?;
/// assert_eq!(
///     missing.evaluate("Output/name", &state).unwrap_err().cause,
///     "The JSONata expression '$states.input.name' specified for the field 'Output/name' returned nothing (undefined).",
/// );
/// # Ok::<(), asl_local::jsonata::Unprepared>(())
/// ```
pub struct Prepared {
    code: Box<str>,
    reference: Option<Reference>,
    program: Program,
    needs: Needs,
}

/// Why an expression cannot be evaluated at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct Unprepared {
    /// The code of the reference implementation, such as `S0202`, where the fault has one.
    pub code: Option<String>,
    /// What is wrong: lower case, no full stop.
    pub text: String,
}

impl Prepared {
    /// Reads an expression, without its delimiters.
    ///
    /// # Errors
    ///
    /// If it is none. The expressions of a validated machine are.
    pub fn new(code: &str) -> Result<Self, Unprepared> {
        let code = code.trim();
        let expression = read(code)?;
        let program = Program::parse(code)?;
        let reference = Reference::of(&expression);
        Ok(Self { code: code.into(), reference, program, needs: Needs::of(&expression) })
    }

    /// The code, without delimiters and the white space around it.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The result, as data. The location is that of the expression in its state, as `EvaluationFailed` names it: `Output`,
    /// `Arguments/list[0]`, `Choices[1]/Condition`.
    ///
    /// # Errors
    ///
    /// `States.QueryEvaluationError`, if the evaluation fails, or gives nothing, a function, or more than fits.
    pub fn evaluate(&self, location: impl fmt::Display, scope: &dyn Scope) -> Result<Data, Failure> {
        self.evaluate_at(&location, scope)
    }

    pub(super) fn evaluate_at(
        &self,
        location: &dyn fmt::Display,
        scope: &dyn Scope,
    ) -> Result<Data, Failure> {
        match self.reference.as_ref().map(|reference| reference.find(scope)) {
            Some(Found::Data(data)) => return Ok(data),
            Some(Found::Nothing) => return Err(self.at(location).undefined()),
            Some(Found::Unclear) | None => {}
        }
        self.run(scope, &Limits::default(), location)
    }

    /// Evaluates by the program, whatever the expression is.
    pub(super) fn run(
        &self,
        scope: &dyn Scope,
        limits: &Limits,
        location: &dyn fmt::Display,
    ) -> Result<Data, Failure> {
        match self.call(scope, limits) {
            Ok(Some(native)) => {
                let settled = native.settled().map_err(|refusal| self.at(location).refused(refusal))?;
                Ok(Data::from_native(settled))
            }
            Ok(None) => Err(self.at(location).undefined()),
            Err(fault) => Err(self.at(location).fault(&fault)),
        }
    }

    fn call(&self, scope: &dyn Scope, limits: &Limits) -> Result<Option<Native>, Fault> {
        let mut run = Run::new(&self.program, limits);
        if self.needs.may_loop {
            run = run.timed(limits);
        }
        if !self.needs.states.is_empty() {
            run.bind("states", self.states(scope));
        }
        for name in &self.needs.names {
            if let Some(data) = scope.variable(name) {
                run.bind(name, data.native().clone());
            }
        }
        if self.needs.eval && scope.variable("eval").is_none() {
            run.hide("eval");
        }
        let (mut now, mut seed) = (0, 0);
        for special in &self.needs.specials {
            run.offer(*special);
            if special.needs_time() {
                now = scope.now();
            }
            if special.needs_chance() {
                seed = scope.random();
            }
        }
        run.evaluate(None, now, seed)
    }

    /// `$states`, with the fields that are read.
    fn states(&self, scope: &dyn Scope) -> Native {
        let field = |field: &Field| Some((field.name().to_owned(), field.of(scope)?.native().clone()));
        Native::object(self.needs.states.iter().filter_map(field))
    }

    /// What the sentences of failures begin with.
    pub(super) fn at<'a>(&'a self, location: &'a dyn fmt::Display) -> Subject<'a> {
        Subject { code: &self.code, location, function: self.needs.function.as_deref() }
    }
}

/// The tree of an expression in which nothing is wrong.
pub(super) fn read(code: &str) -> Result<Expression, Unprepared> {
    Expression::parse_strict(code).map_err(|errors| match errors.into_iter().next() {
        Some(error) => Unprepared { code: error.code.reference().map(str::to_owned), text: error.message },
        None => Unprepared { code: None, text: "the expression cannot be read".to_owned() },
    })
}

impl From<Fault> for Unprepared {
    fn from(Fault { code, text }: Fault) -> Self {
        Self { code, text }
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{% {} %}}", self.code)
    }
}
