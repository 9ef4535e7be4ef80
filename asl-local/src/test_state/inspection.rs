//! What is shown of the data on its way through a state.

use asl_core::model::QueryLanguage;
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::{Map, Value};

use crate::Data;
use crate::execution::{Ended, Step};
use crate::history::StateKind;
use crate::program::State;

/// `inspectionData`: the data after each step that the state has done.
///
/// What is there depends on type and query language of the state, as recorded. Serialises as in the API: payloads are
/// JSON text, what is not there is left out.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct InspectionData {
    /// The state's input.
    pub input: Option<Value>,
    /// `Arguments` of a JSONata Task.
    pub after_arguments: Option<Value>,
    /// What `InputPath` selects.
    pub after_input_path: Option<Value>,
    /// `Parameters` of a JSONPath Task or Pass.
    pub after_parameters: Option<Value>,
    /// What a Task answered.
    pub result: Option<Value>,
    /// What `ResultSelector` makes of the result.
    pub after_result_selector: Option<Value>,
    /// The input with the result in it.
    pub after_result_path: Option<Value>,
    /// The items that `ItemsPath` selects.
    pub after_items_path: Option<Value>,
    /// What `ItemSelector` makes of the items: the inputs of the iterations.
    pub after_item_selector: Option<Value>,
    /// The batches of `ItemBatcher`: the inputs of the children.
    pub after_item_batcher: Option<Value>,
    /// The items that `ItemsPointer` leads to in what the reader read.
    pub after_items_pointer: Option<Value>,
    /// `ToleratedFailureCount` of a Distributed Map.
    pub tolerated_failure_count: Option<u64>,
    /// `ToleratedFailurePercentage` of a Distributed Map.
    pub tolerated_failure_percentage: Option<f64>,
    /// `MaxConcurrency` of a Map; 0 if it says nothing.
    pub max_concurrency: Option<i64>,
    /// The variables there are after the state; nothing if there are none.
    pub variables: Option<Map<String, Value>>,
    /// Which retrier or catcher matched the error.
    pub error_details: Option<ErrorDetails>,
}

/// `errorDetails`: what handles the error.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ErrorDetails {
    /// The place in `Catch` of the catcher that matched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catch_index: Option<usize>,
    /// The place in `Retry` of the retrier that matched, also if it has no attempts left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_index: Option<usize>,
    /// How many seconds the retrier would wait.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "seconds")]
    pub retry_backoff_interval_seconds: Option<f64>,
}

/// Whole seconds are written as an integer, as recorded.
#[allow(clippy::ref_option, reason = "the signature is serde's")]
fn seconds<S: Serializer>(seconds: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match seconds {
        #[allow(clippy::cast_possible_truncation, reason = "no retrier waits for 2^53 seconds")]
        Some(seconds) if seconds.fract() == 0.0 => serializer.serialize_i64(*seconds as i64),
        seconds => seconds.serialize(serializer),
    }
}

impl InspectionData {
    /// What the service shows of such a state.
    pub(super) fn of(ended: Ended, state: &State, variables: Map<String, Value>) -> Self {
        let trace = ended.trace;
        let error_details = ErrorDetails {
            catch_index: trace.catcher,
            retry_index: trace.retrier.map(|(index, _)| index),
            retry_backoff_interval_seconds: trace.retrier.and_then(|(_, seconds)| seconds),
        };
        let limits = trace.limits;
        let is_json_path = state.language == QueryLanguage::JsonPath;
        let (kind, input, mut steps) =
            (state.kind, trace.input().map(Data::json).cloned(), trace.into_steps());
        let mut take = |step: Step, is_shown: bool| {
            let data = steps.remove(&step).filter(|_| is_shown);
            data.map(|data| data.json().clone())
        };
        let is_task = kind == StateKind::Task;
        let has_result =
            matches!(kind, StateKind::Pass | StateKind::Task | StateKind::Parallel | StateKind::Map);
        let parameters = take(Step::Parameters, is_task || kind == StateKind::Pass);
        let (after_parameters, after_arguments) =
            if is_json_path { (parameters, None) } else { (None, parameters) };
        Self {
            input,
            after_arguments,
            // as recorded, a Parallel is not shown with it
            after_input_path: take(Step::InputPath, is_json_path && kind != StateKind::Parallel),
            after_parameters,
            // recorded of JSONPath only; documented for both
            result: take(Step::Result, is_task),
            after_result_selector: take(Step::ResultSelector, is_json_path && has_result),
            after_result_path: take(Step::ResultPath, is_json_path && has_result),
            after_items_path: take(Step::ItemsPath, is_json_path),
            // documented; where the state does not have the field, as recorded, it is not shown
            after_item_selector: take(Step::ItemSelector, true),
            after_item_batcher: take(Step::ItemBatcher, true),
            after_items_pointer: take(Step::ItemsPointer, is_json_path),
            tolerated_failure_count: limits.tolerated_count,
            tolerated_failure_percentage: limits.tolerated_percentage,
            max_concurrency: limits.max_concurrency,
            variables: Some(variables).filter(|variables| !variables.is_empty()),
            error_details: Some(error_details).filter(|details| *details != ErrorDetails::default()),
        }
    }

    /// The payloads that are there, by their names in the API.
    fn payloads(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        let all = [
            ("input", &self.input),
            ("afterArguments", &self.after_arguments),
            ("afterInputPath", &self.after_input_path),
            ("afterParameters", &self.after_parameters),
            ("result", &self.result),
            ("afterResultSelector", &self.after_result_selector),
            ("afterResultPath", &self.after_result_path),
            ("afterItemsPath", &self.after_items_path),
            ("afterItemSelector", &self.after_item_selector),
            ("afterItemBatcher", &self.after_item_batcher),
            ("afterItemsPointer", &self.after_items_pointer),
        ];
        all.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)))
    }
}

impl Serialize for InspectionData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.payloads() {
            map.serialize_entry(name, &value.to_string())?;
        }
        if let Some(count) = self.tolerated_failure_count {
            map.serialize_entry("toleratedFailureCount", &count)?;
        }
        if let Some(share) = self.tolerated_failure_percentage {
            map.serialize_entry("toleratedFailurePercentage", &share)?;
        }
        if let Some(most) = self.max_concurrency {
            map.serialize_entry("maxConcurrency", &most)?;
        }
        if let Some(variables) = &self.variables {
            map.serialize_entry("variables", &Value::Object(variables.clone()).to_string())?;
        }
        if let Some(details) = &self.error_details {
            map.serialize_entry("errorDetails", details)?;
        }
        map.end()
    }
}
