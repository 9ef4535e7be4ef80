use super::super::SyntaxError;
use super::{Argument, ArgumentValue, Function, Intrinsic, Kind, Piece};

/// What `States.Hash` can compute.
const ALGORITHMS: [&str; 5] = ["MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512"];

impl Intrinsic {
    /// What the documentation forbids and [`Intrinsic::parse`] lets pass, as far as literals show it.
    ///
    /// Literal arguments of the wrong type, a template with more or fewer holes than values, a range with
    /// step 0, an unknown hash algorithm, a deep merge, unknown escapes, more than
    /// [`MAX_CALLS`](Intrinsic::MAX_CALLS) calls. At run time each would end in `States.IntrinsicFailure`;
    /// nobody recorded that the service refuses the definition.
    ///
    /// ```
    /// # use asl_core::syntax::Intrinsic;
    /// let faults = Intrinsic::parse("States.MathAdd(1, '-1')")?.type_faults();
    /// assert_eq!(faults[0].to_string(), "`States.MathAdd` wants a number as its argument `second`, found a string");
    /// assert_eq!(faults[0].at, 18..22);
    /// # Ok::<(), asl_core::syntax::SyntaxError>(())
    /// ```
    #[must_use]
    pub fn type_faults(&self) -> Vec<SyntaxError> {
        let mut faults = Vec::new();
        let calls = check(self, &mut faults);
        if calls > Self::MAX_CALLS {
            let message =
                format!("a field may call {} intrinsic functions, this calls {calls}", Self::MAX_CALLS);
            faults.push(SyntaxError::new(self.span.clone(), message));
        }
        faults
    }
}

/// Checks a call and those in its arguments, and counts them.
fn check(call: &Intrinsic, faults: &mut Vec<SyntaxError>) -> usize {
    let parameters = call.function.parameters();
    let mut calls = 1;
    for (place, argument) in call.arguments.iter().enumerate() {
        // the last parameter of a variadic function is that of all further arguments
        if let Some(parameter) = parameters.get(place).or(parameters.last())
            && let Some(found) = kind(&argument.value)
            && parameter.kind != found
            && parameter.kind != Kind::Any
        {
            let message = format!(
                "`{}` wants {} as its argument `{}`, found {found}",
                call.function, parameter.kind, parameter.name
            );
            let fault = SyntaxError::new(argument.span.clone(), message);
            faults.push(match &argument.value {
                ArgumentValue::String(text)
                    if parameter.kind == Kind::Number && text.raw().parse::<serde_json::Number>().is_ok() =>
                {
                    fault.help(format!("remove the quotes: `{}`", text.raw()))
                }
                _ => fault,
            });
        }
        match &argument.value {
            ArgumentValue::Call(inner) => calls += check(inner, faults),
            ArgumentValue::String(literal) => {
                for (at, letter) in literal.unknown_escapes() {
                    let at = argument.span.start + 1 + at;
                    let message = format!("`\\{letter}` is not an escape of intrinsic functions");
                    faults.push(
                        SyntaxError::new(at..at + 1 + letter.len_utf8(), message)
                            .help("only `\\'`, `\\{`, `\\}` and `\\\\` are"),
                    );
                }
            }
            _ => {}
        }
    }
    faults.extend(particular(call));
    calls
}

/// The type of an argument, if it can be told before the machine runs.
fn kind(value: &ArgumentValue) -> Option<Kind> {
    match value {
        ArgumentValue::String(_) => Some(Kind::String),
        ArgumentValue::Number(_) => Some(Kind::Number),
        ArgumentValue::Bool(_) => Some(Kind::Boolean),
        ArgumentValue::Null => Some(Kind::Null),
        ArgumentValue::Call(inner) => Some(inner.function.result()).filter(|&kind| kind != Kind::Any),
        ArgumentValue::Path(_) | ArgumentValue::Placeholder(_) => None,
    }
}

/// What a function asks of its arguments beyond their types.
fn particular(call: &Intrinsic) -> Option<SyntaxError> {
    let fault = |argument: &Argument, message: String| SyntaxError::new(argument.span.clone(), message);
    let arguments = call.arguments.as_slice();
    match (call.function, arguments) {
        (Function::Format, [template, values @ ..]) => {
            let ArgumentValue::String(literal) = &template.value else { return None };
            let holes = literal.pieces().iter().filter(|&piece| *piece == Piece::Hole).count();
            (holes != values.len() && !literal.has_placeholder()).then(|| {
                let message = format!(
                    "the template has {holes} `{{}}`, but {} {} it",
                    values.len(),
                    if values.len() == 1 { "value follows" } else { "values follow" }
                );
                fault(template, message).help("write one `{}` for each value; a brace that stays is `\\{`")
            })
        }
        (Function::ArrayRange, [_, _, step]) => number(step)
            .filter(|&number| number == 0.0)
            .map(|_| fault(step, "the step of a range must not be 0".into())),
        (Function::ArrayPartition, [_, size]) => number(size)
            .filter(|&number| number <= 0.0)
            .map(|_| fault(size, "the size of a partition must be at least 1".into())),
        (Function::ArrayGetItem, [_, index]) => number(index)
            .filter(|&number| number < 0.0)
            .map(|_| fault(index, "an index counts from 0 and must not be negative".into())),
        (Function::Hash, [_, algorithm]) => {
            let ArgumentValue::String(literal) = &algorithm.value else { return None };
            let text = literal.text();
            (!ALGORITHMS.contains(&&*text) && !literal.has_placeholder()).then(|| {
                fault(algorithm, format!("`States.Hash` has no algorithm `{text}`"))
                    .help(format!("it has `{}`", ALGORITHMS.join("`, `")))
            })
        }
        (Function::JsonMerge, [_, _, deep]) => (deep.value == ArgumentValue::Bool(true)).then(|| {
            fault(deep, "`States.JsonMerge` merges the top level only".into()).help("write `false`")
        }),
        _ => None,
    }
}

fn number(argument: &Argument) -> Option<f64> {
    match &argument.value {
        ArgumentValue::Number(number) => number.as_f64(),
        _ => None,
    }
}
