//! The functions that the service adds to JSONata, and those of which it, or this crate, has another version.
//!
//! What they do with arguments out of range, and the texts of their errors, was measured by third parties on the service
//! (August 2026).

use std::rc::Rc;

use chrono::{DateTime, SecondsFormat};
use jsonata_core::evaluator::{Evaluator, EvaluatorError, HostFnResult};
use jsonata_core::value::JValue;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::chance::Chance;
use super::{strict, timestamp};
use crate::digest;
use crate::jsonata::limits::LONGEST_RANGE;
use crate::jsonata::wording::MEMORY;
use crate::random::JavaRandom;

/// A function that is ours and not the evaluator's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Special {
    Partition,
    Range,
    Hash,
    Uuid,
    Random,
    Parse,
    Now,
    Millis,
    Shuffle,
    EncodeUrl,
    EncodeUrlComponent,
    /// What completes the arguments of `$toMillis`, which itself is the evaluator's.
    ToMillis,
}

/// The time that `$toMillis` reads, with the parts that its picture leaves out.
pub(super) const STAMP: &str = "(stamp)";

/// The picture of `$toMillis` with the parts that it leaves out.
pub(super) const PICTURE: &str = "(picture)";

impl Special {
    const ALL: [(&'static str, Self); 12] = [
        ("partition", Self::Partition),
        ("range", Self::Range),
        ("hash", Self::Hash),
        ("uuid", Self::Uuid),
        ("random", Self::Random),
        ("parse", Self::Parse),
        ("now", Self::Now),
        ("millis", Self::Millis),
        ("shuffle", Self::Shuffle),
        ("encodeUrl", Self::EncodeUrl),
        ("encodeUrlComponent", Self::EncodeUrlComponent),
        ("toMillis", Self::ToMillis),
    ];

    /// The function that a name stands for, if it is one of ours.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(other, _)| *other == name).map(|(_, special)| *special)
    }

    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().map(|(_, special)| *special)
    }

    /// Whether it tells the time.
    pub(crate) fn needs_time(self) -> bool {
        matches!(self, Self::Now | Self::Millis | Self::ToMillis)
    }

    /// Whether it gives something else each time.
    pub(crate) fn needs_chance(self) -> bool {
        matches!(self, Self::Uuid | Self::Random | Self::Shuffle)
    }

    /// How many arguments it takes.
    pub(super) fn arity(self) -> usize {
        match self {
            Self::Uuid | Self::Now | Self::Millis => 0,
            Self::Random | Self::Parse | Self::Shuffle | Self::EncodeUrl | Self::EncodeUrlComponent => 1,
            Self::Partition | Self::Hash | Self::ToMillis => 2,
            Self::Range => 3,
        }
    }

    fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, other)| *other == self).map_or("", |(name, _)| name)
    }

    pub(super) fn register(self, evaluator: &mut Evaluator, now: i64, chance: &Rc<Chance>) {
        let mut register = |name: &str, special: Self| {
            let chance = Rc::clone(chance);
            let call = move |arguments: &[JValue]| special.call(arguments, now, &chance);
            // refused only for functions that the evaluator inlines, and none of these is one
            let registered = evaluator.register_fn_override(name, call);
            debug_assert!(registered.is_ok(), "{name} cannot be replaced");
        };
        match self {
            Self::ToMillis => {
                for (name, call) in [(STAMP, stamp as fn(&[JValue], i64) -> JValue), (PICTURE, picture)] {
                    let call = move |arguments: &[JValue]| Ok(call(arguments, now));
                    let registered = evaluator.register_fn(name, call);
                    debug_assert!(registered.is_ok(), "no function is called {name}");
                }
            }
            // with a picture it is rewritten to use the other
            Self::Now => {
                register("now", self);
                register("millis", Self::Millis);
            }
            _ => register(self.name(), self),
        }
    }

    fn call(self, arguments: &[JValue], now: i64, chance: &Chance) -> HostFnResult {
        let call = Call { name: self.name(), arguments };
        match self {
            Self::Partition => partition(&call),
            Self::Range => range(&call),
            Self::Hash => hash(&call),
            Self::Uuid => uuid(&call, chance),
            Self::Random => random(&call, chance),
            Self::Parse => parse(&call),
            Self::Now => call.at_most(0).map(|()| JValue::from(iso(now))),
            #[expect(clippy::cast_precision_loss, reason = "a double is what JSONata has")]
            Self::Millis => call.at_most(0).map(|()| JValue::Number(now as f64)),
            Self::Shuffle => shuffle(&call, chance),
            Self::EncodeUrl => call.encoded(KEPT_IN_A_URL),
            Self::EncodeUrlComponent => call.encoded(KEPT_IN_A_PART),
            // is not called by this name
            Self::ToMillis => Ok(JValue::Undefined),
        }
    }
}

/// The arguments of a call; those that are missing are undefined.
struct Call<'a> {
    name: &'static str,
    arguments: &'a [JValue],
}

impl Call<'_> {
    fn get(&self, index: usize) -> &JValue {
        self.arguments.get(index).unwrap_or(&JValue::Undefined)
    }

    fn at_most(&self, count: usize) -> Result<(), EvaluatorError> {
        if self.get(count).is_undefined() { Ok(()) } else { Err(self.mismatch(count)) }
    }

    /// The argument does not fit; the service counts from 1.
    fn mismatch(&self, index: usize) -> EvaluatorError {
        fault(format!(
            "T0410: Argument {} of function \"{}\" does not match function signature",
            index + 1,
            self.name
        ))
    }

    fn string(&self, index: usize) -> Result<&str, EvaluatorError> {
        self.get(index).as_str().ok_or_else(|| self.mismatch(index))
    }

    /// A number without its fraction: the service rounds towards zero.
    fn integer(&self, index: usize) -> Result<i64, EvaluatorError> {
        match self.get(index) {
            #[expect(clippy::cast_possible_truncation, reason = "saturates, as Java's conversion does")]
            JValue::Number(number) => Ok(number.trunc() as i64),
            _ => Err(self.mismatch(index)),
        }
    }

    fn encoded(&self, kept: &'static AsciiSet) -> HostFnResult {
        self.at_most(1)?;
        match self.get(0) {
            JValue::Undefined => Ok(JValue::Undefined),
            _ => Ok(JValue::from(utf8_percent_encode(self.string(0)?, kept).to_string())),
        }
    }
}

fn fault(text: impl Into<String>) -> EvaluatorError {
    EvaluatorError::EvaluationError(text.into())
}

/// What `encodeURIComponent` of JavaScript leaves as it is.
const KEPT_IN_A_PART: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// What `encodeURI` of JavaScript leaves as it is.
const KEPT_IN_A_URL: &AsciiSet = &KEPT_IN_A_PART
    .remove(b';')
    .remove(b',')
    .remove(b'/')
    .remove(b'?')
    .remove(b':')
    .remove(b'@')
    .remove(b'&')
    .remove(b'=')
    .remove(b'+')
    .remove(b'$')
    .remove(b'#');

/// `$partition(array, size)`: chunks, the last with what is left. Without a size the whole array is one chunk; an empty
/// array and the size 0 give nothing.
fn partition(call: &Call<'_>) -> HostFnResult {
    call.at_most(2)?;
    let array = match call.get(0) {
        JValue::Undefined => return Ok(JValue::Undefined),
        JValue::Array(array) => array,
        _ => return Err(fault("T0412: Argument 1 of function \"partition\" must be an array of undefined")),
    };
    let size = if call.get(1).is_undefined() { array.len().max(1) } else { chunk_size(call)? };
    if array.is_empty() || size == 0 {
        return Ok(JValue::Undefined);
    }
    Ok(JValue::array(array.chunks(size).map(|chunk| JValue::array(chunk.to_vec())).collect()))
}

fn chunk_size(call: &Call<'_>) -> Result<usize, EvaluatorError> {
    let size = call.integer(1)?;
    usize::try_from(size).map_err(|_| fault("D3137: Second argument must be zero or greater"))
}

/// `$range(first, last, delta)`: the numbers from the first, in steps of delta, up to the last and with it. Without a
/// delta, and with one that leads away from the last, there is nothing; a single number is no array.
fn range(call: &Call<'_>) -> HostFnResult {
    call.at_most(3)?;
    let (first, last) = (i128::from(call.integer(0)?), i128::from(call.integer(1)?));
    if call.get(2).is_undefined() {
        return Ok(JValue::Undefined);
    }
    let delta = i128::from(call.integer(2)?);
    if delta == 0 || (last - first).signum() * delta.signum() < 0 {
        return Ok(JValue::Undefined);
    }
    let count = (last - first) / delta + 1;
    if count > i128::from(LONGEST_RANGE) {
        return Err(fault(MEMORY));
    }
    #[expect(clippy::cast_precision_loss, reason = "a double is what JSONata has")]
    let numbers = (0..count).map(|step| JValue::Number((first + step * delta) as f64)).collect();
    Ok(JValue::sequence(numbers))
}

/// `$hash(text, algorithm)`.
fn hash(call: &Call<'_>) -> HostFnResult {
    call.at_most(2)?;
    let text = call.string(0)?;
    if call.get(1).is_undefined() {
        return Ok(JValue::Undefined);
    }
    let algorithm = call.string(1)?;
    digest::hash(text.as_bytes(), algorithm).map(JValue::from).ok_or_else(|| {
        let known = digest::algorithms();
        fault(format!("D3137: Hash algorithm '{algorithm}' must be one of {known}"))
    })
}

/// `$uuid()`: version 4.
fn uuid(call: &Call<'_>, chance: &Chance) -> HostFnResult {
    call.at_most(0)?;
    Ok(JValue::from(chance.uuid()))
}

/// `$random()`, `$random(seed)`: 0 ≤ n < 1.
fn random(call: &Call<'_>, chance: &Chance) -> HostFnResult {
    call.at_most(1)?;
    Ok(JValue::Number(match call.get(0) {
        JValue::Undefined => chance.unit(),
        // the service's own number, as measured by third parties in August 2026
        _ => JavaRandom::new(call.integer(0)?).double(),
    }))
}

/// What `$now()` gives. With a picture the call never comes here: it is rewritten to one of `$fromMillis`.
fn iso(millis: i64) -> String {
    DateTime::from_timestamp_millis(millis).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// The first argument of `$toMillis`, given it and the second.
fn stamp(arguments: &[JValue], now: i64) -> JValue {
    match arguments {
        [JValue::String(text), JValue::String(picture)] => {
            JValue::from(timestamp::completed_text(text, picture, now))
        }
        _ => arguments.first().cloned().unwrap_or(JValue::Undefined),
    }
}

/// The second argument of `$toMillis`.
fn picture(arguments: &[JValue], _: i64) -> JValue {
    match arguments {
        [JValue::String(picture)] => JValue::from(timestamp::completed_picture(picture)),
        _ => arguments.first().cloned().unwrap_or(JValue::Undefined),
    }
}

/// `$parse(text)`: the value of a JSON text; nothing for nothing.
fn parse(call: &Call<'_>) -> HostFnResult {
    call.at_most(1)?;
    if call.get(0).is_undefined() {
        return Ok(JValue::Undefined);
    }
    strict::parse(call.string(0)?).map_err(|_| fault("D3137: Invalid JSON"))
}

/// `$shuffle(array)`: each order is as likely.
fn shuffle(call: &Call<'_>, chance: &Chance) -> HostFnResult {
    call.at_most(1)?;
    let mut array = match call.get(0) {
        JValue::Undefined => return Ok(JValue::Undefined),
        JValue::Array(array) => array.to_vec(),
        other => vec![other.clone()],
    };
    for end in (1..array.len()).rev() {
        array.swap(end, chance.below(end + 1));
    }
    Ok(JValue::array(array))
}
