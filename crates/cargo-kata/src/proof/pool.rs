//! Many independent jobs on all cores, with progress.

use engine::judging::pool;
use engine::problem::Problem;

use super::Ground;

/// Does all jobs and gives their results in the order of the jobs.
///
/// # Errors
///
/// The first [`Problem`] of a job.
pub(super) fn all<J: Send, R: Send>(
    ground: &mut Ground<'_>,
    what: &str,
    jobs: Vec<J>,
    job: impl Fn(J) -> Result<R, Problem> + Sync,
) -> Result<Vec<R>, Problem> {
    let say = |done, of| format!("judging {what}: {done} of {of}");
    pool::all(jobs, job, &mut ground.progress, say)
}
