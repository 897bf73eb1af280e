//! Many independent jobs on all cores, with progress.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use engine::Progress as _;
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
    let total = jobs.len();
    let waiting = Mutex::new(jobs.into_iter().enumerate().collect::<VecDeque<_>>());
    let done: Mutex<Vec<(usize, Result<R, Problem>)>> = Mutex::new(Vec::new());
    let next = || waiting.lock().ok().and_then(|mut waiting| waiting.pop_front());
    let work = || {
        while let Some((place, one)) = next() {
            let outcome = job(one);
            let failed = outcome.is_err();
            done.lock().map(|mut done| done.push((place, outcome))).ok();
            if failed {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            let finished = done.lock().map(|done| done.len()).unwrap_or_default();
            ground.progress.say(&format!("judging {what}: {finished} of {total}"));
            ground.progress.tick();
            thread::sleep(Duration::from_millis(20));
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}
