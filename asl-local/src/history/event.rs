use super::{Details, EventType};

/// One event of a history.
///
/// Serialises as `GetExecutionHistory` gives it: `timestamp`, `type`, `id`, `previousEventId`, and the details under
/// the name of their structure, such as `stateEnteredEventDetails`.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// From 1, without gaps.
    pub id: u64,
    /// The event that led to this one; 0 for the first two.
    pub previous_event_id: u64,
    /// Milliseconds since 1970-01-01T00:00:00Z on the virtual clock.
    pub timestamp: i64,
    /// What happened.
    pub details: Details,
}

impl Event {
    /// The type, as the service names it.
    #[must_use]
    pub fn event_type(&self) -> EventType {
        self.details.event_type()
    }
}
