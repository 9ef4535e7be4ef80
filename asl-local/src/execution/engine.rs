//! The queue of what is due, and the clock that goes from one to the next.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::rc::Rc;

use slab::Slab;

use super::frame::{Frame, FrameId, Link, Phase, Run, RunId};
use super::settings::Settings;
use super::status::{Exhausted, Status};
use super::trace::Trace;
use super::variables::Variables;
use crate::Data;
use crate::clock;
use crate::history::{Details, Event, History};
use crate::program::{Name, Program};
use crate::random::{Random, SeededRandom};
use crate::world::World;

/// All executions that belong together, on one clock.
pub(super) struct Engine {
    pub(super) settings: Settings,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub(super) now: i64,
    /// Due now, in the order in which they came to be.
    ready: VecDeque<Wake>,
    /// Due later.
    later: BinaryHeap<Reverse<Due>>,
    /// When `later` gets longer than this, what is out of date is taken out.
    most_later: usize,
    last_ticket: u64,
    pub(super) frames: Slab<Frame>,
    pub(super) runs: Slab<Run>,
    /// The tasks that wait for a callback, by token.
    pub(super) tokens: BTreeMap<Rc<str>, (FrameId, u64)>,
    pub(super) random: Rc<dyn Random>,
    /// Executions whose history has room for one more event only.
    full_runs: Vec<RunId>,
    /// Map Runs that may start more children.
    pub(super) hungry: Vec<FrameId>,
    /// Of all executions together.
    pub(super) transitions: u64,
    /// Of a state that runs by itself.
    pub(super) trace: Option<Box<Trace>>,
    /// The payloads that histories hold, in bytes of JSON text. Data that is handed on counts once.
    pub(super) history_bytes: u64,
    /// How many executions were started by tasks.
    pub(super) nested: u64,
    /// What most states assign. Shared, as most events are exits.
    pub(super) nothing_assigned: Rc<[(Name, Data)]>,
}

/// Shorter queues are not searched for what is out of date.
const LEAST_SWEPT: usize = 4_096;

/// Something that is to happen to a thread of control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wake {
    pub(super) frame: FrameId,
    /// Out of date if the frame has another by then.
    pub(super) ticket: u64,
    pub(super) what: What,
}

/// What is to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    /// The state is entered.
    Enter,
    /// The state's work is done; it is left.
    Leave,
    /// A scheduled task starts.
    StartTask,
    /// What the world announced for a task comes true.
    EndTask,
    TaskTimeout,
    Heartbeat,
    /// An HTTP task has taken as long as any may.
    SocketTimeout,
    /// A Wait is over.
    Waited,
    /// A failed task is given to retriers and catchers.
    HandleFailure,
    /// A retrier has waited long enough, or the state was redriven.
    Retry,
    /// A Map that was redriven starts iterations or children.
    Feed,
    /// The execution has run as long as it may.
    RunTimeout,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    time: i64,
    /// Before all of a higher rank at that time.
    rank: u8,
    /// What was asked for first comes first.
    order: u64,
    wake: Wake,
}

impl Engine {
    pub(super) fn new(settings: Settings) -> Self {
        Self {
            now: settings.start_time,
            random: Rc::new(SeededRandom::new(settings.seed)),
            settings,
            ready: VecDeque::new(),
            later: BinaryHeap::new(),
            most_later: LEAST_SWEPT,
            last_ticket: 0,
            frames: Slab::new(),
            runs: Slab::new(),
            tokens: BTreeMap::new(),
            full_runs: Vec::new(),
            hungry: Vec::new(),
            transitions: 0,
            trace: None,
            history_bytes: 0,
            nested: 0,
            nothing_assigned: Rc::default(),
        }
    }

    /// A number that was never used before.
    pub(super) fn ticket(&mut self) -> u64 {
        self.last_ticket += 1;
        self.last_ticket
    }

    /// From now on only wakes that are yet to be asked for reach the frame.
    pub(super) fn renew_ticket(&mut self, frame: FrameId) {
        let ticket = self.ticket();
        self.frames[frame].ticket = ticket;
    }

    /// Asks for something to happen now, after all that was asked for before.
    pub(super) fn soon(&mut self, frame: FrameId, what: What) {
        let ticket = self.frames[frame].ticket;
        self.ready.push_back(Wake { frame, ticket, what });
    }

    /// Asks for something to happen at a time.
    pub(super) fn at(&mut self, time: i64, frame: FrameId, what: What) {
        let ticket = self.frames[frame].ticket;
        self.at_with(time, Wake { frame, ticket, what });
    }

    pub(super) fn at_with(&mut self, time: i64, wake: Wake) {
        self.put(time, 1, wake);
    }

    fn put(&mut self, time: i64, rank: u8, wake: Wake) {
        if time <= self.now {
            return self.ready.push_back(wake);
        }
        let order = self.ticket();
        self.later.push(Reverse(Due { time, rank, order, wake }));
        // timeouts that nobody waits for any more would fill the memory long before their time comes
        if self.later.len() > self.most_later {
            let later = std::mem::take(&mut self.later);
            self.later = later.into_iter().filter(|Reverse(due)| self.is_current(due.wake)).collect();
            self.most_later = (2 * self.later.len()).max(LEAST_SWEPT);
        }
    }

    /// Asks for something to happen at a time, before all that is asked for that time.
    pub(super) fn at_first(&mut self, time: i64, frame: FrameId, what: What) {
        let ticket = self.frames[frame].ticket;
        self.put(time, 0, Wake { frame, ticket, what });
    }

    /// The next thing that happens to anyone. The clock goes on to it.
    fn next_wake(&mut self) -> Option<Wake> {
        let time = self.next_time()?;
        if self.ready.is_empty() {
            self.now = self.now.max(time);
            // all that is due at one time comes before what it brings about
            while let Some(Reverse(due)) = self.later.peek()
                && due.time == time
            {
                self.ready.push_back(due.wake);
                self.later.pop();
            }
        }
        self.ready.pop_front()
    }

    fn is_current(&self, wake: Wake) -> bool {
        let Some(frame) = self.frames.get(wake.frame) else { return false };
        match wake.what {
            What::RunTimeout => self
                .runs
                .get(frame.run)
                .is_some_and(|run| run.deadline_ticket == wake.ticket && run.status == Status::Running),
            _ => frame.ticket == wake.ticket,
        }
    }

    /// When the next thing happens, if anything does.
    pub(super) fn next_time(&mut self) -> Option<i64> {
        while let Some(wake) = self.ready.front().copied() {
            if self.is_current(wake) {
                return Some(self.now);
            }
            self.ready.pop_front();
        }
        while let Some(Reverse(due)) = self.later.peek() {
            if self.is_current(due.wake) {
                return Some(due.time);
            }
            self.later.pop();
        }
        None
    }

    /// Lets one thing happen. `false` if nothing is left to happen by itself.
    pub(super) fn step(&mut self, world: &mut dyn World) -> Result<bool, Exhausted> {
        let Some(time) = self.next_time() else { return Ok(false) };
        if time > clock::later(self.settings.start_time, self.settings.max_time) {
            return Err(Exhausted::Time { seconds: (time - self.settings.start_time) / 1_000 });
        }
        let Some(wake) = self.next_wake() else { return Ok(false) };
        match wake.what {
            What::Enter => self.enter(wake.frame)?,
            What::Leave => self.leave(wake.frame),
            What::StartTask => self.start_task(wake.frame, world),
            What::EndTask => self.end_task(wake.frame),
            What::TaskTimeout => self.task_timed_out(wake.frame, false),
            What::Heartbeat => self.heartbeat_due(wake.frame),
            What::SocketTimeout => self.socket_timed_out(wake.frame),
            What::HandleFailure => self.handle_failure(wake.frame),
            What::Waited => self.waited(wake.frame),
            What::Retry => self.retry(wake.frame)?,
            What::Feed if matches!(self.frames[wake.frame].phase, Phase::MapRun(_)) => {
                self.hungry.push(wake.frame);
            }
            What::Feed => self.start_iterations(wake.frame),
            What::RunTimeout => self.run_timed_out(self.frames[wake.frame].run),
        }
        self.pump_map_runs(world);
        self.enforce_quota();
        let most = self.settings.max_history_bytes;
        if self.history_bytes > most {
            return Err(Exhausted::History { bytes: self.history_bytes });
        }
        Ok(true)
    }

    /// Counts data that the history of the frame's execution holds from now on.
    pub(super) fn held(&mut self, id: FrameId, size: usize) {
        if self.settings.keeps_history {
            let size = u64::try_from(size).unwrap_or(u64::MAX);
            let run = self.frames[id].run;
            self.runs[run].history_bytes += size;
            self.history_bytes += size;
        }
    }

    /// Counts a transition of the frame. If no more are allowed, the wake stays for a later step.
    pub(super) fn charge(&mut self, id: FrameId, what: What) -> Result<(), Exhausted> {
        if self.transitions >= self.settings.max_transitions {
            self.soon(id, what);
            let state = self.kind_and_name(id).1.to_string();
            return Err(Exhausted::Transitions { transitions: self.transitions, state });
        }
        self.transitions += 1;
        let run = self.frames[id].run;
        self.runs[run].transitions += 1;
        Ok(())
    }

    /// Begins an execution.
    pub(super) fn start_run(&mut self, start: RunStart) -> RunId {
        let entry = self.runs.vacant_entry();
        let id = entry.key();
        let is_express = start.is_express;
        let timeout = start.program.timeout;
        let first = start.program.start;
        entry.insert(Run {
            program: start.program,
            arn: start.arn,
            name: start.name,
            machine_arn: start.machine_arn,
            machine_name: start.machine_name,
            input: start.input.clone(),
            start_time: self.now,
            stop_time: None,
            is_express,
            history: History::new(self.settings.keeps_history),
            status: Status::Running,
            output: None,
            problem: None,
            root: 0,
            link: start.link,
            redrive_count: 0,
            redrive_time: None,
            transitions: 0,
            deadline_ticket: 0,
            depth: start.depth,
            history_bytes: 0,
            variables_bytes: 0,
        });
        let role_arn = self.settings.role_arn.as_str().into();
        self.emit(id, 0, Details::ExecutionStarted { input: start.input.clone(), role_arn });
        let frame = self.add_frame(Frame {
            run: id,
            parent: None,
            state: start.state.unwrap_or(first),
            input: start.input,
            variables: start.variables,
            item: start.item,
            ..Frame::blank()
        });
        self.runs[id].root = frame;
        self.set_deadline(id, timeout);
        self.soon(frame, What::Enter);
        id
    }

    /// The execution may run for `TimeoutSeconds`; one of an Express workflow for five minutes at most.
    ///
    /// That a Standard one ends after a year is seen when the clock comes there: it is nothing to wait for.
    pub(super) fn set_deadline(&mut self, run: RunId, timeout: Option<i64>) {
        const FIVE_MINUTES: i64 = 5 * 60_000;
        let most = self.runs[run].is_express.then_some(FIVE_MINUTES);
        let ticket = self.ticket();
        self.runs[run].deadline_ticket = ticket;
        let Some(after) = timeout.into_iter().chain(most).min() else { return };
        let frame = self.runs[run].root;
        let time = clock::later(self.now, after);
        self.at_with(time, Wake { frame, ticket, what: What::RunTimeout });
    }

    /// When a Standard execution has run for a year since its start or redrive.
    pub(super) fn year_end(&self, run: RunId) -> i64 {
        const YEAR: i64 = 366 * 86_400_000;
        let it = &self.runs[run];
        clock::later(it.redrive_time.unwrap_or(it.start_time), YEAR)
    }

    /// Ends the execution if its year is over at this time.
    pub(super) fn times_out_after_a_year(&mut self, run: RunId, time: i64) -> bool {
        let end = self.year_end(run);
        if self.runs[run].status != Status::Running || time <= end {
            return false;
        }
        self.now = self.now.max(end);
        self.run_timed_out(run);
        true
    }

    pub(super) fn add_frame(&mut self, mut frame: Frame) -> FrameId {
        frame.ticket = self.ticket();
        self.frames.insert(frame)
    }

    /// Writes an event of an execution.
    pub(super) fn emit(&mut self, run: RunId, previous_event_id: u64, details: Details) -> u64 {
        let event = Event { id: 0, previous_event_id, timestamp: self.now, details };
        let quota = self.settings.history_quota;
        let it = &mut self.runs[run];
        let number = it.history.add(event, self.settings.sink.as_mut(), &it.arn);
        // the last event of the quota is the failure itself
        if quota.is_some_and(|quota| number + 1 >= quota) && !it.is_express {
            self.full_runs.push(run);
        }
        number
    }

    /// Writes an event of a thread of control that follows its last one.
    pub(super) fn follow(&mut self, frame: FrameId, details: Details) -> u64 {
        let Frame { run, last_event, .. } = self.frames[frame];
        let id = self.emit(run, last_event, details);
        self.frames[frame].last_event = id;
        id
    }

    /// A Standard execution whose history is full fails (Developer Guide, "Quotas").
    fn enforce_quota(&mut self) {
        let Some(quota) = self.settings.history_quota else { return };
        while let Some(run) = self.full_runs.pop() {
            // its place may be another's by now
            let is_full = |run: &Run| {
                run.status == Status::Running && !run.is_express && run.history.len() + 1 >= quota
            };
            if self.runs.get(run).is_some_and(is_full) {
                self.history_full(run, quota);
            }
        }
    }

    pub(super) fn program_of(&self, frame: FrameId) -> Rc<Program> {
        Rc::clone(&self.runs[self.frames[frame].run].program)
    }
}

/// What an execution is started with.
pub(super) struct RunStart {
    pub(super) program: Rc<Program>,
    pub(super) arn: Rc<str>,
    pub(super) name: Rc<str>,
    pub(super) machine_arn: Rc<str>,
    pub(super) machine_name: Rc<str>,
    pub(super) input: Data,
    pub(super) is_express: bool,
    pub(super) variables: Rc<Variables>,
    pub(super) link: Link,
    /// Where it starts, if not at the machine's start: an iteration of a Distributed Map.
    pub(super) state: Option<crate::program::StateId>,
    pub(super) item: Option<Rc<super::frame::MapItem>>,
    pub(super) depth: u32,
}

impl RunStart {
    /// As a user starts a machine.
    pub(super) fn by_user(program: Rc<Program>, settings: &Settings, input: Data) -> Self {
        let mut variables = Variables::default();
        for (name, value) in &settings.variables {
            variables.assign(&name.as_str().into(), Data::from(value.clone()));
        }
        let (region, account) = (&settings.region, &settings.account);
        let machine_name = &settings.state_machine_name;
        let is_express = program.is_express();
        let kind = if is_express { "express" } else { "execution" };
        let arn = settings.execution_arn.clone().unwrap_or_else(|| {
            format!("arn:aws:states:{region}:{account}:{kind}:{machine_name}:{}", settings.name)
        });
        let machine_arn = settings
            .state_machine_arn
            .clone()
            .unwrap_or_else(|| format!("arn:aws:states:{region}:{account}:stateMachine:{machine_name}"));
        Self {
            program,
            arn: arn.into(),
            name: settings.name.as_str().into(),
            machine_arn: machine_arn.into(),
            machine_name: machine_name.as_str().into(),
            input,
            is_express,
            variables: Rc::new(variables),
            link: Link::User,
            state: None,
            item: None,
            depth: 0,
        }
    }
}

impl Frame {
    /// A thread of control before anything happened.
    pub(super) fn blank() -> Self {
        Self {
            run: 0,
            parent: None,
            state: 0,
            input: Data::from(serde_json::Value::Null),
            variables: Rc::default(),
            ticket: 0,
            last_event: 0,
            before_entry: 0,
            entered_event: 0,
            entered_time: 0,
            retry_count: 0,
            retries: Vec::new(),
            item: None,
            token: None,
            phase: Phase::Entering,
        }
    }
}
