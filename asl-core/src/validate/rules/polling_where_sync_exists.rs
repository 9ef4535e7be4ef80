#![doc = include_str!("polling_where_sync_exists.md")]

use crate::diagnostic::{Code, Severity};
use crate::model::{State, WorkflowType};
use crate::syntax::Resource;
use crate::syntax::resource::{Integration, IntegrationKind, Pattern};
use crate::validate::context::Context;
use crate::validate::flow::Flow;
use crate::validate::rule::{Check, Rule};
use crate::validate::scope::Scope;
use crate::validate::wording::excerpt;

pub(super) const RULE: Rule = Rule {
    code: Code::new("ASL0918"),
    name: "polling-where-sync-exists",
    severity: Severity::Advice,
    aws: None,
    explain: include_str!("polling_where_sync_exists.md"),
    check: Check::Scope(check),
};

/// A job: its action with `.sync`, the same in the AWS SDK, and the SDK's action that asks how it is.
type Job = ((&'static str, &'static str), (&'static str, &'static str), &'static str);

#[rustfmt::skip]
const JOBS: &[Job] = &[
    (("athena", "startQueryExecution"), ("athena", "startQueryExecution"), "getQueryExecution"),
    (("batch", "submitJob"), ("batch", "submitJob"), "describeJobs"),
    (("bedrock", "createModelCustomizationJob"), ("bedrock", "createModelCustomizationJob"), "getModelCustomizationJob"),
    (("codebuild", "startBuild"), ("codebuild", "startBuild"), "batchGetBuilds"),
    (("databrew", "startJobRun"), ("databrew", "startJobRun"), "describeJobRun"),
    (("ecs", "runTask"), ("ecs", "runTask"), "describeTasks"),
    (("elasticmapreduce", "addStep"), ("emr", "addJobFlowSteps"), "describeStep"),
    (("elasticmapreduce", "createCluster"), ("emr", "runJobFlow"), "describeCluster"),
    (("emr-containers", "startJobRun"), ("emrcontainers", "startJobRun"), "describeJobRun"),
    (("emr-serverless", "startJobRun"), ("emrserverless", "startJobRun"), "getJobRun"),
    (("glue", "startJobRun"), ("glue", "startJobRun"), "getJobRun"),
    (("mediaconvert", "createJob"), ("mediaconvert", "createJob"), "getJob"),
    (("sagemaker", "createHyperParameterTuningJob"), ("sagemaker", "createHyperParameterTuningJob"), "describeHyperParameterTuningJob"),
    (("sagemaker", "createProcessingJob"), ("sagemaker", "createProcessingJob"), "describeProcessingJob"),
    (("sagemaker", "createTrainingJob"), ("sagemaker", "createTrainingJob"), "describeTrainingJob"),
    (("sagemaker", "createTransformJob"), ("sagemaker", "createTransformJob"), "describeTransformJob"),
    (("states", "startExecution"), ("sfn", "startExecution"), "describeExecution"),
];

fn check(cx: &mut Context<'_>, scope: &Scope<'_>) {
    let has = |is_meant: fn(&State) -> bool| scope.states.iter().any(|(_, state)| is_meant(state));
    let may_poll =
        has(|state| matches!(state, State::Wait(_))) && has(|state| matches!(state, State::Choice(_)));
    // Express workflows have no `.sync`
    if cx.workflow_type() == WorkflowType::Express || !may_poll {
        return;
    }
    let calls: Vec<(usize, Integration)> = scope
        .states
        .iter()
        .enumerate()
        .filter_map(|(index, (_, state))| Some((index, requested(state)?)))
        .collect();
    let jobs: Vec<(usize, &Job)> = calls
        .iter()
        .filter_map(|(start, call)| Some((*start, JOBS.iter().find(|job| starts(job, call))?)))
        .collect();
    let started: Vec<&Job> =
        JOBS.iter().filter(|job| calls.iter().any(|(_, call)| starts(job, call))).collect();
    let mut asking: Vec<&(usize, Integration)> =
        calls.iter().filter(|(_, call)| started.iter().any(|job| asks(job, call))).collect();
    if asking.is_empty() {
        return;
    }
    let flow = Flow::of(scope);
    asking.retain(|(poll, _)| is_polled(&flow, *poll));
    for (start, job) in jobs {
        let after = flow.after([start]);
        let Some((poll, _)) = asking.iter().find(|(poll, call)| after[*poll] && asks(job, call)) else {
            continue;
        };
        let (service, action) = job.0;
        cx.report(format!(
            "`{}` asks again and again how the job of `{}` is: each round costs three transitions or more",
            excerpt(flow.state(*poll).0),
            excerpt(flow.state(start).0),
        ))
        .help(format!("write `arn:aws:states:::{service}:{action}.sync`: the state then waits for the job"))
        .field("States")
        .field(flow.state(start).0)
        .field("Resource");
    }
}

/// What a Task only requests from a service.
fn requested(state: &State) -> Option<Integration> {
    let State::Task(task) = state else { return None };
    match Resource::parse(task.resource.as_deref()?) {
        Ok(Resource::Integration(integration)) if integration.pattern() == Pattern::RequestResponse => {
            Some(integration)
        }
        _ => None,
    }
}

fn starts((optimized, sdk, _): &Job, call: &Integration) -> bool {
    let name = (call.service(), call.action());
    match call.kind() {
        IntegrationKind::Optimized => name == *optimized,
        IntegrationKind::AwsSdk => name == *sdk,
        IntegrationKind::Http => false,
    }
}

fn asks((optimized, sdk, action): &Job, call: &Integration) -> bool {
    let service = match call.kind() {
        IntegrationKind::Optimized => optimized.0,
        IntegrationKind::AwsSdk => sdk.0,
        IntegrationKind::Http => return false,
    };
    (call.service(), call.action()) == (service, *action)
}

/// Whether a state lies on a way that comes back to it over a Wait and a Choice state.
fn is_polled(flow: &Flow<'_>, poll: usize) -> bool {
    let (after, before) = (flow.after([poll]), flow.before([poll]));
    let mut round =
        (0..flow.len()).filter(|index| after[*index] && before[*index]).map(|it| flow.state(it).1);
    let (mut waits, mut chooses) = (false, false);
    round.any(|state| {
        waits |= matches!(state, State::Wait(_));
        chooses |= matches!(state, State::Choice(_));
        waits && chooses
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::resource::optimized;

    #[test]
    fn each_job_has_an_integration_that_waits() {
        for ((service, action), ..) in JOBS {
            let patterns = optimized(service, action).map(|row| row.patterns).unwrap_or_default();
            assert!(patterns.contains(&Pattern::Sync), "{service}:{action}");
        }
    }
}
