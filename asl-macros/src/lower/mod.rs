//! Tree → JSON: conditions become rules, and where a value stands decides what it becomes.
//!
//! Nothing is judged here that the validator judges; what is reported is what has no JSON.

pub(crate) mod json;
mod position;
mod payload;
mod choice;
mod misplaced;

use asl_core::model::{Kind, QueryLanguage};

use crate::errors::{Errors, Place};
use crate::parse::tree::{Entry, Member, Object, Value, ValueKind};

use json::{Hole, Json, JsonEntry, JsonKind, Lowered, Role};
use position::{Position, position};

/// Makes JSON of a machine.
pub(crate) fn lower(errors: &mut Errors, machine: Object) -> Lowered {
    let language = language(&machine).unwrap_or(QueryLanguage::JsonPath);
    let mut lower = Lower { errors, holes: Vec::new(), machine: language, language };
    let machine = lower.object(Kind::StateMachine, machine);
    Lowered { machine, holes: lower.holes }
}

struct Lower<'e> {
    errors: &'e mut Errors,
    holes: Vec<Hole>,
    /// The language of states that do not name their own.
    machine: QueryLanguage,
    /// The language at this place.
    language: QueryLanguage,
}

/// The language that a machine or state names.
fn language(object: &Object) -> Option<QueryLanguage> {
    QueryLanguage::from_name(constant(object, "QueryLanguage")?)
}

/// The text of a field that holds a constant.
fn constant<'o>(object: &'o Object, key: &str) -> Option<&'o str> {
    object.members.iter().find_map(|member| match member {
        Member::Entry(entry) if entry.key == key => match &entry.value.kind {
            ValueKind::Word(word) => Some(word.as_str()),
            ValueKind::String(text) => Some(text.value.as_str()),
            _ => None,
        },
        _ => None,
    })
}

fn kind_of_state(name: &str) -> Kind {
    Kind::STATES.iter().copied().find(|kind| kind.name() == name).unwrap_or(Kind::UnknownState)
}

impl Lower<'_> {
    fn value(&mut self, at: Position<'_>, value: Value) -> Json {
        let place = value.place;
        let kind = match value.kind {
            ValueKind::Null => JsonKind::Null,
            ValueKind::Bool(flag) => JsonKind::Bool(flag),
            ValueKind::Number(digits) => JsonKind::Number(digits),
            ValueKind::String(text) => JsonKind::Text(text),
            ValueKind::Word(word) => return self.word(at, word, place),
            ValueKind::Path(path) => return self.path(at, path, place),
            ValueKind::Intrinsic(call) => return self.intrinsic(at, call, place),
            ValueKind::Array(elements) => {
                let at = match at {
                    Position::List(kind) => Position::Object(kind),
                    at => at,
                };
                JsonKind::Array(elements.into_iter().map(|element| self.element(at, element)).collect())
            }
            ValueKind::Object(object) => return self.object_at(at, object),
            ValueKind::Typed(name, name_place, object) => return self.typed(at, name, name_place, object),
            ValueKind::Hole(expression) => {
                self.holes.push(Hole { place, expression, role: role(at) });
                JsonKind::Hole(self.holes.len() - 1)
            }
        };
        Json { place, kind }
    }

    /// An element of an array.
    fn element(&mut self, at: Position<'_>, value: Value) -> Json {
        if let (Position::Template(_), ValueKind::Path(text) | ValueKind::Intrinsic(text)) = (at, &value.kind)
        {
            self.in_template_array(text, value.place);
            return Json { place: value.place, kind: JsonKind::Null };
        }
        self.value(at, value)
    }

    fn object_at(&mut self, at: Position<'_>, object: Object) -> Json {
        match at {
            Position::State => self.state(object),
            Position::States => self.entries(object, |lower, _, value| lower.value(Position::State, value)),
            Position::Object(kind) => self.object(kind, object),
            Position::Template(_) => self.template(object),
            Position::List(_)
            | Position::Name(_)
            | Position::StateName
            | Position::Path
            | Position::Expressions(_)
            | Position::Verbatim
            | Position::Constant(..)
            | Position::Free => self.entries(object, |lower, _, value| lower.value(at, value)),
        }
    }

    /// An object of the language.
    fn object(&mut self, kind: Kind, object: Object) -> Json {
        if matches!(kind, Kind::Choice | Kind::UnknownState) {
            return self.choice(kind, object);
        }
        self.entries(object, |lower, key, value| lower.field(kind, key, value))
    }

    /// One field of an object of the language.
    fn field(&mut self, kind: Kind, key: &str, value: Value) -> Json {
        let at = position(kind, key, self.language);
        self.value(at, value)
    }

    /// An object without arms.
    fn entries(&mut self, object: Object, mut each: impl FnMut(&mut Self, &str, Value) -> Json) -> Json {
        let mut entries = Vec::with_capacity(object.members.len());
        for member in object.members {
            match member {
                Member::Entry(entry) => {
                    let value = each(self, &entry.key, entry.value);
                    entries.push(JsonEntry { key: entry.key, key_place: entry.key_place, value });
                }
                Member::Arm(arm) => self.arm_outside_choice(&arm),
            }
        }
        Json { place: object.place, kind: JsonKind::Object(entries) }
    }

    /// `{ Type: Task, … }`
    fn state(&mut self, object: Object) -> Json {
        let kind = constant(&object, "Type").map_or(Kind::UnknownState, kind_of_state);
        let own = language(&object).unwrap_or(self.machine);
        let outer = std::mem::replace(&mut self.language, own);
        let state = self.object(kind, object);
        self.language = outer;
        state
    }

    /// `Task { … }`
    fn typed(&mut self, at: Position<'_>, name: String, name_place: Place, object: Object) -> Json {
        if !matches!(at, Position::State | Position::Free) {
            self.errors.push_with_help(
                name_place,
                format!("`{name} {{ … }}` is a state, and states stand in `States`"),
                format!("remove `{name}`, or move the state"),
            );
        }
        let value = Value { place: name_place, kind: ValueKind::Word(name) };
        let of_type = Entry { key: "Type".to_owned(), key_place: name_place, value };
        let members = std::iter::once(Member::Entry(of_type)).chain(object.members).collect();
        self.state(Object { place: object.place, members })
    }
}

/// How far the value of a hole matters at a position.
fn role(at: Position<'_>) -> Role {
    match at {
        Position::State
        | Position::States
        | Position::StateName
        | Position::Object(Kind::Branch | Kind::ChoiceRule | Kind::Catcher)
        | Position::List(Kind::Branch | Kind::ChoiceRule | Kind::Catcher)
        | Position::Template("Assign")
        | Position::Expressions("Assign")
        | Position::Constant(_, "End") => Role::Flow,
        Position::Name("ErrorEquals" | "JitterStrategy")
        | Position::Object(Kind::Retrier | Kind::NestedRule)
        | Position::List(_)
        | Position::Path
        | Position::Template(_)
        | Position::Expressions(_)
        | Position::Verbatim
        | Position::Constant(..)
        | Position::Free => Role::Content,
        Position::Name(_) | Position::Object(_) => Role::Shape,
    }
}
