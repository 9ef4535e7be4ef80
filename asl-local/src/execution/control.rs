//! What is done to an execution from outside: stop, callbacks, the end of its time, redrive.

use std::rc::Rc;

use super::engine::{Engine, What};
use super::frame::{FrameId, Phase, Problem, RunId};
use super::status::Status;
use crate::history::Details;

impl Engine {
    /// `StopExecution`.
    pub(super) fn abort_run(&mut self, id: RunId, error: Option<Rc<str>>, cause: Option<Rc<str>>) {
        if self.runs[id].status != Status::Running {
            return;
        }
        let root = self.runs[id].root;
        let last = self.frames[root].last_event;
        self.abort_frame(root, last, false);
        // as recorded: it follows nothing
        self.emit(id, 0, Details::ExecutionAborted { error: error.clone(), cause: cause.clone() });
        self.runs[id].problem = Some(Problem { error, cause, ..Problem::default() });
        self.close_run(id, Status::Aborted);
    }

    pub(super) fn run_timed_out(&mut self, id: RunId) {
        let root = self.runs[id].root;
        let last = self.frames[root].last_event;
        self.abort_frame(root, last, false);
        // which event it follows was not recorded: none, as when it is stopped
        self.emit(id, 0, Details::ExecutionTimedOut { error: None, cause: None });
        // as recorded: `DescribeExecution` names no error
        self.runs[id].problem = Some(Problem::default());
        self.close_run(id, Status::TimedOut);
    }

    /// The history has no room: the execution fails, whatever would catch it.
    pub(super) fn history_full(&mut self, id: RunId, quota: u64) {
        let root = self.runs[id].root;
        let last = self.frames[root].last_event;
        self.abort_frame(root, last, false);
        // documented without the words; these are ours
        let cause = format!("The execution reached the maximum number of history events ({quota}).");
        let problem = Problem::new("States.Runtime", cause);
        let Problem { error, cause, .. } = problem.clone();
        self.emit(id, last, Details::ExecutionFailed { error, cause });
        self.runs[id].problem = Some(problem);
        self.close_run(id, Status::Failed);
    }

    /// `RedriveExecution`: goes on from where it failed (Developer Guide, "Redriving executions").
    pub(super) fn redrive(&mut self, id: RunId) {
        let now = self.now;
        let run = &mut self.runs[id];
        run.redrive_count += 1;
        run.redrive_time = Some(now);
        run.status = Status::Running;
        run.stop_time = None;
        run.problem = None;
        let (root, count, timeout) = (run.root, run.redrive_count, run.program.timeout);
        let last = run.history.len();
        let event = self.emit(id, last, Details::ExecutionRedriven { redrive_count: count });
        self.set_deadline(id, timeout);
        self.resume(root, event);
    }

    /// Lets a thread of control go on: its state does its work again, or those within it do that did not end.
    ///
    /// All of that is asked for, not done: what fails at once would take away those that are still to be resumed.
    fn resume(&mut self, id: FrameId, event: u64) {
        self.renew_ticket(id);
        let frame = &mut self.frames[id];
        frame.last_event = event;
        frame.retries.clear();
        frame.retry_count = 0;
        match &frame.phase {
            Phase::Children(children) => {
                let frames: Vec<FrameId> = children.frames.iter().copied().flatten().collect();
                for frame in frames {
                    self.resume(frame, event);
                }
                self.soon(id, What::Feed);
            }
            Phase::MapRun(_) => self.redrive_map_run(id),
            Phase::Ended => {}
            // it had not come so far as to enter its state
            Phase::Entering if frame.entered_event == 0 => self.soon(id, What::Enter),
            Phase::Entering
            | Phase::Task(_)
            | Phase::Waiting
            | Phase::Failing(_)
            | Phase::BackingOff
            // each rescheduled state is charged as a transition, as a retry is
            | Phase::Result(_) => self.soon(id, What::Retry),
        }
    }
}
