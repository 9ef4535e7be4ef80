//! The effects of workflow functions, in a world of mocks.

use std::rc::Rc;

use asl_core::ctx::{Backend, ChildResult, Failure, ItemSource, LocalFuture, TaskCall};
use serde_json::{Value, json};

use super::Shared;
use super::items;
use super::nested::Caller;

/// The effects of one execution.
pub(super) struct Execution {
    pub(super) shared: Rc<Shared>,
    /// The Context Object.
    pub(super) context: Value,
}

impl Execution {
    fn arn(&self) -> &str {
        self.context.pointer("/Execution/Id").and_then(Value::as_str).unwrap_or_default()
    }

    fn name(&self) -> &str {
        self.context.pointer("/Execution/Name").and_then(Value::as_str).unwrap_or_default()
    }
}

impl Backend for Execution {
    fn task(&self, task: TaskCall) -> LocalFuture<'_, Result<Value, Failure>> {
        Box::pin(async move {
            let caller = Caller { arn: self.arn().to_owned(), name: self.name().to_owned() };
            self.shared.run_task(&caller, &task).await
        })
    }

    fn sleep_until(&self, time: i64) -> LocalFuture<'_, Result<(), Failure>> {
        Box::pin(async move {
            self.shared.count_effect()?;
            self.shared.clock.turn().await;
            self.shared.clock.at(time).await;
            Ok(())
        })
    }

    fn now(&self) -> i64 {
        self.shared.clock.now()
    }

    fn random(&self) -> f64 {
        self.shared.random.random()
    }

    fn jitter(&self) -> f64 {
        self.shared.random.fraction()
    }

    fn uuid(&self) -> String {
        self.shared.random.uuid()
    }

    fn context(&self) -> Value {
        self.context.clone()
    }

    fn items<'a>(&'a self, source: &'a ItemSource) -> LocalFuture<'a, Result<Vec<Value>, Failure>> {
        Box::pin(async move {
            let Ok(world) = self.shared.world.try_borrow() else {
                return Err(items::failed("the world is answering a task"));
            };
            items::read(&world.objects(), source)
        })
    }

    fn results<'a>(
        &'a self,
        label: &'a str,
        bucket: &'a str,
        prefix: &'a str,
        children: Vec<ChildResult>,
    ) -> LocalFuture<'a, Result<Value, Failure>> {
        let run = format!("{:016x}", self.shared.random.next_u64());
        Box::pin(async move {
            let Ok(world) = self.shared.world.try_borrow() else {
                return Err(Failure::new("States.ResultWriterFailed", "the world is answering a task"));
            };
            let map_run = self.arn().replacen(":execution:", ":mapRun:", 1);
            let map_run = format!("{map_run}/{label}:{run}");
            let machine = self.arn().replacen(":execution:", ":stateMachine:", 1);
            let time = self.shared.clock.now();
            let to = items::Export { map_run, machine: &machine, bucket, prefix, time };
            items::write(&world.objects(), to, &children)
        })
    }

    fn child(&self, label: &str, index: usize) -> Rc<dyn Backend> {
        let mut context = self.context.clone();
        let name = format!("{label}-{index}");
        let machine = format!("{}/{label}", self.arn().rsplit(':').nth(1).unwrap_or_default());
        let id = self.arn().rsplitn(3, ':').nth(2).unwrap_or_default();
        context["Execution"]["Id"] = json!(format!("{id}:{machine}:{name}"));
        context["Execution"]["Name"] = json!(name);
        Rc::new(Self { shared: Rc::clone(&self.shared), context })
    }
}
