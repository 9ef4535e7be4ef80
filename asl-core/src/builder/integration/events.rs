use super::{Call, integration};
use crate::builder::{IntoPayload, IntoTransition, Language, Payload, Plain, Task};

integration! {
    /// `events:putEvents`: see [`Task::events_put_events`].
    EventsPutEvents: TakesTaskToken
}

impl<L: Language> Task<L, Plain> {
    /// Sends events to EventBridge (`events:putEvents`); [`event`] makes one.
    ///
    /// See [EventBridge](https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html).
    ///
    /// ```
    /// use asl_core::jsonpath::{Task, end, event, path};
    /// use serde_json::json;
    /// let task = Task::events_put_events([event("shop", "OrderPlaced", path("$.order"))], end());
    /// assert_eq!(
    ///     json!(task)["Parameters"],
    ///     json!({"Entries": [{"Source": "shop", "DetailType": "OrderPlaced", "Detail.$": "$.order"}]}),
    /// );
    /// ```
    pub fn events_put_events(
        entries: impl IntoPayload<L>,
        transition: impl IntoTransition,
    ) -> Task<L, EventsPutEvents> {
        Task::of_integration(Call::new("events:putEvents"), transition).parameter("Entries", entries)
    }
}

/// One event for [`Task::events_put_events`], on the default bus unless `EventBusName` is set.
///
/// ```
/// use asl_core::jsonpath::{JsonPath, event, path, Template};
/// let entry: Template = event("shop", "OrderPlaced", path("$.order")).set("EventBusName", "orders");
/// assert_eq!(serde_json::json!(entry)["EventBusName"], "orders");
/// ```
pub fn event<L: Language>(
    source: impl IntoPayload<L>,
    detail_type: impl IntoPayload<L>,
    detail: impl IntoPayload<L>,
) -> Payload<L> {
    Payload::new().set("Source", source).set("DetailType", detail_type).set("Detail", detail)
}
