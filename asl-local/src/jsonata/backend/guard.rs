//! Keeps an expression from taking all memory.
//!
//! The service refuses a value that takes too much. The evaluator bounds the arrays that it gathers, but not what is
//! written out, joined or built. So in an expression that can make much of little, which takes a range or a function that
//! may call itself, such parts are replaced by calls of functions that look at the size. Their names are none that an
//! expression can write.
//!
//! What has neither can still double its data at each of its own steps: that is left to whoever writes dozens of them.

use std::cell::Cell;
use std::rc::Rc;

use jsonata_core::ast::{AstNode, BinaryOp};
use jsonata_core::evaluator::{Evaluator, EvaluatorError, HostFnResult};
use jsonata_core::functions;
use jsonata_core::value::JValue;

use super::rewrite::call;
use super::tree::{Place, Role, any, each_part};
use super::value::is_larger;
use super::with_stack;
use crate::jsonata::limits::VALUE_BYTES;
use crate::jsonata::wording::MEMORY;

/// All that one evaluation may make in its loops, in bytes, kept or not: about what a computer makes in a second.
const ALL_BYTES: usize = 1 << 30;

/// What an element of an array takes here.
const ELEMENT_BYTES: usize = size_of::<JValue>();

/// What was put into an expression.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Guards {
    pub(super) are_used: bool,
    /// Some stand around calls, and make recursion deeper by a level than it is written.
    pub(super) deepen: bool,
}

type Look = fn(&[JValue], &Meter) -> HostFnResult;

/// The functions by their names.
const GUARDS: [(&str, Look); 7] = [
    (CONCATENATE, concatenate),
    (BUILD, build),
    (RANGE, range),
    (PAD, pad),
    (JOIN, join),
    (REPLACE, replace),
    (WRITE, write),
];

const CONCATENATE: &str = "&";
const BUILD: &str = "[]";
const RANGE: &str = "..";
const PAD: &str = "(pad)";
const JOIN: &str = "(join)";
const REPLACE: &str = "(replace)";
const WRITE: &str = "(string)";

/// Puts guards where they are needed.
pub(super) fn protect(node: &mut AstNode) -> Guards {
    let mut protection = Protection { can_grow: any_growth(node), guards: Guards::default() };
    protection.visit(node, Place { role: Role::Part, repeats: false });
    protection.guards
}

/// Makes the guards known to an evaluator.
pub(super) fn register(evaluator: &mut Evaluator) {
    let meter = Rc::new(Meter::default());
    for (name, look) in GUARDS {
        let meter = Rc::clone(&meter);
        let registered = evaluator.register_fn(name, move |arguments: &[JValue]| look(arguments, &meter));
        debug_assert!(registered.is_ok(), "no function is called {name}");
    }
}

/// Whether an expression has loops that are not over its data: a range, or a function that may call itself or gathers
/// what it makes. One that `$map` and its like are given on the spot does neither.
fn any_growth(node: &mut AstNode) -> bool {
    match node {
        AstNode::Binary { op: BinaryOp::Range, .. } | AstNode::Lambda { .. } => return true,
        AstNode::Function { name, args, .. } => match name.as_str() {
            "range" | "reduce" => return true,
            "map" | "filter" | "each" | "sift" | "single" | "sort" => {
                return args.iter_mut().any(|argument| match argument {
                    AstNode::Lambda { body, .. } => with_stack(|| any_growth(body)),
                    other => with_stack(|| any_growth(other)),
                });
            }
            _ => {}
        },
        _ => {}
    }
    let mut found = false;
    with_stack(|| each_part(node, &mut |part, _| found = found || any_growth(part)));
    found
}

struct Protection {
    can_grow: bool,
    guards: Guards,
}

impl Protection {
    fn visit(&mut self, node: &mut AstNode, place: Place) {
        with_stack(|| {
            each_part(node, &mut |part, inside| {
                self.visit(part, Place { repeats: place.repeats || inside.repeats, ..inside });
            });
        });
        if let Some(guarded) = self.guarded(node, place) {
            *node = guarded;
            self.guards.are_used = true;
        }
    }

    fn guarded(&mut self, node: &mut AstNode, place: Place) -> Option<AstNode> {
        let builds = self.can_grow
            && place.repeats
            && place.role == Role::Value
            && matches!(node, AstNode::Array(_) | AstNode::Object(_));
        if builds {
            self.guards.deepen |= any(node, &mut is_call);
        }
        let take = |node: &mut AstNode| std::mem::replace(node, AstNode::Undefined);
        match node {
            // which of them is the width depends on what the context and `~>` put before them
            AstNode::Function { name, args, .. } if name == "pad" && !args.iter().all(is_small) => {
                for argument in args.iter_mut().filter(|argument| !is_small(argument)) {
                    *argument = call(PAD, vec![take(argument)]);
                }
            }
            _ if !self.can_grow => return None,
            AstNode::Function { name, args, .. } if name == "join" => {
                let separator = args.get(1).filter(|separator| is_leaf(separator)).cloned();
                let list = args.first_mut()?;
                *list = call(JOIN, vec![take(list), separator.unwrap_or(AstNode::Undefined)]);
            }
            AstNode::Function { name, args, .. } if name == "replace" && args.len() > 2 => {
                let new = args.get(2).filter(|new| is_leaf(new)).cloned()?;
                args[0] = call(REPLACE, vec![take(&mut args[0]), new]);
            }
            AstNode::Function { name, args, .. } if name == "string" => {
                let value = args.first_mut()?;
                *value = call(WRITE, vec![take(value)]);
            }
            AstNode::Binary { op: BinaryOp::Concatenate, lhs, rhs } => {
                return Some(call(CONCATENATE, vec![take(lhs), take(rhs)]));
            }
            AstNode::Binary { op: BinaryOp::Range, lhs, rhs } if place.repeats && is_leaf(lhs) => {
                **rhs = call(RANGE, vec![(**lhs).clone(), take(rhs)]);
            }
            _ if builds => return Some(call(BUILD, vec![take(node)])),
            _ => return None,
        }
        Some(take(node))
    }
}

/// Whether a part may be evaluated twice: it has no effect, and costs nothing.
fn is_leaf(node: &AstNode) -> bool {
    matches!(node, AstNode::String(_) | AstNode::Number(_) | AstNode::Variable(_))
}

/// Whether an argument is written out, and no large number.
#[expect(clippy::cast_precision_loss, reason = "less than 2^53")]
fn is_small(node: &AstNode) -> bool {
    match node {
        AstNode::Number(number) => number.abs() < VALUE_BYTES as f64,
        AstNode::Unary { operand, .. } => is_small(operand),
        AstNode::String(_) => true,
        _ => false,
    }
}

fn is_call(node: &AstNode) -> bool {
    match node {
        AstNode::Function { name, .. } => !GUARDS.iter().any(|(guard, _)| guard == name),
        AstNode::Call { .. } => true,
        _ => false,
    }
}

/// What was made so far.
#[derive(Default)]
struct Meter(Cell<usize>);

impl Meter {
    /// Counts a value of so many bytes.
    fn count(&self, bytes: usize, most: usize) -> Result<(), EvaluatorError> {
        let all = self.0.get().saturating_add(bytes);
        self.0.set(all);
        if bytes > most || all > ALL_BYTES { Err(too_much()) } else { Ok(()) }
    }
}

fn too_much() -> EvaluatorError {
    EvaluatorError::EvaluationError(MEMORY.to_owned())
}

fn first(arguments: &[JValue]) -> JValue {
    arguments.first().cloned().unwrap_or(JValue::Undefined)
}

/// `a & b`.
fn concatenate(arguments: &[JValue], meter: &Meter) -> HostFnResult {
    let mut text = String::new();
    for argument in arguments {
        match argument {
            JValue::String(part) => text.push_str(part),
            JValue::Undefined => {}
            other if is_larger(other, VALUE_BYTES) => return Err(too_much()),
            other => {
                if let JValue::String(part) = functions::string::string(other, None)? {
                    text.push_str(&part);
                }
            }
        }
    }
    meter.count(text.len(), VALUE_BYTES)?;
    Ok(JValue::from(text))
}

/// `[a, b]`, `{'a': b}`, after it was made.
fn build(arguments: &[JValue], meter: &Meter) -> HostFnResult {
    let value = first(arguments);
    if is_larger(&value, VALUE_BYTES) {
        return Err(too_much());
    }
    let parts = match &value {
        JValue::Array(array) => array.len(),
        JValue::Object(fields) => fields.len(),
        _ => 0,
    };
    meter.count(parts.saturating_mul(ELEMENT_BYTES), usize::MAX)?;
    Ok(value)
}

/// `a..b`: the last number, before the range is made. How long one may be the evaluator sees to.
fn range(arguments: &[JValue], meter: &Meter) -> HostFnResult {
    let last = arguments.get(1).cloned().unwrap_or(JValue::Undefined);
    if let (Some(first), Some(last)) = (arguments.first().and_then(JValue::as_f64), last.as_f64()) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
        let length = (last - first + 1.0).max(0.0) as usize;
        meter.count(length.saturating_mul(ELEMENT_BYTES), usize::MAX)?;
    }
    Ok(last)
}

/// An argument of `$pad`, which may be its width.
#[expect(clippy::cast_precision_loss, reason = "less than 2^53")]
fn pad(arguments: &[JValue], _: &Meter) -> HostFnResult {
    match first(arguments) {
        JValue::Number(width) if width.abs() > VALUE_BYTES as f64 => Err(too_much()),
        width => Ok(width),
    }
}

/// The texts that `$join` joins, and what it puts between them.
fn join(arguments: &[JValue], meter: &Meter) -> HostFnResult {
    let list = first(arguments);
    if let JValue::Array(texts) = &list {
        let between = arguments.get(1).and_then(JValue::as_str).map_or(0, str::len);
        let bytes = |text: &JValue| text.as_str().map_or(0, str::len).saturating_add(between);
        let all = texts.iter().map(bytes).fold(0, usize::saturating_add);
        meter.count(all, VALUE_BYTES.saturating_add(between))?;
    }
    Ok(list)
}

/// The text in which `$replace` replaces, and by what. How often, nobody knows before.
fn replace(arguments: &[JValue], _: &Meter) -> HostFnResult {
    let text = first(arguments);
    let length = |value: Option<&JValue>| value.and_then(JValue::as_str).map_or(0, str::len);
    if length(Some(&text)).saturating_mul(length(arguments.get(1))) > ALL_BYTES {
        return Err(too_much());
    }
    Ok(text)
}

/// What `$string` writes out.
fn write(arguments: &[JValue], _: &Meter) -> HostFnResult {
    let value = first(arguments);
    if is_larger(&value, VALUE_BYTES) { Err(too_much()) } else { Ok(value) }
}
