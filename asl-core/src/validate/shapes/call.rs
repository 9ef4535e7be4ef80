//! What calls of intrinsic functions give, and what they are given.

use crate::syntax::Intrinsic;
use crate::syntax::intrinsic::{Argument, ArgumentValue, Function, Kind};

use super::arithmetic;
use super::lookup::Lookup;
use super::observation::{Fact, described};
use super::place::Place;
use super::reading::Reading;
use super::shape::{Array, Shape};

impl Reading<'_> {
    pub(super) fn call(&mut self, at: &Place<'_>, text: &str, call: &Intrinsic, document: &Shape) -> Shape {
        let parameters = call.function.parameters();
        let mut given = Vec::with_capacity(call.arguments.len());
        for (place, argument) in call.arguments.iter().enumerate() {
            let shape = self.argument(at, text, argument, document);
            // the last parameter of a variadic function is that of all further arguments
            let wanted = parameters.get(place).or(parameters.last()).map_or(Kind::Any, |it| it.kind);
            // what a literal or the result of another call is can be told without the data
            if matches!(argument.value, ArgumentValue::Path(_)) && !is(&shape, wanted) {
                let fact = Fact::CannotWork {
                    value: text.get(argument.span.clone()).unwrap_or_default().to_owned(),
                    found: described(&shape),
                    wanted: name(wanted),
                };
                self.note(at, Some(argument.span.clone()), fact);
            }
            given.push(shape);
        }
        result(call.function, &given)
    }

    fn argument(&mut self, at: &Place<'_>, text: &str, argument: &Argument, document: &Shape) -> Shape {
        match &argument.value {
            ArgumentValue::String(literal) if literal.has_placeholder() => Shape::string(),
            ArgumentValue::String(literal) => Shape::text(&literal.text()),
            ArgumentValue::Number(number) => number.as_f64().map_or_else(Shape::number, Shape::exact_number),
            ArgumentValue::Bool(flag) => Shape::exact_boolean(*flag),
            ArgumentValue::Null => Shape::null(),
            ArgumentValue::Placeholder(_) => Shape::UNKNOWN,
            ArgumentValue::Call(inner) => self.call(at, text, inner, document),
            ArgumentValue::Path(path) => match self.find(path, document) {
                Lookup::Missing(miss) => {
                    self.no_match(at, text, path, &miss);
                    Shape::UNKNOWN
                }
                found => found.shape(),
            },
        }
    }
}

/// Whether a value may be of the type that a function wants.
fn is(shape: &Shape, wanted: Kind) -> bool {
    let Some(types) = shape.types() else { return true };
    match wanted {
        Kind::Any => true,
        Kind::String => !types.string.is_none(),
        Kind::Number => !types.number.is_none(),
        Kind::Boolean => !types.boolean.is_none(),
        Kind::Null => types.null,
        Kind::Array => types.array.is_some(),
        Kind::Object => types.object.is_some(),
    }
}

const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Any => "any value",
        Kind::String => "a string",
        Kind::Number => "a number",
        Kind::Boolean => "a boolean",
        Kind::Null => "null",
        Kind::Array => "an array",
        Kind::Object => "an object",
    }
}

fn result(function: Function, given: &[Shape]) -> Shape {
    let array = |place: usize| given.get(place)?.types()?.array.as_ref();
    match (function, given) {
        (Function::Array, elements) => Shape::elements(elements.to_vec()),
        (Function::ArrayRange, [first, last, step]) => Shape::array(arithmetic::range(first, last, step)),
        (Function::ArrayPartition, [array, size]) => Shape::array(arithmetic::parts(array, size)),
        (Function::ArrayLength, [array]) => array.length().map_or_else(Shape::number, arithmetic::number),
        (Function::MathAdd, [first, second]) => arithmetic::sum_of_integers(first, second),
        (Function::StringSplit, _) => Shape::array(Array::each(Shape::string())),
        (Function::ArrayUnique, _) => {
            let element = array(0).and_then(Array::element).unwrap_or(Shape::UNKNOWN);
            Shape::array(Array::each(element))
        }
        (Function::ArrayGetItem, [_, index]) => element(array(0), index).unwrap_or(Shape::UNKNOWN),
        (Function::JsonMerge, [first, second, _]) => {
            let object = |shape: &Shape| shape.types()?.object.clone();
            let both = object(first).zip(object(second));
            both.map_or_else(|| Shape::open([]), |(first, second)| Shape::object(first.merge(&second)))
        }
        _ => match function.result() {
            Kind::String => Shape::string(),
            Kind::Number => Shape::number(),
            Kind::Boolean => Shape::boolean(),
            Kind::Array => Shape::array(Array::each(Shape::UNKNOWN)),
            Kind::Object => Shape::open([]),
            Kind::Any | Kind::Null => Shape::UNKNOWN,
        },
    }
}

/// The element of an array at an index that is known.
fn element(array: Option<&Array>, index: &Shape) -> Option<Shape> {
    match array? {
        Array::Each { element, .. } => Some(element.clone()),
        Array::Known(elements) => {
            let index = index.types()?.number.only()?.value();
            elements.iter().enumerate().find_map(|(place, element)| {
                (place.to_string() == index.to_string()).then(|| element.clone())
            })
        }
    }
}
