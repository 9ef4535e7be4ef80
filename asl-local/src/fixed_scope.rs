//! A scope for the tests of the rooms that evaluate expressions.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::data::{Data, Scope};

pub(crate) struct FixedScope {
    input: Data,
    context: Data,
    variables: BTreeMap<String, Data>,
}

impl FixedScope {
    pub(crate) fn new(input: Value) -> Self {
        let context = json!({"Execution": {"Name": "run-1", "Input": {"a": 1}}, "State": {"RetryCount": 0}});
        Self { input: input.into(), context: context.into(), variables: BTreeMap::new() }
    }

    pub(crate) fn with_variable(mut self, name: &str, value: Value) -> Self {
        self.variables.insert(name.to_owned(), value.into());
        self
    }
}

impl Scope for FixedScope {
    fn now(&self) -> i64 {
        0
    }

    fn random(&self) -> u64 {
        0
    }

    fn input(&self) -> &Data {
        &self.input
    }

    fn context(&self) -> &Data {
        &self.context
    }

    fn variable(&self, name: &str) -> Option<&Data> {
        self.variables.get(name)
    }
}
