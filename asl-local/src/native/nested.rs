//! State machines that a task of a native run starts: executions of the engine, on the same clock, in the same world.

use std::rc::Rc;

use asl_core::ctx::LocalFuture;
use serde_json::{Value, json};

use super::Shared;
use super::block_on::Waiting;
use crate::world::{Call, ChildExecution, ObjectStore, Reply, World};
use crate::{Execution, Settings, Status, TaskError, clock};

/// Whose task it is.
pub(super) struct Caller {
    pub(super) arn: String,
    pub(super) name: String,
}

/// The world of a native run, lent to an execution.
struct Lent(Rc<Shared>);

impl World for Lent {
    fn call(&mut self, call: &Call<'_>) -> Reply {
        self.0.call(call)
    }

    fn has_activity(&self, arn: &str) -> bool {
        // while the world answers it cannot be asked; the answer comes from a mock that runs a workflow of its own
        self.0.world.try_borrow().is_ok_and(|world| world.has_activity(arn))
    }

    fn objects(&self) -> Rc<dyn ObjectStore> {
        match self.0.world.try_borrow() {
            Ok(world) => world.objects(),
            Err(_) => Rc::new(crate::world::MemoryObjects::new()),
        }
    }
}

impl Shared {
    /// Runs a machine for a task with this resource, and gives what the task gives.
    ///
    /// A `.sync` task has what `DescribeExecution` shows of the execution when it is over. To any other only its start is
    /// told. The engine lets such an execution go on beside the workflow; here, where nothing runs but what is awaited,
    /// it is run to its end at once, with its own time.
    pub(super) fn nested(
        self: &Rc<Self>,
        caller: &Caller,
        resource: &str,
        child: ChildExecution,
    ) -> LocalFuture<'static, Result<Value, TaskError>> {
        let shared = Rc::clone(self);
        // as the engine names those that have no name
        let number = shared.nested.get() + 1;
        shared.nested.set(number);
        let name = child.name.unwrap_or_else(|| format!("{}-{number}", caller.name));
        let pattern = resource.rsplit(':').next().map_or("", |last| match last {
            // `startExecution.sync:2` ends in its version
            "2" => ".sync:2",
            last => last.find('.').map_or("", |dot| &last[dot..]),
        });
        let (waits, is_parsed, has_token) =
            (pattern.starts_with(".sync"), pattern == ".sync:2", pattern == ".waitForTaskToken");
        Box::pin(async move {
            let start = shared.clock.now();
            let settings = Settings::new()
                .name(name)
                .state_machine_name(child.machine_name)
                .start_time(start)
                .seed(shared.random.next_u64())
                .keep_history(false);
            let lent = Lent(Rc::clone(&shared));
            let mut execution = Execution::with(settings, &child.machine, child.input, lent)
                .map_err(|unready| TaskError::new("States.Runtime", unready.to_string()))?;
            let exhausted = |it: crate::Exhausted| TaskError::new("States.Runtime", it.to_string());
            if !waits {
                execution.run().map_err(exhausted)?;
                let arn = execution.arn().to_owned();
                // its token ends the task, not its start
                if has_token {
                    std::future::pending::<()>().await;
                }
                return Ok(json!({ "ExecutionArn": arn, "StartDate": clock::iso(start) }));
            }
            while let Some(time) = execution.next_time() {
                shared.clock.at(time).await;
                execution.step().map_err(exhausted)?;
            }
            let description = execution.description(is_parsed);
            match execution.status() {
                Status::Succeeded => Ok(description),
                Status::Running => {
                    let _waiting =
                        Waiting::new(format!("the execution `{}` waits for a token", execution.arn()));
                    std::future::pending().await
                }
                _ => Err(TaskError::new("States.TaskFailed", description.to_string())),
            }
        })
    }
}
