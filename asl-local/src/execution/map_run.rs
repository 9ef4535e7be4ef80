//! Distributed Map: a child execution for each item or batch, as many at a time as may be.

use std::collections::BTreeMap;
use std::rc::Rc;

use asl_core::model::ExecutionType;
use serde_json::Value;

use super::engine::Engine;
use super::frame::{Frame, FrameId, Phase, Problem, RunId};
use super::map_feed::{Feed, Selected};
use super::scope::Here;
use super::status::Status;
use crate::history::{Details, StateKind};
use crate::items::{self, ItemBatcher, ItemReader, ItemStream, Source};
use crate::program::{Distributed, Map, Reader, State, Work};
use crate::results::{self, ChildExecution, Destination, InlineResults, ResultExport, WriterConfig};
use crate::world::{ObjectStore, World};
use crate::{Data, Failure};

/// The most children that run at a time (Developer Guide, "Quotas").
const MOST_CHILDREN: usize = 10_000;

/// A Map Run.
pub(super) struct MapRun {
    pub(super) arn: Rc<str>,
    /// Nothing before the items were opened.
    pub(super) open: Option<Open>,
    pub(super) most: usize,
    /// How many items may fail.
    pub(super) tolerated_count: Option<u64>,
    pub(super) tolerated_percentage: Option<f64>,
    pub(super) redrive_count: u32,
}

/// What there is once the items were opened.
pub(super) struct Open {
    pub(super) feed: Feed,
    pub(super) is_dry: bool,
    pub(super) started: u64,
    /// Children that run: which they are, and how many items they work on.
    pub(super) running: BTreeMap<RunId, (u64, u64)>,
    /// Children that failed: kept for a redrive.
    pub(super) failed: BTreeMap<RunId, (u64, u64)>,
    /// Children that are to be redriven when there is room: by index, which they are and how many items they work on.
    pub(super) waiting: BTreeMap<u64, (RunId, u64)>,
    pub(super) items: u64,
    pub(super) failed_items: u64,
    /// How many items there are, where that is known before the last was read.
    pub(super) total: Option<u64>,
    pub(super) results: Results,
}

impl std::fmt::Debug for MapRun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MapRun").field("arn", &self.arn).finish_non_exhaustive()
    }
}

impl Engine {
    pub(super) fn begin_map_run(&mut self, id: FrameId, state: &State, map: &Map, distributed: &Distributed) {
        let (length, most) = match self.map_run_size(id, state, map, distributed) {
            Ok(size) => size,
            Err(failure) => return self.fail_evaluation(id, failure),
        };
        self.follow(id, Details::StateStarted { kind: StateKind::Map, length });
        // as recorded: what is tolerated, and how many items are read, is looked at after that
        let (tolerated_count, tolerated_percentage) = match self.tolerances(id, state, distributed) {
            Ok(tolerances) => tolerances,
            Err(failure) => return self.fail_evaluation(id, failure),
        };
        let name = self.random.uuid();
        let run = &self.runs[self.frames[id].run];
        let (region, account) = (&self.settings.region, &self.settings.account);
        let machine = &run.machine_name;
        let arn: Rc<str> =
            format!("arn:aws:states:{region}:{account}:mapRun:{machine}/{}:{name}", distributed.label).into();
        self.follow(id, Details::MapRunStarted { map_run_arn: Rc::clone(&arn) });
        self.renew_ticket(id);
        let map_run =
            MapRun { arn, open: None, most, tolerated_count, tolerated_percentage, redrive_count: 0 };
        self.frames[id].phase = Phase::MapRun(Box::new(map_run));
        self.hungry.push(id);
    }

    /// How many items there are, as the event says it, and how many children may run at a time.
    fn map_run_size(
        &self,
        id: FrameId,
        state: &State,
        map: &Map,
        distributed: &Distributed,
    ) -> Result<(u64, usize), Failure> {
        let here = Here::new(self, id, state);
        let effective = self.effective_input(&here, state)?;
        let here = here.input(&effective);
        let most = map.max_concurrency.as_ref().map_or(Ok(0), |most| most.read(&here))?;
        let most = usize::try_from(most).ok().filter(|most| *most > 0).unwrap_or(MOST_CHILDREN);
        let length = if distributed.reader.is_some() {
            0
        } else {
            let source = map.items.read(&here)?;
            number_of(&source).ok_or_else(|| map.items.not_an_array(&source, state.language))?
        };
        Ok((length, most.min(MOST_CHILDREN)))
    }

    pub(super) fn tolerances(
        &self,
        id: FrameId,
        state: &State,
        distributed: &Distributed,
    ) -> Result<(Option<u64>, Option<f64>), Failure> {
        let here = Here::new(self, id, state);
        let effective = self.effective_input(&here, state)?;
        let here = here.input(&effective);
        let count = distributed.tolerated_count.as_ref().map(|count| count.read(&here)).transpose()?;
        let percentage =
            distributed.tolerated_percentage.as_ref().map(|share| share.read(&here)).transpose()?;
        if count.is_some_and(|count| count < 0) {
            return Err(Failure::runtime("ToleratedFailureCount cannot be negative."));
        }
        if percentage.is_some_and(|share| !(0.0..=100.0).contains(&share)) {
            return Err(Failure::runtime("ToleratedFailurePercentage must be between 0 and 100."));
        }
        if let Some(most) = distributed.reader.as_ref().and_then(|reader| reader.max_items.as_ref()) {
            most.read(&here)?;
        }
        Ok((count.and_then(|count| count.try_into().ok()), percentage))
    }

    /// Starts children wherever there is room for more.
    pub(super) fn pump_map_runs(&mut self, world: &mut dyn World) {
        while let Some(id) = self.hungry.pop() {
            let Some(Frame { phase: Phase::MapRun(map_run), run, .. }) = self.frames.get(id) else {
                continue;
            };
            if self.runs[*run].status != Status::Running {
                continue;
            }
            if map_run.open.is_none()
                && let Err(failure) = self.open_items(id, &world.objects())
            {
                self.map_run_failed(id, Problem::new(failure.error, failure.cause));
                continue;
            }
            self.feed(id);
        }
    }

    fn open_items(&mut self, id: FrameId, objects: &Rc<dyn ObjectStore>) -> Result<(), Failure> {
        let program = self.program_of(id);
        let state = program.state(self.frames[id].state);
        let Work::Map(map) = &state.work else { return Ok(()) };
        let Some(distributed) = &map.distributed else { return Ok(()) };
        let here = Here::new(self, id, state);
        let effective = self.effective_input(&here, state)?;
        let here = here.input(&effective);
        let (stream, total) = if let Some(reader) = &distributed.reader {
            (items::items(&reader.read(state, &here)?, objects)?, None)
        } else {
            let source = map.items.read(&here)?;
            let total = number_of(&source);
            let stream = ItemStream::of_state_data(&source);
            (stream.ok_or_else(|| map.items.not_an_array(&source, state.language))?, total)
        };
        let selected = Selected {
            stream,
            program: Rc::clone(&program),
            state: self.frames[id].state,
            effective: effective.clone(),
            variables: Rc::clone(&self.frames[id].variables),
            context: here.context_without_item(),
            random: Rc::clone(&self.random),
            now: self.now,
            index: 0,
        };
        let limit =
            |limit: &Option<crate::program::Integer>| limit.as_ref().map(|it| it.read(&here)).transpose();
        let feed = if distributed.batch_items.is_some() || distributed.batch_bytes.is_some() {
            let batcher = ItemBatcher {
                max_items_per_batch: limit(&distributed.batch_items)?,
                max_input_bytes_per_batch: limit(&distributed.batch_bytes)?,
                batch_input: match &distributed.batch_input {
                    Some(input) => Some(input.evaluate("ItemBatcher/BatchInput", &here)?.json().clone()),
                    None => None,
                },
            };
            Feed::Batches(batcher.batches(selected)?)
        } else {
            Feed::Items(selected)
        };
        let results = self.results(id, state, distributed, &here, objects)?;
        let Phase::MapRun(map_run) = &mut self.frames[id].phase else { return Ok(()) };
        map_run.open = Some(Open {
            feed,
            is_dry: false,
            started: 0,
            running: BTreeMap::new(),
            failed: BTreeMap::new(),
            waiting: BTreeMap::new(),
            items: 0,
            failed_items: 0,
            total,
            results,
        });
        Ok(())
    }

    /// Where results go, with templates evaluated.
    fn results(
        &self,
        id: FrameId,
        state: &State,
        distributed: &Distributed,
        here: &Here<'_>,
        objects: &Rc<dyn ObjectStore>,
    ) -> Result<Results, Failure> {
        let arn = match &self.frames[id].phase {
            Phase::MapRun(map_run) => map_run.arn.to_string(),
            _ => String::new(),
        };
        let run = results::MapRun {
            arn,
            state_machine_arn: format!(
                "{}/{}",
                self.runs[self.frames[id].run].machine_arn, distributed.label
            ),
            execution_type: if distributed.is_express {
                ExecutionType::Express
            } else {
                ExecutionType::Standard
            },
        };
        let Some(writer) = &distributed.writer else {
            return Ok(Results::Inline(InlineResults::new(run, WriterConfig::INLINE)));
        };
        let default = if writer.parameters.is_some() { WriterConfig::EXPORT } else { WriterConfig::INLINE };
        let config = WriterConfig {
            transformation: writer.transformation.unwrap_or(default.transformation),
            output_type: writer.output_type.unwrap_or(default.output_type),
        };
        let Some(parameters) = &writer.parameters else {
            return Ok(Results::Inline(InlineResults::new(run, config)));
        };
        let field = format!("ResultWriter/{}", state.parameters_name());
        let parameters = parameters.evaluate(&field, here)?;
        let text = |name: &str| parameters.json()[name].as_str().map(str::to_owned);
        let destination = Destination {
            bucket: text("Bucket")
                .ok_or_else(|| Failure::runtime(format!("The field 'Bucket' of {field} must be a string")))?,
            prefix: text("Prefix").unwrap_or_default(),
        };
        Ok(Results::Export(Box::new(ResultExport::new(run, destination, config, Rc::clone(objects)))))
    }
}

/// How many items there are in data of the state: elements, or fields.
fn number_of(source: &Data) -> Option<u64> {
    let number = match source.json() {
        Value::Array(elements) => elements.len(),
        Value::Object(fields) => fields.len(),
        _ => return None,
    };
    Some(number.try_into().unwrap_or(u64::MAX))
}

/// Where the results of children go.
pub(super) enum Results {
    Inline(InlineResults),
    Export(Box<ResultExport>),
}

impl Results {
    pub(super) fn add(&mut self, index: u64, child: &ChildExecution) -> Result<(), Failure> {
        match self {
            Self::Inline(results) => {
                results.add(index, child);
                Ok(())
            }
            Self::Export(results) => results.add(child),
        }
    }

    /// The state's result.
    pub(super) fn finish(self) -> Result<Value, Failure> {
        match self {
            Self::Inline(results) => Ok(results.finish()),
            Self::Export(results) => results.finish(),
        }
    }
}

impl Reader {
    /// The reader with its templates and paths evaluated.
    pub(super) fn read(&self, state: &State, here: &Here<'_>) -> Result<ItemReader, Failure> {
        let field = format!("ItemReader/{}", state.parameters_name());
        let parameters = match &self.parameters {
            Some(parameters) => parameters.evaluate(&field, here)?,
            None => Data::from(Value::Null),
        };
        let text = |name: &str| {
            let value = &parameters.json()[name];
            value.as_str().map(str::to_owned).ok_or_else(|| {
                Failure::runtime(format!("The field '{name}' of {field} must be a string but was: {value}"))
            })
        };
        let optional = |name: &str| parameters.json()[name].as_str().map(str::to_owned);
        let source = if self.lists {
            Source::Listing { bucket: text("Bucket")?, prefix: optional("Prefix").unwrap_or_default() }
        } else {
            Source::Object { bucket: text("Bucket")?, key: text("Key")?, version: optional("VersionId") }
        };
        Ok(ItemReader {
            input_type: self.input_type,
            transformation: self.transformation,
            manifest_type: self.manifest_type,
            csv_delimiter: self.delimiter,
            csv_header_location: self.header_location,
            csv_headers: self.headers.clone(),
            max_items: self.max_items.as_ref().map(|most| most.read(here)).transpose()?,
            items_pointer: self.items_pointer.clone(),
            ..ItemReader::new(source)
        })
    }
}
