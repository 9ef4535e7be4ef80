//! Numbers that a Choice compares: one of them may count the rounds of a loop.

use std::rc::Rc;

use crate::model::state::Choice;
use crate::model::{Dynamic, PathOrNull, QueryLanguage, Test, Value};
use crate::syntax::jsonata::{BinaryOperator, Context, Expression, Kind};
use crate::syntax::{JsonPath, Jsonata, Root, Segment, Selector};

use super::condition::each_comparison;
use super::expression::{States, field_name};
use super::lookup::Lookup;
use super::place::Place;
use super::reading::Reading;
use super::record::Moment;
use super::shape::Shape;

/// Where a number is kept from state to state: in the data or in a variable, maybe in a field of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Counter {
    variable: Option<Rc<str>>,
    fields: Vec<Segment>,
}

impl Counter {
    fn new<'n>(variable: Option<&str>, fields: impl IntoIterator<Item = &'n str>) -> Option<Self> {
        let field =
            |name: &str| Segment { descendant: false, selector: Selector::Name(name.to_owned()), span: 0..0 };
        let counter =
            Self { variable: variable.map(Rc::from), fields: fields.into_iter().map(field).collect() };
        // the data as a whole is no place for a number that a loop can keep
        (counter.variable.is_some() || !counter.fields.is_empty()).then_some(counter)
    }

    fn of_path(text: &str) -> Option<Self> {
        let path = JsonPath::parse(text).ok()?;
        let variable = match path.root() {
            Root::Input => None,
            Root::Variable(name) => Some(name.as_str()),
            Root::Context | Root::Current | Root::Placeholder(_) => return None,
        };
        let name = |segment: &Segment| match &segment.selector {
            Selector::Name(name) if !segment.descendant => Some(name.clone()),
            _ => None,
        };
        let names: Option<Vec<String>> = path.segments().iter().map(name).collect();
        Self::new(variable, names?.iter().map(String::as_str))
    }

    fn of_expression(expression: &Expression) -> Option<Self> {
        match &expression.kind {
            Kind::Variable(name) if name != "states" => Self::new(Some(name), []),
            Kind::Path(steps) => {
                let (first, rest) = steps.split_first()?;
                let Kind::Variable(root) = &first.kind else { return None };
                let names: Option<Vec<&str>> = rest.iter().map(field_name).collect();
                match (root.as_str(), names?.as_slice()) {
                    ("states", ["input", fields @ ..]) => Self::new(None, fields.iter().copied()),
                    ("states", _) => None,
                    (variable, fields) => Self::new(Some(variable), fields.iter().copied()),
                }
            }
            _ => None,
        }
    }

    /// The number, if it is known.
    pub(super) fn get(&self, moment: &Moment) -> Option<f64> {
        let found = match &self.variable {
            None => moment.input.walk(&self.fields),
            Some(name) => moment.variables.get(name).walk(&self.fields),
        };
        match found {
            Lookup::Found(shape) => shape.only_number(),
            Lookup::Maybe(_) | Lookup::Missing(_) => None,
        }
    }

    /// The same data with another number.
    pub(super) fn set(&self, moment: &Moment, number: f64, origin: &str) -> Moment {
        let (number, origin) = (Shape::exact_number(number), Rc::from(origin));
        let mut moment = moment.clone();
        match &self.variable {
            None => moment.input = moment.input.put(&self.fields, number, &origin),
            Some(name) => {
                let value = moment.variables.get(name).put(&self.fields, number, &origin);
                moment.variables.set(name, value);
            }
        }
        moment
    }
}

/// What stands on one side of a comparison of numbers.
pub(super) enum Side {
    Number(f64),
    Path(String),
    Expression(Expression),
}

impl Side {
    /// What there may be a counter.
    fn counters(&self) -> Vec<Counter> {
        match self {
            Self::Number(_) => Vec::new(),
            Self::Path(path) => Counter::of_path(path).into_iter().collect(),
            Self::Expression(expression) => {
                let mut counters = Vec::new();
                expression.walk(&mut |part, _| counters.extend(Counter::of_expression(part)));
                counters
            }
        }
    }

    /// Its number at a place, if that is known.
    pub(super) fn number(&self, moment: &Moment) -> Option<f64> {
        let mut reading =
            Reading { variables: &moment.variables, origin: Rc::from(""), observations: Vec::new() };
        match self {
            Self::Number(number) => Some(*number),
            Self::Path(path) => reading.path(&Place::STATE, path, &moment.input).only_number(),
            Self::Expression(expression) => {
                reading.outcome(expression, &States::of_input(&moment.input)).only_number()
            }
        }
    }
}

/// More comparisons than this are not weighed against each other.
const MAX_COMPARISONS: usize = 32;

/// The comparisons of numbers in the rules of a Choice; none if there are too many.
pub(super) fn comparisons(choice: &Choice, language: QueryLanguage) -> Vec<[Side; 2]> {
    let rules = choice.choices.as_deref().unwrap_or_default();
    let mut found = Vec::new();
    match language {
        // below an `InputPath` the same paths mean something else
        QueryLanguage::JsonPath
            if choice.input_path.as_ref().is_none_or(|path| *path == PathOrNull::Path("$".into())) =>
        {
            each_comparison(rules, &mut |comparison| {
                let (Some(variable), Some((comparator, operand))) =
                    (&comparison.variable, &comparison.operator)
                else {
                    return;
                };
                if !comparator.as_str().starts_with("Numeric") {
                    return;
                }
                let operand = match operand {
                    Value::Number(number) => number.as_f64().map(Side::Number),
                    Value::String(path) => Some(Side::Path(path.clone())),
                    _ => None,
                };
                let variable = Side::Path(variable.as_str().to_owned());
                found.extend(operand.map(|operand| [variable, operand]));
            });
        }
        QueryLanguage::JsonPath => {}
        QueryLanguage::Jsonata => {
            for rule in rules {
                let Some(Test::Condition(Dynamic::Expression(condition))) = &rule.test else { continue };
                let parsed = Jsonata::parse(condition.as_str()).ok();
                let parsed = parsed.and_then(|it| Expression::parse_strict(it.source()).ok());
                let Some(expression) = parsed else { continue };
                expression.walk(&mut |part, context| {
                    if let (Kind::Binary { operator, left, right }, Context::Outer) = (&part.kind, context)
                        && is_comparison(*operator)
                    {
                        found.push([left, right].map(|side| Side::Expression((**side).clone())));
                    }
                });
            }
        }
    }
    if found.len() > MAX_COMPARISONS { Vec::new() } else { found }
}

/// More numbers than this are not looked at: a loop has one counter, and a few other numbers.
const MAX_COUNTERS: usize = 8;

/// The first numbers that comparisons look at, each once.
pub(super) fn counters(comparisons: &[[Side; 2]]) -> Vec<Counter> {
    let mut counters: Vec<Counter> = Vec::new();
    for counter in comparisons.iter().flatten().flat_map(Side::counters) {
        if counters.len() == MAX_COUNTERS {
            break;
        }
        if !counters.contains(&counter) {
            counters.push(counter);
        }
    }
    counters
}

const fn is_comparison(operator: BinaryOperator) -> bool {
    use BinaryOperator::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    matches!(operator, Less | AtMost | Greater | AtLeast | Equal | NotEqual)
}
