//! Choice rules.

use jsonc_parser::ast::Object;

use crate::model::{ChoiceRule, Comparator, Comparison, Test};

use super::fields::{Fields, dynamic_flag};

pub(super) fn choice_rule(object: Object<'_>, nested: bool) -> ChoiceRule {
    let comparators =
        object.properties.iter().filter_map(|property| Comparator::from_name(property.name.as_str()));
    let comparators: Vec<Comparator> = comparators.collect();
    let mut fields = Fields::new(object);
    let test = test(&mut fields, &comparators, nested);
    if nested {
        // a nested rule has no other field; what it has is reported as unsupported
        let comment = fields.string("Comment");
        return ChoiceRule { comment, test, nested, extra: fields.rest(), ..ChoiceRule::default() };
    }
    ChoiceRule {
        comment: fields.string("Comment"),
        test,
        output: fields.json("Output"),
        assign: fields.json_object("Assign"),
        next: fields.string("Next"),
        nested,
        extra: fields.rest(),
    }
}

fn test(fields: &mut Fields<'_>, comparators: &[Comparator], nested: bool) -> Option<Test> {
    const NESTED: &[&str] = &["And", "Or", "Not", "Variable"];
    const TOP: &[&str] = &["And", "Or", "Not", "Variable", "Condition"];
    let names = if nested { NESTED } else { TOP };
    if !names.iter().any(|name| fields.has(name)) && !comparators.is_empty() {
        return Some(Test::Comparison(comparison(fields, comparators)));
    }
    fields.take_one_of(names, |fields, name| match name {
        "And" => fields.objects(name, |object| choice_rule(object, true)).map(Test::And),
        "Or" => fields.objects(name, |object| choice_rule(object, true)).map(Test::Or),
        "Not" => {
            fields.object(name, |object| choice_rule(object, true)).map(|rule| Test::Not(Box::new(rule)))
        }
        "Condition" => fields.take(name, dynamic_flag).map(Test::Condition),
        _ => Some(Test::Comparison(comparison(fields, comparators))),
    })
}

fn comparison(fields: &mut Fields<'_>, comparators: &[Comparator]) -> Comparison {
    let names: Vec<&'static str> = comparators.iter().map(|comparator| comparator.as_str()).collect();
    Comparison {
        variable: fields.path("Variable"),
        operator: fields
            .take_one_of(&names, |fields, name| Some((Comparator::from_name(name)?, fields.json(name)?))),
    }
}
