//! A machine that is busy with other things: for as long as a thread was ready and got no core, no one is to blame.

use std::fs;
use std::time::{Duration, Instant};

/// How much longer a call may take on such a machine, in multiples of what it is allowed.
const MOST: u32 = 4;

/// Says how much longer a call may take; knows since when it saw which call.
#[derive(Default)]
pub(crate) struct Clock {
    began: Option<(Instant, Duration)>,
}

impl Clock {
    /// What is granted beyond what is `allowed` to the call that began at `since`.
    pub(crate) fn granted(&mut self, since: Instant, allowed: Duration) -> Duration {
        let before = match self.began {
            Some((call, before)) if call == since => before,
            _ => {
                let before = waited_for_a_core();
                self.began = Some((since, before));
                before
            }
        };
        // No one asks earlier, and to look costs something.
        if since.elapsed() < allowed / 2 {
            return Duration::ZERO;
        }
        waited_for_a_core().saturating_sub(before).min(allowed * MOST)
    }
}

/// How long the threads of this process have waited for a core, all together; nothing where the system does not tell.
fn waited_for_a_core() -> Duration {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads.filter_map(|thread| waited(&fs::read_to_string(thread.path().join("schedstat")).ok()?)).sum()
}

/// The second of the three numbers: nanoseconds in the queue for a core.
fn waited(schedstat: &str) -> Option<Duration> {
    schedstat.split_whitespace().nth(1)?.parse().ok().map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_number_is_the_time_in_the_queue() {
        assert_eq!(waited("7000 1500000000 12\n"), Some(Duration::from_millis(1500)));
        assert_eq!(waited(""), None);
    }

    #[test]
    fn a_call_on_an_idle_machine_has_its_time_and_no_more() {
        let (mut clock, allowed) = (Clock::default(), Duration::from_millis(20));
        let since = Instant::now();
        assert_eq!(clock.granted(since, Duration::from_secs(3600)), Duration::ZERO);
        std::thread::sleep(allowed * (MOST + 1) + Duration::from_millis(1));
        let granted = clock.granted(since, allowed);
        assert!(since.elapsed() > allowed + granted, "asleep is not waiting for a core");
    }
}
