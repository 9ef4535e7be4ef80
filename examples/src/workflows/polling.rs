//! A job elsewhere: start it, ask whether it is done, wait a little longer each time.

use std::time::Duration;

use asl_core::ctx::{Ctx, Failure, Retry};
use asl_local::Mocks;
use asl_local::mocks::{outcomes, succeeds};
use asl_macros::{AslData, AslError, state_machine, task};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Workflow, workflow};

/// The input.
#[derive(Serialize, Deserialize, Clone, AslData)]
pub struct Film {
    source: String,
}

/// A job that was started.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    job_id: String,
}

/// How far a job is.
#[derive(Serialize, Deserialize, Clone, AslData)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Progress {
    /// Not yet.
    Running,
    /// The film is there.
    Done {
        /// Where.
        url: String,
    },
    /// There will be no film.
    Broken {
        /// Why.
        reason: String,
    },
}

/// The output.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, AslData)]
pub struct Finished {
    url: String,
    polls: u32,
}

/// How it fails.
#[derive(Debug, PartialEq, AslError)]
pub enum FilmError {
    /// The job failed.
    JobFailed(String),
    /// The job took too long.
    TooSlow,
    /// A task failed.
    #[asl(other)]
    Task(Failure),
}

#[task(lambda = "${StartJobArn}")]
async fn start_job(ctx: &Ctx, source: &str) -> Result<Job, Failure>;
#[task(lambda = "${JobProgressArn}")]
async fn job_progress(ctx: &Ctx, job_id: &str) -> Result<Progress, Failure>;

const MOST_POLLS: u32 = 10;

/// From the source to the film.
///
/// # Errors
///
/// If the job fails or is not done after ten polls.
#[state_machine(timeout = "2h", comment = "Start a job and ask until it is done")]
pub async fn polling(ctx: &Ctx, film: Film) -> Result<Finished, FilmError> {
    let job = start_job(ctx, &film.source).retry(Retry::LAMBDA).await?;
    let mut polls = 0;
    let mut pause = 10;
    while polls < MOST_POLLS {
        ctx.sleep(Duration::from_secs(pause)).await;
        polls += 1;
        let progress = job_progress(ctx, &job.job_id).retry(Retry::LAMBDA).await?;
        match progress {
            Progress::Done { url } => return Ok(Finished { url, polls }),
            Progress::Broken { reason } => return Err(FilmError::JobFailed(reason)),
            Progress::Running => pause = (pause * 2).min(300),
        }
    }
    Err(FilmError::TooSlow)
}

/// The third poll finds the film.
pub(super) fn example() -> Workflow {
    workflow!(polling, "start a job, ask until it is done", json!({"source": "s3://films/raw.mov"}), || {
        Mocks::new().on("StartJob", succeeds(json!({"jobId": "j-1"}))).on(
            "JobProgress",
            outcomes([
                Ok(json!({"state": "running"})),
                Ok(json!({"state": "running"})),
                Ok(json!({"state": "done", "url": "s3://films/done.mp4"})),
            ]),
        )
    })
}

#[cfg(test)]
mod tests {
    use asl_core::jsonata::secs;
    use asl_local::block_on;
    use asl_local::native::Local;

    use super::*;

    fn film() -> Film {
        Film { source: "raw".to_owned() }
    }

    #[test]
    fn pauses_grow() {
        let local = Local::new((example().mocks)());
        let finished = block_on(polling(&local.ctx(), film()));
        assert_eq!(finished, Ok(Finished { url: "s3://films/done.mp4".to_owned(), polls: 3 }));
        assert_eq!(local.elapsed(), secs(10 + 20 + 40));
    }

    #[test]
    fn a_job_that_never_ends_is_given_up() {
        let mocks = Mocks::new()
            .on("StartJob", succeeds(json!({"jobId": "j-1"})))
            .on("JobProgress", succeeds(json!({"state": "running"})));
        let local = Local::new(mocks.clone());
        assert_eq!(block_on(polling(&local.ctx(), film())), Err(FilmError::TooSlow));
        mocks.assert_called("JobProgress", 10);
        assert_eq!(local.elapsed(), secs(10 + 20 + 40 + 80 + 160 + 5 * 300));
    }

    #[test]
    fn a_broken_job_says_why() {
        let mocks = Mocks::new()
            .on("StartJob", succeeds(json!({"jobId": "j-1"})))
            .on("JobProgress", succeeds(json!({"state": "broken", "reason": "no such codec"})));
        let error = block_on(polling(&Local::new(mocks).ctx(), film())).unwrap_err();
        assert_eq!(error, FilmError::JobFailed("no such codec".to_owned()));
    }
}
