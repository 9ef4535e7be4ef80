//! Questions that tests ask of a history.

use super::{Details, Event, EventType, History};

impl History {
    /// The names of the states entered, in order. States inside of branches and iterations are among them.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        self.events.iter().filter_map(Event::entered_state)
    }

    /// Whether the state was entered.
    #[must_use]
    pub fn visited(&self, state: &str) -> bool {
        self.visits(state) > 0
    }

    /// How often the state was entered. A retry does not enter it again.
    #[must_use]
    pub fn visits(&self, state: &str) -> usize {
        self.states().filter(|name| *name == state).count()
    }

    /// How often the work of the state was begun again by its retriers, over all visits.
    ///
    /// Told from the events that led to each other, so it holds for states of branches and iterations too.
    #[must_use]
    pub fn retries(&self, state: &str) -> usize {
        let is_begin = |event: &&Event| {
            matches!(event.details, Details::TaskScheduled { .. } | Details::StateStarted { .. })
        };
        let begun = self.events.iter().filter(is_begin).filter(|event| self.state_of(event) == Some(state));
        begun.count().saturating_sub(self.visits_begun(state))
    }

    /// The events of a type, in order.
    pub fn of_type(&self, event_type: EventType) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(move |event| event.event_type() == event_type)
    }

    /// The state within which an event happened: the last one entered on the way that led to it.
    #[must_use]
    pub fn state_of<'a>(&'a self, event: &'a Event) -> Option<&'a str> {
        let mut event = event;
        // states that were left on the way back belong to branches or come before
        let mut left = 0_usize;
        loop {
            match &event.details {
                Details::StateExited { .. } => left += 1,
                Details::StateEntered { name, .. } if left == 0 => return Some(name),
                Details::StateEntered { .. } => left -= 1,
                _ => {}
            }
            let before = event.previous_event_id;
            if before == 0 || before >= event.id {
                return None;
            }
            event = self.events.get(usize::try_from(before - 1).ok()?)?;
        }
    }

    /// The visits of a state whose work was begun at all: a failure in `Parameters` comes before.
    fn visits_begun(&self, state: &str) -> usize {
        let first_of_visit = |event: &&Event| {
            matches!(event.details, Details::TaskScheduled { .. } | Details::StateStarted { .. })
                && usize::try_from(event.previous_event_id.wrapping_sub(1))
                    .ok()
                    .and_then(|place| self.events.get(place))
                    .and_then(Event::entered_state)
                    == Some(state)
        };
        self.events.iter().filter(first_of_visit).count()
    }
}

impl Event {
    fn entered_state(&self) -> Option<&str> {
        match &self.details {
            Details::StateEntered { name, .. } => Some(name),
            _ => None,
        }
    }
}
