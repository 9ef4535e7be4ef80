//! Intrinsic functions: what a call gives.
//!
//! `asl_core::syntax` has read the call and counted its arguments; here its values come in. The functions are the
//! service's with all their oddities, as recorded or as others have measured them on the service: it is written in
//! Java, and its functions print, compare, hash and round as Java does. Where it was never seen, a comment says so.

mod array;
mod encode;
mod format;
mod java;
mod json;
mod math;
mod text;

use std::borrow::Cow;

use asl_core::syntax::Intrinsic;
use asl_core::syntax::intrinsic::{ArgumentValue, Function};
use serde_json::Value;

use crate::Failure;
use crate::data::Scope;
use crate::json_path::Select;
use crate::random::Random;
use crate::unprepared::Unprepared;

use format::Template;

/// A call that is ready to be evaluated.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// The whole call as the definition says it, for the sentences of faults.
    written: Box<str>,
    expression: Expression,
}

#[derive(Debug, Clone)]
struct Expression {
    function: Function,
    arguments: Vec<Argument>,
}

#[derive(Debug, Clone)]
enum Argument {
    Literal(Value),
    /// The first argument of `States.Format`, where it is written out.
    Template(Template),
    Path(Select),
    Call(Expression),
}

/// Why a function gives nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    /// The arguments are of the wrong type or out of their range; perhaps with what is wrong.
    Arguments(Option<&'static str>),
    /// The service's own sentence.
    Says(String),
}

impl Call {
    /// Makes a call ready; `text` is what it was parsed from.
    ///
    /// # Errors
    ///
    /// If a part of it waits for deployment, or is a path that cannot be read.
    pub(crate) fn prepare(call: &Intrinsic, text: &str) -> Result<Self, Unprepared> {
        let written = text.get(call.span.clone()).unwrap_or(text);
        Ok(Self { written: written.into(), expression: Expression::prepare(call, text)? })
    }

    /// The value of the call.
    ///
    /// # Errors
    ///
    /// DIFFERENCE: the specification has `States.IntrinsicFailure` for all of them. The service was measured by
    /// others, many times, to fail with `States.Runtime`, which no handler catches.
    pub(crate) fn evaluate(&self, scope: &dyn Scope, random: &dyn Random) -> Result<Value, Failure> {
        let evaluation = Evaluation { written: &self.written, scope, random };
        self.expression.evaluate(&evaluation).map(Cow::into_owned)
    }
}

/// What one evaluation needs at every depth.
struct Evaluation<'a> {
    written: &'a str,
    scope: &'a dyn Scope,
    random: &'a dyn Random,
}

impl Expression {
    fn prepare(call: &Intrinsic, text: &str) -> Result<Self, Unprepared> {
        let mut arguments = Vec::with_capacity(call.arguments.len());
        for (place, argument) in call.arguments.iter().enumerate() {
            let written = text.get(argument.span.clone()).unwrap_or_default();
            arguments.push(match &argument.value {
                ArgumentValue::String(literal) if place == 0 && call.function == Function::Format => {
                    Argument::Template(Template::of_literal(literal))
                }
                ArgumentValue::String(literal) => Argument::Literal(literal.text().as_ref().into()),
                ArgumentValue::Number(number) => Argument::Literal(Value::Number(number.clone())),
                ArgumentValue::Bool(value) => Argument::Literal(Value::Bool(*value)),
                ArgumentValue::Null => Argument::Literal(Value::Null),
                ArgumentValue::Path(path) => Argument::Path(Select::prepare(path, written)?),
                ArgumentValue::Call(inner) => Argument::Call(Self::prepare(inner, text)?),
                ArgumentValue::Placeholder(_) => return Err(Unprepared::placeholder(text)),
            });
        }
        Ok(Self { function: call.function, arguments })
    }

    fn evaluate<'a>(&'a self, evaluation: &Evaluation<'a>) -> Result<Cow<'a, Value>, Failure> {
        let mut values = Vec::with_capacity(self.arguments.len());
        let mut template = None;
        for argument in &self.arguments {
            match argument {
                Argument::Literal(value) => values.push(Cow::Borrowed(value)),
                Argument::Template(literal) => template = Some(literal),
                Argument::Call(call) => values.push(call.evaluate(evaluation)?),
                Argument::Path(path) => values.push(
                    path.select(evaluation.scope)
                        .map_err(|fault| fault.in_call(evaluation.written, evaluation.scope))?,
                ),
            }
        }
        let result = match template {
            Some(template) => template.fill(&values).map(|text| Cow::Owned(text.into())),
            None => self.apply(values, evaluation.random),
        };
        result.map_err(|fault| self.failure(fault, evaluation.written))
    }

    /// Calls the function with values.
    fn apply<'a>(&self, values: Vec<Cow<'a, Value>>, random: &dyn Random) -> Result<Cow<'a, Value>, Fault> {
        let owned = |value| Ok(Cow::Owned(value));
        match (self.function, values.as_slice()) {
            (Function::Format, [template, values @ ..]) => {
                owned(Template::of_value(template).fill(values)?.into())
            }
            (Function::StringToJson, [text]) => owned(json::parse(text)?),
            (Function::JsonToString, [value]) => owned(value.to_string().into()),
            (Function::Array, _) => owned(values.into_iter().map(Cow::into_owned).collect()),
            (Function::ArrayPartition, [array, size]) => owned(array::partition(array, size)?),
            (Function::ArrayContains, [array, value]) => owned(array::contains(array, value)?.into()),
            (Function::ArrayRange, [first, last, step]) => owned(array::range(first, last, step)?),
            (Function::ArrayGetItem, [array, index]) => owned(array::item(array, index)?),
            (Function::ArrayLength, [array]) => owned(array::elements(array)?.len().into()),
            (Function::ArrayUnique, [array]) => owned(array::unique(array)?),
            (Function::Base64Encode, [text]) => owned(encode::base64(text)?.into()),
            (Function::Base64Decode, [text]) => owned(encode::from_base64(text)?.into()),
            (Function::Hash, [data, algorithm]) => owned(encode::hash(data, algorithm)?.into()),
            (Function::JsonMerge, [first, second, deep]) => owned(json::merge(first, second, deep)?),
            (Function::MathRandom, [start, end]) => owned(math::random(start, end, None, random)?.into()),
            (Function::MathRandom, [start, end, seed]) => {
                owned(math::random(start, end, Some(seed), random)?.into())
            }
            (Function::MathAdd, [first, second]) => owned(math::add(first, second)?.into()),
            (Function::StringSplit, [text, delimiters]) => owned(text::split(text, delimiters)?),
            (Function::Uuid, []) => owned(random.uuid().into()),
            // the parser has counted the arguments
            _ => Err(Fault::ARGUMENTS),
        }
    }

    /// The service names the function that failed inside the whole call. Measured by others for the outermost
    /// function; for one inside it is inferred from the sentence about a missing path, which names the whole call.
    fn failure(&self, fault: Fault, written: &str) -> Failure {
        let function = self.function;
        let what = match fault {
            Fault::Arguments(None) => format!("Invalid arguments in {function}"),
            Fault::Arguments(Some(what)) => format!("Invalid arguments in {function}: {what}"),
            Fault::Says(what) => what,
        };
        Failure::runtime(format!(
            "There was an error while evaluating the intrinsic function: {written}. {what}"
        ))
    }
}

impl Fault {
    const ARGUMENTS: Self = Self::Arguments(None);
}

#[cfg(test)]
mod tests;
