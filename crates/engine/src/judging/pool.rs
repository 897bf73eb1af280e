//! Many independent jobs on all cores, with progress.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use crate::Progress;
use crate::problem::Problem;

/// Does all jobs and gives their results in the order of the jobs. `say` reports how many of how many are done.
///
/// # Errors
///
/// The first [`Problem`] of a job.
pub fn all<J: Send, R: Send>(
    jobs: Vec<J>,
    job: impl Fn(J) -> Result<R, Problem> + Sync,
    progress: &mut dyn Progress,
    say: impl Fn(usize, usize) -> String,
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
        let workers: Vec<_> = (0..cores().min(total)).map(|_| scope.spawn(work)).collect();
        while workers.iter().any(|worker| !worker.is_finished()) {
            let finished = done.lock().map(|done| done.len()).unwrap_or_default();
            progress.say(&say(finished, total));
            progress.tick();
            thread::sleep(Duration::from_millis(5));
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

/// How many of them are done at a time.
pub(super) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
