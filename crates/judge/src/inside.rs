//! Laws whose katas run in their own process, where somebody outside wants each verdict and does not trust the process.
//!
//! Who starts such a process opens it with [`report_to`] before any kata runs. From then on every verdict is reported there,
//! and to no one who could be read by the kata: the way out, and what the laws draw from, are kept in here.

use std::sync::OnceLock;

use proptest::test_runner::{Config, RngSeed};
use serde_json::Value;

/// How many inputs a law draws.
pub(crate) const USUAL_CASES: u32 = 256;

/// Takes a verdict.
type Tell = Box<dyn Fn(&Value) + Send + Sync>;

static OUTSIDE: OnceLock<Outside> = OnceLock::new();

struct Outside {
    seed: u64,
    tell: Tell,
}

/// Reports every verdict of this process through `tell`, and draws from this seed. Only the first call counts.
pub fn report_to(seed: u64, tell: impl Fn(&Value) + Send + Sync + 'static) {
    OUTSIDE.get_or_init(|| Outside { seed, tell: Box::new(tell) });
}

/// Whether somebody outside wants each verdict of this process.
pub(crate) fn is_listened_to() -> bool {
    OUTSIDE.get().is_some()
}

/// Reports a verdict, where it is wanted.
pub(crate) fn tell(record: &Value) {
    if let Some(outside) = OUTSIDE.get() {
        (outside.tell)(record);
    }
}

/// How laws draw. The environment may choose another seed and more inputs, never fewer: what is not drawn is not
/// judged. No one in the process has a say in it where a verdict is reported outside.
pub(crate) fn config() -> Config {
    let asked = Config::default();
    let usual = Config {
        cases: asked.cases.max(USUAL_CASES),
        rng_seed: asked.rng_seed,
        max_shrink_time: asked.max_shrink_time,
        failure_persistence: None,
        max_local_rejects: 65_536,
        max_global_rejects: 1024,
        verbose: 0,
        ..asked
    };
    match OUTSIDE.get() {
        None => usual,
        Some(outside) => Config { cases: USUAL_CASES, rng_seed: RngSeed::Fixed(outside.seed), ..usual },
    }
}

/// Whether the process ends with the first law that is broken, as for a mutant: then its smallest input is of no use.
pub(crate) fn ends_at_first() -> bool {
    std::env::var_os("KATAS_FIRST_ONLY").is_some()
}

/// Whether laws of one kata share this process, and those that did not come to an end are run once more by themselves: a
/// law that is held up must not hold up the others, each for its ten seconds.
pub(crate) fn is_shared() -> bool {
    std::env::var_os("KATAS_SHARED").is_some()
}
