//! The fields of the Context Object, which JSONPath reaches as `$$` and JSONata as `$states.context`.
//!
//! Source: [Context Object](https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html).

use crate::syntax::closest;

/// A field of the Context Object.
struct Node {
    name: &'static str,
    inside: Inside,
}

/// What a field holds.
enum Inside {
    /// Fields of the Context Object.
    Fields(&'static [Node]),
    /// A text or a number.
    Nothing,
    /// The user's data.
    Anything,
}

const fn value(name: &'static str) -> Node {
    Node { name, inside: Inside::Nothing }
}

const fn data(name: &'static str) -> Node {
    Node { name, inside: Inside::Anything }
}

const fn fields(name: &'static str, fields: &'static [Node]) -> Node {
    Node { name, inside: Inside::Fields(fields) }
}

const CONTEXT_OBJECT: &[Node] = &[
    fields(
        "Execution",
        &[
            value("Id"),
            data("Input"),
            value("Name"),
            value("RoleArn"),
            value("StartTime"),
            value("RedriveCount"),
            value("RedriveTime"),
        ],
    ),
    fields("State", &[value("EnteredTime"), value("Name"), value("RetryCount")]),
    fields("StateMachine", &[value("Id"), value("Name")]),
    fields("Task", &[value("Token")]),
    fields("Map", &[fields("Item", &[value("Index"), data("Value"), value("Key"), value("Source")])]),
];

/// A name that the Context Object does not have.
pub(super) struct Unknown {
    /// Which of the names.
    pub(super) index: usize,
    /// What the names should have been, from the first to the wrong one: `Execution.Id`.
    pub(super) similar: Option<String>,
    /// What there is in its place.
    pub(super) known: Vec<&'static str>,
}

/// The first of some names, one inside the other, that the Context Object does not have.
pub(super) fn unknown_field(names: &[&str]) -> Option<Unknown> {
    let mut level = CONTEXT_OBJECT;
    for (index, name) in names.iter().enumerate() {
        let Some(node) = level.iter().find(|node| node.name == *name) else {
            let known: Vec<&'static str> = level.iter().map(|node| node.name).collect();
            let similar = closest(name, known.iter().copied());
            let similar = similar.map(|similar| {
                let mut path: Vec<&str> = names[..index].to_vec();
                path.push(similar);
                path.join(".")
            });
            return Some(Unknown { index, similar, known });
        };
        match node.inside {
            Inside::Fields(fields) => level = fields,
            Inside::Nothing => level = &[],
            Inside::Anything => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::unknown_field;

    #[test]
    fn the_first_wrong_name_is_found_with_what_it_should_be() {
        let index = |names: &[&str]| unknown_field(names).map(|unknown| (unknown.index, unknown.similar));
        assert_eq!(index(&[]), None);
        assert_eq!(index(&["Execution"]), None);
        assert_eq!(index(&["Execution", "Input", "anything"]), None);
        assert_eq!(index(&["Map", "Item", "Value", "id"]), None);
        assert_eq!(index(&["Execution", "ID"]), Some((1, Some("Execution.Id".to_owned()))));
        assert_eq!(index(&["Execution", "Name", "x"]), Some((2, None)));
        assert_eq!(index(&["Taks"]), Some((0, Some("Task".to_owned()))));
    }
}
