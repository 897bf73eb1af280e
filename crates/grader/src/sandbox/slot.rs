use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Starts programs that wait for each other all the time, as laws and worker do, on one core, which is the slot's. There the
/// next one simply continues; on two cores each must be woken, which costs up to ten times as much.
pub fn on_one_core<T>(slot: usize, start: impl FnOnce() -> T) -> T {
    let before = sched_getaffinity(None).ok();
    // Where that is not allowed it is only slower.
    let _ =
        before.as_ref().and_then(|allowed| one_of(allowed, slot)).map(|one| sched_setaffinity(None, &one));
    let started = start();
    let _ = before.map(|before| sched_setaffinity(None, &before));
    started
}

fn one_of(allowed: &CpuSet, slot: usize) -> Option<CpuSet> {
    let cores: Vec<usize> = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core)).collect();
    let mut one = CpuSet::new();
    one.set(*cores.get(slot.checked_rem(cores.len())?)?);
    Some(one)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_started_has_one_core_and_the_thread_keeps_all() {
        let before = sched_getaffinity(None).unwrap();
        for slot in [0, 1, 177] {
            let inside = on_one_core(slot, || sched_getaffinity(None).unwrap());
            assert_eq!(inside.count(), 1, "slot {slot}");
            assert_eq!(sched_getaffinity(None).unwrap(), before);
        }
    }
}
