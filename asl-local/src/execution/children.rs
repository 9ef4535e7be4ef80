//! Parallel and inline Map: threads of control within a state.

use std::rc::Rc;

use asl_core::model::QueryLanguage;

use super::engine::{Engine, What};
use super::frame::{Frame, FrameId, MapItem, Phase, Problem};
use super::leave::too_large_to_give;
use super::scope::Here;
use super::variables::Variables;
use crate::data::Scope as _;
use crate::history::{Details, StateKind};
use crate::program::{Branches, ItemSource, Map, Name, Payload, State, StateId, Work};
use crate::{Data, Failure};

/// "About 40" iterations of an inline Map run at a time, whatever `MaxConcurrency` says.
const MOST_ITERATIONS: usize = 40;

/// The branches or iterations of a state that runs them.
#[derive(Debug)]
pub(super) struct Children {
    /// Outputs by branch or item.
    outputs: Vec<Option<Data>>,
    /// Those that are not over. Kept when they fail, so that a redrive can go on with them.
    pub(super) frames: Vec<Option<FrameId>>,
    /// Of a Map: the items that are yet to be started.
    items: Vec<Data>,
    started: usize,
    ended: usize,
    /// How many iterations of a Map run at a time.
    most: usize,
    /// The effective input, which `ItemSelector` sees.
    effective: Data,
}

impl Engine {
    pub(super) fn begin_parallel(&mut self, id: FrameId, state: &State, branches: &Branches) {
        let here = Here::new(self, id, state);
        let input = self.effective_input(&here, state).and_then(|effective| match &branches.parameters {
            Some(parameters) => parameters.evaluate(state.parameters_name(), &here.input(&effective)),
            None => Ok(effective),
        });
        let input = match input {
            Ok(input) => input,
            Err(failure) => return self.fail_evaluation(id, failure),
        };
        if let Some(failure) = too_large_to_give(state.parameters_name(), &input) {
            return self.fail_evaluation(id, failure);
        }
        let count = branches.starts.len();
        self.follow(id, Details::StateStarted { kind: StateKind::Parallel, length: 0 });
        self.frames[id].phase = Phase::Children(Box::new(Children {
            outputs: vec![None; count],
            frames: vec![None; count],
            items: Vec::new(),
            started: count,
            ended: 0,
            most: count,
            effective: input.clone(),
        }));
        if count == 0 {
            return self.children_ended(id);
        }
        for (index, &start) in branches.starts.iter().enumerate() {
            self.start_child(id, index, start, input.clone(), None);
        }
    }

    pub(super) fn begin_map(&mut self, id: FrameId, state: &State, map: &Map) {
        if let Some(distributed) = &map.distributed {
            return self.begin_map_run(id, state, map, distributed);
        }
        let (effective, items) = match self.items(id, state, map) {
            Ok(items) => items,
            Err(failure) => return self.fail_evaluation(id, failure),
        };
        let most = match self.concurrency(id, state, map, &effective) {
            Ok(most) => most,
            Err(failure) => return self.fail_evaluation(id, failure),
        };
        let count = items.len();
        let length = count.try_into().unwrap_or(u64::MAX);
        self.follow(id, Details::StateStarted { kind: StateKind::Map, length });
        self.frames[id].phase = Phase::Children(Box::new(Children {
            outputs: vec![None; count],
            frames: vec![None; count],
            items,
            started: 0,
            ended: 0,
            most,
            effective,
        }));
        if count == 0 {
            return self.children_ended(id);
        }
        self.start_iterations(id);
    }

    /// `MaxConcurrency` as a number of iterations at a time.
    fn concurrency(&self, id: FrameId, state: &State, map: &Map, effective: &Data) -> Result<usize, Failure> {
        let Some(most) = &map.max_concurrency else { return Ok(MOST_ITERATIONS) };
        let most = most.read(&Here::new(self, id, state).input(effective))?;
        Ok(match usize::try_from(most) {
            Ok(0) | Err(_) => MOST_ITERATIONS,
            Ok(most) => most.min(MOST_ITERATIONS),
        })
    }

    /// The effective input of a Map and the items in it.
    pub(super) fn items(&self, id: FrameId, state: &State, map: &Map) -> Result<(Data, Vec<Data>), Failure> {
        let here = Here::new(self, id, state);
        let effective = self.effective_input(&here, state)?;
        let here = here.input(&effective);
        let source = map.items.read(&here)?;
        let items = source.elements().ok_or_else(|| map.items.not_an_array(&source, state.language))?;
        Ok((effective, items))
    }

    /// Starts as many iterations as may run.
    pub(super) fn start_iterations(&mut self, id: FrameId) {
        let program = self.program_of(id);
        let state = program.state(self.frames[id].state);
        let Work::Map(map) = &state.work else { return };
        loop {
            let Phase::Children(children) = &self.frames[id].phase else { return };
            let running = children.started - children.ended;
            if children.started == children.outputs.len() || running >= children.most {
                return;
            }
            if let Err(failure) = self.start_iteration(id, state, map) {
                self.abort_children(id, None);
                return self.fail_evaluation(id, failure);
            }
        }
    }

    fn start_iteration(&mut self, id: FrameId, state: &State, map: &Map) -> Result<(), Failure> {
        let Phase::Children(children) = &self.frames[id].phase else { return Ok(()) };
        let index = children.started;
        let value = children.items[index].clone();
        let number = index.try_into().unwrap_or(u64::MAX);
        let item = Rc::new(MapItem { index: number, value: value.clone(), key: None, source: None });
        let Phase::Children(children) = &self.frames[id].phase else { return Ok(()) };
        let input = match &map.selector {
            Some((field, selector)) => {
                let here = Here::new(self, id, state).input(&children.effective).item(&item);
                selector.evaluate(field, &here)?
            }
            None => value,
        };
        let Frame { run, last_event, .. } = self.frames[id];
        let started = Details::MapIterationStarted { name: Rc::clone(&state.name), index: number };
        let event = self.emit(run, last_event, started);
        if let Phase::Children(children) = &mut self.frames[id].phase {
            children.started += 1;
        }
        let child = self.start_child(id, index, map.start, input, Some(item));
        self.frames[child].last_event = event;
        Ok(())
    }

    fn start_child(
        &mut self,
        id: FrameId,
        index: usize,
        state: StateId,
        input: Data,
        item: Option<Rc<MapItem>>,
    ) -> FrameId {
        let parent = &self.frames[id];
        let child = self.add_frame(Frame {
            run: parent.run,
            parent: Some((id, index)),
            state,
            input,
            variables: Variables::within(&parent.variables),
            last_event: parent.last_event,
            item: item.or_else(|| parent.item.clone()),
            ..Frame::blank()
        });
        if let Phase::Children(children) = &mut self.frames[id].phase {
            children.frames[index] = Some(child);
        }
        self.soon(child, What::Enter);
        child
    }

    /// A branch or iteration has come to its end.
    pub(super) fn child_ended(&mut self, id: FrameId, index: usize, output: Data) {
        let (kind, name) = self.kind_and_name(id);
        let run = self.frames[id].run;
        let Phase::Children(children) = &mut self.frames[id].phase else { return };
        let child = children.frames[index].take();
        children.outputs[index] = Some(output);
        children.ended += 1;
        let is_last = children.ended == children.outputs.len();
        let Some(child) = child.and_then(|child| self.frames.try_remove(child)) else { return };
        let mut last = child.last_event;
        if kind == StateKind::Map {
            let number = index.try_into().unwrap_or(u64::MAX);
            let succeeded = self.emit(run, last, Details::MapIterationSucceeded { name, index: number });
            if is_last {
                last = succeeded;
            }
        }
        // the next iteration, and the end of the state, follow what ended last
        self.frames[id].last_event = last;
        if is_last {
            self.children_ended(id);
        } else if kind == StateKind::Map {
            self.start_iterations(id);
        }
    }

    fn children_ended(&mut self, id: FrameId) {
        let (kind, _) = self.kind_and_name(id);
        let Phase::Children(children) = &mut self.frames[id].phase else { return };
        let outputs = std::mem::take(&mut children.outputs);
        let result = Data::array(outputs.into_iter().flatten());
        let Frame { run, last_event, .. } = self.frames[id];
        // as recorded: the exit follows what the success follows, not the success
        self.emit(run, last_event, Details::StateSucceeded { kind });
        self.frames[id].phase = Phase::Result(result);
        self.renew_ticket(id);
        self.leave(id);
    }

    /// A branch or iteration has failed: the others are stopped, and the state fails with its error.
    pub(super) fn child_failed(&mut self, id: FrameId, index: usize, child: FrameId, problem: Problem) {
        let (kind, name) = self.kind_and_name(id);
        let Frame { run, last_event, .. } = self.frames[child];
        if kind == StateKind::Map {
            let number = index.try_into().unwrap_or(u64::MAX);
            self.emit(run, last_event, Details::MapIterationFailed { name, index: number });
        }
        // as recorded: a task that failed the branch is counted among the aborted
        if self.kind_and_name(child).0 == StateKind::Task {
            self.emit(run, last_event, Details::StateAborted { kind: StateKind::Task });
        }
        self.abort_children(id, Some((child, last_event)));
        self.frames[id].last_event = last_event;
        self.handle(id, Problem { is_of_branch: kind == StateKind::Parallel, ..problem });
    }

    /// Stops all branches or iterations but the one that failed. They stay, for a redrive.
    pub(super) fn abort_children(&mut self, id: FrameId, failed: Option<(FrameId, u64)>) {
        let cause = failed.map_or(self.frames[id].last_event, |(_, event)| event);
        self.abort_others(id, failed.map(|(failed, _)| failed), cause, true);
    }

    fn abort_others(&mut self, id: FrameId, failed: Option<FrameId>, cause: u64, is_written: bool) {
        let Phase::Children(children) = &self.frames[id].phase else { return };
        let others: Vec<(usize, FrameId)> = children
            .frames
            .iter()
            .enumerate()
            .filter_map(|(index, frame)| frame.map(|frame| (index, frame)))
            .filter(|(_, frame)| failed != Some(*frame))
            .collect();
        let (kind, name) = self.kind_and_name(id);
        let run = self.frames[id].run;
        for (index, frame) in others {
            if is_written && kind == StateKind::Map {
                let index = index.try_into().unwrap_or(u64::MAX);
                self.emit(run, cause, Details::MapIterationAborted { name: Rc::clone(&name), index });
            }
            self.abort_frame(frame, cause, is_written);
        }
    }

    /// Stops a thread of control and all within it.
    pub(super) fn abort_frame(&mut self, id: FrameId, cause: u64, is_written: bool) {
        let (kind, _) = self.kind_and_name(id);
        let run = self.frames[id].run;
        let has_entered = self.frames[id].entered_event > 0;
        let can_abort =
            matches!(kind, StateKind::Task | StateKind::Wait | StateKind::Parallel | StateKind::Map);
        if is_written && can_abort && has_entered {
            self.emit(run, cause, Details::StateAborted { kind });
        }
        self.forget_token(id);
        self.renew_ticket(id);
        self.abort_nested(id);
        self.abort_others(id, None, cause, is_written);
        if let Phase::MapRun(_) = self.frames[id].phase {
            self.stop_map_children(id);
            self.export_unfinished(id);
            // its place among the events was not recorded
            if is_written {
                self.emit(run, cause, Details::MapRunAborted);
            }
        }
    }

    /// Forgets what ran within the state: it begins anew, or goes on elsewhere.
    pub(super) fn drop_work(&mut self, id: FrameId) {
        match std::mem::replace(&mut self.frames[id].phase, Phase::Entering) {
            Phase::Children(children) => {
                for frame in children.frames.into_iter().flatten() {
                    self.drop_work(frame);
                    self.frames.remove(frame);
                }
            }
            Phase::MapRun(map_run) => self.drop_map_run(*map_run),
            _ => {}
        }
    }

    pub(super) fn kind_and_name(&self, id: FrameId) -> (StateKind, Name) {
        let frame = &self.frames[id];
        let state = self.runs[frame.run].program.state(frame.state);
        (state.kind, Rc::clone(&state.name))
    }
}

impl ItemSource {
    /// The items as the field gives them, and whether they are an array is for the caller to see.
    pub(super) fn read(&self, here: &Here<'_>) -> Result<Data, Failure> {
        match self {
            Self::Input => Ok(here.input().clone()),
            Self::Path(path) => path.data(here).map_err(|fault| fault.invalid_path(here)),
            Self::Items(items) => items.evaluate("Items", here),
        }
    }

    /// What is said of items that are no array.
    pub(super) fn not_an_array(&self, source: &Data, language: QueryLanguage) -> Failure {
        let shown = source.json();
        let failure = match (self, language) {
            (Self::Items(Payload::Jsonata(template)), _) => {
                return crate::jsonata::unexpected_type(template, "Items", "array", source);
            }
            (Self::Path(path), _) => crate::json_path::read::not_an_array(path),
            (_, QueryLanguage::JsonPath) => Failure::runtime("Reference path \"$\" must point to array."),
            (_, QueryLanguage::Jsonata) => {
                let cause = format!("Map state input must be an array but was: {shown}");
                return Failure { location: None, ..Failure::query("", cause) };
            }
        };
        Failure { is_bare: true, ..failure }
    }
}
