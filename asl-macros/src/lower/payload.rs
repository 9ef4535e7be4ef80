//! Payload templates of JSONPath states: a path or an intrinsic function as a value adds `.$` to its key.

use crate::parse::tree::{Member, Object, Value, ValueKind};

use super::Lower;
use super::json::{Json, JsonEntry, JsonKind};
use super::position::Position;

/// What ends a key whose value is evaluated.
const EVALUATED: &str = ".$";

impl Lower<'_> {
    /// An object inside a template, or the whole of one.
    pub(super) fn template(&mut self, object: Object) -> Json {
        let place = object.place;
        let mut entries = Vec::with_capacity(object.members.len());
        for member in object.members {
            let entry = match member {
                Member::Entry(entry) => entry,
                Member::Arm(arm) => {
                    self.arm_outside_choice(&arm);
                    continue;
                }
            };
            let mut key = entry.key;
            let Value { place, kind } = entry.value;
            let value = match kind {
                ValueKind::Path(text) | ValueKind::Intrinsic(text) => {
                    if !key.ends_with(EVALUATED) {
                        key.push_str(EVALUATED);
                    }
                    Json { place, kind: JsonKind::Text(text) }
                }
                // below the top the name of the field no longer matters
                kind => self.value(Position::Template(""), Value { place, kind }),
            };
            entries.push(JsonEntry { key, key_place: entry.key_place, value });
        }
        Json { place, kind: JsonKind::Object(entries) }
    }
}
