//! The history of an execution, in the shape of `GetExecutionHistory`.

mod details;
mod event;
mod event_type;
mod queries;
mod serialize;
mod told;

pub(crate) use details::role_arn;
pub use details::{Details, StateKind, TaskKind};
pub use event::Event;
pub use event_type::EventType;
pub use told::Told;

/// The events of one execution, oldest first.
///
/// Serialises as `GetExecutionHistory` answers: `{"events": […]}`.
#[derive(Debug, Clone, Default)]
pub struct History {
    events: Vec<Event>,
    /// How many events there were: more than are kept, if they went to a sink.
    count: u64,
    is_kept: bool,
}

impl History {
    pub(crate) fn new(is_kept: bool) -> Self {
        Self { events: Vec::new(), count: 0, is_kept }
    }

    /// Takes the next event and gives it its number.
    pub(crate) fn add(&mut self, mut event: Event, sink: Option<&mut Box<dyn Sink>>, execution: &str) -> u64 {
        self.count += 1;
        event.id = self.count;
        if let Some(sink) = sink {
            sink.event(execution, &event);
        }
        if self.is_kept {
            self.events.push(event);
        }
        self.count
    }

    /// The events, oldest first. Empty if the settings say that none are kept.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// How many events the execution has had, kept or not.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.count
    }

    /// Whether nothing has happened yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Where events go as they happen: a file, a log, a progress display.
pub trait Sink {
    /// An event of the execution with this ARN. Executions of nested machines and of a Distributed Map come here too.
    fn event(&mut self, execution: &str, event: &Event);
}

impl<F: FnMut(&str, &Event)> Sink for F {
    fn event(&mut self, execution: &str, event: &Event) {
        self(execution, event);
    }
}
