use std::time::{Duration, Instant};

/// Runs one contender as often as it is asked to and says how long that took.
pub type Lap<'a> = Box<dyn Fn(u32) -> Duration + 'a>;

/// Seconds a call for each contender: the least disturbed of some rounds in which all run one after the other, so that
/// whatever else the machine does meets them alike.
pub fn seconds_a_call(laps: &[Lap<'_>]) -> Vec<f64> {
    const ROUNDS: usize = 15;
    let calls: Vec<u32> = laps.iter().map(calls_for_a_round).collect();
    let mut times = vec![Vec::with_capacity(ROUNDS); laps.len()];
    for _ in 0..ROUNDS {
        for ((lap, &calls), times) in laps.iter().zip(&calls).zip(&mut times) {
            times.push(lap(calls).as_secs_f64() / f64::from(calls));
        }
    }
    times.into_iter().map(|times| times.into_iter().fold(f64::INFINITY, f64::min)).collect()
}

/// Enough calls for two milliseconds, so that reading the clock does not count.
fn calls_for_a_round(lap: &Lap<'_>) -> u32 {
    const LONG_ENOUGH: Duration = Duration::from_millis(2);
    let mut calls = 1;
    while calls < 1 << 20 && lap(calls) < LONG_ENOUGH {
        calls *= 2;
    }
    calls
}

/// `1.3 µs`, as a person reads a time.
pub fn in_words(seconds: f64) -> String {
    let units = [(1.0, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];
    let (unit, name) = units.into_iter().find(|&(unit, _)| seconds >= unit).unwrap_or((1e-9, "ns"));
    format!("{:.3} {name}", seconds / unit)
}

/// The time since `start` of calling `work` this often.
pub fn time(calls: u32, work: impl Fn()) -> Duration {
    let start = Instant::now();
    (0..calls).for_each(|_| work());
    start.elapsed()
}
