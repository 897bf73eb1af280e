//! One core a slot, and one grader a repository.

use std::fs::File;
use std::path::Path;

use engine::problem::{Doing, Problem};
use rustix::fs::{FlockOperation, flock};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Keeps this thread, and all that it starts, on one core. Laws and worker wait for each other all the time: on one core
/// the next one simply goes on, on two cores each must be woken, which costs three times as much.
pub fn settle(slot: usize) {
    let Ok(allowed) = sched_getaffinity(None) else { return };
    let cores: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).collect();
    if cores.is_empty() {
        return;
    }
    let mut one = CpuSet::new();
    one.set(cores[slot % cores.len()]);
    // Where that is not allowed it is only slower.
    let _as_before = sched_setaffinity(None, &one);
}

/// The slots of this folder are ours for as long as the file lives.
///
/// # Errors
///
/// [`Problem`] if another grader is at work there.
pub fn alone(folder: &Path) -> Result<File, Problem> {
    let path = folder.join("lock");
    let file = File::options().create(true).truncate(false).write(true).open(&path).doing("open", &path)?;
    flock(&file, FlockOperation::NonBlockingLockExclusive).map_err(|_| Problem::Grading {
        what: "another grader is at work in this repository".to_owned(),
        remedy: "Wait for it, or grade from another copy; `--jobs` grades several at a time.".to_owned(),
    })?;
    Ok(file)
}
