//! Mocks by state, as a short JSON file.

use asl_core::diagnostic::Pointer;

use super::super::Outcome;
use super::super::mocks::Mocks;
use super::InvalidMockConfig;
use super::document::Node;
use super::read::Reader;
use super::response::{Calls, MockedResponse};

/// Mocks of one execution, by state: what a mock configuration says of one test case, without names for it.
///
/// The text is an object. A key is the name of a state, or anything else that [`Mocks::on`] takes. A value says what
/// the calls answer, in the words of Step Functions Local:
///
/// - `{"Return": …}` or `{"Throw": {"Error": "…", "Cause": "…"}}`: every call
/// - a list of those: the first call, the second, and so on; a call after the last fails the execution
/// - a mocked response, `{"0": {…}, "1-2": {…}}`: the calls of these numbers
///
/// ```
/// use asl_local::Execution;
/// use asl_local::world::mock_config::StateMocks;
/// use serde_json::json;
///
/// # let machine = asl_core::decode(r#"{"StartAt": "Ship", "States": {"Ship": {"Type": "Task", "End": true,
/// #     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f",
/// #     "Retry": [{"ErrorEquals": ["Busy"]}]}}}"#)?.validate()?;
/// let mocks = StateMocks::parse(r#"{"Ship": [{"Throw": {"Error": "Busy"}}, {"Return": {"id": "t-1"}}]}"#)?;
/// let mut execution = Execution::start(&machine, json!({}), mocks.mocks())?;
/// execution.run()?;
/// assert_eq!(execution.output(), Some(&json!({"id": "t-1"})));
/// assert_eq!(
///     StateMocks::parse(r#"{"Ship": {"Retrun": 1}}"#).unwrap_err().to_string(),
///     "/Ship: `Retrun` is neither `Return` nor `Throw`; write {\"Return\": …} or {\"Throw\": {\"Error\": …, \"Cause\": …}}"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct StateMocks {
    responses: Vec<(String, MockedResponse)>,
}

impl StateMocks {
    /// Reads the JSON text.
    ///
    /// # Errors
    ///
    /// With all that is wrong, each at its place.
    pub fn parse(text: &str) -> Result<Self, InvalidMockConfig> {
        let mut reader = Reader::default();
        let root = Pointer::default();
        let mut responses = Vec::new();
        if let Some(node) = reader.json(&root, text) {
            for (name, node) in reader.object(&root, node, "a file of mocks").unwrap_or_default() {
                let at = root.clone().field(&name);
                let response = answers(&mut reader, &at, node);
                responses.extend(response.map(|response| (name, response)));
            }
        }
        reader.finish(Self { responses })
    }

    /// The names, in the file's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.responses.iter().map(|(name, _)| name.as_str())
    }

    /// The mocks, for one execution.
    pub fn mocks(&self) -> Mocks {
        let mut mocks = Mocks::new();
        for (name, response) in &self.responses {
            mocks = mocks.on(name.as_str(), response.clone().into_answer());
        }
        mocks
    }
}

fn answers(reader: &mut Reader, at: &Pointer, node: Node) -> Option<MockedResponse> {
    let one =
        |calls: Calls, outcome: Option<Outcome>| Some(MockedResponse { parts: vec![(calls, outcome?)] });
    match node {
        Node::List(nodes) => {
            let mut parts = Vec::new();
            for (call, node) in (0..).zip(nodes) {
                let at = at.clone().index(usize::try_from(call).unwrap_or(usize::MAX));
                let outcome = reader.outcome(&at, node);
                parts.extend(outcome.map(|outcome| (Calls { first: call, last: call }, outcome)));
            }
            Some(MockedResponse { parts })
        }
        Node::Object(entries) if entries.first().is_some_and(|(key, _)| Calls::parse(key).is_some()) => {
            reader.response(at, Node::Object(entries))
        }
        node => one(Calls { first: 0, last: u64::MAX }, reader.outcome(at, node)),
    }
}
