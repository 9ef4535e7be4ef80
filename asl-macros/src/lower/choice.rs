//! Choice states: arms become rules.

use asl_core::model::{Kind, QueryLanguage};

use crate::errors::Place;
use crate::parse::tree::{
    Arm, Comparison, Condition, ConditionKind, Entry, Member, Object, Pattern, Target, Value, ValueKind,
};

use super::Lower;
use super::json::{Json, JsonEntry, JsonKind};

impl Lower<'_> {
    /// A Choice state; or one of a misspelt type, which might have been a Choice.
    pub(super) fn choice(&mut self, kind: Kind, object: Object) -> Json {
        let mut entries: Vec<JsonEntry> = Vec::new();
        let mut rules: Vec<Json> = Vec::new();
        let mut first_arm: Option<(usize, Place)> = None;
        for member in object.members {
            match member {
                Member::Entry(entry) => {
                    if entry.key == "Choices" && first_arm.is_some() {
                        self.arms_and_choices(entry.key_place);
                    }
                    entries.push(self.entry(kind, entry));
                }
                Member::Arm(arm) if matches!(arm.pattern, Pattern::Otherwise) => {
                    self.otherwise(kind, arm.place, arm.target, &mut entries);
                }
                Member::Arm(arm) => {
                    if first_arm.is_none() {
                        if entries.iter().any(|entry| entry.key == "Choices") {
                            self.arms_and_choices(arm.place);
                        }
                        first_arm = Some((entries.len(), arm.place));
                    }
                    rules.push(self.rule(*arm));
                }
            }
        }
        if let Some((index, place)) = first_arm {
            let value = Json { place, kind: JsonKind::Array(rules) };
            entries.insert(index, JsonEntry { key: "Choices".to_owned(), key_place: place, value });
        }
        Json { place: object.place, kind: JsonKind::Object(entries) }
    }

    fn entry(&mut self, kind: Kind, entry: Entry) -> JsonEntry {
        let value = self.field(kind, &entry.key, entry.value);
        JsonEntry { key: entry.key, key_place: entry.key_place, value }
    }

    fn arms_and_choices(&mut self, at: Place) {
        self.errors.push_with_help(
            at,
            "a Choice state has either arms or `Choices`",
            "write this rule as the others are written",
        );
    }

    pub(super) fn arm_outside_choice(&mut self, arm: &Arm) {
        self.errors.push_with_help(arm.place, "only a Choice state has arms", "write `Field: value` here");
    }

    /// `_ => …`: the fields of the block are those of the state, which hold when no rule matches.
    fn otherwise(&mut self, kind: Kind, place: Place, target: Target, entries: &mut Vec<JsonEntry>) {
        let fields = match target {
            Target::Next(next) => vec![(place, "Default".to_owned(), next)],
            Target::Fields(object) => self
                .fields(object)
                .into_iter()
                .map(|entry| {
                    let key = if entry.key == "Next" { "Default".to_owned() } else { entry.key };
                    (entry.key_place, key, entry.value)
                })
                .collect(),
        };
        for (key_place, key, value) in fields {
            entries.push(self.entry(kind, Entry { key, key_place, value }));
        }
    }

    /// The entries of a block behind `=>`.
    fn fields(&mut self, object: Object) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(object.members.len());
        for member in object.members {
            match member {
                Member::Entry(entry) => entries.push(entry),
                Member::Arm(arm) => self.arm_outside_choice(&arm),
            }
        }
        entries
    }

    fn rule(&mut self, arm: Arm) -> Json {
        let place = arm.place;
        let mut entries = match arm.pattern {
            Pattern::Condition(condition) => {
                if self.language == QueryLanguage::Jsonata {
                    self.errors.push_with_help(
                        place,
                        "a condition on paths has no meaning in a JSONata state",
                        "write an expression: `\"{% $states.input.total > 100 %}\" => …`",
                    );
                }
                self.condition(*condition)
            }
            Pattern::Jsonata(text) => {
                if self.language == QueryLanguage::JsonPath {
                    self.errors.push_with_help(
                        place,
                        "a string is no condition in a JSONPath state",
                        "compare a path: `$.total > 100 => …`; or set `QueryLanguage: JSONata`",
                    );
                }
                let value = Json { place, kind: JsonKind::Text(text) };
                vec![JsonEntry { key: "Condition".to_owned(), key_place: place, value }]
            }
            Pattern::Otherwise => Vec::new(),
        };
        let fields = match arm.target {
            Target::Next(value) => {
                vec![Entry { key: "Next".to_owned(), key_place: value.place, value }]
            }
            Target::Fields(object) => self.fields(object),
        };
        for field in fields {
            entries.push(self.entry(Kind::ChoiceRule, field));
        }
        Json { place, kind: JsonKind::Object(entries) }
    }

    /// The fields of a rule that say its condition.
    fn condition(&mut self, condition: Condition) -> Vec<JsonEntry> {
        let place = condition.place;
        let (key, kind) = match condition.kind {
            ConditionKind::And(parts) => ("And", JsonKind::Array(self.conditions(parts))),
            ConditionKind::Or(parts) => ("Or", JsonKind::Array(self.conditions(parts))),
            ConditionKind::Not(inner) => ("Not", JsonKind::Object(self.condition(*inner))),
            ConditionKind::Comparison(comparison) => return self.comparison(*comparison),
        };
        vec![JsonEntry { key: key.to_owned(), key_place: place, value: Json { place, kind } }]
    }

    fn conditions(&mut self, conditions: Vec<Condition>) -> Vec<Json> {
        conditions
            .into_iter()
            .map(|condition| {
                let place = condition.place;
                Json { place, kind: JsonKind::Object(self.condition(condition)) }
            })
            .collect()
    }

    fn comparison(&mut self, comparison: Comparison) -> Vec<JsonEntry> {
        let Comparison { variable, variable_place, comparator, comparator_place, operand } = comparison;
        let variable = Value { place: variable_place, kind: ValueKind::Path(variable) };
        let variable = Entry { key: "Variable".to_owned(), key_place: variable_place, value: variable };
        let operand = Entry { key: comparator, key_place: comparator_place, value: operand };
        vec![self.entry(Kind::NestedRule, variable), self.entry(Kind::NestedRule, operand)]
    }
}
