//! How a history of ours differs from a recorded one.
//!
//! A recording shows a history in one of these forms: event by event; the other way round; the first events of an
//! execution that went on; with the events of a Parallel state as a heap whose ids were taken away; or, of an Express
//! workflow, single entries of its log. Where things happened at the same time and the events come in another order,
//! the branches are compared.

use serde_json::{Map, Value};

use super::branches;
use super::pattern::{Difference, Pattern, Tokens};
use super::volatile::Path;

/// A recorded history.
#[derive(Debug, Clone)]
pub struct Recording {
    events: Vec<Recorded>,
    /// Whether things happened at the same time, so that events may come in another order.
    pub is_concurrent: bool,
    /// Whether the execution went on after the last event.
    pub is_cut: bool,
}

/// A recorded event.
#[derive(Debug, Clone)]
pub(super) struct Recorded {
    pub(super) event_type: String,
    /// Its id; nothing, where the recorder took it away.
    pub(super) id: Option<u64>,
    pub(super) previous: u64,
    pub(super) pattern: Pattern,
    is_log_entry: bool,
}

/// The fields of details that hold JSON as text.
const PAYLOADS: [&str; 3] = ["input", "output", "parameters"];

/// What of an event tells its place.
pub(super) const PLACE: [&str; 2] = ["id", "previousEventId"];

impl Recording {
    /// A recorded history, with the places that are different in every run.
    ///
    /// # Errors
    ///
    /// If an event is of a form that is not known.
    pub fn new(events: &[Value], tokens: &Tokens, volatile: &[Path]) -> Result<Self, String> {
        let opened: Vec<Value> = events.iter().map(opened).collect();
        let mut whole = Pattern::of(&Value::Array(opened.clone()), tokens);
        whole.open_all(volatile);
        let Pattern::List(patterns) = whole else {
            return Err("the history is volatile as a whole".to_owned());
        };
        let read = opened.iter().zip(patterns).map(|(event, pattern)| {
            Recorded::new(event, pattern).ok_or_else(|| format!("an event is of an unknown form: {event}"))
        });
        let mut events = read.collect::<Result<Vec<_>, _>>()?;
        if events.windows(2).all(|pair| pair[0].id > pair[1].id) {
            events.reverse();
        }
        Ok(Self { events, is_concurrent: false, is_cut: false })
    }

    /// The first difference.
    #[must_use]
    pub fn difference(&self, ours: &[Value]) -> Option<String> {
        let mut ours: Vec<Value> = ours.iter().map(opened).collect();
        if self.events.iter().any(|event| event.is_log_entry) {
            return self.other_entry(&ours);
        }
        if self.events.iter().any(|event| event.id.is_none()) {
            leave_out_ends(&mut ours);
        }
        if self.is_cut {
            ours.truncate(self.events.len());
        }
        let difference = self.other_event(&ours)?;
        if self.is_concurrent && self.events.iter().all(|event| event.id.is_some()) {
            let by_branches = branches::difference(&self.events, &ours)?;
            return Some(format!("{difference}; by branches: {by_branches}"));
        }
        Some(difference)
    }

    /// Event by event, and heap by heap.
    fn other_event(&self, ours: &[Value]) -> Option<String> {
        let mut index = 0;
        while index < self.events.len().max(ours.len()) {
            let heap =
                self.events[index.min(self.events.len())..].iter().take_while(|event| event.id.is_none());
            let heap = heap.count();
            if heap > 0 {
                let end = (index + heap).min(ours.len());
                let difference =
                    branches::other_heap(&self.events[index..index + heap], &ours[index.min(end)..end]);
                if difference.is_some() {
                    return difference;
                }
                index += heap;
                continue;
            }
            let difference = match (self.events.get(index), ours.get(index)) {
                (Some(theirs), Some(ours)) => theirs.difference(ours),
                (Some(theirs), None) => {
                    Some(format!("event {}: ours ends before {}", index + 1, theirs.event_type))
                }
                (None, Some(ours)) => Some(format!("event {}: ours goes on with {ours}", index + 1)),
                (None, None) => None,
            };
            if difference.is_some() {
                return difference;
            }
            index += 1;
        }
        None
    }

    /// Entries of a log, each looked for by its id.
    fn other_entry(&self, ours: &[Value]) -> Option<String> {
        self.events.iter().find_map(|theirs| {
            let ours = ours.iter().find(|event| event["id"].as_u64() == theirs.id);
            match ours {
                Some(ours) if ours["previousEventId"] != theirs.previous => Some(format!(
                    "event {}: the service has it after event {}, we after {}",
                    ours["id"], theirs.previous, ours["previousEventId"]
                )),
                Some(ours) => theirs.difference(&as_log_entry(ours)),
                None => Some(format!("event {}: ours has no such event", theirs.id.unwrap_or_default())),
            }
        })
    }
}

impl Recorded {
    fn new(event: &Value, pattern: Pattern) -> Option<Self> {
        let number = |field: &str| {
            let value = &event[field];
            value.as_u64().or_else(|| value.as_str()?.parse().ok())
        };
        let is_log_entry = event.get("previous_event_id").is_some();
        let previous = number(if is_log_entry { "previous_event_id" } else { "previousEventId" })?;
        let id = match &event["id"] {
            Value::Array(_) => None,
            _ => Some(number("id")?),
        };
        let event_type = event["type"].as_str()?.to_owned();
        let pattern = if is_log_entry { of_log_entry(pattern) } else { pattern };
        Some(Self { event_type, id, previous, pattern, is_log_entry })
    }

    fn difference(&self, ours: &Value) -> Option<String> {
        let name = format!("event {} {}", self.id.unwrap_or_default(), self.event_type);
        if ours["type"] != *self.event_type {
            return Some(format!("{name}: ours is {}", ours["type"].as_str().unwrap_or("no event")));
        }
        self.pattern.difference(ours).map(|difference| format!("{name} {difference}"))
    }

    /// As [`difference`](Self::difference), wherever the event stands.
    pub(super) fn other_content(&self, ours: &Value) -> Option<Difference> {
        let mut ours = ours.clone();
        if let Value::Object(fields) = &mut ours {
            fields.retain(|name, _| !PLACE.contains(&name.as_str()));
        }
        self.pattern.clone().without(&PLACE).difference(&ours)
    }
}

/// An event with the JSON in its details as JSON: the recorder did so with objects, and left other values as text.
fn opened(event: &Value) -> Value {
    let mut event = event.clone();
    let fields = event.as_object_mut().into_iter().flatten();
    for (_, details) in fields.filter(|(name, _)| name.ends_with("EventDetails") || *name == "details") {
        for (name, value) in details.as_object_mut().into_iter().flatten() {
            if PAYLOADS.contains(&name.as_str()) {
                open_text(value, |_| true);
            } else if name == "cause" {
                open_text(value, Value::is_object);
            } else if name == "assignedVariables" {
                value.as_object_mut().into_iter().flatten().for_each(|(_, value)| open_text(value, |_| true));
            }
        }
    }
    event
}

fn open_text(value: &mut Value, is_meant: impl Fn(&Value) -> bool) {
    if let Some(json) = value.as_str().and_then(|text| serde_json::from_str(text).ok())
        && is_meant(&json)
    {
        *value = json;
    }
}

/// Takes out what the recorder left out where it took away the ids: the end of a Parallel state before its exit.
fn leave_out_ends(events: &mut Vec<Value>) {
    let is_end = |event: &Value| {
        ["ParallelStateSucceeded", "ParallelStateFailed"].iter().any(|it| event["type"] == *it)
    };
    let ends: Vec<bool> = (0..events.len())
        .map(|index| {
            is_end(&events[index])
                && events.get(index + 1).is_some_and(|next| next["type"] == "ParallelStateExited")
        })
        .collect();
    let mut index = 0;
    events.retain(|_| {
        index += 1;
        !ends[index - 1]
    });
}

/// What an entry of a log tells of an event: the names of its parts are others, its numbers are texts.
fn of_log_entry(pattern: Pattern) -> Pattern {
    pattern.without(&["id", "previous_event_id", "execution_arn", "redrive_count", "event_timestamp"])
}

fn as_log_entry(event: &Value) -> Value {
    let mut entry = Map::new();
    for (name, value) in event.as_object().into_iter().flatten() {
        if name == "type" {
            entry.insert(name.clone(), value.clone());
        } else if name.ends_with("EventDetails") {
            entry.insert("details".to_owned(), value.clone());
        }
    }
    Value::Object(entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;

    fn event(id: u64, previous: u64, event_type: &str) -> Value {
        json!({"id": id, "previousEventId": previous, "type": event_type, "timestamp": "timestamp"})
    }

    fn with(mut event: Value, structure: &str, details: Value) -> Value {
        event[structure] = details;
        event
    }

    /// A history as recorded, and the same of ours, in which payloads are text and times are times.
    fn pair() -> (Vec<Value>, Vec<Value>) {
        let history = |input: Value, output: Value, time: &str| {
            let mut events = vec![
                with(
                    event(1, 0, "ExecutionStarted"),
                    "executionStartedEventDetails",
                    json!({"input": input}),
                ),
                with(
                    event(2, 0, "PassStateEntered"),
                    "stateEnteredEventDetails",
                    json!({"name": "A", "input": input}),
                ),
                with(event(3, 2, "PassStateExited"), "stateExitedEventDetails", json!({"output": output})),
                with(
                    event(4, 3, "ExecutionSucceeded"),
                    "executionSucceededEventDetails",
                    json!({"output": output}),
                ),
            ];
            for event in &mut events {
                event["timestamp"] = json!(time);
            }
            events
        };
        let theirs = history(json!({"a": 1}), json!("[1, 2]"), "timestamp");
        (theirs, history(json!("{\"a\":1}"), json!("[1,2]"), "2025-01-01T00:00:00Z"))
    }

    fn recording(events: &[Value]) -> Recording {
        Recording::new(events, &Tokens::default(), &[Path::parse("$[*].timestamp").unwrap()]).unwrap()
    }

    #[track_caller]
    fn check(theirs: &[Value], ours: &[Value], expected: Option<&str>) {
        assert_eq!(recording(theirs).difference(ours).as_deref(), expected);
    }

    #[test]
    fn payloads_are_compared_as_json_and_times_not_at_all() {
        let (theirs, ours) = pair();
        check(&theirs, &ours, None);
    }

    #[test]
    fn a_changed_value_is_a_difference() {
        let (theirs, ours) = pair();
        let mut changed = ours.clone();
        changed[1]["stateEnteredEventDetails"]["input"] = json!("{\"a\":2}");
        check(
            &theirs,
            &changed,
            Some("event 2 PassStateEntered .stateEnteredEventDetails.input.a: the service has 1, we have 2"),
        );
        let mut changed = ours.clone();
        changed[3]["previousEventId"] = json!(2);
        check(
            &theirs,
            &changed,
            Some("event 4 ExecutionSucceeded .previousEventId: the service has 3, we have 2"),
        );
        let mut changed = ours;
        changed[0]["more"] = json!(1);
        check(&theirs, &changed, Some("event 1 ExecutionStarted .more: the service has nothing, we have 1"));
    }

    #[test]
    fn a_missing_an_additional_and_a_swapped_event_are_differences() {
        let (theirs, ours) = pair();
        check(&theirs, &ours[..3], Some("event 4: ours ends before ExecutionSucceeded"));
        assert!(
            recording(&theirs[..3]).difference(&ours).unwrap().starts_with("event 4: ours goes on with ")
        );
        let mut missing = ours.clone();
        missing.remove(1);
        check(&theirs, &missing, Some("event 2 PassStateEntered: ours is PassStateExited"));
        let mut swapped = ours;
        swapped.swap(1, 2);
        check(&theirs, &swapped, Some("event 2 PassStateEntered: ours is PassStateExited"));
    }

    #[test]
    fn a_history_may_be_cut_or_stand_the_other_way_round() {
        let (mut theirs, ours) = pair();
        let mut cut = recording(&theirs[..2]);
        cut.is_cut = true;
        assert_eq!(cut.difference(&ours), None);
        assert!(cut.difference(&ours[..1]).is_some());
        theirs.reverse();
        check(&theirs, &ours, None);
    }

    #[test]
    fn an_entry_of_a_log_is_looked_for_by_its_id() {
        let (_, ours) = pair();
        let entry = |output: Value| {
            json!([{"id": "4", "previous_event_id": "3", "type": "ExecutionSucceeded", "event_timestamp": "timestamp",
                "execution_arn": "arn", "redrive_count": "0", "details": {"output": output}}])
        };
        check(entry(json!("[1,2]")).as_array().unwrap(), &ours, None);
        check(
            entry(json!("[1,3]")).as_array().unwrap(),
            &ours,
            Some("event 4 ExecutionSucceeded .details.output[1]: the service has 3, we have 2"),
        );
        check(entry(json!("[1,2]")).as_array().unwrap(), &ours[..3], Some("event 4: ours has no such event"));
    }

    /// A Parallel state of two branches; `order` says which branch comes first where it does not matter.
    fn parallel(order: [&str; 2]) -> Vec<Value> {
        let mut events = vec![event(1, 0, "ExecutionStarted"), event(2, 1, "ParallelStateStarted")];
        let mut last = BTreeMap::new();
        for event_type in ["PassStateEntered", "PassStateExited"] {
            for name in order {
                let id = events.len() as u64 + 1;
                let previous = last.insert(name, id).unwrap_or(2);
                events.push(with(
                    event(id, previous, event_type),
                    "stateEnteredEventDetails",
                    json!({"name": name}),
                ));
            }
        }
        events.push(event(7, 6, "ParallelStateSucceeded"));
        events.push(event(8, 6, "ParallelStateExited"));
        events
    }

    fn by_branches(recording: &Recording, ours: &[Value]) -> Option<String> {
        Some(recording.difference(ours)?.split_once("; by branches: ")?.1.to_owned())
    }

    #[test]
    fn branches_may_come_in_any_order_if_the_recording_says_so() {
        let (theirs, ours) = (parallel(["A", "B"]), parallel(["B", "A"]));
        let mut recording = recording(&theirs);
        assert!(recording.difference(&ours).is_some());
        recording.is_concurrent = true;
        assert_eq!(recording.difference(&ours), None);

        let mut other = ours.clone();
        other[5]["stateEnteredEventDetails"]["name"] = json!("C");
        assert_eq!(
            by_branches(&recording, &other).as_deref(),
            Some(
                "event PassStateExited of a branch .stateEnteredEventDetails.name: the service has \"A\", we have \"C\""
            )
        );
        // the end of branch A follows the begin of branch B
        let mut crossed = ours;
        crossed[5]["previousEventId"] = json!(3);
        assert_eq!(
            by_branches(&recording, &crossed).as_deref(),
            Some("event PassStateExited of a branch: ours follows other events")
        );
        let mut missing = theirs.clone();
        missing.remove(5);
        assert_eq!(
            by_branches(&recording, &missing).as_deref(),
            Some("event PassStateExited of a branch: ours has none that is left")
        );
    }

    #[test]
    fn a_heap_is_compared_as_one_and_what_is_around_it_in_order() {
        let mut theirs = parallel(["A", "B"]);
        theirs.remove(6);
        for event in &mut theirs[2..6] {
            event["id"] = json!([0]);
            event["previousEventId"] = json!(0);
        }
        theirs.swap(2, 5);
        let ours = parallel(["B", "A"]);
        check(&theirs, &ours, None);

        let mut other = ours.clone();
        other[3]["type"] = json!("WaitStateEntered");
        check(&theirs, &other, Some("event PassStateEntered of a branch: ours has none that is left"));
        let mut other = ours;
        other[7]["id"] = json!(9);
        check(&theirs, &other, Some("event 8 ParallelStateExited .id: the service has 8, we have 9"));
    }
}
