//! What the fields of a state may refer to while the state runs.

use std::cell::OnceCell;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::engine::Engine;
use super::frame::{FrameId, MapItem};
use super::variables::Variables;
use crate::Data;
use crate::clock;
use crate::data::Scope;
use crate::program::State;

/// The view of one field of one state.
pub(super) struct Here<'a> {
    engine: &'a Engine,
    frame: FrameId,
    state: &'a State,
    input: &'a Data,
    result: Option<&'a Data>,
    error_output: Option<&'a Data>,
    /// The item that `ItemSelector` is about; else that of the iteration around the state.
    item: Option<&'a Rc<MapItem>>,
    token: Option<&'a str>,
    variables: &'a Variables,
    context: OnceCell<Data>,
}

impl<'a> Here<'a> {
    /// The fields that see the state's raw input.
    pub(super) fn new(engine: &'a Engine, frame: FrameId, state: &'a State) -> Self {
        let it = &engine.frames[frame];
        Self {
            engine,
            frame,
            state,
            input: &it.input,
            result: None,
            error_output: None,
            item: it.item.as_ref(),
            token: it.token.as_deref(),
            variables: &it.variables,
            context: OnceCell::new(),
        }
    }

    /// `$` is something else than the raw input.
    pub(super) fn input(mut self, input: &'a Data) -> Self {
        self.input = input;
        self
    }

    pub(super) fn result(mut self, result: &'a Data) -> Self {
        self.result = Some(result);
        self
    }

    pub(super) fn error_output(mut self, error_output: &'a Data) -> Self {
        self.error_output = Some(error_output);
        self
    }

    pub(super) fn item(mut self, item: &'a Rc<MapItem>) -> Self {
        self.item = Some(item);
        self
    }

    /// The Context Object as the items of a Distributed Map see it, to which each adds itself.
    pub(super) fn context_without_item(&self) -> Value {
        let mut context = self.context_object();
        if let Some(object) = context.as_object_mut() {
            object.shift_remove("Map");
        }
        context
    }

    /// The Context Object (specification, "The Context Object").
    fn context_object(&self) -> Value {
        let frame = &self.engine.frames[self.frame];
        let run = &self.engine.runs[frame.run];
        let mut execution = json!({
            "Id": &*run.arn,
            "Input": run.input.json(),
            "StartTime": clock::iso(run.start_time),
            "Name": &*run.name,
            "RoleArn": &self.engine.settings.role_arn,
            "RedriveCount": run.redrive_count,
        });
        if let Some(time) = run.redrive_time {
            execution["RedriveTime"] = clock::iso(time).into();
        }
        let mut state = json!({"Name": &*self.state.name, "EnteredTime": clock::iso(frame.entered_time)});
        if !self.state.retry.is_empty() || self.state.kind.may_be_retried() {
            state["RetryCount"] = frame.retry_count.into();
        }
        let mut context = Map::new();
        context.insert("Execution".to_owned(), execution);
        context
            .insert("StateMachine".to_owned(), json!({"Id": &*run.machine_arn, "Name": &*run.machine_name}));
        context.insert("State".to_owned(), state);
        if let Some(token) = self.token {
            context.insert("Task".to_owned(), json!({"Token": token}));
        }
        if let Some(item) = self.item {
            let mut object = json!({"Index": item.index, "Value": item.value.json()});
            if let Some(key) = &item.key {
                object["Key"] = key.as_str().into();
            }
            if let Some(source) = &item.source {
                object["Source"] = source.as_str().into();
            }
            context.insert("Map".to_owned(), json!({"Item": object}));
        }
        Value::Object(context)
    }
}

impl Scope for Here<'_> {
    fn now(&self) -> i64 {
        self.engine.now
    }

    fn random(&self) -> u64 {
        self.engine.random.next_u64()
    }

    fn input(&self) -> &Data {
        self.input
    }

    fn context(&self) -> &Data {
        self.context.get_or_init(|| Data::from(self.context_object()))
    }

    fn variable(&self, name: &str) -> Option<&Data> {
        self.variables.get(name)
    }

    fn result(&self) -> Option<&Data> {
        self.result
    }

    fn error_output(&self) -> Option<&Data> {
        self.error_output
    }
}
