//! Histories in which things happen at the same time, so that the order of events is not given.

use std::collections::BTreeMap;

use serde_json::Value;

use super::history::Recorded;

/// Events after which another thread of control goes on, or that may follow any of several.
const CUTS: [&str; 11] = [
    "MapIterationStarted",
    "MapIterationAborted",
    "MapStateStarted",
    "MapStateSucceeded",
    "MapStateFailed",
    "MapStateExited",
    "ParallelStateStarted",
    "ParallelStateSucceeded",
    "ParallelStateFailed",
    "ParallelStateExited",
    "TaskStateAborted",
];

/// The first difference between two histories, branch by branch.
///
/// Each event is seen with those before it in its branch, back to where the branch begins. The two histories are equal
/// if each event of one has such a partner in the other.
pub(super) fn difference(theirs: &[Recorded], ours: &[Value]) -> Option<String> {
    let their_lines = lines(theirs.iter().map(|event| Place {
        id: event.id,
        previous: event.previous,
        is_cut: CUTS.contains(&event.event_type.as_str()),
    }));
    let our_lines = lines(ours.iter().map(|event| Place {
        id: event["id"].as_u64(),
        previous: event["previousEventId"].as_u64().unwrap_or_default(),
        is_cut: event["type"].as_str().is_some_and(|event_type| CUTS.contains(&event_type)),
    }));
    let is_equal: Vec<Vec<bool>> = theirs
        .iter()
        .map(|theirs| ours.iter().map(|ours| theirs.other_content(ours).is_none()).collect())
        .collect();
    let is_partner = |one: usize, other: usize| {
        let (one, other) = (&their_lines[one], &our_lines[other]);
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_equal[*one][*other])
    };
    unpaired(theirs, ours, is_partner)
}

/// The first difference between events that stand in no order.
pub(super) fn other_heap(theirs: &[Recorded], ours: &[Value]) -> Option<String> {
    unpaired(theirs, ours, |one, other| theirs[one].other_content(&ours[other]).is_none())
}

fn unpaired(
    theirs: &[Recorded],
    ours: &[Value],
    is_partner: impl Fn(usize, usize) -> bool,
) -> Option<String> {
    let pairs = pair(theirs.len(), ours.len(), is_partner);
    let left: Vec<&Value> =
        (0..ours.len()).filter(|it| !pairs.contains(&Some(*it))).map(|it| &ours[it]).collect();
    if let Some(alone) = pairs.iter().position(Option::is_none) {
        let alone = &theirs[alone];
        let name = format!("event {} of a branch", alone.event_type);
        let near = left.iter().find(|ours| ours["type"] == *alone.event_type);
        return Some(match near.map(|ours| alone.other_content(ours)) {
            Some(Some(difference)) => format!("{name} {difference}"),
            Some(None) => format!("{name}: ours follows other events"),
            None => format!("{name}: ours has none that is left"),
        });
    }
    left.first().map(|ours| format!("a branch of ours goes on with {ours}"))
}

struct Place {
    id: Option<u64>,
    previous: u64,
    is_cut: bool,
}

/// For each event, the indices of those before it in its branch and itself, the last first.
fn lines(places: impl Iterator<Item = Place>) -> Vec<Vec<usize>> {
    let places: Vec<Place> = places.collect();
    let by_id: BTreeMap<u64, usize> =
        places.iter().enumerate().filter_map(|(index, place)| Some((place.id?, index))).collect();
    let line = |mut index: usize| {
        let mut line = vec![index];
        while !places[index].is_cut {
            // a history that goes in a circle is none, but must not hang the comparison
            let Some(before) = by_id.get(&places[index].previous).filter(|_| line.len() <= places.len())
            else {
                break;
            };
            index = *before;
            line.push(index);
        }
        line
    };
    (0..places.len()).map(line).collect()
}

/// Gives each of ours to one of theirs, so that as many as possible have a partner.
fn pair(theirs: usize, ours: usize, is_partner: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let mut owners: Vec<Option<usize>> = vec![None; ours];
    for one in 0..theirs {
        give(one, &mut owners, &mut vec![false; ours], &is_partner);
    }
    let mut pairs = vec![None; theirs];
    for (other, owner) in owners.iter().enumerate() {
        if let Some(owner) = owner {
            pairs[*owner] = Some(other);
        }
    }
    pairs
}

/// Finds a partner, if need be by finding another for the one whose partner it is.
fn give(
    one: usize,
    owners: &mut [Option<usize>],
    seen: &mut [bool],
    is_partner: &impl Fn(usize, usize) -> bool,
) -> bool {
    for other in 0..owners.len() {
        if seen[other] || !is_partner(one, other) {
            continue;
        }
        seen[other] = true;
        if owners[other].is_none_or(|owner| give(owner, owners, seen, is_partner)) {
            owners[other] = Some(one);
            return true;
        }
    }
    false
}
