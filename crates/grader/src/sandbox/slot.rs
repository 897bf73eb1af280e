use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Keeps this thread, and all that it starts, on one core. Laws and worker wait for each other all the time: on one core
/// the next one simply continues, on two cores each must be woken, which costs three times as much.
pub fn settle(slot: usize) {
    let Ok(allowed) = sched_getaffinity(None) else { return };
    let cores: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).collect();
    if cores.is_empty() {
        return;
    }
    let mut one = CpuSet::new();
    one.set(cores[slot % cores.len()]);
    // Where that is not allowed it is only slower.
    let _ = sched_setaffinity(None, &one);
}
