//! One state by itself, as `TestState` runs it.

use std::rc::Rc;

use asl_core::syntax::resource::Pattern;
use serde_json::Value;

use super::engine::{Engine, RunStart};
use super::frame::{FrameId, MapItem, Phase, Problem};
use super::scope::Here;
use super::settings::Settings;
use super::status::Exhausted;
use super::trace::{Ending, Given, Step, Trace};
use crate::history::TaskKind;
use crate::items::{self, Item, ItemBatcher, ItemStream, Source};
use crate::program::{Distributed, Map, Name, Program, Reader, State, StateId, Work};
use crate::world::{MemoryObjects, ObjectStore, World};
use crate::{Data, Failure};

/// One state that is to run by itself.
pub(crate) struct Single {
    pub(crate) program: Rc<Program>,
    pub(crate) state: StateId,
    pub(crate) settings: Settings,
    pub(crate) input: Value,
    pub(crate) given: Given,
}

/// One state that has run by itself.
pub(crate) struct Ended {
    /// Of a state that was left: by a catcher, if there is an error too.
    pub(crate) output: Option<Data>,
    /// The state that it leads to.
    pub(crate) next: Option<Name>,
    /// The error that the state's work ended with, or that nothing handled.
    pub(crate) error: Option<(Option<Name>, Option<Name>)>,
    /// Whether a retrier would try again.
    pub(crate) is_retriable: bool,
    /// The variables there are afterwards.
    pub(crate) variables: Vec<(Name, Data)>,
    pub(crate) trace: Trace,
}

impl Single {
    /// Runs the state. Nothing, if its task is never answered.
    pub(crate) fn run(self, world: &mut dyn World) -> Result<Option<Ended>, Exhausted> {
        let Self { program, state, settings, input, given } = self;
        let input = Data::from(input);
        let start = RunStart { state: Some(state), ..RunStart::by_user(program, &settings, input.clone()) };
        let mut engine = Engine::new(settings);
        engine.trace = Some(Box::new(Trace::new(given, input)));
        let run = engine.start_run(start);
        let frame = engine.runs[run].root;
        while engine.trace.as_deref().is_some_and(|trace| trace.ending.is_none()) {
            if !engine.step(world)? {
                return Ok(None);
            }
        }
        let variables = engine.frames[frame].variables.own().to_vec();
        let Some((trace, ending)) =
            engine.trace.take().and_then(|mut trace| trace.ending.take().map(|ending| (trace, ending)))
        else {
            return Ok(None);
        };
        let error = trace.problem.clone().map(|Problem { error, cause, .. }| (error, cause));
        let is_retriable = matches!(ending, Ending::Retriable);
        let (output, next) = match ending {
            Ending::Left { output, next } => (Some(output), next),
            Ending::Retriable | Ending::Failed => (None, None),
        };
        Ok(Some(Ended { output, next, error, is_retriable, variables, trace: *trace }))
    }
}

impl Engine {
    /// The state that is tested has come to its end: nothing more happens to it.
    pub(super) fn end_test(&mut self, id: FrameId, ending: Ending) {
        self.renew_ticket(id);
        if let Some(trace) = self.trace_of(id) {
            trace.ending = Some(ending);
        }
    }

    /// Does the work of a Parallel or Map of which it was said what comes of it: its fields are evaluated, but nothing
    /// runs within it. `false` if that was not said.
    pub(super) fn begin_mocked(&mut self, id: FrameId, state: &State) -> bool {
        let Some(given) = self.trace_of(id).map(|trace| std::mem::take(&mut trace.given.children)) else {
            return false;
        };
        let Some(outcome) = given else { return false };
        let evaluated = match &state.work {
            Work::Parallel(branches) => {
                let here = Here::new(self, id, state);
                self.effective_input(&here, state).and_then(|effective| match &branches.parameters {
                    Some(parameters) => parameters
                        .evaluate(state.parameters_name(), &here.input(&effective))
                        .map(|given| self.note(id, Step::Parameters, &given)),
                    None => Ok(()),
                })
            }
            Work::Map(map) => self.map_fields(id, state, map),
            _ => Ok(()),
        };
        match (evaluated, outcome) {
            (Err(failure), _) => self.fail_evaluation(id, failure),
            (Ok(()), Err(error)) => self.handle(id, error.into()),
            (Ok(()), Ok(_)) if self.tolerates_no_such_failures(id) => {
                let problem = Problem::new(
                    "States.ExceedToleratedFailureThreshold",
                    "The specified tolerated failure threshold was exceeded",
                );
                self.handle(id, problem);
            }
            (Ok(()), Ok(result)) => {
                self.note(id, Step::Result, &result);
                self.frames[id].phase = Phase::Result(result);
                self.leave(id);
            }
        }
        true
    }

    /// Whether more iterations failed than the state says it tolerates. As recorded: one that says nothing tolerates
    /// all here, while a Map Run tolerates none.
    fn tolerates_no_such_failures(&self, id: FrameId) -> bool {
        let Some(trace) = self.trace.as_deref().filter(|_| self.is_traced(id)) else { return false };
        let Some(failed) = trace.given.failed_iterations else { return false };
        let total = trace.given.iterations;
        #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let exceeds_share = trace
            .limits
            .tolerated_percentage
            .zip(total)
            .is_some_and(|(share, total)| failed as f64 * 100.0 > share * total as f64);
        trace.limits.tolerated_count.is_some_and(|count| failed > count) || exceeds_share
    }

    /// All that a Map reads of itself before and for its iterations.
    fn map_fields(&mut self, id: FrameId, state: &State, map: &Map) -> Result<(), Failure> {
        let effective = self.effective_input(&Here::new(self, id, state), state)?;
        let items = self.items_of_test(id, state, map, &effective)?;
        let inputs = items.map(|items| self.inputs(id, state, map, items, &effective)).transpose()?;
        let here = Here::new(self, id, state).input(&effective);
        if let (Some(inputs), Some(distributed)) = (&inputs, &map.distributed)
            && (distributed.batch_items.is_some() || distributed.batch_bytes.is_some())
        {
            let batches = batches(distributed, inputs.clone(), &here)?;
            self.note(id, Step::ItemBatcher, &Data::from(Value::Array(batches)));
        }
        let most = map.max_concurrency.as_ref().map_or(Ok(0), |most| most.read(&here))?;
        let tolerated = map.distributed.as_deref();
        let tolerated = tolerated.map(|distributed| self.tolerances(id, state, distributed)).transpose()?;
        let iterations = inputs.map(|inputs| inputs.len().try_into().unwrap_or(u64::MAX));
        if let Some(trace) = self.trace_of(id) {
            trace.limits.max_concurrency = Some(most);
            (trace.limits.tolerated_count, trace.limits.tolerated_percentage) = tolerated.unwrap_or_default();
            trace.given.iterations = iterations.or(trace.given.iterations);
        }
        Ok(())
    }

    /// The items, if it is known what they are: a reader's are only if its data is given.
    fn items_of_test(
        &self,
        id: FrameId,
        state: &State,
        map: &Map,
        effective: &Data,
    ) -> Result<Option<Vec<Item>>, Failure> {
        let here = Here::new(self, id, state).input(effective);
        let reader = map.distributed.as_deref().and_then(|distributed| distributed.reader.as_ref());
        if let Some(reader) = reader {
            let given = self.trace.as_deref().and_then(|trace| trace.given.reader_data.as_deref());
            // as in a Map Run, what goes wrong with a reader is told without the words about the state
            let bare = |failure| Failure { is_bare: true, ..failure };
            let items =
                given.map(|data| read(reader, data, state, &here)).transpose().map_err(bare)?.flatten();
            if let (Some(items), Some(_)) = (&items, &reader.items_pointer) {
                let values = items.iter().map(|item| item.value.clone()).collect();
                self.note(id, Step::ItemsPointer, &Data::from(Value::Array(values)));
            }
            return Ok(items);
        }
        let source = map.items.read(&here)?;
        let takes_objects = map.distributed.is_some();
        let stream = ItemStream::of_state_data(&source).filter(|_| takes_objects || source.json().is_array());
        let stream = stream.ok_or_else(|| map.items.not_an_array(&source, state.language))?;
        self.note(id, Step::ItemsPath, &source);
        stream.collect::<Result<_, _>>().map(Some)
    }

    /// The inputs of the iterations, before they are put into batches.
    fn inputs(
        &self,
        id: FrameId,
        state: &State,
        map: &Map,
        items: Vec<Item>,
        effective: &Data,
    ) -> Result<Vec<Value>, Failure> {
        let Some((field, selector)) = &map.selector else {
            return Ok(items.into_iter().map(Item::into_input).collect());
        };
        let mut inputs = Vec::new();
        for (index, item) in (0..).zip(items) {
            let item = Rc::new(MapItem {
                index,
                value: Data::from(item.value),
                key: item.key,
                source: map.distributed.is_some().then(|| item.source.to_string()),
            });
            let here = Here::new(self, id, state).input(effective).item(&item);
            inputs.push(selector.evaluate(field, &here)?.json().clone());
        }
        self.note(id, Step::ItemSelector, &Data::from(Value::Array(inputs.clone())));
        Ok(inputs)
    }
}

fn batches(distributed: &Distributed, inputs: Vec<Value>, here: &Here<'_>) -> Result<Vec<Value>, Failure> {
    let limit = |limit: &Option<crate::program::Integer>| limit.as_ref().map(|it| it.read(here)).transpose();
    let input = distributed.batch_input.as_ref();
    let batcher = ItemBatcher {
        max_items_per_batch: limit(&distributed.batch_items)?,
        max_input_bytes_per_batch: limit(&distributed.batch_bytes)?,
        batch_input: input
            .map(|input| input.evaluate("ItemBatcher/BatchInput", here).map(|input| input.json().clone()))
            .transpose()?,
    };
    batcher.batches(inputs.into_iter().map(Ok))?.map(|batch| batch.map(|batch| batch.input)).collect()
}

/// The items in what a reader would have read. Of a manifest they stand in other files, and are not known.
fn read(reader: &Reader, data: &str, state: &State, here: &Here<'_>) -> Result<Option<Vec<Item>>, Failure> {
    let reader = reader.read(state, here)?;
    let items = match &reader.source {
        _ if reader.manifest_type.is_some() => return Ok(None),
        Source::Listing { .. } => {
            let data: Value = serde_json::from_str(data).unwrap_or_default();
            ItemStream::of_state_data(&Data::from(data))
        }
        Source::Object { bucket, key, .. } => {
            let objects: Rc<dyn ObjectStore> = Rc::new(MemoryObjects::new().with(bucket, key, data));
            Some(items::items(&reader, &objects)?)
        }
    };
    items.map(Iterator::collect).transpose()
}

impl State {
    /// Whether only a mock can answer its task: it takes longer than a call of `TestState`.
    pub(crate) fn is_answered_later(&self) -> bool {
        matches!(&self.work, Work::Task(task) if task.pattern != Pattern::RequestResponse || task.has_token || task.family == TaskKind::Activity)
    }
}
