//! Which Context Object a test may be given.

use serde_json::Value;

use super::{TestStateError, refused};

/// What a member may be.
#[derive(Clone, Copy)]
enum Member {
    Text,
    Number,
    Anything,
    Object(&'static [(&'static str, Member)]),
}

/// The members of the Context Object (specification, "The Context Object").
const CONTEXT: &[(&str, Member)] = &[
    (
        "Execution",
        Member::Object(&[
            ("Id", Member::Text),
            ("Input", Member::Anything),
            ("Name", Member::Text),
            ("RoleArn", Member::Text),
            ("StartTime", Member::Text),
            ("RedriveCount", Member::Number),
            ("RedriveTime", Member::Text),
        ]),
    ),
    (
        "State",
        Member::Object(&[
            ("EnteredTime", Member::Text),
            ("Name", Member::Text),
            ("RetryCount", Member::Number),
        ]),
    ),
    ("StateMachine", Member::Object(&[("Id", Member::Text), ("Name", Member::Text)])),
    ("Task", Member::Object(&[("Token", Member::Text)])),
    (
        "Map",
        Member::Object(&[(
            "Item",
            Member::Object(&[
                ("Index", Member::Number),
                ("Value", Member::Anything),
                ("Key", Member::Text),
                ("Source", Member::Text),
            ]),
        )]),
    ),
];

/// Refuses what is no Context Object. Members may be missing; recorded are an unknown member and a text that is none.
pub(super) fn check(context: &Value) -> Result<(), TestStateError> {
    object("", context, CONTEXT).map_err(|fault| refused(format!("Invalid Context object provided: {fault}")))
}

fn object(place: &str, value: &Value, members: &[(&str, Member)]) -> Result<(), String> {
    let Some(fields) = value.as_object() else {
        return Err(if place.is_empty() {
            "it must be a JSON object".to_owned()
        } else {
            format!("{place} must be an object")
        });
    };
    for (name, value) in fields {
        let place = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
        let Some((_, member)) = members.iter().find(|(known, _)| known == name) else {
            return Err(format!("Field '{place}' is not allowed"));
        };
        match member {
            Member::Text if !value.is_string() => return Err(format!("{place} must be a string")),
            Member::Number if !value.is_number() => return Err(format!("{place} must be a number")),
            Member::Object(members) => object(&place, value, members)?,
            Member::Text | Member::Number | Member::Anything => {}
        }
    }
    Ok(())
}
