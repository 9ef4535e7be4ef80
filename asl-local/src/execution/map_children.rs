//! The children of a Distributed Map: started, ended, counted.

use std::rc::Rc;

use super::engine::{Engine, RunStart, What};
use super::frame::{FrameId, Link, Phase, Problem, RunId};
use super::map_run::{MapRun, Open, Results};
use super::status::Status;
use crate::Data;
use crate::data::payload_limit::{DATA_LIMIT, MAX_PAYLOAD};
use crate::history::{Details, StateKind};
use crate::program::{Distributed, Work};
use crate::results::{ChildExecution, ChildResult};
use crate::{TaskError, clock};

impl Engine {
    /// Starts children until as many run as may, or there are no more items.
    pub(super) fn feed(&mut self, id: FrameId) {
        loop {
            let Some((open, most)) = self.open_map_run_and_most(id) else { return };
            if open.running.len() >= most {
                return;
            }
            if let Some((index, (run, items))) = open.waiting.pop_first() {
                self.redrive_map_child(id, run, (index, items));
                continue;
            }
            if open.is_dry {
                break;
            }
            match open.feed.next() {
                None => open.is_dry = true,
                // a child's input is an execution's; with which error the service refuses one is not documented
                Some(Ok((input, _))) if input.size() > MAX_PAYLOAD => {
                    let cause = format!(
                        "The input of a child execution has {} bytes, more than the service's limit of {MAX_PAYLOAD}.",
                        input.size()
                    );
                    self.stop_map_children(id);
                    self.export_unfinished(id);
                    self.forget_items(id);
                    return self.map_run_failed(id, Problem::new(DATA_LIMIT, cause));
                }
                Some(Ok((input, items))) => {
                    let index = open.started;
                    open.started += 1;
                    open.items += items;
                    let Some(run) = self.start_map_child(id, index, input) else { return };
                    let Some(open) = self.open_map_run(id) else { return };
                    open.running.insert(run, (index, items));
                }
                Some(Err(failure)) => {
                    let problem = Problem::new(failure.error, failure.cause);
                    self.stop_map_children(id);
                    self.export_unfinished(id);
                    // a redrive reads all items again: what comes after the fault is not known
                    self.forget_items(id);
                    return self.map_run_failed(id, problem);
                }
            }
        }
        self.map_run_may_end(id);
    }

    fn open_map_run(&mut self, id: FrameId) -> Option<&mut Open> {
        self.open_map_run_and_most(id).map(|(open, _)| open)
    }

    fn open_map_run_and_most(&mut self, id: FrameId) -> Option<(&mut Open, usize)> {
        match &mut self.frames.get_mut(id)?.phase {
            Phase::MapRun(map_run) => Some((map_run.open.as_mut()?, map_run.most)),
            _ => None,
        }
    }

    /// Lets a child go on that failed. Express executions cannot be redriven: such a child begins anew.
    fn redrive_map_child(&mut self, id: FrameId, former: RunId, of: (u64, u64)) {
        let run = if self.runs[former].is_express {
            let input = self.runs[former].input.clone();
            self.remove_run(former);
            self.start_map_child(id, of.0, input)
        } else {
            self.redrive(former);
            Some(former)
        };
        if let (Some(run), Some(open)) = (run, self.open_map_run(id)) {
            open.running.insert(run, of);
        }
    }

    /// Starts the child with this index. Nothing if the state is no Distributed Map.
    fn start_map_child(&mut self, id: FrameId, index: u64, input: Data) -> Option<RunId> {
        let program = self.program_of(id);
        let frame = &self.frames[id];
        let run = &self.runs[frame.run];
        let Work::Map(map) = &program.state(frame.state).work else { return None };
        let Distributed { label, is_express, .. } = map.distributed.as_deref()?;
        let is_express = *is_express;
        let name = self.random.uuid();
        let (region, account) = (&self.settings.region, &self.settings.account);
        let kind = if is_express { "express" } else { "execution" };
        let machine_name: Rc<str> = format!("{}/{label}", run.machine_name).into();
        let arn = format!("arn:aws:states:{region}:{account}:{kind}:{machine_name}:{name}").into();
        let machine_arn = Rc::clone(&run.machine_arn);
        let (start, depth) = (map.start, run.depth);
        Some(self.start_run(RunStart {
            program,
            arn,
            name: name.into(),
            machine_arn,
            machine_name,
            input,
            is_express,
            // variables of the machine are not visible in its children
            variables: Rc::default(),
            link: Link::Map { frame: id, index },
            state: Some(start),
            item: None,
            depth,
        }))
    }

    /// A child execution has ended.
    pub(super) fn map_child_ended(&mut self, run: RunId, id: FrameId, index: u64) {
        let Some((open, _)) = self.open_map_run_and_most(id) else { return };
        let Some((_, items)) = open.running.remove(&run) else { return };
        let child = self.finished_child(run);
        let is_success = self.runs[run].status == Status::Succeeded;
        let Some(open) = self.open_map_run(id) else { return };
        if is_success {
            let written = open.results.add(index, &child);
            self.remove_run(run);
            if let Err(failure) = written {
                return self.map_run_failed(id, Problem::new(failure.error, failure.cause));
            }
        } else {
            open.failed_items += items;
            open.failed.insert(run, (index, items));
            if self.tolerates_no_more(id) {
                let problem = Problem::new(
                    "States.ExceedToleratedFailureThreshold",
                    "The specified tolerated failure threshold was exceeded",
                );
                return self.map_run_failed(id, problem);
            }
        }
        self.hungry.push(id);
    }

    /// Whether more items have failed than the state tolerates. Without a word about it, none may.
    ///
    /// A percentage counts when the number of items is known: at once for items of the state, else when all were read.
    fn tolerates_no_more(&self, id: FrameId) -> bool {
        let Phase::MapRun(map_run) = &self.frames[id].phase else { return false };
        let Some(open) = &map_run.open else { return false };
        let MapRun { tolerated_count, tolerated_percentage, .. } = &**map_run;
        let total = if open.is_dry { Some(open.items) } else { open.total };
        let count = tolerated_count.or(tolerated_percentage.is_none().then_some(0));
        let exceeds_count = count.is_some_and(|count| open.failed_items > count);
        #[allow(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
        let exceeds_share = tolerated_percentage
            .zip(total)
            .is_some_and(|(share, total)| open.failed_items as f64 * 100.0 > share * total as f64);
        exceeds_count || exceeds_share
    }

    fn map_run_may_end(&mut self, id: FrameId) {
        let Some(open) = self.open_map_run(id) else { return };
        if !open.is_dry || !open.running.is_empty() || !open.waiting.is_empty() {
            return;
        }
        if self.tolerates_no_more(id) {
            let problem = Problem::new(
                "States.ExceedToleratedFailureThreshold",
                "The specified tolerated failure threshold was exceeded",
            );
            return self.map_run_failed(id, problem);
        }
        let mut failed: Vec<(u64, RunId)> = match self.open_map_run(id) {
            Some(open) => {
                std::mem::take(&mut open.failed).into_iter().map(|(run, (index, _))| (index, run)).collect()
            }
            None => return,
        };
        failed.sort_unstable();
        let mut written = Ok(());
        for (index, run) in failed {
            let child = self.finished_child(run);
            if let Some(open) = self.open_map_run(id) {
                written = written.and(open.results.add(index, &child));
            }
            self.remove_run(run);
        }
        let Phase::MapRun(map_run) = &mut self.frames[id].phase else { return };
        let Some(open) = map_run.open.take() else { return };
        match written.and_then(|()| open.results.finish()) {
            Ok(result) => self.map_run_succeeded(id, Data::from(result)),
            Err(failure) => self.map_run_failed(id, Problem::new(failure.error, failure.cause)),
        }
    }

    fn map_run_succeeded(&mut self, id: FrameId, result: Data) {
        let run = self.frames[id].run;
        let started = self.frames[id].last_event;
        let succeeded = self.emit(run, started, Details::MapRunSucceeded);
        // the exit follows the start of the Map Run, as recorded since November 2024; before, it followed its end
        self.emit(run, succeeded, Details::StateSucceeded { kind: StateKind::Map });
        self.frames[id].phase = Phase::Result(result);
        self.renew_ticket(id);
        self.leave(id);
    }

    /// The Map Run fails: children that run are stopped.
    pub(super) fn map_run_failed(&mut self, id: FrameId, problem: Problem) {
        self.stop_map_children(id);
        self.export_unfinished(id);
        let Problem { error, cause, .. } = problem.clone();
        self.follow(id, Details::MapRunFailed { error, cause });
        self.handle(id, problem);
    }

    /// Stops the children that run. They stay with those that failed, for a redrive.
    pub(super) fn stop_map_children(&mut self, id: FrameId) {
        let running: Vec<RunId> = match self.open_map_run(id) {
            Some(open) => open.running.keys().copied().collect(),
            None => return,
        };
        for run in running {
            let Some(open) = self.open_map_run(id) else { return };
            let Some(of) = open.running.remove(&run) else { continue };
            open.failed.insert(run, of);
            self.abort_run(run, None, None);
        }
        if let Some(open) = self.open_map_run(id) {
            let waiting = std::mem::take(&mut open.waiting);
            open.failed.extend(waiting.into_iter().map(|(index, (run, items))| (run, (index, items))));
        }
    }

    /// Writes the files of a `ResultWriter`, though the Map Run does not come to its end. If they cannot be written, it ends
    /// for the reason for which it ends anyway.
    pub(super) fn export_unfinished(&mut self, id: FrameId) {
        let Some(open) = self.open_map_run(id) else { return };
        let mut runs: Vec<(u64, RunId)> =
            open.failed.iter().map(|(run, (index, _))| (*index, *run)).collect();
        runs.sort_unstable();
        let children: Vec<ChildExecution> = match &open.results {
            Results::Export(_) => runs.into_iter().map(|(_, run)| self.finished_child(run)).collect(),
            Results::Inline(_) => return,
        };
        if let Some(Open { results: Results::Export(results), .. }) = self.open_map_run(id) {
            let _ = results.leave_off(children.into_iter());
        }
    }

    /// Forgets the items and all that came of them.
    fn forget_items(&mut self, id: FrameId) {
        if let Phase::MapRun(map_run) = &mut self.frames[id].phase
            && let Some(open) = map_run.open.take()
        {
            self.drop_children(open);
        }
    }

    /// Forgets a Map Run that is over.
    pub(super) fn drop_map_run(&mut self, map_run: MapRun) {
        if let Some(open) = map_run.open {
            self.drop_children(open);
        }
    }

    fn drop_children(&mut self, open: Open) {
        let waiting = open.waiting.into_values().map(|(run, _)| run);
        for run in open.failed.into_keys().chain(open.running.into_keys()).chain(waiting) {
            self.remove_run(run);
        }
    }

    /// Redrives the children that failed, and goes on with the items that were not started.
    pub(super) fn redrive_map_run(&mut self, id: FrameId) {
        let Phase::MapRun(map_run) = &mut self.frames[id].phase else { return };
        map_run.redrive_count += 1;
        let (map_run_arn, redrive_count) = (Rc::clone(&map_run.arn), map_run.redrive_count);
        if let Some(open) = &mut map_run.open {
            open.failed_items = 0;
            let failed = std::mem::take(&mut open.failed);
            open.waiting = failed.into_iter().map(|(run, (index, items))| (index, (run, items))).collect();
        }
        self.follow(id, Details::MapRunRedriven { map_run_arn, redrive_count });
        self.soon(id, What::Feed);
    }

    /// What the results tell of a child that is over.
    fn finished_child(&self, run: RunId) -> ChildExecution {
        let run = &self.runs[run];
        let error = || {
            let text = |text: &Option<Rc<str>>| text.as_deref().map(str::to_owned);
            run.problem.as_ref().map_or_else(TaskError::default, |problem| TaskError {
                error: text(&problem.error),
                cause: text(&problem.cause),
            })
        };
        ChildExecution {
            name: run.name.to_string(),
            arn: run.arn.to_string(),
            input: run.input.clone(),
            result: match (run.status, &run.output) {
                (Status::Succeeded, Some(output)) => ChildResult::Succeeded(output.clone()),
                (Status::TimedOut, _) => ChildResult::TimedOut(error()),
                (Status::Aborted, _) => ChildResult::Aborted(error()),
                _ => ChildResult::Failed(error()),
            },
            start_date: clock::iso(run.start_time),
            stop_date: run.stop_time.map(clock::iso),
        }
    }

    /// Forgets an execution that nobody can ask for any more.
    pub(super) fn remove_run(&mut self, run: RunId) {
        let Some(it) = self.runs.get(run) else { return };
        let root = it.root;
        self.drop_work(root);
        self.frames.try_remove(root);
        if let Some(run) = self.runs.try_remove(run) {
            self.history_bytes -= run.history_bytes;
        }
    }
}
