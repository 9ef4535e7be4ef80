//! The door to the crate that evaluates JSONata, `jsonata-core`: nothing outside of this folder names it.

mod value;
mod tree;
mod rewrite;
mod guard;
mod functions;
mod strict;
mod chance;
mod timestamp;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;

use jsonata_core::ast::AstNode;
use jsonata_core::evaluator::{Context, Evaluator, EvaluatorError, EvaluatorOptions};
use jsonata_core::functions::string::build_regex;
use jsonata_core::parser;
use jsonata_core::value::JValue;

use super::limits::Limits;
use guard::Guards;

pub(crate) use chance::Chance;
pub(crate) use functions::Special;
pub(crate) use jsonata_core::value::with_stack;
pub(crate) use value::{Native, Refusal, Step};

/// An expression, ready to be evaluated.
pub(super) struct Program {
    ast: AstNode,
    guards: Guards,
    /// What comes of it each time, where that is known.
    fault: Option<Fault>,
}

/// Why an expression came to no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The code of the reference implementation, such as `T1006`.
    pub(super) code: Option<String>,
    /// What happened, without the code.
    pub(super) text: String,
}

impl Program {
    pub(super) fn parse(code: &str) -> Result<Self, Fault> {
        let mut ast = match parser::parse(code) {
            Ok(ast) => ast,
            Err(error) => return Self::failing(Fault::read(&error.display_message())),
        };
        check_regexes(&mut ast)?;
        rewrite::rewrite(&mut ast);
        let guards = guard::protect(&mut ast);
        Ok(Self { ast, guards, fault: None })
    }

    /// An expression that the parser refuses: to the reference some of those are wrong only when they are evaluated, such
    /// as the call of a number.
    fn failing(fault: Fault) -> Result<Self, Fault> {
        let is_dynamic = fault.code.as_ref().is_some_and(|code| !code.starts_with('S'));
        let program = |fault| Self { ast: AstNode::Undefined, guards: Guards::default(), fault: Some(fault) };
        if is_dynamic { Ok(program(fault)) } else { Err(fault) }
    }
}

/// Looks for regular expressions that cannot be run here, though the service runs them.
fn check_regexes(ast: &mut AstNode) -> Result<(), Fault> {
    let mut fault = None;
    tree::any(ast, &mut |node| {
        if let AstNode::Regex { pattern, flags } = node {
            fault = build_regex(pattern, flags).err().map(|error| {
                // the last line says what is wrong, those above show where
                let error = error.to_string();
                let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
                format!("the regular expression `/{pattern}/` cannot be evaluated here: {reason}")
            });
        }
        fault.is_some()
    });
    fault.map_or(Ok(()), |text| Err(Fault { code: None, text }))
}

/// One evaluation of a program: what it may refer to is bound first.
pub(super) struct Run<'p> {
    program: &'p Program,
    context: Context,
    specials: Vec<Special>,
    options: EvaluatorOptions,
}

impl<'p> Run<'p> {
    pub(super) fn new(program: &'p Program, limits: &Limits) -> Self {
        // a call of a function within what is built takes three levels, and with a guard four
        let depth = limits.depth + if program.guards.deepen { limits.depth / 3 } else { 0 };
        let options = EvaluatorOptions {
            timeout_ms: None,
            max_stack_depth: Some(depth),
            max_sequence_length: Some(limits.sequence),
            ..EvaluatorOptions::default()
        };
        Self { program, context: Context::new(), specials: Vec::new(), options }
    }

    /// Looks at the clock while it runs; that costs time at each step, so it is for what may loop.
    pub(super) fn timed(mut self, limits: &Limits) -> Self {
        self.options.timeout_ms = Some(limits.time.as_millis().try_into().unwrap_or(u64::MAX));
        self
    }

    pub(super) fn bind(&mut self, name: &str, value: Native) {
        self.context.bind(name.to_owned(), value.0);
    }

    /// Takes a name away from the language: calling it fails, and its value is missing.
    pub(super) fn hide(&mut self, name: &str) {
        self.context.bind(name.to_owned(), JValue::Undefined);
    }

    pub(super) fn offer(&mut self, special: Special) {
        self.specials.push(special);
    }

    /// The result, or nothing if it is undefined. The time and the seed are for the functions of ours.
    pub(super) fn evaluate(
        self,
        data: Option<&Native>,
        now: i64,
        seed: u64,
    ) -> Result<Option<Native>, Fault> {
        if let Some(fault) = &self.program.fault {
            return Err(fault.clone());
        }
        let mut evaluator = Evaluator::with_options(self.context, self.options);
        if !self.specials.is_empty() {
            let chance = Rc::new(Chance::new(seed));
            for special in self.specials {
                special.register(&mut evaluator, now, &chance);
            }
        }
        if self.program.guards.are_used {
            guard::register(&mut evaluator);
        }
        let ast = &self.program.ast;
        let data = data.map_or(&JValue::Undefined, |native| &native.0);
        // one panic of the crate is known; the evaluator is not used after one
        let result = catch_unwind(AssertUnwindSafe(|| evaluator.evaluate(ast, data)));
        match result {
            Ok(Ok(JValue::Undefined)) => Ok(None),
            Ok(Ok(value)) => Ok(Some(Native(value))),
            Ok(Err(error)) => Err(Fault::from(&error)),
            Err(_) => Err(Fault { code: None, text: "the evaluator failed on this expression".to_owned() }),
        }
    }
}

impl From<&EvaluatorError> for Fault {
    fn from(error: &EvaluatorError) -> Self {
        Self::read(error.message())
    }
}

impl Fault {
    /// Finds the code in a message: most begin with it, some say something before it.
    fn read(message: &str) -> Self {
        let code = message.as_bytes().windows(6).position(|bytes| {
            bytes[0].is_ascii_uppercase() && bytes[1..5].iter().all(u8::is_ascii_digit) && bytes[5] == b':'
        });
        match code {
            Some(at) => Self {
                code: Some(message[at..at + 5].to_owned()),
                text: message[at + 6..].trim_start().to_owned(),
            },
            None => Self { code: None, text: message.to_owned() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_message_is_found_wherever_it_stands() {
        let read = |message| {
            let Fault { code, text } = Fault::read(message);
            (code.unwrap_or_default(), text)
        };
        assert_eq!(read("T1006: no function"), ("T1006".into(), "no function".into()));
        assert_eq!(read("Parse error: Invalid: S0201: here"), ("S0201".into(), "here".into()));
        assert_eq!(read("Invalid regex: é T100: x"), (String::new(), "Invalid regex: é T100: x".into()));
        assert_eq!(read("D3137: see A1234: x"), ("D3137".into(), "see A1234: x".into()));
    }
}
