//! What the tests of a JSONPath Choice come to.

use std::cmp::Ordering;
use std::rc::Rc;

use crate::model::state::Choice;
use crate::model::{ChoiceRule, Comparator, Comparison, OperandType, Test, Value};
use crate::syntax::{Timestamp, contains_placeholder};

use super::literals::{Literals, Numeral};
use super::lookup::Lookup;
use super::observation::{Fact, described};
use super::place::Place;
use super::reading::Reading;
use super::shape::{Shape, Types};

/// What a test comes to, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Always,
    Never,
    Open,
}

impl Verdict {
    const fn of(flag: bool) -> Self {
        if flag { Self::Always } else { Self::Never }
    }

    const fn not(self) -> Self {
        match self {
            Self::Always => Self::Never,
            Self::Never => Self::Always,
            Self::Open => Self::Open,
        }
    }
}

impl Reading<'_> {
    /// What a rule of a Choice comes to. Comparisons that never hold are noted.
    pub(super) fn decide(
        &mut self,
        at: &Place<'_>,
        rule: &ChoiceRule,
        choice: &Choice,
        document: &Shape,
    ) -> Verdict {
        let before = self.observations.len();
        let verdict = self.rule(at, rule, document);
        let rules = choice.choices.as_deref().unwrap_or_default();
        let mut place = 0;
        self.observations.retain(|observation| {
            place += 1;
            match &observation.fact {
                Fact::NeverTrue { path, .. } if place > before => !is_told_by_type(rules, path),
                _ => true,
            }
        });
        verdict
    }

    /// What a rule comes to. As when it runs, `And` and `Or` end where they are decided, so that a test behind
    /// `IsPresent` is only looked at where there may be something.
    pub(super) fn rule(&mut self, at: &Place<'_>, rule: &ChoiceRule, document: &Shape) -> Verdict {
        match &rule.test {
            Some(Test::And(rules)) => {
                self.rules(&at.field("And"), rules, document, Verdict::Never, Verdict::Always)
            }
            Some(Test::Or(rules)) => {
                self.rules(&at.field("Or"), rules, document, Verdict::Always, Verdict::Never)
            }
            Some(Test::Not(rule)) => self.rule(&at.field("Not"), rule, document).not(),
            Some(Test::Comparison(comparison)) => self.comparison(at, comparison, document),
            Some(Test::Condition(_)) | None => Verdict::Open,
        }
    }

    fn rules(
        &mut self,
        at: &Place<'_>,
        rules: &[ChoiceRule],
        document: &Shape,
        decides: Verdict,
        otherwise: Verdict,
    ) -> Verdict {
        // that of none has a finding of its own
        let mut all = if rules.is_empty() { Verdict::Open } else { otherwise };
        for (index, rule) in rules.iter().enumerate() {
            match self.rule(&at.index(index), rule, document) {
                verdict if verdict == decides => return decides,
                Verdict::Open => all = Verdict::Open,
                Verdict::Always | Verdict::Never => {}
            }
        }
        all
    }

    fn comparison(&mut self, at: &Place<'_>, comparison: &Comparison, document: &Shape) -> Verdict {
        let (Some(variable), Some((comparator, operand))) = (&comparison.variable, &comparison.operator)
        else {
            return Verdict::Open;
        };
        let variable = variable.as_str();
        if !self.is_worth_reading(variable, document) && comparator.operand_type() != OperandType::Path {
            return Verdict::Open;
        }
        if *comparator == Comparator::IsPresent {
            return self.is_present(variable, operand, document);
        }
        let of_variable = at.field("Variable");
        let Some(lookup) = self.look(&of_variable, variable, document) else { return Verdict::Open };
        let of_operand = at.field(comparator.as_str());
        let other = match operand {
            Value::String(text) if contains_placeholder(text) => Shape::UNKNOWN,
            Value::String(path) if comparator.operand_type() == OperandType::Path => {
                self.path(&of_operand, path, document)
            }
            literal => Shape::exact(literal, &Rc::clone(&self.origin)),
        };
        let Lookup::Found(shape) = lookup else { return Verdict::Open };
        let Some(types) = shape.types() else { return Verdict::Open };
        let Some(family) = Family::of(*comparator) else {
            return is_of_type(types, *comparator, operand);
        };
        if !family.fits(types) {
            self.never_true(&of_operand, variable, *comparator, &shape, true);
            return Verdict::Never;
        }
        if let (OperandType::Path, Value::String(path), Some(types)) =
            (comparator.operand_type(), operand, other.types())
            && !family.fits(types)
        {
            self.never_true(&of_operand, path, *comparator, &other, true);
            return Verdict::Never;
        }
        let verdict = compare(family, *comparator, types, &other);
        // a single value is often a stand-in for a task that is yet to be written
        if verdict == Verdict::Never && types.has_several_values() {
            self.never_true(&of_operand, variable, *comparator, &shape, false);
        }
        verdict
    }

    fn never_true(
        &mut self,
        at: &Place<'_>,
        path: &str,
        comparator: Comparator,
        shape: &Shape,
        by_type: bool,
    ) {
        let fact = Fact::NeverTrue { path: path.to_owned(), comparator, found: described(shape), by_type };
        self.note(at, None, fact);
    }

    fn is_present(&self, variable: &str, operand: &Value, document: &Shape) -> Verdict {
        let (Ok(path), Value::Bool(wanted)) = (crate::syntax::JsonPath::parse(variable), operand) else {
            return Verdict::Open;
        };
        match self.find(&path, document) {
            Lookup::Found(_) => Verdict::of(*wanted),
            Lookup::Missing(_) => Verdict::of(!*wanted),
            Lookup::Maybe(_) => Verdict::Open,
        }
    }
}

/// Whether rules tell values of several types at a path apart, by comparing them as each of these types: then it is
/// meant that most comparisons do not hold.
fn is_told_by_type(rules: &[ChoiceRule], path: &str) -> bool {
    let mut families = Vec::new();
    each_comparison(rules, &mut |comparison| {
        if let (Some(variable), Some((comparator, _))) = (&comparison.variable, &comparison.operator)
            && variable.as_str() == path
            && *comparator != Comparator::IsPresent
        {
            families.push(Family::of(*comparator));
        }
    });
    families.windows(2).any(|pair| pair[0] != pair[1]) || families.contains(&None)
}

pub(super) fn each_comparison(rules: &[ChoiceRule], visit: &mut dyn FnMut(&Comparison)) {
    for rule in rules {
        match &rule.test {
            Some(Test::And(rules) | Test::Or(rules)) => each_comparison(rules, visit),
            Some(Test::Not(rule)) => each_comparison(std::slice::from_ref(rule), visit),
            Some(Test::Comparison(comparison)) => visit(comparison),
            Some(Test::Condition(_)) | None => {}
        }
    }
}

/// What a comparator compares, from its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    String,
    Numeric,
    Boolean,
    Timestamp,
}

impl Family {
    /// `None` for those that ask for the type.
    fn of(comparator: Comparator) -> Option<Self> {
        let name = comparator.as_str();
        [
            ("String", Self::String),
            ("Numeric", Self::Numeric),
            ("Boolean", Self::Boolean),
            ("Timestamp", Self::Timestamp),
        ]
        .into_iter()
        .find_map(|(prefix, family)| name.starts_with(prefix).then_some(family))
    }

    /// Whether a value may be of the type that is compared. One of another type makes the comparison false.
    fn fits(self, types: &Types) -> bool {
        match self {
            Self::String => !types.string.is_none(),
            Self::Numeric => !types.number.is_none(),
            Self::Boolean => !types.boolean.is_none(),
            Self::Timestamp => types.string.may_be(|text| Timestamp::parse(text).is_ok()),
        }
    }
}

/// Compares values of which every one is known; the order is what the end of the comparator's name says.
fn compare(family: Family, comparator: Comparator, types: &Types, other: &Shape) -> Verdict {
    let Some(other) = other.types() else { return Verdict::Open };
    let orders = match family {
        Family::String => orders(&types.string, &other.string, |one, other| {
            Some(one.encode_utf16().cmp(other.encode_utf16()))
        }),
        Family::Numeric => orders(&types.number, &other.number, |one: &Numeral, other| Some(one.cmp(other))),
        Family::Boolean => orders(&types.boolean, &other.boolean, |one, other| Some(one.cmp(other))),
        Family::Timestamp => orders(&types.string, &other.string, |one, other| {
            Some(Timestamp::parse(one).ok()?.cmp(&Timestamp::parse(other).ok()?))
        }),
    };
    let Some(orders) = orders else { return Verdict::Open };
    let name = comparator.as_str().trim_end_matches("Path");
    let holds = |order: Ordering| {
        if name.ends_with("LessThanEquals") {
            order.is_le()
        } else if name.ends_with("GreaterThanEquals") {
            order.is_ge()
        } else if name.ends_with("LessThan") {
            order.is_lt()
        } else if name.ends_with("GreaterThan") {
            order.is_gt()
        } else {
            order.is_eq()
        }
    };
    if comparator == Comparator::StringMatches {
        return Verdict::Open;
    }
    if !orders.iter().any(|order| holds(*order)) {
        Verdict::Never
    } else if types.count() == 1 && other.count() == 1 && orders.iter().all(|order| holds(*order)) {
        Verdict::Always
    } else {
        Verdict::Open
    }
}

/// How each value that may stand on the left compares to each on the right, if all are known.
fn orders<T>(
    left: &Literals<T>,
    right: &Literals<T>,
    order: impl Fn(&T, &T) -> Option<Ordering>,
) -> Option<Vec<Ordering>> {
    let (Literals::Of(left), Literals::Of(right)) = (left, right) else { return None };
    left.iter().flat_map(|one| right.iter().map(|other| order(one, other)).collect::<Vec<_>>()).collect()
}

/// What a test for the type comes to: whether the value is of it as the operand says.
fn is_of_type(types: &Types, comparator: Comparator, operand: &Value) -> Verdict {
    let Value::Bool(wanted) = operand else { return Verdict::Open };
    let only = types.count() == 1;
    let (may_be, must_be) = match comparator {
        Comparator::IsNull => (types.null, only),
        Comparator::IsNumeric => (!types.number.is_none(), only),
        Comparator::IsString => (!types.string.is_none(), only),
        Comparator::IsBoolean => (!types.boolean.is_none(), only),
        Comparator::IsTimestamp => {
            let is_timestamp = |text: &Rc<str>| Timestamp::parse(text).is_ok();
            (types.string.may_be(is_timestamp), only && types.string.must_be(is_timestamp))
        }
        _ => return Verdict::Open,
    };
    if !may_be {
        Verdict::of(!*wanted)
    } else if must_be {
        Verdict::of(*wanted)
    } else {
        Verdict::Open
    }
}
