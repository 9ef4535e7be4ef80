//! What JSONata expressions give, as far as simple ones tell without being run.

use crate::model::Value;
use crate::syntax::jsonata::{Expression, Kind, Pair};
use crate::syntax::{Jsonata, contains_placeholder};

use super::observation::{Fact, reason};
use super::place::Place;
use super::reading::Reading;
use super::shape::{Field, Object, Shape};

/// What `$states` holds at a place.
#[derive(Clone)]
pub(super) struct States {
    pub(super) input: Shape,
    /// `$states.result`, where there is one.
    pub(super) result: Shape,
    /// `$states.errorOutput`, where there is one.
    pub(super) error_output: Shape,
}

/// What an expression gives.
pub(super) enum Outcome {
    /// A value, whatever happens.
    Value(Shape),
    /// A value or nothing.
    Maybe(Shape),
    /// Nothing: a path ends at the step of this number, in this value.
    Nothing { step: usize, container: Shape },
}

impl Outcome {
    pub(super) const UNKNOWN: Self = Self::Maybe(Shape::UNKNOWN);

    pub(super) fn certain(self) -> Option<Shape> {
        match self {
            Self::Value(shape) => Some(shape),
            Self::Maybe(_) | Self::Nothing { .. } => None,
        }
    }

    /// The number that is given, if anything is, and it is one that is known.
    pub(super) fn only_number(&self) -> Option<f64> {
        match self {
            Self::Value(shape) | Self::Maybe(shape) => shape.only_number(),
            Self::Nothing { .. } => None,
        }
    }
}

impl States {
    /// Where there is only the input.
    pub(super) fn of_input(input: &Shape) -> Self {
        Self { input: input.clone(), result: Shape::UNKNOWN, error_output: Shape::UNKNOWN }
    }

    fn is_unknown(&self) -> bool {
        self.input.is_unknown() && self.result.is_unknown() && self.error_output.is_unknown()
    }
}

/// Functions whose results are known in part even if nothing is known of what they are given.
const BUILDERS: [&str; 3] = ["$range(", "$partition(", "$merge("];

impl Reading<'_> {
    /// What JSON with expressions in its strings gives.
    pub(super) fn json(&mut self, at: &Place<'_>, value: &Value, states: &States) -> Shape {
        match value {
            Value::String(text) if text.starts_with("{%") => self.expression(at, text, states),
            Value::Object(fields) => {
                let mut object = Object::closed(&self.origin);
                for (name, value) in fields {
                    let shape = self.json(&at.field(name), value, states);
                    object.set_key(name, shape);
                }
                Shape::object(object)
            }
            Value::Array(elements) => {
                let read = |(index, element)| self.json(&at.index(index), element, states);
                Shape::elements(elements.iter().enumerate().map(read).collect())
            }
            literal => Shape::exact(literal, &self.origin),
        }
    }

    /// What one expression gives. A path that matches nothing is noted, if it is all of the expression: inside of
    /// others nothing has its uses.
    pub(super) fn expression(&mut self, at: &Place<'_>, text: &str, states: &States) -> Shape {
        let Ok(jsonata) = Jsonata::parse(text) else { return Shape::UNKNOWN };
        let source = jsonata.source();
        let code = source.trim_start();
        let refers = code.starts_with('$') && !BUILDERS.iter().any(|function| code.starts_with(function));
        if contains_placeholder(source) || refers && states.is_unknown() && self.variables.is_empty() {
            return Shape::UNKNOWN;
        }
        let Ok(expression) = Expression::parse_strict(source) else { return Shape::UNKNOWN };
        match self.outcome(&expression, states) {
            Outcome::Value(shape) | Outcome::Maybe(shape) => shape,
            Outcome::Nothing { step, container } => {
                self.nothing(at, source, &expression, step, &container);
                Shape::UNKNOWN
            }
        }
    }

    fn nothing(
        &mut self,
        at: &Place<'_>,
        source: &str,
        expression: &Expression,
        step: usize,
        container: &Shape,
    ) {
        let Kind::Path(steps) = &expression.kind else { return };
        let Some([before, missing]) = steps.get(step - 1..=step) else { return };
        let start = steps[0].span.start;
        let text = |end| source.get(start..end).unwrap_or_default().to_owned();
        let fact = Fact::NoMatch {
            path: text(expression.span.end),
            container: text(before.span.end),
            reason: reason(container, field_name(missing)),
        };
        // positions count from behind the opening delimiter
        self.note(at, Some(missing.span.start + 2..missing.span.end + 2), fact);
    }

    pub(super) fn outcome(&self, expression: &Expression, states: &States) -> Outcome {
        match &expression.kind {
            Kind::String(text) => Outcome::Value(Shape::text(text)),
            Kind::Number(number) => Outcome::Value(Shape::exact_number(*number)),
            Kind::Boolean(flag) => Outcome::Value(Shape::exact_boolean(*flag)),
            Kind::Null => Outcome::Value(Shape::null()),
            Kind::Negate(inner) => match &inner.kind {
                Kind::Number(number) => Outcome::Value(Shape::exact_number(-number)),
                _ => Outcome::UNKNOWN,
            },
            Kind::Variable(name) if name != "states" => Outcome::Value(self.variables.get(name)),
            Kind::Path(steps) => self.steps(steps, states),
            Kind::Object(pairs) => self.pairs(pairs, states),
            Kind::Array(items) => self.items(items, states),
            Kind::Binary { operator, left, right } => self.binary(*operator, left, right, states),
            Kind::Call { arguments, .. } => self.function(expression, arguments, states),
            Kind::Block(expressions) => match expressions.as_slice() {
                [only] => match self.outcome(only, states) {
                    Outcome::Nothing { .. } => Outcome::UNKNOWN,
                    other => other,
                },
                _ => Outcome::UNKNOWN,
            },
            _ => Outcome::UNKNOWN,
        }
    }

    /// `$states.input.a.b` and `$variable.a.b`, as long as they lead through objects: through arrays they multiply.
    fn steps(&self, steps: &[Expression], states: &States) -> Outcome {
        let Some(Kind::Variable(root)) = steps.first().map(|step| &step.kind) else {
            return Outcome::UNKNOWN;
        };
        let (mut at, from) = if root == "states" {
            let document = match steps.get(1).and_then(field_name) {
                Some("input") => &states.input,
                Some("result") => &states.result,
                Some("errorOutput") => &states.error_output,
                _ => return Outcome::UNKNOWN,
            };
            (document.clone(), 2)
        } else {
            (self.variables.get(root), 1)
        };
        let mut certain = true;
        for (place, step) in steps.iter().enumerate().skip(from) {
            let (Some(name), Some(types)) = (field_name(step), at.types()) else { return Outcome::UNKNOWN };
            if types.array.is_some() {
                return Outcome::UNKNOWN;
            }
            let field = types.object.as_ref().map(|object| (object.field(name), object.open));
            let next = match field {
                Some((Some(field), _)) => {
                    certain &= field.always && types.count() == 1;
                    field.shape.clone()
                }
                Some((None, true)) => return Outcome::UNKNOWN,
                Some((None, false)) | None => return Outcome::Nothing { step: place, container: at },
            };
            at = next;
        }
        if certain { Outcome::Value(at) } else { Outcome::Maybe(at) }
    }

    fn pairs(&self, pairs: &[Pair], states: &States) -> Outcome {
        let mut object = Object::closed(&self.origin);
        for pair in pairs {
            let Kind::String(name) = &pair.key.kind else { return Outcome::Value(Shape::open([])) };
            let (shape, always) = match self.outcome(&pair.value, states) {
                Outcome::Value(shape) => (shape, true),
                Outcome::Maybe(shape) => (shape, false),
                Outcome::Nothing { .. } => continue,
            };
            object.set(name.as_str().into(), Field { shape, always });
        }
        Outcome::Value(Shape::object(object))
    }
}

/// The field that a step of a path asks for.
pub(super) fn field_name(step: &Expression) -> Option<&str> {
    match &step.kind {
        Kind::Name(name) | Kind::String(name) => Some(name),
        _ => None,
    }
}
